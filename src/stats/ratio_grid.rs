//! Many ratios of sums over the same replications, in little room: for tables of thousands of cells.
//!
//! The same estimates as `ratio`. Below 20 replications every pair is kept for the jackknife, packed; from then on each cell has its moments
//! and no more.

use super::packed::{PackedNumbers, next_float};
use super::ratio::DELTA_FROM;
use super::{Confidence, Interval, RatioMoments, RatioSample, Scale};

/// A fixed number of ratios, filled replication by replication.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RatioGrid {
    ratios: usize,
    /// Which ratio gets its pair next.
    next: usize,
    /// By replication: numerator and denominator of each ratio; nothing once the delta method has taken over.
    pairs: Vec<PackedNumbers>,
    /// By ratio; nothing before.
    moments: Vec<RatioMoments>,
}

/// One ratio of a grid, over the replications so far.
#[derive(Debug, Clone, PartialEq)]
pub enum GridRatio {
    /// Few replications, all of them.
    Few(RatioSample),
    /// 20 or more, as sums.
    Many(RatioMoments),
}

impl RatioGrid {
    /// So many ratios, nothing added.
    pub fn new(ratios: usize) -> Self {
        RatioGrid { ratios, ..RatioGrid::default() }
    }

    /// Adds a replication of the next ratio; one without data as (0, 0). Ratios take turns: after the last comes the first, with
    /// its next replication.
    pub fn push(&mut self, numerator: f64, denominator: f64) {
        if self.next == 0 {
            self.begin_replication();
        }
        match (self.moments.get_mut(self.next), self.pairs.last_mut()) {
            (Some(moments), _) => moments.push(numerator, denominator),
            (None, Some(pairs)) => {
                pairs.push_float(numerator);
                pairs.push_float(denominator);
            }
            (None, None) => unreachable!("a replication has begun: it has pairs or moments"),
        }
        self.next = (self.next + 1) % self.ratios.max(1);
    }

    /// Every ratio in its turn.
    pub fn ratios(&self) -> impl Iterator<Item = GridRatio> + '_ {
        let many = self.moments.iter().map(|&moments| GridRatio::Many(moments));
        let few = if self.moments.is_empty() { self.ratios } else { 0 };
        many.chain(self.samples().take(few).map(GridRatio::Few))
    }

    /// The pairs of each ratio; without end.
    fn samples(&self) -> impl Iterator<Item = RatioSample> + '_ {
        let mut pairs: Vec<_> = self.pairs.iter().map(PackedNumbers::numbers).collect();
        std::iter::repeat_with(move || {
            let mut sample = RatioSample::default();
            for numbers in &mut pairs {
                if let (Some(numerator), Some(denominator)) = (next_float(numbers), next_float(numbers)) {
                    sample.push(numerator, denominator);
                }
            }
            sample
        })
    }

    /// Makes room for one more replication; the one with which the delta method takes over turns pairs into moments.
    fn begin_replication(&mut self) {
        if !self.moments.is_empty() {
            return;
        }
        if self.pairs.len() + 1 < DELTA_FROM {
            return self.pairs.push(PackedNumbers::default());
        }
        self.moments = self.samples().take(self.ratios).map(|sample| RatioMoments::of(&sample)).collect();
        self.pairs = Vec::new();
    }
}

impl GridRatio {
    /// Replications added.
    pub fn replications(&self) -> u32 {
        match self {
            GridRatio::Few(sample) => sample.pairs().len() as u32,
            GridRatio::Many(moments) => moments.replications(),
        }
    }

    /// Sum of X / sum of Y, or `None` while the sum of Y is 0: no data.
    pub fn ratio(&self) -> Option<f64> {
        match self {
            GridRatio::Few(sample) => sample.ratio(),
            GridRatio::Many(moments) => moments.ratio(),
        }
    }

    /// As [`RatioSample::interval`].
    pub fn interval(&self, scale: Scale, confidence: &Confidence) -> Option<Interval> {
        match self {
            GridRatio::Few(sample) => sample.interval(scale, confidence),
            GridRatio::Many(moments) => moments.interval(scale, confidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ratio::hard_pair;
    use super::*;

    fn nth(grid: &RatioGrid, ratio: usize) -> GridRatio {
        grid.ratios().nth(ratio).unwrap()
    }

    #[test]
    fn the_grid_and_single_samples_say_the_same() {
        for n in [2, 3, 19, 20, 21, 200] {
            let (mut kept, mut grid) = (RatioSample::default(), RatioGrid::new(2));
            for (x, y) in (0..n).map(hard_pair) {
                kept.push(x, y);
                grid.push(1.0, 2.0);
                grid.push(x, y);
            }
            assert_eq!(grid.ratios().count(), 2);
            let found = nth(&grid, 1);
            assert_eq!((found.ratio(), found.replications()), (kept.ratio(), n));
            let width = |interval: Option<Interval>| interval.unwrap().half_width;
            let confidence = Confidence::default();
            let found = width(found.interval(Scale::Amount, &confidence));
            let exact = width(kept.interval(Scale::Amount, &confidence));
            assert!((found / exact - 1.0).abs() < 1e-9, "{n} replications: {found}, {exact}");
        }
    }

    /// Moments that were made of kept pairs are those that would have been made one by one.
    #[test]
    fn the_pairs_are_given_up_once_the_delta_method_takes_over() {
        let (mut grid, mut moments) = (RatioGrid::new(3), RatioMoments::default());
        for i in 0..25 {
            let (x, y) = hard_pair(i);
            moments.push(x / 3.0, y);
            for (x, y) in [(x / 3.0, y), (0.0, 0.0), (f64::from(i), 1.0)] {
                grid.push(x, y);
            }
            assert_eq!(grid.pairs.len(), if i < 19 { i as usize + 1 } else { 0 });
        }
        assert_eq!(nth(&grid, 0), GridRatio::Many(moments));
        assert_eq!(nth(&grid, 1).ratio(), None);
        assert_eq!(nth(&grid, 2).ratio(), Some(12.0));
    }

    #[test]
    fn no_data_and_one_replication_have_no_interval() {
        let mut grid = RatioGrid::new(1);
        assert_eq!(nth(&grid, 0).ratio(), None);
        grid.push(1.0, 4.0);
        grid.push(0.0, 0.0);
        assert_eq!(nth(&grid, 0).ratio(), Some(0.25));
        assert_eq!(nth(&grid, 0).interval(Scale::Share, &Confidence::default()), None);
        assert_eq!(RatioGrid::new(0).ratios().count(), 0);
    }
}
