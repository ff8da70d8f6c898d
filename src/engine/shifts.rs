//! Rule: who works by shifts logs in and out by name and takes breaks; the work in hand is finished first.

use super::crew::Effect;
use super::event::{IDLE, key};
use super::observer::{AgentState, Observer};
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId};

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A shift starts or ends, or a break is due or over, for one person of a group.
    pub(super) fn crew_changes(&mut self, group: GroupId) {
        let first = self.model.groups[group.index()].agents.start;
        let (agents, crews) = (&self.agents, &mut self.crews);
        let Some(crew) = crews[group.index()].as_mut() else { return };
        let change = crew.change(|person| agents.is_working(AgentId(first + person)));
        if let Some((person, effect)) = change {
            self.follows(AgentId(first + person), group, effect);
        }
        self.tell_staff(group);
        self.schedule_crew(group);
    }

    /// What a crew says happens to an agent.
    fn follows(&mut self, agent: AgentId, group: GroupId, effect: Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::LogsIn => {
                self.work.logs_in(agent, self.now);
                self.comes(agent);
            }
            Effect::Returns => {
                self.work.resumes(agent, self.now);
                self.comes(agent);
            }
            Effect::Leaves => self.leaves(agent),
            Effect::BeginsBreak => self.goes_on_break(agent, group),
            Effect::IsCalledAway => {
                self.agents.call_away(group);
                self.closes_desk(agent, true);
            }
            Effect::StaysOn => {
                self.agents.call_back(group);
                self.closes_desk(agent, false);
            }
            Effect::IsAbsent => self.observer.agent_changes(self.now, agent, group, AgentState::Absent),
            Effect::AbsenceEnds => self.observer.agent_changes(self.now, agent, group, AgentState::Off),
        }
    }

    /// An agent is there from now on and looks for work at once.
    fn comes(&mut self, agent: AgentId) {
        self.agents.comes(agent);
        self.becomes_free(agent);
    }

    fn goes_on_break(&mut self, agent: AgentId, group: GroupId) {
        self.agents.goes_on_break(agent);
        self.closes_desk(agent, false);
        self.work.pauses(agent, self.now);
        self.one_less_serves(group);
        if self.agents.present(group) == 0 {
            self.queues_without_staff_send_away();
        }
        self.observer.agent_changes(self.now, agent, group, AgentState::OnBreak);
        if !self.awaited.is_empty() {
            self.is_awaited_in_vain(agent);
        }
    }

    /// Whether an agent of a crew who has finished goes, to a break or home, where somebody of the group is called away.
    pub(super) fn goes_as_called(&mut self, agent: AgentId, group: GroupId) -> bool {
        let first = self.model.groups[group.index()].agents.start;
        let Some(crew) = self.crews[group.index()].as_mut() else { return false };
        let effect = crew.is_freed(self.now, agent.0 - first);
        if effect == Effect::Nothing {
            return false;
        }
        self.agents.call_back(group);
        self.follows(agent, group, effect);
        self.tell_staff(group);
        self.schedule_crew(group);
        true
    }

    /// Sets the event of a crew's next change.
    pub(super) fn schedule_crew(&mut self, group: GroupId) {
        let slot = self.slots.staffing(group);
        let next = self.crews[group.index()].as_mut().and_then(|crew| crew.next_at());
        self.tree.set(usize::from(slot), next.map_or(IDLE, |at| key(at, slot)));
    }
}
