//! Busyness: how much busier than expected each process is in each cell.
//!
//! A factor is a product over levels (year, month, day, quarter-hour) of lognormal factors of mean 1, each driven by
//! a normal score that is part common to all processes and part a process's own. Scores are weighted sums of keyed
//! normal numbers of this index and earlier ones, so that any day can be computed alone.

use crate::model::{BusynessFactor, BusynessLevel, BusynessSpan, CellDate, Model, Process};
use crate::random::{Key, Purpose, math};

/// The factor of one process, cell by cell.
#[derive(Clone, Debug)]
pub struct Busyness<'m> {
    levels: Vec<Level<'m>>,
}

#[derive(Clone, Debug)]
struct Level<'m> {
    span: BusynessSpan,
    common: Scores<'m>,
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
    /// Keyed normal numbers of the latest indices, the newest at `newest`, earlier ones behind it, round.
    recent: Vec<f64>,
    newest: usize,
    index: Option<u64>,
}

impl<'m> Busyness<'m> {
    /// The factor of `process` in the replication with key `root`; `None` where nothing multiplies it.
    pub fn new(model: &'m Model, process: &Process, root: Key) -> Option<Self> {
        let factor = &model.busyness[process.busyness?];
        let levels = factor.levels.iter().map(|level| Level::new(factor, level, process, root)).collect();
        Some(Busyness { levels })
    }

    /// The factor in the cell with absolute index `cell`, which lies on `date`.
    pub fn factor(&mut self, cell: u64, date: CellDate) -> f64 {
        self.levels.iter_mut().map(|level| level.factor(cell, date)).product()
    }
}

impl<'m> Level<'m> {
    fn new(factor: &BusynessFactor, level: &'m BusynessLevel, process: &Process, root: Key) -> Self {
        let common = root.named(factor.key);
        let tag = level.span as u64;
        Level {
            span: level.span,
            common: Scores::new(common.item(tag), &level.weights),
            own: Scores::new(common.named(process.key).item(tag), &level.weights),
            shared: factor.shared,
            apart: (1.0 - factor.shared * factor.shared).max(0.0).sqrt(),
            sigma: math::ln(1.0 + level.cv * level.cv).sqrt(),
            known: None,
        }
    }

    fn factor(&mut self, cell: u64, date: CellDate) -> f64 {
        let index = match self.span {
            BusynessSpan::Year => u64::from(date.year),
            BusynessSpan::Month => u64::from(date.month),
            BusynessSpan::Day => u64::from(date.day),
            BusynessSpan::Period => cell,
        };
        match self.known {
            Some((known, factor)) if known == index => factor,
            _ => {
                let factor = self.compute(index);
                self.known = Some((index, factor));
                factor
            }
        }
    }

    /// exp(sigma z - sigma^2 / 2): lognormal with mean 1 and cv sqrt(exp(sigma^2) - 1).
    fn compute(&mut self, index: u64) -> f64 {
        let mut score = 0.0;
        if self.shared != 0.0 {
            score += self.shared * self.common.at(index);
        }
        if self.apart != 0.0 {
            score += self.apart * self.own.at(index);
        }
        math::exp(self.sigma * score - 0.5 * self.sigma * self.sigma)
    }
}

impl<'m> Scores<'m> {
    fn new(key: Key, weights: &'m [f64]) -> Self {
        Scores { key, weights, recent: vec![0.0; weights.len()], newest: 0, index: None }
    }

    /// The score of `index`: the sum of weight k times the normal number of `index - k`.
    fn at(&mut self, index: u64) -> f64 {
        let missing = self.index.map_or(u64::MAX, |known| index.wrapping_sub(known));
        let missing = missing.min(self.weights.len() as u64);
        for back in (0..missing).rev() {
            self.newest = (self.newest + 1) % self.recent.len();
            self.recent[self.newest] =
                self.key.cell(index.wrapping_sub(back)).draw(Purpose::Busyness).standard_normal();
        }
        self.index = Some(index);
        let (newer, older) = (self.newest + 1, self.recent.len());
        let by_age = self.recent[..newer].iter().rev().chain(self.recent[newer..older].iter().rev());
        by_age.zip(self.weights).map(|(number, weight)| number * weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
