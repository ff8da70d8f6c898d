//! Do 95 % intervals hold the truth 95 times in a hundred? Synthetic replications whose ratio is known.
//!
//! A day's busyness b is gamma with mean 1 and cv 0.2; offered are Poisson(mean x b), abandoned binomial(offered, p x b): busy
//! days are worse days, so that the ratio of sums is p (1 + 0.04) and differs from the mean of ratios.

use super::{Confidence, PairedRatios, RatioMoments, RatioSample, Scale};
use rand::{SeedableRng, rngs::StdRng};
use rand_distr::{Binomial, Distribution, Gamma, Poisson};

const EXPERIMENTS: u32 = 2_000;

struct Day {
    offered: f64,
    p: f64,
}

impl Day {
    /// (abandoned, offered).
    fn sample(&self, random: &mut StdRng) -> (f64, f64) {
        let busyness = Gamma::new(25.0, 1.0 / 25.0).unwrap().sample(random);
        let offered: f64 = Poisson::new(self.offered * busyness).unwrap().sample(random);
        let abandoned = Binomial::new(offered as u64, (self.p * busyness).min(1.0)).unwrap().sample(random);
        (abandoned as f64, offered)
    }

    fn ratio(&self) -> f64 {
        self.p * 1.04
    }
}

/// Share of experiments of `n` days whose interval holds the true ratio, and share drawn on the logit scale.
fn coverage(day: &Day, n: u32, seed: u64) -> (f64, f64) {
    let (mut random, confidence) = (StdRng::seed_from_u64(seed), Confidence::default());
    let (mut holds, mut logit) = (0, 0);
    for _ in 0..EXPERIMENTS {
        let mut sample = RatioMoments::default();
        for _ in 0..n {
            let (x, y) = day.sample(&mut random);
            sample.push(x, y);
        }
        let interval = sample.interval(Scale::Share, &confidence).unwrap();
        holds += u32::from(interval.contains(day.ratio()));
        logit += u32::from(interval.on_logit_scale);
    }
    (f64::from(holds) / f64::from(EXPERIMENTS), f64::from(logit) / f64::from(EXPERIMENTS))
}

#[test]
fn ten_days_by_the_jackknife() {
    let (covered, _) = coverage(&Day { offered: 400.0, p: 0.08 }, 10, 1);
    assert!((covered - 0.95).abs() < 0.02, "{covered}");
}

#[test]
fn thirty_days_by_the_delta_method() {
    let (covered, _) = coverage(&Day { offered: 400.0, p: 0.08 }, 30, 2);
    assert!((covered - 0.95).abs() < 0.02, "{covered}");
}

/// About two abandoned a replication: the plain interval often leaves [0, 1].
#[test]
fn a_rare_event_on_the_logit_scale() {
    let (covered, logit) = coverage(&Day { offered: 200.0, p: 0.002 }, 10, 3);
    assert!(logit > 0.05 && covered > 0.93, "covered {covered}, on the logit scale {logit}");
}

/// Common random numbers: both scenarios see the same offered calls, the second loses each abandoned call with probability 3/4 only.
#[test]
fn paired_differences_cover_too_and_are_narrower_than_apart() {
    let (mut random, confidence) = (StdRng::seed_from_u64(4), Confidence::default());
    let day = Day { offered: 400.0, p: 0.08 };
    let (mut holds, mut narrower) = (0, 0);
    for _ in 0..EXPERIMENTS {
        let (mut paired, mut first, mut second) =
            (PairedRatios::default(), RatioSample::default(), RatioSample::default());
        for _ in 0..20 {
            let (x, y) = day.sample(&mut random);
            let kept = Binomial::new(x as u64, 0.75).unwrap().sample(&mut random) as f64;
            paired.push((x, y), (kept, y));
            first.push(x, y);
            second.push(kept, y);
        }
        let interval = paired.difference(&confidence).unwrap().interval.unwrap();
        holds += u32::from(interval.contains(0.25 * day.ratio()));
        let apart = [first, second].map(|sample| sample.standard_error().unwrap());
        let apart = (apart[0] * apart[0] + apart[1] * apart[1]).sqrt() * confidence.student_t(19);
        narrower += u32::from(interval.half_width < apart);
    }
    let covered = f64::from(holds) / f64::from(EXPERIMENTS);
    assert!((covered - 0.95).abs() < 0.02, "{covered}");
    assert!(narrower > EXPERIMENTS * 99 / 100, "{narrower}");
}

/// Of `n` replications each brings the event with probability `p`: the exact chance that the interval holds `p`, summed over how many do.
fn event_coverage(n: u32, p: f64) -> f64 {
    let confidence = Confidence::default();
    let holds = |events: u32| {
        let mut sample = RatioSample::default();
        (0..n).for_each(|i| sample.push(f64::from(u32::from(i < events)), 1.0));
        sample.event_interval(&confidence).is_some_and(|interval| interval.contains(p))
    };
    let mut weight = (0..n).fold(1.0, |power, _| power * (1.0 - p));
    let mut covered = 0.0;
    for events in 0..=n {
        covered += if holds(events) { weight } else { 0.0 };
        weight *= f64::from(n - events) / f64::from(events + 1) * p / (1.0 - p);
    }
    covered
}

/// Without chance: over all probabilities the intervals of few replications are wide rather than short, those of many nearly 95 %, and nowhere are they
/// far below (a binomial has steps: no interval by its standard error covers evenly).
#[test]
fn chances_of_events_are_covered_whatever_they_are() {
    for (n, least_mean, most_mean) in
        [(10, 0.97, 1.0), (20, 0.96, 0.99), (30, 0.955, 0.98), (50, 0.945, 0.97), (100, 0.945, 0.96)]
    {
        let covered: Vec<f64> =
            (1..100).map(|percent| event_coverage(n, f64::from(percent) / 100.0)).collect();
        let (mean, least) = (covered.iter().sum::<f64>() / 99.0, covered.iter().copied().fold(1.0, f64::min));
        assert!((least_mean..=most_mean).contains(&mean) && least > 0.91, "{n}: mean {mean}, least {least}");
    }
}
