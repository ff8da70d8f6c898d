//! Rule: a counter serves whoever has an appointment, by slot, and between them whoever walked in, by arrival.
//!
//! Nobody who is at a desk is interrupted. At closing the doors close: whoever is inside is still served by as many clerks as there were
//! then; if there were none, all who wait are sent away.

use std::collections::BTreeSet;

use super::contacts::Index;
use super::event::{IDLE, key};
use super::observer::{Observer, VisitEnd};
use super::simulation::Simulation;
use super::visitors::{Doing, Visitor, try_key};
use super::wheel::TimerId;
use crate::model::{CounterId, Failure};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// A waiting visitor's place: appointments by slot, then walk-ins by arrival; needs decide last.
type Place = (bool, SimTime, u64, Index);

/// A counter at an instant.
#[derive(Clone, Debug, Default)]
pub(super) struct AtCounter {
    pub(super) open: bool,
    served_at_once: usize,
    /// Its next change.
    next: usize,
    /// How many are at desks.
    served: usize,
    waiting: BTreeSet<Place>,
}

impl AtCounter {
    /// Who is served next.
    pub(super) fn first_waiting(&self) -> Option<Index> {
        self.waiting.first().map(|place| place.3)
    }
}

fn place(visitor: &Visitor, index: Index) -> Place {
    let visit = &visitor.visit;
    let since = visit.booked.map_or(visit.came.unwrap_or(visit.asked), |booked| booked.slot);
    (visit.booked.is_none(), since, visitor.citizen.need.0, index)
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Sets the first event of each counter.
    pub(super) fn schedule_counters(&mut self) {
        (0..self.visits.counters.len()).for_each(|row| self.schedule_counter(CounterId::from_index(row)));
    }

    fn schedule_counter(&mut self, counter: CounterId) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        let slot = self.slots.counter(counter);
        let changes = &counters.counters[counter.index()].changes;
        let next = changes.get(self.visits.counters[counter.index()].next);
        self.tree.set(usize::from(slot), next.map_or(IDLE, |change| key(change.at, slot)));
    }

    /// A counter opens or closes, or clerks come or go.
    #[cold]
    pub(super) fn counter_changes(&mut self, counter: CounterId) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        let state = &mut self.visits.counters[counter.index()];
        let change = counters.counters[counter.index()].changes[state.next];
        (state.open, state.served_at_once) = (change.open, change.served_at_once as usize);
        state.next += 1;
        self.schedule_counter(counter);
        if !change.open && change.served_at_once == 0 {
            while let Some(index) = self.visits.counters[counter.index()].first_waiting() {
                self.is_sent_out(index, self.now);
            }
        }
        self.counter_takes(counter);
    }

    /// A visitor enters a counter.
    pub(super) fn comes_to_counter(&mut self, index: Index) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        let visitor = &mut self.visits.visitors[index];
        (visitor.doing, visitor.visit.came, visitor.timer) = (Doing::Waiting, Some(self.now), TimerId::NONE);
        let counter = visitor.visit.counter;
        let service = &counters.services[visitor.visit.service.index()];
        if let Some(patience) = service.patience.as_ref().filter(|_| visitor.visit.booked.is_none()) {
            let times = self.model.profiles[visitor.citizen.profile.index()].patience_times;
            let seconds = patience.sample(try_key(&visitor.citizen).draw(Purpose::Patience)) * times;
            let until = self.now.after(SimDuration::from_s(seconds));
            let order = visitor.citizen.need.0;
            visitor.timer = self.wheel.set(key(until, self.slots.visitors_patience()), order, index);
        }
        let place = place(visitor, index);
        self.visits.counters[counter.index()].waiting.insert(place);
        self.counter_takes(counter);
    }

    /// Free clerks take whoever is first.
    fn counter_takes(&mut self, counter: CounterId) {
        loop {
            let state = &mut self.visits.counters[counter.index()];
            if state.served >= state.served_at_once {
                return;
            }
            let Some((.., index)) = state.waiting.pop_first() else { return };
            state.served += 1;
            self.visit_begins(index);
        }
    }

    fn visit_begins(&mut self, index: Index) {
        let Some(counters) = self.model.counters.as_deref() else { return };
        self.needs_no_preparation(index);
        let visitor = &mut self.visits.visitors[index];
        self.wheel.cancel(std::mem::replace(&mut visitor.timer, TimerId::NONE));
        (visitor.doing, visitor.visit.began) = (Doing::Served, Some(self.now));
        let service = &counters.services[visitor.visit.service.index()];
        let draw = visitor.citizen.key.draw(Purpose::TalkTier3);
        let time = SimDuration::from_s(service.visit_time.sample(draw));
        let preparation = service.booking.as_ref().and_then(|booking| booking.preparation.as_ref());
        let saved = match (visitor.visit.booked, preparation) {
            (Some(booked), Some(preparation)) if booked.prepared.is_done() => preparation.saves,
            _ => SimDuration::ZERO,
        };
        let ends = self.now.after(time - saved.min(time));
        self.wheel.set(key(ends, self.slots.visit_ends()), visitor.citizen.need.0, index);
    }

    /// A visit is over.
    #[cold]
    pub(super) fn visit_ends(&mut self) {
        let index = self.wheel.pop().payload;
        let Some(counters) = self.model.counters.as_deref() else { return };
        let visitor = self.visits.visitors[index];
        self.visitor_leaves(index);
        let counter = visitor.visit.counter;
        self.visits.counters[counter.index()].served -= 1;
        let unresolved = counters.services[visitor.visit.service.index()].unresolved;
        if try_key(&visitor.citizen).draw(Purpose::Outcome).happens(unresolved) {
            self.try_fails(visitor, VisitEnd::Unresolved, Failure::Unresolved, self.now);
        } else {
            self.visit_resolves(&visitor);
        }
        self.counter_takes(counter);
    }

    /// The patience of a visitor who walked in ends.
    #[cold]
    pub(super) fn visitors_patience_ends(&mut self) {
        let index = self.wheel.pop().payload;
        self.visits.visitors[index].timer = TimerId::NONE;
        self.leaves_counter(index, VisitEnd::GaveUp, self.now);
    }

    /// A visitor who waits is sent away.
    pub(super) fn is_sent_out(&mut self, index: Index, at: SimTime) {
        self.leaves_counter(index, VisitEnd::SentAway, at);
    }

    fn leaves_counter(&mut self, index: Index, end: VisitEnd, at: SimTime) {
        let visitor = &mut self.visits.visitors[index];
        self.wheel.cancel(std::mem::replace(&mut visitor.timer, TimerId::NONE));
        let visitor = *visitor;
        self.visits.counters[visitor.visit.counter.index()].waiting.remove(&place(&visitor, index));
        self.visitor_leaves(index);
        self.try_fails(visitor, end, Failure::Left, at);
    }

    /// A visitor's row is free again.
    pub(super) fn visitor_leaves(&mut self, index: Index) {
        self.needs_no_preparation(index);
        self.visits.visitors[index].doing = Doing::Gone;
        self.visits.visitors.release(index);
    }
}
