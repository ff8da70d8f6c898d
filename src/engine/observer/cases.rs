//! Cases, and what offices prepare.

use super::Caller;
use crate::model::{AgentId, CaseTypeId, OfficeId, ServiceId};
use crate::time::SimTime;

/// A case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Whose; `attempt` is the latest one.
    pub caller: Caller,
    /// What an office does.
    pub case_type: CaseTypeId,
    /// Whose turn it is to work on it.
    pub office: OfficeId,
    /// When the talk ended that opened it, or when it was opened again.
    pub opened: SimTime,
    /// When it should be closed; `None`: whenever.
    pub due: Option<SimTime>,
    /// Whether work on it that was done was not right.
    pub reworked: bool,
    /// How often it was opened again before.
    pub reopened: u16,
}

/// A stretch of work on a case by one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseStretch {
    /// Which.
    pub case: Case,
    /// How often its work was done before.
    pub pass: u16,
    /// From when.
    pub from: SimTime,
    /// Until when.
    pub until: SimTime,
    /// What ended it.
    pub end: StretchEnd,
    /// The agent who worked, if it was nobody of the office.
    pub by: Option<AgentId>,
}

/// What ended a stretch of work on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchEnd {
    /// Closing time, or fewer people at work: the rest waits.
    Interrupted,
    /// The work was done and was not right: it is done again.
    Reworked,
    /// The work of this office is done, and another one goes on.
    HandedOver,
    /// The case is closed.
    Closed,
}

/// A piece of an office's work: what is prepared before a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preparation {
    /// Whose visit.
    pub caller: Caller,
    /// Tries of the need at counters before that one.
    pub number: u8,
    /// What for.
    pub service: ServiceId,
    /// Who prepares it.
    pub office: OfficeId,
    /// When the visit was booked, and the piece came to the office.
    pub asked: SimTime,
    /// When its slot begins: it is due then.
    pub slot: SimTime,
}

/// A stretch of work on a preparation by one person, or what becomes of one that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreparationStretch {
    /// Which.
    pub of: Preparation,
    /// From when; `None`: nobody was at work.
    pub from: Option<SimTime>,
    /// Until when.
    pub until: SimTime,
    /// What ended it.
    pub end: PreparationEnd,
    /// The agent who worked, if it was nobody of the office.
    pub by: Option<AgentId>,
}

/// What ended a stretch of work on a preparation, or its waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreparationEnd {
    /// It is done.
    Done {
        /// Its visit had begun by then, or will not take place.
        in_vain: bool,
    },
    /// Closing time, or fewer people at work: the rest waits.
    Interrupted,
    /// Its visit has begun, or will not take place: it is taken out.
    Withdrawn,
    /// The run is over.
    Open,
}
