//! Erlang A: callers wait, and some give up.

use super::erlang_b::inverse_blocking;
use super::error::{QueueingError, at_least_one_agent, positive};
use super::outward::{self, sum};
use super::place_in_queue::PlaceInQueue;

/// M/M/n+M: Poisson arrivals, exponential service, each contact with an exponential patience of its own (Palm 1957).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    /// Agents.
    pub agents: u32,
    /// Arrivals per second.
    pub arrivals_per_s: f64,
    /// Mean service time in seconds.
    pub mean_service_s: f64,
    /// Mean patience time in seconds.
    pub mean_patience_s: f64,
}

/// The steady state of [`ErlangA`]: what one contact may meet, and how the agents fare. Times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct AbandoningQueue {
    model: ErlangA,
    place: PlaceInQueue,
    /// Probability that an agent is idle, from its own odds: exact too where it is tiny.
    no_wait: f64,
    delayed: f64,
    /// Mean number of busy agents over all agents.
    occupancy: f64,
    /// Distribution of the number waiting while all agents are busy.
    waiting: Vec<f64>,
}

impl ErlangA {
    /// The steady state. It always exists; an error is an input that is no positive number, or a patience so long under
    /// overload that the queue does not fit in memory.
    pub fn solve(&self) -> Result<AbandoningQueue, QueueingError> {
        let agents = at_least_one_agent(self.agents)?;
        let arrivals = positive("arrivals_per_s", self.arrivals_per_s)?;
        let erlangs = positive("offered load", arrivals * positive("mean_service_s", self.mean_service_s)?)?;
        let giving_up_rate = 1.0 / positive("mean_patience_s", self.mean_patience_s)?;
        let place = PlaceInQueue { service_rate: agents / self.mean_service_s, giving_up_rate };
        let waiting = while_all_are_busy(arrivals, place)?;
        // Odds of an idle agent: (1/B(n) - 1) p(n) / P(all busy), and 1/B(n) - 1 = n/a 1/B(n - 1) (Palm 1957; Mandelbaum and
        // Zeltyn 2007 write P(all busy) / p(n) as an incomplete gamma function, where we have a sum).
        let before = inverse_blocking(self.agents - 1, erlangs);
        let odds = agents / erlangs * before * waiting[0];
        let (no_wait, delayed) = (1.0 / (1.0 + 1.0 / odds), 1.0 / (1.0 + odds));
        let busy_below = erlangs * (1.0 - 1.0 / before);
        let occupancy = delayed + no_wait * busy_below / agents;
        Ok(AbandoningQueue { model: *self, place, no_wait, delayed, occupancy, waiting })
    }
}

/// P(j wait | all agents busy): from n + j to n + j + 1 at lambda, back at n mu + (j + 1) theta.
fn while_all_are_busy(arrivals: f64, place: PlaceInQueue) -> Result<Vec<f64>, QueueingError> {
    let PlaceInQueue { service_rate, giving_up_rate } = place;
    let likeliest = (arrivals - service_rate) / giving_up_rate;
    outward::open_ended(likeliest, |j| arrivals / (service_rate + (j as f64 + 1.0) * giving_up_rate))
}

impl AbandoningQueue {
    /// Probability of being answered at once.
    pub fn no_wait(&self) -> f64 {
        self.no_wait
    }

    /// Probability of having to wait: all agents busy on arrival (by PASTA, all the time; Wolff 1982).
    pub fn delayed(&self) -> f64 {
        self.delayed
    }

    /// Share of the agents' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.occupancy
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.delayed * sum(self.waiting.iter().enumerate().map(|(j, q)| j as f64 * q))
    }

    /// Share of contacts that give up: theta times mean queue over lambda.
    pub fn abandoned(&self) -> f64 {
        self.mean_queue() / (self.model.mean_patience_s * self.model.arrivals_per_s)
    }

    /// Share of contacts that are served: what the agents do over what arrives.
    pub fn served(&self) -> f64 {
        self.occupancy * self.place.service_rate / self.model.arrivals_per_s
    }

    /// Mean wait of all contacts, served or not (Little 1961).
    pub fn mean_wait_s(&self) -> f64 {
        self.mean_queue() / self.model.arrivals_per_s
    }

    /// Mean wait of the served, zero waits included.
    pub fn mean_wait_of_served_s(&self) -> f64 {
        self.over_delayed(&self.place.mean_wait_if_served(self.longest())) / self.served()
    }

    /// Mean wait of those who gave up; `None` where so few do that their share is 0 as a number.
    pub fn mean_wait_of_abandoned_s(&self) -> Option<f64> {
        let abandoned = self.abandoned();
        let waited = self.over_delayed(&self.mean_wait_if_abandoned());
        (abandoned > 0.0).then(|| waited / abandoned)
    }

    /// Answered within `threshold_s` over all offered: the service level `answered_over_offered`.
    pub fn served_within(&self, threshold_s: f64) -> f64 {
        self.no_wait + self.over_delayed(&self.place.served_within(threshold_s.max(0.0), self.longest()))
    }

    /// Answered within `threshold_s` over all answered: `answered_over_answered`.
    pub fn served_within_of_served(&self, threshold_s: f64) -> f64 {
        self.served_within(threshold_s) / self.served()
    }

    /// P(W > t): neither served nor gone after `threshold_s`; own patience is independent of the offered wait.
    pub fn waits_longer(&self, threshold_s: f64) -> f64 {
        let t = threshold_s.max(0.0);
        let offered = self.over_delayed(&self.place.not_reached_within(t, self.longest()));
        offered * (-t / self.model.mean_patience_s).exp()
    }

    /// Gave up within `threshold_s` over all offered.
    pub fn abandoned_within(&self, threshold_s: f64) -> f64 {
        (1.0 - self.waits_longer(threshold_s) - self.served_within(threshold_s)).max(0.0)
    }

    /// The smallest wait w (of all contacts) with P(W <= w) >= `p`, by bisection to the last bit; infinite for `p` of 1 or more.
    pub fn wait_quantile_s(&self, p: f64) -> f64 {
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let enough = |wait: f64| self.waits_longer(wait) <= 1.0 - p;
        if enough(0.0) { 0.0 } else { first_true(self.model.mean_patience_s, enough) }
    }

    /// Distribution of the number waiting: P(j contacts wait and all agents are busy), j = 0, 1 ...
    pub fn waiting(&self) -> impl Iterator<Item = f64> {
        self.waiting.iter().map(|q| self.delayed * q)
    }

    fn longest(&self) -> usize {
        self.waiting.len() - 1
    }

    /// E(wait; gave up) by the number ahead: the mean wait of all from there, min(offered, patience), is P(gave up) / theta.
    fn mean_wait_if_abandoned(&self) -> Vec<f64> {
        let served = self.place.mean_wait_if_served(self.longest());
        let all = |ahead| (1.0 - self.place.served(ahead)) * self.model.mean_patience_s;
        served.iter().enumerate().map(|(ahead, wait)| (all(ahead) - wait).max(0.0)).collect()
    }

    /// Mean over all contacts of what is `given` by the number ahead for those who have to wait, and 0 for the others.
    fn over_delayed(&self, given: &[f64]) -> f64 {
        self.delayed * sum(self.waiting.iter().zip(given).map(|(q, value)| q * value))
    }
}

/// The place where `holds` turns true, looked for beyond 0 in steps that double from `scale`, then by halving.
fn first_true(scale: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, scale);
    while !holds(high) {
        (low, high) = (high, 2.0 * high);
    }
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return high;
        }
        if holds(middle) { high = middle } else { low = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W1: ErlangA =
        ErlangA { agents: 150, arrivals_per_s: 145.0 / 240.0, mean_service_s: 240.0, mean_patience_s: 300.0 };

    fn close(name: &str, found: f64, exact: f64, relative: f64) {
        assert!((found - exact).abs() <= relative * exact.abs() + 1e-300, "{name}: {found}, not {exact}");
    }

    #[test]
    fn w1_as_the_design_states_it() {
        let queue = W1.solve().unwrap();
        close("mean wait", queue.mean_wait_s(), 5.2212, 1e-5);
        close("abandoned", queue.abandoned(), 0.017404, 1e-5);
        close("answered within 20 s over offered", queue.served_within(20.0), 0.890499, 1e-6);
        close("no wait", queue.no_wait(), 0.63234, 1e-5);
        close("occupancy", queue.occupancy(), 0.949843, 1e-6);
        close("mean queue", queue.mean_queue(), 3.1545, 2e-5);
    }

    /// The published comparison of Gans, Koole and Mandelbaum (2003): 50 agents, 48 calls a minute, services of 1 and patience
    /// of 2 minutes: 3.1 % give up, mean wait 3.7 s, queue 3, occupancy 93 %.
    #[test]
    fn fifty_agents_as_published() {
        let calls = ErlangA { agents: 50, arrivals_per_s: 0.8, mean_service_s: 60.0, mean_patience_s: 120.0 };
        let queue = calls.solve().unwrap();
        assert!((queue.abandoned() - 0.031).abs() < 5e-4);
        assert!((queue.mean_wait_s() - 3.7).abs() < 0.05);
        assert!((queue.mean_queue() - 3.0).abs() < 0.1);
        assert!((queue.occupancy() - 0.93).abs() < 5e-3);
    }

    /// One agent, all rates 1: states weigh 1/k!, so that p(0) = 1/e, nobody waits with probability 1/e, and the queue is Poisson less the one served.
    #[test]
    fn one_agent_with_rates_of_one_by_hand() {
        let queue = ErlangA { agents: 1, arrivals_per_s: 1.0, mean_service_s: 1.0, mean_patience_s: 1.0 }
            .solve()
            .unwrap();
        let idle = (-1.0_f64).exp();
        close("no wait", queue.no_wait(), idle, 1e-14);
        close("occupancy", queue.occupancy(), 1.0 - idle, 1e-14);
        close("mean queue", queue.mean_queue(), idle, 1e-14);
        close("abandoned", queue.abandoned(), idle, 1e-14);
    }

    /// Patience without end is Erlang C.
    #[test]
    fn patient_callers_make_erlang_c() {
        let patient = ErlangA { mean_patience_s: 1e11, ..W1 }.solve().unwrap();
        let c = super::super::ErlangC { agents: 150, erlangs: 145.0 }.solve().unwrap();
        close("delayed", patient.delayed(), c.delayed(), 1e-7);
        close("mean wait", patient.mean_wait_s(), 240.0 * c.mean_wait(), 1e-7);
        close("within 20 s", patient.served_within(20.0), c.service_level(20.0 / 240.0), 1e-7);
        close("median", patient.wait_quantile_s(0.9), 240.0 * c.wait_quantile(0.9), 1e-6);
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        let refused = ErlangA { mean_patience_s: 0.0, ..W1 }.solve().unwrap_err();
        assert_eq!(refused.to_string(), "mean_patience_s must be a positive number, not 0");
        assert!(ErlangA { agents: 0, ..W1 }.solve().is_err());
        let endless = ErlangA { agents: 100, mean_patience_s: 1e12, ..W1 }.solve();
        assert!(matches!(endless, Err(QueueingError::TooLong { .. })));
    }
}
