//! The timing wheel: every timer that is not a slot of the tree.
//!
//! Two levels of buckets, 1.05 s wide within the current block of 71.6 minutes and one a block beyond; a bucket is
//! sorted only when the run comes to it, so setting and cancelling cost the same however many timers there are. Timers of
//! one instant go by kind and then by the order that their owner gave them, never by where they are stored.

use super::event::{IDLE, Key, time_of};

/// A handle to a pending timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerId(u32);

impl TimerId {
    /// Stands for no timer; cancelling it does nothing.
    pub const NONE: TimerId = TimerId(NIL);
}

/// A timer that has come due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// When and of which kind.
    pub key: Key,
    /// Its place among timers of the same instant and kind.
    pub order: u64,
    /// What it is about.
    pub payload: u32,
}

const NIL: u32 = u32::MAX;
/// log2 of a bucket's width in microseconds.
const BUCKET_BITS: u32 = 20;
/// log2 of a block's width.
const BLOCK_BITS: u32 = 32;
const BUCKETS: usize = 1 << (BLOCK_BITS - BUCKET_BITS);
/// Where a node is when it is in no bucket's list.
const IN_OPEN: u32 = u32::MAX - 1;
const CANCELLED: u32 = u32::MAX - 2;
/// A list of the second level is `BLOCK | block`.
const BLOCK: u32 = 1 << 31;

#[derive(Clone, Copy, Debug)]
struct Node {
    key: Key,
    order: u64,
    payload: u32,
    prev: u32,
    next: u32,
    /// The list that holds it.
    list: u32,
}

/// Pending timers by time.
#[derive(Clone, Debug)]
pub struct Wheel {
    nodes: Vec<Node>,
    free: u32,
    /// Heads of the current block's buckets.
    buckets: Vec<u32>,
    /// One bit a bucket that holds a timer.
    filled: [u64; BUCKETS / 64],
    /// Words of `filled` before this one are empty.
    word: usize,
    /// Heads of the blocks; blocks up to the current one are empty.
    blocks: Vec<u32>,
    current_block: u64,
    /// The bucket being emptied: latest first, so that the next timer is at the end.
    open: Vec<(Key, u64, u32)>,
    /// Timers before this instant (in microseconds) belong into `open`.
    open_until: u64,
    /// No timer has a smaller key.
    bound: Key,
}

impl Default for Wheel {
    fn default() -> Self {
        Wheel {
            nodes: Vec::new(),
            free: NIL,
            buckets: vec![NIL; BUCKETS],
            filled: [0; BUCKETS / 64],
            word: 0,
            blocks: Vec::new(),
            current_block: 0,
            open: Vec::new(),
            open_until: 0,
            bound: IDLE,
        }
    }
}

impl Wheel {
    /// Sets a timer. `key` must not lie before the last one that came due.
    pub fn set(&mut self, key: Key, order: u64, payload: u32) -> TimerId {
        let id = self.new_node(Node { key, order, payload, prev: NIL, next: NIL, list: IN_OPEN });
        self.bound = self.bound.min(key);
        let us = time_of(key).as_us();
        if us < self.open_until {
            self.insert_into_open(key, order, id);
        } else if us >> BLOCK_BITS == self.current_block {
            self.push_bucket(us, id);
        } else {
            self.push_block(us, id);
        }
        TimerId(id)
    }

    /// Takes a pending timer back.
    pub fn cancel(&mut self, timer: TimerId) {
        let TimerId(id) = timer;
        if id == NIL {
            return;
        }
        if self.nodes[id as usize].list == IN_OPEN {
            self.nodes[id as usize].list = CANCELLED;
            self.drop_cancelled();
        } else {
            self.unlink(id);
            self.release(id);
        }
    }

    /// The key of the earliest timer if it is at most `limit`; otherwise [`IDLE`] or a key above `limit`.
    #[inline]
    pub fn due(&mut self, limit: Key) -> Key {
        if limit < self.bound { IDLE } else { self.look(limit) }
    }

    /// Where the earliest timer stands among those of its instant and kind. Only after `due` has found it.
    pub fn due_order(&self) -> u64 {
        self.open.last().map_or(u64::MAX, |&(_, order, _)| order)
    }

    /// Takes the timer that `due` found.
    #[expect(clippy::expect_used, reason = "the loop pops only what `due` has just found")]
    pub fn pop(&mut self) -> Timer {
        let (key, order, id) = self.open.pop().expect("`due` has just found a timer");
        let payload = self.nodes[id as usize].payload;
        self.release(id);
        self.drop_cancelled();
        Timer { key, order, payload }
    }

    #[inline(never)]
    fn look(&mut self, limit: Key) -> Key {
        loop {
            if let Some(&(key, ..)) = self.open.last() {
                self.bound = key;
                return key;
            }
            let Some((start, bucket)) = self.next_list() else {
                self.bound = IDLE;
                return IDLE;
            };
            self.bound = start << 16;
            if self.bound > limit {
                return IDLE;
            }
            match bucket {
                Some(bucket) => self.open_bucket(start, bucket),
                None => self.enter_block(start >> BLOCK_BITS),
            }
        }
    }

    /// The start in microseconds of the next list that holds a timer, and its bucket if it is one of the current block.
    fn next_list(&mut self) -> Option<(u64, Option<usize>)> {
        while self.word < self.filled.len() && self.filled[self.word] == 0 {
            self.word += 1;
        }
        let word = self.word;
        if word < self.filled.len() {
            let bucket = word * 64 + self.filled[word].trailing_zeros() as usize;
            let start = (self.current_block << BLOCK_BITS) + ((bucket as u64) << BUCKET_BITS);
            return Some((start, Some(bucket)));
        }
        let mut heads = self.blocks.iter().enumerate().skip(self.current_block as usize);
        let (block, _) = heads.find(|&(_, &head)| head != NIL)?;
        Some(((block as u64) << BLOCK_BITS, None))
    }

    fn open_bucket(&mut self, start: u64, bucket: usize) {
        self.filled[bucket / 64] &= !(1 << (bucket % 64));
        self.open_until = start + (1 << BUCKET_BITS);
        let mut id = std::mem::replace(&mut self.buckets[bucket], NIL);
        while id != NIL {
            let node = &mut self.nodes[id as usize];
            node.list = IN_OPEN;
            self.open.push((node.key, node.order, id));
            id = node.next;
        }
        self.open.sort_unstable_by_key(|&(key, order, _)| std::cmp::Reverse((key, order)));
    }

    fn enter_block(&mut self, block: u64) {
        self.current_block = block;
        let mut id = std::mem::replace(&mut self.blocks[block as usize], NIL);
        while id != NIL {
            let Node { key, next, .. } = self.nodes[id as usize];
            self.push_bucket(time_of(key).as_us(), id);
            id = next;
        }
    }

    fn insert_into_open(&mut self, key: Key, order: u64, id: u32) {
        let place = self.open.partition_point(|&(k, o, _)| (k, o) > (key, order));
        self.open.insert(place, (key, order, id));
    }

    fn push_bucket(&mut self, us: u64, id: u32) {
        let bucket = (us >> BUCKET_BITS) as usize % BUCKETS;
        self.filled[bucket / 64] |= 1 << (bucket % 64);
        self.word = self.word.min(bucket / 64);
        let head = std::mem::replace(&mut self.buckets[bucket], id);
        self.link_before(head, id, bucket as u32);
    }

    fn push_block(&mut self, us: u64, id: u32) {
        let block = (us >> BLOCK_BITS) as usize;
        if block >= self.blocks.len() {
            self.blocks.resize(block + 1, NIL);
        }
        let head = std::mem::replace(&mut self.blocks[block], id);
        self.link_before(head, id, BLOCK | block as u32);
    }

    fn link_before(&mut self, head: u32, id: u32, list: u32) {
        let node = &mut self.nodes[id as usize];
        (node.prev, node.next, node.list) = (NIL, head, list);
        if head != NIL {
            self.nodes[head as usize].prev = id;
        }
    }

    fn unlink(&mut self, id: u32) {
        let Node { prev, next, list, .. } = self.nodes[id as usize];
        if next != NIL {
            self.nodes[next as usize].prev = prev;
        }
        if prev != NIL {
            self.nodes[prev as usize].next = next;
        } else if list & BLOCK != 0 {
            self.blocks[(list & !BLOCK) as usize] = next;
        } else {
            let bucket = list as usize;
            self.buckets[bucket] = next;
            if next == NIL {
                self.filled[bucket / 64] &= !(1 << (bucket % 64));
            }
        }
    }

    /// Keeps the invariant that the end of `open` is a live timer.
    fn drop_cancelled(&mut self) {
        while let Some(&(.., id)) = self.open.last() {
            if self.nodes[id as usize].list != CANCELLED {
                return;
            }
            self.open.pop();
            self.release(id);
        }
    }

    fn new_node(&mut self, node: Node) -> u32 {
        if self.free == NIL {
            self.nodes.push(node);
            return self.nodes.len() as u32 - 1;
        }
        let id = self.free;
        self.free = self.nodes[id as usize].next;
        self.nodes[id as usize] = node;
        id
    }

    fn release(&mut self, id: u32) {
        self.nodes[id as usize].next = self.free;
        self.free = id;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minutes(m: u64) -> Key {
        (m * 60_000_000) << 16
    }

    #[test]
    fn a_timer_beyond_the_limit_stays_where_it_is() {
        let mut wheel = Wheel::default();
        wheel.set(minutes(90), 1, 7);
        assert_eq!(wheel.due(minutes(10)), IDLE);
        assert_eq!(wheel.due(minutes(90)), minutes(90));
        assert_eq!(wheel.pop(), Timer { key: minutes(90), order: 1, payload: 7 });
        assert_eq!(wheel.due(IDLE), IDLE);
    }

    proptest! {
        /// Against a sorted list: sets, cancellations and pops in any order, over seconds and weeks.
        #[test]
        fn it_gives_what_a_sorted_list_gives(
            steps in prop::collection::vec((0u8..4, 0u32..4, 0u64..5_000, 0u64..5), 1..300),
        ) {
            let mut wheel = Wheel::default();
            let mut list: Vec<(Key, u64, TimerId)> = Vec::new();
            let mut now: Key = 0;
            for (index, (what, scale, delay, kind)) in steps.into_iter().enumerate() {
                let order = index as u64 % 7 * 1000 + index as u64;
                if what < 2 {
                    let us = (now >> 16) + delay * [1, 1_000, 1_000_000, 600_000_000][scale as usize];
                    let key = (us << 16 | kind).max(now);
                    list.push((key, order, wheel.set(key, order, index as u32)));
                    list.sort_by_key(|&(key, order, _)| (key, order));
                } else if what == 2 && !list.is_empty() {
                    let (.., timer) = list.remove(delay as usize % list.len());
                    wheel.cancel(timer);
                } else if let Some(&(key, order, _)) = list.first() {
                    prop_assert!(key == 0 || wheel.due(key - 1) > key - 1);
                    prop_assert_eq!(wheel.due(key), key);
                    prop_assert_eq!(wheel.due_order(), order);
                    prop_assert_eq!(wheel.pop().order, order);
                    list.remove(0);
                    now = key;
                } else {
                    prop_assert_eq!(wheel.due(IDLE), IDLE);
                }
            }
        }
    }
}
