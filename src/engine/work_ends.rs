//! When agents are done: at most one pending end of talk or wrap-up an agent, the earliest first.
//!
//! Ends are never taken back, because nobody is cut off. So they need no tree: they lie in a calendar of buckets so
//! narrow that most hold one end or none, which is found by a bitmap, and what they cost does not grow with the
//! number of agents (Brown 1988, calendar queues). Ends beyond the calendar's page wait in a list until the page is turned.

use super::event::{IDLE, Key, slot_of, time_of};
use crate::model::Model;
use crate::time::SimDuration;

/// The pending ends of work of a fixed set of agents; an agent's slot is its index.
#[derive(Clone, Debug)]
pub struct WorkEnds {
    /// The earliest; [`IDLE`] if none is pending.
    first: Key,
    /// The other ends before `open_until`: latest first, so that the next one is at the end.
    open: Vec<Key>,
    /// Ends before this instant in microseconds belong to the open bucket.
    open_until: u64,
    /// By agent: its pending end, if that lies in a bucket, and who else does.
    pending: Vec<Pending>,
    /// By bucket of the page: an agent.
    buckets: Vec<u16>,
    /// One bit a bucket of the page that holds an end; one word more, never empty, ends the search.
    filled: Vec<u64>,
    /// Words before this one are empty.
    word: usize,
    /// Start of the page in microseconds.
    page: u64,
    /// log2 of a bucket's width in microseconds.
    bucket_bits: u32,
    /// Ends beyond the page.
    later: Vec<Key>,
}

#[derive(Clone, Copy, Debug)]
struct Pending {
    end: Key,
    next: u16,
}

/// No agent. Slots of events that are not agents' follow theirs, so that no agent has this index.
const NOBODY: u16 = u16::MAX;
/// The fewest buckets of a page, those of one word.
const FEWEST: usize = 64;

/// About how long an agent is busy with a contact.
pub fn typical_work(model: &Model) -> SimDuration {
    let means = model.contact_types.iter().map(|row| row.handling[0].service_time.mean());
    let sum: f64 = means.sum();
    SimDuration::from_s(sum / model.contact_types.len().max(1) as f64)
}

impl WorkEnds {
    /// None pending for `agents` agents, who are busy for about `work` with a contact.
    pub fn new(agents: usize, work: SimDuration) -> Self {
        let buckets = (8 * agents).next_power_of_two().max(FEWEST);
        // A page holds about eight works, so that few ends lie beyond it; a bucket one of the ends that busy agents have in that time.
        let width = (8 * work.as_us() / buckets as u64).max(1);
        let mut filled = vec![0; buckets / 64 + 1];
        filled[buckets / 64] = 1;
        WorkEnds {
            first: IDLE,
            open: Vec::new(),
            open_until: 0,
            pending: vec![Pending { end: IDLE, next: NOBODY }; agents],
            buckets: vec![NOBODY; buckets],
            filled,
            word: 0,
            page: 0,
            bucket_bits: width.ilog2(),
            later: Vec::new(),
        }
    }

    /// The earliest end; [`IDLE`] if none is pending.
    #[inline]
    pub fn first(&self) -> Key {
        self.first
    }

    /// Takes the earliest end away, which `first` has told.
    #[inline(always)]
    pub fn pop(&mut self) {
        match self.open.pop() {
            Some(key) => self.first = key,
            None => self.open_next(),
        }
    }

    /// Sets an agent's end, which is not before the last one taken. The agent has none pending.
    #[inline(always)]
    pub fn set(&mut self, end: Key) {
        let at = time_of(end).as_us();
        if at < self.open_until {
            return self.set_open(end);
        }
        if !self.put_on_page(end) {
            self.later.push(end);
        }
        if self.first == IDLE {
            self.open_next();
        }
    }

    /// Puts an end into its bucket, if the page has it.
    #[inline(always)]
    fn put_on_page(&mut self, end: Key) -> bool {
        let bucket = ((time_of(end).as_us() - self.page) >> self.bucket_bits) as usize;
        let Some(head) = self.buckets.get_mut(bucket) else { return false };
        let next = std::mem::replace(head, slot_of(end));
        self.pending[usize::from(slot_of(end))] = Pending { end, next };
        self.filled[bucket / 64] |= 1 << (bucket % 64);
        true
    }

    /// An end that belongs to the open bucket.
    #[inline(never)]
    fn set_open(&mut self, end: Key) {
        let end = if end < self.first { std::mem::replace(&mut self.first, end) } else { end };
        if end != IDLE {
            let place = self.open.partition_point(|&key| key > end);
            self.open.insert(place, end);
        }
    }

    /// Opens the next bucket that holds an end, if any does.
    #[inline(always)]
    fn open_next(&mut self) {
        let mut word = self.word;
        while self.filled[word] == 0 {
            word += 1;
        }
        self.word = word;
        let bucket = word * 64 + self.filled[word].trailing_zeros() as usize;
        let Some(head) = self.buckets.get_mut(bucket) else { return self.turn_page() };
        let agent = std::mem::replace(head, NOBODY);
        self.filled[word] &= self.filled[word] - 1;
        self.open_until = self.page + ((bucket as u64 + 1) << self.bucket_bits);
        let Pending { end, next } = self.pending[usize::from(agent)];
        self.first = end;
        if next != NOBODY {
            self.open_others(next);
        }
    }

    /// The ends of a bucket beside its first, in order.
    #[inline(never)]
    fn open_others(&mut self, mut agent: u16) {
        while agent != NOBODY {
            let Pending { end, next } = self.pending[usize::from(agent)];
            self.open.push(self.first.max(end));
            self.first = self.first.min(end);
            agent = next;
        }
        if self.open.len() > 1 {
            self.open.sort_unstable_by_key(|&key| std::cmp::Reverse(key));
        }
    }

    /// The page is done: the next one begins with the earliest of the later ends.
    #[inline(never)]
    fn turn_page(&mut self) {
        self.word = 0;
        self.first = IDLE;
        let Some(&earliest) = self.later.iter().min() else { return };
        self.page = time_of(earliest).as_us();
        self.open_until = self.page;
        let mut later = std::mem::take(&mut self.later);
        later.retain(|&end| !self.put_on_page(end));
        self.later = later;
        self.open_next();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::event::key;
    use crate::time::SimTime;

    fn s(s: u64) -> SimDuration {
        SimDuration::from_whole_s(s)
    }

    #[test]
    fn ends_of_one_instant_go_by_agent() {
        let mut ends = WorkEnds::new(3, s(60));
        let at = SimTime::from_us(5_000_000);
        for agent in [2, 0, 1] {
            ends.set(key(at, agent));
        }
        let order = [0, 1, 2].map(|_| {
            let agent = slot_of(ends.first());
            ends.pop();
            agent
        });
        assert_eq!((order, ends.first()), ([0, 1, 2], IDLE));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Against a sorted list, from works of nothing to such that last for many pages, and after long silence.
        #[test]
        fn they_come_as_from_a_sorted_list(
            agents in 1_u16..200, work in 0_u64..400,
            steps in prop::collection::vec((prop::bool::weighted(0.6), 0_u32..5, 0_u64..3_000), 1..400),
        ) {
            let mut ends = WorkEnds::new(agents.into(), s(work));
            let mut list: Vec<Key> = Vec::new();
            let mut now = 0;
            for (sets, scale, length) in steps {
                let free = (0..agents).find(|&agent| list.iter().all(|&end| slot_of(end) != agent));
                match free.filter(|_| sets) {
                    Some(agent) => {
                        let us = (now >> 16) + length * [0, 1, 1_000, 300_000, 60_000_000][scale as usize];
                        let end = key(SimTime::from_us(us), agent);
                        ends.set(end);
                        list.push(end);
                        list.sort_unstable();
                    }
                    None if !list.is_empty() => {
                        now = list.remove(0);
                        prop_assert_eq!(ends.first(), now);
                        ends.pop();
                    }
                    None => {}
                }
                prop_assert_eq!(ends.first(), list.first().copied().unwrap_or(IDLE));
            }
        }
    }
}
