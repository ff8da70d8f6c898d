//! What an agent group is good at: factors on its talks, and the skill levels among its people.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize};

use super::document::Factor;

/// Factors on talk: `{ times = 1.1, taxes = { times = 1.2 } }`, one for all contact types and one by type, which multiply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct ServiceTimes {
    /// Multiplies the talk of every contact type.
    #[serde(default)]
    pub times: Option<f64>,
    /// Multiplies, besides, the talk of one contact type.
    #[serde(flatten)]
    pub by_type: BTreeMap<String, Factor>,
}

impl ServiceTimes {
    /// The factor on talks of a contact type.
    pub fn of(&self, contact_type: &str) -> f64 {
        self.times.unwrap_or(1.0) * self.by_type.get(contact_type).map_or(1.0, |factor| factor.times)
    }
}

impl<'de> Deserialize<'de> for ServiceTimes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Factors)
    }
}

struct Factors;

impl<'de> Visitor<'de> for Factors {
    type Value = ServiceTimes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`times`, or contact types with `{ times = ... }` each")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ServiceTimes, A::Error> {
        let mut factors = ServiceTimes::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "times" {
                factors.times = Some(map.next_value()?);
            } else {
                factors.by_type.insert(key, map.next_value()?);
            }
        }
        Ok(factors)
    }
}

/// `[agent_groups.NAME.levels.LEVEL]`: a part of the group's people with a skill of its own.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Part of the group's people; whom no level takes has none, and a factor of 1.
    pub share: f64,
    /// How much longer than the group's their talks take.
    #[serde(default)]
    pub service_time: ServiceTimes,
    /// By outcome: how many times as often as with others their talks end so; the last of a table takes up what is left.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome_times: BTreeMap<String, f64>,
    /// The same by contact type, which multiplies those for all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome_times_by_type: BTreeMap<String, BTreeMap<String, f64>>,
}
