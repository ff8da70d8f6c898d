//! Whether the people of an office can do the work that its cases are expected to bring.

use super::findings::{Findings, path};
use super::flows::Stream;
use super::passes;
use crate::diagnostic::Code;
use crate::model::{Agenda, CaseType, CaseTypeId, Model, Office, OfficeId, Outcome, ServiceId};
use crate::time::SimTime;

const S_PER_HOUR: f64 = 3600.0;

/// One warning for each office whose cases bring more work over the run than its people have time for.
pub(super) fn check_load(model: &Model, streams: &[Stream<'_>], findings: &mut Findings) {
    if model.offices.is_empty() {
        return;
    }
    let cases = expected_cases(model, streams);
    let preparations = expected_preparations(model, streams);
    for (row, office) in model.offices.iter().enumerate() {
        let id = OfficeId::from_index(row);
        let works = cases.iter().zip(&model.case_types).map(|(cases, of)| cases * work_s(model, of, id));
        let (of_cases_s, of_preparations_s) = (works.sum::<f64>(), preparations[row]);
        let (work_s, staffed_s) = (of_cases_s + of_preparations_s, staffed_s(model, office));
        // How much time agents have for its cases nobody knows beforehand.
        if work_s <= staffed_s || !office.worked_by.is_empty() {
            continue;
        }
        let message = format!(
            "if every call is answered, {} bring \"{}\" {:.1} hours of work, and its people have {:.1} ({}): the backlog grows",
            if of_preparations_s > 0.0 { "cases and preparations" } else { "cases" },
            office.name,
            work_s / S_PER_HOUR,
            staffed_s / S_PER_HOUR,
            if staffed_s > 0.0 {
                format!("{:.0} %", 100.0 * work_s / staffed_s)
            } else {
                "nobody works".into()
            }
        );
        let help = "add people or hours, or take it as the question";
        findings.add(Code::OFFICE_OVERLOAD, path(&["offices", &office.name]), message, help);
    }
}

/// By case type: how many are open at the start or opened by talks, all contacts being answered, by the tables of the contact types.
fn expected_cases(model: &Model, streams: &[Stream<'_>]) -> Vec<f64> {
    let mut cases = vec![0.0; model.case_types.len()];
    for of in &model.start_cases {
        cases[of.case_type.index()] += f64::from(of.count);
    }
    for stream in streams.iter().filter(|stream| !stream.is_aside()) {
        let Some(choice) = &stream.contact_type.case else { continue };
        let contacts = stream.share * stream.process.mean.iter().sum::<f64>();
        let outcomes = &stream.contact_type.outcome[usize::from(stream.bound.tier()) - 1];
        let opens = passes::ends(stream.contact_type, outcomes);
        let opens = opens.filter(|(_, outcome)| *outcome == Outcome::Case);
        let opened = contacts * opens.map(|(share, _)| share).sum::<f64>();
        let mut before = 0.0;
        for (&until, &CaseTypeId(row)) in choice.cumulative.iter().zip(&choice.case_types) {
            cases[usize::from(row)] += opened * (until - before);
            before = until;
        }
    }
    cases
}

/// By office: the work on preparations of visits that citizens book on the web, talks book or the start has booked, as far as there are places and all take what they are offered.
fn expected_preparations(model: &Model, streams: &[Stream<'_>]) -> Vec<f64> {
    let mut work_s = vec![0.0; model.offices.len()];
    let Some(counters) = model.counters.as_deref() else { return work_s };
    for (row, service) in counters.services.iter().enumerate() {
        let Some(booking) = &service.booking else { continue };
        let Some(preparation) = &booking.preparation else { continue };
        let wants = |of: &Option<ServiceId>| of.is_some_and(|service| service.index() == row);
        let processes = model.processes.iter().zip(&counters.of_process).filter(|(_, of)| wants(of));
        let on_the_web = booking.uptake * processes.map(|(of, _)| of.mean.iter().sum::<f64>()).sum::<f64>();
        let talks = streams.iter().filter(|stream| !stream.is_aside());
        let by_agents: f64 = talks.filter_map(|stream| booked(model, stream, row)).sum();
        let at_start = model.start_bookings.iter().filter(|of| of.service.index() == row);
        let at_start: f64 = at_start.map(|of| f64::from(of.count)).sum();
        let places: f64 = service.at.iter().map(|at| places(&at.agenda, model)).sum();
        let booked = (on_the_web + by_agents + at_start).min(places);
        work_s[preparation.office.index()] += booked * preparation.share * preparation.work.mean();
    }
    work_s
}

/// How many of a stream's talks book a service.
fn booked(model: &Model, stream: &Stream<'_>, service: usize) -> Option<f64> {
    let row = model.contact_types.iter().position(|of| std::ptr::eq(of, stream.contact_type))?;
    let of_type = model.counters.as_deref()?.of_type.get(row).copied().flatten()?;
    let outcomes = &stream.contact_type.outcome[usize::from(stream.bound.tier()) - 1];
    let books =
        passes::ends(stream.contact_type, outcomes).filter(|(_, outcome)| *outcome == Outcome::Booking);
    let contacts = stream.share * stream.process.mean.iter().sum::<f64>();
    (of_type.index() == service).then(|| contacts * books.map(|(share, _)| share).sum::<f64>())
}

/// How many visits can be booked within the run.
fn places(agenda: &Agenda, model: &Model) -> f64 {
    let before = |at: SimTime| agenda.slots.partition_point(|slot| slot.start < at);
    (before(model.clock.horizon) - before(model.clock.begins)) as f64 * f64::from(agenda.places)
}

/// Mean work of one office on a case of a type, all that is done again included.
fn work_s(model: &Model, of: &CaseType, office: OfficeId) -> f64 {
    debug_assert!(of.office.index() < model.offices.len());
    let own = if of.office == office { of.work.mean() } else { 0.0 };
    let later = of.stages.iter().filter(|stage| stage.office == office);
    let later: f64 = later.map(|stage| stage.share * stage.work.mean()).sum();
    let reopened = of.reopening.as_ref().map_or(0.0, |of| of.probability);
    (own + later) / (1.0 - of.rework) / (1.0 - reopened)
}

/// The time that its people have over the run.
fn staffed_s(model: &Model, office: &Office) -> f64 {
    let ends = office.at_work.iter().skip(1).map(|&(at, _)| at).chain([model.clock.horizon]);
    let stretches = office.at_work.iter().zip(ends);
    let planned: f64 = stretches.map(|(&(from, people), to)| f64::from(people) * to.since(from).as_s()).sum();
    planned * (1.0 - office.absence.as_ref().map_or(0.0, |absence| absence.share))
}
