//! Where contacts wait, and how a queue widens.

use std::ops::Range;

use super::{Conditions, ExpectedWait, OpeningId, QueueId, Select};
use crate::time::SimDuration;

/// Where contacts wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// When it takes contacts; `None`: always.
    pub hours: Option<OpeningId>,
    /// Whether those who wait at closing are sent away.
    pub sends_away: bool,
    /// Whether it takes and keeps contacts only while somebody of its groups is at work.
    pub needs_staff: bool,
    /// Which idle agent of a group a contact goes to.
    pub select: Select,
    /// Steps in the order of `after`; the first has `after` 0, and with conditions others may have it too.
    pub steps: Vec<Step>,
    /// Its lanes, by falling priority, then falling credit.
    pub lanes: Range<u16>,
    /// By group: the step from which it may serve, [`NEVER`] if none; with conditions, at the earliest.
    pub eligible_from: Vec<u8>,
    /// What must hold besides; `None`: nothing.
    pub conditions: Option<Box<Conditions>>,
    /// How its expected wait is told.
    pub expected_wait: ExpectedWait,
    /// Waits at which the wait of who waits longest passes a bound of a condition.
    pub marks: Vec<SimDuration>,
    /// Whether its contacts call agents from work that may be interrupted: nothing written comes to it.
    pub calls: bool,
    /// What its callers are told and offered; `None`: nothing.
    pub told: Option<Box<super::Told>>,
}

/// In [`Queue::eligible_from`]: not at any step.
pub const NEVER: u8 = u8::MAX;

/// A stage of a contact's waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Time since entering the queue.
    pub after: SimDuration,
}

/// The contacts of one queue with one priority and one credit: they keep the order of entering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose.
    pub queue: QueueId,
    /// Larger goes first.
    pub priority: i32,
    /// Added to its contacts' age when they are compared.
    pub credit: SimDuration,
}
