//! What a distribution promises: its parameters, its coupling, its refusals, its frozen samples.

use super::{Distribution, DistributionError};
use crate::random::{Draw, Key, Purpose};

type Outcome = Result<(), DistributionError>;

fn draw(i: u64) -> Draw {
    Key::from_raw(77).item(i).draw(Purpose::TalkTier2)
}

fn assert_near(name: &str, got: f64, expected: f64) {
    assert!((got - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{name}: {got}, not {expected}");
}

/// One of each family with its mean and variance by hand.
fn all() -> Result<Vec<(&'static str, Distribution, f64, f64)>, DistributionError> {
    let short = Distribution::uniform(0.0, 12.0)?;
    let long = Distribution::constant(30.0)?;
    Ok(vec![
        ("constant", Distribution::constant(20.0)?, 20.0, 0.0),
        ("exponential", Distribution::exponential(240.0)?, 240.0, 57_600.0),
        ("lognormal", Distribution::lognormal(240.0, 120.0)?, 240.0, 14_400.0),
        ("gamma", Distribution::gamma(240.0, 60.0)?, 240.0, 3_600.0),
        ("erlang", Distribution::erlang(4, 240.0)?, 240.0, 14_400.0),
        // Shape 1/2: mean 2 scale, variance 20 scale^2. Shape 2: mean sqrt(pi) / 2 of the scale.
        ("weibull", Distribution::weibull(0.5, 3.0)?, 6.0, 180.0),
        (
            "weibull_mean",
            Distribution::weibull_mean(10.0, 2.0)?,
            10.0,
            100.0 * (4.0 / std::f64::consts::PI - 1.0),
        ),
        ("uniform", short.clone(), 6.0, 12.0),
        ("triangular", Distribution::triangular(0.0, 3.0, 6.0)?, 3.0, 1.5),
        ("empirical", Distribution::empirical(vec![4.0, 1.0, 1.0, 2.0])?, 2.0, 1.5),
        // 0.75 x 10 + 0.25 x 50 = 20; 0.75 x 200 + 0.25 x 5000 - 400 = 1000.
        ("hyperexponential", Distribution::hyperexponential(&[(0.75, 10.0), (0.25, 50.0)])?, 20.0, 1_000.0),
        // 2/3 x 6 + 1/3 x 30 = 14; 2/3 (12 + 64) + 1/3 x 256 = 136.
        ("mixture", Distribution::mixture(vec![(2.0, short), (1.0, long)])?, 14.0, 136.0),
    ])
}

#[test]
fn means_and_variances_are_those_of_the_hand() -> Outcome {
    for (name, law, mean, variance) in all()? {
        assert_near(name, law.mean(), mean);
        assert_near(name, law.variance(), variance);
    }
    Ok(())
}

#[test]
fn samples_have_these_means_and_are_not_negative() -> Outcome {
    let n = 100_000;
    for (name, law, mean, variance) in all()? {
        let sum: f64 = (0..n).map(|i| law.sample(draw(i))).sum();
        let off = sum / n as f64 - mean;
        assert!(off.abs() <= 4.0 * (variance / n as f64).sqrt() + 1e-9, "{name}: mean off by {off}");
        assert!((0..1_000).all(|i| law.sample(draw(i)) >= 0.0), "{name}");
    }
    Ok(())
}

#[test]
fn times_scales_every_sample() -> Outcome {
    for (name, law, mean, variance) in all()? {
        let tripled = law.times(3.0)?;
        assert_near(name, tripled.mean(), 3.0 * mean);
        assert_near(name, tripled.variance(), 9.0 * variance);
        for i in 0..100 {
            assert_near(name, tripled.sample(draw(i)), 3.0 * law.sample(draw(i)));
        }
        assert_eq!(law.times(0.0)?.constant_value(), Some(0.0), "{name}");
        assert!(law.times(-1.0).is_err() && law.times(f64::INFINITY).is_err(), "{name}");
    }
    Ok(())
}

#[test]
fn an_empirical_sample_is_one_of_the_values() -> Outcome {
    let law = Distribution::empirical(vec![30.0, 10.0, 20.0, 20.0])?;
    let mut counts = [0; 3];
    for i in 0..40_000 {
        counts[(law.sample(draw(i)) / 10.0) as usize - 1] += 1;
    }
    // 10,000, 20,000, 10,000; one standard deviation is 87 and 100.
    assert!((9_650..10_350).contains(&counts[0]) && (19_600..20_400).contains(&counts[1]), "{counts:?}");
    assert_eq!([law.cdf(9.9), law.cdf(10.0), law.cdf(25.0), law.cdf(30.0)], [0.0, 0.25, 0.75, 1.0]);
    Ok(())
}

/// Common random numbers: the same citizen is longer under a longer law, and a gamma changes its shape comonotonely.
#[test]
fn one_citizen_keeps_a_rank_under_another_parameter() -> Outcome {
    let pairs = [
        (Distribution::lognormal(240.0, 120.0)?, Distribution::lognormal(200.0, 240.0)?),
        (Distribution::gamma(240.0, 120.0)?, Distribution::gamma(240.0, 300.0)?),
        (Distribution::weibull(0.8, 100.0)?, Distribution::weibull(2.0, 60.0)?),
        (Distribution::triangular(0.0, 1.0, 2.0)?, Distribution::uniform(5.0, 6.0)?),
    ];
    for (a, b) in pairs {
        let mut both: Vec<(f64, f64)> = (0..10_000).map(|i| (a.sample(draw(i)), b.sample(draw(i)))).collect();
        both.sort_unstable_by(|x, y| x.0.total_cmp(&y.0));
        assert!(both.windows(2).all(|next| next[0].1 <= next[1].1), "{a:?} and {b:?}");
    }
    Ok(())
}

#[test]
fn shape_one_is_exponential_by_any_name() -> Outcome {
    for law in
        [Distribution::erlang(1, 9.0)?, Distribution::gamma(9.0, 9.0)?, Distribution::weibull(1.0, 9.0)?]
    {
        assert!(law.is_exponential(), "{law:?}");
        assert_near("cdf", law.cdf(9.0), 1.0 - crate::random::math::exp(-1.0));
    }
    assert!(Distribution::exponential(9.0)?.is_exponential());
    assert!(!Distribution::erlang(2, 9.0)?.is_exponential());
    assert_eq!(Distribution::constant(7.0)?.constant_value(), Some(7.0));
    assert_eq!(Distribution::exponential(9.0)?.constant_value(), None);
    Ok(())
}

#[test]
fn distribution_functions_rise_from_0_to_1() -> Outcome {
    for (name, law, ..) in all()? {
        let values: Vec<f64> = (-10..4_000).map(|i| law.cdf(f64::from(i) * 0.5)).collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1] + 1e-15), "{name}");
        assert_eq!(law.cdf(-0.1), 0.0, "{name}");
        assert_near(name, law.cdf(1e9), 1.0);
    }
    Ok(())
}

#[test]
fn impossible_parameters_are_refused() -> Outcome {
    let nan = f64::NAN;
    let one = Distribution::constant(1.0)?;
    let refused = [
        Distribution::constant(-1.0),
        Distribution::constant(nan),
        Distribution::exponential(0.0),
        Distribution::exponential(f64::INFINITY),
        Distribution::lognormal(240.0, 0.0),
        Distribution::lognormal(240.0, nan),
        Distribution::lognormal(1.0, 1e7),
        Distribution::gamma(240.0, 0.01),
        Distribution::gamma(-240.0, 10.0),
        Distribution::weibull(0.0, 10.0),
        Distribution::weibull(0.05, 1e12),
        Distribution::weibull_mean(10.0, nan),
        Distribution::erlang(0, 10.0),
        Distribution::uniform(5.0, 5.0),
        Distribution::uniform(-1.0, 5.0),
        Distribution::triangular(1.0, 9.0, 3.0),
        Distribution::triangular(1.0, 0.5, 3.0),
        Distribution::empirical(vec![]),
        Distribution::empirical(vec![1.0, nan]),
        Distribution::hyperexponential(&[]),
        Distribution::hyperexponential(&[(0.5, 1.0), (0.4, 2.0)]),
        Distribution::mixture(vec![]),
        Distribution::mixture(vec![(0.0, one.clone())]),
        Distribution::mixture(vec![(-1.0, one)]),
    ];
    for (i, outcome) in refused.into_iter().enumerate() {
        assert!(outcome.is_err(), "number {i}: {outcome:?}");
    }
    Ok(())
}

#[test]
fn even_extreme_parameters_give_finite_samples() -> Outcome {
    let extreme = [
        Distribution::exponential(1e12)?,
        Distribution::lognormal(1e12, 1e12)?,
        Distribution::lognormal(1e-9, 1e-6)?,
        Distribution::lognormal(1e9, 1e12)?,
        Distribution::gamma(1e12, 1e12)?,
        Distribution::gamma(1e-9, 1e-8)?,
        Distribution::gamma(1e6, 1e3)?,
        Distribution::weibull_mean(1e12, 0.05)?,
        Distribution::weibull(1_000.0, 1e12)?,
        Distribution::exponential(1e-9)?.times(1e12)?,
    ];
    for law in extreme {
        for i in 0..10_000 {
            let sample = law.sample(draw(i));
            assert!(sample.is_finite() && sample >= 0.0, "{law:?} gave {sample}");
        }
    }
    Ok(())
}

#[test]
fn refusals_name_the_parameter_and_what_would_do() {
    let message = |outcome: Result<Distribution, DistributionError>| {
        outcome.map_or_else(|e| e.to_string(), |_| String::new())
    };
    assert_eq!(
        message(Distribution::exponential(-3.0)),
        "`mean` is -3, but must be above 0 (at least 1e-9) and at most 1e12"
    );
    assert_eq!(message(Distribution::uniform(9.0, 4.0)), "`min` is 9, which must be below `max`, 4");
    assert_eq!(
        message(Distribution::hyperexponential(&[(0.5, 1.0)])),
        "the probabilities add up to 0.5, not to 1"
    );
}

/// A changed number is a decision.
#[test]
#[rustfmt::skip]
fn samples_are_frozen() -> Outcome {
    let frozen = [
        0x4034000000000000, 0x404728dd1a4595fe, 0x40687b7fb355e3b5, 0x406bf68b76e33407, 0x4068dd97c5c4f012,
        0x3fbc9b36a4ad11fc, 0x4013d4198565b445, 0x3ffba671dd9a4faa, 0x3ff9c2b131d86df8, 0x3ff0000000000000,
        0x4003ded055a01227, 0x3fe659e4b10f4a64,
    ];
    let samples: Vec<u64> = all()?.iter().map(|(_, law, ..)| law.sample(draw(0)).to_bits()).collect();
    assert_eq!(samples, frozen, "{samples:#018x?}");
    Ok(())
}
