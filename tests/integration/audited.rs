//! Scenarios that together use every rule, run and audited; and logs that are wrong, which the audit must notice.
//!
//! Nothing impossible happened, and the collector's figures are those of the logs. That this means something is shown the
//! other way round: each broken log, and each log held against another scenario than its own, is found out.

use centralino::audit::Report;
use centralino::log::{
    AgentStateName, GreetingEndName, GreetingRow, LegFate, LegRow, LogTime, NeedEndName, NeedName,
    OutcomeName,
};
use centralino::scenario::{Scenario, Span};
use centralino::time::SimDuration;

use crate::recount::{differences, within};
use crate::support::{Recorded, load, notices, record, scenario, shipped};

/// Two tiers, two vendors, two numbers, known callers, hours of both kinds, trunks, retrials, transfers, balking, wrap-up,
/// answer delays, heads that rise and fall, conditions by hour and holiday.
fn city(start: &str) -> String {
    CITY.replace("2008-06-16", start)
}

const CITY: &str = r#"
    [scenario]
    name = "city"
    start = "2008-06-16"
    days = 2
    run_in = "2h"
    [calendar]
    time_zone = "Europe/Rome"
    holidays = "IT-MI"
    [measures]
    within = "20s"
    [profiles.elderly]
    share = 0.3
    recognised = 0.6
    patience.times = 1.4
    service_time.times = 1.3
    [profiles.others]
    share = 0.7
    recognised = 0.2
    [numbers.green]
    trunk = "bundle"
    [numbers.local]
    [trunks.bundle]
    lines = 9
    [contact_types.registry]
    patience = { exponential = "3m" }
    service_time = { lognormal = { mean = "4m", sd = "3m" } }
    wrap_up = { exponential = "40s" }
    balking = 0.1
    outcome.tier1 = { escalate = 0.25, rest = "resolved" }
    after_abandonment = { retrial = 0.7, delay = { exponential = "12m" }, at_most = 4 }
    after_blocking = { retrial = 0.8, delay = { exponential = "6m" }, at_most = 3 }
    [contact_types.registry.tier2]
    service_time = { gamma = { mean = "6m", sd = "4m" } }
    wrap_up = { exponential = "90s" }
    [contact_types.taxes]
    patience = { lognormal = { mean = "3m", sd = "4m" } }
    service_time = { gamma = { mean = "5m", sd = "4m" } }
    wrap_up = "30s"
    outcome.tier1 = { escalate = 0.1, rest = "resolved" }
    after_blocking = { retrial = 1.0, delay = "10m", at_most = 2 }
    [contact_types.waste]
    patience = { constant = "45s" }
    service_time = "2m"
    after_abandonment = { retrial = 0.5, delay = "5m" }
    [arrivals.registry]
    number = "green"
    per_day = 450
    day = { "00:00" = 1, "08:00" = 8, "13:10" = 5, "19:00" = 2 }
    busyness = "weather"
    [arrivals.taxes]
    number = "local"
    per_day = 300
    day = { "00:00" = 1, "08:00" = 6, "17:00" = 14, "18:10" = 1 }
    weekday = { sun = 0.8, holiday = 0.7 }
    [arrivals.waste]
    number = "green"
    per_hour = 8
    [arrivals.waste_local]
    type = "waste"
    number = "local"
    per_hour = 4
    [busyness.weather]
    day = { cv = 0.2 }
    period = { cv = 0.2, lag1 = 0.8 }
    [queues.counter]
    hours = "Mon-Sun 07:30-19:00"
    at_close = "serve"
    [queues.counter.steps.first]
    groups = ["general", "senior"]
    [queues.counter.steps.widen]
    after = "25s"
    add = ["city"]
    [queues.taxes]
    hours = "Mon-Fri 08:00-18:00, Sat-Sun 09:00-13:00, holidays 09:00-12:00"
    at_close = "send_away"
    [queues.taxes.steps.first]
    groups = ["senior"]
    [queues.taxes.steps.more]
    after = "15s"
    add = ["general"]
    [queues.taxes.steps.most]
    after = "60s"
    add = ["city"]
    [queues.night.steps.first]
    groups = ["general", "city"]
    [queues.second.steps.first]
    groups = ["experts"]
    [queues.second.steps.widen]
    after = "90s"
    add = ["duty"]
    [queues.duty]
    hours = "19:00-08:00"
    [queues.duty.steps.first]
    groups = ["duty"]
    [routing.second]
    order = 1
    when = { tier = 2, hours = "Mon-Fri 08:00-18:00, holidays closed" }
    queue = "second"
    [routing.duty]
    order = 2
    when = { tier = 2 }
    queue = "duty"
    [routing.holiday]
    order = 5
    when = { holiday = true, type = ["registry", "waste"] }
    queue = "night"
    [routing.night]
    order = 6
    when = { hours = "19:00-07:30", type = ["registry", "waste"] }
    queue = "night"
    [routing.known_elderly]
    order = 10
    when = { profile = "elderly", recognised = true }
    queue = "counter"
    priority = 10
    credit = "30s"
    prefer = ["senior"]
    [routing.local]
    order = 20
    when = { number = "local", type = "waste" }
    queue = "counter"
    credit = "60s"
    prefer = ["city", "senior"]
    [routing.taxes]
    order = 30
    when = { type = "taxes", channel = "voice" }
    queue = "taxes"
    [routing.rest]
    order = 90
    queue = "counter"
    [vendors.blue]
    [vendors.red]
    [agent_groups.general]
    vendor = "blue"
    serves = ["counter", "taxes", "night"]
    take = "longest_wait"
    answer_delay = "2s"
    staffing.heads = { "00:00" = 1, "08:00" = 3, "12:00" = 2, "14:00" = 3, "18:00" = 1 }
    staffing.sunday = { "00:00" = 1, "09:00" = 2, "17:00" = 1 }
    [agent_groups.senior]
    vendor = "red"
    serves = ["taxes", "counter"]
    staffing.heads = { "00:00" = 0, "08:00" = 2, "18:00" = 0 }
    [agent_groups.city]
    serves = ["taxes", "counter", "night"]
    take_first = "order"
    answer_delay = "1s"
    staffing.heads = { "00:00" = 1, "09:30" = 2, "16:00" = 0, "16:20" = 1 }
    [agent_groups.experts]
    tier = 2
    vendor = "red"
    serves = ["second"]
    staffing.heads = { "00:00" = 0, "08:00" = 1, "11:00" = 2, "18:00" = 0 }
    [agent_groups.duty]
    tier = 2
    serves = ["duty", "second"]
    staffing.heads = 1
"#;

/// An ordinary Monday and Tuesday, the days of the clocks' change, a national holiday, the patron saint's.
const STARTS: [&str; 5] = ["2008-06-16", "2008-03-29", "2008-10-25", "2008-04-24", "2008-12-06"];

/// Holds a run to passing the audit, and its figures to those of its logs; what the audit looked at.
pub fn is_sound(run: &Recorded) -> Report {
    let report = run.passes_audit();
    let differences = differences(run, within(run));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    report
}

/// Replication 0 of a scenario, which [is sound](is_sound).
pub fn sound(scenario: &Scenario, seed: u64) -> Recorded {
    let run = record(scenario, seed, 0);
    is_sound(&run);
    run
}

#[test]
fn every_rule_together_passes_the_audit_and_the_recount() {
    for start in STARTS {
        let scenario = scenario(&city(start));
        for replication in 0..3 {
            is_sound(&record(&scenario, 11, replication));
        }
    }
}

#[test]
fn the_city_exercises_every_check() {
    let run = monday();
    let fates = |fate: LegFate| run.logs.legs.iter().filter(|leg| leg.fate == fate).count();
    for fate in [
        LegFate::Answered,
        LegFate::Abandoned,
        LegFate::SentAway,
        LegFate::RefusedTrunks,
        LegFate::RefusedClosed,
    ] {
        assert!(fates(fate) > 0, "somebody is {fate}");
    }
    for end in [NeedEndName::Resolved, NeedEndName::GivenUp, NeedEndName::Open] {
        assert!(run.logs.needs.iter().any(|need| need.end == end), "some need ends {end}");
    }
    let idle_checks = run.audit().checks.into_iter().skip(1).filter(|check| check.examined == 0);
    // The city is staffed by heads, so nobody works by shifts or leaves a place; no process of it has an exact number; it begins with a run-in.
    let of_others = [
        "an exact number of needs is met",
        "who waits at the start has come before",
        "who works by shifts is on duty",
        "who is on duty is there",
        "as many are absent as shrinkage says",
        "a place that is left stays empty for its time",
        "breaks begin when due and keep their length",
    ];
    assert_eq!(idle_checks.map(|check| check.name).collect::<Vec<_>>(), of_others);
    let used = |rule: &str| run.logs.legs.iter().any(|leg| leg.rule.as_deref() == Some(rule));
    let unused: Vec<_> = run.scenario.routing.keys().filter(|rule| !used(rule)).collect();
    assert_eq!(unused, ["holiday"], "on two working days all rules but the holiday's route somebody");
}

#[test]
fn the_shipped_weekday_passes() {
    is_sound(&record(&load(&shipped("milano-020202/weekday.toml"), &[]), 2008, 0));
}

fn monday() -> Recorded {
    record(&scenario(CITY), 11, 0)
}

// Logs held against another scenario than their own -----------------------------------------------------------------

/// (what the scenario has, what the audit is told it has, the check that must notice).
const LIES: &[(&str, &str, &str)] = &[
    ("lines = 9", "lines = 7", "calls fit on their trunks"),
    ("lines = 9", "lines = 12", "calls fit on their trunks"),
    ("priority = 10", "priority = 0", "the first rule that holds routes"),
    ("credit = \"30s\"", "credit = \"0s\"", "the first rule that holds routes"),
    ("order = 10", "order = 95", "the first rule that holds routes"),
    ("hours = \"19:00-07:30\"", "hours = \"18:00-07:30\"", "the first rule that holds routes"),
    ("take_first = \"order\"", "take_first = \"priority\"", "a freed agent takes who is first"),
    ("take = \"longest_wait\"", "take = \"in_order\"", "a freed agent takes who is first"),
    (
        "serves = [\"taxes\", \"counter\", \"night\"]",
        "serves = [\"counter\", \"taxes\", \"night\"]",
        "a freed agent takes who is first",
    ),
    ("prefer = [\"senior\"]", "prefer = []", "a contact is offered in the order of its groups"),
    ("after = \"25s\"", "after = \"40s\"", "who serves is eligible"),
    ("after = \"60s\"", "after = \"55s\"", "nobody waits while an eligible agent idles"),
    ("answer_delay = \"2s\"", "answer_delay = \"3s\"", "a leg has one fate and its times in order"),
    ("\"14:00\" = 3", "\"14:00\" = 4", "who is logged in is staffed"),
    ("\"14:00\" = 3", "\"14:00\" = 2", "nobody works beyond the staffing"),
    ("Mon-Sun 07:30-19:00", "Mon-Sun 09:00-19:00", "queues take nobody while closed"),
    ("Mon-Fri 08:00-18:00, Sat", "Mon-Fri 08:00-17:00, Sat", "who is sent away is sent away by closing"),
    ("at_close = \"send_away\"", "at_close = \"serve\"", "who is sent away is sent away by closing"),
    ("at_close = \"serve\"", "at_close = \"send_away\"", "queues take nobody while closed"),
    ("at_most = 4", "at_most = 2", "attempts follow failures"),
    (
        "retrial = 1.0, delay = \"10m\", at_most = 2",
        "retrial = 1.0, delay = \"10m\", at_most = 3",
        "a need ends once and as its contacts say",
    ),
    ("vendor = \"blue\"", "vendor = \"red\"", "who serves is eligible"),
    ("days = 2", "days = 1", "needs begin in their cell, within the run"),
];

#[test]
fn logs_do_not_pass_as_those_of_another_scenario() {
    let run = monday();
    let mut unnoticed = Vec::new();
    for (truth, lie, check) in LIES {
        assert!(CITY.contains(truth), "{truth} is there to be lied about");
        let report = run.audit_as(&scenario(&CITY.replace(truth, lie)));
        if !notices(&report, check) {
            unnoticed
                .push(format!("{truth} told as {lie}: not noticed by \"{check}\"\n{}", failures(&report)));
        }
    }
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}

fn failures(report: &Report) -> String {
    let failed = report.checks.iter().filter(|check| check.failed > 0);
    failed.map(|check| format!("  {}: {} of {}\n", check.name, check.failed, check.examined)).collect()
}

// Broken logs ---------------------------------------------------------------------------------------------------------

/// Breaks a Monday's logs, which must be possible, and says what the audit then says.
fn broken(breaks: impl FnOnce(&mut Recorded) -> bool) -> Report {
    let mut run = monday();
    assert!(breaks(&mut run), "there is something to break");
    run.audit()
}

fn is_noticed(check: &str, breaks: impl FnOnce(&mut Recorded) -> bool) {
    let report = broken(breaks);
    assert!(notices(&report, check), "\"{check}\" did not notice\n{}", failures(&report));
}

fn later(at: LogTime, us: i64) -> LogTime {
    LogTime(at.0 + us)
}

/// Changes the end of a need as told by its last leg.
fn need_ends(run: &mut Recorded, need: &NeedName, change: impl FnOnce(&mut centralino::log::NeedRow)) {
    change(run.logs.needs.iter_mut().find(|row| row.need == *need).expect("every need ends"));
}

#[test]
fn a_dead_contact_that_keeps_its_place_is_noticed() {
    const HALF_AN_HOUR_US: u64 = 1_800_000_000;
    is_noticed("a freed agent takes who is first", |run| {
        let ends: Vec<NeedName> = run
            .logs
            .needs
            .iter()
            .filter(|need| need.end == NeedEndName::GivenUp && need.attempts == 1)
            .map(|need| need.need.clone())
            .collect();
        let mut kept = 0;
        for index in 0..run.logs.legs.len() {
            let leg = &mut run.logs.legs[index];
            if leg.fate != LegFate::Abandoned || !ends.contains(&leg.need) {
                continue;
            }
            leg.left = later(leg.left, HALF_AN_HOUR_US as i64);
            leg.wait_s += SimDuration::from_us(HALF_AN_HOUR_US);
            let (need, ended) = (leg.need.clone(), leg.left);
            need_ends(run, &need, |row| row.ended = ended);
            kept += 1;
        }
        kept > 0
    });
}

#[test]
fn an_agent_cut_off_at_the_end_of_the_shift_is_noticed() {
    is_noticed("legs and agents tell the same", |run| {
        let rows = &mut run.logs.agents;
        rows.sort_by(|a, b| (&a.agent, a.from).cmp(&(&b.agent, b.from)));
        let goes_home = |pair: &[centralino::log::AgentRow]| {
            pair[0].state != AgentStateName::Idle
                && pair[0].agent == pair[1].agent
                && pair[0].to < pair[1].from
        };
        let Some(last) = rows.windows(2).position(goes_home) else { return false };
        rows[last].to = LogTime((rows[last].from.0 + rows[last].to.0) / 2);
        true
    });
}

#[test]
fn a_lost_transfer_is_noticed() {
    is_noticed("legs of a contact follow one another", |run| {
        let second = |leg: &LegRow| leg.leg == 1 && leg.attempt == 0 && leg.fate == LegFate::Answered;
        let Some(lost) = run.logs.legs.iter().position(second) else { return false };
        let lost = run.logs.legs.remove(lost);
        run.logs.agents.retain(|row| !(row.need.as_ref() == Some(&lost.need) && row.leg == Some(1)));
        need_ends(run, &lost.need, |row| {
            (row.ended, row.end) = (lost.entered, NeedEndName::GivenUp);
        });
        true
    });
}

#[test]
fn a_skipped_log_in_is_noticed() {
    is_noticed("who is logged in is staffed", |run| {
        let rows = &mut run.logs.agents;
        rows.sort_by(|a, b| (&a.agent, a.from).cmp(&(&b.agent, b.from)));
        let logs_in = |pair: &[centralino::log::AgentRow]| {
            pair[0].agent == pair[1].agent
                && pair[0].to < pair[1].from
                && pair[1].state == AgentStateName::Idle
        };
        let Some(before) = rows.windows(2).position(logs_in) else { return false };
        rows.remove(before + 1);
        true
    });
}

#[test]
fn in_time_means_at_most_and_not_less_than() {
    let before = monday();
    let wait_us =
        before.logs.legs.iter().filter(|leg| leg.fate == LegFate::Answered).map(|leg| leg.wait_s.as_us());
    let exactly_us = wait_us.filter(|&us| us > 10_000_000).min().expect("somebody waits longer than 10 s");
    let mut exact = scenario(CITY);
    exact.measures.within = Span::from_s(SimDuration::from_us(exactly_us).as_s());
    let run = record(&exact, 11, 0);
    assert_eq!(within(&run).as_us(), exactly_us, "the threshold is somebody's wait to the microsecond");
    assert_eq!(differences(&run, SimDuration::from_us(exactly_us)), [""; 0]);
    let strict = differences(&run, SimDuration::from_us(exactly_us - 1));
    assert!(strict.iter().any(|difference| difference.contains("answered_over_offered")), "{strict:?}");
}

#[test]
fn an_agent_in_two_places_is_noticed() {
    is_noticed("an agent is in one place", |run| {
        let talk = run.logs.agents.iter_mut().find(|row| row.state == AgentStateName::Talking);
        talk.map(|row| row.to = later(row.to, 3_600_000_000)).is_some()
    });
}

#[test]
fn service_without_the_skill_is_noticed() {
    is_noticed("who serves is eligible", |run| {
        let by_general = |leg: &&mut LegRow| leg.group.as_deref() == Some("general");
        let Some(leg) = run.logs.legs.iter_mut().find(by_general) else { return false };
        (leg.group, leg.agent, leg.tier) = (Some("experts".into()), Some("experts#000".into()), Some(2));
        true
    });
}

#[test]
fn a_refusal_while_a_line_is_free_is_noticed() {
    is_noticed("calls fit on their trunks", |run| {
        let on_a_trunk =
            |leg: &&mut LegRow| leg.fate == LegFate::Abandoned && leg.number.as_deref() == Some("green");
        let Some(leg) = run.logs.legs.iter_mut().find(on_a_trunk) else { return false };
        (leg.fate, leg.left, leg.wait_s) = (LegFate::RefusedTrunks, leg.entered, SimDuration::ZERO);
        (leg.queue, leg.rule, leg.step, leg.priority, leg.credit_s) = (None, None, None, None, None);
        true
    });
}

#[test]
fn a_need_that_never_ends_or_ends_twice_is_noticed() {
    const CHECK: &str = "a need ends once and as its contacts say";
    is_noticed(CHECK, |run| run.logs.needs.pop().is_some());
    is_noticed(CHECK, |run| {
        let again = run.logs.needs[0].clone();
        run.logs.needs.push(again);
        true
    });
}

#[test]
fn a_leg_that_the_collector_does_not_know_is_noticed() {
    let mut run = monday();
    let answered =
        run.logs.legs.iter().rposition(|leg| leg.fate == LegFate::Answered).expect("somebody is answered");
    run.logs.legs.remove(answered);
    let differences = differences(&run, within(&run));
    assert!(differences.iter().any(|difference| difference.contains("answered")), "{differences:?}");
}

/// The city behind a menu, and its callers looked up.
fn city_behind_a_menu() -> String {
    let text = CITY
        .replace("[numbers.green]\n", "[numbers.green]\n    ivr = \"main\"\n")
        .replace("[contact_types.taxes]\n", "[contact_types.taxes]\n    ivr = \"short\"\n");
    text + r#"
    [recognition]
    delay = { exponential = "2s" }
    failure = 0.1
    down = "Mon 10:00-11:00"
    skips_menu = true
    service_time = { times = 0.9 }
    [ivr.main]
    time = { lognormal = { mean = "40s", sd = "30s" } }
    self_service = { registry = 0.2, waste = 0.3 }
    misrouted.registry = { taxes = 0.1, waste = 0.1 }
    misrouted.waste = { taxes = 0.2 }
    redirect_time = "25s"
    patience = "included"
    [ivr.short]
    time = "12s"
    misrouted.taxes = { waste = 0.15 }
    redirect_time = { exponential = "30s" }
"#
}

#[test]
fn a_city_behind_a_menu_passes() {
    for start in STARTS {
        is_sound(&record(&scenario(&city_behind_a_menu().replace("2008-06-16", start)), 7, 0));
    }
}

/// What a menu and a lookup are told to be, in the place of what they are.
const MENU_LIES: &[(&str, &str)] = &[
    ("skips_menu = true", "skips_menu = false"),
    ("down = \"Mon 10:00-11:00\"", "down = \"Mon 10:00-12:00\""),
    ("patience = \"included\"", "patience = \"excluded\""),
    ("time = \"12s\"", "time = \"13s\""),
    ("redirect_time = \"25s\"", "redirect_time = \"24s\""),
    ("waste = 0.3 }", "waste = 0.0 }"),
    ("misrouted.waste = { taxes = 0.2 }", "misrouted.waste = { registry = 0.2 }"),
];

#[test]
fn greetings_do_not_pass_as_those_of_another_menu() {
    let (truth, run) = (city_behind_a_menu(), record(&scenario(&city_behind_a_menu()), 7, 0));
    for (is, told) in MENU_LIES {
        assert!(truth.contains(is), "{is} is there to be lied about");
        let report = run.audit_as(&scenario(&truth.replace(is, told)));
        assert!(notices(&report, "calls are greeted as the scenario says"), "{told}\n{}", failures(&report));
    }
}

#[test]
fn greetings_that_cannot_be_are_found() {
    let mut run = record(&scenario(&city_behind_a_menu()), 7, 0);
    let right = run.logs.greetings.clone();
    let first = |holds: &dyn Fn(&GreetingRow) -> bool| {
        right.iter().position(holds).expect("the city has such a greeting")
    };
    let redirected = |leg: &&LegRow| leg.outcome == Some(OutcomeName::Misrouted);
    let stray = run.logs.legs.iter().find(redirected).expect("somebody is passed on").clone();
    let chose = first(&|row| row.need == stray.need && row.attempt == stray.attempt);
    let (known, short) = (first(&|row| row.recognised), first(&|row| row.menu.as_deref() == Some("short")));
    let served = first(&|row| row.end == GreetingEndName::SelfServed);
    type Change<'a> = &'a dyn Fn(&mut Vec<GreetingRow>);
    let broken: [(&str, Change<'_>); 8] = [
        ("it chose nothing else", &|rows| rows[chose].chose = None),
        ("it chose what no menu has", &|rows| rows[known].chose = Some("registry".into())),
        ("it heard another menu", &|rows| rows[short].menu = Some("main".into())),
        ("it ended later", &|rows| rows[short].ended.0 += 1_000_000),
        ("its need began long before", &|rows| rows[served].began.0 -= 3_600_000_000),
        ("it was not served", &|rows| rows[served].end = GreetingEndName::Queue),
        ("one is missing", &|rows| drop(rows.remove(short))),
        ("one comes twice", &|rows| rows.push(rows[short].clone())),
    ];
    for (what, change) in broken {
        run.logs.greetings.clone_from(&right);
        change(&mut run.logs.greetings);
        assert!(!run.audit().is_clean(), "{what}");
    }
}
