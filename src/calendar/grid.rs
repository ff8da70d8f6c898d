//! Periods of equal length, and the absolute quarter-hours that key random numbers.

/// Seconds in a quarter-hour.
pub const QUARTER_HOUR_S: i64 = 900;

/// The absolute UTC quarter-hour of an instant: `floor(unix_s / 900)`, whatever the scenario's start and period.
pub fn quarter_hour(unix_s: i64) -> i64 {
    unix_s.div_euclid(QUARTER_HOUR_S)
}

/// Consecutive periods `[start, end)` of equal length in real (not wall clock) time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodGrid {
    /// When the first period starts.
    pub start_unix_s: i64,
    /// The length of each, above 0.
    pub period_s: i64,
    /// How many there are.
    pub len: usize,
}

impl PeriodGrid {
    /// The grid that covers `[start, end)`; the last period may reach beyond the end. A length below 1 s is taken as 1 s.
    pub fn covering(start_unix_s: i64, end_unix_s: i64, period_s: i64) -> PeriodGrid {
        let period_s = period_s.max(1);
        let span_s = end_unix_s.saturating_sub(start_unix_s).max(0);
        let len = span_s / period_s + i64::from(span_s % period_s > 0);
        PeriodGrid { start_unix_s, period_s, len: len as usize }
    }

    /// The period that holds an instant, if one does.
    pub fn index(&self, unix_s: i64) -> Option<usize> {
        let since_s = unix_s.checked_sub(self.start_unix_s).filter(|&s| s >= 0)?;
        let index = (since_s / self.period_s) as usize;
        (index < self.len).then_some(index)
    }

    /// When period `index` starts; `start(len)` is the grid's end.
    pub fn start(&self, index: usize) -> i64 {
        self.start_unix_s + index as i64 * self.period_s
    }

    /// When the last period ends.
    pub fn end(&self) -> i64 {
        self.start(self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_four_quarters_and_the_end_belongs_to_nobody() {
        let grid = PeriodGrid::covering(3600, 7200, 900);
        assert_eq!(grid.len, 4);
        assert_eq!(
            [3599, 3600, 4499, 4500, 7199, 7200].map(|s| grid.index(s)),
            [None, Some(0), Some(0), Some(1), Some(3), None]
        );
        assert_eq!((grid.start(2), grid.end()), (5400, 7200));
    }

    #[test]
    fn quarter_hours_count_from_1970_on_both_sides() {
        assert_eq!([-901, -900, -1, 0, 899, 900].map(quarter_hour), [-2, -1, -1, 0, 0, 1]);
    }
}
