//! Rule: how callers leave unserved: patience that ends, refusal, closing, and a run that ends.

use super::contacts::{Citizen, Contact, Index, NIL, Via};
use super::event::key;
use super::greeting::GREETED;
use super::observer::{Cause, Fate, Observer, Refusal, Refused};
use super::returning::Failure;
use super::simulation::Simulation;
use crate::model::{LaneId, QueueId};
use crate::time::{SimDuration, SimTime};

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The patience timer of a waiting contact fires.
    pub(super) fn patience_ends(&mut self) {
        let index = self.wheel.pop().payload;
        if RARE && index & GREETED != 0 {
            return self.hangs_up_before_queue(index & !GREETED);
        }
        if RARE && !self.holds.is_empty() && self.turns_cold(index) {
            return;
        }
        if RARE && !self.consultations.is_empty() && self.gives_up_asking(index) {
            return;
        }
        if RARE && !self.awaited.is_empty() && self.gives_up_on_agent(index) {
            return;
        }
        self.lanes.remove(&mut self.contacts, &mut self.tree, index);
        self.abandons(index, self.now);
    }

    /// Whether the patience of a waiting contact ended before the event that is being handled: in a lazy run nobody
    /// noticed it then.
    #[inline]
    pub(super) fn has_gone(&self, index: Index) -> bool {
        key(self.contacts[index].until, self.slots.patience) < self.event
    }

    /// A contact that had gone is found out.
    #[inline]
    pub(super) fn is_found_gone(&mut self, index: Index) {
        self.lanes.remove(&mut self.contacts, &mut self.tree, index);
        self.abandons(index, self.contacts[index].until);
    }

    /// A caller hangs up at `at`; perhaps to call again.
    #[inline]
    pub(super) fn abandons(&mut self, index: Index, at: SimTime) {
        let contact = self.contacts.remove(index);
        if RARE {
            self.notes_level(contact.queue, SimDuration::MAX);
        }
        self.observer.leg_ends(&contact.leg_until(Fate::Abandoned, at));
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, at, Cause::Retrial, row.after_abandonment.as_ref());
    }

    /// A contact gets no queue; perhaps its citizen calls again.
    #[cold]
    pub(super) fn is_refused(&mut self, citizen: Citizen, why: Refusal, queue: Option<QueueId>) {
        let refused = Refused { caller: citizen.caller(self.now), leg: 0, at: self.now, why, queue };
        self.observer.contact_refused(&refused);
        let row = &self.model.contact_types[citizen.contact_type.index()];
        let failure = Failure { began: self.now, leg: 0, at: self.now, cause: Cause::Retrial };
        self.tries_again(&citizen, failure, row.after_blocking.as_ref());
    }

    /// Whether a queue takes contacts now.
    #[inline]
    pub(super) fn is_open(&self, queue: QueueId) -> bool {
        let row = &self.model.queues[queue.index()];
        let staffed = !row.needs_staff || self.is_staffed(queue) || !self.has_begun();
        row.hours.is_none_or(|hours| self.open[hours.index()]) && staffed
    }

    /// Whether anybody who may serve a queue is at work or idle.
    #[inline]
    fn is_staffed(&self, queue: QueueId) -> bool {
        self.reach.is_served_by_any(queue, self.agents.present_groups())
    }

    /// Somebody has left: queues that nobody serves any more may send their contacts away. Who comes as the last one goes
    /// takes over, so the last change of staff of an instant decides. Before the run begins nobody is asked.
    #[cold]
    pub(super) fn queues_without_staff_send_away(&mut self) {
        if !self.has_begun() {
            return;
        }
        for (row, queue) in self.model.queues.iter().enumerate() {
            let id = QueueId::from_index(row);
            if queue.needs_staff && !self.is_staffed(id) && !self.staff_still_changes() {
                self.all_are_sent_away(id);
            }
        }
    }

    /// All who wait in a queue are told that it closes.
    pub(super) fn all_are_sent_away(&mut self, queue: QueueId) {
        let at = self.now;
        if !self.awaited.is_empty() {
            self.all_join_line(Some(queue));
        }
        for lane in self.model.queues[queue.index()].lanes.clone().map(LaneId) {
            let mut index = self.lanes.first(lane);
            while index != NIL {
                let Contact { citizen, behind, .. } = self.contacts[index];
                if !self.is_written(&citizen) {
                    self.is_sent_away(index, at);
                }
                index = behind;
            }
        }
    }

    fn is_sent_away(&mut self, index: Index, at: SimTime) {
        self.leaves_lane(index);
        if !self.holds.is_empty() {
            self.is_left_alone(index, at);
        }
        // Who is sent away at the horizon is so when the run is over, and may have come to steps that lie beyond it.
        let Contact { queue, entered, step, via, .. } = self.contacts[index];
        self.contacts[index].step = step.min(self.step_after(queue, at.since(entered)));
        match via {
            Via::Promised => return self.promise_breaks(index, at),
            Via::Consulting => return self.is_not_consulted(index, Fate::SentAway),
            Via::Call | Via::CalledBack | Via::Reached | Via::Concluding => {}
        }
        let contact = self.contacts.remove(index);
        self.observer.leg_ends(&contact.leg_until(Fate::SentAway, at));
        if self.is_written(&contact.citizen) {
            return self.stays_unanswered(&contact, at);
        }
        let row = &self.model.contact_types[contact.citizen.contact_type.index()];
        self.contact_fails(&contact, at, Cause::Retrial, row.after_blocking.as_ref());
    }

    /// The step of a queue that a wait of this length has reached.
    pub(super) fn step_after(&self, queue: QueueId, wait: SimDuration) -> u8 {
        let steps = &self.model.queues[queue.index()].steps;
        // The first step begins at 0.
        steps.partition_point(|step| step.after <= wait).saturating_sub(1) as u8
    }

    /// Nothing will happen any more to those who still wait: they have gone unnoticed, or nobody will ever serve
    /// them and they are sent away, at the horizon if the run has come to it.
    pub(super) fn nobody_is_left_to_serve(&mut self) {
        if !self.awaited.is_empty() {
            self.all_join_line(None);
        }
        let at = if self.end.overflowed_at_us.is_some() { self.now } else { self.model.clock.horizon };
        for lane in 0..self.model.lanes.len() {
            let lane = LaneId::from_index(lane);
            while self.lanes.first(lane) != NIL {
                let index = self.lanes.first(lane);
                let Contact { until, entered, .. } = self.contacts[index];
                if !EAGER && until < SimTime::MAX {
                    self.is_found_gone(index);
                } else {
                    // Who had an agent on the line until later is sent away when that one has gone.
                    let alone = self.holds.alone_since(index).unwrap_or(entered);
                    self.is_sent_away(index, at.max(entered).max(alone));
                }
            }
        }
    }
}
