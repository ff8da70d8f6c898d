//! The time of people as it is written: shifts with their breaks, and who works which shift on which day.
//!
//! What the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::units::{Clock, Span};

/// `[sites.NAME]`: a place at which agent groups work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// For the report.
    #[serde(default)]
    pub description: String,
}

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

/// `[agent_groups.NAME.shrinkage.NAME]`: people who are down for work and are not there for contacts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shrinkage {
    /// Part of those who are left after the components before it.
    pub share: f64,
    /// Whether it is planned (training, meetings), and so a number of people that is rounded; otherwise it strikes by chance.
    #[serde(default)]
    pub planned: bool,
    /// How what is not planned strikes; absent: `binomial`.
    #[serde(default)]
    pub draw: Option<ShrinkageDraws>,
    /// The span that is drawn at once: the shift (of heads without shifts the local day) or the period. Absent: the shift, and for
    /// planned parts of heads the period.
    #[serde(default)]
    pub per: Option<ShrinkagePer>,
    /// Whether those who are away are paid.
    #[serde(default = "yes")]
    pub paid: bool,
}

/// How unplanned shrinkage strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShrinkageDraws {
    /// Each person by chance.
    Binomial,
    /// Always its share of people, rounded.
    Expected,
}

/// The span of one draw of shrinkage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShrinkagePer {
    /// A shift; of heads without shifts a local day.
    Shift,
    /// A period.
    Period,
}

/// `[agent_groups.NAME.adherence]`: how people keep to their shifts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Adherence {
    /// A plain share: the part of the planned time at work (the shift without its breaks) during which a person is there.
    Share(f64),
    /// How late people come and return, and how early they leave.
    Times(AdherenceTimes),
}

/// How late people come and return, and how early they leave, drawn for each person and shift.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdherenceTimes {
    /// From the start of the shift to logging in.
    #[serde(default)]
    pub late_log_in: Option<Distribution>,
    /// From the end of a break to being back.
    #[serde(default)]
    pub late_return: Option<Distribution>,
    /// From leaving to the end of the shift.
    #[serde(default)]
    pub early_log_out: Option<Distribution>,
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
