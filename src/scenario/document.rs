//! The scenario as people write it: names, units, nothing resolved.
//!
//! One struct a section, the fields in the order of the docs. Loading, merging and placing of problems is
//! `load`'s; what the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::agent_groups::*;
pub use super::arrivals::*;
pub use super::busyness::*;
pub use super::callers::*;
pub use super::campaigns::*;
pub use super::cases::*;
pub use super::contact_types::*;
pub use super::counters::*;
pub use super::distribution::*;
pub use super::events::*;
pub use super::greeting::*;
pub use super::header::*;
pub use super::offers::*;
pub use super::people::*;
pub use super::queues::*;
pub use super::routing::*;
pub use super::rules::*;
pub use super::skills::*;
pub use super::start_state::*;
pub use super::steps::*;
pub use super::targets::*;
pub use super::tenure::*;
use super::units::Span;
pub use super::web::*;

/// A whole scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What is simulated, from when, for how long.
    pub scenario: Header,
    /// Where and on which days.
    #[serde(default)]
    pub calendar: CalendarSection,
    /// What every measure needs to know once.
    #[serde(default)]
    pub measures: MeasuresSection,
    /// Segments of citizens; absent: everybody is alike.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
    /// Access numbers; absent: one nameless number.
    #[serde(default)]
    pub numbers: BTreeMap<String, Number>,
    /// Bundles of telephone lines; absent: lines without end.
    #[serde(default)]
    pub trunks: BTreeMap<String, Trunk>,
    /// How callers are looked up; absent: in no time, and it never fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<Recognition>,
    /// Menus that callers hear before they enter a queue.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ivr: BTreeMap<String, Ivr>,
    /// Topics by channel.
    #[serde(default)]
    pub contact_types: BTreeMap<String, ContactType>,
    /// Who calls when.
    #[serde(default)]
    pub arrivals: BTreeMap<String, Arrivals>,
    /// What is known beforehand to bring more or fewer calls, by name; each applies to the arrivals that it names.
    #[serde(default)]
    pub events: BTreeMap<String, Event>,
    /// How much busier or quieter than expected.
    #[serde(default)]
    pub busyness: BTreeMap<String, Busyness>,
    /// Where contacts wait.
    #[serde(default)]
    pub queues: BTreeMap<String, Queue>,
    /// What steps of queues offer in place of waiting.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offers: BTreeMap<String, Offer>,
    /// Which contact goes to which queue.
    #[serde(default)]
    pub routing: BTreeMap<String, RoutingRule>,
    /// Who runs agent groups.
    #[serde(default)]
    pub vendors: BTreeMap<String, Vendor>,
    /// Where agent groups work.
    #[serde(default)]
    pub sites: BTreeMap<String, Site>,
    /// From when to when people work, with their breaks.
    #[serde(default)]
    pub shifts: BTreeMap<String, Shift>,
    /// How people learn with the time that they have been at work.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenure: BTreeMap<String, Tenure>,
    /// Who answers.
    #[serde(default)]
    pub agent_groups: BTreeMap<String, AgentGroup>,
    /// Who works on cases.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offices: BTreeMap<String, Office>,
    /// What offices do for citizens after a contact.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub case_types: BTreeMap<String, CaseType>,
    /// Parts of the city; absent: there is no distance.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub districts: BTreeMap<String, District>,
    /// Places that citizens visit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, Counter>,
    /// What citizens visit counters for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub services: BTreeMap<String, Service>,
    /// Persons whom the center calls.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub campaigns: BTreeMap<String, Campaign>,
    /// What was promised.
    #[serde(default)]
    pub targets: BTreeMap<String, Target>,
    /// What is there when the counted time starts; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_state: Option<StartState>,
}

impl Scenario {
    /// How long before the start the first of those came who wait then, and under which name; `None`: nobody waits.
    pub fn first_came(&self) -> Option<(String, Span)> {
        self.start_state.as_ref().and_then(|state| state.first_came(&self.services))
    }
}
