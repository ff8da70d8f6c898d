//! What a run says, as it is kept for later reports: `report.json`.
//!
//! A report is rendered from this file alone, so it can be rendered again, in another language or form, without simulating. It holds numbers and
//! names, no text that depends on a language but the warnings.

mod comparison;
mod curve;
mod gather;
mod read;
mod sweep;

use serde::{Deserialize, Serialize};

pub use comparison::{SavedComparison, SavedDifference, SavedHour, SavedVariant, saved_comparison};
pub use gather::saved_run;
pub use read::{Saved, read_saved};
pub use sweep::{
    SavedEffect, SavedEffectLevel, SavedHolds, SavedKey, SavedLine, SavedSaving, SavedScenario, SavedSweep,
    SavedValue, saved_sweep,
};

use crate::measures::{Basis, ScopeKind, Unit};

/// The name of the file.
pub const REPORT_JSON: &str = "report.json";
/// The shape of the file; it grows when a reader of the old one would go wrong.
pub const SAVED_SHAPE: u32 = 1;

/// A finished run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    /// What was simulated, and how.
    pub about: About,
    /// The formula by which the contract, or else the center, is judged.
    pub formula: String,
    /// What was promised and what became of it.
    pub targets: Vec<SavedTarget>,
    /// Every measure of every scope over the whole run.
    pub measures: Vec<SavedMeasure>,
    /// Through the run, or through its usual week.
    pub curve: Curve,
    /// Day by day, of a run of several.
    pub days: Vec<DayPoint>,
    /// By queue and hour of the day.
    pub queue_hours: Vec<QueueHours>,
    /// Open cases at the end of each day, of the whole and of offices.
    #[serde(default)]
    pub backlog: Vec<BacklogDay>,
    /// How long contacts waited.
    pub waits: Vec<Waits>,
    /// The most heads of each agent group at any time.
    pub most_heads: Vec<(String, u32)>,
    /// The worst hours or days: when, and the service level there.
    pub worst: Vec<WorstSpan>,
    /// What to be careful with.
    pub warnings: Vec<String>,
}

/// What was simulated, and how.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The scenario's name.
    pub name: String,
    /// What its author says of it.
    pub description: String,
    /// The hash of the scenario as it was resolved.
    pub hash: String,
    /// The first date that is counted.
    pub start: String,
    /// The last one.
    pub end: String,
    /// How many days.
    pub days: u32,
    /// The length of a period, in seconds.
    pub period_s: f64,
    /// The time zone of all clocks.
    pub time_zone: String,
    /// The master seed.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
    /// What intervals go by: nothing, replications, batches or weeks.
    pub intervals: String,
    /// How many of these.
    pub interval_count: u32,
    /// The period in which a contact counts.
    pub attribution: String,
    /// How patience was looked at.
    pub mode: String,
    /// Contacts simulated in all.
    pub contacts: u64,
    /// The command that does the run again.
    pub command: String,
    /// In time is within this where no target says otherwise, in seconds.
    pub within_s: f64,
}

/// A target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedTarget {
    /// Its name.
    pub name: String,
    /// The formula it is judged by.
    pub formula: String,
    /// On which basis.
    pub basis: String,
    /// The span that is judged: day, month or whole.
    pub per: String,
    /// The share promised.
    pub promised: f64,
    /// In time is within this, in seconds.
    pub within_s: f64,
    /// The formula over the whole run.
    pub value: Known,
    /// Met, not met or undecided; nothing without data.
    pub verdict: Option<String>,
    /// Share of the judged spans that met it.
    pub met: Known,
    /// How many spans were judged, over all replications.
    pub judged: u32,
    /// About how many replications would decide, where it is undecided and any number would.
    pub to_decide: Option<u32>,
}

/// A number and how well it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// The number; `None`: no data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Half of its 95 % interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_width: Option<f64>,
    /// The lower end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

/// A measure of one scope over the whole run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedMeasure {
    /// Its name in files.
    pub measure: String,
    /// What is counted.
    pub basis: String,
    /// Over whom.
    pub scope_kind: String,
    /// Its name.
    pub scope: String,
    /// What the number is.
    pub unit: String,
    /// The number.
    #[serde(flatten)]
    pub known: Known,
    /// The numerator of the ratio, as a mean of the replications.
    pub numerator: f64,
    /// The denominator.
    pub denominator: f64,
}

/// Through the run period by period, or through its usual week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Whether its points are those of a usual week from Monday on, and not those of the run.
    pub usual_week: bool,
    /// The points, in order.
    pub points: Vec<CurvePoint>,
}

/// A period of the run, or of the usual week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Days since the first date, or since Monday.
    pub day: u32,
    /// 0 is Monday.
    pub weekday: usize,
    /// Seconds of the wall clock.
    pub second: u32,
    /// Contacts offered.
    pub offered: Option<f64>,
    /// The service level.
    pub level: Known,
    /// Agents logged in and not on a break.
    pub staff: Option<f64>,
    /// Work that came in, in people: what the stays offered in each queue take at that queue's mean handle time over the run.
    pub load: Option<f64>,
}

/// A day of the run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DayPoint {
    /// Its date.
    pub date: String,
    /// Contacts offered.
    pub offered: Option<f64>,
    /// The service level.
    pub level: Known,
}

/// A queue through the day: 24 numbers each, means of the replications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QueueHours {
    /// The queue.
    pub queue: String,
    /// Stays offered but for those that moved on or accepted a callback.
    pub offered: Vec<f64>,
    /// Those answered in time.
    pub in_time: Vec<f64>,
}

/// Open cases at the end of a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BacklogDay {
    /// The date.
    pub date: String,
    /// "whole" or "office".
    pub scope_kind: String,
    /// Its name.
    pub scope: String,
    /// Open cases.
    pub open: f64,
    /// Those that are late among them.
    pub late: f64,
    /// By class of age: from so many days (0, 1, 3, 7, 14, 30, 60) up to the next.
    pub by_age: Vec<f64>,
}

/// How long the contacts of the whole center, or the stays in a queue, waited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waits {
    /// "whole" or "queue".
    pub scope_kind: String,
    /// Its name.
    pub scope: String,
    /// Parts of all from 0 to 1, with the wait in seconds that so many do not exceed.
    pub quantiles: Vec<(f64, f64)>,
}

/// A bad hour or day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorstSpan {
    /// When: `2008-06-16 10:00-11:00`, the date only where there are several, or a date.
    pub span: String,
    /// The service level.
    pub level: Known,
}

impl SavedRun {
    /// One measure of one scope.
    pub fn find(&self, measure: &str, basis: Basis, kind: ScopeKind, scope: &str) -> Option<&SavedMeasure> {
        let is_it = |row: &&SavedMeasure| {
            row.measure == measure
                && row.scope_kind == kind.name()
                && row.basis == basis.name()
                && (row.scope == scope || kind == ScopeKind::Whole)
        };
        self.measures.iter().find(is_it)
    }

    /// One measure of the whole center.
    pub fn whole(&self, measure: &str, basis: Basis) -> Option<&SavedMeasure> {
        self.find(measure, basis, ScopeKind::Whole, "")
    }

    /// The names of a kind, in the order of the files.
    pub fn scopes(&self, kind: ScopeKind) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for row in self.measures.iter().filter(|row| row.scope_kind == kind.name()) {
            if !names.contains(&row.scope.as_str()) {
                names.push(&row.scope);
            }
        }
        names
    }
}

impl SavedMeasure {
    /// What the number is.
    pub fn unit(&self) -> Unit {
        unit_named(&self.unit)
    }
}

/// The unit that files call so; a plain number if none.
pub fn unit_named(name: &str) -> Unit {
    let all =
        [Unit::Share, Unit::Seconds, Unit::Count, Unit::Contacts, Unit::People, Unit::Number, Unit::Money];
    all.into_iter().find(|&unit| super::tables::unit_name(unit) == name).unwrap_or(Unit::Number)
}

/// The content of `report.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedFile {
    /// [`SAVED_SHAPE`].
    pub shape: u32,
    /// The program's version.
    pub version: String,
    /// A run, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<SavedRun>,
    /// A comparison, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<SavedComparison>,
    /// A sweep, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SavedSweep>,
}

impl SavedFile {
    /// Of a run.
    pub fn of_run(run: SavedRun) -> SavedFile {
        SavedFile { run: Some(run), ..SavedFile::empty() }
    }

    /// Of a comparison.
    pub fn of_comparison(comparison: SavedComparison) -> SavedFile {
        SavedFile { comparison: Some(comparison), ..SavedFile::empty() }
    }

    /// Of a sweep.
    pub fn of_sweep(sweep: SavedSweep) -> SavedFile {
        SavedFile { sweep: Some(sweep), ..SavedFile::empty() }
    }

    fn empty() -> SavedFile {
        SavedFile {
            shape: SAVED_SHAPE,
            version: env!("CARGO_PKG_VERSION").into(),
            run: None,
            comparison: None,
            sweep: None,
        }
    }
}
