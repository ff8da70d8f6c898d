//! Measures of cases recounted from the log: the backlog by day and age, when it clears, times to close, and how busy offices are.

use std::collections::BTreeMap;

use centralino::log::{CaseRow, CaseStretchEnd, LogTime};
use centralino::measures::{AGE_CLASSES_DAYS, Basis, Scope, ScopeKind};

use crate::support::{Recorded, record, results, scenario};

const DAY_US: i64 = 86_400_000_000;

/// Twelve days from a Monday; an office that is too small in the first days and catches up.
const OFFICE: &str = r#"
    [scenario]
    name = "a backlog"
    start = "2008-06-16"
    days = 12
    [contact_types.call]
    service_time = "1m"
    case = { permit = 0.5, rest = "note" }
    outcome.tier1 = { case = 1.0 }
    [arrivals.call]
    per_day = 20
    weekday = { mon = 3, tue = 2, wed = 1, thu = 1, fri = 1, sat = 0, sun = 0 }
    day = { "08:00" = 1, "18:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = 3
    [offices.registry]
    hours = "Mon-Fri 08:00-16:00"
    staff = { "00:00" = 2, "12:00" = 3 }
    [offices.parks]
    hours = "Mon-Fri 08:00-12:00"
    staff = 5
    [case_types.permit]
    office = "registry"
    work = { exponential = "50m" }
    due = "1 working day"
    rework = 0.2
    [case_types.note]
    office = "parks"
    work = "10m"
    due = "20h"
"#;

/// (opened, closed if so, due) of each case of a type.
fn lives(recorded: &Recorded, case_type: &str) -> Vec<(LogTime, Option<LogTime>, Option<LogTime>)> {
    let rows = recorded.logs.cases.iter().filter(|row| &*row.case_type == case_type);
    let over = rows.filter(|row| matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::Open));
    over.map(|row| (row.opened, (row.end == CaseStretchEnd::Closed).then_some(row.to), row.due)).collect()
}

#[test]
fn the_backlog_of_each_day_is_that_of_the_log() {
    let recorded = record(&scenario(OFFICE), 3, 0);
    let mut seen = 0.0;
    for row in recorded.results.backlog_rows() {
        let end = LogTime(row.day.end_unix_us);
        let types: &[&str] = match (row.scope_kind, row.scope) {
            (ScopeKind::Whole, _) => &["note", "permit"],
            (_, "registry" | "permit") => &["permit"],
            _ => &["note"],
        };
        let lives = types.iter().flat_map(|case_type| lives(&recorded, case_type));
        let open: Vec<_> = lives.filter(|life| life.0 < end && life.1.is_none_or(|at| at > end)).collect();
        let late = open.iter().filter(|life| life.2.is_some_and(|due| due < end)).count();
        assert_eq!((row.open, row.late), (open.len() as f64, late as f64), "{row:?}");
        for (class, found) in row.by_age.into_iter().enumerate() {
            let days =
                |class: usize| AGE_CLASSES_DAYS.get(class).map_or(i64::MAX, |&days| i64::from(days) * DAY_US);
            let ages = open.iter().map(|life| end.us_since(life.0));
            let expected = ages.filter(|&age| days(class) < age && age <= days(class + 1)).count();
            assert_eq!(found, expected as f64, "class {class} of {row:?}");
        }
        seen += row.by_age[1..].iter().sum::<f64>();
    }
    assert_eq!(recorded.results.backlog_rows().count(), 12 * 5);
    assert!(seen > 20.0, "cases grow old: {seen}");
}

#[test]
fn the_backlog_clears_on_the_day_after_which_none_ends_late() {
    let recorded = record(&scenario(OFFICE), 3, 0);
    for (kind, name) in
        [(ScopeKind::CaseType, "permit"), (ScopeKind::Office, "registry"), (ScopeKind::CaseType, "note")]
    {
        let rows: Vec<_> = recorded
            .results
            .backlog_rows()
            .filter(|row| (row.scope_kind, row.scope) == (kind, name))
            .collect();
        let last = rows.iter().rposition(|row| row.late > 0.0);
        let scope = recorded.results.scopes(kind).find(|(_, of)| *of == name).unwrap().0;
        let find = |measure| recorded.results.find(measure, Basis::Case, scope).unwrap().mean;
        let clears = last.is_none_or(|last| last + 1 < rows.len());
        assert_eq!(find("backlog_clears"), Some(f64::from(u8::from(clears))));
        let after_s = last.map_or(0.0, |last| 86_400.0 * (last + 1) as f64);
        assert_eq!(find("time_to_clear"), clears.then_some(after_s), "{name}");
    }
    let whole = recorded.results.find("time_to_clear", Basis::Case, Scope::WHOLE).unwrap();
    assert!(whole.mean.is_some_and(|s| s >= 86_400.0), "some are late for some days, and no more: {whole:?}");
}

#[test]
fn occupancy_and_times_to_close_are_those_of_the_log() {
    let recorded = record(&scenario(OFFICE), 5, 0);
    let closed: Vec<&CaseRow> =
        recorded.logs.cases.iter().filter(|row| row.end == CaseStretchEnd::Closed).collect();
    let mut work: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &recorded.logs.cases {
        let office = work.entry(&row.office).or_default();
        *office += row.from.map_or(0, |from| row.to.us_since(from));
    }
    let hours = [("registry", 10.0 * (4.0 * 2.0 + 4.0 * 3.0)), ("parks", 10.0 * 4.0 * 5.0)];
    for (name, hours) in hours {
        let scope = recorded.results.scopes(ScopeKind::Office).find(|(_, of)| *of == name).unwrap().0;
        let find = |measure| recorded.results.find(measure, Basis::Case, scope).unwrap().mean.unwrap();
        let expected = work[name] as f64 / (hours * 3600e6);
        assert!((find("office_occupancy") - expected).abs() < 1e-12, "{name}: {expected}");
        let mut times: Vec<i64> =
            closed.iter().filter(|row| &*row.office == name).map(|row| row.to.us_since(row.opened)).collect();
        times.sort_unstable();
        for (measure, p) in [("time_to_close_p50", 0.5), ("time_to_close_p90", 0.9)] {
            let exact = times[(p * times.len() as f64).ceil() as usize - 1] as f64 / 1e6;
            let found = find(measure);
            assert!(exact <= found && found <= 1.001 * exact + 1e-6, "{name} {measure}: {found}, {exact}");
        }
    }
}

#[test]
fn backlogs_are_means_over_replications() {
    let scenario = scenario(OFFICE);
    let of = |replication| -> Vec<f64> {
        record(&scenario, 8, replication).results.backlog_rows().map(|row| row.open).collect()
    };
    let (first, second) = (of(0), of(1));
    let model = crate::support::compile(&scenario);
    let both = results(&model, centralino::model::Mode::Eager, 8, 2);
    let means: Vec<f64> = both.backlog_rows().map(|row| row.open).collect();
    let expected: Vec<f64> = first.iter().zip(&second).map(|(a, b)| (a + b) / 2.0).collect();
    assert_eq!(means, expected);
    assert_ne!(first, second);
}
