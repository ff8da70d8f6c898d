//! Samples against their exact distribution functions.
//!
//! F(X) of a sample X is uniform. Its histogram in 1,024 equal bins, and in halving
//! bins towards either end, meets chi-square; 4.5 standard deviations at a fixed seed.

use super::chi_square_score;
use crate::random::math::exp_m1;
use crate::random::special::normal_cdf;
use crate::random::{Distribution, Draw, Key, Purpose, name_hash};

/// Talk draws of needs by cells of 500, as the engine addresses them.
fn draws(count: u64) -> impl Iterator<Item = Draw> {
    let process = Key::replication(2_026, 1).named(name_hash("registry"));
    (0..count).map(move |n| process.cell(1_893_456 + n / 500).item(n % 500).draw(Purpose::TalkTier1))
}

fn assert_uniform(name: &str, probabilities: impl Iterator<Item = f64>) {
    let mut even = [0_u32; 1024];
    let mut ends = [[0_u32; 64]; 2];
    let mut n = 0.0;
    for p in probabilities {
        assert!((0.0..=1.0).contains(&p), "{name}: {p}");
        n += 1.0;
        even[((p * 1024.0) as usize).min(1023)] += 1;
        let (end, distance) = if p < 0.5 { (0, p) } else { (1, 1.0 - p) };
        ends[end][halvings(distance)] += 1;
    }
    assert_close(&format!("{name}, even"), &even, &[n / 1024.0; 1024]);
    for (end, counts) in ends.iter().enumerate() {
        let bins = (1..60).take_while(|&k| n / (1_u64 << (k + 1)) as f64 > 20.0).count();
        let expected: Vec<f64> = (1..=bins).map(|k| n / (1_u64 << (k + 1)) as f64).collect();
        assert_close(&format!("{name}, end {end}"), &counts[1..=bins], &expected);
    }
}

/// The k with 2^-(k + 1) <= distance < 2^-k.
fn halvings(distance: f64) -> usize {
    (1023 - (distance.max(1e-18).to_bits() >> 52) as usize).saturating_sub(1)
}

fn assert_close(name: &str, counts: &[u32], expected: &[f64]) {
    let score = chi_square_score(counts, expected);
    assert!(score.abs() < 4.5, "{name}: chi-square is {score:.2} standard deviations off");
}

fn standard_variates_fit(count: u64) {
    assert_uniform("uniform", draws(count).map(Draw::uniform));
    assert_uniform("exponential", draws(count).map(|draw| -exp_m1(-draw.unit_exponential())));
    assert_uniform("normal", draws(count).map(|draw| normal_cdf(draw.standard_normal())));
}

#[test]
fn standard_variates_follow_their_laws() {
    standard_variates_fit(1_000_000);
}

#[test]
#[ignore = "ten million draws, seconds"]
fn standard_variates_follow_their_laws_to_the_third_digit() {
    standard_variates_fit(10_000_000);
}

#[test]
fn standard_variates_have_their_moments() {
    let n = 1_000_000.0;
    let (mut exponential, mut normal) = ([0.0; 3], [0.0; 4]);
    for draw in draws(1_000_000) {
        let (e, z) = (draw.unit_exponential(), draw.standard_normal());
        for (sum, power) in exponential.iter_mut().zip([e, e * e, e * e * e]) {
            *sum += power / n;
        }
        for (sum, power) in normal.iter_mut().zip([z, z * z, z * z * z, z * z * z * z]) {
            *sum += power / n;
        }
    }
    // Means and variances of the powers: E^k has k! and (2k)! - k!^2; Z^k has 0, 1, 0, 3 and 1, 2, 15, 96.
    for (got, (mean, variance)) in exponential.iter().zip([(1.0, 1.0), (2.0, 20.0), (6.0, 684.0_f64)]) {
        assert!((got - mean).abs() < 4.0 * (variance / n).sqrt(), "exponential: {got}, not {mean}");
    }
    for (got, (mean, variance)) in normal.iter().zip([(0.0, 1.0), (1.0, 2.0), (0.0, 15.0), (3.0, 96.0_f64)]) {
        assert!((got - mean).abs() < 4.0 * (variance / n).sqrt(), "normal: {got}, not {mean}");
    }
}

#[test]
fn distributions_follow_their_laws() -> Result<(), crate::random::DistributionError> {
    let laws = [
        ("exponential", Distribution::exponential(240.0)?),
        ("lognormal", Distribution::lognormal(240.0, 300.0)?),
        ("gamma of shape 1/4", Distribution::gamma(240.0, 480.0)?),
        ("gamma of shape 16", Distribution::gamma(240.0, 60.0)?),
        ("weibull", Distribution::weibull_mean(300.0, 1.3)?),
        ("erlang", Distribution::erlang(3, 90.0)?),
        ("hyperexponential", Distribution::hyperexponential(&[(0.9, 60.0), (0.1, 600.0)])?),
        ("uniform", Distribution::uniform(5.0, 20.0)?),
        ("triangular", Distribution::triangular(10.0, 15.0, 60.0)?),
        (
            "mixture",
            Distribution::mixture(vec![
                (3.0, Distribution::lognormal(60.0, 30.0)?),
                (1.0, Distribution::uniform(0.0, 900.0)?),
            ])?,
        ),
    ];
    for (name, law) in laws {
        assert_uniform(name, draws(200_000).map(|draw| law.cdf(law.sample(draw))));
    }
    Ok(())
}

/// The samplers of rand_distr, fed with our words, obey our distribution functions: the laws are the ones others mean.
#[test]
fn the_laws_are_those_of_rand_distr() -> Result<(), Box<dyn std::error::Error>> {
    fn fits(name: &str, theirs: impl rand_distr::Distribution<f64>, ours: &Distribution) {
        assert_uniform(name, draws(50_000).map(|draw| ours.cdf(theirs.sample(&mut draw.words()))));
    }
    let sigma_squared = crate::random::math::ln(2.0);
    let lognormal = rand_distr::LogNormal::new(-0.5 * sigma_squared, sigma_squared.sqrt())?;
    fits("exponential", rand_distr::Exp::new(0.25)?, &Distribution::exponential(4.0)?);
    fits("lognormal", lognormal, &Distribution::lognormal(1.0, 1.0)?);
    fits("gamma", rand_distr::Gamma::new(4.0, 30.0)?, &Distribution::gamma(120.0, 60.0)?);
    fits("weibull", rand_distr::Weibull::new(200.0, 0.8)?, &Distribution::weibull(0.8, 200.0)?);
    fits(
        "triangular",
        rand_distr::Triangular::new(1.0, 9.0, 2.0)?,
        &Distribution::triangular(1.0, 2.0, 9.0)?,
    );
    Ok(())
}
