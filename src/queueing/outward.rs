//! Probabilities of states 0, 1, 2 ... from the ratios of neighbours.
//!
//! Multiplying outwards from the likeliest state keeps full relative precision where sums of logarithms or
//! factorials would lose it, and cannot overflow. What the states mean is the caller's business.

use super::error::QueueingError;

/// Weights below this share of the largest end an open-ended tail.
const NEGLIGIBLE: f64 = 1e-24;
/// Longest list of states that we are willing to hold: 50 million, 400 MB.
const MOST_STATES: f64 = 5e7;

/// Probabilities of states `0..=last`; `ratio(k)` is the weight of state k + 1 over that of state k. `mode` is the likeliest state.
pub(super) fn closed(mode: usize, last: usize, ratio: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut weights = downwards(mode, &ratio);
    for k in mode..last {
        weights.push(weights[k] * ratio(k));
    }
    normalised(weights)
}

/// Probabilities of states 0, 1, 2 ... up to where the rest is negligible; `ratio` must fall to below 1 after `mode`.
pub(super) fn open_ended(mode: f64, ratio: impl Fn(usize) -> f64) -> Result<Vec<f64>, QueueingError> {
    let mode = not_too_many(mode.max(0.0).ceil())? as usize;
    let mut weights = downwards(mode, &ratio);
    let mut k = mode;
    while weights[k] > NEGLIGIBLE && (weights.len() as f64) < MOST_STATES {
        weights.push(weights[k] * ratio(k));
        k += 1;
    }
    Ok(normalised(weights))
}

/// The number of states, if it can be held.
pub(super) fn not_too_many(contacts: f64) -> Result<f64, QueueingError> {
    if contacts < MOST_STATES { Ok(contacts) } else { Err(QueueingError::TooLong { contacts }) }
}

/// Weights of `0..=mode`, the mode's being 1.
fn downwards(mode: usize, ratio: &impl Fn(usize) -> f64) -> Vec<f64> {
    let mut weights = vec![1.0; mode + 1];
    for k in (0..mode).rev() {
        weights[k] = weights[k + 1] / ratio(k);
    }
    weights
}

fn normalised(mut weights: Vec<f64>) -> Vec<f64> {
    let total = sum(weights.iter().copied());
    for weight in &mut weights {
        *weight /= total;
    }
    weights
}

/// A sum that does not lose the small terms (Neumaier 1974).
pub(super) fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for term in terms {
        let next = total + term;
        lost += if total.abs() >= term.abs() { (total - next) + term } else { (term - next) + total };
        total = next;
    }
    total + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Poisson with mean 2: e^-2, 2 e^-2, 2 e^-2, 4/3 e^-2 ...
    #[test]
    fn a_poisson_distribution_from_its_ratios() {
        let poisson = open_ended(2.0, |k| 2.0 / (k as f64 + 1.0)).unwrap();
        let e = (-2.0_f64).exp();
        for (k, exact) in [e, 2.0 * e, 2.0 * e, 4.0 / 3.0 * e].into_iter().enumerate() {
            assert!((poisson[k] / exact - 1.0).abs() < 1e-14, "state {k}: {} for {exact}", poisson[k]);
        }
    }

    /// Binomial(2, 1/2) is 1/4, 1/2, 1/4, wherever the multiplication starts.
    #[test]
    fn the_starting_state_does_not_matter() {
        for start in 0..=2 {
            assert_eq!(closed(start, 2, |k| (2.0 - k as f64) / (k as f64 + 1.0)), [0.25, 0.5, 0.25]);
        }
    }

    #[test]
    fn a_mode_beyond_memory_is_an_error() {
        assert!(matches!(open_ended(1e12, |_| 0.5), Err(QueueingError::TooLong { .. })));
    }

    #[test]
    fn small_terms_survive_large_ones() {
        assert_eq!(sum([1e16, 1.0, 1.0, -1e16].into_iter()), 2.0);
    }
}
