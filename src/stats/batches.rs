//! What one long replication says about its own numbers: batches of a steady state, weeks of a year; and whether the batches
//! are what they should be.

use super::ratio::delta;
use super::{Confidence, Interval, Method, Pair, RatioSample, Scale};

/// Fewer weeks than this say too little about how much weeks vary.
const ENOUGH_WEEKS: usize = 10;
/// The share of batches that is looked at for a warm-up left in, and the share from the end that it is compared with.
const START: f64 = 0.1;
const END: f64 = 0.5;

impl RatioSample {
    /// How well the ratio is known from batches, pair by pair, of one or several long runs: Student's t on the residuals X - r Y of the batches
    /// (Law 2015, 9.5.3; Asmussen and Glynn 2007, IV.4), which may differ in length. `None` while fewer than two batches have
    /// data. It presumes batches that are long against the memory of the center: see [`Stretches::lag_one`].
    pub fn batch_means(&self, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        let (ratio, sums) = (self.known_twice()?, self.sums());
        let squares = residuals(self.pairs(), ratio).fold(0.0, |sum, e| sum + e * e);
        let batches = self.pairs().len();
        let half_width = confidence.student_t(batches as u32 - 1) * delta(squares, batches, sums.denominator);
        Some(Interval::on_scale(ratio, half_width, Method::BatchMeans, scale))
    }

    /// How well the ratio of a year is known from its weeks, pair by pair in their order, as far as chance within that year goes. With e = X - r Y, week by week,
    /// the variance of the sum of W residuals is estimated by W / (2 (W - 1)) times the sum of (e(w+1) - e(w))^2, from which seasons, being slow, fall
    /// out (von Neumann and others 1941; Wolter 2007, 8.2, estimator 2); Student's t has the degrees of freedom of that estimator,
    /// 2 (W - 1)^2 / (3 W - 4), rounded down. What weeks inherit from one another, and what all weeks of a year share, it cannot see:
    /// hence approximate. `None` below ten weeks.
    pub fn successive_differences(&self, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        let (ratio, weeks) = (self.known_twice()?, self.pairs().len());
        if weeks < ENOUGH_WEEKS {
            return None;
        }
        let each: Vec<f64> = residuals(self.pairs(), ratio).collect();
        let n = weeks as f64;
        let variance = square_differences(&each) * n / (2.0 * (n - 1.0));
        let degrees = 2.0 * (n - 1.0) * (n - 1.0) / (3.0 * n - 4.0);
        let half_width = confidence.student_t(degrees as u32) * variance.sqrt() / self.sums().denominator;
        Some(Interval::on_scale(ratio, half_width, Method::WithinYear, scale))
    }

    /// The ratio, if at least two parts have data.
    fn known_twice(&self) -> Option<f64> {
        let with_data = self.pairs().iter().filter(|pair| pair.denominator != 0.0).count();
        self.ratio().filter(|_| with_data > 1)
    }
}

fn residuals(pairs: &[Pair], ratio: f64) -> impl Iterator<Item = f64> {
    pairs.iter().map(move |pair| pair.residual(ratio))
}

fn square_differences(values: &[f64]) -> f64 {
    values.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, |sum, d| sum + d * d)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64
}

fn squares_around(values: &[f64], center: f64) -> f64 {
    values.iter().map(|value| value - center).fold(0.0, |sum, e| sum + e * e)
}

/// Residuals of the batches of one or several long runs, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretches {
    /// One row a run, all of one length.
    runs: Vec<Vec<f64>>,
    /// The mean of numerators: against this growth is measured.
    level: f64,
}

/// How alike neighbouring batches are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LagOne {
    /// Their serial correlation.
    pub correlation: f64,
    /// In standard errors of it under independence.
    pub z: f64,
}

/// How the first batches differ from the later ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartDiffers {
    /// Mean residual of the first tenth less that of the last half, over its standard error.
    pub t: f64,
    /// Of that error.
    pub degrees: u32,
}

/// How a number rises from batch to batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Rise of the fitted line from the first to the last batch, as a part of the mean.
    pub rise: f64,
    /// The slope over its standard error.
    pub t: f64,
    /// Of that error.
    pub degrees: u32,
}

impl Stretches {
    /// Of a sample that holds `batches` pairs a run, run by run; `None` without data, or with fewer than four batches.
    pub fn of(sample: &RatioSample, batches: usize) -> Option<Stretches> {
        let ratio = sample.known_twice()?;
        let all: Vec<f64> = residuals(sample.pairs(), ratio).collect();
        if batches < 4 || all.len() < batches {
            return None;
        }
        let level = sample.sums().numerator / all.len() as f64;
        Some(Stretches { runs: all.chunks_exact(batches).map(<[f64]>::to_vec).collect(), level })
    }

    /// The serial correlation of neighbours by von Neumann's ratio, C = 1 - sum of squared differences / (2 sum of squares), which for B independent batches
    /// a run has mean 0 and variance (B - 2) / (B^2 - 1) / runs (von Neumann 1941; Fishman 1978). `None` where batches do not differ.
    pub fn lag_one(&self) -> Option<LagOne> {
        let sum = |f: &dyn Fn(&[f64]) -> f64| self.runs.iter().map(|run| f(run)).fold(0.0, |sum, x| sum + x);
        let squares = sum(&|run| squares_around(run, mean(run)));
        if squares <= 0.0 {
            return None;
        }
        let correlation = 1.0 - sum(&square_differences) / (2.0 * squares);
        let (runs, b) = (self.runs.len() as f64, self.batches() as f64);
        Some(LagOne { correlation, z: correlation * (runs * (b * b - 1.0) / (b - 2.0)).sqrt() })
    }

    /// The first tenth of the batches against the last half (Geweke 1992), batches taken as independent: Student's t of the difference of
    /// their means, the variance being that of the last half. `None` where that half does not vary.
    pub fn start_differs(&self) -> Option<StartDiffers> {
        let batches = self.batches() as f64;
        let (first, from) = ((batches * START).max(1.0) as usize, self.batches() - (batches * END) as usize);
        let start: Vec<f64> = self.runs.iter().flat_map(|run| &run[..first]).copied().collect();
        let end: Vec<f64> = self.runs.iter().flat_map(|run| &run[from..]).copied().collect();
        let degrees = u32::try_from(end.len()).ok()?.checked_sub(1).filter(|&degrees| degrees > 0)?;
        let variance = squares_around(&end, mean(&end)) / f64::from(degrees);
        let error = (variance * (1.0 / start.len() as f64 + 1.0 / end.len() as f64)).sqrt();
        (error > 0.0).then(|| StartDiffers { t: (mean(&start) - mean(&end)) / error, degrees })
    }

    /// The line of least squares through the runs' mean residuals, batch by batch. `None` where the mean is not above 0 or
    /// nothing rises or falls.
    pub fn growth(&self) -> Option<Growth> {
        let b = self.batches();
        let each: Vec<f64> =
            (0..b).map(|batch| mean(&self.runs.iter().map(|run| run[batch]).collect::<Vec<_>>())).collect();
        let (middle, level) = ((b as f64 - 1.0) / 2.0, mean(&each));
        let distance = |batch: usize| batch as f64 - middle;
        let spread = (0..b).map(distance).fold(0.0, |sum, d| sum + d * d);
        let slope = (0..b).map(|batch| distance(batch) * each[batch]).fold(0.0, |sum, x| sum + x) / spread;
        let fitted = |batch: usize| level + slope * distance(batch);
        let left = (0..b).map(|batch| each[batch] - fitted(batch)).fold(0.0, |sum, e| sum + e * e);
        let degrees = b as u32 - 2;
        let error = (left / f64::from(degrees) / spread).sqrt();
        let rise = slope * (b as f64 - 1.0) / self.level;
        // Without any error a slope is beyond all doubt.
        (self.level > 0.0 && slope != 0.0).then(|| Growth { rise, t: slope / error, degrees })
    }

    fn batches(&self) -> usize {
        self.runs[0].len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[f64]) -> RatioSample {
        let mut sample = RatioSample::default();
        values.iter().for_each(|&value| sample.push(value, 1.0));
        sample
    }

    /// Batches 2, 4, 6 of one length: mean 4, sd 2, so t(2) 2 / sqrt 3, whatever the number of batches.
    #[test]
    fn three_batches_by_hand() {
        let interval = sample(&[2.0, 4.0, 6.0]).batch_means(Scale::Amount, &Confidence::default()).unwrap();
        assert!((interval.half_width - 4.302_652_729_9 * 2.0 / 3.0_f64.sqrt()).abs() < 1e-9);
        assert_eq!(interval.method, Method::BatchMeans);
        assert_eq!(sample(&[1.0]).batch_means(Scale::Amount, &Confidence::default()), None);
    }

    /// Ten weeks, 1 and 3 by turns: every difference is 2, nine of them, 36; times 10/18 is 20; t(6) = 2.4469, over 10.
    #[test]
    fn ten_weeks_by_hand() {
        let weeks = sample(&[[1.0, 3.0]; 5].concat());
        let interval = weeks.successive_differences(Scale::Amount, &Confidence::default()).unwrap();
        assert!((interval.half_width - 2.446_911_851_1 * 20.0_f64.sqrt() / 10.0).abs() < 1e-9);
        assert_eq!(sample(&[1.0; 9]).successive_differences(Scale::Amount, &Confidence::default()), None);
    }

    /// Summer and winter differ by a hundred, neighbouring weeks by one: seasons are no noise.
    #[test]
    fn a_season_hardly_widens_the_interval() {
        let season = |week: i32| f64::from(100 - (week - 26).abs() * 4 + week % 2);
        let weeks = sample(&(0..52).map(season).collect::<Vec<_>>());
        let confidence = Confidence::default();
        let within = weeks.successive_differences(Scale::Amount, &confidence).unwrap().half_width;
        let naive = weeks.batch_means(Scale::Amount, &confidence).unwrap().half_width;
        assert!(within < 0.15 * naive, "{within} {naive}");
    }

    /// 0, 0, 1, 1: differences 0, 1, 0, squares around 1/2 sum to 1, so C = 1 - 1/2; z = C sqrt(15/2).
    #[test]
    fn neighbours_that_are_alike_by_hand() {
        let lag = Stretches::of(&sample(&[0.0, 0.0, 1.0, 1.0]), 4).unwrap().lag_one().unwrap();
        assert!((lag.correlation - 0.5).abs() < 1e-12 && (lag.z - 0.5 * 7.5_f64.sqrt()).abs() < 1e-12);
        let turns = Stretches::of(&sample(&[0.0, 1.0, 0.0, 1.0]), 4).unwrap().lag_one().unwrap();
        assert!(turns.correlation < 0.0);
        assert_eq!(Stretches::of(&sample(&[1.0; 8]), 4).unwrap().lag_one(), None);
    }

    /// The first of ten is 0, the others 9 and 11 by turns: the last five, 11, 9, 11, 9, 11, have mean 10.2 and variance 1.2.
    #[test]
    fn a_first_batch_from_an_empty_center_by_hand() {
        let values = [0.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0];
        let start = Stretches::of(&sample(&values), 10).unwrap().start_differs().unwrap();
        assert_eq!(start.degrees, 4);
        assert!((start.t + 10.2 / (1.2_f64 * 1.2).sqrt()).abs() < 1e-9, "{}", start.t);
    }

    /// 1, 2, 3, ... 10 with a wiggle: the line rises by nine from a mean of 5.5.
    #[test]
    fn a_queue_that_grows_by_hand() {
        let wiggle = |batch: i32| if batch % 4 < 2 { 0.1 } else { -0.1 };
        let growing: Vec<f64> = (1..=10).map(|batch| f64::from(batch) + wiggle(batch)).collect();
        let growth = Stretches::of(&sample(&growing), 10).unwrap().growth().unwrap();
        assert!((growth.rise - 9.0 / 5.5).abs() < 0.05 && growth.t > 50.0, "{growth:?}");
        let level = sample(&[5.0, 6.0, 5.5, 5.2, 6.1, 5.4, 5.1, 6.0, 5.3, 5.8]);
        assert!(Stretches::of(&level, 10).unwrap().growth().unwrap().t < 1.0);
    }
}
