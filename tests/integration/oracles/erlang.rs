//! Erlang's three formulas and W1, at four sizes, light and overloaded.

use centralino::measures::Basis;
use centralino::model::Model;
use centralino::queueing::{AbandoningQueue, ErlangA, ErlangB, ErlangC, FiniteTrunks};

use super::{PATIENCE_S, SERVICE_S, Single, Table, WITHIN_S, expect, run};
use crate::support::shipped;

/// One queue, one group, exponential everything.
fn system(agents: u32, erlangs: f64, hours: u32, more: &str, patience: &str) -> Model {
    let calls = format!("service_time = {{ exponential = \"{SERVICE_S}s\" }}\n{patience}");
    Single { agents, per_hour: erlangs / SERVICE_S * 3600.0, days: hours / 24, calls: &calls, more }.model()
}

fn patience() -> String {
    format!("patience = {{ exponential = \"{PATIENCE_S}s\" }}")
}

/// Expected contacts of a replication.
fn offered(erlangs: f64, agents: u32) -> f64 {
    erlangs / SERVICE_S * 3600.0 * f64::from(hours_for(agents))
}

/// A load at which somebody still waits: pooling makes large centers idle otherwise.
fn light(agents: u32) -> f64 {
    match agents {
        0..=50 => 0.7,
        51..=500 => 0.85,
        _ => 0.95,
    }
}

/// Hours so that a replication has some ten thousand contacts at the least, and runs long enough beside its relaxation time.
fn hours_for(agents: u32) -> u32 {
    match agents {
        0..=5 => 24 * 60,
        6..=50 => 24 * 10,
        51..=500 => 24 * 2,
        _ => 24,
    }
}

#[test]
fn erlang_a_at_four_sizes_light_and_overloaded() {
    let mut table = Table::default();
    for agents in [1, 15, 150, 1500] {
        for load in [light(agents), 0.97, 1.3] {
            let erlangs = f64::from(agents) * load;
            let exact = ErlangA {
                agents,
                arrivals_per_s: erlangs / SERVICE_S,
                mean_service_s: SERVICE_S,
                mean_patience_s: PATIENCE_S,
            };
            let exact = exact.solve().expect("a sound system");
            let model = system(agents, erlangs, hours_for(agents), "", &patience());
            let results = run(&model, 7, 12);
            let mean_excess = exact_excess(&exact);
            let expected = [
                expect("answered_over_offered", Basis::Leg, exact.served_within(WITHIN_S)),
                expect("answered_over_answered", Basis::Leg, exact.served_within_of_served(WITHIN_S)),
                expect("abandonment", Basis::Leg, exact.abandoned()),
                expect("delayed", Basis::Leg, exact.delayed()),
                expect("wait_all", Basis::Leg, exact.mean_wait_s()),
                expect("speed_of_answer", Basis::Leg, exact.mean_wait_of_served_s()),
                expect("excess_wait", Basis::Leg, mean_excess),
                expect("mean_queue", Basis::Time, exact.mean_queue()),
                expect("occupancy", Basis::Time, exact.occupancy()),
                expect("handle_time", Basis::Leg, SERVICE_S),
                expect("offered", Basis::Contact, offered(erlangs, agents)),
            ];
            table.hold(&format!("Erlang A, {agents} agents, load {load}"), &results, &expected);
        }
    }
    table.all_hold();
}

/// E(W - t)+ as the integral of P(W > w) beyond t, by Simpson's rule to where nothing is left.
fn exact_excess(exact: &AbandoningQueue) -> f64 {
    let (steps, width) = (4000, 1.5);
    let f = |i: usize| exact.waits_longer(WITHIN_S + i as f64 * width);
    let inner: f64 = (1..steps).map(|i| f(i) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (f(0) + inner + f(steps)) * width / 3.0
}

#[test]
fn erlang_b_at_four_sizes_light_and_overloaded() {
    let mut table = Table::default();
    for agents in [1, 15, 150, 1500] {
        for load in [0.8, 1.3] {
            let erlangs = f64::from(agents) * load;
            let exact = ErlangB { agents, erlangs };
            let lines = format!("[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = {agents}\n");
            let model = system(agents, erlangs, hours_for(agents), &lines, "");
            let results = run(&model, 11, 12);
            let expected = [
                expect("blocking", Basis::Contact, exact.blocking().expect("a sound system")),
                expect("occupancy", Basis::Time, exact.occupancy().expect("a sound system")),
            ];
            table.hold(&format!("Erlang B, {agents} agents, load {load}"), &results, &expected);
        }
    }
    table.all_hold();
}

#[test]
fn erlang_c_at_four_sizes() {
    let mut table = Table::default();
    for agents in [1, 15, 150, 1500] {
        for load in [light(agents), 0.5 + 0.5 * light(agents)] {
            let erlangs = f64::from(agents) * load;
            let exact = ErlangC { agents, erlangs }.solve().expect("not overloaded");
            let model = system(agents, erlangs, hours_for(agents), "", "");
            let results = run(&model, 13, 12);
            let expected = [
                expect("answered_over_offered", Basis::Leg, exact.service_level(WITHIN_S / SERVICE_S)),
                expect("delayed", Basis::Leg, exact.delayed()),
                expect("wait_all", Basis::Leg, exact.mean_wait() * SERVICE_S),
                expect("mean_queue", Basis::Time, exact.mean_queue()),
                expect("occupancy", Basis::Time, exact.occupancy()),
            ];
            table.hold(&format!("Erlang C, {agents} agents, load {load}"), &results, &expected);
        }
    }
    table.all_hold();
}

#[test]
fn finite_trunks_with_abandonment() {
    let exact = FiniteTrunks {
        agents: 15,
        trunks: 20,
        arrivals_per_s: 17.0 / SERVICE_S,
        mean_service_s: SERVICE_S,
        mean_patience_s: Some(PATIENCE_S),
    };
    let exact = exact.solve().expect("a sound system");
    let lines = "[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = 20\n";
    let results = run(&system(15, 17.0, 240, lines, &patience()), 17, 12);
    let expected = [
        expect("blocking", Basis::Contact, exact.blocked()),
        expect("occupancy", Basis::Time, exact.occupancy()),
        expect("mean_queue", Basis::Time, exact.mean_queue()),
        expect("abandonment", Basis::Leg, exact.abandoned()),
        expect("delayed", Basis::Leg, exact.delayed()),
        expect("wait_all", Basis::Leg, exact.mean_wait_s()),
        expect("answered_over_offered", Basis::Leg, exact.served_within(WITHIN_S)),
        expect("blocked_included", Basis::Contact, exact.served_within(WITHIN_S) * (1.0 - exact.blocked())),
    ];
    let mut table = Table::default();
    table.hold("15 agents, 20 lines, load 1.13", &results, &expected);
    table.all_hold();
}

/// W1 as shipped, against the exact values of the design.
#[test]
fn w1_meets_its_exact_values() {
    let model = crate::support::compile(&crate::support::load(&shipped("reference/w1.toml"), &[]));
    let results = run(&model, 2024, 20);
    let expected = [
        expect("wait_all", Basis::Leg, 5.221_201_807_768),
        expect("abandonment", Basis::Leg, 0.017_404_006_026),
        expect("answered_over_offered", Basis::Leg, 0.890_498_750_532),
        expect("delayed", Basis::Leg, 1.0 - 0.632_341_503_870),
        expect("occupancy", Basis::Time, 0.949_842_794_175),
        expect("mean_queue", Basis::Time, 3.154_476_092_193),
    ];
    let mut table = Table::default();
    table.hold("W1", &results, &expected);
    table.all_hold();
}
