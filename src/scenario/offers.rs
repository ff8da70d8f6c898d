//! What callers are offered in place of waiting: a callback, now or at another time, or another way; and what they are told of their wait.
//!
//! Steps of queues name offers; what the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::document::{Factor, Retrial};
use super::units::Span;

/// `[offers.NAME]`: what a step of a queue offers to callers who wait: one of `callback` and `deferral`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Part of the callers who accept it.
    #[serde(default = "all")]
    pub accepted: f64,
    /// The same by profile, where it differs.
    #[serde(default)]
    pub accepted_by: BTreeMap<String, f64>,
    /// The center calls back.
    #[serde(default)]
    pub callback: Option<Callback>,
    /// The caller leaves for another way, or is asked to call later.
    #[serde(default)]
    pub deferral: Option<Deferral>,
}

fn all() -> f64 {
    1.0
}

/// A callback: at once as it were, with the caller's place in the line kept, or in a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// When the center calls; absent: when the caller's turn has come.
    #[serde(default)]
    pub slots: Option<CallbackSlots>,
    /// From an agent's dialling until the citizen answers, or the agent gives up.
    pub dial_time: Distribution,
    /// Probability that a citizen who is called answers.
    #[serde(default = "all")]
    pub reached: f64,
    /// How often the center tries.
    #[serde(default = "once")]
    pub tries: u32,
    /// From a try in vain to the next one.
    #[serde(default)]
    pub delay: Option<Distribution>,
    /// Without slots: the promise is kept if the citizen is reached within this of accepting; absent: whenever.
    #[serde(default)]
    pub within: Option<Span>,
    /// What those do whom the center did not reach; absent: they give up.
    #[serde(default)]
    pub after_failure: Option<Retrial>,
}

fn once() -> u32 {
    1
}

/// The slots of callbacks: `hours` are cut into slots of one length from the beginning of each stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallbackSlots {
    /// When the center calls back: `"Mon-Fri 13:00-15:00"`.
    pub hours: String,
    /// How long a slot is; the promise is kept if the citizen is reached within it.
    pub length: Span,
    /// How many callbacks are promised for a slot.
    pub capacity: u32,
    /// The latest slot begins within this of accepting.
    pub latest: Span,
    /// Which of the slots with room a citizen takes.
    #[serde(default)]
    pub choose: ChooseSlot,
}

/// Which slot a citizen takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChooseSlot {
    /// The first with room.
    #[default]
    Earliest,
    /// Any with room, each with the same probability.
    Any,
}

/// Another way than waiting: the web site, an appointment, a later call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deferral {
    /// Part of those who accept whose need the other way meets.
    #[serde(default)]
    pub solved: f64,
    /// What the others do; absent: they give up.
    #[serde(default)]
    pub after_failure: Option<Retrial>,
}

/// `[queues.NAME.announced.BAND]`: what callers make of an announced wait of more than `over`; of several bands the longest that applies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// The expected wait is longer than this.
    pub over: Span,
    /// How much longer than else they wait.
    #[serde(default)]
    pub patience: Factor,
    /// Probability of hanging up at once, in the place of the contact type's; absent: that.
    #[serde(default)]
    pub balking: Option<f64>,
}
