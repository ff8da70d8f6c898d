//! What a report is about: one finished run of a scenario.

use super::ending::Ending;
use super::{Verdict, number};
use crate::calendar::{Calendar, Clock, Date};
use crate::diagnostic::{Code, Diagnostic};
use crate::experiment::{ChosenMode, Overflow, overflows};
use crate::measures::{Doubt, Doubted, Grounds, PeriodKind, PeriodLabel, Results, TargetResult};
use crate::model::{Certain, Model};
use crate::scenario::Scenario;
use crate::stats::Confidence;

/// `Mon`.
pub(super) fn weekday(date: Date) -> String {
    format!("{:?}", date.weekday())
}

/// With fewer, half-widths are themselves guesses.
pub const ENOUGH_REPLICATIONS: u32 = 10;

/// A finished run.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The scenario as it was resolved.
    pub scenario: &'a Scenario,
    /// Its canonical form, which takes a while to make.
    pub canonical: &'a serde_json::Value,
    /// The hash of that.
    pub scenario_hash: &'a str,
    /// The same, compiled.
    pub model: &'a Model,
    /// What the model's instants are called.
    pub calendar: &'a Calendar,
    /// All replications.
    pub results: &'a Results,
    /// The master seed.
    pub seed: u64,
    /// What stopped it.
    pub ending: Ending<'a>,
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
        warnings.extend(few_replications(self.results.grounds()));
        warnings.extend(self.ending.warning(self.results));
        warnings.extend(self.results.doubts().iter().map(|doubt| doubtful(self, doubt)));
        warnings.extend(self.results.targets().iter().filter_map(|target| undecided(self, target)));
        warnings
    }

    /// Arrival processes that replay a log.
    pub fn replays(&self) -> Vec<&str> {
        let replays =
            self.model.processes.iter().filter(|process| matches!(process.certain, Some(Certain::Listed(_))));
        replays.map(|process| process.name.as_str()).collect()
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
        match period.kind {
            PeriodKind::Day => return start.date.to_string(),
            PeriodKind::Month => return format!("{:04}-{:02}", start.date.year(), start.date.month()),
            PeriodKind::Weekday => return format!("{} {clocks}", weekday(start.date)),
            PeriodKind::Hour | PeriodKind::Period => {}
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

fn few_replications(grounds: Grounds) -> Option<Diagnostic> {
    let (code, message) = match grounds {
        Grounds::Batches(_) => return None,
        Grounds::Replications(enough) if enough >= ENOUGH_REPLICATIONS => return None,
        Grounds::Nothing => (
            Code::FEW_REPLICATIONS,
            "one replication says nothing about how well its numbers are known".into(),
        ),
        Grounds::Replications(few) => (
            Code::FEW_REPLICATIONS,
            format!("{few} replications are few: the half-widths are themselves uncertain"),
        ),
        Grounds::Weeks(weeks) => (
            Code::WITHIN_YEAR,
            format!(
                "half-widths are within-year and approximate: how the {weeks} weeks of the only replication differ, not how \
                 years do"
            ),
        ),
    };
    let help = format!("run at least {ENOUGH_REPLICATIONS} with --replications");
    Some(Diagnostic::new(code, "", message).with_help(help))
}

/// What the batches of a steady state say against themselves.
fn doubtful(run: &Run<'_>, doubt: &Doubt) -> Diagnostic {
    let (measure, figure) = (doubt.measure, doubt.figure);
    let (code, message, help) = match doubt.doubted {
        Doubted::WarmUp => (
            Code::WARM_UP_LEFT,
            format!(
                "the first tenth of the batches is unlike the last half in {measure} (Geweke's test, t = {figure:.1}): the \
                 warm-up seems to be left in"
            ),
            "lengthen scenario.steady_state.warm_up",
        ),
        Doubted::Independence => (
            Code::BATCHES_CORRELATED,
            format!(
                "batches that follow each other are alike in {measure} (von Neumann's ratio, correlation {figure:.2}): the \
                 half-widths are too small"
            ),
            "simulate more days with as many batches, or choose fewer",
        ),
        Doubted::Stability => (
            Code::QUEUE_GROWS,
            format!(
                "queue {} grows as long as the run goes: over it its mean length rises by {:.0} % of the mean",
                run.results.name_of(doubt.scope),
                100.0 * figure
            ),
            "staff it, or lower the arrivals: there is no steady state to speak of",
        ),
    };
    Diagnostic::new(code, "", message).with_help(help)
}

/// A target that the run leaves open, and what would settle it.
fn undecided(run: &Run<'_>, target: &TargetResult<'_>) -> Option<Diagnostic> {
    let help = to_decide(run, target)?;
    let message = format!(
        "target {}: the interval of its value holds what was promised, so it is neither met nor missed",
        target.target
    );
    Some(Diagnostic::new(Code::UNDECIDED, "", message).with_help(help))
}

/// How many replications would decide a target that is undecided; `None` where none would, or where it is not about replications.
pub(super) fn replications_to_decide(run: &Run<'_>, target: &TargetResult<'_>) -> Option<u32> {
    let (value, interval) = (target.value?, target.interval?);
    if Verdict::of(target.promised, Some(&interval)) != Verdict::Undecided {
        return None;
    }
    let Grounds::Replications(n) = run.results.grounds() else { return None };
    let beyond = if value >= target.promised { value - interval.low } else { interval.high - value };
    Confidence::default().replications_for((value - target.promised).abs(), beyond, n)
}

/// `about 67 replications would decide`, if the value stays what it is: half-widths shrink with the square root of their number. `None` of
/// a target that is decided or has no interval.
pub(super) fn to_decide(run: &Run<'_>, target: &TargetResult<'_>) -> Option<String> {
    let (value, interval) = (target.value?, target.interval?);
    if Verdict::of(target.promised, Some(&interval)) != Verdict::Undecided {
        return None;
    }
    let beyond = if value >= target.promised { value - interval.low } else { interval.high - value };
    let distance = (value - target.promised).abs();
    let times = (beyond / distance) * (beyond / distance);
    let too_close = || "too close to what was promised for any number of replications to decide".into();
    Some(match run.results.grounds() {
        Grounds::Weeks(_) => {
            "replications would tell: one year says little about what years differ in".into()
        }
        Grounds::Batches(_) if times < 1e4 => {
            format!("a run about {} times as long would decide", number::rounded_up(times))
        }
        Grounds::Replications(n) => {
            Confidence::default().replications_for(distance, beyond, n).map_or_else(too_close, |needed| {
                format!("about {} replications would decide", number::rounded_up(needed.into()))
            })
        }
        _ => too_close(),
    })
}
