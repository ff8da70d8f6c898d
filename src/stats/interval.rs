//! Intervals: how well a number is known, and by which method.
//!
//! What goes into them is `ratio`'s, `running`'s and `paired`'s.

use super::Confidence;
use crate::random::math::exp;
use std::fmt;

/// What a measure can be, which decides how its interval behaves at the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// A share of something: between 0 and 1.
    Share,
    /// Anything else: a time, a count, a cost.
    Amount,
}

/// How a half-width was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Student's t on independent replications' means.
    Student,
    /// The delta method for a ratio of sums, from 20 replications.
    Delta,
    /// The jackknife over replications for a ratio of sums, below 20.
    Jackknife,
    /// Student's t on the ratio residuals of the batches of long runs.
    BatchMeans,
    /// Within-year, approximate: successive differences of the ratio residuals of the weeks of one year.
    WithinYear,
    /// Clopper and Pearson's for a chance that no replication, or every one, took.
    Binomial,
    /// Sectioning: a quantile of each replication around the pooled quantile.
    Sectioning,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Student => "Student",
            Self::Delta => "delta method",
            Self::Jackknife => "jackknife",
            Self::BatchMeans => "batch means",
            Self::WithinYear => "within-year, approximate",
            Self::Binomial => "exact binomial",
            Self::Sectioning => "sectioning",
        })
    }
}

/// A two-sided interval around an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Half its length. The interval is the estimate plus and minus this, unless it is `on_logit_scale`.
    pub half_width: f64,
    /// Where the length comes from.
    pub method: Method,
    /// Whether it was drawn on the logit scale, because the plain one left `[0, 1]`: then it leans towards 1/2.
    pub on_logit_scale: bool,
}

impl Interval {
    pub(super) fn around(estimate: f64, half_width: f64, method: Method) -> Self {
        let (low, high) = (estimate - half_width, estimate + half_width);
        Self { low, high, half_width, method, on_logit_scale: false }
    }

    /// The interval of a measure on this scale: a share's that leaves `[0, 1]` is drawn anew on the logit scale, where its half-width is that of the
    /// share over r (1 - r) (delta method). A share of exactly 0 or 1 has no logit and keeps the plain one.
    pub(super) fn on_scale(estimate: f64, half_width: f64, method: Method, scale: Scale) -> Self {
        let plain = Self::around(estimate, half_width, method);
        let leaves = plain.low < 0.0 || plain.high > 1.0;
        let has_logit = estimate > 0.0 && estimate < 1.0;
        if scale == Scale::Share && leaves && has_logit { plain.on_logit_scale(estimate) } else { plain }
    }

    fn on_logit_scale(self, share: f64) -> Self {
        let odds_factor = exp(self.half_width / (share * (1.0 - share)));
        let low = share / (share + (1.0 - share) * odds_factor);
        let high = 1.0 - (1.0 - share) / ((1.0 - share) + share * odds_factor);
        Self { low, high, half_width: 0.5 * (high - low), on_logit_scale: true, ..self }
    }

    /// Whether the value lies inside, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The interval of a quantile that was read off all replications' data `pooled`, given the same quantile of each replication
/// (Asmussen and Glynn 2007, III.5a): the mean square is taken around the pooled value, whose bias is far smaller than theirs.
/// `None` below two replications. The replications should hold about the same amount of data.
pub fn sectioning(pooled: f64, each: &[f64], confidence: &Confidence) -> Option<Interval> {
    let degrees = u32::try_from(each.len()).ok()?.checked_sub(1).filter(|&degrees| degrees > 0)?;
    let squares = each.iter().fold(0.0, |sum, quantile| sum + (quantile - pooled) * (quantile - pooled));
    let standard_error = (squares / (f64::from(degrees) * each.len() as f64)).sqrt();
    Some(Interval::around(pooled, confidence.student_t(degrees) * standard_error, Method::Sectioning))
}

/// How many standard errors an estimate lies above the exact value. Without any spread it is 0 if the two are equal, infinite otherwise.
///
/// With few replications it has heavier tails than a normal variate: compare it with [`Confidence::student_t`].
pub fn z_score(estimate: f64, exact: f64, standard_error: f64) -> f64 {
    if estimate == exact { 0.0 } else { (estimate - exact) / standard_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_well_inside_keeps_the_plain_interval() {
        let interval = Interval::on_scale(0.8, 0.1, Method::Delta, Scale::Share);
        assert_eq!((interval.low, interval.high, interval.on_logit_scale), (0.8 - 0.1, 0.8 + 0.1, false));
    }

    /// Share 0.2, half-width 0.32: on the logit scale 0.32 / 0.16 = 2, so the odds 1/4 go from e^-2/4 to e^2/4.
    #[test]
    fn a_share_that_would_go_below_nothing_is_drawn_on_the_logit_scale() {
        let interval = Interval::on_scale(0.2, 0.32, Method::Delta, Scale::Share);
        let share = |odds: f64| odds / (1.0 + odds);
        let e_squared = 7.389_056_098_930_65;
        assert!((interval.low - share(0.25 / e_squared)).abs() < 1e-15);
        assert!((interval.high - share(0.25 * e_squared)).abs() < 1e-15);
        assert!((interval.half_width - 0.5 * (interval.high - interval.low)).abs() < 1e-16);
        assert!(interval.on_logit_scale);
    }

    #[test]
    fn the_logit_scale_stays_inside_however_wide_the_interval() {
        let interval = Interval::on_scale(0.999, 5.0, Method::Jackknife, Scale::Share);
        assert!(interval.low >= 0.0 && interval.high <= 1.0 && interval.low < interval.high, "{interval:?}");
    }

    #[test]
    fn amounts_and_the_ends_of_a_share_keep_the_plain_interval() {
        assert_eq!(Interval::on_scale(1.0, 3.0, Method::Delta, Scale::Amount).low, -2.0);
        assert!(!Interval::on_scale(0.0, 0.0, Method::Delta, Scale::Share).on_logit_scale);
        assert_eq!(Interval::on_scale(1.0, 0.25, Method::Delta, Scale::Share).high, 1.25);
    }

    /// Deviations -1, 0, 2 from the pooled 10: squares 5, over 2 x 3, times t(2) = 4.3027.
    #[test]
    fn sectioning_by_hand() {
        let interval = sectioning(10.0, &[9.0, 10.0, 12.0], &Confidence::default()).unwrap();
        assert!((interval.half_width - 4.302_652_729_9 * (5.0_f64 / 6.0).sqrt()).abs() < 1e-9);
        assert_eq!(sectioning(10.0, &[9.0], &Confidence::default()), None);
        assert_eq!(sectioning(10.0, &[], &Confidence::default()), None);
    }

    #[test]
    fn z_scores() {
        assert_eq!(z_score(5.4, 5.0, 0.2), (5.4 - 5.0) / 0.2);
        assert_eq!(z_score(1.0, 1.0, 0.0), 0.0);
        assert_eq!(z_score(0.9, 1.0, 0.0), f64::NEG_INFINITY);
    }
}
