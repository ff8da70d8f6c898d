//! Contacts of a log that come again, at their instants and as who they were.

use std::collections::BTreeSet;

use super::arrivals::{number, when_and_how_many};
use super::findings::{Findings, path};
use super::names::Directory;
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    CELL_US, Certain, Citizens, ContactTypeId, Listed, ListedKey, ListedNeed, NEED_BITS, NumberId, Process,
    ProfileId,
};
use crate::random::name_hash;
use crate::scenario::{Arrivals, LoggedContact, LoggedRetrials, Replay};
use crate::time::SimTime;

/// The process of a replay; `None`, with findings, where nobody can come.
pub(super) fn process(
    name: &str,
    of: &Arrivals,
    replay: &Replay,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Process> {
    check_alone(name, of, findings);
    if replay.file.is_some() {
        let help = "load the scenario from its file";
        let at = path(&["arrivals", name, "replay", "file"]);
        findings.add(Code::BAD_REPLAY, at, "its file has not been read in", help);
        return None;
    }
    // Only contacts whose number is not known ask for one.
    let unnumbered = replay.contacts.iter().any(|contact| contact.number.is_none());
    let dialled = match unnumbered || of.number.is_some() {
        true => number(of.number.as_deref(), name, &path(&["arrivals", name]), names, findings)?,
        false => 0,
    };
    let needs = needs(name, replay, names, dialled, timeline, findings)?;
    let of_cell = of_cell(&needs, timeline);
    let mean: Vec<f64> = of_cell.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    check_cells(name, &mean, findings);
    Some(Process {
        name: name.into(),
        key: name_hash(of.key.as_deref().unwrap_or(name)),
        contact_type: needs.first()?.contact_type,
        number: needs.first()?.number,
        mean,
        uneven: Vec::new(),
        busyness: None,
        certain: Some(Certain::Listed(Listed {
            needs,
            of_cell,
            once: replay.retrials == LoggedRetrials::AsLogged,
        })),
        citizens: Citizens::Own,
    })
}

/// The log says who comes when; nothing else may.
fn check_alone(name: &str, of: &Arrivals, findings: &mut Findings) {
    for key in when_and_how_many(of).filter(|&key| key != "replay") {
        let message = format!("the log says who comes when, so `{key}` says nothing");
        findings.add(Code::BAD_REPLAY, path(&["arrivals", name, key]), message, format!("take `{key}` out"));
    }
}

/// The processes that the needs of a log were of.
pub(super) fn processes(replay: &Replay) -> BTreeSet<&str> {
    replay.contacts.iter().filter_map(|contact| Some(parts(&contact.need)?.0)).collect()
}

/// Those that come within the run, in order of time.
fn needs(
    name: &str,
    replay: &Replay,
    names: &Directory<'_>,
    dialled: usize,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Vec<ListedNeed>> {
    let at = |key: &str| path(&["arrivals", name, "replay", key]);
    let clock = &timeline.clock;
    let run = clock.unix_us(clock.begins)..clock.unix_us(clock.horizon);
    let within = |contact: &&LoggedContact| run.contains(&contact.at_us);
    let mut needs = Vec::new();
    for contact in replay.contacts.iter().filter(within) {
        // A name that is unknown here was not read from a file, which tells of each once.
        let contact_type = names.contact_types.resolve(&contact.contact_type, &at("contacts"), findings)?;
        let profile = match &contact.profile {
            Some(profile) => Some(names.profiles.resolve(profile, &at("contacts"), findings)?),
            None => None,
        };
        let number = match &contact.number {
            Some(number) => names.dialled(number, &at("contacts"), findings)?,
            None => dialled,
        };
        needs.push(ListedNeed {
            at: SimTime::from_us((contact.at_us - clock.zero_unix_us) as u64),
            key: key(contact),
            contact_type: ContactTypeId::from_index(contact_type),
            profile: profile.map(ProfileId::from_index),
            recognised: Some(contact.recognised),
            number: NumberId::from_index(number),
        });
    }
    if needs.is_empty() {
        let message =
            format!("none of the {} contacts of the log lies within the run", replay.contacts.len());
        let help = "let the run have the days of the log";
        findings.add(Code::BAD_REPLAY, path(&["arrivals", name, "replay"]), message, help);
        return None;
    }
    needs.sort_by_key(|need| need.at);
    Some(needs)
}

/// A need of our own keeps the address that it had.
fn key(contact: &LoggedContact) -> ListedKey {
    let attempt = contact.attempt;
    match parts(&contact.need) {
        Some((process, cell, number)) => {
            ListedKey { name: name_hash(process), place: Some((cell, number)), attempt }
        }
        None => ListedKey { name: name_hash(&contact.need), place: None, attempt },
    }
}

/// `process/cell/number`; a process may have a `/` in its name.
fn parts(need: &str) -> Option<(&str, u64, u64)> {
    let (rest, number) = need.rsplit_once('/')?;
    let (process, cell) = rest.rsplit_once('/')?;
    Some((process, cell.parse().ok()?, number.parse().ok()?))
}

/// Where the needs of each cell begin, and at last where all end.
pub(super) fn of_cell(needs: &[ListedNeed], timeline: &Timeline) -> Vec<u32> {
    let start = |cell: u32| timeline.clock.cell_start(cell);
    let before = |at: i64| needs.partition_point(|need| (need.at.as_us() as i64) < at) as u32;
    let mut starts: Vec<u32> = (0..timeline.clock.cells).map(|cell| before(start(cell))).collect();
    starts.push(needs.len() as u32);
    debug_assert!(
        needs.iter().all(|need| (need.at.as_us() as i64) < start(timeline.clock.cells - 1) + CELL_US as i64)
    );
    starts
}

fn check_cells(name: &str, counts: &[f64], findings: &mut Findings) {
    let most = f64::from((1_u32 << NEED_BITS) - 1);
    if counts.iter().any(|&count| count > most) {
        let message =
            format!("\"{name}\" has more contacts in a quarter-hour than {most}, which could be numbered");
        findings.add(Code::TOO_BUSY, path(&["arrivals", name]), message, "split it into several processes");
    }
}
