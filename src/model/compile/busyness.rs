//! Busyness factors: levels in use, weights of earlier scores.

use super::findings::{Findings, path};
use crate::model::{BusynessFactor, BusynessLevel, BusynessSpan};
use crate::random::name_hash;
use crate::scenario::{self as document, Scenario};

/// Weights below this are cut.
const NEGLIGIBLE: f64 = 1e-6;
/// The strongest correlation of neighbours; its weights reach 1,375 indices back.
const MOST_LAG1: f64 = 0.99;
/// The largest coefficient of variation.
const MOST_CV: f64 = 10.0;

/// The factors, sorted by name.
pub(super) fn busyness(scenario: &Scenario, findings: &mut Findings) -> Vec<BusynessFactor> {
    scenario.busyness.iter().map(|(name, of)| factor(name, of, findings)).collect()
}

fn factor(name: &str, of: &document::Busyness, findings: &mut Findings) -> BusynessFactor {
    let spans = [
        ("year", BusynessSpan::Year, of.year),
        ("month", BusynessSpan::Month, of.month),
        ("day", BusynessSpan::Day, of.day),
        ("period", BusynessSpan::Period, of.period),
    ];
    let mut levels = Vec::new();
    for (key, span, of) in spans {
        levels.extend(of.and_then(|of| level(&path(&["busyness", name, key]), span, of, findings)));
    }
    let shared = findings.number(&path(&["busyness", name, "shared"]), of.shared, 0.0..=1.0);
    BusynessFactor { name: name.into(), key: name_hash(name), shared, levels }
}

/// `None` where the factor is always 1.
fn level(
    at: &str,
    span: BusynessSpan,
    of: document::BusynessLevel,
    findings: &mut Findings,
) -> Option<BusynessLevel> {
    let cv = findings.number(&format!("{at}.cv"), of.cv, 0.0..=MOST_CV);
    let lag1 = findings.number(&format!("{at}.lag1"), of.lag1, -MOST_LAG1..=MOST_LAG1);
    (cv > 0.0).then(|| BusynessLevel { span, cv, weights: weights(lag1) })
}

/// rho^k down to [`NEGLIGIBLE`], scaled to squares that sum to 1.
fn weights(rho: f64) -> Vec<f64> {
    let powers = std::iter::successors(Some(1.0), |power| Some(power * rho));
    let mut weights: Vec<f64> = powers.take_while(|power: &f64| power.abs() >= NEGLIGIBLE).collect();
    let norm = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    weights.iter_mut().for_each(|weight| *weight /= norm);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_halve_at_a_half_and_their_squares_sum_to_one() {
        let weights = weights(0.5);
        // 0.5^19 is 1.9e-6, 0.5^20 below 1e-6.
        assert_eq!(weights.len(), 20);
        assert!((weights[1] / weights[0] - 0.5).abs() < 1e-15);
        assert!((weights.iter().map(|w| w * w).sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(super::weights(0.0), [1.0]);
        assert!(super::weights(MOST_LAG1).len() < 1_400);
    }
}
