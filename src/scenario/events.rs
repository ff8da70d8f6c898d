//! `[events.EVENT]` and `[arrivals.NAME.events.EVENT]` as people write them: what is known beforehand to change who calls.
//!
//! A kind names an entry of the library, from which an event takes whatever it does not say itself. What a day then brings is the model's to compute.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::units::DateText;

/// A known event: factors that stand at a height between 1, on usual days, and what is written here, at the peak.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The entry of the library that it is like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EventKind>,
    /// The arrivals that it applies to, or how much each feels of it: `{ taxes = 1, information = 0.2 }`; absent: all. Only for events that stand at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrivals: Option<Affected>,
    /// The day of the peak, or several; `"06-16"` comes every year.
    pub peak: EventDays,
    /// What becomes of a peak that falls on a Saturday, a Sunday or a holiday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_day_off: Option<DayOff>,
    /// Moves all of it by so many days.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub move_days: i32,
    /// How strong it is beside what is written: 2 doubles what its factors add to 1.
    #[serde(default = "unchanged", skip_serializing_if = "is_unchanged")]
    pub scale: f64,
    /// Factor on the volume at the peak; absent: the kind's, or 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
    /// Factor on talk and hold, at the peak, of the needs that begin then; absent: the kind's, or 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_time: Option<f64>,
    /// Factor on the probability to try again, at the peak, of the needs that begin then; absent: the kind's, or 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrial: Option<f64>,
    /// How many days before the peak it begins; absent: the kind's, or 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_days: Option<u32>,
    /// How many days after the peak all is as usual again; absent: the kind's, or 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_days: Option<u32>,
    /// How it rises and falls; absent: the kind's, or `straight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<EventShape>,
    /// When on its days the volume is changed, such as `"09:00-13:00"`; absent: all day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// The library of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The last day to pay a tax.
    TaxDeadline,
    /// The last day to enrol children at school.
    SchoolEnrolment,
    /// The first day of a charge on traffic.
    TrafficChargeLaunch,
    /// A service, such as water, transport or a web site, fails.
    ServiceDisruption,
    /// Polling day.
    Elections,
    /// The hottest day.
    HeatWave,
    /// A day on which public transport or offices stand still.
    Strike,
}

/// What an entry of the library says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsualEvent {
    /// Factor on the volume at the peak.
    pub volume: f64,
    /// Factor on talk and hold.
    pub service_time: f64,
    /// Factor on the probability to try again.
    pub retrial: f64,
    /// Days of the rise.
    pub before_days: u32,
    /// Days of the fall.
    pub after_days: u32,
    /// How it rises and falls.
    pub shape: EventShape,
    /// What becomes of a peak on a day off.
    pub on_day_off: DayOff,
}

impl UsualEvent {
    /// An event that changes nothing unless it says so.
    pub const PLAIN: UsualEvent = UsualEvent {
        volume: 1.0,
        service_time: 1.0,
        retrial: 1.0,
        before_days: 0,
        after_days: 0,
        shape: EventShape::Straight,
        on_day_off: DayOff::Stays,
    };
}

impl EventKind {
    /// What it is like if nothing else is said. All of these are assumptions, to be replaced by what a city has counted.
    pub fn usual(self) -> UsualEvent {
        let usual = |volume, service_time, retrial, (before_days, after_days), shape, on_day_off| {
            UsualEvent { volume, service_time, retrial, before_days, after_days, shape, on_day_off }
        };
        use DayOff::{Next, Stays};
        use EventShape::{Late, Level, Straight};
        match self {
            EventKind::TaxDeadline => usual(2.5, 1.15, 1.1, (12, 3), Late, Next),
            EventKind::SchoolEnrolment => usual(2.0, 1.1, 1.1, (14, 4), Late, Next),
            EventKind::TrafficChargeLaunch => usual(4.0, 1.15, 1.2, (10, 45), Straight, Stays),
            EventKind::ServiceDisruption => usual(2.5, 0.9, 1.3, (0, 2), Straight, Stays),
            EventKind::Elections => usual(1.7, 1.0, 1.0, (10, 1), Late, Stays),
            EventKind::HeatWave => usual(1.8, 1.1, 1.0, (4, 8), Straight, Stays),
            EventKind::Strike => usual(1.9, 0.9, 1.2, (1, 0), Level, Stays),
        }
    }
}

/// How an event rises to its peak and falls after it. `x` is how far from the peak a day lies, 1 being the end of the ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventShape {
    /// In a straight line: 1 - x.
    Straight,
    /// Most of it close to the peak: (1 - x) squared.
    Late,
    /// At its full height on every day, the ramp's first and last included.
    Level,
}

/// What becomes of a peak on a Saturday, a Sunday or a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayOff {
    /// It is on that day all the same.
    Stays,
    /// It moves to the next working day.
    Next,
    /// It moves to the working day before.
    Before,
}

/// Whom an event affects.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Affected {
    /// One process, wholly.
    One(String),
    /// These, wholly.
    Wholly(Vec<String>),
    /// By process: the part that it feels of what the factors add to 1.
    Parts(BTreeMap<String, f64>),
}

impl Affected {
    /// The processes, and the part that each feels.
    pub fn parts(&self) -> Vec<(&str, f64)> {
        match self {
            Affected::One(name) => vec![(name, 1.0)],
            Affected::Wholly(names) => names.iter().map(|name| (name.as_str(), 1.0)).collect(),
            Affected::Parts(parts) => parts.iter().map(|(name, &part)| (name.as_str(), part)).collect(),
        }
    }
}

/// A day of the calendar, or of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventDay {
    /// This one.
    Date(DateText),
    /// Month and day, each year that has it.
    EachYear(i8, i8),
}

/// Why a text is no such day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no date: write year-month-day, such as \"2008-06-16\", or month-day for every year, such as \"06-16\""
)]
pub struct EventDayError(String);

impl FromStr for EventDay {
    type Err = EventDayError;

    fn from_str(text: &str) -> Result<EventDay, EventDayError> {
        // A year with a 29th of February lends its months.
        if text.len() == "06-16".len()
            && let Ok(date) = format!("2008-{text}").parse::<DateText>()
        {
            return Ok(EventDay::EachYear(date.month(), date.day()));
        }
        text.parse().map(EventDay::Date).map_err(|_| EventDayError(text.into()))
    }
}

impl fmt::Display for EventDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventDay::Date(date) => date.fmt(f),
            EventDay::EachYear(month, day) => write!(f, "{month:02}-{day:02}"),
        }
    }
}

impl Serialize for EventDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A day or a list of days.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum EventDays {
    /// A single one.
    One(EventDay),
    /// Several.
    Many(Vec<EventDay>),
}

impl EventDays {
    /// All of them.
    pub fn days(&self) -> &[EventDay] {
        match self {
            EventDays::One(day) => std::slice::from_ref(day),
            EventDays::Many(days) => days,
        }
    }
}

impl<'de> Deserialize<'de> for EventDays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DaysVisitor)
    }
}

struct DaysVisitor;

impl<'de> Visitor<'de> for DaysVisitor {
    type Value = EventDays;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2008-06-16\", \"06-16\" for every year, or a list of them")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<EventDays, E> {
        text.parse().map(EventDays::One).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<EventDays, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(EventDays::Many)
    }
}

impl<'de> Deserialize<'de> for Affected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AffectedVisitor)
    }
}

struct AffectedVisitor;

impl<'de> Visitor<'de> for AffectedVisitor {
    type Value = Affected;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an arrival process, a list of names, or a table such as { taxes = 1, information = 0.2 }")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Affected, E> {
        Ok(Affected::One(name.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<Affected, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(names)).map(Affected::Wholly)
    }

    fn visit_map<A: MapAccess<'de>>(self, parts: A) -> Result<Affected, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(parts)).map(Affected::Parts)
    }
}

pub(super) fn unchanged() -> f64 {
    1.0
}

fn is_unchanged(scale: &f64) -> bool {
    *scale == 1.0
}

fn is_zero(days: &i32) -> bool {
    *days == 0
}
