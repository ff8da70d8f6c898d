//! Rule: which free slot is offered to a citizen who books.

use super::observer::Observer;
use super::simulation::Simulation;
use super::visits::{Visitor, clock_s};
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
    /// No slot before this one is free.
    first_free: usize,
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
    /// The slots that can be booked now.
    slots: std::ops::Range<usize>,
}

impl Book {
    pub fn new(agenda: &Agenda) -> Book {
        Book { booked: vec![0; agenda.slots.len()], of_day: vec![0; agenda.days.len()], first_free: 0 }
    }

    /// One more visit in a slot.
    pub fn take(&mut self, counters: &Counters, service: ServiceId, row: u16, slot: u32) {
        let agenda = &counters.services[service.index()].at[usize::from(row)].agenda;
        self.booked[slot as usize] += 1;
        self.of_day[day_of(agenda, slot)] += 1;
        while self.booked.get(self.first_free).is_some_and(|&booked| booked >= agenda.places) {
            self.first_free += 1;
        }
    }

    /// One visit less.
    pub fn give_back(&mut self, counters: &Counters, service: ServiceId, row: u16, slot: u32) {
        let agenda = &counters.services[service.index()].at[usize::from(row)].agenda;
        self.booked[slot as usize] -= 1;
        self.of_day[day_of(agenda, slot)] -= 1;
        self.first_free = self.first_free.min(slot as usize);
    }
}

/// The day of the agenda that holds a slot.
fn day_of(agenda: &Agenda, slot: u32) -> usize {
    agenda.days.partition_point(|day| day.end <= slot)
}

impl<const EAGER: bool, O: Observer> Simulation<'_, EAGER, O> {
    /// What is offered to a citizen who books now; `None`: everything is full.
    pub(super) fn offer(&self, counters: &Counters, visitor: &Visitor) -> Option<Offer> {
        let visit = &visitor.visit;
        let service = &counters.services[visit.service.index()];
        let booking = service.booking.as_ref()?;
        let today = counters.day_of(self.now);
        // A slot that begins at this very instant is past.
        let from = self.now.after(booking.notice).max(SimTime::from_us(self.now.as_us() + 1));
        let books = &self.visits.books[visit.service.index()];
        let seen = seen(counters, service, books, visit.district, (from, booking.last_day(today)));
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

/// The counters of a service with what can be booked from `from` up to a day.
fn seen<'a>(
    counters: &'a Counters,
    service: &'a Service,
    books: &'a [Book],
    district: u16,
    (from, last_day): (SimTime, u32),
) -> Vec<Seen<'a>> {
    let rows = service.at.iter().zip(books).enumerate();
    rows.map(|(row, (at, book))| Seen {
        row: row as u16,
        metres: counters.metres(district, at.counter),
        agenda: &at.agenda,
        book,
        slots: at.agenda.within(from, last_day),
    })
    .collect()
}

impl Seen<'_> {
    fn is_free(&self, slot: usize) -> bool {
        self.book.booked[slot] < self.agenda.places
    }

    /// The first slot that is free.
    fn free(&self) -> Option<usize> {
        (self.slots.start.max(self.book.first_free)..self.slots.end).find(|&slot| self.is_free(slot))
    }

    /// The first that is free at about a time of day.
    fn free_about(&self, preferred_s: f64, within_s: f64) -> Option<usize> {
        let suits = |slot: &usize| (clock_s(&self.agenda.slots[*slot]) - preferred_s).abs() <= within_s;
        (self.slots.start.max(self.book.first_free)..self.slots.end)
            .filter(suits)
            .find(|&slot| self.is_free(slot))
    }

    /// How much of what can still be booked of an agenda's day is booked: (visits, places); `None`: nothing is free.
    fn load(&self, day: usize) -> Option<(u64, u64)> {
        let of = &self.agenda.days[day];
        let (first, end) = (of.first as usize, of.end as usize);
        let places = u64::from(self.agenda.places);
        let load = if self.slots.start <= first {
            (u64::from(self.book.of_day[day]), places * (end - first) as u64)
        } else {
            let slots = self.slots.start..end;
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
    for seen in seen.iter().filter(|seen| seen.metres <= max_m && !seen.slots.is_empty()) {
        let days =
            day_of(seen.agenda, seen.slots.start as u32)..=day_of(seen.agenda, seen.slots.end as u32 - 1);
        for day in days.take_while(|&day| seen.agenda.days[day].day <= last_day) {
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
    let slots = (of.first as usize).max(seen.slots.start)..of.end as usize;
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
