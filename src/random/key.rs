//! Addresses of random numbers.
//!
//! A key is the whole path to an entity folded into 64 bits:
//! seed, replication, arrival process, cell, need, attempt and leg. No draw depends
//! on when it is asked for, so neither threads nor new entities move anybody's numbers.

use super::{Draw, Purpose, mix};

/// The odd step between neighbours on one level: 2^64 over the golden ratio.
pub(super) const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Sets the keys of later attempts and legs apart: mix(101 * 0xD1342543DE82EF95). Its upper half differs from every
/// purpose's, so that the first word of no draw is a stage key.
const STAGE: u64 = 0x5882_2e9c_7dd7_d51a;

/// The address of an entity, as 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// The root of one replication: mix(mix(seed) + replication).
    #[inline]
    pub const fn replication(seed: u64, replication: u64) -> Self {
        Self(mix(mix(seed).wrapping_add(replication)))
    }

    /// The key of something with a name, by [`name_hash`](super::name_hash): mix(key ^ hash).
    #[inline]
    pub const fn named(self, name_hash: u64) -> Self {
        Self(mix(self.0 ^ name_hash))
    }

    /// The key of a cell or another absolute index: mix(key + cell).
    #[inline(always)]
    pub const fn cell(self, cell: u64) -> Self {
        Self(mix(self.0.wrapping_add(cell)))
    }

    /// The key of the i-th entity of a cell: mix(key + i * 0x9E3779B97F4A7C15).
    #[inline(always)]
    pub const fn item(self, i: u64) -> Self {
        Self(mix(self.0.wrapping_add(i.wrapping_mul(STEP))))
    }

    /// The key of a need's attempt and leg; the first leg of the first attempt is the need itself.
    ///
    /// Attempts and legs are counted from 0 and stay below 65,536; larger ones repeat.
    #[inline(always)]
    pub const fn stage(self, attempt: u32, leg: u32) -> Self {
        if attempt | leg == 0 {
            return self;
        }
        let place = ((attempt & 0xffff) << 16) | (leg & 0xffff);
        Self(mix(self.0 ^ STAGE ^ place as u64))
    }

    /// The draws of this entity for one purpose: base key ^ the purpose's constant.
    #[inline(always)]
    pub fn draw(self, purpose: Purpose) -> Draw {
        Draw::from_base(self.0 ^ purpose.constant())
    }

    /// The key as a number, to store.
    #[inline(always)]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// The key that [`raw`](Self::raw) gave.
    #[inline(always)]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::super::purpose::PURPOSE;
    use super::*;
    use crate::random::name_hash;

    #[test]
    fn keys_nest_as_written_in_the_design() {
        let key = Key::replication(7, 3).named(0xabc).cell(1_234_567).item(5);
        let by_hand =
            mix(mix(mix(mix(mix(7) + 3) ^ 0xabc) + 1_234_567).wrapping_add(5_u64.wrapping_mul(STEP)));
        assert_eq!(key.raw(), by_hand);
        assert_eq!(Key::from_raw(key.raw()), key);
    }

    #[test]
    fn the_first_stage_is_the_need_and_the_others_are_all_different() {
        let need = Key::replication(1, 0).named(name_hash("taxes")).cell(1_893_456).item(0);
        assert_eq!(need.stage(0, 0), need);
        let mut keys: Vec<u64> = Vec::new();
        for attempt in 0..100 {
            keys.extend((0..100).map(|leg| need.stage(attempt, leg).raw()));
        }
        keys.extend(PURPOSE.iter().flat_map(|p| {
            (0..8).map(move |j| mix((need.raw() ^ p).wrapping_add(u64::wrapping_mul(j, STEP))))
        }));
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn stages_differ_from_purposes_by_their_upper_half() {
        assert_eq!(STAGE, mix(101_u64.wrapping_mul(0xD134_2543_DE82_EF95)));
        assert!(PURPOSE.iter().all(|p| p >> 32 != STAGE >> 32));
    }

    #[test]
    fn keys_are_frozen() {
        let root = Key::replication(42, 0);
        let need = root.named(name_hash("taxes")).cell(1_893_456).item(17);
        let frozen = [
            (root, 0x1579b8fc288c8a08),
            (need, 0x4d8a88d84c6fa76d),
            (need.stage(1, 0), 0x6efd9a2ebee7e35b),
            (need.stage(0, 1), 0x6c3c9e023e5eb52c),
        ];
        for (i, (key, raw)) in frozen.into_iter().enumerate() {
            assert_eq!(key.raw(), raw, "{i}: {:#018x}", key.raw());
        }
    }
}
