//! What is kept of a sweep with numbers that a hand can check.

use super::*;
use crate::analysis::{Coordinate, Known as Value, Point, Response, Spending, Swept};
use crate::measures::{Basis, ScopeKind, SeriesKey};
use crate::report::sweep::{SweepAbout, Sweepings};

fn key(measure: &'static str, scope_kind: ScopeKind, scope: &str) -> SeriesKey {
    SeriesKey { measure, basis: Basis::Contact, scope_kind, scope: scope.into() }
}

/// Scenarios of (volume, service level known to 2 points, cost); the first is the base, 80 % are promised.
fn saved(rows: &[(f64, f64, f64)]) -> SavedSweep {
    let known = |value: f64, half_width: f64, promised: Option<f64>| {
        Some(Value { value, low: value - half_width, high: value + half_width, half_width, promised })
    };
    let point = |(scenario, &(volume, level, cost)): (usize, &(f64, f64, f64))| Point {
        scenario: scenario as u32,
        at: vec![Coordinate { label: volume.to_string(), number: Some(volume), is_base: volume == 1.0 }],
        replications: 10,
        values: vec![known(level, 0.02, Some(0.8)), known(cost, 1.0, None)],
        samples: vec![],
    };
    let response = Response {
        keys: vec![
            key("answered_over_offered", ScopeKind::Target, "contract"),
            key("cost", ScopeKind::Whole, "all"),
        ],
        points: rows.iter().enumerate().map(point).collect(),
    };
    let swept = Swept {
        response,
        replications: 10 * rows.len() as u64,
        simulated: 0,
        overflowed: Vec::new(),
        undecided: 0,
        left: None,
    };
    let about = SweepAbout {
        study: "Study".into(),
        file: "study.toml".into(),
        study_hash: "abc".into(),
        version: "1".into(),
        seed: 1,
        scenarios: rows.len() as u32,
        factors: vec!["volume".into()],
        multipliers: vec!["volume".into()],
        one_at_a_time: false,
        spending: Spending::Fixed(10),
        shard: None,
    };
    saved_sweep(&Sweepings { about: &about, swept: &swept, warnings: &[] })
}

#[test]
fn the_cheapest_is_among_those_that_keep_every_promise() {
    let saved = saved(&[(1.0, 0.84, 110.0), (0.9, 0.90, 100.0), (1.1, 0.81, 95.0), (1.2, 0.70, 90.0)]);
    assert_eq!((saved.all_kept, saved.cheapest), (3, Some(2)));
    // 0.81 ± 0.02 may lie on either side of 0.8.
    assert_eq!(saved.keys[0].verdicts, [2, 1, 1]);
    assert_eq!((saved.keys[0].promised, saved.cost), (Some(0.8), Some(1)));
    assert_eq!(saved.front, [3, 2, 1]);
    assert_eq!(saved.scenarios[2].values[0].verdict.as_deref(), Some("undecided"));
    assert_eq!(saved.scenarios[2].values[1].verdict, None);
}

#[test]
fn a_line_has_its_scenarios_in_order_and_where_it_breaks() {
    let saved = saved(&[(1.0, 0.84, 1.0), (0.9, 0.90, 1.0), (1.2, 0.76, 1.0)]);
    let [line] = saved.lines.as_slice() else { panic!("{:?}", saved.lines) };
    assert_eq!(line.points.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0.9, 1.0, 1.2]);
    // From 0.84 to 0.76 it is 0.80 half way.
    let SavedHolds::UpTo { at, low, high } = line.holds else { panic!("{:?}", line.holds) };
    assert!((at - 1.1).abs() < 1e-9 && (low.unwrap() - 1.05).abs() < 1e-9, "{at} {low:?}");
    assert!((high.unwrap() - 1.15).abs() < 1e-9, "{high:?}");
}

#[test]
fn of_thousands_of_scenarios_the_first_and_the_best_are_kept() {
    let mut rows: Vec<(f64, f64, f64)> = (0..3000).map(|row| (1.0 + f64::from(row), 0.7, 100.0)).collect();
    rows[2345] = (0.5, 0.9, 50.0);
    let saved = saved(&rows);
    assert_eq!((saved.scenario_count, saved.scenarios.len()), (3000, 401));
    assert_eq!(saved.scenarios[400].scenario, 2345);
    assert_eq!((saved.front.as_slice(), saved.cheapest), ([2345].as_slice(), Some(2345)));
}

#[test]
fn what_is_read_back_is_what_was_kept() {
    let saved = saved(&[(1.0, 0.84, 110.0), (0.9, 0.90, 100.0), (1.2, 0.70, 90.0)]);
    let text = serde_json::to_string(&saved).unwrap();
    assert_eq!(serde_json::from_str::<SavedSweep>(&text).unwrap(), saved);
}

/// Sentences of the report, in both languages.
#[test]
fn a_break_point_is_told_as_a_change() {
    use crate::report::document::Section;
    use crate::report::language::Language;
    let saved = saved(&[(1.0, 0.84, 110.0), (0.9, 0.90, 100.0), (1.2, 0.76, 120.0)]);
    let said = |language: Language| {
        let document = crate::report::sweep_report(&saved, "1", language);
        let prose = document.sections.into_iter().find_map(|section| match section {
            Section::Prose(said) => Some(said),
            _ => None,
        });
        prose.unwrap().join("\n")
    };
    let (english, italian) = (said(Language::English), said(Language::Italian));
    assert!(english.contains("Contract holds up to volume +10 % (+5 % to +15 %)."), "{english}");
    assert!(english.contains("is scenario 1 (volume -10 %): it costs 100 ± 1"), "{english}");
    assert!(italian.contains("Contract regge fino a volume +10 % (+5 % \u{2013} +15 %)."), "{italian}");
    assert!(
        italian.contains("Volume è ciò che più muove Contract: in media da 76,0 % con +20 %"),
        "{italian}"
    );
}
