//! What a report is about: one finished run of a scenario.

use crate::calendar::{Calendar, Clock};
use crate::diagnostic::{Code, Diagnostic};
use crate::experiment::{ChosenMode, Overflow, overflows};
use crate::measures::{PeriodKind, PeriodLabel, Results};
use crate::model::Model;
use crate::scenario::Scenario;

/// With fewer, half-widths are themselves guesses.
const ENOUGH_REPLICATIONS: u32 = 10;

/// A finished run.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The scenario as it was resolved.
    pub scenario: &'a Scenario,
    /// The same, compiled.
    pub model: &'a Model,
    /// What the model's instants are called.
    pub calendar: &'a Calendar,
    /// All replications.
    pub results: &'a Results,
    /// The master seed.
    pub seed: u64,
    /// How patience was looked at.
    pub mode: &'a ChosenMode,
    /// Replications with a log.
    pub logged: &'a [u32],
    /// The command, without what changes no digit.
    pub command: &'a str,
    /// What was found before the run.
    pub findings: &'a [Diagnostic],
}

impl Run<'_> {
    /// What to be careful with: found before the run, then by it.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut warnings = self.findings.to_vec();
        warnings.extend(self.overflow_warning());
        warnings.extend(few_replications(self.results.replications()));
        warnings
    }

    /// Replications whose center filled without bound and was emptied.
    pub fn overflows(&self) -> Vec<Overflow> {
        overflows(self.results.run_ends())
    }

    /// Contacts that began, over all replications, run-in included.
    pub fn contacts(&self) -> u64 {
        self.results.run_ends().iter().map(|end| end.contacts).sum()
    }

    /// Events handled, over all replications.
    pub fn events(&self) -> u64 {
        self.results.run_ends().iter().map(|end| end.events).sum()
    }

    /// The instant at `us` microseconds after time zero, in local time.
    pub fn timestamp(&self, us: u64) -> String {
        let unix_us = self.model.clock.zero_unix_us + us as i64;
        self.calendar.timestamp_s(unix_us.div_euclid(1_000_000))
    }

    /// When a span of time starts, in local time with its offset.
    pub fn start_of(&self, period: PeriodLabel) -> String {
        self.calendar.timestamp_s(period.start_unix_us.div_euclid(1_000_000))
    }

    /// `10:00-11:00`, with the date before it if there are several days; a day by its date.
    pub fn span_of(&self, period: PeriodLabel) -> String {
        let local = |unix_us: i64| self.calendar.local(unix_us.div_euclid(1_000_000));
        let (start, end) = (local(period.start_unix_us), local(period.end_unix_us));
        let clocks = format!("{}-{}", Clock::from_s(start.second_of_day), Clock::from_s(end.second_of_day));
        if period.kind == PeriodKind::Day {
            return start.date.to_string();
        }
        if self.scenario.scenario.days > 1 { format!("{} {clocks}", start.date) } else { clocks }
    }

    fn overflow_warning(&self) -> Option<Diagnostic> {
        let overflows = self.overflows();
        let first = overflows.first()?;
        let message = format!(
            "{} of {} replications stopped before their end: more contacts waited than any center holds (replication {} \
             at {}); their results are not to be used",
            overflows.len(),
            self.results.replications(),
            first.replication,
            self.timestamp(first.at_us),
        );
        let help = "add heads, lower the arrivals, or give the contact types a patience";
        Some(Diagnostic::new(Code::OVERLOAD, "", message).with_help(help))
    }
}

fn few_replications(replications: u32) -> Option<Diagnostic> {
    if replications >= ENOUGH_REPLICATIONS {
        return None;
    }
    let message = match replications {
        1 => "one replication says nothing about how well its numbers are known".into(),
        few => format!("{few} replications are few: the half-widths are themselves uncertain"),
    };
    let help = format!("run at least {ENOUGH_REPLICATIONS} with --replications");
    Some(Diagnostic::new(Code::FEW_REPLICATIONS, "", message).with_help(help))
}
