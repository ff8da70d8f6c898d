//! Open rows: the periods in which something can still be counted.
//!
//! A row is one period by all entities. Rows open as the run reaches their time, or earlier where a leg is told as a
//! whole; they close in order, once their time is over and no leg that entered in them is under way. A closed row's memory
//! serves a later period, so that a year takes no more than its busiest hours.

use super::sheet::Sheet;

/// A period's row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Legs that entered in this period and are under way.
    pub(super) under_way: u32,
    /// What was counted.
    pub(super) sheet: Sheet,
}

/// The open rows, round.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    rows: Vec<Row>,
    mask: u32,
    first: u32,
    blank: Sheet,
}

/// Rows to begin with; a power of two, as every size is.
const ROWS: usize = 4;

impl Ring {
    /// Empty rows like `blank`, the first for period 0.
    pub(super) fn new(blank: Sheet) -> Self {
        let rows = vec![Row { under_way: 0, sheet: blank.clone() }; ROWS];
        Ring { rows, mask: ROWS as u32 - 1, first: 0, blank }
    }

    /// The earliest open period.
    #[inline]
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// The row of `period`, which is not closed; the ring grows to reach it.
    #[inline]
    pub(super) fn row(&mut self, period: u32) -> &mut Row {
        if period.wrapping_sub(self.first) > self.mask {
            self.grow(period);
        }
        &mut self.rows[(period & self.mask) as usize]
    }

    /// Gives the first row away and opens its place for a later period.
    pub(super) fn close_first(&mut self, fold: impl FnOnce(&Sheet)) {
        let row = &mut self.rows[(self.first & self.mask) as usize];
        fold(&row.sheet);
        row.sheet.clear();
        row.under_way = 0;
        self.first += 1;
    }

    /// Forgets everything and keeps the memory.
    pub(super) fn clear(&mut self) {
        for row in &mut self.rows {
            row.sheet.clear();
            row.under_way = 0;
        }
        self.first = 0;
    }

    /// How many rows there is room for.
    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.rows.len()
    }

    #[cold]
    fn grow(&mut self, period: u32) {
        assert!(
            period >= self.first,
            "period {period} is closed, {} is the first open: told out of order",
            self.first
        );
        let size = (period - self.first + 1).next_power_of_two();
        let mut rows = vec![Row::default(); size as usize];
        for period in self.first..=self.first + self.mask {
            rows[(period & (size - 1)) as usize] =
                std::mem::take(&mut self.rows[(period & self.mask) as usize]);
        }
        for row in rows.iter_mut().filter(|row| row.sheet.is_nothing()) {
            row.sheet = self.blank.clone();
        }
        (self.rows, self.mask) = (rows, size - 1);
    }
}
