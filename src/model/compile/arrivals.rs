//! Arrival processes: whose citizens, on which number, how many in each cell.

use std::collections::BTreeMap;

use super::events::{self, Events};
use super::exact;
use super::findings::{Findings, path};
use super::names::Directory;
use super::parts;
use super::rates::cell_means;
use super::replay;
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    BusynessFactor, Certain, Citizens, ContactType, ContactTypeId, NEED_BITS, NumberId, Process, UnevenCell,
};
use crate::random::name_hash;
use crate::scenario::{Arrivals, Counts, Scenario, join};

/// The most numbers that means of all processes may take: 50 million, 400 MB.
const MOST_MEANS: u64 = 50_000_000;

/// What a process brings when.
pub(super) struct Demand {
    /// Expected first attempts by cell.
    pub(super) mean: Vec<f64>,
    pub(super) uneven: Vec<UnevenCell>,
    /// Those that are there for certain, in place of a random number.
    pub(super) certain: Option<Certain>,
}

/// The processes, sorted by name. One that cannot be resolved is left out, with findings.
pub(super) fn processes(
    scenario: &Scenario,
    names: &Directory<'_>,
    factors: &[BusynessFactor],
    types: &[ContactType],
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Process> {
    check_keys(scenario, findings);
    events::check_shared(scenario, timeline, findings);
    if !fits_memory(scenario, timeline, findings) {
        return Vec::new();
    }
    let mut processes = Vec::with_capacity(scenario.arrivals.len());
    for (name, of) in scenario.arrivals.iter().filter(|(_, of)| of.from.is_none()) {
        let events = Events::of(scenario, name, timeline, findings);
        processes.extend(process(name, of, events, names, factors, types, timeline, findings));
    }
    parts::split_off(scenario, names, &mut processes, findings);
    check_somebody_calls(scenario, &processes, findings);
    processes
}

#[allow(clippy::too_many_arguments, reason = "one of the tables that a process refers to each")]
fn process(
    name: &str,
    of: &Arrivals,
    events: Events,
    names: &Directory<'_>,
    factors: &[BusynessFactor],
    types: &[ContactType],
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Process> {
    if let Some(replay) = &of.replay {
        return replay::process(name, of, replay, names, timeline, findings);
    }
    let contact_type = contact_type(name, of, names, findings);
    let number = number(of.number.as_deref(), name, &path(&["arrivals", name]), names, findings);
    let busyness = of
        .busyness
        .as_ref()
        .and_then(|factor| names.busyness.resolve(factor, &path(&["arrivals", name, "busyness"]), findings));
    let Demand { mean, uneven, certain } = match of.exactly {
        Some(count) => exact::demand(name, of, count, events, timeline, findings),
        None => {
            exact::check_absent(name, of, findings);
            let (mean, uneven) =
                cell_means(name, of, contact_type.map(|row| &types[row]), events, timeline, findings);
            Demand { mean, uneven, certain: None }
        }
    };
    check_means(name, &mean, busyness.map(|factor| &factors[factor]), findings);
    Some(Process {
        name: name.into(),
        key: name_hash(of.key.as_deref().unwrap_or(name)),
        contact_type: ContactTypeId::from_index(contact_type?),
        number: NumberId::from_index(number?),
        mean,
        uneven,
        busyness,
        certain,
        citizens: Citizens::Own,
    })
}

/// The contact type, by default the one of the process's name.
pub(super) fn contact_type(
    name: &str,
    of: &Arrivals,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    match &of.contact_type {
        Some(given) => names.contact_types.resolve(given, &path(&["arrivals", name, "type"]), findings),
        None => names.contact_types.resolve(name, &path(&["arrivals", name]), findings),
    }
}

/// The number that those of a name dial, whose table stands at `at`; it may be left out where there is only one.
pub(super) fn number(
    given: Option<&str>,
    name: &str,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    if let Some(given) = given {
        return names.dialled(given, &join(at, "number"), findings);
    }
    if names.numbers.len() > 1 {
        let message = format!("there are {} access numbers, and \"{name}\" names none", names.numbers.len());
        let help = format!("add `number`, such as \"{}\"", names.numbers.name(0));
        findings.add(Code::NO_NUMBER, at, message, help);
        return None;
    }
    Some(0)
}

/// Two processes with one key would have the same citizens.
fn check_keys(scenario: &Scenario, findings: &mut Findings) {
    let mut owners: BTreeMap<u64, &str> = BTreeMap::new();
    let own = scenario.arrivals.iter().filter(|(_, of)| of.from.is_none());
    let (replays, drawn): (Vec<_>, Vec<_>) = own.partition(|(_, of)| of.replay.is_some());
    for (name, of) in drawn.into_iter().chain(replays) {
        let key = of.key.as_deref().unwrap_or(name);
        if let Some(other) = owners.insert(name_hash(key), name) {
            let message = format!("\"{name}\" and \"{other}\" both draw their citizens by the key \"{key}\"");
            let at = path(&["arrivals", name, "key"]);
            findings.add(Code::SAME_KEY, at, message, "give one of them a `key` of its own");
        }
        for process in of.replay.iter().flat_map(replay::processes) {
            if let Some(other) = owners.get(&name_hash(process)).filter(|other| **other != name.as_str()) {
                let message = format!("\"{name}\" replays needs of \"{process}\", which \"{other}\" draws");
                let help = "take one of them out, or give the other a `key` of its own";
                findings.add(Code::SAME_KEY, path(&["arrivals", name, "replay"]), message, help);
            }
        }
    }
}

fn fits_memory(scenario: &Scenario, timeline: &Timeline, findings: &mut Findings) -> bool {
    let at_start = scenario
        .start_state
        .as_ref()
        .map_or(0, |state| state.waiting.len() + state.cases.len() + state.bookings.len());
    let processes = (scenario.arrivals.len() + at_start) as u64;
    let cells = u64::from(timeline.clock.cells);
    let fits = processes * cells <= MOST_MEANS;
    if !fits {
        let message = format!("{processes} processes over {cells} quarter-hours need too much memory");
        findings.add(Code::TOO_LONG, "scenario.days", message, "simulate fewer days, or merge processes");
    }
    fits
}

/// A quarter-hour's contacts are numbered with [`NEED_BITS`] bits: ten deviations of Poisson and busyness must fit.
fn check_means(name: &str, means: &[f64], busyness: Option<&BusynessFactor>, findings: &mut Findings) {
    let largest = means.iter().fold(0.0, |largest: f64, &mean| largest.max(mean));
    let spread: f64 = busyness.map_or(0.0, |factor| factor.levels.iter().map(|level| level.cv).sum());
    let most = f64::from(1_u32 << NEED_BITS);
    if largest + 10.0 * (largest.sqrt() + spread * largest) > most {
        let message =
            format!("\"{name}\" expects {largest:.0} contacts in a quarter-hour; {most} could be numbered");
        findings.add(Code::TOO_BUSY, path(&["arrivals", name]), message, "split it into several processes");
    }
}

fn check_somebody_calls(scenario: &Scenario, processes: &[Process], findings: &mut Findings) {
    if scenario.first_came().is_some() {
        return;
    }
    let nobody = processes.iter().all(|process| process.mean.iter().all(|&mean| mean <= 0.0));
    if scenario.arrivals.is_empty() {
        findings.add(
            Code::NO_ARRIVALS,
            "arrivals",
            "nobody calls: there is no arrival process",
            "add [arrivals.NAME]",
        );
    } else if nobody && processes.len() == scenario.arrivals.len() {
        let message = "nobody calls: every arrival process expects 0 contacts over the whole run";
        findings.add(
            Code::NOBODY_CALLS,
            "arrivals",
            message,
            "give one a rate above 0, if that is not meant",
        );
    }
}

/// The keys of a process that say when its contacts come or how many, as far as they are given: beside what says both, each says
/// nothing.
pub(super) fn when_and_how_many(of: &Arrivals) -> impl Iterator<Item = &'static str> {
    let given = [
        ("yearly", of.yearly.is_some()),
        ("per_day", of.per_day.is_some()),
        ("per_hour", of.per_hour.is_some()),
        ("exactly", of.exactly.is_some()),
        ("per", of.per.is_some()),
        ("history", of.history.is_some()),
        ("replay", of.replay.is_some()),
        ("growth", of.growth != 1.0),
        ("move_days", of.move_days != 0),
        ("counts", of.counts != Counts::FirstAttempts),
        ("abandonment", of.abandonment.is_some()),
        ("month", !of.month.is_empty()),
        ("weekday", !of.weekday.is_empty()),
        ("day", of.day.is_some()),
        ("events", !of.events.is_empty()),
        ("includes_events", of.includes_events),
        ("busyness", of.busyness.is_some()),
        ("key", of.key.is_some()),
    ];
    given.into_iter().filter_map(|(key, given)| given.then_some(key))
}
