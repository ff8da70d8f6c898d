//! Cases that are open when the run begins, on the whole way from text to logs and measures.

use centralino::log::{CaseRow, CaseStretchEnd, Cause, LogTime, NeedEndName};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Scenario;

use crate::support::{failed, record, scenario_with};

const DAY_US: i64 = 86_400_000_000;

/// Two weeks that begin with the backlog of an office.
const BACKLOG: &str = r#"
    [scenario]
    name = "an old backlog"
    start = "2008-06-16"
    days = 14
    [calendar]
    time_zone = "Europe/Rome"
    [contact_types.call]
    patience = { exponential = "3m" }
    service_time = { exponential = "3m" }
    case = { permit = 0.7, rest = "note" }
    outcome.tier1 = { case = 0.4, rest = "resolved" }
    [contact_types.news]
    patience = { exponential = "2m" }
    service_time = { exponential = "2m" }
    [profiles.known]
    share = 0.5
    recognised = 0.7
    [profiles.others]
    share = 0.5
    [arrivals.call]
    per_day = 40
    day = { "08:00" = 1, "18:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "00:00" = 1, "08:00" = 2 }
    [offices.registry]
    hours = "Mon-Fri 08:00-16:00"
    staff = 1
    [case_types.permit]
    office = "registry"
    work = { exponential = "40m" }
    due = "5 working days"
    status_contacts = { hazard_per_day_open = 0.05, hazard_per_day_late = 0.3, type = "news" }
    reopening = { probability = 0.1, delay = "2d" }
    [case_types.note]
    office = "registry"
    work = "10m"
    due = "3d"
    resolves = true
    [start_state.cases.old]
    type = "permit"
    count = 60
    age = { exponential = "8d" }
    oldest = "30d"
    [start_state.cases.older]
    type = "permit"
    count = 5
    age = "40d"
    profile = "others"
    [start_state.cases.note]
    count = 4
    age = "26h"
"#;

fn with(changes: &[(&str, &str)]) -> Scenario {
    scenario_with(BACKLOG, changes)
}

#[test]
fn nothing_impossible_happens_to_cases_that_are_open_at_the_start() {
    for seed in [1, 2, 3] {
        let recorded = record(&with(&[]), seed, 0);
        recorded.passes_audit();
        let of_start = |name: &str| name.starts_with("start_state.cases.");
        let asked = recorded.logs.legs.iter().filter(|leg| of_start(&leg.need.process));
        assert!(asked.clone().all(|leg| leg.cause == Cause::Status && leg.attempt > 0));
        assert!(asked.count() > 20, "they are late and ask");
        let needs = recorded.logs.needs.iter().filter(|need| of_start(&need.need.process));
        assert_eq!(needs.clone().count(), 65, "a note's need was met before");
        let resolved = needs.filter(|need| need.end == NeedEndName::Resolved);
        assert!(resolved.clone().all(|need| need.resolved_at == Some(3)) && resolved.count() > 15);
    }
}

fn firsts<'a>(rows: &'a [CaseRow], process: &'a str) -> impl Iterator<Item = &'a CaseRow> {
    rows.iter().filter(move |row| {
        let over = matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::Open);
        *row.need.process == *process && over && row.opened.0 < 1_213_567_200_000_000
    })
}

#[test]
fn they_are_as_old_as_said_and_due_from_their_opening() {
    let recorded = record(&with(&[]), 1, 0);
    // Midnight of 16 June 2008 in Rome.
    let start = LogTime(1_213_567_200_000_000);
    let ages = |process| {
        firsts(&recorded.logs.cases, process).map(|row| start.us_since(row.opened)).collect::<Vec<_>>()
    };
    assert_eq!(ages("start_state.cases.older"), [40 * DAY_US; 5]);
    assert_eq!(ages("start_state.cases.note"), [26 * 3_600_000_000; 4]);
    let old = ages("start_state.cases.old");
    assert_eq!(old.len(), 60);
    assert!(old.iter().all(|&age| (1..=30 * DAY_US).contains(&age)));
    let mean = old.iter().sum::<i64>() / 60 / DAY_US;
    assert!((5..=10).contains(&mean), "{mean} days");
    // Opened on Friday 13 June at 22:00; due 72 hours later.
    let note = firsts(&recorded.logs.cases, "start_state.cases.note").next().unwrap();
    let due = recorded.calendar.timestamp(note.due.unwrap().0);
    assert_eq!(&due[..16], "2008-06-17T22:00");
    // Opened at midnight of 7 May, a Wednesday: the fifth working day after it is the 14th.
    let older = firsts(&recorded.logs.cases, "start_state.cases.older").next().unwrap();
    assert_eq!(&recorded.calendar.timestamp(older.due.unwrap().0)[..16], "2008-05-14T16:00");
}

#[test]
fn they_are_in_the_backlog_and_not_among_those_opened() {
    let recorded = record(&with(&[("per_day = 40", "per_day = 0.001")]), 1, 0);
    let office = recorded.results.scopes(ScopeKind::Office).next().unwrap().0;
    let find = |measure| recorded.results.find(measure, Basis::Case, office).unwrap().mean;
    assert_eq!(find("cases_opened"), Some(0.0));
    let closed = recorded.logs.cases.iter().filter(|row| row.end == CaseStretchEnd::Closed).count();
    assert_eq!(find("cases_closed"), Some(closed as f64));
    let first = recorded.results.backlog_rows().next().unwrap();
    assert!(first.open < 69.0 && first.open > 30.0 && first.late >= 10.0, "{first:?}");
    assert_eq!(find("backlog_clears"), Some(1.0));
    assert!(find("time_to_clear").is_some_and(|s| s > 86_400.0));
}

#[test]
fn more_of_them_keep_the_first_and_nobody_elses_numbers() {
    let opened = |count: &str| -> Vec<(String, LogTime)> {
        let recorded = record(&with(&[("count = 60", count)]), 7, 0);
        let mut rows: Vec<_> = firsts(&recorded.logs.cases, "start_state.cases.old")
            .map(|row| (row.need.number, row.opened))
            .collect();
        rows.sort_unstable();
        rows.into_iter().map(|(number, at)| (number.to_string(), at)).collect()
    };
    let (few, many) = (opened("count = 20"), opened("count = 60"));
    assert_eq!((few.len(), many.len()), (20, 60));
    assert_eq!(few[..], many[..20]);
    let calls = |count: &str| -> Vec<LogTime> {
        let legs = record(&with(&[("count = 60", count)]), 7, 0).logs.legs;
        let mut fresh: Vec<_> =
            legs.into_iter().filter(|leg| leg.cause == Cause::Fresh).map(|leg| leg.entered).collect();
        fresh.sort_unstable();
        fresh
    };
    assert_eq!(calls("count = 60"), calls("count = 10"));
}

const OPEN: &str = "cases that are open at the start are as told";

#[test]
fn the_audit_notices_a_backlog_that_is_another() {
    let recorded = record(&with(&[]), 1, 0);
    let says = |changes: &[(&str, &str)]| failed(&recorded.audit_as(&with(changes)));
    assert!(says(&[("count = 60", "count = 61")]).contains(&OPEN));
    assert!(says(&[("age = \"26h\"", "age = \"27h\"")]).contains(&OPEN));
    assert!(says(&[("oldest = \"30d\"", "oldest = \"20d\"")]).contains(&OPEN));
    let mut broken = record(&with(&[]), 1, 0);
    let need = broken.logs.needs.iter_mut().find(|row| row.need.process.starts_with("start_state")).unwrap();
    need.resolved_at = Some(1);
    assert_eq!(failed(&broken.audit()), [OPEN]);
}
