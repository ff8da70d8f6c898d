//! `centralino simulate`: a scenario to figures.

use std::path::PathBuf;

use super::Outcome;
use super::input::{Input, Prepared};
use super::log_choice::LogChoice;
use super::options::{Page, Threads, Told};
use super::problems::Trouble;
use super::progress::Progress;
use super::stopping::Stopping;
use super::terminal::tell_results;
use crate::calendar::Date;
use crate::experiment::{self, ChosenMode, Plan, Replicator, Stopped, choose_mode};
use crate::measures::{Attribution, Detail, Results};
use crate::model::Mode;
use crate::report::{
    Ending, Gathering, LogRecorder, Run, RunDirectory, default_directory, summary, summary_json,
};
use crate::scenario::hash_of;

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
  centralino simulate weekday.toml --report=it
  centralino simulate weekday.toml --precision 0.01 --time-limit 1m
  centralino simulate weekday.toml --attribution answer
  centralino simulate weekday.toml --precision 0.05 --precision-of wait_p90@queue:services

Exit codes: 0 done, 1 the center filled without bound in some replication, 2 wrong use or input.")]
pub(super) struct Simulate {
    #[command(flatten)]
    input: Input,

    /// How many times the scenario is run; 10 if left out, 1 of a steady state. With --precision the most, 1280 if left out
    #[arg(long, short = 'n', value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replications: Option<u32>,

    #[command(flatten)]
    stopping: Stopping,

    /// The master seed; the scenario's own if left out
    #[arg(long, value_name = "S")]
    seed: Option<u64>,

    #[command(flatten)]
    threads: Threads,

    /// Counts this date of the scenario alone, after a run-in of 24 h
    #[arg(long, value_name = "DATE")]
    only: Option<Date>,

    /// The period in which a contact counts: that of its entry, of its answer (or of its hanging up), or of its end
    #[arg(long, value_enum, default_value_t = AttributionChoice::Entry)]
    attribution: AttributionChoice,

    /// Where the results go; a directory under output/ named after scenario and seed if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Writes the logs of legs, agents and needs of these replications (0,3), or of all
    #[arg(long, value_name = "LIST", num_args = 0..=1, default_missing_value = "all")]
    log: Option<LogChoice>,

    #[command(flatten)]
    page: Page,

    /// How patience is looked at; all modes that are legal give the same digits
    #[arg(long, value_enum, default_value_t = ModeChoice::Auto)]
    mode: ModeChoice,

    #[command(flatten)]
    told: Told,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum AttributionChoice {
    /// When it entered its queue
    Entry,
    /// When it was answered, hung up or was sent away
    Answer,
    /// When talk and wrap-up were over
    End,
}

impl AttributionChoice {
    fn chosen(self) -> Attribution {
        match self {
            AttributionChoice::Entry => Attribution::Entry,
            AttributionChoice::Answer => Attribution::Answer,
            AttributionChoice::End => Attribution::End,
        }
    }
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
        let is_steady = prepared.scenario.scenario.steady_state.is_some();
        let plan = self.stopping.plan(self.replications, is_steady, &self.threads)?;
        let logged = self.logged(&plan)?;
        let seed = self.seed.unwrap_or(prepared.scenario.scenario.seed);
        let attribution = self.attribution.chosen();
        let detail = Detail { attribution, ..Detail::for_model(&prepared.model) };
        let results = Results::new(&prepared.model, detail);
        let precision = self.stopping.precision(&results)?;
        let canonical = prepared.scenario.canonical();
        let hash = hash_of(&canonical);
        let target = self.target(&prepared.scenario.scenario.name, &hash, seed, &plan);
        let directory = RunDirectory::create(&target)?;
        let logs = directory.logs(&prepared.model, &prepared.calendar);
        let mut store = Gathering { results, logs: &logs, precision: precision.as_ref() };
        let stopped = self.replicate(&prepared, (seed, mode.mode, detail), plan, &logged, &mut store)?;
        let results = store.results;
        let ending = Ending { plan, stopped, precision: precision.as_ref() };
        let logged: Vec<u32> = logged.into_iter().filter(|&number| number < stopped.replications).collect();
        let run = Run {
            scenario: &prepared.scenario,
            canonical: &canonical,
            scenario_hash: &hash,
            model: &prepared.model,
            calendar: &prepared.calendar,
            results: &results,
            seed,
            ending,
            mode: &mode,
            logged: &logged,
            command: &self.command(seed, &ending),
            findings: &prepared.findings,
        };
        directory.finish(&run)?;
        self.page.write_into(&target)?;
        let document = || summary(&run, Some(&target.display().to_string()));
        tell_results(self.told.format(), || summary_json(&run), document)?;
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

    fn logged(&self, plan: &Plan) -> Result<Vec<u32>, Trouble> {
        let chosen = self.log.as_ref().map_or(Ok(Vec::new()), |log| log.out_of(plan.replications));
        chosen.map_err(|message| Trouble::usage(message, "choose others, or run more with --replications"))
    }

    fn target(&self, name: &str, hash: &str, seed: u64, plan: &Plan) -> PathBuf {
        let default = || default_directory(name, hash, seed, plan.replications);
        self.out.clone().unwrap_or_else(default)
    }

    fn replicate<'m>(
        &self,
        prepared: &'m Prepared,
        (seed, mode, detail): (u64, Mode, Detail),
        plan: Plan,
        logged: &[u32],
        store: &mut Gathering<'_, 'm>,
    ) -> Result<Stopped, Trouble> {
        let logs = store.logs;
        let recorder = |replication: u32| -> Result<Option<LogRecorder<'_>>, _> {
            logged.binary_search(&replication).ok().map(|_| logs.recorder(replication)).transpose()
        };
        let runner = Replicator::new(&prepared.model, seed, mode, detail, recorder);
        let progress = Progress::new(plan.replications, self.told.progress());
        Ok(experiment::run(plan, &runner, store, &mut |done, of| progress.reach(done, of))?)
    }

    /// The command that does this run again, without what changes no digit and without the machine's paths.
    fn command(&self, seed: u64, ending: &Ending<'_>) -> String {
        let mut words = vec![format!("centralino simulate {}", quoted(&self.input.file_name()))];
        words.push(format!("{} --seed {seed}", self.stopping.words(ending)));
        words.extend(self.only.map(|date| format!("--only {date}")));
        words.extend(self.input.overrides.iter().map(|text| format!("--set {}", quoted(text))));
        if let (false, Some(mode)) =
            (self.mode == ModeChoice::Auto, clap::ValueEnum::to_possible_value(&self.mode))
        {
            words.push(format!("--mode {}", mode.get_name()));
        }
        if self.attribution != AttributionChoice::Entry {
            words.push(format!("--attribution {}", self.attribution.chosen().name()));
        }
        words.extend(self.log.as_ref().map(LogChoice::text));
        words.join(" ")
    }
}

/// A word as a shell reads it.
pub(super) fn quoted(word: &str) -> String {
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
