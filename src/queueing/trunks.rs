//! Agents behind a limited number of lines: who finds every line taken is blocked.

use super::birth_death::BirthDeath;
use super::error::{QueueingError, at_least_one_agent, positive};
use super::outward::sum;
use super::place_in_queue::PlaceInQueue;

/// M/M/n/K, with or without exponential patience: a contact holds one of K lines while it waits and while it is served.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteTrunks {
    /// Agents.
    pub agents: u32,
    /// Lines; with fewer lines than agents some agents are never needed.
    pub trunks: u32,
    /// Attempts per second, blocked ones included.
    pub arrivals_per_s: f64,
    /// Mean service time in seconds.
    pub mean_service_s: f64,
    /// Mean patience time in seconds; `None` if nobody gives up.
    pub mean_patience_s: Option<f64>,
}

/// The steady state of [`FiniteTrunks`]. Shares are of the contacts that entered, but for [`Self::blocked`]. Times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct TrunkedQueue {
    agents: usize,
    arrivals_per_s: f64,
    place: PlaceInQueue,
    lines_taken: BirthDeath,
    /// Share of attempts that enter, as a sum, exact too where almost nobody does.
    entering: f64,
}

impl FiniteTrunks {
    /// The steady state; lines are finite, so it exists under any load.
    pub fn solve(&self) -> Result<TrunkedQueue, QueueingError> {
        let agents = at_least_one_agent(self.agents.min(self.trunks))?;
        let arrivals_per_s = positive("arrivals_per_s", self.arrivals_per_s)?;
        let service_rate = agents / positive("mean_service_s", self.mean_service_s)?;
        let patience = self.mean_patience_s.map(|mean| positive("mean_patience_s", mean)).transpose()?;
        let place = PlaceInQueue { service_rate, giving_up_rate: patience.map_or(0.0, |mean| 1.0 / mean) };
        let leaving = |taken: usize| {
            let (busy, waiting) = (agents.min(taken as f64), (taken as f64 - agents).max(0.0));
            busy / self.mean_service_s + waiting * place.giving_up_rate
        };
        let lines_taken = BirthDeath::new(self.trunks as usize, |_| arrivals_per_s, leaving)?;
        let entering = sum(lines_taken.probabilities()[..self.trunks as usize].iter().copied());
        Ok(TrunkedQueue { agents: agents as usize, arrivals_per_s, place, lines_taken, entering })
    }
}

/// Arrivals see time averages (PASTA; Wolff 1982), and those who enter see them without the state in which all lines are taken.
impl TrunkedQueue {
    /// Share of attempts that find all lines taken: X / (O + X).
    pub fn blocked(&self) -> f64 {
        self.lines_taken.probability(self.trunks())
    }

    /// Probability that a contact that entered has to wait.
    pub fn delayed(&self) -> f64 {
        sum((self.agents..self.trunks()).map(|taken| self.lines_taken.probability(taken))) / self.entering
    }

    /// Share of the contacts that entered and gave up: theta times mean queue over their rate.
    pub fn abandoned(&self) -> f64 {
        self.place.giving_up_rate * self.mean_wait_s()
    }

    /// Mean wait of those who entered, served or not (Little 1961).
    pub fn mean_wait_s(&self) -> f64 {
        self.mean_queue() / (self.arrivals_per_s * self.entering)
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.lines_taken.mean(|taken| taken.saturating_sub(self.agents) as f64)
    }

    /// Share of the agents' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.lines_taken.mean(|taken| taken.min(self.agents) as f64) / self.agents as f64
    }

    /// Answered within `threshold_s` over those who entered.
    pub fn served_within(&self, threshold_s: f64) -> f64 {
        let at_once = sum((0..self.agents).map(|taken| self.entered_at(taken)));
        let Some(longest) = (self.trunks() - self.agents).checked_sub(1) else { return at_once };
        let served = self.place.served_within(threshold_s.max(0.0), longest);
        at_once
            + sum(served
                .iter()
                .enumerate()
                .map(|(ahead, served)| served * self.entered_at(self.agents + ahead)))
    }

    fn trunks(&self) -> usize {
        self.lines_taken.probabilities().len() - 1
    }

    /// Probability that a contact that entered found this many lines taken.
    fn entered_at(&self, taken: usize) -> f64 {
        self.lines_taken.probability(taken) / self.entering
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangA, ErlangB, ErlangC};
    use super::*;

    const CALLS: FiniteTrunks = FiniteTrunks {
        agents: 15,
        trunks: 20,
        arrivals_per_s: 14.0 / 240.0,
        mean_service_s: 240.0,
        mean_patience_s: Some(300.0),
    };

    fn close(name: &str, found: f64, exact: f64, relative: f64) {
        assert!((found - exact).abs() <= relative * exact.abs(), "{name}: {found}, not {exact}");
    }

    /// One agent, three lines, 2 arrivals a service, nobody gives up: states weigh 1, 2, 4, 8.
    #[test]
    fn one_agent_and_three_lines_by_hand() {
        let model = FiniteTrunks {
            agents: 1,
            trunks: 3,
            arrivals_per_s: 2.0,
            mean_service_s: 1.0,
            mean_patience_s: None,
        };
        let queue = model.solve().unwrap();
        close("blocked", queue.blocked(), 8.0 / 15.0, 1e-15);
        close("delayed", queue.delayed(), 6.0 / 7.0, 1e-15);
        close("mean queue", queue.mean_queue(), 20.0 / 15.0, 1e-15);
        close("mean wait", queue.mean_wait_s(), 10.0 / 7.0, 1e-15);
        close("occupancy", queue.occupancy(), 14.0 / 15.0, 1e-15);
        assert_eq!(queue.abandoned(), 0.0);
        let two_steps = (-1.0_f64).exp() * 2.0;
        let within_one_service = (1.0 + 2.0 * (1.0 - (-1.0_f64).exp()) + 4.0 * (1.0 - two_steps)) / 7.0;
        close("served within one service", queue.served_within(1.0), within_one_service, 1e-14);
    }

    #[test]
    fn no_spare_line_is_erlang_b() {
        let exact = ErlangB { agents: 15, erlangs: 14.0 }.blocking().unwrap();
        for (agents, trunks) in [(15, 15), (40, 15)] {
            let queue = FiniteTrunks { agents, trunks, ..CALLS }.solve().unwrap();
            close("blocked", queue.blocked(), exact, 1e-13);
            close("all are answered at once", queue.served_within(0.0), 1.0, 1e-15);
        }
    }

    #[test]
    fn many_lines_are_erlang_a_or_c() {
        let many = FiniteTrunks { trunks: 3_000, ..CALLS }.solve().unwrap();
        let a = ErlangA {
            agents: 15,
            arrivals_per_s: 14.0 / 240.0,
            mean_service_s: 240.0,
            mean_patience_s: 300.0,
        };
        let a = a.solve().unwrap();
        close("abandoned", many.abandoned(), a.abandoned(), 1e-12);
        close("within 20 s", many.served_within(20.0), a.served_within(20.0), 1e-12);
        let patient = FiniteTrunks { trunks: 3_000, mean_patience_s: None, ..CALLS }.solve().unwrap();
        let c = ErlangC { agents: 15, erlangs: 14.0 }.solve().unwrap();
        close("mean wait", patient.mean_wait_s(), 240.0 * c.mean_wait(), 1e-11);
        close("within 20 s", patient.served_within(20.0), c.service_level(20.0 / 240.0), 1e-12);
    }

    #[test]
    fn what_enters_goes_out_at_every_size() {
        for agents in [1_u32, 15, 150, 1_500, 100_000] {
            for load in [0.3, 1.0, 1.3] {
                let arrivals_per_s = load * f64::from(agents) / 240.0;
                let queue = FiniteTrunks { agents, trunks: agents + agents / 5 + 1, arrivals_per_s, ..CALLS }
                    .solve()
                    .unwrap();
                let served = arrivals_per_s * (1.0 - queue.blocked()) * (1.0 - queue.abandoned());
                close("served", served * 240.0, queue.occupancy() * f64::from(agents), 1e-11);
                close("in the end", queue.served_within(1e9), 1.0 - queue.abandoned(), 1e-11);
            }
        }
    }

    #[test]
    fn no_lines_at_all_are_refused() {
        assert!(FiniteTrunks { trunks: 0, ..CALLS }.solve().is_err());
    }
}
