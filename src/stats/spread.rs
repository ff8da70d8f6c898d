//! What one year may bring: the replications themselves, not their mean.

/// Fewer replications than this say too little about the ends.
const ENOUGH: usize = 30;

/// The range that holds the middle 80 % of replications. It does not shrink as replications are added.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The smallest value with at least 10 % of the replications at or below it.
    pub low: f64,
    /// The smallest value with at least 90 % of the replications at or below it.
    pub high: f64,
}

impl Spread {
    /// From one value a replication, in any order; `None` below 30.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len();
        let at_least = |tenths: usize| values[(tenths * n).div_ceil(10) - 1];
        (n >= ENOUGH).then(|| Self { low: at_least(1), high: at_least(9) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 31 values: a tenth is 3.1, so the fourth; nine tenths are 27.9, so the 28th.
    #[test]
    fn order_statistics_by_hand() {
        let spread = Spread::of((1..=31).rev().map(f64::from)).unwrap();
        assert_eq!((spread.low, spread.high), (4.0, 28.0));
    }

    #[test]
    fn twenty_nine_years_are_too_few() {
        assert_eq!(Spread::of((1..=29).map(f64::from)), None);
        assert_eq!(Spread::of([]), None);
        assert!(Spread::of((1..=30).map(f64::from)).is_some());
    }
}
