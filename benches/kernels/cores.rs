//! Two cores against one: 64 replications of Milan's working day through the product's own runner.

use std::time::Instant;

use centralino::experiment::{self, Plan, Replicator, nobody_listens};
use centralino::measures::{Detail, Results};
use centralino::model::{Mode, Model};

use super::clock::median;
use super::works;

const REPLICATIONS: u32 = 64;
const ROUNDS: usize = 5;

/// Prints the throughput of both, and their ratio.
pub fn print() {
    let model = works::milan_weekday();
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        one.push(seconds(&model, 1));
        two.push(seconds(&model, 2));
    }
    let (one, two) = (median(one), median(two));
    let per_second = |seconds: f64| f64::from(REPLICATIONS) / seconds;
    println!(
        "{REPLICATIONS} replications of Milan's day, by the wall clock (others at work on the machine show)"
    );
    println!("one core   {:>8.1} a second", per_second(one));
    println!("two cores  {:>8.1} a second   {:.2} times", per_second(two), one / two);
    println!();
}

fn seconds(model: &Model, threads: usize) -> f64 {
    let detail = Detail::for_model(model);
    let replicator = Replicator::new(model, 1, Mode::Eager, detail, nobody_listens);
    let mut results = Results::new(model, detail);
    let before = Instant::now();
    experiment::run(Plan::of(REPLICATIONS, threads), &replicator, &mut results, &mut |_, _| {})
        .expect("the threads start");
    before.elapsed().as_secs_f64()
}
