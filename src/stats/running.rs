//! Mean and variance of numbers as they come.

use super::{Confidence, Interval, Method};

/// A running mean and variance (Welford 1962), one number a replication, in replication order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Running {
    count: u32,
    mean: f64,
    squares: f64,
}

impl Running {
    /// Adds the next number.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / f64::from(self.count);
        self.squares += before * (value - self.mean);
    }

    /// How many numbers there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Their mean; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Their variance, with n - 1; `None` below two.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / f64::from(self.count - 1))
    }

    /// Their standard deviation; `None` below two.
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// The standard error of their mean; `None` below two.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|variance| (variance / f64::from(self.count)).sqrt())
    }

    /// Student's interval of the mean of independent numbers (Law 2015, 9.4.1); `None` below two. Says nothing about quantiles.
    pub fn interval(&self, confidence: &Confidence) -> Option<Interval> {
        let half_width = confidence.student_t(self.count.checked_sub(1)?) * self.standard_error()?;
        Some(Interval::around(self.mean, half_width, Method::Student))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(values: &[f64]) -> Running {
        let mut running = Running::default();
        values.iter().for_each(|&value| running.push(value));
        running
    }

    /// 2, 4, 6: mean 4, variance 4, standard error 2 / sqrt 3, t(2) = 4.3027.
    #[test]
    fn three_numbers_by_hand() {
        let three = running(&[2.0, 4.0, 6.0]);
        assert_eq!(
            (three.mean(), three.variance(), three.standard_deviation()),
            (Some(4.0), Some(4.0), Some(2.0))
        );
        let half_width = three.interval(&Confidence::default()).unwrap().half_width;
        assert!((half_width - 4.302_652_729_9 * 2.0 / 3.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_large_offset_does_not_drown_the_variance() {
        let shifted = running(&[1e9 + 2.0, 1e9 + 4.0, 1e9 + 6.0]);
        assert_eq!(shifted.variance(), Some(4.0));
    }

    #[test]
    fn one_number_has_a_mean_and_no_interval() {
        let one = running(&[3.0]);
        assert_eq!(
            (one.mean(), one.variance(), one.interval(&Confidence::default())),
            (Some(3.0), None, None)
        );
        assert_eq!((running(&[]).mean(), running(&[]).interval(&Confidence::default())), (None, None));
    }
}
