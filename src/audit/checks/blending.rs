//! Campaigns take only agents whom contacts that come in leave them: nobody waits for such an agent, a reserve stays idle, the
//! busy part is below its bound, and the service level was kept. And they do take those.

use std::collections::BTreeMap;

use super::dials::began;
use super::lists::midnight;
use crate::audit::conditions::{Spans, join};
use crate::audit::plan::{Plan, us};
use crate::audit::promises::Promises;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{AgentRow, AgentStateName, DialRow, LegFate, LogTime};
use crate::scenario::{Dialling, LevelGate, PersonsList};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut taken: BTreeMap<&str, Vec<(LogTime, &DialRow)>> = BTreeMap::new();
    for &dial in &run.dials {
        if let (Some(group), Some(at)) = (dial.group.as_deref(), dial.assigned) {
            taken.entry(group).or_default().push((at, dial));
        }
    }
    taken.values_mut().for_each(|of| of.sort_by_key(|&(at, _)| at));
    nobody_waits(plan, run, &taken, check);
    let rows = by_group(run);
    for &dial in &run.dials {
        let Some(of) = plan.scenario.campaigns.get(&*dial.campaign) else { continue };
        leaves_its_reserve(of.reserve, dial, &rows, check);
        if let Some(below) = of.occupancy_below {
            is_not_too_busy(&of.groups, below, dial, &rows, check);
        }
    }
    for (name, of) in &plan.scenario.campaigns {
        if let Some(gate) = &of.service_level {
            level_was_kept(plan, run, name, gate, check);
        }
    }
}

/// No contact waits for an agent whom a campaign takes.
fn nobody_waits(
    plan: &Plan<'_>,
    run: &Run<'_>,
    taken: &BTreeMap<&str, Vec<(LogTime, &DialRow)>>,
    check: &mut Check,
) {
    let promises = Promises::new(plan, run);
    for leg in run.queued() {
        let Some(queue) = plan.queue_of(leg) else { continue };
        for (group, step) in queue.ways().filter(|(_, step)| !step.is_conditional()) {
            let Some(taken) = taken.get(group) else { continue };
            let own = promises.ends(leg).max(run.in_line_from(leg));
            let from = LogTime(leg.entered.0 + step.after_us).max(own);
            let next = taken.partition_point(|&(at, _)| at <= from);
            let found = taken.get(next).filter(|&&(at, _)| at < leg.waited_until());
            check.expect_of(leg, found.is_none(), || {
                let (at, dial) = found.copied().unwrap_or((from, taken[0].1));
                (at, format!("no agent of {group} for {}", dial.campaign), format!("one for {}", dial.person))
            });
        }
    }
}

type Rows<'a> = BTreeMap<&'a str, Vec<&'a AgentRow>>;

/// By group, in order of time, with those who are there.
fn by_group<'a>(run: &Run<'a>) -> Rows<'a> {
    let mut rows: Rows<'a> = BTreeMap::new();
    if run.dials.is_empty() {
        return rows;
    }
    for &row in run.agents.iter().filter(|row| row.state.is_there() && row.from < row.to) {
        rows.entry(&row.group).or_default().push(row);
    }
    rows.values_mut().for_each(|of| of.sort_by_key(|row| row.from));
    rows
}

/// The rows of a group that hold an instant, or touch it.
fn around<'s, 'a>(
    rows: &'s Rows<'a>,
    group: &str,
    at: LogTime,
) -> impl Iterator<Item = &'s AgentRow> + use<'s, 'a> {
    let of = rows.get(group).map_or(&[][..], |of| &of[..]);
    // No state lasts longer than a run; looking at all that began before is what a log of some days allows.
    of[..of.partition_point(|row| row.from <= at)].iter().copied().filter(move |row| row.to >= at)
}

/// As many agents of the group as the reserve idle at the assignment, the one who is taken left out. Whoever changes to another state at that
/// instant may have idled.
fn leaves_its_reserve(reserve: u32, dial: &DialRow, rows: &Rows<'_>, check: &mut Check) {
    let (Some(group), Some(agent), Some(at)) = (&dial.group, &dial.agent, dial.assigned) else { return };
    if reserve == 0 {
        return;
    }
    let may_idle = |row: &&AgentRow| {
        let changes = row.from == at || row.to == at;
        row.agent != *agent && (changes || row.state == AgentStateName::Idle)
    };
    let mut idle: Vec<&str> = around(rows, group, at).filter(may_idle).map(|row| &*row.agent).collect();
    idle.dedup();
    idle.sort_unstable();
    idle.dedup();
    check.expect(idle.len() >= reserve as usize, || {
        dial.finding(at, format!("{reserve} others of {group} idle"), idle.len())
    });
}

/// The busy part is below its bound when it is dialled; at that instant the fewest may have been busy, and the most there.
fn is_not_too_busy(groups: &[String], below: f64, dial: &DialRow, rows: &Rows<'_>, check: &mut Check) {
    let at = began(dial);
    let (mut busy, mut present) = (0.0, 0.0);
    for group in groups {
        let mut agents: Vec<&str> = around(rows, group, at).map(|row| &*row.agent).collect();
        agents.sort_unstable();
        agents.dedup();
        present += agents.len() as f64;
        let surely = |row: &&AgentRow| row.from < at && at < row.to && row.state.works();
        busy += around(rows, group, at).filter(surely).count() as f64;
    }
    check.expect(busy < below * present, || {
        dial.finding(at, format!("less than {below} of {present} busy"), busy)
    });
}

/// Contacts of one stretch of time, those at its ends apart.
#[derive(Clone, Copy, Debug, Default)]
struct Served {
    in_time: f64,
    all: f64,
}

/// It is dialled only after a stretch whose service level was kept. What happened just at an end of the stretch may belong to it or not.
fn level_was_kept(plan: &Plan<'_>, run: &Run<'_>, name: &str, gate: &LevelGate, check: &mut Check) {
    let over = us(gate.over).max(1);
    let mut stretches: BTreeMap<i64, Served> = BTreeMap::new();
    for leg in run.queued().filter(|leg| !leg.is_callback()) {
        if !leg.queue.as_ref().is_some_and(|queue| gate.queues.iter().any(|of| **of == **queue)) {
            continue;
        }
        let (at, in_time) = match (leg.fate, leg.assigned) {
            (LegFate::Answered, Some(assigned)) => {
                (assigned, leg.left.us_since(leg.entered) <= us(gate.within))
            }
            (LegFate::Abandoned, _) => (leg.left, false),
            _ => continue,
        };
        let after = at.us_since(plan.zero);
        let mut places = vec![after.div_euclid(over)];
        if after.rem_euclid(over) == 0 {
            // In favour of the campaign: what was in time counts on both sides, what was not on neither.
            places = if in_time { vec![after / over - 1, after / over] } else { Vec::new() };
        }
        for place in places {
            let served = stretches.entry(place).or_default();
            served.all += 1.0;
            served.in_time += f64::from(u8::from(in_time));
        }
    }
    let kept = |place: i64| {
        let Served { in_time, all } = stretches.get(&place).copied().unwrap_or_default();
        place < 0 || in_time >= gate.at_least * all
    };
    for dial in run.dials.iter().filter(|dial| *dial.campaign == *name) {
        let after = began(dial).us_since(plan.zero);
        let place = after.div_euclid(over);
        let at_end = after.rem_euclid(over) == 0;
        check.expect(kept(place - 1) || at_end && kept(place - 2), || {
            let found = format!("{:?}", stretches.get(&(place - 1)));
            dial.finding(began(dial), format!("{} in time before", gate.at_least), found)
        });
    }
}

/// Where a campaign dials with agents who are there, and minds nothing but its hours and reserve: nobody who may be called waits while more than
/// the reserve idle.
pub fn examine_idle(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let ahead = |of: &crate::scenario::Campaign| of.dialling == Dialling::Predictive;
    if plan.scenario.campaigns.values().any(ahead) {
        return;
    }
    for (name, of) in &plan.scenario.campaigns {
        if of.occupancy_below.is_some() || of.service_level.is_some() {
            continue;
        }
        let mut spans = Spans::new();
        for group in &of.groups {
            spans.extend(spare(run, group, of.reserve));
        }
        spans.retain(|&(from, to)| from < to);
        join(&mut spans);
        let hours = plan.campaigns.get(name.as_str()).and_then(Option::as_ref);
        for (from, to, who) in waits(plan, run, name, of.list.as_ref()) {
            let to = to.min(plan.horizon);
            let turns =
                hours.into_iter().flat_map(|hours| hours.turns()).filter(|&turn| from < turn && turn < to);
            let mut edges: Vec<LogTime> = [from].into_iter().chain(turns).chain([to]).collect();
            edges.dedup();
            let idle = edges.windows(2).filter(|edge| edge[0] < edge[1]).find_map(|edge| {
                let open = hours.is_none_or(|hours| hours.is_open(edge[0]));
                meets(&spans, edge[0], edge[1]).filter(|_| open)
            });
            check.expect(idle.is_none(), || {
                run.finding(
                    format!("{name}, {who}"),
                    idle.unwrap_or(from),
                    format!("no more than {} idle while somebody may be called", of.reserve),
                    "more",
                )
            });
        }
    }
}

/// From when to when somebody on a list waits to be called: before each dial, and those who never are.
pub(super) fn waits(
    plan: &Plan<'_>,
    run: &Run<'_>,
    name: &str,
    list: Option<&PersonsList>,
) -> Vec<(LogTime, LogTime, String)> {
    let mut waits = Vec::new();
    let mut called: BTreeMap<&str, u32> = BTreeMap::new();
    for of_person in run.dials_by_person().filter(|dials| *dials[0].campaign == *name) {
        if let Some((date, _)) = of_person[0].person.rsplit_once('/').filter(|(date, _)| !date.contains('/'))
        {
            *called.entry(date).or_default() += 1;
        }
        let mut due = Some(of_person[0].listed);
        for dial in of_person {
            waits.extend(due.map(|due| (due, began(dial), dial.person.to_string())));
            due = dial.again;
        }
        // A case that is opened again before is called about no more.
        let due = due.filter(|_| !of_person[0].person.contains('#'));
        waits.extend(due.map(|due| (due, plan.horizon, of_person[0].person.to_string())));
    }
    let dates: Vec<(String, u32)> = match list {
        Some(PersonsList::Start(persons)) => vec![(plan.scenario.scenario.start.to_string(), *persons)],
        Some(PersonsList::Dates(dates)) => dates.iter().map(|(date, &of)| (date.to_string(), of)).collect(),
        _ => Vec::new(),
    };
    for (date, persons) in dates {
        let left = called.get(date.as_str()).copied().unwrap_or(0) < persons;
        if let Some(from) = midnight(plan, &date).filter(|&from| left && from < plan.horizon) {
            waits.push((from, plan.horizon, format!("somebody of {date}")));
        }
    }
    waits
}

/// When more than the reserve of a group idle.
fn spare(run: &Run<'_>, group: &str, reserve: u32) -> Spans {
    let mut changes: Vec<(LogTime, i64)> = Vec::new();
    for row in run.agents.iter().filter(|row| row.state == AgentStateName::Idle && &*row.group == group) {
        changes.extend([(row.from, 1), (row.to, -1)]);
    }
    changes.sort_unstable();
    let (mut idle, mut since, mut spans) = (0, None, Spans::new());
    for (at, change) in changes {
        idle += change;
        match (since, idle > i64::from(reserve)) {
            (None, true) => since = Some(at),
            (Some(from), false) => {
                spans.push((from, at));
                since = None;
            }
            _ => {}
        }
    }
    spans
}

/// The first instant of `[from, to)` at which a span has somebody idle for more than that instant.
fn meets(spans: &Spans, from: LogTime, to: LogTime) -> Option<LogTime> {
    let next = spans.partition_point(|&(_, ends)| ends <= from);
    spans.get(next).map(|&(begins, _)| begins.max(from)).filter(|&at| at < to)
}
