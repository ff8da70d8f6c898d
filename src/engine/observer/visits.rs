//! Visits to counters.

use super::Caller;
use crate::model::{CounterId, ServiceId};
use crate::time::SimTime;

/// A try at a counter, told when it is over: a visit, a booking that nobody came for, an offer that was declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Whose.
    pub caller: Caller,
    /// Tries of the need at counters before it.
    pub number: u8,
    /// What for.
    pub service: ServiceId,
    /// Where, or where it was offered.
    pub counter: CounterId,
    /// The row of the district in which the citizen lives.
    pub district: u16,
    /// By which way.
    pub channel: VisitChannel,
    /// When it was asked for, or set out for.
    pub asked: SimTime,
    /// What was booked, or offered.
    pub booked: Option<Booked>,
    /// When the visitor entered.
    pub came: Option<SimTime>,
    /// When a clerk began.
    pub began: Option<SimTime>,
    /// When it was over.
    pub ended: SimTime,
    /// How.
    pub end: VisitEnd,
}

/// An appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// When its slot begins.
    pub slot: SimTime,
    /// Whether it is prepared, before the visit begins or is over without it.
    pub prepared: Prepared,
}

/// Whether a visit is prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// No, and nobody is to.
    No,
    /// Not yet: an office is to.
    NotYet,
    /// Yes, since this instant.
    Since(SimTime),
}

impl Prepared {
    /// Whether it is done.
    pub fn is_done(self) -> bool {
        matches!(self, Prepared::Since(_))
    }
}

/// How a citizen came to a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitChannel {
    /// Booked with an agent on the telephone.
    Agent,
    /// Booked on the web.
    Web,
    /// Without an appointment.
    WalkIn,
}

/// How a try at a counter ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitEnd {
    /// The visit met the need.
    Resolved,
    /// It did not.
    Unresolved,
    /// No place was free.
    Full,
    /// The offer was too late or too far.
    Declined,
    /// The citizen cancelled.
    Cancelled,
    /// The citizen did not come.
    NoShow,
    /// The visitor left unserved.
    GaveUp,
    /// The visitor was sent away unserved.
    SentAway,
    /// It lies beyond the run.
    Open,
}
