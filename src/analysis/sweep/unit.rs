//! The unit of work: some replications of a scenario, done by one thread and kept as one record.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::design::{Design, is_base};
use super::wanted_series::WantedSeries;
use crate::diagnostic::Diagnostic;
use crate::experiment::{Runner, cheapest_mode};
use crate::measures::{Collector, Detail, Extract, Results, replicate};
use crate::model::{self, Mode, Model};
use crate::scenario::{Setting, Study};

/// Replications of a unit at most: few enough that a killed sweep loses little, enough that scenarios are not set up for each.
pub(super) const LARGEST_UNIT: u32 = 10;

/// Some replications of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Which scenario.
    pub scenario: u32,
    /// The first replication.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// The value of a factor in a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinate {
    /// As results write it.
    pub label: String,
    /// As a number, if it is one.
    pub number: Option<f64>,
    /// Whether it leaves the base as it is.
    pub is_base: bool,
}

impl Coordinate {
    fn of(setting: Setting) -> Coordinate {
        Coordinate { is_base: is_base(&setting), label: setting.label, number: setting.number }
    }
}

/// What a unit leaves behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which it is of.
    pub unit: Unit,
    /// The hash of its scenario.
    pub hash: String,
    /// The value of each factor, in the study's order.
    pub at: Vec<Coordinate>,
    /// What its replications say.
    pub extract: Extract,
}

impl Record {
    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let number = |bytes: &mut Vec<u8>, number: u32| bytes.extend(number.to_le_bytes());
        let text = |bytes: &mut Vec<u8>, text: &str| {
            number(bytes, text.len() as u32);
            bytes.extend(text.as_bytes());
        };
        [self.unit.scenario, self.unit.first, self.unit.count]
            .into_iter()
            .for_each(|of| number(&mut bytes, of));
        text(&mut bytes, &self.hash);
        number(&mut bytes, self.at.len() as u32);
        for Coordinate { label, number, is_base } in &self.at {
            text(&mut bytes, label);
            bytes.extend(number.unwrap_or(f64::NAN).to_le_bytes());
            bytes.push((*is_base).into());
        }
        self.extract.write(&mut bytes);
        bytes
    }

    /// From bytes that [`to_bytes`](Record::to_bytes) made; `None` of any others.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Record> {
        let mut numbers = [0; 3];
        for number in &mut numbers {
            *number = take_number(&mut bytes)?;
        }
        let hash = take_text(&mut bytes)?;
        let mut at = Vec::new();
        for _ in 0..take_number(&mut bytes)? {
            let label = take_text(&mut bytes)?;
            let number = f64::from_le_bytes(take(&mut bytes, 8)?.try_into().ok()?);
            let is_base = take(&mut bytes, 1)? == [1];
            at.push(Coordinate { label, number: Some(number).filter(|number| !number.is_nan()), is_base });
        }
        let [scenario, first, count] = numbers;
        let extract = Extract::read(&mut bytes)?;
        bytes.is_empty().then_some(Record { unit: Unit { scenario, first, count }, hash, at, extract })
    }
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    take(bytes, 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take_number(bytes)?;
    String::from_utf8(take(bytes, length as usize)?.into()).ok()
}

/// A scenario that can be run.
#[derive(Debug)]
pub(super) struct Ready {
    model: Model,
    mode: Mode,
    hash: String,
    at: Vec<Coordinate>,
}

type Prepared = Arc<OnceLock<Result<Arc<Ready>, Vec<Diagnostic>>>>;

/// Does units.
pub(super) struct Units<'a> {
    pub(super) design: &'a Design<'a>,
    pub(super) seed: u64,
    pub(super) wanted: &'a WantedSeries,
    /// No unit begins once this is set.
    pub(super) stop: &'a AtomicBool,
    /// The scenarios that were asked for last; one that several threads want is made by one of them.
    prepared: Mutex<VecDeque<(u32, Prepared)>>,
}

/// So many scenarios are held ready.
const HELD: usize = 16;

/// What became of a unit.
pub(super) enum Outcome {
    Done(Box<Record>),
    /// It was not begun.
    Stopped,
    /// Its scenario cannot be run.
    Refused(Vec<Diagnostic>),
}

impl<'a> Units<'a> {
    pub(super) fn new(
        design: &'a Design<'a>,
        seed: u64,
        wanted: &'a WantedSeries,
        stop: &'a AtomicBool,
    ) -> Self {
        Units { design, seed, wanted, stop, prepared: Mutex::default() }
    }

    fn ready(&self, scenario: u32) -> Result<Arc<Ready>, Vec<Diagnostic>> {
        let cell = self.cell(scenario);
        cell.get_or_init(|| prepare(self.design, scenario).map(Arc::new)).clone()
    }

    fn cell(&self, scenario: u32) -> Prepared {
        // The list is changed at once, so a panic elsewhere leaves it right.
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = prepared.iter().find(|(known, _)| *known == scenario) {
            return Arc::clone(known);
        }
        if prepared.len() == HELD {
            prepared.pop_front();
        }
        let fresh = Prepared::default();
        prepared.push_back((scenario, Arc::clone(&fresh)));
        fresh
    }

    fn run(&self, desk: &mut Option<Desk>, unit: Unit) -> Outcome {
        if self.stop.load(Ordering::Relaxed) {
            return Outcome::Stopped;
        }
        if desk.as_ref().is_none_or(|desk| desk.scenario != unit.scenario) {
            match self.ready(unit.scenario) {
                Ok(ready) => *desk = Some(Desk::new(unit.scenario, ready)),
                Err(found) => return Outcome::Refused(found),
            }
        }
        let Some(desk) = desk else { return Outcome::Stopped };
        let Ready { model, mode, hash, at } = &*desk.ready;
        let mut results = Results::new(model, Detail::WHOLE);
        for replication in unit.first..unit.first + unit.count {
            let end = replicate(model, self.seed, replication.into(), *mode, &mut desk.collector, None);
            results.add(desk.collector.finish(end));
        }
        let extract = Extract::of(&results, |view| self.wanted.holds(view));
        Outcome::Done(Box::new(Record { unit, hash: hash.clone(), at: at.clone(), extract }))
    }
}

/// What a thread keeps of the scenario that it works on.
pub(super) struct Desk {
    scenario: u32,
    ready: Arc<Ready>,
    collector: Collector,
}

impl Desk {
    fn new(scenario: u32, ready: Arc<Ready>) -> Desk {
        let collector = Collector::new(&ready.model, Detail::WHOLE);
        Desk { scenario, ready, collector }
    }
}

/// Makes and compiles a scenario.
fn prepare(design: &Design<'_>, scenario: u32) -> Result<Ready, Vec<Diagnostic>> {
    let settings = design.settings(scenario);
    let (model, hash) = compiled(design.study(), &settings)?;
    let mode = cheapest_mode(&model.capabilities()).mode;
    Ok(Ready { model, mode, hash, at: settings.into_iter().map(Coordinate::of).collect() })
}

/// The model of a scenario with these settings, and the scenario's hash.
pub(super) fn compiled(study: &Study, settings: &[Setting]) -> Result<(Model, String), Vec<Diagnostic>> {
    let scenario = study.scenario(settings)?;
    let blame = |found: Vec<Diagnostic>| {
        found.into_iter().map(|found| study.blame(found, settings)).collect::<Vec<_>>()
    };
    let compiled = model::compile(&scenario).map_err(blame)?;
    Ok((compiled.model, scenario.hash()))
}

/// Units of a wave from some number on.
pub(super) struct Rest<'a, 'u> {
    pub(super) units: &'a Units<'u>,
    pub(super) unit: &'a (dyn Fn(u32) -> Unit + Sync),
    pub(super) from: u32,
}

impl Runner for Rest<'_, '_> {
    type Worker = Option<Desk>;
    type Outcome = (Unit, Outcome);

    fn worker(&self) -> Option<Desk> {
        None
    }

    fn run(&self, desk: &mut Option<Desk>, task: u32) -> (Unit, Outcome) {
        let unit = (self.unit)(self.from + task);
        (unit, self.units.run(desk, unit))
    }
}
