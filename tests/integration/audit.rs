//! What the engine simulates passes the audit: a center with every rule at once, over weeks in which holidays fall and
//! the clocks are changed.

use centralino::audit::audit;
use centralino::engine::{Mode, run};
use centralino::measures::{LogRows, Recorder};
use centralino::model::compile;
use centralino::scenario::Scenario;

/// Easter Monday, 24 March 2008, to Monday 31 March in Milan; the Sunday between has 23 hours.
const CENTER: &str = r#"
[scenario]
name = "a center"
start = "2008-03-24"
days = 8
run_in = "6h"
[calendar]
time_zone = "Europe/Rome"
holidays = "IT-MI"
[profiles.elderly]
share = 0.3
recognised = 0.6
patience = { times = 1.5 }
[profiles.others]
share = 0.7
recognised = 0.1
[numbers.green]
trunk = "lines"
[numbers.blue]
[trunks.lines]
lines = 14
[contact_types.taxes]
patience = { exponential = "90s" }
service_time = { lognormal = { mean = "4m", sd = "4m" } }
wrap_up = { exponential = "40s" }
balking = 0.1
outcome.tier1 = { escalate = 0.2, rest = "resolved" }
after_abandonment = { retrial = 0.6, delay = { exponential = "10m" }, at_most = 3 }
after_blocking = { retrial = 1.0, delay = { exponential = "20m" }, at_most = 2 }
[contact_types.info]
service_time = { exponential = "2m" }
after_blocking = { retrial = 0.5, delay = { exponential = "2h" } }
[arrivals.taxes]
number = "green"
per_day = 1500
day = { "00:00" = 0.05, "08:00" = 1, "12:00" = 1.6, "14:00" = 0.8, "20:00" = 0.2 }
weekday = { sat = 0.4, sun = 0.2 }
[arrivals.info]
number = "blue"
per_day = 600
[queues.taxes]
steps.first = { groups = ["general", "senior"] }
steps.widen = { after = "20s", add = ["night"] }
steps.wider = { after = "1m", add = ["reserve"] }
[queues.info]
hours = "Mon-Fri 08:00-20:00, Sat 09:00-13:00"
at_close = "send_away"
steps.first = { groups = ["general", "night"] }
[queues.back]
hours = "08:00-18:00"
steps.first = { groups = ["experts"] }
[routing.known]
order = 1
when = { recognised = true, type = "taxes", hours = "09:00-17:00" }
queue = "taxes"
priority = 10
prefer = ["senior"]
[routing.elderly]
order = 2
when = { profile = "elderly", type = "taxes" }
queue = "taxes"
credit = "45s"
[routing.holidays]
order = 3
when = { holiday = true, number = ["blue"] }
queue = "taxes"
[routing.taxes]
order = 4
when = { type = "taxes" }
queue = "taxes"
[routing.info]
order = 5
when = { hours = "07:00-22:00" }
queue = "info"
[routing.back]
order = 6
when = { tier = 2 }
queue = "back"
[routing.night]
order = 7
queue = "info"
[vendors.north]
[agent_groups.general]
vendor = "north"
serves = ["taxes", "info"]
take = "TAKE"
take_first = "FIRST"
answer_delay = "3s"
staffing = { heads = { "00:00" = 1, "02:30" = 2, "08:00" = 5, "09:30" = 8, "13:00" = 4, "14:00" = 7, "19:00" = 2 }, sunday = { "00:00" = 1, "02:30" = 2 }, saturday = { "09:00" = 3, "20:00" = 0 } }
[agent_groups.senior]
serves = ["taxes"]
staffing = { heads = { "08:00" = 2, "18:00" = 0 } }
[agent_groups.night]
vendor = "north"
serves = ["info", "taxes"]
staffing = { heads = { "00:00" = 1, "08:00" = 0, "22:00" = 1 }, holiday = 2 }
[agent_groups.reserve]
serves = ["taxes"]
staffing = { heads = { "11:00" = 1, "13:00" = 0 }, sunday = 0 }
[agent_groups.experts]
tier = 2
serves = ["back"]
staffing = { heads = { "08:00" = 2, "18:00" = 0 } }
"#;

fn simulated(text: &str, replications: u32, mode: Mode) -> (Scenario, LogRows) {
    let scenario: Scenario = toml::from_str(text).unwrap();
    let compiled = compile(&scenario).unwrap();
    let mut rows = LogRows::default();
    for replication in 0..replications {
        let mut recorder = Recorder::new(&compiled.model, replication, rows);
        run(&compiled.model, 20_202, u64::from(replication), mode, &mut recorder);
        rows = recorder.into_sink();
    }
    (scenario, rows)
}

/// A center whose freed agents choose so.
fn center(take: &str, take_first: &str) -> String {
    CENTER.replace("TAKE", take).replace("FIRST", take_first)
}

fn passes(text: &str) {
    let (scenario, rows) = simulated(text, 2, Mode::Eager);
    let calendar = compile(&scenario).unwrap().calendar;
    let report = audit(&scenario, &calendar, &rows.legs, &rows.agents, &rows.needs);
    assert!(report.is_clean(), "{report}");
    let idle: Vec<_> = report.checks.iter().skip(1).filter(|check| check.examined < 20).collect();
    assert!(idle.is_empty(), "each rule is put to the test: {idle:?}");
}

#[test]
fn every_rule_at_once_in_order() {
    passes(&center("in_order", "priority"));
}

#[test]
fn every_rule_at_once_by_longest_wait() {
    passes(&center("longest_wait", "priority"));
}

#[test]
fn every_rule_at_once_with_the_order_of_queues_first() {
    passes(&center("in_order", "order"));
}

#[test]
fn an_autumn_week_with_a_night_of_25_hours_and_all_saints() {
    passes(&center("in_order", "priority").replace("2008-03-24", "2008-10-25"));
}

#[test]
fn another_rule_for_the_freed_agent_is_found_out() {
    let (_, rows) = simulated(&center("in_order", "priority"), 1, Mode::Eager);
    let other: Scenario = toml::from_str(&center("longest_wait", "priority")).unwrap();
    let calendar = compile(&other).unwrap().calendar;
    let report = audit(&other, &calendar, &rows.legs, &rows.agents, &rows.needs);
    let failed = report.checks.iter().filter(|check| check.failed > 0).map(|check| check.name);
    assert_eq!(failed.collect::<Vec<_>>(), ["a freed agent takes who is first"]);
}
