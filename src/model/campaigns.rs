//! Outbound campaigns: who is called, by whom, when and how.

use super::{ContactTypeId, GroupId, OpeningId, QueueId};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// Persons whom the center calls.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// Hash of the name: the address of its random numbers.
    pub key: u64,
    /// Who comes on the list when, rising.
    pub batches: Vec<Batch>,
    /// When it dials; `None`: always.
    pub hours: Option<OpeningId>,
    /// Who works it, in the order in which idle agents are looked for.
    pub groups: Vec<GroupId>,
    /// Agents are as fast with its talks as with those of this type; `None`: all alike.
    pub contact_type: Option<ContactTypeId>,
    /// How it dials.
    pub dialling: Dialling,
    /// How often a person is dialled at most.
    pub attempts: u8,
    /// From the end of an attempt in vain to the next.
    pub spacing: Distribution,
    /// Probability that somebody answers.
    pub answered: Rates,
    /// Probability that who answers is the person on the list.
    pub right_party: Rates,
    /// From dialling to the answer.
    pub ring_answered: Distribution,
    /// From dialling to giving up.
    pub ring_unanswered: Distribution,
    /// Talk with the right party.
    pub service_time: Distribution,
    /// Talk with somebody else.
    pub wrong_party_time: Distribution,
    /// Work after a talk.
    pub wrap_up: Option<Distribution>,
    /// So many agents of each group it leaves idle.
    pub reserve: u32,
    /// It dials only while the busy part of its groups' agents is below this.
    pub occupancy_below: Option<f64>,
    /// It dials only while queues keep a service level.
    pub level: Option<LevelGate>,
}

/// Persons who come on a list together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// When.
    pub at: SimTime,
    /// The date, in days since 1970: part of the address of their random numbers.
    pub day: u32,
    /// How the date is written.
    pub date: String,
    /// How many.
    pub persons: u32,
}

/// How a campaign dials.
#[derive(Clone, Debug)]
pub enum Dialling {
    /// An agent looks at the record so long, then dials.
    Preview(Distribution),
    /// An agent dials.
    Progressive,
    /// More lines than agents.
    Predictive(Predictive),
}

/// How a campaign paces its lines.
#[derive(Clone, Debug)]
pub struct Predictive {
    /// The part of answered calls in which no agent may be free in time.
    pub limit: f64,
    /// How long whoever has answered waits.
    pub patience: Distribution,
    /// The most lines for each agent.
    pub most: f64,
    /// What an abandoned call less the limit takes from the lines for each agent.
    pub step: f64,
    /// How it counts agents who are about to be free; `None`: it does not.
    pub anticipation: Option<Anticipation>,
}

/// How many of the agents who are busy with a campaign are expected to be free within a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Anticipation {
    /// The part of the talks that will be over by then, wrap-up included.
    pub talks: Rates,
    /// The same of the wrap-ups.
    pub wrap_ups: WrapUpEnds,
}

/// Which wrap-ups are expected to be over within a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WrapUpEnds {
    /// All take the same time: those of which no more than this is left.
    Within(SimDuration),
    /// They differ: such a part, however long they have lasted.
    Part(f64),
}

/// A probability over the run: (from when, value), rising, the first at time zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates(pub Vec<(SimTime, f64)>);

impl Rates {
    /// What holds at an instant.
    pub fn at(&self, at: SimTime) -> f64 {
        let begun = self.0.partition_point(|&(from, _)| from <= at);
        begun.checked_sub(1).map_or(0.0, |row| self.0[row].1)
    }
}

/// A service level that must be kept for a campaign to dial.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelGate {
    /// By queue: whether it counts.
    pub queues: Vec<bool>,
    /// The part that is answered in time.
    pub at_least: f64,
    /// In time is within this.
    pub within: SimDuration,
    /// It is looked at so often, over this time, from time zero on.
    pub over: SimDuration,
}

impl LevelGate {
    /// Whether contacts of a queue count.
    pub fn is_about(&self, queue: QueueId) -> bool {
        self.queues[queue.index()]
    }
}
