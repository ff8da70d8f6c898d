//! Rule: which free slot is offered to a citizen who books.

use super::bits::Bits;
use super::observer::Observer;
use super::simulation::Simulation;
use super::visitors::{Visitor, clock_s};
use crate::model::{Agenda, Choose, Counters, Service, ServiceId};
use crate::random::Purpose;
use crate::time::SimTime;

/// What is booked of an agenda.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By slot: how many visits.
    booked: Vec<u32>,
    /// By day of the agenda.
    of_day: Vec<u32>,
    /// The slots that are free.
    free: Bits,
    /// The slots that can be booked now: both ends only ever move on.
    bookable: std::ops::Range<usize>,
    /// The days of the agenda that hold them.
    days: std::ops::Range<usize>,
}

/// A slot of a service's counter, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub row: u16,
    pub slot: u32,
}

/// A counter of the service as one citizen sees it.
struct Seen<'a> {
    row: u16,
    metres: u32,
    agenda: &'a Agenda,
    book: &'a Book,
}

impl Book {
    pub fn new(agenda: &Agenda) -> Book {
        let slots = agenda.slots.len();
        Book {
            booked: vec![0; slots],
            of_day: vec![0; agenda.days.len()],
            free: Bits::of(slots, 0..if agenda.places > 0 { slots } else { 0 }),
            bookable: 0..0,
            days: 0..0,
        }
    }

    /// What begins at `from` or later can be booked now, up to local day `last_day`; neither is ever before what it was.
    fn moves_on(&mut self, agenda: &Agenda, from: SimTime, last_day: u32) {
        let Book { bookable, days, .. } = self;
        while agenda.slots.get(bookable.start).is_some_and(|slot| slot.start < from) {
            bookable.start += 1;
        }
        while let Some(day) = agenda.days.get(days.end).filter(|day| day.day <= last_day) {
            (bookable.end, days.end) = (day.end as usize, days.end + 1);
        }
        while agenda.days.get(days.start).is_some_and(|day| day.end as usize <= bookable.start) {
            days.start += 1;
        }
    }

    /// One more visit in a slot.
    pub fn take(&mut self, counters: &Counters, service: ServiceId, row: u16, slot: u32) {
        self.changes(counters, (service, row, slot), 1);
    }

    /// Whether a slot has a place left.
    pub fn has_place(&self, agenda: &Agenda, slot: usize) -> bool {
        self.booked[slot] < agenda.places
    }

    /// One visit less.
    pub fn give_back(&mut self, counters: &Counters, service: ServiceId, row: u16, slot: u32) {
        self.changes(counters, (service, row, slot), -1);
    }

    fn changes(&mut self, counters: &Counters, (service, row, slot): (ServiceId, u16, u32), by: i32) {
        let agenda = &counters.services[service.index()].at[usize::from(row)].agenda;
        let (booked, day) = (&mut self.booked[slot as usize], day_of(agenda, slot));
        *booked = booked.saturating_add_signed(by);
        self.of_day[day] = self.of_day[day].saturating_add_signed(by);
        self.free.set(slot as usize, *booked < agenda.places);
    }
}

/// The day of the agenda that holds a slot.
pub(super) fn day_of(agenda: &Agenda, slot: u32) -> usize {
    agenda.days.partition_point(|day| day.end <= slot)
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// What is offered to a citizen who books now; `None`: everything is full.
    pub(super) fn offer(&mut self, counters: &Counters, visitor: &Visitor) -> Option<Offer> {
        let visit = &visitor.visit;
        let service = &counters.services[visit.service.index()];
        let booking = service.booking.as_ref()?;
        let today = counters.day_of(self.now);
        // A slot that begins at this very instant is past.
        let from = self.now.after(booking.notice).max(SimTime::from_us(self.now.as_us() + 1));
        // Whoever asks after the run is offered what could be booked as it ended.
        let last_day = booking.last_day(today.min(counters.day_of(self.model.clock.horizon)));
        let books = &mut self.visits.books[visit.service.index()];
        for (book, at) in books.iter_mut().zip(&service.at) {
            book.moves_on(&at.agenda, from, last_day);
        }
        let seen = seen(counters, service, books, visit.district);
        match booking.choose {
            Choose::Earliest => earliest(&seen),
            Choose::Nearest => nearest(&seen),
            Choose::PreferredTime { from_s, to_s, within_s } => {
                let uniform = visitor.citizen.key.draw(Purpose::Choice).uniform();
                let preferred_s = from_s + (to_s - from_s) * uniform;
                first(&seen, |seen| seen.free_about(preferred_s, within_s)).or_else(|| earliest(&seen))
            }
            Choose::Spread { max_m, max_days } => {
                least_booked(&seen, max_m, today.saturating_add(max_days)).or_else(|| earliest(&seen))
            }
        }
    }
}

/// The counters of a service.
fn seen<'a>(counters: &'a Counters, service: &'a Service, books: &'a [Book], district: u16) -> Vec<Seen<'a>> {
    let rows = service.at.iter().zip(books).enumerate();
    rows.map(|(row, (at, book))| Seen {
        row: row as u16,
        metres: counters.metres(district, at.counter),
        agenda: &at.agenda,
        book,
    })
    .collect()
}

impl Seen<'_> {
    /// The first slot that is free.
    fn free(&self) -> Option<usize> {
        self.book.free.first_in(self.book.bookable.clone())
    }

    /// The first that is free at about a time of day.
    fn free_about(&self, preferred_s: f64, within_s: f64) -> Option<usize> {
        let suits = |slot: &usize| (clock_s(&self.agenda.slots[*slot]) - preferred_s).abs() <= within_s;
        let is_free = |slot: &usize| self.book.booked[*slot] < self.agenda.places;
        let mut slots = self.free()?..self.book.bookable.end;
        slots.find(|slot| suits(slot) && is_free(slot))
    }

    /// How much of what can still be booked of an agenda's day is booked: (visits, places); `None`: nothing is free.
    fn load(&self, day: usize) -> Option<(u64, u64)> {
        let of = &self.agenda.days[day];
        let (first, end) = (of.first as usize, of.end as usize);
        let places = u64::from(self.agenda.places);
        let start = self.book.bookable.start;
        let load = if start <= first {
            (u64::from(self.book.of_day[day]), places * (end - first) as u64)
        } else {
            let slots = start..end;
            let booked = slots.clone().map(|slot| u64::from(self.book.booked[slot])).sum();
            (booked, places * slots.len() as u64)
        };
        (load.0 < load.1).then_some(load)
    }
}

/// The counter whose slot by `find` begins first; of several the nearest.
fn first(seen: &[Seen<'_>], find: impl Fn(&Seen<'_>) -> Option<usize>) -> Option<Offer> {
    let found = seen.iter().filter_map(|seen| Some((seen, find(seen)?)));
    let first = found.min_by_key(|(seen, slot)| (seen.agenda.slots[*slot].start, seen.metres, seen.row));
    first.map(|(seen, slot)| Offer { row: seen.row, slot: slot as u32 })
}

fn earliest(seen: &[Seen<'_>]) -> Option<Offer> {
    first(seen, |seen| seen.free())
}

fn nearest(seen: &[Seen<'_>]) -> Option<Offer> {
    let found = seen.iter().filter_map(|seen| Some((seen, seen.free()?)));
    let nearest = found.min_by_key(|(seen, slot)| (seen.metres, seen.agenda.slots[*slot].start, seen.row));
    nearest.map(|(seen, slot)| Offer { row: seen.row, slot: slot as u32 })
}

/// The least booked slot of the counter and day that are booked least, within limits.
fn least_booked(seen: &[Seen<'_>], max_m: u32, last_day: u32) -> Option<Offer> {
    let mut best: Option<(Load, u32, u32, &Seen<'_>, usize)> = None;
    for seen in seen.iter().filter(|seen| seen.metres <= max_m) {
        for day in seen.book.days.clone().take_while(|&day| seen.agenda.days[day].day <= last_day) {
            let Some(load) = seen.load(day).map(Load) else { continue };
            let date = seen.agenda.days[day].day;
            let place = (load, date, seen.metres);
            if best.as_ref().is_none_or(|best| place < (best.0, best.1, best.2)) {
                best = Some((load, date, seen.metres, seen, day));
            }
        }
    }
    let (.., seen, day) = best?;
    let of = &seen.agenda.days[day];
    let slots = (of.first as usize).max(seen.book.bookable.start)..of.end as usize;
    let slot = slots.min_by_key(|&slot| (seen.book.booked[slot], slot))?;
    Some(Offer { row: seen.row, slot: slot as u32 })
}

/// Visits over places, compared as fractions.
#[derive(Clone, Copy)]
struct Load((u64, u64));

impl PartialEq for Load {
    fn eq(&self, other: &Load) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Load {}

impl PartialOrd for Load {
    fn partial_cmp(&self, other: &Load) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Load {
    fn cmp(&self, other: &Load) -> std::cmp::Ordering {
        let (Load((a, of_a)), Load((b, of_b))) = (self, other);
        (a * of_b).cmp(&(b * of_a))
    }
}
