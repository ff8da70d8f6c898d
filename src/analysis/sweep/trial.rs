//! Scenarios tried before anything is simulated, so that a mistake is told in the first second and not in the last hour.

use super::design::Design;
use super::unit::compiled;
use crate::diagnostic::Diagnostic;
use crate::experiment::{self, Plan, RunError, Runner, Store};
use crate::scenario::Setting;

/// A design with more scenarios has its factors tried one by one only.
const MOST_TRIED: u32 = 200;

/// Compiles each value of each factor by itself, then all scenarios if there are not too many. Tells whether all were.
///
/// # Errors
/// What is wrong with them.
pub fn try_scenarios(design: &Design<'_>, threads: usize) -> Result<bool, Vec<Diagnostic>> {
    let alone: Vec<Vec<Setting>> =
        design.study().each_alone().into_iter().map(|setting| vec![setting]).collect();
    try_all(design, threads, alone)?;
    if design.len() > MOST_TRIED {
        return Ok(false);
    }
    let is_combined =
        |settings: &Vec<Setting>| settings.iter().filter(|of| !super::design::is_base(of)).count() > 1;
    let combined = (0..design.len()).map(|scenario| design.settings(scenario)).filter(is_combined);
    try_all(design, threads, combined.collect())?;
    Ok(true)
}

fn try_all(design: &Design<'_>, threads: usize, settings: Vec<Vec<Setting>>) -> Result<(), Vec<Diagnostic>> {
    let mut found = Found::default();
    let plan = Plan::of(settings.len() as u32, threads);
    let trials = Trials { design, settings };
    match experiment::run(plan, &trials, &mut found, &mut |_, _| {}) {
        Err(RunError::Store(())) => Err(found.0),
        // Threads that do not start are told by the sweep itself.
        _ if found.0.is_empty() => Ok(()),
        _ => Err(found.0),
    }
}

struct Trials<'a> {
    design: &'a Design<'a>,
    settings: Vec<Vec<Setting>>,
}

impl Runner for Trials<'_> {
    type Worker = ();
    type Outcome = Vec<Diagnostic>;

    fn worker(&self) {}

    fn run(&self, (): &mut (), trial: u32) -> Vec<Diagnostic> {
        compiled(self.design.study(), &self.settings[trial as usize]).err().unwrap_or_default()
    }
}

/// What is wrong, each once.
#[derive(Default)]
struct Found(Vec<Diagnostic>);

/// So many are enough.
const MOST_FOUND: usize = 30;

impl Store<Vec<Diagnostic>> for Found {
    type Error = ();

    fn add(&mut self, _trial: u32, found: Vec<Diagnostic>) -> Result<(), ()> {
        for found in found {
            if !self.0.contains(&found) {
                self.0.push(found);
            }
        }
        if self.0.len() < MOST_FOUND { Ok(()) } else { Err(()) }
    }
}
