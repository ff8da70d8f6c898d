//! Every shipped scenario loads, compiles without a word, passes its routing tests, runs, and is found clean by the
//! audit; and the customer's scenario says of every number where it comes from.

use std::path::{Path, PathBuf};

use centralino::analysis::{Design, Spending, WantedSeries, try_scenarios};
use centralino::audit::audit;
use centralino::diagnostic::Code;
use centralino::measures::{Basis, Collector, Detail, LogRows, Recorder, Results, Scope, replicate};
use centralino::model::{Compiled, Mode, compile};
use centralino::scenario::{Loaded, Scenario, Span, Volume, load, load_study};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// All scenarios under `scenarios/`, in the order of their names.
pub fn shipped() -> Vec<PathBuf> {
    let is_study = |path: &PathBuf| path.parent().is_some_and(|folder| folder.ends_with("studies"));
    all().into_iter().filter(|path| !is_study(path)).collect()
}

/// All TOML files under `scenarios/`.
fn all() -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder()]);
    while let Some(within) = folders.pop() {
        for entry in std::fs::read_dir(within).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "toml" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn loaded(path: &Path) -> Loaded {
    load(path, &[]).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

fn compiled(path: &Path, scenario: &Scenario) -> Compiled {
    let compiled =
        compile(scenario).unwrap_or_else(|problems| panic!("{}: {}", path.display(), lines(&problems)));
    // That offices have too much to do is what these ask about.
    let overloaded = path.ends_with("offices-understaffed.toml") || path.ends_with("vendor-change.toml");
    let is_asked = |code: Code| overloaded && code == Code::OFFICE_OVERLOAD;
    let untold: Vec<_> =
        compiled.warnings.iter().filter(|warning| !is_asked(warning.code)).cloned().collect();
    assert!(untold.is_empty(), "{}: {}", path.display(), lines(&untold));
    compiled
}

fn lines(problems: &[centralino::diagnostic::Diagnostic]) -> String {
    problems.iter().map(|problem| format!("\n{problem}")).collect()
}

#[test]
fn every_shipped_scenario_compiles_without_a_word() {
    let files = shipped();
    assert!(files.len() > 30, "only {} files were found", files.len());
    for path in files {
        compiled(&path, &loaded(&path).scenario);
    }
}

/// One replication of a day, or two where there are slots to call back in and the first may be a holiday; with no run-in, and at most as many calls as a
/// test has time for.
fn shortened(scenario: Scenario) -> Scenario {
    let mut short = scenario;
    short.scenario.days = if short.offers.is_empty() { 1 } else { 2 };
    short.scenario.run_in = Span::ZERO;
    let model = compile(&short).unwrap().model;
    let expected: f64 = model.processes.iter().flat_map(|process| &process.mean).sum();
    let factor = (20_000.0 / expected).min(1.0);
    let scaled = |volume: &Option<Volume>| {
        volume.as_ref().and_then(Volume::number).map(|number| Volume::Number(number * factor))
    };
    for arrivals in short.arrivals.values_mut() {
        arrivals.yearly = scaled(&arrivals.yearly);
        arrivals.per_day = scaled(&arrivals.per_day);
        arrivals.per_hour = arrivals.per_hour.map(|rate| rate * factor);
    }
    short
}

#[test]
fn every_shipped_scenario_runs_and_passes_the_audit() {
    for path in shipped() {
        let scenario = shortened(loaded(&path).scenario);
        let Compiled { model, calendar, .. } = compile(&scenario).unwrap();
        let detail = Detail::for_model(&model);
        let mut collector = Collector::new(&model, detail);
        let mut recorder = Recorder::new(&model, 0, LogRows::default());
        let end = replicate(&model, 1, 0, Mode::Eager, &mut collector, Some(&mut recorder));
        let mut results = Results::new(&model, detail);
        results.add(collector.finish(end));

        let log = recorder.into_sink();
        let LogRows { legs, agents, needs, cases, visits, preparations, greetings, dials, web } = &log;
        let report = audit(
            &scenario,
            &calendar,
            legs,
            agents,
            needs,
            cases,
            visits,
            preparations,
            greetings,
            dials,
            web,
        );
        assert!(report.is_clean(), "{}:\n{report}", path.display());
        let count = |measure| {
            results.find(measure, Basis::Leg, Scope::WHOLE).and_then(|row| row.mean).unwrap_or(f64::NAN)
        };
        assert!(count("offered") > 0.0, "{}: nobody called", path.display());
        let fates = ["answered", "abandoned", "callbacks_accepted", "sent_away", "moved"];
        let accounted: f64 = fates.map(count).iter().sum();
        assert_eq!(accounted, count("offered"), "{}: contacts were lost", path.display());
    }
}

#[test]
fn the_weekday_is_as_the_case_study_says() {
    let scenario = loaded(&folder().join("milano-020202/weekday.toml")).scenario;
    let first_attempts: f64 = scenario.arrivals.values().filter_map(|of| of.per_day.as_ref()?.number()).sum();
    assert_eq!(first_attempts, 6850.0, "with 2 % of retrials, 7,000 calls");
    let model = compiled(Path::new("weekday"), &scenario).model;
    let whole_day: f64 = model.processes.iter().flat_map(|process| &process.mean).sum();
    assert!(whole_day > first_attempts, "the run-in comes on top");
    let heads = |at_hour: u64| -> u32 {
        let at = centralino::time::SimTime::from_us((at_hour + 6) * 3_600_000_000);
        let now = |group: &centralino::model::AgentGroup| {
            group.heads.iter().take_while(|(from, _)| *from <= at).last().map_or(0, |&(_, heads)| heads)
        };
        model.groups.iter().map(now).sum()
    };
    assert_eq!(heads(10), 75, "the morning's peak, of 111 present and 150 on the payroll");
    assert!((3..=8).contains(&heads(3)), "{} people at night", heads(3));
}

/// Keys whose numbers only order, address or are words.
const NO_FIGURES: [&str; 7] = ["order", "tier", "name", "description", "extends", "number", "merged_into"];

#[test]
fn every_number_of_the_customers_scenarios_says_where_it_comes_from() {
    for path in shipped().iter().filter(|path| path.parent().unwrap().ends_with("milano-020202")) {
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(bare_figures(&text), "", "{} has numbers of which nothing is said", path.display());
    }
}

/// The lines with a figure of which neither they nor their table's head say where it comes from.
fn bare_figures(text: &str) -> String {
    let mut head = "";
    let mut bare = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with('[') {
            head = line;
        }
        if has_figure(line) && !is_marked(line) && !is_marked(head) {
            bare.push(format!("{number}: {line}"));
        }
    }
    bare.join("\n")
}

fn is_marked(line: &str) -> bool {
    let comment = line.split_once('#').map_or("", |(_, comment)| comment);
    comment.contains("source:") || comment.contains("assumption")
}

/// Whether a line gives a value with a number in it; a digit within a word is none.
fn has_figure(line: &str) -> bool {
    let code = line.split_once('#').map_or(line, |(code, _)| code);
    if code.starts_with('[') {
        return false;
    }
    if NO_FIGURES.contains(&key(code)) {
        return false;
    }
    code.split([',', '{']).filter(|part| !NO_FIGURES.contains(&key(part))).any(has_number)
}

fn key(assignment: &str) -> &str {
    assignment.split_once('=').map_or("", |(key, _)| key.trim())
}

fn has_number(assignment: &str) -> bool {
    let value = assignment.split_once('=').map_or(assignment, |(_, value)| value);
    let mut before = ' ';
    value.chars().any(|c| {
        let starts = c.is_ascii_digit() && !before.is_alphanumeric() && before != '_';
        before = c;
        starts
    })
}

#[test]
fn a_bare_number_would_be_found() {
    for figure in ["per_day = 4480", "x = { a = \"2m\" }", "tests = [{ given = { at = \"2008-03-12\" } }]"] {
        assert!(has_figure(figure) && !is_marked(figure), "{figure}");
    }
    for none in
        ["order = 10", "when = { tier = 2, type = \"fines\" }", "[trunks.a1]", "groups = [\"t1\"]", "# 7"]
    {
        assert!(!has_figure(none), "{none}");
    }
    assert!(
        is_marked("a = 1 # assumption: b") && is_marked("a = 1 # source: press") && !is_marked("a = 1 # b")
    );
}

/// Every study that is shipped makes scenarios that can be run.
#[test]
fn shipped_studies_can_be_swept() {
    let scenarios = shipped();
    let studies: Vec<PathBuf> = all().into_iter().filter(|path| !scenarios.contains(path)).collect();
    assert!(!studies.is_empty());
    for path in studies {
        let study = load_study(&path).unwrap_or_else(|refused| panic!("{}", lines(&refused.diagnostics)));
        let design = Design::of(&study, 1).unwrap_or_else(|found| panic!("{}", lines(&found)));
        try_scenarios(&design, 1).unwrap_or_else(|found| panic!("{}", lines(&found)));
        assert!(Spending::of(&study, design.len()).is_ok() && WantedSeries::of(&study, None).is_ok());
    }
}
