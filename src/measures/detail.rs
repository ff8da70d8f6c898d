//! How finely sums are kept.

use super::Attribution;
use super::grid::Grid;
use super::layout::Layout;
use super::spans::Spans;
use super::table::Table;
use crate::model::Model;

/// What is kept beside the whole run. Sums by day always are within a replication, for targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Measures by local day.
    pub days: bool,
    /// Measures by period and by hour.
    pub periods: bool,
    /// The planners' intervals: sums by period and queue.
    pub intervals: bool,
    /// Measures by weekday and time of day.
    pub week: bool,
    /// Who was answered in time by weekday and hour, replication by replication, for comparisons.
    pub week_hours: bool,
    /// In which period a leg counts.
    pub attribution: Attribution,
}

/// About 25 MB of results.
const MOST_CELLS: usize = 250_000;

/// About 10 MB a replication, and 15 MB of results.
const MOST_INTERVALS: usize = 500_000;

impl Detail {
    /// The whole run only.
    pub const WHOLE: Detail = Detail {
        days: false,
        periods: false,
        intervals: false,
        week: false,
        week_hours: false,
        attribution: Attribution::Entry,
    };

    /// What fits into about 50 MB: measures by period of a few days to weeks, by day of a year; intervals of a year.
    pub fn for_model(model: &Model) -> Detail {
        let (layout, spans) = (Layout::new(model), Spans::new(model));
        let table = Table::by_period(&layout, &[]);
        let fits = |count: usize| Grid::size(&table, count) <= MOST_CELLS;
        let days = spans.days() > 1 && fits(spans.days());
        let week = Grid::size(&Table::by_weekday(&layout, &[]), spans.week_slots());
        let beside = if days { Grid::size(&table, spans.days()) } else { 0 };
        Detail {
            days,
            periods: fits(spans.periods()),
            intervals: spans.periods() * layout.queues <= MOST_INTERVALS,
            // Of a single week the periods say as much.
            week: spans.days() > 7 && week + beside <= MOST_CELLS,
            week_hours: false,
            attribution: Attribution::Entry,
        }
    }
}
