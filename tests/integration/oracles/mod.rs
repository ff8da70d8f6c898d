//! The whole way from a scenario's text to measures, held to exact values: closed formulas and solved Markov chains.
//!
//! Each system is run at a fixed seed. A measure's z-score is its distance from the exact value in standard errors by
//! replications; it must stay below what Student's t exceeds once in 10,000 ([`FALSE_ALARMS`]). With some 600 measures a new seed
//! would raise a false alarm in about one run of sixteen, so a change that fails here has a seed's bad luck or a bug: run longer
//! and see whether z grows.
//!
//! ```text
//! cargo test --release oracles -- --nocapture                      # prints the table
//! ORACLE_TIMES=50 cargo test --release oracles -- --nocapture      # so many times the replications; 0.2 is a fifth
//! ```
#![allow(
    clippy::disallowed_methods,
    reason = "exact numbers stand beside the simulation: none of its digits depends on them"
)]

mod anticipating;
mod back_office;
mod busyness;
mod callbacks;
mod campaigns;
mod chats;
mod counters;
mod day;
mod erlang;
mod greetings;
mod office_hours;
mod offices;
mod patience;
mod preparations;
mod priorities;
mod published;
mod put_aside;
mod reference;
mod retrials;
mod routing;
mod service;
mod skills;
mod start;
mod tiers;
mod ties;
mod two_tiers;
mod warm_after_asking;
mod warm_limit;
mod web;
mod written;

use std::fmt::Write as _;

use centralino::measures::{Basis, Results, ScopeKind};
use centralino::model::{Mode, Model};
use centralino::stats::Confidence;

use crate::support::model;

/// How often a right measure may be called wrong.
const FALSE_ALARMS: f64 = 1e-4;
/// A share, or seconds, below which a measure is only checked to be small: what hardly ever happens has no standard
/// error worth the name.
const RARE: f64 = 2e-3;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 300.0;
const WITHIN_S: f64 = 20.0;

/// A measure of a system and what it must be.
#[derive(Clone, Copy)]
struct Expected {
    measure: &'static str,
    basis: Basis,
    kind: ScopeKind,
    scope: &'static str,
    exact: f64,
}

/// A measure of the whole.
fn expect(measure: &'static str, basis: Basis, exact: f64) -> Expected {
    Expected { measure, basis, kind: ScopeKind::Whole, scope: "all", exact }
}

impl Expected {
    /// The same of a queue, a group, a contact type ...
    fn of(self, kind: ScopeKind, scope: &'static str) -> Self {
        Expected { kind, scope, ..self }
    }
}

/// What was compared, and what of it was too far off.
#[derive(Default)]
struct Table {
    wrong: String,
    furthest: f64,
}

impl Table {
    /// Compares a system's measures with what they must be.
    fn hold(&mut self, system: &str, results: &Results, expected: &[Expected]) {
        for expected in expected {
            let pairs = pairs(results, expected);
            let (value, error) = ratio(&pairs);
            let name = match expected.kind {
                ScopeKind::Whole => expected.measure.to_string(),
                _ => format!("{}, {}", expected.measure, expected.scope),
            };
            self.compare(system, &name, expected.exact, value, error, pairs.len());
        }
    }

    /// Compares one number that has a standard error from so many replications.
    fn compare(&mut self, system: &str, name: &str, exact: f64, value: f64, error: f64, replications: usize) {
        // A constant has no error but that of its last digits.
        let same = (value - exact).abs() <= 1e-12 * exact.abs();
        let z = if same { 0.0 } else { (value - exact) / error };
        let line = format!("{system:<40} {name:<36} {exact:>12.6} {value:>12.6} {z:>7.2}");
        println!("{line}");
        let rare = exact.abs() < RARE || (1.0 - exact).abs() < RARE;
        let right = z.abs() <= bound(replications) || rare && (value - exact).abs() < RARE;
        if !rare {
            self.furthest = self.furthest.max(z.abs());
        }
        if !right {
            let _ = writeln!(self.wrong, "{line}");
        }
    }

    /// The end of a test.
    fn all_hold(self) {
        println!("{:<40} {:<36} {:>12} {:>12} {:>7.2}", "", "furthest", "", "", self.furthest);
        assert!(self.wrong.is_empty(), "too far from the exact value:\n{}", self.wrong);
    }
}

fn bound(replications: usize) -> f64 {
    let confidence = Confidence::new(1.0 - FALSE_ALARMS).expect("a level");
    confidence.student_t(replications as u32 - 1)
}

/// Numerator and denominator of a measure by replication.
fn pairs(results: &Results, expected: &Expected) -> Vec<(f64, f64)> {
    let Expected { measure, basis, kind, scope, .. } = *expected;
    let rows = results.replication_rows().filter(|row| {
        row.measure == measure
            && row.basis == basis
            && row.scope_kind == kind
            && (kind == ScopeKind::Whole || row.scope == scope)
    });
    let pairs: Vec<(f64, f64)> = rows.map(|row| (row.numerator, row.denominator)).collect();
    assert!(!pairs.is_empty(), "{measure} on basis {} exists for {scope}", basis.name());
    pairs
}

/// A ratio of sums and its standard error by the delta method, computed here anew.
fn ratio(pairs: &[(f64, f64)]) -> (f64, f64) {
    let n = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let ratio = x / y;
    let square: f64 = pairs.iter().map(|(x, y)| (x - ratio * y).powi(2)).sum();
    (ratio, (square / (n - 1.0) / n).sqrt() / (y / n))
}

/// Results of `replications` of a model, or of as many times more as the environment asks for.
fn run(model: &Model, seed: u64, replications: u64) -> Results {
    crate::support::results(model, Mode::Eager, seed, as_asked(replications))
}

/// So many replications, or as many times more as the environment asks for; never fewer than ten where there were ten: Student's t
/// of a few says nothing.
fn as_asked(replications: u64) -> u64 {
    let times: f64 = std::env::var("ORACLE_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1.0);
    ((replications as f64 * times).ceil() as u64).max(replications.min(10))
}

/// One queue, one group, Poisson arrivals of one type.
struct Single<'a> {
    agents: u32,
    per_hour: f64,
    /// Counted days; a quarter of them is run in before.
    days: u32,
    /// `service_time` and what else the type has.
    calls: &'a str,
    /// Of the group, and tables after it.
    more: &'a str,
}

impl Single<'_> {
    fn model(&self) -> Model {
        let Single { agents, per_hour, days, calls, more } = self;
        let run_in = days * 6;
        model(&format!(
            r#"
            [scenario]
            name = "one queue, one group"
            start = "2024-01-01"
            days = {days}
            run_in = "{run_in}h"
            [contact_types.calls]
            {calls}
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
            {more}
            "#
        ))
    }
}
