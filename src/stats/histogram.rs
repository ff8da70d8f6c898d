//! A histogram of whole numbers that is fine enough for any quantile and cheap enough for every contact.
//!
//! Values below 2048 have a bin each; above, every octave is cut into 1024 bins, so that a bin is at most 1/1024 of its values wide (log-linear
//! bins, as in Tene's HdrHistogram, 2012). An octave has room only once it holds a value, and bins count in 16 bits: with a
//! histogram for each of many types what costs time is memory. A count that overflows is carried apart.

use std::collections::BTreeMap;

/// Bins of an octave; values below twice this are exact.
const BINS: u64 = 1024;
const BINS_LOG2: u32 = BINS.ilog2();

/// Counts of values (microseconds) by log-linear bins of relative width below 0.1 %.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    count: u64,
    /// How often 0 was counted, which is most often: in no bin.
    zeros: u64,
    maximum: u64,
    /// By octave its bins; none while nothing fell into it. The first two are exact.
    octaves: Vec<Option<Box<Octave>>>,
    /// How often a bin went through its 2^16 counts.
    carried: BTreeMap<usize, u64>,
}

/// The bins of an octave.
type Octave = [Count; BINS as usize];

/// What a bin counts in.
type Count = u16;

/// A bin that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bin {
    /// Smallest value that falls into it.
    pub low: u64,
    /// Largest value that falls into it.
    pub high: u64,
    /// How many did.
    pub count: u64,
}

impl Histogram {
    /// Counts a value.
    #[inline]
    pub fn record(&mut self, value: u64) {
        self.count += 1;
        if value == 0 {
            self.zeros += 1;
            return;
        }
        let index = bin_of(value);
        let (octave, bin) = (index / BINS as usize, index % BINS as usize);
        match self.octaves.get_mut(octave) {
            Some(Some(bins)) if bins[bin] < Count::MAX => bins[bin] += 1,
            _ => self.record_rarely(octave, bin),
        }
        self.maximum = self.maximum.max(value);
    }

    /// Adds another histogram's counts.
    pub fn add(&mut self, other: &Self) {
        for (octave, others) in other.octaves.iter().enumerate() {
            if let Some(others) = others {
                self.add_octave(octave, others);
            }
        }
        for (&index, &times) in &other.carried {
            self.carry(index, times);
        }
        self.count += other.count;
        self.zeros += other.zeros;
        self.maximum = self.maximum.max(other.maximum);
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many of them were 0: a wait of nothing, exactly.
    pub fn zeros(&self) -> u64 {
        self.zeros
    }

    /// The largest value, exactly; `None` without any.
    pub fn maximum(&self) -> Option<u64> {
        (self.count > 0).then_some(self.maximum)
    }

    /// The smallest w with F(w) >= `p`, given as the upper edge of its bin (and never above the maximum): exact below 2048, otherwise too
    /// large by less than 1/1024. `p` of 0 or less is the smallest value, of 1 or more the largest; `None` without any value.
    pub fn quantile(&self, p: f64) -> Option<u64> {
        let wanted = rank(p, self.count)?;
        if wanted <= self.zeros {
            return Some(0);
        }
        let mut below = self.zeros;
        // Whole octaves are passed over: only the one that holds it is searched.
        let octave = (0..self.octaves.len()).find(|&octave| {
            let count = self.count_of(octave);
            let holds = below + count >= wanted;
            below += if holds { 0 } else { count };
            holds
        })?;
        let (index, _) = self.counts_of(octave).find(|&(_, count)| {
            below += count;
            below >= wanted
        })?;
        Some(upper_edge(index).min(self.maximum))
    }

    /// As [`Histogram::quantile`] at each of several parts, which rise: in one walk.
    pub fn quantiles(&self, parts: &[f64]) -> Vec<Option<u64>> {
        let (mut bins, mut reached, mut below) = (self.bins(), 0, 0);
        let mut quantile = |p: f64| {
            let wanted = rank(p, self.count)?;
            while below < wanted {
                let bin = bins.next()?;
                (reached, below) = (bin.high.min(self.maximum), below + bin.count);
            }
            Some(reached)
        };
        parts.iter().map(|&p| quantile(p)).collect()
    }

    /// The bins that hold something, from the smallest values on.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        let zeros = std::iter::once((0, self.zeros));
        let filled = zeros.chain(self.counts()).filter(|&(_, count)| count > 0);
        filled.map(|(index, count)| Bin { low: lower_edge(index), high: upper_edge(index), count })
    }

    /// (bin, count) of every bin that has room, with what was carried.
    fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        (0..self.octaves.len()).flat_map(|octave| self.counts_of(octave))
    }

    /// The same of one octave.
    fn counts_of(&self, octave: usize) -> impl Iterator<Item = (usize, u64)> {
        let first = octave * BINS as usize;
        let carried = move |index| self.carried.get(&index).map_or(0, |times| times << Count::BITS);
        let counts = self.octaves[octave].iter().flat_map(|bins| bins.iter());
        counts.enumerate().map(move |(bin, &count)| (first + bin, u64::from(count) + carried(first + bin)))
    }

    /// How many values an octave holds.
    fn count_of(&self, octave: usize) -> u64 {
        let first = octave * BINS as usize;
        let carried: u64 = self.carried.range(first..first + BINS as usize).map(|(_, times)| times).sum();
        // The counts of an octave fit into 32 bits, in which more are added at once.
        let sum = |bins: &Octave| bins.iter().map(|&count| u32::from(count)).sum::<u32>();
        u64::from(self.octaves[octave].as_deref().map_or(0, sum)) + (carried << Count::BITS)
    }

    /// The first value of an octave, or one that overflows its bin.
    #[cold]
    fn record_rarely(&mut self, octave: usize, bin: usize) {
        let mut one = [0; BINS as usize];
        one[bin] = 1;
        self.add_octave(octave, &one);
    }

    /// Adds the bins of an octave.
    fn add_octave(&mut self, octave: usize, others: &Octave) {
        if octave >= self.octaves.len() {
            self.octaves.resize(octave + 1, None);
        }
        let bins = self.octaves[octave].get_or_insert_with(|| Box::new([0; BINS as usize]));
        let mut any_overflows = false;
        for (count, &more) in bins.iter_mut().zip(others) {
            let sum = count.wrapping_add(more);
            any_overflows |= sum < more;
            *count = sum;
        }
        if any_overflows {
            // What is left of a sum that went through the end is less than what was added.
            let over = bins.iter().zip(others).enumerate().filter(|(_, (count, more))| count < more);
            let over: Vec<usize> = over.map(|(bin, _)| octave * BINS as usize + bin).collect();
            over.into_iter().for_each(|index| self.carry(index, 1));
        }
    }

    #[cold]
    fn carry(&mut self, index: usize, times: u64) {
        *self.carried.entry(index).or_default() += times;
    }
}

/// Equal counts: how far the bins have grown does not matter.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.maximum == other.maximum && self.bins().eq(other.bins())
    }
}

/// How far a value's last bits are dropped, and what remains of it, as one index.
#[inline]
fn bin_of(value: u64) -> usize {
    let dropped = (value | BINS).ilog2() - BINS_LOG2;
    ((u64::from(dropped) << BINS_LOG2) + (value >> dropped)) as usize
}

fn lower_edge(index: usize) -> u64 {
    let dropped = (index as u64 >> BINS_LOG2).saturating_sub(1);
    (index as u64 - (dropped << BINS_LOG2)) << dropped
}

/// The last value before the next bin begins; the very last bin ends at the largest number.
fn upper_edge(index: usize) -> u64 {
    let dropped = (index as u64 >> BINS_LOG2).saturating_sub(1);
    lower_edge(index) + ((1 << dropped) - 1)
}

/// The smallest rank k of 1 to n with k / n >= p, as floats compare: 55 of 100 are enough for 0.55.
fn rank(p: f64, n: u64) -> Option<u64> {
    let share = |k: u64| k as f64 / n as f64;
    let near = (p * n as f64).ceil() as u64;
    let first = near.saturating_sub(1).clamp(1, n.max(1));
    (n > 0).then(|| (first..=n).find(|&k| share(k) >= p).unwrap_or(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng, rngs::StdRng};

    fn histogram(values: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::default();
        values.into_iter().for_each(|value| histogram.record(value));
        histogram
    }

    #[test]
    fn bins_tile_all_numbers_without_gap() {
        let mut next = 0;
        for index in 0..=bin_of(u64::MAX) {
            assert_eq!(lower_edge(index), next, "bin {index}");
            assert_eq!((bin_of(next), bin_of(upper_edge(index))), (index, index));
            let width = upper_edge(index) - next + 1;
            assert!(
                width == 1 || width as f64 <= next as f64 / 1024.0,
                "bin {index} from {next} is {width} wide"
            );
            next = upper_edge(index).wrapping_add(1);
        }
        assert_eq!(next, 0, "the last bin ends at the largest number");
    }

    #[test]
    fn bins_at_the_seams() {
        assert_eq!([0, 1023, 1024, 2047].map(bin_of), [0, 1023, 1024, 2047]);
        assert_eq!([2048, 2049, 2050, 4095].map(bin_of), [2048, 2048, 2049, 3071]);
        assert_eq!((lower_edge(3072), upper_edge(3072)), (4096, 4099));
    }

    /// Waits 0, 0, 10, 20 us: half waited nothing, three quarters at most 10.
    #[test]
    fn quantiles_of_four_waits_by_hand() {
        let waits = histogram([20, 0, 10, 0]);
        let parts = [0.0, 0.5, 0.51, 0.75, 0.76, 1.0];
        let quantiles = parts.map(|p| waits.quantile(p).unwrap());
        assert_eq!(waits.quantiles(&parts), quantiles.map(Some));
        assert_eq!(quantiles, [0, 0, 10, 10, 20, 20]);
        assert_eq!((waits.zeros(), waits.count(), waits.maximum()), (2, 4, Some(20)));
    }

    /// Zeros have no bin, and stand before the others all the same: alone, merged, and where an octave holds nothing else.
    #[test]
    fn zeros_are_the_first_bin() {
        let mut waits = histogram([0, 0, 0, 7]);
        waits.add(&histogram([0, 5_000]));
        let bins: Vec<(u64, u64)> = waits.bins().map(|bin| (bin.low, bin.count)).collect();
        assert_eq!(bins, [(0, 4), (7, 1), (5_000, 1)]);
        let quantiles = [0.1, 0.66, 0.67, 0.9].map(|p| waits.quantile(p).unwrap());
        assert_eq!(quantiles, [0, 0, 7, 5_000]);
        assert_eq!((histogram([0]).quantile(1.0), histogram([0]).maximum()), (Some(0), Some(0)));
    }

    /// 0.55 x 100 is a little above 55 as a float, yet 55 of 100 are 0.55.
    #[test]
    fn a_share_in_decimals_is_met_by_its_own_rank() {
        let hundred = histogram(1..=100);
        let parts: Vec<f64> = (1..=100).map(|percent| f64::from(percent) / 100.0).collect();
        assert_eq!(hundred.quantiles(&parts), Vec::from_iter((1..=100).map(Some)));
        assert_eq!(histogram([]).quantiles(&parts), vec![None; 100]);
        for percent in 1..=100 {
            assert_eq!(hundred.quantile(percent as f64 / 100.0), Some(percent), "{percent} %");
        }
    }

    #[test]
    fn quantiles_of_many_waits_are_within_a_thousandth_above() {
        let mut random = StdRng::seed_from_u64(2008);
        let mut wait = || {
            let octave = random.random_range(1..40);
            random.random_range(0_u64..1 << octave)
        };
        let mut values: Vec<u64> = (0..20_000).map(|_| wait()).collect();
        let waits = histogram(values.iter().copied());
        values.sort_unstable();
        for p in [0.01, 0.1, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999] {
            let exact = values[(p * 20_000.0_f64).round() as usize - 1];
            let found = waits.quantile(p).unwrap();
            assert!(
                exact <= found && found as f64 <= exact as f64 * (1.0 + 1.0 / 1024.0),
                "{p}: {found}, {exact}"
            );
        }
        assert_eq!(waits.quantile(1.0), values.last().copied());
    }

    #[test]
    fn merged_is_as_if_recorded_together() {
        let (short, long) = ([0, 3, 5_000], [90_000_000, 5_001]);
        let together = histogram(short.into_iter().chain(long));
        for (first, second) in [(histogram(short), histogram(long)), (histogram(long), histogram(short))] {
            let mut merged = first;
            merged.add(&second);
            assert_eq!(merged, together);
            assert_eq!(merged.count(), 5);
        }
    }

    /// A bin one short of its 16 bits, then one more and as many again by merging.
    #[test]
    fn a_bin_counts_beyond_16_bits() {
        let mut constant = histogram([240_000_000]);
        let index = bin_of(240_000_000);
        constant.octaves[index / BINS as usize].as_mut().unwrap()[index % BINS as usize] = Count::MAX;
        constant.count = u64::from(Count::MAX);
        constant.record(240_000_000);
        let all = |histogram: &Histogram| histogram.bins().map(|bin| bin.count).collect::<Vec<_>>();
        assert_eq!(all(&constant), [1 << 16]);
        constant.add(&constant.clone());
        assert_eq!((all(&constant), constant.count()), (vec![1 << 17], 1 << 17));
    }

    #[test]
    fn the_largest_number_has_a_bin() {
        assert_eq!(histogram([u64::MAX]).quantile(0.5), Some(u64::MAX));
    }
}
