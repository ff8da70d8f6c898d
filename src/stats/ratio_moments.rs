//! A ratio of sums over replications in constant space, by the delta method.
//!
//! The same estimates as `ratio` from 20 replications on, without the replications themselves: no jackknife, no spread, no writing out.

use super::ratio::delta;
use super::{Confidence, Interval, Method, Pair, RatioSample, Scale};

/// Moments of pairs (X, Y), added in replication order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RatioMoments {
    replications: u32,
    with_data: u32,
    sums: Pair,
    /// The first: squares are of distances from it, since those from zero would drown in rounding.
    first: Pair,
    squares_x: f64,
    products: f64,
    squares_y: f64,
}

impl RatioMoments {
    /// Of replications that were kept.
    pub fn of(sample: &RatioSample) -> Self {
        let mut moments = RatioMoments::default();
        sample.pairs().iter().for_each(|pair| moments.push(pair.numerator, pair.denominator));
        moments
    }

    /// Adds the next replication; one without data as (0, 0).
    pub fn push(&mut self, numerator: f64, denominator: f64) {
        if self.replications == 0 {
            self.first = Pair { numerator, denominator };
        }
        let (x, y) = (numerator - self.first.numerator, denominator - self.first.denominator);
        self.replications += 1;
        self.with_data += u32::from(denominator != 0.0);
        self.sums.numerator += numerator;
        self.sums.denominator += denominator;
        self.squares_x += x * x;
        self.products += x * y;
        self.squares_y += y * y;
    }

    /// Replications added.
    pub fn replications(&self) -> u32 {
        self.replications
    }

    /// Sums of X and of Y.
    pub fn sums(&self) -> Pair {
        self.sums
    }

    /// Sum of X / sum of Y, or `None` while the sum of Y is 0: no data.
    pub fn ratio(&self) -> Option<f64> {
        self.sums.ratio()
    }

    /// As [`RatioSample::interval`], by the delta method however few replications there are.
    pub fn interval(&self, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        let standard_error = self.standard_error()?;
        let half_width = confidence.student_t(self.replications - 1) * standard_error;
        Some(Interval::on_scale(self.ratio()?, half_width, Method::Delta, scale))
    }

    /// By the delta method, as [`RatioSample::standard_error`] from 20 replications on.
    pub fn standard_error(&self) -> Option<f64> {
        let n = self.replications as usize;
        let squares =
            self.has_enough_data().then(|| self.ratio())?.map(|ratio| self.residual_squares(ratio))?;
        Some(delta(squares, n, self.sums.denominator))
    }

    /// Whether two replications or more have data.
    fn has_enough_data(&self) -> bool {
        self.with_data >= 2
    }

    /// Sum of (X - r Y)^2. Their mean is 0, so with the first as `e`, and distances from it, it is the sum of squares of (X - r Y - e) less n e^2.
    /// Rounding may leave it a little below 0.
    fn residual_squares(&self, ratio: f64) -> f64 {
        let around_first = self.squares_x - 2.0 * ratio * self.products + ratio * ratio * self.squares_y;
        let first = self.first.numerator - ratio * self.first.denominator;
        (around_first - f64::from(self.replications) * first * first).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ratio::hard_pair;
    use super::*;

    #[test]
    fn moments_and_the_kept_pairs_say_the_same() {
        for n in [20, 21, 200] {
            let (mut kept, mut moments) = (RatioSample::default(), RatioMoments::default());
            (0..n).map(hard_pair).for_each(|(x, y)| {
                kept.push(x, y);
                moments.push(x, y);
            });
            assert_eq!(moments.ratio(), kept.ratio());
            let (found, exact) = (moments.standard_error().unwrap(), kept.standard_error().unwrap());
            assert!((found / exact - 1.0).abs() < 1e-9, "{n} replications: {found}, {exact}");
        }
    }

    #[test]
    fn no_data_and_one_replication_have_no_interval() {
        let mut moments = RatioMoments::default();
        assert_eq!(moments.ratio(), None);
        moments.push(1.0, 4.0);
        moments.push(0.0, 0.0);
        assert_eq!(moments.ratio(), Some(0.25));
        assert_eq!(moments.interval(Scale::Share, &Confidence::default()), None);
    }

    /// Thirty replications that are all the same in proportion: known exactly.
    #[test]
    fn a_constant_ratio_has_no_width() {
        let mut moments = RatioMoments::default();
        (1..=30).for_each(|i| moments.push(f64::from(i), 4.0 * f64::from(i)));
        assert!(moments.standard_error().unwrap() < 1e-9);
    }
}
