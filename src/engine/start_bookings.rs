//! Rule: visits that are booked when the run begins. They hold their places from then on; what becomes of them is drawn as for any booking that
//! has come so far.

use super::bits::Bits;
use super::contacts::{Answer, Citizen};
use super::entering::{drawn_profile, is_recognised};
use super::observer::{Booked, Cause, Observer, Prepared, VisitChannel};
use super::simulation::Simulation;
use super::visitors::{Visitor, new_visitor};
use crate::model::{CELL_US, Counters, NeedId, ServedAt, ServiceId, StartBookings};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

/// By service and its counter: the slots that could be booked before the run begins and have a place left; empty for services without such bookings.
struct Left(Vec<Vec<Bits>>);

impl Left {
    fn new(counters: &Counters, bookings: &[StartBookings], begins: SimTime) -> Left {
        let of_service = |row: usize| {
            let service = ServiceId::from_index(row);
            if bookings.iter().all(|of| of.service != service) {
                return Vec::new();
            }
            let at = counters.services[row].at.iter().enumerate();
            let bits = |(row, at): (usize, &ServedAt)| {
                let slots = counters.booked_before(service, row, begins).map(|slot| slot as usize);
                Bits::of(at.agenda.slots.len(), slots)
            };
            at.map(bits).collect()
        };
        Left((0..counters.services.len()).map(of_service).collect())
    }

    /// The first slot at a counter that begins at `from` or later and has a place left, or else the last before.
    fn slot(&self, of: &ServedAt, (service, row): (ServiceId, usize), from: SimTime) -> Option<usize> {
        let (left, slots) = (&self.0[service.index()][row], &of.agenda.slots);
        let at = slots.partition_point(|slot| slot.start < from);
        left.first_in(at..slots.len()).or_else(|| left.last_in(0..at))
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Books the visits of the start state, before anything else happens.
    pub(super) fn books_before_start(&mut self) {
        let model = self.model;
        let Some(counters) = model.counters.as_deref().filter(|_| !model.start_bookings.is_empty()) else {
            return;
        };
        let mut left = Left::new(counters, &model.start_bookings, model.clock.begins);
        for of in &model.start_bookings {
            (0..of.count).for_each(|number| self.books_one_before_start(counters, of, number, &mut left));
        }
    }

    fn books_one_before_start(
        &mut self,
        counters: &Counters,
        of: &StartBookings,
        number: u32,
        left: &mut Left,
    ) {
        let key = self.root.named(self.model.processes[of.process.index()].key).cell(0).item(number.into());
        let citizen = self.citizen_of_booking(of, key);
        let (service, begins) = (&counters.services[of.service.index()], self.model.clock.begins);
        let channel = match &service.booking {
            Some(booking) if booking.uptake > 0.0 => VisitChannel::Web,
            _ => VisitChannel::Agent,
        };
        let mut visitor = new_visitor(counters, citizen, of.service, channel, begins);
        let ahead = SimDuration::from_s(of.ahead.sample(key.draw(Purpose::Ahead)));
        let Some((row, slot)) = place(counters, of, &visitor, begins.after(ahead), left) else {
            debug_assert!(false, "as many are booked as there are places");
            return;
        };
        let agenda = &service.at[row].agenda;
        let start = agenda.slots[slot].start;
        let asked = asked(counters, of, (key, begins), (row, slot));
        visitor.citizen.need = NeedId::new(of.process, (asked.as_us() / CELL_US) as u32, number);
        visitor.citizen.need_began = asked;
        visitor.visit.caller = visitor.citizen.caller(asked);
        (visitor.visit.asked, visitor.visit.ended) = (asked, asked);
        visitor.visit.counter = service.at[row].counter;
        visitor.visit.booked = Some(Booked { slot: start, prepared: Prepared::No });
        visitor.slot = Some((row as u16, slot as u32));
        let book = &mut self.visits.books[of.service.index()][row];
        book.take(counters, of.service, row as u16, slot as u32);
        left.0[of.service.index()][row].set(slot, book.has_place(agenda, slot));
        self.is_booked(counters, visitor);
    }

    /// Who has booked; the need's name follows from when.
    fn citizen_of_booking(&self, of: &StartBookings, key: Key) -> Citizen {
        let profile = of.profile.unwrap_or_else(|| drawn_profile(self.model, key));
        Citizen {
            need: NeedId::new(of.process, 0, 0),
            key,
            need_began: SimTime::ZERO,
            first_answer: Answer::NOT,
            contact_type: of.contact_type,
            profile,
            number: of.number,
            attempt: 0,
            cause: Cause::Visit,
            answered: 0,
            recognised: is_recognised(self.model, key, profile),
            transferred: false,
            tries: 0,
            // Whoever booked with an agent did so in a call that nobody counts any more.
            has_called: false,
        }
    }
}

/// The counter, by its place among those of the service, and the slot of a visit that should lie at `from`.
fn place(
    counters: &Counters,
    of: &StartBookings,
    visitor: &Visitor,
    from: SimTime,
    left: &Left,
) -> Option<(usize, usize)> {
    let all = &counters.services[of.service.index()].at;
    let rows = of.row.map_or(0..all.len(), |row| usize::from(row)..usize::from(row) + 1);
    let found = rows.filter_map(|row| Some((row, left.slot(&all[row], (of.service, row), from)?)));
    let district = visitor.visit.district;
    found.min_by_key(|&(row, slot)| {
        (counters.metres(district, all[row].counter), all[row].agenda.slots[slot].start, row)
    })
}

/// When a slot was booked: as long before the start as drawn, but not before it was released, and no later than its notice.
fn asked(
    counters: &Counters,
    of: &StartBookings,
    (key, begins): (Key, SimTime),
    (row, slot): (usize, usize),
) -> SimTime {
    let service = &counters.services[of.service.index()];
    let Some(booking) = &service.booking else { return begins };
    let agenda = &service.at[row].agenda;
    let day = agenda.days[super::booking::day_of(agenda, slot as u32)].day;
    let before = SimDuration::from_s(of.booked.sample(key.draw(Purpose::Age))).min(of.longest);
    let before_us = before.as_us().max(1);
    let latest_us = agenda.slots[slot].start.as_us().saturating_sub(booking.notice.as_us());
    let drawn_us = begins.as_us().saturating_sub(before_us);
    SimTime::from_us(drawn_us.max(counters.released(booking, day).as_us()).min(latest_us))
}
