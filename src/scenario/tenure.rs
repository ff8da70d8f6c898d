//! How people get better with the time that they have been at work: `[tenure.NAME]`, and since when a group's people have been there.
//!
//! What the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::{DateText, Span};

/// `[tenure.NAME]`: factors on talks and their outcomes by the time that the agent has been at work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tenure {
    /// How much longer talks take.
    #[serde(default)]
    pub service_time: Option<Curve>,
    /// By outcome: how many times as often talks end so; the last of a table takes up what is left.
    #[serde(default)]
    pub outcome_times: BTreeMap<String, Curve>,
    /// Contact types with curves of their own, in the place of those for all.
    #[serde(default)]
    pub by_type: BTreeMap<String, TenureOfType>,
}

/// `[tenure.NAME.by_type.TYPE]`: curves of one contact type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenureOfType {
    /// How much longer its talks take; absent: as those of all types.
    #[serde(default)]
    pub service_time: Option<Curve>,
    /// By outcome: how many times as often its talks end so; an outcome that is not named is as for all types.
    #[serde(default)]
    pub outcome_times: BTreeMap<String, Curve>,
}

/// A factor by time at work: `{ start = 1.5, half_life = "21d" }`, or `{ weeks = { 0 = 1.6, 2 = 1.3, 6 = 1.0 } }`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// The factor on the first day; what it has above or below 1 halves by each half-life.
    #[serde(default)]
    pub start: Option<f64>,
    /// In what time.
    #[serde(default)]
    pub half_life: Option<Span>,
    /// Factors by weeks at work: straight lines between them, the first before and the last after them.
    #[serde(default)]
    pub weeks: BTreeMap<String, f64>,
}

/// `agent_groups.NAME.tenure` or `vendors.NAME.tenure`: which curve its people follow, and since when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupTenure {
    /// A name of `[tenure.NAME]`; absent: no factor.
    #[serde(default)]
    pub curve: Option<String>,
    /// The date on which they began; absent: long ago.
    #[serde(default)]
    pub since: Option<DateText>,
    /// Parts of them who began on other dates, by name.
    #[serde(default)]
    pub hired: BTreeMap<String, Hired>,
    /// How they leave, and newcomers take their places; absent: nobody leaves.
    #[serde(default)]
    pub attrition: Option<Attrition>,
}

/// `tenure.hired.NAME`: a part of a group's people who began together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hired {
    /// Part of the group's people.
    pub share: f64,
    /// Their first day.
    pub on: DateText,
}

/// `tenure.attrition`: people leave for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attrition {
    /// How often a place is left in a year of 365 days, on average.
    pub per_year: f64,
    /// How long a place then stays empty; of groups that work by shifts.
    #[serde(default)]
    pub replaced_after: Span,
}
