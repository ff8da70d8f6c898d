//! Which queue takes whom, as it is written: `[routing]` and its tests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Band, Channel, Mark, PreferLastAgent};
use super::units::Span;

/// `[routing.NAME]`: the rule of smallest `order` that matches wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// Rules are tried from the smallest.
    pub order: i64,
    /// What must hold; absent: always.
    #[serde(default)]
    pub when: When,
    /// Where the contact waits.
    pub queue: String,
    /// Larger goes first.
    #[serde(default)]
    pub priority: i32,
    /// Moves its place as if it had waited this much longer; never service level, patience or steps.
    #[serde(default)]
    pub credit: Span,
    /// Groups to try first among those that the queue's steps allow.
    #[serde(default)]
    pub prefer: Vec<String>,
    /// With it, a known caller who comes again goes to the agent who served the need last, if that one is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefer_last_agent: Option<PreferLastAgent>,
    /// What must come out: checked by `centralino check`.
    #[serde(default)]
    pub tests: Vec<RoutingTest>,
}

/// Conditions of a rule; each that is present must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// One of these contact types.
    #[serde(default, rename = "type")]
    pub contact_type: Option<OneOrMany>,
    /// One of these profiles.
    #[serde(default)]
    pub profile: Option<OneOrMany>,
    /// One of these access numbers.
    #[serde(default)]
    pub number: Option<OneOrMany>,
    /// This channel.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Whether the telephone system knew the caller.
    #[serde(default)]
    pub recognised: Option<bool>,
    /// Within these hours on entering: `"Mon-Fri 18:00-22:00"`.
    #[serde(default)]
    pub hours: Option<String>,
    /// Whether the day is a holiday.
    #[serde(default)]
    pub holiday: Option<bool>,
    /// The tier that the contact is bound for: 1 for new calls, 2 after an escalation. Absent: 1.
    #[serde(default)]
    pub tier: Option<u8>,
    /// Whether it comes from a talk that ended as `wrong_department` or `send_back`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// The caller is known, and an earlier contact of the need was answered at most so many days, of 24 hours, ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_within_days: Option<f64>,
    /// The caller is known, and the need had more earlier contacts than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_over: Option<u32>,
    /// Whether the caller is known and the need has a case that is not closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_open_case: Option<bool>,
    /// A part of all needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// So many contacts in each period or day; the others go on to the next rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Band>,
}

/// A name or a list of names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A single name.
    One(String),
    /// Any of these.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The names as a slice.
    pub fn names(&self) -> &[String] {
        match self {
            OneOrMany::One(name) => std::slice::from_ref(name),
            OneOrMany::Many(names) => names,
        }
    }
}

/// An example that a rule must satisfy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingTest {
    /// The contact.
    pub given: Given,
    /// The first group that it is offered to, or the queue.
    pub goes_to: String,
}

/// The contact of a routing test; what is absent is the scenario's only or first one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Its type.
    #[serde(rename = "type")]
    pub contact_type: String,
    /// Its profile.
    #[serde(default)]
    pub profile: Option<String>,
    /// The number dialled.
    #[serde(default)]
    pub number: Option<String>,
    /// Whether the caller was known.
    #[serde(default)]
    pub recognised: bool,
    /// The tier it is bound for; absent: 1.
    #[serde(default)]
    pub tier: Option<u8>,
    /// Whether it comes from a talk that ended as `wrong_department` or `send_back`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redirected: bool,
    /// How many contacts the need had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_contacts: Option<u32>,
    /// How many days ago one of them was answered; absent: none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_days_ago: Option<f64>,
    /// Whether the need has a case that is not closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_open_case: bool,
    /// The need's mark; absent: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<f64>,
    /// The local date and time of entering, `"2008-06-16 10:30"`; absent: noon of the first day.
    #[serde(default)]
    pub at: Option<String>,
}
