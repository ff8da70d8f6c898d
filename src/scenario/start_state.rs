//! What is there already when the counted time starts: `[start_state]`.
//!
//! Contacts that wait, cases that are open, and visits that are booked.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::counters::Service;
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
    /// Visits that are booked, by a name of one's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bookings: BTreeMap<String, BookedVisits>,
}

/// `[start_state.bookings.NAME]`: visits that were booked before the start and lie after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BookedVisits {
    /// What they are for; absent: the service of the same name.
    #[serde(default)]
    pub service: Option<String>,
    /// How many.
    pub count: u32,
    /// How long after the start each lies: in the first free slot from then on or, where none is left, in the last one before it.
    pub ahead: Distribution,
    /// How long before the start each was booked, as far as that could be: a slot is booked when it is released, and no later than its notice. Absent: a day.
    #[serde(default)]
    pub booked: Option<Distribution>,
    /// Nobody booked longer ago; absent: 90 days.
    #[serde(default)]
    pub longest: Option<Span>,
    /// Where; absent: each at the nearest counter that has a place left.
    #[serde(default)]
    pub counter: Option<String>,
    /// What their citizens want when they call; absent: the only contact type of those who want the service.
    #[serde(default)]
    pub contact_type: Option<String>,
    /// Their citizens' segment; absent: each has one by the shares.
    #[serde(default)]
    pub profile: Option<String>,
    /// What they dial when they call; absent: the only number.
    #[serde(default)]
    pub number: Option<String>,
}

impl BookedVisits {
    /// How many may be booked under one name.
    pub const COUNTS: RangeInclusive<u32> = 0..=100_000;
    /// How long ago they may have been booked, in seconds.
    pub const LONGEST_S: RangeInclusive<f64> = 1.0..=31_622_400.0;
    /// How long ago they were booked unless more is said.
    const BOOKED_ELSE_S: f64 = 86_400.0;
    /// How long ago they were booked at most unless more is said.
    const LONGEST_ELSE_S: f64 = 90.0 * 86_400.0;

    /// How long before the start they were booked.
    pub fn booked(&self) -> Distribution {
        self.booked.clone().unwrap_or(Distribution::Constant(Span::from_s(Self::BOOKED_ELSE_S)))
    }

    /// None of these was booked longer ago.
    pub fn longest(&self) -> Span {
        match (self.longest, self.booked()) {
            (Some(longest), _) => longest,
            (None, Distribution::Constant(booked)) => booked,
            (None, _) => Span::from_s(Self::LONGEST_ELSE_S),
        }
    }

    /// How long before the start the first of these may have been booked: a slot is booked no later than its notice.
    pub fn first_booked(&self, name: &str, services: &BTreeMap<String, Service>) -> Span {
        let service = services.get(self.service.as_deref().unwrap_or(name));
        let notice = service.and_then(|of| of.booking.as_ref()).map_or(0.0, |booking| booking.notice.as_s());
        Span::from_s(self.longest().as_s().max(notice).min(*Self::LONGEST_S.end()))
    }
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
    pub fn first_came(&self, services: &BTreeMap<String, Service>) -> Option<(String, Span)> {
        let at = |table: &str, name: &str, key: &str| join(&join(&join("start_state", table), name), key);
        let within = |span: Span, most: f64| Span::from_s(span.as_s().min(most));
        let waiting = self.waiting.iter().filter(|(_, of)| of.count > 0);
        let waited = waiting
            .map(|(name, of)| (at("waiting", name, "waited"), within(of.waited, *Waiting::WAITED_S.end())));
        let open = self.cases.iter().filter(|(_, of)| of.count > 0);
        let opened = open
            .map(|(name, of)| (at("cases", name, "age"), within(of.oldest(), *OpenCases::OLDEST_S.end())));
        let booked = self.bookings.iter().filter(|(_, of)| of.count > 0);
        let booked =
            booked.map(|(name, of)| (at("bookings", name, "booked"), of.first_booked(name, services)));
        waited.chain(opened).chain(booked).max_by(|(_, a), (_, b)| a.as_s().total_cmp(&b.as_s()))
    }
}
