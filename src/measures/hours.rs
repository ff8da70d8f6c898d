//! Measures of the whole center by the hour, summed from shorter periods: a quarter-hour says little by itself, and people
//! name the hours of a day.

use super::grid::Grid;
use super::layout::Layout;
use super::needs::Needs;
use super::sheet::Sheet;
use super::spans::Spans;
use super::table::Table;
use super::totals::Span;
use super::{MeasureRow, PeriodKind, Replication};

/// A grid of hours.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    grid: Grid,
    periods_an_hour: usize,
}

impl Hours {
    /// `None` where periods do not divide an hour.
    pub(super) fn new(layout: &Layout, spans: &Spans, formulas: &[String]) -> Option<Hours> {
        let periods_an_hour = spans.periods_an_hour()?;
        let hours = spans.periods().div_ceil(periods_an_hour);
        let grid = Grid::new(PeriodKind::Hour, Table::by_hour(layout, formulas), hours);
        Some(Hours { grid, periods_an_hour })
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, layout: &Layout, spans: &Spans, replication: &Replication) {
        for (hour, sheets) in replication.periods.chunks(self.periods_an_hour).enumerate() {
            let mut sheet = Sheet::new(layout);
            sheets.iter().for_each(|period| sheet.add(period));
            let first = hour * self.periods_an_hour;
            let needs = Needs::sum(layout, &replication.needs.periods, first..first + sheets.len());
            let length_s = spans.label(PeriodKind::Hour, hour).length_s();
            self.grid.add(layout, &Span::part(layout, &sheet, &needs, 0, length_s), 1.0);
        }
    }

    /// Its rows, hour by hour.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        self.grid.rows(layout, spans)
    }
}
