//! Whatever is fed in, loading ends with a scenario or with diagnostics, never with a panic.

use proptest::prelude::*;

use super::{Files, SMALL};

/// Pieces that a scenario is made of, right and wrong.
const PIECES: [&str; 24] = [
    "[scenario]\n",
    "name = ",
    "\"x\"",
    "start = \"2008-06-16\"\n",
    "= ",
    "\n",
    "[queues.a.steps.b]\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "\u{e8}",
    "0x",
    "-1",
    "nan\n",
    "1e999\n",
    "days = 3\n",
    "extends = \"a.toml\"\n",
    "remove = [",
    ".",
    "[contact_types.t]\n",
    "service_time = { exponential = \"4m\", times = 2 }\n",
];

fn ends_well(text: &str, overrides: &[&str]) {
    let files = Files::new(&[("a.toml", text)]);
    if let Err(found) = files.load("a.toml", overrides) {
        assert!(!found.is_empty());
        files.print(&found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scenario_cut_short_or_changed_in_places(
        len in 0..SMALL.len(),
        changes in prop::collection::vec((0..SMALL.len(), any::<char>()), 0..4),
    ) {
        let mut text: Vec<char> = SMALL.chars().collect();
        changes.iter().for_each(|&(at, c)| text[at] = c);
        ends_well(&text.iter().collect::<String>(), &[]);
        ends_well(&text[..len].iter().collect::<String>(), &[]);
    }

    #[test]
    fn lines_of_a_scenario_left_out_or_repeated(picks in prop::collection::vec(0usize..50, 0..60)) {
        let lines: Vec<&str> = SMALL.lines().collect();
        let text: Vec<&str> = picks.iter().filter_map(|&at| lines.get(at).copied()).collect();
        ends_well(&text.join("\n"), &[]);
        let kept: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| !picks.iter().take(5).any(|p| p == at)).map(|(_, l)| *l).collect();
        ends_well(&kept.join("\n"), &[]);
    }

    #[test]
    fn text_that_resembles_a_scenario(picks in prop::collection::vec(0usize..PIECES.len(), 0..30)) {
        let text: String = picks.iter().map(|&at| PIECES[at]).collect();
        ends_well(&text, &[]);
    }

    #[test]
    fn values_of_any_kind_anywhere(at in 0usize..50, value in prop::sample::select(vec![
        "1", "-1", "2.5", "\"x\"", "true", "[]", "{}", "[1, \"a\"]", "{ a = 1 }", "2008-06-16", "nan", "\"1s\"",
        "{ times = 2 }", "[[[[]]]]",
    ])) {
        let change = |(i, line): (usize, &str)| match line.split_once(" = ") {
            Some((key, _)) if i == at => format!("{key} = {value}"),
            _ => line.to_string(),
        };
        let text: Vec<String> = SMALL.lines().enumerate().map(change).collect();
        ends_well(&text.join("\n"), &[]);
    }

    #[test]
    fn overrides_of_any_kind(line in "[a-z_.=\\[\\]0-9\"'{} \u{e8}-]{0,24}", path in prop::sample::select(vec![
        "scenario", "scenario.days", "queues.taxes", "agent_groups.t1.serves[0]", "arrivals.taxes.day", "calendar",
    ])) {
        ends_well(SMALL, &[&line]);
        ends_well(SMALL, &[&format!("{path}={line}")]);
    }

    #[test]
    fn tables_of_any_kind(text in "[a-z0-9,;:\"\n\r\t .\u{e8}-]{0,60}") {
        let scenario = SMALL.replace("wrap_up = \"30s\"", "wrap_up = { empirical = \"t.csv\" }")
            .replace("staffing = { heads = 4, sunday = [1, 2] }", "staffing.file = \"t.csv\"");
        for header in ["", "start,heads\n", "start;heads;day\n"] {
            let files = Files::new(&[("a.toml", &scenario), ("t.csv", &format!("{header}{text}"))]);
            let _ = files.load("a.toml", &[]);
        }
    }
}

#[test]
fn a_thousand_mistakes_are_not_all_told() {
    let lines: String = (0..1000).map(|i| format!("key{i} = {i}\n")).collect();
    let found = Files::new(&[("a.toml", &(lines + SMALL))]).refused("a.toml", &[]);
    assert_eq!(found.len(), 100);
}
