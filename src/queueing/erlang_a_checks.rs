//! Erlang A at all sizes: its balances, the same numbers in two other ways, and the ends of its inputs.

use super::erlang_b::inverse_blocking;
use super::outward::sum;
use super::{AbandoningQueue, ErlangA};

const W1: ErlangA =
    ErlangA { agents: 150, arrivals_per_s: 145.0 / 240.0, mean_service_s: 240.0, mean_patience_s: 300.0 };

/// 1, 15, 150 and 1,500 agents at 30 % of the load they could bear, just below, and 1.3 times it.
fn sizes() -> impl Iterator<Item = ErlangA> {
    [1, 15, 150, 1_500].into_iter().flat_map(|agents| {
        [0.3, 0.97, 1.3].map(|load| ErlangA {
            agents,
            arrivals_per_s: load * f64::from(agents) / 240.0,
            ..W1
        })
    })
}

fn close(name: &str, found: f64, exact: f64, relative: f64) {
    assert!((found - exact).abs() <= relative * exact.abs() + 1e-300, "{name}: {found}, not {exact}");
}

#[test]
fn what_comes_in_goes_out_at_every_size() {
    for model in sizes() {
        let queue = model.solve().unwrap();
        close("served + abandoned", queue.served() + queue.abandoned(), 1.0, 1e-12);
        close("delayed + no wait", queue.delayed() + queue.no_wait(), 1.0, 1e-14);
        close("all served in the end", queue.served_within(1e7), queue.served(), 1e-11);
        close("nobody is served in no time", queue.served_within(0.0), queue.no_wait(), 1e-13);
        close("the delayed wait", queue.waits_longer(0.0), queue.delayed(), 1e-12);
        close(
            "waits beyond the quantile",
            queue.waits_longer(queue.wait_quantile_s(0.99)),
            queue.delayed().min(0.01),
            1e-9,
        );
        let parts = queue.served() * queue.mean_wait_of_served_s()
            + queue.abandoned() * queue.mean_wait_of_abandoned_s().unwrap_or(0.0);
        close("waits of served and abandoned", parts, queue.mean_wait_s(), 1e-9);
    }
}

/// The sums over states beside the integrals of Zeltyn and Mandelbaum (2005): the offered wait has
/// density lambda exp(lambda H(x) - n mu x) / (E + lambda J) with H(x) = (1 - e^(-theta x)) / theta, and E = 1/B(n - 1).
#[test]
fn sums_over_states_and_integrals_agree() {
    for model in sizes() {
        let queue = model.solve().unwrap();
        let integrals = Integrals::of(model, 20.0);
        close("no wait", queue.no_wait(), integrals.no_wait, 1e-11);
        close("delayed", queue.delayed(), integrals.delayed, 1e-11);
        assert!((queue.served_within(20.0) - integrals.served_within).abs() < 1e-11);
        close("waits longer than 20 s", queue.waits_longer(20.0), integrals.waits_longer, 1e-11);
        close(
            "mean wait of the served",
            queue.mean_wait_of_served_s() * queue.served(),
            integrals.wait_of_served,
            1e-9,
        );
    }
}

struct Integrals {
    no_wait: f64,
    delayed: f64,
    served_within: f64,
    waits_longer: f64,
    wait_of_served: f64,
}

impl Integrals {
    fn of(model: ErlangA, threshold: f64) -> Self {
        let (lambda, theta) = (model.arrivals_per_s, 1.0 / model.mean_patience_s);
        let service_rate = f64::from(model.agents) / model.mean_service_s;
        let exponent = |x: f64| lambda * -(-theta * x).exp_m1() / theta - service_rate * x;
        let peak = exponent((lambda / service_rate).ln().max(0.0) / theta);
        let density = |x: f64| (exponent(x) - peak).exp();
        let patient = |x: f64| (-theta * x).exp();
        let end = 40.0 / service_rate * f64::from(model.agents).sqrt() + 1_500.0;
        let busy = simpson(&density, 0.0, end);
        let before = inverse_blocking(model.agents - 1, lambda * model.mean_service_s).min(1e305);
        let idle = before / lambda * (-peak).exp();
        let all = idle + busy;
        Self {
            no_wait: idle / all,
            delayed: busy / all,
            served_within: (idle + simpson(&|x| density(x) * patient(x), 0.0, threshold)) / all,
            waits_longer: simpson(&density, threshold, end) / all * patient(threshold),
            wait_of_served: simpson(&|x| x * density(x) * patient(x), 0.0, end) / all,
        }
    }
}

fn simpson(f: &impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let panels = 200_000;
    let h = (to - from) / f64::from(panels);
    let inner = (1..panels).map(|i| f64::from(2 + 2 * (i % 2)) * f(from + h * f64::from(i)));
    h / 3.0 * (f(from) + f(to) + sum(inner))
}

/// W1's service level once more without any law of the wait: follow the contact's place through
/// small times by uniformisation (Jensen 1953), one exponential clock for all that can happen to it.
#[test]
fn the_service_level_by_uniformisation() {
    for model in [W1, ErlangA { agents: 15, arrivals_per_s: 1.3 * 15.0 / 240.0, ..W1 }] {
        let queue = model.solve().unwrap();
        let (service_rate, theta) = (f64::from(model.agents) / 240.0, 1.0 / 300.0);
        let mut at: Vec<f64> = queue.waiting().collect();
        let clock = service_rate + (at.len() + 1) as f64 * theta;
        let (mut served, mut result, mut ticks) = (queue.no_wait(), 0.0, (-clock * 20.0_f64).exp());
        for tick in 1..2_000 {
            result += ticks * served;
            ticks *= clock * 20.0 / f64::from(tick);
            served += at[0] * service_rate / clock;
            at = (0..at.len()).map(|j| stays_or_moves(&at, j, service_rate, theta, clock)).collect();
        }
        close("answered within 20 s", queue.served_within(20.0), result, 1e-11);
    }
}

fn stays_or_moves(at: &[f64], ahead: usize, service_rate: f64, theta: f64, clock: f64) -> f64 {
    let leaves = |j: usize| service_rate + j as f64 * theta;
    let from_behind = at.get(ahead + 1).map_or(0.0, |p| p * leaves(ahead + 1));
    at[ahead] * (1.0 - (leaves(ahead) + theta) / clock) + from_behind / clock
}

#[test]
fn a_hundred_thousand_agents_under_any_load() {
    for load in [1e-6, 0.5, 1.0, 1.3, 10.0] {
        let model = ErlangA { agents: 100_000, arrivals_per_s: load * 100_000.0 / 240.0, ..W1 };
        let queue = model.solve().unwrap();
        close("served + abandoned", queue.served() + queue.abandoned(), 1.0, 1e-11);
        let level = queue.served_within(20.0);
        assert!((0.0..=1.0 + 1e-12).contains(&level), "service level {level} at {load}");
        close("occupancy", queue.occupancy(), load.min(1.0), 3e-3);
    }
}

/// From milliseconds to days, from one call a week to thousands a second: probabilities stay probabilities, times are not negative.
#[test]
fn no_inputs_lead_out_of_bounds() {
    let powers = |from: i32, to: i32| (from..=to).step_by(3).map(|power| 10.0_f64.powi(power));
    for agents in [1, 30, 1_000] {
        for (arrivals_per_s, mean_service_s) in powers(-6, 3).flat_map(|a| powers(-3, 6).map(move |s| (a, s)))
        {
            for mean_patience_s in [1e-6, 1e-2, 1.0, 100.0] {
                let model = ErlangA { agents, arrivals_per_s, mean_service_s, mean_patience_s };
                stays_in_bounds(&model.solve().unwrap());
            }
        }
    }
}

fn stays_in_bounds(queue: &AbandoningQueue) {
    let shares = [0.0, 1e-3, 20.0, 1e5]
        .map(|t| [queue.served_within(t), queue.waits_longer(t), queue.abandoned_within(t)]);
    let totals = [queue.no_wait(), queue.delayed(), queue.occupancy(), queue.abandoned(), queue.served()];
    for share in shares.into_iter().flatten().chain(totals) {
        assert!((0.0..1.0 + 1e-11).contains(&share), "share {share} of {:?}", queue);
    }
    for time in [queue.mean_wait_s(), queue.mean_wait_of_served_s(), queue.wait_quantile_s(0.9)] {
        assert!((0.0..1e9).contains(&time), "time {time} of {:?}", queue);
    }
}
