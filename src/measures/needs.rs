//! Needs by the span in which their first attempt began.
//!
//! A need may end days after it began, when its row has long been closed: so needs have dense counters of their own.

use super::cell::{NeedCell, seen_until};
use super::layout::Layout;
use crate::engine::Need;
use crate::time::{SimDuration, SimTime};

/// Counters of needs. A need's type, profile and number never change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// A return after a first answer before this instant is seen.
    seen_until: SimTime,
    /// `[day * types + type]`.
    pub(super) days: Vec<NeedCell>,
    /// `[period * types + type]`, where the run's detail has periods.
    pub(super) periods: Vec<NeedCell>,
    /// By profile, if there are several.
    pub(super) profiles: Vec<NeedCell>,
    /// By number, if there are several.
    pub(super) numbers: Vec<NeedCell>,
}

impl Needs {
    pub(super) fn new(layout: &Layout, days: usize, periods: usize) -> Self {
        Needs {
            seen_until: seen_until(layout.horizon),
            days: vec![NeedCell::default(); days * layout.types],
            periods: vec![NeedCell::default(); periods * layout.types],
            profiles: vec![NeedCell::default(); layout.profiles],
            numbers: vec![NeedCell::default(); layout.numbers],
        }
    }

    /// Counts a need that began in `period` of `day`.
    #[inline]
    pub(super) fn count(&mut self, layout: &Layout, period: u32, day: u32, need: &Need, within: SimDuration) {
        let (caller, contact_type) = (&need.caller, need.caller.contact_type.index());
        let seen_until = self.seen_until;
        match self.periods.get_mut(period as usize * layout.types + contact_type) {
            Some(cell) => cell.count(need, within, seen_until),
            None => self.days[day as usize * layout.types + contact_type].count(need, within, seen_until),
        }
        if let Some(cell) = self.profiles.get_mut(caller.profile.index()) {
            cell.count(need, within, seen_until);
        }
        if let Some(cell) = self.numbers.get_mut(caller.number.index()) {
            cell.count(need, within, seen_until);
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

    /// By contact type, over all days.
    pub(super) fn whole(&self, layout: &Layout) -> Vec<NeedCell> {
        let mut whole = vec![NeedCell::default(); layout.types];
        for day in self.days.chunks(layout.types.max(1)) {
            whole.iter_mut().zip(day).for_each(|(sum, cell)| sum.add(cell));
        }
        whole
    }

    /// By contact type, over a range of the spans in `cells`.
    pub(super) fn sum(layout: &Layout, cells: &[NeedCell], spans: std::ops::Range<usize>) -> Vec<NeedCell> {
        let mut sum = vec![NeedCell::default(); layout.types];
        for span in cells[spans.start * layout.types..spans.end * layout.types].chunks(layout.types.max(1)) {
            sum.iter_mut().zip(span).for_each(|(sum, cell)| sum.add(cell));
        }
        sum
    }

    pub(super) fn clear(&mut self) {
        self.days.fill(NeedCell::default());
        self.periods.fill(NeedCell::default());
        self.profiles.fill(NeedCell::default());
        self.numbers.fill(NeedCell::default());
    }
}
