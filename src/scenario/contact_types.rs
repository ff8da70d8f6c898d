//! What citizens want and how that is handled, as it is written: `[contact_types.NAME]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{CaseChoice, Distribution, Due, WebFirst};
use super::ordered::Ordered;
use super::units::Span;

/// The way a contact comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A telephone call: holds a line, may hear a menu, hangs up.
    #[default]
    Voice,
    /// A letter on the net: nobody is on the line, an answer is due.
    Email,
    /// The same by a form of the web site.
    WebForm,
    /// Writing to and fro with an agent: no line and no menu, and whoever waits too long leaves.
    Chat,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 4] = [Channel::Voice, Channel::Email, Channel::WebForm, Channel::Chat];

    /// Whether nobody waits on the line: what is written stays until it is answered.
    pub fn is_written(self) -> bool {
        matches!(self, Channel::Email | Channel::WebForm)
    }

    /// As scenarios and logs write it.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Voice => "voice",
            Channel::Email => "email",
            Channel::WebForm => "web_form",
            Channel::Chat => "chat",
        }
    }
}

/// `[contact_types.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactType {
    /// How it comes in.
    #[serde(default)]
    pub channel: Channel,
    /// What it is about: contact types of one topic are told together, whatever their channel. Absent: its own name, where any type has a topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Of what is written: when the answer should be out, `"4h"`, `"8 working hours"`, `"2 working days"`; absent: whenever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Of chats: how often citizens write no more, and how long the agent waits for them; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_out: Option<IdleOut>,
    /// When working time passes for `due`: `"Mon-Fri 08:30-17:00, holidays closed"`; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<String>,
    /// The menu that its callers hear, in the place of the number's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ivr: Option<String>,
    /// How long a caller waits before hanging up; absent: for ever.
    #[serde(default)]
    pub patience: Option<Distribution>,
    /// Whether those who call again wait as long as the first time.
    #[serde(default)]
    pub retrial_patience: RetrialPatience,
    /// Talk and hold, at tier 1 and wherever a tier has none of its own.
    pub service_time: Distribution,
    /// Work after the call.
    #[serde(default)]
    pub wrap_up: Option<Distribution>,
    /// Probability of hanging up at once on hearing that all agents are busy.
    #[serde(default)]
    pub balking: f64,
    /// How tier 2 differs.
    #[serde(default)]
    pub tier2: Option<TierHandling>,
    /// How the talk ends, by tier: `outcome.tier1 = { escalate = 0.15, rest = "resolved" }`. Absent: resolved.
    #[serde(default)]
    pub outcome: BTreeMap<String, Outcomes>,
    /// Which case is opened where a talk ends with `case`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseChoice>,
    /// What is booked where a talk ends with `booking`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// How often an attempt is passed on at most; a talk that would pass it on once more ends unresolved.
    #[serde(default = "three")]
    pub passed_on_at_most: u32,
    /// With it, an agent who escalates stays with the caller until the second takes over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_transfer: Option<WarmTransfer>,
    /// How an agent whose talk ends with `consult` asks a second one, and goes on with the caller afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation: Option<Consultation>,
    /// What those do next whose talk ended `unresolved`; absent: they give up.
    #[serde(default)]
    pub after_unresolved: Option<Repeat>,
    /// Citizens who try the web site first; absent: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<WebFirst>,
    /// What those who hung up do next.
    #[serde(default)]
    pub after_abandonment: Option<Retrial>,
    /// What those who met busy lines, a closed queue or were sent away do next.
    #[serde(default)]
    pub after_blocking: Option<Retrial>,
}

/// Chats whose citizens write no more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdleOut {
    /// Their share.
    pub share: f64,
    /// How long the agent waits for the citizen before closing the chat, which then ends unresolved.
    pub after: Span,
}

/// A transfer to tier 2 at which the first agent stays with the caller, busy, until the second takes over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WarmTransfer {
    /// How long the first agent stays at most.
    pub limit: Span,
    /// What becomes of the contact then: `"case"` or `"unresolved"`; absent: the transfer is cold, and the caller waits on alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// How long both agents are with the caller, before the talk of the second begins.
    #[serde(default)]
    pub introduction: Span,
}

/// An agent of tier 1 asks one of tier 2 while the caller holds, and then finishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// How long the two agents speak.
    pub service_time: Distribution,
    /// How long the first agent speaks with the caller afterwards; absent: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Distribution>,
    /// Work of the second agent after it; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap_up: Option<Distribution>,
    /// How long the first agent waits for a second one at most.
    pub limit: Span,
    /// How the contact ends if no second agent was there by then: `"escalate"`, `"case"`, `"unresolved"` or another outcome.
    pub otherwise: String,
    /// How the contact ends after a consultation; absent: resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcomes>,
}

/// How long those wait who call again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetrialPatience {
    /// Each attempt has a patience of its own.
    #[default]
    Fresh,
    /// As long as at the first attempt.
    Kept,
}

/// Handling at a tier above the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierHandling {
    /// Talk and hold.
    #[serde(default)]
    pub service_time: Option<Distribution>,
    /// Work after the call.
    #[serde(default)]
    pub wrap_up: Option<Distribution>,
}

/// Outcomes of a talk in declared order: probabilities, and one `rest = "name"`.
pub type Outcomes = Ordered<Share>;

/// A probability, or the name of the option that takes what is left.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Share {
    /// Its probability.
    Part(f64),
    /// With the key `rest`: the option that takes what the others leave.
    Rest(String),
}

/// Calling again with the same need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retrial {
    /// Probability of another attempt.
    pub retrial: f64,
    /// Time until it.
    pub delay: Distribution,
    /// Attempts in all, the first included.
    #[serde(default = "four")]
    pub at_most: u32,
    /// Parts of those who try again that come as another contact type, by another channel perhaps: `{ taxes_email = 0.2 }`.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub instead: Ordered<f64>,
    /// Parts that go to a counter for a service.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub visits: Ordered<f64>,
}

/// Calling again after a talk that did not help: a repeat contact, with the same need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Probability of another contact.
    pub repeat: f64,
    /// Time until it, from the end of the talk.
    pub delay: Distribution,
    /// Attempts in all, the first and retrials included.
    #[serde(default = "four")]
    pub at_most: u32,
    /// Parts of those who try again that come as another contact type, by another channel perhaps: `{ taxes_email = 0.2 }`.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub instead: Ordered<f64>,
    /// Parts that go to a counter for a service.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub visits: Ordered<f64>,
}

fn four() -> u32 {
    4
}

fn three() -> u32 {
    3
}
