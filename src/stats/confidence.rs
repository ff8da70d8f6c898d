//! A level of confidence, refused or prepared once.

use super::student::{normal_quantile, student_quantile};
use thiserror::Error;

/// Degrees of freedom whose quantiles are kept.
const KEPT: u32 = 200;

/// How sure a two-sided interval is to be, with the quantiles that go with it: make it once, pass it on.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    level: f64,
    normal: f64,
    student: Vec<f64>,
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
        let normal = normal_quantile(level);
        let student = (0..KEPT).map(|degrees| student_quantile(level, degrees, normal)).collect();
        Self { level, normal, student }
    }

    /// The level that was asked for.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// The t that |T| stays below with this confidence, T Student's with `degrees` of freedom; infinite at 0 degrees.
    pub fn student_t(&self, degrees: u32) -> f64 {
        let kept = self.student.get(degrees as usize).copied();
        kept.unwrap_or_else(|| student_quantile(self.level, degrees, self.normal))
    }

    /// The z that |Z| stays below with this confidence, Z standard normal.
    pub fn normal(&self) -> f64 {
        self.normal
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

    #[test]
    fn what_is_no_confidence_is_refused() {
        for level in [0.0, 1.0, 95.0, -0.5, f64::NAN] {
            assert!(Confidence::new(level).is_err(), "{level}");
        }
        assert!(Confidence::new(95.0).unwrap_err().to_string().contains("95 does not"));
    }
}
