//! Rule: an agent serves a contact, wraps up, and looks for the next.

use super::contacts::{Contact, Index, Via};
use super::event::key;
use super::lanes::Lanes;
use super::observer::{AgentState, Apart, Cause, Fate, HandOver, Leg, Observer, Service};
use super::simulation::Simulation;
use super::talk::{outcome, talk_factor, talk_time, wrap_up_time};
use super::visitors::booking_time;
use super::wheel::TimerId;
use crate::model::{AgentId, GroupId, LaneId, Outcome, QueueId};
use crate::routing::{Head, Waiting, take};
use crate::time::{SimDuration, SimTime};

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A contact that waited is given to an agent who was idle.
    #[inline(never)]
    pub(super) fn comes_to(&mut self, agent: AgentId, index: Index) {
        self.leaves_lane(index);
        self.serves(agent, index);
    }

    /// An agent begins to work for a contact that waits no longer.
    #[inline(always)]
    pub(super) fn serves(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let row = &self.model.groups[group.index()];
        if RARE && !self.piles.is_empty() {
            self.leaves_piece(agent);
            if self.is_put_aside(group, index) {
                return self.serves_written(agent, index);
            }
        }
        if RARE && row.chatting.is_some() {
            return self.takes_chat(agent, index);
        }
        let contact = &mut self.contacts[index];
        if RARE && contact.via.is_aside() {
            return self.serves_aside(agent, index);
        }
        let answered = if USUAL { self.now.after(row.answer_delay) } else { self.now };
        contact.until = answered;
        let (queue, entered, cause) = (contact.queue, contact.entered, contact.citizen.cause);
        let talk = self.talk_with(agent, index, self.tier(group));
        let talk = if RARE && cause == Cause::Status { self.news_talk(index, talk) } else { talk };
        let mut talk_ends = answered.after(talk);
        self.agents.works(agent, index);
        self.work.begins(agent, self.now);
        if RARE {
            self.notes_wait(queue, entered);
            self.notes_level(queue, answered.since(entered));
            if !self.holds.is_empty() {
                talk_ends = talk_ends.after(self.is_taken_over(index, answered));
            }
        }
        self.work_ends.set(key(talk_ends, agent.0));
        if USUAL && answered > self.now {
            self.observer.agent_changes(self.now, agent, group, AgentState::Ringing);
        }
        self.observer.agent_changes(answered, agent, group, AgentState::Talking);
    }

    /// The tier of a group.
    #[inline(always)]
    fn tier(&self, group: GroupId) -> u8 {
        if USUAL { self.model.groups[group.index()].tier } else { 1 }
    }

    /// How long an agent of `tier` talks with a contact.
    #[inline(always)]
    pub(super) fn talk_with(&mut self, agent: AgentId, index: Index, tier: u8) -> SimDuration {
        let talk = match RARE && self.greeted.is_stray(index) {
            false if RARE && self.tenures.is_some() => self.learned_talk_time(index, agent, tier),
            false if USUAL => {
                let contact = &self.contacts[index];
                talk_time(self.model, contact, tier, talk_factor(self.model, contact, agent))
            }
            false => talk_time(self.model, &self.contacts[index], tier, 1.0),
            true => self.greeted.redirect_time(self.model, index, &self.contacts[index]),
        };
        if RARE && self.model.counters.is_some() { self.talk_with_booking(agent, index, talk) } else { talk }
    }

    /// A talk that ends with a booking is longer.
    #[cold]
    fn talk_with_booking(&mut self, agent: AgentId, index: Index, talk: SimDuration) -> SimDuration {
        let of = self.contacts[index].citizen.contact_type;
        let books =
            self.model.counters.as_deref().is_some_and(|counters| counters.of_type[of.index()].is_some());
        if !books || self.greeted.is_stray(index) {
            return talk;
        }
        let group = self.agents.group(agent);
        match self.outcome(agent, index, group) {
            Outcome::Booking => talk + booking_time(self.model, &self.contacts[index]),
            _ => talk,
        }
    }

    /// How the talk of an agent with a contact ends, and how long the work after it is.
    #[inline(always)]
    pub(super) fn ending(&mut self, agent: AgentId, index: Index, group: GroupId) -> (Outcome, SimDuration) {
        if RARE && self.greeted.is_stray(index) {
            return (Outcome::Misrouted, SimDuration::ZERO);
        }
        let tier = self.tier(group);
        let contact = &self.contacts[index];
        let wrap_up = match USUAL {
            true => wrap_up_time(self.model, contact, tier),
            false => wrap_up_time(self.model, &contact.of_plain_center(), tier),
        };
        (if USUAL { self.outcome(agent, index, group) } else { Outcome::Resolved }, wrap_up)
    }

    /// How the talk of an agent with a contact in its own queue ends.
    #[inline(always)]
    fn outcome(&mut self, agent: AgentId, index: Index, group: GroupId) -> Outcome {
        let tier = self.model.groups[group.index()].tier;
        match RARE && self.differ_in_outcome {
            false => outcome(self.model, &self.contacts[index], group, tier),
            true => self.skilled_outcome(index, agent, group, tier),
        }
    }

    /// Talk or wrap-up of an agent ends.
    #[inline(always)]
    pub(super) fn work_ends(&mut self, agent: AgentId) {
        if self.agents.state(agent) == AgentState::Talking && self.talk_ends(agent) {
            return;
        }
        if RARE && self.agents.state(agent) == AgentState::Ringing && self.call_of_campaign_ends(agent) {
            return;
        }
        self.looks_for_work(agent);
    }

    /// The caller leaves, met or not, or bound for the next tier; whether the agent wraps up.
    #[inline(always)]
    fn talk_ends(&mut self, agent: AgentId) -> bool {
        let group = self.agents.group(agent);
        let row = &self.model.groups[group.index()];
        let index = self.agents.contact(agent);
        let contact = &mut self.contacts[index];
        if RARE && contact.via.is_aside() {
            return self.work_aside_ends(agent, index);
        }
        if RARE && row.interruptible_written && self.is_put_aside(group, index) {
            self.begins_to_write(agent, index);
            return true;
        }
        let contact = &mut self.contacts[index];
        let answered = contact.until;
        if USUAL {
            contact.is_answered(answered);
        }
        let (outcome, wrap_up) = self.ending(agent, index, group);
        if RARE && self.pasts.are_kept() && !self.is_first_and_last(index, outcome) {
            self.notes_talk(index, agent, answered, outcome);
        }
        let wrap_up_ends = self.now.after(wrap_up);
        let service = Service {
            agent,
            group,
            assigned: if USUAL { answered.before(row.answer_delay) } else { answered },
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended: wrap_up_ends,
            outcome,
            hand_over: HandOver::Cold,
            apart: Apart::NOTHING,
        };
        if RARE
            && matches!(outcome, Outcome::Escalated | Outcome::Consulted)
            && self.stays_with(index, service)
        {
            return true;
        }
        if RARE && row.interruptible_wrap_up.is_some() && wrap_up_ends > self.now {
            self.begins_wrap_up(index, service, row.tier);
            return true;
        }
        let contact = &self.contacts[index];
        let leg = match USUAL {
            true => contact.leg_until(Fate::Answered, answered),
            false => contact.of_plain_center().leg_until(Fate::Answered, answered),
        };
        self.observer.leg_ends(&Leg { service: Some(service), ..leg });
        match outcome {
            Outcome::Resolved => self.is_resolved(index, self.tier(group)),
            _ => self.is_not_met(index, outcome, row.tier),
        }
        self.goes_into_wrap_up(agent, group, wrap_up_ends)
    }

    /// An agent's talk is over, and wrap-up until then begins, if there is any: whether there is.
    #[inline(always)]
    pub(super) fn goes_into_wrap_up(&mut self, agent: AgentId, group: GroupId, until: SimTime) -> bool {
        let wraps_up = until > self.now;
        if wraps_up {
            self.agents.wraps_up(agent);
            self.work_ends.set(key(until, agent.0));
            self.observer.agent_changes(self.now, agent, group, AgentState::WrappingUp);
        }
        wraps_up
    }

    /// An agent takes a contact that stands for a citizen off the line, or for an agent who asks.
    #[cold]
    #[inline(never)]
    fn serves_aside(&mut self, agent: AgentId, index: Index) {
        match self.contacts[index].via {
            Via::Consulting => self.is_consulted(agent, index),
            _ => self.dials(agent, index),
        }
    }

    /// Such work has ended, or the first agent has finished after asking; whether the agent wraps up.
    #[cold]
    #[inline(never)]
    fn work_aside_ends(&mut self, agent: AgentId, index: Index) -> bool {
        match self.contacts[index].via {
            Via::Consulting => self.consultation_ends(agent, index),
            Via::Concluding => self.conclusion_ends(index),
            _ => self.call_back_ends(agent, index),
        }
    }

    /// A talk of `tier` ended otherwise than resolved.
    #[inline(never)]
    pub(super) fn is_not_met(&mut self, index: Index, outcome: Outcome, tier: u8) {
        match outcome {
            Outcome::Case => return self.case_opens(index, tier),
            Outcome::Booking => return self.books_with_agent(index),
            _ => {}
        }
        match outcome.passes_on(tier) {
            Some(bound) => self.is_transferred(index, bound),
            None => self.is_unresolved(index),
        }
    }

    /// An agent has just logged in.
    #[inline(never)]
    pub(super) fn becomes_free(&mut self, agent: AgentId) {
        self.looks_for_work(agent);
    }

    /// An agent has finished, or has just come: leaves or goes on a break if it is to, takes a contact, or idles.
    #[inline(always)]
    fn looks_for_work(&mut self, agent: AgentId) {
        self.work.ends(agent, self.now);
        let group = self.agents.group(agent);
        if RARE && self.piles.has_aside(agent) {
            return self.goes_on_with_pile(agent, group);
        }
        if self.agents.someone_is_to_go(group) && self.goes(agent, group) {
            return;
        }
        if RARE
            && !self.awaited.is_empty()
            && let Some(index) = self.awaited.first_of(agent)
        {
            return self.takes_awaited(agent, index);
        }
        if RARE
            && self.model.groups[group.index()].interruptible_written
            && let Some(index) = self.next_call_for(agent, group)
        {
            return self.takes_call(agent, index);
        }
        match self.next_contact(group) {
            Some(index) => {
                self.leaves_lane(index);
                self.serves(agent, index);
            }
            None => {
                self.agents.idles(agent);
                if RARE {
                    self.watch.one_more_idles(group, self.agents.idle_count(group));
                    self.concerns_campaigns();
                }
                self.observer.agent_changes(self.now, agent, group, AgentState::Idle);
                if RARE && self.model.groups[group.index()].back_office.is_some() {
                    self.idles_beside_cases(agent, group);
                }
            }
        }
    }

    /// The waiting contact that an agent of `group` takes next.
    #[inline]
    pub(super) fn next_contact(&mut self, group: GroupId) -> Option<Index> {
        if !self.reach.serves_any(group, self.lanes.waiting_queues()) {
            return None;
        }
        let model = self.model;
        let lane = take(model, group, self)?;
        Some(self.lanes.first(lane))
    }

    /// A contact stops waiting: its place and its patience are gone.
    #[inline]
    pub(super) fn leaves_lane(&mut self, index: Index) {
        self.lanes.remove(&mut self.contacts, &mut self.tree, index);
        if EAGER {
            // Its next leg may have no patience, and then no timer: this one is not to be cancelled twice.
            let timer = std::mem::replace(&mut self.contacts[index].timer, TimerId::NONE);
            self.wheel.cancel(timer);
        }
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer> Waiting
    for Simulation<'_, EAGER, RARE, USUAL, O>
{
    #[inline]
    fn now(&self) -> SimTime {
        self.now
    }

    #[inline]
    fn is_waiting(&self, queue: QueueId) -> bool {
        Lanes::waiting(&self.lanes, queue) > 0
    }

    #[inline]
    fn eligible_from(&self, queue: QueueId, group: GroupId) -> u8 {
        let row = &self.model.queues[queue.index()];
        match row.conditions {
            // Whoever asks is idle too.
            Some(_) if RARE => self.conditional_step(queue, group, self.agents.idle_count(group) + 1),
            _ => row.eligible_from[group.index()],
        }
    }

    #[inline]
    fn head(&mut self, lane: LaneId) -> Option<Head> {
        loop {
            let index = self.lanes.first(lane);
            if index == super::contacts::NIL {
                return None;
            }
            if EAGER || !self.has_gone(index) {
                let Contact { entered, step, citizen, .. } = self.contacts[index];
                return Some(Head { entered, step, need: citizen.need });
            }
            self.is_found_gone(index);
        }
    }
}
