//! Rule: what callers are told and offered who find nobody idle, or reach a step that offers something.
//!
//! An offer is made once in a stay in a queue, at the instant at which the contact reaches its step, and only if the step's condition
//! holds then. Whoever declines waits as if nothing had been said. An announced wait changes what callers put up with. Promises are
//! [`super::callbacks`]'s.

use super::contacts::{Contact, Index, Via};
use super::event::key;
use super::observer::{Cause, Fate, Leg, NeedEnd, Observer, OfferMade};
use super::returning::need;
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{Announcement, Deferral, Moment, Offer, OfferKind, RuleId, Told};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// A contact finds nobody idle in a queue that speaks: it takes an offer, hangs up on what it hears, or waits.
    #[cold]
    #[inline(never)]
    pub(super) fn is_told(&mut self, index: Index, rule: RuleId) {
        let model = self.model;
        let row = &model.rules[rule.index()];
        let Some(told) = model.queues[row.queue.index()].told.as_deref() else { return };
        if let Some((step, offer)) = self.first_taken(index, told, row.entry_step) {
            return self.takes_offer(index, offer, step);
        }
        let band = self.announced(index, told);
        if self.hangs_up_on(index, band) {
            return self.abandons(index, self.now);
        }
        self.waits(index);
        if let Some(band) = band {
            self.has_patience(index, band.patience_times);
        }
        if row.conditional {
            self.one_more_waits(row.queue);
        }
    }

    /// The first of the offers of the steps up to this one that a contact takes.
    fn first_taken(&mut self, index: Index, told: &Told, last: u8) -> Option<(u8, &'m Offer)> {
        (0..=last).find_map(|step| Some((step, self.accepts(index, told, step)?)))
    }

    /// A waiting contact has reached a step; whether it takes what the step offers.
    #[cold]
    #[inline(never)]
    pub(super) fn is_offered(&mut self, index: Index) -> bool {
        let Contact { queue, step, .. } = self.contacts[index];
        let model = self.model;
        let Some(told) = model.queues[queue.index()].told.as_deref() else { return false };
        let Some(offer) = self.accepts(index, told, step) else { return false };
        if keeps_place(offer) {
            self.wheel.cancel(std::mem::replace(&mut self.contacts[index].timer, TimerId::NONE));
            self.contacts[index].until = SimTime::MAX;
            self.leg_of_offer_ends(index, step, Fate::Callback);
            self.is_promised(index, offer);
        } else {
            self.leaves_lane(index);
            self.takes_offer(index, offer, step);
        }
        true
    }

    /// The offer of a step, if it is made to a contact and taken. Nothing is offered to callers with an agent on the line, to
    /// those who ask for news, and to whom the center has called back.
    fn accepts(&mut self, index: Index, told: &Told, step: u8) -> Option<&'m Offer> {
        let invitation = told.invitations[usize::from(step)].as_ref()?;
        let model = self.model;
        let offer = &model.offers[invitation.offer.index()];
        let contact = self.contacts[index];
        let may = contact.via == Via::Call && !contact.citizen.cause.is_about_case() && self.has_begun();
        if !may
            || self.is_held(index)
            || !invitation.condition.holds(contact.queue, self)
            || !self.has_room(offer)
        {
            return None;
        }
        let draw = contact.stage().draw(Purpose::Callback).sub(offer.key);
        let accepted = draw.happens(offer.accepted_by(contact.citizen.profile));
        let Contact { queue, entered, .. } = contact;
        let made = OfferMade { caller: contact.caller(), queue, entered, offer: invitation.offer, accepted };
        self.observer.offer_is_made(self.now, &made);
        accepted.then_some(offer)
    }

    /// A contact that is in no lane leaves the queue for what a step offers.
    fn takes_offer(&mut self, index: Index, offer: &'m Offer, step: u8) {
        match &offer.kind {
            OfferKind::Deferral(deferral) => self.is_deferred(index, deferral, step),
            OfferKind::Callback(_) => {
                self.leg_of_offer_ends(index, step, Fate::Callback);
                self.is_promised(index, offer);
                if keeps_place(offer) {
                    self.takes_place(index);
                }
            }
        }
    }

    /// A caller leaves for another way, which meets the need or does not.
    fn is_deferred(&mut self, index: Index, deferral: &'m Deferral, step: u8) {
        let met = self.contacts[index].stage().draw(Purpose::Deferral).happens(deferral.solved);
        self.leg_of_offer_ends(index, step, Fate::Moved { met });
        let contact = self.contacts.remove(index);
        if met {
            self.releases_line_of(&contact);
            self.pasts.forget(contact.citizen.need.0);
            let need = need(&contact.citizen, contact.began, NeedEnd::Resolved, None);
            self.tells_need(self.now, &contact.citizen, &need);
        } else {
            self.contact_fails(&contact, self.now, Cause::Retrial, deferral.after_failure.as_ref());
        }
    }

    fn leg_of_offer_ends(&mut self, index: Index, step: u8, fate: Fate) {
        let leg = self.contacts[index].leg_until(fate, self.now);
        self.observer.leg_ends(&Leg { step, ..leg });
    }

    /// What callers make of the wait that is announced to them; `None`: nothing.
    fn announced(&self, index: Index, told: &Told) -> Option<Announcement> {
        let queue = self.contacts[index].queue;
        told.bands.iter().rev().find(|band| self.expects_longer(queue, band.over)).copied()
    }

    fn hangs_up_on(&self, index: Index, band: Option<Announcement>) -> bool {
        let contact = &self.contacts[index];
        let of_type = self.model.contact_types[contact.citizen.contact_type.index()].balking;
        let balking = band.and_then(|band| band.balking).unwrap_or(of_type);
        balking > 0.0 && !self.is_held(index) && contact.stage().draw(Purpose::Balking).happens(balking)
    }

    /// Multiplies what patience a contact has left that begins to wait.
    fn has_patience(&mut self, index: Index, times: f64) {
        let until = self.contacts[index].until;
        if until == SimTime::MAX || self.is_held(index) {
            return;
        }
        let until = self.now.after(SimDuration::from_s(until.since(self.now).as_s() * times));
        self.contacts[index].until = until;
        if EAGER {
            self.wheel.cancel(self.contacts[index].timer);
            let order = self.contacts[index].citizen.need.0;
            self.contacts[index].timer = self.wheel.set(key(until, self.slots.patience), order, index);
        }
    }
}

/// Whether who accepts an offer keeps the place in the line.
fn keeps_place(offer: &Offer) -> bool {
    matches!(&offer.kind, OfferKind::Callback(callback) if callback.slots.is_none())
}
