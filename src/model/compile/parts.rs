//! Arrivals that are split off from others: the same citizens, some of whom want something else.

use std::collections::BTreeMap;

use super::arrivals::{contact_type, when_and_how_many};
use super::findings::{Findings, path};
use super::names::Directory;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Citizens, ContactTypeId, NumberId, Process, Split};
use crate::scenario::{Affected, Arrivals, Scenario};

/// Shares that add up to this little more than 1 were rounded when they were written.
const ROUNDING: f64 = 1e-9;

/// A part before its process has it.
struct Part<'s> {
    name: &'s str,
    share: f64,
    contact_type: ContactTypeId,
    /// `None`: that of the process.
    number: Option<NumberId>,
}

/// Adds the processes that take their citizens from others, and leaves these the rest. Processes stay sorted by name.
pub(super) fn split_off(
    scenario: &Scenario,
    names: &Directory<'_>,
    processes: &mut Vec<Process>,
    findings: &mut Findings,
) {
    let mut by_process: BTreeMap<&str, Vec<Part<'_>>> = BTreeMap::new();
    for (name, of) in &scenario.arrivals {
        match &of.from {
            None => check_no_share(name, of, findings),
            Some(from) => {
                if let Some(part) = part(name, of, from, scenario, names, findings) {
                    by_process.entry(from).or_default().push(part);
                }
            }
        }
    }
    for (from, parts) in by_process {
        check_shares(from, &parts, findings);
        if let Some(process) = processes.iter_mut().find(|process| process.name == from) {
            let split = split(process, &parts);
            processes.extend(split);
        }
    }
    processes.sort_by(|a, b| a.name.cmp(&b.name));
}

/// What a part is; `None`, with findings, where it takes from nobody.
fn part<'s>(
    name: &'s str,
    of: &Arrivals,
    from: &str,
    scenario: &Scenario,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Part<'s>> {
    let at = |key: &str| path(&["arrivals", name, key]);
    check_alone(name, of, scenario, findings);
    let share = match of.share {
        Some(share) => findings.number(&at("share"), share, 0.0..=1.0),
        None => {
            let message = format!("how many of the citizens of \"{from}\" are these is not said");
            findings.add(Code::BAD_PART, path(&["arrivals", name]), message, "add `share = 0.2`, say");
            0.0
        }
    };
    let contact_type = contact_type(name, of, names, findings);
    let number = match &of.number {
        Some(given) => Some(NumberId::from_index(names.dialled(given, &at("number"), findings)?)),
        None => None,
    };
    let Some(process) = scenario.arrivals.get(from) else {
        let finding = Diagnostic::new(
            Code::UNKNOWN_ARRIVALS,
            at("from"),
            format!("no arrival process is named \"{from}\""),
        );
        let known = scenario.arrivals.keys().map(String::as_str);
        findings.push(finding.with_candidates(from, "arrivals", known));
        return None;
    };
    let refused = match (&process.from, &process.replay) {
        (Some(_), _) => Some("takes its citizens from others itself"),
        (None, Some(_)) => Some("replays a log, which says what each of its contacts wants"),
        (None, None) => None,
    };
    if let Some(why) = refused {
        let message = format!("\"{from}\" {why}");
        findings.add(Code::BAD_PART, at("from"), message, "name a process with a volume");
        return None;
    }
    Some(Part { name, share, contact_type: ContactTypeId::from_index(contact_type?), number })
}

/// When they call is for the process to say that they are taken from.
fn check_alone(name: &str, of: &Arrivals, scenario: &Scenario, findings: &mut Findings) {
    for key in when_and_how_many(of) {
        let message = format!("who is split off calls when the others do, so `{key}` says nothing");
        findings.add(Code::BAD_PART, path(&["arrivals", name, key]), message, format!("take `{key}` out"));
    }
    for (event, of) in &scenario.events {
        let names_it = |affected: &Affected| affected.parts().iter().any(|(named, _)| *named == name);
        if of.arrivals.as_ref().is_some_and(names_it) {
            let message =
                format!("\"{name}\" is split off, and an event concerns all of whom it is split off from");
            let at = path(&["events", event, "arrivals"]);
            findings.add(Code::BAD_PART, at, message, "name the process that it is taken `from`");
        }
    }
}

fn check_no_share(name: &str, of: &Arrivals, findings: &mut Findings) {
    if of.share.is_some() {
        let message = "`share` is a part of the citizens of the process that `from` names, and there is none";
        findings.add(
            Code::BAD_PART,
            path(&["arrivals", name, "share"]),
            message,
            "add `from`, or take it out",
        );
    }
}

fn check_shares(from: &str, parts: &[Part<'_>], findings: &mut Findings) {
    let sum: f64 = parts.iter().map(|part| part.share).sum();
    if let (true, Some(last)) = (sum > 1.0 + ROUNDING, parts.last()) {
        let message = format!("the shares that are taken from \"{from}\" add up to {sum}");
        findings.add(
            Code::BAD_PART,
            path(&["arrivals", last.name, "share"]),
            message,
            "let them be 1 at most",
        );
    }
}

/// The processes of the parts; the process that they are taken from keeps the rest.
fn split(process: &mut Process, parts: &[Part<'_>]) -> Vec<Process> {
    let drawn = process.mean.clone();
    let taking = |share: f64| drawn.iter().map(|mean| mean * share).collect::<Vec<f64>>();
    let rows = parts.iter().map(|part| Process {
        name: part.name.into(),
        key: process.key,
        contact_type: part.contact_type,
        number: part.number.unwrap_or(process.number),
        mean: taking(part.share),
        uneven: process.uneven.clone(),
        busyness: None,
        certain: None,
        citizens: Citizens::Anothers,
    });
    let rows: Vec<Process> = rows.collect();
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = parts
        .iter()
        .map(|part| {
            sum += part.share;
            sum
        })
        .collect();
    cumulative.push(1.0);
    process.mean = taking((1.0 - sum).max(0.0));
    let of_rows = rows.iter().map(|row| (row.contact_type, row.number));
    let parts = of_rows.chain([(process.contact_type, process.number)]).collect();
    process.citizens = Citizens::Split(Box::new(Split { drawn, cumulative, parts }));
    rows
}
