//! The docs say what the program does: codes, keys, blocks of scenario, the README's commands.

use std::path::Path;

use centralino::diagnostic::CODES;
use centralino::measures::measures;
use centralino::scenario::{EventKind, UsualEvent};
use centralino::{model, scenario};
use syn::visit::{self, Visit};

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn docs_diagnostics_lists_the_codes_of_the_register_and_no_others() {
    let text = read("docs/diagnostics.md");
    let row = |line: &str| -> Option<[String; 3]> {
        let cells: Vec<String> = line.strip_prefix("| ")?.split(" | ").map(str::to_string).collect();
        let [code, title, remedy] = cells.try_into().ok()?;
        let is_code = code.len() == 5 && code[1..].bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| [code, title, remedy.trim_end_matches(" |").into()])
    };
    let listed: Vec<[String; 3]> = text.lines().filter_map(row).collect();
    let known: Vec<[String; 3]> =
        CODES.iter().map(|c| [c.code.as_str().into(), c.title.into(), c.remedy.into()]).collect();
    for (listed, known) in listed.iter().zip(&known) {
        assert_eq!(listed, known);
    }
    assert_eq!(listed.len(), known.len(), "the first that differs comes after the ones that both have");
}

#[test]
fn docs_measures_lists_every_measure_with_its_formula_and_no_others() {
    let text = read("docs/measures.md");
    let listed: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    let known: Vec<String> = measures().map(|m| format!("| `{}` | {} |", m.name, m.formula)).collect();
    assert_eq!(listed, known);
}

/// The fenced blocks of a language.
/// The library of events as the page has it, row by row.
#[test]
fn the_docs_say_what_each_kind_of_event_is_like() {
    let text = read("docs/scenario.md");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip_while(|line| !line.starts_with("| `kind` | volume |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect();
    let word = |text: &str| serde_json::Value::String(text.into());
    for row in &rows {
        let kind: EventKind = serde_json::from_value(word(row[0])).expect("a kind");
        let (number, days) =
            (|cell: &str| cell.parse().expect("a number"), |cell: &str| cell.parse().expect("days"));
        let written = UsualEvent {
            volume: number(row[1]),
            service_time: number(row[2]),
            retrial: number(row[3]),
            before_days: days(row[4]),
            after_days: days(row[5]),
            shape: serde_json::from_value(word(row[6])).expect("a shape"),
            on_day_off: serde_json::from_value(word(row[7])).expect("a choice"),
        };
        assert_eq!(written, kind.usual(), "{kind:?}");
    }
    assert_eq!(rows.len(), 7);
}

fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0.to_string())).collect()
}

#[test]
fn every_scenario_of_the_docs_loads_and_compiles_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let blocks = blocks(&read("docs/scenario.md"), "toml");
    assert!(blocks.len() >= 3);
    for block in blocks {
        let file = folder.path().join("docs.toml");
        std::fs::write(&file, &block).unwrap();
        let loaded = scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{block}\n{problems:?}"));
        let compiled =
            model::compile(&loaded.scenario).unwrap_or_else(|problems| panic!("{block}\n{problems:?}"));
        assert_eq!(compiled.warnings, [], "{block}");
    }
}

/// The keys that the document's types give to their fields.
#[derive(Default)]
struct Keys(Vec<String>);

impl<'ast> Visit<'ast> for Keys {
    fn visit_field(&mut self, field: &'ast syn::Field) {
        let mut key = field.ident.as_ref().map(ToString::to_string);
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let tokens = attribute.meta.require_list().unwrap().tokens.to_string();
            if tokens.contains("flatten") {
                key = None;
            }
            if let Some((_, renamed)) = tokens.split_once("rename = \"") {
                key = renamed.split('"').next().map(str::to_string);
            }
        }
        self.0.extend(key);
        visit::visit_field(self, field);
    }
}

#[test]
fn every_key_of_the_scenario_stands_in_the_docs() {
    let docs = read("docs/scenario.md");
    let mut keys = Keys::default();
    for file in ["cases", "counters", "document", "greeting", "skills", "start_state", "steps"] {
        keys.visit_file(&syn::parse_file(&read(&format!("src/scenario/{file}.rs"))).unwrap());
    }
    assert!(keys.0.len() > 80, "{:?}", keys.0);
    let words: Vec<&str> = docs.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let missing: Vec<&String> = keys.0.iter().filter(|key| !words.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "docs/scenario.md says nothing of {missing:?}");
}

#[test]
fn the_readme_starts_with_the_command_that_simulates_and_the_one_that_tests() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|l| l.starts_with("cargo"))
        .collect();
    assert_eq!(
        commands[..2],
        ["cargo run --release -- simulate scenarios/milano-020202/weekday.toml", "cargo test --release"]
    );
}

/// The sample in the README is what the first command prints, to the letter but for the scenario's hash in the directory's name, which every new
/// key changes. If a change of the model or of the numbers was meant, paste the new output.
#[test]
fn the_readme_shows_what_the_first_command_prints() {
    let readme = read("README.md");
    let sample = readme.split_once("<!-- sample").and_then(|(_, rest)| rest.split_once("<!-- end of sample"));
    let (sample, _) = sample.expect("README.md has a sample between its marks");
    let shown: String =
        sample.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect();
    let elsewhere = tempfile::tempdir().expect("a temporary directory");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/milano-020202/weekday.toml");
    let ran = assert_cmd::Command::cargo_bin("centralino")
        .expect("the binary is built for its tests")
        .current_dir(elsewhere.path())
        .arg("simulate")
        .arg(scenario)
        .output()
        .expect("it runs");
    let printed = String::from_utf8(ran.stdout).expect("it prints text");
    let lines = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.is_empty()).map(without_hash).collect()
    };
    assert_eq!(lines(&shown), lines(&printed));
}

/// The line with a `#` for the hash in a directory's name.
fn without_hash(line: &str) -> String {
    match line.split_once("-seed") {
        Some((before, after)) if before.len() > 8 => format!("{}#-seed{after}", &before[..before.len() - 8]),
        _ => line.to_string(),
    }
}
