//! Needs by the span in which their first attempt began.
//!
//! A need may end days after it began, when its row has long been closed: so needs have dense counters of their own.

use super::cell::{NeedCell, seen_until};
use super::layout::Layout;
use super::spans::Spans;
use crate::engine::{Caller, Need, NeedEnd};
use crate::time::{SimDuration, SimTime};

/// Counters of needs. A need's type, profile, number and district never change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// A return after a first answer before this instant is seen.
    seen_until: SimTime,
    /// `[day * types + type]`.
    pub(super) days: Vec<NeedCell>,
    /// `[period * types + type]`, where the run's detail has periods.
    pub(super) periods: Vec<NeedCell>,
    /// `[batch * types + type]`, where the run is cut into batches.
    pub(super) batches: Vec<NeedCell>,
    /// `[batch * profiles + profile]`, if there are several profiles; all of the run where it is not cut.
    pub(super) profiles: Vec<NeedCell>,
    /// `[batch * numbers + number]`, if there are several numbers.
    pub(super) numbers: Vec<NeedCell>,
    /// `[batch * districts + district]`, where there are districts.
    pub(super) districts: Vec<NeedCell>,
    /// `[batch * (types + profiles + numbers + districts) + ...]`: from first attempts to ends of resolved needs, in microseconds; empty where no contact
    /// comes again.
    pub(super) resolution_us: Vec<u64>,
}

impl Needs {
    pub(super) fn new(layout: &Layout, days: usize, periods: usize, batches: usize) -> Self {
        Needs {
            seen_until: seen_until(layout.horizon),
            days: vec![NeedCell::default(); days * layout.types],
            periods: vec![NeedCell::default(); periods * layout.types],
            batches: vec![NeedCell::default(); batches * layout.types],
            profiles: vec![NeedCell::default(); batches.max(1) * layout.profiles],
            numbers: vec![NeedCell::default(); batches.max(1) * layout.numbers],
            districts: vec![NeedCell::default(); batches.max(1) * layout.districts],
            resolution_us: vec![0; batches.max(1) * layout.resolution_width()],
        }
    }

    /// Counts a need that began in `period`.
    #[inline(always)]
    pub(super) fn count(
        &mut self,
        layout: &Layout,
        spans: &Spans,
        period: u32,
        need: &Need,
        within: SimDuration,
    ) {
        let (caller, contact_type) = (&need.caller, need.caller.contact_type.index());
        let one = NeedCell::of(need, within, self.seen_until);
        match self.periods.get_mut(period as usize * layout.types + contact_type) {
            Some(cell) => cell.add(&one),
            None => {
                let day = spans.day_of[period as usize];
                self.days[day as usize * layout.types + contact_type].add(&one);
            }
        }
        let batch = if self.batches.is_empty() { 0 } else { spans.batch_of[period as usize] as usize };
        if let Some(cell) = self.batches.get_mut(batch * layout.types + contact_type) {
            cell.add(&one);
        }
        if layout.profiles > 0 && layout.in_whole[contact_type] {
            self.profiles[batch * layout.profiles + caller.profile.index()].add(&one);
        }
        if layout.numbers > 0 && layout.in_whole[contact_type] {
            self.numbers[batch * layout.numbers + caller.number.index()].add(&one);
        }
    }

    /// Counts how long a caller's need took that began in `period` and was resolved at `at`.
    #[cold]
    pub(super) fn time(&mut self, layout: &Layout, spans: &Spans, period: u32, at: SimTime, caller: &Caller) {
        let batch = if self.batches.is_empty() { 0 } else { spans.batch_of[period as usize] as usize };
        let width = layout.resolution_width();
        let contact_type = caller.contact_type.index();
        let cells = &mut self.resolution_us[batch * width..(batch + 1) * width];
        let us = at.since(caller.need_began).as_us();
        cells[contact_type] += us;
        if layout.profiles > 0 && layout.in_whole[contact_type] {
            cells[layout.types + caller.profile.index()] += us;
        }
        if layout.numbers > 0 && layout.in_whole[contact_type] {
            cells[layout.types + layout.profiles + caller.number.index()] += us;
        }
    }

    /// Counts a need that began in `period` and ended at `at` for the district of its citizen.
    #[cold]
    pub(super) fn count_in_district(
        &mut self,
        layout: &Layout,
        spans: &Spans,
        (period, district, at): (u32, usize, SimTime),
        need: &Need,
        within: SimDuration,
    ) {
        if layout.districts == 0 || !layout.in_whole[need.caller.contact_type.index()] {
            return;
        }
        let batch = if self.batches.is_empty() { 0 } else { spans.batch_of[period as usize] as usize };
        let one = NeedCell::of(need, within, self.seen_until);
        self.districts[batch * layout.districts + district].add(&one);
        if layout.comes_again && need.end == NeedEnd::Resolved {
            let width = layout.resolution_width();
            let first = batch * width + layout.types + layout.profiles + layout.numbers;
            self.resolution_us[first + district] += at.since(need.caller.need_began).as_us();
        }
    }

    /// Sums periods into days, where a need was counted by period alone. `day_of` has the day of each period.
    pub(super) fn close(&mut self, layout: &Layout, day_of: &[u32]) {
        let periods = self.periods.chunks(layout.types.max(1));
        for (cells, &day) in periods.zip(day_of) {
            let days = &mut self.days[day as usize * layout.types..];
            days.iter_mut().zip(cells).for_each(|(sum, cell)| sum.add(cell));
        }
    }

    /// By contact type, over a range of the spans in `cells`.
    pub(super) fn sum(layout: &Layout, cells: &[NeedCell], spans: std::ops::Range<usize>) -> Vec<NeedCell> {
        columns(&cells[spans.start * layout.types..spans.end * layout.types], layout.types)
    }
}

/// Sums row by row, the rows being so wide.
pub(super) fn columns(cells: &[NeedCell], width: usize) -> Vec<NeedCell> {
    let mut sums = vec![NeedCell::default(); width];
    for row in cells.chunks(width.max(1)) {
        sums.iter_mut().zip(row).for_each(|(sum, cell)| sum.add(cell));
    }
    sums
}

/// The same of times.
pub(super) fn sums(times_us: &[u64], width: usize) -> Vec<u64> {
    let mut sums = vec![0; width];
    for row in times_us.chunks(width.max(1)) {
        sums.iter_mut().zip(row).for_each(|(sum, us)| *sum += us);
    }
    sums
}
