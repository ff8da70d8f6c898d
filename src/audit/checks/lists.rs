//! Persons on a campaign's list: who they are, how often and when they are called, and in which order.

use std::collections::BTreeMap;

use super::dials::began;
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{AfterDialName, CaseStretchEnd, DialEndName, DialRow, LogTime};
use crate::scenario::{Campaign, Distribution, PersonsList};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let closings = closings(run);
    for dials in run.dials_by_person() {
        let Some(of) = plan.scenario.campaigns.get(&*dials[0].campaign) else { continue };
        let listed = listed(plan, of, &closings, dials[0]);
        for (number, &dial) in dials.iter().enumerate() {
            check.expect(listed.is_some_and(|listed| listed == dial.listed), || {
                dial.finding(
                    dial.listed,
                    format!("somebody who came at {listed:?}"),
                    format!("{:?}", dial.listed),
                )
            });
            check.expect(dial.attempt as usize == number, || {
                dial.finding(dial.dialled, format!("attempt {number}"), dial.attempt)
            });
            let due = number.checked_sub(1).map_or(Some(dial.listed), |before| dials[before].again);
            check.expect(due.is_some_and(|due| began(dial) >= due), || {
                dial.finding(began(dial), format!("a dial from {due:?} on"), "an earlier one")
            });
            goes_on(plan, of, dial, check);
        }
    }
}

/// What becomes of a person after a dial.
fn goes_on(plan: &Plan<'_>, of: &Campaign, dial: &DialRow, check: &mut Check) {
    let last = dial.attempt + 1 >= of.attempts;
    let may = match dial.end {
        DialEndName::Reached => dial.then == AfterDialName::Finished,
        _ if last => dial.then == AfterDialName::Exhausted,
        _ => matches!(dial.then, AfterDialName::Again | AfterDialName::Open),
    };
    check.expect(may && (dial.then == AfterDialName::Again) == dial.again.is_some(), || {
        let found = format!("{}, {:?}", dial.then, dial.again);
        dial.finding(dial.left, format!("what follows attempt {} of {}", dial.attempt, of.attempts), found)
    });
    let ended = dial.talk_ended.unwrap_or(dial.left);
    let Some(Distribution::Constant(spacing)) = of.spacing.as_ref() else {
        let later = dial.again.is_none_or(|again| ended <= again && again < plan.horizon);
        check.expect(later, || dial.finding(ended, "a later attempt", format!("{:?}", dial.again)));
        return;
    };
    let due = LogTime(ended.0 + us(*spacing));
    let fits = match dial.then {
        AfterDialName::Again => dial.again == Some(due) && due < plan.horizon,
        AfterDialName::Open => due >= plan.horizon,
        AfterDialName::Finished | AfterDialName::Exhausted => true,
    };
    check.expect(fits, || {
        dial.finding(ended, format!("the next attempt {spacing} later"), format!("{:?}", dial.again))
    });
}

/// By need whose case was closed and by how often that had been opened again: when, and what it was.
type Closings<'a> = BTreeMap<String, (LogTime, &'a str)>;

fn closings<'a>(run: &Run<'a>) -> Closings<'a> {
    let mut closings = Closings::new();
    let mut opened: BTreeMap<String, u32> = BTreeMap::new();
    if run.dials.is_empty() {
        return closings;
    }
    for rows in run.openings() {
        let need = rows[0].need.to_string();
        let number = opened.entry(need.clone()).or_default();
        if let Some(row) = rows.last().filter(|row| row.end == CaseStretchEnd::Closed) {
            closings.insert(format!("{need}#{number}"), (row.to, &row.case_type));
        }
        *number += 1;
    }
    closings
}

/// When a person came on the list; `None` for nobody who ever did.
fn listed(plan: &Plan<'_>, of: &Campaign, closings: &Closings<'_>, dial: &DialRow) -> Option<LogTime> {
    if dial.person.contains('#') {
        let &(closed, case_type) = closings.get(&*dial.person)?;
        let message = plan.scenario.case_types.get(case_type)?.message.as_ref()?;
        let named = message.campaign.as_deref() == Some(&*dial.campaign);
        let listed = match &message.delay {
            Distribution::Constant(delay) => LogTime(closed.0 + us(*delay)),
            _ => dial.listed.max(closed),
        };
        return named.then_some(listed);
    }
    let (date, number) = dial.person.rsplit_once('/')?;
    let number: u32 = number.parse().ok()?;
    let persons = match of.list.as_ref()? {
        PersonsList::Start(persons) => (plan.scenario.scenario.start.to_string() == date).then_some(*persons),
        PersonsList::Dates(dates) => dates.get(&date.parse().ok()?).copied(),
        PersonsList::File(_) => None,
    }?;
    (number < persons).then(|| midnight(plan, date)).flatten()
}

/// When the persons of a date come.
pub(super) fn midnight(plan: &Plan<'_>, date: &str) -> Option<LogTime> {
    let midnight = plan.calendar.midnight(date.parse().ok()?);
    Some(LogTime(midnight * 1_000_000).max(plan.begins))
}

/// Nobody is called before somebody who could have been called earlier, and could be then.
pub fn examine_order(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for name in plan.scenario.campaigns.keys() {
        let mut dials: Vec<(LogTime, LogTime, &DialRow)> = Vec::new();
        for of_person in run.dials_by_person().filter(|dials| *dials[0].campaign == **name) {
            for (number, &dial) in of_person.iter().enumerate() {
                let due = number.checked_sub(1).and_then(|before| of_person[before].again);
                dials.push((began(dial), due.unwrap_or(dial.listed), dial));
            }
        }
        dials.sort_by_key(|&(began, ..)| began);
        let mut earliest_left = LogTime(i64::MAX);
        // From the last to the first: whoever was called strictly later.
        for together in dials.chunk_by(|a, b| a.0 == b.0).rev() {
            for &(began, due, dial) in together {
                let before = earliest_left < due && earliest_left < began;
                check.expect(!before, || {
                    let found = format!("one who could be called from {due:?} on");
                    dial.finding(began, format!("whoever could be called from {earliest_left:?} on"), found)
                });
            }
            let first = together.iter().map(|&(_, due, _)| due).min();
            earliest_left = earliest_left.min(first.unwrap_or(earliest_left));
        }
    }
}
