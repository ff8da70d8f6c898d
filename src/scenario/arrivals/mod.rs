//! `[arrivals.NAME]` as people write it: who calls when. What is known to come is `events`'s.
//!
//! How volumes spread over years, days and events is the model's to compute.

pub(super) mod history;
mod reading;
mod replay;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use replay::{Known, contacts};
pub use replay::{LoggedContact, LoggedRetrials, Replay};

use super::events::{Event, unchanged};
use super::units::{Clock, DateText, Span};

/// `[arrivals.NAME]`: an arrival process. Give one volume: `yearly`, `per_day`, `per_hour`, `exactly`, `history`, `replay` or `from`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrivals {
    /// Their contact type; absent: the process's name.
    #[serde(default, rename = "type")]
    pub contact_type: Option<String>,
    /// The access number that they dial; absent: the only one, or with `from` that of the process.
    #[serde(default)]
    pub number: Option<String>,
    /// The service that they want at a counter: they book on the web or walk in, and call only if that fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// In place of a volume: the process whose citizens these are, split off by a mark of each.
    #[serde(default)]
    pub from: Option<String>,
    /// With `from`: the part of its citizens that are these.
    #[serde(default)]
    pub share: Option<f64>,
    /// Expected first attempts of a calendar year, spread by `month`, `weekday` and `day`; or a CSV that says so by type.
    #[serde(default)]
    pub yearly: Option<Volume>,
    /// Expected first attempts of a normal day, spread by `day`; or a CSV that says so by type.
    #[serde(default)]
    pub per_day: Option<Volume>,
    /// A constant rate of first attempts.
    #[serde(default)]
    pub per_hour: Option<f64>,
    /// Volume: this many first attempts, no more and no fewer, spread as `month`, `weekday`, `day` and `events` say.
    #[serde(default)]
    pub exactly: Option<u32>,
    /// Over which span `exactly` counts; absent: a day.
    #[serde(default)]
    pub per: Option<CountSpan>,
    /// Volume: counts by interval of an earlier time, a CSV or XLSX beside the scenario as telephone systems export it.
    #[serde(default)]
    pub history: Option<History>,
    /// In place of a volume: the contacts of a log.
    #[serde(default)]
    pub replay: Option<Replay>,
    /// Factor on the history.
    #[serde(default = "unchanged")]
    pub growth: f64,
    /// How many days later the history's days come again: 364 keeps the days of the week.
    #[serde(default)]
    pub move_days: i64,
    /// What the volume counts.
    #[serde(default)]
    pub counts: Counts,
    /// With `counts`: the share of offered contacts that hung up where the volume was counted.
    #[serde(default)]
    pub abandonment: Option<f64>,
    /// Weight of a day by its month: `{ jan = 1.1, aug = 0.6 }`, a list of 12, or a CSV; absent months are 1.
    #[serde(default)]
    pub month: MonthWeights,
    /// Weight of a day by its kind: `{ sat = 0.4, sun = 0.2, holiday = 0.2 }`, or a CSV; absent kinds are 1, an absent
    /// `holiday` is as `sun`.
    #[serde(default)]
    pub weekday: WeekdayWeights,
    /// The shape of a day by wall clock, scaled to sum 1 on a normal day. Absent: flat.
    #[serde(default)]
    pub day: Option<DayShape>,
    /// What is known beforehand to bring more or fewer of these calls, by name.
    #[serde(default)]
    pub events: BTreeMap<String, Event>,
    /// Whether `yearly` counts what events bring; otherwise they come on top.
    #[serde(default)]
    pub includes_events: bool,
    /// The busyness factor that multiplies the rate.
    #[serde(default)]
    pub busyness: Option<String>,
    /// The name that keys its random numbers; absent: its own. Lets a rename keep its citizens.
    #[serde(default)]
    pub key: Option<String>,
}

/// Counts by interval.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum History {
    /// A table beside the scenario with `start` (or `date` and `time`), `count` (or `offered`, `handled`) and, if wanted,
    /// `abandoned` and `type` or `queue`; loading replaces it.
    File(String),
    /// What a file held.
    Days(HistoryDays),
}

/// Counts by local day: one number an interval, as many as the day has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryDays {
    /// The length of an interval.
    pub interval: Span,
    /// What `counts` says.
    pub counts: BTreeMap<DateText, Vec<f64>>,
    /// Those of them, or beside them, that hung up; empty if unknown.
    #[serde(default)]
    pub abandoned: BTreeMap<DateText, Vec<f64>>,
}

/// The span that has an exact number of first attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountSpan {
    /// Each local day.
    #[default]
    Day,
    /// The counted days of the run together; what is simulated before them has none.
    Run,
}

/// What a volume counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Citizens' first attempts.
    #[default]
    FirstAttempts,
    /// All contacts that reached a queue, retrials and repeat contacts among them.
    Offered,
    /// Those of them that were answered.
    Handled,
}

/// A number of contacts, or the file that has it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Volume {
    /// So many.
    Number(f64),
    /// A table beside the scenario with the key as a column and, if wanted, `type`; loading replaces it by its number.
    File(String),
}

impl Volume {
    /// The number, once files are read in.
    pub fn number(&self) -> Option<f64> {
        match self {
            Volume::Number(number) => Some(*number),
            Volume::File(_) => None,
        }
    }
}

/// What a day weighs by its month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum MonthWeights {
    /// By `jan` ... `dec`.
    Table(BTreeMap<String, f64>),
    /// From January on.
    List(Vec<f64>),
    /// A table beside the scenario with columns `month` and `weight` and, if wanted, `type`; loading replaces it.
    File(String),
}

impl MonthWeights {
    /// The names of the months as tables and files have them.
    pub const NAMES: [&'static str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        matches!(self, MonthWeights::Table(table) if table.is_empty())
    }
}

impl Default for MonthWeights {
    fn default() -> Self {
        MonthWeights::Table(BTreeMap::new())
    }
}

/// What a day weighs by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum WeekdayWeights {
    /// By `mon` ... `sun` and `holiday`.
    Table(BTreeMap<String, f64>),
    /// A table beside the scenario with columns `day` and `weight` and, if wanted, `type`; loading replaces it.
    File(String),
}

impl WeekdayWeights {
    /// The weights, once files are read in.
    pub fn table(&self) -> Option<&BTreeMap<String, f64>> {
        match self {
            WeekdayWeights::Table(table) => Some(table),
            WeekdayWeights::File(_) => None,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.table().is_some_and(BTreeMap::is_empty)
    }
}

impl Default for WeekdayWeights {
    fn default() -> Self {
        WeekdayWeights::Table(BTreeMap::new())
    }
}

/// How a day's volume spreads over the day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum DayShape {
    /// A CSV beside the scenario with columns `start`, `weight` and, if wanted, `day` (`mon` ... `sun`, `weekday`,
    /// `holiday`) and `type`; loading replaces it by its rows.
    File(String),
    /// 24, 48, 96 ... weights of equal length from midnight.
    Weights(Vec<f64>),
    /// Rate relative to the others from each time of day until the next: `{ "00:00" = 0.1, "08:00" = 1 }`.
    Bands(BTreeMap<Clock, f64>),
    /// What a file held.
    Rows(Vec<DayRow>),
}

/// A row of a day shape's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayRow {
    /// The kind of day; empty: every day.
    pub day: String,
    /// From when.
    pub start: Clock,
    /// Rate relative to the other rows of this kind of day, until the next row's start.
    pub weight: f64,
}
