//! Time: the thread's own where the system tells it, and medians of alternating runs.

use super::works::{self, Name};

/// How often everything runs; odd, for the median.
const ROUNDS: u64 = 5;
/// Calls of a round: so many that the ticks in which a system counts CPU time do not show.
pub const CALLS: u64 = 4_000_000;

/// Median nanoseconds a call of each work, rounds alternating.
pub fn medians(names: &[Name]) -> Vec<(Name, f64)> {
    let mut works: Vec<_> = names.iter().map(|&name| (name, works::work(name), Vec::new())).collect();
    for round in 0..ROUNDS {
        for (_, work, times) in &mut works {
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
    works.into_iter().map(|(name, _, times)| (name, median(times))).collect()
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// CPU time of this thread where the system tells it, else the wall clock.
pub fn cpu_ns() -> u128 {
    let from_system = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = from_system.and_then(|text| text.split(' ').next()?.parse().ok());
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    on_cpu.unwrap_or_else(|| START.get_or_init(std::time::Instant::now).elapsed().as_nanos())
}
