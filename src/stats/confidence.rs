//! A level of confidence, refused or prepared once.

use std::sync::OnceLock;

use super::student::{normal_quantile, student_quantile};
use thiserror::Error;

/// Degrees of freedom whose quantiles are kept once they have been asked for.
const KEPT: usize = 200;

/// How sure a two-sided interval is to be, with the quantiles that go with it: make it once, pass it on.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    level: f64,
    normal: f64,
    student: Vec<OnceLock<f64>>,
}

/// A level of confidence that leaves no interval.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("a confidence lies above 0 and is at most 0.999999, as in 0.95; {0} does not")]
pub struct NotAConfidence(
    /// What was given.
    pub f64,
);

impl Confidence {
    /// The two-sided level, as in 0.95; above 0, at most 0.999999.
    pub fn new(level: f64) -> Result<Self, NotAConfidence> {
        if level > 0.0 && level <= 0.999_999 { Ok(Self::prepared(level)) } else { Err(NotAConfidence(level)) }
    }

    fn prepared(level: f64) -> Self {
        Self { level, normal: normal_quantile(level), student: vec![OnceLock::new(); KEPT] }
    }

    /// The level that was asked for.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// The t that |T| stays below with this confidence, T Student's with `degrees` of freedom; infinite at 0 degrees.
    pub fn student_t(&self, degrees: u32) -> f64 {
        let quantile = || student_quantile(self.level, degrees, self.normal);
        self.student.get(degrees as usize).map_or_else(quantile, |kept| *kept.get_or_init(quantile))
    }

    /// The z that |Z| stays below with this confidence, Z standard normal.
    pub fn normal(&self) -> f64 {
        self.normal
    }

    /// How many replications it takes, at least `n`, until a half-width that is `half_width` after `n` is `wanted`, if the spread stays what it is: the smallest
    /// m with t(m - 1) / sqrt m small enough. `None` beyond a million, and without a half-width to go by.
    pub fn replications_for(&self, wanted: f64, half_width: f64, n: u32) -> Option<u32> {
        const MOST: u32 = 1_000_000;
        let shrinks = |m: u32| self.student_t(m - 1) / f64::from(m).sqrt();
        let bound = wanted / half_width * shrinks(n.max(2));
        let (mut short, mut enough) = (n.max(2) - 1, MOST);
        // A bound that is no number is never met.
        let can_be_met = shrinks(MOST) <= bound;
        if n < 2 || !can_be_met {
            return None;
        }
        while enough - short > 1 {
            let middle = short + (enough - short) / 2;
            if shrinks(middle) <= bound { enough = middle } else { short = middle }
        }
        Some(enough)
    }

    /// The level at which each of `verdicts` statements must stand so that all of them stand at this one (Bonferroni).
    pub fn shared_by(&self, verdicts: u32) -> Result<Self, NotAConfidence> {
        Self::new(1.0 - (1.0 - self.level) / f64::from(verdicts.max(1)))
    }
}

/// 95 %.
impl Default for Confidence {
    fn default() -> Self {
        Self::prepared(0.95)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_fall_from_few_replications_to_the_normal_one() {
        let confidence = Confidence::default();
        assert_eq!(confidence.student_t(0), f64::INFINITY);
        assert!((1..2_000).all(|degrees| confidence.student_t(degrees) > confidence.student_t(degrees + 1)));
        assert!((confidence.student_t(u32::MAX) - confidence.normal()).abs() < 1e-8);
    }

    #[test]
    fn five_verdicts_at_95_percent_stand_at_99_each() {
        let shared = Confidence::default().shared_by(5).unwrap();
        assert!((shared.level() - 0.99).abs() < 1e-15);
    }

    /// Ten replications, half the half-width: four times as many would do but for t(9) = 2.26, which is 2.03 at 33 replications already.
    #[test]
    fn half_the_width_takes_less_than_four_times_ten_replications() {
        let confidence = Confidence::default();
        assert_eq!(confidence.replications_for(0.5, 1.0, 10), Some(33));
        let width = |m: u32| confidence.student_t(m - 1) / f64::from(m).sqrt();
        assert!(width(33) <= 0.5 * width(10) && width(32) > 0.5 * width(10));
        assert_eq!(confidence.replications_for(1.0, 1.0, 10), Some(10));
        let tenth = confidence.replications_for(0.1, 1.0, 40).unwrap();
        assert!(width(tenth) <= 0.1 * width(40) && width(tenth - 1) > 0.1 * width(40), "{tenth}");
        for (wanted, half_width, n) in [(1e-6, 1.0, 10), (0.0, 1.0, 10), (1.0, 1.0, 1), (0.0, 0.0, 10)] {
            assert_eq!(confidence.replications_for(wanted, half_width, n), None);
        }
    }

    #[test]
    fn what_is_no_confidence_is_refused() {
        for level in [0.0, 1.0, 95.0, -0.5, f64::NAN] {
            assert!(Confidence::new(level).is_err(), "{level}");
        }
        assert!(Confidence::new(95.0).unwrap_err().to_string().contains("95 does not"));
    }
}
