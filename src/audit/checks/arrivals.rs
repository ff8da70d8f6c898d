//! Needs begin in the quarter-hour that their name says, with what their process brings, and within the run.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::plan::{CELL_US, Plan};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{Cause, LegRow, LogTime};
use crate::scenario::{Arrivals, LoggedContact, Replay};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let logs = logs(plan);
    let firsts = run.legs_by_need().filter_map(|legs| legs.first());
    let firsts = firsts.filter(|leg| plan.start_cases(&leg.need).is_none());
    let waiting = plan.scenario.start_state.iter().flat_map(|state| state.waiting.keys());
    let waiting: BTreeSet<String> = waiting.map(|name| Plan::process_of_waiting(name)).collect();
    // Who begins at a counter is looked at there.
    for leg in firsts.filter(|leg| leg.cause != Cause::Visit) {
        begins_in_its_cell(leg, run.began(leg), check);
        if waiting.contains(&*leg.need.process) {
            // When they came is a check of its own.
            continue;
        }
        is_within_the_run(plan, leg, run.began(leg), check);
        match logs.get(&*leg.need.process) {
            Some(contacts) => is_of_its_log(plan, contacts, leg, check),
            None => is_of_its_process(plan, leg, check),
        }
    }
}

fn is_within_the_run(plan: &Plan<'_>, leg: &LegRow, called: LogTime, check: &mut Check) {
    let within = (plan.begins..plan.horizon).contains(&called);
    check.expect_of(leg, within, || {
        let found = match called {
            at if at < plan.zero => "before time zero",
            at if at < plan.begins => "before the start, when others wait already",
            _ => "at the horizon or after",
        };
        (called, "a need that begins within the run".into(), found.into())
    });
}

fn begins_in_its_cell(leg: &LegRow, called: LogTime, check: &mut Check) {
    // An offset may round up to the cell's end.
    let offset_us = called.0.saturating_sub(leg.need.cell.saturating_mul(CELL_US));
    check.expect_of(leg, (0..=CELL_US).contains(&offset_us), || {
        let found = format!("{offset_us} us after its start");
        (called, format!("a first attempt in quarter-hour {}", leg.need.cell), found)
    });
}

fn is_of_its_process(plan: &Plan<'_>, leg: &LegRow, check: &mut Check) {
    let name = &*leg.need.process;
    let own = plan.scenario.arrivals.get(name);
    let dialled = own.and_then(|process| process.number.as_deref());
    let brings = |name: &str, process: &Arrivals| {
        let wanted = process.contact_type.as_deref().unwrap_or(name);
        let dials = process.number.as_deref().or(dialled).map(|number| plan.answers(number));
        wanted == &*leg.contact_type && dials.is_none_or(|number| leg.number.as_deref() == Some(number))
    };
    // Those who are split off keep the name of their need.
    let mut parts = plan.scenario.arrivals.iter().filter(|(_, part)| part.from.as_deref() == Some(name));
    let fits = own.is_some_and(|process| {
        process.from.is_none() && (brings(name, process) || parts.any(|(name, part)| brings(name, part)))
    });
    check.expect_of(leg, fits, || {
        let found = format!("{} on {}", leg.contact_type, leg.number.as_deref().unwrap_or("no number"));
        (leg.entered, format!("what the arrivals {name} bring"), found)
    });
}

/// By process that replays a log: its contacts in order of time.
fn logs<'a>(plan: &Plan<'a>) -> BTreeMap<&'a str, Vec<&'a LoggedContact>> {
    let replays = plan.scenario.arrivals.iter().filter_map(|(name, of)| Some((name, of.replay.as_ref()?)));
    let sorted = |(name, replay): (&'a String, &'a Replay)| {
        let mut contacts: Vec<_> = replay.contacts.iter().collect();
        contacts.sort_by_key(|contact| contact.at_us);
        (name.as_str(), contacts)
    };
    replays.map(sorted).collect()
}

/// A replayed contact was logged at this instant, by such a caller.
fn is_of_its_log(plan: &Plan<'_>, contacts: &[&LoggedContact], leg: &LegRow, check: &mut Check) {
    let at = leg.entered.0;
    let from = contacts.partition_point(|contact| contact.at_us < at);
    let same = |said: Option<&str>, is: Option<&str>| said.is_none_or(|said| Some(said) == is);
    let mut of_the_instant = contacts[from..].iter().take_while(|contact| contact.at_us == at);
    let fits = of_the_instant.any(|contact| {
        contact.contact_type == *leg.contact_type
            && contact.recognised == leg.recognised
            && same(contact.profile.as_deref(), leg.profile.as_deref())
            && same(contact.number.as_deref().map(|number| plan.answers(number)), leg.number.as_deref())
    });
    check.expect_of(leg, fits, || {
        let found = format!("{} on {}", leg.contact_type, leg.number.as_deref().unwrap_or("no number"));
        (leg.entered, "a contact that was logged at this instant".into(), found)
    });
}
