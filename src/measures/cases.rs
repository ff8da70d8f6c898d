//! Cases by the span in which they were opened, closed or due.
//!
//! A case is told of when it is over, long after the rows of its days were closed: so cases have dense counters of their own.

use super::backlog::Backlog;
use super::cuts::{Cuts, Sum};
use super::layout::Layout;
use super::spans::Spans;
use crate::engine::{Case, CaseStretch, PreparationStretch};
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

impl Sum for CaseCell {
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
    /// At work on a case or a preparation, summed over people, in microseconds.
    pub work_us: u64,
    /// Of agents at its cases and preparations.
    pub agents_us: u64,
    /// Of both: at preparations.
    pub preparing_us: u64,
    /// There, at work on a case or not.
    pub staffed_us: u64,
}

impl Sum for OfficeTime {
    fn add(&mut self, other: &OfficeTime) {
        self.work_us += other.work_us;
        self.agents_us += other.agents_us;
        self.preparing_us += other.preparing_us;
        self.staffed_us += other.staffed_us;
    }
}

/// Counters of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cases {
    /// By case type.
    pub(super) cuts: Cuts<CaseCell>,
    /// By office.
    pub(super) offices: Cuts<OfficeTime>,
    /// By case type: from opening to closing of those that were closed in the counted time.
    pub(super) closes: Vec<Histogram>,
    pub(super) backlog: Backlog,
    /// By office: since when how many people have been there.
    people: Vec<(SimTime, u32)>,
}

impl Cases {
    pub(super) fn new(model: &Model, layout: &Layout, spans: &Spans) -> Self {
        let (types, offices) = (layout.case_types, model.offices.len());
        if types == 0 && !layout.prepares() {
            return Cases::default();
        }
        let cuts = Cuts::new(model, spans, types);
        Cases {
            backlog: Backlog::new(cuts.days_us(), types),
            cuts,
            offices: Cuts::new(model, spans, offices),
            closes: vec![Histogram::default(); types],
            people: vec![(SimTime::ZERO, 0); offices],
        }
    }

    /// Counts a case that is over: closed at `closed`, or never.
    pub(super) fn count(&mut self, case: &Case, closed: Option<SimTime>) {
        let (cuts, row) = (&mut self.cuts, case.case_type.index());
        cuts.at(case.opened, row, |cell| {
            cell.opened += u32::from(case.reopened == 0);
            cell.reopened += u32::from(case.reopened > 0);
        });
        if let Some(at) = closed {
            cuts.at(at, row, |cell| {
                cell.closed += 1;
                cell.reworked += u32::from(case.reworked);
                cell.close_us += at.since(case.opened).as_us();
            });
        }
        if let Some(due) = case.due.filter(|&due| cuts.is_before_end(due)) {
            cuts.at(due, row, |cell| {
                cell.due += 1;
                cell.on_time += u32::from(closed.is_some_and(|at| at <= due));
            });
        }
        let until = closed.unwrap_or(SimTime::MAX);
        cuts.over(case.opened, until, row, |cell, us| cell.open_us += us);
        if let Some(due) = case.due {
            cuts.over(due.max(case.opened), until, row, |cell, us| cell.late_us += us);
        }
        self.backlog.count(cuts.days_us(), self.closes.len(), case, closed);
        if let Some(closed) = closed.filter(|&closed| cuts.counts(closed)) {
            self.closes[row].record(closed.since(case.opened).as_us());
        }
    }

    /// Counts work on a case.
    pub(super) fn work(&mut self, stretch: &CaseStretch) {
        let office = stretch.case.office.index();
        self.offices.over(stretch.from, stretch.until, office, |time, us| match stretch.by {
            None => time.work_us += us,
            Some(_) => time.agents_us += us,
        });
    }

    /// Counts work on the preparation of a visit.
    pub(super) fn prepare(&mut self, stretch: &PreparationStretch) {
        let Some(from) = stretch.from else { return };
        self.offices.over(from, stretch.until, stretch.of.office.index(), |time, us| {
            time.preparing_us += us;
            match stretch.by {
                None => time.work_us += us,
                Some(_) => time.agents_us += us,
            }
        });
    }

    /// So many people of an office are there from `at` on.
    pub(super) fn staff(&mut self, at: SimTime, office: OfficeId, people: u32) {
        // Offices that nothing comes to have no measures.
        if self.people.is_empty() {
            return;
        }
        let office = office.index();
        let (since, before) = std::mem::replace(&mut self.people[office], (at, people));
        self.offices.over(since, at, office, |time, us| time.staffed_us += us * u64::from(before));
    }
}
