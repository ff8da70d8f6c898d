//! To which group a contact is offered.

use crate::model::{AgentId, GroupId};

/// The agent of the first of `groups`, which are in order of preference, that has one to give.
#[inline]
pub fn first_idle(groups: &[GroupId], idle_agent: impl Fn(GroupId) -> Option<AgentId>) -> Option<AgentId> {
    groups.iter().find_map(|&group| idle_agent(group))
}
