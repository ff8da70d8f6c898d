//! Two tiers in a row, with impatience in both: a chain in two dimensions.

use centralino::measures::{Basis, ScopeKind};

use super::{Table, expect, run};
use crate::markov::Chain;
use crate::support::model;

const ROOM: u32 = 45;
const SERVICES_S: [f64; 2] = [240.0, 180.0];
const AGENTS: [u32; 2] = [3, 2];
const PATIENCE_S: f64 = 200.0;
const ESCALATED: f64 = 0.45;
const PER_S: f64 = 50.0 / 3600.0;

/// (present in tier 1, present in tier 2).
type State = (u32, u32);

fn busy(present: u32, tier: usize) -> f64 {
    f64::from(present.min(AGENTS[tier]))
}

fn waiting(present: u32, tier: usize) -> f64 {
    f64::from(present.saturating_sub(AGENTS[tier]))
}

fn moves((one, two): State) -> [(State, f64); 5] {
    let served = busy(one, 0) / SERVICES_S[0];
    let (fewer, other) = (one.saturating_sub(1), two.saturating_sub(1));
    [
        ((one + 1, two), if one < ROOM { PER_S } else { 0.0 }),
        ((fewer, two), served * (1.0 - ESCALATED) + waiting(one, 0) / PATIENCE_S),
        ((fewer, (two + 1).min(ROOM)), served * ESCALATED),
        ((one, other), busy(two, 1) / SERVICES_S[1]),
        ((one, other), waiting(two, 1) / PATIENCE_S),
    ]
}

#[test]
fn impatience_in_both_tiers() {
    let steady = Chain::grown_from([(0, 0)], moves).steady();
    let transfers = |(one, _): State| ESCALATED * busy(one, 0) / SERVICES_S[0];
    let passed_on = steady.mean(transfers);
    let queues = [steady.mean(|(one, _)| waiting(one, 0)), steady.mean(|(_, two)| waiting(two, 1))];
    let meets_all_busy = steady.mean(|state| if state.1 >= AGENTS[1] { transfers(state) } else { 0.0 });
    let busy = [steady.mean(|(one, _)| busy(one, 0)), steady.mean(|(_, two)| busy(two, 1))];
    let given_up = (queues[0] + queues[1]) / PATIENCE_S / PER_S;
    let of = |queue, measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, queue);
    let group = |name, exact| expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, name);
    let expected = [
        of("front", "wait_all", queues[0] / PER_S),
        of("front", "abandonment", queues[0] / PATIENCE_S / PER_S),
        of("front", "delayed", steady.share(|(one, _)| one >= AGENTS[0])),
        of("back", "wait_all", queues[1] / passed_on),
        of("back", "abandonment", queues[1] / PATIENCE_S / passed_on),
        of("back", "delayed", meets_all_busy / passed_on),
        expect("mean_queue", Basis::Time, queues[0]).of(ScopeKind::Queue, "front"),
        expect("mean_queue", Basis::Time, queues[1]).of(ScopeKind::Queue, "back"),
        group("first", busy[0] / f64::from(AGENTS[0])),
        group("second", busy[1] / f64::from(AGENTS[1])),
        expect("transfer_share", Basis::Leg, ESCALATED).of(ScopeKind::AgentGroup, "first"),
        expect("needs_given_up", Basis::Need, given_up),
        expect("needs_resolved", Basis::Need, 1.0 - given_up),
    ];
    let model = model(&format!(
        r#"
        [scenario]
        name = "two tiers"
        start = "2024-01-01"
        days = 25
        run_in = "1d"
        [contact_types.calls]
        service_time = {{ exponential = "{}s" }}
        tier2.service_time = {{ exponential = "{}s" }}
        patience = {{ exponential = "{PATIENCE_S}s" }}
        outcome.tier1 = {{ escalate = {ESCALATED}, rest = "resolved" }}
        [arrivals.calls]
        per_hour = 50
        [queues.front.steps.all]
        groups = ["first"]
        [queues.back.steps.all]
        groups = ["second"]
        [routing.escalated]
        order = 1
        when = {{ tier = 2 }}
        queue = "back"
        [routing.new]
        order = 2
        queue = "front"
        [agent_groups.first]
        serves = ["front"]
        staffing.heads = {}
        [agent_groups.second]
        tier = 2
        serves = ["back"]
        staffing.heads = {}
        "#,
        SERVICES_S[0], SERVICES_S[1], AGENTS[0], AGENTS[1]
    ));
    let mut table = Table::default();
    table.hold("Two tiers, impatience", &run(&model, 89, 12), &expected);
    table.all_hold();
}
