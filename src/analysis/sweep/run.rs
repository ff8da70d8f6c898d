//! A sweep from its first unit to its last.
//!
//! Which units come next depends on nothing but the units before, and units are kept in their order: so what was kept can be heard again instead of
//! simulated, by a sweep that goes on as well as by one that joins parts, and the end is the same to the last byte.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::design::Design;
use super::response::Response;
use super::spending::{
    Race, Spending, difference_is_decided, observations, of_each_look, targets_are_decided,
};
use super::unit::{Coordinate, LARGEST_UNIT, Outcome, Record, Rest, Unit, Units};
use super::wanted_series::WantedSeries;
use crate::diagnostic::Diagnostic;
use crate::experiment::{self, Plan, PoolError, RunError, Store};
use crate::measures::Extract;
use crate::scenario::Decided;

/// What is swept.
#[derive(Debug)]
pub struct Sweep<'a> {
    /// How many scenarios, the base among them.
    pub scenarios: u32,
    /// How they are made; `None` where all units are known and nothing is simulated.
    pub design: Option<&'a Design<'a>>,
    /// The master seed of all of them, so that they meet the same citizens.
    pub seed: u64,
    /// Threads that simulate; 0 for one a core.
    pub threads: usize,
    /// Which series are kept.
    pub wanted: &'a WantedSeries,
    /// How many replications each gets.
    pub spending: &'a Spending,
    /// Which part is run; `None`: all.
    pub shard: Option<Shard>,
}

/// One of several parts of a sweep: scenarios `index - 1`, `index - 1 + of` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: u32,
    /// How many parts.
    pub of: u32,
}

/// Keeps units and hears of finished scenarios.
pub trait Keeper: Send {
    /// Why something could not be kept.
    type Error: Send;

    /// What was kept of a unit before, if it was; units are asked for in their order until one is not known.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn known(&mut self, unit: Unit) -> Result<Option<Record>, Self::Error>;

    /// Keeps what a unit left behind, in the order of units.
    ///
    /// # Errors
    /// Whatever keeps it from being kept; the sweep then stops.
    fn keep(&mut self, record: &Record) -> Result<(), Self::Error>;

    /// A scenario has all its replications.
    ///
    /// # Errors
    /// As [`keep`](Keeper::keep).
    fn finished(&mut self, scenario: &Finished<'_>) -> Result<(), Self::Error>;
}

/// A scenario that has all its replications.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    /// Its number.
    pub scenario: u32,
    /// The value of every factor.
    pub at: &'a [Coordinate],
    /// The scenario's hash.
    pub hash: &'a str,
    /// What its replications say.
    pub extract: &'a Extract,
    /// What the base's say, as far as they are there; `None` in a part without the base.
    pub base: Option<&'a Extract>,
    /// Whether what was to be decided is; `None` where nothing was.
    pub decided: Option<bool>,
}

/// How far a sweep is, in replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepProgress {
    /// Kept, those of earlier runs included.
    pub done: u64,
    /// Simulated by this run.
    pub simulated: u64,
    /// How many there will be before it is asked what is decided.
    pub goal: u64,
    /// Whether there may be more after that.
    pub open_ended: bool,
}

/// What a sweep came to.
#[derive(Clone, Debug)]
pub struct Swept {
    /// What the scenarios say together.
    pub response: Response,
    /// Replications of all scenarios.
    pub replications: u64,
    /// How many of them were simulated by this run.
    pub simulated: u64,
    /// Scenarios that filled without bound in some replication.
    pub overflowed: Vec<u32>,
    /// Scenarios of which nothing could be decided.
    pub undecided: u32,
    /// Of a sweep that looks for the best: who was left, one if it was decided.
    pub left: Option<Vec<u32>>,
}

/// Why a sweep stopped before its end.
#[derive(Debug)]
pub enum SweepError<E> {
    /// No threads.
    Pool(PoolError),
    /// Something could not be kept.
    Keeper(E),
    /// A scenario cannot be run.
    Refused(u32, Vec<Diagnostic>),
    /// It was asked to stop; how far it came.
    Stopped(SweepProgress),
}

/// Runs a sweep. Once `stop` is set no unit begins, and those under way are finished and kept.
///
/// # Errors
/// Threads that do not start, a scenario that cannot be run, what the keeper says, and being stopped.
pub fn sweep<K: Keeper>(
    sweep: &Sweep<'_>,
    keeper: &mut K,
    stop: &AtomicBool,
    progress: &mut (dyn FnMut(SweepProgress) + Send),
) -> Result<Swept, SweepError<K::Error>> {
    let shard = sweep.shard.unwrap_or(Shard { index: 1, of: 1 });
    let mut open: Vec<u32> = (shard.index - 1..sweep.scenarios).step_by(shard.of as usize).collect();
    let units = sweep.design.map(|design| Units::new(design, sweep.seed, sweep.wanted, stop));
    let mut state = State::new(sweep, keeper);
    let goals = sweep.spending.goals();
    let mut done = 0;
    for (index, &goal) in goals.iter().enumerate() {
        let is_last = index + 1 == goals.len();
        let wave = Wave { open: &open, first: done, goal };
        state.counts.goal = state.counts.done + open.len() as u64 * u64::from(goal - done);
        state.counts.open_ended = !is_last;
        state.run(&wave, units.as_ref(), progress)?;
        open = state.close(&open, goal, is_last).map_err(SweepError::Keeper)?;
        done = goal;
        if open.is_empty() {
            break;
        }
    }
    Ok(state.swept)
}

/// The next replications of all open scenarios.
struct Wave<'a> {
    open: &'a [u32],
    first: u32,
    goal: u32,
}

impl Wave<'_> {
    fn units_each(&self) -> u32 {
        (self.goal - self.first).div_ceil(LARGEST_UNIT)
    }

    fn len(&self) -> u32 {
        self.open.len() as u32 * self.units_each()
    }

    fn unit(&self, index: u32) -> Unit {
        let scenario = self.open[(index / self.units_each()) as usize];
        let first = self.first + index % self.units_each() * LARGEST_UNIT;
        Unit { scenario, first, count: LARGEST_UNIT.min(self.goal - first) }
    }
}

/// A scenario that gets more replications.
#[derive(Debug, Default)]
struct Entry {
    hash: String,
    at: Vec<Coordinate>,
    extract: Extract,
}

struct State<'s, 'k, K> {
    sweep: &'s Sweep<'s>,
    keeper: &'k mut K,
    open: BTreeMap<u32, Entry>,
    base: Option<Extract>,
    race: Option<Race>,
    counts: SweepProgress,
    swept: Swept,
}

impl<'s, 'k, K: Keeper> State<'s, 'k, K> {
    fn new(sweep: &'s Sweep<'s>, keeper: &'k mut K) -> Self {
        let swept = Swept {
            response: Response::default(),
            replications: 0,
            simulated: 0,
            overflowed: Vec::new(),
            undecided: 0,
            left: None,
        };
        let counts = SweepProgress { done: 0, simulated: 0, goal: 0, open_ended: false };
        State { sweep, keeper, open: BTreeMap::new(), base: None, race: None, counts, swept }
    }

    /// Hears again what was kept of a wave, and simulates the rest.
    fn run(
        &mut self,
        wave: &Wave<'_>,
        units: Option<&Units<'_>>,
        progress: &mut (dyn FnMut(SweepProgress) + Send),
    ) -> Result<(), SweepError<K::Error>> {
        let mut next = 0;
        while next < wave.len() {
            let Some(record) = self.keeper.known(wave.unit(next)).map_err(SweepError::Keeper)? else { break };
            self.take(record).map_err(SweepError::Keeper)?;
            next += 1;
        }
        progress(self.counts);
        let Some(units) = units else { return Ok(()) };
        let unit = |index: u32| wave.unit(index);
        let rest = Rest { units, unit: &unit, from: next };
        let plan = Plan::of(wave.len() - next, self.sweep.threads);
        let mut taking = Taking { state: self, progress };
        match experiment::run(plan, &rest, &mut taking, &mut |_, _| {}) {
            Ok(_) => Ok(()),
            Err(RunError::Pool(error)) => Err(SweepError::Pool(error)),
            Err(RunError::Store(Ended(error))) => Err(error),
        }
    }

    /// Adds what a unit left; a scenario that has all its replications and waits for no decision is told of.
    fn take(&mut self, record: Record) -> Result<(), K::Error> {
        let Record { unit, hash, at, extract } = record;
        self.counts.done += u64::from(unit.count);
        let entry = self.open.entry(unit.scenario).or_default();
        (entry.hash, entry.at) = (hash, at);
        let is_same = entry.extract.append(&extract);
        debug_assert!(is_same, "a scenario's units have the same series");
        match self.sweep.spending {
            Spending::Fixed(count) if entry.extract.replications == *count => {
                self.finish(unit.scenario, None)
            }
            _ => Ok(()),
        }
    }

    /// Tells of the scenarios that need no more replications, and gives those that do.
    fn close(&mut self, open: &[u32], goal: u32, is_last: bool) -> Result<Vec<u32>, K::Error> {
        let Spending::Until { until, .. } = self.sweep.spending else { return Ok(Vec::new()) };
        let decided = match until.decided {
            Decided::Best => self.out_of_race(open, goal),
            Decided::Targets | Decided::Difference => self.decided(open),
        };
        let is_decided = |scenario: u32| decided.binary_search(&scenario).is_ok();
        let base_is_needed = until.decided == Decided::Difference && !is_last;
        let others_are_open = open.iter().any(|&scenario| scenario != 0 && !is_decided(scenario));
        let mut left = Vec::new();
        for &scenario in open {
            let stays_for_others = scenario == 0 && base_is_needed && others_are_open;
            let is_base_of_difference = scenario == 0 && until.decided == Decided::Difference;
            if stays_for_others || !(is_last || is_decided(scenario) || is_base_of_difference) {
                left.push(scenario);
            }
        }
        for &scenario in open.iter().filter(|scenario| left.binary_search(scenario).is_err()) {
            let is_decided = is_decided(scenario) || (scenario == 0 && until.decided == Decided::Difference);
            self.swept.undecided += u32::from(!is_decided);
            self.finish(scenario, Some(is_decided))?;
        }
        Ok(left)
    }

    /// Scenarios of which it is decided whether they meet their targets, or differ from the base; in ascending order.
    fn decided(&self, open: &[u32]) -> Vec<u32> {
        let Spending::Until { until, by } = self.sweep.spending else { return Vec::new() };
        let confidence = of_each_look(until.confidence, self.sweep.spending.goals().len());
        let worth = until.worth.unwrap_or(0.0);
        let base = self.open.get(&0).map(|entry| &entry.extract).or(self.base.as_ref());
        let is_decided = |scenario: &u32| {
            let extract = self.open.get(scenario).map(|entry| &entry.extract);
            match (until.decided, extract, base) {
                (Decided::Targets, Some(extract), _) => targets_are_decided(extract, &confidence),
                (_, Some(extract), Some(base)) if *scenario != 0 => {
                    difference_is_decided(extract, base, by.as_ref(), worth, &confidence)
                }
                _ => false,
            }
        };
        open.iter().copied().filter(is_decided).collect()
    }

    /// Scenarios that are not the best, and the best once it is known; in ascending order.
    fn out_of_race(&mut self, open: &[u32], goal: u32) -> Vec<u32> {
        let Spending::Until { until, by } = self.sweep.spending else { return Vec::new() };
        let seen = |scenario: &u32| {
            let extract = self.open.get(scenario).map(|entry| &entry.extract);
            (*scenario, extract.map_or_else(Vec::new, |extract| observations(extract, by.as_ref())))
        };
        let seen: Vec<(u32, Vec<f64>)> = open.iter().map(seen).collect();
        let race = self.race.get_or_insert_with(|| Race::new(&seen, until));
        let mean_of = |(scenario, values): &(u32, Vec<f64>)| {
            (*scenario, values.iter().sum::<f64>() / values.len().max(1) as f64)
        };
        let means: BTreeMap<u32, f64> = seen.iter().map(mean_of).collect();
        let left = race.left(goal, |scenario| means.get(&scenario).copied().unwrap_or(f64::NEG_INFINITY));
        let is_over = left.len() == 1;
        self.swept.left = Some(left.clone());
        open.iter().copied().filter(|scenario| is_over || left.binary_search(scenario).is_err()).collect()
    }

    /// Tells of a scenario, and keeps of it what the response table needs.
    fn finish(&mut self, scenario: u32, decided: Option<bool>) -> Result<(), K::Error> {
        let Some(Entry { hash, at, extract }) = self.open.remove(&scenario) else { return Ok(()) };
        if scenario == 0 {
            self.base = Some(extract.clone());
        }
        let base = self.base.as_ref().or_else(|| self.open.get(&0).map(|entry| &entry.extract));
        let finished = Finished { scenario, at: &at, hash: &hash, extract: &extract, base, decided };
        self.keeper.finished(&finished)?;
        if extract.overflowed > 0 {
            self.swept.overflowed.push(scenario);
        }
        self.swept.replications += u64::from(extract.replications);
        self.swept.response.add(scenario, at, &extract);
        Ok(())
    }
}

/// Takes units that were simulated.
struct Taking<'t, 's, 'k, K> {
    state: &'t mut State<'s, 'k, K>,
    progress: &'t mut (dyn FnMut(SweepProgress) + Send),
}

/// Why the taking ended.
struct Ended<E>(SweepError<E>);

impl<K: Keeper> Store<(Unit, Outcome)> for Taking<'_, '_, '_, K> {
    type Error = Ended<K::Error>;

    fn add(&mut self, _task: u32, (unit, outcome): (Unit, Outcome)) -> Result<(), Ended<K::Error>> {
        let state = &mut *self.state;
        match outcome {
            Outcome::Stopped => return Err(Ended(SweepError::Stopped(state.counts))),
            Outcome::Refused(found) => return Err(Ended(SweepError::Refused(unit.scenario, found))),
            Outcome::Done(record) => {
                let kept = state.keeper.keep(&record).and_then(|()| {
                    state.counts.simulated += u64::from(unit.count);
                    state.swept.simulated = state.counts.simulated;
                    state.take(*record)
                });
                kept.map_err(|error| Ended(SweepError::Keeper(error)))?;
            }
        }
        (self.progress)(state.counts);
        Ok(())
    }
}
