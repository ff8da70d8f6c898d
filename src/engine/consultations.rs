//! Rule: consultations. The first agent asks one of tier 2 while the caller holds, and then finishes.
//!
//! What stands in the queue of tier 2 is the agent who asks: without patience but with a limit, with the place of a contact that enters
//! then, and told apart from callers. The caller's contact lends its row for that time and its leg number for good, so
//! that the legs of callers have no gap.

use std::collections::BTreeMap;

use super::contacts::{Contact, Index, Via};
use super::event::key;
use super::observer::{
    AgentState, Apart, CallbackTry, Consultation, Fate, HandOver, Leg, Observer, Refusal, Refused, Service,
    TryEnd,
};
use super::returning::MOVES;
use super::simulation::Simulation;
use super::talk::admitted;
use super::visitors::booking_time;
use super::wheel::TimerId;
use crate::model::{self, AgentId, Bound, ContactTypeId, Model, Outcome, QueueId};
use crate::random::{Distribution, Draw, Purpose, choose};
use crate::time::{SimDuration, SimTime};

/// Agents who have asked, or are about to, by contact.
#[derive(Clone, Debug, Default)]
pub(super) struct Consultations(BTreeMap<Index, Asking>);

/// An agent who has spoken with a caller and asks another before finishing.
#[derive(Clone, Copy, Debug)]
struct Asking {
    /// The leg that the agent serves; its ends are still open.
    leg: Leg,
    service: Service,
    wrap_up: SimDuration,
    /// How the caller is on the line.
    via: Via,
    /// Whether the agent had called back.
    is_callback: bool,
}

impl Consultations {
    /// Whether nobody asks.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// A talk has ended with a question for another agent, which is put at this instant, after all earlier kinds of events.
    /// `service` has the wrap-up that is to follow; `left` is when the caller began to speak.
    #[cold]
    #[inline(never)]
    pub(super) fn consults(&mut self, index: Index, service: Service, left: SimTime, is_callback: bool) {
        let contact = &mut self.contacts[index];
        let leg = contact.leg_until(Fate::Answered, left);
        let wrap_up = service.wrap_up_ended.since(service.talk_ended);
        let via = std::mem::replace(&mut contact.via, Via::Consulting);
        let order = contact.citizen.need.0;
        self.consultations.0.insert(index, Asking { leg, service, wrap_up, via, is_callback });
        self.agents.holds(service.agent);
        self.observer.agent_changes(self.now, service.agent, service.group, AgentState::Holding);
        self.wheel.set(key(self.now, self.slots.entries), order, index | MOVES);
    }

    fn consultation_terms(&self, of: ContactTypeId) -> Option<&'m model::Consultation> {
        let model: &'m Model = self.model;
        model.contact_types[of.index()].consultation.as_deref()
    }

    /// An agent who asks is offered to idle agents of tier 2, waits for one, or finds their queue closed.
    #[cold]
    #[inline(never)]
    pub(super) fn consultation_enters(&mut self, index: Index) {
        let model = self.model;
        let citizen = self.contacts[index].citizen;
        let rule = self.route(&citizen, Bound::Second);
        let queue = rule.map(|rule| model.rules[rule.index()].queue);
        let Some(rule) = rule.filter(|rule| self.is_open(model.rules[rule.index()].queue)) else {
            return self.finds_nobody_to_ask(index, queue);
        };
        let row = &model.rules[rule.index()];
        let contact = &mut self.contacts[index];
        (contact.rule, contact.queue, contact.lane) = (rule, row.queue, row.lane);
        (contact.entered, contact.step) = (self.now, row.entry_step);
        if let Some(agent) = self.offered(&row.offers[usize::from(row.entry_step)], row, index) {
            return self.serves(agent, index);
        }
        let limit = self.limit_of_asking(index, citizen.contact_type);
        let contact = &mut self.contacts[index];
        contact.until = self.now.after(limit);
        contact.timer = self.wheel.set(key(contact.until, self.slots.patience), citizen.need.0, index);
        self.lanes.push(&mut self.contacts, &mut self.tree, index);
        if row.conditional {
            self.one_more_waits(row.queue);
        }
    }

    /// How long the agent who asks about a contact waits at most.
    fn limit_of_asking(&self, index: Index, of: ContactTypeId) -> SimDuration {
        let group = self.consultations.0.get(&index).map(|asking| asking.service.group);
        let of_group = group.and_then(|group| self.model.groups[group.index()].consultation_limit);
        let of_type = self.consultation_terms(of).map_or(SimDuration::ZERO, |terms| terms.limit);
        of_group.unwrap_or(of_type)
    }

    /// An agent of tier 2 takes a question.
    #[cold]
    pub(super) fn is_consulted(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let answered = self.now.after(self.model.groups[group.index()].answer_delay);
        let contact = &mut self.contacts[index];
        contact.until = answered;
        let contact = *contact;
        let time = self.consultation_terms(contact.citizen.contact_type).map(|terms| &terms.time);
        let time = drawn(time, contact.stage().draw(Purpose::Consultation));
        self.agents.works(agent, index);
        self.work.begins(agent, self.now);
        self.notes_wait(contact.queue, contact.entered);
        self.work_ends.set(key(answered.after(time), agent.0));
        self.observer.consultation_begins(self.now);
        if answered > self.now {
            self.observer.agent_changes(self.now, agent, group, AgentState::Ringing);
        }
        self.observer.agent_changes(answered, agent, group, AgentState::Talking);
    }

    /// Two agents have spoken: the first goes on with the caller; whether the second wraps up.
    pub(super) fn consultation_ends(&mut self, agent: AgentId, index: Index) -> bool {
        let contact = self.contacts[index];
        let Some(&Asking { service: first, .. }) = self.consultations.0.get(&index) else { return false };
        let terms = self.consultation_terms(contact.citizen.contact_type);
        let group = self.agents.group(agent);
        let delay = self.model.groups[group.index()].answer_delay;
        let wrap_up = terms.and_then(|terms| terms.wrap_up.as_ref());
        let wrap_up = drawn(wrap_up, contact.stage().draw(Purpose::Consultation).sub(1));
        let wrap_up_ended = self.now.after(wrap_up);
        let service = Service {
            agent,
            group,
            assigned: contact.until.before(delay),
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended,
            outcome: Outcome::Consulted,
            hand_over: HandOver::Cold,
            apart: Apart::NOTHING,
        };
        self.tells_consultation(index, Fate::Answered, contact.until, Some(service));
        self.contacts[index].via = Via::Concluding;
        self.agents.works(first.agent, index);
        let conclusion = terms.and_then(|terms| terms.conclusion.as_ref());
        let mut conclusion = drawn(conclusion, contact.stage().draw(Purpose::Conclusion));
        if self.outcome_after_consultation(index) == Outcome::Booking {
            conclusion += booking_time(self.model, &contact);
        }
        self.work_ends.set(key(self.now.after(conclusion), first.agent.0));
        self.observer.agent_changes(self.now, first.agent, first.group, AgentState::Talking);
        let wraps_up = wrap_up_ended > self.now;
        if wraps_up {
            self.agents.wraps_up(agent);
            self.work_ends.set(key(wrap_up_ended, agent.0));
            self.observer.agent_changes(self.now, agent, group, AgentState::WrappingUp);
        }
        wraps_up
    }

    /// How a contact ends about which another agent was asked.
    fn outcome_after_consultation(&self, index: Index) -> Outcome {
        let contact = &self.contacts[index];
        let Some(terms) = self.consultation_terms(contact.citizen.contact_type) else {
            return Outcome::Resolved;
        };
        let uniform = contact.stage().draw(Purpose::Outcome).sub(1).uniform();
        let outcome = terms.outcome.outcome[choose(&terms.outcome.cumulative, uniform)];
        admitted(outcome, contact, self.model, 1)
    }

    /// The first agent has finished with the caller after a consultation; whether work follows.
    pub(super) fn conclusion_ends(&mut self, index: Index) -> bool {
        let outcome = self.outcome_after_consultation(index);
        let Some(service) = self.first_agent_finishes(index, outcome) else { return self.is_held(index) };
        let wraps_up = service.wrap_up_ended > self.now;
        if wraps_up {
            self.first_agent_wraps_up(&service);
        }
        wraps_up
    }

    /// The limit of a waiting contact's timer was that of an agent who asks, and gives up. `false`: nobody asks for it.
    #[cold]
    pub(super) fn gives_up_asking(&mut self, index: Index) -> bool {
        if self.contacts[index].via != Via::Consulting {
            return false;
        }
        // The timer that has fired is gone.
        self.contacts[index].timer = TimerId::NONE;
        self.lanes.remove(&mut self.contacts, &mut self.tree, index);
        self.is_not_consulted(index, Fate::Abandoned);
        true
    }

    /// Whoever asks is in no lane any more, and was told that nobody will come.
    #[cold]
    pub(super) fn is_not_consulted(&mut self, index: Index, fate: Fate) {
        self.tells_consultation(index, fate, self.now, None);
        self.finishes_alone(index);
    }

    fn finds_nobody_to_ask(&mut self, index: Index, queue: Option<QueueId>) {
        let (caller, leg) = (self.contacts[index].caller(), self.contacts[index].leg);
        let refused = Refused { caller, leg, at: self.now, why: Refusal::Closed, queue };
        if let Some(asking) = self.consultations.0.get(&index) {
            self.observer.consultation_is_refused(&refused, asking.service.group);
        }
        self.finishes_alone(index);
    }

    /// The first agent asks no longer, and the contact ends as is said for that.
    fn finishes_alone(&mut self, index: Index) {
        let contact = &self.contacts[index];
        let terms = self.consultation_terms(contact.citizen.contact_type);
        let outcome = terms.map_or(Outcome::Resolved, |terms| terms.otherwise);
        let outcome = admitted(outcome, contact, self.model, 1);
        if let Some(service) = self.first_agent_finishes(index, outcome) {
            self.first_agent_wraps_up(&service);
        }
    }

    fn first_agent_wraps_up(&mut self, service: &Service) {
        self.agents.wraps_up(service.agent);
        self.work_ends.set(key(service.wrap_up_ended, service.agent.0));
        self.observer.agent_changes(self.now, service.agent, service.group, AgentState::WrappingUp);
    }

    /// The first agent has finished with the caller, and the contact has this outcome: the agent's leg is over, unless the agent stays for a
    /// warm transfer (`None`).
    fn first_agent_finishes(&mut self, index: Index, outcome: Outcome) -> Option<Service> {
        let Asking { leg, service, wrap_up, via, is_callback } = self.consultations.0.remove(&index)?;
        self.contacts[index].via = via;
        let wrap_up_ended = self.now.after(wrap_up);
        let service =
            Service { held_from: self.now, talk_ended: self.now, wrap_up_ended, outcome, ..service };
        if self.pasts.are_kept() {
            self.notes_talk(index, service.agent, leg.left, outcome);
        }
        if outcome == Outcome::Escalated && !is_callback && self.may_stay_with(index) {
            self.holds_on(index, leg, service);
            return None;
        }
        let leg = Leg { service: Some(service), ..leg };
        match is_callback {
            false => self.observer.leg_ends(&leg),
            true => self.observer.callback_is_tried(&CallbackTry { leg, end: TryEnd::Reached }),
        }
        let tier = self.model.groups[service.group.index()].tier;
        match outcome {
            Outcome::Resolved => self.is_resolved(index, tier),
            _ => self.is_not_met(index, outcome, tier),
        }
        Some(service)
    }

    fn tells_consultation(&mut self, index: Index, fate: Fate, left: SimTime, service: Option<Service>) {
        let Some(asking) = self.consultations.0.get(&index) else { return };
        let contact: &Contact = &self.contacts[index];
        let told = Consultation {
            leg: Leg { service, ..contact.leg_until(fate, left) },
            first: asking.service.agent,
            first_group: asking.service.group,
            asked: asking.service.held_from,
            over: self.now,
        };
        self.observer.consultation_ends(&told);
    }
}

fn drawn(of: Option<&Distribution>, draw: Draw) -> SimDuration {
    of.map_or(SimDuration::ZERO, |of| SimDuration::from_s(of.sample(draw)))
}
