//! Who goes first: classes with priorities, and credit.

use centralino::measures::{Basis, Results, ScopeKind};
use centralino::model::Model;
use centralino::queueing::{ErlangC, Priorities, PriorityClass, SingleServerPriorities};

use super::{Table, WITHIN_S, expect, run};
use crate::markov::{Chain, Weights};
use crate::support::model;

/// Types `high` and `low` in one queue; `first` is what the rule of `high` has more than the other's.
fn classes(agents: u32, high: (f64, &str), low: (f64, &str), first: &str) -> Model {
    let ((high_per_hour, high), (low_per_hour, low)) = (high, low);
    model(&format!(
        r#"
        [scenario]
        name = "two classes"
        start = "2024-01-01"
        days = 30
        run_in = "1d"
        [contact_types.high]
        {high}
        [contact_types.low]
        {low}
        [arrivals.high]
        per_hour = {high_per_hour}
        [arrivals.low]
        per_hour = {low_per_hour}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.high]
        order = 10
        when = {{ type = "high" }}
        queue = "calls"
        {first}
        [routing.low]
        order = 20
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = {agents}
        "#
    ))
}

const SERVICE: &str = "service_time = { exponential = \"240s\" }";
const HIGH: super::Expected = super::Expected {
    measure: "",
    basis: Basis::Contact,
    kind: ScopeKind::ContactType,
    scope: "high",
    exact: 0.0,
};

/// A measure of the contacts of a class.
fn of(class: &'static str, measure: &'static str, exact: f64) -> super::Expected {
    super::Expected { measure, scope: class, exact, ..HIGH }
}

#[test]
fn two_classes_of_one_service_time() {
    let (agents, high, low) = (3, 0.9 / 240.0, 1.35 / 240.0);
    let exact = Priorities { agents, mean_service_s: 240.0, arrivals_per_s: vec![high, low] };
    let waits_s = exact.mean_waits_s().expect("no overload");
    let delayed = exact.delayed().expect("no overload");
    let high_late = exact.first_class_waits_longer(WITHIN_S).expect("no overload");
    let model = classes(agents, (high * 3600.0, SERVICE), (low * 3600.0, SERVICE), "priority = 10");
    let expected = [
        of("high", "wait_all", waits_s[0]),
        of("low", "wait_all", waits_s[1]),
        of("high", "delayed", delayed),
        of("low", "delayed", delayed),
        of("high", "answered_over_offered", 1.0 - high_late),
        of("low", "answered_over_offered", 1.0 - second_class_waits_longer(WITHIN_S, agents, high, low)),
        expect("mean_queue", Basis::Time, high * waits_s[0] + low * waits_s[1]),
        expect("occupancy", Basis::Time, 0.75),
    ];
    let mut table = Table::default();
    table.hold("M/M/3, two priorities", &run(&model, 31, 12), &expected);
    table.all_hold();
}

/// Who is delayed in the second class lets pass all who wait, a geometric number, and all of the first class who come meanwhile.
fn second_class_waits_longer(t_s: f64, agents: u32, high: f64, low: f64) -> f64 {
    let service_rate = f64::from(agents) / 240.0;
    let load = (high + low) / service_rate;
    let erlangs = load * f64::from(agents);
    let delayed = ErlangC { agents, erlangs }.solve().expect("no overload").delayed();
    const ROOM: u32 = 150;
    // One more than those ahead; 0 is served.
    let moves = |to_go: u32| {
        let waits = f64::from(u8::from(to_go > 0));
        let overtaken = if to_go < ROOM { high * waits } else { 0.0 };
        [(to_go + 1, overtaken), (to_go.saturating_sub(1), service_rate * waits)]
    };
    let ahead = |to_go: u32| delayed * (1.0 - load) * load.powi(to_go as i32 - 1);
    let start = Weights { states: (1..=ROOM).collect(), weights: (1..=ROOM).map(ahead).collect() };
    let (after, _) = Chain::grown_from(1..=ROOM, moves).over(&start, t_s);
    after.share(|to_go| to_go > 0)
}

#[test]
fn one_agent_and_two_service_times() {
    let high = PriorityClass { arrivals_per_s: 0.3 / 120.0, mean_service_s: 120.0, service_cv: 1.25 };
    let low = PriorityClass { arrivals_per_s: 0.4 / 60.0, mean_service_s: 60.0, service_cv: 0.0 };
    let waits_s = SingleServerPriorities { classes: vec![high, low] }.mean_waits_s().expect("no overload");
    let model = classes(
        1,
        (9.0, "service_time = { lognormal = { mean = \"120s\", sd = \"150s\" } }"),
        (24.0, "service_time = \"40s\"\nwrap_up = \"20s\""),
        "priority = 1",
    );
    let expected = [
        of("high", "wait_all", waits_s[0]),
        of("low", "wait_all", waits_s[1]),
        of("high", "delayed", 0.7),
        of("low", "delayed", 0.7),
        expect("occupancy", Basis::Time, 0.7),
        expect("handle_time", Basis::Leg, 0.7 * 3600.0 / 33.0),
    ];
    let mut table = Table::default();
    table.hold("M/G/1, two priorities", &run(&model, 37, 20), &expected);
    table.all_hold();
}

/// Waits in all by class and replication.
fn waited(results: &Results) -> Vec<[(f64, f64); 2]> {
    let [high, low] = ["high", "low"].map(|class| super::pairs(results, &of(class, "wait_all", 0.0)));
    high.into_iter().zip(low).map(|(high, low)| [high, low]).collect()
}

/// Whom nobody's age overtakes goes first: to the last digit.
#[test]
fn credit_without_measure_is_a_priority() {
    let with = |first: &str| run(&classes(3, (16.0, SERVICE), (22.0, SERVICE), first), 41, 3);
    let [priority, credit] = ["priority = 10", "credit = \"100h\""].map(with);
    assert_eq!(waited(&priority), waited(&credit));
    assert_ne!(waited(&priority), waited(&with("")));
}

/// A minute of credit makes one class wait less and the other more; both together wait as long as ever.
#[test]
fn credit_moves_waits_from_one_class_to_the_other() {
    let exact = ErlangC { agents: 3, erlangs: 2.4 }.solve().expect("no overload");
    let results = run(&classes(3, (12.0, SERVICE), (24.0, SERVICE), "credit = \"60s\""), 43, 12);
    let mut table = Table::default();
    let together = [
        expect("wait_all", Basis::Contact, exact.mean_wait() * 240.0),
        expect("delayed", Basis::Contact, exact.delayed()),
    ];
    table.hold("M/M/3, a minute of credit", &results, &together);
    let [high, low] =
        ["high", "low"].map(|class| super::ratio(&super::pairs(&results, &of(class, "wait_all", 0.0))).0);
    assert!(
        high + 20.0 < low && low < high + 60.0,
        "{high} s and {low} s: credit of 60 s is worth at most that"
    );
    table.all_hold();
}
