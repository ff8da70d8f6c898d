//! What is there already when the counted time starts: `[start_state]`.
//!
//! So far contacts that wait; what else a center has in hand at midnight gets tables beside theirs.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::Span;

/// `[start_state]`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartState {
    /// Contacts that wait, by a name of one's own.
    #[serde(default)]
    pub waiting: BTreeMap<String, Waiting>,
}

/// `[start_state.waiting.NAME]`: contacts that came before the start and still wait then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// What they want; absent: the contact type of the same name.
    #[serde(default, rename = "type")]
    pub contact_type: Option<String>,
    /// How many.
    pub count: u32,
    /// How long the first of them has waited; the others came after it, evenly apart.
    pub waited: Span,
    /// Their segment; absent: each has one by the shares.
    #[serde(default)]
    pub profile: Option<String>,
    /// Whether the telephone system knows them; absent: as their profile says.
    #[serde(default)]
    pub recognised: Option<bool>,
    /// What they dialled; absent: the only number.
    #[serde(default)]
    pub number: Option<String>,
}

impl Waiting {
    /// How many may wait under one name.
    pub const COUNTS: RangeInclusive<u32> = 0..=100_000;
    /// How long they may have waited, in seconds.
    pub const WAITED_S: RangeInclusive<f64> = 1.0..=2_592_000.0;
}

impl StartState {
    /// How long the one who came first has waited, and under which name; `None`: nobody waits.
    pub fn first_came(&self) -> Option<(&str, Span)> {
        let there = self.waiting.iter().filter(|(_, of)| of.count > 0);
        let waited = there.map(|(name, of)| (name.as_str(), of.waited));
        waited.max_by(|(_, a), (_, b)| a.as_s().total_cmp(&b.as_s()))
    }
}
