//! What results are handed out as: rows with names, ready to be written or printed.

use super::measure::Unit;
use super::{Basis, ScopeKind};
use crate::stats::{Interval, Spread};

/// A span of time less than the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PeriodLabel {
    /// A period or a day.
    pub kind: PeriodKind,
    /// Counted from the first counted one.
    pub index: u32,
    /// Its start in microseconds of Unix time.
    pub start_unix_us: i64,
    /// Its end; at most the horizon.
    pub end_unix_us: i64,
}

impl PeriodLabel {
    /// Its length in seconds.
    pub fn length_s(&self) -> f64 {
        (self.end_unix_us - self.start_unix_us) as f64 / 1e6
    }
}

/// What kind of span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A period of the scenario.
    Period,
    /// An hour, of whole periods from the first counted one.
    Hour,
    /// A local day.
    Day,
    /// A calendar month, as far as it is simulated.
    Month,
    /// A period of a weekday, such as all Mondays from 10:00 to 10:15 by the wall clock; its label is the first of them.
    Weekday,
}

/// One measure of one scope, over all replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasureRow<'a> {
    /// Its name in files.
    pub measure: &'static str,
    /// What the numbers are.
    pub unit: Unit,
    /// What is counted.
    pub basis: Basis,
    /// Over whom.
    pub scope_kind: ScopeKind,
    /// Its name; "all" for the whole.
    pub scope: &'a str,
    /// The span; `None`: the whole run.
    pub period: Option<PeriodLabel>,
    /// Ratio of sums over replications, or the pooled quantile or maximum; `None`: no data.
    pub mean: Option<f64>,
    /// How well the mean is known: 95 %, by Student over replications. `None` with one replication, or without data.
    pub interval: Option<Interval>,
    /// What one replication may bring: 10 to 90 % of them; from 30 on.
    pub spread: Option<Spread>,
    /// Replications.
    pub n: u32,
}

impl MeasureRow<'_> {
    /// Half the interval's length.
    pub fn half_width(&self) -> Option<f64> {
        self.interval.map(|interval| interval.half_width)
    }
}

/// One measure of one scope in one replication: `value` = `numerator` / `denominator`, so that anyone can sum anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplicationRow<'a> {
    /// Which replication.
    pub replication: u32,
    /// The measure's name in files.
    pub measure: &'static str,
    /// What is counted.
    pub basis: Basis,
    /// Over whom.
    pub scope_kind: ScopeKind,
    /// Its name; "all" for the whole.
    pub scope: &'a str,
    /// The ratio's numerator; the value itself for quantiles and maxima.
    pub numerator: f64,
    /// The ratio's denominator; 1 for counts, quantiles and maxima, 0 without data.
    pub denominator: f64,
    /// The ratio; `None`: no data.
    pub value: Option<f64>,
}

/// A measure of one scope over the whole run with what each replication says, to be held against another run's.
#[derive(Clone, Copy, Debug)]
pub struct SeriesView<'a> {
    /// Its name in files.
    pub measure: &'static str,
    /// What the numbers are.
    pub unit: Unit,
    /// What is counted.
    pub basis: Basis,
    /// Over whom.
    pub scope_kind: ScopeKind,
    /// Its name; "all" for the whole.
    pub scope: &'a str,
    /// Ratio of sums, or the pooled quantile or maximum; `None`: no data.
    pub mean: Option<f64>,
    /// Numerator and denominator of each replication; (value, 1) for quantiles and maxima.
    pub sample: &'a crate::stats::RatioSample,
}

/// A period of a queue in the shape that planners keep: sums, as means over replications. Basis leg.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodRow<'a> {
    /// When.
    pub period: PeriodLabel,
    /// The queue.
    pub queue: &'a str,
    /// Legs that entered.
    pub offered: f64,
    /// ... and were answered.
    pub answered: f64,
    /// ... within the threshold.
    pub answered_in_time: f64,
    /// ... hung up.
    pub abandoned: f64,
    /// ... were sent away at closing.
    pub sent_away: f64,
    /// Contacts refused because the queue was closed.
    pub blocked: f64,
    /// Talk, hold and wrap-up of those answered, in seconds.
    pub handle_s: f64,
    /// Waits of all, in seconds.
    pub wait_s: f64,
}

/// A target and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetResult<'a> {
    /// The target's name.
    pub target: &'a str,
    /// The formula it is judged by.
    pub formula: &'a str,
    /// On which basis.
    pub basis: Basis,
    /// The span that is judged.
    pub per: crate::scenario::Per,
    /// The share promised.
    pub promised: f64,
    /// In time is within this, in seconds.
    pub within_s: f64,
    /// The formula over the whole run and all replications; `None`: no data.
    pub value: Option<f64>,
    /// How well that is known.
    pub interval: Option<Interval>,
    /// What one replication may bring.
    pub spread: Option<Spread>,
    /// Share of the judged spans (days, months, runs) with data, over all replications, that met it; `None`: none had any.
    pub met: Option<f64>,
    /// How well that is known.
    pub met_interval: Option<Interval>,
    /// How many spans were judged, over all replications.
    pub judged: u32,
}
