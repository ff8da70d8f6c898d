//! Agents: who is in, who is idle since when, who works on what.
//!
//! Idle agents of a group stand in a list in the order in which they became idle, so its head is the longest idle.

use super::bits::Bits;
use super::contacts::{Index, NIL};
use super::observer::AgentState;
use crate::model::{AgentGroup, AgentId, GroupId, Model};

/// All agents.
#[derive(Clone, Debug)]
pub struct Agents {
    agents: Vec<Agent>,
    groups: Vec<Group>,
    /// Groups of which somebody is idle.
    idle_groups: Bits,
    /// Groups of which somebody is logged in and not on a break.
    present_groups: Bits,
}

#[derive(Clone, Copy, Debug)]
struct Agent {
    state: AgentState,
    group: GroupId,
    /// Neighbours among the idle.
    before: u16,
    behind: u16,
    /// The contact that it serves.
    contact: Index,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    longest_idle: u16,
    last_idle: u16,
    /// How many are idle.
    idle: u32,
    /// Logged in and not on a break.
    present: u32,
    /// Heads that the plan wants now; of a group that works by shifts, without limit.
    wanted: u32,
    /// Of a group that works by shifts: those at work who will go when that is done.
    called_away: u32,
    /// Nobody of the group below this index is off, so that many log-ins do not search from the first each time.
    off_from: u16,
    /// Nobody of the group from this index on is idle.
    idle_until: u16,
}

const NOBODY: u16 = u16::MAX;

impl Agents {
    /// Everybody off, nobody wanted.
    pub fn new(model: &Model) -> Self {
        let off = |&group: &GroupId| Agent {
            state: AgentState::Off,
            group,
            before: NOBODY,
            behind: NOBODY,
            contact: NIL,
        };
        let empty = |group: &AgentGroup| Group {
            longest_idle: NOBODY,
            last_idle: NOBODY,
            idle: 0,
            present: 0,
            wanted: if group.shifts.is_some() { u32::MAX } else { 0 },
            called_away: 0,
            off_from: group.agents.start,
            idle_until: group.agents.start,
        };
        Agents {
            agents: model.agent_group.iter().map(off).collect(),
            groups: model.groups.iter().map(empty).collect(),
            idle_groups: Bits::none(model.groups.len()),
            present_groups: Bits::none(model.groups.len()),
        }
    }

    /// An agent's group.
    #[inline]
    pub fn group(&self, agent: AgentId) -> GroupId {
        self.agents[agent.index()].group
    }

    /// What an agent is doing.
    #[inline]
    pub fn state(&self, agent: AgentId) -> AgentState {
        self.agents[agent.index()].state
    }

    /// The contact that an agent serves.
    #[inline]
    pub fn contact(&self, agent: AgentId) -> Index {
        self.agents[agent.index()].contact
    }

    /// The agent of a group that has been idle longest.
    #[inline]
    pub fn longest_idle(&self, group: GroupId) -> Option<AgentId> {
        let agent = self.groups[group.index()].longest_idle;
        (agent != NOBODY).then_some(AgentId(agent))
    }

    /// Groups of which somebody is idle.
    #[inline]
    pub fn idle_groups(&self) -> &Bits {
        &self.idle_groups
    }

    /// Groups of which somebody is logged in and not on a break.
    #[inline]
    pub fn present_groups(&self) -> &Bits {
        &self.present_groups
    }

    /// How many of a group are idle.
    #[inline]
    pub fn idle_count(&self, group: GroupId) -> u32 {
        self.groups[group.index()].idle
    }

    /// The idle agents of a group, the longest idle first.
    pub fn idle(&self, group: GroupId) -> impl Iterator<Item = AgentId> + '_ {
        let next = |&AgentId(agent): &AgentId| match self.agents[usize::from(agent)].behind {
            NOBODY => None,
            behind => Some(AgentId(behind)),
        };
        std::iter::successors(self.longest_idle(group), next)
    }

    /// How many of a group are logged in and not on a break.
    pub fn present(&self, group: GroupId) -> u32 {
        self.groups[group.index()].present
    }

    /// Whether fewer of a group are logged in than its heads.
    pub fn lacks_heads(&self, group: GroupId) -> bool {
        let group = &self.groups[group.index()];
        group.present < group.wanted
    }

    /// Whether more of a group are logged in than its heads.
    pub fn has_surplus(&self, group: GroupId) -> bool {
        let group = &self.groups[group.index()];
        group.present > group.wanted
    }

    /// How many more of a group are logged in than its heads.
    pub fn surplus(&self, group: GroupId) -> u32 {
        let group = &self.groups[group.index()];
        group.present.saturating_sub(group.wanted)
    }

    /// Whether somebody of a group, perhaps the one who has just finished, is to go.
    #[inline]
    pub fn someone_is_to_go(&self, group: GroupId) -> bool {
        let group = &self.groups[group.index()];
        group.present > group.wanted || group.called_away > 0
    }

    /// Whether an agent is busy with a contact.
    pub fn is_working(&self, agent: AgentId) -> bool {
        use AgentState::{Chatting, Holding, Ringing, Talking, WrappingUp};
        matches!(self.state(agent), Talking | Holding | WrappingUp | Chatting | Ringing)
    }

    /// One more of those at work will go when that is done.
    pub fn call_away(&mut self, group: GroupId) {
        self.groups[group.index()].called_away += 1;
    }

    /// One of those who were called away has gone, or need not go.
    pub fn call_back(&mut self, group: GroupId) {
        self.groups[group.index()].called_away -= 1;
    }

    /// Sets how many heads the plan wants.
    pub fn want(&mut self, group: GroupId, heads: u32) {
        self.groups[group.index()].wanted = heads;
    }

    /// An agent begins to work: it leaves the idle list if it is there.
    #[inline(always)]
    pub fn works(&mut self, agent: AgentId, contact: Index) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::Talking, contact);
    }

    /// An agent begins a call of a campaign: it leaves the idle list. Whatever comes of the call, it counts as ringing until its talk is over, and
    /// `call` takes the place of the contact.
    pub fn dials(&mut self, agent: AgentId, call: Index) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::Ringing, call);
    }

    /// An agent has its first chat: it leaves the idle list if it is there.
    pub fn chats(&mut self, agent: AgentId) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::Chatting, NIL);
    }

    /// An agent takes up a case: it leaves the idle list if it is there.
    pub fn does_back_office(&mut self, agent: AgentId) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::BackOffice, NIL);
    }

    /// An agent has spoken and stays with the caller.
    pub fn holds(&mut self, agent: AgentId) {
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::Holding, NIL);
    }

    /// An agent's caller has left; wrap-up begins.
    #[inline(always)]
    pub fn wraps_up(&mut self, agent: AgentId) {
        let row = &mut self.agents[agent.index()];
        (row.state, row.contact) = (AgentState::WrappingUp, NIL);
    }

    /// An agent has nothing to do: it becomes the last of the idle.
    #[inline(always)]
    pub fn idles(&mut self, agent: AgentId) {
        let row = &mut self.agents[agent.index()];
        let group = &mut self.groups[row.group.index()];
        let last = std::mem::replace(&mut group.last_idle, agent.0);
        group.idle_until = group.idle_until.max(agent.0 + 1);
        group.idle += 1;
        (row.state, row.contact, row.before, row.behind) = (AgentState::Idle, NIL, last, NOBODY);
        match last {
            NOBODY => {
                group.longest_idle = agent.0;
                self.idle_groups.set(row.group.index(), true);
            }
            _ => self.agents[usize::from(last)].behind = agent.0,
        }
    }

    /// Logs in the agent of lowest index who is off; it counts as wrapping up until it is given work or idles.
    pub fn log_in(&mut self, model: &Model, group: GroupId) -> Option<AgentId> {
        let row = &mut self.groups[group.index()];
        let mut agents = row.off_from..model.groups[group.index()].agents.end;
        let agent = agents.find(|&agent| self.agents[usize::from(agent)].state == AgentState::Off)?;
        row.off_from = agent + 1;
        self.agents[usize::from(agent)].state = AgentState::WrappingUp;
        self.one_more_is_present(group);
        Some(AgentId(agent))
    }

    /// A certain agent comes, from outside or from a break; it counts as wrapping up until it is given work or idles.
    pub fn comes(&mut self, agent: AgentId) {
        let row = &mut self.agents[agent.index()];
        row.state = AgentState::WrappingUp;
        let group = row.group;
        self.one_more_is_present(group);
    }

    /// An agent who is not working goes on a break.
    pub fn goes_on_break(&mut self, agent: AgentId) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        row.state = AgentState::OnBreak;
        let group = row.group;
        self.one_less_is_present(group);
    }

    /// The idle agent of a group with the highest index.
    pub fn highest_idle(&mut self, model: &Model, group: GroupId) -> Option<AgentId> {
        let row = &mut self.groups[group.index()];
        let first = model.groups[group.index()].agents.start;
        let mut agents = (first..row.idle_until).rev();
        let agent = agents.find(|&agent| self.agents[usize::from(agent)].state == AgentState::Idle);
        row.idle_until = agent.map_or(first, |agent| agent + 1);
        agent.map(AgentId)
    }

    /// Logs an agent out who is not working.
    pub fn log_out(&mut self, agent: AgentId) {
        self.leave_idle_list(agent);
        let row = &mut self.agents[agent.index()];
        let was_present = row.state != AgentState::OnBreak;
        row.state = AgentState::Off;
        let of = row.group;
        let group = &mut self.groups[of.index()];
        group.off_from = group.off_from.min(agent.0);
        if was_present {
            self.one_less_is_present(of);
        }
    }

    fn one_more_is_present(&mut self, group: GroupId) {
        self.groups[group.index()].present += 1;
        self.present_groups.set(group.index(), true);
    }

    fn one_less_is_present(&mut self, group: GroupId) {
        let present = &mut self.groups[group.index()].present;
        *present -= 1;
        if *present == 0 {
            self.present_groups.set(group.index(), false);
        }
    }

    #[inline(always)]
    fn leave_idle_list(&mut self, agent: AgentId) {
        let Agent { state, group: of, before, behind, .. } = self.agents[agent.index()];
        if state != AgentState::Idle {
            return;
        }
        let group = &mut self.groups[of.index()];
        group.idle -= 1;
        if group.idle == 0 {
            self.idle_groups.set(of.index(), false);
        }
        match before {
            NOBODY => group.longest_idle = behind,
            _ => self.agents[usize::from(before)].behind = behind,
        }
        match behind {
            NOBODY => group.last_idle = before,
            _ => self.agents[usize::from(behind)].before = before,
        }
    }
}
