//! What the scenarios of a sweep say together: how each factor acts, where promises break, which scenarios are worth their cost.
//!
//! Of each scenario only the whole center and its targets are kept here, so that thousands of scenarios take little room.

mod breaks;
mod effects;
mod pareto;
mod savings;

pub use breaks::{Break, Holds};
pub use effects::{Effect, EffectLevel};
pub use pareto::OnFront;
pub use savings::{Estimate, Saving};

use super::unit::Coordinate;
use crate::measures::{Extract, ScopeKind, SeriesKey};
use crate::stats::{Confidence, Pair, RatioSample};

/// The values of all scenarios.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// Whole-center measures and targets, in the order in which they were met.
    pub keys: Vec<SeriesKey>,
    /// The scenarios, in the order in which they were finished.
    pub points: Vec<Point>,
}

/// A scenario of a sweep.
#[derive(Clone, Debug)]
pub struct Point {
    /// Its number.
    pub scenario: u32,
    /// The value of each factor, in the study's order.
    pub at: Vec<Coordinate>,
    /// Replications.
    pub replications: u32,
    /// By the response's keys; shorter where later ones are not known of it.
    pub values: Vec<Option<Known>>,
    /// Likewise, every replication's pair of targets, the service level and cost; `None` for all else.
    pub samples: Vec<Option<RatioSample>>,
}

/// What is kept of the whole center by replication, so that estimates made of several scenarios have an interval.
const BY_REPLICATION: [&str; 2] = ["answered_over_offered", "cost"];

/// A value and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The value.
    pub value: f64,
    /// The ends of its 95 % interval; the value itself without one.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// Half of that interval; 0 without one.
    pub half_width: f64,
    /// What a target promises of it.
    pub promised: Option<f64>,
}

impl Response {
    /// Adds a scenario.
    pub(super) fn add(&mut self, scenario: u32, at: Vec<Coordinate>, extract: &Extract) {
        let confidence = Confidence::default();
        let mut values = vec![None; self.keys.len()];
        let mut samples = values.iter().map(|_| None).collect::<Vec<_>>();
        for series in &extract.series {
            if !matches!(series.key.scope_kind, ScopeKind::Whole | ScopeKind::Target) {
                continue;
            }
            let known = extract.value(series).map(|value| {
                let interval = extract.interval(series, &confidence);
                let of = |end: fn(&crate::stats::Interval) -> f64| interval.as_ref().map_or(value, end);
                Known {
                    value,
                    low: of(|interval| interval.low),
                    high: of(|interval| interval.high),
                    half_width: interval.map_or(0.0, |interval| interval.half_width),
                    promised: series.promised,
                }
            });
            let place = self.keys.iter().position(|key| *key == series.key).unwrap_or_else(|| {
                self.keys.push(series.key.clone());
                values.push(None);
                samples.push(None);
                self.keys.len() - 1
            });
            values[place] = known;
            let is_kept = series.promised.is_some() || BY_REPLICATION.contains(&series.key.measure);
            samples[place] = is_kept.then(|| series.sample.clone());
        }
        let point = Point { scenario, at, replications: extract.replications, values, samples };
        self.points.push(point);
    }

    /// The keys that stand for service: every target's formula, or the service level of the whole where there is no target.
    pub fn service_keys(&self) -> Vec<usize> {
        let is_promised = |key: usize| {
            self.points.iter().any(|point| point.of(key).is_some_and(|known| known.promised.is_some()))
        };
        let promised: Vec<usize> = (0..self.keys.len()).filter(|&key| is_promised(key)).collect();
        if promised.is_empty() {
            self.key_of("answered_over_offered").into_iter().collect()
        } else {
            promised
        }
    }

    /// The key of the whole center's cost, if any scenario has some.
    pub fn cost_key(&self) -> Option<usize> {
        self.key_of("cost")
            .filter(|&key| self.points.iter().any(|point| point.of(key).is_some_and(|cost| cost.value > 0.0)))
    }

    fn key_of(&self, measure: &str) -> Option<usize> {
        let is_it = |key: &SeriesKey| key.measure == measure && key.scope_kind == ScopeKind::Whole;
        self.keys.iter().position(is_it)
    }
}

impl Point {
    /// Its value of a key.
    pub fn of(&self, key: usize) -> Option<Known> {
        self.values.get(key).copied().flatten()
    }

    /// Its value of a key from its replications but one, where they are kept; quantiles are not.
    fn but(&self, key: usize, without: Option<usize>) -> Option<f64> {
        let sample = self.samples.get(key)?.as_ref()?;
        let sums = sample.sums();
        let left_out = without.map_or(Some(Pair::default()), |one| sample.pairs().get(one).copied())?;
        let numerator = sums.numerator - left_out.numerator;
        Pair { numerator, denominator: sums.denominator - left_out.denominator }.ratio()
    }

    /// Whether all factors but one are as in the base.
    fn is_base_but_for(&self, factor: usize) -> bool {
        self.at.iter().enumerate().all(|(index, at)| index == factor || at.is_base)
    }
}

#[cfg(test)]
mod tests;
