//! The time of people as it is written: shifts with their breaks, and who works which shift on which day.
//!
//! What the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::{Clock, Span};

/// `[shifts.NAME]`: from when to when somebody works, by the wall clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// When it starts.
    pub start: Clock,
    /// When it ends: on the next day where this is not later than `start`.
    pub end: Clock,
    /// Breaks and lunches by name.
    #[serde(default)]
    pub breaks: BTreeMap<String, Break>,
}

/// `[shifts.NAME.breaks.NAME]`: a pause within a shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// When the first wave goes, by the wall clock; earlier in the day than the shift's start: on the next day.
    pub from: Clock,
    /// How long each has.
    pub length: Span,
    /// Whether it is paid.
    #[serde(default = "yes")]
    pub paid: bool,
    /// In how many waves people go: the first person of the shift in the first, the second in the second, and so on around.
    #[serde(default = "one_wave")]
    pub waves: u32,
    /// The time from one wave to the next; absent: the length, so that a wave goes when the one before it returns.
    #[serde(default)]
    pub every: Option<Span>,
}

fn yes() -> bool {
    true
}

fn one_wave() -> u32 {
    1
}

/// How many people work each shift, by the shift's name.
pub type ShiftHeads = BTreeMap<String, u32>;

/// Who works which shift on which day, as a table.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Roster {
    /// A CSV beside the scenario with columns `day`, `shift`, `heads` and, if wanted, `group`; loading replaces it by its rows.
    File(String),
    /// What a file held.
    Rows(Vec<RosterRow>),
}

/// A row of a roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterRow {
    /// `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, a date, or empty for every day.
    pub day: String,
    /// Which shift.
    pub shift: String,
    /// How many people.
    pub heads: u32,
}
