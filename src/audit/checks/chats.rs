//! Agents with several chats at once have no more of them than they may, chat exactly while they have any, and nobody waits who finds room.

use std::collections::BTreeMap;

use crate::audit::plan::{GroupPlan, Plan};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::spells::{Spell, joined, work};
use crate::log::{AgentStateName, LegRow, LogTime};

/// By agent: the chats.
type Chats<'a> = BTreeMap<&'a str, Vec<Spell>>;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (&name, group) in &plan.groups {
        let Some(most) = group.of.concurrency else { continue };
        let mut chats: Chats<'_> = BTreeMap::new();
        for (_, agent, spell) in run.stays.iter().filter_map(|leg| work(leg)).filter(|work| work.0 == name) {
            chats.entry(agent).or_default().push(spell);
        }
        chats.values_mut().for_each(|chats| chats.sort_unstable());
        for (agent, chats) in &chats {
            has_no_more(run, agent, chats, most as usize, check);
        }
        chats_as_logged(run, name, &chats, check);
        if let Some(heads) = constant_heads(plan, group) {
            nobody_waits_for_room(run, name, (heads * most) as usize, &chats, plan, check);
        }
    }
}

/// Right after each chat has come there are no more than an agent may have; who leaves at this instant has left before.
fn has_no_more(run: &Run<'_>, agent: &str, chats: &[Spell], most: usize, check: &mut Check) {
    let mut ends: Vec<LogTime> = chats.iter().map(|chat| chat.1).collect();
    ends.sort_unstable();
    for (place, &(from, to)) in chats.iter().enumerate().filter(|(_, (from, to))| from < to) {
        let begun = chats[..=place].iter().filter(|(from, to)| from < to).count();
        let over = ends.partition_point(|&end| end <= from)
            - chats.iter().filter(|(f, t)| f == t && *t <= from).count();
        let at_once = begun.saturating_sub(over);
        check.expect(at_once <= most, || {
            run.finding(
                agent,
                from,
                format!("at most {most} chats at once"),
                format!("{at_once} until {to:?}"),
            )
        });
    }
}

/// The log of agents has one stretch for each time with any chat.
fn chats_as_logged(run: &Run<'_>, group: &str, chats: &Chats<'_>, check: &mut Check) {
    let mut logged: Chats<'_> = BTreeMap::new();
    for row in run.agents.iter().filter(|row| *row.group == *group && row.state.works() && row.from < row.to)
    {
        check.expect(row.state == AgentStateName::Chatting, || {
            run.finding(&row.agent, row.from, "an agent who chats", row.state)
        });
        logged.entry(&row.agent).or_default().push((row.from, row.to));
    }
    for agent in chats.keys().chain(logged.keys()) {
        let spells = |of: &Chats<'_>| {
            let spells = of.get(agent).map(|spells| joined(spells)).unwrap_or_default();
            spells.into_iter().filter(|(from, to)| from < to).collect::<Vec<_>>()
        };
        let (by_legs, by_log) = (spells(chats), spells(&logged));
        let differs = by_legs.iter().zip(&by_log).find(|(a, b)| a != b);
        check.expect(by_legs.len() == by_log.len() && differs.is_none(), || {
            let at = differs.map_or(LogTime(0), |(a, _)| a.0);
            let expected = format!("{} stretches with chats, as in the legs", by_legs.len());
            run.finding(agent, at, expected, format!("{} in the log of agents", by_log.len()))
        });
    }
}

/// The heads of a group, where they are the same all the time and nobody is ever away.
pub(super) fn constant_heads(plan: &Plan<'_>, group: &GroupPlan<'_>) -> Option<u32> {
    let heads = group.heads.at(plan.begins);
    let constant = group.duties.is_none() && group.heads.changes().all(|at| group.heads.at(at) == heads);
    (constant && group.of.shrinkage.is_empty()).then_some(heads)
}

/// While somebody waits whom the group may serve from the entry on, all its places are taken.
fn nobody_waits_for_room(
    run: &Run<'_>,
    group: &str,
    places: usize,
    chats: &Chats<'_>,
    plan: &Plan<'_>,
    check: &mut Check,
) {
    let mut changes: Vec<(LogTime, i64)> =
        chats.values().flatten().flat_map(|&(from, to)| [(from, 1), (to, -1)]).collect();
    changes.sort_unstable();
    // (from, until) with room.
    let (mut taken, mut since, mut room) = (0, Some(plan.begins), Vec::new());
    for together in changes.chunk_by(|a, b| a.0 == b.0) {
        taken += together.iter().map(|change| change.1).sum::<i64>();
        let is_full = taken >= places as i64;
        match since {
            Some(from) if is_full => {
                room.push((from, together[0].0));
                since = None;
            }
            None if !is_full => since = Some(together[0].0),
            _ => {}
        }
    }
    room.extend(since.map(|from| (from, LogTime(i64::MAX))));
    for leg in run.queued().filter(|leg| may_serve_at_once(plan, leg, group)) {
        let (from, to) = (leg.entered.max(plan.begins), leg.waited_until());
        let next = room.partition_point(|&(_, until)| until <= from);
        let found = room.get(next).map(|&(begins, _)| begins.max(from)).filter(|&at| at < to);
        check.expect_of(leg, found.is_none(), || {
            (
                found.unwrap_or(from),
                format!("nobody to wait while an agent of {group} has room"),
                "a wait".into(),
            )
        });
    }
}

fn may_serve_at_once(plan: &Plan<'_>, leg: &LegRow, group: &str) -> bool {
    plan.queue_of(leg)
        .is_some_and(|queue| queue.ways_of(group).any(|step| step.after_us == 0 && !step.is_conditional()))
}
