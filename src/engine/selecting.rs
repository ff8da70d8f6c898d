//! Rule: which idle agent of a group a contact goes to.

use super::contacts::Index;
use super::observer::Observer;
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId, Model, Select};
use crate::random::Purpose;
use crate::routing::{Occupancy, fastest, least_occupied};
use crate::time::SimTime;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The idle agent of a group that a contact goes to, if the group has one.
    #[inline(always)]
    pub(super) fn idle_agent(&self, group: GroupId, select: Select, contact: Index) -> Option<AgentId> {
        let Some(longest_idle) = self.agents.longest_idle(group) else {
            return if self.desks.is_empty() { None } else { self.has_room_for_chat(group) };
        };
        if select == Select::LongestIdle {
            return Some(longest_idle);
        }
        self.selected(group, select, contact)
    }

    #[inline(never)]
    fn selected(&self, group: GroupId, select: Select, contact: Index) -> Option<AgentId> {
        let idle = self.agents.idle(group);
        let contact = &self.contacts[contact];
        match select {
            Select::LongestIdle => self.agents.longest_idle(group),
            Select::LeastOccupied => least_occupied(idle, |agent| self.work.occupancy(agent, self.now)),
            Select::Fastest => {
                fastest(idle, self.model.service_factors.as_ref(), contact.citizen.contact_type)
            }
            Select::Random => {
                // A contact is given an agent once in a leg: this is its choice number 0.
                let draw = contact.stage().draw(Purpose::AgentChoice).sub(0);
                let mut by_number: Vec<AgentId> = idle.collect();
                by_number.sort_unstable();
                by_number.get(draw.below(by_number.len() as u64) as usize).copied()
            }
        }
    }
}

/// How much each agent has worked since log-in; kept only where a queue selects by it.
#[derive(Clone, Debug, Default)]
pub struct WorkSinceLogIn {
    /// By agent; empty if nobody asks.
    agents: Vec<Worked>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Worked {
    logged_in: SimTime,
    busy_us: u64,
    /// The beginning of the work at hand, or of being free.
    since: SimTime,
}

impl WorkSinceLogIn {
    /// For a model's agents, if any of its queues selects by occupancy.
    pub fn new(model: &Model) -> Self {
        let asked = model.queues.iter().any(|queue| queue.select == Select::LeastOccupied);
        let agents = if asked { model.agent_group.len() } else { 0 };
        WorkSinceLogIn { agents: vec![Worked::default(); agents] }
    }

    /// An agent logs in.
    pub fn logs_in(&mut self, agent: AgentId, now: SimTime) {
        if let Some(row) = self.agents.get_mut(agent.index()) {
            *row = Worked { logged_in: now, busy_us: 0, since: now };
        }
    }

    /// An agent is assigned.
    #[inline]
    pub fn begins(&mut self, agent: AgentId, now: SimTime) {
        if let Some(row) = self.agents.get_mut(agent.index()) {
            row.since = now;
        }
    }

    /// An agent has finished, or has just logged in.
    #[inline]
    pub fn ends(&mut self, agent: AgentId, now: SimTime) {
        if let Some(row) = self.agents.get_mut(agent.index()) {
            row.busy_us += now.since(row.since).as_us();
            row.since = now;
        }
    }

    /// An agent goes on a break.
    pub fn pauses(&mut self, agent: AgentId, now: SimTime) {
        self.begins(agent, now);
    }

    /// An agent is back from a break, which was neither work nor presence.
    pub fn resumes(&mut self, agent: AgentId, now: SimTime) {
        if let Some(row) = self.agents.get_mut(agent.index()) {
            row.logged_in = row.logged_in.after(now.since(row.since));
            row.since = now;
        }
    }

    fn occupancy(&self, agent: AgentId, now: SimTime) -> Occupancy {
        let row = self.agents.get(agent.index()).copied().unwrap_or_default();
        Occupancy { busy_us: row.busy_us, present_us: now.since(row.logged_in).as_us() }
    }
}
