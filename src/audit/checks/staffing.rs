//! Nobody works beyond the staffed heads N(t), nobody is missing and nobody idles on top of them.
//!
//! Where N falls, whoever is busy finishes (DESIGN 5, end of shift), so busy agents alone may be more than N, but none
//! of them takes another contact. Three statements follow that a log can show:
//! 1. right after an assignment no more are busy than N just before or at that instant;
//! 2. while anybody idles, no more are logged in than N;
//! 3. until the horizon at least N are logged in.
//!
//! Where shrinkage takes people away, the most and the fewest that it leaves stand for N.

use std::collections::BTreeMap;

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::spells::spells;
use crate::log::{AgentStateName, LogTime};

/// Statement 1, by the log of legs.
pub fn examine_assignments(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut changes: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    let spells = spells(plan, run);
    for ((group, _), &(assigned, free)) in
        spells.iter().flat_map(|(who, of)| of.iter().map(move |spell| (*who, spell)))
    {
        let of_group = changes.entry(group).or_default();
        of_group.push(Change { at: assigned, idle: 0, busy: i64::from(assigned < free), assigns: true });
        if assigned < free {
            of_group.push(Change { at: free, idle: 0, busy: -1, assigns: false });
        }
    }
    for (name, changes) in &mut changes {
        let Some(group) = plan.groups.get(name).filter(|group| group.duties.is_none()) else { continue };
        for span in spans(changes) {
            let at = plan.clock(span.from);
            let heads = group.shrinkage.most(group.heads.before(at).max(group.heads.at(at)));
            check.expect(!span.assigns || span.busy <= i64::from(heads), || {
                run.finding(
                    format!("group {name}"),
                    span.from,
                    format!("at most {heads} at work"),
                    format!("{} after an assignment", span.busy),
                )
            });
        }
    }
}

/// Statements 2 and 3, by the log of agents.
pub fn examine_presence(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut changes: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for row in run.agents.iter().filter(|row| row.from < row.to && row.state != AgentStateName::Off) {
        let (idle, busy) = if row.state == AgentStateName::Idle { (1, 0) } else { (0, 1) };
        let of_group = changes.entry(&row.group).or_default();
        of_group.push(Change { at: row.from, idle, busy, assigns: false });
        of_group.push(Change { at: row.to, idle: -idle, busy: -busy, assigns: false });
    }
    for (name, group) in plan.groups.iter().filter(|(_, group)| group.duties.is_none()) {
        let of_group = changes.entry(name).or_default();
        let turns = group.heads.changes().chain([plan.horizon]);
        of_group.extend(turns.map(|at| Change { at, idle: 0, busy: 0, assigns: false }));
        for span in spans(of_group) {
            let scheduled = group.heads.at(plan.clock(span.from));
            let heads = i64::from(group.shrinkage.most(scheduled));
            let least = i64::from(group.shrinkage.least(scheduled));
            let present = span.idle + span.busy;
            check.expect(span.idle == 0 || present <= heads, || {
                let found = format!("{present}, {} of them idle", span.idle);
                run.finding(format!("group {name}"), span.from, format!("at most {heads} logged in"), found)
            });
            check.expect(span.from >= plan.horizon || present >= least, || {
                run.finding(format!("group {name}"), span.from, format!("{least} logged in"), present)
            });
        }
    }
}

/// A group's count changes.
#[derive(Clone, Copy, Debug)]
struct Change {
    at: LogTime,
    idle: i64,
    busy: i64,
    assigns: bool,
}

/// A span in which the counts of a group stay, from one instant with changes to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: LogTime,
    idle: i64,
    busy: i64,
    /// Whether an assignment was among the changes at its start.
    assigns: bool,
}

fn spans(changes: &mut [Change]) -> Vec<Span> {
    changes.sort_by_key(|change| change.at);
    let (mut idle, mut busy) = (0, 0);
    let spans = changes.chunk_by(|a, b| a.at == b.at).map(|together| {
        idle += together.iter().map(|change| change.idle).sum::<i64>();
        busy += together.iter().map(|change| change.busy).sum::<i64>();
        Span { from: together[0].at, idle, busy, assigns: together.iter().any(|change| change.assigns) }
    });
    spans.collect()
}
