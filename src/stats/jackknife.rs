//! The jackknife for any estimate: what it comes to without each replication in turn.

/// The standard error of an estimate, from its values without one replication each (Asmussen and Glynn 2007, III.5b); 0 without any.
pub fn jackknife_error(without_one: &[f64]) -> f64 {
    let n = without_one.len() as f64;
    let mean = without_one.iter().fold(0.0, |sum, value| sum + value) / n;
    let squares = without_one.iter().fold(0.0, |sum, value| sum + (value - mean) * (value - mean));
    if without_one.is_empty() { 0.0 } else { ((n - 1.0) / n * squares).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of 1, 2, 6 is 3; without one each 4, 3.5, 1.5. For means the jackknife is sd / sqrt n: sqrt(7) / sqrt(3).
    #[test]
    fn of_a_mean_it_is_the_usual_standard_error() {
        assert!((jackknife_error(&[4.0, 3.5, 1.5]) - (7.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(jackknife_error(&[]), 0.0);
    }
}
