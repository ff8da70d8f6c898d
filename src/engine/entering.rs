//! Rule: how a need begins and how a contact enters a queue.

use super::arrivals::FreshNeed;
use super::contacts::{Answer, Citizen, Contact, Index, NIL, Via};
use super::observer::{Cause, Observer, Refusal};
use super::simulation::Simulation;
use super::visitors::wanted_at_counter;
use super::wheel::TimerId;
use crate::model::{
    Asks, Bound, Channel, Citizens, ContactTypeId, LaneId, ListedNeed, Model, NumberId, Process, ProfileId,
    QueueId, RuleId,
};
use crate::random::{Key, Purpose, choose};
use crate::routing::match_rule;
use crate::time::SimTime;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A fresh need begins with its first attempt.
    #[inline(always)]
    pub(super) fn need_begins(&mut self) {
        let fresh = self.arrivals.pop();
        if self.is_full() {
            self.arrivals.close();
            self.nobody_is_left_to_serve();
            return;
        }
        let citizen = first_attempt::<USUAL>(self.model, fresh, self.now);
        if RARE
            && self.model.counters.is_some()
            && let Some(service) = wanted_at_counter(self.model, fresh.id.process())
        {
            return self.wants_counter(citizen, service);
        }
        if RARE && self.tries_web(&citizen) {
            return;
        }
        self.attempt_begins(citizen);
    }

    /// A citizen calls: takes a line, is routed, enters a queue, or is refused.
    #[inline(always)]
    pub(super) fn attempt_begins(&mut self, citizen: Citizen) {
        self.end.contacts += 1;
        if RARE && self.is_number_closed(&citizen) {
            return self.is_refused(citizen, Refusal::Closed, None);
        }
        if !self.takes_line(&citizen) {
            return self.is_refused(citizen, Refusal::TrunksBusy, None);
        }
        if RARE && self.model.greetings.is_some() && self.channel(&citizen) == Channel::Voice {
            return self.is_greeted(citizen);
        }
        let Some(rule) = self.route(&citizen, Bound::First) else {
            self.releases_line(&citizen);
            return self.is_refused(citizen, Refusal::Closed, None);
        };
        let queue = self.model.rules[rule.index()].queue;
        if USUAL && !self.is_open(queue) && !self.is_written(&citizen) {
            self.releases_line(&citizen);
            return self.is_refused(citizen, Refusal::Closed, Some(queue));
        }
        let index = self.contacts.insert(new_contact(citizen, self.now));
        if RARE && self.model.greetings.is_some() {
            // Whoever had this place before may have been greeted.
            self.greeted.moves(index);
        }
        self.enters_queue(index, rule);
    }

    /// Whether a call finds its number closed; who waits when the run begins has got through before.
    fn is_number_closed(&self, citizen: &Citizen) -> bool {
        let hours = self.model.numbers[citizen.number.index()].hours;
        let closed = hours.is_some_and(|hours| !self.open[hours.index()]);
        closed && self.channel(citizen) == Channel::Voice && self.has_begun()
    }

    /// Whether the run has begun: before, contacts only gather who wait when it does.
    #[inline]
    pub(super) fn has_begun(&self) -> bool {
        !RARE || self.now >= self.model.clock.begins
    }

    /// The rule for a contact that is bound so.
    #[inline(always)]
    pub(super) fn route(&self, citizen: &Citizen, bound: Bound) -> Option<RuleId> {
        let Citizen { contact_type, profile, number, recognised, .. } = *citizen;
        let class = self.model.routes.class(contact_type, profile, number, recognised, bound);
        let asked = |rule, asks: &Asks| !RARE || self.is_as_asked(rule, asks, citizen);
        match_rule(self.model, class, |opening| self.open[opening.index()], asked)
    }

    /// A leg begins: the contact is offered to idle agents, turns away, or waits.
    #[inline(always)]
    pub(super) fn enters_queue(&mut self, index: Index, rule: RuleId) {
        let row = &self.model.rules[rule.index()];
        let contact = &mut self.contacts[index];
        (contact.rule, contact.queue, contact.lane) = (rule, row.queue, row.lane);
        (contact.entered, contact.step) = (self.now, row.entry_step);
        self.observer.leg_begins(self.now, row.queue, &contact.caller());
        if RARE && row.minds_entries && self.minds_entry(index, rule) {
            return;
        }
        let idle = self.offered(&row.offers[usize::from(row.entry_step)], row, index);
        match idle {
            Some(agent) => self.serves(agent, index),
            None if RARE && row.tells && self.has_begun() => self.is_told(index, rule),
            None if USUAL && self.turns_away(index) => self.abandons(index, self.now),
            None => {
                self.waits(index);
                if RARE && row.conditional {
                    self.one_more_waits(row.queue);
                }
            }
        }
    }

    /// Whether a caller turns away on hearing that nobody is free.
    #[inline(always)]
    fn turns_away(&self, index: Index) -> bool {
        self.has_begun() && balks(self.model, &self.contacts[index]) && !self.is_held(index)
    }

    /// Whether an agent stays with a contact, for a warm transfer.
    #[inline]
    pub(super) fn is_held(&self, index: Index) -> bool {
        RARE && !self.holds.is_empty() && self.holds.has(index)
    }

    /// When the patience of a contact that begins to wait was bound to end before: by an agent who stays with it, or by its greeting.
    fn patience_until(&self, index: Index) -> Option<SimTime> {
        let held_until = if self.holds.is_empty() { None } else { self.stays_until(index) };
        held_until.or_else(|| self.greeted.patience_until(index))
    }

    /// The contact takes its place in its lane, and its patience begins to run.
    #[inline(always)]
    pub(super) fn waits(&mut self, index: Index) {
        let bound = if RARE { self.patience_until(index) } else { None };
        let contact = &mut self.contacts[index];
        contact.until = match bound {
            None => patience_ends(self.model, contact),
            Some(until) => until,
        };
        if EAGER && contact.until < SimTime::MAX {
            let key = super::event::key(contact.until, self.slots.patience);
            contact.timer = self.wheel.set(key, contact.citizen.need.0, index);
        }
        self.lanes.push(&mut self.contacts, &mut self.tree, index);
    }

    /// How a contact comes in.
    #[inline]
    pub(super) fn channel(&self, citizen: &Citizen) -> Channel {
        if RARE { self.model.contact_types[citizen.contact_type.index()].channel } else { Channel::Voice }
    }

    /// Whether a contact is written: it stays until it is answered, and comes at any hour.
    #[inline]
    pub(super) fn is_written(&self, citizen: &Citizen) -> bool {
        self.channel(citizen).is_written()
    }

    /// Whether a line is free for a call to a number, which then holds it.
    #[inline(always)]
    fn takes_line(&mut self, citizen: &Citizen) -> bool {
        if !USUAL {
            return true;
        }
        let Some(trunk) = self.model.numbers[citizen.number.index()].trunk else { return true };
        if self.channel(citizen) != Channel::Voice {
            return true;
        }
        let in_use = &mut self.lines_in_use[trunk.index()];
        let free = *in_use < self.model.trunks[trunk.index()].lines;
        *in_use += u32::from(free);
        free
    }

    /// The line of a contact's call is free again; who is called back holds none.
    #[inline(always)]
    pub(super) fn releases_line_of(&mut self, contact: &Contact) {
        if !RARE || contact.via == Via::Call {
            self.releases_line(&contact.citizen);
        }
    }

    /// The call's line is free again.
    #[inline(always)]
    pub(super) fn releases_line(&mut self, citizen: &Citizen) {
        if USUAL
            && let Some(trunk) = self.model.numbers[citizen.number.index()].trunk
            && self.channel(citizen) == Channel::Voice
        {
            self.lines_in_use[trunk.index()] -= 1;
        }
    }
}

/// A contact whose first leg begins at `now`.
#[inline(always)]
pub(super) fn new_contact(citizen: Citizen, now: SimTime) -> Contact {
    Contact {
        citizen,
        began: now,
        entered: now,
        until: SimTime::MAX,
        timer: TimerId::NONE,
        before: NIL,
        behind: NIL,
        rule: RuleId::default(),
        queue: QueueId::default(),
        lane: LaneId::default(),
        step: 0,
        leg: 0,
        tries: 0,
        via: Via::Call,
    }
}

/// Whether a caller would turn away on hearing that nobody is free.
#[inline(always)]
pub(super) fn balks(model: &Model, contact: &Contact) -> bool {
    let balking = model.contact_types[contact.citizen.contact_type.index()].balking;
    balking > 0.0 && contact.stage().draw(Purpose::Balking).happens(balking)
}

/// The citizen of a need that begins at `now`.
#[inline(always)]
pub(super) fn first_attempt<const USUAL: bool>(model: &Model, fresh: FreshNeed, now: SimTime) -> Citizen {
    let process = &model.processes[fresh.id.process().index()];
    let Who { contact_type, profile, number, recognised } = match process.listed() {
        _ if !USUAL => anyone(process),
        None => who_calls(model, process, fresh.key),
        Some(listed) => who_is_listed(model, fresh.key, listed.need(fresh.id)),
    };
    Citizen {
        need: fresh.id,
        key: fresh.key,
        need_began: now,
        first_answer: Answer::NOT,
        contact_type,
        profile,
        number,
        attempt: 0,
        cause: Cause::Fresh,
        answered: 0,
        recognised,
        transferred: false,
        tries: 0,
        has_called: true,
    }
}

/// Who calls and why: so small that it is handed on in a register, never through memory.
#[derive(Clone, Copy)]
struct Who {
    contact_type: ContactTypeId,
    profile: ProfileId,
    number: NumberId,
    recognised: bool,
}

/// Whoever calls a center where nobody is told apart.
#[inline(always)]
fn anyone(process: &Process) -> Who {
    Who { contact_type: process.contact_type, profile: ProfileId(0), number: NumberId(0), recognised: false }
}

/// The citizen's profile by its share, whether the telephone system knows the number that calls, and what is wanted: where
/// the process is split, its mark says so.
#[inline(always)]
fn who_calls(model: &Model, process: &Process, need: Key) -> Who {
    let profile = match model.profiles.len() {
        1 => ProfileId(0),
        _ => drawn_profile(model, need),
    };
    let recognised = is_recognised(model, need, profile);
    let (contact_type, number) = match &process.citizens {
        Citizens::Split(split) => {
            split.parts[choose(&split.cumulative, need.draw(Purpose::ContactType).uniform())]
        }
        Citizens::Own | Citizens::Anothers => (process.contact_type, process.number),
    };
    Who { contact_type, profile, number, recognised }
}

#[inline]
pub(super) fn drawn_profile(model: &Model, need: Key) -> ProfileId {
    let uniform = need.draw(Purpose::Profile).uniform();
    let last = model.profiles.len() - 1;
    let place = model.profiles[..last].iter().position(|row| uniform < row.cumulative_share);
    ProfileId::from_index(place.unwrap_or(last))
}

/// The same as far as it is known beforehand.
#[cold]
fn who_is_listed(model: &Model, key: Key, need: &ListedNeed) -> Who {
    let profile = need.profile.unwrap_or_else(|| drawn_profile(model, key));
    Who {
        contact_type: need.contact_type,
        profile,
        number: need.number,
        recognised: need.recognised.unwrap_or_else(|| is_recognised(model, key, profile)),
    }
}

/// Whether the telephone system could know a citizen, whatever became of earlier lookups.
pub(super) fn may_be_recognised(model: &Model, citizen: &Citizen) -> bool {
    // Who asks for news has an address of its own, and is known if it was before. No lookup of a fresh need has failed yet.
    if citizen.cause.is_about_case() || citizen.cause.is_fresh() {
        return citizen.recognised;
    }
    let known = model.processes[citizen.need.process().index()].listed();
    let known = known.and_then(|listed| listed.need(citizen.need).recognised);
    known.unwrap_or_else(|| is_recognised(model, citizen.key, citizen.profile))
}

#[inline]
pub(super) fn is_recognised(model: &Model, need: Key, profile: ProfileId) -> bool {
    let known = model.profiles[profile.index()].recognised;
    known > 0.0 && need.draw(Purpose::Recognised).happens(known)
}

/// When the patience of a contact that begins to wait now ends; [`SimTime::MAX`]: never. Whoever waits before the run begins has
/// a patience of full length from then on: those who had less have left before they were counted.
#[inline(always)]
pub(super) fn patience_ends(model: &Model, contact: &Contact) -> SimTime {
    let row = &model.contact_types[contact.citizen.contact_type.index()];
    let Some(patience) = &row.patience else { return SimTime::MAX };
    let times = model.profiles[contact.citizen.profile.index()].patience_times;
    let stage = match row.keeps_patience {
        true => contact.citizen.key.stage(0, u32::from(contact.leg)),
        false => contact.stage(),
    };
    let seconds = patience.sample(stage.draw(Purpose::Patience)) * times;
    contact.entered.max(model.clock.begins).after(crate::time::SimDuration::from_s(seconds))
}
