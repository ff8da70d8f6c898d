//! Of the idle agents of a group a contact goes to the one that its queue's `select` says.
//!
//! An agent is compared only with those who idle strictly around the assignment. A random choice has nothing to be held to.

use std::collections::BTreeMap;

use crate::audit::plan::{GroupPlan, Plan};
use crate::audit::promises::Promises;
use crate::audit::report::{Check, leg_name};
use crate::audit::run::Run;
use crate::log::{AgentRow, AgentStateName, LegRow, LogTime};
use crate::scenario::Select;

/// An idle agent at an assignment.
#[derive(Clone, Copy, Debug)]
struct Idler<'a> {
    agent: &'a str,
    /// Idle since.
    since: LogTime,
    to: LogTime,
    /// Work, and presence, since log-in, as far as the beginning of idleness.
    busy_us: i64,
    logged_in: LogTime,
}

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut idlers: BTreeMap<&str, Vec<Idler<'_>>> = BTreeMap::new();
    for rows in run.rows_by_agent() {
        for idler in idle_spans(rows) {
            idlers.entry(&rows[0].group).or_default().push(idler);
        }
    }
    let promises = Promises::new(plan, run);
    let chosen = |leg: &&LegRow| leg.assigned.is_some() && !promises.is_kept(leg);
    let mut served: Vec<&LegRow> = run.queued().filter(chosen).collect();
    served.sort_by_key(|leg| leg.assigned);
    for (group, idlers) in &mut idlers {
        let Some(of) = plan.groups.get(group) else { continue };
        idlers.sort_by_key(|idler| (idler.since, idler.to));
        let legs = served.iter().copied().filter(|leg| leg.group.as_deref() == Some(group));
        watch(plan, of, idlers, legs, check);
    }
}

/// When an agent idled, with what it had done since it logged in: rows that follow without a gap are one stay.
fn idle_spans<'a>(rows: &[&'a AgentRow]) -> Vec<Idler<'a>> {
    let mut spans = Vec::new();
    let (mut logged_in, mut busy_us, mut last) = (LogTime(0), 0, None);
    for row in rows {
        if last != Some(row.from) {
            (logged_in, busy_us) = (row.from, 0);
        }
        last = Some(row.to);
        match row.state {
            AgentStateName::Idle if row.from < row.to => {
                spans.push(Idler { agent: &row.agent, since: row.from, to: row.to, busy_us, logged_in });
            }
            // A break is neither work nor presence.
            AgentStateName::OnBreak => logged_in = LogTime(logged_in.0 + row.to.us_since(row.from)),
            state if state.works() => busy_us += row.to.us_since(row.from),
            _ => {}
        }
    }
    spans
}

/// Walks through a group's assignments in the order of time with those who idle.
fn watch<'l>(
    plan: &Plan<'_>,
    group: &GroupPlan<'_>,
    idlers: &[Idler<'_>],
    legs: impl Iterator<Item = &'l LegRow>,
    check: &mut Check,
) {
    let (mut begun, mut idle): (usize, Vec<Idler<'_>>) = (0, Vec::new());
    for leg in legs {
        let at = leg.assigned.unwrap_or_default();
        let more = idlers[begun..].iter().take_while(|idler| idler.since < at);
        let count = more.clone().count();
        idle.extend(more);
        begun += count;
        idle.retain(|idler| idler.to >= at);
        let Some(select) = plan.queue_of(leg).map(|queue| queue.select) else { continue };
        let taken = idle.iter().find(|idler| Some(idler.agent) == leg.agent.as_deref() && idler.to == at);
        let Some(taken) = taken else { continue };
        let goes_before = |other: &&Idler<'_>| {
            other.to > at && other.agent != taken.agent && comes_first(select, group, leg, other, taken)
        };
        let better = idle.iter().find(goes_before);
        check.expect_of(leg, better.is_none(), || {
            let better = better.map(|idler| idler.agent).unwrap_or_default();
            (
                at,
                format!("{better} to be selected ({select:?})"),
                format!("{} for {}", taken.agent, leg_name(leg)),
            )
        });
    }
}

/// Whether an idle agent goes before the one that was taken.
fn comes_first(
    select: Select,
    group: &GroupPlan<'_>,
    leg: &LegRow,
    other: &Idler<'_>,
    taken: &Idler<'_>,
) -> bool {
    let at = leg.assigned.unwrap_or_default();
    let longer = other.since < taken.since;
    match select {
        Select::LongestIdle => longer,
        Select::LeastOccupied => {
            let product = |a: &Idler<'_>, b: &Idler<'_>| {
                i128::from(a.busy_us) * i128::from(at.us_since(b.logged_in).max(1))
            };
            let (other_share, taken_share) = (product(other, taken), product(taken, other));
            other_share < taken_share || other_share == taken_share && longer
        }
        Select::Fastest => {
            let [other_times, taken_times] =
                [other, taken].map(|idler| group.times(idler.agent, &leg.contact_type));
            other_times < taken_times * (1.0 - 1e-9) || other_times == taken_times && longer
        }
        Select::Random => false,
    }
}
