//! The study as people write it: a base, factors and how they are combined, and how many replications each scenario gets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::scenario::document::OneOrMany;
use crate::scenario::ordered::Ordered;

/// A study file: a designed set of scenarios around a base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudyDocument {
    /// What is studied, and how.
    pub study: StudyHeader,
    /// What is varied, by name, in the order of the columns of results.
    #[serde(default)]
    pub factors: Ordered<Factor>,
    /// With the design `list`: the scenarios, each naming a value for some factors; the others are as in the base.
    #[serde(default)]
    pub scenarios: Vec<Ordered<Value>>,
}

/// `[study]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudyHeader {
    /// What it is called.
    pub name: String,
    /// The scenario that all others vary: a file beside the study.
    pub base: String,
    /// How the factors are combined. The base itself is always scenario 0.
    #[serde(default)]
    pub design: DesignKind,
    /// With the design `latin_hypercube`: how many scenarios.
    #[serde(default)]
    pub samples: Option<u32>,
    /// How many times each scenario is run; not with `until`.
    #[serde(default)]
    pub replications: Option<u32>,
    /// The master seed of all scenarios and of the design; absent: the base's.
    #[serde(default)]
    pub seed: Option<u64>,
    /// Measures of which results hold every scope, such as "wait_p90", beside the scorecard of the whole center and of the targets; "all" for
    /// every measure.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Spends replications where they matter.
    #[serde(default)]
    pub until: Option<Until>,
}

/// How factors are combined into scenarios.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DesignKind {
    /// Every value of each factor with every value of the others.
    #[default]
    FullFactorial,
    /// Every value of each factor, the others being as in the base.
    OneAtATime,
    /// A number of scenarios that spread every factor evenly over its range (McKay, Beckman and Conover 1979).
    LatinHypercube,
    /// The scenarios of `[[scenarios]]`.
    List,
}

/// `[factors.NAME]`: something that is varied. Give one of `values`, `times`, `range`, `times_range` and `overlays`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Where: a dotted path as in `--set`, or several; `*` stands for every name of a table.
    #[serde(default)]
    pub path: Option<OneOrMany>,
    /// What stands there instead, one after the other.
    #[serde(default)]
    pub values: Vec<Value>,
    /// By what the numbers that stand there are multiplied. Whole numbers stay whole.
    #[serde(default)]
    pub times: Vec<f64>,
    /// The smallest and the largest value.
    #[serde(default)]
    pub range: Option<[f64; 2]>,
    /// The smallest and the largest factor on what stands there.
    #[serde(default)]
    pub times_range: Option<[f64; 2]>,
    /// Into how many values a range is cut, but for a Latin hypercube, which takes any; absent: its two ends.
    #[serde(default)]
    pub steps: Option<u32>,
    /// Files laid over the base, which they may extend; "" is none.
    #[serde(default)]
    pub overlays: Vec<String>,
}

/// `[study.until]`: replications are added until something is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Until {
    /// What.
    pub decided: Decided,
    /// Of `difference` and `best`: by which measure, as in "cost" or "contact/speed_of_answer"; absent: the first target's, or the service level.
    #[serde(default)]
    pub measure: Option<String>,
    /// Of `difference` and `best`: the smallest difference that matters, in the measure's unit.
    #[serde(default)]
    pub worth: Option<f64>,
    /// How sure each decision is to be.
    #[serde(default = "usual_confidence")]
    pub confidence: f64,
    /// Replications of every scenario before anything is decided.
    #[serde(default = "usual_first")]
    pub first: u32,
    /// Replications of a scenario at most.
    #[serde(default = "usual_most")]
    pub at_most: u32,
}

/// What replications are spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Each scenario: whether it meets its targets.
    Targets,
    /// Each scenario: whether it differs from the base.
    Difference,
    /// All together: which is the best (Kim and Nelson 2001).
    Best,
}

fn usual_confidence() -> f64 {
    0.95
}

fn usual_first() -> u32 {
    10
}

fn usual_most() -> u32 {
    640
}
