//! Any chain of states 0, 1 ... K with a rate up and a rate down in each.
//!
//! The general tool behind the named models: what a state means, and what is read off, is theirs.

use super::error::{QueueingError, positive};
use super::outward;

/// The steady state of a birth-death chain on the states `0..=last`.
///
/// Detailed balance: p(k) birth(k) = p(k + 1) death(k + 1) (Kleinrock 1975, vol. 1, eq. 3.11).
///
/// ```
/// use centralino::queueing::BirthDeath;
///
/// // Two agents, no room to wait, 1 erlang: states weigh 1, 1, 1/2; blocked with probability 1/5 (Erlang B).
/// let chain = BirthDeath::new(2, |_| 1.0, |busy| busy as f64)?;
/// assert!((chain.probability(2) - 0.2).abs() < 1e-15);
/// # Ok::<(), centralino::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BirthDeath {
    probabilities: Vec<f64>,
}

impl BirthDeath {
    /// Solves the chain on `0..=last`, where `birth(k)` is the rate from k to k + 1 (asked for k < last) and `death(k)` that from k
    /// to k - 1 (asked for k > 0), in any one unit. A rate that is not positive and finite is an error, and so are 50 million states.
    ///
    /// States less likely than the likeliest by more than a factor of 1e300 count as impossible.
    pub fn new(
        last: usize,
        birth: impl Fn(usize) -> f64,
        death: impl Fn(usize) -> f64,
    ) -> Result<Self, QueueingError> {
        outward::not_too_many(last as f64)?;
        let mode = likeliest(last, &birth, &death)?;
        Ok(Self { probabilities: outward::closed(mode, last, |k| birth(k) / death(k + 1)) })
    }

    /// Share of time in state `k`; 0 beyond the last.
    pub fn probability(&self, k: usize) -> f64 {
        self.probabilities.get(k).copied().unwrap_or(0.0)
    }

    /// Share of time in each state, from 0.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// Long-run mean of `value(k)`: `mean(|k| k as f64)` is the mean number present.
    pub fn mean(&self, value: impl Fn(usize) -> f64) -> f64 {
        outward::sum(self.probabilities.iter().enumerate().map(|(k, p)| p * value(k)))
    }
}

/// The state with the largest weight, by logarithms: they need only be good enough to find it.
fn likeliest(
    last: usize,
    birth: &impl Fn(usize) -> f64,
    death: &impl Fn(usize) -> f64,
) -> Result<usize, QueueingError> {
    let (mut mode, mut highest, mut log_weight) = (0, 0.0, 0.0);
    for k in 0..last {
        log_weight += positive("birth rate", birth(k))?.ln() - positive("death rate", death(k + 1))?.ln();
        if log_weight > highest {
            (mode, highest) = (k + 1, log_weight);
        }
    }
    Ok(mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One agent, room for three, 2 arrivals a service: weights 1, 2, 4, 8.
    #[test]
    fn a_geometric_chain_by_hand() {
        let chain = BirthDeath::new(3, |_| 2.0, |_| 1.0).unwrap();
        for (k, weight) in [1.0, 2.0, 4.0, 8.0].into_iter().enumerate() {
            assert!((chain.probability(k) - weight / 15.0).abs() < 1e-16);
        }
        assert!((chain.mean(|k| k as f64) - 34.0 / 15.0).abs() < 1e-15);
        assert_eq!(chain.probability(4), 0.0);
    }

    #[test]
    fn the_balance_holds_in_every_state_of_a_chain_with_two_peaks() {
        let birth = |k: usize| if k % 40 < 20 { 3.0 } else { 0.5 };
        let chain = BirthDeath::new(100, birth, |_| 1.0).unwrap();
        for k in 0..100 {
            let (up, down) = (chain.probability(k) * birth(k), chain.probability(k + 1));
            assert!((up / down - 1.0).abs() < 1e-13, "between {k} and {}: {up} up, {down} down", k + 1);
        }
    }

    #[test]
    fn a_rate_that_is_not_positive_is_refused() {
        assert!(BirthDeath::new(2, |_| 0.0, |_| 1.0).is_err());
        assert!(BirthDeath::new(2, |_| 1.0, |_| f64::NAN).is_err());
        assert!(BirthDeath::new(usize::MAX, |_| 1.0, |_| 1.0).is_err());
    }

    #[test]
    fn a_hundred_thousand_states_neither_overflow_nor_vanish() {
        let chain = BirthDeath::new(200_000, |_| 100_000.0, |k| k as f64).unwrap();
        assert!((chain.mean(|k| k as f64) / 100_000.0 - 1.0).abs() < 1e-12);
    }
}
