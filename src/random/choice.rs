//! Choosing among options by inversion.

/// The option that `u` falls on, in declared order: the first whose cumulative probability exceeds `u`; the last takes
/// the rest, whatever its own entry says. 0 if there are no options.
///
/// Cumulative probabilities do not fall. A new option put before the last takes only from the last.
#[inline]
pub fn choose(cumulative: &[f64], u: f64) -> usize {
    let before_last = cumulative.len().saturating_sub(1);
    cumulative[..before_last].partition_point(|&upper| upper <= u)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_option_above_takes_it_and_the_last_the_rest() {
        let thirds = [0.3, 0.3, 0.8, 0.9];
        assert_eq!(choose(&thirds, 0.1), 0);
        assert_eq!(choose(&thirds, 0.3), 2, "an option of probability 0 is never taken");
        assert_eq!(choose(&thirds, 0.79), 2);
        assert_eq!(choose(&thirds, 0.95), 3);
        assert_eq!(choose(&[0.2], 0.9), 0);
        assert_eq!(choose(&[], 0.9), 0);
    }

    #[test]
    fn a_new_option_takes_only_from_the_rest() {
        for i in 0..1_000 {
            let u = (f64::from(i) + 0.5) / 1_000.0;
            let (before, after) = (choose(&[0.5, 0.7, 1.0], u), choose(&[0.5, 0.7, 0.8, 1.0], u));
            assert!(after == before || (before == 2 && after == 3), "{u}: {before} to {after}");
        }
    }
}
