//! Count, sum, sum of squares and maximum of whole numbers: exact, and the same in any order.

/// A tally of durations in microseconds (or of any whole numbers), one `record` an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    count: u64,
    maximum: u64,
    sum: u128,
    squares: u128,
}

impl Tally {
    /// Adds an observation.
    #[inline]
    pub fn record(&mut self, value: u64) {
        self.count += 1;
        self.maximum = self.maximum.max(value);
        self.sum += u128::from(value);
        self.squares += u128::from(value) * u128::from(value);
    }

    /// Adds another tally's observations.
    pub fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.maximum = self.maximum.max(other.maximum);
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// How many observations there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// The largest; 0 without any.
    pub fn maximum(&self) -> u64 {
        self.maximum
    }

    /// Their mean; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// Their variance, with n - 1; `None` below two.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares_around_mean() / (self.count - 1) as f64)
    }

    /// Standard deviation over mean; `None` below two observations or with mean 0.
    pub fn coefficient_of_variation(&self) -> Option<f64> {
        let mean = self.mean().filter(|&mean| mean > 0.0)?;
        self.variance().map(|variance| variance.sqrt() / mean)
    }

    /// With the mean as quotient q and remainder r (sum = q n + r), squares around q are S2 - q (S1 + r) in whole
    /// numbers, and r^2 / n less around the mean: nothing large cancels in floats.
    fn squares_around_mean(&self) -> f64 {
        let n = u128::from(self.count);
        let (quotient, remainder) = (self.sum / n, self.sum % n);
        let around_quotient = self.squares - quotient * (self.sum + remainder);
        around_quotient as f64 - remainder as f64 / n as f64 * remainder as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[u64]) -> Tally {
        let mut tally = Tally::default();
        values.iter().for_each(|&value| tally.record(value));
        tally
    }

    /// 1, 2, 6: mean 3, squares around it 4 + 1 + 9, variance 7.
    #[test]
    fn three_numbers_by_hand() {
        let three = tally(&[1, 2, 6]);
        assert_eq!((three.count(), three.sum(), three.maximum()), (3, 9, 6));
        assert_eq!((three.mean(), three.variance()), (Some(3.0), Some(7.0)));
        assert_eq!(three.coefficient_of_variation(), Some(7.0_f64.sqrt() / 3.0));
    }

    /// Around 10^12 us (eleven days) a spread of 1 us survives: 1, 2 and 2 beyond it have mean 5/3 and variance 1/3.
    #[test]
    fn a_large_offset_does_not_drown_the_variance() {
        let day = 1_000_000_000_000;
        let variance = tally(&[day + 1, day + 2, day + 2]).variance().unwrap();
        assert!((variance - 1.0 / 3.0).abs() < 1e-15, "{variance}");
    }

    #[test]
    fn merged_is_as_if_recorded_together() {
        let mut left = tally(&[5, 0, 7]);
        left.add(&tally(&[100, 3]));
        assert_eq!(left, tally(&[3, 5, 0, 100, 7]));
    }

    #[test]
    fn nothing_has_no_mean() {
        assert_eq!(
            (tally(&[]).mean(), tally(&[4]).variance(), tally(&[0, 0]).coefficient_of_variation()),
            (None, None, None)
        );
    }
}
