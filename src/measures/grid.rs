//! Measures by day or by period, over replications, packed while replications are few.

use super::layout::Layout;
use super::spans::Spans;
use super::table::Table;
use super::totals::{Span, Totals};
use super::{MeasureRow, PeriodKind, ScopeKind};
use crate::stats::{Confidence, RatioGrid};

/// A ratio a span and series.
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

    /// Adds the next span of a replication, in which `spans` spans of its kind are summed: 1, or as many as there are Mondays. A
    /// replication's spans come in their order, all of them.
    pub(super) fn add(&mut self, layout: &Layout, span: &Span<'_>, spans: f64) {
        for block in &self.table.blocks {
            let totals = Totals::of(layout, span, block.basis, block.scope);
            for measure in &block.measures {
                let (numerator, denominator) = measure.pair(&totals, spans);
                self.cells.push(numerator, denominator);
            }
        }
    }

    /// Its rows, span by span.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        self.rows_of(layout, spans, |_| true)
    }

    /// Its rows of some kinds of scope, span by span.
    pub(super) fn rows_of<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
        wanted: impl Fn(ScopeKind) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = MeasureRow<'a>> {
        let series = self.table.series.len().max(1);
        let confidence = Confidence::default();
        let wanted = move |position: usize| wanted(self.table.series[position % series].scope.kind);
        self.cells.ratios(wanted).map(move |(position, cell)| {
            let series_row = &self.table.series[position % series];
            let measure = series_row.measure;
            MeasureRow {
                measure: measure.name,
                unit: measure.unit,
                basis: series_row.basis,
                scope_kind: series_row.scope.kind,
                scope: layout.name(series_row.scope),
                period: Some(spans.label(self.kind, position / series)),
                mean: cell.ratio(),
                interval: cell.interval(measure.unit.scale(), &confidence),
                spread: None,
                n: cell.replications(),
            }
        })
    }
}
