//! Ways of cases on the whole way from text to logs: from office to office, opened again, told by message; and the audit of it.

use std::collections::{BTreeMap, BTreeSet};

use centralino::log::{CaseRow, CaseStretchEnd, Cause, LogTime, NeedEndName};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Scenario;

use crate::support::{Recorded, failed, logs, record, scenario, scenario_with};

/// Three weeks, three offices, permits that go through all of them.
const PERMITS: &str = r#"
    [scenario]
    name = "permits"
    start = "2008-06-02"
    days = 21
    [calendar]
    time_zone = "Europe/Rome"
    holidays = "IT-MI"
    [contact_types.call]
    patience = { exponential = "3m" }
    service_time = { exponential = "3m" }
    case = { permit = 0.7, rest = "note" }
    outcome.tier1 = { case = 0.6, unresolved = 0.1, rest = "resolved" }
    after_abandonment = { retrial = 0.5, delay = { exponential = "20m" } }
    [contact_types.news]
    patience = { exponential = "2m" }
    service_time = { exponential = "2m" }
    outcome.tier1 = { unresolved = 0.1, rest = "resolved" }
    [contact_types.complaint]
    patience = { exponential = "2m" }
    service_time = { exponential = "5m" }
    outcome.tier1 = { unresolved = 0.1, rest = "resolved" }
    [arrivals.call]
    per_day = 60
    day = { "08:00" = 1, "18:00" = 0 }
    [profiles.known]
    share = 0.4
    recognised = 0.8
    [profiles.others]
    share = 0.6
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "07:00" = 1, "12:00" = 2, "20:00" = 0 }
    [offices.front]
    hours = "Mon-Fri 08:30-12:30 14:00-16:00, holidays closed"
    staff = { "00:00" = 3, "15:00" = 2 }
    [offices.technical]
    hours = "Mon, Tue, Thu 09:00-17:00, holidays closed"
    staff = 3
    discipline = "oldest"
    [offices.archive]
    hours = "Mon-Fri 08:00-14:00"
    staff = 1
    discipline = "priority"
    [case_types.permit]
    office = "front"
    work = { exponential = "20m" }
    due = "3 working days"
    rework = 0.1
    status_contacts = { hazard_per_day_open = 0.05, hazard_per_day_late = 0.8, type = "news", when_recognised.service_time.times = 0.5 }
    reopening = { probability = 0.2, delay = { exponential = "30h" }, type = "complaint" }
    message = { delay = { exponential = "20h" }, calls_back = { probability = 0.2, delay = "5h" } }
    [case_types.permit.hand_over.technical]
    order = 1
    office = "technical"
    share = 0.5
    work = "30m"
    [case_types.permit.hand_over.archive]
    order = 2
    office = "archive"
    work = { exponential = "4m" }
    [case_types.note]
    office = "archive"
    priority = 1
    work = "5m"
    due = "8 working hours"
    resolves = true
    reopening = { probability = 0.3, delay = "26h" }
"#;

fn with(changes: &[(&str, &str)]) -> Scenario {
    scenario_with(PERMITS, changes)
}

#[test]
fn nothing_impossible_happens_on_the_way_of_a_case() {
    for seed in [1, 2] {
        let recorded = record(&with(&[]), seed, 0);
        recorded.passes_audit();
        let ends: BTreeSet<CaseStretchEnd> = recorded.logs.cases.iter().map(|row| row.end).collect();
        assert_eq!(ends.len(), 5, "all that can end a stretch does: {ends:?}");
        let complaints = recorded.logs.legs.iter().filter(|leg| leg.cause == Cause::Complaint);
        let types: BTreeSet<&str> = complaints.clone().map(|leg| &*leg.contact_type).collect();
        assert!(complaints.count() > 60);
        assert_eq!(
            types,
            BTreeSet::from(["call", "complaint"]),
            "about messages, and to have cases opened again"
        );
        let reopened = openings(&recorded).filter(|rows| rows.len() > 1).count();
        assert!(reopened > 30, "{reopened}");
        let open = recorded.logs.needs.iter().filter(|need| need.end == NeedEndName::Open).count();
        assert!(open > 5, "{open}");
    }
}

/// The openings of each case in order.
fn openings(recorded: &Recorded) -> impl Iterator<Item = Vec<LogTime>> {
    let mut opened: BTreeMap<String, BTreeSet<LogTime>> = BTreeMap::new();
    for row in &recorded.logs.cases {
        opened.entry(row.need.to_string()).or_default().insert(row.opened);
    }
    opened.into_values().map(|times| times.into_iter().collect())
}

#[test]
fn citizens_ask_until_they_know() {
    let recorded = record(
        &with(&[("message = { delay = { exponential = \"20h\" }", "message = { delay = \"20h\"")]),
        4,
        0,
    );
    recorded.passes_audit();
    let closed: BTreeMap<String, LogTime> = recorded
        .logs
        .cases
        .iter()
        .filter(|row| row.end == CaseStretchEnd::Closed)
        .map(|row| (row.need.to_string(), row.to))
        .collect();
    let asks = recorded.logs.legs.iter().filter(|leg| leg.cause == Cause::Status);
    let after =
        asks.filter(|leg| closed.get(&leg.need.to_string()).is_some_and(|&at| at < leg.entered)).count();
    assert!(after > 5, "{after} asked though it was closed");
}

/// What the audit says of a broken log or of one that another scenario made: the checks that notice.
fn noticed(recorded: &Recorded, scenario: &Scenario) -> Vec<&'static str> {
    failed(&recorded.audit_as(scenario))
}

const LIVES: &str = "a case is due, worked on and closed as its type says";
const REOPENED: &str = "a case is opened again for a reason";
const WORK: &str = "people of an office work on what is there";
const NEWS: &str = "who contacts the center about a case has one";

#[test]
fn the_audit_notices_a_way_that_is_not_the_types() {
    let recorded = record(&with(&[]), 1, 0);
    let says = |changes: &[(&str, &str)]| noticed(&recorded, &with(changes));
    let swapped = [("order = 1\n    office = \"technical\"", "order = 3\n    office = \"technical\"")];
    assert!(says(&swapped).contains(&LIVES));
    assert!(says(&[("share = 0.5\n    work = \"30m\"", "share = 1.0\n    work = \"30m\"")]).contains(&LIVES));
    assert!(says(&[("share = 0.5\n    work = \"30m\"", "share = 0.5\n    work = \"31m\"")]).contains(&LIVES));
    assert!(
        says(&[("probability = 0.3, delay = \"26h\"", "probability = 0.3, delay = \"25h\"")])
            .contains(&REOPENED)
    );
    assert!(
        says(&[("probability = 0.3, delay = \"26h\"", "probability = 0.0, delay = \"26h\"")])
            .contains(&REOPENED)
    );
    assert!(says(&[("delay = \"5h\" }", "delay = \"5h\", type = \"news\" }")]).contains(&NEWS));
    let silent = [("delay = { exponential = \"20h\" }, calls_back", "delay = \"0s\", calls_back")];
    assert!(says(&silent).contains(&NEWS), "the message came at once, and they ask");
    assert!(says(&[("staff = 3\n    discipline", "staff = 4\n    discipline")]).contains(&WORK));
}

#[test]
fn the_audit_notices_rows_that_do_not_fit() {
    let broken = |break_it: &dyn Fn(&mut Vec<CaseRow>)| {
        let mut recorded = record(&with(&[]), 1, 0);
        break_it(&mut recorded.logs.cases);
        noticed(&recorded, &recorded.scenario)
    };
    let closed_early = broken(&|rows| {
        let handed_over = rows.iter_mut().find(|row| row.end == CaseStretchEnd::HandedOver).unwrap();
        handed_over.end = CaseStretchEnd::Closed;
    });
    assert!(closed_early.contains(&LIVES), "{closed_early:?}");
    let opened_early = broken(&|rows| {
        let first: BTreeMap<String, LogTime> =
            rows.iter().rev().map(|row| (row.need.to_string(), row.opened)).collect();
        let again = rows.iter_mut().find(|row| first[&row.need.to_string()] < row.opened).unwrap();
        again.opened.0 -= 1;
    });
    assert!(opened_early.contains(&REOPENED), "{opened_early:?}");
}

#[test]
fn a_case_keeps_its_work_whatever_follows_the_closing() {
    let closings = |reopening: &str| -> Vec<(String, LogTime)> {
        let text = PERMITS.replace("reopening = { probability = 0.3, delay = \"26h\" }", reopening);
        let rows = logs(&text, 3).cases;
        let notes =
            rows.into_iter().filter(|row| &*row.case_type == "note" && row.end == CaseStretchEnd::Closed);
        notes.take(5).map(|row| (row.need.to_string(), row.to)).collect()
    };
    // Work is five minutes: the first notes are closed when they were.
    assert_eq!(closings(""), closings("reopening = { probability = 0.9, delay = \"96h\" }"));
}

#[test]
fn who_is_away_is_away_all_day_and_as_often_as_said() {
    let away = [
        (
            "staff = { \"00:00\" = 3, \"15:00\" = 2 }",
            "staff = { \"00:00\" = 9, \"15:00\" = 6 }\n    absence = 0.3",
        ),
        (
            "hours = \"Mon-Fri 08:00-14:00\"\n    staff = 1",
            "hours = \"Mon-Fri 20:00-02:00\"\n    staff = 2\n    absence = 0.4",
        ),
        (
            "staff = 3\n    discipline",
            "staff = 3\n    staff_on = { tue = { \"09:00\" = 1, \"13:00\" = 4 }, \"2008-06-12\" = 0 }\n    discipline",
        ),
    ];
    for seed in [1, 2] {
        let recorded = record(&with(&away), seed, 0);
        recorded.passes_audit();
        let others = noticed(&recorded, &with(&away[..1]));
        assert!(others.contains(&WORK), "{others:?}");
        let none = noticed(&recorded, &with(&[away[1], away[2]]));
        assert!(none.contains(&WORK), "fewer than down for work: {none:?}");
    }
}

/// Staffed time is work over occupancy: 5 people down for 10 hours on each of 60 days, a fifth away.
#[test]
fn absence_takes_its_share_of_the_staffed_time() {
    let text = PERMITS
        .replace("days = 21", "days = 60")
        .replace("staff = 3\n    discipline", "staff = 5\n    absence = 0.2\n    discipline")
        .replace("Mon, Tue, Thu 09:00-17:00, holidays closed", "Mon-Sun 08:00-18:00");
    let recorded = record(&scenario(&text), 3, 0);
    let work: i64 = recorded
        .logs
        .cases
        .iter()
        .filter(|row| &*row.office == "technical")
        .map(|row| row.from.map_or(0, |from| row.to.us_since(from)))
        .sum();
    let scope = recorded.results.scopes(ScopeKind::Office).find(|(_, name)| *name == "technical").unwrap().0;
    let occupancy = recorded.results.find("office_occupancy", Basis::Case, scope).unwrap().mean.unwrap();
    let staffed_hours = work as f64 / 3.6e9 / occupancy;
    // 300 draws of 10 hours each.
    let sd = 10.0 * (300.0 * 0.2 * 0.8_f64).sqrt();
    assert!(
        (staffed_hours - 2400.0).abs() < 3.5 * sd && (staffed_hours - 2400.0).abs() > 1e-9,
        "{staffed_hours}"
    );
    assert!(
        (staffed_hours / 10.0 - (staffed_hours / 10.0).round()).abs() < 1e-6,
        "whole days: {staffed_hours}"
    );
}
