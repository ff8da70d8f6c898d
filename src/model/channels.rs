//! What differs by channel: when an answer to what is written is due.

use super::{DueRule, WorkingTime};
use crate::time::SimTime;

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
