//! Chosen measures of some replications, apart from the model: small enough to be kept by the thousand, joined, and written.
//!
//! An extract of replications 0 to 9 and one of 10 to 19 joined are the extract of 0 to 19, to the last bit: every replication's pair is kept,
//! and what quantiles are pooled from are whole numbers. How an extract becomes bytes is `bytes`' business.

mod bytes;

use super::distributions::Pooled;
use super::measure::{Kind, Measure};
use super::results::worst_over_best;
use super::{Basis, Results, ScopeKind, SeriesView, Unit};
use crate::stats::{Confidence, Histogram, Interval, RatioSample};

/// By what profiles are compared for fairness.
const LEVEL: &str = "answered_over_offered";

/// What some replications of a scenario say of chosen measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// The series, in the order of the results; the targets' formulas last.
    pub series: Vec<Extracted>,
    /// What quantiles and maxima are pooled from.
    shapes: Vec<Shape>,
    /// How many replications.
    pub replications: u32,
    /// How many of them filled without bound.
    pub overflowed: u32,
}

/// A measure of one scope with every replication's pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// Which.
    pub key: SeriesKey,
    /// What a target promises of it, of the formula of a target.
    pub promised: Option<f64>,
    /// Numerator and denominator of each replication.
    pub sample: RatioSample,
}

/// The name of a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesKey {
    /// The measure's name in files.
    pub measure: &'static str,
    /// What is counted.
    pub basis: Basis,
    /// Over whom.
    pub scope_kind: ScopeKind,
    /// Its name; "all" for the whole.
    pub scope: String,
}

/// Waits, handle times or times to close of one scope over all replications.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    pooled: Pooled,
    scope_kind: ScopeKind,
    scope: String,
    histogram: Histogram,
}

impl SeriesKey {
    /// Of a series of results.
    pub fn of(view: &SeriesView<'_>) -> SeriesKey {
        let SeriesView { measure, basis, scope_kind, scope, .. } = *view;
        SeriesKey { measure, basis, scope_kind, scope: scope.into() }
    }

    /// What its numbers are.
    pub fn unit(&self) -> Unit {
        Measure::named(self.measure).map_or(Unit::Number, |measure| measure.unit)
    }
}

impl Extract {
    /// The series of results that are wanted, and every target by its formula.
    pub fn of(results: &Results, wanted: impl Fn(&SeriesView<'_>) -> bool) -> Extract {
        let mut extract = Extract { replications: results.replications(), ..Extract::default() };
        extract.overflowed =
            results.run_ends().iter().filter(|end| end.overflowed_at_us.is_some()).count() as u32;
        for view in results.series().filter(|view| wanted(view)) {
            extract.keep_shape(results, &view);
            extract.series.push(Extracted {
                key: SeriesKey::of(&view),
                promised: None,
                sample: view.sample.clone(),
            });
        }
        for (target, sample) in results.target_samples() {
            let Some(measure) = Measure::named(target.formula) else { continue };
            extract.series.push(Extracted {
                key: SeriesKey {
                    measure: measure.name,
                    basis: target.basis,
                    scope_kind: ScopeKind::Target,
                    scope: target.target.into(),
                },
                promised: Some(target.promised),
                sample: sample.clone(),
            });
        }
        extract
    }

    fn keep_shape(&mut self, results: &Results, view: &SeriesView<'_>) {
        let Some(pooled) = Measure::named(view.measure).and_then(|measure| Pooled::of(measure.kind)) else {
            return;
        };
        let is_known = |shape: &Shape| is_shape(shape, pooled, view.scope_kind, view.scope);
        if !self.shapes.iter().any(is_known)
            && let Some(histogram) = results.shape(view, pooled)
        {
            let scope = view.scope.into();
            self.shapes.push(Shape { pooled, scope_kind: view.scope_kind, scope, histogram });
        }
    }

    /// Adds the replications that follow, of the same scenario; false if they are of another, whose series differ.
    #[must_use]
    pub fn append(&mut self, next: &Extract) -> bool {
        if self.replications == 0 && self.series.is_empty() {
            *self = next.clone();
            return true;
        }
        let keys = |of: &Extract| of.series.iter().map(|series| series.key.clone()).collect::<Vec<_>>();
        if keys(self) != keys(next) || self.shapes.len() != next.shapes.len() {
            return false;
        }
        for (series, more) in self.series.iter_mut().zip(&next.series) {
            more.sample.pairs().iter().for_each(|pair| series.sample.push(pair.numerator, pair.denominator));
        }
        for (shape, more) in self.shapes.iter_mut().zip(&next.shapes) {
            shape.histogram.add(&more.histogram);
        }
        self.replications += next.replications;
        self.overflowed += next.overflowed;
        true
    }

    /// The series of a key.
    pub fn find(&self, key: &SeriesKey) -> Option<&Extracted> {
        self.series.iter().find(|series| series.key == *key)
    }

    /// A ratio of sums, or the pooled quantile or maximum; `None`: no data.
    pub fn value(&self, series: &Extracted) -> Option<f64> {
        let measure = Measure::named(series.key.measure)?;
        match Pooled::of(measure.kind) {
            None if matches!(measure.kind, Kind::Fairness) => self.fairness(),
            None => series.sample.ratio(),
            Some(pooled) => {
                let key = &series.key;
                let is_it = |shape: &&Shape| is_shape(shape, pooled, key.scope_kind, &key.scope);
                let shape = self.shapes.iter().find(is_it)?;
                measure.of_histogram(&shape.histogram)
            }
        }
    }

    /// The worst profile's level over the best's, as results pool them; the profiles' levels are kept with it.
    fn fairness(&self) -> Option<f64> {
        let is_level = |key: &SeriesKey| {
            (key.measure, key.basis, key.scope_kind) == (LEVEL, Basis::Contact, ScopeKind::Profile)
        };
        let levels = self.series.iter().filter(|series| is_level(&series.key));
        worst_over_best(levels.filter_map(|series| series.sample.ratio()))
    }

    /// How well the value is known, by the replications.
    pub fn interval(&self, series: &Extracted, confidence: &Confidence) -> Option<Interval> {
        Measure::named(series.key.measure)?.interval_over(self.value(series), &series.sample, confidence)
    }
}

fn is_shape(shape: &Shape, pooled: Pooled, kind: ScopeKind, scope: &str) -> bool {
    shape.pooled == pooled && shape.scope_kind == kind && shape.scope == scope
}
