//! The scenario of a command: its file, its overrides, and what they come to.

use std::path::PathBuf;

use super::problems::{Problems, Trouble};
use crate::calendar::{Calendar, Date};
use crate::diagnostic::Diagnostic;
use crate::experiment;
use crate::model::{self, Compiled, Model};
use crate::scenario::{self, Loaded, Origins, Scenario, SourceFile};

/// The arguments of every command that reads a scenario.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// The scenario: a TOML file, or JSON of the same shape
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// Sets one value of the scenario, such as --set agent_groups.t1.staffing.heads=12; may be given often
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) overrides: Vec<String>,
}

/// A scenario that can be run.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) scenario: Scenario,
    pub(super) model: Model,
    pub(super) calendar: Calendar,
    /// Warnings and notes, with their places.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) files: Vec<SourceFile>,
    pub(super) origins: Origins,
}

impl Input {
    /// Loads and compiles the scenario, with `only` that date of it.
    ///
    /// # Errors
    /// All problems of the scenario; a date that it does not cover.
    pub(super) fn prepare(&self, only: Option<Date>) -> Result<Prepared, Trouble> {
        let loaded = scenario::load_or_files(&self.file, &self.overrides)
            .map_err(|refused| {
                refused.checked_further(|mended| model::compile(mended).err().unwrap_or_default())
            })
            .map_err(|refused| trouble(refused.diagnostics, refused.files))?;
        let Loaded { scenario, origins, files, notes } = loaded;
        let scenario = match only {
            Some(date) => single_day(scenario, date)?,
            None => scenario,
        };
        match model::compile(&scenario) {
            Ok(Compiled { model, calendar, warnings }) => {
                let findings = placed(&origins, warnings).chain(notes).collect();
                Ok(Prepared { scenario, model, calendar, findings, files, origins })
            }
            Err(found) => Err(trouble(placed(&origins, found).collect(), files)),
        }
    }

    /// The file's name without the machine's path to it.
    pub(super) fn file_name(&self) -> String {
        let name = self.file.file_name().unwrap_or(self.file.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

impl Prepared {
    /// Findings of a later check, with their places.
    pub(super) fn problems(&self, found: Vec<Diagnostic>) -> Problems {
        Problems { found: placed(&self.origins, found).collect(), files: self.files.clone() }
    }
}

fn single_day(scenario: Scenario, date: Date) -> Result<Scenario, Trouble> {
    experiment::only(scenario, date)
        .map_err(|outside| Trouble::usage(format!("--only {outside}"), "choose a date within that range"))
}

fn placed(origins: &Origins, found: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> + '_ {
    found.into_iter().map(|found| {
        let place = found.place.clone().or_else(|| origins.place(&found.path));
        found.at(place)
    })
}

fn trouble(mut found: Vec<Diagnostic>, files: Vec<SourceFile>) -> Trouble {
    scenario::sort_findings(&mut found, &files);
    Trouble::Problems(Problems { found, files })
}
