//! Replications gathered into results.
//!
//! Whatever adds floats does so in the order of replications, so that threads cannot change a digit.

use super::backlog::{BacklogRow, BacklogSums};
use super::distributions::{Distributions, Pooled};
use super::grid::Grid;
use super::hours::Hours;
use super::layout::Layout;
use super::measure::{Kind, Measure};
use super::months::Months;
use super::needs::{columns, sums};
use super::parts::Parts;
use super::peaks::peak;
use super::planner::PlannerSums;
use super::spans::Spans;
use super::steadiness::doubts;
use super::table::{Series, Table};
use super::targets::TargetBooks;
use super::totals::{Span, Totals};
use super::week::Week;
use super::{
    Attribution, Basis, Detail, Doubt, Grounds, MeasureRow, PeriodKind, PeriodRow, Replication,
    ReplicationRow, Scope, ScopeKind, SeriesView, TargetResult,
};
use crate::engine::RunEnd;
use crate::model::Model;
use crate::stats::{Confidence, Histogram, Interval, RatioSample};

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
    months: Option<Months>,
    week: Option<Week>,
    periods: Option<Grid>,
    /// Batches, or the weeks of the only replication.
    parts: Option<Parts>,
    planner: PlannerSums,
    backlog: BacklogSums,
    targets: Vec<TargetBooks>,
    attribution: Attribution,
    ends: Vec<RunEnd>,
    confidence: Confidence,
}

impl Results {
    /// For replications of `model`, none yet. `detail` is that of the collectors.
    pub fn new(model: &Model, detail: Detail) -> Self {
        let (layout, spans) = (Layout::new(model), Spans::new(model));
        let table = Table::full(&layout);
        let formulas: Vec<String> = model.targets.iter().map(|target| target.formula.clone()).collect();
        let by_period = Table::by_period(&layout, &formulas);
        let grid = |kind: PeriodKind, count: usize| Grid::new(kind, by_period.clone(), count);
        let targets = TargetBooks::all(model, &spans);
        Results {
            months: if detail.days { Months::new(by_period.clone(), &spans) } else { None },
            week: detail.week.then(|| Week::new(&layout, &spans, &formulas)),
            parts: Parts::new(&spans, table.series.len(), targets.len()),
            attribution: detail.attribution,
            samples: vec![RatioSample::default(); table.series.len()],
            table,
            pooled: Distributions::new(&layout),
            days: detail.days.then(|| grid(PeriodKind::Day, spans.days())),
            hours: if detail.periods { Hours::new(&layout, &spans, &formulas) } else { None },
            periods: detail.periods.then(|| grid(PeriodKind::Period, spans.periods())),
            planner: PlannerSums::default(),
            backlog: BacklogSums::default(),
            targets,
            ends: Vec::new(),
            confidence: Confidence::default(),
            layout,
            spans,
        }
    }

    /// Adds the next replication: strictly in the order of their numbers.
    pub fn add(&mut self, mut replication: Replication) {
        let distributions = Distributions::of(&self.layout, &mut replication);
        self.add_whole(&replication, &distributions);
        self.pooled.add(&distributions);
        self.add_spans(&replication);
        self.add_parts(&replication);
        self.targets.iter_mut().for_each(|books| books.add(&self.layout, &replication));
        self.ends.push(replication.end);
        self.backlog.add(&replication.cases.backlog);
        self.planner.add(replication.intervals);
    }

    fn add_whole(&mut self, replication: &Replication, distributions: &Distributions) {
        let (layout, sheet) = (&self.layout, replication.whole(&self.layout));
        let needs = &replication.needs;
        let span = Span {
            sheet: &sheet,
            needs: &columns(&needs.days, layout.types),
            needs_by_profile: &columns(&needs.profiles, layout.profiles),
            needs_by_number: &columns(&needs.numbers, layout.numbers),
            needs_by_district: &columns(&needs.districts, layout.districts),
            resolution_us: &sums(&needs.resolution_us, layout.resolution_width()),
            cases: &replication.cases.cuts.whole(),
            offices: &replication.cases.offices.whole(),
            written: &replication.written.cuts.whole(),
            visits: &replication.visits.cuts.whole(),
            dials: &replication.dials.cuts.whole(),
            length_s: self.spans.counted_s(),
        };
        let mut samples = self.samples.iter_mut();
        for block in &self.table.blocks {
            let totals = Totals::of(layout, &span, block.basis, block.scope);
            let target = usize::from(block.scope.index);
            // Most blocks ask for no quantile, and the whole's distributions are those of all types together.
            let mut shape = None;
            for (measure, sample) in block.measures.iter().zip(&mut samples) {
                let (numerator, denominator) = match measure.kind {
                    Kind::Ratio(..) => measure.pair(&totals, 1.0),
                    Kind::Fairness => as_pair(fairness(layout, &span)),
                    Kind::Kept(by) => self.targets[target].kept_by(layout, replication, target, by),
                    Kind::Peak(by) => peak(layout, replication, (block.basis, block.scope), by),
                    Kind::Clears => {
                        let days = replication.cases.backlog.days_to_clear(layout, block.scope);
                        (f64::from(u8::from(days.is_some())), 1.0)
                    }
                    Kind::TimeToClear => {
                        let days = replication.cases.backlog.days_to_clear(layout, block.scope);
                        as_pair(days.map(|days| self.spans.days_s(0..days)))
                    }
                    Kind::WaitQuantile(_)
                    | Kind::LongestWait
                    | Kind::HandleQuantile(_)
                    | Kind::CloseQuantile(_)
                    | Kind::WalkInQuantile(_)
                    | Kind::BookedQuantile(_) => {
                        let shape = shape.get_or_insert_with(|| distributions.at(block.scope));
                        as_pair(shape.value_s(measure.kind))
                    }
                };
                sample.push(numerator, denominator);
            }
        }
    }

    fn add_spans(&mut self, replication: &Replication) {
        let (layout, spans, needs) = (&self.layout, &self.spans, &replication.needs);
        if let Some(days) = &mut self.days {
            for (index, sheet) in replication.days.iter().enumerate() {
                let length_s = spans.label(PeriodKind::Day, index).length_s();
                days.add(layout, &Span::part(layout, sheet, &needs.days, index, length_s), 1.0);
            }
        }
        if let Some(hours) = &mut self.hours {
            hours.add(layout, spans, replication);
        }
        if let Some(months) = &mut self.months {
            months.add(layout, spans, replication);
        }
        if let Some(week) = &mut self.week {
            week.add(layout, replication);
        }
        let Some(periods) = &mut self.periods else { return };
        for (index, sheet) in replication.periods.iter().enumerate() {
            let length_s = spans.label(PeriodKind::Period, index).length_s();
            periods.add(layout, &Span::part(layout, sheet, &needs.periods, index, length_s), 1.0);
        }
    }

    /// Batches of every replication; weeks of the first, as long as it is the only one.
    fn add_parts(&mut self, replication: &Replication) {
        if !self.ends.is_empty() {
            self.parts.take_if(|parts| parts.are_weeks());
        }
        if let Some(parts) = &mut self.parts {
            parts.add(&self.layout, &self.spans, &self.table, &self.targets, replication);
        }
    }

    /// How many replications there are.
    pub fn replications(&self) -> u32 {
        self.ends.len() as u32
    }

    /// What intervals of the whole run go by.
    pub fn grounds(&self) -> Grounds {
        match (&self.parts, self.replications()) {
            (Some(parts), _) => parts.grounds(),
            (None, 0 | 1) => Grounds::Nothing,
            (None, replications) => Grounds::Replications(replications),
        }
    }

    /// What the batches of a steady state say against themselves; nothing of a run without batches.
    pub fn doubts(&self) -> Vec<Doubt> {
        let batches = self.parts.iter().filter(|parts| !parts.are_weeks());
        batches.flat_map(|parts| doubts(parts, &self.table)).collect()
    }

    /// The name of a scope.
    pub fn name_of(&self, scope: Scope) -> &str {
        self.layout.name(scope)
    }

    /// In which period a leg was counted.
    pub fn attribution(&self) -> Attribution {
        self.attribution
    }

    /// How each ended.
    pub fn run_ends(&self) -> &[RunEnd] {
        &self.ends
    }

    /// Every measure of every scope over the whole run; then, where the detail has them, a few by month, by day and by period.
    pub fn rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.whole_rows().chain(self.month_rows()).chain(self.day_rows()).chain(self.period_measure_rows())
    }

    /// Every measure of every scope over the whole run.
    pub fn whole_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        (0..self.samples.len()).map(|series| self.row(series))
    }

    /// Every measure of every scope over the whole run, with what each replication says.
    pub fn series(&self) -> impl Iterator<Item = SeriesView<'_>> {
        self.table.series.iter().zip(&self.samples).enumerate().map(|(series, (row, sample))| SeriesView {
            measure: row.measure.name,
            unit: row.measure.unit,
            basis: row.basis,
            scope_kind: row.scope.kind,
            scope: self.layout.name(row.scope),
            mean: self.mean(row.measure, row.scope, series),
            sample,
        })
    }

    /// The measures that are kept by local day.
    pub fn day_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.days.iter().flat_map(|grid| grid.rows(&self.layout, &self.spans))
    }

    /// The measures that are kept by calendar month, of a run that has several.
    pub fn month_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.months.iter().flat_map(|months| months.rows(&self.layout, &self.spans))
    }

    /// The measures that are kept by weekday and time of day, of the whole center and of queues: means of a period. Not
    /// among [`rows`](Results::rows).
    pub fn week_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.week.iter().flat_map(|week| week.rows_of(&self.layout, &self.spans, |_| true))
    }

    /// Of the rows by weekday and time of day those of the whole center.
    pub fn week_rows_of_center(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.week.iter().flat_map(|week| week.rows_of(&self.layout, &self.spans, is_center))
    }

    /// Of the rows by period those of the whole center.
    pub fn period_rows_of_center(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.periods.iter().flat_map(|grid| grid.rows_of(&self.layout, &self.spans, is_center))
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

    /// Open cases at the end of each counted local day, by the whole, by office and by case type; none without offices.
    pub fn backlog_rows(&self) -> impl Iterator<Item = BacklogRow<'_>> {
        let day = |index| self.spans.label(PeriodKind::Day, index);
        self.backlog.rows(&self.layout, self.replications(), day)
    }

    /// The targets, in the model's order, and what became of them.
    pub fn targets(&self) -> Vec<TargetResult<'_>> {
        let within = |target: usize| self.parts.as_ref().map(|parts| parts.target_interval(target));
        self.targets.iter().enumerate().map(|(index, books)| books.result(within(index))).collect()
    }

    /// One measure of one scope over the whole run; `None` where the measure does not exist for it.
    pub fn find(&self, measure: &str, basis: Basis, scope: Scope) -> Option<MeasureRow<'_>> {
        self.table.place(measure, basis, scope).map(|series| self.row(series))
    }

    /// The waits, in seconds, that these parts (0 to 1) of the contacts of the whole or of a type, or of the legs of a queue, do not exceed, over all
    /// replications; `None`: no data.
    pub fn wait_quantiles_s(&self, scope: Scope, parts: &[f64]) -> Vec<Option<f64>> {
        self.pooled.at(scope).wait_quantiles_s(parts)
    }

    /// The scopes of a kind with their names, in the model's order; none of profiles and numbers where there is but one.
    pub fn scopes(&self, kind: ScopeKind) -> impl Iterator<Item = (Scope, &str)> {
        self.layout.scopes(kind).map(|scope| (scope, self.layout.name(scope)))
    }

    fn row(&self, series: usize) -> MeasureRow<'_> {
        let (Series { measure, basis, scope }, sample) = (self.table.series[series], &self.samples[series]);
        let mean = self.mean(measure, scope, series);
        MeasureRow {
            measure: measure.name,
            unit: measure.unit,
            basis,
            scope_kind: scope.kind,
            scope: self.layout.name(scope),
            period: None,
            mean,
            interval: self.interval(measure, series, mean),
            spread: sample.spread(),
            n: self.replications(),
        }
    }

    /// A ratio of sums, or what the replications say pooled.
    fn mean(&self, measure: &Measure, scope: Scope, series: usize) -> Option<f64> {
        match measure.kind {
            Kind::Ratio(..) | Kind::Kept(_) | Kind::Peak(_) | Kind::Clears | Kind::TimeToClear => {
                self.samples[series].ratio()
            }
            Kind::Fairness => {
                let levels = self.scopes(ScopeKind::Profile).filter_map(|(profile, _)| {
                    self.find("answered_over_offered", Basis::Contact, profile).and_then(|row| row.mean)
                });
                worst_over_best(levels)
            }
            Kind::LongestWait
            | Kind::WaitQuantile(_)
            | Kind::HandleQuantile(_)
            | Kind::CloseQuantile(_)
            | Kind::WalkInQuantile(_)
            | Kind::BookedQuantile(_) => self.pooled.at(scope).value_s(measure.kind),
        }
    }

    /// How well the mean is known: by batches or weeks where these are gone by, or else by the replications.
    fn interval(&self, measure: &Measure, series: usize, mean: Option<f64>) -> Option<Interval> {
        match (measure.kind, &self.parts) {
            (Kind::Ratio(..), Some(parts)) => parts.series_interval(series, measure.unit.scale()),
            _ => measure.interval_over(mean, &self.samples[series], &self.confidence),
        }
    }

    /// What a quantile or maximum of a series is pooled from.
    pub(super) fn shape(&self, view: &SeriesView<'_>, pooled: Pooled) -> Option<Histogram> {
        let is_it = |series: &&Series| {
            series.scope.kind == view.scope_kind && self.layout.name(series.scope) == view.scope
        };
        let scope = self.table.series.iter().find(is_it)?.scope;
        Some(self.pooled.at(scope).histogram(pooled))
    }

    /// The targets, and numerator and denominator of each one's formula in every replication.
    pub(super) fn target_samples(&self) -> impl Iterator<Item = (TargetResult<'_>, &RatioSample)> {
        self.targets().into_iter().zip(self.targets.iter().map(TargetBooks::value))
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

fn is_center(kind: ScopeKind) -> bool {
    kind == ScopeKind::Whole
}

/// A value that is no ratio: over 1, or over 0 where there is none.
fn as_pair(value: Option<f64>) -> (f64, f64) {
    value.map_or((0.0, 0.0), |value| (value, 1.0))
}

/// The worst profile's service level over the best's, in one span.
fn fairness(layout: &Layout, span: &Span<'_>) -> Option<f64> {
    let level = |profile: Scope| {
        let totals = Totals::of(layout, span, Basis::Contact, profile);
        (totals.voice() > 0.0).then(|| totals.answered_in_time / totals.voice())
    };
    worst_over_best(layout.scopes(ScopeKind::Profile).filter_map(level))
}

/// `None` of fewer than two, or where even the best is nothing.
pub(super) fn worst_over_best(levels: impl Iterator<Item = f64>) -> Option<f64> {
    let levels: Vec<f64> = levels.collect();
    let (worst, best) = levels
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(worst, best), &level| (worst.min(level), best.max(level)));
    (levels.len() > 1 && best > 0.0).then(|| worst / best)
}
