//! `centralino sweep`: a designed set of scenarios.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::columns;
use super::interrupt::stop_on_interrupt;
use super::options::{Page, Threads, Told};
use super::problems::{Problems, Trouble};
use super::progress::SweepBar;
use super::simulate::quoted;
use super::terminal::tell_results;
use super::{Format, Outcome};
use crate::analysis::{
    Design, Shard, Spending, Sweep as Work, SweepError, SweepProgress, Swept, WantedSeries, sweep,
    try_scenarios,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::{
    ENOUGH_REPLICATIONS, SweepAbout, SweepDirectory, SweepFault, Sweepings, default_sweep_directory,
    sweep_document, sweep_json,
};
use crate::scenario::{DesignKind, Study, load_study};

/// Simulates a designed set of scenarios around a base
///
/// A study names factors, which address any value of the base by its path, and how they are combined. All scenarios meet the same
/// citizens. Results are kept as they are done: a sweep that was stopped or killed goes on by --resume and ends with the same bytes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino sweep staffing.toml
  centralino sweep staffing.toml --out output/staffing --resume
  centralino sweep staffing.toml --shard 1/4 --out parts/1
  centralino merge parts/1 parts/2 parts/3 parts/4 --out output/staffing

Exit codes: 0 done, 1 a center filled without bound in some scenario, 2 wrong use or input, 130 stopped by Ctrl-C.")]
pub(super) struct Sweep {
    /// The study: a TOML file
    #[arg(value_name = "STUDY")]
    study: PathBuf,

    /// Where the results go; a directory under output/ named after the study and its hash if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Goes on with a sweep that was stopped
    #[arg(long)]
    resume: bool,

    /// Runs one of N parts, as in 1/4; `centralino merge` joins them
    #[arg(long, value_name = "I/N", value_parser = shard, conflicts_with = "report")]
    shard: Option<Shard>,

    #[command(flatten)]
    threads: Threads,

    #[command(flatten)]
    page: Page,

    /// Writes results.parquet too; needs a program that was built with the feature parquet
    #[arg(long, conflicts_with = "shard")]
    parquet: bool,

    #[command(flatten)]
    told: Told,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((index, of)) if 1 <= index && index <= of && of <= 10_000 => Ok(Shard { index, of }),
        _ => Err("write which part of how many, such as 1/4".into()),
    }
}

impl Sweep {
    /// Runs the sweep and tells what came of it.
    ///
    /// # Errors
    /// A wrong study, a directory of something else, output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        let study = load_study(&self.study).map_err(|refused| {
            Trouble::Problems(Problems { found: refused.diagnostics, files: refused.files })
        })?;
        let trouble = |found| Trouble::Problems(Problems { found, files: study.files.clone() });
        let seed = study.document.study.seed.unwrap_or(study.base.scenario.seed);
        let design = Design::of(&study, seed).map_err(trouble)?;
        let spending = Spending::of(&study, design.len()).map_err(trouble)?;
        let wanted = WantedSeries::of(&study, spending.by()).map_err(trouble)?;
        self.refuse_parts(&spending)?;
        columns::may_be_asked(self.parquet)?;
        let about = self.about(&study, &design, seed, &spending);
        let target = self.target(&about);
        let threads = self.threads.count();
        if !self.resume && !try_scenarios(&design, threads).map_err(trouble)? && self.told.format().is_some()
        {
            let message =
                format!("of {} scenarios only the factors' values were tried, one by one", design.len());
            Problems { found: vec![Diagnostic::new(Code::SCENARIOS_UNTRIED, "", message)], files: vec![] }
                .print();
        }
        let work = Work {
            scenarios: design.len(),
            design: Some(&design),
            seed,
            threads,
            wanted: &wanted,
            spending: &spending,
            shard: self.shard,
        };
        let directory = SweepDirectory::start(&target, &about, self.resume)?;
        let stop = stop_on_interrupt();
        let bar = SweepBar::new(self.told.progress());
        let done = done(&work, directory, &about, &stop, &mut |progress| bar.reach(progress));
        drop(bar);
        match done {
            Ok((swept, warnings)) => {
                columns::write_if(self.parquet, &target)?;
                self.page.write_into(&target)?;
                let sweepings = Sweepings { about: &about, swept: &swept, warnings: &warnings };
                tell_of(&sweepings, &target, self.told.format())
            }
            Err(SweepError::Stopped(progress)) => {
                self.say_how_to_go_on(&target, progress);
                Ok(Outcome::Interrupted)
            }
            Err(error) => Err(self.trouble(error, &study, &target)),
        }
    }

    fn refuse_parts(&self, spending: &Spending) -> Result<(), Trouble> {
        if self.shard.is_some() && !spending.is_by_scenario() {
            let message = "a sweep until a difference or the best is decided cannot be run in parts: it looks at all scenarios together";
            return Err(Trouble::usage(message, "leave --shard out"));
        }
        Ok(())
    }

    fn about(&self, study: &Study, design: &Design<'_>, seed: u64, spending: &Spending) -> SweepAbout {
        let name = self.study.file_name().unwrap_or(self.study.as_os_str());
        SweepAbout {
            study: study.document.study.name.clone(),
            file: quoted(&name.to_string_lossy()),
            study_hash: study.hash(),
            version: env!("CARGO_PKG_VERSION").into(),
            seed,
            scenarios: design.len(),
            factors: study.factors.iter().map(|factor| factor.name.clone()).collect(),
            multipliers: study
                .factors
                .iter()
                .filter(|factor| factor.is_multiplier())
                .map(|factor| factor.name.clone())
                .collect(),
            one_at_a_time: study.document.study.design == DesignKind::OneAtATime,
            spending: spending.clone(),
            shard: self.shard,
        }
    }

    fn target(&self, about: &SweepAbout) -> PathBuf {
        let shard = self.shard.map(|shard| (shard.index, shard.of));
        self.out.clone().unwrap_or_else(|| default_sweep_directory(&about.study, &about.study_hash, shard))
    }

    /// The words after `centralino` that go on with this sweep.
    fn resuming(&self, target: &Path) -> String {
        let shard =
            self.shard.map_or(String::new(), |shard| format!(" --shard {}/{}", shard.index, shard.of));
        let path = |path: &Path| quoted(&path.display().to_string());
        format!("centralino sweep {}{shard} --out {} --resume", path(&self.study), path(target))
    }

    fn say_how_to_go_on(&self, target: &Path, progress: SweepProgress) {
        eprintln!(
            "stopped after {} of {} replications{}; all of them are kept. Go on with\n  {}",
            progress.done,
            progress.goal,
            if progress.open_ended { " or more" } else { "" },
            self.resuming(target)
        );
    }

    fn trouble(&self, error: SweepError<SweepFault>, study: &Study, target: &Path) -> Trouble {
        let go_on = || format!("make room, then go on with: {}", self.resuming(target));
        match error {
            SweepError::Keeper(SweepFault::Write(error)) => {
                let found = Diagnostic::new(Code::WRITE, "", error.to_string());
                Trouble::Problems(Problems { found: vec![found.with_help(go_on())], files: vec![] })
            }
            SweepError::Keeper(fault) => fault.into(),
            SweepError::Pool(error) => error.into(),
            SweepError::Refused(_, found) => {
                Trouble::Problems(Problems { found, files: study.files.clone() })
            }
            // Told by `say_how_to_go_on`.
            SweepError::Stopped(_) => Trouble::usage("stopped", go_on()),
        }
    }
}

/// Runs all units and finishes the directory; also tells what to be careful with.
pub(super) fn done(
    work: &Work<'_>,
    mut directory: SweepDirectory,
    about: &SweepAbout,
    stop: &AtomicBool,
    progress: &mut (dyn FnMut(SweepProgress) + Send),
) -> Result<(Swept, Vec<String>), SweepError<SweepFault>> {
    let swept = sweep(work, &mut directory, stop, progress)?;
    let warnings = warnings(about, &swept);
    let notes = std::mem::take(&mut directory.notes);
    let sweepings = Sweepings { about, swept: &swept, warnings: &warnings };
    directory.finish(&sweepings).map_err(SweepError::Keeper)?;
    Problems { found: notes, files: vec![] }.print();
    Ok((swept, warnings))
}

/// What to be careful with; the same however the sweep was run.
fn warnings(about: &SweepAbout, swept: &Swept) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(first) = swept.overflowed.first() {
        let count = swept.overflowed.len();
        warnings.push(format!(
            "{count} scenarios filled without bound in some replication, the first of them scenario {first}; their numbers are not to be used"
        ));
    }
    if let Spending::Fixed(count) = about.spending
        && count < ENOUGH_REPLICATIONS
    {
        warnings.push(format!(
            "{count} replications are few: intervals are themselves uncertain; give at least {ENOUGH_REPLICATIONS} in the study"
        ));
    }
    if swept.undecided > 0 {
        warnings.push(format!("{} scenarios are undecided; raise at_most", swept.undecided));
    }
    warnings
}

/// Prints what came of a sweep.
///
/// # Errors
/// A standard output that cannot be written.
pub(super) fn tell_of(
    sweepings: &Sweepings<'_>,
    target: &Path,
    format: Option<Format>,
) -> Result<Outcome, Trouble> {
    let document = || sweep_document(sweepings, &target.display().to_string());
    tell_results(format, || sweep_json(sweepings), document)?;
    Ok(if sweepings.swept.overflowed.is_empty() { Outcome::Done } else { Outcome::No })
}
