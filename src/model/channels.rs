//! What differs by channel: when an answer to what is written is due.

use super::{DueRule, WorkingTime};
use crate::time::{SimDuration, SimTime};

pub use crate::scenario::Channel;

/// When the answer to a written contact should be out.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerDue {
    /// By which rule.
    pub rule: DueRule,
    /// When working time passes; of no use to a rule in plain time.
    pub calendar: WorkingTime,
}

impl AnswerDue {
    /// Of what came at `came`.
    pub fn of(&self, came: SimTime) -> SimTime {
        self.rule.from(&self.calendar, came)
    }
}

/// How agents of a group serve several chats at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Chatting {
    /// By number of chats less 1: how fast each proceeds while an agent has so many; 1 is full speed. As many as it has entries are the most.
    pub speed: Vec<f64>,
}

impl Chatting {
    /// How fast each of so many chats proceeds.
    pub fn speed_of(&self, chats: usize) -> f64 {
        chats.checked_sub(1).and_then(|place| self.speed.get(place)).copied().unwrap_or(1.0)
    }

    /// The most that an agent gets done, in chats at full speed.
    pub fn most_at_once(&self) -> f64 {
        (1..).zip(&self.speed).map(|(chats, speed)| f64::from(chats) * speed).fold(0.0, f64::max)
    }
}

/// Chats whose citizens write no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdleOut {
    /// Their share.
    pub share: f64,
    /// How long the agent waits before closing such a chat.
    pub after: SimDuration,
}
