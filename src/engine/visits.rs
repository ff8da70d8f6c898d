//! Rule: a citizen who wants a counter books a visit or walks in, comes or not, and tries something else where that fails.
//!
//! A need is at counters or on the telephone, never both at once: it lies here while no contact of it is in the center. Which
//! slot is offered is [`super::booking`]'s, who is served when [`super::counter`]'s.

use super::booking::{Book, Offer};
use super::contacts::{Citizen, Contact, Index, Slab};
use super::counter::AtCounter;
use super::event::key;
use super::observer::{Booked, Cause, NeedEnd, Observer, Prepared, Visit, VisitChannel, VisitEnd};
use super::preparing::Piece;
use super::returning::need;
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{Counters, Failure, Model, NextTry, OFFICES_TIER, ProcessId, Service, ServiceId, Slot};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

/// What is at counters, or on its way there. Empty where there are none.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    /// Those who will come, wait or are served.
    pub(super) visitors: Slab<Visitor>,
    /// By counter.
    pub(super) counters: Vec<AtCounter>,
    /// By service and its counter.
    pub(super) books: Vec<Vec<Book>>,
    /// Preparations that are not done.
    pub(super) pieces: Slab<Piece>,
}

/// A try of a need at a counter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visitor {
    pub(super) citizen: Citizen,
    pub(super) visit: Visit,
    /// The slot's place in the agenda, if it is booked.
    pub(super) slot: Option<(u16, u32)>,
    pub(super) doing: Doing,
    pub(super) timer: TimerId,
    /// Its preparation, as long as that is not done.
    pub(super) piece: Option<Index>,
}

/// What a visitor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// Will come.
    Coming,
    /// Will cancel before the slot.
    Cancelling,
    /// Will not come, and nobody knows.
    StayingAway,
    /// Will book on the web.
    Booking,
    /// Will walk in.
    WalkingIn,
    /// Waits at the counter.
    Waiting,
    /// Is at the desk.
    Served,
    /// Nothing any more.
    Gone,
}

impl Visits {
    pub(super) fn new(model: &Model) -> Self {
        let Some(counters) = model.counters.as_deref() else { return Visits::default() };
        let books = |service: &Service| service.at.iter().map(|at| Book::new(&at.agenda)).collect();
        Visits {
            visitors: Slab::default(),
            counters: vec![AtCounter::default(); counters.counters.len()],
            books: counters.services.iter().map(books).collect(),
            pieces: Slab::default(),
        }
    }
}

/// The random numbers of a need's try at counters.
pub(super) fn try_key(citizen: &Citizen) -> Key {
    Key::from_raw(citizen.key.draw(Purpose::Booking).sub(citizen.tries.into()).word_at(1))
}

/// Where a citizen lives.
pub(super) fn district(counters: &Counters, citizen: &Citizen) -> u16 {
    counters.district(citizen.profile, citizen.key.draw(Purpose::District).uniform())
}

/// The service that citizens of a process want at a counter.
pub(super) fn wanted_at_counter(model: &Model, process: ProcessId) -> Option<ServiceId> {
    model.counters.as_deref()?.of_process.get(process.index()).copied().flatten()
}

/// How much longer an agent talks who books a visit.
#[cold]
pub(super) fn booking_time(model: &Model, contact: &Contact) -> SimDuration {
    let talk = || {
        let counters = model.counters.as_deref()?;
        let service = counters.of_type[contact.citizen.contact_type.index()]?;
        counters.services[service.index()].booking.as_ref()?.talk.as_ref()
    };
    let draw = contact.stage().draw(Purpose::Booking);
    talk().map_or(SimDuration::ZERO, |talk| SimDuration::from_s(talk.sample(draw)))
}

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

/// What a citizen does next.
#[derive(Clone, Copy)]
enum Next {
    WalkIn,
    Book,
    Call,
}

/// What a citizen with so many tries behind does next, and when; `None`: gives up.
fn next_try(rule: &NextTry, key: Key, citizen: &Citizen, at: SimTime) -> Option<(Next, SimTime)> {
    let calls = u32::from(citizen.attempt) + u32::from(citizen.has_called);
    if u32::from(citizen.tries) + calls >= rule.at_most || citizen.attempt == u8::MAX {
        return None;
    }
    let uniform = key.draw(Purpose::Retrial).uniform();
    let next = match uniform {
        u if u < rule.walk_in => Next::WalkIn,
        u if u < rule.walk_in + rule.book => Next::Book,
        u if u < rule.walk_in + rule.book + rule.call => Next::Call,
        _ => return None,
    };
    let delay = rule.delay.sample(key.draw(Purpose::RetrialDelay));
    Some((next, at.after(SimDuration::from_s(delay))))
}

/// What will become of a booking that was made at `asked` and still stands at `now`, and when: as from the booking on, given what has not happened since.
fn fate(
    booking: &crate::model::Booking,
    key: Key,
    (asked, now): (SimTime, SimTime),
    slot: SimTime,
) -> (Doing, SimTime) {
    let draw = |k| key.draw(Purpose::NoShow).sub(k);
    let (lead, left) = (slot.since(asked), slot.since(now));
    let part_left = left.as_us() as f64 / lead.as_us() as f64;
    // Of all who cancel at any time alike, those who would by now have done so.
    if draw(0).happens(given(booking.cancellation * part_left, booking.cancellation * (1.0 - part_left))) {
        let after_us = left.as_us() as f64 * draw(1).uniform();
        return (Doing::Cancelling, now.after(SimDuration::from_us(after_us as u64)));
    }
    let reminder = booking.reminder.filter(|reminder| reminder.before < lead);
    let no_show = booking.no_show * reminder.map_or(1.0, |reminder| reminder.no_show_times);
    match reminder {
        Some(reminder) if reminder.before >= left => {
            // Who would cancel when reminded has done so.
            let stays_away = given(no_show * (1.0 - reminder.cancels), no_show * reminder.cancels);
            (if draw(2).happens(stays_away) { Doing::StayingAway } else { Doing::Coming }, slot)
        }
        _ if !draw(2).happens(no_show) => (Doing::Coming, slot),
        Some(reminder) if draw(3).happens(reminder.cancels) => {
            (Doing::Cancelling, now.after(left - reminder.before))
        }
        _ => (Doing::StayingAway, slot),
    }
}

/// The probability of what happens with probability `p`, given that something else of probability `gone` has not.
fn given(p: f64, gone: f64) -> f64 {
    if p > 0.0 { p / (1.0 - gone) } else { 0.0 }
}

/// Whether a citizen finds an offer too late or too far.
fn declines(counters: &Counters, visitor: &Visitor) -> bool {
    let visit = &visitor.visit;
    let (Some(booking), Some(booked)) = (&counters.services[visit.service.index()].booking, visit.booked)
    else {
        return false;
    };
    let profile = &counters.profiles[visitor.citizen.profile.index()];
    let draw = try_key(&visitor.citizen).draw(Purpose::Booking);
    let accepted = booking.accepted_lead.as_ref().map(|lead| lead.sample(draw) * profile.lead_times);
    let is_late = accepted.is_some_and(|accepted_s| booked.slot.since(visit.asked).as_s() > accepted_s);
    let metres = counters.metres(visit.district, visit.counter);
    is_late || f64::from(metres) > booking.accepted_m * profile.km_times
}

/// A try at the nearest counter of a service, made at `asked`.
pub(super) fn new_visitor(
    counters: &Counters,
    citizen: Citizen,
    service: ServiceId,
    channel: VisitChannel,
    asked: SimTime,
) -> Visitor {
    let district = district(counters, &citizen);
    let row = &counters.services[service.index()];
    let nearest =
        row.at.iter().map(|at| at.counter).min_by_key(|&counter| counters.metres(district, counter));
    let visit = Visit {
        caller: citizen.caller(asked),
        number: citizen.tries,
        service,
        counter: nearest.unwrap_or_default(),
        district,
        channel,
        asked,
        booked: None,
        came: None,
        began: None,
        ended: asked,
        end: VisitEnd::Open,
    };
    Visitor { citizen, visit, slot: None, doing: Doing::Coming, timer: TimerId::NONE, piece: None }
}

/// What the wall shows when a slot begins, in seconds.
pub(super) fn clock_s(slot: &Slot) -> f64 {
    f64::from(slot.second_of_day)
}
