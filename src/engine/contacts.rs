//! Contacts that are in the center, and citizens who will call again.
//!
//! A contact lives from its entry until its caller has left; a citizen who waits to try again is kept apart, in half the
//! room. Both are slabs with free lists; an index is never an order.

use super::observer::{Caller, Cause, FirstAnswer, Leg};
use super::wheel::TimerId;
use crate::model::{ContactTypeId, LaneId, NeedId, NumberId, ProfileId, QueueId, RuleId};
use crate::random::Key;
use crate::time::{SimDuration, SimTime};

/// A row of a slab.
pub type Index = u32;

/// No row.
pub const NIL: Index = Index::MAX;

/// A citizen and the need, as far as attempts share it.
#[derive(Clone, Copy, Debug)]
pub struct Citizen {
    /// The need.
    pub need: NeedId,
    /// The address of its random numbers.
    pub key: Key,
    /// When the first attempt began.
    pub need_began: SimTime,
    /// The first answer, once there is one.
    pub first_answer: Answer,
    /// What is wanted.
    pub contact_type: ContactTypeId,
    /// The segment.
    pub profile: ProfileId,
    /// The number dialled.
    pub number: NumberId,
    /// Attempts before this one.
    pub attempt: u8,
    /// What brought this attempt about.
    pub cause: Cause,
    /// Attempts that were answered, this one included.
    pub answered: u8,
    /// Whether the telephone system knew the caller.
    pub recognised: bool,
    /// Whether a contact of the need was transferred.
    pub transferred: bool,
    /// Tries at counters before this one.
    pub tries: u8,
    /// Whether a contact of the need has come; those who want a counter may never call.
    pub has_called: bool,
}

/// A need's first answer, once there is one, without the room of an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer(FirstAnswer);

impl Answer {
    /// Not answered yet.
    pub const NOT: Answer = Answer(FirstAnswer { at: SimTime::MAX, wait: SimDuration::ZERO });

    /// The answer, if there was one.
    pub fn get(self) -> Option<FirstAnswer> {
        (self.0.at != SimTime::MAX).then_some(self.0)
    }

    /// Answered at `at` after `wait`; an earlier answer stays the first.
    #[inline]
    pub fn or(self, at: SimTime, wait: SimDuration) -> Self {
        if self.0.at == SimTime::MAX { Answer(FirstAnswer { at, wait }) } else { self }
    }
}

/// How a contact's caller is on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// By a call, which holds a line.
    Call,
    /// By a callback that is over, in a later queue.
    CalledBack,
    /// Not at all: the contact stands for a citizen who was promised a callback.
    Promised,
    /// By a callback.
    Reached,
    /// By a call or a callback, holding while the first agent asks another.
    Consulting,
    /// The same, with the first agent again.
    Concluding,
}

impl Via {
    /// Whether an agent who is with the contact does otherwise than talk with a caller who has waited: calls back, asks or is asked.
    #[inline(always)]
    pub fn is_aside(self) -> bool {
        self >= Via::Promised
    }
}

/// A contact in the center.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// Who and why.
    pub citizen: Citizen,
    /// When this attempt began.
    pub began: SimTime,
    /// When it entered the queue of this leg.
    pub entered: SimTime,
    /// When its patience in this queue ends; from assignment, when its caller begins to speak.
    pub until: SimTime,
    /// The patience timer, if one is set.
    pub timer: TimerId,
    /// Neighbours in the lane.
    pub before: Index,
    /// Neighbours in the lane.
    pub behind: Index,
    /// The rule that sent it.
    pub rule: RuleId,
    /// Where it waits.
    pub queue: QueueId,
    /// In which lane.
    pub lane: LaneId,
    /// The step of the queue that it has reached.
    pub step: u8,
    /// Legs before this one in this attempt.
    pub leg: u8,
    /// Those of them that were no queue of its own, but tries to call back.
    pub tries: u8,
    /// How its caller is on the line.
    pub via: Via,
}

impl Contact {
    /// How observers see the caller.
    #[inline(always)]
    pub fn caller(&self) -> Caller {
        self.citizen.caller(self.began)
    }

    /// Its caller began to speak at `at`; in a later queue of the attempt that is no new answer.
    #[inline(always)]
    pub fn is_answered(&mut self, at: SimTime) {
        let citizen = &mut self.citizen;
        citizen.first_answer = citizen.first_answer.or(at, at.since(self.began));
        citizen.answered = citizen.answered.saturating_add(u8::from(self.leg == 0));
    }

    /// Its citizen, of a plain center, after the only talk.
    #[inline(always)]
    pub fn citizen_of_plain_center(&self) -> Citizen {
        let mut contact = self.of_plain_center();
        contact.is_answered(self.until);
        contact.citizen
    }

    /// How often it was passed on in this attempt.
    #[inline]
    pub fn passes(&self) -> u8 {
        self.leg - self.tries
    }

    /// The next leg of a contact that is to be called back begins.
    pub fn goes_on(&mut self) {
        self.leg += 1;
        self.tries += 1;
    }

    /// Its citizen was called back and began to speak at `at`: an answer, unless the contact had one before it was passed on.
    pub fn is_called_back(&mut self, at: SimTime) {
        let first = self.passes() == 0;
        let citizen = &mut self.citizen;
        citizen.first_answer = citizen.first_answer.or(at, at.since(self.began));
        citizen.answered = citizen.answered.saturating_add(u8::from(first));
    }

    /// The same contact, of a plain center: all that such contacts have in common is known without a look.
    #[inline(always)]
    pub fn of_plain_center(&self) -> Self {
        Contact { citizen: self.citizen.of_plain_center(), leg: 0, tries: 0, via: Via::Call, ..*self }
    }

    /// The address of this leg's random numbers.
    #[inline(always)]
    pub fn stage(&self) -> Key {
        self.citizen.key.stage(u32::from(self.citizen.attempt), u32::from(self.leg))
    }

    /// The leg that ends with `fate` at `left`; what service followed is for others to say.
    #[inline(always)]
    pub fn leg_until(&self, fate: super::observer::Fate, left: SimTime) -> Leg {
        Leg {
            caller: self.caller(),
            leg: self.leg,
            queue: self.queue,
            rule: self.rule,
            step: self.step,
            entered: self.entered,
            fate,
            left,
            service: None,
        }
    }
}

impl Citizen {
    /// The same citizen, of a plain center, where nobody is told apart and every need is one contact.
    #[inline(always)]
    pub fn of_plain_center(self) -> Self {
        Citizen {
            first_answer: Answer::NOT,
            profile: ProfileId(0),
            number: NumberId(0),
            attempt: 0,
            cause: Cause::Fresh,
            answered: 0,
            recognised: false,
            transferred: false,
            tries: 0,
            has_called: true,
            ..self
        }
    }

    /// How observers see the caller of an attempt that began at `began`.
    #[inline]
    pub fn caller(&self, began: SimTime) -> Caller {
        Caller {
            need: self.need,
            contact_type: self.contact_type,
            profile: self.profile,
            number: self.number,
            recognised: self.recognised,
            attempt: self.attempt,
            cause: self.cause,
            contact_began: began,
            need_began: self.need_began,
        }
    }
}

/// Rows of `T` that come and go.
#[derive(Clone, Debug)]
pub struct Slab<T> {
    rows: Vec<T>,
    free: Vec<Index>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { rows: Vec::new(), free: Vec::new() }
    }
}

impl<T: Copy> Slab<T> {
    /// Puts a row in and says where.
    #[inline(always)]
    pub fn insert(&mut self, row: T) -> Index {
        match self.free.pop() {
            Some(index) => {
                self.rows[index as usize] = row;
                index
            }
            None => {
                self.rows.push(row);
                self.rows.len() as Index - 1
            }
        }
    }

    /// Takes a row out; it can still be read until the next one comes in.
    #[inline]
    pub fn remove(&mut self, index: Index) -> T {
        self.release(index);
        self.rows[index as usize]
    }

    /// Takes a row out that nobody reads any more.
    #[inline]
    pub fn release(&mut self, index: Index) {
        self.free.push(index);
    }

    /// All rows, those that were taken out among them.
    pub fn all(&self) -> impl Iterator<Item = T> {
        self.rows.iter().copied()
    }

    /// How many rows are in.
    #[inline]
    pub fn len(&self) -> usize {
        self.rows.len() - self.free.len()
    }

    /// The most rows that were in at once.
    pub fn most(&self) -> usize {
        self.rows.len()
    }
}

impl<T> std::ops::Index<Index> for Slab<T> {
    type Output = T;
    #[inline]
    fn index(&self, index: Index) -> &T {
        &self.rows[index as usize]
    }
}

impl<T> std::ops::IndexMut<Index> for Slab<T> {
    #[inline]
    fn index_mut(&mut self, index: Index) -> &mut T {
        &mut self.rows[index as usize]
    }
}
