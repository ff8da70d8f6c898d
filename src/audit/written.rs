//! Written contacts counted from the legs alone: what was answered, what was due, and what was answered by then.

use std::collections::BTreeMap;

use super::offices::OfficePlan;
use super::plan::Plan;
use crate::calendar::{Calendar, Hours};
use crate::log::{LegFate, LegRow, LogTime, Name};
use crate::scenario::{Discipline, Due, Heads, Office, Scenario};

/// Written contacts of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenCounts {
    /// Answered for good within the counted time or after it.
    pub answered: u64,
    /// Due within the counted time.
    pub due: u64,
    /// Those of them that were answered by then.
    pub on_time: u64,
    /// From coming to the last answer, summed over `answered`, in microseconds.
    pub reply_us: u64,
    /// Time unanswered within the counted time, in microseconds.
    pub open_us: u64,
}

/// Counts the written contacts of a log by type, all replications together.
pub fn recount_written(
    scenario: &Scenario,
    calendar: &Calendar,
    legs: &[LegRow],
) -> BTreeMap<Name, WrittenCounts> {
    let (plan, _) = Plan::new(scenario, calendar);
    let mut sorted: Vec<&LegRow> = legs.iter().filter(|leg| plan.is_written(leg)).collect();
    sorted.sort_by_key(|leg| (leg.replication, &leg.need, leg.attempt, leg.leg));
    let mut counts: BTreeMap<Name, WrittenCounts> = BTreeMap::new();
    for contact in
        sorted.chunk_by(|a, b| (a.replication, &a.need, a.attempt) == (b.replication, &b.need, b.attempt))
    {
        let (Some(first), Some(last)) = (contact.first(), contact.last()) else { continue };
        if first.fate.is_queued() {
            let due = due(scenario, calendar, &plan, first);
            add(counts.entry(first.contact_type.clone()).or_default(), &plan, (first, last), due);
        }
    }
    counts
}

fn add(counts: &mut WrittenCounts, plan: &Plan<'_>, (first, last): (&LegRow, &LegRow), due: Option<LogTime>) {
    let answered = last.talk_ended.filter(|_| last.fate == LegFate::Answered);
    let (start, end) = (plan.start, plan.horizon);
    if let Some(at) = answered.filter(|&at| at >= start) {
        counts.answered += 1;
        counts.reply_us += at.us_since(first.entered).max(0) as u64;
    }
    if let Some(due) = due.filter(|&due| start <= due && due < end) {
        counts.due += 1;
        counts.on_time += u64::from(answered.is_some_and(|at| at <= due));
    }
    let until = answered.map_or(end, |at| at.min(end));
    counts.open_us += until.us_since(first.entered.max(start)).max(0) as u64;
}

/// When the answer to a contact that begins with this leg is due.
fn due(scenario: &Scenario, calendar: &Calendar, plan: &Plan<'_>, first: &LegRow) -> Option<LogTime> {
    let of = scenario.contact_types.get(&*first.contact_type)?;
    let hours = of.working_hours.as_deref().and_then(|text| Hours::parse(text).ok());
    let office = Office {
        hours: of.working_hours.clone(),
        staff: Some(Heads::Constant(1)),
        shifts: Default::default(),
        shifts_on: Default::default(),
        roster: None,
        discipline: Discipline::default(),
        staff_on: Default::default(),
        absence: Default::default(),
    };
    let due: Due = of.due?;
    let (hours, span) = (hours.unwrap_or_else(Hours::always), (plan.begins, plan.horizon));
    OfficePlan::new(&office, hours, (scenario, calendar), span).due(due, first.entered)
}
