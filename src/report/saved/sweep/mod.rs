//! What a sweep says, as it is kept for later reports.

mod gather;

use serde::{Deserialize, Serialize};

use super::Known;
use crate::scenario::Until;

pub use gather::saved_sweep;

/// A finished sweep.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedSweep {
    /// The study's name.
    pub study: String,
    /// The hash of the study, its base and its overlays.
    pub study_hash: String,
    /// The master seed.
    pub seed: u64,
    /// The command that does it again.
    pub command: String,
    /// What is varied.
    pub factors: Vec<SavedFactor>,
    /// Whether the factors are varied one at a time.
    pub one_at_a_time: bool,
    /// How many scenarios there are, the base among them.
    pub scenario_count: usize,
    /// Replications of all scenarios.
    pub replications: u64,
    /// Replications of each scenario, where their number is fixed.
    pub fixed: Option<u32>,
    /// What was to be decided otherwise.
    pub until: Option<Until>,
    /// Scenarios of which it is not.
    pub undecided: u32,
    /// The scenarios that may be the best, where that was to be decided.
    pub left: Option<Vec<u32>>,
    /// Measures that are looked at first: promises, then the cost.
    pub keys: Vec<SavedKey>,
    /// The place of the cost among them, if there is one.
    pub cost: Option<usize>,
    /// Lines of scenarios that differ in one numeric factor alone.
    pub lines: Vec<SavedLine>,
    /// How many there are, kept or not.
    pub line_count: usize,
    /// What changes of factors of words save at the base's service.
    #[serde(default)]
    pub savings: Vec<SavedSaving>,
    /// Scenarios than which no other is both cheaper and better, the cheapest first.
    pub front: Vec<u32>,
    /// How many scenarios keep all promises, by their estimates.
    pub all_kept: usize,
    /// The cheapest of these.
    pub cheapest: Option<u32>,
    /// Scenarios, by their numbers.
    pub scenarios: Vec<SavedScenario>,
    /// What to be careful with.
    pub warnings: Vec<String>,
}

/// What is varied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedFactor {
    /// Its name.
    pub name: String,
    /// Whether its numbers multiply what stands in the base.
    pub multiplies: bool,
}

/// A measure of the whole center or of a target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedKey {
    /// Its name in files.
    pub measure: String,
    /// What is counted.
    pub basis: String,
    /// Over whom: "whole" or "target".
    pub scope_kind: String,
    /// Its name.
    pub scope: String,
    /// What the numbers are.
    pub unit: String,
    /// What is promised, where that is the same under all scenarios.
    pub promised: Option<f64>,
    /// How many scenarios keep the promise, miss it, and may do either: by the whole of their 95 % intervals.
    pub verdicts: [usize; 3],
    /// How each factor acts, the strongest first.
    pub effects: Vec<SavedEffect>,
}

/// How a factor acts on a measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedEffect {
    /// Its place among the factors.
    pub factor: usize,
    /// The largest mean less the smallest.
    pub swing: f64,
    /// By value of the factor.
    pub levels: Vec<SavedEffectLevel>,
}

/// A value of a factor and the mean there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedEffectLevel {
    /// The value; of a part of a range its ends.
    pub label: String,
    /// The mean over scenarios.
    pub mean: f64,
    /// Half of its 95 % interval, or more.
    pub half_width: f64,
    /// How many scenarios.
    pub scenarios: usize,
}

/// A line of scenarios that differ in one factor, held against a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedLine {
    /// The place of the factor.
    pub factor: usize,
    /// The place of the target among the keys.
    pub key: usize,
    /// The other factors, as (place, value).
    pub others: Vec<(usize, String)>,
    /// Whether these are as in the base.
    pub others_as_in_base: bool,
    /// Where the promise is kept.
    pub holds: SavedHolds,
    /// The scenarios: the factor's number, and the value there.
    pub points: Vec<(f64, Known)>,
}

/// What of a numeric factor gives the service of before once another factor has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedSaving {
    /// The place of the numeric factor.
    pub factor: usize,
    /// The place of what stands for service among the keys.
    pub key: usize,
    /// The place of the factor that changed.
    pub changed: usize,
    /// To what.
    pub level: String,
    /// The other factors, as (place, value).
    pub others: Vec<(usize, String)>,
    /// The numeric factor's value before.
    pub before: f64,
    /// Its value with the same service.
    pub at: f64,
    /// Half of the 95 % interval of that.
    pub half_width: Option<f64>,
    /// Cost there less cost before.
    pub cost: Option<f64>,
    /// Half of the interval of that.
    pub cost_half_width: Option<f64>,
}

/// Where a promise is kept along a line; `at` has an interval whose ends may lie beyond the line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedHolds {
    /// At all values.
    Everywhere,
    /// At none.
    Nowhere,
    /// Below a value.
    UpTo {
        /// The value.
        at: f64,
        /// The lower end of its interval.
        low: Option<f64>,
        /// The upper one.
        high: Option<f64>,
    },
    /// Above a value.
    From {
        /// The value.
        at: f64,
        /// The lower end of its interval.
        low: Option<f64>,
        /// The upper one.
        high: Option<f64>,
    },
    /// Here and there.
    Mixed,
}

/// A scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedScenario {
    /// Its number; 0 is the base.
    pub scenario: u32,
    /// The value of each factor.
    pub at: Vec<String>,
    /// Replications.
    pub replications: u32,
    /// By key.
    pub values: Vec<SavedValue>,
}

/// What is known of a measure under a scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedValue {
    /// The number.
    #[serde(flatten)]
    pub known: Known,
    /// Met, not met or undecided; nothing where nothing is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
}

#[cfg(test)]
mod tests;
