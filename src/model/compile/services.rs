//! Services: where they are served, how they are booked, who wants them.

use std::collections::BTreeMap;

use super::agendas::{Reach, agenda};
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::Directory;
use super::openings::hours;
use super::timeline::Timeline;
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{
    Agenda, Booking, Choose, ContactType, CounterId, Failure, NextTry, Office, OfficeId, Outcome,
    OutcomeTables, Outcomes, Preparation, Process, Reminder, ServedAt, Service, ServiceId,
};
use crate::scenario::{self as document, Chooser, Discipline, Scenario, join};
use crate::time::SimDuration;

/// The furthest that anybody books ahead, in days.
const MOST_DAYS: f64 = 366.0;
/// The most visits of a slot.
const MOST_PER_SLOT: f64 = 10_000.0;
/// The most slots of all services and counters.
const MOST_SLOTS: i64 = 5_000_000;
/// The longest distance, in kilometres.
const MOST_KM: f64 = 1e4;
/// The most tries of a need.
const MOST_TRIES: f64 = 200.0;
const M_PER_KM: f64 = 1000.0;
const DAY_S: i64 = 86_400;

/// The services, sorted by name.
pub(super) fn services(
    scenario: &Scenario,
    names: &Directory<'_>,
    offices: &[Office],
    reach: &Reach,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Service> {
    let fits = fits(scenario, reach, findings);
    let all = scenario.services.iter();
    all.map(|(name, of)| service(scenario, (name, of), names, offices, (reach, fits), timeline, findings))
        .collect()
}

/// Whether all slots can be held.
fn fits(scenario: &Scenario, reach: &Reach, findings: &mut Findings) -> bool {
    let slots = |of: &document::Service| {
        let slot_s = of.booking.as_ref().map_or(DAY_S, |booking| booking.slot.as_s().max(60.0) as i64);
        of.counters.len() as i64 * (DAY_S / slot_s).max(1) * reach.days()
    };
    let all: i64 = scenario.services.values().map(slots).sum();
    if all > MOST_SLOTS {
        let message = format!("{all} slots may be needed; the program holds {MOST_SLOTS}");
        findings.add(Code::BAD_BOOKING, "services", message, "lengthen slots, or simulate fewer days");
    }
    all <= MOST_SLOTS
}

fn service(
    scenario: &Scenario,
    (name, of): (&str, &document::Service),
    names: &Directory<'_>,
    offices: &[Office],
    (reach, fits): (&Reach, bool),
    timeline: &Timeline,
    findings: &mut Findings,
) -> Service {
    let at = |key: &str| path(&["services", name, key]);
    if of.counters.is_empty() {
        let message = format!("\"{name}\" is served nowhere");
        findings.add(Code::BAD_SERVICE, at("counters"), message, "name a counter");
    }
    let mut rows = Vec::new();
    for (place, counter) in of.counters.iter().enumerate() {
        let own = document::join_index(&at("counters"), place);
        let Some(row) = names.counters.resolve(counter, &own, findings) else { continue };
        if rows.contains(&row) {
            let message = format!("\"{counter}\" is named twice");
            findings.add(Code::NAMED_TWICE, own, message, "keep the first");
        } else {
            rows.push(row);
        }
    }
    rows.sort_unstable();
    let booking = of.booking.as_ref();
    let slots = booking.map(|booking| Slots::new(booking, of, &at("booking"), findings));
    let served_at = |&row: &usize| {
        let counter = names.counters.name(row);
        let open = Hours::parse(scenario.counters[counter].hours.as_deref().unwrap_or("always"));
        let agenda = match (&slots, open) {
            (Some(slots), Ok(open)) if fits => slots.at(counter, &open, reach, timeline),
            _ => Agenda::default(),
        };
        ServedAt { counter: CounterId::from_index(row), agenda }
    };
    Service {
        name: name.into(),
        at: rows.iter().map(served_at).collect(),
        visit_time: distribution(&of.visit_time, &at("visit_time"), findings),
        patience: of.patience.as_ref().map(|patience| distribution(patience, &at("patience"), findings)),
        unresolved: findings.number(&at("unresolved"), of.unresolved, 0.0..=1.0),
        booking: booking
            .map(|booking| self::booking(scenario, booking, &at("booking"), (names, offices), findings)),
        next: next_tries(name, of, findings),
    }
}

/// How slots are laid out.
struct Slots<'s> {
    slot_s: i64,
    per_slot: u32,
    per_slot_at: &'s BTreeMap<String, u32>,
    overbooking: f64,
    hours: Hours,
}

impl<'s> Slots<'s> {
    fn new(
        of: &'s document::Booking,
        service: &document::Service,
        at: &str,
        findings: &mut Findings,
    ) -> Self {
        let slot_s = of.slot.as_s();
        if slot_s.fract() != 0.0 || !(60.0..=DAY_S as f64).contains(&slot_s) {
            let message = format!("a slot of {} cannot be laid out", of.slot);
            findings.add(Code::BAD_BOOKING, join(at, "slot"), message, "choose whole seconds, from 1m to 1d");
        }
        let mut room = |key: &str, room: u32| {
            findings.number(&join(at, key), room.into(), 0.0..=MOST_PER_SLOT);
        };
        room("per_slot", of.per_slot);
        for (counter, &per_slot) in &of.per_slot_at {
            room(&join("per_slot_at", counter), per_slot);
        }
        for counter in of.per_slot_at.keys().filter(|counter| !service.counters.contains(counter)) {
            let message = format!("it is not served at \"{counter}\"");
            let own = join(&join(at, "per_slot_at"), counter);
            findings.add(Code::BAD_BOOKING, own, message, "name one of its counters");
        }
        Slots {
            slot_s: (slot_s as i64).clamp(60, DAY_S),
            per_slot: of.per_slot,
            per_slot_at: &of.per_slot_at,
            overbooking: findings.number(&join(at, "overbooking"), of.overbooking, 1.0..=10.0),
            hours: hours(of.hours.as_deref(), &join(at, "hours"), findings).unwrap_or_else(Hours::always),
        }
    }

    fn at(&self, counter: &str, open: &Hours, reach: &Reach, timeline: &Timeline) -> Agenda {
        let room = *self.per_slot_at.get(counter).unwrap_or(&self.per_slot);
        if room == 0 {
            return Agenda::default();
        }
        // What is written as 1.1 is a little less in binary.
        let places = (f64::from(room) * self.overbooking + 1e-9).floor() as u32;
        agenda((open, &self.hours), self.slot_s, (room, places), reach, timeline)
    }
}

fn booking(
    scenario: &Scenario,
    of: &document::Booking,
    at: &str,
    (names, offices): (&Directory<'_>, &[Office]),
    findings: &mut Findings,
) -> Booking {
    let at = |key: &str| join(at, key);
    let drawn = |d: &Option<document::Distribution>, key: &str, findings: &mut Findings| {
        d.as_ref().map(|d| distribution(d, &at(key), findings))
    };
    let accepted_lead = drawn(&of.accepted_lead, "accepted_lead", findings);
    let talk = drawn(&of.talk, "talk", findings);
    let mut share = |key: &str, value| findings.number(&at(key), value, 0.0..=1.0);
    let (uptake, no_show, cancellation) =
        (share("uptake", of.uptake), share("no_show", of.no_show), share("cancellation", of.cancellation));
    let reminder = of.reminder.map(|reminder| Reminder {
        before: duration(reminder.before),
        no_show_times: share("reminder.no_show_times", reminder.no_show_times),
        cancels: share("reminder.cancels", reminder.cancels),
    });
    let days = |key: &str, value: u32, least, findings: &mut Findings| {
        findings.number(&at(key), value.into(), least..=MOST_DAYS) as u32
    };
    let km =
        of.accepted_km.map_or(f64::INFINITY, |km| findings.number(&at("accepted_km"), km, 0.0..=MOST_KM));
    let horizon_days = days("horizon_days", of.horizon_days, 0.0, findings);
    let released_every_days = days("released_every_days", of.released_every_days, 1.0, findings);
    if released_every_days > horizon_days + 1 {
        let message = format!("with {horizon_days} days at a time there are days that can never be booked");
        let help = "let the horizon reach to the next release";
        findings.add(Code::BAD_BOOKING, at("released_every_days"), message, help);
    }
    Booking {
        uptake,
        horizon_days,
        released_every_days,
        notice: duration(of.notice),
        choose: choose(of, &at, findings),
        accepted_lead,
        accepted_m: km * M_PER_KM,
        no_show,
        cancellation,
        reminder,
        talk,
        preparation: of
            .preparation
            .as_ref()
            .and_then(|of| preparation(scenario, of, &at("preparation"), names, offices, findings)),
    }
}

fn duration(span: document::Span) -> SimDuration {
    SimDuration::from_s(span.as_s())
}

fn choose(of: &document::Booking, at: &impl Fn(&str) -> String, findings: &mut Findings) -> Choose {
    let mut unless = |given: bool, key: &str, chooser: Chooser, word: &str| {
        if given && of.choose != chooser {
            let message = format!("`{key}` says nothing, since slots are chosen otherwise");
            let help = format!("write `choose = \"{word}\"`, or take it out");
            findings.add(Code::OTHER_CHOICE, at(key), message, help);
        }
    };
    unless(of.prefers.is_some(), "prefers", Chooser::PreferredTime, "preferred_time");
    unless(of.spread.is_some(), "spread", Chooser::Spread, "spread");
    match of.choose {
        Chooser::Earliest => Choose::Earliest,
        Chooser::Nearest => Choose::Nearest,
        Chooser::PreferredTime => {
            let (from_s, to_s) =
                of.prefers.map_or((28_800.0, 64_800.0), |of| (of.from.as_s().into(), of.to.as_s().into()));
            if from_s >= to_s {
                let message = "the preferred times end before they begin";
                findings.add(Code::BAD_BOOKING, at("prefers"), message, "let `from` be earlier than `to`");
            }
            Choose::PreferredTime { from_s, to_s, within_s: of.prefers.map_or(3600.0, |of| of.within.as_s()) }
        }
        Chooser::Spread => {
            let limits = of.spread.unwrap_or_default();
            let km = limits.max_km.map(|km| findings.number(&at("spread.max_km"), km, 0.0..=MOST_KM));
            Choose::Spread {
                max_m: km.map_or(u32::MAX, |km| (km * M_PER_KM).round() as u32),
                max_days: limits.max_days.unwrap_or(u32::MAX / 2).min(u32::MAX / 2),
            }
        }
    }
}

fn preparation(
    scenario: &Scenario,
    of: &document::Preparation,
    at: &str,
    names: &Directory<'_>,
    offices: &[Office],
    findings: &mut Findings,
) -> Option<Preparation> {
    let share = findings.number(&join(at, "share"), of.share, 0.0..=1.0);
    let work = distribution(&of.work, &join(at, "work"), findings);
    let office = names.offices.resolve(&of.office, &join(at, "office"), findings)?;
    let is_staffed =
        offices.get(office).is_none_or(|office| office.at_work.iter().any(|&(_, people)| people > 0));
    let back_office = scenario.agent_groups.values().filter_map(|group| group.back_office.as_ref());
    let mut agents = back_office.flat_map(|rule| &rule.offices).filter(|name| **name == of.office);
    if !is_staffed && agents.next().is_none() {
        let message = format!("nobody ever works at \"{}\", so nothing is prepared", of.office);
        let help = "check the office's staff and hours, or name another office";
        findings.add(Code::NOBODY_PREPARES, join(at, "office"), message, help);
    }
    if of.priority != 0 && offices.get(office).is_some_and(|of| of.discipline != Discipline::Priority) {
        let message = format!("\"{}\" does not go by priority", of.office);
        let help = "write `discipline = \"priority\"` at the office, or take it out";
        findings.add(Code::UNUSED_PRIORITY, join(at, "priority"), message, help);
    }
    Some(Preparation {
        office: OfficeId::from_index(office),
        priority: of.priority,
        work,
        share,
        saves: duration(of.saves),
    })
}

fn next_tries(
    name: &str,
    of: &document::Service,
    findings: &mut Findings,
) -> [Option<NextTry>; Failure::COUNT] {
    let all = [
        ("after_decline", &of.after_decline),
        ("after_leaving", &of.after_leaving),
        ("after_no_show", &of.after_no_show),
        ("after_cancellation", &of.after_cancellation),
        ("after_unresolved", &of.after_unresolved),
    ];
    all.map(|(key, next)| {
        let at = path(&["services", name, key]);
        next_try(next.as_ref()?, &at, of.booking.is_some(), findings)
    })
}

fn next_try(of: &document::NextTry, at: &str, is_booked: bool, findings: &mut Findings) -> Option<NextTry> {
    let mut share = |key: &str, value| findings.number(&join(at, key), value, 0.0..=1.0);
    let (walk_in, book, call) =
        (share("walk_in", of.walk_in), share("book", of.book), share("call", of.call));
    super::outcomes::check_sum(walk_in + book + call, true, at, findings);
    if book > 0.0 && !is_booked {
        let message = "it is not booked";
        findings.add(Code::BAD_SERVICE, join(at, "book"), message, "add `booking`, or take this out");
    }
    let delay = distribution(&of.delay, &join(at, "delay"), findings);
    let at_most = findings.number(&join(at, "at_most"), of.at_most.into(), 1.0..=MOST_TRIES) as u32;
    Some(NextTry { walk_in, book, call, delay, at_most })
}

/// By process: the service that its citizens want at a counter.
pub(super) fn of_processes(
    scenario: &Scenario,
    names: &Directory<'_>,
    processes: &[Process],
    findings: &mut Findings,
) -> Vec<Option<ServiceId>> {
    let mut wanted = BTreeMap::new();
    for (name, of) in &scenario.arrivals {
        let Some(service) = &of.service else { continue };
        let at = path(&["arrivals", name, "service"]);
        let split = scenario.arrivals.values().any(|other| other.from.as_ref() == Some(name));
        if of.from.is_some() || of.replay.is_some() || split {
            let message = "citizens who are split off, split or replayed come by telephone";
            findings.add(Code::BAD_SERVICE, &at, message, "give them a process of their own");
        }
        if let Some(row) = names.services.resolve(service, &at, findings) {
            wanted.insert(name.as_str(), ServiceId::from_index(row));
        }
    }
    processes.iter().map(|process| wanted.get(process.name.as_str()).copied()).collect()
}

/// By contact type: what is booked where a talk ends so.
pub(super) fn of_types(
    scenario: &Scenario,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<Option<ServiceId>> {
    let named = |(name, of): (&String, &document::ContactType)| {
        let (service, at) = (of.service.as_ref()?, path(&["contact_types", name, "service"]));
        let row = names.services.resolve(service, &at, findings)?;
        if scenario.services[service].booking.is_none() {
            let message = format!("\"{service}\" is not booked");
            findings.add(Code::BAD_SERVICE, at, message, "add `booking` to the service, or take this out");
        }
        Some(ServiceId::from_index(row))
    };
    scenario.contact_types.iter().map(named).collect()
}

/// Names of services where there are none.
pub(super) fn check_unnamed(scenario: &Scenario, names: &Directory<'_>, findings: &mut Findings) {
    for (name, of) in &scenario.arrivals {
        if let Some(service) = &of.service {
            names.services.resolve(service, &path(&["arrivals", name, "service"]), findings);
        }
    }
    for (name, of) in &scenario.contact_types {
        if let Some(service) = &of.service {
            names.services.resolve(service, &path(&["contact_types", name, "service"]), findings);
        }
    }
    for (name, of) in &scenario.profiles {
        for district in of.districts.keys() {
            let at = path(&["profiles", name, "districts", district]);
            names.districts.resolve(district, &at, findings);
        }
    }
}

/// Contact types name a service exactly where talks about them may end with a booking, by whichever table.
pub(super) fn check_named(
    scenario: &Scenario,
    contact_types: &[ContactType],
    tables: Option<&OutcomeTables>,
    findings: &mut Findings,
) {
    let books = |table: &Outcomes| table.outcome.contains(&Outcome::Booking);
    for (row, (of, written)) in contact_types.iter().zip(scenario.contact_types.values()).enumerate() {
        let of_type = tables.into_iter().flat_map(|tables| tables.of_type(row));
        let may_book = of.outcome.iter().chain(of_type).any(books)
            || of.consultation.iter().any(|of| of.ends().any(|outcome| outcome == Outcome::Booking));
        let at = path(&["contact_types", &of.name, "service"]);
        if may_book && written.service.is_none() {
            let message = "its talks may end with `booking`, and no service is named";
            let help = "add `service = \"NAME\"` with a name of [services.NAME]";
            findings.add(Code::NO_SERVICE, at, message, help);
        } else if !may_book && written.service.is_some() {
            let message = "it names a service, and no talk of it ends with `booking`";
            let help = "give `booking` a share in its outcomes, or take this out";
            findings.add(Code::UNUSED, at, message, help);
        }
    }
}

/// Services that nobody wants, counters that serve nothing.
pub(super) fn check_used(scenario: &Scenario, findings: &mut Findings) {
    for name in scenario.services.keys() {
        let wanted = scenario.arrivals.values().filter_map(|of| of.service.as_ref());
        let wanted = wanted.chain(scenario.contact_types.values().filter_map(|of| of.service.as_ref()));
        let booked = scenario.start_state.iter().flat_map(|state| &state.bookings);
        let mut wanted = wanted.chain(booked.map(|(name, of)| of.service.as_ref().unwrap_or(name)));
        if !wanted.any(|service| service == name) {
            let message = format!("\"{name}\" is wanted by no arrival process and no contact type");
            findings.add(Code::UNUSED, path(&["services", name]), message, "take it out, or use it");
        }
    }
    for name in scenario.counters.keys() {
        if !scenario.services.values().any(|of| of.counters.contains(name)) {
            let message = format!("\"{name}\" serves nothing");
            findings.add(Code::UNUSED, path(&["counters", name]), message, "take it out, or use it");
        }
    }
}
