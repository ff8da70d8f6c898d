//! Rule: a citizen who wants a counter books a visit or walks in, comes or not, and tries something else where that fails.
//!
//! A need is at counters or on the telephone, never both at once: it lies here while no contact of it is in the center. Which
//! slot is offered is [`super::booking`]'s, who is served when [`super::counter`]'s.

use super::booking::Offer;
use super::contacts::{Citizen, Index};
use super::event::key;
use super::observer::{Booked, Cause, NeedEnd, Observer, Prepared, Visit, VisitChannel, VisitEnd};
use super::returning::need;
use super::simulation::Simulation;
use super::visit_choices::{Next, declines, fate, next_try};
use super::visitors::{Doing, Visitor, new_visitor, try_key};
use crate::model::{Counters, Failure, OFFICES_TIER, ServiceId};
use crate::random::Purpose;
use crate::time::SimTime;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A fresh need wants a counter: its citizen books on the web or walks in.
    #[cold]
    pub(super) fn wants_counter(&mut self, citizen: Citizen, service: ServiceId) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        let citizen = Citizen { has_called: false, cause: Cause::Visit, ..citizen };
        let uptake = counters.services[service.index()].booking.as_ref().map_or(0.0, |of| of.uptake);
        if try_key(&citizen).draw(Purpose::Channel).happens(uptake) {
            self.books(counters, citizen, service, VisitChannel::Web);
        } else {
            self.walks_in(counters, citizen, service);
        }
    }

    /// A citizen whose contact failed will book on the web or walk in at `again`.
    #[cold]
    pub(super) fn turns_to_counter(&mut self, citizen: &Citizen, service: ServiceId, again: SimTime) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        let uptake = counters.services[service.index()].booking.as_ref().map_or(0.0, |of| of.uptake);
        if try_key(citizen).draw(Purpose::Channel).happens(uptake) {
            self.will_try(counters, *citizen, service, Doing::Booking, again);
        } else {
            self.will_walk_in(counters, *citizen, service, again);
        }
    }

    /// A talk with an agent ends with a booking.
    #[cold]
    pub(super) fn books_with_agent(&mut self, index: Index) {
        let contact = self.contacts.remove(index);
        self.releases_line_of(&contact);
        let Some(counters) = self.model.counters.as_deref() else { return };
        let service = counters.of_type[contact.citizen.contact_type.index()];
        self.books(counters, contact.citizen, service.unwrap_or_default(), VisitChannel::Agent);
    }

    /// A citizen asks for a slot, and takes what is offered or declines.
    fn books(&mut self, counters: &Counters, citizen: Citizen, service: ServiceId, channel: VisitChannel) {
        let mut visitor = new_visitor(counters, citizen, service, channel, self.now);
        let offer = self.offer(counters, &visitor);
        if let Some(Offer { row, slot }) = offer {
            let at = &counters.services[service.index()].at[usize::from(row)];
            visitor.visit.counter = at.counter;
            visitor.visit.booked =
                Some(Booked { slot: at.agenda.slots[slot as usize].start, prepared: Prepared::No });
            visitor.slot = Some((row, slot));
        }
        match offer {
            None => self.try_fails(visitor, VisitEnd::Full, Failure::Declined, self.now),
            Some(_) if declines(counters, &visitor) => {
                self.try_fails(visitor, VisitEnd::Declined, Failure::Declined, self.now);
            }
            Some(Offer { row, slot }) => {
                self.visits.books[service.index()][usize::from(row)].take(counters, service, row, slot);
                self.is_booked(counters, visitor);
            }
        }
    }

    /// Sets what becomes of a booking. What lies beyond the horizon stays open.
    pub(super) fn is_booked(&mut self, counters: &Counters, mut visitor: Visitor) {
        let service = &counters.services[visitor.visit.service.index()];
        let (Some(booking), Some(booked)) = (&service.booking, visitor.visit.booked) else { return };
        let key = try_key(&visitor.citizen);
        let asked = visitor.visit.asked;
        // What was booked before the run begins still stands when it does.
        let now = self.now.max(self.model.clock.begins);
        let (doing, at) = fate(booking, key, (asked, now), booked.slot);
        visitor.doing = doing;
        let order = visitor.citizen.need.0;
        let index = self.visits.visitors.insert(visitor);
        self.sets_visit_timer(index, at, order);
        self.is_to_be_prepared(counters, index);
    }

    fn sets_visit_timer(&mut self, index: Index, at: SimTime, order: u64) {
        if at < self.model.clock.horizon {
            let timer = self.wheel.set(key(at, self.slots.visits()), order, index);
            self.visits.visitors[index].timer = timer;
        }
    }

    /// Goes to the nearest counter, now if it is open, otherwise when it opens next.
    fn walks_in(&mut self, counters: &Counters, citizen: Citizen, service: ServiceId) {
        let mut visitor = new_visitor(counters, citizen, service, VisitChannel::WalkIn, self.now);
        visitor.doing = Doing::WalkingIn;
        let counter = visitor.visit.counter;
        let is_open = self.visits.counters[counter.index()].open && self.now < self.model.clock.horizon;
        let order = citizen.need.0;
        let index = self.visits.visitors.insert(visitor);
        if is_open {
            return self.comes_to_counter(index);
        }
        let changes = &counters.counters[counter.index()].changes;
        let next = &changes[changes.partition_point(|change| change.at <= self.now)..];
        let opens = next.iter().find(|change| change.open).map_or(SimTime::MAX, |change| change.at);
        self.sets_visit_timer(index, opens, order);
    }

    /// What was set for a visitor comes.
    #[cold]
    pub(super) fn visit_comes(&mut self) {
        let index = self.wheel.pop().payload;
        let Some(counters) = self.model.counters.as_deref() else { return };
        let visitor = self.visits.visitors[index];
        match visitor.doing {
            Doing::Coming | Doing::WalkingIn => self.comes_to_counter(index),
            Doing::Cancelling => {
                self.visitor_leaves(index);
                if let Some((row, slot)) = visitor.slot {
                    let service = visitor.visit.service.index();
                    self.visits.books[service][usize::from(row)].give_back(
                        counters,
                        visitor.visit.service,
                        row,
                        slot,
                    );
                }
                self.try_fails(visitor, VisitEnd::Cancelled, Failure::Cancelled, self.now);
            }
            Doing::StayingAway => {
                self.visitor_leaves(index);
                self.try_fails(visitor, VisitEnd::NoShow, Failure::NoShow, self.now);
            }
            Doing::Booking => {
                self.visitor_leaves(index);
                self.books(counters, visitor.citizen, visitor.visit.service, VisitChannel::Web);
            }
            Doing::Waiting | Doing::Served | Doing::Gone => {}
        }
    }

    /// A try is over and did not meet the need: perhaps its citizen tries something else.
    pub(super) fn try_fails(&mut self, visitor: Visitor, end: VisitEnd, failure: Failure, at: SimTime) {
        self.observer.visit_is_over(&Visit { ended: at, end, ..visitor.visit });
        let Some(counters) = self.model.counters.as_deref() else { return };
        let service = visitor.visit.service;
        let rule = counters.services[service.index()].next[failure as usize].as_ref();
        let key = try_key(&visitor.citizen);
        let citizen = Citizen { tries: visitor.citizen.tries.saturating_add(1), ..visitor.citizen };
        let listed = self.model.processes[citizen.need.process().index()].listed();
        let rule = rule.filter(|_| listed.is_none_or(|listed| !listed.once));
        let Some((next, again)) = rule.and_then(|rule| next_try(rule, key, &citizen, at)) else {
            return self.need_at_counter_ends(&citizen, &visitor.visit, NeedEnd::GivenUp, at);
        };
        if again >= self.model.clock.horizon || self.end.overflowed_at_us.is_some() {
            return self.need_at_counter_ends(&citizen, &visitor.visit, NeedEnd::Open, at);
        }
        match next {
            Next::Call => self.will_call(&citizen, again),
            Next::Book if again <= self.now => self.books(counters, citizen, service, VisitChannel::Web),
            Next::Book => self.will_try(counters, citizen, service, Doing::Booking, again),
            Next::WalkIn => self.will_walk_in(counters, citizen, service, again),
        }
    }

    fn will_call(&mut self, citizen: &Citizen, again: SimTime) {
        let attempt = citizen.attempt.saturating_add(u8::from(citizen.has_called));
        let order = citizen.need.0;
        let caller = Citizen { attempt, has_called: true, cause: Cause::Visit, ..*citizen };
        let index = self.returning.insert(caller);
        self.wheel.set(key(again, self.slots.entries), order, index);
    }

    fn will_try(
        &mut self,
        counters: &Counters,
        citizen: Citizen,
        service: ServiceId,
        doing: Doing,
        at: SimTime,
    ) {
        let visitor = new_visitor(counters, citizen, service, VisitChannel::Web, at);
        let index = self.visits.visitors.insert(Visitor { doing, ..visitor });
        self.sets_visit_timer(index, at, citizen.need.0);
    }

    /// Goes to the nearest counter at `at`, or when it opens next after that.
    fn will_walk_in(&mut self, counters: &Counters, citizen: Citizen, service: ServiceId, at: SimTime) {
        let visitor = new_visitor(counters, citizen, service, VisitChannel::WalkIn, at);
        let changes = &counters.counters[visitor.visit.counter.index()].changes;
        let begun = changes.partition_point(|change| change.at <= at);
        let is_open = begun.checked_sub(1).is_some_and(|last| changes[last].open);
        let opens =
            changes[begun..].iter().find(|change| change.open).map_or(SimTime::MAX, |change| change.at);
        let index = self.visits.visitors.insert(Visitor { doing: Doing::WalkingIn, ..visitor });
        self.sets_visit_timer(index, if is_open { at } else { opens }, citizen.need.0);
    }

    /// A visit has met its need.
    pub(super) fn visit_resolves(&mut self, visitor: &Visitor) {
        self.observer.visit_is_over(&Visit { ended: self.now, end: VisitEnd::Resolved, ..visitor.visit });
        self.need_at_counter_ends(&visitor.citizen, &visitor.visit, NeedEnd::Resolved, self.now);
    }

    fn need_at_counter_ends(&mut self, citizen: &Citizen, visit: &Visit, end: NeedEnd, at: SimTime) {
        self.pasts.forget(citizen.need.0);
        let tier = (end == NeedEnd::Resolved).then_some(OFFICES_TIER);
        let need = need(citizen, visit.asked, end, tier);
        self.tells_need(at, citizen, &super::observer::Need { visited: true, ..need });
    }

    /// The run is over: who still waits is sent away, and what is booked beyond the horizon stays open.
    pub(super) fn visits_stay_open(&mut self) {
        for row in 0..self.visits.counters.len() {
            while let Some(index) = self.visits.counters[row].first_waiting() {
                self.is_sent_out(index, self.model.clock.horizon.max(self.now));
            }
        }
        let mut open: Vec<Visitor> =
            self.visits.visitors.all().filter(|of| of.doing != Doing::Gone).collect();
        open.sort_by_key(|visitor| visitor.citizen.need);
        for visitor in open {
            let at = self.model.clock.horizon.max(visitor.visit.asked);
            if let Some(piece) = visitor.piece {
                self.preparation_stays_open(piece, at);
            }
            if visitor.doing != Doing::Booking {
                self.observer.visit_is_over(&Visit { ended: at, end: VisitEnd::Open, ..visitor.visit });
            }
            self.need_at_counter_ends(&visitor.citizen, &visitor.visit, NeedEnd::Open, at);
        }
    }
}
