//! What is simulated, by which calendar, and what counts as in time, as it is written: `[scenario]`, `[calendar]`, `[measures]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::{DateText, Span};

/// `[scenario]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// What the report calls it.
    pub name: String,
    /// One or two sentences for the report.
    #[serde(default)]
    pub description: String,
    /// The first local date that is counted, from its midnight.
    pub start: DateText,
    /// How many local days are counted.
    #[serde(default = "one")]
    pub days: u32,
    /// The length of a period: a divisor of a day in whole minutes.
    #[serde(default = "quarter_hour")]
    pub period: Span,
    /// Simulated before the start and not counted.
    #[serde(default)]
    pub run_in: Span,
    /// A center looked at in the long run: one long replication after a warm-up, cut into batches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steady_state: Option<SteadyState>,
    /// The master seed, unless the command gives one.
    #[serde(default = "default_seed")]
    pub seed: u64,
}

impl Header {
    /// What is simulated before the start and not counted: the run-in, or the warm-up of a steady state.
    pub fn before_start(&self) -> Span {
        self.steady_state.map_or(self.run_in, |steady| steady.warm_up)
    }
}

/// `scenario.steady_state`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SteadyState {
    /// Simulated before the start and not counted, until the empty start is forgotten.
    pub warm_up: Span,
    /// Into how many batches of whole periods the counted time is cut.
    #[serde(default = "twenty")]
    pub batches: u32,
}

fn twenty() -> u32 {
    20
}

fn one() -> u32 {
    1
}

fn quarter_hour() -> Span {
    Span::from_s(900.0)
}

fn default_seed() -> u64 {
    20_202
}

/// `[calendar]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSection {
    /// An IANA time zone.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// A named set ("IT", "IT-MI") or a list of dates.
    #[serde(default)]
    pub holidays: Holidays,
}

fn utc() -> String {
    "UTC".into()
}

impl Default for CalendarSection {
    fn default() -> Self {
        CalendarSection { time_zone: utc(), holidays: Holidays::default() }
    }
}

/// Which days are holidays.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Holidays {
    /// A set that the program knows.
    Named(String),
    /// The dates themselves.
    Dates(Vec<DateText>),
}

impl Default for Holidays {
    fn default() -> Self {
        Holidays::Dates(Vec::new())
    }
}

/// `[measures]`: what counts as answered in time where no target says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuresSection {
    /// Answered within this of entering the queue is in time.
    #[serde(default = "twenty_seconds")]
    pub within: Span,
    /// Hanging up within this is a short abandonment.
    #[serde(default = "five_seconds")]
    pub short_abandonment: Span,
}

fn twenty_seconds() -> Span {
    Span::from_s(20.0)
}

fn five_seconds() -> Span {
    Span::from_s(5.0)
}

impl Default for MeasuresSection {
    fn default() -> Self {
        MeasuresSection { within: twenty_seconds(), short_abandonment: five_seconds() }
    }
}
