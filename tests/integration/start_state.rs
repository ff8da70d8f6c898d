//! Contacts that wait already at the start: what the logs say of them, what the audit would notice, and whose numbers stay.

use std::collections::BTreeMap;

use centralino::experiment;
use centralino::log::{AgentRow, AgentStateName, LegFate, LegRow, LogTime, NeedName};
use centralino::measures::{self, Attribution, Basis, Collector, Detail, Results, ScopeKind};
use centralino::model::Mode;
use centralino::scenario::Scenario;

use crate::audited::is_sound;
use crate::support::{
    Recorded, compile, estimate, logs, notices, other_modes, record, replication, scenario,
};

const SEED: u64 = 7;
/// Midnight in Rome, 2008-06-17.
const START_US: i64 = 1_213_653_600_000_000;
const MINUTE_US: i64 = 60_000_000;

/// A night with a desk by shifts and a helper by heads; companies and others wait at midnight.
const NIGHT: &str = r#"
    [scenario]
    name = "a night that begins with a queue"
    start = "2008-06-17"
    [calendar]
    time_zone = "Europe/Rome"
    [profiles.citizen]
    share = 0.8
    recognised = 0.5
    [profiles.company]
    share = 0.2
    patience.times = 2
    [numbers.main]
    trunk = "lines"
    [trunks.lines]
    lines = 20
    [contact_types.info]
    service_time = { exponential = "4m" }
    wrap_up = "30s"
    patience = { lognormal = { mean = "10m", sd = "6m" } }
    balking = 0.3
    after_abandonment = { retrial = 0.6, delay = { exponential = "15m" } }
    [contact_types.faults]
    service_time = { exponential = "6m" }
    patience = { exponential = "20m" }
    [arrivals.info]
    per_hour = 12
    [arrivals.faults]
    per_hour = 3
    [queues.desk]
    hours = "00:00-24:00"
    steps.first = { groups = ["desk"] }
    steps.help = { after = "5m", add = ["help"] }
    [routing.faults]
    order = 1
    when = { type = "faults" }
    queue = "desk"
    priority = 5
    [routing.all]
    order = 2
    queue = "desk"
    [agent_groups.desk]
    serves = ["desk"]
    staffing.shifts = { night = 2, evening = 3 }
    [agent_groups.help]
    serves = ["desk"]
    staffing.heads = 1
    [shifts.night]
    start = "22:00"
    end = "06:00"
    breaks.meal = { from = "23:45", length = "30m" }
    [shifts.evening]
    start = "14:00"
    end = "22:00"
    [start_state.waiting.info]
    count = 10
    waited = "8m"
    [start_state.waiting.companies]
    type = "faults"
    profile = "company"
    recognised = true
    count = 4
    waited = "20m"
"#;

fn night() -> Recorded {
    record(&scenario(NIGHT), SEED, 0)
}

fn waited_at_start<'r>(run: &'r Recorded, name: &str) -> Vec<&'r LegRow> {
    let process = format!("start_state.waiting.{name}");
    let legs = run.logs.legs.iter().filter(|leg| *leg.need.process == *process && leg.attempt == 0);
    let mut legs: Vec<&LegRow> = legs.collect();
    legs.sort_by_key(|leg| leg.entered);
    legs
}

#[test]
fn the_logs_have_them_from_when_they_came() {
    let run = night();
    let before = |leg: &&LegRow| START_US - leg.entered.0;
    let companies = waited_at_start(&run, "companies");
    assert_eq!(companies.iter().map(before).collect::<Vec<_>>(), [20, 15, 10, 5].map(|m| m * MINUTE_US));
    let info = waited_at_start(&run, "info");
    assert_eq!(info.len(), 10);
    assert_eq!((before(&info[0]), before(&info[9])), (8 * MINUTE_US, 48_000_000));
    assert!(companies.iter().all(|leg| leg.profile.as_deref() == Some("company") && leg.recognised));
    assert!(info.iter().any(|leg| leg.recognised) && info.iter().any(|leg| !leg.recognised));
    // The names of needs have the quarter-hour in which they came.
    assert_eq!(companies[0].need.to_string(), "start_state.waiting.companies/1348502/0");
    for leg in companies.iter().chain(&info) {
        assert!(leg.left.0 >= START_US && leg.fate != LegFate::SentAway, "{leg:?}");
        assert_eq!(leg.wait_s.as_us() as i64, leg.left.0 - leg.entered.0);
    }
    // Two of the companies are first at the start: they have priority. The break of the night shift lasts until 00:15.
    let at_start: Vec<&str> = companies
        .iter()
        .filter(|leg| leg.left.0 == START_US)
        .filter_map(|leg| leg.agent.as_deref())
        .collect();
    assert_eq!(at_start, ["desk/night#000", "desk/night#001", "help#000"]);
    let early = run.logs.agents.iter().map(|row| row.from).min();
    assert_eq!(early, Some(LogTime(START_US)));
    let first_need = run
        .logs
        .legs
        .iter()
        .filter(|leg| !leg.need.process.starts_with("start_state"))
        .map(|leg| leg.entered);
    assert!(first_need.min().is_some_and(|at| at.0 >= START_US));
}

#[test]
fn it_passes_the_audit_and_the_recount_and_every_mode_agrees() {
    let model = compile(&scenario(NIGHT));
    // Retrials, lines: eager only.
    assert_eq!(other_modes(&model), []);
    for number in 0..5 {
        let run = record(&scenario(NIGHT), SEED, number);
        is_sound(&run);
    }
    let plain = NIGHT.replace("trunk = \"lines\"", "").replace("after_abandonment", "#");
    let model = compile(&scenario(&plain));
    assert_eq!(other_modes(&model).len(), 1);
    for number in 0..5 {
        for mode in other_modes(&model) {
            let eager = replication(&model, Mode::Eager, SEED, number);
            assert!(eager == replication(&model, mode, SEED, number), "{mode:?}");
        }
    }
}

/// (what the scenario has, what the audit is told it has, the check that must notice).
const LIES: &[(&str, &str, &str)] = &[
    ("count = 10", "count = 11", "who waits at the start has come before"),
    ("count = 10", "count = 0", "who waits at the start has come before"),
    ("waited = \"8m\"", "waited = \"9m\"", "who waits at the start has come before"),
    ("profile = \"company\"", "profile = \"citizen\"", "who waits at the start has come before"),
    ("recognised = true", "recognised = false", "who waits at the start has come before"),
    (
        "[start_state.waiting.info]",
        "[start_state.waiting.faults]",
        "needs begin in their cell, within the run",
    ),
    ("per_hour = 12", "exactly = 20", "an exact number of needs is met"),
    ("lines = 20", "lines = 13", "calls fit on their trunks"),
    ("start = \"22:00\"", "start = \"00:10\"", "who works by shifts is on duty"),
    ("staffing.heads = 1", "staffing.heads = 2", "who is logged in is staffed"),
];

#[test]
fn logs_do_not_pass_as_those_of_another_start() {
    let run = night();
    for (truth, lie, check) in LIES {
        assert!(NIGHT.contains(truth), "{truth}");
        let report = run.audit_as(&scenario(&NIGHT.replace(truth, lie)));
        assert!(notices(&report, check), "{truth} told as {lie} is not noticed by {check}");
    }
    // Without a start state nobody may come before the run.
    let report = run.audit_as(&without(&scenario(NIGHT)));
    assert!(notices(&report, "needs begin in their cell, within the run"), "{report}");
}

fn without(scenario: &Scenario) -> Scenario {
    Scenario { start_state: None, ..scenario.clone() }
}

/// Breaks the logs of the night, and says whether a check notices.
fn is_noticed(check: &str, breaks: impl FnOnce(&mut Recorded)) {
    let mut run = night();
    breaks(&mut run);
    let report = run.audit();
    assert!(notices(&report, check), "{check}\n{report}");
}

#[test]
fn who_hangs_up_or_works_before_the_run_begins_is_noticed() {
    is_noticed("a leg has one fate and its times in order", |run| {
        let abandoned = |leg: &&mut LegRow| leg.fate == LegFate::Abandoned && leg.entered.0 < START_US;
        let leg = run.logs.legs.iter_mut().find(abandoned).expect("somebody of those who waited hung up");
        leg.left = LogTime(START_US - 1);
    });
    for check in ["who works by shifts is on duty", "who is logged in is staffed"] {
        let group = if check.contains("shifts") { "desk" } else { "help" };
        is_noticed(check, |run| {
            let idle = |row: &&mut AgentRow| &*row.group == group && row.state == AgentStateName::Idle;
            let row = run.logs.agents.iter_mut().find(idle).expect("somebody of the group idles");
            row.from = LogTime(START_US - MINUTE_US);
        });
    }
}

type Told = BTreeMap<NeedName, (LogTime, Option<String>, bool, Option<i64>)>;

/// What belongs to a citizen, as far as a log shows it: when the need began, who it is, how long the first talk took.
fn citizens(text: &str) -> Told {
    let logs = logs(text, SEED);
    let mut told: Told = BTreeMap::new();
    for need in &logs.needs {
        let who = (need.first_attempt, need.profile.as_deref().map(str::to_string), need.recognised, None);
        told.insert(need.need.clone(), who);
    }
    for leg in &logs.legs {
        let Some(ended) = leg.talk_ended else { continue };
        told.get_mut(&leg.need).expect("every need ends").3 = Some(ended.0 - leg.left.0);
    }
    told
}

/// How many needs both have, all of them with the same citizen.
fn same_citizens(a: &Told, b: &Told) -> usize {
    let both = a.iter().filter_map(|(need, of)| Some((need, of, b.get(need)?)));
    both.map(|(need, a, b)| {
        assert_eq!((&a.0, &a.1, a.2), (&b.0, &b.1, b.2), "{need}");
        assert!(a.3.is_none() || b.3.is_none() || a.3 == b.3, "{need} talks as long");
    })
    .count()
}

#[test]
fn nobody_elses_numbers_move() {
    let with = citizens(NIGHT);
    let alone = NIGHT.split("    [start_state.waiting.info]").next().expect("a scenario");
    let without = citizens(alone);
    assert_eq!(same_citizens(&with, &without), without.len());
    assert_eq!(with.len(), without.len() + 14);
    // Nor do those of others who wait, whoever else does.
    let fewer = citizens(&NIGHT.replace("count = 10", "count = 0"));
    assert_eq!(same_citizens(&with, &fewer), fewer.len());
    assert_eq!(fewer.len(), without.len() + 4);
}

/// The i-th of them is the same citizen, though each comes at another time.
#[test]
fn of_more_who_wait_the_first_are_the_same() {
    let talks = |text: &str| {
        let told = citizens(text);
        let of_info = told.iter().filter(|(need, _)| &*need.process == "start_state.waiting.info");
        let mut in_order: Vec<_> = of_info.map(|(_, of)| of.clone()).collect();
        in_order.sort_by_key(|of| of.0);
        in_order
    };
    // Patience without end, so that everybody talks.
    let patient = NIGHT.replace("patience = { lognormal = { mean = \"10m\", sd = \"6m\" } }", "");
    let patient = patient.replace("balking = 0.3\n    after_abandonment", "#");
    let (few, many) = (talks(&patient), talks(&patient.replace("count = 10", "count = 15")));
    assert_eq!((few.len(), many.len()), (10, 15));
    for (few, many) in few.iter().zip(&many) {
        assert_eq!((&few.1, few.2, few.3), (&many.1, many.2, many.3));
    }
}

#[test]
fn they_are_counted_by_answer_and_not_by_entry_and_their_work_always() {
    let run = night();
    let legs = || run.logs.legs.iter().filter(|leg| !leg.fate.is_refused());
    let of_the_start = legs().filter(|leg| leg.entered.0 < START_US).count();
    assert_eq!(of_the_start, 14);
    let results = |attribution| {
        let model = compile(&run.scenario);
        let detail = Detail { attribution, ..Detail::WHOLE };
        let (mut collector, mut results) = (Collector::new(&model, detail), Results::new(&model, detail));
        let end = measures::replicate(&model, SEED, 0, Mode::Eager, &mut collector, None);
        results.add(collector.finish(end));
        results
    };
    let (by_entry, by_answer) = (results(Attribution::Entry), results(Attribution::Answer));
    assert_eq!(estimate(&by_entry, "offered", Basis::Leg).0, (legs().count() - 14) as f64);
    assert_eq!(estimate(&by_answer, "offered", Basis::Leg).0, legs().count() as f64);
    // Needs by their beginning: those of the start are none of the run's, whoever calls again.
    let ends = ["needs_resolved", "needs_given_up", "needs_open"];
    let rows = by_entry.replication_rows();
    let rows = rows.filter(|row| row.scope_kind == ScopeKind::Whole && ends.contains(&row.measure));
    let (ended, of): (Vec<f64>, Vec<f64>) = rows.map(|row| (row.numerator, row.denominator)).unzip();
    let began = run.logs.needs.iter().filter(|need| need.first_attempt.0 >= START_US).count();
    assert_eq!((ended.iter().sum::<f64>(), run.logs.needs.len()), (began as f64, began + 14));
    assert_eq!(of, [began as f64; 3]);
    // Work counts where it passes, whoever it is for.
    let horizon_us = START_US + 24 * 60 * MINUTE_US;
    let work = run.logs.agents.iter().filter(|row| row.state.works());
    let work_us: i64 = work.map(|row| row.to.0.min(horizon_us) - row.from.0.min(horizon_us)).sum();
    let there = run.logs.agents.iter().filter(|row| row.state.works() || row.state == AgentStateName::Idle);
    let there_us: i64 = there.map(|row| row.to.0.min(horizon_us) - row.from.0.min(horizon_us)).sum();
    let occupancy = estimate(&by_entry, "occupancy", Basis::Time).0;
    assert!((occupancy - work_us as f64 / there_us as f64).abs() < 1e-3, "{occupancy}");
}

#[test]
fn a_scenario_without_a_start_state_has_the_hash_that_it_had() {
    let plain = without(&scenario(NIGHT));
    assert!(!plain.canonical_json().contains("start_state"));
    assert_ne!(plain.hash(), scenario(NIGHT).hash());
    // What is written down loads again.
    let again: Scenario = serde_json::from_str(&scenario(NIGHT).canonical_json()).expect("a scenario");
    assert_eq!(again, scenario(NIGHT));
}

#[test]
fn the_first_date_alone_begins_with_them() {
    let week = scenario(&NIGHT.replace("start = \"2008-06-17\"", "start = \"2008-06-17\"\n    days = 3"));
    let date = |text: &str| text.parse().expect("a date");
    let first = experiment::only(week.clone(), date("2008-06-17")).expect("within");
    let whole = record(&week, SEED, 0);
    let alone = record(&first, SEED, 0);
    let names =
        |run: &Recorded| waited_at_start(run, "info").iter().map(|leg| leg.need.clone()).collect::<Vec<_>>();
    assert_eq!(names(&whole), names(&alone));
    let second = record(&experiment::only(week, date("2008-06-18")).expect("within"), SEED, 0);
    assert_eq!(names(&second), []);
}
