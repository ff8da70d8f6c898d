//! Who calls and through what, as it is written: `[profiles]`, `[numbers]`, `[trunks]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::Outcomes;

/// `[profiles.NAME]`: a segment of citizens. Shares sum to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Part of all needs.
    pub share: f64,
    /// Part of its callers that the telephone system knows.
    #[serde(default)]
    pub recognised: f64,
    /// How much longer than the type says they wait.
    #[serde(default)]
    pub patience: Factor,
    /// How much longer than the type says they talk.
    #[serde(default)]
    pub service_time: Factor,
    /// How their talks end, by contact type and tier, where it is not as the type says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome: BTreeMap<String, BTreeMap<String, Outcomes>>,
    /// Where they live, by district, where it is not as the districts' shares say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub districts: BTreeMap<String, f64>,
    /// How much further than the service says they go to a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_km: Option<Factor>,
    /// How much longer than the service says they wait for an appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_lead: Option<Factor>,
}

/// `{ times = 1.3 }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Multiplies the duration.
    pub times: f64,
}

impl Default for Factor {
    fn default() -> Self {
        Factor { times: 1.0 }
    }
}

/// `[numbers.NAME]`: an access number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The lines that its calls hold; absent: lines without end.
    #[serde(default)]
    pub trunk: Option<String>,
    /// The menu that its callers hear; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ivr: Option<String>,
    /// When it is answered; outside of it calls are refused; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The number that answers in its place: whoever dials this one has dialled that one; absent: itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
}

/// `[trunks.NAME]`: a bundle of lines. A call holds one from its arrival until it leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trunk {
    /// How many calls fit.
    pub lines: u32,
}
