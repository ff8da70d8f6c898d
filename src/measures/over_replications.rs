//! How well a measure is known from its replications, and what it makes of pooled values.

use super::distributions::value_s;
use super::measure::{KeptBy, Kind, Measure};
use crate::stats::{Confidence, Histogram, Interval, RatioSample, sectioning};

impl Measure {
    /// How well the mean of a series is known, by its replications. `mean` is the ratio of sums, or the pooled value.
    pub fn interval_over(
        &self,
        mean: Option<f64>,
        sample: &RatioSample,
        confidence: &Confidence,
    ) -> Option<Interval> {
        let around_own_values = || sectioning(mean?, &own_values(sample), confidence);
        match self.kind {
            Kind::Kept(KeptBy::Day | KeptBy::Month) | Kind::Clears => sample.event_interval(confidence),
            Kind::Ratio(..) | Kind::Kept(_) | Kind::Peak(_) | Kind::TimeToClear => {
                sample.interval(self.unit.scale(), confidence)
            }
            Kind::Fairness => around_own_values().map(|interval| Interval {
                low: interval.low.max(0.0),
                high: interval.high.min(1.0),
                ..interval
            }),
            Kind::LongestWait => None,
            // No wait is shorter than none, however much a small queue's quantile varies.
            Kind::WaitQuantile(_)
            | Kind::HandleQuantile(_)
            | Kind::CloseQuantile(_)
            | Kind::WalkInQuantile(_)
            | Kind::BookedQuantile(_) => {
                around_own_values().map(|interval| Interval { low: interval.low.max(0.0), ..interval })
            }
        }
    }

    /// The quantile or maximum that it asks of a histogram in microseconds, in seconds; `None` without data, and of a ratio.
    pub(super) fn of_histogram(&self, histogram: &Histogram) -> Option<f64> {
        value_s(self.kind, histogram)
    }
}

/// What each replication with data says by itself.
fn own_values(sample: &RatioSample) -> Vec<f64> {
    sample.pairs().iter().filter_map(|pair| pair.ratio()).collect()
}
