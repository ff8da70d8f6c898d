//! How days and hours differ from their plan, as it is written: `[busyness]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[busyness.NAME]`: random factors of mean 1 on the rate; levels multiply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Busyness {
    /// One factor a year.
    #[serde(default)]
    pub year: Option<BusynessLevel>,
    /// One factor a month.
    #[serde(default)]
    pub month: Option<BusynessLevel>,
    /// One factor a local day.
    #[serde(default)]
    pub day: Option<BusynessLevel>,
    /// One factor a quarter-hour.
    #[serde(default)]
    pub period: Option<BusynessLevel>,
    /// Correlation of each process's normal score with the common one.
    #[serde(default = "entirely")]
    pub shared: f64,
}

fn entirely() -> f64 {
    1.0
}

/// Spread and memory of one level of busyness.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BusynessLevel {
    /// Standard deviation of the factor, whose mean is 1.
    pub cv: f64,
    /// Correlation of the normal scores of neighbours.
    #[serde(default)]
    pub lag1: f64,
}
