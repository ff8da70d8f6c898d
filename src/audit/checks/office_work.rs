//! The work of offices: as many people as there are, on what is there, in the order of the discipline.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::finding;
use crate::audit::offices::OfficePlan;
use crate::audit::plan::Plan;
use crate::audit::report::{Check, Finding};
use crate::audit::run::Run;
use crate::calendar::Date;
use crate::log::{CaseRow, CaseStretchEnd, LogTime};
use crate::scenario::Discipline;

/// No more people work than are there, and nobody idles while a case waits.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, office) in &plan.offices {
        let stays: Vec<_> = run.stays().filter(|(_, rows)| &*rows[0].office == *name).collect();
        let mut steps: BTreeMap<LogTime, (i64, i64)> = office.changes().map(|at| (at, (0, 0))).collect();
        let mut step = |at: LogTime, present: i64, worked: i64| {
            let sums = steps.entry(at).or_default();
            *sums = (sums.0 + present, sums.1 + worked);
        };
        for (since, rows) in &stays {
            step(*since, 1, 0);
            for row in rows.iter().filter(|row| row.from.is_some()) {
                if run.is_by_agent(row) {
                    // Meanwhile it is not there for the office's people.
                    step(row.from.unwrap_or_default(), -1, 0);
                    step(row.to, if leaves(row) { 0 } else { 1 }, 0);
                    continue;
                }
                step(row.from.unwrap_or_default(), 0, 1);
                step(row.to, if leaves(row) { -1 } else { 0 }, -1);
            }
        }
        let (mut present, mut worked) = (0, 0);
        let mut there: BTreeMap<(Date, i64, usize), There> = BTreeMap::new();
        for (at, (more_present, more_worked)) in steps {
            (present, worked) = (present + more_present, worked + more_worked);
            let people = office.people_at(at);
            if office.of.absence > 0.0 {
                let seen = there.entry(office.who_is_down(at)).or_default();
                is_known_who_is_there(run, (name, at), seen, (people, present, worked), check);
                continue;
            }
            check.expect(worked == people.min(present), || Finding {
                replication: run.replication,
                who: format!("office {name}"),
                at,
                expected: format!("{} of {people} people at work on {present} cases", people.min(present)),
                found: format!("{worked}"),
            });
        }
    }
}

/// What is seen of how many are there, of those who are down for work on one day.
#[derive(Clone, Copy, Debug, Default)]
struct There {
    /// The most at work.
    most: i64,
    /// How many they are: as many as are at work while a case waits.
    exactly: Option<i64>,
}

/// Who is away is away all day: while cases wait there are always as many at work, and never more.
fn is_known_who_is_there(
    run: &Run<'_>,
    (name, at): (&str, LogTime),
    seen: &mut There,
    (people, present, worked): (i64, i64, i64),
    check: &mut Check,
) {
    seen.most = seen.most.max(worked);
    if worked < present {
        seen.exactly = seen.exactly.or(Some(worked));
    }
    let fits = worked <= people
        && seen
            .exactly
            .is_none_or(|exactly| seen.most <= exactly && (worked >= present || worked == exactly));
    check.expect(fits, || Finding {
        replication: run.replication,
        who: format!("office {name}"),
        at,
        expected: format!("{seen:?} of {people} people at work on {present} cases"),
        found: format!("{worked}"),
    });
}

/// Whether a case leaves its office after a stretch.
fn leaves(row: &CaseRow) -> bool {
    matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::HandedOver)
}

/// A case by its office's discipline: the smallest goes first.
type Urgency<'a> = (i64, LogTime, LogTime, &'a crate::log::NeedName);

fn urgency<'a>(plan: &Plan<'_>, office: &OfficePlan<'_>, row: &'a CaseRow) -> Urgency<'a> {
    let due = row.due.unwrap_or(LogTime(i64::MAX));
    match office.of.discipline {
        Discipline::DueDate => (0, due, row.opened, &row.need),
        Discipline::Oldest => (0, row.opened, row.opened, &row.need),
        Discipline::Priority => {
            let priority = plan.scenario.case_types.get(&*row.case_type).map_or(0, |of| of.priority);
            (-i64::from(priority), due, row.opened, &row.need)
        }
    }
}

/// Whoever is free takes up the case that is first by the discipline; who must stop lays down the last one, and only then.
pub fn examine_order(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, office) in &plan.offices {
        let mut at_instant: BTreeMap<LogTime, Instant<'_>> = BTreeMap::new();
        for (since, rows) in run.stays().filter(|(_, rows)| &*rows[0].office == *name) {
            at_instant.entry(since).or_default().opened.push(rows[0]);
            for row in rows.iter().filter(|row| row.from.is_some()) {
                at_instant.entry(row.from.unwrap_or_default()).or_default().taken_up.push(row);
                at_instant.entry(row.to).or_default().laid_down.push(row);
            }
        }
        let (mut waiting, mut worked_on) = (BTreeSet::<Urgency<'_>>::new(), BTreeSet::<Urgency<'_>>::new());
        for (at, instant) in at_instant {
            for row in &instant.laid_down {
                worked_on.remove(&urgency(plan, office, row));
            }
            for row in &instant.taken_up {
                waiting.remove(&urgency(plan, office, row));
            }
            if let (Some(first), Some(last)) =
                (waiting.first(), instant.taken_up.iter().map(|row| urgency(plan, office, row)).max())
            {
                check.expect(*first > last, || Finding {
                    replication: run.replication,
                    who: format!("office {name}"),
                    at,
                    expected: format!("the case of {} to be taken up first", first.3),
                    found: format!("that of {}", last.3),
                });
            }
            let by_people = |row: &&&CaseRow| !run.is_by_agent(row);
            let interrupted = instant.laid_down.iter().filter(|row| row.end == CaseStretchEnd::Interrupted);
            for row in interrupted.filter(by_people) {
                let is_last = worked_on.last().is_none_or(|last| *last < urgency(plan, office, row));
                let fewer = office.may_be_fewer(at);
                check.expect(is_last && fewer, || {
                    finding(row, at, "an interruption of the last case as people go", "another one")
                });
            }
            // Of what is laid down, opened and taken up at one instant the order is not looked into.
            let instant_ends = instant.laid_down.iter().filter(|row| !leaves(row));
            for row in instant_ends.chain(&instant.opened) {
                waiting.insert(urgency(plan, office, row));
            }
            for row in &instant.taken_up {
                waiting.remove(&urgency(plan, office, row));
                if row.to > at && !run.is_by_agent(row) {
                    worked_on.insert(urgency(plan, office, row));
                }
            }
        }
    }
}

/// What happens to an office's cases at one instant.
#[derive(Default)]
struct Instant<'a> {
    opened: Vec<&'a CaseRow>,
    taken_up: Vec<&'a CaseRow>,
    laid_down: Vec<&'a CaseRow>,
}
