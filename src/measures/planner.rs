//! Intervals in the shape that planners keep: sums by period and queue, as means over replications.

use super::layout::Layout;
use super::sheet::Sheet;
use super::spans::Spans;
use super::totals::Totals;
use super::{PeriodKind, PeriodRow, Scope, ScopeKind};

/// Sums over replications, `[period * queues + queue]`.
#[derive(Clone, Debug)]
pub(super) struct PlannerSums {
    rows: Vec<Totals>,
}

impl PlannerSums {
    pub(super) fn new(layout: &Layout, periods: usize) -> Self {
        PlannerSums { rows: vec![Totals::default(); periods * layout.queues] }
    }

    /// Adds a period of the next replication.
    pub(super) fn add(&mut self, layout: &Layout, period: usize, sheet: &Sheet) {
        let rows = &mut self.rows[period * layout.queues..][..layout.queues];
        let cells = &sheet.cells[layout.first_queue..layout.first_group];
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.add_cell(cell));
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
                offered: sums.offered() / n,
                answered: sums.answered / n,
                answered_in_time: sums.answered_in_time / n,
                abandoned: sums.abandoned / n,
                sent_away: sums.sent_away / n,
                blocked: sums.refused / n,
                handle_s: sums.handle_s / n,
                wait_s: sums.wait_all_s() / n,
            }
        })
    }
}
