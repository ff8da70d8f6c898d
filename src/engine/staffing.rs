//! Rule: agents log in and out as the planned heads change, and hours open and close.

use super::event::{IDLE, key};
use super::observer::{AgentState, Observer};
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId, OpeningId, QueueId};

impl<const EAGER: bool, O: Observer> Simulation<'_, EAGER, O> {
    /// The planned heads of a group change: joiners look for work at once, idle agents leave first, the highest index first;
    /// whoever is missing leaves at the end of the work at hand.
    pub(super) fn heads_change(&mut self, group: GroupId) {
        let (_, heads) = self.model.groups[group.index()].heads[self.heads[group.index()]];
        self.heads[group.index()] += 1;
        self.schedule_heads(group);
        self.agents.want(group, heads);
        while self.agents.surplus(group) < 0 {
            let Some(agent) = self.agents.log_in(self.model, group) else { break };
            self.work.logs_in(agent, self.now);
            self.observer.heads_change(self.now, group, self.agents.present(group));
            self.becomes_free(agent);
        }
        while self.agents.surplus(group) > 0 {
            let Some(agent) = self.agents.highest_idle(self.model, group) else { break };
            self.leaves(agent);
        }
    }

    /// An agent logs out.
    pub(super) fn leaves(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        self.agents.log_out(agent);
        self.one_less_serves(group);
        if self.agents.present(group) == 0 {
            self.group_has_gone(group);
        }
        self.tree.set(agent.index(), IDLE);
        self.observer.agent_changes(self.now, agent, group, AgentState::Off);
        self.observer.heads_change(self.now, group, self.agents.present(group));
    }

    /// A queue's hours or a rule's condition turn.
    pub(super) fn opening_turns(&mut self, opening: OpeningId) {
        self.turns[opening.index()] += 1;
        self.schedule_turn(opening);
        let open = &mut self.open[opening.index()];
        *open = !*open;
        if *open {
            return self.hours_begin(opening);
        }
        for (index, queue) in self.model.queues.iter().enumerate() {
            if queue.hours == Some(opening) && queue.sends_away {
                self.all_are_sent_away(QueueId::from_index(index));
            }
        }
    }

    /// Sets the event of a group's next change of heads.
    pub(super) fn schedule_heads(&mut self, group: GroupId) {
        let slot = self.slots.staffing(group);
        let next = self.model.groups[group.index()].heads.get(self.heads[group.index()]);
        self.tree.set(usize::from(slot), next.map_or(IDLE, |&(at, _)| key(at, slot)));
    }

    /// Sets the event of an opening's next turn.
    pub(super) fn schedule_turn(&mut self, opening: OpeningId) {
        let slot = self.slots.opening(opening);
        let next = self.model.openings[opening.index()].turns.get(self.turns[opening.index()]);
        self.tree.set(usize::from(slot), next.map_or(IDLE, |&at| key(at, slot)));
    }
}
