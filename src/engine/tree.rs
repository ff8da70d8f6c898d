//! The winner tree: the earliest of a fixed set of slots.
//!
//! One leaf a slot, each with a packed key (time, then slot), so that the smallest key is both the next event and
//! whose it is, and ties fall in slot order. What a slot stands for is `event`'s business. Agents' ends of work have no
//! leaves here, see `work_ends`.

use super::event::{IDLE, Key};

/// Slots with at most one pending event each.
#[derive(Clone, Debug)]
pub struct WinnerTree {
    /// Matches of four: a match's winner plays in place `(match - 1) % 4` of match `(match - 1) / 4`, up to match 0.
    /// Four at a time, because half the levels cost fewer instructions than twice the players.
    matches: Vec<[Key; 4]>,
    /// The match of the first four slots.
    first_leaf: usize,
    /// The slot of the first leaf.
    first_slot: usize,
    /// Winner of match 0.
    winner: Key,
}

impl WinnerTree {
    /// A tree of idle slots.
    pub fn new(slots: std::ops::Range<usize>) -> Self {
        let (mut first_leaf, mut leaves) = (0, 1);
        while 4 * leaves < slots.len() {
            first_leaf += leaves;
            leaves *= 4;
        }
        WinnerTree {
            matches: vec![[IDLE; 4]; first_leaf + leaves],
            first_leaf,
            first_slot: slots.start,
            winner: IDLE,
        }
    }

    /// The smallest key of all slots; [`IDLE`] if none is pending.
    #[inline]
    pub fn first(&self) -> Key {
        self.winner
    }

    /// Gives `slot` the pending event `key`, or none with [`IDLE`].
    #[inline]
    pub fn set(&mut self, slot: usize, key: Key) {
        let leaf = slot - self.first_slot;
        let (mut index, mut place) = (self.first_leaf + leaf / 4, leaf % 4);
        let mut winner = key;
        // To the root without a look whether anything still changes: a branch nobody can predict costs more than levels.
        loop {
            let players = &mut self.matches[index];
            players[place] = winner;
            let others = players[place ^ 1].min(players[place ^ 2]).min(players[place ^ 3]);
            winner = winner.min(others);
            if index == 0 {
                break;
            }
            (index, place) = ((index - 1) / 4, (index - 1) % 4);
        }
        self.winner = winner;
    }

    /// The pending event of `slot`.
    pub fn get(&self, slot: usize) -> Key {
        let leaf = slot - self.first_slot;
        self.matches[self.first_leaf + leaf / 4][leaf % 4]
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
            let mut tree = WinnerTree::new(7..7 + slots);
            for (slot, time) in changes {
                let slot = 7 + slot % slots;
                tree.set(slot, time.map_or(IDLE, |t| t << 16 | slot as u64));
                let least = (7..7 + slots).map(|s| tree.get(s)).min().unwrap();
                prop_assert_eq!(tree.first(), least);
            }
        }
    }
}
