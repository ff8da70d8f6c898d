//! Classes of contacts of which one goes before the other, and nobody's service is interrupted.

use super::erlang_c::ErlangC;
use super::error::{QueueingError, at_least_one_agent, not_negative, positive};

/// M/M/n with classes: all are served alike, the first class that waits goes first, and within a class who came first.
///
/// ```
/// use centralino::queueing::Priorities;
///
/// // One agent, 120 s a contact, loads of 0.3 and 0.4: who waits finds 84 s of work before a queue of his own class.
/// let classes = Priorities { agents: 1, mean_service_s: 120.0, arrivals_per_s: vec![0.3 / 120.0, 0.4 / 120.0] };
/// let waits_s = classes.mean_waits_s()?;
/// assert!((waits_s[0] - 120.0).abs() < 1e-9 && (waits_s[1] - 400.0).abs() < 1e-9);
/// # Ok::<(), centralino::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Priorities {
    /// Agents.
    pub agents: u32,
    /// Mean service time in seconds, the same for all classes.
    pub mean_service_s: f64,
    /// By class, the first to be served first: arrivals per second.
    pub arrivals_per_s: Vec<f64>,
}

impl Priorities {
    /// Mean wait by class, zero waits included: C m / n / ((1 - s(k - 1)) (1 - s(k))), where s(k) is the occupancy by the
    /// classes 1 to k and C m / n the time until a delayed contact would be served if it went first (Cobham 1954;
    /// Kella and Yechiali 1985). [`QueueingError::Overload`] if all classes together are too many.
    pub fn mean_waits_s(&self) -> Result<Vec<f64>, QueueingError> {
        let next_free_s = self.delayed()? * self.mean_service_s / f64::from(self.agents);
        Ok(by_class(next_free_s, &self.occupancies()?))
    }

    /// Probability of having to wait, the same for all classes (Erlang C of the whole).
    pub fn delayed(&self) -> Result<f64, QueueingError> {
        let erlangs = self.occupancies()?.iter().sum::<f64>() * at_least_one_agent(self.agents)?;
        Ok(ErlangC { agents: self.agents, erlangs }.solve()?.delayed())
    }

    /// Probability that a contact of the first class waits longer than `t_s`: nobody but its own class goes before it, so
    /// that who is delayed waits an exponential time of rate n / m less the class's arrivals (Kella and Yechiali 1985).
    pub fn first_class_waits_longer(&self, t_s: f64) -> Result<f64, QueueingError> {
        let first = self.arrivals_per_s.first().copied().unwrap_or(0.0);
        let rate = f64::from(self.agents) / positive("mean_service_s", self.mean_service_s)? - first;
        Ok(self.delayed()? * (-rate * t_s.max(0.0)).exp())
    }

    /// Occupancy by class.
    fn occupancies(&self) -> Result<Vec<f64>, QueueingError> {
        let each = positive("mean_service_s", self.mean_service_s)? / at_least_one_agent(self.agents)?;
        self.arrivals_per_s.iter().map(|&rate| Ok(not_negative("arrivals_per_s", rate)? * each)).collect()
    }
}

/// A class of [`SingleServerPriorities`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorityClass {
    /// Arrivals per second.
    pub arrivals_per_s: f64,
    /// Mean service time in seconds.
    pub mean_service_s: f64,
    /// Coefficient of variation of the service time: 0 constant, 1 exponential.
    pub service_cv: f64,
}

/// M/G/1 with classes, each with a service time of its own, the first to be served first.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleServerPriorities {
    /// By class, the first to be served first.
    pub classes: Vec<PriorityClass>,
}

impl SingleServerPriorities {
    /// Mean wait by class: R / ((1 - s(k - 1)) (1 - s(k))), where s(k) is the load of the classes 1 to k and R, the work left in
    /// the contact that is met in service, the sum of rate x m^2 (1 + cv^2) / 2 (Cobham 1954).
    pub fn mean_waits_s(&self) -> Result<Vec<f64>, QueueingError> {
        let (mut left_s, mut loads) = (0.0, Vec::new());
        for class in &self.classes {
            let mean_s = positive("mean_service_s", class.mean_service_s)?;
            let cv = not_negative("service_cv", class.service_cv)?;
            let load = not_negative("arrivals_per_s", class.arrivals_per_s)? * mean_s;
            left_s += load * mean_s * (1.0 + cv * cv) / 2.0;
            loads.push(load);
        }
        let erlangs = loads.iter().sum();
        if erlangs >= 1.0 {
            return Err(QueueingError::Overload { agents: 1, erlangs });
        }
        Ok(by_class(left_s, &loads))
    }
}

/// Each class waits for what is met and for those before it, the longer the more of the agents' time these take.
fn by_class(first_s: f64, occupancies: &[f64]) -> Vec<f64> {
    let mut left = 1.0;
    let wait = |occupancy: &f64| {
        let before = left;
        left -= occupancy;
        first_s / (before * left)
    };
    occupancies.iter().map(wait).collect()
}

#[cfg(test)]
mod tests {
    use super::super::SingleServer;
    use super::*;

    fn close(found: f64, exact: f64) {
        assert!((found - exact).abs() <= 1e-12 * exact.abs(), "{found}, not {exact}");
    }

    fn three() -> Priorities {
        Priorities { agents: 5, mean_service_s: 240.0, arrivals_per_s: vec![0.004, 0.006, 0.008] }
    }

    #[test]
    fn one_class_is_erlang_c() {
        let alone = Priorities { arrivals_per_s: vec![0.018], ..three() };
        let exact = ErlangC { agents: 5, erlangs: 4.32 }.solve().unwrap();
        close(alone.mean_waits_s().unwrap()[0], exact.mean_wait() * 240.0);
        close(alone.first_class_waits_longer(30.0).unwrap(), 1.0 - exact.service_level(30.0 / 240.0));
    }

    /// Whoever goes first, as many wait: with one mean service time the waits average to that of Erlang C.
    #[test]
    fn somebodys_gain_is_somebodys_loss() {
        let waits_s = three().mean_waits_s().unwrap();
        assert!(waits_s.is_sorted());
        let rates = [0.004, 0.006, 0.008];
        let average: f64 = waits_s.iter().zip(rates).map(|(wait, rate)| wait * rate / 0.018).sum();
        close(average, ErlangC { agents: 5, erlangs: 4.32 }.solve().unwrap().mean_wait() * 240.0);
    }

    /// Loads of 0.3 and 0.4, the second of constant 60 s: R = 0.3 x 120 + 0.4 x 60 / 2 = 48 s.
    #[test]
    fn one_agent_and_two_kinds_of_service_by_hand() {
        let high = PriorityClass { arrivals_per_s: 0.3 / 120.0, mean_service_s: 120.0, service_cv: 1.0 };
        let low = PriorityClass { arrivals_per_s: 0.4 / 60.0, mean_service_s: 60.0, service_cv: 0.0 };
        let waits_s = SingleServerPriorities { classes: vec![high, low] }.mean_waits_s().unwrap();
        close(waits_s[0], 48.0 / 0.7);
        close(waits_s[1], 48.0 / (0.7 * 0.3));
        let alone = SingleServerPriorities { classes: vec![high] }.mean_waits_s().unwrap();
        let exact = SingleServer { arrivals_per_s: 0.3 / 120.0, mean_service_s: 120.0, service_cv: 1.0 };
        close(alone[0], exact.mean_wait_s().unwrap());
    }

    #[test]
    fn too_many_are_an_overload() {
        let many = Priorities { arrivals_per_s: vec![0.004, 0.02], ..three() };
        assert!(matches!(many.mean_waits_s(), Err(QueueingError::Overload { .. })));
        let class = PriorityClass { arrivals_per_s: 0.6, mean_service_s: 1.0, service_cv: 0.0 };
        assert!(SingleServerPriorities { classes: vec![class, class] }.mean_waits_s().is_err());
    }
}
