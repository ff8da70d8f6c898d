//! Rule: agents who have nothing else to do work on cases of offices, and lay them down for calls.
//!
//! An agent takes a case when it has been idle for so long, and while more of its group are idle than are to stay so; with a case done it goes on to the
//! next at once. The case at hand is a piece of work as in [`super::put_aside`], but what is left of it goes back to its office: whoever is free there, or the next
//! agent, takes it up. Each group has at most one timer pending: that at which the one who is idle for longest has been so for long enough.

use super::contacts::Index;
use super::event::key;
use super::observer::{AgentState, Observer, Stretch, StretchOf};
use super::office::Place;
use super::piles::{Piece, Work};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{AgentId, BackOffice, GroupId, OfficeId};
use crate::time::{SimDuration, SimTime};

/// In the payload of a desk's timer: it is about a group, and says when to look for cases.
pub(super) const LOOKS: u32 = 1 << 31;

/// What agents do for offices.
#[derive(Clone, Debug, Default)]
pub(super) struct AtCases {
    /// By agent: since when it has been idle; empty where nobody works on cases.
    pub(super) idle_since: Vec<SimTime>,
    /// By group: how many are at a case.
    busy: Vec<u32>,
    /// By group: the timer that says when to look.
    looks: Vec<TimerId>,
}

impl AtCases {
    pub(super) fn new(agents: usize, groups: usize) -> Self {
        AtCases {
            idle_since: vec![SimTime::ZERO; agents],
            busy: vec![0; groups],
            looks: vec![TimerId::NONE; groups],
        }
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// An agent of a group that works on cases idles.
    #[cold]
    pub(super) fn idles_beside_cases(&mut self, agent: AgentId, group: GroupId) {
        self.piles.cases.idle_since[agent.index()] = self.now;
        self.looks_for_cases(group);
    }

    /// It is time for a group to look for cases.
    pub(super) fn is_idle_for_long(&mut self, group: GroupId) {
        self.piles.cases.looks[group.index()] = TimerId::NONE;
        self.looks_for_cases(group);
    }

    /// Agents of a group who have been idle for long enough take cases, as long as there are any and enough stay idle.
    pub(super) fn looks_for_cases(&mut self, group: GroupId) {
        let model = self.model;
        let Some(rule) = &model.groups[group.index()].back_office else { return };
        while self.agents.idle_count(group) > rule.keep_idle
            && let Some(agent) = self.agents.longest_idle(group)
            && let Some((office, place)) = self.next_case_of(rule)
        {
            let ready = self.piles.cases.idle_since[agent.index()].after(rule.after_idle);
            if ready > self.now {
                return self.looks_at(group, ready);
            }
            self.takes_case(agent, office, place);
        }
    }

    /// Sets the timer of a group; one that is pending comes first, and looks again.
    fn looks_at(&mut self, group: GroupId, at: SimTime) {
        let timer = &mut self.piles.cases.looks[group.index()];
        if *timer == TimerId::NONE && at < self.model.clock.horizon {
            let payload = LOOKS | u32::from(group.0);
            *timer = self.wheel.set(key(at, self.slots.chats), payload.into(), payload);
        }
    }

    /// The first case of the first office in the group's order that has one waiting. From the horizon on there is none.
    fn next_case_of(&self, rule: &BackOffice) -> Option<(OfficeId, Place)> {
        if self.now >= self.model.clock.horizon {
            return None;
        }
        let first = |&office: &OfficeId| Some((office, self.cases.offices[office.index()].first_waiting()?));
        rule.offices.iter().find_map(first)
    }

    /// An agent takes up a case.
    fn takes_case(&mut self, agent: AgentId, office: OfficeId, place: Place) {
        let group = self.agents.group(agent);
        self.cases.offices[office.index()].is_taken_from(&place);
        let left = self.case_is_taken_up(place.1);
        self.more_at_cases(group, 1);
        self.agents.does_back_office(agent);
        self.has_at_hand(agent, Piece { of: Work::Case(place.1), left, done: SimDuration::ZERO });
        self.observer.agent_changes(self.now, agent, group, AgentState::BackOffice);
    }

    /// So many more agents of a group are at a case.
    fn more_at_cases(&mut self, group: GroupId, more: i32) {
        let busy = &mut self.piles.cases.busy[group.index()];
        *busy = busy.saturating_add_signed(more);
        self.observer.back_office_changes(self.now, group, *busy);
    }

    /// An agent's stretch of work on a case is over.
    fn tell_stretch_at_case(&mut self, agent: AgentId, case: Index, from: SimTime, interrupted: bool) {
        let group = self.agents.group(agent);
        let caller = self.caller_of_task(case);
        let of = StretchOf::Case { caller };
        self.observer.stretch_ends(&Stretch { agent, group, of, from, until: self.now, interrupted });
        self.more_at_cases(group, -1);
        // Time at cases is no work for contacts.
        self.work.begins(agent, self.now);
    }

    /// An agent lays down a case, for a call or because it goes: what is left waits at its office.
    pub(super) fn lays_down_case(&mut self, agent: AgentId, case: Index, since: SimTime, called: bool) {
        self.tell_stretch_at_case(agent, case, since, called);
        self.case_is_laid_down(case, agent);
    }

    /// An agent's time at a case is over: the work is done, or the run has come to the horizon. With a case done it goes on to the next if nothing else
    /// is to be done.
    pub(super) fn work_at_case_ends(&mut self, agent: AgentId, case: Index, since: SimTime) {
        if self.is_left_of_case(case) {
            self.lays_down_case(agent, case, since, false);
            return self.becomes_free(agent);
        }
        let group = self.agents.group(agent);
        self.tell_stretch_at_case(agent, case, since, false);
        self.work_on_case_ends(case, Some(agent));
        match self.goes_on_to_case(agent, group) {
            Some((office, place)) => self.takes_case(agent, office, place),
            None => self.becomes_free(agent),
        }
    }

    /// The next case of an agent who has done one, if the agent is to do nothing else.
    fn goes_on_to_case(&mut self, agent: AgentId, group: GroupId) -> Option<(OfficeId, Place)> {
        let model = self.model;
        let rule = model.groups[group.index()].back_office.as_deref()?;
        let other = self.agents.someone_is_to_go(group)
            || self.awaited.first_of(agent).is_some()
            || self.next_contact(group).is_some();
        let enough_are_idle = self.agents.idle_count(group) >= rule.keep_idle;
        if other || !enough_are_idle { None } else { self.next_case_of(rule) }
    }

    /// Of those of a group who are at a case the one with the highest index.
    pub(super) fn highest_at_case(&self, group: GroupId) -> Option<AgentId> {
        let row = &self.model.groups[group.index()];
        row.back_office.as_ref()?;
        let at_case = |agent: &AgentId| self.agents.state(*agent) == AgentState::BackOffice;
        row.agents.clone().rev().map(AgentId).find(at_case)
    }
}
