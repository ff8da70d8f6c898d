//! Intervals in the shape that planners keep: sums by period and queue, as means over replications.
//!
//! They are few numbers, so they are kept for a whole year too, where measures by period would be too many.

use super::cell::Cell;
use super::layout::Layout;
use super::sheet::Sheet;
use super::spans::Spans;
use super::{PeriodKind, PeriodRow, Scope, ScopeKind};

const US_PER_S: f64 = 1e6;

/// A queue in a period of one replication. Fates as in [`Cell`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct QueuePeriod {
    offered: u32,
    answered: u32,
    answered_in_time: u32,
    abandoned: u32,
    sent_away: u32,
    blocked: u32,
    handle_us: u64,
    wait_us: u64,
}

impl QueuePeriod {
    fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.answered_in_time += other.answered_in_time;
        self.abandoned += other.abandoned;
        self.sent_away += other.sent_away;
        self.blocked += other.blocked;
        self.handle_us += other.handle_us;
        self.wait_us += other.wait_us;
    }

    fn of(cell: &Cell) -> Self {
        QueuePeriod {
            offered: cell.answered + cell.abandoned + cell.callbacks + cell.sent_away + cell.moved,
            answered: cell.answered,
            answered_in_time: cell.answered_in_time,
            abandoned: cell.abandoned,
            sent_away: cell.sent_away,
            blocked: cell.refused,
            handle_us: cell.handle_us,
            wait_us: cell.wait_answered_us + cell.wait_abandoned_us + cell.wait_sent_away_us,
        }
    }
}

/// One replication, `[period * queues + queue]`; empty unless the run's detail has intervals. Periods close in order, so the list grows with
/// them and takes no room before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Intervals {
    rows: Vec<QueuePeriod>,
    /// How many rows there will be.
    most: usize,
}

impl Intervals {
    pub(super) fn new(layout: &Layout, periods: usize) -> Self {
        Intervals { rows: Vec::new(), most: periods * layout.queues }
    }

    /// Keeps the queues of a period that is over, the next one.
    pub(super) fn keep(&mut self, layout: &Layout, sheet: &Sheet) {
        if self.rows.len() < self.most {
            self.rows.reserve_exact(self.most - self.rows.len());
            let queues = &sheet.cells[layout.first_queue..layout.first_group];
            self.rows.extend(queues.iter().map(QueuePeriod::of));
        }
    }

    /// Hands out what was kept and is as new.
    pub(super) fn take(&mut self) -> Self {
        Intervals { rows: std::mem::take(&mut self.rows), most: self.most }
    }
}

/// Sums over replications, `[period * queues + queue]`. Counts are 32 bits wide: 65,536 replications of 65,536 contacts a queue and period.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannerSums {
    rows: Vec<QueuePeriod>,
}

impl PlannerSums {
    /// Adds the next replication.
    pub(super) fn add(&mut self, replication: Intervals) {
        if self.rows.is_empty() {
            self.rows = replication.rows;
        } else {
            self.rows.iter_mut().zip(&replication.rows).for_each(|(sums, row)| sums.add(row));
        }
    }

    /// Period by period, queue by queue.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
        replications: u32,
    ) -> impl Iterator<Item = PeriodRow<'a>> {
        let n = f64::from(replications.max(1));
        self.rows.iter().enumerate().map(move |(position, sums)| {
            let (period, queue) = (position / layout.queues, position % layout.queues);
            PeriodRow {
                period: spans.label(PeriodKind::Period, period),
                queue: layout.name(Scope::new(ScopeKind::Queue, queue)),
                offered: f64::from(sums.offered) / n,
                answered: f64::from(sums.answered) / n,
                answered_in_time: f64::from(sums.answered_in_time) / n,
                abandoned: f64::from(sums.abandoned) / n,
                sent_away: f64::from(sums.sent_away) / n,
                blocked: f64::from(sums.blocked) / n,
                handle_s: sums.handle_us as f64 / US_PER_S / n,
                wait_s: sums.wait_us as f64 / US_PER_S / n,
            }
        })
    }
}
