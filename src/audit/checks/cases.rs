//! Cases: opened by talks, due as their type says, worked on by people who are there, in the order of the discipline, asked about while open.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::offices::OfficePlan;
use crate::audit::plan::{Plan, us};
use crate::audit::report::{Check, Finding};
use crate::audit::run::Run;
use crate::log::{CaseRow, CaseStretchEnd, Cause, LegRow, LogTime, OutcomeName};
use crate::scenario::{CaseChoice, CaseType, Discipline, Distribution, Share};

/// A finding about a case.
fn finding(row: &CaseRow, at: LogTime, expected: impl Into<String>, found: impl Into<String>) -> Finding {
    Finding {
        replication: row.replication,
        who: format!("case of {}", row.need),
        at,
        expected: expected.into(),
        found: found.into(),
    }
}

/// The leg of a need that opened a case.
pub(super) fn opening_leg<'s, 'a>(legs: &'s [&'a LegRow]) -> Option<&'s &'a LegRow> {
    legs.iter().find(|leg| leg.outcome == Some(OutcomeName::Case))
}

/// Every talk that ends with a case opens one of a type that its contact type may open, and nothing else does.
pub fn examine_openings(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut opened = 0;
    for legs in run.legs_by_need() {
        let Some(leg) = opening_leg(legs) else { continue };
        let case = run.case_of(&leg.need).first();
        opened += usize::from(case.is_some());
        check.expect_of(leg, case.is_some(), || (leg.caller_left(), "a case".into(), "none".into()));
        let Some(case) = case else { continue };
        check.expect(case.opened == leg.caller_left(), || {
            finding(case, case.opened, "an opening when the talk ended", "another instant")
        });
        let may = plan
            .type_of(leg)
            .and_then(|of| of.case.as_ref())
            .is_some_and(|choice| may_be(choice, &case.case_type));
        check.expect(may, || {
            finding(
                case,
                case.opened,
                format!("a case that \"{}\" opens", leg.contact_type),
                &*case.case_type,
            )
        });
    }
    let cases = run.cases_by_need().count();
    check.expect(cases == opened, || Finding {
        replication: run.replication,
        who: "cases".into(),
        at: plan.horizon,
        expected: format!("{opened} cases, one for each talk that ended so"),
        found: format!("{cases}"),
    });
}

fn may_be(choice: &CaseChoice, name: &str) -> bool {
    match choice {
        CaseChoice::One(one) => one == name,
        CaseChoice::Shares(shares) => shares.iter().any(|(key, share)| match share {
            Share::Part(part) => key == name && *part > 0.0,
            Share::Rest(rest) => rest == name,
        }),
    }
}

/// The rows of a case tell of one case: its office and due time are those of its type, its stretches follow one another.
pub fn examine_lives(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for rows in run.cases_by_need() {
        let first = rows[0];
        let Some(of) = plan.scenario.case_types.get(&*first.case_type) else {
            check.expect(false, || finding(first, first.opened, "a known case type", &*first.case_type));
            continue;
        };
        check.expect(of.office == *first.office, || finding(first, first.opened, &of.office, &*first.office));
        let due = of
            .due
            .zip(plan.offices.get(of.office.as_str()))
            .and_then(|(due, office)| office.due(due, first.opened));
        check.expect(due == first.due, || {
            finding(first, first.opened, format!("due at {due:?}"), format!("{:?}", first.due))
        });
        rows.windows(2).for_each(|pair| follows(pair[0], pair[1], check));
        rows.iter().for_each(|row| is_within_the_run(plan, row, check));
        let starts_anew = first.pass.is_none_or(|pass| pass == 0);
        check.expect(starts_anew, || {
            finding(first, first.opened, "pass 0 first", format!("{:?}", first.pass))
        });
        work_is_whole(of, rows, check);
        let last = rows[rows.len() - 1];
        let ended = matches!(last.end, CaseStretchEnd::Closed | CaseStretchEnd::Open);
        check.expect(ended, || finding(last, last.to, "a closing, or an end of the run", last.end.word()));
    }
}

fn follows(before: &CaseRow, row: &CaseRow, check: &mut Check) {
    let same = (&before.case_type, &before.office, before.opened, before.due)
        == (&row.case_type, &row.office, row.opened, row.due);
    check.expect(same, || finding(row, row.to, "the case of the stretch before", "another"));
    let goes_on = matches!(before.end, CaseStretchEnd::Interrupted | CaseStretchEnd::Reworked);
    check.expect(goes_on, || finding(row, row.to, "nothing after it is over", row.end.word()));
    let passes = before.pass.map(|pass| pass + u32::from(before.end == CaseStretchEnd::Reworked));
    check.expect(row.from.is_none() || row.pass == passes, || {
        finding(row, row.to, format!("pass {passes:?}"), format!("{:?}", row.pass))
    });
    check.expect(row.from.is_none_or(|from| from >= before.to), || {
        finding(row, row.to, "one stretch after the other", "two at once")
    });
}

fn is_within_the_run(plan: &Plan<'_>, row: &CaseRow, check: &mut Check) {
    let Some(from) = row.from else {
        let right = row.end == CaseStretchEnd::Open && row.to >= plan.horizon.max(row.opened);
        return check.expect(right, || finding(row, row.to, "open at the end of the run", row.end.word()));
    };
    let right =
        row.end != CaseStretchEnd::Open && row.opened <= from && from <= row.to && from < plan.horizon;
    check.expect(right && row.to <= plan.horizon, || {
        finding(row, from, "a stretch between the opening and the horizon", format!("until {:?}", row.to))
    });
}

/// Where work is constant each pass that is done takes that long, interruptions or not.
fn work_is_whole(of: &CaseType, rows: &[&CaseRow], check: &mut Check) {
    let Distribution::Constant(work) = &of.work else { return };
    let mut done = 0;
    for row in rows {
        done += row.from.map_or(0, |from| row.to.us_since(from));
        if matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::Reworked) {
            check.expect(done == us(*work), || {
                finding(row, row.to, format!("{} us of work", us(*work)), format!("{done}"))
            });
            done = 0;
        }
    }
}

/// No more people work than are there, and nobody idles while a case waits.
pub fn examine_work(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, office) in &plan.offices {
        let cases: Vec<_> = run.cases_by_need().filter(|rows| &*rows[0].office == *name).collect();
        let mut steps: BTreeMap<LogTime, (i64, i64)> = office.changes().map(|at| (at, (0, 0))).collect();
        let mut step = |at: LogTime, present: i64, worked: i64| {
            let sums = steps.entry(at).or_default();
            *sums = (sums.0 + present, sums.1 + worked);
        };
        for rows in &cases {
            step(rows[0].opened, 1, 0);
            for row in rows.iter().filter(|row| row.from.is_some()) {
                step(row.from.unwrap_or_default(), 0, 1);
                step(row.to, if row.end == CaseStretchEnd::Closed { -1 } else { 0 }, -1);
            }
        }
        let (mut present, mut worked) = (0, 0);
        for (at, (more_present, more_worked)) in steps {
            (present, worked) = (present + more_present, worked + more_worked);
            let people = office.people_at(at);
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
        let rows = || run.cases_by_need().filter(|rows| &*rows[0].office == *name);
        let mut at_instant: BTreeMap<LogTime, Instant<'_>> = BTreeMap::new();
        for case in rows() {
            at_instant.entry(case[0].opened).or_default().opened.push(case[0]);
            for row in case.iter().filter(|row| row.from.is_some()) {
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
            for row in instant.laid_down.iter().filter(|row| row.end == CaseStretchEnd::Interrupted) {
                let is_last = worked_on.last().is_none_or(|last| *last < urgency(plan, office, row));
                let fewer = office.people_at(at) < office.people_at(LogTime(at.0 - 1));
                check.expect(is_last && fewer, || {
                    finding(row, at, "an interruption of the last case as people go", "another one")
                });
            }
            // Of what is laid down, opened and taken up at one instant the order is not looked into.
            let instant_ends = instant.laid_down.iter().filter(|row| row.end != CaseStretchEnd::Closed);
            for row in instant_ends.chain(&instant.opened) {
                waiting.insert(urgency(plan, office, row));
            }
            for row in &instant.taken_up {
                waiting.remove(&urgency(plan, office, row));
                if row.to > at {
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

/// Who asks for news has an open case whose type makes them ask, and is not on the line already.
pub fn examine_news(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for legs in run.legs_by_need() {
        let firsts = legs.iter().filter(|leg| leg.leg == 0);
        let mut before: Option<&LegRow> = None;
        for leg in firsts {
            if leg.cause == Cause::Status {
                asks(plan, run, legs, leg, check);
            }
            check.expect_of(
                leg,
                leg.cause == Cause::Status || before.is_none_or(|b| b.cause != Cause::Status),
                || {
                    (
                        leg.entered,
                        "only news to be asked for once there is a case".into(),
                        leg.cause.to_string(),
                    )
                },
            );
            before = Some(leg);
        }
    }
}

fn asks(plan: &Plan<'_>, run: &Run<'_>, legs: &[&LegRow], leg: &LegRow, check: &mut Check) {
    let case = run.case_of(&leg.need);
    let status =
        case.first().and_then(|row| plan.scenario.case_types.get(&*row.case_type)?.status_contacts.as_ref());
    let (Some(row), Some(status)) = (case.first(), status) else {
        return check
            .expect_of(leg, false, || (leg.entered, "a case that one asks about".into(), "none".into()));
    };
    let closed = closing(case).unwrap_or(plan.horizon);
    let is_open = row.opened <= leg.entered && leg.entered <= closed && leg.entered < plan.horizon;
    check.expect_of(leg, is_open, || (leg.entered, "an open case".into(), "a closed one".into()));
    let late = row.due.is_some_and(|due| due <= leg.entered);
    let moved = status.hazard_per_day_open > 0.0 || status.hazard_per_day_late > 0.0 && late;
    check.expect_of(leg, moved, || (leg.entered, "a case that is late".into(), "one in time".into()));
    let wanted = status.contact_type.as_deref().unwrap_or(&legs[0].contact_type);
    check.expect_of(leg, &*leg.contact_type == wanted, || {
        (leg.entered, format!("a contact of type {wanted}"), leg.contact_type.to_string())
    });
    let before = legs.iter().rfind(|other| other.attempt < leg.attempt);
    let has_left = before.is_none_or(|before| {
        before.caller_left() <= leg.entered
            && (&before.profile, &before.number, before.recognised)
                == (&leg.profile, &leg.number, leg.recognised)
    });
    check.expect_of(leg, has_left, || {
        (leg.entered, "the caller of before, who has left".into(), "another, or one on the line".into())
    });
}

/// When a case was closed.
pub(super) fn closing(rows: &[&CaseRow]) -> Option<LogTime> {
    rows.iter().find(|row| row.end == CaseStretchEnd::Closed).map(|row| row.to)
}

/// Whether opening a case has met its need.
pub(super) fn resolves(plan: &Plan<'_>, rows: &[&CaseRow]) -> bool {
    rows.first().and_then(|row| plan.scenario.case_types.get(&*row.case_type)).is_some_and(|of| of.resolves)
}
