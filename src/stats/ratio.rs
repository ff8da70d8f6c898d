//! A ratio of sums over replications, with every replication kept.
//!
//! For measures over the whole horizon, whose replications are written out anyway; `ratio_moments` is for
//! grids of many cells.

use super::{Confidence, Interval, Method, Scale, Spread};
use crate::random::math::{exp, ln};

/// From so many replications on the delta method stands; below, the jackknife.
pub(super) const DELTA_FROM: usize = 20;

/// One replication's numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pair {
    /// X: abandoned contacts, seconds waited ...
    pub numerator: f64,
    /// Y, at least 0: offered contacts, answered contacts, logged-in seconds ...
    pub denominator: f64,
}

impl Pair {
    /// X / Y, or `None` for "no data".
    pub fn ratio(self) -> Option<f64> {
        (self.denominator != 0.0).then(|| self.numerator / self.denominator)
    }

    /// X - r Y: how far this replication is from what the ratio lets expect.
    pub(super) fn residual(self, ratio: f64) -> f64 {
        self.numerator - ratio * self.denominator
    }
}

/// Pairs (X, Y) of replications, in replication order. A replication without data takes part as (0, 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RatioSample {
    pairs: Vec<Pair>,
}

impl RatioSample {
    /// Adds the next replication.
    pub fn push(&mut self, numerator: f64, denominator: f64) {
        self.pairs.push(Pair { numerator, denominator });
    }

    /// All replications, in order.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Sum of X / sum of Y, or `None` while the sum of Y is 0: no data.
    pub fn ratio(&self) -> Option<f64> {
        self.sums().ratio()
    }

    /// Sums of X and of Y.
    pub fn sums(&self) -> Pair {
        self.pairs.iter().fold(Pair::default(), |sum, pair| Pair {
            numerator: sum.numerator + pair.numerator,
            denominator: sum.denominator + pair.denominator,
        })
    }

    /// How well the ratio is known: r plus and minus t(n - 1) standard errors (see [`Self::standard_error`]); a share's interval that leaves
    /// `[0, 1]` is drawn on the logit scale. `None` without an error to go by.
    pub fn interval(&self, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        let (standard_error, method) = self.error_and_method()?;
        let half_width = confidence.student_t(self.pairs.len() as u32 - 1) * standard_error;
        Some(Interval::on_scale(self.ratio()?, half_width, method, scale))
    }

    /// How well the chance of an event is known that each replication brings or not, or brings so often: as [`Self::interval`], but where none brought it, or
    /// all did every time, which has no spread to go by, exactly by the binomial of n replications: up to 1 - (alpha/2)^(1/n) from the end (Clopper and Pearson
    /// 1934). What happened ten times in ten is not known to be certain.
    pub fn event_interval(&self, confidence: &Confidence) -> Option<Interval> {
        let plain = self.interval(Scale::Share, confidence)?;
        let chance = self.ratio()?;
        if plain.half_width > 0.0 || (chance != 0.0 && chance != 1.0) {
            return Some(plain);
        }
        let with_data = self.pairs.iter().filter(|pair| pair.denominator != 0.0).count() as f64;
        let width = 1.0 - exp(ln(0.5 * (1.0 - confidence.level())) / with_data);
        let (low, high) = if chance == 0.0 { (0.0, width) } else { (1.0 - width, 1.0) };
        let half_width = 0.5 * width;
        Some(Interval { low, high, half_width, method: Method::Binomial, on_logit_scale: false })
    }

    /// Standard error of the ratio: sd(X - r Y) / (mean Y sqrt n) by the delta method from 20 replications (Law 2015; Asmussen and
    /// Glynn 2007, III.3), the jackknife's below. `None` while fewer than two replications have data.
    pub fn standard_error(&self) -> Option<f64> {
        self.error_and_method().map(|(standard_error, _)| standard_error)
    }

    /// What one replication may bring: 10 to 90 % of the replications' own ratios, from 30 with data on.
    pub fn spread(&self) -> Option<Spread> {
        Spread::of(self.pairs.iter().filter_map(|pair| pair.ratio()))
    }

    fn error_and_method(&self) -> Option<(f64, Method)> {
        let with_data = self.pairs.iter().filter(|pair| pair.denominator != 0.0).count();
        if with_data < 2 {
            return None;
        }
        let sums = self.sums();
        if self.pairs.len() < DELTA_FROM {
            return Some((jackknife(&self.pairs, sums)?, Method::Jackknife));
        }
        let ratio = sums.ratio()?;
        let squares = self.pairs.iter().map(|pair| pair.residual(ratio)).fold(0.0, |sum, e| sum + e * e);
        Some((delta(squares, self.pairs.len(), sums.denominator), Method::Delta))
    }
}

/// sqrt(sum of squares / (n - 1)) / (mean Y sqrt n).
pub(super) fn delta(squares: f64, n: usize, denominators: f64) -> f64 {
    let n = n as f64;
    (squares * n / (n - 1.0)).sqrt() / denominators
}

/// The jackknife's standard error, sqrt((n - 1)/n sum of (r(i) - their mean)^2) with r(i) the ratio without replication i
/// (Law 2015; Asmussen and Glynn 2007, III.5b). r - r(i) = (x - r y) / (sum Y - y), which loses no digits.
/// The interval stays centred at the ratio itself, which is the number that is printed.
pub(super) fn jackknife(pairs: &[Pair], sums: Pair) -> Option<f64> {
    let ratio = sums.ratio()?;
    let shift = |pair: &Pair| pair.residual(ratio) / (sums.denominator - pair.denominator);
    let n = pairs.len() as f64;
    let mean = pairs.iter().map(shift).fold(0.0, |sum, shift| sum + shift) / n;
    let squares = pairs.iter().map(|pair| shift(pair) - mean).fold(0.0, |sum, e| sum + e * e);
    Some((squares * (n - 1.0) / n).sqrt())
}

/// For tests: seconds waited of about 1e6 calls, with the same small wiggle: hard for sums of plain squares.
#[cfg(test)]
pub(super) fn hard_pair(i: u32) -> (f64, f64) {
    let wiggle = f64::from((i * 7919) % 101);
    (5.0e6 + 3.0 * wiggle, 1.0e6 + f64::from((i * 31) % 17))
}

#[cfg(test)]
mod tests {
    use super::super::Running;
    use super::*;

    fn sample(pairs: &[(f64, f64)]) -> RatioSample {
        let mut sample = RatioSample::default();
        pairs.iter().for_each(|&(x, y)| sample.push(x, y));
        sample
    }

    #[test]
    fn the_ratio_is_of_sums_and_nothing_over_nothing_is_no_data() {
        assert_eq!(sample(&[(1.0, 2.0), (1.0, 8.0)]).ratio(), Some(0.2));
        assert_eq!(sample(&[(0.0, 0.0), (0.0, 0.0)]).ratio(), None);
        assert_eq!(RatioSample::default().ratio(), None);
    }

    /// (2, 4), (3, 4), (4, 4): r = 3/4; without each: 7/8, 6/8, 5/8, squares around 6/8 make 2/64, times 2/3.
    #[test]
    fn three_replications_by_the_jackknife_by_hand() {
        let sample = sample(&[(2.0, 4.0), (3.0, 4.0), (4.0, 4.0)]);
        let exact = (2.0_f64 / 64.0 * 2.0 / 3.0).sqrt();
        assert!((sample.standard_error().unwrap() - exact).abs() < 1e-16);
        let interval = sample.interval(Scale::Amount, &Confidence::default()).unwrap();
        assert!((interval.half_width - 4.302_652_729_9 * exact).abs() < 1e-10);
        assert_eq!(interval.method, Method::Jackknife);
    }

    /// The jackknife as it is defined, with every ratio written out.
    #[test]
    fn the_jackknife_is_the_ratios_left_out_one_by_one() {
        let pairs = [(2.0, 5.0), (7.0, 9.0), (1.0, 3.0), (4.0, 11.0), (0.0, 0.0)];
        let (all_x, all_y) = (14.0, 28.0);
        let without = pairs.map(|(x, y)| (all_x - x) / (all_y - y));
        let mean = without.iter().sum::<f64>() / 5.0;
        let exact = (without.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() * 4.0 / 5.0).sqrt();
        assert!((sample(&pairs).standard_error().unwrap() - exact).abs() < 1e-15);
    }

    /// Ten times (1, 4) and (3, 4): r = 1/2, residuals -1 and 1, so sd = sqrt(20/19), over 4 sqrt 20.
    #[test]
    fn twenty_replications_by_the_delta_method_by_hand() {
        let sample = sample(&[[(1.0, 4.0), (3.0, 4.0)]; 10].concat());
        let exact = (20.0_f64 / 19.0).sqrt() / (4.0 * 20.0_f64.sqrt());
        assert!((sample.standard_error().unwrap() - exact).abs() < 1e-16);
        assert_eq!(sample.interval(Scale::Share, &Confidence::default()).unwrap().method, Method::Delta);
    }

    #[test]
    fn with_denominators_of_one_both_methods_are_students_interval() {
        let values = |n: usize| (0..n).map(|i| ((i * 37) % 17) as f64);
        for n in [2, 10, 19, 20, 45] {
            let (mut ratio, mut mean) = (RatioSample::default(), Running::default());
            values(n).for_each(|value| {
                ratio.push(value, 1.0);
                mean.push(value);
            });
            let of_ratio = ratio.interval(Scale::Amount, &Confidence::default()).unwrap();
            let of_mean = mean.interval(&Confidence::default()).unwrap();
            assert!((of_ratio.half_width - of_mean.half_width).abs() < 1e-13, "{n} replications");
        }
    }

    #[test]
    fn one_replication_with_data_has_no_interval() {
        let confidence = Confidence::default();
        assert_eq!(sample(&[(1.0, 2.0)]).interval(Scale::Share, &confidence), None);
        assert_eq!(sample(&[(1.0, 2.0), (0.0, 0.0), (0.0, 0.0)]).interval(Scale::Share, &confidence), None);
        assert!(sample(&[(1.0, 2.0), (0.0, 0.0), (1.0, 3.0)]).interval(Scale::Share, &confidence).is_some());
    }

    /// Ten days of ten: at least (0.025)^(1/10) = 0.6915; none of two: at most 1 - sqrt 0.025 = 0.8419.
    #[test]
    fn ten_of_ten_are_not_certain() {
        let confidence = Confidence::default();
        let all = sample(&[(1.0, 1.0); 10]).event_interval(&confidence).unwrap();
        assert!((all.low - 0.691_502_9).abs() < 1e-6 && all.high == 1.0, "{all:?}");
        let none = sample(&[(0.0, 3.0), (0.0, 2.0)]).event_interval(&confidence).unwrap();
        assert!(none.low == 0.0 && (none.high - 0.841_886).abs() < 1e-6 && none.method == Method::Binomial);
        let some = sample(&[(1.0, 1.0), (0.0, 1.0), (1.0, 1.0)]);
        assert_eq!(some.event_interval(&confidence), some.interval(Scale::Share, &confidence));
    }

    #[test]
    fn the_spread_takes_each_replications_own_ratio() {
        let mut sample = RatioSample::default();
        (1..=30).for_each(|i| sample.push(f64::from(i), 10.0));
        let spread = sample.spread().unwrap();
        assert_eq!((spread.low, spread.high), (0.3, 2.7));
        sample.push(0.0, 0.0);
        assert_eq!(sample.spread(), Some(spread), "a replication without data says nothing about a year");
    }
}
