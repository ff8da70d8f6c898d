//! Visits that are booked when the run begins: each of a need that began before, with a name in the logs and a citizen of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::arrivals::number;
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::Directory;
use super::start_state::{check_key, check_most, known, naming};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    ContactTypeId, CounterId, Counters, Model, NumberId, Process, ProcessId, ProfileId, ServiceId,
    StartBookings,
};
use crate::scenario::{BookedVisits, Scenario};
use crate::time::{SimDuration, SimTime};

/// What logs call the needs of visits that are booked at the start, before the name that they have in the scenario.
const PREFIX: &str = "start_state.bookings.";

/// The processes that name their needs; nobody comes by them.
pub(super) fn processes(
    scenario: &Scenario,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Process> {
    let bookings = scenario.start_state.iter().flat_map(|state| &state.bookings);
    let process = |(name, of): (&String, &BookedVisits)| {
        check_key(scenario, ("bookings", name), findings);
        let number = of.number.as_deref().and_then(|number| names.numbers.row(number));
        let called = (contact_type(scenario, names, name, of), number);
        naming(format!("{PREFIX}{name}"), called, None, timeline.clock.cells as usize)
    };
    bookings.map(process).collect()
}

/// The bookings, those at a counter that is named first; `processes` are all, in their order.
pub(super) fn start_bookings(
    scenario: &Scenario,
    names: &Directory<'_>,
    processes: &[Process],
    counters: Option<&Counters>,
    findings: &mut Findings,
) -> Vec<StartBookings> {
    let bookings = scenario.start_state.iter().flat_map(|state| &state.bookings);
    let mut found: Vec<StartBookings> = bookings
        .filter_map(|(name, of)| booked(scenario, (name, of), names, processes, counters, findings))
        .collect();
    found.sort_by_key(|of| of.row.is_none());
    found
}

fn booked(
    scenario: &Scenario,
    (name, of): (&str, &BookedVisits),
    names: &Directory<'_>,
    processes: &[Process],
    counters: Option<&Counters>,
    findings: &mut Findings,
) -> Option<StartBookings> {
    let here = path(&["start_state", "bookings", name]);
    let at = |key: &str| path(&["start_state", "bookings", name, key]);
    let service = service(scenario, (name, of), names, findings);
    let row = of.counter.as_ref().map(|counter| {
        let known = names.counters.resolve(counter, &at("counter"), findings)?;
        let service = &counters?.services[service?];
        let row = service.at.iter().position(|at| at.counter == CounterId::from_index(known));
        if row.is_none() {
            let message = format!("\"{}\" is not served at \"{counter}\"", service.name);
            findings.add(
                Code::BAD_START_BOOKINGS,
                at("counter"),
                message,
                "name one of its counters, or none",
            );
        }
        row
    });
    let profile = of.profile.as_ref().map(|given| names.profiles.resolve(given, &at("profile"), findings));
    let dialled = number(of.number.as_deref(), name, &here, names, findings);
    let (least, most) = BookedVisits::COUNTS.into_inner();
    let count = findings.number(&at("count"), of.count.into(), least.into()..=most.into()) as u32;
    let longest = at(if of.longest.is_some() { "longest" } else { "booked" });
    let longest_s = findings.duration_s(&longest, of.longest(), BookedVisits::LONGEST_S);
    let (ahead, booked) = (
        distribution(&of.ahead, &at("ahead"), findings),
        distribution(&of.booked(), &at("booked"), findings),
    );
    if of.longest.is_some() {
        check_most(&booked, of.longest(), &longest, findings);
    }
    let contact_type = match &of.contact_type {
        Some(given) => names.contact_types.resolve(given, &at("contact_type"), findings),
        None => contact_type(scenario, names, name, of).or_else(|| {
            // Of a service that is not known nobody can say who wants it.
            service?;
            let wanted = of.service.as_deref().unwrap_or(name);
            let all: Vec<String> =
                wanting(scenario, wanted).iter().map(|name| format!("\"{name}\"")).collect();
            let message = match &all[..] {
                [] => format!("no contact type books \"{wanted}\", and no arrivals want it"),
                all => format!("contacts of several types want \"{wanted}\": {}", all.join(", ")),
            };
            let help = "say with `contact_type` what their citizens want when they call";
            findings.add(Code::BAD_START_BOOKINGS, &here, message, help);
            None
        }),
    };
    let process = processes.iter().position(|process| process.name == format!("{PREFIX}{name}"))?;
    Some(StartBookings {
        process: ProcessId::from_index(process),
        service: ServiceId::from_index(service?),
        count,
        ahead,
        booked,
        longest: SimDuration::from_s(longest_s),
        row: known(row)?.map(|row| row as u16),
        contact_type: ContactTypeId::from_index(contact_type?),
        profile: known(profile)?.map(ProfileId::from_index),
        number: NumberId::from_index(dialled?),
    })
}

/// The service, if it is booked.
fn service(
    scenario: &Scenario,
    (name, of): (&str, &BookedVisits),
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    let here = path(&["start_state", "bookings", name]);
    let (wanted, at) = match &of.service {
        Some(given) => (given.as_str(), path(&["start_state", "bookings", name, "service"])),
        None => (name, here),
    };
    let row = names.services.resolve(wanted, &at, findings)?;
    if scenario.services[wanted].booking.is_none() {
        let message = format!("\"{wanted}\" is not booked");
        findings.add(Code::BAD_START_BOOKINGS, at, message, "add `booking` to the service, or take this out");
        return None;
    }
    Some(row)
}

/// What those want when they call who want the service at a counter or book it with an agent, if it is one contact type only.
fn contact_type(scenario: &Scenario, names: &Directory<'_>, name: &str, of: &BookedVisits) -> Option<usize> {
    if let Some(given) = &of.contact_type {
        return names.contact_types.row(given);
    }
    let mut all = wanting(scenario, of.service.as_deref().unwrap_or(name)).into_iter();
    all.next().filter(|_| all.next().is_none()).and_then(|only| names.contact_types.row(only))
}

/// The contact types whose talks book a service, or whose citizens want it at a counter.
fn wanting<'s>(scenario: &'s Scenario, service: &str) -> BTreeSet<&'s str> {
    let booking = scenario.contact_types.iter().filter(|(_, of)| of.service.as_deref() == Some(service));
    let coming = scenario.arrivals.iter().filter(|(_, of)| of.service.as_deref() == Some(service));
    let coming = coming.map(|(name, of)| of.contact_type.as_deref().unwrap_or(name));
    booking.map(|(name, _)| name.as_str()).chain(coming).collect()
}

/// As many are booked as there are places, and not much further ahead.
pub(super) fn check_places(model: &Model, timeline: &Timeline, findings: &mut Findings) {
    let Some(counters) = model.counters.as_deref() else { return };
    let mut at_counters: BTreeMap<(ServiceId, Option<u16>), u64> = BTreeMap::new();
    for of in model.start_bookings.iter().filter(|of| of.count > 0) {
        let service = &counters.services[of.service.index()];
        let name = model.processes[of.process.index()].name.strip_prefix(PREFIX).unwrap_or_default();
        let rows = of.row.map_or(0..service.at.len(), |row| usize::from(row)..usize::from(row) + 1);
        let (places, last) = places(counters, of.service, rows.clone(), model.clock.begins);
        let booked = at_counters.entry((of.service, of.row)).or_default();
        *booked += u64::from(of.count);
        // Those at named counters have taken their places from all before.
        let all: u64 = match of.row {
            Some(_) => *booked,
            None => at_counters.iter().filter(|((row, _), _)| *row == of.service).map(|(_, &n)| n).sum(),
        };
        let at = |key: &str| path(&["start_state", "bookings", name, key]);
        if all > places {
            let place = match of.row {
                Some(row) => {
                    let counter = service.at[usize::from(row)].counter;
                    format!(" at \"{}\"", counters.counters[counter.index()].name)
                }
                None => String::new(),
            };
            let message = match places {
                0 => format!("no slot of \"{}\"{place} could be booked before the start", service.name),
                _ => format!(
                    "with \"{name}\" {all} visits for \"{}\" are booked{place} at the start; {places} places could be booked before it",
                    service.name
                ),
            };
            let help = match places {
                0 => "check `horizon_days`, `released_every_days`, `notice`, `per_slot` and the hours",
                _ => "let fewer be booked, or check `horizon_days`, `per_slot` and the hours",
            };
            findings.add(Code::BOOKED_FULL, at("count"), message, help);
        } else if let Some(last) = last.filter(|last| last.since(model.clock.begins).as_s() < of.ahead.mean())
        {
            let message = format!(
                "most would lie after {}, the last slot that could be booked before the start: they take the last ones that are free",
                timeline.text(last)
            );
            findings.add(
                Code::BOOKED_BEYOND,
                at("ahead"),
                message,
                "lessen `ahead`, or lengthen the service's `horizon_days`",
            );
        }
    }
}

/// How many visits could be booked before the run begins, and the last slot of them.
fn places(
    counters: &Counters,
    service: ServiceId,
    rows: std::ops::Range<usize>,
    begins: SimTime,
) -> (u64, Option<SimTime>) {
    let (mut places, mut last) = (0, None);
    for row in rows {
        let agenda = &counters.services[service.index()].at[row].agenda;
        for slot in counters.booked_before(service, row, begins) {
            places += u64::from(agenda.places);
            last = last.max(Some(agenda.slots[slot as usize].start));
        }
    }
    (places, last)
}
