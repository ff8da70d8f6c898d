//! Event keys and the layout of their slots: the tie contract in numbers.
//!
//! A key is `time_us << 16 | slot`. Slots are laid out in the order in which events of one instant go (DESIGN 5):
//! agents whose work ends, staffing and openings, patience, queue steps, callback tries, entries. So the order of
//! keys is the order of events. Three slots are not leaves of the tree but stand for the heads of the wheel and of the
//! arrival cursor; among equal keys of these, needs decide.

use crate::model::{AgentId, CounterId, GroupId, Model, OfficeId, OpeningId};
use crate::time::SimTime;

/// A packed event: time, then slot.
pub type Key = u64;

/// No event.
pub const IDLE: Key = u64::MAX;

/// Bits of the slot.
const SLOT_BITS: u32 = 16;

/// The key of an event of `slot` at `at`.
#[inline]
pub fn key(at: SimTime, slot: u16) -> Key {
    at.as_us() << SLOT_BITS | Key::from(slot)
}

/// When.
#[inline]
pub fn time_of(key: Key) -> SimTime {
    SimTime::from_us(key >> SLOT_BITS)
}

/// Whose.
#[inline]
pub fn slot_of(key: Key) -> u16 {
    key as u16
}

/// Where each kind of event has its slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    staffing: u16,
    openings: u16,
    offices: u16,
    /// The wheel's ends of chats, and of work that may be interrupted; where there is neither no slot.
    pub chats: u16,
    counters: u16,
    /// The wheel's patience timers.
    pub patience: u16,
    steps: u16,
    /// The wheel's tries of callbacks, and ends of waits for one agent.
    pub tries: u16,
    /// Entries into queues: the arrival cursor, and the wheel's retrials and transfers.
    pub entries: u16,
}

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Talk or wrap-up ends.
    Work(AgentId),
    /// The staff of a group changes.
    Staffing(GroupId),
    /// A queue or a condition opens or closes.
    Opening(OpeningId),
    /// Work on a case ends.
    OfficeWork,
    /// Something ends at the desk of an agent who chats, or whose work may be interrupted.
    Desk,
    /// The people at work in an office change.
    Office(OfficeId),
    /// A visit to a counter ends.
    VisitEnds,
    /// A counter opens or closes, or its clerks change.
    Counter(CounterId),
    /// Somebody's patience ends.
    Patience,
    /// That of somebody at a counter.
    VisitorsPatience,
    /// The first contact of a lane that waits for this step reaches it; the index counts [`Slots::step`].
    Step(u16),
    /// A slot of a callback begins, its next try is due, or a contact has waited long enough for one agent.
    Try,
    /// A visitor comes, cancels, stays away, or books.
    Visit,
    /// A retrial or a transfer enters.
    Entry,
    /// A fresh need begins.
    FreshNeed,
}

impl Slots {
    /// The layout for a model, with `step_cursors` queue steps in all lanes. `model::compile` refuses models that
    /// need more slots than there are.
    pub fn new(model: &Model, step_cursors: usize) -> Self {
        // The slot of office work stands before those of staffing, and for the head of the wheel, where there are offices.
        // So do those of visits, where there are counters.
        let at_counters = model.counters.as_deref().map_or(0, |of| of.counters.len() as u16);
        let visits = u16::from(model.counters.is_some());
        // And before all of them that of desks, where anybody chats or may be interrupted.
        let agents = model.agent_group.len() as u16;
        let chats = if model.has_desks() { agents } else { u16::MAX };
        let chatting = u16::from(model.has_desks());
        let staffing = agents + chatting + u16::from(!model.offices.is_empty()) + visits;
        let openings = staffing + model.groups.len() as u16;
        let offices = openings + model.openings.len() as u16;
        let counters = offices + model.offices.len() as u16;
        let patience = counters + at_counters;
        let steps = patience + 1 + visits;
        let tries = steps + step_cursors as u16;
        Slots {
            staffing,
            openings,
            offices,
            chats,
            counters,
            patience,
            steps,
            tries,
            entries: tries + 1 + visits,
        }
    }

    /// How many slots there are.
    pub fn len(&self) -> usize {
        usize::from(self.entries) + 1
    }

    /// The slots that are not agents'.
    pub fn beside_agents(&self) -> std::ops::Range<usize> {
        usize::from(self.staffing)..self.len()
    }

    /// The slot of a group's next change of staff.
    pub fn staffing(&self, group: GroupId) -> u16 {
        self.staffing + group.0
    }

    /// The slot of an opening's next turn.
    pub fn opening(&self, opening: OpeningId) -> u16 {
        self.openings + opening.0
    }

    /// The wheel's ends of work on cases.
    pub fn office_work(&self) -> u16 {
        self.staffing - 1 - self.visits_apart()
    }

    /// How many slots of a kind visitors have: one where there are counters.
    fn visits_apart(&self) -> u16 {
        self.steps - self.patience - 1
    }

    /// The wheel's ends of visits.
    pub fn visit_ends(&self) -> u16 {
        self.staffing - 1
    }

    /// The wheel's patience timers of visitors.
    pub fn visitors_patience(&self) -> u16 {
        self.patience + 1
    }

    /// The wheel's visitors who come, and bookings.
    pub fn visits(&self) -> u16 {
        self.entries - 1
    }

    /// The slot of a counter's next change.
    pub fn counter(&self, counter: CounterId) -> u16 {
        self.counters + counter.0
    }

    /// The slot of an office's next change of people.
    pub fn office(&self, office: OfficeId) -> u16 {
        self.offices + office.0
    }

    /// The slot of step cursor `cursor`.
    #[inline]
    pub fn step(&self, cursor: u16) -> u16 {
        self.steps + cursor
    }

    /// What `slot` of the tree or of the wheel stands for; agents' work has its own calendar.
    #[inline]
    pub fn due(&self, slot: u16) -> Due {
        if slot == self.entries {
            Due::Entry
        } else if slot == self.patience {
            Due::Patience
        } else if slot < self.openings {
            if slot < self.staffing {
                self.due_of_work(slot)
            } else {
                Due::Staffing(GroupId(slot - self.staffing))
            }
        } else if slot < self.offices {
            Due::Opening(OpeningId(slot - self.openings))
        } else if slot < self.counters {
            Due::Office(OfficeId(slot - self.offices))
        } else if slot == self.tries {
            Due::Try
        } else if slot >= self.steps && slot < self.tries {
            Due::Step(slot - self.steps)
        } else if slot < self.patience {
            Due::Counter(CounterId(slot - self.counters))
        } else if slot < self.steps {
            Due::VisitorsPatience
        } else {
            Due::Visit
        }
    }

    fn due_of_work(&self, slot: u16) -> Due {
        if slot == self.chats {
            return Due::Desk;
        }
        if self.visits_apart() > 0 && slot == self.visit_ends() { Due::VisitEnds } else { Due::OfficeWork }
    }
}
