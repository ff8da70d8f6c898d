//! Figures that others have printed: each with its source, computed anew by the formulas and met by the simulation.

use centralino::measures::Basis;
use centralino::queueing::{ErlangA, ErlangC};

use super::{Single, expect, pairs, ratio, run};

/// A printed figure, the last digit of which is worth `unit`.
struct Printed {
    measure: &'static str,
    basis: Basis,
    figure: f64,
    unit: f64,
    computed: f64,
}

/// Both the formula and the run round to what is printed, the run within 4 standard errors.
fn agrees(source: &str, model: &centralino::model::Model, printed: &[Printed]) {
    let results = run(model, 163, 12);
    for &Printed { measure, basis, figure, unit, computed } in printed {
        assert!((computed - figure).abs() <= 0.5 * unit, "{source}: {measure} is {figure}, not {computed}");
        let (value, error) = ratio(&pairs(&results, &expect(measure, basis, 0.0)));
        println!("{source:<40} {measure:<36} {figure:>12} {value:>12.6}");
        let off = (value - figure).abs();
        assert!(off <= 0.5 * unit + 4.0 * error, "{source}: {measure} is {figure}, not {value}");
    }
}

/// 48 calls a minute of one minute on 50 agents, once without end of patience and once with one of two minutes (Garnett, Mandelbaum
/// and Reiman 2002, Designing a call center with impatient customers, the comparison in its introduction).
#[test]
fn a_little_abandonment_changes_much() {
    let (agents, per_hour, days) = (50, 2_880.0, 3);
    let leg =
        |measure, figure, unit, computed| Printed { measure, basis: Basis::Leg, figure, unit, computed };
    let time =
        |measure, figure, unit, computed| Printed { measure, basis: Basis::Time, figure, unit, computed };
    let c = ErlangC { agents, erlangs: 48.0 }.solve().expect("no overload");
    let patient =
        Single { agents, per_hour, days, calls: "service_time = { exponential = \"1m\" }", more: "" };
    agrees(
        "Garnett et al., M/M/50",
        &patient.model(),
        &[
            leg("wait_all", 20.8, 0.1, c.mean_wait() * 60.0),
            time("mean_queue", 17.0, 1.0, c.mean_queue()),
            time("occupancy", 0.96, 0.01, c.occupancy()),
        ],
    );
    assert!((c.wait_quantile(0.9) * 60.0 - 58.1).abs() < 0.05, "the 90th percentile is 58.1 s");
    let a = ErlangA { agents, arrivals_per_s: 0.8, mean_service_s: 60.0, mean_patience_s: 120.0 };
    let a = a.solve().expect("a sound system");
    let calls = "service_time = { exponential = \"1m\" }\npatience = { exponential = \"2m\" }";
    agrees(
        "Garnett et al., M/M/50+M",
        &Single { calls, ..patient }.model(),
        &[
            leg("abandonment", 0.031, 0.001, a.abandoned()),
            leg("wait_all", 3.7, 0.1, a.mean_wait_s()),
            time("mean_queue", 3.0, 1.0, a.mean_queue()),
            time("occupancy", 0.93, 0.01, a.occupancy()),
        ],
    );
}

/// 100 calls in half an hour of 180 s on 14 agents, in time within 20 s: the worked example of the R package ErlangC 0.1.0 (CRAN, its
/// README) and of pyworkforce 0.1.0 (PyPI, its page).
#[test]
fn the_worked_example_of_two_calculators() {
    let (agents, erlangs) = (14, 10.0);
    let c = ErlangC { agents, erlangs }.solve().expect("no overload");
    let leg =
        |measure, figure, unit, computed| Printed { measure, basis: Basis::Leg, figure, unit, computed };
    let calls = "service_time = { exponential = \"180s\" }";
    agrees(
        "ErlangC 0.1.0, pyworkforce 0.1.0",
        &Single { agents, per_hour: 200.0, days: 20, calls, more: "" }.model(),
        &[
            leg("delayed", 0.1741319, 1e-7, c.delayed()),
            leg("answered_over_offered", 0.888350, 1e-6, c.service_level(20.0 / 180.0)),
            leg("speed_of_answer", 7.835937, 1e-6, c.mean_wait() * 180.0),
            Printed {
                measure: "occupancy",
                basis: Basis::Time,
                figure: 0.7142857,
                unit: 1e-7,
                computed: c.occupancy(),
            },
        ],
    );
}
