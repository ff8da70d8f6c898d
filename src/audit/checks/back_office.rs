//! Agents work on cases of the offices that their group works for, when they have been idle for long enough and enough others stay idle; calls,
//! going, and the end of the run alone interrupt them, and a call never waits beside one whom it might interrupt.

use std::collections::BTreeMap;

use super::put_aside::{Days, nobody_idles};
use crate::audit::plan::{GroupPlan, Plan, us};
use crate::audit::promises::Promises;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::spells::Spell;
use crate::audit::subject::Subject;
use crate::log::{AgentRow, AgentStateName, CaseStretchEnd, LogTime, PreparationEndName};
use crate::scenario::BackOffice;

/// A stretch of an office's work.
#[derive(Clone, Copy)]
struct Worked<'a> {
    to: LogTime,
    office: &'a str,
    interrupted: bool,
}

/// By need and start.
type Stretches<'a> = BTreeMap<(&'a crate::log::NeedName, LogTime), Vec<Worked<'a>>>;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut stretches: Stretches<'_> = BTreeMap::new();
    for &row in &run.cases {
        if let Some(from) = row.from {
            let interrupted = row.end == CaseStretchEnd::Interrupted;
            let worked = Worked { to: row.to, office: &row.office, interrupted };
            stretches.entry((&row.need, from)).or_default().push(worked);
        }
    }
    for &row in &run.preparations {
        if let Some(from) = row.from {
            let interrupted = row.end != PreparationEndName::Done;
            let worked = Worked { to: row.to, office: &row.office, interrupted };
            stretches.entry((&row.need, from)).or_default().push(worked);
        }
    }
    let (days, promises) = (Days::new(run, &[]), Promises::new(plan, run));
    for rows in run.rows_by_agent() {
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| is_at_case(row)) {
            let rule = plan.groups.get(&*row.group).and_then(|group| group.of.back_office.as_ref());
            let stretch = row.need.as_ref().and_then(|need| stretches.get(&(need, row.from)));
            let stretch = stretch.and_then(|rows| rows.iter().find(|of| of.to == row.to));
            let (Some(rule), Some(&stretch)) = (rule, stretch) else {
                let expected = "a stretch of work on a case, by a group that works on cases";
                check.expect(false, || row.finding(row.from, expected, "none"));
                continue;
            };
            check.expect(rule.offices.iter().any(|office| **office == *stretch.office), || {
                row.finding(row.from, "a case of an office that the group works for", stretch.office)
            });
            was_idle_before(row, place.checked_sub(1).map(|before| rows[before]), rule, check);
            others_stay_idle(run, row, rule, check);
            let next = rows[place + 1..].iter().find(|next| next.from == row.to && next.state.is_there());
            ends_for_a_reason(plan, (row, stretch, rule), next.is_some(), &days, check);
            if stretch.interrupted
                && let Some(call) = days.caller(plan, &row.agent, row.to)
                && !promises.is_kept(call)
            {
                nobody_idles(plan, call, &days, check);
            }
        }
    }
}

fn is_at_case(row: &AgentRow) -> bool {
    row.state == AgentStateName::BackOffice
}

/// Before it the agent idled for long enough, or was at another case.
fn was_idle_before(row: &AgentRow, before: Option<&AgentRow>, rule: &BackOffice, check: &mut Check) {
    let after_us = us(rule.after_idle);
    let enough = |before: &AgentRow| match before.state {
        AgentStateName::Idle => before.to.us_since(before.from) >= after_us,
        state => state == AgentStateName::BackOffice,
    };
    let was = before.is_some_and(|before| before.to == row.from && enough(before));
    check.expect(after_us == 0 || was, || {
        row.finding(row.from, "an agent who has been idle for long enough", format!("{before:?} before"))
    });
}

/// As many of the group as are to stay idle are so. Whoever changes to another state at that instant may have idled.
fn others_stay_idle(run: &Run<'_>, row: &AgentRow, rule: &BackOffice, check: &mut Check) {
    if rule.keep_idle == 0 {
        return;
    }
    let idles = |other: &&&AgentRow| {
        let idled = other.state == AgentStateName::Idle && other.from <= row.from && row.from <= other.to;
        let changed = other.from == row.from && other.state.is_there();
        // Whose work ends as the shift does idles before going.
        let freed = other.to == row.from && other.state.is_there();
        (idled || changed || freed) && other.group == row.group && other.agent != row.agent
    };
    let mut idle: Vec<_> = run.agents.iter().filter(idles).map(|other| &other.agent).collect();
    idle.sort_unstable();
    idle.dedup();
    let idle = idle.len();
    check.expect(idle >= rule.keep_idle as usize, || {
        let expected = format!("{} others of {} idle", rule.keep_idle, row.group);
        row.finding(row.from, expected, idle)
    });
}

/// Work that is not done ends with a call, where calls may interrupt it, or because the agent goes or the run is over.
fn ends_for_a_reason(
    plan: &Plan<'_>,
    (row, stretch, rule): (&AgentRow, Worked<'_>, &BackOffice),
    stays: bool,
    days: &Days<'_>,
    check: &mut Check,
) {
    let is_called = days.caller(plan, &row.agent, row.to).is_some();
    let right = !stretch.interrupted || is_called && rule.interruptible || !stays || row.to >= plan.horizon;
    check.expect(right, || {
        row.finding(row.to, "a call, or an agent who goes", "a case laid down for nothing")
    });
}

/// When somebody of a group was at a case from which calls interrupt.
pub(super) fn callable<'a>(run: &Run<'a>, name: &str, group: &GroupPlan<'_>) -> Vec<Spell> {
    let interruptible = group.of.back_office.as_ref().is_some_and(|rule| rule.interruptible);
    let of_group = run.agents.iter().filter(|row| interruptible && is_at_case(row) && *row.group == *name);
    of_group.map(|row| (row.from, row.to)).collect()
}
