//! Cases by the span in which they were opened, closed or due.
//!
//! A case is told of when it is over, long after the rows of its days were closed: so cases have dense counters of their own.

use super::backlog::Backlog;
use super::layout::Layout;
use super::spans::Spans;
use crate::engine::{Case, CaseStretch};
use crate::model::{Model, OfficeId};
use crate::stats::Histogram;
use crate::time::SimTime;

/// Cases of one type in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseCell {
    /// Opened in it for the first time.
    pub opened: u32,
    /// Opened in it again.
    pub reopened: u32,
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
        self.reopened += other.reopened;
        self.closed += other.closed;
        self.reworked += other.reworked;
        self.due += other.due;
        self.on_time += other.on_time;
        self.close_us += other.close_us;
        self.open_us += other.open_us;
        self.late_us += other.late_us;
    }
}

/// People of one office in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfficeTime {
    /// At work on a case, summed over people, in microseconds.
    pub work_us: u64,
    /// There, at work on a case or not.
    pub staffed_us: u64,
}

impl OfficeTime {
    fn add(&mut self, other: &OfficeTime) {
        self.work_us += other.work_us;
        self.staffed_us += other.staffed_us;
    }
}

/// Counters of the spans of one cut of the counted time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cut {
    /// Where each span begins, and at last where all end.
    starts_us: Vec<u64>,
    /// `[span * types + type]`.
    cells: Vec<CaseCell>,
    /// `[span * offices + office]`.
    offices: Vec<OfficeTime>,
}

/// Counters of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cases {
    types: usize,
    days: Cut,
    batches: Cut,
    /// By case type: from opening to closing of those that were closed in the counted time.
    pub(super) closes: Vec<Histogram>,
    pub(super) backlog: Backlog,
    /// By office: since when how many people have been there.
    people: Vec<(SimTime, u32)>,
}

impl Cases {
    pub(super) fn new(model: &Model, layout: &Layout, spans: &Spans) -> Self {
        let types = layout.case_types;
        let offices = model.offices.len();
        let cut = |of: &[u32]| Cut::new(model, of, types, offices);
        if types == 0 {
            return Cases::default();
        }
        let days = cut(&spans.day_of);
        Cases {
            types,
            backlog: Backlog::new(&days.starts_us, types),
            days,
            batches: cut(&spans.batch_of),
            closes: vec![Histogram::default(); types],
            people: vec![(SimTime::ZERO, 0); offices],
        }
    }

    /// Counts a case that is over: closed at `closed`, or never.
    pub(super) fn count(&mut self, case: &Case, closed: Option<SimTime>) {
        let (types, row) = (self.types, case.case_type.index());
        for cut in [&mut self.days, &mut self.batches] {
            cut.count(types, row, case, closed);
        }
        self.backlog.count(&self.days.starts_us, types, case, closed);
        if let Some(closed) = closed.filter(|&closed| self.days.span(closed).is_some()) {
            self.closes[row].record(closed.since(case.opened).as_us());
        }
    }

    /// Counts work on a case.
    pub(super) fn work(&mut self, stretch: &CaseStretch) {
        let (office, offices) = (stretch.case.office.index(), self.people.len());
        for cut in [&mut self.days, &mut self.batches] {
            cut.spend(stretch.from, stretch.until, |cut, span, us| {
                cut.offices[span * offices + office].work_us += us;
            });
        }
    }

    /// So many people of an office are there from `at` on.
    pub(super) fn staff(&mut self, at: SimTime, office: OfficeId, people: u32) {
        // Offices that no case comes to have no measures.
        if self.people.is_empty() {
            return;
        }
        let (offices, office) = (self.people.len(), office.index());
        let (since, before) = std::mem::replace(&mut self.people[office], (at, people));
        for cut in [&mut self.days, &mut self.batches] {
            cut.spend(since, at, |cut, span, us| {
                cut.offices[span * offices + office].staffed_us += us * u64::from(before);
            });
        }
    }

    /// By office, over some days.
    pub(super) fn offices_of_days(&self, days: std::ops::Range<usize>) -> Vec<OfficeTime> {
        self.days.sum_offices(self.people.len(), days)
    }

    /// By office, over all days.
    pub(super) fn offices_whole(&self) -> Vec<OfficeTime> {
        self.offices_of_days(0..self.days.spans())
    }

    /// By office, of a batch.
    pub(super) fn offices_of_batch(&self, batch: usize) -> Vec<OfficeTime> {
        self.batches.sum_offices(self.people.len(), batch..batch + 1)
    }

    /// By case type, over some days.
    pub(super) fn of_days(&self, days: std::ops::Range<usize>) -> Vec<CaseCell> {
        self.days.sum(self.types, days)
    }

    /// By case type, over all days.
    pub(super) fn whole(&self) -> Vec<CaseCell> {
        self.of_days(0..self.days.spans())
    }

    /// By case type, of a batch.
    pub(super) fn of_batch(&self, batch: usize) -> Vec<CaseCell> {
        self.batches.sum(self.types, batch..batch + 1)
    }
}

impl Cut {
    /// `of` has the span of each period; no spans where it is empty.
    fn new(model: &Model, of: &[u32], types: usize, offices: usize) -> Cut {
        let start = |period: usize| model.clock.period_start(period as u32).as_us();
        let begins = |&period: &usize| period == 0 || of[period] != of[period - 1];
        let mut starts_us: Vec<u64> = (0..of.len()).filter(begins).map(start).collect();
        let spans = starts_us.len();
        if spans > 0 {
            starts_us.push(model.clock.horizon.as_us());
        }
        Cut {
            starts_us,
            cells: vec![CaseCell::default(); spans * types],
            offices: vec![OfficeTime::default(); spans * offices],
        }
    }

    fn spans(&self) -> usize {
        self.starts_us.len().saturating_sub(1)
    }

    /// The span that holds an instant: none before the counted time, from its end on the last.
    fn span(&self, at: SimTime) -> Option<usize> {
        let begun = self.starts_us.partition_point(|&start| start <= at.as_us());
        begun.checked_sub(1).map(|span| span.min(self.spans() - 1))
    }

    fn count(&mut self, types: usize, row: usize, case: &Case, closed: Option<SimTime>) {
        if self.spans() == 0 {
            return;
        }
        if let Some(span) = self.span(case.opened) {
            let cell = &mut self.cells[span * types + row];
            cell.opened += u32::from(case.reopened == 0);
            cell.reopened += u32::from(case.reopened > 0);
        }
        if let Some((at, span)) = closed.and_then(|at| Some((at, self.span(at)?))) {
            let cell = &mut self.cells[span * types + row];
            cell.closed += 1;
            cell.reworked += u32::from(case.reworked);
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

    /// Hands out the time from `from` to `to`, as far as it is counted, span by span.
    fn spend(&mut self, from: SimTime, to: SimTime, add: impl Fn(&mut Cut, usize, u64)) {
        let (from_us, to_us) = (from.as_us(), to.as_us());
        let first = self.starts_us.partition_point(|&start| start <= from_us).saturating_sub(1);
        for span in first..self.spans() {
            let (start, end) = (self.starts_us[span], self.starts_us[span + 1]);
            if start >= to_us {
                break;
            }
            add(self, span, to_us.min(end).saturating_sub(from_us.max(start)));
        }
    }

    fn sum_offices(&self, offices: usize, spans: std::ops::Range<usize>) -> Vec<OfficeTime> {
        let mut sums = vec![OfficeTime::default(); offices];
        for row in self.offices[spans.start * offices..spans.end * offices].chunks(offices.max(1)) {
            sums.iter_mut().zip(row).for_each(|(sum, time)| sum.add(time));
        }
        sums
    }

    fn sum(&self, types: usize, spans: std::ops::Range<usize>) -> Vec<CaseCell> {
        let mut sums = vec![CaseCell::default(); types];
        for row in self.cells[spans.start * types..spans.end * types].chunks(types.max(1)) {
            sums.iter_mut().zip(row).for_each(|(sum, cell)| sum.add(cell));
        }
        sums
    }
}
