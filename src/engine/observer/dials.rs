//! Calls of campaigns.

use crate::model::{AgentId, CampaignId, GroupId, NeedId};
use crate::time::SimTime;

/// A dial of a campaign, told when it is over: given up, hung up on, or talked through. The wrap-up's end is told too, though it lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dial {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Who was called.
    pub person: ListedPerson,
    /// When that person came on the list.
    pub listed: SimTime,
    /// Attempts at the person before it.
    pub attempt: u8,
    /// Whether the agent was there before it rang.
    pub reserved: bool,
    /// When it began to ring.
    pub dialled: SimTime,
    /// When somebody answered, or it was given up.
    pub rang_until: SimTime,
    /// When an agent began to speak, or whoever had answered hung up; of a call that nobody answered as `rang_until`.
    pub left: SimTime,
    /// With whom.
    pub service: Option<DialService>,
    /// How it ended.
    pub end: DialEnd,
    /// What becomes of the person.
    pub then: AfterDial,
}

/// Who is on a campaign's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedPerson {
    /// Person `number` of batch `batch`.
    OfList {
        /// The row of [`Campaign::batches`](crate::model::Campaign::batches).
        batch: u16,
        /// From 0.
        number: u32,
    },
    /// The citizen of a case that is closed.
    OfCase {
        /// Whose case.
        need: NeedId,
        /// How often it was opened again before.
        opening: u16,
    },
}

/// An agent's part in a dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialService {
    /// Who.
    pub agent: AgentId,
    /// Of which group.
    pub group: GroupId,
    /// From when on.
    pub assigned: SimTime,
    /// When the talk was over; where nobody answered, as [`Dial::left`].
    pub talk_ended: SimTime,
    /// When the wrap-up ended.
    pub wrap_up_ended: SimTime,
}

/// How a dial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialEnd {
    /// Nobody answered.
    NoAnswer,
    /// Somebody else answered.
    WrongParty,
    /// The person on the list was spoken to.
    Reached,
    /// Somebody answered, and no agent was free in time.
    Abandoned,
}

/// What becomes of a person after a dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterDial {
    /// Reached: that was it.
    Finished,
    /// Another attempt is due at this instant.
    Again(SimTime),
    /// That was the last attempt.
    Exhausted,
    /// Another attempt would be due beyond the run.
    Open,
}
