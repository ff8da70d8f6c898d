//! What became of a need.

use super::Caller;
use crate::time::{SimDuration, SimTime};

/// How a need ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedEnd {
    /// Met.
    Resolved,
    /// Its citizen stopped trying.
    GivenUp,
    /// Another attempt was due beyond the horizon, or its case is not closed.
    Open,
}

/// A need at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Whose; `attempt` is the last one.
    pub caller: Caller,
    /// How.
    pub end: NeedEnd,
    /// The attempt that was first answered; `None`: none was.
    pub first_answer: Option<FirstAnswer>,
    /// How many of its contacts were answered.
    pub answered: u8,
    /// Whether a contact of it was transferred.
    pub transferred: bool,
    /// The tier of the agent who met it, or that of offices ([`OFFICES_TIER`](crate::model::OFFICES_TIER)) where the closing of a case did;
    /// `None`: nobody did.
    pub resolved_at: Option<u8>,
    /// Whether a case was opened for it.
    pub case: bool,
    /// Whether its citizen tried a counter, by a booking or without.
    pub visited: bool,
    /// How many contacts it had: 0 where a counter was all that it tried.
    pub attempts: u32,
}

/// When a need was first answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstAnswer {
    /// When the caller began to speak.
    pub at: SimTime,
    /// The wait, from that contact's first queue entry.
    pub wait: SimDuration,
}

impl Need {
    /// Whether the first talk met it, with no transfer, no case and no further contact.
    #[inline]
    pub fn is_resolved_at_first_contact(&self) -> bool {
        self.end == NeedEnd::Resolved
            && self.answered == 1
            && !self.transferred
            && !self.case
            && !self.visited
    }
}
