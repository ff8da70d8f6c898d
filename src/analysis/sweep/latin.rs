//! A Latin hypercube (McKay, Beckman and Conover 1979): of n scenarios each has its own nth of every factor's range, in an order of its own for
//! each factor, at a place within it that is drawn.
//!
//! Order and places have addresses (seed, factor's name, scenario), so that a further factor moves no other's.

use crate::random::{Key, Purpose, name_hash};

#[derive(Debug)]
pub(super) struct LatinHypercube {
    factors: Vec<Column>,
    samples: u32,
}

/// A factor's nths by scenario, and the root of its draws.
#[derive(Debug)]
struct Column {
    strata: Vec<u32>,
    key: Key,
}

impl LatinHypercube {
    /// Of so many samples of each factor.
    pub(super) fn new<'n>(seed: u64, samples: u32, names: impl Iterator<Item = &'n str>) -> Self {
        LatinHypercube { factors: names.map(|name| Column::new(seed, samples, name)).collect(), samples }
    }

    /// Where scenario `point`, counted without the base, lies in a factor's range: from 0 up to 1.
    pub(super) fn fraction(&self, factor: usize, point: u32) -> f64 {
        let column = &self.factors[factor];
        let within = uniform(column.key.cell(1), point);
        (f64::from(column.strata[point as usize]) + within) / f64::from(self.samples)
    }
}

impl Column {
    fn new(seed: u64, samples: u32, name: &str) -> Column {
        let key = Key::replication(seed, 0).named(name_hash(name));
        let mut drawn: Vec<(f64, u32)> =
            (0..samples).map(|point| (uniform(key.cell(0), point), point)).collect();
        drawn.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        Column { strata: drawn.into_iter().map(|(_, point)| point).collect(), key }
    }
}

fn uniform(key: Key, point: u32) -> f64 {
    key.item(point.into()).draw(Purpose::Design).uniform()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the number of scenarios and the seed, each nth of each factor's range has one scenario.
        #[test]
        fn every_nth_of_every_range_is_taken_once(seed: u64, samples in 1_u32..200) {
            let latin = LatinHypercube::new(seed, samples, ["volume", "heads", "talk"].into_iter());
            for factor in 0..3 {
                let mut taken: Vec<u32> = (0..samples)
                    .map(|point| (latin.fraction(factor, point) * f64::from(samples)) as u32)
                    .collect();
                taken.sort_unstable();
                prop_assert_eq!(taken, (0..samples).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn factors_have_orders_of_their_own_and_a_further_one_moves_none() {
        let all = |names: &[&str]| {
            let latin = LatinHypercube::new(7, 20, names.iter().copied());
            let column =
                |factor: usize| (0..20).map(|point| latin.fraction(factor, point)).collect::<Vec<_>>();
            (0..names.len()).map(column).collect::<Vec<_>>()
        };
        let (two, three) = (all(&["volume", "heads"]), all(&["talk", "volume", "heads"]));
        assert_eq!(two, three[1..]);
        assert_ne!(two[0], two[1]);
        assert_ne!(two, all(&["heads", "volume"]));
    }
}
