//! Tests of what the parts do together: fit, independence, and frozen samples.

mod fit;
mod independence;

/// How far a chi-square statistic of these counts and expectations lies above its mean, in standard deviations.
fn chi_square_score(counts: &[u32], expected: &[f64]) -> f64 {
    let statistic: f64 = counts
        .iter()
        .zip(expected)
        .map(|(&count, mean)| (f64::from(count) - mean) * (f64::from(count) - mean) / mean)
        .sum();
    let freedom = counts.len() as f64 - 1.0;
    (statistic - freedom) / (2.0 * freedom).sqrt()
}
