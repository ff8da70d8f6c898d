//! The whole way from a scenario's text to measures, held to closed forms.
//!
//! Each system is run at a fixed seed; each measure's z-score (distance in standard errors by replications) must stay
//! within a bound that a right engine passes for all of them together. `cargo test --release oracles -- --nocapture` prints
//! the table.

use centralino::measures::{Basis, Results};
use centralino::model::{Mode, Model};
use centralino::queueing::{ErlangA, ErlangB, ErlangC, FiniteTrunks};
use centralino::stats::Confidence;

use crate::support::{estimate, model, results, shipped};

/// With 19 degrees of freedom |t| > 4.6 has probability 0.0002, and there are some 150 measures.
const BOUND: f64 = 4.6;
/// A share, or seconds, below which a measure is only checked to be small.
const RARE: f64 = 2e-3;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 300.0;
const WITHIN_S: f64 = 20.0;

/// A measure of a system and what it must be.
pub struct Expected {
    measure: &'static str,
    basis: Basis,
    exact: f64,
}

pub fn expect(measure: &'static str, basis: Basis, exact: f64) -> Expected {
    Expected { measure, basis, exact }
}

/// Compares, prints a line a measure, and says which are too far.
pub fn compare(system: &str, results: &Results, expected: &[Expected]) -> Vec<String> {
    let t = Confidence::default().student_t(results.replications() - 1);
    let mut wrong = Vec::new();
    for Expected { measure, basis, exact } in expected {
        let (value, half_width) = estimate(results, measure, *basis);
        let z = if value == *exact { 0.0 } else { (value - exact) / (half_width / t) };
        let line = format!("{system:<34} {measure:<24} {exact:>12.6} {value:>12.6} {z:>7.2}");
        println!("{line}");
        // What hardly ever happens has no standard error worth the name: there it is enough that it hardly ever happens.
        let rare = *exact < RARE || (1.0 - exact).abs() < RARE;
        let right = if rare { (value - exact).abs() < RARE } else { z.abs() <= BOUND };
        if !right {
            wrong.push(line);
        }
    }
    wrong
}

/// One queue, one group, exponential everything.
fn system(agents: u32, erlangs: f64, hours: u32, extra: &str, patience: &str) -> Model {
    let per_hour = erlangs / SERVICE_S * 3600.0;
    let (days, run_in) = (hours / 24, hours / 4);
    model(&format!(
        r#"
        [scenario]
        name = "closed form"
        start = "2024-01-01"
        days = {days}
        run_in = "{run_in}h"
        [contact_types.calls]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        {patience}
        [arrivals.calls]
        per_hour = {per_hour}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 10
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing = {{ heads = {agents} }}
        {extra}
        "#
    ))
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
    let mut wrong = Vec::new();
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
            let results = results(&model, Mode::Eager, 7, 12);
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
            wrong.extend(compare(&format!("Erlang A, {agents} agents, load {load}"), &results, &expected));
        }
    }
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
}

/// E(W - t)+ as the integral of P(W > w) beyond t, by Simpson's rule to where nothing is left.
fn exact_excess(exact: &centralino::queueing::AbandoningQueue) -> f64 {
    let (steps, width) = (4000, 1.5);
    let f = |i: usize| exact.waits_longer(WITHIN_S + i as f64 * width);
    let inner: f64 = (1..steps).map(|i| f(i) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (f(0) + inner + f(steps)) * width / 3.0
}

#[test]
fn erlang_b_at_four_sizes_light_and_overloaded() {
    let mut wrong = Vec::new();
    for agents in [1, 15, 150, 1500] {
        for load in [0.8, 1.3] {
            let erlangs = f64::from(agents) * load;
            let exact = ErlangB { agents, erlangs };
            let lines = format!("[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = {agents}\n");
            let model = system(agents, erlangs, hours_for(agents), &lines, "");
            let results = results(&model, Mode::Eager, 11, 12);
            let expected = [
                expect("blocking", Basis::Contact, exact.blocking().expect("a sound system")),
                expect("occupancy", Basis::Time, exact.occupancy().expect("a sound system")),
            ];
            wrong.extend(compare(&format!("Erlang B, {agents} agents, load {load}"), &results, &expected));
        }
    }
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
}

#[test]
fn erlang_c_at_four_sizes() {
    let mut wrong = Vec::new();
    for agents in [1, 15, 150, 1500] {
        for load in [light(agents), 0.5 + 0.5 * light(agents)] {
            let erlangs = f64::from(agents) * load;
            let exact = ErlangC { agents, erlangs }.solve().expect("not overloaded");
            let model = system(agents, erlangs, hours_for(agents), "", "");
            let results = results(&model, Mode::Eager, 13, 12);
            let expected = [
                expect("answered_over_offered", Basis::Leg, exact.service_level(WITHIN_S / SERVICE_S)),
                expect("delayed", Basis::Leg, exact.delayed()),
                expect("wait_all", Basis::Leg, exact.mean_wait() * SERVICE_S),
                expect("mean_queue", Basis::Time, exact.mean_queue()),
                expect("occupancy", Basis::Time, exact.occupancy()),
            ];
            wrong.extend(compare(&format!("Erlang C, {agents} agents, load {load}"), &results, &expected));
        }
    }
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
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
    let results = results(&system(15, 17.0, 240, lines, &patience()), Mode::Eager, 17, 12);
    let expected = [
        expect("blocking", Basis::Contact, exact.blocked()),
        expect("occupancy", Basis::Time, exact.occupancy()),
        expect("mean_queue", Basis::Time, exact.mean_queue()),
    ];
    let wrong = compare("15 agents, 20 lines, load 1.13", &results, &expected);
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
}

/// W1 as shipped, against the exact values of the design.
#[test]
fn w1_meets_its_exact_values() {
    let model = crate::support::compile(&crate::support::load(&shipped("reference/w1.toml"), &[]));
    let results = results(&model, Mode::Eager, 2024, 20);
    let expected = [
        expect("wait_all", Basis::Leg, 5.221_201_807_768),
        expect("abandonment", Basis::Leg, 0.017_404_006_026),
        expect("answered_over_offered", Basis::Leg, 0.890_498_750_532),
        expect("delayed", Basis::Leg, 1.0 - 0.632_341_503_870),
        expect("occupancy", Basis::Time, 0.949_842_794_175),
        expect("mean_queue", Basis::Time, 3.154_476_092_193),
    ];
    let wrong = compare("W1", &results, &expected);
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
}

/// Many more replications, for who doubts: `cargo test --release oracles -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute"]
fn erlang_a_and_b_to_a_thousandth() {
    let a = ErlangA {
        agents: 15,
        arrivals_per_s: 10.5 / SERVICE_S,
        mean_service_s: SERVICE_S,
        mean_patience_s: PATIENCE_S,
    };
    let exact = a.solve().expect("a sound system");
    let run = results(&system(15, 10.5, 240, "", &patience()), Mode::Eager, 99, 400);
    let mut wrong = compare(
        "Erlang A, 15 agents, load 0.7",
        &run,
        &[
            expect("answered_over_offered", Basis::Leg, exact.served_within(WITHIN_S)),
            expect("abandonment", Basis::Leg, exact.abandoned()),
            expect("wait_all", Basis::Leg, exact.mean_wait_s()),
            expect("excess_wait", Basis::Leg, exact_excess(&exact)),
            expect("mean_queue", Basis::Time, exact.mean_queue()),
            expect("occupancy", Basis::Time, exact.occupancy()),
            expect("handle_time", Basis::Leg, SERVICE_S),
            expect("offered", Basis::Contact, offered(10.5, 15)),
        ],
    );
    let b = ErlangB { agents: 15, erlangs: 12.0 };
    let lines = "[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = 15\n";
    let run = results(&system(15, 12.0, 240, lines, ""), Mode::Eager, 99, 400);
    wrong.extend(compare(
        "Erlang B, 15 agents, load 0.8",
        &run,
        &[
            expect("blocking", Basis::Contact, b.blocking().expect("a sound system")),
            expect("occupancy", Basis::Time, b.occupancy().expect("a sound system")),
        ],
    ));
    assert!(wrong.is_empty(), "too far from the exact value:\n{}", wrong.join("\n"));
}
