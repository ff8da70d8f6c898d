//! A freed agent takes the first of those who wait and whom its group may serve.
//!
//! First is, within a queue, the larger priority, then the smaller rank (entry less credit). Across queues it is what
//! the group's `take` and `take_first` say; a group that weighs looks at the first of each queue. A contact is compared only while it waits and is eligible strictly around the
//! assignment, so that no order of events within an instant matters; one that only a reserve's step may give is not compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::conditions::{Spans, Truths, both, join};
use crate::audit::plan::{GroupPlan, Plan, us};
use crate::audit::promises::Promises;
use crate::audit::report::{Check, leg_name};
use crate::audit::run::Run;
use crate::log::{LegRow, LogTime};
use crate::scenario::{Take, TakeFirst};

/// How early a group would take a contact: the smallest first.
type Place = [i64; 3];

/// At one instant those who leave go first, then assignments are judged, then newcomers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Leaves,
    IsAssigned,
    Begins,
}

/// (when, what, index of the leg).
type Event = (LogTime, Kind, usize);

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut events: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
    let (truths, promises) = (Truths::new(plan, run), Promises::new(plan, run));
    for (index, leg) in run.stays.iter().enumerate() {
        let Some(queue) = plan.queue_of(leg).filter(|_| !leg.fate.is_refused()) else { continue };
        let mut eligible: BTreeMap<&str, Spans> = BTreeMap::new();
        for (group, step) in queue.ways().filter(|&(group, step)| step.reserve(group) == 0) {
            let own = promises.ends(leg).max(run.in_line_from(leg));
            let begins = LogTime(leg.entered.0 + step.after_us).max(own);
            let waits = [(begins, leg.waited_until())];
            let certain = truths.certain(leg.queue.as_deref().unwrap_or_default(), step);
            eligible.entry(group).or_default().extend(match certain {
                None => waits.to_vec(),
                Some(certain) => both(&waits, certain),
            });
        }
        for (group, mut spans) in eligible {
            join(&mut spans);
            for (from, to) in spans.into_iter().filter(|(from, to)| from < to) {
                let of_group = events.entry(group).or_default();
                of_group.extend([(from, Kind::Begins, index), (to, Kind::Leaves, index)]);
            }
        }
        // Whom an agent served last it takes before all others.
        let assigned = leg.assigned.filter(|_| !promises.is_kept(leg));
        if let (Some(group), Some(assigned)) = (leg.group.as_deref(), assigned) {
            events.entry(group).or_default().push((assigned, Kind::IsAssigned, index));
        }
    }
    for (name, mut events) in events {
        if let Some(group) = plan.groups.get(name) {
            events.sort_unstable();
            watch(plan, run, group, &events, check);
        }
    }
}

/// Walks through a group's events with those who wait for it in order.
fn watch(plan: &Plan<'_>, run: &Run<'_>, group: &GroupPlan<'_>, events: &[Event], check: &mut Check) {
    let mut waiting: BTreeSet<(Place, usize)> = BTreeSet::new();
    for &(at, kind, index) in events {
        let leg = run.stays[index];
        let Some(place) = place(plan, group, leg) else { continue };
        match kind {
            Kind::Begins => _ = waiting.insert((place, index)),
            Kind::Leaves => _ = waiting.remove(&(place, index)),
            Kind::IsAssigned => {
                // Who may be called from other work takes calls before it, and whatever else is first after it.
                let of = group.of;
                let passes = of.interruptible_wrap_up.is_some()
                    || of.interruptible_written
                    || of.back_office.is_some();
                let may_come = |other: &usize| !passes || plan.calls(run.stays[*other]);
                let before = waiting.iter().take_while(|(first, _)| *first < place).map(|&(_, index)| index);
                let first = match weighs(group) {
                    true => heavier(plan, run, group, &waiting, (at, index)).filter(may_come),
                    false => before.clone().find(may_come),
                };
                check.expect_of(leg, first.is_none(), || {
                    let first = first.map(|index| leg_name(run.stays[index])).unwrap_or_default();
                    (at, format!("{first} to be taken first"), "this one taken before it".into())
                });
            }
        }
    }
}

/// Whether a group compares weighted ages across queues.
fn weighs(group: &GroupPlan<'_>) -> bool {
    group.take_first == TakeFirst::Priority && group.take == Take::Weighted
}

/// Of those who wait for a group that weighs: one that goes before the leg that it took at an instant.
fn heavier(
    plan: &Plan<'_>,
    run: &Run<'_>,
    group: &GroupPlan<'_>,
    waiting: &BTreeSet<(Place, usize)>,
    (at, taken): (LogTime, usize),
) -> Option<usize> {
    let (queue, priority, score, rank) = weight(plan, group, run.stays[taken], at)?;
    (0..group.serves.len() as i64).find_map(|other_queue| {
        let from = ([other_queue, i64::MIN, i64::MIN], 0);
        let &(place, index) = waiting.range(from..).next().filter(|(place, _)| place[0] == other_queue)?;
        let (_, other_priority, other_score, other_rank) = weight(plan, group, run.stays[index], at)?;
        let first = if other_queue == queue {
            place < [queue, -priority, rank]
        } else {
            // Products of equal size may differ by their rounding.
            other_priority > priority || other_priority == priority && other_score > score * (1.0 + 1e-9)
        };
        let ties = other_score == score && other_priority == priority && other_rank < rank;
        (first || ties).then_some(index)
    })
}

/// A leg's queue (its place in `serves`), priority, weighted age at an instant, and rank.
fn weight(plan: &Plan<'_>, group: &GroupPlan<'_>, leg: &LegRow, at: LogTime) -> Option<(i64, i64, f64, i64)> {
    let rule = plan.rule_of(leg)?;
    let queue = group.serves.iter().position(|queue| Some(queue.as_str()) == leg.queue.as_deref())?;
    let rank = leg.entered.0 - us(rule.credit);
    let weight = group.weights.get(&group.serves[queue]).copied().unwrap_or(1.0);
    Some((queue as i64, rule.priority.into(), weight * (at.0 - rank) as f64, rank))
}

/// Where a leg stands for a group; `None` if its queue is not one that the group serves.
fn place(plan: &Plan<'_>, group: &GroupPlan<'_>, leg: &LegRow) -> Option<Place> {
    let rule = plan.rule_of(leg)?;
    let queue = group.serves.iter().position(|queue| Some(queue.as_str()) == leg.queue.as_deref())? as i64;
    let (priority, rank) = (-i64::from(rule.priority), leg.entered.0 - us(rule.credit));
    Some(match (group.take_first, group.take) {
        (TakeFirst::Order, _) | (_, Take::Weighted) => [queue, priority, rank],
        (TakeFirst::Priority, Take::InOrder) => [priority, queue, rank],
        (TakeFirst::Priority, Take::LongestWait) => [priority, rank, 0],
    })
}
