//! From when to when a run goes, and how its time divides.

use crate::time::{SimDuration, SimTime};

/// From when to when, and how time divides.
#[derive(Clone, Debug, PartialEq)]
pub struct RunClock {
    /// Time zero in microseconds of Unix time: the start less the run-in, or less the longest wait of those who wait then.
    pub zero_unix_us: i64,
    /// From when on people work and needs come: time zero, or the start where contacts wait already.
    pub begins: SimTime,
    /// The start: what entered before it is not counted.
    pub count_from: SimTime,
    /// The horizon H: from here on nothing new starts.
    pub horizon: SimTime,
    /// Length of a period in microseconds.
    pub period_us: u64,
    /// How many periods lie between `count_from` and `horizon`.
    pub periods: u32,
    /// The absolute quarter-hour (Unix time / 900 s) that holds time zero.
    pub first_cell: u64,
    /// How many quarter-hours the run touches.
    pub cells: u32,
}

/// Length of an arrival cell in microseconds: an absolute quarter-hour, whatever the period.
pub const CELL_US: u64 = 900_000_000;

impl RunClock {
    /// The counted period that holds `at`: before the start the first, from the horizon on the last.
    #[inline]
    pub fn period(&self, at: SimTime) -> u32 {
        let period = at.since(self.count_from).as_us() / self.period_us;
        (period as u32).min(self.periods - 1)
    }

    /// When counted period `index` starts.
    #[inline]
    pub fn period_start(&self, index: u32) -> SimTime {
        self.count_from + SimDuration::from_us(self.period_us * u64::from(index))
    }

    /// Microseconds of Unix time.
    pub fn unix_us(&self, at: SimTime) -> i64 {
        self.zero_unix_us + at.as_us() as i64
    }

    /// Where cell `cell` (counted from the first) starts; `None` for a first cell that began before time zero.
    pub fn cell_start(&self, cell: u32) -> i64 {
        (self.first_cell + u64::from(cell)) as i64 * CELL_US as i64 - self.zero_unix_us
    }
}

/// Which year, month and day a cell lies in, for busyness: absolute indices (year; months since year 0; days since 1970).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellDate {
    /// Calendar year.
    pub year: u32,
    /// 12 * year + month - 1.
    pub month: u32,
    /// Local days since 1970-01-01.
    pub day: u32,
    /// What the wall shows when it begins, in seconds of that day.
    pub second_of_day: u32,
}
