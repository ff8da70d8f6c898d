//! `centralino new`: a folder with a scenario to begin from.
//!
//! The templates are the shipped scenarios themselves, built into the program, so that what is tested is what is handed out.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::problems::Trouble;
use super::terminal::tell;
use crate::files::{AtomicDir, WriteError};

/// Writes a folder with a scenario to begin from
///
/// The folder is new or empty; what stands in another is never touched.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino new my-center
  centralino new my-town --template three-topics
  centralino new milano --template milano")]
pub(super) struct New {
    /// The folder to write
    dir: PathBuf,

    /// What to begin from
    #[arg(long, value_enum, default_value_t = TemplateName::OneTeam)]
    template: TemplateName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum TemplateName {
    /// One kind of call, one team, one day
    OneTeam,
    /// Three topics, two tiers, callers who come back, a week; heads in a CSV file
    ThreeTopics,
    /// `three-topics` with an overlay that asks what if
    WhatIf,
    /// Calls that the center makes beside those that come in
    Outbound,
    /// Milan's single number 020202 over a working day, and over the year 2008
    Milano,
}

/// A scenario with the files that it names.
struct Template {
    /// The file to simulate.
    main: &'static str,
    files: &'static [(&'static str, &'static str)],
}

/// Names and contents of files of a folder of `scenarios/`.
macro_rules! shipped {
    ($folder:literal: $($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../scenarios/", $folder, "/", $file)))),+]
    };
}

impl TemplateName {
    fn template(self) -> Template {
        match self {
            TemplateName::OneTeam => {
                Template { main: "1-one-team.toml", files: shipped!("tutorial": "1-one-team.toml") }
            }
            TemplateName::ThreeTopics => Template {
                main: "2-three-topics.toml",
                files: shipped!("tutorial": "2-three-topics.toml", "2-heads.csv"),
            },
            TemplateName::WhatIf => Template {
                main: "3-what-if.toml",
                files: shipped!("tutorial": "2-three-topics.toml", "2-heads.csv", "3-what-if.toml", "3-heads.csv"),
            },
            TemplateName::Outbound => {
                Template { main: "5-outbound.toml", files: shipped!("tutorial": "5-outbound.toml") }
            }
            TemplateName::Milano => Template {
                main: "weekday.toml",
                files: shipped!("milano-020202": "weekday.toml", "staffing.csv", "day-information.csv", "day-mobility.csv",
                    "day-services.csv", "year-2008.toml", "months-2008.csv", "weekdays-2008.csv", "staffing-2008.csv", "three-tiers.toml",
                    "without-recognition.toml", "offices-understaffed.toml", "vendor-change.toml"),
            },
        }
    }
}

impl New {
    /// Writes the folder, whole or not at all, and says what comes next.
    ///
    /// # Errors
    /// A folder that is not empty or cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        self.check_is_empty()?;
        let template = self.template.template();
        write(&self.dir, &template)
            .map_err(|error| Trouble::usage(error.to_string(), "name a folder that may be written"))?;
        let dir = self.dir.display();
        let files: Vec<&str> = template.files.iter().map(|(name, _)| *name).collect();
        tell(&format!(
            "{dir}: {}\n\n  centralino check {dir}/{main}\n  centralino simulate {dir}/{main}\n",
            files.join(", "),
            main = template.main
        ))?;
        Ok(Outcome::Done)
    }

    fn check_is_empty(&self) -> Result<(), Trouble> {
        let is_empty =
            fs::read_dir(&self.dir).map_or(!self.dir.exists(), |mut entries| entries.next().is_none());
        if is_empty {
            return Ok(());
        }
        let message = format!("{} stands there already and is not empty", self.dir.display());
        Err(Trouble::usage(message, "name a new folder, or an empty one"))
    }
}

fn write(dir: &Path, template: &Template) -> Result<(), WriteError> {
    // No file marks a folder of scenarios: one that is not empty is never replaced.
    let made = AtomicDir::create(dir, "")?;
    for (name, text) in template.files {
        let path = made.path().join(name);
        fs::write(&path, text).map_err(WriteError::new("write", &path))?;
    }
    made.commit()
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    /// What a template names beside itself is handed out with it: each loads and compiles from its folder alone.
    #[test]
    fn every_template_stands_alone() {
        let desk = tempfile::tempdir().unwrap();
        for name in TemplateName::value_variants() {
            let dir = desk.path().join(format!("{name:?}"));
            let template = name.template();
            write(&dir, &template).unwrap();
            let loaded = crate::scenario::load(&dir.join(template.main), &[]).unwrap();
            let compiled = crate::model::compile(&loaded.scenario).unwrap();
            assert!(compiled.warnings.is_empty(), "{name:?}: {:?}", compiled.warnings);
        }
    }
}
