//! The slots of a service at a counter: laid out beyond the horizon as far as they can be booked before it.

use super::timeline::{Timeline, days_since_1970};
use crate::calendar::{Date, Hours};
use crate::model::{Agenda, AgendaDay, Slot};
use crate::scenario::Scenario;
use crate::time::{SimTime, US_PER_S};

/// The days over which slots are laid out.
pub(super) struct Reach {
    /// The local day that holds time zero.
    pub(super) first: Date,
    /// The day after the last that can be booked.
    last: Date,
}

impl Reach {
    pub(super) fn new(scenario: &Scenario, timeline: &Timeline) -> Reach {
        let bookings = scenario.services.values().filter_map(|of| of.booking.as_ref());
        let ahead = bookings.map(|of| i64::from(of.horizon_days.min(366))).max().unwrap_or(0);
        Reach {
            first: timeline.calendar.local(timeline.zero_unix_s).date,
            // A day more, so that hours over midnight are whole.
            last: timeline.calendar.local(timeline.end_unix_s).date.plus_days(ahead + 1),
        }
    }

    /// When each day begins, from the first to the one after the last; the first at time zero.
    pub(super) fn midnights(&self, timeline: &Timeline) -> Vec<SimTime> {
        (0..=self.first.days_until(self.last) + 1)
            .map(|day| sim_time(timeline, timeline.calendar.midnight(self.first.plus_days(day))))
            .collect()
    }

    /// How many days there are.
    pub(super) fn days(&self) -> i64 {
        self.first.days_until(self.last) + 1
    }
}

/// Instants beyond the horizon too; what lies beyond the clock is its end.
fn sim_time(timeline: &Timeline, unix_s: i64) -> SimTime {
    SimTime::from_us((unix_s - timeline.zero_unix_s).max(0) as u64 * US_PER_S).min(SimTime::MAX)
}

/// One slot after the other from each opening on, while both hours hold. Slots of an opening of the evening before time zero are counted from it, and those
/// before time zero left out; what has been open for all the day before is counted from time zero.
pub(super) fn agenda(
    (open, booked): (&Hours, &Hours),
    slot_s: i64,
    (room, places): (u32, u32),
    reach: &Reach,
    timeline: &Timeline,
) -> Agenda {
    let calendar = &timeline.calendar;
    let (from, end) = (calendar.midnight(reach.first.plus_days(-1)), calendar.midnight(reach.last.next()));
    let (open, booked) = (open.changes(calendar, from, end), booked.changes(calendar, from, end));
    let mut instants: Vec<i64> = open.iter().chain(&booked).map(|change| change.0).collect();
    instants.sort_unstable();
    instants.dedup();
    let mut agenda = Agenda { room, places, ..Agenda::default() };
    let mut since: Option<i64> = None;
    for instant in instants.into_iter().chain([end]) {
        let both = instant < end
            && super::cases::latest(&open, instant).unwrap_or(false)
            && super::cases::latest(&booked, instant).unwrap_or(false);
        match (both, since) {
            (true, None) => since = Some(instant),
            (false, Some(start)) => {
                since = None;
                let start = if start == from { timeline.zero_unix_s } else { start };
                add_stretch(&mut agenda, (start, instant), slot_s, timeline);
            }
            _ => {}
        }
    }
    agenda
}

fn add_stretch(agenda: &mut Agenda, (from, until): (i64, i64), slot_s: i64, timeline: &Timeline) {
    let passed = (timeline.zero_unix_s - from).max(0) as u64;
    let mut start = from + passed.div_ceil(slot_s.max(1) as u64) as i64 * slot_s;
    while start + slot_s <= until {
        let local = timeline.calendar.local(start);
        let day = days_since_1970(local.date);
        let first = agenda.slots.len() as u32;
        agenda.slots.push(Slot { start: sim_time(timeline, start), second_of_day: local.second_of_day });
        match agenda.days.last_mut() {
            Some(last) if last.day == day => last.end = first + 1,
            _ => agenda.days.push(AgendaDay { day, first, end: first + 1 }),
        }
        start += slot_s;
    }
}
