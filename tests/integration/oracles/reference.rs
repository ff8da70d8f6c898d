//! The shipped reference scenarios, held to what their heads say.

use centralino::measures::{Basis, ScopeKind};

use super::{Expected, Table, expect, run};
use crate::support::{compile, estimate, load, shipped};

fn holds(table: &mut Table, file: &str, days: u32, replications: u64, expected: &[Expected]) {
    let scenario = load(&shipped(&format!("reference/{file}.toml")), &[&format!("scenario.days={days}")]);
    table.hold(file, &run(&compile(&scenario), 127, replications), expected);
}

fn leg(measure: &'static str, exact: f64) -> Expected {
    expect(measure, Basis::Leg, exact)
}

fn contact(class: &'static str, measure: &'static str, exact: f64) -> Expected {
    expect(measure, Basis::Contact, exact).of(ScopeKind::ContactType, class)
}

fn queue(name: &'static str, measure: &'static str, exact: f64) -> Expected {
    leg(measure, exact).of(ScopeKind::Queue, name)
}

fn occupancy(group: &'static str, exact: f64) -> Expected {
    expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, group)
}

fn case(measure: &'static str, exact: f64) -> Expected {
    expect(measure, Basis::Case, exact).of(ScopeKind::Office, "registry")
}

#[test]
fn shipped_scenarios_meet_the_values_in_their_heads() {
    let mut table = Table::default();
    let a = [
        leg("wait_all", 2.71382),
        leg("abandonment", 0.0090461),
        leg("answered_over_offered", 0.9482559),
        leg("delayed", 1.0 - 0.9142036),
        occupancy("agents", 0.6606360),
        expect("mean_queue", Basis::Time, 0.11308),
    ];
    holds(&mut table, "erlang-a-15-light", 20, 12, &a);
    let b = [expect("blocking", Basis::Contact, 0.0091009), occupancy("agents", 0.5284795)];
    holds(&mut table, "erlang-b-15-light", 20, 12, &b);
    let priorities =
        [contact("high", "wait_all", 120.0), contact("low", "wait_all", 400.0), occupancy("agents", 0.7)];
    holds(&mut table, "priorities", 60, 12, &priorities);
    let n = [
        contact("easy", "abandonment", 7.0 / 22.0),
        contact("hard", "abandonment", 13.0 / 22.0),
        occupancy("narrow", 0.5),
        occupancy("wide", 13.0 / 22.0),
    ];
    holds(&mut table, "n-design", 30, 12, &n);
    let tandem = [
        queue("first_line", "delayed", 0.5094340),
        queue("first_line", "wait_all", 122.26415),
        queue("specialists", "delayed", 0.2793103),
        queue("specialists", "wait_all", 45.70533),
        // Who is delayed waits an exponential time, in either tier: 1 agent is to spare of 240 s, 1.1 of 180 s.
        queue("first_line", "answered_over_offered", 1.0 - 0.5094340 * (-20.0_f64 / 240.0).exp()),
        queue("specialists", "answered_over_offered", 1.0 - 0.2793103 * (-20.0_f64 * 1.1 / 180.0).exp()),
        occupancy("tier1", 0.75),
        occupancy("tier2", 0.45),
    ];
    holds(&mut table, "tandem", 30, 12, &tandem);
    let widening = [
        leg("delayed", 0.6),
        leg("wait_all", 30.0),
        occupancy("agent", 0.6),
        // The reserve's 25 agents share what the agent leaves: 0.4 of 1 erlang.
        occupancy("reserve", 0.4 / 25.0),
    ];
    holds(&mut table, "widening", 40, 12, &widening);
    let closing = [
        leg("answered", 20.0),
        leg("sent_away", 20.0 * 59.0),
        expect("blocking", Basis::Contact, 14.0 / 24.0),
    ];
    holds(&mut table, "closing", 20, 20, &closing);
    let office = [
        case("office_occupancy", 0.7),
        case("mean_backlog", 7.0 / 3.0),
        case("time_to_close", 25_200.0),
        case("cases_closed", 26.0 * 40.0 * 1.4),
    ];
    holds(&mut table, "office", 182, 40, &office);
    table.all_hold();
}

/// Delays of half a day beside calls of minutes leave a difference of less than 1 %: a coarse check, where `retrials` has exact ones.
#[test]
fn late_retrials_are_as_good_as_fresh_calls() {
    let scenario = load(&shipped("reference/retrials.toml"), &["scenario.days=30"]);
    let results = run(&compile(&scenario), 131, 8);
    for (measure, basis, exact) in [
        ("abandonment", Basis::Contact, 0.1115149),
        ("needs_given_up", Basis::Need, 0.0478236),
        ("retrial_share", Basis::Contact, 1.0 - 1.0 / 1.0716853),
    ] {
        let (value, half_width) = estimate(&results, measure, basis);
        println!("{:<40} {measure:<36} {exact:>12.6} {value:>12.6}", "retrials");
        assert!((value - exact).abs() < 0.01 * exact + 2.0 * half_width, "{measure}: {value}, not {exact}");
    }
}
