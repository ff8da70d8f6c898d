//! Those who are at counters, or on their way there.

use super::booking::Book;
use super::contacts::{Citizen, Contact, Index, Slab};
use super::counter::AtCounter;
use super::observer::{Visit, VisitChannel, VisitEnd};
use super::preparing::Piece;
use super::wheel::TimerId;
use crate::model::{Counters, Model, ProcessId, Service, ServiceId, Slot};
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
