//! Where contacts wait, as it is written: `[queues.NAME]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Announced, ExpectedWait, Step};

/// `[queues.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// When it takes contacts: `"Mon-Fri 08:00-20:00, Sat 08:00-13:00"`; absent: always.
    #[serde(default)]
    pub hours: Option<String>,
    /// What happens at closing to those who wait.
    #[serde(default)]
    pub at_close: AtClose,
    /// What happens while nobody of the groups that its steps name is at work.
    #[serde(default)]
    pub without_staff: WithoutStaff,
    /// Which idle agent of a group a contact goes to.
    #[serde(default)]
    pub select: Select,
    /// How its expected wait is told, for conditions of steps.
    #[serde(default)]
    pub expected_wait: ExpectedWait,
    /// What callers make of a wait that is announced to them, by name; absent: nothing is announced.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub announced: BTreeMap<String, Announced>,
    /// How it widens as a contact waits, by name; the order is that of `after`.
    pub steps: BTreeMap<String, Step>,
}

/// What happens at closing to those who wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AtClose {
    /// They are still served.
    #[default]
    Serve,
    /// They are told so and leave.
    SendAway,
}

/// What happens to contacts while nobody who may serve them is at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutStaff {
    /// They wait.
    #[default]
    Wait,
    /// Who waits is sent away when the last one leaves, and who comes is refused as if the queue were closed.
    SendAway,
}

/// Which idle agent of a group a contact goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Select {
    /// The one who has been idle longest.
    #[default]
    LongestIdle,
    /// The one with the smallest share of busy time since log-in; ties go to the longest idle.
    LeastOccupied,
    /// The one with the smallest factor on the contact's talk; ties go to the longest idle.
    Fastest,
    /// Any of them, each with the same probability.
    Random,
}
