//! What agents do outside the talks of legs, and how many are there.

use super::{Caller, Leg};
use crate::model::{AgentId, GroupId};
use crate::time::SimTime;

/// A stretch of work that may be interrupted, by one agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Who.
    pub agent: AgentId,
    /// Of which group.
    pub group: GroupId,
    /// What.
    pub of: StretchOf,
    /// From when.
    pub from: SimTime,
    /// Until when.
    pub until: SimTime,
    /// Whether a call ended it; otherwise the work is done.
    pub interrupted: bool,
}

/// What a stretch of work is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchOf {
    /// Wrap-up of a leg.
    WrapUp {
        /// Whose.
        caller: Caller,
        /// Which leg of the contact.
        leg: u8,
    },
    /// Work on something written.
    Written {
        /// Whose.
        caller: Caller,
        /// Which leg of the contact.
        leg: u8,
    },
    /// Work on a case.
    Case {
        /// Whose.
        caller: Caller,
    },
}

/// A question of an agent of tier 1 to one of tier 2 while the caller holds: told when the two have spoken, or the first asks no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// The stay of the one who asks in the queue, and what the second did: it is no caller's, so whoever counts callers leaves it
    /// out, and has the number of the leg that the first agent serves. Abandoned: given up at the limit.
    pub leg: Leg,
    /// Who asked.
    pub first: AgentId,
    /// Of which group.
    pub first_group: GroupId,
    /// When: from then on the caller holds.
    pub asked: SimTime,
    /// When the first went on with the caller, or asked no longer.
    pub over: SimTime,
}

/// What an agent is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgentState {
    /// Not logged in.
    Off,
    /// Waiting for a contact.
    Idle,
    /// Assigned, not yet speaking.
    Ringing,
    /// Talk and hold.
    Talking,
    /// With a caller who waits for a second agent, is being introduced to one, or holds while one is asked.
    Holding,
    /// Work after the contact.
    WrappingUp,
    /// With one chat or more; what happens to each, legs tell.
    Chatting,
    /// At a case of an office, for want of contacts.
    BackOffice,
    /// On a break of the shift: neither logged in for contacts nor off.
    OnBreak,
    /// Down for a shift and away for all of it.
    Absent,
}

/// The people of a group at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// On duty by the plan, absent or not.
    pub scheduled: u32,
    /// Those of them who are not absent, those on a break included.
    pub net: u32,
    /// Logged in and not on a break, those in overtime included.
    pub logged_in: u32,
    /// There beyond the plan: after their shift, or above the heads.
    pub overtime: u32,
    /// Paid for this time, overtime included.
    pub paid: u32,
}

impl Staff {
    /// Where heads are all that is planned: `logged_in` of `heads`.
    pub fn of_heads(heads: u32, logged_in: u32) -> Staff {
        let overtime = logged_in.saturating_sub(heads);
        Staff { scheduled: heads, net: heads, logged_in, overtime, paid: heads + overtime }
    }
}
