//! Replications gathered into results.
//!
//! Whatever adds floats does so in the order of replications, so that threads cannot change a digit.

use super::distributions::Distributions;
use super::grid::Grid;
use super::hours::Hours;
use super::layout::Layout;
use super::measure::{Kind, Measure};
use super::planner::PlannerSums;
use super::spans::Spans;
use super::table::{Series, Table};
use super::targets::TargetBooks;
use super::totals::{Span, Totals};
use super::{
    Basis, Detail, MeasureRow, PeriodKind, PeriodRow, Replication, ReplicationRow, Scope, ScopeKind,
    TargetResult,
};
use crate::engine::RunEnd;
use crate::model::Model;
use crate::stats::{Confidence, Interval, RatioSample, sectioning};

/// What all replications say together.
#[derive(Clone, Debug)]
pub struct Results {
    layout: Layout,
    spans: Spans,
    table: Table,
    /// By series: numerator and denominator of every replication; (value, 1) for quantiles.
    samples: Vec<RatioSample>,
    pooled: Distributions,
    days: Option<Grid>,
    hours: Option<Hours>,
    periods: Option<Grid>,
    planner: PlannerSums,
    targets: Vec<TargetBooks>,
    ends: Vec<RunEnd>,
}

impl Results {
    /// For replications of `model`, none yet. `detail` is that of the collectors.
    pub fn new(model: &Model, detail: Detail) -> Self {
        let (layout, spans) = (Layout::new(model), Spans::new(model));
        let table = Table::full(&layout);
        let formulas: Vec<String> = model.targets.iter().map(|target| target.formula.clone()).collect();
        let by_period = Table::by_period(&layout, &formulas);
        let grid = |kind: PeriodKind, count: usize| Grid::new(kind, by_period.clone(), count);
        Results {
            samples: vec![RatioSample::default(); table.series.len()],
            table,
            pooled: Distributions::new(&layout),
            days: detail.days.then(|| grid(PeriodKind::Day, spans.days())),
            hours: if detail.periods { Hours::new(&layout, &spans, &formulas) } else { None },
            periods: detail.periods.then(|| grid(PeriodKind::Period, spans.periods())),
            planner: PlannerSums::new(&layout, if detail.intervals { spans.periods() } else { 0 }),
            targets: TargetBooks::all(model, &spans),
            ends: Vec::new(),
            layout,
            spans,
        }
    }

    /// Adds the next replication: strictly in the order of their numbers.
    pub fn add(&mut self, mut replication: Replication) {
        let distributions = Distributions::of(&mut replication);
        self.add_whole(&replication, &distributions);
        self.pooled.add(&distributions);
        self.add_spans(&replication);
        self.planner.add(&replication.intervals);
        self.targets.iter_mut().for_each(|books| books.add(&self.layout, &replication));
        self.ends.push(replication.end);
    }

    fn add_whole(&mut self, replication: &Replication, distributions: &Distributions) {
        let (layout, sheet) = (&self.layout, replication.whole(&self.layout));
        let needs = replication.needs.whole(layout);
        let span = Span {
            sheet: &sheet,
            needs: &needs,
            needs_by_profile: &replication.needs.profiles,
            needs_by_number: &replication.needs.numbers,
            length_s: self.spans.counted_s(),
        };
        let mut samples = self.samples.iter_mut();
        for block in &self.table.blocks {
            let totals = Totals::of(layout, &span, block.basis, block.scope);
            let shape = distributions.at(block.scope);
            for (measure, sample) in block.measures.iter().zip(&mut samples) {
                match (measure.kind, shape.value_s(measure.kind)) {
                    (Kind::Ratio(numerator, denominator), _) => {
                        sample.push(numerator(&totals), denominator(&totals));
                    }
                    (_, Some(value)) => sample.push(value, 1.0),
                    (_, None) => sample.push(0.0, 0.0),
                }
            }
        }
    }

    fn add_spans(&mut self, replication: &Replication) {
        let (layout, spans, needs) = (&self.layout, &self.spans, &replication.needs);
        if let Some(days) = &mut self.days {
            for (index, sheet) in replication.days.iter().enumerate() {
                let length_s = spans.label(PeriodKind::Day, index).length_s();
                days.add(layout, index, &Span::part(layout, sheet, &needs.days, index, length_s));
            }
        }
        if let Some(hours) = &mut self.hours {
            hours.add(layout, spans, replication);
        }
        let Some(periods) = &mut self.periods else { return };
        for (index, sheet) in replication.periods.iter().enumerate() {
            let length_s = spans.label(PeriodKind::Period, index).length_s();
            periods.add(layout, index, &Span::part(layout, sheet, &needs.periods, index, length_s));
        }
    }

    /// How many replications there are.
    pub fn replications(&self) -> u32 {
        self.ends.len() as u32
    }

    /// How each ended.
    pub fn run_ends(&self) -> &[RunEnd] {
        &self.ends
    }

    /// Every measure of every scope over the whole run; then, where the detail has them, a few by day and by period.
    pub fn rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.whole_rows().chain(self.day_rows()).chain(self.period_measure_rows())
    }

    /// Every measure of every scope over the whole run.
    pub fn whole_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        (0..self.samples.len()).map(|series| self.row(series))
    }

    /// The measures that are kept by local day.
    pub fn day_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.days.iter().flat_map(|grid| grid.rows(&self.layout, &self.spans))
    }

    /// The measures that are kept by hour, of the whole center; not among [`rows`](Results::rows).
    pub fn hour_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.hours.iter().flat_map(|hours| hours.rows(&self.layout, &self.spans))
    }

    /// The measures that are kept by period.
    pub fn period_measure_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.periods.iter().flat_map(|grid| grid.rows(&self.layout, &self.spans))
    }

    /// Each replication's numerators and denominators over the whole run, replication by replication.
    pub fn replication_rows(&self) -> impl Iterator<Item = ReplicationRow<'_>> {
        (0..self.ends.len()).flat_map(move |replication| {
            (0..self.samples.len()).map(move |series| self.replication_row(replication, series))
        })
    }

    /// Sums by period and queue as planners keep them; none where the detail has no intervals.
    pub fn period_rows(&self) -> impl Iterator<Item = PeriodRow<'_>> {
        self.planner.rows(&self.layout, &self.spans, self.replications())
    }

    /// The targets, in the model's order, and what became of them.
    pub fn targets(&self) -> Vec<TargetResult<'_>> {
        self.targets.iter().map(TargetBooks::result).collect()
    }

    /// One measure of one scope over the whole run; `None` where the measure does not exist for it.
    pub fn find(&self, measure: &str, basis: Basis, scope: Scope) -> Option<MeasureRow<'_>> {
        let is_it = |row: &Series| row.scope == scope && row.basis == basis && row.measure.name == measure;
        self.table.series.iter().position(is_it).map(|series| self.row(series))
    }

    /// The scopes of a kind with their names, in the model's order; none of profiles and numbers where there is but one.
    pub fn scopes(&self, kind: ScopeKind) -> impl Iterator<Item = (Scope, &str)> {
        self.layout.scopes(kind).map(|scope| (scope, self.layout.name(scope)))
    }

    fn row(&self, series: usize) -> MeasureRow<'_> {
        let (Series { measure, basis, scope }, sample) = (self.table.series[series], &self.samples[series]);
        let (mean, interval) = self.estimate(measure, scope, sample);
        MeasureRow {
            measure: measure.name,
            unit: measure.unit,
            basis,
            scope_kind: scope.kind,
            scope: self.layout.name(scope),
            period: None,
            mean,
            interval,
            spread: sample.spread(),
            n: self.replications(),
        }
    }

    /// A ratio of sums, or what the replications say pooled.
    fn estimate(
        &self,
        measure: &Measure,
        scope: Scope,
        sample: &RatioSample,
    ) -> (Option<f64>, Option<Interval>) {
        let confidence = Confidence::default();
        let pooled = || self.pooled.at(scope).value_s(measure.kind);
        match measure.kind {
            Kind::Ratio(..) => (sample.ratio(), sample.interval(measure.unit.scale(), &confidence)),
            Kind::LongestWait => (pooled(), None),
            Kind::WaitQuantile(_) | Kind::HandleQuantile(_) => {
                let each: Vec<f64> = sample.pairs().iter().filter_map(|pair| pair.ratio()).collect();
                let mean = pooled();
                (mean, mean.and_then(|mean| sectioning(mean, &each, &confidence)))
            }
        }
    }

    fn replication_row(&self, replication: usize, series: usize) -> ReplicationRow<'_> {
        let Series { measure, basis, scope } = self.table.series[series];
        let pair = self.samples[series].pairs()[replication];
        ReplicationRow {
            replication: replication as u32,
            measure: measure.name,
            basis,
            scope_kind: scope.kind,
            scope: self.layout.name(scope),
            numerator: pair.numerator,
            denominator: pair.denominator,
            value: pair.ratio(),
        }
    }
}
