//! What is counted of one entity in one span of time: whole numbers only, so that sums are the same in any order.

use crate::engine::{Cause, Greeting, GreetingEnd, Leg, Need, NeedEnd};
use crate::time::{SimDuration, SimTime};

/// Fates, waits and work of the legs (or contacts) of one entity that entered in one span of time.
///
/// Counts are 32 bits wide: a span of a single entity in one replication holds fewer than 4.29e9 legs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// A.
    pub answered: u32,
    /// A_t: answered after a wait of at most t.
    pub answered_in_time: u32,
    /// B.
    pub abandoned: u32,
    /// B_t: hung up after a wait of at most t.
    pub abandoned_in_time: u32,
    /// B_s: hung up after a wait of at most the short-abandonment bound.
    pub abandoned_short: u32,
    /// D.
    pub sent_away: u32,
    /// X: refused before entry; no leg.
    pub refused: u32,
    /// C.
    pub callbacks: u32,
    /// F.
    pub moved: u32,
    /// Those with a wait above 0, whatever their fate.
    pub delayed: u32,
    /// Those that tried again after an attempt that nobody answered, refused ones included.
    pub retrials: u32,
    /// Those that came again after a talk that did not help, refused ones included.
    pub repeats: u32,
    /// Answered, and sent on to the next tier.
    pub transferred: u32,
    /// Waits of A, in microseconds.
    pub wait_answered_us: u64,
    /// Waits of B.
    pub wait_abandoned_us: u64,
    /// Waits of C, D and F.
    pub wait_sent_away_us: u64,
    /// Sum of (wait - t)+ over all.
    pub excess_wait_us: u64,
    /// Handle times of A: talk, hold and wrap-up.
    pub handle_us: u64,
    /// Sum of squares of handle times of A.
    pub handle_square_us2: u128,
}

/// What a leg adds to each of its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    pub(super) wait_us: u64,
    /// 0 unless answered.
    pub(super) handle_us: u64,
    excess_us: u64,
    in_time: u32,
    delayed: u32,
    retrial: u32,
    repeat: u32,
    transferred: u32,
}

impl Cell {
    /// O + X: who came, refused ones included.
    pub(super) fn demand(&self) -> u32 {
        self.answered + self.abandoned + self.callbacks + self.sent_away + self.moved + self.refused
    }
}

impl Figures {
    /// Of `leg`, where a wait of at most `within` is in time.
    #[inline(always)]
    pub(super) fn of(leg: &Leg, within: SimDuration) -> Figures {
        let wait = leg.left.since(leg.entered);
        let (handle_us, transferred) = match &leg.service {
            Some(service) => (service.handle_time(leg.left).as_us(), service.transferred()),
            None => (0, false),
        };
        Figures {
            wait_us: wait.as_us(),
            handle_us,
            excess_us: (wait - within).as_us(),
            in_time: u32::from(wait <= within),
            delayed: u32::from(!wait.is_zero()),
            retrial: u32::from(leg.caller.cause == Cause::Retrial),
            repeat: u32::from(leg.caller.cause == Cause::Repeat),
            transferred: u32::from(transferred),
        }
    }
}

impl Cell {
    #[inline(always)]
    pub(super) fn count_answered(&mut self, leg: &Figures) {
        let handle = u128::from(leg.handle_us);
        self.count_any(leg);
        self.answered += 1;
        self.answered_in_time += leg.in_time;
        self.transferred += leg.transferred;
        self.wait_answered_us += leg.wait_us;
        self.handle_us += leg.handle_us;
        self.handle_square_us2 += handle * handle;
    }

    #[inline(always)]
    pub(super) fn count_abandoned(&mut self, leg: &Figures, short: SimDuration) {
        self.count_any(leg);
        self.abandoned += 1;
        self.abandoned_in_time += leg.in_time;
        self.abandoned_short += u32::from(leg.wait_us <= short.as_us());
        self.wait_abandoned_us += leg.wait_us;
    }

    #[inline]
    pub(super) fn count_sent_away(&mut self, leg: &Figures) {
        self.count_any(leg);
        self.sent_away += 1;
        self.wait_sent_away_us += leg.wait_us;
    }

    /// Counts C, or else F.
    pub(super) fn count_gone(&mut self, leg: &Figures, callback: bool) {
        self.count_any(leg);
        self.callbacks += u32::from(callback);
        self.moved += u32::from(!callback);
        self.wait_sent_away_us += leg.wait_us;
    }

    /// What does not depend on the fate.
    #[inline]
    fn count_any(&mut self, leg: &Figures) {
        self.delayed += leg.delayed;
        self.retrials += leg.retrial;
        self.repeats += leg.repeat;
        self.excess_wait_us += leg.excess_us;
    }

    /// Counts a contact that got no queue.
    #[inline]
    pub(super) fn count_refused(&mut self, cause: Cause) {
        self.refused += 1;
        self.retrials += u32::from(cause == Cause::Retrial);
        self.repeats += u32::from(cause == Cause::Repeat);
    }

    /// Adds another span or entity.
    pub(super) fn add(&mut self, other: &Cell) {
        self.answered += other.answered;
        self.answered_in_time += other.answered_in_time;
        self.abandoned += other.abandoned;
        self.abandoned_in_time += other.abandoned_in_time;
        self.abandoned_short += other.abandoned_short;
        self.sent_away += other.sent_away;
        self.refused += other.refused;
        self.callbacks += other.callbacks;
        self.moved += other.moved;
        self.delayed += other.delayed;
        self.retrials += other.retrials;
        self.repeats += other.repeats;
        self.transferred += other.transferred;
        self.wait_answered_us += other.wait_answered_us;
        self.wait_abandoned_us += other.wait_abandoned_us;
        self.wait_sent_away_us += other.wait_sent_away_us;
        self.excess_wait_us += other.excess_wait_us;
        self.handle_us += other.handle_us;
        self.handle_square_us2 += other.handle_square_us2;
    }
}

/// Calls of one entity whose greeting (lookup and menu) ended in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GreetingCell {
    /// All of them.
    pub greeted: u32,
    /// Those whose caller the telephone system knew.
    pub recognised: u32,
    /// Those that came to a menu.
    pub menus: u32,
    /// Those of `menus` whose need it met.
    pub self_served: u32,
    /// Those whose caller hung up.
    pub hung_up: u32,
    /// Those of `menus` that went on to a queue.
    pub chose: u32,
    /// Those of `chose` that chose another contact type than they wanted.
    pub misrouted: u32,
    /// Time from the call to the end of its greeting, in microseconds.
    pub time_us: u64,
}

impl GreetingCell {
    pub(super) fn count(&mut self, greeting: &Greeting) {
        let menu = greeting.menu.is_some();
        self.greeted += 1;
        self.recognised += u32::from(greeting.caller.recognised);
        self.menus += u32::from(menu);
        self.self_served += u32::from(greeting.end == GreetingEnd::SelfServed);
        self.hung_up += u32::from(greeting.end == GreetingEnd::HungUp);
        self.chose += u32::from(menu && greeting.end == GreetingEnd::Queue);
        self.misrouted += u32::from(greeting.chose.is_some());
        self.time_us += greeting.ended.since(greeting.began).as_us();
    }

    pub(super) fn add(&mut self, other: &GreetingCell) {
        self.greeted += other.greeted;
        self.recognised += other.recognised;
        self.menus += other.menus;
        self.self_served += other.self_served;
        self.hung_up += other.hung_up;
        self.chose += other.chose;
        self.misrouted += other.misrouted;
        self.time_us += other.time_us;
    }
}

/// How an agent group spent one span of time, in microseconds summed over agents; clipped to the counted time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupTime {
    /// Talk, hold and wrap-up.
    pub work_us: u64,
    /// From assignment until the caller speaks.
    pub ringing_us: u64,
    /// On duty by the plan, absent or not.
    pub scheduled_us: u64,
    /// On duty by the plan and not absent, breaks included.
    pub net_us: u64,
    /// Logged in and not on a break, leavers who finish a contact included.
    pub logged_in_us: u64,
    /// There beyond the plan.
    pub overtime_us: u64,
    /// Paid, overtime included.
    pub paid_us: u64,
    /// With one chat or more, of a group that chats; `work_us` is then summed over chats.
    pub chatting_us: u64,
    /// At cases of offices.
    pub back_office_us: u64,
    /// Pieces of work that a call interrupted, counted and not a time.
    pub interruptions: u64,
}

impl GroupTime {
    pub(super) fn add(&mut self, other: &GroupTime) {
        self.work_us += other.work_us;
        self.ringing_us += other.ringing_us;
        self.scheduled_us += other.scheduled_us;
        self.net_us += other.net_us;
        self.logged_in_us += other.logged_in_us;
        self.overtime_us += other.overtime_us;
        self.paid_us += other.paid_us;
        self.chatting_us += other.chatting_us;
        self.back_office_us += other.back_office_us;
        self.interruptions += other.interruptions;
    }
}

/// W: a citizen who comes back within this was not served at the first contact (DESIGN 7).
const FIRST_CONTACT_WINDOW: SimDuration = SimDuration::from_whole_s(7 * 86_400);

/// Returns of a need that was first answered before this are seen before the run ends at `horizon`: W before it.
pub(super) fn seen_until(horizon: SimTime) -> SimTime {
    horizon.before(FIRST_CONTACT_WINDOW)
}

/// Needs of one entity whose first attempt began in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeedCell {
    /// First answered within t of that attempt's entry.
    pub met: u32,
    /// Ended resolved.
    pub resolved: u32,
    /// Ended given up.
    pub given_up: u32,
    /// Open at the horizon.
    pub open: u32,
    /// Answered at all.
    pub answered: u32,
    /// Ended resolved by a menu, and never answered; or never called.
    pub self_served: u32,
    /// Ended resolved by an agent of tier 1.
    pub resolved_at_tier1: u32,
    /// First answered more than W = 7 days before the horizon, so that a return within W was seen.
    pub seen_through: u32,
    /// Those of `seen_through` that the first talk met.
    pub first_contact: u32,
    /// Attempts of all of them.
    pub attempts: u64,
}

impl NeedCell {
    /// One need. A wait of at most `within` is in time; after a first answer before `seen_until` its returns are seen.
    #[inline(always)]
    pub(super) fn of(need: &Need, within: SimDuration, seen_until: SimTime) -> Self {
        let answer = need.first_answer;
        let seen = answer.is_some_and(|answer| answer.at < seen_until);
        NeedCell {
            met: u32::from(answer.is_some_and(|answer| answer.wait <= within)),
            resolved: u32::from(need.end == NeedEnd::Resolved),
            given_up: u32::from(need.end == NeedEnd::GivenUp),
            open: u32::from(need.end == NeedEnd::Open),
            answered: u32::from(answer.is_some()),
            self_served: u32::from(
                need.attempts == 0
                    || answer.is_none() && need.end == NeedEnd::Resolved && need.resolved_at.is_none(),
            ),
            resolved_at_tier1: u32::from(need.resolved_at == Some(1)),
            seen_through: u32::from(seen),
            first_contact: u32::from(seen && need.is_resolved_at_first_contact()),
            attempts: u64::from(need.attempts),
        }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, other: &NeedCell) {
        self.met += other.met;
        self.resolved += other.resolved;
        self.given_up += other.given_up;
        self.open += other.open;
        self.answered += other.answered;
        self.self_served += other.self_served;
        self.resolved_at_tier1 += other.resolved_at_tier1;
        self.seen_through += other.seen_through;
        self.first_contact += other.first_contact;
        self.attempts += other.attempts;
    }
}
