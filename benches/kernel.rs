//! W1 and W2 beside bare kernels: nanoseconds of CPU time a call, ratios, and the budget.
//!
//! `cargo bench --bench kernel` prints the table; `-- w1 lazy 5` runs one piece of work a few times, for a profiler.
//! Kernels are what one would write by hand for exactly this center, with the same keyed random numbers and nothing but a
//! few sums; everything else is the product's own path from the scenario file on. Runs alternate, and medians are taken,
//! because these machines are noisy: read ratios, not times.

#![allow(clippy::disallowed_types, reason = "a bench reads the clock")]
#![allow(clippy::expect_used, reason = "a bench that cannot go on panics")]

mod kernels;

use std::path::Path;

use centralino::engine::{self, Deaf};
use centralino::measures::{Collector, Detail, replicate};
use centralino::model::{Mode, Model};
use centralino::{model, scenario};

/// A piece of work: runs replication `n` and says how many calls that was.
type Work<'a> = Box<dyn FnMut(u64) -> u64 + 'a>;

/// How often everything runs; odd, for the median.
const ROUNDS: u64 = 5;
/// Calls of a round: so many that the ticks in which a system counts CPU time do not show.
const CALLS: u64 = 4_000_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let (w1, w2) = (shipped("reference/w1.toml"), shipped("reference/w2.toml"));
    let milan = shipped("milano-020202/weekday.toml");
    let mut works = works(&w1, &w2, &milan);
    if let [name @ .., times] = &words[..]
        && let Ok(times) = times.parse::<u64>()
    {
        let name = name.join(" ");
        let (_, work) = works.iter_mut().find(|(work, _)| *work == name).expect("a name of the table");
        (0..times).for_each(|replication| {
            work(replication);
        });
        return;
    }
    let medians = measure(&mut works);
    print_table(&medians);
}

fn shipped(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let loaded = scenario::load(&path, &[]).expect("shipped scenarios load");
    model::compile(&loaded.scenario).expect("shipped scenarios compile").model
}

/// Everything that is compared, by name.
fn works<'a>(w1: &'a Model, w2: &'a Model, milan: &'a Model) -> Vec<(&'static str, Work<'a>)> {
    vec![
        ("w1 kernel", Box::new(|n| kernels::w1_events(n, CALLS)) as Work),
        ("w1 recursion kernel", Box::new(|n| kernels::w1_recursion(n, CALLS))),
        ("w1 recursion", product(w1, Mode::Recursion)),
        ("w1 lazy", product(w1, Mode::Lazy)),
        ("w1 eager", product(w1, Mode::Eager)),
        ("w1 recursion deaf", deaf(w1, Mode::Recursion)),
        ("w1 lazy deaf", deaf(w1, Mode::Lazy)),
        ("w1 eager deaf", deaf(w1, Mode::Eager)),
        ("w2 kernel", Box::new(|n| kernels::w2_events::<false>(n, CALLS))),
        ("w2 eager kernel", Box::new(|n| kernels::w2_events::<true>(n, CALLS))),
        ("w2 lazy", product(w2, Mode::Lazy)),
        ("w2 eager", product(w2, Mode::Eager)),
        ("w2 eager deaf", deaf(w2, Mode::Eager)),
        ("milan weekday", product(milan, Mode::Eager)),
        ("milan weekday deaf", deaf(milan, Mode::Eager)),
    ]
}

/// The product: engine and collector.
fn product(model: &Model, mode: Mode) -> Work<'_> {
    let mut collector = Collector::new(model, Detail::for_model(model));
    Box::new(move |replication| {
        let end = replicate(model, 1, replication, mode, &mut collector, None);
        collector.finish(end);
        end.contacts
    })
}

/// The engine with nobody listening.
fn deaf(model: &Model, mode: Mode) -> Work<'_> {
    Box::new(move |replication| engine::run(model, 1, replication, mode, &mut Deaf).contacts)
}

/// Median nanoseconds a call of each work, rounds alternating.
fn measure(works: &mut [(&'static str, Work)]) -> Vec<(&'static str, f64)> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); works.len()];
    for round in 0..ROUNDS {
        for ((_, work), times) in works.iter_mut().zip(&mut times) {
            let before = cpu_ns();
            let mut calls = 0;
            let mut replication = 64 * round;
            // Short days are repeated until there is something to measure.
            while calls < CALLS {
                calls += work(replication);
                replication += 1;
            }
            times.push((cpu_ns() - before) as f64 / calls as f64);
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    works.iter().zip(&mut times).map(|((name, _), times)| (*name, median(times))).collect()
}

/// CPU time of this thread where the system tells it, else the wall clock.
fn cpu_ns() -> u128 {
    let from_system = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = from_system.and_then(|text| text.split(' ').next()?.parse().ok());
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    on_cpu.unwrap_or_else(|| START.get_or_init(std::time::Instant::now).elapsed().as_nanos())
}

fn print_table(medians: &[(&'static str, f64)]) {
    let of = |name: &str| medians.iter().find(|(n, _)| *n == name).map_or(f64::NAN, |&(_, ns)| ns);
    println!("{:<24}{:>8}   {:>6}   beside", "work", "ns/call", "ratio");
    for &(name, ns) in medians {
        let beside = match name {
            name if name.starts_with("w1 recursion") => "w1 recursion kernel",
            name if name.starts_with("w1") => "w1 kernel",
            "w2 kernel" | "w2 lazy" => "w2 kernel",
            name if name.starts_with("w2") => "w2 eager kernel",
            _ => "w2 eager kernel",
        };
        println!("{name:<24}{ns:>8.1}   {:>6.2}   {beside}", ns / of(beside));
    }
    println!();
    println!("{:<48}{:>8}{:>9}", "budget beside the bare kernel (ns at 30 ns/kernel)", "here", "budget");
    let scale = 30.0 / of("w1 kernel");
    let line = |what: &str, ns: f64, budget: f64| println!("{what:<48}{:>8.1}{budget:>9.1}", ns * scale);
    line("W1 slab and routing", of("w1 lazy deaf") - of("w1 kernel"), 10.0);
    line("W1 eager instead of lazy", of("w1 eager deaf") - of("w1 lazy deaf"), 14.0);
    line("W1 cells: type, queue and group", of("w1 lazy") - of("w1 lazy deaf"), 22.0);
    line("W2 cells: type, queue and group", of("w2 eager") - of("w2 eager deaf"), 22.0);
    line("Milan beyond W2: tiers, needs, retrials", of("milan weekday deaf") - of("w2 eager deaf"), 58.0);
    line("Milan cells: with profiles", of("milan weekday") - of("milan weekday deaf"), 31.0);
}
