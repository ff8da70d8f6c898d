//! The load alone: how many agents would be busy if nobody ever waited.

use super::error::{QueueingError, not_negative};
use super::outward;

/// Offered load in erlangs: arrivals per second times mean service in seconds; the mean number busy if nobody waits.
pub fn offered_load(arrivals_per_s: f64, mean_service_s: f64) -> f64 {
    arrivals_per_s * mean_service_s
}

/// M/G/infinity: the number busy is Poisson with the offered load as its mean, whatever the shape of the service time
/// (Palm 1943; Riordan 1962).
#[derive(Debug, Clone, PartialEq)]
pub struct InfiniteServers {
    busy: Vec<f64>,
}

impl InfiniteServers {
    /// The distribution of the number busy at this load.
    pub fn new(erlangs: f64) -> Result<Self, QueueingError> {
        let erlangs = not_negative("erlangs", erlangs)?;
        Ok(Self { busy: outward::open_ended(erlangs, |k| erlangs / (k as f64 + 1.0))? })
    }

    /// Probability that exactly `k` are busy.
    pub fn probability(&self, k: usize) -> f64 {
        self.busy.get(k).copied().unwrap_or(0.0)
    }

    /// Probability that at most `k` are busy.
    pub fn at_most(&self, k: usize) -> f64 {
        outward::sum(self.busy.iter().take(k.saturating_add(1)).copied()).min(1.0)
    }

    /// The smallest number of agents that is enough with probability `p` at least; for `p` of 1 the largest number that is not negligible.
    pub fn quantile(&self, p: f64) -> usize {
        let mut below = 0.0;
        let enough = self.busy.iter().position(|probability| {
            below += probability;
            below >= p
        });
        enough.unwrap_or(self.busy.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean 2: P(0) = e^-2 = 0.1353, P(at most 2) = 5 e^-2 = 0.6767, at most 3: 0.8571, at most 4: 0.9473.
    #[test]
    fn two_erlangs_by_hand() {
        let load = InfiniteServers::new(offered_load(0.5, 4.0)).unwrap();
        assert!((load.probability(0) - (-2.0_f64).exp()).abs() < 1e-15);
        assert!((load.at_most(2) - 5.0 * (-2.0_f64).exp()).abs() < 1e-15);
        assert_eq!((load.quantile(0.67), load.quantile(0.9), load.quantile(0.0)), (2, 4, 0));
    }

    /// The normal law with a half added: 100,000 + 1.2816 sqrt(100,000) = 100,405.
    #[test]
    fn a_hundred_thousand_erlangs() {
        let load = InfiniteServers::new(100_000.0).unwrap();
        assert!(load.quantile(0.9).abs_diff(100_405) <= 1);
        assert_eq!(load.at_most(usize::MAX), 1.0);
    }

    #[test]
    fn no_load_keeps_nobody_busy() {
        let idle = InfiniteServers::new(0.0).unwrap();
        assert_eq!((idle.probability(0), idle.quantile(0.999)), (1.0, 0));
        assert!(InfiniteServers::new(f64::NAN).is_err());
    }
}
