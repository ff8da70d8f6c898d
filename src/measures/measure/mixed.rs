//! What is written, and agents who do several things: cases between calls, work that calls interrupt, several chats.

use super::entry::{TIME, WRITTEN, of_preparations, of_writing, ratio, seconds, share};
use super::{Measure, Only, Unit};
use crate::measures::Basis;
use crate::measures::ScopeKind::{Office, Whole};

pub(super) static MEASURES: &[Measure] = &[
    of_writing(share(
        "written_on_time",
        WRITTEN,
        "written contacts due in the span whose answer was out by then / those due in it",
        |t| t.written_on_time,
        |t| t.written_due,
    )),
    of_writing(seconds(
        "time_to_reply",
        WRITTEN,
        "time from coming to the end of the last work on it, of written contacts answered in the span / those",
        |t| t.written_reply_s,
        |t| t.written_answered,
    )),
    of_writing(ratio(
        "mean_unanswered",
        Unit::Contacts,
        WRITTEN,
        "time that written contacts were unanswered within the span / length of the span",
        |t| t.written_open_s,
        |t| t.span_s,
    )),
    of_writing(ratio(
        "mean_unanswered_late",
        Unit::Contacts,
        WRITTEN,
        "time that written contacts were unanswered past their due time within the span / length of the span",
        |t| t.written_late_s,
        |t| t.span_s,
    )),
    Measure {
        only_with: Only::BackOffice,
        ..share(
            "back_office_share",
            TIME,
            "time of agents at cases / time logged in",
            |t| t.back_office_s,
            |t| t.logged_in_s,
        )
    },
    of_preparations(share(
        "preparing_share",
        &[(Basis::Case, &[Whole, Office])],
        "time at work on preparations / time at work on cases and preparations, of agents and of people of offices",
        |t| t.office_preparing_s,
        |t| t.office_agents_s + t.office_work_s,
    )),
    Measure {
        only_with: Only::BackOffice,
        ..share(
            "worked_by_agents",
            &[(Basis::Case, &[Whole, Office])],
            "time of agents at cases / time at work on cases, of agents and of people of offices",
            |t| t.office_agents_s,
            |t| t.office_agents_s + t.office_work_s,
        )
    },
    Measure {
        only_with: Only::Interruptions,
        unit: Unit::Count,
        ..seconds(
            "interruptions",
            TIME,
            "pieces of work at hand that a call interrupted within the span",
            |t| t.interruptions,
            |_| 1.0,
        )
    },
    Measure {
        only_with: Only::Chats,
        ..ratio(
            "mean_concurrency",
            Unit::Number,
            TIME,
            "time of chats with agents who have several at once, summed over chats / time of these agents with one chat or more",
            |t| t.chats_s,
            |t| t.chatting_s,
        )
    },
];
