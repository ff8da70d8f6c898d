//! What callers who wait are told and offered: callbacks, other ways, and how long they will wait.

use super::{Condition, OfferId, ProfileId, Retrial};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// What a step of a queue offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// By profile: part of the callers who accept it.
    pub accepted: Vec<f64>,
    /// What it is.
    pub kind: OfferKind,
}

impl Offer {
    /// Part of a profile's callers who accept it.
    pub fn accepted_by(&self, profile: ProfileId) -> f64 {
        self.accepted[profile.index()]
    }
}

/// What is offered.
#[derive(Clone, Debug)]
pub enum OfferKind {
    /// The center calls back.
    Callback(Box<Callback>),
    /// The caller leaves for another way.
    Deferral(Deferral),
}

/// How the center calls back.
#[derive(Clone, Debug)]
pub struct Callback {
    /// In which slots; `None`: when the caller's turn has come.
    pub slots: Option<Slots>,
    /// From an agent's dialling until the citizen answers, or the agent gives up.
    pub dial_time: Distribution,
    /// Probability that a citizen who is called answers.
    pub reached: f64,
    /// How often the center tries.
    pub tries: u8,
    /// From a try in vain to the next one.
    pub delay: Distribution,
    /// The promise is kept within this of accepting; `None`: whenever the citizen is reached.
    pub within: Option<SimDuration>,
    /// What those do whom the center did not reach.
    pub after_failure: Option<Retrial>,
}

/// Slots of callbacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Slots {
    /// When each begins, rising.
    pub starts: Vec<SimTime>,
    /// How long each is.
    pub length: SimDuration,
    /// How many callbacks each holds.
    pub capacity: u32,
    /// The latest begins within this of accepting.
    pub latest: SimDuration,
    /// Whether a citizen takes any slot with room, not the first.
    pub any: bool,
}

impl Slots {
    /// The slots that may be promised at an instant: those that begin from then on, and not too late.
    pub fn from(&self, at: SimTime) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|&start| start < at);
        let last = self.starts.partition_point(|&start| start <= at.after(self.latest));
        first..last.max(first)
    }
}

/// Another way than waiting.
#[derive(Clone, Debug)]
pub struct Deferral {
    /// Part of those who accept whose need it meets.
    pub solved: f64,
    /// What the others do.
    pub after_failure: Option<Retrial>,
}

/// What the callers of a queue are told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// By step: what it offers.
    pub invitations: Vec<Option<Invitation>>,
    /// By rising wait: what callers make of it.
    pub bands: Vec<Announcement>,
}

impl Told {
    /// Whether a step makes an offer.
    pub fn offers(&self, offer: OfferId) -> bool {
        self.invitations.iter().flatten().any(|invitation| invitation.offer == offer)
    }
}

/// What a step offers, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What.
    pub offer: OfferId,
    /// What must hold when a contact reaches the step.
    pub condition: Condition,
}

/// What callers make of a long expected wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Announcement {
    /// It is longer than this.
    pub over: SimDuration,
    /// Multiplies their patience.
    pub patience_times: f64,
    /// Probability of hanging up at once; `None`: the contact type's.
    pub balking: Option<f64>,
}
