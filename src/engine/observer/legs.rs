//! Legs: how a stay in a queue ends, and who serves.

use super::Caller;
use crate::model::{AgentId, GroupId, Outcome, QueueId, RuleId};
use crate::time::{SimDuration, SimTime};

/// How a leg ended, DESIGN 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A: an agent took it.
    Answered,
    /// B: the caller hung up; balking is this with a wait of 0.
    Abandoned,
    /// D: sent away by us, at closing or when the run ends and nobody is left to serve.
    SentAway,
    /// C: accepted a callback.
    Callback,
    /// F: left for another way, which met the need or did not.
    Moved {
        /// Whether it did.
        met: bool,
    },
}

/// One stay in one queue, with the service that followed it; told when its caller has left the queue and the agent. The
/// agent's wrap-up then still lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Whose.
    pub caller: Caller,
    /// 0 for the contact's first queue.
    pub leg: u8,
    /// Where it waited.
    pub queue: QueueId,
    /// The rule that sent it there.
    pub rule: RuleId,
    /// The step of the queue when it left.
    pub step: u8,
    /// When it entered the queue.
    pub entered: SimTime,
    /// How it ended.
    pub fate: Fate,
    /// When it left the queue: hung up, was sent away, or began to speak (the answer delay is over).
    pub left: SimTime,
    /// What followed, if answered.
    pub service: Option<Service>,
}

/// What an agent did for a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Who.
    pub agent: AgentId,
    /// Of which group.
    pub group: GroupId,
    /// When the agent was assigned: `left` less the answer delay.
    pub assigned: SimTime,
    /// When the agent had spoken and stayed with the caller for a warm transfer; without one the end of the talk.
    pub held_from: SimTime,
    /// When talk and hold ended; they began at [`Leg::left`].
    pub talk_ended: SimTime,
    /// When wrap-up ended.
    pub wrap_up_ended: SimTime,
    /// How the talk ended.
    pub outcome: Outcome,
    /// How the contact was handed over, if it was.
    pub hand_over: HandOver,
    /// What of it was done in pieces.
    pub apart: Apart,
}

/// Work for a leg that was done in pieces, which [`Observer::stretch_ends`] has told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Whether the work on something written is told so; then its wrap-up is too.
    pub talk: bool,
    /// Whether the wrap-up is told so.
    pub wrap_up: bool,
    /// For how long the work lay aside meanwhile: no part of the handle time.
    pub aside: SimDuration,
}

impl Apart {
    /// All was done in one go.
    pub const NOTHING: Apart = Apart { talk: false, wrap_up: false, aside: SimDuration::ZERO };
}

/// How a contact that is passed on leaves its agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandOver {
    /// At the end of the talk.
    #[default]
    Cold,
    /// The agent stayed until a second took over.
    TakenOver,
    /// The agent stayed for nothing, until the limit or until the caller was sent away.
    TurnedCold,
    /// The agent stayed until the limit, and then ended the contact.
    Withdrawn,
}

impl Service {
    /// Talk, hold and wrap-up for a leg whose caller began to speak at `answered`.
    #[inline(always)]
    pub fn handle_time(&self, answered: SimTime) -> SimDuration {
        self.wrap_up_ended.since(answered) - self.apart.aside
    }

    /// Until when the agent worked without a break for the leg whose caller began to speak at `answered`: until wrap-up ended, or until that began
    /// which was done in pieces.
    #[inline(always)]
    pub fn worked_until(&self, answered: SimTime) -> SimTime {
        match self.apart {
            Apart { wrap_up: false, .. } => self.wrap_up_ended,
            Apart { talk: false, .. } => self.talk_ended,
            _ => answered,
        }
    }

    /// Whether the contact went on to another queue.
    #[inline]
    pub fn transferred(&self) -> bool {
        use Outcome::{Booking, Case, Consulted, Resolved, Unresolved};
        !matches!(self.outcome, Resolved | Unresolved | Case | Booking | Consulted)
    }
}

/// Why a contact got no queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// All lines busy.
    TrunksBusy,
    /// The queue does not take contacts at this hour.
    Closed,
}

/// A contact that got no queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whose.
    pub caller: Caller,
    /// 0 where it begins; otherwise the leg that a transfer would have begun.
    pub leg: u8,
    /// When.
    pub at: SimTime,
    /// Why.
    pub why: Refusal,
    /// Where it would have gone, if it came that far.
    pub queue: Option<QueueId>,
}
