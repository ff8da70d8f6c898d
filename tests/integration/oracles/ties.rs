//! Things that happen at one instant, often enough to be seen in the measures: what the contract of ties says decides.
//!
//! One agent at load 1, and a reserve that is always free joins after t = 60 s, half a mean service. An idle agent weighs 1, a wait below t
//! that is served 1/2, a wait of exactly t 1: so 0.4, 0.2 and 0.4 (Barrer 1957).

use centralino::measures::{Basis, ScopeKind};
use centralino::model::Model;

use super::{Expected, Table, expect, run};
use crate::support::model;

fn widening(more_of_type: &str, within: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "a reserve after a minute"
        start = "2024-01-01"
        days = 30
        run_in = "4h"
        [measures]
        within = "{within}"
        [contact_types.calls]
        service_time = {{ exponential = "120s" }}
        {more_of_type}
        [arrivals.calls]
        per_hour = 30
        [queues.calls.steps.first]
        groups = ["agent"]
        [queues.calls.steps.widen]
        after = "60s"
        add = ["reserve"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agent]
        serves = ["calls"]
        staffing.heads = 1
        [agent_groups.reserve]
        serves = ["calls"]
        staffing.heads = 25
        "#
    ))
}

fn reserve(exact: f64) -> Expected {
    expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, "reserve")
}

/// 4 of 10 are answered by the reserve after 60 s to the microsecond: within 60 s, and not within a microsecond less.
#[test]
fn a_wait_of_exactly_the_threshold_is_in_time() {
    let mut table = Table::default();
    let met = |share, excess_s| {
        [
            expect("answered_over_offered", Basis::Leg, share),
            expect("abandonment", Basis::Leg, 0.0),
            expect("excess_wait", Basis::Leg, excess_s),
            reserve(0.4 / 25.0),
        ]
    };
    table.hold("Within 60 s", &run(&widening("", "60s"), 149, 12), &met(1.0, 0.0));
    table.hold("Within 59.999999 s", &run(&widening("", "59.999999s"), 149, 12), &met(0.6, 0.4e-6));
    table.all_hold();
}

/// Patience ends before a step fires, so that whoever gives up at 60 s is gone when the reserve would come.
#[test]
fn patience_that_ends_with_a_step_has_ended() {
    let mut table = Table::default();
    let gone = [
        expect("abandonment", Basis::Leg, 0.4),
        expect("abandoned_count_as_met", Basis::Leg, 1.0),
        expect("wait_abandoned", Basis::Leg, 60.0),
        expect("answered_over_offered", Basis::Leg, 0.6),
        reserve(0.0),
    ];
    table.hold("Patience of 60 s", &run(&widening("patience = \"60s\"", "60s"), 151, 12), &gone);
    let stays = [expect("abandonment", Basis::Leg, 0.0), reserve(0.4 / 25.0)];
    table.hold("... and a microsecond", &run(&widening("patience = \"60.000001s\"", "60s"), 151, 12), &stays);
    table.all_hold();
}
