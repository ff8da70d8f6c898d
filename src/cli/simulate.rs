//! `centralino simulate`: a scenario to figures.

use std::io;
use std::path::{Path, PathBuf};

use super::input::{Input, Prepared};
use super::log_choice::LogChoice;
use super::problems::Trouble;
use super::progress::Progress;
use super::terminal::{colour, tell};
use super::{Format, Outcome};
use crate::calendar::Date;
use crate::experiment::{self, ChosenMode, Plan, Replicator, choose_mode};
use crate::measures::{Detail, Results};
use crate::model::Mode;
use crate::report::{
    Gathering, LogRecorder, Run, RunDirectory, default_directory, render, summary, summary_json,
};

/// Simulates a scenario and writes figures with their uncertainty
///
/// Every replication is the same scenario with other random numbers; the same seed gives the same bytes on any machine, with
/// any number of threads. The results are written together into one directory.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino simulate scenarios/milano-020202/weekday.toml
  centralino simulate weekday.toml --replications 200 --only 2008-06-16
  centralino simulate weekday.toml --set agent_groups.t1.staffing.heads=30 --out output/thirty
  centralino simulate weekday.toml --log 0,3

Exit codes: 0 done, 1 the center filled without bound in some replication, 2 wrong use or input.")]
pub(super) struct Simulate {
    #[command(flatten)]
    input: Input,

    /// How many times the scenario is run
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replications: u32,

    /// The master seed; the scenario's own if left out
    #[arg(long, value_name = "S")]
    seed: Option<u64>,

    /// Threads that simulate, one a core if left out; changes no digit
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Counts this date of the scenario alone, after a run-in of 24 h
    #[arg(long, value_name = "DATE")]
    only: Option<Date>,

    /// Where the results go; a directory under output/ named after scenario and seed if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Writes the logs of legs, agents and needs of these replications (0,3), or of all
    #[arg(long, value_name = "LIST", num_args = 0..=1, default_missing_value = "all")]
    log: Option<LogChoice>,

    /// How patience is looked at; all modes that are legal give the same digits
    #[arg(long, value_enum, default_value_t = ModeChoice::Auto)]
    mode: ModeChoice,

    /// What is printed: a summary, or the content of summary.json
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Shows no progress bar
    #[arg(long)]
    no_progress: bool,

    /// Prints neither progress nor summary
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ModeChoice {
    /// The cheapest legal one
    Auto,
    /// A timer for each waiting contact: always legal
    Eager,
    /// Looked at when an agent is free: where nothing depends on who still waits
    Lazy,
    /// No events at all: one queue, one group, constant heads
    Recursion,
}

impl Simulate {
    /// Runs the scenario, writes its directory, prints its summary.
    ///
    /// # Errors
    /// A wrong scenario, a command that does not fit it, output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        let prepared = self.input.prepare(self.only)?;
        let mode = self.mode(&prepared)?;
        let logged = self.logged()?;
        let seed = self.seed.unwrap_or(prepared.scenario.scenario.seed);
        let target = self.target(&prepared, seed);
        let directory = RunDirectory::create(&target)?;
        let results = self.replicate(&prepared, seed, &mode, &logged, &directory)?;
        let run = Run {
            scenario: &prepared.scenario,
            model: &prepared.model,
            calendar: &prepared.calendar,
            results: &results,
            seed,
            mode: &mode,
            logged: &logged,
            command: &self.command(seed),
            findings: &prepared.findings,
        };
        directory.finish(&run)?;
        self.tell(&run, &target)?;
        Ok(if run.overflows().is_empty() { Outcome::Done } else { Outcome::No })
    }

    fn mode(&self, prepared: &Prepared) -> Result<ChosenMode, Trouble> {
        let asked = match self.mode {
            ModeChoice::Auto => None,
            ModeChoice::Eager => Some(Mode::Eager),
            ModeChoice::Lazy => Some(Mode::Lazy),
            ModeChoice::Recursion => Some(Mode::Recursion),
        };
        choose_mode(&prepared.model.capabilities(), asked).map_err(|illegal| {
            let help = format!("leave --mode out, or write --mode {}", illegal.legal_name());
            Trouble::usage(illegal.to_string(), help)
        })
    }

    fn logged(&self) -> Result<Vec<u32>, Trouble> {
        let chosen = self.log.as_ref().map_or(Ok(Vec::new()), |log| log.out_of(self.replications));
        chosen.map_err(|message| Trouble::usage(message, "choose others, or run more with --replications"))
    }

    fn target(&self, prepared: &Prepared, seed: u64) -> PathBuf {
        let default = || default_directory(&prepared.scenario, seed, self.replications);
        self.out.clone().unwrap_or_else(default)
    }

    fn replicate(
        &self,
        prepared: &Prepared,
        seed: u64,
        mode: &ChosenMode,
        logged: &[u32],
        directory: &RunDirectory,
    ) -> Result<Results, Trouble> {
        let model = &prepared.model;
        let detail = Detail::for_model(model);
        let logs = directory.logs(model, &prepared.calendar);
        let recorder = |replication: u32| -> Result<Option<LogRecorder<'_>>, _> {
            logged.binary_search(&replication).ok().map(|_| logs.recorder(replication)).transpose()
        };
        let runner = Replicator::new(model, seed, mode.mode, detail, recorder);
        let mut store = Gathering { results: Results::new(model, detail), logs: &logs };
        let plan = Plan { replications: self.replications, threads: self.threads.map_or(0, usize::from) };
        let progress = Progress::new(self.replications, !self.no_progress && !self.quiet);
        experiment::run(plan, &runner, &mut store, &mut |done, _| progress.reach(done))?;
        Ok(store.results)
    }

    fn tell(&self, run: &Run<'_>, target: &Path) -> Result<(), Trouble> {
        match (self.quiet, self.format) {
            (true, _) => Ok(()),
            (false, Format::Json) => tell(&format!("{:#}\n", summary_json(run))),
            (false, Format::Text) => {
                let document = summary(run, Some(&target.display().to_string()));
                tell(&render(&document, colour(&io::stdout())))
            }
        }
    }

    /// The command that does this run again, without what changes no digit and without the machine's paths.
    fn command(&self, seed: u64) -> String {
        let mut words = vec![format!("centralino simulate {}", quoted(&self.input.file_name()))];
        words.push(format!("--replications {} --seed {seed}", self.replications));
        words.extend(self.only.map(|date| format!("--only {date}")));
        words.extend(self.input.overrides.iter().map(|text| format!("--set {}", quoted(text))));
        if let (false, Some(mode)) =
            (self.mode == ModeChoice::Auto, clap::ValueEnum::to_possible_value(&self.mode))
        {
            words.push(format!("--mode {}", mode.get_name()));
        }
        words.extend(self.log.as_ref().map(LogChoice::text));
        words.join(" ")
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_cut_them() {
        assert_eq!(quoted("queues.taxes.hours=always"), "queues.taxes.hours=always");
        assert_eq!(quoted("a=\"Mon-Fri 8\""), "'a=\"Mon-Fri 8\"'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
