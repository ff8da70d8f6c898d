//! Erlang C: callers wait for ever.

use super::erlang_b::inverse_blocking;
use super::error::{QueueingError, at_least_one_agent, not_negative};

/// M/M/n: exponential service, nobody gives up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    /// Agents.
    pub agents: u32,
    /// Offered load: arrivals per second times mean service in seconds.
    pub erlangs: f64,
}

/// The steady state of [`ErlangC`]. Times are in units of the mean service time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DelayQueue {
    agents: f64,
    erlangs: f64,
    delayed: f64,
}

impl ErlangC {
    /// The steady state, or [`QueueingError::Overload`] where the load is as large as the number of agents or larger.
    pub fn solve(&self) -> Result<DelayQueue, QueueingError> {
        let agents = at_least_one_agent(self.agents)?;
        let erlangs = not_negative("erlangs", self.erlangs)?;
        if erlangs >= agents {
            return Err(QueueingError::Overload { agents: self.agents, erlangs });
        }
        Ok(DelayQueue { agents, erlangs, delayed: delayed(self.agents, erlangs) })
    }
}

/// C = B / (1 - rho (1 - B)) (Erlang 1917), written so that nothing cancels: 1/C = 1 + (n - a)/a 1/B(n - 1, a).
fn delayed(agents: u32, erlangs: f64) -> f64 {
    let spare = f64::from(agents) - erlangs;
    1.0 / (1.0 + spare / erlangs * inverse_blocking(agents - 1, erlangs))
}

impl DelayQueue {
    /// Probability of waiting at all.
    pub fn delayed(&self) -> f64 {
        self.delayed
    }

    /// Mean wait of all, in mean service times: C / (n - a) (Erlang 1917; Gross et al. 2008, ch. 2).
    pub fn mean_wait(&self) -> f64 {
        self.delayed / (self.agents - self.erlangs)
    }

    /// Mean number waiting: the erlangs times [`Self::mean_wait`] (Little 1961).
    pub fn mean_queue(&self) -> f64 {
        self.erlangs * self.mean_wait()
    }

    /// Share of the agents' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.erlangs / self.agents
    }

    /// P(W <= t) = 1 - C exp(-(n - a) t), t >= 0 in mean service times (Erlang 1917; Gross et al. 2008, ch. 2).
    pub fn service_level(&self, threshold: f64) -> f64 {
        1.0 - self.delayed * (-(self.agents - self.erlangs) * threshold).exp()
    }

    /// The smallest wait w with P(W <= w) >= `p`, in mean service times; 0 while `p` is at most the share not delayed, infinite at 1.
    pub fn wait_quantile(&self, p: f64) -> f64 {
        let wait = (self.delayed / (1.0 - p)).ln() / (self.agents - self.erlangs);
        wait.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ErlangB;
    use super::*;

    /// By hand: C(1, a) = a; C(2, 1) = 1/3; C(3, 2) = 4/9, since B(3, 2) = 4/19.
    #[test]
    fn small_systems_by_hand() {
        for (agents, erlangs, exact) in [(1, 0.7, 0.7), (2, 1.0, 1.0 / 3.0), (3, 2.0, 4.0 / 9.0)] {
            let queue = ErlangC { agents, erlangs }.solve().unwrap();
            assert!((queue.delayed() - exact).abs() < 1e-15);
            assert!((queue.mean_wait() - exact / (f64::from(agents) - erlangs)).abs() < 1e-15);
        }
    }

    /// The published comparison of Gans, Koole and Mandelbaum (2003): 50 agents, 48 calls a minute, services of 1 minute:
    /// mean wait 20.8 s, 90th percentile 58.1 s, queue 17, occupancy 96 %.
    #[test]
    fn fifty_agents_as_published() {
        let queue = ErlangC { agents: 50, erlangs: 48.0 }.solve().unwrap();
        assert!((queue.mean_wait() * 60.0 - 20.8).abs() < 0.05);
        assert!((queue.wait_quantile(0.9) * 60.0 - 58.1).abs() < 0.05);
        assert!((queue.mean_queue() - 17.0).abs() < 0.5);
        assert_eq!(queue.occupancy(), 0.96);
    }

    #[test]
    fn erlang_b_and_c_agree_at_every_size() {
        for agents in [1_u32, 15, 150, 1_500, 100_000] {
            for load in [0.5, 0.9, 0.999] {
                let erlangs = load * f64::from(agents);
                let blocking = ErlangB { agents, erlangs }.blocking().unwrap();
                let from_b = blocking / (1.0 - load * (1.0 - blocking));
                let delayed = ErlangC { agents, erlangs }.solve().unwrap().delayed();
                assert!(
                    (delayed - from_b).abs() <= 1e-11 * from_b,
                    "{agents} agents at {load}: {delayed}, {from_b}"
                );
            }
        }
    }

    #[test]
    fn the_quantile_turns_the_service_level_round() {
        let queue = ErlangC { agents: 150, erlangs: 145.0 }.solve().unwrap();
        assert!((queue.service_level(queue.wait_quantile(0.95)) - 0.95).abs() < 1e-14);
        assert_eq!(queue.wait_quantile(0.2), 0.0);
        assert!((queue.service_level(0.0) - (1.0 - queue.delayed())).abs() < 1e-16);
    }

    #[test]
    fn overload_is_an_answer_in_words_and_no_load_is_no_wait() {
        assert_eq!(
            ErlangC { agents: 10, erlangs: 10.0 }.solve(),
            Err(QueueingError::Overload { agents: 10, erlangs: 10.0 })
        );
        assert!(ErlangC { agents: 0, erlangs: 0.0 }.solve().is_err());
        let idle = ErlangC { agents: 3, erlangs: 0.0 }.solve().unwrap();
        assert_eq!(
            (idle.delayed(), idle.mean_wait(), idle.mean_queue(), idle.service_level(0.0)),
            (0.0, 0.0, 0.0, 1.0)
        );
    }
}
