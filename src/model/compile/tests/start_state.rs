//! Contacts that wait at the start: when they came, what does not happen before, and what is said where they could not wait.

use super::*;
use crate::model::{Certain, ListedNeed, Process};

const TAXES: &str = "start_state.waiting.early={ type = 'taxes', count = 4, waited = '20m' }";

fn waiting(model: &Model) -> &Process {
    model.processes.iter().find(|process| process.waits_at_start()).expect("somebody waits")
}

fn needs(model: &Model) -> &[ListedNeed] {
    let Some(Certain::Waiting(listed)) = &waiting(model).certain else { panic!("somebody waits") };
    &listed.needs
}

/// Seconds before the start.
fn came_s(model: &Model) -> Vec<f64> {
    needs(model).iter().map(|need| model.clock.begins.since(need.at).as_s()).collect()
}

#[test]
fn they_came_evenly_before_the_start_and_time_zero_is_a_quarter_hour_no_later_than_the_first() {
    let model = model(&[TAXES]);
    assert_eq!(came_s(&model), [1200.0, 900.0, 600.0, 300.0]);
    let clock = &model.clock;
    // 23:30 of the day before.
    assert_eq!(clock.count_from.as_s(), 1800.0);
    assert_eq!((clock.begins, clock.cells, clock.periods), (clock.count_from, 98, 96));
    assert_eq!(waiting(&model).mean[..3], [1.0, 3.0, 0.0]);
    let names: Vec<&str> = model.processes.iter().map(|process| process.name.as_str()).collect();
    assert_eq!(names, ["start_state.waiting.early", "taxes"]);
}

#[test]
fn what_does_not_divide_is_rounded_away_from_the_start() {
    let model = model(&["start_state.waiting.taxes={ count = 3, waited = '1.000001s' }"]);
    let before: Vec<u64> =
        needs(&model).iter().map(|need| model.clock.begins.since(need.at).as_us()).collect();
    assert_eq!(before, [1_000_001, 666_668, 333_334]);
}

#[test]
fn many_in_a_second_are_all_there_before_the_start() {
    let model = model(&["start_state.waiting.taxes={ count = 100_000, waited = '1s' }"]);
    assert!(needs(&model).iter().all(|need| need.at < model.clock.begins));
    assert_eq!(needs(&model).len(), 100_000);
}

#[test]
fn nobody_comes_and_nobody_works_before_the_start() {
    let with = model(&[TAXES]);
    let without = model(&[]);
    let taxes = with.processes.iter().find(|process| process.name == "taxes").unwrap();
    assert_eq!(taxes.mean[..2], [0.0, 0.0]);
    assert_eq!(taxes.mean[2..], without.processes[0].mean);
    let of = |model: &Model| model.groups[1].heads.iter().map(|&(at, n)| (at.as_s(), n)).collect::<Vec<_>>();
    assert_eq!((of(&with), of(&without)), (vec![(0.0, 0), (1800.0, 6)], vec![(0.0, 6)]));
    let constant = SMALL.replace("per_day = 960", "per_hour = 40");
    let with = compile(&scenario(&constant, &[TAXES])).unwrap().model;
    let taxes = with.processes.iter().find(|process| process.name == "taxes").unwrap();
    assert_eq!(taxes.mean[..4], [0.0, 0.0, 10.0, 10.0]);
}

#[test]
fn a_night_shift_counts_from_the_start() {
    let night = [
        TAXES,
        "shifts.night={ start = '22:00', end = '06:00' }",
        "shifts.evening={ start = '16:00', end = '24:00' }",
    ];
    let by_shifts = SMALL.replace("staffing = { heads = 6 }", "staffing.shifts = { night = 2, evening = 1 }");
    let model = compile(&scenario(&by_shifts, &night)).unwrap().model;
    let heads: Vec<_> = model.groups[1].heads.iter().map(|&(at, n)| (at.as_s(), n)).collect();
    assert_eq!(heads[..3], [(0.0, 0), (1800.0, 2), (1800.0 + 6.0 * 3600.0, 0)]);
    // The evening before is over when the run begins.
    let plan = model.groups[1].shifts.as_ref().unwrap();
    assert_eq!(plan.duties.iter().filter(|duty| duty.start_us < 0).count(), 1);
}

#[test]
fn exact_numbers_and_histories_need_nothing_of_the_day_before() {
    let exact = SMALL.replace("per_day = 960", "exactly = 96");
    let with = compile(&scenario(&exact, &[TAXES])).unwrap().model;
    let taxes = with.processes.iter().find(|process| process.name == "taxes").unwrap();
    assert!((taxes.mean.iter().sum::<f64>() - 96.0).abs() < 1e-9);
    assert_eq!(taxes.mean[..2], [0.0, 0.0]);
    let counts: Vec<u32> = vec![4; 24];
    let history = format!("history = {{ interval = '1h', counts = {{ \"2008-06-16\" = {counts:?} }} }}");
    let history = SMALL.replace("per_day = 960", &history);
    let with = compile(&scenario(&history, &[TAXES])).unwrap().model;
    let taxes = with.processes.iter().find(|process| process.name == "taxes").unwrap();
    assert_eq!(taxes.mean[..3], [0.0, 0.0, 1.0]);
}

#[test]
fn where_nobody_waits_nothing_changes() {
    let nobody = model(&["start_state.waiting.taxes={ count = 0, waited = '20m' }"]);
    assert_eq!((nobody.clock, nobody.processes.len()), (model(&[]).clock, 1));
    // Of several the first to come decides; those who do not exist came never.
    let two = model(&[TAXES, "start_state.waiting.taxes={ count = 0, waited = '5h' }"]);
    assert_eq!(two.clock.count_from.as_s(), 1800.0);
}

#[test]
fn a_center_may_have_nobody_but_those_who_wait() {
    let mut alone = scenario(SMALL, &[TAXES]);
    alone.arrivals.clear();
    let compiled = compile(&alone).unwrap();
    assert_eq!((compiled.model.processes.len(), compiled.warnings), (1, vec![]));
}

#[test]
fn a_queue_that_needs_staff_depends_on_the_beginning() {
    assert_eq!(model(&[TAXES]).beginning, None);
    let needs_staff = model(&[TAXES, "queues.first.without_staff=send_away"]);
    let beginning = &needs_staff.openings[needs_staff.beginning.unwrap().index()];
    assert_eq!(
        (beginning.open_at_zero, beginning.turns.as_slice()),
        (false, &[needs_staff.clock.begins][..])
    );
    assert_eq!(model(&["queues.first.without_staff=send_away"]).beginning, None);
}

#[test]
fn names_that_nothing_has() {
    let said = |entry: &str| {
        errors(&[&format!("start_state.waiting.early={{ count = 4, waited = '20m', {entry} }}")])
    };
    assert_eq!(said("type = 'taxis'"), ["E2101 start_state.waiting.early.type"]);
    assert_eq!(said("type = 'taxes', profile = 'elder'"), ["E2102 start_state.waiting.early.profile"]);
    assert_eq!(said("type = 'taxes', number = '020202'"), ["E2105 start_state.waiting.early.number"]);
    assert_eq!(said("recognised = true"), ["E2101 start_state.waiting.early"]);
    let two = ["numbers={ a = {}, b = {} }", "arrivals.taxes.number=a", TAXES];
    assert_eq!(errors(&two), ["E4009 start_state.waiting.early"]);
}

#[test]
fn a_run_has_one_start() {
    assert_eq!(errors(&[TAXES, "scenario.run_in=1h"]), ["E4040 start_state"]);
    let steady = "scenario.steady_state={ warm_up = '2h', batches = 12 }";
    assert_eq!(errors(&[TAXES, steady]), ["E4040 start_state"]);
    let key = "arrivals.taxes.key=start_state.waiting.early";
    assert_eq!(errors(&[TAXES, key]), ["E4010 start_state.waiting.early"]);
}

#[test]
fn single_values_are_checked_though_the_loader_has_done_so() {
    let mut wrong = scenario(SMALL, &[TAXES]);
    let early = wrong.start_state.as_mut().unwrap().waiting.get_mut("early").unwrap();
    (early.count, early.waited) = (100_001, crate::scenario::Span::from_s(1e9));
    assert_eq!(
        errors_of(&wrong),
        ["E3005 start_state.waiting.early.count", "E3005 start_state.waiting.early.waited"]
    );
    let mut long = scenario(SMALL, &[TAXES, "scenario.days=2928"]);
    let early = long.start_state.as_mut().unwrap().waiting.get_mut("early").unwrap();
    early.waited = crate::scenario::Span::from_s(20.0 * 86_400.0);
    assert_eq!(errors_of(&long)[0], "E4007 start_state.waiting.early.waited");
    let first = scenario(SMALL, &[TAXES, "scenario.start=1970-01-01"]);
    assert!(errors_of(&first).contains(&"E3005 scenario.start".to_string()));
}

/// What is said of those who wait in a scenario so changed.
fn said(overrides: &[&str]) -> Vec<String> {
    let overrides: Vec<&str> = overrides.iter().copied().chain([TAXES]).collect();
    let found = compile(&scenario(SMALL, &overrides)).map(|compiled| compiled.model.name).unwrap_err();
    let about = found.iter().filter(|finding| finding.path.starts_with("start_state"));
    about.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn they_could_not_wait_where_they_could_not_come_or_would_have_been_sent_away() {
    let day_only = said(&[
        "routing.all.when.hours=Mon-Sun 00:00-23:45",
        "routing.rest={ order = 101, queue = 'first', when = { hours = '23:50-00:00' } }",
    ]);
    assert_eq!(
        day_only,
        [
            "E5004 no rule takes who came at 2008-06-15 23:45 with type = \"taxes\", profile = \"elderly\", recognised = false"
        ]
    );
    assert_eq!(
        said(&["queues.first.hours=Mon-Sun 00:00-23:45"]),
        ["E4041 \"first\" is closed at 2008-06-15 23:45, when one of them came to it"]
    );
    // At midnight it closes, and keeps those who wait unless it is told otherwise.
    assert_eq!(
        compiled(&[TAXES, "queues.first.hours=Sun 00:00-24:00, Mon 08:00-24:00"]).model.openings.len(),
        1
    );
    assert_eq!(
        said(&["queues.first.hours=Sun 00:00-24:00, Mon 08:00-24:00", "queues.first.at_close=send_away"]),
        ["E4041 \"first\" sends away at 2008-06-16 00:00 whoever waits in it, so nobody does at the start"]
    );
    let nobody = [
        "queues.first.without_staff=send_away",
        "agent_groups.general.staffing.heads={ '08:00' = 6 }",
        "agent_groups.senior.staffing.heads={ '08:00' = 2 }",
    ];
    assert_eq!(
        said(&nobody),
        ["E4041 \"first\" sends away whoever waits while nobody is at work, and nobody is at the start"]
    );
    let lines = ["numbers={ main = { trunk = 'isdn' } }", "trunks={ isdn = { lines = 3 } }"];
    assert_eq!(said(&lines), ["E4041 4 contacts wait on the 3 lines of \"isdn\""]);
}

/// Only those of them to whom it happens: the elderly who are recognised have a rule and a queue of their own.
#[test]
fn every_kind_of_caller_among_them_is_looked_at() {
    let own = [
        "queues.third={ hours = '08:00-18:00', steps = { start = { groups = ['senior'] } } }",
        "agent_groups.senior.serves=['first', 'third']",
        "routing.known.queue=third",
    ];
    assert_eq!(said(&own), ["E4041 \"third\" is closed at 2008-06-15 23:40, when one of them came to it"]);
    let others = [
        &own[..],
        &["start_state.waiting.early={ type = 'taxes', count = 4, waited = '20m', profile = 'others' }"],
    ];
    assert!(compile(&scenario(SMALL, &others.concat())).is_ok());
    let unknown =
        "start_state.waiting.early={ type = 'taxes', count = 4, waited = '20m', recognised = false }";
    assert!(compile(&scenario(SMALL, &[&own[..], &[unknown]].concat())).is_ok());
}

#[test]
fn what_they_are_escalated_to_needs_a_rule_too() {
    let mut alone = scenario(SMALL, &[TAXES]);
    alone.arrivals.clear();
    alone.routing.remove("escalated");
    assert_eq!(errors_of(&alone)[0], "E5009 routing");
}
