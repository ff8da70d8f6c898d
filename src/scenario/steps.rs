//! The steps of a queue: who may serve as a contact waits, and under which conditions.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::units::Span;

/// `[queues.NAME.steps.STEP]`: the first step names `groups`, later ones `add` to them. The groups may serve a contact when
/// `after` has passed and while every condition holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Time since entering the queue.
    #[serde(default)]
    pub after: Span,
    /// The groups that may serve from the start, in order of preference.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The groups that may serve as well from now on.
    #[serde(default)]
    pub add: Vec<String>,
    /// In place of groups: what is offered to callers who reach the step while its conditions hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Only while more contacts than this wait in the queue.
    #[serde(default)]
    pub if_waiting_over: Option<u32>,
    /// Only while the queue's expected wait is longer than this.
    #[serde(default)]
    pub if_expected_wait_over: Option<Span>,
    /// By another group: only while more agents of it than this are idle.
    #[serde(default)]
    pub if_idle_over: BTreeMap<String, u32>,
    /// Only within these hours: `"Mon-Fri 18:00-22:00"`.
    #[serde(default)]
    pub hours: Option<String>,
    /// By group of the step: the step takes an agent only if more than so many of the group are idle.
    #[serde(default)]
    pub reserve: BTreeMap<String, u32>,
}

impl Step {
    /// Whether it speaks of more than the time waited.
    pub fn is_conditional(&self) -> bool {
        let always = Step {
            after: self.after,
            groups: self.groups.clone(),
            add: self.add.clone(),
            offer: self.offer.clone(),
            ..Step::default()
        };
        *self != always
    }
}

/// How the expected wait of a queue is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ExpectedWait {
    /// The wait of the last contact of the queue that was given an agent.
    #[default]
    LastToEnterService,
    /// How long the contact that waits longest has waited.
    HeadOfLine,
    /// Those who wait, and one more, over the rate at which the agents logged in serve.
    QueueOverRate {
        /// What an agent takes for a contact, wrap-up included.
        handle_time: Span,
        /// How long those who wait stay on average; absent: they do not hang up.
        #[serde(default)]
        patience: Option<Span>,
    },
}

impl<'de> Deserialize<'de> for ExpectedWait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExpectedWaitVisitor)
    }
}

struct ExpectedWaitVisitor;

impl<'de> Visitor<'de> for ExpectedWaitVisitor {
    type Value = ExpectedWait;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"last_to_enter_service\", \"head_of_line\" or a table with `queue_over_rate`")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<ExpectedWait, E> {
        match word {
            "last_to_enter_service" => Ok(ExpectedWait::LastToEnterService),
            "head_of_line" => Ok(ExpectedWait::HeadOfLine),
            _ => Err(E::unknown_variant(word, &["last_to_enter_service", "head_of_line"])),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ExpectedWait, A::Error> {
        let QueueOverRate { queue_over_rate: Rate { handle_time, patience } } =
            QueueOverRate::deserialize(MapAccessDeserializer::new(map))?;
        Ok(ExpectedWait::QueueOverRate { handle_time, patience })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueueOverRate {
    queue_over_rate: Rate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    handle_time: Span,
    #[serde(default)]
    patience: Option<Span>,
}
