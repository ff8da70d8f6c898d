//! Who serves.

use std::ops::Range;

use super::{Adherence, GroupTenure, QueueId, ScheduledHeads, ShiftPlan, Shrinkage, SiteId, VendorId};
use crate::time::{SimDuration, SimTime};

/// Who answers.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentGroup {
    /// Its name.
    pub name: String,
    /// 1 or 2.
    pub tier: u8,
    /// Who employs them.
    pub vendor: Option<VendorId>,
    /// Where they work.
    pub site: Option<SiteId>,
    /// Queues in the order in which a freed agent looks.
    pub serves: Vec<QueueId>,
    /// How a freed agent chooses among equal priorities.
    pub take: Take,
    /// By place in `serves`: what [`Take::Weighted`] multiplies ages by; otherwise empty.
    pub weights: Vec<f64>,
    /// Whether the order of `serves` decides: it comes before priority, or all who may be taken in order have one.
    pub order_first: bool,
    /// Between accepting a contact and speaking: the caller still waits, the agent is no longer idle.
    pub answer_delay: SimDuration,
    /// Its agents.
    pub agents: Range<u16>,
    /// (from when, how many heads are planned): the first at time zero, strictly rising, each different from the one before.
    /// Of a group that works by shifts, those on duty and not on a break, if nobody is late or absent.
    pub heads: Vec<(SimTime, u32)>,
    /// Who works which shift; `None`: the heads are all that is said.
    pub shifts: Option<ShiftPlan>,
    /// How its agents serve several chats at once; `None`: each serves one contact.
    pub chatting: Option<super::Chatting>,
    /// What becomes of a wrap-up of theirs when a call comes; `None`: it is not interrupted.
    pub interruptible_wrap_up: Option<InterruptibleWrapUp>,
    /// Whether they put what is written aside when a call comes.
    pub interruptible_written: bool,
    /// On whose cases they work when they have nothing else to do; `None`: they idle.
    pub back_office: Option<Box<BackOffice>>,
    /// What its people's random numbers are keyed by: the hash of its name.
    pub key: u64,
    /// What takes scheduled people away: rounded components first, then those that strike each person alone, by name.
    pub shrinkage: Vec<Shrinkage>,
    /// Of heads with shrinkage: the spans that have draws of their own; empty otherwise.
    pub scheduled: Vec<ScheduledHeads>,
    /// How people keep to their shifts.
    pub adherence: Adherence,
    /// How long its people have been at work; `None`: it does not matter.
    pub tenure: Option<GroupTenure>,
    /// How long its people stay with callers for a warm transfer at most; `None`: as the contact type says.
    pub warm_limit: Option<SimDuration>,
    /// How long its people wait for another whom they ask at most; `None`: as the contact type says.
    pub consultation_limit: Option<SimDuration>,
    /// Wage and overhead per hour.
    pub cost_per_hour: f64,
}

impl AgentGroup {
    /// Whether any work of its people may be interrupted by a call.
    pub fn is_interrupted(&self) -> bool {
        self.interruptible_wrap_up.is_some() || self.interruptible_written || self.back_office.is_some()
    }
}

/// Work on cases of offices by agents who have nothing else to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackOffice {
    /// Whose cases, in the order in which an agent looks.
    pub offices: Vec<super::OfficeId>,
    /// How long an agent has been idle before it takes a case.
    pub after_idle: SimDuration,
    /// So many of the group are to stay idle.
    pub keep_idle: u32,
    /// Whether a call that finds nobody idle interrupts it.
    pub interruptible: bool,
}

pub use crate::scenario::Rest;

/// Work after a talk that a call may interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterruptibleWrapUp {
    /// What becomes of the rest.
    pub rest: Rest,
    /// How many of them an agent has put aside at once at most; one that begins beyond is not interrupted.
    pub at_most: u32,
}

/// How a freed agent chooses among contacts of equal priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The first queue of `serves` that has one.
    InOrder,
    /// The one of greatest age; ties by need.
    LongestWait,
    /// The one of greatest age times its queue's weight; ties by age, then by need.
    Weighted,
}

/// Which idle agent of a group a contact goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Select {
    /// The one who has been idle longest.
    LongestIdle,
    /// The one with the smallest share of busy time since log-in; ties go to the longest idle.
    LeastOccupied,
    /// The one with the smallest factor on the contact's talk; ties go to the longest idle.
    Fastest,
    /// Any of them, each with the same probability.
    Random,
}
