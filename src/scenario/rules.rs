//! What routing rules ask beyond who calls about what: a caller's past, a part of all needs, a number of contacts; and
//! the agent who served a caller last.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::Span;

/// A part of all needs, by a random mark between 0 and 1 that each need has for its whole life.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Marks from here on.
    #[serde(default)]
    pub from: f64,
    /// Marks below this.
    #[serde(default = "all")]
    pub below: f64,
}

fn all() -> f64 {
    1.0
}

/// So many contacts, and the others go on to the next rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// How many enter a queue by the rule.
    pub contacts: u32,
    /// In which span.
    pub per: BandSpan,
}

/// The span over which a rule's contacts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BandSpan {
    /// Each period of the scenario.
    Period,
    /// Each local day.
    Day,
}

/// A known caller who comes again goes to the agent who served the need last.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferLastAgent {
    /// How long the contact waits for a busy one before anybody else may take it.
    #[serde(default)]
    pub wait_at_most: Span,
}
