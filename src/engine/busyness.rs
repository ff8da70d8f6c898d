//! Busyness: how much busier than expected each process is in each cell.
//!
//! A factor is a product over levels (year, month, day, quarter-hour) of lognormal factors of mean 1, each driven by
//! a normal score that is part common to all processes and part a process's own. Scores are weighted sums of keyed
//! normal numbers of this index and earlier ones, so that any day can be computed alone.

use crate::model::{BusynessFactor, BusynessLevel, BusynessSpan, CellDate, Model, Process};
use crate::random::{Key, Purpose, math};

/// The common scores of one factor, which all its processes share.
#[derive(Clone, Debug)]
pub struct Common<'m> {
    /// By level.
    scores: Vec<Scores<'m>>,
}

/// The factor of one process, cell by cell.
#[derive(Clone, Debug)]
pub struct Busyness<'m> {
    /// Whose common scores it shares.
    factor: usize,
    levels: Vec<Level<'m>>,
}

#[derive(Clone, Debug)]
struct Level<'m> {
    span: BusynessSpan,
    own: Scores<'m>,
    /// Weights of the common and the own score.
    shared: f64,
    apart: f64,
    /// Standard deviation of the factor's logarithm.
    sigma: f64,
    /// The factor of the index last asked for.
    known: Option<(u64, f64)>,
}

/// Correlated normal scores by absolute index.
#[derive(Clone, Debug)]
struct Scores<'m> {
    key: Key,
    weights: &'m [f64],
    /// Keyed normal numbers: from `newest` on that of the latest index, the one before it, and so on.
    numbers: Vec<f64>,
    newest: usize,
    /// The index last asked for, and its score.
    known: Option<(u64, f64)>,
}

impl<'m> Common<'m> {
    /// The common scores of each of the model's factors in the replication with key `root`.
    pub fn all(model: &'m Model, root: Key) -> Vec<Self> {
        let of = |factor: &'m BusynessFactor| {
            let key = root.named(factor.key);
            let scores = factor.levels.iter().map(|level| Scores::new(key.item(level.tag()), &level.weights));
            Common { scores: scores.collect() }
        };
        model.busyness.iter().map(of).collect()
    }
}

impl<'m> Busyness<'m> {
    /// The factor of `process` in the replication with key `root`; `None` where nothing multiplies it.
    pub fn new(model: &'m Model, process: &Process, root: Key) -> Option<Self> {
        let index = process.busyness?;
        let factor = &model.busyness[index];
        let key = root.named(factor.key).named(process.key);
        let level = |level: &'m BusynessLevel| Level {
            span: level.span,
            own: Scores::new(key.item(level.tag()), &level.weights),
            shared: factor.shared,
            apart: (1.0 - factor.shared * factor.shared).max(0.0).sqrt(),
            sigma: math::ln(1.0 + level.cv * level.cv).sqrt(),
            known: None,
        };
        Some(Busyness { factor: index, levels: factor.levels.iter().map(level).collect() })
    }

    /// The factor in the cell with absolute index `cell`, which lies on `date`.
    pub fn factor(&mut self, commons: &mut [Common], cell: u64, date: CellDate) -> f64 {
        let commons = &mut commons[self.factor].scores;
        self.levels.iter_mut().zip(commons).map(|(level, common)| level.factor(common, cell, date)).product()
    }
}

impl Level<'_> {
    fn factor(&mut self, common: &mut Scores, cell: u64, date: CellDate) -> f64 {
        let index = match self.span {
            BusynessSpan::Year => u64::from(date.year),
            BusynessSpan::Month => u64::from(date.month),
            BusynessSpan::Day => u64::from(date.day),
            BusynessSpan::Period => cell,
        };
        match self.known {
            Some((known, factor)) if known == index => factor,
            _ => {
                let factor = self.compute(common, index);
                self.known = Some((index, factor));
                factor
            }
        }
    }

    /// exp(sigma z - sigma^2 / 2): lognormal with mean 1 and cv sqrt(exp(sigma^2) - 1).
    fn compute(&mut self, common: &mut Scores, index: u64) -> f64 {
        let mut score = 0.0;
        if self.shared != 0.0 {
            score += self.shared * common.at(index);
        }
        if self.apart != 0.0 {
            score += self.apart * self.own.at(index);
        }
        math::exp(self.sigma * score - 0.5 * self.sigma * self.sigma)
    }
}

impl<'m> Scores<'m> {
    fn new(key: Key, weights: &'m [f64]) -> Self {
        Scores { key, weights, numbers: vec![0.0; 2 * weights.len()], newest: weights.len(), known: None }
    }

    /// The score of `index`: the sum of weight k times the normal number of `index - k`.
    fn at(&mut self, index: u64) -> f64 {
        let missing = match self.known {
            Some((known, score)) if known == index => return score,
            Some((known, _)) => index.wrapping_sub(known),
            None => u64::MAX,
        };
        for back in (0..missing.min(self.weights.len() as u64)).rev() {
            self.push(self.key.cell(index.wrapping_sub(back)).draw(Purpose::Busyness).standard_normal());
        }
        let by_age = &self.numbers[self.newest..];
        let score = by_age.iter().zip(self.weights).map(|(number, weight)| number * weight).sum();
        self.known = Some((index, score));
        score
    }

    /// Puts a number before the others, which move to the end of the room when its beginning is reached.
    fn push(&mut self, number: f64) {
        let kept = self.weights.len();
        if self.newest == 0 {
            self.numbers.copy_within(..kept, kept);
            self.newest = kept;
        }
        self.newest -= 1;
        self.numbers[self.newest] = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over replications: moments of a lognormal of mean 1, near enough that a thousandth too much would show.
    #[test]
    fn factors_have_mean_one_and_their_cv() {
        const LAG: [f64; 3] = [0.8, 0.48, 0.36];
        for (cv, shared, weights) in [(0.1, 1.0, &[1.0][..]), (0.15, 0.0, &[1.0]), (0.2, 0.7, &LAG)] {
            let (n, mut sums) = (300_000, [0.0; 2]);
            for replication in 0..n {
                let key = Key::replication(109, replication).named(5);
                let mut common = Scores::new(key.item(2), weights);
                let factor = level(key.named(6), cv, shared, weights).compute(&mut common, 19_787);
                sums[0] += factor;
                sums[1] += factor * factor;
            }
            // The k-th moment of such a factor is (1 + cv^2)^(k (k - 1) / 2).
            let moment = |k: i32| (0..k * (k - 1) / 2).fold(1.0, |power, _| power * (1.0 + cv * cv));
            for (sum, k) in sums.into_iter().zip(1..) {
                let deviation = ((moment(2 * k) - moment(k) * moment(k)) / n as f64).sqrt();
                let z = (sum / n as f64 - moment(k)) / deviation;
                assert!(z.abs() < 4.0, "moment {k} with cv {cv}: z {z:.2}");
            }
        }
    }

    fn level(key: Key, cv: f64, shared: f64, weights: &[f64]) -> Level<'_> {
        Level {
            span: BusynessSpan::Day,
            own: Scores::new(key, weights),
            shared,
            apart: (1.0 - shared * shared).sqrt(),
            sigma: math::ln(1.0 + cv * cv).sqrt(),
            known: None,
        }
    }

    #[test]
    fn a_score_does_not_depend_on_where_one_starts() {
        let weights = [0.8, 0.48, 0.288, 0.1728];
        let key = Key::replication(1, 2).named(3);
        let mut walking = Scores::new(key, &weights);
        let walked: Vec<f64> = (100..140).map(|index| walking.at(index)).collect();
        for (index, walked) in (100..140).zip(walked) {
            assert_eq!(Scores::new(key, &weights).at(index).to_bits(), walked.to_bits());
        }
    }
}
