//! Runs several scenarios replication by replication under the same seed.
//!
//! Tasks are (replication, scenario) with the scenario fastest, so that whatever the threads do, the replications of each
//! scenario are gathered in their order and all scenarios have as many.

use std::convert::Infallible;

use super::compare::Comparison;
use crate::experiment::{self, FIRST_CHECKPOINT, Plan, RunError, Runner, Store};
use crate::measures::{Collector, Detail, Replication, Results, replicate};
use crate::model::{Mode, Model};

/// How many replications, on how many threads, and what is enough.
#[derive(Clone, Debug)]
pub struct Aim {
    /// The master seed of all scenarios.
    pub seed: u64,
    /// Replications of each scenario, at most.
    pub replications: u32,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// Looked at after 10, 20, 40, ... replications: stop once every difference of the scorecard's targets, or service level, is known
    /// within this.
    pub precision: Option<f64>,
}

/// Why a comparison could not be run.
pub type Failure = RunError<Infallible>;

/// Runs the base (first) and its variants and compares them. `progress` is told (tasks done, tasks in all as far as known).
///
/// # Errors
/// Threads that do not start.
pub fn compare(
    scenarios: &[(&Model, Mode)],
    aim: &Aim,
    worth: f64,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Comparison, Failure> {
    let results = scenarios.iter().map(|(model, _)| Results::new(model, Detail::WHOLE)).collect();
    let mut store = Side { results };
    let mut done = 0;
    loop {
        let goal = next_goal(aim, done);
        let runner = Wave { scenarios, seed: aim.seed, first: done };
        let (before, tasks) = (done * count(scenarios), (goal - done) * count(scenarios));
        let plan = Plan::of(tasks, aim.threads);
        experiment::run(plan, &runner, &mut store, &mut |kept, _| {
            progress(before + kept, goal * count(scenarios))
        })?;
        done = goal;
        let comparison = Comparison::of(&store.results, worth);
        let enough = aim.precision.is_none_or(|bound| comparison.is_known_within(bound));
        if done >= aim.replications || enough {
            return Ok(comparison);
        }
    }
}

fn count(scenarios: &[(&Model, Mode)]) -> u32 {
    scenarios.len() as u32
}

/// All at once without a precision; else 10, 20, 40, ... whatever the threads.
fn next_goal(aim: &Aim, done: u32) -> u32 {
    let next = match (aim.precision, done) {
        (None, _) => aim.replications,
        (Some(_), 0) => FIRST_CHECKPOINT,
        (Some(_), done) => done.saturating_mul(2),
    };
    next.min(aim.replications)
}

/// Replications from one number on.
struct Wave<'a> {
    scenarios: &'a [(&'a Model, Mode)],
    seed: u64,
    first: u32,
}

impl Runner for Wave<'_> {
    type Worker = Vec<Collector>;
    type Outcome = (usize, Replication);

    fn worker(&self) -> Vec<Collector> {
        self.scenarios.iter().map(|(model, _)| Collector::new(model, Detail::WHOLE)).collect()
    }

    fn run(&self, collectors: &mut Vec<Collector>, task: u32) -> (usize, Replication) {
        let scenario = task as usize % self.scenarios.len();
        let replication = self.first + task / count(self.scenarios);
        let (model, mode) = self.scenarios[scenario];
        let collector = &mut collectors[scenario];
        let end = replicate(model, self.seed, replication.into(), mode, collector, None);
        (scenario, collector.finish(end))
    }
}

/// The results of each scenario.
struct Side {
    results: Vec<Results>,
}

impl Store<(usize, Replication)> for Side {
    type Error = Infallible;

    fn add(&mut self, _task: u32, (scenario, sums): (usize, Replication)) -> Result<(), Infallible> {
        self.results[scenario].add(sums);
        Ok(())
    }
}
