//! Who waits where: lanes of contacts, and the cursor of each queue step.
//!
//! A lane keeps the order of entering. A step comes after the same time for every contact of a queue, so the next
//! contact to reach it is found by a cursor that moves along the lane: one slot of the tree instead of a timer a contact.

use super::bits::Bits;
use super::contacts::{Contact, Index, NIL, Slab};
use super::event::{IDLE, Slots, key};
use super::tree::WinnerTree;
use crate::model::{LaneId, Model, NeedId, QueueId};
use crate::time::{SimDuration, SimTime};

/// The lanes of all queues.
#[derive(Clone, Debug)]
pub struct Lanes {
    lanes: Vec<Lane>,
    cursors: Vec<Cursor>,
    /// Contacts waiting by queue, those whose patience has ended unnoticed included.
    waiting: Vec<u32>,
    /// Queues in which anybody waits.
    waiting_queues: Bits,
    slots: Slots,
}

#[derive(Clone, Copy, Debug)]
struct Lane {
    first: Index,
    last: Index,
    queue: QueueId,
    /// Its cursors: from this one on, a cursor a step after the first, then one a wait that conditions ask for.
    cursors_from: u16,
    cursors: u16,
}

/// The first contact of a lane that has not reached a step, or a wait that a condition asks for.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    contact: Index,
    step: u8,
    after: SimDuration,
}

/// In place of a step: a wait that a condition asks for.
const MARK: u8 = u8::MAX;

/// How many cursors a model's lanes have.
pub fn cursor_count(model: &Model) -> usize {
    let of_queue = |lane: &crate::model::Lane| {
        let queue = &model.queues[lane.queue.index()];
        queue.steps.len() - 1 + queue.marks.len()
    };
    model.lanes.iter().map(of_queue).sum()
}

impl Lanes {
    /// Empty lanes.
    pub fn new(model: &Model, slots: Slots) -> Self {
        let (mut lanes, mut cursors) = (Vec::new(), Vec::new());
        for row in &model.lanes {
            let queue = &model.queues[row.queue.index()];
            let later_steps = &queue.steps[1..];
            lanes.push(Lane {
                first: NIL,
                last: NIL,
                queue: row.queue,
                cursors_from: cursors.len() as u16,
                cursors: (later_steps.len() + queue.marks.len()) as u16,
            });
            cursors.extend(later_steps.iter().enumerate().map(|(step, row)| Cursor {
                contact: NIL,
                step: step as u8 + 1,
                after: row.after,
            }));
            cursors.extend(queue.marks.iter().map(|&after| Cursor { contact: NIL, step: MARK, after }));
        }
        let queues = model.queues.len();
        Lanes { lanes, cursors, waiting: vec![0; queues], waiting_queues: Bits::none(queues), slots }
    }

    /// How many wait in a queue.
    #[inline]
    pub fn waiting(&self, queue: QueueId) -> u32 {
        self.waiting[queue.index()]
    }

    /// Queues in which anybody waits, gone unnoticed or not.
    #[inline]
    pub fn waiting_queues(&self) -> &Bits {
        &self.waiting_queues
    }

    /// The first contact of a lane, or [`NIL`].
    #[inline]
    pub fn first(&self, lane: LaneId) -> Index {
        self.lanes[lane.index()].first
    }

    /// Puts a contact at the end of its lane.
    #[inline(always)]
    pub fn push(&mut self, contacts: &mut Slab<Contact>, tree: &mut WinnerTree, index: Index) {
        let contact = &mut contacts[index];
        let steps = u16::from(contact.step);
        let lane = &mut self.lanes[contact.lane.index()];
        (contact.before, contact.behind) = (lane.last, NIL);
        let last = std::mem::replace(&mut lane.last, index);
        if last == NIL {
            lane.first = index;
        } else {
            contacts[last].behind = index;
        }
        self.waiting[lane.queue.index()] += 1;
        self.waiting_queues.set(lane.queue.index(), true);
        for cursor in lane.cursors_from + steps..lane.cursors_from + lane.cursors {
            if self.cursors[usize::from(cursor)].contact == NIL {
                self.point(contacts, tree, cursor, index);
            }
        }
    }

    /// Puts a contact that has waited elsewhere into its lane, where its entry belongs.
    #[cold]
    pub fn insert(&mut self, contacts: &mut Slab<Contact>, tree: &mut WinnerTree, index: Index) {
        let place = order(&contacts[index]);
        let lane = &mut self.lanes[contacts[index].lane.index()];
        let mut before = lane.last;
        while before != NIL && order(&contacts[before]) > place {
            before = contacts[before].before;
        }
        let behind = if before == NIL { lane.first } else { contacts[before].behind };
        (contacts[index].before, contacts[index].behind) = (before, behind);
        match before {
            NIL => lane.first = index,
            _ => contacts[before].behind = index,
        }
        match behind {
            NIL => lane.last = index,
            _ => contacts[behind].before = index,
        }
        let (queue, first, last) = (lane.queue, lane.cursors_from, lane.cursors_from + lane.cursors);
        self.one_waits_beside(queue);
        for cursor in first + u16::from(contacts[index].step)..last {
            let next = self.cursors[usize::from(cursor)].contact;
            if next == NIL || order(&contacts[next]) > place {
                self.point(contacts, tree, cursor, index);
            }
        }
    }

    /// One more waits in a queue, in no lane.
    pub fn one_waits_beside(&mut self, queue: QueueId) {
        self.waiting[queue.index()] += 1;
        self.waiting_queues.set(queue.index(), true);
    }

    /// One of those who waited in no lane of a queue does so no longer.
    pub fn one_waits_no_longer(&mut self, queue: QueueId) {
        let waiting = &mut self.waiting[queue.index()];
        *waiting -= 1;
        if *waiting == 0 {
            self.waiting_queues.set(queue.index(), false);
        }
    }

    /// Takes a contact out of its lane.
    #[inline(always)]
    pub fn remove(&mut self, contacts: &mut Slab<Contact>, tree: &mut WinnerTree, index: Index) {
        let Contact { before, behind, lane, step, .. } = contacts[index];
        let lane = &mut self.lanes[lane.index()];
        match before {
            NIL => lane.first = behind,
            _ => contacts[before].behind = behind,
        }
        match behind {
            NIL => lane.last = before,
            _ => contacts[behind].before = before,
        }
        let waiting = &mut self.waiting[lane.queue.index()];
        *waiting -= 1;
        if *waiting == 0 {
            self.waiting_queues.set(lane.queue.index(), false);
        }
        for cursor in lane.cursors_from + u16::from(step)..lane.cursors_from + lane.cursors {
            if self.cursors[usize::from(cursor)].contact == index {
                self.point(contacts, tree, cursor, behind);
            }
        }
    }

    /// Moves the contact at a cursor to the cursor's step and returns it.
    pub fn reach_step(&mut self, contacts: &mut Slab<Contact>, tree: &mut WinnerTree, cursor: u16) -> Index {
        let Cursor { contact, step, .. } = self.cursors[usize::from(cursor)];
        contacts[contact].step = step;
        let behind = contacts[contact].behind;
        self.point(contacts, tree, cursor, behind);
        contact
    }

    /// Whether a cursor stands for a wait that a condition asks for.
    #[inline]
    pub fn is_mark(&self, cursor: u16) -> bool {
        self.cursors[usize::from(cursor)].step == MARK
    }

    /// The contact at a mark has waited so long; returns it.
    pub fn reach_mark(&mut self, contacts: &Slab<Contact>, tree: &mut WinnerTree, cursor: u16) -> Index {
        let contact = self.cursors[usize::from(cursor)].contact;
        self.point(contacts, tree, cursor, contacts[contact].behind);
        contact
    }

    /// The contact that comes next to a cursor's step.
    pub fn at_cursor(&self, cursor: u16) -> Index {
        self.cursors[usize::from(cursor)].contact
    }

    /// Points a cursor at a contact and sets its event.
    #[inline(never)]
    fn point(&mut self, contacts: &Slab<Contact>, tree: &mut WinnerTree, cursor: u16, index: Index) {
        let slot = self.slots.step(cursor);
        let cursor = &mut self.cursors[usize::from(cursor)];
        cursor.contact = index;
        let event = match index {
            NIL => IDLE,
            _ => key(contacts[index].entered.after(cursor.after), slot),
        };
        tree.set(usize::from(slot), event);
    }
}

/// The order of a lane: by entry, then by need.
fn order(contact: &Contact) -> (SimTime, NeedId) {
    (contact.entered, contact.citizen.need)
}
