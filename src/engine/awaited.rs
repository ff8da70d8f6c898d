//! Rule: a known caller who comes again goes to the agent who served the need last, and waits for that one for a while.
//!
//! Whoever waits for one agent is in no lane: nobody else may take it. When the wait is over, or the agent leaves, it takes the place
//! in its lane that its entry gives it, and from then on it is a contact like any other.

use std::collections::{BTreeMap, VecDeque};

use super::contacts::Index;
use super::entering::{balks, patience_ends};
use super::event::key;
use super::observer::{AgentState, Observer};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{AgentId, LastAgent, QueueId, RuleId};
use crate::time::SimTime;

/// Contacts that wait for one agent each.
#[derive(Clone, Debug, Default)]
pub(super) struct Awaited {
    /// For whom, and the timer that ends it.
    of_contact: BTreeMap<Index, (AgentId, TimerId)>,
    /// In the order of entering.
    of_agent: BTreeMap<AgentId, VecDeque<Index>>,
}

impl Awaited {
    /// Whether nobody waits for a certain agent.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.of_contact.is_empty()
    }

    /// The first who waits for an agent.
    #[cold]
    pub(super) fn first_of(&self, agent: AgentId) -> Option<Index> {
        self.of_agent.get(&agent)?.front().copied()
    }

    /// A contact waits no longer for its agent. The timer that would have ended it.
    fn remove(&mut self, index: Index) -> Option<TimerId> {
        let (agent, timer) = self.of_contact.remove(&index)?;
        if let Some(line) = self.of_agent.get_mut(&agent) {
            line.retain(|&other| other != index);
            if line.is_empty() {
                self.of_agent.remove(&agent);
            }
        }
        Some(timer)
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A contact enters a queue by a rule that counts, or prefers the last agent; whether that agent is dealt with.
    #[cold]
    #[inline(never)]
    pub(super) fn minds_entry(&mut self, index: Index, rule: RuleId) -> bool {
        let row = &self.model.rules[rule.index()];
        if let Some(band) = row.band() {
            self.counts_one(rule, band);
        }
        row.last_agent.is_some_and(|prefers| self.goes_to_last_agent(index, rule, prefers))
    }

    /// Whether the agent who served a need last takes its contact at once, or is waited for.
    fn goes_to_last_agent(&mut self, index: Index, rule: RuleId, prefers: LastAgent) -> bool {
        let row = &self.model.rules[rule.index()];
        let Some(agent) = self.last_agent(&self.contacts[index].citizen, prefers.tier) else { return false };
        let may_serve = row.offers[usize::from(row.entry_step)].contains(&self.agents.group(agent));
        if !may_serve || self.is_held(index) {
            return false;
        }
        let queue = row.queue;
        let is_called = || !self.piles.is_empty() && self.may_be_called(agent, queue);
        if self.agents.state(agent) == AgentState::Idle || is_called() {
            self.serves(agent, index);
            return true;
        }
        if !self.agents.is_working(agent) || prefers.wait_at_most.is_zero() {
            return false;
        }
        match self.has_begun() && balks(self.model, &self.contacts[index]) {
            true => self.abandons(index, self.now),
            false => self.waits_for(agent, index, self.now.after(prefers.wait_at_most)),
        }
        true
    }

    fn waits_for(&mut self, agent: AgentId, index: Index, until: SimTime) {
        let patience = self.greeted.patience_until(index);
        let contact = &mut self.contacts[index];
        contact.until = patience.unwrap_or_else(|| patience_ends(self.model, contact));
        let order = contact.citizen.need.0;
        if contact.until < SimTime::MAX {
            contact.timer = self.wheel.set(key(contact.until, self.slots.patience), order, index);
        }
        let timer = self.wheel.set(key(until, self.slots.tries), order, index);
        self.awaited.of_contact.insert(index, (agent, timer));
        self.awaited.of_agent.entry(agent).or_default().push_back(index);
        self.lanes.one_waits_beside(contact.queue);
    }

    /// An agent takes the contact that has waited for it.
    #[cold]
    pub(super) fn takes_awaited(&mut self, agent: AgentId, index: Index) {
        self.is_awaited_no_longer(index);
        let timer = std::mem::replace(&mut self.contacts[index].timer, TimerId::NONE);
        self.wheel.cancel(timer);
        self.serves(agent, index);
    }

    /// The patience of a contact has ended; whether it waited for one agent.
    #[cold]
    pub(super) fn gives_up_on_agent(&mut self, index: Index) -> bool {
        if !self.awaited.of_contact.contains_key(&index) {
            return false;
        }
        self.is_awaited_no_longer(index);
        self.abandons(index, self.now);
        true
    }

    /// A contact has waited long enough for one agent: anybody may take it.
    #[cold]
    pub(super) fn waits_for_anybody(&mut self, index: Index) {
        if let Some((_, timer)) = self.awaited.of_contact.get_mut(&index) {
            // It has fired.
            *timer = TimerId::NONE;
        }
        self.joins_line(index);
    }

    /// An agent has gone: whoever waited for it waits for anybody.
    #[cold]
    pub(super) fn is_awaited_in_vain(&mut self, agent: AgentId) {
        while let Some(index) = self.awaited.first_of(agent) {
            self.joins_line(index);
        }
    }

    /// All who wait for one agent in a queue, or in any, take their places in their lanes.
    #[cold]
    pub(super) fn all_join_line(&mut self, queue: Option<QueueId>) {
        let all: Vec<Index> = self.awaited.of_contact.keys().copied().collect();
        for index in all {
            if queue.is_none_or(|queue| self.contacts[index].queue == queue) {
                self.joins_line(index);
            }
        }
    }

    fn joins_line(&mut self, index: Index) {
        self.is_awaited_no_longer(index);
        self.lanes.insert(&mut self.contacts, &mut self.tree, index);
        self.watch.concerns(self.contacts[index].queue);
    }

    fn is_awaited_no_longer(&mut self, index: Index) {
        if let Some(timer) = self.awaited.remove(index) {
            self.wheel.cancel(timer);
        }
        let contact = &self.contacts[index];
        let (queue, waited) = (contact.queue, self.now.since(contact.entered));
        self.lanes.one_waits_no_longer(queue);
        self.contacts[index].step = self.step_after(queue, waited);
    }
}
