//! How finely sums are kept.

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
    /// Measures by period, and the planners' intervals.
    pub periods: bool,
}

/// About 100 MB of results.
const MOST_CELLS: usize = 250_000;

impl Detail {
    /// The whole run only.
    pub const WHOLE: Detail = Detail { days: false, periods: false };

    /// What fits into about 100 MB: periods of a day to a week or two of a large center, days of a year.
    pub fn for_model(model: &Model) -> Detail {
        let (spans, table) = (Spans::new(model), Table::by_period(&Layout::new(model), &[]));
        let fits = |count: usize| Grid::size(&table, count) <= MOST_CELLS;
        Detail { days: spans.days() > 1 && fits(spans.days()), periods: fits(spans.periods()) }
    }
}
