//! The time of agents, and what interrupted their work.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, counted};
use crate::support::Recorded;
use centralino::log::{AgentRow, AgentStateName, CaseStretchEnd, LegRow, LogTime, PreparationEndName};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Rest;

/// Agents' and queues' time within the counted time.
pub(super) fn time(run: &Recorded, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    let passed_s = |from: LogTime, to: LogTime| to.min(end).us_since(from.max(start)).max(0) as f64 / 1e6;
    for group in ledger.scopes(ScopeKind::AgentGroup) {
        let (mut work_s, mut logged_in_s) = (0.0, 0.0);
        for row in run.logs.agents.iter().filter(|row| *row.group == *group) {
            let row_s = passed_s(row.from, row.to);
            let works = matches!(
                row.state,
                AgentStateName::Talking
                    | AgentStateName::Holding
                    | AgentStateName::WrappingUp
                    | AgentStateName::Chatting
            );
            work_s += if works { row_s } else { 0.0 };
            let away =
                matches!(row.state, AgentStateName::OnBreak | AgentStateName::Absent | AgentStateName::Off);
            logged_in_s += if away { 0.0 } else { row_s };
        }
        let chats = run.logs.legs.iter().filter(|leg| leg.group.as_deref() == Some(&group));
        let chats_s = chats.filter_map(|leg| Some(passed_s(leg.assigned?, leg.wrap_up_ended?))).sum();
        let several = run.scenario.agent_groups.get(&group).is_some_and(|of| of.concurrency.is_some());
        let rule = run.scenario.agent_groups.get(&group).and_then(|of| of.interruptible_wrap_up);
        if rule.is_none_or(|rule| rule.rest == Rest::Resumed) {
            let interruptions = (interruptions(run, &group) + cases_laid_down(run, &group), 1.0);
            ledger.expect("interruptions", Basis::Time, (ScopeKind::AgentGroup, &group), interruptions);
        }
        let at_cases = run.logs.agents.iter().filter(|row| *row.group == *group && is_at_case(row));
        let at_cases_s = at_cases.map(|row| passed_s(row.from, row.to)).sum();
        let share = (at_cases_s, logged_in_s);
        ledger.expect("back_office_share", Basis::Time, (ScopeKind::AgentGroup, &group), share);
        let concurrency = if several { (chats_s, work_s) } else { (0.0, 0.0) };
        ledger.expect("mean_concurrency", Basis::Time, (ScopeKind::AgentGroup, &group), concurrency);
        ledger.expect("occupancy", Basis::Time, (ScopeKind::AgentGroup, &group), (work_s, logged_in_s));
    }
    for queue in ledger.scopes(ScopeKind::Queue) {
        let callers = run.logs.legs.iter().filter(|leg| !leg.is_callback() && !leg.is_consultation());
        let legs = callers.filter(|leg| leg.queue.as_deref() == Some(&queue));
        let waited_s = legs.map(|leg| passed_s(leg.entered, leg.left)).sum();
        let found = (waited_s, passed_s(start, end));
        ledger.expect("mean_queue", Basis::Time, (ScopeKind::Queue, &queue), found);
    }
}

pub(super) fn is_at_case(row: &AgentRow) -> bool {
    row.state == AgentStateName::BackOffice
}

/// How often a call interrupted an agent of a group at a case: the agent took one at the instant at which the case was laid down.
pub(super) fn cases_laid_down(run: &Recorded, group: &str) -> f64 {
    let (start, end) = counted(run);
    let logs = &run.logs;
    let laid_down: BTreeSet<_> = logs
        .cases
        .iter()
        .filter(|row| row.end == CaseStretchEnd::Interrupted)
        .map(|row| (&row.need, row.from, row.to))
        .chain(
            logs.preparations
                .iter()
                .filter(|row| row.end != PreparationEndName::Done)
                .map(|row| (&row.need, row.from, row.to)),
        )
        .collect();
    let assigned: BTreeSet<_> =
        logs.legs.iter().filter_map(|leg| Some((leg.agent.as_deref()?, leg.assigned?))).collect();
    let is_called = |row: &&AgentRow| {
        let case = row.need.as_ref().is_some_and(|need| laid_down.contains(&(need, Some(row.from), row.to)));
        case && assigned.contains(&(&*row.agent, row.to)) && start <= row.to && row.to < end
    };
    let rows = logs.agents.iter().filter(|row| *row.group == *group && is_at_case(row));
    rows.filter(is_called).count() as f64
}

/// How often a call interrupted work of a group's people, where the rest is resumed: all stretches of each leg's work but the last.
pub(super) fn interruptions(run: &Recorded, group: &str) -> f64 {
    let (start, end) = counted(run);
    let mut stretches: BTreeMap<_, Vec<LogTime>> = BTreeMap::new();
    let types = &run.scenario.contact_types;
    let is_written = |leg: &&LegRow| types.get(&*leg.contact_type).is_some_and(|of| of.channel.is_written());
    let asides = run.scenario.agent_groups.get(group).is_some_and(|of| of.interruptible_written);
    let written: BTreeSet<_> = run
        .logs
        .legs
        .iter()
        .filter(|leg| asides && is_written(leg))
        .map(|leg| (Some(&leg.need), Some(leg.attempt), Some(leg.leg)))
        .collect();
    // Dials are no contacts, and what follows them is not interrupted.
    let rows = run.logs.agents.iter().filter(|row| *row.group == *group && row.need.is_some());
    for row in rows {
        let key = (row.need.as_ref(), row.attempt, row.leg);
        match row.state {
            AgentStateName::WrappingUp => {}
            AgentStateName::Talking if written.contains(&key) => {}
            _ => continue,
        }
        stretches.entry((key, row.state)).or_default().push(row.to);
    }
    let mut interruptions = 0;
    for ends in stretches.values_mut() {
        ends.sort_unstable();
        ends.pop();
        interruptions += ends.iter().filter(|&&at| start <= at && at < end).count();
    }
    interruptions as f64
}
