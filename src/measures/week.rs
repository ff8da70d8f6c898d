//! Measures by weekday and time of day: what a usual Monday at ten is like.

use super::cell::NeedCell;
use super::grid::Grid;
use super::layout::Layout;
use super::spans::Spans;
use super::table::Table;
use super::totals::Span;
use super::{MeasureRow, PeriodKind, Replication, ScopeKind};

/// A grid of a week's periods by the wall clock. Sums are per period: the mean over all Mondays. Needs have no place in it.
#[derive(Clone, Debug)]
pub(super) struct Week {
    grid: Grid,
    /// By place in the week: how many periods of the run fall there.
    times: Vec<u32>,
    period_s: f64,
    no_needs: Vec<NeedCell>,
}

impl Week {
    pub(super) fn new(layout: &Layout, spans: &Spans, formulas: &[String]) -> Week {
        let mut times = vec![0; spans.week_slots()];
        spans.week_slot_of.iter().for_each(|&slot| times[slot as usize] += 1);
        Week {
            grid: Grid::new(PeriodKind::Weekday, Table::by_weekday(layout, formulas), times.len()),
            times,
            period_s: spans.label(PeriodKind::Period, 0).length_s(),
            no_needs: vec![NeedCell::default(); layout.types],
        }
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, layout: &Layout, replication: &Replication) {
        for (slot, sheet) in replication.week.iter().enumerate() {
            let times = f64::from(self.times[slot]);
            let span = Span::part(layout, sheet, &self.no_needs, 0, times * self.period_s);
            self.grid.add(layout, &span, times);
        }
    }

    /// Its rows of some kinds of scope from Monday's midnight on, but for what the run has none of.
    pub(super) fn rows_of<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
        wanted: impl Fn(ScopeKind) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        let is_there = |row: &MeasureRow<'_>| row.period.is_some_and(|at| self.times[at.index as usize] > 0);
        self.grid.rows_of(layout, spans, wanted).filter(is_there)
    }
}
