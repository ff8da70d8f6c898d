//! Recursion, lazy and eager give the same digits wherever they are legal, and so do loops with and without the rules that a model has not.

use centralino::engine::{Deaf, Observer};
use centralino::measures::{Collector, Detail, Replication, replicate};
use centralino::model::{Mode, Model};

use crate::support::{compile, load, model, shipped};

/// With somebody who listens it is the loop with all rules that runs.
fn replication(model: &Model, mode: Mode, number: u64, extra: Option<&mut dyn Observer>) -> Replication {
    let mut collector = Collector::new(model, Detail::for_model(model));
    let end = replicate(model, 5, number, mode, &mut collector, extra);
    // How many events it took is not what it did.
    collector.finish(centralino::engine::RunEnd { events: 0, most_present: 0, ..end })
}

/// All legal modes against eager; returns how many there were.
fn all_agree(model: &Model) -> usize {
    let capabilities = model.capabilities();
    let legal: Vec<Mode> =
        [Mode::Lazy, Mode::Recursion].into_iter().filter(|&mode| capabilities.allows(mode)).collect();
    for number in 0..3 {
        let eager = replication(model, Mode::Eager, number, None);
        let listened = replication(model, Mode::Eager, number, Some(&mut Deaf));
        assert!(eager == listened, "without rules that are not there {number} differs");
        for &mode in &legal {
            let other = replication(model, mode, number, None);
            assert!(eager == other, "{mode:?} differs from eager in {number}");
        }
    }
    legal.len()
}

fn single_queue(more_of_type: &str, more_of_group: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "one queue"
        start = "2024-01-01"
        days = 2
        run_in = "1h"
        [contact_types.calls]
        service_time = {{ lognormal = {{ mean = "240s", sd = "200s" }} }}
        {more_of_type}
        [arrivals.calls]
        per_day = 4000
        day = {{ "00:00" = 1, "08:00" = 6, "13:00" = 4, "18:00" = 2 }}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 10
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing = {{ heads = 17 }}
        {more_of_group}
        "#
    ))
}

#[test]
fn one_queue_three_ways() {
    let patience =
        "patience = { exponential = \"300s\" }\nwrap_up = { exponential = \"30s\" }\nbalking = 0.1";
    assert_eq!(all_agree(&single_queue(patience, "answer_delay = \"3s\"")), 2);
    assert_eq!(all_agree(&single_queue("patience = { constant = \"45s\" }", "")), 2);
    assert_eq!(all_agree(&single_queue("", "")), 2);
}

#[test]
fn a_plain_center_two_ways() {
    let model = model(
        r#"
        [scenario]
        name = "plain"
        start = "2024-01-01"
        days = 2
        [contact_types.a]
        patience = { exponential = "200s" }
        service_time = { lognormal = { mean = "240s", sd = "200s" } }
        wrap_up = { exponential = "40s" }
        [contact_types.b]
        patience = { lognormal = { mean = "3m", sd = "4m" } }
        service_time = { gamma = { mean = "300s", sd = "200s" } }
        [profiles.citizen]
        share = 1.0
        patience.times = 1.5
        [arrivals.a]
        per_hour = 150
        [arrivals.b]
        per_day = 2000
        day = { "00:00" = 1, "08:00" = 6, "13:00" = 4, "18:00" = 2 }
        [queues.a.steps.first]
        groups = ["one"]
        [queues.a.steps.widen]
        after = "20s"
        add = ["two"]
        [queues.b.steps.first]
        groups = ["two", "one"]
        [routing.a]
        order = 2
        when = { type = "a" }
        queue = "a"
        [routing.b]
        order = 3
        queue = "b"
        [agent_groups.one]
        serves = ["a", "b"]
        staffing = { heads = { "00:00" = 9, "06:00" = 11, "12:00" = 8, "18:00" = 12 } }
        [agent_groups.two]
        serves = ["b", "a"]
        take = "longest_wait"
        staffing = { heads = { "00:00" = 6, "07:30" = 12, "16:00" = 9 } }
        "#,
    );
    assert!(model.is_plain());
    assert_eq!(all_agree(&model), 1);
}

#[test]
fn the_yardsticks_are_plain_and_the_city_is_not() {
    let is_plain = |name: &str| compile(&load(&shipped(name), &[])).is_plain();
    assert!(is_plain("reference/w1.toml") && is_plain("reference/w2.toml"));
    assert!(!is_plain("milano-020202/weekday.toml"));
}

#[test]
fn many_queues_steps_priorities_and_shifts_two_ways() {
    let model = model(
        r#"
        [scenario]
        name = "many"
        start = "2024-01-01"
        days = 2
        [contact_types.a]
        patience = { exponential = "200s" }
        service_time = { exponential = "240s" }
        wrap_up = { exponential = "40s" }
        outcome.tier1 = { escalate = 0.2, rest = "resolved" }
        [contact_types.b]
        patience = { lognormal = { mean = "3m", sd = "4m" } }
        service_time = { gamma = { mean = "300s", sd = "200s" } }
        balking = 0.05
        [profiles.old]
        share = 0.3
        recognised = 0.5
        patience.times = 1.5
        [profiles.young]
        share = 0.7
        [arrivals.a]
        per_hour = 150
        [arrivals.b]
        per_hour = 100
        [queues.a.steps.first]
        groups = ["one"]
        [queues.a.steps.widen]
        after = "20s"
        add = ["two"]
        [queues.b.steps.first]
        groups = ["two", "one"]
        [queues.second.steps.first]
        groups = ["expert"]
        [routing.known]
        order = 1
        when = { type = "a", profile = "old", recognised = true }
        queue = "a"
        priority = 2
        [routing.a]
        order = 2
        when = { type = "a" }
        queue = "a"
        [routing.b]
        order = 3
        queue = "b"
        credit = "30s"
        [routing.second]
        order = 4
        when = { tier = 2 }
        queue = "second"
        [agent_groups.one]
        serves = ["a", "b"]
        take = "longest_wait"
        staffing = { heads = { "00:00" = 9, "06:00" = 11, "12:00" = 8, "18:00" = 12 } }
        [agent_groups.two]
        serves = ["b", "a"]
        staffing = { heads = { "00:00" = 10, "07:30" = 8, "16:00" = 11 } }
        [agent_groups.expert]
        tier = 2
        serves = ["second"]
        staffing = { heads = { "00:00" = 2, "08:00" = 3, "20:00" = 2 } }
        "#,
    );
    assert_eq!(all_agree(&model), 1);
}
