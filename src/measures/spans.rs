//! How the counted time divides: periods, days, months.

use super::{PeriodKind, PeriodLabel};
use crate::model::{CELL_US, CellDate, Model, RunClock};
use crate::time::{SimTime, US_PER_S};

const DAY_US: u64 = 86_400 * US_PER_S;

/// [`RunClock::period`] for the hot loop: without a division.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeriodFinder {
    count_from_us: u64,
    horizon_us: u64,
    period_us: u64,
    per_period: f64,
    last: u32,
}

impl PeriodFinder {
    pub(super) fn new(clock: &RunClock) -> Self {
        PeriodFinder {
            count_from_us: clock.count_from.as_us(),
            horizon_us: clock.horizon.as_us(),
            period_us: clock.period_us,
            per_period: 1.0 / clock.period_us as f64,
            last: clock.periods - 1,
        }
    }

    /// The counted period that holds `at`: before the start the first, from the horizon on the last.
    #[inline]
    pub(super) fn period(&self, at: SimTime) -> u32 {
        let since_us = at.as_us().saturating_sub(self.count_from_us);
        // Times have 48 bits, so the product is at most one off, and only next to a boundary.
        let guess = u64::from((since_us as i64 as f64 * self.per_period) as u32);
        let too_high = u64::from(guess * self.period_us > since_us);
        let too_low = u64::from((guess + 1) * self.period_us <= since_us);
        ((guess - too_high + too_low) as u32).min(self.last)
    }

    /// When `period` ends; the last never does.
    #[inline]
    pub(super) fn end_us(&self, period: u32) -> u64 {
        if period < self.last { self.start_us(period + 1) } else { u64::MAX }
    }

    /// When `period` starts.
    #[inline]
    pub(super) fn start_us(&self, period: u32) -> u64 {
        self.count_from_us + u64::from(period) * self.period_us
    }

    /// When `period` ends as far as time counts: at the horizon at the latest.
    #[inline]
    pub(super) fn counted_end(&self, period: u32) -> SimTime {
        SimTime::from_us((self.start_us(period) + self.period_us).min(self.horizon_us))
    }

    /// Whether what is over at `at` is so in the period after `period`, as far as time counts, or before.
    #[inline]
    pub(super) fn is_over_after(&self, period: u32, at: SimTime) -> bool {
        period < self.last && at <= self.counted_end(period + 1)
    }

    /// `at`, moved into the counted time.
    #[inline]
    pub(super) fn clip(&self, at: SimTime) -> u64 {
        at.as_us().max(self.count_from_us).min(self.horizon_us)
    }

    /// Whether something that enters at `at` counts.
    #[inline]
    pub(super) fn counts(&self, at: SimTime) -> bool {
        at.as_us() >= self.count_from_us
    }

    /// The last period.
    #[inline]
    pub(super) fn last(&self) -> u32 {
        self.last
    }
}

/// Goes through periods from one on, handing out stretches of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    period: u32,
    end_us: u64,
}

impl Walk {
    /// Stands in `period`.
    #[inline]
    pub(super) fn from(finder: &PeriodFinder, period: u32) -> Self {
        Walk { period, end_us: finder.end_us(period) }
    }

    /// Splits `[from_us, to_us)`, both clipped to the counted time and not before the period in which it stands, among
    /// the periods: `add(period, microseconds)`. Stays where that ended.
    #[inline]
    pub(super) fn split(
        &mut self,
        finder: &PeriodFinder,
        mut from_us: u64,
        to_us: u64,
        mut add: impl FnMut(u32, u64),
    ) {
        while to_us > self.end_us {
            if from_us < self.end_us {
                add(self.period, self.end_us - from_us);
                from_us = self.end_us;
            }
            self.period += 1;
            self.end_us = finder.end_us(self.period);
        }
        if to_us > from_us {
            add(self.period, to_us - from_us);
        }
    }
}

/// Names and bounds of the periods and days of a run.
#[derive(Clone, Debug)]
pub(super) struct Spans {
    clock: RunClock,
    /// By period: its day, counted from the first.
    pub(super) day_of: Vec<u32>,
    /// By day: its first period, and one past the last day the number of periods.
    first_period: Vec<u32>,
    /// By day: its month, counted from the first.
    pub(super) month_of: Vec<u32>,
    /// By period: its batch; empty unless the run is cut into batches.
    pub(super) batch_of: Vec<u32>,
    /// By period: its place in the week, from Monday's midnight on.
    pub(super) week_slot_of: Vec<u32>,
    /// By place in the week: the first period there; 0 where none is.
    first_of_week_slot: Vec<u32>,
}

impl Spans {
    pub(super) fn new(model: &Model) -> Self {
        let dates: Vec<CellDate> = (0..model.clock.periods).map(|period| date_of(model, period)).collect();
        let batches = u64::from(model.batches.unwrap_or(0));
        let periods = u64::from(model.clock.periods);
        let batch_of = |period: u64| (batches > 0).then_some((period * batches / periods) as u32);
        let mut spans = Spans {
            clock: model.clock.clone(),
            day_of: vec![],
            first_period: vec![],
            month_of: vec![],
            batch_of: (0..periods).filter_map(batch_of).collect(),
            week_slot_of: dates.iter().map(|date| week_slot(&model.clock, date)).collect(),
            first_of_week_slot: vec![],
        };
        spans.first_of_week_slot = vec![0; spans.week_slots()];
        for (period, &slot) in spans.week_slot_of.iter().enumerate().rev() {
            spans.first_of_week_slot[slot as usize] = period as u32;
        }
        let mut before = None;
        for (period, date) in dates.iter().enumerate() {
            if before != Some(date.day) {
                spans.first_period.push(period as u32);
                spans.month_of.push(date.month - dates[0].month);
            }
            before = Some(date.day);
            spans.day_of.push(spans.month_of.len() as u32 - 1);
        }
        spans.first_period.push(model.clock.periods);
        spans
    }

    /// How many periods.
    pub(super) fn periods(&self) -> usize {
        self.day_of.len()
    }

    /// How many local days.
    pub(super) fn days(&self) -> usize {
        self.month_of.len()
    }

    /// How many batches the run is cut into; 0 if it is not.
    pub(super) fn batches(&self) -> usize {
        self.batch_of.last().map_or(0, |&last| last as usize + 1)
    }

    /// How many periods a week has by the wall clock.
    pub(super) fn week_slots(&self) -> usize {
        (7 * DAY_US / self.clock.period_us) as usize
    }

    /// The hour of the week in which a period starts, from Monday's midnight on.
    pub(super) fn week_hour_of(&self, period: u32) -> usize {
        let slot = u64::from(self.week_slot_of[period as usize]);
        (slot * self.clock.period_us / (4 * CELL_US)) as usize
    }

    /// The days of each month.
    pub(super) fn months(&self) -> Vec<std::ops::Range<usize>> {
        let mut months: Vec<std::ops::Range<usize>> = Vec::new();
        for day in 0..self.days() {
            match months.last_mut() {
                Some(month) if self.month_of[month.start] == self.month_of[day] => month.end = day + 1,
                _ => months.push(day..day + 1),
            }
        }
        months
    }

    /// How many seconds some days last, as far as they are counted.
    pub(super) fn days_s(&self, days: std::ops::Range<usize>) -> f64 {
        days.map(|day| self.label(PeriodKind::Day, day).length_s()).fold(0.0, |sum, s| sum + s)
    }

    /// How many seconds were counted.
    pub(super) fn counted_s(&self) -> f64 {
        self.clock.horizon.since(self.clock.count_from).as_s()
    }

    /// How many periods make an hour, if they divide it.
    pub(super) fn periods_an_hour(&self) -> Option<usize> {
        const HOUR_US: u64 = 4 * CELL_US;
        let divides = HOUR_US.is_multiple_of(self.clock.period_us);
        divides.then_some((HOUR_US / self.clock.period_us) as usize)
    }

    /// How many hours were counted, an hour being as long as a period where periods are longer.
    pub(super) fn clock_hours(&self) -> usize {
        self.clock_hour_of(self.clock.periods - 1) + 1
    }

    /// The hour in which a period starts, from the start of the counted time on.
    pub(super) fn clock_hour_of(&self, period: u32) -> usize {
        (u64::from(period) * self.clock.period_us / self.clock.period_us.max(4 * CELL_US)) as usize
    }

    /// The hour of an instant that is counted; from the end of the counted time on the last.
    pub(super) fn clock_hour_at(&self, at: SimTime) -> Option<usize> {
        (at >= self.clock.count_from).then(|| self.clock_hour_of(self.clock.period(at)))
    }

    /// The label of a period, an hour or a day.
    pub(super) fn label(&self, kind: PeriodKind, index: usize) -> PeriodLabel {
        let (from, to) = match kind {
            PeriodKind::Period => (index as u32, index as u32 + 1),
            PeriodKind::Hour => {
                let periods = self.periods_an_hour().unwrap_or(1);
                let end = (periods * (index + 1)).min(self.periods());
                ((periods * index) as u32, end as u32)
            }
            PeriodKind::Day => (self.first_period[index], self.first_period[index + 1]),
            PeriodKind::Month => {
                let days = self.months().get(index).cloned().unwrap_or(0..1);
                (self.first_period[days.start], self.first_period[days.end])
            }
            PeriodKind::Weekday => {
                let first = self.first_of_week_slot.get(index).copied().unwrap_or(0);
                (first, first + 1)
            }
        };
        let start = self.clock.period_start(from);
        let end = self.clock.period_start(to).min(self.clock.horizon);
        let (start_unix_us, end_unix_us) = (self.clock.unix_us(start), self.clock.unix_us(end));
        PeriodLabel { kind, index: index as u32, start_unix_us, end_unix_us }
    }
}

/// Where in the week a period starts that starts so.
fn week_slot(clock: &RunClock, start: &CellDate) -> u32 {
    // 1970-01-01 was a Thursday.
    let weekday = u64::from((start.day + 3) % 7);
    ((weekday * DAY_US + u64::from(start.second_of_day) * US_PER_S) / clock.period_us) as u32
}

/// The local date on which a period starts, and what the wall shows then.
fn date_of(model: &Model, period: u32) -> CellDate {
    let unix_us = model.clock.unix_us(model.clock.period_start(period));
    let cell = unix_us.div_euclid(CELL_US as i64) - model.clock.first_cell as i64;
    let last = model.cell_dates.len().saturating_sub(1);
    let date = model.cell_dates.get((cell.max(0) as usize).min(last)).copied().unwrap_or_default();
    let into_cell_s = (unix_us.rem_euclid(CELL_US as i64) as u64 / US_PER_S) as u32;
    CellDate { second_of_day: date.second_of_day + into_cell_s, ..date }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock(count_from_us: u64, period_us: u64, periods: u32) -> RunClock {
        let us = SimTime::from_us;
        let horizon = us(count_from_us + period_us * u64::from(periods));
        let count_from = us(count_from_us);
        RunClock {
            zero_unix_us: 0,
            begins: SimTime::ZERO,
            count_from,
            horizon,
            period_us,
            periods,
            first_cell: 0,
            cells: 0,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Without a division, and still the same, next to boundaries above all.
        #[test]
        fn the_finder_finds_what_the_clock_says(
            start in 0..10_u64.pow(12), minutes in 1..1440_u64, periods in 1..60_000_u32,
            period in 0..60_000_u64, off in -2..3_i64, anywhere in 0..1_u64 << 48,
        ) {
            let clock = clock(start, minutes * 60_000_000, periods);
            let boundary = (start + period * clock.period_us).saturating_add_signed(off);
            let finder = PeriodFinder::new(&clock);
            for at in [boundary, anywhere, start, 0].map(SimTime::from_us) {
                prop_assert_eq!(finder.period(at), clock.period(at), "{:?} {:?}", at, clock);
            }
        }
    }

    /// Periods of 10 us from 100 on; 95 to 123 is clipped by whoever calls.
    #[test]
    fn a_walk_hands_out_every_microsecond_once() {
        let finder = PeriodFinder::new(&clock(100, 10, 3));
        let (mut walk, mut parts) = (Walk::from(&finder, 0), Vec::new());
        walk.split(&finder, 103, 108, |period, us| parts.push((period, us)));
        walk.split(&finder, 108, 108, |period, us| parts.push((period, us)));
        walk.split(&finder, 108, 123, |period, us| parts.push((period, us)));
        walk.split(&finder, 123, 130, |period, us| parts.push((period, us)));
        assert_eq!(parts, [(0, 5), (0, 2), (1, 10), (2, 3), (2, 7)]);
    }
}
