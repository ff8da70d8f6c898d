//! Rule: warm transfers. The first agent stays with the caller, busy, until a second takes over or the limit has passed.
//!
//! The caller waits for tier 2 with the agent on the line: does not balk, does not hang up, and has the place in the queue that a cold
//! transfer would have. At the limit the transfer turns cold: the agent goes, the caller keeps the place, and patience begins. Or the
//! agent takes the caller out of the queue, and a case is opened, or the talk has not helped.

use std::collections::BTreeMap;

use super::contacts::Index;
use super::entering::patience_ends;
use super::event::key;
use super::observer::{AgentState, Fate, HandOver, Leg, Observer, Service};
use super::simulation::Simulation;
use super::talk::admitted;
use super::wheel::TimerId;
use crate::model::{Bound, Outcome};
use crate::time::{SimDuration, SimTime};

/// Agents who stay with callers, by contact.
#[derive(Clone, Debug, Default)]
pub(super) struct Holds {
    staying: BTreeMap<Index, Hold>,
    /// From when on those wait alone whose agents have gone after the horizon. Nobody comes then any more, so a contact's place is its own.
    alone: BTreeMap<Index, SimTime>,
}

/// An agent who has spoken with a caller and stays.
#[derive(Clone, Copy, Debug)]
struct Hold {
    /// The leg that the agent serves; its ends are still open.
    leg: Leg,
    service: Service,
    wrap_up: SimDuration,
}

impl Holds {
    /// Whether nobody stays with a caller.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.staying.is_empty()
    }

    /// Whether an agent stays with this caller.
    #[cold]
    pub(super) fn has(&self, index: Index) -> bool {
        self.staying.contains_key(&index)
    }

    /// From when on a contact has waited alone, of those whose agents have gone after the horizon.
    pub(super) fn alone_since(&self, index: Index) -> Option<SimTime> {
        self.alone.get(&index).copied()
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A talk has ended as escalated, or with a question for another agent: whether its agent stays with the caller. `service` has the wrap-up that is to follow.
    #[inline(never)]
    pub(super) fn stays_with(&mut self, index: Index, service: Service) -> bool {
        let contact = &self.contacts[index];
        if service.outcome == Outcome::Consulted {
            self.consults(index, service, contact.until, false);
            return true;
        }
        let leg = contact.leg_until(Fate::Answered, contact.until);
        debug_assert!(service.outcome == Outcome::Escalated);
        self.may_stay_with(index) && self.holds_on(index, leg, service)
    }

    /// Whether the agent who escalates a contact stays with it.
    pub(super) fn may_stay_with(&self, index: Index) -> bool {
        let of_type = self.contacts[index].citizen.contact_type;
        self.model.contact_types[of_type.index()].warm.is_some()
    }

    /// The agent who has escalated a contact in `leg`, whose ends are still open, stays with it until another one takes over.
    pub(super) fn holds_on(&mut self, index: Index, leg: Leg, service: Service) -> bool {
        let wrap_up = service.wrap_up_ended.since(service.talk_ended);
        self.holds.staying.insert(index, Hold { leg, service, wrap_up });
        self.agents.holds(service.agent);
        self.observer.agent_changes(self.now, service.agent, service.group, AgentState::Holding);
        self.is_transferred(index, Bound::Second);
        true
    }

    /// Until when the agent stays with a caller who begins to wait; `None`: nobody does.
    #[cold]
    pub(super) fn stays_until(&self, index: Index) -> Option<SimTime> {
        let hold = self.holds.staying.get(&index)?;
        let contact_type = &self.model.contact_types[hold.leg.caller.contact_type.index()];
        let of_group = self.model.groups[hold.service.group.index()].warm_limit;
        contact_type.warm.as_ref().map(|warm| self.now.after(of_group.unwrap_or(warm.limit)))
    }

    /// The contact has an agent, who will speak from `answered` on: if another stays with it, both talk for the time of an
    /// introduction, which comes on top. Says how long that is.
    #[cold]
    pub(super) fn is_taken_over(&mut self, index: Index, answered: SimTime) -> SimDuration {
        let Some(hold) = self.holds.staying.remove(&index) else { return SimDuration::ZERO };
        let contact_type = &self.model.contact_types[hold.leg.caller.contact_type.index()];
        let introduction = contact_type.warm.as_ref().map_or(SimDuration::ZERO, |warm| warm.introduction);
        self.first_agent_goes(hold, answered.after(introduction), HandOver::TakenOver);
        introduction
    }

    /// The limit of a waiting contact's timer was that of an agent who stayed: the transfer turns cold. `false`: nobody stays.
    #[cold]
    pub(super) fn turns_cold(&mut self, index: Index) -> bool {
        let Some(hold) = self.holds.staying.get(&index) else { return false };
        let contact_type = &self.model.contact_types[hold.leg.caller.contact_type.index()];
        if let Some(outcome) = contact_type.warm.and_then(|warm| warm.otherwise) {
            self.is_withdrawn(index, outcome);
            return true;
        }
        self.is_left_alone(index, self.now);
        if self.now > self.model.clock.horizon {
            self.holds.alone.insert(index, self.now);
        }
        let (model, now) = (self.model, self.now);
        let contact = &mut self.contacts[index];
        let patience_ends = patience_ends(model, contact);
        contact.until = match patience_ends {
            SimTime::MAX => SimTime::MAX,
            ends => now.after(ends.since(contact.entered)),
        };
        // The timer that has fired is gone, whether another one follows or not.
        contact.timer = TimerId::NONE;
        if contact.until < SimTime::MAX {
            let key = key(contact.until, self.slots.patience);
            contact.timer = self.wheel.set(key, contact.citizen.need.0, index);
        }
        true
    }

    /// At the limit the first agent takes the caller out of the queue of tier 2, and the contact ends so.
    fn is_withdrawn(&mut self, index: Index, outcome: Outcome) {
        // The timer that has fired is gone.
        self.contacts[index].timer = TimerId::NONE;
        self.lanes.remove(&mut self.contacts, &mut self.tree, index);
        let Some(hold) = self.holds.staying.remove(&index) else { return };
        self.first_agent_goes(hold, self.now, HandOver::Withdrawn);
        let contact = &self.contacts[index];
        let outcome = admitted(outcome, contact, self.model, 1);
        self.observer.leg_is_withdrawn(&contact.leg_until(Fate::SentAway, self.now), outcome);
        match outcome {
            Outcome::Resolved => self.is_resolved(index, 1),
            _ => self.is_not_met(index, outcome, 1),
        }
    }

    /// Whoever stays with a contact goes at `at`, and nobody has taken over.
    #[cold]
    pub(super) fn is_left_alone(&mut self, index: Index, at: SimTime) {
        if let Some(hold) = self.holds.staying.remove(&index) {
            self.first_agent_goes(hold, at, HandOver::TurnedCold);
        }
    }

    /// The leg of the agent who stayed is over at `at`, now or soon; the work after it begins.
    fn first_agent_goes(&mut self, hold: Hold, at: SimTime, hand_over: HandOver) {
        let wrap_up_ended = at.after(hold.wrap_up);
        let service = Service { talk_ended: at, wrap_up_ended, hand_over, ..hold.service };
        self.observer.leg_ends(&Leg { service: Some(service), ..hold.leg });
        self.work_ends.set(key(wrap_up_ended, service.agent.0));
        self.observer.agent_changes(at, service.agent, service.group, AgentState::WrappingUp);
    }
}
