//! Numbering agents, and whether everything that has events of its own fits into a run.

use super::findings::Findings;
use super::staffing::people;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, GroupId, Opening, Queue};

/// Event slots: what 16 bits count.
const SLOTS: u64 = 65_536;
/// The slots of patience, tries, entries, office work, and those of visitors: ends, patience, entries.
const RESERVED: u64 = 7;

/// Gives each group its agents, one after another, and returns each agent's group. More than fit are a finding.
pub(super) fn number_agents(
    groups: &mut [AgentGroup],
    queues: &[Queue],
    openings: &[Opening],
    offices: usize,
    findings: &mut Findings,
) -> Vec<GroupId> {
    if !fits(groups, queues, openings, offices, findings) {
        return Vec::new();
    }
    let mut owners = Vec::new();
    for (row, group) in groups.iter_mut().enumerate() {
        let first = owners.len() as u16;
        owners.extend(std::iter::repeat_n(GroupId::from_index(row), people(group) as usize));
        group.agents = first..owners.len() as u16;
    }
    owners
}

fn fits(
    groups: &[AgentGroup],
    queues: &[Queue],
    openings: &[Opening],
    offices: usize,
    findings: &mut Findings,
) -> bool {
    let agents: u64 = groups.iter().map(|group| u64::from(people(group))).sum();
    let cursors = |queue: &Queue| {
        (queue.lanes.len() * (queue.steps.len().saturating_sub(1) + queue.marks.len())) as u64
    };
    let steps: u64 = queues.iter().map(cursors).sum();
    let has_desk = |group: &AgentGroup| group.chatting.is_some() || group.is_interrupted();
    let chats = u64::from(groups.iter().any(has_desk));
    let other = (groups.len() + openings.len() + offices) as u64 + RESERVED + chats;
    let needed = agents + steps + other;
    if needed > SLOTS {
        let message = format!(
            "{agents} agents, {} groups, {} openings, {offices} offices and counters and {steps} steps of lanes need {needed} event \
             slots; there are {SLOTS}",
            groups.len(),
            openings.len()
        );
        findings.add(
            Code::TOO_MANY_SLOTS,
            "agent_groups",
            message,
            "simulate a smaller center, or part of it",
        );
    }
    needed <= SLOTS
}
