//! The words and standard variates of one address.
//!
//! Parameters are applied by whoever asks, see `Distribution`.

use rand_core::{Infallible, TryRng};

use super::key::STEP;
use super::{mix, ziggurat};

/// Sets sub-draws apart: mix(102 * 0xD1342543DE82EF95).
const SUB: u64 = 0x4047_ccb5_a59f_b7bd;

/// All the random numbers of one entity for one purpose.
///
/// Copied, not consumed: asking twice gives the same number twice. Use one variate of a draw; who needs several
/// independent ones takes [`sub`](Self::sub)-draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    base: u64,
}

impl Draw {
    #[inline(always)]
    pub(super) const fn from_base(base: u64) -> Self {
        Self { base }
    }

    /// The first word: mix(base).
    #[inline(always)]
    pub const fn word(self) -> u64 {
        mix(self.base)
    }

    /// The j-th word: mix(base + j * 0x9E3779B97F4A7C15); the 0-th is [`word`](Self::word).
    #[inline(always)]
    pub const fn word_at(self, j: u64) -> u64 {
        mix(self.base.wrapping_add(j.wrapping_mul(STEP)))
    }

    /// The k-th independent draw below this one: base mix(base ^ (SUB + k)), with a frozen constant SUB. No sub-draw
    /// shares a word with its parent, not even the 0-th.
    #[inline(always)]
    pub const fn sub(self, k: u64) -> Self {
        Self { base: mix(self.base ^ SUB.wrapping_add(k)) }
    }

    /// A uniform variate in the open interval (0, 1): an odd multiple of 2^-53.
    ///
    /// The 2^52 midpoints are symmetric around one half, and `1 - uniform` is one of them, exactly.
    #[inline(always)]
    pub fn uniform(self) -> f64 {
        open_unit(self.word())
    }

    /// A unit exponential variate: mean 1, always above 0.
    #[inline(always)]
    pub fn unit_exponential(self) -> f64 {
        ziggurat::unit_exponential(self)
    }

    /// A standard normal variate.
    #[inline(always)]
    pub fn standard_normal(self) -> f64 {
        ziggurat::standard_normal(self)
    }

    /// A whole number from 0 to `n - 1`, growing with the word; 0 if `n` is 0. Uneven by less than n / 2^64.
    #[inline(always)]
    pub const fn below(self, n: u64) -> u64 {
        ((self.word() as u128 * n as u128) >> 64) as u64
    }

    /// Whether an event of this probability happens: `uniform() < probability`, so it stays true as the probability grows.
    #[inline(always)]
    pub fn happens(self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// The sequence of words as a generator of `rand_core`, for samplers of other crates.
    pub const fn words(self) -> Words {
        Words { draw: self, next: 0 }
    }
}

/// The odd multiple of 2^-53 that the upper 52 bits of a word choose.
#[inline(always)]
pub(super) fn open_unit(word: u64) -> f64 {
    const ULP: f64 = 1.0 / (1_u64 << 53) as f64;
    // Signed: of an unsigned number the conversion would take five instructions.
    ((word >> 11) | 1) as i64 as f64 * ULP
}

/// The words of a draw one after the other, as an infallible generator of `rand_core`.
#[derive(Clone, Debug)]
pub struct Words {
    draw: Draw,
    next: u64,
}

impl TryRng for Words {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let word = self.draw.word_at(self.next);
        self.next = self.next.wrapping_add(1);
        Ok(word)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Purpose};
    use super::*;
    use rand_core::Rng;

    fn talk() -> Draw {
        Key::replication(42, 0).named(1).cell(2).item(3).draw(Purpose::TalkTier1)
    }

    #[test]
    fn uniform_reaches_neither_end() {
        assert_eq!(open_unit(0), 2_f64.recip() * 2.0 / 9_007_199_254_740_992.0);
        assert_eq!(open_unit(u64::MAX), 1.0 - 1.0 / 9_007_199_254_740_992.0);
        assert_eq!(1.0 - open_unit(u64::MAX), open_unit(0));
    }

    #[test]
    fn words_follow_each_other_and_no_sub_draw_repeats_them() {
        let draw = talk();
        let mut words = draw.words();
        let sequence: Vec<u64> = (0..100).map(|_| words.next_u64()).collect();
        assert_eq!(sequence[0], draw.word());
        assert_eq!(sequence[99], draw.word_at(99));
        for k in 0..100 {
            assert!(!sequence.contains(&draw.sub(k).word()));
        }
    }

    #[test]
    fn bytes_are_words_in_little_endian() {
        let mut bytes = [0; 11];
        talk().words().fill_bytes(&mut bytes);
        assert_eq!(bytes[..8], talk().word().to_le_bytes());
        assert_eq!(bytes[8..], talk().word_at(1).to_le_bytes()[..3]);
    }

    #[test]
    fn below_is_in_range_and_level() {
        let mut counts = [0_u32; 7];
        for i in 0..70_000 {
            counts[Key::from_raw(9).item(i).draw(Purpose::AgentChoice).below(7) as usize] += 1;
        }
        // 10,000 each with a standard deviation of 93.
        assert!(counts.iter().all(|&n| (9_600..10_400).contains(&n)), "{counts:?}");
        assert_eq!(talk().below(0), 0);
        assert_eq!(talk().below(1), 0);
    }

    #[test]
    fn draws_are_frozen() {
        let draw = talk();
        let words = [
            (draw.word(), 0xa124fe15349a3147),
            (draw.word_at(1), 0x84701fd6d8c564d3),
            (draw.sub(0).word(), 0x406ef7980790d6e8),
            (draw.below(1_000), 629),
        ];
        for (i, (word, frozen)) in words.into_iter().enumerate() {
            assert_eq!(word, frozen, "{i}: {word:#018x}");
        }
        let variates = [
            (draw.uniform(), 0x3fe4249fc2a69347),
            (draw.unit_exponential(), 0x3ff9a183060529d5),
            (draw.standard_normal(), 0xbff3c3eb632b4232),
        ];
        for (i, (value, frozen)) in variates.into_iter().enumerate() {
            assert_eq!(value.to_bits(), frozen, "{i}: {:#018x}", value.to_bits());
        }
    }
}
