//! The difference of two ratios under common random numbers, in constant space: for maps of many cells.
//!
//! The same estimates as `paired`, without the replications themselves.

use super::{Confidence, Difference, Interval, Method};

/// X1, Y1 of the first scenario, X2, Y2 of the second.
const PARTS: usize = 4;

/// Moments of pairs of pairs, added in replication order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairedMoments {
    replications: u32,
    /// Replications in which each side has data.
    with_data: [u32; 2],
    sums: [f64; PARTS],
    /// The first: products are of distances from it, since those from zero would drown in rounding.
    first: [f64; PARTS],
    products: [[f64; PARTS]; PARTS],
}

impl PairedMoments {
    /// Adds the next replication: (X, Y) of the first scenario, then of the second; without data (0, 0).
    pub fn push(&mut self, first: (f64, f64), second: (f64, f64)) {
        let parts = [first.0, first.1, second.0, second.1];
        if self.replications == 0 {
            self.first = parts;
        }
        self.replications += 1;
        for (side, denominator) in [first.1, second.1].into_iter().enumerate() {
            self.with_data[side] += u32::from(denominator != 0.0);
        }
        for row in 0..PARTS {
            self.sums[row] += parts[row];
            for column in 0..PARTS {
                self.products[row][column] +=
                    (parts[row] - self.first[row]) * (parts[column] - self.first[column]);
            }
        }
    }

    /// The first scenario's ratio of sums and the second's; `None` without data.
    pub fn ratios(&self) -> [Option<f64>; 2] {
        let [x1, y1, x2, y2] = self.sums;
        [(x1, y1), (x2, y2)].map(|(x, y)| (y != 0.0).then(|| x / y))
    }

    /// As [`PairedRatios::difference`](super::PairedRatios::difference).
    pub fn difference(&self, confidence: &Confidence) -> Option<Difference> {
        let [first, second] = self.ratios();
        let (first, second) = (first?, second?);
        let estimate = first - second;
        let known = self.with_data.iter().all(|&count| count >= 2);
        let interval = known.then(|| {
            let half_width = confidence.student_t(self.replications - 1) * self.standard_error(first, second);
            Interval::around(estimate, half_width, Method::Delta)
        });
        Some(Difference { estimate, interval })
    }

    /// Of e = (X1 - r1 Y1) / mean Y1 - (X2 - r2 Y2) / mean Y2, whose mean is 0: with `w` its weights and `f` the e of the first replication, the sum of
    /// squares is w' S w - n f^2. What is no more than rounding may leave is nothing.
    fn standard_error(&self, first: f64, second: f64) -> f64 {
        let n = f64::from(self.replications);
        let [_, y1, _, y2] = self.sums;
        let weights = [n / y1, -first * n / y1, -n / y2, second * n / y2];
        let (mut squares, mut sizes) = (0.0, 0.0);
        for row in 0..PARTS {
            for column in 0..PARTS {
                let term = weights[row] * weights[column] * self.products[row][column];
                squares += term;
                sizes += term.abs();
            }
        }
        let of_first = weights.iter().zip(&self.first).fold(0.0, |sum, (weight, part)| sum + weight * part);
        let squares = squares - n * of_first * of_first;
        let rounding = 16.0 * f64::EPSILON * sizes;
        let squares = if squares > rounding { squares } else { 0.0 };
        (squares / (n * (n - 1.0))).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::PairedRatios;
    use super::super::ratio::hard_pair;
    use super::*;

    #[test]
    fn moments_and_the_kept_pairs_say_the_same() {
        for n in [2, 3, 19, 200] {
            let (mut kept, mut moments) = (PairedRatios::default(), PairedMoments::default());
            for i in 0..n {
                let (x, y) = hard_pair(i);
                let other = (0.9 * x + f64::from(i % 5), y + f64::from(i % 3));
                kept.push((x, y), other);
                moments.push((x, y), other);
            }
            let confidence = Confidence::default();
            let (found, exact) =
                (moments.difference(&confidence).unwrap(), kept.difference(&confidence).unwrap());
            assert!((found.estimate - exact.estimate).abs() < 1e-12);
            let (found, exact) = (found.interval.unwrap().half_width, exact.interval.unwrap().half_width);
            assert!((found / exact - 1.0).abs() < 1e-6, "{n} replications: {found}, {exact}");
        }
    }

    /// 1/2 and 1/4, 3/4 and 2/4: the same difference of a quarter twice, known exactly.
    #[test]
    fn what_both_share_falls_out() {
        let mut moments = PairedMoments::default();
        moments.push((2.0, 4.0), (1.0, 4.0));
        assert_eq!(moments.difference(&Confidence::default()).unwrap().interval, None);
        moments.push((3.0, 4.0), (2.0, 4.0));
        assert_eq!(moments.ratios(), [Some(0.625), Some(0.375)]);
        let difference = moments.difference(&Confidence::default()).unwrap();
        assert_eq!((difference.estimate, difference.interval.unwrap().half_width), (0.25, 0.0));
    }

    #[test]
    fn a_side_without_data_has_no_difference() {
        let mut moments = PairedMoments::default();
        moments.push((1.0, 2.0), (0.0, 0.0));
        moments.push((1.0, 2.0), (0.0, 0.0));
        assert_eq!(moments.difference(&Confidence::default()), None);
    }
}
