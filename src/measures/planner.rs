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

/// One replication, `[period * queues + queue]`; empty unless the run's detail has intervals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Intervals(Vec<QueuePeriod>);

impl Intervals {
    pub(super) fn new(layout: &Layout, periods: usize) -> Self {
        Intervals(vec![QueuePeriod::default(); periods * layout.queues])
    }

    /// Keeps the queues of a period that is over.
    pub(super) fn keep(&mut self, layout: &Layout, period: usize, sheet: &Sheet) {
        let rows = self.0.iter_mut().skip(period * layout.queues);
        let queues = &sheet.cells[layout.first_queue..layout.first_group];
        rows.zip(queues).for_each(|(row, cell)| *row = QueuePeriod::of(cell));
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(QueuePeriod::default());
    }
}

/// Sums over replications, `[period * queues + queue]`.
#[derive(Clone, Debug)]
pub(super) struct PlannerSums {
    rows: Vec<QueueSums>,
}

#[derive(Clone, Copy, Debug, Default)]
struct QueueSums {
    offered: f64,
    answered: f64,
    answered_in_time: f64,
    abandoned: f64,
    sent_away: f64,
    blocked: f64,
    handle_s: f64,
    wait_s: f64,
}

impl QueueSums {
    fn add(&mut self, other: &QueuePeriod) {
        self.offered += f64::from(other.offered);
        self.answered += f64::from(other.answered);
        self.answered_in_time += f64::from(other.answered_in_time);
        self.abandoned += f64::from(other.abandoned);
        self.sent_away += f64::from(other.sent_away);
        self.blocked += f64::from(other.blocked);
        self.handle_s += other.handle_us as f64 / US_PER_S;
        self.wait_s += other.wait_us as f64 / US_PER_S;
    }
}

impl PlannerSums {
    pub(super) fn new(layout: &Layout, periods: usize) -> Self {
        PlannerSums { rows: vec![QueueSums::default(); periods * layout.queues] }
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, replication: &Intervals) {
        self.rows.iter_mut().zip(&replication.0).for_each(|(sums, row)| sums.add(row));
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
                offered: sums.offered / n,
                answered: sums.answered / n,
                answered_in_time: sums.answered_in_time / n,
                abandoned: sums.abandoned / n,
                sent_away: sums.sent_away / n,
                blocked: sums.blocked / n,
                handle_s: sums.handle_s / n,
                wait_s: sums.wait_s / n,
            }
        })
    }
}
