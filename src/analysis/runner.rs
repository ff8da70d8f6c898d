//! Runs several scenarios replication by replication under the same seed.
//!
//! Tasks are (replication, scenario) with the scenario fastest, so that whatever the threads do, the replications of each
//! scenario are gathered in their order and all scenarios have as many.

use std::convert::Infallible;

use super::compare::{Comparison, Enough, HourMaps};
use crate::experiment::{self, Plan, PoolError, RunError, Runner, Store};
use crate::measures::{Collector, Detail, Replication, Results, replicate};
use crate::model::{Mode, Model};

/// How many replications, on how many threads, and what is enough.
#[derive(Clone, Debug)]
pub struct Aim {
    /// The master seed of all scenarios.
    pub seed: u64,
    /// Replications of each scenario, at most, and when it is asked whether there are enough.
    pub plan: Plan,
    /// What is enough, if the differences decide.
    pub enough: Option<Enough>,
}

/// Runs the base (first) and its variants and compares them. `progress` is told (tasks done, tasks in all as far as known).
///
/// # Errors
/// Threads that do not start.
pub fn compare(
    scenarios: &[(&Model, Mode)],
    aim: &Aim,
    worth: f64,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Comparison, PoolError> {
    let results: Vec<Results> = scenarios.iter().map(|(model, _)| Results::new(model, DETAIL)).collect();
    let (hours, count) = (HourMaps::new(&results), scenarios.len() as u32);
    let mut side = Side { results, hours };
    let mut done = 0;
    loop {
        let goal = aim.plan.goal_after(done);
        let wave = Wave { scenarios, seed: aim.seed, first: done };
        let tasks = Plan::of((goal - done) * count, aim.plan.threads);
        let told = &mut |kept: u32, _| progress(done * count + kept, goal * count);
        experiment::run(tasks, &wave, &mut side, told).map_err(|error| match error {
            RunError::Pool(error) => error,
            RunError::Store(never) => match never {},
        })?;
        done = goal;
        let mut comparison = Comparison::of(&side.results, worth);
        let enough = aim.enough.as_ref().is_none_or(|enough| enough.is_met(&comparison));
        if done >= aim.plan.replications || enough {
            comparison.hours = side.hours.differences();
            return Ok(comparison);
        }
    }
}

/// What is kept of each replication: the whole run, and who was answered in time by weekday and hour.
const DETAIL: Detail = Detail { week_hours: true, ..Detail::WHOLE };

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
        self.scenarios.iter().map(|(model, _)| Collector::new(model, DETAIL)).collect()
    }

    fn run(&self, collectors: &mut Vec<Collector>, task: u32) -> (usize, Replication) {
        let scenario = task as usize % self.scenarios.len();
        let replication = self.first + task / self.scenarios.len() as u32;
        let (model, mode) = self.scenarios[scenario];
        let collector = &mut collectors[scenario];
        let end = replicate(model, self.seed, replication.into(), mode, collector, None);
        (scenario, collector.finish(end))
    }
}

/// The results of each scenario.
struct Side {
    results: Vec<Results>,
    hours: HourMaps,
}

impl Store<(usize, Replication)> for Side {
    type Error = Infallible;

    fn add(&mut self, _task: u32, (scenario, sums): (usize, Replication)) -> Result<(), Infallible> {
        self.hours.add(scenario, sums.week_hours());
        self.results[scenario].add(sums);
        Ok(())
    }
}
