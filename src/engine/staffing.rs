//! Rule: agents log in and out as the planned heads change, and hours open and close.

use super::attendance::{Attendance, NetHeads};
use super::event::{IDLE, key};
use super::observer::{AgentState, Observer};
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId, OpeningId, QueueId};

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The staff of a group changes: its heads, or something of one of its people.
    pub(super) fn staffing_changes(&mut self, group: GroupId) {
        match self.crews[group.index()] {
            Some(_) => self.crew_changes(group),
            None => self.heads_change(group),
        }
        self.queues_without_staff_send_away();
    }

    /// Whether the staff of any group changes later in this instant; while it changes, it does.
    pub(super) fn staff_still_changes(&self) -> bool {
        (0..self.model.groups.len()).any(|group| {
            let slot = self.slots.staffing(GroupId::from_index(group));
            self.tree.get(usize::from(slot)) == key(self.now, slot)
        })
    }

    /// The planned heads of a group change: joiners look for work at once, idle agents leave first, the highest index first;
    /// whoever is missing leaves at the end of the work at hand.
    fn heads_change(&mut self, group: GroupId) {
        let heads = self.next_heads(group);
        self.heads[group.index()] += 1;
        self.schedule_staffing(group);
        self.net_heads[group.index()] = heads;
        self.agents.want(group, heads.net);
        self.tell_staff(group);
        self.closes_desks(group);
        while self.agents.lacks_heads(group) {
            let Some(agent) = self.agents.log_in(self.model, group) else { break };
            self.work.logs_in(agent, self.now);
            self.tell_staff(group);
            self.becomes_free(agent);
        }
        while self.agents.has_surplus(group) {
            let Some(agent) = self.agents.highest_idle(self.model, group) else { break };
            self.leaves(agent);
            self.tell_staff(group);
        }
        while self.agents.has_surplus(group) {
            let Some(agent) = self.highest_at_case(group) else { break };
            self.leaves(agent);
            self.tell_staff(group);
        }
        self.closes_desks(group);
        self.calls_from_work(group);
    }

    /// The heads that come next, less those who are away.
    fn next_heads(&self, group: GroupId) -> NetHeads {
        let (row, next) = (&self.model.groups[group.index()], self.heads[group.index()]);
        match row.scheduled.get(next) {
            Some(scheduled) => Attendance::new(row, self.root).of_heads(scheduled),
            None => NetHeads::all_of(row.heads[next].1),
        }
    }

    /// Whether an agent who has finished, or has just come, goes instead of looking for work.
    #[cold]
    pub(super) fn goes(&mut self, agent: AgentId, group: GroupId) -> bool {
        if self.crews[group.index()].is_some() {
            return self.goes_as_called(agent, group);
        }
        self.leaves(agent);
        self.tell_staff(group);
        self.closes_desks(group);
        self.calls_from_work(group);
        true
    }

    /// An agent logs out.
    pub(super) fn leaves(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        self.agents.log_out(agent);
        self.closes_desk(agent, false);
        self.one_less_serves(group);
        self.concerns_campaigns();
        if self.agents.present(group) == 0 {
            self.queues_without_staff_send_away();
        }
        self.observer.agent_changes(self.now, agent, group, AgentState::Off);
        if !self.awaited.is_empty() {
            self.is_awaited_in_vain(agent);
        }
    }

    /// Tells who of a group is there and who should be.
    pub(super) fn tell_staff(&mut self, group: GroupId) {
        let logged_in = self.agents.present(group);
        let staff = match &self.crews[group.index()] {
            Some(crew) => crew.staff(logged_in),
            None => self.net_heads[group.index()].staff(logged_in),
        };
        self.observer.staff_changes(self.now, group, &staff);
    }

    /// A queue's hours or a rule's condition turn.
    pub(super) fn opening_turns(&mut self, opening: OpeningId) {
        self.turns[opening.index()] += 1;
        self.schedule_turn(opening);
        let open = &mut self.open[opening.index()];
        *open = !*open;
        if *open {
            if self.model.beginning == Some(opening) {
                // All who come at this instant have come.
                self.queues_without_staff_send_away();
            }
            self.concerns_campaigns();
            return self.hours_begin(opening);
        }
        for (index, queue) in self.model.queues.iter().enumerate() {
            if queue.hours == Some(opening) && queue.sends_away {
                self.all_are_sent_away(QueueId::from_index(index));
            }
        }
    }

    /// Sets the event of a group's next change of staff.
    pub(super) fn schedule_staffing(&mut self, group: GroupId) {
        if self.crews[group.index()].is_some() {
            return self.schedule_crew(group);
        }
        let slot = self.slots.staffing(group);
        let (row, next) = (&self.model.groups[group.index()], self.heads[group.index()]);
        let at = match row.scheduled.as_slice() {
            [] => row.heads.get(next).map(|&(at, _)| at),
            scheduled => scheduled.get(next).map(|scheduled| scheduled.at),
        };
        self.tree.set(usize::from(slot), at.map_or(IDLE, |at| key(at, slot)));
    }

    /// Sets the event of an opening's next turn.
    pub(super) fn schedule_turn(&mut self, opening: OpeningId) {
        let slot = self.slots.opening(opening);
        let next = self.model.openings[opening.index()].turns.get(self.turns[opening.index()]);
        self.tree.set(usize::from(slot), next.map_or(IDLE, |&at| key(at, slot)));
    }
}
