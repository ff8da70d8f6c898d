//! To which group a contact is offered.

use crate::model::GroupId;

/// The first of `groups`, which are in order of preference, that has an idle agent.
#[inline]
pub fn first_idle(groups: &[GroupId], is_idle: impl Fn(GroupId) -> bool) -> Option<GroupId> {
    groups.iter().copied().find(|&group| is_idle(group))
}
