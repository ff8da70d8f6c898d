//! Visits that are booked at the start are as many as the start state says, could have been booked when they were, and lie as far ahead as said.

use std::collections::BTreeMap;

use crate::audit::counters::{last_day, metres, places, released_on};
use crate::audit::plan::{CELL_US, Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{LogTime, VisitChannelName, VisitEndName, VisitRow};
use crate::scenario::{BookedVisits, Booking, Distribution, Service};

/// By service, counter and slot: how many places are taken.
type Taken<'a> = BTreeMap<(&'a str, &'a str, LogTime), i64>;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let all = plan.scenario.start_state.iter().flat_map(|state| &state.bookings);
    // Those at a counter that is named take their places first.
    let (named, others): (Vec<_>, Vec<_>) = all.partition(|(_, of)| of.counter.is_some());
    let mut taken = Taken::new();
    for (name, of) in named.into_iter().chain(others) {
        let process = Plan::process_of_bookings(name);
        let mut rows: Vec<&VisitRow> = run
            .visits
            .iter()
            .copied()
            .filter(|row| *row.need.process == *process && row.number == 0)
            .collect();
        rows.sort_by_key(|row| row.need.number);
        check.expect(rows.len() == of.count as usize, || {
            run.finding(process.clone(), plan.begins, format!("{} visits", of.count), rows.len())
        });
        let wanted = of.service.as_deref().unwrap_or(name);
        let Some(service) = plan.scenario.services.get(wanted) else { continue };
        let Some(booking) = &service.booking else { continue };
        let agendas = agendas(plan, service, booking, of);
        for row in rows {
            is_as_told(plan, (wanted, booking, of), row, check);
            was_booked_in_time(plan, booking, of, row, check);
            takes_its_place(plan, (wanted, booking, of), &agendas, row, &taken, check);
            if let Some(slot) = row.slot {
                *taken.entry((wanted, &row.counter, slot)).or_default() += 1;
            }
        }
    }
}

fn is_as_told(
    plan: &Plan<'_>,
    (wanted, booking, of): (&str, &Booking, &BookedVisits),
    row: &VisitRow,
    check: &mut Check,
) {
    let same = |said: &Option<String>, is: Option<&str>| said.is_none() || said.as_deref() == is;
    let channel = if booking.uptake > 0.0 { VisitChannelName::Web } else { VisitChannelName::Agent };
    let fits = &*row.service == wanted
        && same(&of.counter, Some(&row.counter))
        && same(&of.profile, row.profile.as_deref())
        && row.channel == channel
        && !matches!(row.end, VisitEndName::Declined | VisitEndName::Full);
    check
        .expect(fits, || row.finding(row.asked, format!("a visit for {wanted} as told"), format!("{row:?}")));
    let within = (0..CELL_US).contains(&(row.asked.0 - row.need.cell * CELL_US));
    check.expect(within, || row.finding(row.asked, "a need of its quarter-hour", "another"));
    check.expect(row.ended >= plan.begins, || {
        row.finding(row.ended, "a booking that stands at the start", row.end.word())
    });
}

/// As long before the start as said, when its slot was released and its notice not over.
fn was_booked_in_time(
    plan: &Plan<'_>,
    booking: &Booking,
    of: &BookedVisits,
    row: &VisitRow,
    check: &mut Check,
) {
    let Some(slot) = row.slot else {
        return check.expect(false, || row.finding(row.asked, "a slot", "none"));
    };
    let latest = LogTime(slot.0 - us(booking.notice));
    let date = plan.calendar.local(slot.unix_s()).date;
    let could = row.asked <= latest && date <= last_day(plan.calendar, booking, row.asked);
    check.expect(could && row.asked < plan.begins && plan.begins <= slot, || {
        row.finding(row.asked, "a slot after the start that could be booked before it", slot.0)
    });
    let before = plan.begins.us_since(row.asked);
    let longest = us(of.longest());
    let fits = match of.booked() {
        Distribution::Constant(exactly) => {
            let drawn = LogTime(plan.begins.0 - us(exactly).min(longest).max(1));
            row.asked == drawn.max(released(plan, booking, slot)).min(latest)
        }
        _ => before <= longest || row.asked == latest,
    };
    check.expect(fits, || {
        row.finding(row.asked, format!("booked at most {longest} us ago"), format!("{before} us ago"))
    });
}

/// When a slot could first be booked; time zero, if that was before.
fn released(plan: &Plan<'_>, booking: &Booking, slot: LogTime) -> LogTime {
    let date = released_on(booking, plan.calendar.local(slot.unix_s()).date);
    LogTime(plan.calendar.midnight(date) * 1_000_000).max(plan.zero)
}

/// The slots of a counter that could be booked before the start and lie after it.
struct Agenda<'a> {
    counter: &'a str,
    slots: Vec<LogTime>,
}

fn agendas<'a>(
    plan: &Plan<'a>,
    service: &'a Service,
    booking: &Booking,
    of: &BookedVisits,
) -> Vec<Agenda<'a>> {
    let last = last_day(plan.calendar, booking, LogTime(plan.begins.0 - 1));
    let mut counters: Vec<&String> = service.counters.iter().collect();
    counters.retain(|counter| of.counter.as_ref().is_none_or(|named| named == *counter));
    counters.sort();
    let agenda = |counter: &'a String| {
        // The last of a night may end on the day after.
        let slots = plan.counters.get(counter.as_str())?.slots(booking, plan.zero, last.next());
        let could = |slot: &LogTime| {
            *slot >= plan.begins
                && plan.calendar.local(slot.unix_s()).date <= last
                && released(plan, booking, *slot).0 + us(booking.notice) <= slot.0
        };
        Some(Agenda { counter, slots: slots.into_iter().filter(could).collect() })
    };
    counters.into_iter().filter_map(agenda).collect()
}

/// At the nearest counter that has a place left, and in the first slot that has one from where it should lie on, or the last before.
fn takes_its_place(
    plan: &Plan<'_>,
    (wanted, booking, of): (&str, &Booking, &BookedVisits),
    agendas: &[Agenda<'_>],
    row: &VisitRow,
    taken: &Taken<'_>,
    check: &mut Check,
) {
    let district = row.district.as_deref();
    let has_place = |counter: &str, slot: LogTime| {
        taken.get(&(wanted, counter, slot)).copied().unwrap_or(0) < places(booking, counter)
    };
    let left = agendas.iter().map(|agenda| {
        let slots = agenda.slots.iter().copied().filter(|&slot| has_place(agenda.counter, slot));
        (metres(plan.scenario, district, agenda.counter), agenda.counter, slots.collect::<Vec<_>>())
    });
    let left: Vec<_> = left.filter(|(.., slots)| !slots.is_empty()).collect();
    let least = left.iter().map(|&(metres, ..)| metres).min();
    let nearest = left.iter().filter(|(metres, ..)| Some(*metres) == least);
    let fits = match (&of.ahead, row.slot) {
        (Distribution::Constant(ahead), Some(slot)) => {
            let from = LogTime(plan.begins.0 + us(*ahead));
            let first = nearest.filter_map(|(_, counter, slots)| {
                let at = slots.partition_point(|&slot| slot < from);
                Some((slots.get(at).or(slots.last()).copied()?, *counter))
            });
            first.min() == Some((slot, &row.counter))
        }
        (_, Some(slot)) => {
            nearest.into_iter().any(|(_, counter, slots)| **counter == *row.counter && slots.contains(&slot))
        }
        (_, None) => false,
    };
    check.expect(fits, || {
        let found = format!("{:?} at {}", row.slot, row.counter);
        row.finding(row.asked, "the slot that lies as far ahead as said", found)
    });
}
