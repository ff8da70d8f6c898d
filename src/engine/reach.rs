//! Who may come together at all, as sets of rows: most of the time nobody does, and that is said without a search.

use super::bits::Bits;
use crate::model::{GroupId, Model, NEVER, Queue, QueueId, Rule, RuleId};

/// Which queues each group serves, and to which groups each rule offers its contacts.
#[derive(Clone, Debug)]
pub struct Reach {
    /// By group: queues.
    serves: Vec<Bits>,
    /// By rule and step: groups.
    offers: Vec<Vec<Bits>>,
    /// By queue: groups that may ever serve it.
    served_by: Vec<Bits>,
}

impl Reach {
    /// Of a model's groups and rules.
    pub fn new(model: &Model) -> Self {
        let queues = |group: &crate::model::AgentGroup| {
            Bits::of(model.queues.len(), group.serves.iter().map(|queue| queue.index()))
        };
        let groups =
            |step: &Vec<GroupId>| Bits::of(model.groups.len(), step.iter().map(|group| group.index()));
        let servers = |queue: &Queue| {
            let may = queue.eligible_from.iter().enumerate().filter(|&(_, &from)| from != NEVER);
            Bits::of(model.groups.len(), may.map(|(group, _)| group))
        };
        Reach {
            served_by: model.queues.iter().map(servers).collect(),
            serves: model.groups.iter().map(queues).collect(),
            offers: model.rules.iter().map(|rule: &Rule| rule.offers.iter().map(groups).collect()).collect(),
        }
    }

    /// Whether a group serves any of some queues.
    #[inline]
    pub fn serves_any(&self, group: GroupId, queues: &Bits) -> bool {
        self.serves[group.index()].meet(queues)
    }

    /// Whether any of some groups may serve a queue.
    #[inline]
    pub fn is_served_by_any(&self, queue: QueueId, groups: &Bits) -> bool {
        self.served_by[queue.index()].meet(groups)
    }

    /// Whether a rule offers contacts in a step to any of some groups.
    #[inline]
    pub fn offers_to_any(&self, rule: RuleId, step: u8, groups: &Bits) -> bool {
        self.offers[rule.index()][usize::from(step)].meet(groups)
    }
}
