//! Erlang B: lines or agents without a waiting room.

use super::error::{QueueingError, not_negative};

/// M/G/n/n, the loss system: who finds every agent busy is blocked and does not come back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangB {
    /// Agents, or lines.
    pub agents: u32,
    /// Offered load: arrivals per second times mean service in seconds.
    pub erlangs: f64,
}

impl ErlangB {
    /// Share of arrivals that are blocked (Erlang 1917), by the recursion 1/B(n) = 1 + n/a 1/B(n - 1). It depends on the
    /// service time through its mean only.
    pub fn blocking(&self) -> Result<f64, QueueingError> {
        Ok(1.0 / inverse_blocking(self.agents, not_negative("erlangs", self.erlangs)?))
    }

    /// Mean number of busy agents over all agents; 0 when there are none.
    pub fn occupancy(&self) -> Result<f64, QueueingError> {
        let carried = self.erlangs * (1.0 - self.blocking()?);
        Ok(if self.agents == 0 { 0.0 } else { carried / f64::from(self.agents) })
    }
}

/// 1/B(agents, erlangs), at least 1; infinite where B is below the smallest number.
pub(super) fn inverse_blocking(agents: u32, erlangs: f64) -> f64 {
    (1..=agents).fold(1.0, |inverse, n| 1.0 + f64::from(n) / erlangs * inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand from the sum: B(2, 1) = (1/2)/(1 + 1 + 1/2); B(3, 2) = (8/6)/(19/3). B(10, 5) is in any printed table as 0.018385.
    #[test]
    fn printed_and_hand_computed_values() {
        for (agents, erlangs, exact, within) in [
            (1, 1.0, 0.5, 1e-15),
            (2, 1.0, 0.2, 1e-15),
            (3, 2.0, 4.0 / 19.0, 1e-15),
            (10, 5.0, 0.018385, 5e-7),
            (0, 3.0, 1.0, 0.0),
        ] {
            let blocking = ErlangB { agents, erlangs }.blocking().unwrap();
            assert!((blocking - exact).abs() <= within, "B({agents}, {erlangs}) = {blocking}, not {exact}");
        }
    }

    /// With a = n large, B is near sqrt(2 / (pi n)) (Jagerman 1974); the next term is of order 1/n.
    #[test]
    fn a_hundred_thousand_agents() {
        let blocking = ErlangB { agents: 100_000, erlangs: 100_000.0 }.blocking().unwrap();
        let asymptotic = (2.0 / (std::f64::consts::PI * 100_000.0)).sqrt();
        assert!((blocking / asymptotic - 1.0).abs() < 3e-3, "{blocking} beside {asymptotic}");
    }

    #[test]
    fn no_load_blocks_nobody_and_nonsense_is_refused() {
        assert_eq!(ErlangB { agents: 3, erlangs: 0.0 }.blocking(), Ok(0.0));
        assert_eq!(ErlangB { agents: 100_000, erlangs: 1e-9 }.blocking(), Ok(0.0));
        assert!(ErlangB { agents: 3, erlangs: -1.0 }.blocking().is_err());
        assert!(ErlangB { agents: 3, erlangs: f64::NAN }.blocking().is_err());
    }
}
