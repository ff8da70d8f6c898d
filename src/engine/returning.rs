//! Rule: what becomes of a need whose contact has ended: it is met, tried again, given up, or left open.

use super::contacts::{Citizen, Contact, Index, Via};
use super::event::key;
use super::greeting::GREETED;
use super::observer::{Cause, Need, NeedEnd, Observer, Refusal, Refused};
use super::simulation::Simulation;
use super::visitors::district;
use crate::model::{Bound, Model, QueueId, Retrial, RuleId, Turn};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// Set in a timer's payload for a contact that moves to another queue; otherwise it names a citizen who calls again.
pub(super) const MOVES: u32 = 1 << 31;
/// Set in a timer's payload for a case whose citizen asks for news.
pub(super) const ASKS: u32 = 1 << 30;
/// Where such a payload says what the contact is bound for, in two bits beyond any index.
const BOUND_SHIFT: u32 = 29;
const INDEX_MASK: u32 = (1 << BOUND_SHIFT) - 1;
const _: () = assert!(super::MOST_PRESENT < INDEX_MASK as usize);

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A contact answered what was asked, by an agent of `tier`.
    #[inline(always)]
    pub(super) fn is_resolved(&mut self, index: Index, tier: u8) {
        if RARE && self.contacts[index].citizen.cause.is_about_case() {
            return self.news_is_told(index);
        }
        let contact = &self.contacts[index];
        let (citizen, via) = match USUAL {
            true => (contact.citizen, contact.via),
            false => (contact.citizen_of_plain_center(), Via::Call),
        };
        let need = need(&citizen, contact.began, NeedEnd::Resolved, Some(tier));
        self.tells_need(self.now, &citizen, &need);
        self.contacts.release(index);
        if via == Via::Call {
            self.releases_line(&citizen);
        }
    }

    /// A talk did not help: perhaps its citizen contacts the center again.
    pub(super) fn is_unresolved(&mut self, index: Index) {
        let contact = self.contacts.remove(index);
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, self.now, Cause::Repeat, row.after_unresolved.as_ref());
    }

    /// A contact is passed on cold: at this same instant, after all earlier kinds of events, it enters the queue that
    /// the rules say for what it is bound for.
    pub(super) fn is_transferred(&mut self, index: Index, bound: Bound) {
        let contact = &mut self.contacts[index];
        contact.citizen.transferred = true;
        contact.leg += 1;
        let order = contact.citizen.need.0;
        self.wheel.set(
            key(self.now, self.slots.entries),
            order,
            index | (bound as u32) << BOUND_SHIFT | MOVES,
        );
    }

    /// A retrial or a transfer that was set for this instant.
    #[inline(never)]
    pub(super) fn entry_comes(&mut self) {
        let payload = self.wheel.pop().payload;
        if payload & (MOVES | ASKS) == ASKS {
            return self.case_timer_fires(payload & !ASKS);
        }
        if payload & MOVES == 0 {
            if payload & GREETED != 0 {
                return self.greeting_ends(payload & !GREETED);
            }
            let citizen = self.returning.remove(payload);
            return self.attempt_begins(citizen);
        }
        let index = payload & INDEX_MASK;
        if RARE && self.contacts[index].via == Via::Consulting {
            return self.consultation_enters(index);
        }
        let bound = Bound::ALL[((payload & !MOVES) >> BOUND_SHIFT) as usize];
        self.greeted.moves(index);
        let rule = self.route(&self.contacts[index].citizen, bound);
        self.enters_if_open(index, rule);
    }

    /// A contact enters the queue of its rule, if there is one and it is open.
    pub(super) fn enters_if_open(&mut self, index: Index, rule: Option<RuleId>) {
        let queue = rule.map(|rule| self.model.rules[rule.index()].queue);
        match (rule, queue) {
            (Some(rule), Some(queue)) if self.is_open(queue) || self.stays_when_closed(index) => {
                self.enters_queue(index, rule)
            }
            _ => self.finds_no_queue(index, queue),
        }
    }

    #[cold]
    fn stays_when_closed(&self, index: Index) -> bool {
        self.is_written(&self.contacts[index].citizen)
    }

    /// A transfer to a closed tier, or a choice of what is closed: the call ends there, unmet.
    fn finds_no_queue(&mut self, index: Index, queue: Option<QueueId>) {
        if !self.holds.is_empty() {
            self.is_left_alone(index, self.now);
        }
        let contact = self.contacts.remove(index);
        let (caller, leg) = (contact.caller(), contact.leg);
        self.observer.contact_refused(&Refused { caller, leg, at: self.now, why: Refusal::Closed, queue });
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, self.now, Cause::Retrial, row.after_blocking.as_ref());
    }

    /// A contact has left unmet at `at`; another attempt would have `cause`.
    pub(super) fn contact_fails(
        &mut self,
        contact: &Contact,
        at: SimTime,
        cause: Cause,
        rule: Option<&Retrial>,
    ) {
        self.releases_line_of(contact);
        self.tries_again(
            &contact.citizen,
            Failure { began: contact.began, leg: contact.leg, at, cause },
            rule,
        );
    }

    /// After an attempt that failed: another one later, or the end of the need.
    pub(super) fn tries_again(&mut self, citizen: &Citizen, failure: Failure, rule: Option<&Retrial>) {
        let Failure { began, leg, at, cause } = failure;
        if citizen.cause.is_about_case() {
            // Who asks for news does so again as the hazard says, whatever became of this time.
            return self.news_contact_fails(citizen, at);
        }
        let once = |_: &&Retrial| {
            let process = &self.model.processes[citizen.need.process().index()];
            process.listed().is_none_or(|listed| !listed.once)
        };
        let rule = rule.filter(once);
        let Some(again) = next_attempt(self.model, citizen, leg, at, rule) else {
            return self.need_fails(citizen, failure, NeedEnd::GivenUp);
        };
        if again >= self.model.clock.horizon || self.end.overflowed_at_us.is_some() {
            return self.need_fails(citizen, failure, NeedEnd::Open);
        }
        self.observer.retrial_is_set(at, &citizen.caller(began), again);
        let order = citizen.need.0;
        let turn = rule.and_then(|rule| turn(rule, citizen, leg));
        let contact_type = match turn {
            Some(Turn::Visit(service)) => return self.turns_to_counter(citizen, *service, again),
            Some(Turn::Contact(other)) => *other,
            None => citizen.contact_type,
        };
        let index =
            self.returning.insert(Citizen { attempt: citizen.attempt + 1, cause, contact_type, ..*citizen });
        self.wheel.set(key(again, self.slots.entries), order, index);
    }

    /// The run is over before what was written is answered: its need stays open.
    pub(super) fn stays_unanswered(&mut self, contact: &Contact, at: SimTime) {
        self.releases_line_of(contact);
        if contact.citizen.cause.is_about_case() {
            return self.news_contact_fails(&contact.citizen, at);
        }
        let Contact { began, leg, citizen, .. } = *contact;
        self.need_fails(&citizen, Failure { began, leg, at, cause: Cause::Retrial }, NeedEnd::Open);
    }

    pub(super) fn need_fails(&mut self, citizen: &Citizen, failure: Failure, end: NeedEnd) {
        self.pasts.forget(citizen.need.0);
        self.tells_need(failure.at, citizen, &need(citizen, failure.began, end, None));
    }

    /// A need has come to its end at `at`: told with the district of its citizen where there are any.
    #[inline(always)]
    pub(super) fn tells_need(&mut self, at: SimTime, citizen: &Citizen, need: &Need) {
        match &self.model.counters {
            Some(counters) if RARE => {
                self.observer.need_of_district_ends(at, need, district(counters, citizen));
            }
            _ => self.observer.need_ends(at, need),
        }
    }
}

/// An attempt that left its need unmet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    /// When the attempt began.
    pub(super) began: SimTime,
    /// Its last leg.
    pub(super) leg: u8,
    /// When it failed.
    pub(super) at: SimTime,
    /// What another attempt would be.
    pub(super) cause: Cause,
}

/// A need at its end, after an attempt that began at `began`.
#[inline(always)]
pub(super) fn need(citizen: &Citizen, began: SimTime, end: NeedEnd, resolved_at: Option<u8>) -> Need {
    Need {
        caller: citizen.caller(began),
        end,
        first_answer: citizen.first_answer.get(),
        answered: citizen.answered,
        transferred: citizen.transferred,
        resolved_at,
        case: false,
        visited: citizen.tries > 0,
        attempts: (u32::from(citizen.attempt) + 1) * u32::from(citizen.has_called),
    }
}

/// What a citizen does instead of trying again as before.
#[cold]
fn turn<'r>(rule: &'r Retrial, citizen: &Citizen, leg: u8) -> Option<&'r Turn> {
    let instead = rule.instead.as_ref()?;
    let stage = citizen.key.stage(u32::from(citizen.attempt), u32::from(leg));
    let uniform = stage.draw(Purpose::Channel).uniform();
    let place = instead.cumulative.iter().position(|&upper| uniform < upper)?;
    instead.turns.get(place)
}

/// When the citizen tries again, if at all.
fn next_attempt(
    model: &Model,
    citizen: &Citizen,
    leg: u8,
    at: SimTime,
    rule: Option<&Retrial>,
) -> Option<SimTime> {
    let rule = rule?;
    let need = citizen.need;
    let times = model
        .event_retrial
        .as_ref()
        .map_or(1.0, |events| events.times(need.process(), model.cell_dates[need.cell() as usize].day));
    let stage = citizen.key.stage(u32::from(citizen.attempt), u32::from(leg));
    let wants = u32::from(citizen.attempt) + 1 < rule.at_most
        && stage.draw(Purpose::Retrial).happens(rule.probability * times);
    wants.then(|| at.after(SimDuration::from_s(rule.delay.sample(stage.draw(Purpose::RetrialDelay)))))
}
