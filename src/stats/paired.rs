//! The difference of two ratios that were simulated with common random numbers.

use super::{Confidence, Interval, Method, RatioSample};

/// Pairs of two scenarios, replication by replication: the same citizens under both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PairedRatios {
    first: RatioSample,
    second: RatioSample,
}

/// The first ratio minus the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// r1 - r2.
    pub estimate: f64,
    /// How well it is known; `None` below two replications with data in both.
    pub interval: Option<Interval>,
}

/// Which way a number is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A service level, say.
    More,
    /// A wait, a cost.
    Less,
}

/// What a difference shows about the first scenario, held against the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The whole interval lies on the better side of 0.
    Better,
    /// The whole interval lies on the worse side of 0.
    Worse,
    /// The whole interval lies within the smallest difference that matters.
    SameWithinWorth,
    /// The interval says none of these, or there is none.
    NoDifferenceShown,
}

impl Shown {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Shown::Better => "better",
            Shown::Worse => "worse",
            Shown::SameWithinWorth => "same within worth",
            Shown::NoDifferenceShown => "no difference shown",
        }
    }
}

impl Difference {
    /// The verdict, `worth` being the smallest difference that matters: a difference that is shown and matters to nobody is none. Of several verdicts
    /// in one table, make each interval at [`Confidence::shared_by`] their number.
    pub fn shown(&self, wanted: Wanted, worth: f64) -> Shown {
        let Some(interval) = self.interval else { return Shown::NoDifferenceShown };
        let (above, below) = match wanted {
            Wanted::More => (Shown::Better, Shown::Worse),
            Wanted::Less => (Shown::Worse, Shown::Better),
        };
        if -worth <= interval.low && interval.high <= worth {
            Shown::SameWithinWorth
        } else if interval.low > 0.0 {
            above
        } else if interval.high < 0.0 {
            below
        } else {
            Shown::NoDifferenceShown
        }
    }
}

impl Difference {
    /// The same interval around another estimate of the difference, such as that of pooled quantiles.
    #[must_use]
    pub fn around(self, estimate: f64) -> Difference {
        let moved = |of: Interval| Interval::around(estimate, of.half_width, of.method);
        Difference { estimate, interval: self.interval.map(moved) }
    }
}

impl PairedRatios {
    /// How many replications of two independent runs tell as much about the difference as one of this: the sum of both variances over
    /// that of the difference. `None` without errors, or where the difference never varies.
    pub fn saving(&self) -> Option<f64> {
        let square = |sample: &RatioSample| sample.standard_error().map(|error| error * error);
        let apart = square(&self.first)? + square(&self.second)?;
        let together = self.standard_error()?;
        (together > 0.0).then(|| apart / (together * together))
    }

    /// Adds the next replication: (X, Y) of the first scenario, then of the second.
    pub fn push(&mut self, first: (f64, f64), second: (f64, f64)) {
        self.first.push(first.0, first.1);
        self.second.push(second.0, second.1);
    }

    /// r1 - r2, or `None` where one of them has no data. The half-width is t(n - 1) / sqrt n times the sd of
    /// (X1 - r1 Y1) / mean Y1 - (X2 - r2 Y2) / mean Y2: the delta method on each replication's difference, so that what both share falls out.
    pub fn difference(&self, confidence: &Confidence) -> Option<Difference> {
        let estimate = self.first.ratio()? - self.second.ratio()?;
        let known = self.first.standard_error().and(self.second.standard_error()).is_some();
        let interval = known.then(|| self.half_width(confidence)).flatten();
        let interval = interval.map(|half_width| Interval::around(estimate, half_width, Method::Delta));
        Some(Difference { estimate, interval })
    }

    fn half_width(&self, confidence: &Confidence) -> Option<f64> {
        let n = self.first.pairs().len() as u32;
        Some(confidence.student_t(n - 1) * self.standard_error()?)
    }

    fn standard_error(&self) -> Option<f64> {
        let (first, second) = (influences(&self.first)?, influences(&self.second)?);
        let squares = first.zip(second).map(|(a, b)| a - b).fold(0.0, |sum, e| sum + e * e);
        let n = self.first.pairs().len() as u32;
        (n > 1).then(|| (squares / (f64::from(n) * f64::from(n - 1))).sqrt())
    }
}

/// (X - r Y) / mean Y of each replication; their mean is 0.
fn influences(sample: &RatioSample) -> Option<impl Iterator<Item = f64>> {
    let ratio = sample.ratio()?;
    let mean = sample.sums().denominator / sample.pairs().len() as f64;
    Some(sample.pairs().iter().map(move |pair| pair.residual(ratio) / mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(replications: &[[(f64, f64); 2]]) -> PairedRatios {
        let mut paired = PairedRatios::default();
        replications.iter().for_each(|&[first, second]| paired.push(first, second));
        paired
    }

    /// Waits 10, 20, 30 and 9, 18, 30 of one call each: differences 1, 2, 0, mean 1, sd 1, so t(2) / sqrt 3.
    #[test]
    fn three_replications_by_hand() {
        let paired =
            paired(&[[(10.0, 1.0), (9.0, 1.0)], [(20.0, 1.0), (18.0, 1.0)], [(30.0, 1.0), (30.0, 1.0)]]);
        let difference = paired.difference(&Confidence::default()).unwrap();
        assert_eq!(difference.estimate, 1.0);
        let interval = difference.interval.unwrap();
        assert!((interval.half_width - 4.302_652_729_9 / 3.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_verdict_needs_the_whole_interval() {
        let from_to = |low: f64, high: f64| Difference {
            estimate: 0.5 * (low + high),
            interval: Some(Interval::around(0.5 * (low + high), 0.5 * (high - low), Method::Delta)),
        };
        let more = |low: f64, high: f64| from_to(low, high).shown(Wanted::More, 0.01).words();
        assert_eq!(more(0.02, 0.04), "better");
        assert_eq!(more(0.005, 0.04), "better");
        assert_eq!(more(-0.04, -0.02), "worse");
        assert_eq!(more(-0.005, 0.0075), "same within worth");
        assert_eq!(more(0.0025, 0.0075), "same within worth", "shown, and of no importance");
        assert_eq!(more(-0.005, 0.04), "no difference shown");
        assert_eq!(from_to(1.0, 3.0).shown(Wanted::Less, 0.5), Shown::Worse);
        assert_eq!(from_to(-3.0, -1.0).shown(Wanted::Less, 0.5), Shown::Better);
        let unknown = Difference { estimate: 3.0, interval: None };
        assert_eq!(unknown.shown(Wanted::More, 1.0), Shown::NoDifferenceShown);
    }

    #[test]
    fn what_both_scenarios_share_falls_out() {
        let busy =
            [[(90.0, 300.0), (60.0, 300.0)], [(15.0, 150.0), (0.0, 150.0)], [(40.0, 200.0), (20.0, 200.0)]];
        let difference = paired(&busy).difference(&Confidence::default()).unwrap();
        assert!((difference.estimate - 0.1).abs() < 1e-15);
        assert!(
            difference.interval.unwrap().half_width < 1e-14,
            "each day the share differs by 1/10 exactly"
        );
    }

    #[test]
    fn no_data_on_one_side_is_no_difference_and_one_replication_no_interval() {
        let confidence = Confidence::default();
        assert_eq!(paired(&[[(1.0, 2.0), (0.0, 0.0)]]).difference(&confidence), None);
        let one = paired(&[[(1.0, 2.0), (1.0, 4.0)]]).difference(&confidence);
        assert_eq!(one, Some(Difference { estimate: 0.25, interval: None }));
        assert_eq!(PairedRatios::default().difference(&confidence), None);
    }
}
