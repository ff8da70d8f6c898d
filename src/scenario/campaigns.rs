//! Outbound campaigns as they are written: `[campaigns.NAME]`.
//!
//! A campaign calls the persons of its list. What its names mean together is checked where the model is compiled.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::distribution::Distribution;
use super::either::{any_number, read_bands};
use super::units::{Clock, DateText, Span};

/// `[campaigns.NAME]`: persons whom the center calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// How many persons come on the list, and when; absent: nobody but those whom closings of cases put there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<PersonsList>,
    /// When it dials: `"Mon-Fri 17:00-20:00"`; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Who works it, in the order in which idle agents are looked for.
    pub groups: Vec<String>,
    /// The contact type whose factors of group, level and tenure its talks take; absent: none do.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub contact_type: Option<String>,
    /// How it dials.
    #[serde(default)]
    pub dialling: Dialling,
    /// With `preview`: how long an agent looks at the record before dialling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Distribution>,
    /// With `predictive`: how it paces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predictive: Option<Predictive>,
    /// How often a person is dialled at most.
    #[serde(default = "once")]
    pub attempts: u32,
    /// From the end of an attempt in vain to the next one of that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spacing: Option<Distribution>,
    /// Probability that somebody answers, by the time of the dial.
    pub answered: ByTime,
    /// Probability that it is the person on the list who answers, by the time of the dial.
    #[serde(default = "always")]
    pub right_party: ByTime,
    /// How long it rings.
    pub ring_time: RingTime,
    /// Talk with the right party.
    pub service_time: Distribution,
    /// Talk with somebody else; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_party_time: Option<Distribution>,
    /// Work after a talk; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap_up: Option<Distribution>,
    /// So many agents of each group it leaves idle for contacts that come in.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reserve: u32,
    /// It dials only while the busy part of its groups' agents is below this; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupancy_below: Option<f64>,
    /// It dials only while queues keep a service level; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_level: Option<LevelGate>,
}

fn once() -> u32 {
    1
}

fn always() -> ByTime {
    ByTime::Constant(1.0)
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Campaign {
    /// Calls `see` for each distribution with its path within the campaign.
    pub(super) fn each_distribution(&mut self, see: &mut dyn FnMut(&str, &mut Distribution)) {
        see("ring_time.answered", &mut self.ring_time.answered);
        see("ring_time.unanswered", &mut self.ring_time.unanswered);
        see("service_time", &mut self.service_time);
        let others = [
            ("preview", &mut self.preview),
            ("spacing", &mut self.spacing),
            ("wrong_party_time", &mut self.wrong_party_time),
            ("wrap_up", &mut self.wrap_up),
        ];
        for (key, of) in others {
            of.iter_mut().for_each(|of| see(key, of));
        }
        self.predictive.iter_mut().for_each(|of| see("predictive.patience", &mut of.patience));
    }
}

/// How a campaign dials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dialling {
    /// An agent looks at the record, then dials.
    Preview,
    /// One dial for each idle agent, who stays on the line.
    #[default]
    Progressive,
    /// Several dials for each agent; whoever answers is given one.
    Predictive,
}

/// `campaigns.NAME.predictive`: more lines than agents, as many as the abandonment allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predictive {
    /// The part of the answered calls in which no agent may be free in time.
    pub abandonment_limit: f64,
    /// How long whoever has answered waits for an agent.
    pub patience: Distribution,
    /// The most lines for each agent.
    #[serde(default = "three")]
    pub most_lines: f64,
    /// How much an abandoned call less the limit takes from the lines for each agent, and an answered one gives back.
    #[serde(default = "quarter")]
    pub step: f64,
    /// Lines are rung for agents, too, who are expected to be done with a call of the campaign within this; absent: for as many as talk, in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anticipates: Option<Span>,
}

fn three() -> f64 {
    3.0
}

fn quarter() -> f64 {
    0.25
}

/// `campaigns.NAME.ring_time`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RingTime {
    /// From dialling to the answer.
    pub answered: Distribution,
    /// From dialling to giving up.
    pub unanswered: Distribution,
}

/// `campaigns.NAME.service_level`: contacts that come in are served well enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelGate {
    /// Of which queues, taken together.
    pub queues: Vec<String>,
    /// The part that is answered in time is at least this.
    pub at_least: f64,
    /// In time is within this.
    pub within: Span,
    /// It is looked at so often, over this time.
    pub over: Span,
}

/// How many persons come on a list, and when.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PersonsList {
    /// So many from the start on.
    Start(u32),
    /// A CSV file with the columns `date` and `persons`, and perhaps `campaign`.
    File(String),
    /// So many from the beginning of each day.
    Dates(BTreeMap<DateText, u32>),
}

struct PersonsVisitor;

impl<'de> Visitor<'de> for PersonsVisitor {
    type Value = PersonsList;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a whole number of persons, the name of a CSV file, or dates such as { \"2008-06-16\" = 200 }",
        )
    }

    fn visit_i64<E: de::Error>(self, persons: i64) -> Result<PersonsList, E> {
        let refused = || E::invalid_value(de::Unexpected::Signed(persons), &self);
        u32::try_from(persons).map(PersonsList::Start).map_err(|_| refused())
    }

    fn visit_u64<E: de::Error>(self, persons: u64) -> Result<PersonsList, E> {
        let refused = || E::invalid_value(de::Unexpected::Unsigned(persons), &self);
        u32::try_from(persons).map(PersonsList::Start).map_err(|_| refused())
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<PersonsList, E> {
        Ok(PersonsList::File(file.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, dates: A) -> Result<PersonsList, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(dates)).map(PersonsList::Dates)
    }
}

impl<'de> Deserialize<'de> for PersonsList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PersonsVisitor)
    }
}

/// A probability over the day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ByTime {
    /// The same all day.
    Constant(f64),
    /// From each time of day until the next: `{ "00:00" = 0.2, "17:00" = 0.5 }`; before the first it is the last one's.
    Bands(BTreeMap<Clock, f64>),
}

struct ByTimeVisitor;

impl<'de> Visitor<'de> for ByTimeVisitor {
    type Value = ByTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a probability, or bands such as { \"00:00\" = 0.2, \"17:00\" = 0.5 }")
    }

    any_number!(ByTime::Constant);

    fn visit_map<A: MapAccess<'de>>(self, bands: A) -> Result<ByTime, A::Error> {
        read_bands(bands).map(ByTime::Bands)
    }
}

impl<'de> Deserialize<'de> for ByTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ByTimeVisitor)
    }
}
