//! What is there already when the counted time starts: `[start_state]`.
//!
//! Contacts that wait, and cases that are open.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::paths::join;
use super::units::Span;

/// `[start_state]`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartState {
    /// Contacts that wait, by a name of one's own.
    #[serde(default)]
    pub waiting: BTreeMap<String, Waiting>,
    /// Cases that are open, by a name of one's own.
    #[serde(default)]
    pub cases: BTreeMap<String, OpenCases>,
}

/// `[start_state.cases.NAME]`: cases that were opened before the start and are not closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCases {
    /// Their case type; absent: the case type of the same name.
    #[serde(default, rename = "type")]
    pub case_type: Option<String>,
    /// How many.
    pub count: u32,
    /// How long ago each was opened.
    pub age: Distribution,
    /// Whoever would be older is as old as this; absent: 90 days.
    #[serde(default)]
    pub oldest: Option<Span>,
    /// What the contact wanted that opened them; absent: the only contact type that opens such cases.
    #[serde(default)]
    pub contact_type: Option<String>,
    /// Their citizens' segment; absent: each has one by the shares.
    #[serde(default)]
    pub profile: Option<String>,
    /// Whether the telephone system knows their citizens; absent: as their profile says.
    #[serde(default)]
    pub recognised: Option<bool>,
    /// What they dial; absent: the only number.
    #[serde(default)]
    pub number: Option<String>,
}

impl OpenCases {
    /// How many may be open under one name.
    pub const COUNTS: RangeInclusive<u32> = 0..=100_000;
    /// How old they may be, in seconds.
    pub const OLDEST_S: RangeInclusive<f64> = 1.0..=31_622_400.0;
    /// How old they are at most unless more is said.
    const OLDEST_ELSE_S: f64 = 90.0 * 86_400.0;

    /// No case of these is older.
    pub fn oldest(&self) -> Span {
        match (&self.oldest, &self.age) {
            (Some(oldest), _) => *oldest,
            (None, Distribution::Constant(age)) => *age,
            (None, _) => Span::from_s(Self::OLDEST_ELSE_S),
        }
    }
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
    /// How long before the start the first of what is there began, and where that is said; `None`: nothing is there. What is out of range
    /// is refused where it is looked at, and taken for the most that may be.
    pub fn first_came(&self) -> Option<(String, Span)> {
        let at = |table: &str, name: &str, key: &str| join(&join(&join("start_state", table), name), key);
        let within = |span: Span, most: f64| Span::from_s(span.as_s().min(most));
        let waiting = self.waiting.iter().filter(|(_, of)| of.count > 0);
        let waited = waiting
            .map(|(name, of)| (at("waiting", name, "waited"), within(of.waited, *Waiting::WAITED_S.end())));
        let open = self.cases.iter().filter(|(_, of)| of.count > 0);
        let opened = open
            .map(|(name, of)| (at("cases", name, "age"), within(of.oldest(), *OpenCases::OLDEST_S.end())));
        waited.chain(opened).max_by(|(_, a), (_, b)| a.as_s().total_cmp(&b.as_s()))
    }
}
