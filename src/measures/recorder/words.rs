//! What the logs call what the engine tells.

use crate::engine;
use crate::engine::{Fate, NeedEnd, PreparationEnd, StretchEnd, VisitChannel, VisitEnd};
use crate::log::{
    CaseStretchEnd, Cause, LegFate, NeedEndName, OutcomeName, PreparationEndName, VisitChannelName,
    VisitEndName,
};
use crate::model::Outcome;

pub(super) fn fate(fate: Fate) -> LegFate {
    match fate {
        Fate::Callback => LegFate::Callback,
        Fate::Moved { .. } => LegFate::Moved,
        Fate::Answered => LegFate::Answered,
        Fate::Abandoned => LegFate::Abandoned,
        Fate::SentAway => LegFate::SentAway,
    }
}

pub(super) fn cause(cause: engine::Cause) -> Cause {
    match cause {
        engine::Cause::Fresh => Cause::Fresh,
        engine::Cause::Retrial => Cause::Retrial,
        engine::Cause::Repeat => Cause::Repeat,
        engine::Cause::Status => Cause::Status,
        engine::Cause::Visit => Cause::Visit,
        engine::Cause::Complaint => Cause::Complaint,
        engine::Cause::Web => Cause::Web,
    }
}

pub(super) fn outcome(outcome: Outcome) -> OutcomeName {
    match outcome {
        Outcome::Resolved => OutcomeName::Resolved,
        Outcome::Escalated => OutcomeName::Escalated,
        Outcome::Unresolved => OutcomeName::Unresolved,
        Outcome::Misrouted => OutcomeName::Misrouted,
        Outcome::WrongDepartment => OutcomeName::WrongDepartment,
        Outcome::SentBack => OutcomeName::SentBack,
        Outcome::Case => OutcomeName::Case,
        Outcome::Booking => OutcomeName::Booking,
        // Told of the second agent's work only, whose row has no outcome.
        Outcome::Consulted => OutcomeName::Unresolved,
    }
}

pub(super) fn visit_channel(channel: VisitChannel) -> VisitChannelName {
    match channel {
        VisitChannel::WalkIn => VisitChannelName::WalkIn,
        VisitChannel::Agent => VisitChannelName::Agent,
        VisitChannel::Web => VisitChannelName::Web,
    }
}

pub(super) fn visit_end(end: VisitEnd) -> VisitEndName {
    match end {
        VisitEnd::Resolved => VisitEndName::Resolved,
        VisitEnd::Unresolved => VisitEndName::Unresolved,
        VisitEnd::Full => VisitEndName::Full,
        VisitEnd::Declined => VisitEndName::Declined,
        VisitEnd::Cancelled => VisitEndName::Cancelled,
        VisitEnd::NoShow => VisitEndName::NoShow,
        VisitEnd::GaveUp => VisitEndName::GaveUp,
        VisitEnd::SentAway => VisitEndName::SentAway,
        VisitEnd::Open => VisitEndName::Open,
    }
}

pub(super) fn stretch_end(end: StretchEnd) -> CaseStretchEnd {
    match end {
        StretchEnd::Interrupted => CaseStretchEnd::Interrupted,
        StretchEnd::Reworked => CaseStretchEnd::Reworked,
        StretchEnd::HandedOver => CaseStretchEnd::HandedOver,
        StretchEnd::Closed => CaseStretchEnd::Closed,
    }
}

pub(super) fn preparation_end(end: PreparationEnd) -> PreparationEndName {
    match end {
        PreparationEnd::Done { .. } => PreparationEndName::Done,
        PreparationEnd::Interrupted => PreparationEndName::Interrupted,
        PreparationEnd::Withdrawn => PreparationEndName::Withdrawn,
        PreparationEnd::Open => PreparationEndName::Open,
    }
}

pub(super) fn need_end(end: NeedEnd) -> NeedEndName {
    match end {
        NeedEnd::Resolved => NeedEndName::Resolved,
        NeedEnd::GivenUp => NeedEndName::GivenUp,
        NeedEnd::Open => NeedEndName::Open,
    }
}
