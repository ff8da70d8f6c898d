//! Measures by day or by period, over replications, in constant space a cell.

use super::layout::Layout;
use super::table::Table;
use super::totals::{Span, Totals};
use super::{MeasureRow, PeriodKind};
use crate::stats::{Confidence, RatioGrid};

/// One moment's cell a span and series.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    kind: PeriodKind,
    table: Table,
    /// `[span * series + s]`.
    cells: RatioGrid,
}

impl Grid {
    /// With `spans` spans, nothing added.
    pub(super) fn new(kind: PeriodKind, table: Table, spans: usize) -> Self {
        let cells = RatioGrid::new(spans * table.series.len());
        Grid { kind, table, cells }
    }

    /// How many cells there would be.
    pub(super) fn size(table: &Table, spans: usize) -> usize {
        spans * table.series.len()
    }

    /// Adds span `index` of the next replication, in which `spans` spans of its kind are summed: 1, or as many as there are Mondays.
    pub(super) fn add(&mut self, layout: &Layout, index: usize, span: &Span<'_>, spans: f64) {
        let mut cell = index * self.table.series.len();
        for block in &self.table.blocks {
            let totals = Totals::of(layout, span, block.basis, block.scope);
            for measure in &block.measures {
                let (numerator, denominator) = measure.pair(&totals, spans);
                self.cells.push(cell, numerator, denominator);
                cell += 1;
            }
        }
    }

    /// Its rows, span by span.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a super::spans::Spans,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        let series = self.table.series.len().max(1);
        let confidence = Confidence::default();
        (0..self.cells.len()).map(move |position| {
            let series_row = &self.table.series[position % series];
            let measure = series_row.measure;
            MeasureRow {
                measure: measure.name,
                unit: measure.unit,
                basis: series_row.basis,
                scope_kind: series_row.scope.kind,
                scope: layout.name(series_row.scope),
                period: Some(spans.label(self.kind, position / series)),
                mean: self.cells.ratio(position),
                interval: self.cells.interval(position, measure.unit.scale(), &confidence),
                spread: None,
                n: self.cells.replications(position),
            }
        })
    }
}
