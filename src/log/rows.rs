//! The rows of the logs.
//!
//! All columns that later features need are here from the start and empty until then, so that the files never change shape; but for the last of needs, which only
//! scenarios with districts have.

use super::row::row;
use super::values::{
    AfterDialName, AgentStateName, CaseStretchEnd, Cause, DialEndName, GreetingEndName, LegFate, LogTime,
    Name, NeedEndName, NeedName, OutcomeName, PreparationEndName, VisitChannelName, VisitEndName, WebEndName,
};
use crate::time::SimDuration;

row! {
    /// A leg: one stay in one queue with the service that followed, or a contact that was refused a queue or ended in the menu, or a try to
    /// call back, or a question of one agent to another. What does not apply is empty.
    LegRow {
        /// The replication, from 0.
        replication: u32,
        /// The need behind the contact.
        need: NeedName,
        /// The need that this one came from.
        parent_need: Option<NeedName>,
        /// What brought the contact about.
        cause: Cause,
        /// 0 for the need's first attempt.
        attempt: u32,
        /// 0 for the contact's first queue.
        leg: u32,
        /// What is wanted.
        contact_type: Name,
        /// The way it came in.
        channel: Name,
        /// The citizen's segment.
        profile: Option<Name>,
        /// Whether the telephone system knew the caller.
        recognised: bool,
        /// Where the citizen lives.
        district: Option<Name>,
        /// What the citizen speaks.
        language: Option<Name>,
        /// The access number dialled.
        number: Option<Name>,
        /// The subject.
        topic: Option<Name>,
        /// The subject within the subject.
        subtopic: Option<Name>,
        /// Whether it is a complaint.
        complaint: bool,
        /// When it entered the queue, or was refused.
        entered: LogTime,
        /// Where it waited, or would have; empty if it never came that far.
        queue: Option<Name>,
        /// The rule that sent it there.
        rule: Option<Name>,
        /// Its priority there.
        priority: Option<i32>,
        /// What was added to its age when places were compared.
        credit_s: Option<SimDuration>,
        /// The queue's step that it had reached when it waited no longer.
        step: Option<Name>,
        /// How it ended.
        fate: LegFate,
        /// When its caller began to speak, hung up, was sent away or was refused.
        left: LogTime,
        /// `left` less `entered`.
        wait_s: SimDuration,
        /// The group that served it.
        group: Option<Name>,
        /// The agent who did, `t1_general#007`.
        agent: Option<Name>,
        /// The agent's employer.
        vendor: Option<Name>,
        /// The group's tier.
        tier: Option<u32>,
        /// When the agent was assigned: `left` less the answer delay.
        assigned: Option<LogTime>,
        /// How the talk ended.
        outcome: Option<OutcomeName>,
        /// When talk and hold ended.
        talk_ended: Option<LogTime>,
        /// When the work after it ended.
        wrap_up_ended: Option<LogTime>,
        /// The tier that it was passed on to.
        transferred_to: Option<u32>,
    }
}

row! {
    /// An agent in one state from one instant to another. An agent without a row at an instant is off.
    AgentRow {
        /// The replication, from 0.
        replication: u32,
        /// The group and three or more digits from 000: `t1_general#007`; of those who work by shifts with the shift:
        /// `t1_general/early#007`.
        agent: Name,
        /// The group.
        group: Name,
        /// The employer.
        vendor: Option<Name>,
        /// What the agent does.
        state: AgentStateName,
        /// From when.
        from: LogTime,
        /// Until when.
        to: LogTime,
        /// The need worked for.
        need: Option<NeedName>,
        /// The attempt worked for.
        attempt: Option<u32>,
        /// The leg worked for.
        leg: Option<u32>,
    }
}

row! {
    /// A need at its end.
    NeedRow spare 1 {
        /// The replication, from 0.
        replication: u32,
        /// Which.
        need: NeedName,
        /// What was wanted.
        contact_type: Name,
        /// The citizen's segment.
        profile: Option<Name>,
        /// The access number dialled.
        number: Option<Name>,
        /// Whether the telephone system knew the caller.
        recognised: bool,
        /// When the first attempt began.
        first_attempt: LogTime,
        /// How many attempts there were.
        attempts: u32,
        /// How it ended.
        end: NeedEndName,
        /// When a caller of it first spoke with an agent; empty: never.
        first_answered: Option<LogTime>,
        /// The wait of the attempt that was first answered, from that contact's first queue entry; empty: none was.
        answered_after_s: Option<SimDuration>,
        /// How many attempts were answered.
        answered: u32,
        /// Whether a contact of it was transferred.
        transferred: bool,
        /// The tier of the agent who resolved it, 3 where an office closed its case; empty: nobody did.
        resolved_at: Option<u32>,
        /// When it ended: the end of the last attempt's talk, the instant at which that attempt failed, the closing of its case.
        ended: LogTime,
        /// Where the citizen lives; the column is there where there are districts.
        district: Option<Name>,
    }
}

row! {
    /// What a call met before its queue: the lookup of its number, then the menu.
    GreetingRow {
        /// The replication, from 0.
        replication: u32,
        /// The need behind the call.
        need: NeedName,
        /// 0 for the need's first attempt.
        attempt: u32,
        /// What is wanted.
        contact_type: Name,
        /// The citizen's segment.
        profile: Option<Name>,
        /// The access number dialled.
        number: Option<Name>,
        /// Whether the telephone system knew the caller.
        recognised: bool,
        /// The menu that was heard; empty: none.
        menu: Option<Name>,
        /// When the call came.
        began: LogTime,
        /// When lookup and menu were over.
        ended: LogTime,
        /// How.
        end: GreetingEndName,
        /// What the caller chose, if it is not what is wanted.
        chose: Option<Name>,
    }
}

row! {
    /// A stretch of work on a case, or a case that is not closed when the run is over.
    CaseRow {
        /// The replication, from 0.
        replication: u32,
        /// Whose; a need has one case at most.
        need: NeedName,
        /// What the office does.
        case_type: Name,
        /// The office that works on it, or for which it waits.
        office: Name,
        /// When the talk ended that opened it, or when it was opened again.
        opened: LogTime,
        /// When it should be closed; empty: whenever.
        due: Option<LogTime>,
        /// How often its work was done before by this office since then, from 0; empty where nobody works.
        pass: Option<u32>,
        /// From when somebody worked on it; empty for a case that is not closed.
        from: Option<LogTime>,
        /// Until when, or the end of the run.
        to: LogTime,
        /// What ended the stretch.
        end: CaseStretchEnd,
    }
}

row! {
    /// A try at a counter: a visit, a booking that nobody came for, an offer that was declined.
    VisitRow {
        /// The replication, from 0.
        replication: u32,
        /// Whose.
        need: NeedName,
        /// 0 for the need's first try at a counter.
        number: u32,
        /// What for.
        service: Name,
        /// The citizen's segment.
        profile: Option<Name>,
        /// Where the citizen lives; empty without districts.
        district: Option<Name>,
        /// Where, or where it was offered.
        counter: Name,
        /// How the citizen came to it.
        channel: VisitChannelName,
        /// When it was asked for, or set out for.
        asked: LogTime,
        /// When the slot begins that was booked, or offered.
        slot: Option<LogTime>,
        /// Whether its preparation was finished: before it began, or was over without beginning.
        prepared: bool,
        /// When the visitor entered.
        came: Option<LogTime>,
        /// When a clerk began.
        began: Option<LogTime>,
        /// When it was over.
        ended: LogTime,
        /// How.
        end: VisitEndName,
    }
}

row! {
    /// A stretch of work on the preparation of a visit, or what became of one that nobody worked on then.
    PreparationRow {
        /// The replication, from 0.
        replication: u32,
        /// Whose visit.
        need: NeedName,
        /// Which of the need's tries at counters, from 0.
        number: u32,
        /// What for.
        service: Name,
        /// The office that prepares it.
        office: Name,
        /// When the visit was booked, and the piece came to the office.
        asked: LogTime,
        /// When its slot begins: the piece is due then.
        slot: LogTime,
        /// From when somebody worked on it; empty: nobody did.
        from: Option<LogTime>,
        /// Until when, or when it was taken out, or the end of the run.
        to: LogTime,
        /// What ended it.
        end: PreparationEndName,
    }
}

row! {
    /// A visit to the web site before a need's first contact.
    WebRow {
        /// The replication, from 0.
        replication: u32,
        /// Whose; a need has one at most.
        need: NeedName,
        /// What is wanted.
        contact_type: Name,
        /// The citizen's segment.
        profile: Option<Name>,
        /// The access number that the citizen would dial.
        number: Option<Name>,
        /// When it began, and with it the need.
        tried: LogTime,
        /// What came of it.
        end: WebEndName,
        /// When the citizen contacts the center.
        again: Option<LogTime>,
    }
}

row! {
    /// A dial of a campaign.
    DialRow {
        /// The replication, from 0.
        replication: u32,
        /// Of which campaign.
        campaign: Name,
        /// Who was called: `2008-06-16/12`, the date on which the person came on the list and the number among those of that date, from 0; or the
        /// need whose case was closed, and how often that had been opened again: `taxes/1344556/12#0`.
        person: Name,
        /// 0 for the first attempt at the person.
        attempt: u32,
        /// When the person came on the list.
        listed: LogTime,
        /// Whether the agent was there before it rang.
        reserved: bool,
        /// When it began to ring.
        dialled: LogTime,
        /// When somebody answered, or it was given up.
        rang_until: LogTime,
        /// When an agent began to speak, or whoever had answered hung up; if nobody answered, as `rang_until`.
        left: LogTime,
        /// Of which group; empty: nobody.
        group: Option<Name>,
        /// Who.
        agent: Option<Name>,
        /// From when on.
        assigned: Option<LogTime>,
        /// When the talk was over.
        talk_ended: Option<LogTime>,
        /// When the wrap-up was over.
        wrap_up_ended: Option<LogTime>,
        /// How it ended.
        end: DialEndName,
        /// What becomes of the person.
        then: AfterDialName,
        /// When the next attempt is due.
        again: Option<LogTime>,
    }
}

/// The channel of rows that stand for agents who ask others while their caller holds.
pub const CONSULTATION_CHANNEL: &str = "consultation";
/// The channel of rows that stand for citizens off the line, whom the center has promised to call back.
pub const CALLBACK_CHANNEL: &str = "callback";

impl LegRow {
    /// Whether it stands for a citizen off the line, whom the center calls back: no leg of a caller.
    pub fn is_callback(&self) -> bool {
        &*self.channel == CALLBACK_CHANNEL
    }

    /// Whether it stands for an agent who asks another while the caller holds: no leg of a caller. It has the number of the leg that the
    /// first agent serves.
    pub fn is_consultation(&self) -> bool {
        &*self.channel == CONSULTATION_CHANNEL
    }

    /// When the caller left the center or went on to another queue: the end of the talk, or `left`.
    pub fn caller_left(&self) -> LogTime {
        self.talk_ended.unwrap_or(self.left)
    }

    /// When it stopped waiting for an agent: the assignment, or `left`.
    pub fn waited_until(&self) -> LogTime {
        self.assigned.unwrap_or(self.left)
    }
}
