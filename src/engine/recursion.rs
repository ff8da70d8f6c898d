//! The recursion on the agents' free times: one FIFO queue, one group, constant heads, no retrial.
//!
//! Callers are served in the order of entering, so each meets the agent who is free first; its wait is known on
//! entry and no event is needed (Kiefer and Wolfowitz 1955, with patience). The digits are those of the event loop.

use super::RunEnd;
use super::arrivals::Arrivals;
use super::contacts::{Citizen, Contact};
use super::entering::{balks, first_attempt, new_contact, patience_ends};
use super::event::{key, time_of};
use super::observer::{Apart, Fate, HandOver, Leg, NeedEnd, Observer, Service, Staff};
use super::returning::need;
use super::talk::{talk_factor, talk_time, wrap_up_time};
use super::work_ends::{WorkEnds, typical_work};
use crate::model::{AgentId, Bound, GroupId, Model, Outcome, QueueId, RuleId};
use crate::random;
use crate::time::SimTime;

/// Runs a model that [`Model::capabilities`] allows.
// Out of line: in one function with the other loops it was a quarter slower.
#[inline(never)]
pub fn run<const USUAL: bool, O: Observer>(
    model: &Model,
    seed: u64,
    replication: u64,
    observer: &mut O,
) -> RunEnd {
    let root = random::Key::replication(seed, replication);
    let mut recursion = Recursion::<USUAL, O> {
        model,
        observer,
        arrivals: Arrivals::new(model, root, u16::MAX),
        free: free_agents(model),
        end: RunEnd::default(),
    };
    recursion.everybody_logs_in();
    while recursion.arrivals.head() != super::event::IDLE {
        recursion.contact_enters();
    }
    recursion.observer.run_ends();
    recursion.end
}

struct Recursion<'m, const USUAL: bool, O> {
    model: &'m Model,
    observer: &'m mut O,
    arrivals: Arrivals<'m>,
    /// When each agent is free.
    free: WorkEnds,
    end: RunEnd,
}

/// The only group of such a model.
const GROUP: GroupId = GroupId(0);

fn free_agents(model: &Model) -> WorkEnds {
    let agents = model.agent_group.len();
    let mut free = WorkEnds::new(agents, typical_work(model));
    // The last first, so that each goes before all that are there.
    (0..agents).rev().for_each(|agent| free.set(key(SimTime::ZERO, agent as u16)));
    free
}

impl<const USUAL: bool, O: Observer> Recursion<'_, USUAL, O> {
    fn everybody_logs_in(&mut self) {
        let heads = self.model.agent_group.len() as u32;
        self.observer.staff_changes(SimTime::ZERO, GROUP, &Staff::of_heads(heads, heads));
    }

    #[inline(always)]
    fn contact_enters(&mut self) {
        let now = time_of(self.arrivals.head());
        let contact = self.next_contact(now);
        self.end.contacts += 1;
        self.observer.leg_begins(now, contact.queue, &contact.caller());
        let free = self.free.first();
        let assigned = time_of(free).max(now);
        let waits = assigned > now;
        if USUAL && waits && balks(self.model, &contact) {
            return self.abandons(&contact, now);
        }
        match waits.then(|| patience_ends(self.model, &contact)) {
            Some(patience_ends) if patience_ends < assigned => self.abandons(&contact, patience_ends),
            _ => self.is_served(contact, AgentId(super::event::slot_of(free)), assigned),
        }
    }

    #[inline(always)]
    fn next_contact(&mut self, now: SimTime) -> Contact {
        let citizen = first_attempt::<USUAL>(self.model, self.arrivals.pop(), now);
        let Citizen { contact_type, profile, number, recognised, .. } = citizen;
        let class = self.model.routes.class(contact_type, profile, number, recognised, Bound::First);
        let routes = &self.model.routes;
        let rule: RuleId = routes.certain(class).unwrap_or_else(|| routes.candidates(class)[0]);
        Contact { rule, queue: QueueId(0), ..new_contact(citizen, now) }
    }

    #[inline(always)]
    fn is_served(&mut self, contact: Contact, agent: AgentId, assigned: SimTime) {
        let group = &self.model.groups[GROUP.index()];
        let (tier, answered) =
            if USUAL { (group.tier, assigned.after(group.answer_delay)) } else { (1, assigned) };
        let times = if USUAL { talk_factor(self.model, &contact, agent) } else { 1.0 };
        let talk_ended = answered.after(talk_time(self.model, &contact, tier, times));
        let wrap_up_ended = talk_ended.after(wrap_up_time(self.model, &contact, tier));
        self.free.pop();
        self.free.set(key(wrap_up_ended, agent.0));
        let service = Service {
            agent,
            group: GROUP,
            assigned,
            held_from: talk_ended,
            talk_ended,
            wrap_up_ended,
            apart: Apart::NOTHING,
            outcome: Outcome::Resolved,
            hand_over: HandOver::Cold,
        };
        let leg = contact.leg_until(Fate::Answered, answered);
        self.observer.leg_ends(&Leg { service: Some(service), ..leg });
        let mut contact = contact;
        contact.is_answered(answered);
        let need = need(&contact.citizen, contact.began, NeedEnd::Resolved, Some(tier));
        self.observer.need_ends(talk_ended, &need);
    }

    fn abandons(&mut self, contact: &Contact, at: SimTime) {
        self.observer.leg_ends(&contact.leg_until(Fate::Abandoned, at));
        let need = need(&contact.citizen, contact.began, NeedEnd::GivenUp, None);
        self.observer.need_ends(at, &need);
    }
}
