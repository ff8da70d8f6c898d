//! Rule: steps with conditions, and who looks again when one begins to hold.
//!
//! A contact and an idle agent whom a condition kept apart come together as soon as it holds: when one more contact waits, when an expected wait
//! passes its bound, when hours begin, when more of another group idle. Reserves need no look of their own: the count of idle agents
//! grows only with an agent who looks anyway. Queues that may be concerned are noted while an event is carried out, and looked at when it is over.

use super::contacts::{Index, NIL};
use super::lanes::Lanes;
use super::observer::Observer;
use super::simulation::Simulation;
use crate::model::{
    AgentId, Condition, ExpectedWait, GroupId, LaneId, Model, Moment, OpeningId, QueueId, Rule,
    queue_over_rate,
};
use crate::routing::first_idle;
use crate::time::{SimDuration, SimTime};

/// What conditions need to know of the past, and whose queues are to be looked at.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// By queue: the wait of the last contact that was given an agent; empty if no queue has conditions.
    last_wait: Vec<SimDuration>,
    /// By group: (so many idle, the queue that asks for more); empty if nobody asks.
    idle_over: Vec<Vec<(u32, QueueId)>>,
    /// Queues in which a condition may have begun to hold.
    concerned: Vec<QueueId>,
}

impl Watch {
    /// For a model's queues.
    pub fn new(model: &Model) -> Self {
        let asks = |queue: &crate::model::Queue| queue.conditions.is_some() || queue.told.is_some();
        let conditional = model.queues.iter().any(asks);
        let queues = if conditional { model.queues.len() } else { 0 };
        Watch {
            last_wait: vec![SimDuration::ZERO; queues],
            idle_over: idle_over(model),
            concerned: Vec::new(),
        }
    }

    /// One more of a group is idle, so many now.
    #[inline]
    pub fn one_more_idles(&mut self, group: GroupId, idle: u32) {
        if !self.idle_over.is_empty() {
            self.more_idle(group, idle);
        }
    }

    #[cold]
    fn more_idle(&mut self, group: GroupId, idle: u32) {
        for row in 0..self.idle_over[group.index()].len() {
            let (over, queue) = self.idle_over[group.index()][row];
            if idle == over + 1 {
                self.concerns(queue);
            }
        }
    }

    /// Whether a queue is to be looked at.
    #[inline]
    pub fn is_concerned(&self) -> bool {
        !self.concerned.is_empty()
    }

    pub fn concerns(&mut self, queue: QueueId) {
        if !self.concerned.contains(&queue) {
            self.concerned.push(queue);
        }
    }

    /// The first of the queues that are to be looked at.
    fn next(&mut self) -> Option<QueueId> {
        let first = self.concerned.iter().copied().min()?;
        self.concerned.retain(|&queue| queue != first);
        Some(first)
    }
}

fn idle_over(model: &Model) -> Vec<Vec<(u32, QueueId)>> {
    let mut by_group = vec![Vec::new(); model.groups.len()];
    for (row, queue) in model.queues.iter().enumerate() {
        for &(group, over) in
            queue.conditions.iter().flat_map(|of| &of.of_step).flat_map(|step| &step.idle_over)
        {
            by_group[group.index()].push((over, QueueId::from_index(row)));
        }
    }
    if by_group.iter().all(Vec::is_empty) { Vec::new() } else { by_group }
}

/// So many groups are asked one by one.
const FEW: usize = 4;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The agent of the first of `groups`, which are in order of preference, that has an idle one and may serve a contact of the rule
    /// in its step.
    #[inline(always)]
    pub(super) fn offered(&self, groups: &[GroupId], rule: &Rule, index: Index) -> Option<AgentId> {
        if groups.len() > FEW
            && self.nobody_is_idle(index)
            && self.desks.is_empty()
            && (!RARE || self.piles.is_empty())
        {
            return None;
        }
        let idle = first_idle(groups, |group| {
            if rule.conditional && !self.may_serve(rule.queue, group, index) {
                return None;
            }
            self.idle_agent(group, rule.select, index)
        });
        if RARE && idle.is_none() && !self.piles.is_empty() {
            return self.called_from_work(groups, rule, index);
        }
        idle
    }

    /// Whether all groups are busy to which a contact may be offered in its step.
    #[inline(never)]
    fn nobody_is_idle(&self, index: Index) -> bool {
        let contact = &self.contacts[index];
        !self.reach.offers_to_any(contact.rule, contact.step, self.agents.idle_groups())
    }

    #[inline(never)]
    fn may_serve(&self, queue: QueueId, group: GroupId, index: Index) -> bool {
        let idle = self.agents.idle_count(group);
        self.conditional_step(queue, group, idle) <= self.contacts[index].step
    }

    /// The step from which a group may serve a queue with conditions now.
    pub(super) fn conditional_step(&self, queue: QueueId, group: GroupId, idle: u32) -> u8 {
        let row = &self.model.queues[queue.index()];
        match &row.conditions {
            None => row.eligible_from[group.index()],
            Some(conditions) => conditions.eligible_from(queue, group, idle, self),
        }
    }

    /// One more waits in a queue with conditions.
    #[cold]
    pub(super) fn one_more_waits(&mut self, queue: QueueId) {
        let waiting = self.lanes.waiting(queue);
        let row = &self.model.queues[queue.index()];
        let by_length = matches!(row.expected_wait, ExpectedWait::QueueOverRate { .. });
        let crosses = |condition: &Condition| {
            condition.waiting_over.is_some_and(|over| waiting == over + 1)
                || by_length && condition.expected_wait_over.is_some()
        };
        if row.conditions.iter().any(|conditions| conditions.of_step.iter().any(crosses)) {
            self.watch.concerns(queue);
        }
    }

    /// A contact of a queue is given an agent; where expected waits follow the last wait, it may have passed a bound.
    #[inline(always)]
    pub(super) fn notes_wait(&mut self, queue: QueueId, entered: SimTime) {
        if let Some(last) = self.watch.last_wait.get_mut(queue.index()) {
            let before = std::mem::replace(last, self.now.since(entered));
            let grows = *last > before;
            let row = &self.model.queues[queue.index()];
            let follows = row.expected_wait == ExpectedWait::LastToEnterService && row.conditions.is_some();
            if grows && follows {
                self.watch.concerns(queue);
            }
        }
    }

    /// Somebody of a lane has waited as long as a bound of its queue's expected wait.
    #[cold]
    pub(super) fn line_is_old(&mut self, cursor: u16) {
        let index = self.lanes.reach_mark(&self.contacts, &mut self.tree, cursor);
        self.watch.concerns(self.contacts[index].queue);
    }

    /// An agent of a group has left: queues whose expected wait follows the heads may expect longer.
    pub(super) fn one_less_serves(&mut self, group: GroupId) {
        if self.watch.last_wait.is_empty() {
            return;
        }
        for (row, queue) in
            self.model.queues.iter().enumerate().filter(|(_, queue)| queue.conditions.is_some())
        {
            if let ExpectedWait::QueueOverRate { counts, .. } = &queue.expected_wait
                && counts[group.index()]
            {
                self.watch.concerns(QueueId::from_index(row));
            }
        }
    }

    /// Hours begin: steps of queues may depend on them.
    pub(super) fn hours_begin(&mut self, opening: OpeningId) {
        let depends = |condition: &Condition| condition.hours == Some(opening);
        for (row, queue) in self.model.queues.iter().enumerate() {
            if queue.conditions.iter().any(|conditions| conditions.of_step.iter().any(depends)) {
                self.watch.concerns(QueueId::from_index(row));
            }
        }
    }

    /// Contacts of the queues concerned look for idle agents again, queue by queue in the order of names.
    #[cold]
    pub(super) fn looks_again(&mut self) {
        while let Some(queue) = self.watch.next() {
            while let Some((agent, index)) = self.comes_together(queue) {
                self.comes_to(agent, index);
            }
        }
    }

    /// The first contact of a queue, by priority and rank, for whom somebody is idle and may serve it.
    fn comes_together(&self, queue: QueueId) -> Option<(AgentId, Index)> {
        let lanes = self.model.queues[queue.index()].lanes.clone().map(LaneId);
        let mut heads: Vec<Index> =
            lanes.map(|lane| self.lanes.first(lane)).filter(|&index| index != NIL).collect();
        heads.sort_by_key(|&index| self.place(index));
        heads.into_iter().find_map(|index| {
            let contact = &self.contacts[index];
            let rule = &self.model.rules[contact.rule.index()];
            let agent = self.offered(&rule.offers[usize::from(contact.step)], rule, index)?;
            Some((agent, index))
        })
    }

    /// A contact's place in its queue: the larger priority, the smaller rank, the smaller need.
    fn place(&self, index: Index) -> (std::cmp::Reverse<i32>, i64, crate::model::NeedId) {
        let contact = &self.contacts[index];
        let lane = &self.model.lanes[contact.lane.index()];
        let rank = contact.entered.as_us() as i64 - lane.credit.as_us() as i64;
        (std::cmp::Reverse(lane.priority), rank, contact.citizen.need)
    }

    /// How long the one who waits longest in a queue has waited; nobody: not at all.
    fn longest_waited(&self, queue: QueueId) -> SimDuration {
        let lanes = self.model.queues[queue.index()].lanes.clone().map(LaneId);
        let heads = lanes.map(|lane| self.lanes.first(lane)).filter(|&index| index != NIL);
        let waited = heads.map(|index| self.now.since(self.contacts[index].entered));
        waited.max().unwrap_or(SimDuration::ZERO)
    }

    /// How many of the people who count for a queue are logged in.
    fn heads(&self, counts: &[bool]) -> u32 {
        let groups = counts.iter().enumerate().filter(|&(_, &counts)| counts);
        groups.map(|(row, _)| self.agents.present(GroupId::from_index(row))).sum()
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer> Moment
    for Simulation<'_, EAGER, RARE, USUAL, O>
{
    fn waiting(&self, queue: QueueId) -> u32 {
        Lanes::waiting(&self.lanes, queue)
    }

    fn idle(&self, group: GroupId) -> u32 {
        self.agents.idle_count(group)
    }

    fn is_open(&self, opening: OpeningId) -> bool {
        self.open[opening.index()]
    }

    fn expects_longer(&self, queue: QueueId, bound: SimDuration) -> bool {
        match &self.model.queues[queue.index()].expected_wait {
            ExpectedWait::LastToEnterService => {
                self.watch.last_wait.get(queue.index()).is_some_and(|&wait| wait > bound)
            }
            ExpectedWait::HeadOfLine => self.longest_waited(queue) > bound,
            ExpectedWait::QueueOverRate { counts, handle_s, abandonment } => {
                let (waiting, heads) = (self.lanes.waiting(queue), self.heads(counts));
                queue_over_rate(waiting, (heads, *handle_s), *abandonment, bound.as_s()) > bound.as_s()
            }
        }
    }
}
