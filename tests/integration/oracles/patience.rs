//! Patience of any shape: M/M/n+G by its integrals, every formula of service level, and balking.

use centralino::measures::Basis;
use centralino::queueing::GeneralPatience;
use statrs::distribution::{ContinuousCDF, LogNormal};

use super::{SERVICE_S, Single, Table, WITHIN_S, expect, run};

/// As the scenario says by default.
const SHORT_S: f64 = 5.0;

/// A patience as people write it, the probability to stay longer, and where that jumps.
struct Patience {
    name: &'static str,
    text: &'static str,
    stays: fn(f64) -> f64,
    breaks_s: &'static [f64],
}

const SHAPES: &[Patience] = &[
    Patience {
        name: "constant",
        text: "patience = \"60s\"",
        stays: |t| if t < 60.0 { 1.0 } else { 0.0 },
        breaks_s: &[60.0],
    },
    Patience {
        name: "lognormal",
        text: "patience = { lognormal = { mean = \"180s\", sd = \"240s\" } }",
        stays: |t| lognormal(180.0, 240.0).sf(t),
        breaks_s: &[],
    },
    Patience {
        name: "weibull",
        text: "patience = { weibull = { mean = \"120s\", shape = 2 } }",
        // The mean is the scale times the root of pi over 2.
        stays: |t| (-(t * std::f64::consts::PI.sqrt() / 240.0).powi(2)).exp(),
        breaks_s: &[],
    },
    Patience {
        name: "mixture",
        text: "patience = { mixture = [{ share = 0.25, of = \"10s\" }, { share = 0.75, of = { exponential = \"4m\" } }] }",
        stays: |t| 0.75 * (-t / 240.0).exp() + if t < 10.0 { 0.25 } else { 0.0 },
        breaks_s: &[10.0],
    },
    Patience {
        name: "hyperexponential",
        text: "patience = { hyperexponential = [{ share = 0.4, mean = \"20s\" }, { share = 0.6, mean = \"400s\" }] }",
        stays: |t| 0.4 * (-t / 20.0).exp() + 0.6 * (-t / 400.0).exp(),
        breaks_s: &[],
    },
    Patience {
        name: "3 in 10 balk, exponential",
        text: "balking = 0.3\npatience = { exponential = \"300s\" }",
        stays: |t| 0.7 * (-t / 300.0).exp(),
        breaks_s: &[],
    },
];

fn lognormal(mean: f64, sd: f64) -> LogNormal {
    let variance = (1.0 + (sd / mean).powi(2)).ln();
    LogNormal::new(mean.ln() - variance / 2.0, variance.sqrt()).expect("a lognormal distribution")
}

#[test]
fn patience_of_any_shape() {
    let mut table = Table::default();
    for (agents, load, days) in [(1, 0.9, 60), (12, 1.05, 6)] {
        for Patience { name, text, stays, breaks_s } in SHAPES {
            let arrivals_per_s = f64::from(agents) * load / SERVICE_S;
            let breaks_s = breaks_s.to_vec();
            let exact =
                GeneralPatience { agents, arrivals_per_s, mean_service_s: SERVICE_S, stays, breaks_s };
            let exact = exact.solve().expect("all give up in the end");
            let (served, late) = (exact.served_within(WITHIN_S), exact.waits_longer(WITHIN_S));
            // Who no longer waits has been served or has given up.
            let gone = |t_s: f64| 1.0 - exact.waits_longer(t_s) - exact.served_within(t_s);
            let (quick, short) = (gone(WITHIN_S), gone(SHORT_S));
            let waited_in_vain = exact.mean_wait_s() - exact.mean_wait_of_served_s() * exact.served();
            let expected = [
                expect("answered_over_offered", Basis::Leg, served),
                expect("answered_over_answered", Basis::Leg, served / exact.served()),
                expect("abandoned_count_as_met", Basis::Leg, 1.0 - late),
                expect("quick_abandons_excluded", Basis::Leg, served / (1.0 - quick)),
                expect("short_abandons_excluded", Basis::Leg, served / (1.0 - short)),
                expect("abandonment", Basis::Leg, exact.abandoned()),
                expect("abandonment_without_short", Basis::Leg, (exact.abandoned() - short) / (1.0 - short)),
                expect("delayed", Basis::Leg, exact.delayed() * stays(0.0)),
                expect("wait_all", Basis::Leg, exact.mean_wait_s()),
                expect("speed_of_answer", Basis::Leg, exact.mean_wait_of_served_s()),
                expect("wait_abandoned", Basis::Leg, waited_in_vain / exact.abandoned()),
                expect("mean_queue", Basis::Time, exact.mean_queue()),
                expect("occupancy", Basis::Time, exact.occupancy()),
            ];
            let calls = format!("service_time = {{ exponential = \"{SERVICE_S}s\" }}\n{text}");
            let per_hour = arrivals_per_s * 3600.0;
            let model = Single { agents, per_hour, days, calls: &calls, more: "" }.model();
            table.hold(&format!("{agents} agents, {name}"), &run(&model, 61, 12), &expected);
        }
    }
    table.all_hold();
}
