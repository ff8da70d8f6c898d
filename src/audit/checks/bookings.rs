//! Slots: booked where and when they may be, never beyond their places, and offered as the service chooses.

use std::collections::BTreeMap;

use super::visits::is_booked;
use crate::audit::counters::{last_day, metres, places};
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{LogTime, VisitEndName, VisitRow};
use crate::scenario::{Booking, Chooser, Service};

/// A slot: service, counter and when it begins.
type Slot<'a> = (&'a str, &'a str, LogTime);

/// Never more visits in a slot than it has places, at any instant.
pub fn examine_places(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut by_slot: BTreeMap<Slot<'_>, Vec<(LogTime, i64)>> = BTreeMap::new();
    for row in run.visits.iter().filter(|row| is_booked(row)) {
        let Some(slot) = row.slot else { continue };
        let changes = by_slot.entry((&row.service, &row.counter, slot)).or_default();
        changes.push((row.asked, 1));
        if row.end == VisitEndName::Cancelled {
            changes.push((row.ended, -1));
        }
    }
    for ((service, counter, slot), mut changes) in by_slot {
        let booking = plan.scenario.services.get(service).and_then(|of| of.booking.as_ref());
        let places = booking.map_or(0, |booking| places(booking, counter));
        changes.sort_unstable();
        let mut booked = 0;
        for (at, more) in changes {
            booked += more;
            check.expect(booked <= places, || {
                run.finding(
                    format!("slot of {service} at {counter}, {}", slot.0),
                    at,
                    format!("at most {places} visits"),
                    booked,
                )
            });
        }
    }
}

/// Every offer is one that the service makes.
pub fn examine_offers(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, service) in &plan.scenario.services {
        let Some(booking) = &service.booking else { continue };
        let mut asked: Vec<&VisitRow> = run
            .visits
            .iter()
            .copied()
            .filter(|row| &*row.service == name && (row.slot.is_some() || row.end == VisitEndName::Full))
            .collect();
        asked.sort_by_key(|row| row.asked);
        let mut cancelled: Vec<&VisitRow> =
            asked.iter().copied().filter(|row| row.end == VisitEndName::Cancelled).collect();
        cancelled.sort_by_key(|row| row.ended);
        let agendas = agendas(plan, service, booking);
        let mut booked: BTreeMap<(&str, LogTime), i64> = BTreeMap::new();
        let mut gone = cancelled.iter().peekable();
        for (place, row) in asked.iter().enumerate() {
            let mut tied = false;
            while let Some(before) = gone.next_if(|before| before.ended <= row.asked) {
                tied |= before.ended == row.asked;
                if let Some(slot) = before.slot {
                    *booked.entry((&before.counter, slot)).or_default() -= 1;
                }
            }
            // Of what happens at one instant the order is not looked into.
            let twice = |other: Option<&&VisitRow>| other.is_some_and(|other| other.asked == row.asked);
            tied |= twice(asked.get(place + 1)) || place > 0 && twice(asked.get(place - 1));
            if !tied && !plan.is_booked_before(row) {
                is_offered(plan, (booking, &agendas), row, &booked, check);
            }
            if let Some(slot) = row.slot.filter(|_| is_booked(row)) {
                *booked.entry((&row.counter, slot)).or_default() += 1;
            }
        }
    }
}

/// The slots of a counter, each with the midnight of its day.
struct Agenda<'a> {
    counter: &'a str,
    places: i64,
    slots: Vec<(LogTime, i64)>,
}

/// Of all counters of a service, by name, as far as anything can be booked before the horizon.
fn agendas<'a>(plan: &Plan<'a>, service: &'a Service, booking: &Booking) -> Vec<Agenda<'a>> {
    let mut sorted: Vec<&String> = service.counters.iter().collect();
    sorted.sort();
    // A day more, so that hours over midnight are whole.
    let last = last_day(plan.calendar, booking, plan.horizon).plus_days(i64::from(booking.horizon_days) + 1);
    let agenda = |counter: &'a String| {
        let of = plan.counters.get(counter.as_str())?;
        let slots = of.slots(booking, plan.zero, last).into_iter();
        let midnight = |slot: LogTime| plan.calendar.midnight(plan.calendar.local(slot.unix_s()).date);
        let slots = slots.map(|slot| (slot, midnight(slot))).collect();
        Some(Agenda { counter, places: places(booking, counter), slots })
    };
    sorted.into_iter().filter_map(agenda).filter(|agenda| agenda.places > 0).collect()
}

/// A slot that is free for one citizen.
struct Free<'a> {
    counter: &'a str,
    slot: LogTime,
    day: i64,
    metres: i64,
}

fn is_offered(
    plan: &Plan<'_>,
    (booking, agendas): (&Booking, &[Agenda<'_>]),
    row: &VisitRow,
    booked: &BTreeMap<(&str, LogTime), i64>,
    check: &mut Check,
) {
    let calendar = plan.calendar;
    // Whoever asks after the run is offered what could be booked as it ended.
    let last = calendar.midnight(last_day(calendar, booking, row.asked.min(plan.horizon)));
    let from = LogTime((row.asked.0 + us(booking.notice)).max(row.asked.0 + 1));
    let mut free = Vec::new();
    let mut loads: BTreeMap<(i64, i64, usize), (i64, i64)> = BTreeMap::new();
    for (place, &Agenda { counter, places, ref slots }) in agendas.iter().enumerate() {
        let metres = metres(plan.scenario, row.district.as_deref(), counter);
        let first = slots.partition_point(|&(slot, _)| slot < from);
        for &(slot, day) in slots[first..].iter().take_while(|&&(_, day)| day <= last) {
            let taken = booked.get(&(counter, slot)).copied().unwrap_or(0);
            let load = loads.entry((day, metres, place)).or_default();
            *load = (load.0 + taken, load.1 + places);
            if taken < places {
                free.push(Free { counter, slot, day, metres });
            }
        }
    }
    let earliest = || {
        let first = free.iter().min_by_key(|free| (free.slot, free.metres, free.counter));
        first.map(|free| (free.counter, free.slot))
    };
    let offered = row.slot.map(|slot| (&*row.counter, slot));
    let expected = match booking.choose {
        Chooser::Earliest => earliest(),
        Chooser::Nearest => {
            let first = free.iter().min_by_key(|free| (free.metres, free.slot, free.counter));
            first.map(|free| (free.counter, free.slot))
        }
        // What a citizen prefers is not logged.
        Chooser::PreferredTime => {
            let may = free.iter().any(|free| offered == Some((free.counter, free.slot)));
            if may || free.is_empty() && offered.is_none() { offered } else { earliest() }
        }
        Chooser::Spread => {
            let limits = booking.spread.unwrap_or_default();
            let max_m = limits.max_km.map_or(i64::MAX, |km| (km * 1000.0).round() as i64);
            let today = calendar.local(row.asked.unix_s()).date;
            let last = limits.max_days.map(|days| calendar.midnight(today.plus_days(i64::from(days))));
            let within = |day: i64, metres: i64| metres <= max_m && last.is_none_or(|last| day <= last);
            let least = loads
                .iter()
                .filter(|((day, metres, _), load)| within(*day, *metres) && load.0 < load.1)
                .min_by(|(place, a), (other, b)| (a.0 * b.1).cmp(&(b.0 * a.1)).then(place.cmp(other)));
            match least {
                None => earliest(),
                Some(((day, _, place), _)) => {
                    let here = free
                        .iter()
                        .filter(|free| free.counter == agendas[*place].counter && free.day == *day);
                    let taken =
                        |free: &&Free<'_>| booked.get(&(free.counter, free.slot)).copied().unwrap_or(0);
                    let first = here.min_by_key(|free| (taken(free), free.slot));
                    first.map(|free| (free.counter, free.slot))
                }
            }
        }
    };
    check.expect(offered == expected, || {
        row.finding(row.asked, format!("an offer of {expected:?}"), format!("{offered:?}"))
    });
}
