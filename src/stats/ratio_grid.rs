//! Many ratios of sums over the same replications, in little room: for tables of thousands of cells.
//!
//! The same estimates as `ratio`. Each cell keeps its moments; below 20 replications the pairs are kept too, for the jackknife, in one
//! block a replication.

use super::ratio::{DELTA_FROM, jackknife};
use super::{Confidence, Interval, Pair, RatioMoments, Scale};

/// A fixed number of ratios.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RatioGrid {
    cells: Vec<RatioMoments>,
    /// By replication, then cell; nothing once the delta method has taken over.
    pairs: Vec<Vec<Pair>>,
}

impl RatioGrid {
    /// `cells` ratios, nothing added.
    pub fn new(cells: usize) -> Self {
        RatioGrid { cells: vec![RatioMoments::default(); cells], pairs: Vec::new() }
    }

    /// How many ratios there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds the next replication of one ratio; one without data as (0, 0). All ratios get theirs before any gets another.
    pub fn push(&mut self, cell: usize, numerator: f64, denominator: f64) {
        let replication = self.cells[cell].replications() as usize;
        self.keep_for_jackknife(replication, cell, Pair { numerator, denominator });
        self.cells[cell].push(numerator, denominator);
    }

    /// Replications added to a ratio.
    pub fn replications(&self, cell: usize) -> u32 {
        self.cells[cell].replications()
    }

    /// Sum of X / sum of Y, or `None` while the sum of Y is 0: no data.
    pub fn ratio(&self, cell: usize) -> Option<f64> {
        self.cells[cell].ratio()
    }

    /// As [`super::RatioSample::interval`].
    pub fn interval(&self, cell: usize, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        let moments = &self.cells[cell];
        if moments.replications() as usize >= DELTA_FROM {
            return moments.interval(scale, confidence);
        }
        if !moments.has_enough_data() {
            return None;
        }
        let pairs: Vec<Pair> = self.pairs.iter().map(|replication| replication[cell]).collect();
        moments.interval_of(jackknife(&pairs, moments.sums())?, super::Method::Jackknife, scale, confidence)
    }

    fn keep_for_jackknife(&mut self, replication: usize, cell: usize, pair: Pair) {
        if replication + 1 >= DELTA_FROM {
            self.pairs = Vec::new();
            return;
        }
        if self.pairs.len() == replication {
            self.pairs.push(vec![Pair::default(); self.cells.len()]);
        }
        self.pairs[replication][cell] = pair;
    }
}

#[cfg(test)]
mod tests {
    use super::super::RatioSample;
    use super::*;

    /// Seconds waited of about 1e6 calls, with the same small wiggle: hard for sums of plain squares.
    fn hard_pair(i: u32) -> (f64, f64) {
        let wiggle = f64::from((i * 7919) % 101);
        (5.0e6 + 3.0 * wiggle, 1.0e6 + f64::from((i * 31) % 17))
    }

    #[test]
    fn the_grid_and_single_samples_say_the_same() {
        for n in [2, 3, 19, 20, 21, 200] {
            let (mut kept, mut grid) = (RatioSample::default(), RatioGrid::new(2));
            for (x, y) in (0..n).map(hard_pair) {
                kept.push(x, y);
                grid.push(0, 1.0, 2.0);
                grid.push(1, x, y);
            }
            assert_eq!(grid.ratio(1), kept.ratio());
            let width = |interval: Option<Interval>| interval.map(|interval| interval.half_width);
            let confidence = Confidence::default();
            let found = width(grid.interval(1, Scale::Amount, &confidence)).unwrap();
            let exact = width(kept.interval(Scale::Amount, &confidence)).unwrap();
            assert!((found / exact - 1.0).abs() < 1e-9, "{n} replications: {found}, {exact}");
        }
    }

    #[test]
    fn the_pairs_are_given_up_once_the_delta_method_takes_over() {
        let mut grid = RatioGrid::new(1);
        (0..19).for_each(|i| grid.push(0, f64::from(i), 10.0));
        assert_eq!(grid.pairs.len(), 19);
        grid.push(0, 19.0, 10.0);
        assert_eq!((grid.pairs.len(), grid.replications(0)), (0, 20));
    }

    #[test]
    fn no_data_and_one_replication_have_no_interval() {
        let mut grid = RatioGrid::new(1);
        assert_eq!(grid.ratio(0), None);
        grid.push(0, 1.0, 4.0);
        grid.push(0, 0.0, 0.0);
        assert_eq!(grid.ratio(0), Some(0.25));
        assert_eq!(grid.interval(0, Scale::Share, &Confidence::default()), None);
    }
}
