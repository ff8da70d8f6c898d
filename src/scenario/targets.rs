//! What was promised, as it is written: `[targets.NAME]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Channel, OneOrMany};
use super::units::Span;

/// `[targets.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// To which contacts; absent: to all.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// `leg`, `contact` or `need`.
    #[serde(default)]
    pub basis: Basis,
    /// Over which span it is judged.
    #[serde(default)]
    pub per: Per,
    /// The share promised.
    pub service_level: f64,
    /// In time is within this.
    pub within: Span,
    /// Which formula, by its name in docs/measures.md.
    #[serde(default = "answered_over_offered")]
    pub formula: String,
}

fn answered_over_offered() -> String {
    "answered_over_offered".into()
}

/// What a target is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesTo {
    /// Contacts of this channel.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Contacts of these types.
    #[serde(default, rename = "type")]
    pub contact_type: Option<OneOrMany>,
}

/// What is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A stay in a queue.
    #[default]
    Leg,
    /// From the first queue entry to the first answer.
    Contact,
    /// What the citizen wanted, over all attempts.
    Need,
}

/// The span over which a target is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each day.
    Day,
    /// Each month.
    #[default]
    Month,
    /// The whole run.
    Whole,
}
