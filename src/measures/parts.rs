//! Parts of a replication, by which its own numbers are known: the batches of a steady state, or the weeks of the only year.

use super::layout::Layout;
use super::needs::Needs;
use super::sheet::Sheet;
use super::spans::Spans;
use super::table::Table;
use super::targets::TargetBooks;
use super::totals::{Span, Totals};
use super::{PeriodKind, Replication};
use crate::stats::{Confidence, Interval, RatioSample, Scale};

/// Fewer weeks than this are no year to speak of.
const FEWEST_WEEKS: usize = 10;

/// What the intervals of a run go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// One replication, and nothing within it.
    Nothing,
    /// How replications differ.
    Replications(u32),
    /// How so many batches of all replications differ.
    Batches(u32),
    /// How so many weeks of the only replication differ.
    Weeks(u32),
}

/// How a replication is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Batches,
    Weeks,
}

/// Pairs by part, run by run.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    cut: Cut,
    a_run: usize,
    /// By series.
    series: Vec<RatioSample>,
    /// By target.
    targets: Vec<RatioSample>,
}

impl Parts {
    /// Batches where the run is cut into them, weeks of a long one; `None` of a short one.
    pub(super) fn new(spans: &Spans, series: usize, targets: usize) -> Option<Parts> {
        let (cut, a_run) = match (spans.batches(), spans.days() / 7) {
            (0, weeks) if weeks < FEWEST_WEEKS => return None,
            (0, weeks) => (Cut::Weeks, weeks),
            (batches, _) => (Cut::Batches, batches),
        };
        let samples = |count: usize| vec![RatioSample::default(); count];
        Some(Parts { cut, a_run, series: samples(series), targets: samples(targets) })
    }

    /// Whether they are of use only as long as there is a single replication.
    pub(super) fn are_weeks(&self) -> bool {
        self.cut == Cut::Weeks
    }

    /// Parts of a replication.
    pub(super) fn a_run(&self) -> usize {
        self.a_run
    }

    /// What intervals go by.
    pub(super) fn grounds(&self) -> Grounds {
        let parts = self.series.first().map_or(0, |sample| sample.pairs().len()) as u32;
        match self.cut {
            Cut::Batches => Grounds::Batches(parts),
            Cut::Weeks => Grounds::Weeks(parts),
        }
    }

    /// Adds the next replication.
    pub(super) fn add(
        &mut self,
        layout: &Layout,
        spans: &Spans,
        table: &Table,
        targets: &[TargetBooks],
        replication: &Replication,
    ) {
        for part in 0..self.a_run {
            let needs = &replication.needs;
            match self.cut {
                Cut::Batches => {
                    let of = |width: usize| part * width..(part + 1) * width;
                    let span = Span {
                        sheet: &replication.batches[part],
                        needs: &needs.batches[of(layout.types)],
                        needs_by_profile: &needs.profiles[of(layout.profiles)],
                        needs_by_number: &needs.numbers[of(layout.numbers)],
                        needs_by_district: &needs.districts[of(layout.districts)],
                        resolution_us: &needs.resolution_us[of(layout.resolution_width())],
                        cases: &replication.cases.cuts.of_batch(part),
                        offices: &replication.cases.offices.of_batch(part),
                        written: &replication.written.cuts.of_batch(part),
                        visits: &replication.visits.cuts.of_batch(part),
                        dials: &replication.dials.cuts.of_batch(part),
                        length_s: batch_s(spans, part),
                    };
                    self.add_part(layout, spans, table, targets, &span);
                }
                Cut::Weeks => {
                    let days = week(part, self.a_run, spans.days());
                    let sheet: Sheet = replication.sum_of_days(layout, days.clone());
                    let cells = Needs::sum(layout, &needs.days, days.clone());
                    let cases = replication.cases.cuts.of_days(days.clone());
                    let offices = replication.cases.offices.of_days(days.clone());
                    let span = Span::part(layout, &sheet, &cells, 0, spans.days_s(days.clone()));
                    let written = replication.written.cuts.of_days(days.clone());
                    let visits = replication.visits.cuts.of_days(days.clone());
                    let dials = replication.dials.cuts.of_days(days);
                    let span = Span {
                        cases: &cases,
                        offices: &offices,
                        visits: &visits,
                        written: &written,
                        dials: &dials,
                        ..span
                    };
                    self.add_part(layout, spans, table, targets, &span);
                }
            }
        }
    }

    fn add_part(
        &mut self,
        layout: &Layout,
        spans: &Spans,
        table: &Table,
        targets: &[TargetBooks],
        span: &Span<'_>,
    ) {
        let share = span.length_s / spans.counted_s();
        let mut series = self.series.iter_mut();
        for block in &table.blocks {
            let totals = Totals::of(layout, span, block.basis, block.scope);
            for (measure, sample) in block.measures.iter().zip(&mut series) {
                let (numerator, denominator) = measure.pair(&totals, share);
                sample.push(numerator, denominator);
            }
        }
        for (books, sample) in targets.iter().zip(&mut self.targets) {
            let (numerator, denominator) = books.judge.pair(layout, span.sheet, span.needs);
            sample.push(numerator, denominator);
        }
    }

    /// Pairs of a series.
    pub(super) fn of_series(&self, series: usize) -> &RatioSample {
        &self.series[series]
    }

    /// How well a series is known.
    pub(super) fn series_interval(&self, series: usize, scale: Scale) -> Option<Interval> {
        self.interval(&self.series[series], scale)
    }

    /// How well a target's value is known.
    pub(super) fn target_interval(&self, target: usize) -> Option<Interval> {
        self.interval(&self.targets[target], Scale::Share)
    }

    fn interval(&self, sample: &RatioSample, scale: Scale) -> Option<Interval> {
        let confidence = Confidence::default();
        match self.cut {
            Cut::Batches => sample.batch_means(scale, &confidence),
            Cut::Weeks => sample.successive_differences(scale, &confidence),
        }
    }
}

fn batch_s(spans: &Spans, batch: usize) -> f64 {
    let periods = spans.batch_of.iter().filter(|&&of| of as usize == batch).count() as f64;
    periods * spans.label(PeriodKind::Period, 0).length_s()
}

/// Seven days each; the last takes what is left over.
fn week(week: usize, weeks: usize, days: usize) -> std::ops::Range<usize> {
    7 * week..if week + 1 == weeks { days } else { 7 * week + 7 }
}
