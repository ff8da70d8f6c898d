//! `centralino merge`: parts of a sweep joined.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::columns;
use super::problems::{Problems, Trouble};
use super::sweep::{done, tell_of};
use super::{Format, Outcome};
use crate::analysis::{Sweep as Work, SweepError, WantedSeries};
use crate::report::{Parts, SweepDirectory, Sweepings};

/// Joins the parts of a sweep into the bytes of one run
///
/// The parts must be of the same study and version, all of them, each once and finished; otherwise it is told why not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino merge parts/1 parts/2 parts/3 parts/4 --out output/staffing

Exit codes: 0 done, 1 a center filled without bound in some scenario, 2 wrong use, or parts that do not belong together.")]
pub(super) struct Merge {
    /// The parts' directories, in any order
    #[arg(value_name = "DIR", required = true)]
    parts: Vec<PathBuf>,

    /// Where the whole goes
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Writes results.parquet too; needs a program that was built with the feature parquet
    #[arg(long)]
    parquet: bool,

    /// What is printed: tables, or the content of summary.json
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Prints nothing
    #[arg(long, short)]
    quiet: bool,
}

impl Merge {
    /// Joins and tells what came of it.
    ///
    /// # Errors
    /// Parts that do not belong together, output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        columns::may_be_asked(self.parquet)?;
        let problems = |found| Trouble::Problems(Problems { found, files: Vec::new() });
        let parts = Parts::open(&self.parts).map_err(problems)?;
        let about = parts.about().clone();
        let wanted = WantedSeries::default();
        let work = Work {
            scenarios: about.scenarios,
            design: None,
            seed: about.seed,
            threads: 1,
            wanted: &wanted,
            spending: &about.spending,
            shard: None,
        };
        let directory = SweepDirectory::join(&self.out, &about, parts)?;
        let (swept, warnings) = done(&work, directory, &about, &AtomicBool::new(false), &mut |_| {})
            .map_err(|error| match error {
                SweepError::Keeper(fault) => Trouble::from(fault),
                SweepError::Pool(error) => error.into(),
                SweepError::Refused(_, found) => problems(found),
                SweepError::Stopped(_) => Trouble::usage("stopped", "join the parts again"),
            })?;
        columns::write_if(self.parquet, &self.out)?;
        let sweepings = Sweepings { about: &about, swept: &swept, warnings: &warnings };
        tell_of(&sweepings, &self.out, if self.quiet { None } else { Some(self.format) })
    }
}
