//! `centralino schema`: what editors need to help with scenarios.

use super::Outcome;
use super::problems::Trouble;
use super::terminal::tell;
use crate::scenario::{SchemaOf, schema};

/// Prints the JSON Schema of a scenario, for editors and for programs that write scenarios
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino schema > centralino.schema.json
  centralino schema --overlay > centralino-overlay.schema.json
  centralino schema --study > centralino-study.schema.json

An editor finds it by the scenario's first line: #:schema ./centralino.schema.json")]
pub(super) struct Schema {
    /// Of a file that extends another, and so need not be whole
    #[arg(long)]
    overlay: bool,

    /// Of a study, as `sweep` reads it
    #[arg(long, conflicts_with = "overlay")]
    study: bool,
}

impl Schema {
    /// Prints it.
    ///
    /// # Errors
    /// A standard output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        let of = match (self.overlay, self.study) {
            (true, _) => SchemaOf::Overlay,
            (false, true) => SchemaOf::Study,
            (false, false) => SchemaOf::Scenario,
        };
        tell(&format!("{:#}\n", schema(of)))?;
        Ok(Outcome::Done)
    }
}
