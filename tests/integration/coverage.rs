//! Do the intervals that a run reports hold the exact value 95 times in a hundred?
//!
//! Over 200 seeds each (1,000 in the long test), systems whose exact values Erlang A knows are run as users run them, and the share of intervals that hold the value
//! must be 95 % within 3. A short test belongs to every run of the tests; the long one covers every method with more of
//! everything:
//!
//! ```text
//! cargo test --release --test integration coverage -- --ignored --nocapture
//! ```

use centralino::measures::{Basis, Results};
use centralino::model::{Mode, Model};
use centralino::queueing::{AbandoningQueue, ErlangA};
use centralino::stats::{Confidence, Interval, Method, PairedRatios};

use crate::support::{model, results, whole};

/// Of the short test.
const FEW: u32 = 200;
/// Of the long test: among its many figures one would be three points off by chance with fewer.
const MANY: u32 = 1_000;
const WITHIN_S: f64 = 20.0;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 300.0;
/// 2.4 erlangs.
const PER_HOUR: f64 = 36.0;

/// Three or four agents and 2.4 erlangs, looked at for so many days; `header` says from when on.
fn center(agents: u32, days: u32, header: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "closed form"
        start = "2024-01-01"
        days = {days}
        {header}
        [contact_types.calls]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        patience = {{ exponential = "{PATIENCE_S}s" }}
        [arrivals.calls]
        per_hour = {PER_HOUR}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = {agents}
        "#
    ))
}

fn exact(agents: u32) -> AbandoningQueue {
    let arrivals_per_s = PER_HOUR / 3600.0;
    ErlangA { agents, arrivals_per_s, mean_service_s: SERVICE_S, mean_patience_s: PATIENCE_S }
        .solve()
        .expect("a system with a solution")
}

/// A measure of the whole center, and what it must be.
fn values(agents: u32) -> [(&'static str, Basis, f64); 5] {
    let queue = exact(agents);
    [
        ("abandonment", Basis::Contact, queue.abandoned()),
        ("answered_over_offered", Basis::Contact, queue.served_within(WITHIN_S)),
        ("wait_all", Basis::Contact, queue.mean_wait_s()),
        ("occupancy", Basis::Time, queue.occupancy()),
        ("mean_queue", Basis::Time, queue.mean_queue()),
    ]
}

/// How many of the intervals held the exact value.
#[derive(Default)]
struct Tally {
    held: u32,
    of: u32,
}

impl Tally {
    fn count(&mut self, interval: Option<Interval>, exact: f64, method: Method) {
        let interval = interval.expect("an interval");
        assert_eq!(interval.method, method);
        self.held += u32::from(interval.contains(exact));
        self.of += 1;
    }

    /// 95 % within 3.
    fn is_right(&self) -> bool {
        (f64::from(self.held) / f64::from(self.of) - 0.95).abs() <= 0.03
    }
}

fn judged(name: &str, tally: &Tally) -> Option<String> {
    let line = format!("{name:<50} {} of {}", tally.held, tally.of);
    println!("{line}");
    (!tally.is_right()).then_some(line)
}

/// Runs a center once a seed and counts, measure by measure.
fn covered(title: &str, model: &Model, replications: u64, method: Method, seeds: u32) -> Vec<String> {
    let values = values(3);
    let mut tallies: Vec<Tally> = values.iter().map(|_| Tally::default()).collect();
    for seed in 0..seeds {
        let results = results(model, Mode::Eager, 7_000 + u64::from(seed), replications);
        for ((measure, basis, exact), tally) in values.iter().zip(&mut tallies) {
            let row = results.find(measure, *basis, whole()).expect("the measure exists");
            tally.count(row.interval, *exact, method);
        }
    }
    let lines = values.iter().zip(&tallies);
    lines.filter_map(|((measure, ..), tally)| judged(&format!("{title}: {measure}"), tally)).collect()
}

/// A day is 864 calls; ten of them by the jackknife, and ten in twenty batches.
#[test]
fn of_200_intervals_190_hold_the_exact_value_give_or_take_six() {
    let days = center(3, 1, "run_in = \"4h\"");
    let batches = center(3, 10, "steady_state = { warm_up = \"4h\", batches = 20 }");
    let wrong = [
        covered("jackknife, 10 days", &days, 10, Method::Jackknife, FEW),
        covered("batch means, 20 of half a day", &batches, 1, Method::BatchMeans, FEW),
    ];
    assert!(wrong.concat().is_empty(), "{:#?}", wrong.concat());
}

/// Numerators and denominators of a measure, replication by replication.
fn pairs(results: &Results, measure: &str) -> Vec<(f64, f64)> {
    let rows = results.replication_rows();
    let is_it = |row: &centralino::measures::ReplicationRow<'_>| {
        row.measure == measure && row.basis == Basis::Contact && row.scope == "all"
    };
    rows.filter(is_it).map(|row| (row.numerator, row.denominator)).collect()
}

/// The differences of three and four agents with the same callers.
fn paired(replications: u64) -> Vec<String> {
    let (few, many) = (center(3, 2, "run_in = \"4h\""), center(4, 2, "run_in = \"4h\""));
    let exact = exact(3).abandoned() - exact(4).abandoned();
    let mut tally = Tally::default();
    for seed in 0..MANY {
        let [few, many] = [&few, &many].map(|model| {
            let results = results(model, Mode::Eager, 9_000 + u64::from(seed), replications);
            pairs(&results, "abandonment")
        });
        let mut paired = PairedRatios::default();
        few.into_iter().zip(many).for_each(|(few, many)| paired.push(few, many));
        let difference = paired.difference(&Confidence::default()).expect("data on both sides");
        tally.count(difference.interval, exact, Method::Delta);
    }
    judged("paired, 25 times two days: abandonment", &tally).into_iter().collect()
}

fn quantiles(replications: u64) -> Vec<String> {
    let model = two_days();
    let measures = [("wait_p80", 0.8), ("wait_p90", 0.9), ("wait_p95", 0.95)];
    let mut tallies = [(); 3].map(|()| Tally::default());
    for seed in 0..MANY {
        let results = results(&model, Mode::Eager, 5_000 + u64::from(seed), replications);
        for ((measure, p), tally) in measures.iter().zip(&mut tallies) {
            let row = results.find(measure, Basis::Contact, whole()).expect("the measure exists");
            tally.count(row.interval, exact(3).wait_quantile_s(*p), Method::Sectioning);
        }
    }
    let lines = measures.iter().zip(&tallies);
    lines
        .filter_map(|((measure, _), tally)| {
            judged(&format!("sectioning, 20 times two days: {measure}"), tally)
        })
        .collect()
}

/// A long test; each method has its own, so that they share the processors.
macro_rules! long {
    ($name:ident, $wrong:expr) => {
        #[test]
        #[ignore = "minutes in release: cargo test --release --test integration coverage -- --ignored --nocapture"]
        fn $name() {
            let wrong: Vec<String> = $wrong;
            assert!(wrong.is_empty(), "{wrong:#?}");
        }
    };
}

fn two_days() -> Model {
    center(3, 2, "run_in = \"4h\"")
}

/// Twenty batches of two days.
fn steady() -> Model {
    center(3, 40, "steady_state = { warm_up = \"12h\", batches = 20 }")
}

long!(jackknife, covered("jackknife, 10 times two days", &two_days(), 10, Method::Jackknife, MANY));
long!(delta_method, covered("delta method, 25 times two days", &two_days(), 25, Method::Delta, MANY));
long!(batch_means, covered("batch means, 20 of two days", &steady(), 1, Method::BatchMeans, MANY));
long!(batch_means_of_runs, covered("batch means, 3 runs of 20", &steady(), 3, Method::BatchMeans, MANY));
long!(
    within_year,
    covered("within-year, 20 weeks", &center(3, 140, "run_in = \"12h\""), 1, Method::WithinYear, MANY)
);
long!(sectioning, quantiles(20));
long!(paired_differences, paired(25));
