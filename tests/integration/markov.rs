//! Exact numbers of small systems: finite Markov chains in continuous time, grown from their rates.
//!
//! A chain is given by its first states and by a function that says where a state goes and how fast. The steady state comes from an
//! elimination without subtractions (Grassmann, Taksar and Heyman 1985), the way through time from uniformisation (Jensen
//! 1953); both are exact to rounding, so that a test may call a simulated difference the engine's. What a state means is the
//! test's business.
#![allow(
    clippy::disallowed_methods,
    reason = "exact numbers stand beside the simulation: none of its digits depends on them"
)]

use std::collections::{BTreeMap, VecDeque};

/// A chain whose states are named by what is in them.
pub struct Chain<S> {
    states: Vec<S>,
    index: BTreeMap<S, usize>,
    /// By state: where it goes and at what rate per second.
    moves: Vec<Vec<(usize, f64)>>,
    /// From where, what else begins, and at what rate per second.
    births: Vec<(usize, usize, f64)>,
}

/// Probabilities, or times spent, by state.
#[derive(Clone, Debug)]
pub struct Weights<S> {
    pub states: Vec<S>,
    pub weights: Vec<f64>,
}

impl<S: Copy + Ord> Weights<S> {
    /// Everything in one state.
    pub fn all_in(state: S) -> Self {
        Weights { states: vec![state], weights: vec![1.0] }
    }

    /// The sum of `value` over states, weighted: with probabilities a mean, with times spent an integral.
    pub fn mean(&self, value: impl Fn(S) -> f64) -> f64 {
        self.states.iter().zip(&self.weights).map(|(&state, weight)| weight * value(state)).sum()
    }

    /// The weight of the states of which this holds.
    pub fn share(&self, holds: impl Fn(S) -> bool) -> f64 {
        self.mean(|state| if holds(state) { 1.0 } else { 0.0 })
    }

    /// What becomes of it when every state turns into another at once.
    pub fn turned<T: Copy + Ord>(&self, into: impl Fn(S) -> T) -> Weights<T> {
        let mut turned: BTreeMap<T, f64> = BTreeMap::new();
        for (&state, weight) in self.states.iter().zip(&self.weights) {
            *turned.entry(into(state)).or_default() += weight;
        }
        Weights { states: turned.keys().copied().collect(), weights: turned.into_values().collect() }
    }
}

impl<S: Copy + Ord> Chain<S> {
    /// All states that can be reached from `first`; `moves` says for a state where it goes and at what rate. Rates of 0 are
    /// no moves.
    pub fn grown_from<M: IntoIterator<Item = (S, f64)>>(
        first: impl IntoIterator<Item = S>,
        moves: impl Fn(S) -> M,
    ) -> Self {
        let mut chain =
            Chain { states: Vec::new(), index: BTreeMap::new(), moves: Vec::new(), births: Vec::new() };
        let mut unexplored = VecDeque::new();
        for state in first {
            chain.number(state, &mut unexplored);
        }
        while let Some(from) = unexplored.pop_front() {
            let mut row: Vec<(usize, f64)> = Vec::new();
            for (state, rate) in moves(chain.states[from]) {
                assert!(rate >= 0.0 && rate.is_finite(), "a rate is a number from 0");
                let to = (rate > 0.0).then(|| chain.number(state, &mut unexplored));
                row.extend(to.filter(|&to| to != from).map(|to| (to, rate)));
            }
            debug_assert_eq!(chain.moves.len(), from);
            chain.moves.push(row);
        }
        chain
    }

    fn number(&mut self, state: S, unexplored: &mut VecDeque<usize>) -> usize {
        *self.index.entry(state).or_insert_with(|| {
            self.states.push(state);
            unexplored.push_back(self.states.len() - 1);
            self.states.len() - 1
        })
    }

    /// The same, but that beside what moves something new begins: in each state, at what rate, and in which state it begins, which
    /// must be one of the chain's. So those who enter a system that goes on can be followed through time.
    pub fn with_births(mut self, births: impl Fn(S) -> Option<(S, f64)>) -> Self {
        for (from, &state) in self.states.iter().enumerate() {
            let born = births(state).map(|(born, rate)| (from, self.index[&born], rate));
            self.births.extend(born);
        }
        self
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Long-run shares of time, for a chain in which every state can be reached from every other.
    ///
    /// States go one after the other, the last first, and what passed through them is given to the others. With states numbered in
    /// the order of their distance from the first, a row needs room only as far as its moves reach, so that thousands of
    /// states in two dimensions are a matter of a second.
    pub fn steady(&self) -> Weights<S> {
        let mut rates = Band::of(&self.moves);
        let mut out = vec![1.0; self.len()];
        for gone in (1..self.len()).rev() {
            let lower = gone.saturating_sub(rates.reach);
            out[gone] = (lower..gone).map(|to| rates.at(gone, to)).sum();
            assert!(out[gone] > 0.0, "every state leads back to the first");
            for from in lower..gone {
                let share = rates.at(from, gone) / out[gone];
                if share > 0.0 {
                    rates.pass_on(gone, from, lower, share);
                }
            }
        }
        let mut weights = vec![1.0; self.len()];
        for state in 1..self.len() {
            let lower = state.saturating_sub(rates.reach);
            weights[state] = (lower..state).map(|from| weights[from] * rates.at(from, state)).sum::<f64>();
            weights[state] /= out[state];
        }
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= total);
        self.weights(weights)
    }

    /// What `start` has become after `seconds`, and how long each state was kept meanwhile.
    pub fn over(&self, start: &Weights<S>, seconds: f64) -> (Weights<S>, Weights<S>) {
        let out: Vec<f64> = self.moves.iter().map(|row| row.iter().map(|(_, rate)| rate).sum()).collect();
        let fastest = out.iter().copied().fold(1e-9, f64::max);
        let mut now = vec![0.0; self.len()];
        for (state, weight) in start.states.iter().zip(&start.weights) {
            now[self.index[state]] += weight;
        }
        let mut spent = vec![0.0; self.len()];
        // Pieces of at most 200 jumps of the common clock: e^-200 is still a number.
        let pieces = (fastest * seconds / 200.0).ceil().max(1.0);
        for _ in 0..pieces as usize {
            now = self.jumps(&now, &out, fastest, seconds / pieces, &mut spent);
        }
        (self.weights(now), self.weights(spent))
    }

    /// One piece: the chain jumps (perhaps to where it is) at the ticks of a Poisson clock of rate `fastest`.
    fn jumps(&self, from: &[f64], out: &[f64], fastest: f64, seconds: f64, spent: &mut [f64]) -> Vec<f64> {
        let ticks = fastest * seconds;
        let (mut now, mut after) = (from.to_vec(), vec![0.0; from.len()]);
        let (mut probability, mut at_most) = ((-ticks).exp(), (-ticks).exp());
        let mut tick = 0.0;
        // The time before tick k + 1 is over with probability P(at most k): it is spent where k jumps lead.
        while tick < ticks || probability > 1e-17 {
            self.collect(&now, probability, (1.0 - at_most) / fastest, &mut after, spent);
            now = self.jump(&now, out, fastest);
            tick += 1.0;
            probability *= ticks / tick;
            at_most = (at_most + probability).min(1.0);
        }
        self.collect(&now, probability, 0.0, &mut after, spent);
        after
    }

    fn collect(&self, now: &[f64], probability: f64, seconds: f64, after: &mut [f64], spent: &mut [f64]) {
        for (state, weight) in now.iter().enumerate() {
            after[state] += probability * weight;
            spent[state] += seconds * weight;
        }
    }

    fn jump(&self, now: &[f64], out: &[f64], fastest: f64) -> Vec<f64> {
        let mut next: Vec<f64> =
            now.iter().zip(out).map(|(weight, out)| weight * (1.0 - out / fastest)).collect();
        for (from, row) in self.moves.iter().enumerate() {
            row.iter().for_each(|&(to, rate)| next[to] += now[from] * rate / fastest);
        }
        self.births.iter().for_each(|&(from, to, rate)| next[to] += now[from] * rate / fastest);
        next
    }

    fn weights(&self, weights: Vec<f64>) -> Weights<S> {
        Weights { states: self.states.clone(), weights }
    }
}

/// Rates between states that are not far apart.
struct Band {
    reach: usize,
    rows: Vec<Vec<f64>>,
}

impl Band {
    fn of(moves: &[Vec<(usize, f64)>]) -> Self {
        let far =
            |(from, row): (usize, &Vec<(usize, f64)>)| row.iter().map(move |(to, _)| to.abs_diff(from)).max();
        let reach = moves.iter().enumerate().filter_map(far).max().unwrap_or(0);
        let mut band = Band { reach, rows: vec![vec![0.0; 2 * reach + 1]; moves.len()] };
        for (from, row) in moves.iter().enumerate() {
            row.iter().for_each(|&(to, rate)| band.rows[from][to + reach - from] += rate);
        }
        band
    }

    fn at(&self, from: usize, to: usize) -> f64 {
        self.rows[from][to + self.reach - from]
    }

    /// What `from` sent to `gone` it now sends where `gone` would have gone, from `lower` on.
    fn pass_on(&mut self, gone: usize, from: usize, lower: usize, share: f64) {
        let (before, rest) = self.rows.split_at_mut(gone);
        let through = &rest[0][lower + self.reach - gone..self.reach];
        let room = &mut before[from][lower + self.reach - from..][..through.len()];
        room.iter_mut().zip(through).for_each(|(rate, onward)| *rate += share * onward);
    }
}

#[cfg(test)]
mod tests {
    use centralino::queueing::{BirthDeath, ErlangA};

    use super::*;

    /// Up at 2, down at 1, room for three: 1, 2, 4 and 8 of 15.
    #[test]
    fn a_geometric_chain_by_hand() {
        let moves = |k: u32| [(k + 1, if k < 3 { 2.0 } else { 0.0 }), (k.saturating_sub(1), 1.0)];
        let steady = Chain::grown_from([0], moves).steady();
        for (k, weight) in [1.0, 2.0, 4.0, 8.0].into_iter().enumerate() {
            assert!((steady.share(|state| state == k as u32) - weight / 15.0).abs() < 1e-15);
        }
        assert!((steady.mean(f64::from) - 34.0 / 15.0).abs() < 1e-14);
    }

    /// Round a triangle one way only: shares are as the mean stays of 1, 2 and 4 s.
    #[test]
    fn a_chain_that_is_not_reversible_by_hand() {
        let steady = Chain::grown_from([0], |k: u32| [((k + 1) % 3, 1.0 / f64::from(1 << k))]).steady();
        for k in 0..3 {
            assert!((steady.share(|state| state == k) - f64::from(1 << k) / 7.0).abs() < 1e-15);
        }
        let odd = steady.turned(|state| state % 2 == 1);
        assert!((odd.share(|odd| odd) - 2.0 / 7.0).abs() < 1e-15);
    }

    /// Two independent queues side by side are the product of each.
    #[test]
    fn two_dimensions_are_a_product_where_they_should_be() {
        let up = |k: u32| if k < 30 { 0.9 } else { 0.0 };
        let moves = |(a, b): (u32, u32)| {
            [
                ((a + 1, b), up(a)),
                ((a, b + 1), 0.5 * up(b)),
                ((a.saturating_sub(1), b), if a > 0 { 1.0 } else { 0.0 }),
                ((a, b.saturating_sub(1)), f64::from(b.min(3)) * 0.4),
            ]
        };
        let steady = Chain::grown_from([(0, 0)], moves).steady();
        let one = BirthDeath::new(30, |_| 0.9, |_| 1.0).unwrap();
        let other = BirthDeath::new(30, |_| 0.45, |k| k.min(3) as f64 * 0.4).unwrap();
        for (&(a, b), weight) in steady.states.iter().zip(&steady.weights) {
            let exact = one.probability(a as usize) * other.probability(b as usize);
            assert!((weight / exact - 1.0).abs() < 1e-11, "{a}, {b}: {weight}, not {exact}");
        }
    }

    /// Switched on at 1 and off at 2 a second: on with probability (1 - e^-3t) / 3, so for (t - (1 - e^-3t) / 3) / 3 seconds.
    #[test]
    fn a_switch_through_time_by_hand() {
        let switch = Chain::grown_from([false], |on: bool| [(!on, if on { 2.0 } else { 1.0 })]);
        for t in [0.0, 0.01, 1.0, 700.0_f64] {
            let (after, spent) = switch.over(&Weights::all_in(false), t);
            let faded = 1.0 - (-3.0 * t).exp();
            assert!((after.share(|on| on) - faded / 3.0).abs() < 1e-13, "after {t} s");
            assert!((spent.share(|on| on) - (t - faded / 3.0) / 3.0).abs() < 1e-13 * (1.0 + t), "over {t} s");
            assert!((spent.share(|_| true) - t).abs() < 1e-11 * (1.0 + t), "time passes");
        }
    }

    /// A lamp that dies at 1 a second sends off 3 sparks a second: 3 (1 - e^-t) of them have begun by t.
    #[test]
    fn births_by_hand() {
        let lamp = Chain::grown_from(["lamp", "spark"], |state| (state == "lamp").then_some(("dead", 1.0)));
        let lamp = lamp.with_births(|state| (state == "lamp").then_some(("spark", 3.0)));
        let (after, spent) = lamp.over(&Weights::all_in("lamp"), 2.0);
        let gone = 1.0 - (-2.0_f64).exp();
        assert!((after.share(|state| state == "spark") - 3.0 * gone).abs() < 1e-13);
        assert!((spent.share(|state| state == "spark") - 3.0 * (2.0 - gone)).abs() < 1e-13);
    }

    #[test]
    fn what_lasts_long_enough_is_steady() {
        let a = ErlangA { agents: 4, arrivals_per_s: 0.02, mean_service_s: 200.0, mean_patience_s: 90.0 };
        let moves = |k: u32| {
            let (busy, waiting) = (f64::from(k.min(4)), f64::from(k.saturating_sub(4)));
            [(k + 1, if k < 60 { 0.02 } else { 0.0 }), (k.saturating_sub(1), busy / 200.0 + waiting / 90.0)]
        };
        let chain = Chain::grown_from([0], moves);
        let queue = |k: u32| f64::from(k.saturating_sub(4));
        let exact = a.solve().unwrap().mean_queue();
        assert!((chain.steady().mean(queue) / exact - 1.0).abs() < 1e-12);
        let (after, _) = chain.over(&Weights::all_in(0), 20_000.0);
        assert!((after.mean(queue) / exact - 1.0).abs() < 1e-9);
    }
}
