//! What those who wait are offered, and callbacks.

use super::{Caller, Leg};
use crate::model::{OfferId, QueueId};
use crate::time::SimTime;

/// A stay in the line of a contact that stands for a citizen off the line, and the try to call back that ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackTry {
    /// The stay: it is no caller's, so whoever counts callers leaves it out. It is answered where an agent dialled: from the assignment to
    /// [`Leg::left`] the agent dials.
    pub leg: Leg,
    /// How it ended.
    pub end: TryEnd,
}

/// How a try to call back ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryEnd {
    /// The citizen answered, and was served.
    Reached,
    /// The citizen did not answer.
    NotReached,
    /// Nobody dialled: the queue was closed, or sent its contacts away.
    Broken,
}

/// A promise to call back that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackEnd {
    /// Whose.
    pub caller: Caller,
    /// The queue in which it was accepted.
    pub queue: QueueId,
    /// What was offered.
    pub offer: OfferId,
    /// When the leg entered that ended with it.
    pub entered: SimTime,
    /// When it was accepted.
    pub accepted: SimTime,
    /// How often an agent dialled.
    pub tries: u8,
    /// How it ended.
    pub end: PromiseEnd,
    /// Whether the citizen was reached as was promised.
    pub kept: bool,
}

/// How a promise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseEnd {
    /// The citizen began to speak.
    Reached {
        /// When.
        at: SimTime,
    },
    /// Not reached in all tries, or not called at all.
    Failed,
    /// The next try would have come after the run.
    Open,
}

/// An offer to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferMade {
    /// Whose.
    pub caller: Caller,
    /// Where the caller waits, or would.
    pub queue: QueueId,
    /// When it entered that queue.
    pub entered: SimTime,
    /// What.
    pub offer: OfferId,
    /// Whether it was accepted.
    pub accepted: bool,
}
