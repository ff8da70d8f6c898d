//! Rule: agents put what is written aside for a call that finds nobody idle, and go on with it afterwards.
//!
//! The work on an e-mail or a form is then a piece of work as in [`super::put_aside`], and its wrap-up is another, so that what was worked on it is told
//! by stretches. Who opens it (the answer delay) is not called away; and an agent who looks for work takes calls first.

use super::contacts::Index;
use super::event::key;
use super::observer::{AgentState, Apart, Cause, Fate, HandOver, Leg, Observer, Service};
use super::piles::{Piece, Work};
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId, Outcome};
use crate::time::SimDuration;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Whether agents of a group put a contact aside for calls: it is written, and they do so.
    pub(super) fn is_put_aside(&self, group: GroupId, index: Index) -> bool {
        let contact = &self.contacts[index];
        self.model.groups[group.index()].interruptible_written
            && !contact.via.is_aside()
            && self.is_written(&contact.citizen)
    }

    /// An agent takes something written: opens it, and then works on it.
    #[cold]
    #[inline(never)]
    pub(super) fn serves_written(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let answered = self.now.after(self.model.groups[group.index()].answer_delay);
        let contact = &mut self.contacts[index];
        contact.until = answered;
        let (queue, entered) = (contact.queue, contact.entered);
        self.agents.works(agent, index);
        self.work.begins(agent, self.now);
        self.notes_wait(queue, entered);
        self.notes_level(queue, answered.since(entered));
        match answered > self.now {
            true => {
                self.work_ends.set(key(answered, agent.0));
                self.observer.agent_changes(self.now, agent, group, AgentState::Ringing);
            }
            false => self.begins_to_write(agent, index),
        }
    }

    /// An agent has opened something written, and works on it, or takes the call that waits by now.
    #[cold]
    #[inline(never)]
    pub(super) fn begins_to_write(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let talk = self.talk_with(agent, index, self.model.groups[group.index()].tier);
        let is_news = self.contacts[index].citizen.cause == Cause::Status;
        let left = if is_news { self.news_talk(index, talk) } else { talk };
        let piece = Piece { of: Work::Written(index), left, done: SimDuration::ZERO };
        self.begins_piece(agent, group, piece, true);
    }

    /// An agent works on something written, from the beginning or again.
    pub(super) fn takes_up_written(&mut self, agent: AgentId, index: Index, piece: Piece) {
        let group = self.agents.group(agent);
        self.agents.works(agent, index);
        self.has_at_hand(agent, piece);
        self.observer.agent_changes(self.now, agent, group, AgentState::Talking);
    }

    /// The work on something written, of which so much was done, is over: what comes of it, and then the wrap-up.
    pub(super) fn written_ends(&mut self, agent: AgentId, index: Index, done: SimDuration) {
        let group = self.agents.group(agent);
        let row = &self.model.groups[group.index()];
        let answered = self.contacts[index].until;
        self.contacts[index].is_answered(answered);
        let (outcome, wrap_up) = self.ending(agent, index, group);
        if self.pasts.are_kept() {
            self.notes_talk(index, agent, answered, outcome);
        }
        let aside = self.now.since(answered) - done;
        let service = Service {
            agent,
            group,
            assigned: answered.before(row.answer_delay),
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended: self.now.after(wrap_up),
            outcome,
            hand_over: HandOver::Cold,
            apart: Apart { talk: true, wrap_up: true, aside },
        };
        if !wrap_up.is_zero() {
            return self.begins_wrap_up(index, service, row.tier);
        }
        let contact = &self.contacts[index];
        self.observer
            .leg_ends(&Leg { service: Some(service), ..contact.leg_until(Fate::Answered, answered) });
        match outcome {
            Outcome::Resolved => self.is_resolved(index, row.tier),
            _ => self.is_not_met(index, outcome, row.tier),
        }
        self.becomes_free(agent);
    }
}
