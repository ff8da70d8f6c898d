//! `centralino check`: everything that is wrong with a scenario, without running it.

use std::io;

use super::input::{Input, Prepared};
use super::problems::{Problems, Trouble};
use super::terminal::{colour, tell};
use super::{Format, Outcome};
use crate::diagnostic::Diagnostic;
use crate::experiment::cheapest_mode;
use crate::report::{check_json, picture, problems_json, render};
use crate::routing::check_examples;

/// Tells everything that is wrong with a scenario, and how it would be run
///
/// Reads the scenario with all that it names, compiles it and runs the examples of its routing rules.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino check scenarios/milano-020202/weekday.toml
  centralino check weekday.toml --set agent_groups.t1.staffing.heads=30
  centralino check weekday.toml --format json

Exit codes: 0 no problems, 1 a rule's example does not come out, 2 it cannot be run.")]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,

    /// What is printed: a picture of the scenario, or the findings as JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Check {
    /// Checks and tells.
    ///
    /// # Errors
    /// A scenario that cannot be run.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        let prepared = match (self.input.prepare(None), self.format) {
            (Err(Trouble::Problems(problems)), Format::Json) => {
                tell(&format!("{:#}\n", problems_json(&problems.found)))?;
                return Ok(Outcome::Refused);
            }
            (prepared, _) => prepared?,
        };
        let failed = check_examples(&prepared.scenario, &prepared.model, &prepared.calendar);
        let come_out = failed.is_empty();
        let found = Problems {
            found: prepared.findings.iter().cloned().chain(prepared.problems(failed).found).collect(),
            files: prepared.files.clone(),
        };
        self.tell(&prepared, &found)?;
        Ok(if come_out { Outcome::Done } else { Outcome::No })
    }

    fn tell(&self, prepared: &Prepared, found: &Problems) -> Result<(), Trouble> {
        let mode = cheapest_mode(&prepared.model.capabilities());
        if self.format == Format::Json {
            return tell(&format!("{:#}\n", check_json(&prepared.model, &mode, &found.found)));
        }
        found.print();
        if found.found.iter().any(Diagnostic::is_error) {
            return Ok(());
        }
        let document = picture(&prepared.scenario, &prepared.model, &mode, found.found.len());
        tell(&render(&document, colour(&io::stdout())))
    }
}
