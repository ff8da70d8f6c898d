//! Rule: callbacks. Who accepted one is off the line; a contact without patience and without a line stands for it in the queue.
//!
//! With the place kept, it stands where its caller stood; in a slot, it takes a place when the slot begins. An agent who takes
//! it dials. Who answers is served; who does not is tried again later, a few times. Each stay of such a contact in the line is a leg
//! of its own, told apart from those of callers who wait.

use std::collections::BTreeMap;

use super::campaigns::OF_CAMPAIGN;
use super::contacts::{Contact, Index, Via};
use super::event::key;
use super::observer::{
    AgentState, Apart, CallbackEnd, CallbackTry, Cause, Fate, HandOver, Leg, NeedEnd, Observer, PromiseEnd,
    Service, TryEnd,
};
use super::returning::Failure;
use super::simulation::Simulation;
use crate::model::{AgentId, Callback, Model, Offer, OfferId, OfferKind, Outcome, Slots};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// The callbacks that are promised and not over.
#[derive(Clone, Debug, Default)]
pub(super) struct Callbacks {
    /// By contact.
    promises: BTreeMap<Index, Promise>,
    /// By offer and slot: how many are promised.
    promised: Vec<Vec<u32>>,
}

/// A promise to call back.
#[derive(Clone, Copy, Debug)]
struct Promise {
    offer: OfferId,
    /// When the caller entered the queue.
    entered: SimTime,
    accepted: SimTime,
    /// By when the citizen must be reached for the promise to be kept.
    until: SimTime,
    /// Tries in vain.
    tries: u8,
    /// When the agent of the try under way began to dial.
    assigned: SimTime,
}

impl Callbacks {
    pub(super) fn new(model: &Model) -> Self {
        let slots = |offer: &Offer| slots(offer).map_or(0, |slots| slots.starts.len());
        let promised = model.offers.iter().map(|offer| vec![0; slots(offer)]);
        Callbacks { promises: BTreeMap::new(), promised: promised.collect() }
    }

    /// The slots with room that may be promised at an instant.
    fn free<'s>(&'s self, offer: OfferId, slots: &'s Slots, at: SimTime) -> impl Iterator<Item = usize> + 's {
        slots.from(at).filter(move |&slot| self.promised[offer.index()][slot] < slots.capacity)
    }
}

fn slots(offer: &Offer) -> Option<&Slots> {
    match &offer.kind {
        OfferKind::Callback(callback) => callback.slots.as_ref(),
        OfferKind::Deferral(_) => None,
    }
}

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// Whether an offer can be kept: without slots always, with slots if one has room.
    pub(super) fn has_room(&self, offer: &'m Offer) -> bool {
        let id = self.id_of(offer);
        slots(offer).is_none_or(|slots| self.callbacks.free(id, slots, self.now).next().is_some())
    }

    fn id_of(&self, offer: &'m Offer) -> OfferId {
        let row = self.model.offers.iter().position(|row| std::ptr::eq(row, offer));
        OfferId::from_index(row.unwrap_or_default())
    }

    /// The terms of a contact's callback.
    fn terms(&self, offer: OfferId) -> Option<&'m Callback> {
        let model = self.model;
        match &model.offers[offer.index()].kind {
            OfferKind::Callback(callback) => Some(callback),
            OfferKind::Deferral(_) => None,
        }
    }

    /// A caller has accepted a callback and hangs up: its line is free, its contact stays.
    pub(super) fn is_promised(&mut self, index: Index, offer: &'m Offer) {
        let contact = self.contacts[index];
        self.releases_line_of(&contact);
        let (id, within) = (self.id_of(offer), self.terms(self.id_of(offer)).and_then(|terms| terms.within));
        let mut until = within.map_or(SimTime::MAX, |within| self.now.after(within));
        if let Some(slots) = slots(offer) {
            let start = slots.starts[self.takes_slot(&contact, id, slots)];
            until = start.after(slots.length);
            self.wheel.set(key(start, self.slots.tries), contact.citizen.need.0, index);
        }
        let Contact { entered, .. } = contact;
        let promise = Promise { offer: id, entered, accepted: self.now, until, tries: 0, assigned: self.now };
        self.callbacks.promises.insert(index, promise);
        self.contacts[index].via = Via::Promised;
        self.contacts[index].goes_on();
    }

    /// The citizen's slot: the first with room, or any by its own draw.
    fn takes_slot(&mut self, contact: &Contact, offer: OfferId, slots: &Slots) -> usize {
        let free: Vec<usize> = self.callbacks.free(offer, slots, self.now).collect();
        let place = match slots.any {
            true => contact.stage().draw(Purpose::Slot).below(free.len() as u64) as usize,
            false => 0,
        };
        let slot = free[place];
        self.callbacks.promised[offer.index()][slot] += 1;
        slot
    }

    /// A contact that stands for a citizen off the line takes its place in its lane.
    pub(super) fn takes_place(&mut self, index: Index) {
        let model = self.model;
        let contact = &mut self.contacts[index];
        let row = &model.rules[contact.rule.index()];
        contact.until = SimTime::MAX;
        self.lanes.push(&mut self.contacts, &mut self.tree, index);
        if row.conditional {
            self.one_more_waits(row.queue);
        }
    }

    /// A slot begins, or a try after one in vain is due; or a contact has waited long enough for one agent.
    #[cold]
    pub(super) fn try_comes(&mut self) {
        let index = self.wheel.pop().payload;
        if index & OF_CAMPAIGN != 0 {
            return self.dialler_timer_fires(index & !OF_CAMPAIGN);
        }
        let model = self.model;
        let contact = &mut self.contacts[index];
        if contact.via != Via::Promised {
            return self.waits_for_anybody(index);
        }
        let row = &model.rules[contact.rule.index()];
        (contact.entered, contact.step) = (self.now, row.entry_step);
        if !self.is_open(row.queue) || self.end.overflowed_at_us.is_some() {
            return self.promise_breaks(index, self.now);
        }
        match self.offered(&row.offers[usize::from(row.entry_step)], row, index) {
            Some(agent) => self.serves(agent, index),
            None => self.takes_place(index),
        }
    }

    /// An agent takes a contact that stands for a citizen off the line, and dials.
    #[cold]
    #[inline(never)]
    pub(super) fn dials(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let Some(terms) = self.terms(self.callbacks.promises[&index].offer) else { return };
        if let Some(promise) = self.callbacks.promises.get_mut(&index) {
            promise.assigned = self.now;
        }
        let contact = self.contacts[index];
        let dial_time = SimDuration::from_s(terms.dial_time.sample(contact.stage().draw(Purpose::DialTime)));
        let dialled = self.now.after(dial_time);
        let reached = contact.stage().draw(Purpose::Reached).happens(terms.reached);
        let tier = self.model.groups[group.index()].tier;
        let talk = if reached { self.talk_with(agent, index, tier) } else { SimDuration::ZERO };
        self.contacts[index].until = dialled;
        self.contacts[index].via = if reached { Via::Reached } else { Via::Promised };
        self.agents.works(agent, index);
        self.work.begins(agent, self.now);
        self.notes_wait(contact.queue, contact.entered);
        self.work_ends.set(key(dialled.after(talk), agent.0));
        self.observer.callback_begins(self.now);
        if dialled > self.now {
            self.observer.agent_changes(self.now, agent, group, AgentState::Ringing);
        }
        if reached {
            self.observer.agent_changes(dialled, agent, group, AgentState::Talking);
        }
    }

    /// An agent has dialled in vain, or spoken with a citizen who was called back; whether the agent wraps up.
    #[cold]
    #[inline(never)]
    pub(super) fn call_back_ends(&mut self, agent: AgentId, index: Index) -> bool {
        match self.contacts[index].via {
            Via::Reached => self.talk_of_callback_ends(agent, index),
            _ => {
                self.is_not_reached(agent, index);
                false
            }
        }
    }

    fn talk_of_callback_ends(&mut self, agent: AgentId, index: Index) -> bool {
        let group = self.agents.group(agent);
        let tier = self.model.groups[group.index()].tier;
        let contact = &mut self.contacts[index];
        let answered = contact.until;
        contact.is_called_back(answered);
        let (outcome, wrap_up) = self.ending(agent, index, group);
        if self.pasts.are_kept() {
            self.notes_talk(index, agent, answered, outcome);
        }
        let wrap_up_ends = self.now.after(wrap_up);
        if outcome == Outcome::Consulted {
            self.consults_in_callback(agent, index, answered, wrap_up_ends);
            return true;
        }
        self.tells_try(index, answered, TryEnd::Reached, Some((agent, outcome, wrap_up_ends)));
        self.promise_ends(index, self.now, PromiseEnd::Reached { at: answered });
        match outcome {
            Outcome::Resolved => self.is_resolved(index, tier),
            _ => self.is_not_met(index, outcome, tier),
        }
        self.goes_into_wrap_up(agent, group, wrap_up_ends)
    }

    /// The agent asks another before finishing with a citizen who was called back and began to speak at `answered`.
    fn consults_in_callback(
        &mut self,
        agent: AgentId,
        index: Index,
        answered: SimTime,
        wrap_up_ended: SimTime,
    ) {
        let assigned = self.callbacks.promises.get(&index).map_or(answered, |promise| promise.assigned);
        let service = Service {
            agent,
            group: self.agents.group(agent),
            assigned,
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended,
            outcome: Outcome::Consulted,
            hand_over: HandOver::Cold,
            apart: Apart::NOTHING,
        };
        self.promise_ends(index, self.now, PromiseEnd::Reached { at: answered });
        self.consults(index, service, answered, true);
    }

    /// Nobody answered: another try later, if there is one left and time for it.
    fn is_not_reached(&mut self, agent: AgentId, index: Index) {
        self.tells_try(index, self.now, TryEnd::NotReached, Some((agent, Outcome::Unresolved, self.now)));
        let contact = self.contacts[index];
        let Some(promise) = self.callbacks.promises.get_mut(&index) else { return };
        promise.tries += 1;
        let (offer, tries) = (promise.offer, promise.tries);
        let Some(terms) = self.terms(offer).filter(|terms| tries < terms.tries) else {
            return self.promise_fails(index, self.now);
        };
        let delay = terms.delay.sample(contact.stage().draw(Purpose::CallbackDelay));
        let again = self.now.after(SimDuration::from_s(delay));
        if again >= self.model.clock.horizon {
            return self.promise_stays_open(index);
        }
        self.contacts[index].goes_on();
        self.wheel.set(key(again, self.slots.tries), contact.citizen.need.0, index);
    }

    /// The center breaks a promise at `at`: its queue is closed, or nobody will serve it any more.
    pub(super) fn promise_breaks(&mut self, index: Index, at: SimTime) {
        self.observer.callback_begins(at);
        self.tells_try(index, at, TryEnd::Broken, None);
        self.promise_fails(index, at);
    }

    /// The center gives up on a promise; perhaps its citizen calls again.
    fn promise_fails(&mut self, index: Index, at: SimTime) {
        let offer = self.promise_ends(index, at, PromiseEnd::Failed);
        let contact = self.contacts.remove(index);
        let rule = offer.and_then(|offer| self.terms(offer)).and_then(|terms| terms.after_failure.as_ref());
        self.contact_fails(&contact, at, Cause::Retrial, rule);
    }

    /// The next try would come when the run is over.
    fn promise_stays_open(&mut self, index: Index) {
        self.promise_ends(index, self.now, PromiseEnd::Open);
        let contact = self.contacts.remove(index);
        let Contact { began, leg, .. } = contact;
        let failure = Failure { began, leg, at: self.now, cause: Cause::Retrial };
        self.need_fails(&contact.citizen, failure, NeedEnd::Open);
    }

    /// Tells of a promise that is over, and says what was promised.
    fn promise_ends(&mut self, index: Index, at: SimTime, end: PromiseEnd) -> Option<OfferId> {
        let Promise { offer, entered, accepted, until, tries, .. } =
            self.callbacks.promises.remove(&index)?;
        let contact = &mut self.contacts[index];
        contact.via = Via::CalledBack;
        let (kept, reached) = match end {
            PromiseEnd::Reached { at } => (at < until, 1),
            PromiseEnd::Failed | PromiseEnd::Open => (false, 0),
        };
        let (caller, queue, tries) = (contact.caller(), contact.queue, tries + reached);
        let told = CallbackEnd { caller, queue, offer, entered, accepted, tries, end, kept };
        self.observer.callback_ends(at, &told);
        Some(offer)
    }

    /// Tells of a stay in the line of a contact that stands for a citizen, and of the try that ended it.
    fn tells_try(
        &mut self,
        index: Index,
        left: SimTime,
        end: TryEnd,
        served: Option<(AgentId, Outcome, SimTime)>,
    ) {
        let assigned = self.callbacks.promises.get(&index).map_or(left, |promise| promise.assigned);
        let service = served.map(|(agent, outcome, wrap_up_ended)| Service {
            agent,
            group: self.agents.group(agent),
            assigned,
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended,
            outcome,
            hand_over: HandOver::Cold,
            apart: Apart::NOTHING,
        });
        let fate = if service.is_some() { Fate::Answered } else { Fate::SentAway };
        let leg = Leg { service, ..self.contacts[index].leg_until(fate, left) };
        self.observer.callback_is_tried(&CallbackTry { leg, end });
    }
}
