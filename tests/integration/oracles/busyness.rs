//! Days that differ: counts spread more than Poisson's, alike where they should be alike.

use centralino::measures::{Basis, Collector, Detail, Results, ScopeKind, replicate};
use centralino::model::{Mode, Model};
use centralino::queueing::ErlangA;

use super::{Expected, PATIENCE_S, SERVICE_S, Table, WITHIN_S, as_asked, expect, pairs, run};
use crate::support::model;

/// Types `a` and `b` at 20 and 10 an hour under one busyness, for a day.
fn center(busyness: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "days that differ"
        start = "2024-03-05"
        [contact_types.a]
        service_time = "1s"
        [contact_types.b]
        service_time = "1s"
        [arrivals.a]
        per_hour = 20
        busyness = "city"
        [arrivals.b]
        per_hour = 10
        busyness = "city"
        [busyness.city]
        {busyness}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = 5
        "#
    ))
}

/// Contacts by replication, less their mean.
fn deviations(results: &Results, class: &'static str, mean: f64) -> Vec<f64> {
    let offered: Expected = expect("offered", Basis::Contact, mean).of(ScopeKind::ContactType, class);
    pairs(results, &offered).into_iter().map(|(count, _)| count - mean).collect()
}

/// Means and mean products of the counts of a day; `factors` are the relative covariances of their rates.
fn holds(table: &mut Table, system: &str, model: &Model, seed: u64, factors: [f64; 3]) {
    let results = run(model, seed, 1500);
    let (a, b) = (deviations(&results, "a", 480.0), deviations(&results, "b", 240.0));
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).collect::<Vec<f64>>();
    let mut mean = |name: &str, exact: f64, values: Vec<f64>| mean_holds(table, system, name, exact, &values);
    mean("a: mean", 480.0, a.iter().map(|d| d + 480.0).collect());
    mean("b: mean", 240.0, b.iter().map(|d| d + 240.0).collect());
    mean("a: variance", 480.0 + factors[0] * 480.0 * 480.0, product(&a, &a));
    mean("b: variance", 240.0 + factors[1] * 240.0 * 240.0, product(&b, &b));
    mean("a and b: covariance", factors[2] * 480.0 * 240.0, product(&a, &b));
}

/// Compares the mean of one value a replication.
fn mean_holds(table: &mut Table, system: &str, name: &str, exact: f64, values: &[f64]) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    table.compare(system, name, exact, mean, (variance / n).sqrt(), values.len());
}

/// Of two lognormal factors of this cv whose scores have this correlation.
fn covariance(cv: f64, correlation: f64) -> f64 {
    ((1.0 + cv * cv).ln() * correlation).exp() - 1.0
}

#[test]
fn counts_of_a_day_vary_as_they_should() {
    let mut table = Table::default();
    holds(&mut table, "Poisson", &center(""), 101, [0.0; 3]);
    let day = center("day = { cv = 0.2 }\nshared = 0.7");
    // Each score has the correlation 0.7 with the common one, so 0.49 with the other.
    let one = covariance(0.2, 1.0);
    holds(&mut table, "A factor a day", &day, 103, [one, one, covariance(0.2, 0.49)]);
    let period = center("period = { cv = 0.3, lag1 = 0.8 }");
    let lags =
        |lag: i32| f64::from(if lag == 0 { 96 } else { 2 * (96 - lag) }) * covariance(0.3, 0.8_f64.powi(lag));
    let sum = (0..96).map(lags).sum::<f64>() / (96.0 * 96.0);
    holds(&mut table, "A factor a quarter-hour, lag 0.8", &period, 107, [sum; 3]);
    let both = center("day = { cv = 0.15 }\nmonth = { cv = 0.1 }");
    let product = (1.0 + 0.15 * 0.15) * (1.0 + 0.1 * 0.1) - 1.0;
    holds(&mut table, "Factors a day and a month", &both, 109, [product; 3]);
    table.all_hold();
}

/// Types `a` and `b` at 40 and 20 an hour, a queue each, under one busyness, for so many days.
fn two_queues(days: u32, busyness: &str) -> Model {
    let of = |name: &str, per_hour: u32| {
        format!(
            r#"
            [contact_types.{name}]
            service_time = "1s"
            [arrivals.{name}]
            per_hour = {per_hour}
            busyness = "city"
            [queues.{name}.steps.first]
            groups = ["agents"]
            [routing.{name}]
            order = {per_hour}
            when.type = "{name}"
            queue = "{name}"
            "#
        )
    };
    model(&format!(
        r#"
        [scenario]
        name = "neighbours"
        start = "2024-03-05"
        days = {days}
        [busyness.city]
        {busyness}
        [agent_groups.agents]
        serves = ["a", "b"]
        staffing.heads = 5
        {}{}
        "#,
        of("a", 40),
        of("b", 20)
    ))
}

/// Contacts of `a` and of `b`, by spans of so many quarter-hours in their order, of each replication.
fn counts(model: &Model, seed: u64, replications: u64, quarters: usize) -> Vec<[Vec<f64>; 2]> {
    let detail = Detail { intervals: true, ..Detail::WHOLE };
    let mut collector = Collector::new(model, detail);
    let of = |replication: u64| {
        let mut results = Results::new(model, detail);
        let end = replicate(model, seed, replication, Mode::Eager, &mut collector, None);
        results.add(collector.finish(end));
        ["a", "b"].map(|queue| {
            let rows = results.period_rows().filter(|row| row.queue == queue);
            let by_quarter: Vec<f64> = rows.map(|row| row.offered).collect();
            by_quarter.chunks(quarters).map(|span| span.iter().sum()).collect()
        })
    };
    (0..as_asked(replications)).map(of).collect()
}

/// How counts of neighbouring spans go together: of each type with itself now, next and after next, and of one with the other. `means`
/// are theirs in a span.
fn neighbours_hold(
    table: &mut Table,
    system: &str,
    counts: &[[Vec<f64>; 2]],
    means: [f64; 2],
    (cv, lag1, shared): (f64, f64, f64),
) {
    for (x, y, lag) in [(0, 0, 0), (0, 0, 1), (0, 0, 2), (1, 1, 1), (0, 1, 0), (0, 1, 1), (1, 0, 1)] {
        let (alike, of_poisson) =
            (if x == y { 1.0 } else { shared * shared }, if x == y && lag == 0 { means[x] } else { 0.0 });
        let exact = of_poisson + means[x] * means[y] * covariance(cv, alike * lag1.powi(lag));
        let lag = lag as usize;
        let product = |counts: &[Vec<f64>; 2]| {
            let later = counts[y].iter().skip(lag);
            let products =
                counts[x].iter().zip(later).map(|(x_now, y_later)| (x_now - means[x]) * (y_later - means[y]));
            products.sum::<f64>() / (counts[x].len() - lag) as f64
        };
        let values: Vec<f64> = counts.iter().map(product).collect();
        let name = format!("{} and {}, {lag} later", ["a", "b"][x], ["a", "b"][y]);
        mean_holds(table, system, &name, exact, &values);
    }
}

#[test]
fn neighbouring_quarter_hours_and_days_are_alike_as_they_should_be() {
    let mut table = Table::default();
    let by_quarter = two_queues(1, "period = { cv = 0.4, lag1 = 0.8 }\nshared = 0.7");
    let quarters = counts(&by_quarter, 127, 800, 1);
    assert!(quarters.iter().flatten().all(|counts| counts.len() == 96), "a day of quarter-hours");
    neighbours_hold(&mut table, "Quarter-hours", &quarters, [10.0, 5.0], (0.4, 0.8, 0.7));
    let by_day = two_queues(20, "day = { cv = 0.2, lag1 = 0.6 }\nshared = 0.5");
    let days = counts(&by_day, 131, 200, 96);
    assert!(days.iter().flatten().all(|counts| counts.len() == 20), "days");
    neighbours_hold(&mut table, "Days", &days, [960.0, 480.0], (0.2, 0.6, 0.5));
    table.all_hold();
}

/// A factor that holds for the whole run: measures are those of Erlang A at the rate of each replication, weighted by its contacts.
#[test]
fn a_year_that_is_busier_than_planned() {
    const CV: f64 = 0.15;
    let (agents, erlangs) = (12, 10.8);
    let at = |factor: f64| {
        let a = ErlangA {
            agents,
            arrivals_per_s: erlangs * factor / SERVICE_S,
            mean_service_s: SERVICE_S,
            mean_patience_s: PATIENCE_S,
        };
        a.solve().expect("a sound system")
    };
    let over_years = |value: &dyn Fn(f64) -> f64| mean_over_lognormal(CV, value);
    let contacts = |value: fn(&centralino::queueing::AbandoningQueue) -> f64| {
        over_years(&|factor| factor * value(&at(factor)))
    };
    let expected = [
        expect("answered_over_offered", Basis::Leg, contacts(|a| a.served_within(WITHIN_S))),
        expect("abandonment", Basis::Leg, contacts(|a| a.abandoned())),
        expect("delayed", Basis::Leg, contacts(|a| a.delayed())),
        expect("wait_all", Basis::Leg, contacts(|a| a.mean_wait_s())),
        expect("mean_queue", Basis::Time, over_years(&|factor| at(factor).mean_queue())),
        expect("occupancy", Basis::Time, over_years(&|factor| at(factor).occupancy())),
    ];
    let model = model(&format!(
        r#"
        [scenario]
        name = "a busier year"
        start = "2024-03-05"
        run_in = "4h"
        [contact_types.calls]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        patience = {{ exponential = "{PATIENCE_S}s" }}
        [arrivals.calls]
        per_hour = {}
        busyness = "city"
        [busyness.city]
        year.cv = {CV}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = {agents}
        "#,
        erlangs / SERVICE_S * 3600.0
    ));
    let mut table = Table::default();
    table.hold("Erlang A in years that differ", &run(&model, 113, 150), &expected);
    // What is planned for the mean is too good: the mean year is not the mean of years.
    assert!(at(1.0).served_within(WITHIN_S) > expected[0].exact + 0.02);
    table.all_hold();
}

/// Of a lognormal factor of mean 1, by the trapezoidal rule over its normal score, which is exact to rounding for what is
/// smooth (Trefethen and Weideman 2014).
fn mean_over_lognormal(cv: f64, value: &dyn Fn(f64) -> f64) -> f64 {
    let variance = (1.0 + cv * cv).ln();
    let density = |score: f64| (-0.5 * score * score).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let at = |score: f64| density(score) * value((score * variance.sqrt() - variance / 2.0).exp());
    (-160..=160).map(|step| 0.05 * at(0.05 * f64::from(step))).sum()
}

#[test]
fn the_rule_for_factors_by_hand() {
    assert!((mean_over_lognormal(0.3, &|factor| factor) - 1.0).abs() < 1e-12);
    assert!((mean_over_lognormal(0.3, &|factor| factor * factor) - 1.09).abs() < 1e-12);
}
