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

    /// Every ratio whose place is wanted, with that, in its turn.
    pub fn ratios<'a>(
        &'a self,
        wanted: impl Fn(usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = (usize, GridRatio)> + 'a {
        let many = self.moments.iter().enumerate().filter(move |&(place, _)| wanted(place));
        let many = many.map(|(place, &moments)| (place, GridRatio::Many(moments)));
        let few = self.moments.is_empty().then(|| self.samples(wanted));
        many.chain(few.into_iter().flatten().map(|(place, sample)| (place, GridRatio::Few(sample))))
    }

    /// The pairs of each ratio whose place is wanted, with that.
    fn samples<'a>(
        &'a self,
        wanted: impl Fn(usize) -> bool + 'a,
    ) -> impl Iterator<Item = (usize, RatioSample)> + 'a {
        let mut pairs: Vec<_> = self.pairs.iter().map(PackedNumbers::numbers).collect();
        (0..self.ratios).filter_map(move |place| {
            let (is_wanted, mut sample) = (wanted(place), RatioSample::default());
            for numbers in &mut pairs {
                if let (Some(numerator), Some(denominator)) = (next_float(numbers), next_float(numbers))
                    && is_wanted
                {
                    sample.push(numerator, denominator);
                }
            }
            is_wanted.then_some((place, sample))
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
        self.moments = self.samples(|_| true).map(|(_, sample)| RatioMoments::of(&sample)).collect();
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
        let (place, cell) = grid.ratios(|place| place == ratio).next().unwrap();
        assert_eq!(place, ratio);
        cell
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
            assert_eq!(grid.ratios(|_| true).count(), 2);
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
        assert_eq!(RatioGrid::new(0).ratios(|_| true).count(), 0);
    }
}
