//! The winner tree: the earliest of a fixed set of slots.
//!
//! One leaf a slot, each with a packed key (time, then slot), so that the smallest key is both the next event and
//! whose it is, and ties fall in slot order. What a slot stands for is `event`'s business.

use super::event::{IDLE, Key};

/// Slots with at most one pending event each.
#[derive(Clone, Debug)]
pub struct WinnerTree {
    /// Node `n` is `pairs[n / 2][n % 2]`: siblings lie together. Leaves fill the upper half, each inner node holds the
    /// winner of its children, the root is node 1.
    pairs: Vec<[Key; 2]>,
    /// The first leaf's node.
    leaves: usize,
}

impl WinnerTree {
    /// A tree of `slots` idle slots.
    pub fn new(slots: usize) -> Self {
        let leaves = slots.next_power_of_two().max(2);
        WinnerTree { pairs: vec![[IDLE; 2]; leaves], leaves }
    }

    /// The smallest key of all slots; [`IDLE`] if none is pending.
    #[inline]
    pub fn first(&self) -> Key {
        self.pairs[0][1]
    }

    /// Gives `slot` the pending event `key`, or none with [`IDLE`].
    #[inline]
    pub fn set(&mut self, slot: usize, key: Key) {
        let mut node = self.leaves + slot;
        let mut winner = key;
        // To the root without a look whether anything still changes: a branch nobody can predict costs more than levels.
        while node > 1 {
            let pair = &mut self.pairs[node / 2];
            pair[node % 2] = winner;
            winner = winner.min(pair[(node % 2) ^ 1]);
            node /= 2;
        }
        self.pairs[0][1] = winner;
    }

    /// The pending event of `slot`.
    #[cfg(test)]
    fn get(&self, slot: usize) -> Key {
        let node = self.leaves + slot;
        self.pairs[node / 2][node % 2]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_root_is_the_least_of_all_slots(
            slots in 1usize..40,
            changes in prop::collection::vec((0usize..40, prop::option::of(0u64..1000)), 1..200),
        ) {
            let mut tree = WinnerTree::new(slots);
            for (slot, time) in changes {
                let slot = slot % slots;
                tree.set(slot, time.map_or(IDLE, |t| t << 16 | slot as u64));
                let least = (0..slots).map(|s| tree.get(s)).min().unwrap();
                prop_assert_eq!(tree.first(), least);
            }
        }
    }
}
