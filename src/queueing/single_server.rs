//! One agent, service times of any shape, nobody gives up.

use super::error::{QueueingError, not_negative, positive};

/// M/G/1, first come first served.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleServer {
    /// Arrivals per second.
    pub arrivals_per_s: f64,
    /// Mean service time in seconds.
    pub mean_service_s: f64,
    /// Coefficient of variation of the service time: 0 constant, 1 exponential.
    pub service_cv: f64,
}

impl SingleServer {
    /// Mean wait in seconds: rho m (1 + cv^2) / (2 (1 - rho)) (Pollaczek 1930, Khinchine 1932), or [`QueueingError::Overload`].
    pub fn mean_wait_s(&self) -> Result<f64, QueueingError> {
        let mean = positive("mean_service_s", self.mean_service_s)?;
        let cv = not_negative("service_cv", self.service_cv)?;
        let erlangs = not_negative("arrivals_per_s", self.arrivals_per_s)? * mean;
        if erlangs >= 1.0 {
            return Err(QueueingError::Overload { agents: 1, erlangs });
        }
        Ok(erlangs * mean * (1.0 + cv * cv) / (2.0 * (1.0 - erlangs)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At occupancy 1/2 an exponential service waits one service in the mean (as Erlang C says), a constant one half of it.
    #[test]
    fn half_the_wait_without_variation() {
        let model = SingleServer { arrivals_per_s: 0.5 / 60.0, mean_service_s: 60.0, service_cv: 1.0 };
        assert!((model.mean_wait_s().unwrap() - 60.0).abs() < 1e-12);
        assert!((SingleServer { service_cv: 0.0, ..model }.mean_wait_s().unwrap() - 30.0).abs() < 1e-12);
    }

    #[test]
    fn a_full_agent_is_an_overload() {
        let full = SingleServer { arrivals_per_s: 0.02, mean_service_s: 60.0, service_cv: 1.0 };
        assert!(matches!(full.mean_wait_s(), Err(QueueingError::Overload { agents: 1, .. })));
    }
}
