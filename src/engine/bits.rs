//! Sets of rows of a table as bits: have two of them a row in common, and which row is the first?

/// A set of rows.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// No row of `rows`.
    pub fn none(rows: usize) -> Self {
        Bits { words: vec![0; rows.div_ceil(64)] }
    }

    /// Some of `rows` rows.
    pub fn of(rows: usize, members: impl Iterator<Item = usize>) -> Self {
        let mut bits = Bits::none(rows);
        members.for_each(|row| bits.set(row, true));
        bits
    }

    /// Puts a row in, or takes it out.
    #[inline]
    pub fn set(&mut self, row: usize, is_in: bool) {
        let (word, bit) = (&mut self.words[row / 64], 1 << (row % 64));
        *word = if is_in { *word | bit } else { *word & !bit };
    }

    /// Whether a row is in both sets.
    #[inline]
    pub fn meet(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// The first row of the set that is among `rows`.
    pub fn first_in(&self, rows: std::ops::Range<usize>) -> Option<usize> {
        let words = rows.start / 64..rows.end.div_ceil(64);
        let first = words.into_iter().find_map(|word| {
            let bits = self.words[word] & u64::MAX << rows.start.saturating_sub(word * 64);
            (bits != 0).then(|| word * 64 + bits.trailing_zeros() as usize)
        });
        first.filter(|&row| row < rows.end)
    }

    /// The last row of the set that is among `rows`.
    pub fn last_in(&self, rows: std::ops::Range<usize>) -> Option<usize> {
        let words = rows.start / 64..rows.end.div_ceil(64);
        let last = words.rev().find_map(|word| {
            let beyond = (word * 64 + 64).saturating_sub(rows.end);
            let bits = self.words[word] & u64::MAX >> beyond;
            (bits != 0).then(|| word * 64 + 63 - bits.leading_zeros() as usize)
        });
        last.filter(|&row| row >= rows.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_in_a_row_that_is_in_both() {
        let (mut these, those) = (Bits::of(130, [1, 65].into_iter()), Bits::of(130, [2, 129].into_iter()));
        assert!(!these.meet(&those));
        these.set(129, true);
        assert!(these.meet(&those));
        these.set(129, false);
        assert!(!these.meet(&those));
    }

    #[test]
    fn the_first_row_is_looked_for_in_a_span() {
        let set = Bits::of(192, [3, 70, 191].into_iter());
        let first = |rows| set.first_in(rows);
        assert_eq!(
            [first(0..192), first(3..4), first(4..71), first(71..192)],
            [Some(3), Some(3), Some(70), Some(191)]
        );
        assert_eq!([first(0..3), first(4..70), first(71..191), first(192..192), first(9..9)], [None; 5]);
        let last = |rows| set.last_in(rows);
        assert_eq!(
            [last(0..192), last(0..191), last(0..70), last(3..4), last(64..128)],
            [Some(191), Some(70), Some(3), Some(3), Some(70)]
        );
        assert_eq!([last(0..3), last(4..70), last(71..191), last(192..192), last(0..0)], [None; 5]);
    }
}
