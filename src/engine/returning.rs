//! Rule: what becomes of a need whose contact has ended: it is met, tried again, given up, or left open.

use super::contacts::{Citizen, Contact, Index};
use super::event::key;
use super::observer::{Need, NeedEnd, Observer, Refusal};
use super::simulation::Simulation;
use crate::model::{QueueId, Retrial};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// Set in a timer's payload for a contact that moves to another queue; otherwise it names a citizen who calls again.
const MOVES: u32 = 1 << 31;

impl<const EAGER: bool, O: Observer> Simulation<'_, EAGER, O> {
    /// A contact answered what was asked.
    #[inline]
    pub(super) fn is_resolved(&mut self, index: Index) {
        let contact = self.contacts.remove(index);
        self.releases_line(contact.citizen.number);
        self.need_ends(&contact.citizen, contact.began, self.now, NeedEnd::Resolved);
    }

    /// A contact is passed on cold: at this same instant, after all earlier kinds of events, it enters the queue that
    /// the rules for the next tier say.
    pub(super) fn is_transferred(&mut self, index: Index) {
        let contact = &mut self.contacts[index];
        contact.citizen.transferred = true;
        contact.leg += 1;
        let order = contact.citizen.need.0;
        self.wheel.set(key(self.now, self.slots.entries), order, index | MOVES);
    }

    /// A retrial or a transfer that was set for this instant.
    pub(super) fn entry_comes(&mut self) {
        let payload = self.wheel.pop().payload;
        if payload & MOVES == 0 {
            let citizen = self.returning.remove(payload);
            return self.attempt_begins(citizen);
        }
        let index = payload & !MOVES;
        let rule = self.route(&self.contacts[index].citizen, 2);
        let queue = rule.map(|rule| self.model.rules[rule.index()].queue);
        match (rule, queue) {
            (Some(rule), Some(queue)) if self.is_open(queue) => self.enters_queue(index, rule),
            _ => self.finds_no_queue(index, queue),
        }
    }

    /// A transfer to a closed tier: the call ends there, unmet.
    fn finds_no_queue(&mut self, index: Index, queue: Option<QueueId>) {
        let contact = self.contacts.remove(index);
        self.observer.contact_refused(self.now, &contact.caller(), Refusal::Closed, queue);
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, self.now, row.after_blocking.as_ref());
    }

    /// A contact has left unmet at `at`.
    pub(super) fn contact_fails(&mut self, contact: &Contact, at: SimTime, rule: Option<&Retrial>) {
        self.releases_line(contact.citizen.number);
        self.tries_again(&contact.citizen, contact.began, contact.leg, at, rule);
    }

    /// After an attempt that failed at `at`: another one later, or the end of the need.
    pub(super) fn tries_again(
        &mut self,
        citizen: &Citizen,
        began: SimTime,
        leg: u8,
        at: SimTime,
        rule: Option<&Retrial>,
    ) {
        let Some(again) = next_attempt(citizen, leg, at, rule) else {
            return self.need_ends(citizen, began, at, NeedEnd::GivenUp);
        };
        if again >= self.model.clock.horizon || self.end.overflowed_at_us.is_some() {
            return self.need_ends(citizen, began, at, NeedEnd::Open);
        }
        self.observer.retrial_is_set(at, &citizen.caller(began), again);
        let order = citizen.need.0;
        let index = self.returning.insert(Citizen { attempt: citizen.attempt + 1, ..*citizen });
        self.wheel.set(key(again, self.slots.entries), order, index);
    }

    fn need_ends(&mut self, citizen: &Citizen, began: SimTime, at: SimTime, end: NeedEnd) {
        let need = Need {
            caller: citizen.caller(began),
            end,
            answered_after: citizen.answered_after.get(),
            transferred: citizen.transferred,
        };
        self.observer.need_ends(at, &need);
    }
}

/// When the citizen tries again, if at all.
fn next_attempt(citizen: &Citizen, leg: u8, at: SimTime, rule: Option<&Retrial>) -> Option<SimTime> {
    let rule = rule?;
    let stage = citizen.key.stage(u32::from(citizen.attempt), u32::from(leg));
    let wants = u32::from(citizen.attempt) + 1 < rule.at_most
        && stage.draw(Purpose::Retrial).happens(rule.probability);
    wants.then(|| at.after(SimDuration::from_s(rule.delay.sample(stage.draw(Purpose::RetrialDelay)))))
}
