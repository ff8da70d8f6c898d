//! Measures by calendar month, summed from days.

use super::grid::Grid;
use super::layout::Layout;
use super::needs::Needs;
use super::spans::Spans;
use super::table::Table;
use super::totals::Span;
use super::{MeasureRow, PeriodKind, Replication};

/// A grid of months.
#[derive(Clone, Debug)]
pub(super) struct Months {
    grid: Grid,
    /// The days of each.
    days: Vec<std::ops::Range<usize>>,
}

impl Months {
    /// `None` within a single month: the whole run says it all.
    pub(super) fn new(table: Table, spans: &Spans) -> Option<Months> {
        let days = spans.months();
        (days.len() > 1).then(|| Months { grid: Grid::new(PeriodKind::Month, table, days.len()), days })
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, layout: &Layout, spans: &Spans, replication: &Replication) {
        for days in &self.days {
            let sheet = replication.sum_of_days(layout, days.clone());
            let needs = Needs::sum(layout, &replication.needs.days, days.clone());
            let span = Span::part(layout, &sheet, &needs, 0, spans.days_s(days.clone()));
            self.grid.add(layout, &span, 1.0);
        }
    }

    /// Its rows, month by month.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        self.grid.rows(layout, spans)
    }
}
