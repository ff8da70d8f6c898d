//! Sets of rows of a table as bits, for one question: have two of them a row in common?

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
}
