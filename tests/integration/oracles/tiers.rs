//! Two tiers in a row, with impatience in both: a chain in two dimensions.

use centralino::measures::{Basis, ScopeKind};
use centralino::model::Model;

use super::two_tiers::TwoTiers;
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
    let model = two_tiers(50.0, "");
    let mut table = Table::default();
    table.hold("Two tiers, impatience", &run(&model, 89, 12), &expected);
    table.all_hold();
}

/// Two tiers that are offered so many calls an hour; `more` is said of their contact type.
fn two_tiers(per_hour: f64, more: &str) -> Model {
    two_tiers_that(&format!("escalate = {ESCALATED}"), per_hour, more)
}

/// The same, whose talks in tier 1 end otherwise.
fn two_tiers_that(ends: &str, per_hour: f64, more: &str) -> Model {
    let center = TwoTiers {
        days: 25,
        run_in: "1d",
        per_hour,
        services_s: SERVICES_S,
        agents: AGENTS,
        ends: ends.into(),
        more: format!("patience = {{ exponential = \"{PATIENCE_S}s\" }}\n{more}"),
    };
    model(&center.text())
}

/// (waiting or talking in tier 1, agents of tier 1 who stay with a caller, busy in tier 2); some stay only while all of tier 2 are busy.
type Warm = (u32, u32, u32);

fn talking((one, held, _): Warm) -> f64 {
    f64::from(one.min(AGENTS[0] - held))
}

fn moves_warm(state @ (one, held, two): Warm) -> [(Warm, f64); 4] {
    let ends = talking(state) / SERVICES_S[0];
    let waiting = f64::from(one) - talking(state);
    let passed_on = if two < AGENTS[1] {
        (one.saturating_sub(1), held, two + 1)
    } else {
        (one.saturating_sub(1), held + 1, two)
    };
    let freed = if held > 0 { (one, held - 1, two) } else { (one, 0, two.saturating_sub(1)) };
    [
        ((one + 1, held, two), if one < ROOM { WARM_PER_S } else { 0.0 }),
        ((one.saturating_sub(1), held, two), ends * (1.0 - ESCALATED) + waiting / PATIENCE_S),
        (passed_on, ends * ESCALATED),
        (freed, f64::from(two) / SERVICES_S[1]),
    ]
}

const WARM_PER_S: f64 = 40.0 / 3600.0;

#[test]
fn a_warm_transfer_holds_the_first_agent() {
    let steady = Chain::grown_from([(0, 0, 0)], moves_warm).steady();
    let queue = steady.mean(|state| f64::from(state.0) - talking(state));
    let held = steady.mean(|(_, held, _)| f64::from(held));
    let transfers = |state: Warm| ESCALATED * talking(state) / SERVICES_S[0];
    let passed_on = steady.mean(transfers);
    let answered = steady.mean(talking) / SERVICES_S[0];
    let meets_all_busy = steady.mean(|state| if state.2 >= AGENTS[1] { transfers(state) } else { 0.0 });
    let busy = [steady.mean(talking) + held, steady.mean(|(_, _, two)| f64::from(two))];
    let of = |queue, measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, queue);
    let first = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::AgentGroup, "first");
    let group = |name, exact| expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, name);
    let expected = [
        of("front", "wait_all", queue / WARM_PER_S),
        of("front", "abandonment", queue / PATIENCE_S / WARM_PER_S),
        of("back", "wait_all", held / passed_on),
        of("back", "delayed", meets_all_busy / passed_on),
        group("first", busy[0] / f64::from(AGENTS[0])),
        group("second", busy[1] / f64::from(AGENTS[1])),
        first("warm_transfer_share", ESCALATED),
        first("hold_time", held / passed_on),
        first("handle_time", SERVICES_S[0] + held / answered),
    ];
    let model = two_tiers(40.0, "warm_transfer.limit = \"100h\"");
    let mut table = Table::default();
    table.hold("A warm transfer", &run(&model, 89, 12), &expected);
    table.all_hold();
}

/// (waiting or talking in tier 1, agents of tier 1 who ask or are about to, those who conclude).
type Asking = (u32, u32, u32);

const ASKED_S: f64 = 300.0;
const CONCLUSION_S: f64 = 60.0;
const CONSULTED: f64 = 0.45;

fn in_talk((one, asking, concluding): Asking) -> f64 {
    f64::from(one.min(AGENTS[0] - asking - concluding))
}

fn moves_asking(state @ (one, asking, concluding): Asking) -> [(Asking, f64); 5] {
    let ends = in_talk(state) / SERVICES_S[0];
    let waiting = f64::from(one) - in_talk(state);
    let fewer = one.saturating_sub(1);
    let answered = f64::from(asking.min(AGENTS[1])) / ASKED_S;
    let asks = if ends > 0.0 { (fewer, asking + 1, concluding) } else { state };
    [
        ((one + 1, asking, concluding), if one < ROOM { WARM_PER_S } else { 0.0 }),
        ((fewer, asking, concluding), ends * (1.0 - CONSULTED) + waiting / PATIENCE_S),
        (asks, ends * CONSULTED),
        (if asking > 0 { (one, asking - 1, concluding + 1) } else { state }, answered),
        ((one, asking, concluding.saturating_sub(1)), f64::from(concluding) / CONCLUSION_S),
    ]
}

/// Three agents of tier 1 ask two of tier 2, who do nothing else: callers wait in front while they do.
#[test]
fn a_consultation_holds_the_first_agent_until_the_second_has_answered() {
    let steady = Chain::grown_from([(0, 0, 0)], moves_asking).steady();
    let queue = steady.mean(|state| f64::from(state.0) - in_talk(state));
    let answered = steady.mean(in_talk) / SERVICES_S[0];
    let [asking, concluding] =
        [steady.mean(|state| f64::from(state.1)), steady.mean(|state| f64::from(state.2))];
    let asked = steady.mean(|(_, asking, _)| f64::from(asking.min(AGENTS[1])));
    let consultations = CONSULTED * answered;
    let busy = steady.mean(in_talk) + asking + concluding;
    let first = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::AgentGroup, "first");
    let group = |name, exact| expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, name);
    let of = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, "front");
    let expected = [
        of("wait_all", queue / WARM_PER_S),
        of("abandonment", queue / PATIENCE_S / WARM_PER_S),
        group("first", busy / f64::from(AGENTS[0])),
        group("second", asked / f64::from(AGENTS[1])),
        first("consultation_wait", (asking - asked) / consultations),
        first("consultation_time", ASKED_S),
        first("handle_time", busy / answered),
    ];
    let more = format!(
        "[contact_types.calls.consultation]\nservice_time = {{ exponential = \"{ASKED_S}s\" }}\n\
         conclusion = {{ exponential = \"{CONCLUSION_S}s\" }}\nlimit = \"100h\"\notherwise = \"resolved\""
    );
    let model = two_tiers_that(&format!("consult = {CONSULTED}"), 40.0, &more);
    let mut table = Table::default();
    table.hold("A consultation", &run(&model, 89, 12), &expected);
    table.all_hold();
}
