//! Cases by the span in which they were opened, closed or due.
//!
//! A case is told of when it is over, long after the rows of its days were closed: so cases have dense counters of their own.

use super::layout::Layout;
use super::spans::Spans;
use crate::engine::Case;
use crate::model::Model;
use crate::time::SimTime;

/// Cases of one type in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseCell {
    /// Opened in it.
    pub opened: u32,
    /// Closed in it.
    pub closed: u32,
    /// Closed in it after their work was done more than once.
    pub reworked: u32,
    /// Due in it.
    pub due: u32,
    /// Due in it, and closed by then.
    pub on_time: u32,
    /// From opening to closing, summed over those closed in it, in microseconds.
    pub close_us: u64,
    /// Time that cases were open in it, in microseconds.
    pub open_us: u64,
    /// Time that cases were open and late in it.
    pub late_us: u64,
}

impl CaseCell {
    fn add(&mut self, other: &CaseCell) {
        self.opened += other.opened;
        self.closed += other.closed;
        self.reworked += other.reworked;
        self.due += other.due;
        self.on_time += other.on_time;
        self.close_us += other.close_us;
        self.open_us += other.open_us;
        self.late_us += other.late_us;
    }
}

/// Counters of the spans of one cut of the counted time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cut {
    /// Where each span begins, and at last where all end.
    starts_us: Vec<u64>,
    /// `[span * types + type]`.
    cells: Vec<CaseCell>,
}

/// Counters of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cases {
    types: usize,
    days: Cut,
    batches: Cut,
}

impl Cases {
    pub(super) fn new(model: &Model, layout: &Layout, spans: &Spans) -> Self {
        let types = layout.case_types;
        let cut = |of: &[u32]| Cut::new(model, of, types);
        if types == 0 {
            return Cases::default();
        }
        Cases { types, days: cut(&spans.day_of), batches: cut(&spans.batch_of) }
    }

    /// Counts a case that is over: closed at `closed`, or never.
    pub(super) fn count(&mut self, case: &Case, closed: Option<SimTime>, reworked: bool) {
        let (types, contact_type) = (self.types, case.case_type.index());
        for cut in [&mut self.days, &mut self.batches] {
            cut.count(types, contact_type, case, (closed, reworked));
        }
    }

    /// By case type, over some days.
    pub(super) fn of_days(&self, days: std::ops::Range<usize>) -> Vec<CaseCell> {
        self.days.sum(self.types, days)
    }

    /// By case type, over all days.
    pub(super) fn whole(&self) -> Vec<CaseCell> {
        self.of_days(0..self.days.starts_us.len().saturating_sub(1))
    }

    /// By case type, of a batch.
    pub(super) fn of_batch(&self, batch: usize) -> Vec<CaseCell> {
        self.batches.sum(self.types, batch..batch + 1)
    }
}

impl Cut {
    /// `of` has the span of each period; no spans where it is empty.
    fn new(model: &Model, of: &[u32], types: usize) -> Cut {
        let start = |period: usize| model.clock.period_start(period as u32).as_us();
        let begins = |&period: &usize| period == 0 || of[period] != of[period - 1];
        let mut starts_us: Vec<u64> = (0..of.len()).filter(begins).map(start).collect();
        let spans = starts_us.len();
        if spans > 0 {
            starts_us.push(model.clock.horizon.as_us());
        }
        Cut { starts_us, cells: vec![CaseCell::default(); spans * types] }
    }

    fn spans(&self) -> usize {
        self.starts_us.len().saturating_sub(1)
    }

    /// The span that holds an instant: none before the counted time, from its end on the last.
    fn span(&self, at: SimTime) -> Option<usize> {
        let begun = self.starts_us.partition_point(|&start| start <= at.as_us());
        begun.checked_sub(1).map(|span| span.min(self.spans() - 1))
    }

    fn count(&mut self, types: usize, row: usize, case: &Case, (closed, reworked): (Option<SimTime>, bool)) {
        if self.spans() == 0 {
            return;
        }
        if let Some(span) = self.span(case.opened) {
            self.cells[span * types + row].opened += 1;
        }
        if let Some((at, span)) = closed.and_then(|at| Some((at, self.span(at)?))) {
            let cell = &mut self.cells[span * types + row];
            cell.closed += 1;
            cell.reworked += u32::from(reworked);
            cell.close_us += at.since(case.opened).as_us();
        }
        let end_us = self.starts_us[self.spans()];
        if let Some(due) = case.due.filter(|due| due.as_us() < end_us)
            && let Some(span) = self.span(due)
        {
            let cell = &mut self.cells[span * types + row];
            cell.due += 1;
            cell.on_time += u32::from(closed.is_some_and(|at| at <= due));
        }
        let until_us = closed.map_or(end_us, |at| at.as_us().min(end_us));
        let late_from_us = case.due.map_or(u64::MAX, |due| due.as_us());
        let first = self.span(case.opened).unwrap_or(0);
        for span in first..self.spans() {
            let (from, to) =
                (self.starts_us[span].max(case.opened.as_us()), self.starts_us[span + 1].min(until_us));
            if self.starts_us[span] >= until_us {
                break;
            }
            let cell = &mut self.cells[span * types + row];
            cell.open_us += to.saturating_sub(from);
            cell.late_us += to.saturating_sub(from.max(late_from_us));
        }
    }

    fn sum(&self, types: usize, spans: std::ops::Range<usize>) -> Vec<CaseCell> {
        let mut sums = vec![CaseCell::default(); types];
        for row in self.cells[spans.start * types..spans.end * types].chunks(types.max(1)) {
            sums.iter_mut().zip(row).for_each(|(sum, cell)| sum.add(cell));
        }
        sums
    }
}
