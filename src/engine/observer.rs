//! What the engine tells: one call a thing that happened, everything in one record.
//!
//! The engine keeps no statistics and writes no log; whoever wants either observes. Calls come in the order of time
//! where the run is eager; a lazy run tells a leg's end when it finds out, a recursive run tells each leg as a
//! whole on entry, so sums over calls are the same in all three and the order is not.

use crate::model::{
    AgentId, CampaignId, CaseTypeId, ContactTypeId, CounterId, GroupId, MenuId, NeedId, NumberId, OfferId,
    OfficeId, Outcome, ProfileId, QueueId, RuleId, ServiceId,
};
use crate::time::{SimDuration, SimTime};

/// What brought a contact about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The need is new.
    Fresh,
    /// An attempt that nobody answered: the caller hung up, was refused or sent away.
    Retrial,
    /// A talk that did not help.
    Repeat,
    /// "Any news?" about an open case.
    Status,
    /// A counter, a booking or a no-show before it that did not meet the need.
    Visit,
    /// A case that was closed is not what its citizen wanted, or not understood.
    Complaint,
    /// The need is new, and the web site did not meet it.
    Web,
}

impl Cause {
    /// Whether there was a case before.
    #[inline]
    pub fn is_about_case(self) -> bool {
        matches!(self, Cause::Status | Cause::Complaint)
    }

    /// Whether the contact is its need's first, and would have come had the center done all that it can.
    #[inline]
    pub fn is_fresh(self) -> bool {
        matches!(self, Cause::Fresh | Cause::Web)
    }
}

/// Who contacts the center, in which attempt and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The need behind it.
    pub need: NeedId,
    /// What is wanted.
    pub contact_type: ContactTypeId,
    /// The citizen's segment.
    pub profile: ProfileId,
    /// The number dialled.
    pub number: NumberId,
    /// Whether the telephone system knew the caller.
    pub recognised: bool,
    /// 0 for the first attempt.
    pub attempt: u8,
    /// What brought this attempt about.
    pub cause: Cause,
    /// When this contact (attempt) began: its first queue entry, or its refusal.
    pub contact_began: SimTime,
    /// When the need's first attempt began.
    pub need_began: SimTime,
}

/// What a call met before its queue, told when that is over: the lookup of its number, then the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Whose.
    pub caller: Caller,
    /// The menu that was heard, if one was to be.
    pub menu: Option<MenuId>,
    /// When the call came.
    pub began: SimTime,
    /// When it was over.
    pub ended: SimTime,
    /// How.
    pub end: GreetingEnd,
    /// What the caller chose, if it is not what is wanted.
    pub chose: Option<ContactTypeId>,
}

/// How a greeting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GreetingEnd {
    /// The caller is bound for a queue.
    Queue,
    /// The menu met the need.
    SelfServed,
    /// The caller hung up.
    HungUp,
}

/// A visit to the web site before a need's first contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebVisit {
    /// Whose.
    pub caller: Caller,
    /// When it began, and with it the need.
    pub at: SimTime,
    /// What came of it.
    pub end: WebEnd,
}

/// What came of a visit to the web site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebEnd {
    /// It met the need.
    Solved,
    /// It did not, and the citizen will contact the center.
    Calls {
        /// When.
        at: SimTime,
    },
    /// It did not, and the citizen lets it be.
    GivesUp,
    /// It did not, and the contact would come beyond the run.
    Open,
}

/// How a leg ended, DESIGN 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A: an agent took it.
    Answered,
    /// B: the caller hung up; balking is this with a wait of 0.
    Abandoned,
    /// D: sent away by us, at closing or when the run ends and nobody is left to serve.
    SentAway,
    /// C: accepted a callback.
    Callback,
    /// F: left for another way, which met the need or did not.
    Moved {
        /// Whether it did.
        met: bool,
    },
}

/// One stay in one queue, with the service that followed it; told when its caller has left the queue and the agent. The
/// agent's wrap-up then still lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Whose.
    pub caller: Caller,
    /// 0 for the contact's first queue.
    pub leg: u8,
    /// Where it waited.
    pub queue: QueueId,
    /// The rule that sent it there.
    pub rule: RuleId,
    /// The step of the queue when it left.
    pub step: u8,
    /// When it entered the queue.
    pub entered: SimTime,
    /// How it ended.
    pub fate: Fate,
    /// When it left the queue: hung up, was sent away, or began to speak (the answer delay is over).
    pub left: SimTime,
    /// What followed, if answered.
    pub service: Option<Service>,
}

/// What an agent did for a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Who.
    pub agent: AgentId,
    /// Of which group.
    pub group: GroupId,
    /// When the agent was assigned: `left` less the answer delay.
    pub assigned: SimTime,
    /// When the agent had spoken and stayed with the caller for a warm transfer; without one the end of the talk.
    pub held_from: SimTime,
    /// When talk and hold ended; they began at [`Leg::left`].
    pub talk_ended: SimTime,
    /// When wrap-up ended.
    pub wrap_up_ended: SimTime,
    /// How the talk ended.
    pub outcome: Outcome,
    /// How the contact was handed over, if it was.
    pub hand_over: HandOver,
    /// What of it was done in pieces.
    pub apart: Apart,
}

/// Work for a leg that was done in pieces, which [`Observer::stretch_ends`] has told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Whether the work on something written is told so; then its wrap-up is too.
    pub talk: bool,
    /// Whether the wrap-up is told so.
    pub wrap_up: bool,
    /// For how long the work lay aside meanwhile: no part of the handle time.
    pub aside: SimDuration,
}

impl Apart {
    /// All was done in one go.
    pub const NOTHING: Apart = Apart { talk: false, wrap_up: false, aside: SimDuration::ZERO };
}

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

/// How a contact that is passed on leaves its agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandOver {
    /// At the end of the talk.
    #[default]
    Cold,
    /// The agent stayed until a second took over.
    TakenOver,
    /// The agent stayed for nothing, until the limit or until the caller was sent away.
    TurnedCold,
    /// The agent stayed until the limit, and then ended the contact.
    Withdrawn,
}

impl Service {
    /// Talk, hold and wrap-up for a leg whose caller began to speak at `answered`.
    #[inline(always)]
    pub fn handle_time(&self, answered: SimTime) -> SimDuration {
        self.wrap_up_ended.since(answered) - self.apart.aside
    }

    /// Until when the agent worked without a break for the leg whose caller began to speak at `answered`: until wrap-up ended, or until that began
    /// which was done in pieces.
    #[inline(always)]
    pub fn worked_until(&self, answered: SimTime) -> SimTime {
        match self.apart {
            Apart { wrap_up: false, .. } => self.wrap_up_ended,
            Apart { talk: false, .. } => self.talk_ended,
            _ => answered,
        }
    }

    /// Whether the contact went on to another queue.
    #[inline]
    pub fn transferred(&self) -> bool {
        use Outcome::{Booking, Case, Consulted, Resolved, Unresolved};
        !matches!(self.outcome, Resolved | Unresolved | Case | Booking | Consulted)
    }
}

/// Why a contact got no queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// All lines busy.
    TrunksBusy,
    /// The queue does not take contacts at this hour.
    Closed,
}

/// A contact that got no queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whose.
    pub caller: Caller,
    /// 0 where it begins; otherwise the leg that a transfer would have begun.
    pub leg: u8,
    /// When.
    pub at: SimTime,
    /// Why.
    pub why: Refusal,
    /// Where it would have gone, if it came that far.
    pub queue: Option<QueueId>,
}

/// A stay in the line of a contact that stands for a citizen off the line, and the try to call back that ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackTry {
    /// The stay: it is no caller's, so whoever counts callers leaves it out. It is answered where an agent dialled: from the assignment to
    /// [`Leg::left`] the agent dials.
    pub leg: Leg,
    /// How it ended.
    pub end: TryEnd,
}

/// How a try to call back ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryEnd {
    /// The citizen answered, and was served.
    Reached,
    /// The citizen did not answer.
    NotReached,
    /// Nobody dialled: the queue was closed, or sent its contacts away.
    Broken,
}

/// A promise to call back that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackEnd {
    /// Whose.
    pub caller: Caller,
    /// The queue in which it was accepted.
    pub queue: QueueId,
    /// What was offered.
    pub offer: OfferId,
    /// When the leg entered that ended with it.
    pub entered: SimTime,
    /// When it was accepted.
    pub accepted: SimTime,
    /// How often an agent dialled.
    pub tries: u8,
    /// How it ended.
    pub end: PromiseEnd,
    /// Whether the citizen was reached as was promised.
    pub kept: bool,
}

/// How a promise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseEnd {
    /// The citizen began to speak.
    Reached {
        /// When.
        at: SimTime,
    },
    /// Not reached in all tries, or not called at all.
    Failed,
    /// The next try would have come after the run.
    Open,
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

/// An offer to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferMade {
    /// Whose.
    pub caller: Caller,
    /// Where the caller waits, or would.
    pub queue: QueueId,
    /// When it entered that queue.
    pub entered: SimTime,
    /// What.
    pub offer: OfferId,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// How a need ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedEnd {
    /// Met.
    Resolved,
    /// Its citizen stopped trying.
    GivenUp,
    /// Another attempt was due beyond the horizon, or its case is not closed.
    Open,
}

/// A need at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Whose; `attempt` is the last one.
    pub caller: Caller,
    /// How.
    pub end: NeedEnd,
    /// The attempt that was first answered; `None`: none was.
    pub first_answer: Option<FirstAnswer>,
    /// How many of its contacts were answered.
    pub answered: u8,
    /// Whether a contact of it was transferred.
    pub transferred: bool,
    /// The tier of the agent who met it, or that of offices ([`OFFICES_TIER`](crate::model::OFFICES_TIER)) where the closing of a case did;
    /// `None`: nobody did.
    pub resolved_at: Option<u8>,
    /// Whether a case was opened for it.
    pub case: bool,
    /// Whether its citizen tried a counter, by a booking or without.
    pub visited: bool,
    /// How many contacts it had: 0 where a counter was all that it tried.
    pub attempts: u32,
}

/// When a need was first answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstAnswer {
    /// When the caller began to speak.
    pub at: SimTime,
    /// The wait, from that contact's first queue entry.
    pub wait: SimDuration,
}

impl Need {
    /// Whether the first talk met it, with no transfer, no case and no further contact.
    #[inline]
    pub fn is_resolved_at_first_contact(&self) -> bool {
        self.end == NeedEnd::Resolved
            && self.answered == 1
            && !self.transferred
            && !self.case
            && !self.visited
    }
}

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

/// Receives what happens. Every method has an empty body, so that an observer says only what it wants to know.
pub trait Observer {
    /// What a call met before its queue is over.
    #[inline]
    fn greeting_ends(&mut self, _greeting: &Greeting) {}

    /// A citizen tries the web site before the first contact.
    #[inline]
    fn web_is_tried(&mut self, _visit: &WebVisit) {}

    /// A leg begins: its caller enters a queue. `Leg` follows with the same need, attempt and leg number.
    #[inline]
    fn leg_begins(&mut self, _entered: SimTime, _queue: QueueId, _caller: &Caller) {}

    /// A leg is over: its caller has left. The end of its wrap-up is told too, though it lies ahead. Where wrap-up may be interrupted, or
    /// work for a leg put aside, the leg is told when that is over.
    #[inline]
    fn leg_ends(&mut self, _leg: &Leg) {}

    /// A leg is over: at the limit of a warm transfer the first agent took its caller out of the queue, and the contact ended so.
    #[inline]
    fn leg_is_withdrawn(&mut self, leg: &Leg, _outcome: Outcome) {
        self.leg_ends(leg);
    }

    /// A contact gets no queue: when it begins, or on its transfer to a closed tier.
    #[inline]
    fn contact_refused(&mut self, _refused: &Refused) {}

    /// A caller was offered something.
    #[inline]
    fn offer_is_made(&mut self, _at: SimTime, _made: &OfferMade) {}

    /// An agent begins to dial for a callback, or the promise is broken at this instant. [`CallbackTry`] follows.
    #[inline]
    fn callback_begins(&mut self, _at: SimTime) {}

    /// A try to call back is over.
    #[inline]
    fn callback_is_tried(&mut self, _tried: &CallbackTry) {}

    /// An agent takes the question of another. [`Consultation`] follows.
    #[inline]
    fn consultation_begins(&mut self, _at: SimTime) {}

    /// A consultation is over, or the one who asked has given up.
    #[inline]
    fn consultation_ends(&mut self, _told: &Consultation) {}

    /// An agent of a group has a question, and no queue takes it.
    #[inline]
    fn consultation_is_refused(&mut self, _refused: &Refused, _first_group: GroupId) {}

    /// A promise to call back is over.
    #[inline]
    fn callback_ends(&mut self, _at: SimTime, _end: &CallbackEnd) {}

    /// An attempt failed and the citizen will call again at `again`.
    #[inline]
    fn retrial_is_set(&mut self, _at: SimTime, _caller: &Caller, _again: SimTime) {}

    /// A need has come to its end.
    #[inline]
    fn need_ends(&mut self, _at: SimTime, _need: &Need) {}

    /// The same where there are districts, with the row of the one in which the citizen lives.
    #[inline]
    fn need_of_district_ends(&mut self, at: SimTime, need: &Need, _district: u16) {
        self.need_ends(at, need);
    }

    /// A case is opened.
    #[inline]
    fn case_opens(&mut self, _case: &Case) {}

    /// A stretch of work on a case is over.
    #[inline]
    fn case_is_worked(&mut self, _stretch: &CaseStretch) {}

    /// The run is over, and a case is not closed.
    #[inline]
    fn case_stays_open(&mut self, _at: SimTime, _case: &Case) {}

    /// So many persons come on a campaign's list.
    #[inline]
    fn persons_are_listed(&mut self, _at: SimTime, _campaign: CampaignId, _persons: u32) {}

    /// An agent begins to dial for a campaign, or to speak with whom it has called. [`Dial`] follows.
    #[inline]
    fn dial_begins(&mut self, _at: SimTime) {}

    /// A dial of a campaign is over.
    #[inline]
    fn dial_is_over(&mut self, _dial: &Dial) {}

    /// So many people of an office are at work from now on.
    #[inline]
    fn office_changes(&mut self, _at: SimTime, _office: OfficeId, _people: u32) {}

    /// A stretch of work on a preparation is over, or it is taken out, or stays undone.
    #[inline]
    fn preparation_is_worked(&mut self, _stretch: &PreparationStretch) {}

    /// A try at a counter is over.
    #[inline]
    fn visit_is_over(&mut self, _visit: &Visit) {}

    /// An agent turns to something else. `Talking` is told together with `Ringing`, with the instant at which it will begin.
    #[inline]
    fn agent_changes(&mut self, _at: SimTime, _agent: AgentId, _group: GroupId, _state: AgentState) {}

    /// A stretch of work that may be interrupted is over.
    #[inline]
    fn stretch_ends(&mut self, _stretch: &Stretch) {}

    /// So many agents of a group that chats have a chat from now on.
    #[inline]
    fn chatting_changes(&mut self, _at: SimTime, _group: GroupId, _agents: u32) {}

    /// So many agents of a group are at cases of offices from now on.
    #[inline]
    fn back_office_changes(&mut self, _at: SimTime, _group: GroupId, _agents: u32) {}

    /// The people of a group are other ones from now on.
    #[inline]
    fn staff_changes(&mut self, _at: SimTime, _group: GroupId, _staff: &Staff) {}

    /// The run is over: everybody has left.
    #[inline]
    fn run_ends(&mut self) {}
}

/// Hears nothing: for the bare loop.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deaf;

impl Observer for Deaf {}
