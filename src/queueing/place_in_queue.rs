//! How long a contact waits, given how many wait ahead of it: all agents busy, first come first served.
//!
//! With j ahead the contact reaches an agent after j + 1 steps, the step with i still ahead lasting an exponential time of rate
//! n mu + i theta: an agent frees, or one of those ahead gives up. How likely each j is belongs to the models.

use super::outward::sum;

/// The rates at which a full system moves on, both per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlaceInQueue {
    /// All agents together: agents over mean service time.
    pub(super) service_rate: f64,
    /// One waiting contact: 1 over mean patience, 0 if nobody gives up.
    pub(super) giving_up_rate: f64,
}

impl PlaceInQueue {
    /// Probability that the contact with `ahead` before it is served: each step is won against its own patience, and the
    /// product of the steps telescopes to n mu / (n mu + (j + 1) theta) (Riordan 1962).
    pub(super) fn served(self, ahead: usize) -> f64 {
        self.service_rate / self.step_rate(ahead + 1)
    }

    /// P(offered wait > t) with 0, 1 ... `longest` ahead. The steps still to go of j + 1 are binomially thinned in
    /// time, so that the number done by t is negative binomial with size n mu / theta and success e^(-theta t), Poisson at theta = 0
    /// (a linear death process; Cox and Miller 1965, ch. 4).
    pub(super) fn not_reached_within(self, t: f64, longest: usize) -> Vec<f64> {
        running_sums(steps_done(self.service_rate, self.giving_up_rate, t, longest))
    }

    /// P(served, and within t) with 0, 1 ... `longest` ahead. Own patience tilts every step's rate by theta: the same law with n mu + theta.
    pub(super) fn served_within(self, t: f64, longest: usize) -> Vec<f64> {
        let tilted = running_sums(steps_done(self.step_rate(1), self.giving_up_rate, t, longest));
        tilted
            .into_iter()
            .enumerate()
            .map(|(ahead, later)| self.served(ahead) * (1.0 - later).max(0.0))
            .collect()
    }

    /// E(wait; served) with 0, 1 ... `longest` ahead, in seconds: the probability of being served times the tilted mean.
    pub(super) fn mean_wait_if_served(self, longest: usize) -> Vec<f64> {
        let mean_steps = running_sums((0..=longest).map(|i| 1.0 / self.step_rate(i + 1)).collect());
        mean_steps.into_iter().enumerate().map(|(ahead, mean)| self.served(ahead) * mean).collect()
    }

    fn step_rate(self, ahead: usize) -> f64 {
        self.service_rate + ahead as f64 * self.giving_up_rate
    }
}

/// Probabilities of 0, 1 ... `longest` steps done by `t`, from their ratios, outwards from the likeliest.
fn steps_done(rate: f64, giving_up_rate: f64, t: f64, longest: usize) -> Vec<f64> {
    let gone = -(-giving_up_rate * t).exp_m1();
    let mean_from_rate = if giving_up_rate > 0.0 { rate / giving_up_rate * gone } else { rate * t };
    let ratio = |i: usize| (mean_from_rate + i as f64 * gone) / (i as f64 + 1.0);
    let mode = ((mean_from_rate - 1.0).max(0.0) / (1.0 - gone)).ceil().min(longest as f64) as usize;
    let mut done = vec![0.0; longest + 1];
    done[mode] = (sum((0..mode).map(|i| ratio(i).ln())) - rate * t).exp();
    for i in mode..longest {
        done[i + 1] = done[i] * ratio(i);
    }
    for i in (0..mode).rev() {
        done[i] = done[i + 1] / ratio(i);
    }
    done
}

fn running_sums(mut terms: Vec<f64>) -> Vec<f64> {
    let mut total = 0.0;
    for term in &mut terms {
        total += *term;
        *term = total;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: PlaceInQueue = PlaceInQueue { service_rate: 2.0, giving_up_rate: 0.5 };

    /// Nobody ahead: one step of rate 2 against a patience of rate 1/2.
    #[test]
    fn the_head_of_the_queue_by_hand() {
        assert_eq!(PLACE.served(0), 0.8);
        assert!((PLACE.not_reached_within(1.0, 0)[0] - (-2.0_f64).exp()).abs() < 1e-16);
        assert!((PLACE.served_within(1.0, 0)[0] - 0.8 * (1.0 - (-2.5_f64).exp())).abs() < 1e-15);
        assert!((PLACE.mean_wait_if_served(0)[0] - 0.8 / 2.5).abs() < 1e-16);
    }

    /// One ahead: steps of rate 2.5 and 2, so P(sum > t) = 5 e^(-2t) - 4 e^(-2.5t).
    #[test]
    fn the_second_in_the_queue_by_hand() {
        let exact = 5.0 * (-2.0_f64).exp() - 4.0 * (-2.5_f64).exp();
        assert!((PLACE.not_reached_within(1.0, 1)[1] - exact).abs() < 1e-15);
        assert!((PLACE.served(1) - 2.0 / 2.5 * 2.5 / 3.0).abs() < 1e-16);
    }

    /// Without patience j + 1 equal steps make an Erlang time: with two ahead P(> t) = e^-x (1 + x + x^2/2), x = 2t.
    #[test]
    fn without_patience_the_steps_are_poisson() {
        let patient = PlaceInQueue { giving_up_rate: 0.0, ..PLACE };
        let exact = (-3.0_f64).exp() * (1.0 + 3.0 + 4.5);
        assert!((patient.not_reached_within(1.5, 2)[2] - exact).abs() < 1e-15);
        assert_eq!(patient.served(7), 1.0);
    }

    #[test]
    fn at_once_nobody_is_served_and_in_the_end_everybody_who_stays() {
        assert_eq!(PLACE.served_within(0.0, 3), [0.0; 4]);
        for (ahead, served) in PLACE.served_within(1e6, 3).into_iter().enumerate() {
            assert_eq!(served, PLACE.served(ahead));
        }
        assert_eq!(PLACE.not_reached_within(f64::INFINITY, 3), [0.0; 4]);
    }
}
