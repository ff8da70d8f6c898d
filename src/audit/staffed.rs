//! When anybody who may serve a queue was there, for queues that take and keep contacts only then.

use std::collections::BTreeMap;

use super::conditions::{Count, presence};
use super::plan::Plan;
use super::run::Run;
use crate::log::LogTime;
use crate::scenario::WithoutStaff;

/// By queue that sends away without staff: how many of its groups' people are there.
pub(super) struct Staffed<'p>(BTreeMap<&'p str, Count>);

impl<'p> Staffed<'p> {
    pub fn new(plan: &'p Plan<'p>, run: &Run<'_>) -> Self {
        let needy = |name: &str| {
            let queue = plan.scenario.queues.get(name);
            queue.is_some_and(|queue| queue.without_staff == WithoutStaff::SendAway)
        };
        let mut queues = BTreeMap::new();
        for (&name, queue) in plan.queues.iter().filter(|(name, _)| needy(name)) {
            let of_queue = |group: &str| queue.ways_of(group).next().is_some();
            let events = presence(run).filter(|(group, _)| of_queue(group)).flat_map(|(_, events)| events);
            queues.insert(name, Count::new(events.collect()));
        }
        Staffed(queues)
    }

    /// Whether nobody was there at an instant, before and after it, whatever the order of events.
    pub fn is_surely_gone(&self, queue: &str, at: LogTime) -> bool {
        self.0.get(queue).is_some_and(|count| count.most_at(at) == 0 && count.after(at) == 0)
    }

    /// Whether nobody may have been there at an instant.
    pub fn may_be_gone(&self, queue: &str, at: LogTime) -> bool {
        self.0.get(queue).is_some_and(|count| count.before(at) == 0 || count.after(at) == 0)
    }

    /// Whether the last one left at an instant.
    pub fn goes_at(&self, queue: &str, at: LogTime) -> bool {
        self.0.get(queue).is_some_and(|count| count.before(at) > 0 && count.after(at) == 0)
    }

    /// When nobody is there, the first time from an instant on.
    pub fn goes_after(&self, queue: &str, from: LogTime) -> Option<LogTime> {
        let count = self.0.get(queue)?;
        std::iter::once(from).chain(count.instants()).find(|&at| at >= from && count.after(at) == 0)
    }
}
