//! The Poisson quantile function: how many needs a cell brings, from one uniform.

use super::math::exp;

/// Up to this mean the weights are summed from 0 upward, starting at e^-mean; beyond, that is the slower way.
const FROM_ZERO_UP_TO: f64 = 256.0;
/// Weights below this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// The smallest n with P(N <= n) >= `u` for a Poisson variate N of this mean.
///
/// Exact but for the rounding of the distribution function, near 1e-15 (1e-13 for means near 1e7); so it grows with
/// `u`, and with `mean` at the same `u`. Within 1e-14 of 0 and 1 that rounding leaves only the tail certain, not the place in
/// it. The cost grows with the square root of the mean. A mean or a `u` that is not above 0 gives 0.
pub fn poisson_quantile(mean: f64, u: f64) -> u64 {
    if !(mean > 0.0 && u > 0.0) {
        return 0;
    }
    if mean <= FROM_ZERO_UP_TO { count_from_zero(mean, u) } else { count_from_mode(mean, u) }
}

/// Adds e^-m, m e^-m, m^2 e^-m / 2, ... until the sum reaches u or stands still.
fn count_from_zero(mean: f64, u: f64) -> u64 {
    let mut n = 0.0;
    let mut weight = exp(-mean);
    let mut sum = weight;
    while sum < u {
        n += 1.0;
        weight *= mean / n;
        let next = sum + weight;
        if next == sum && n > mean {
            break;
        }
        sum = next;
    }
    n as u64
}

/// Weighs the mode 1 and every other n by its ratio to it; what all weights add up to is the unit.
fn count_from_mode(mean: f64, u: f64) -> u64 {
    let mode = mean.floor();
    let up_to_mode = 1.0 + sum_below(mean, mode);
    let target = u * (up_to_mode + sum_above(mean, mode));
    if target <= up_to_mode {
        search_down(mean, mode, up_to_mode, target)
    } else {
        search_up(mean, mode, up_to_mode, target)
    }
}

/// The weights of mode - 1, mode - 2, ...
fn sum_below(mean: f64, mode: f64) -> f64 {
    let (mut n, mut weight, mut sum) = (mode, 1.0, 0.0);
    while weight > NEGLIGIBLE {
        weight *= n / mean;
        sum += weight;
        n -= 1.0;
    }
    sum
}

/// The weights of mode + 1, mode + 2, ...
fn sum_above(mean: f64, mode: f64) -> f64 {
    let (mut n, mut weight, mut sum) = (mode, 1.0, 0.0);
    while weight > NEGLIGIBLE {
        n += 1.0;
        weight *= mean / n;
        sum += weight;
    }
    sum
}

/// The smallest n whose sum reaches the target, given that the mode's does.
fn search_down(mean: f64, mode: f64, up_to_mode: f64, target: f64) -> u64 {
    let (mut n, mut weight, mut sum) = (mode, 1.0, up_to_mode);
    while n > 0.0 && sum - weight >= target && weight > NEGLIGIBLE {
        sum -= weight;
        weight *= n / mean;
        n -= 1.0;
    }
    n as u64
}

/// The smallest n whose sum reaches the target, given that the mode's does not.
fn search_up(mean: f64, mode: f64, up_to_mode: f64, target: f64) -> u64 {
    let (mut n, mut weight, mut sum) = (mode, 1.0, up_to_mode);
    while sum < target && weight > NEGLIGIBLE {
        n += 1.0;
        weight *= mean / n;
        sum += weight;
    }
    n as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::special::regularised_gamma_q;
    use crate::random::{Key, Purpose};
    use proptest::prelude::*;

    fn uniform(i: u64) -> f64 {
        Key::from_raw(0).item(i).draw(Purpose::Count).uniform()
    }

    #[test]
    fn the_steps_of_mean_one_are_where_a_hand_puts_them() {
        // e^-1 = 0.36788, then 0.73576, 0.91970, 0.98101.
        let steps =
            [(0.3678, 0), (0.3679, 1), (0.7357, 1), (0.7358, 2), (0.9196, 2), (0.9198, 3), (0.9811, 4)];
        for (u, n) in steps {
            assert_eq!(poisson_quantile(1.0, u), n, "u = {u}");
        }
    }

    #[test]
    fn it_is_the_smallest_n_that_reaches_u() {
        // P(N <= n) = Q(n + 1, mean), by the incomplete gamma function.
        for mean in [0.01, 0.7, 2.5, 31.0, 150.0, 255.9, 256.1, 1_734.0, 40_000.0, 1e7] {
            for i in 0..200 {
                let u = uniform(i);
                let n = poisson_quantile(mean, u) as f64;
                let (below, reached) = (
                    if n > 0.0 { regularised_gamma_q(n, mean) } else { 0.0 },
                    regularised_gamma_q(n + 1.0, mean),
                );
                assert!(below < u + 1e-11 && u <= reached + 1e-11, "mean {mean}, u {u}: {n}");
            }
        }
    }

    #[test]
    fn both_ways_of_summing_agree() {
        for i in 0..20_000 {
            let (mean, u) = (1.0 + 400.0 * uniform(2 * i), uniform(2 * i + 1));
            assert_eq!(count_from_zero(mean, u), count_from_mode(mean, u), "mean {mean}, u {u}");
        }
    }

    #[test]
    fn mean_and_variance_are_the_mean() {
        for mean in [0.3, 7.0, 99.0, 300.0, 5_000.0] {
            let n = 200_000.0;
            let counts: Vec<f64> = (0..200_000).map(|i| poisson_quantile(mean, uniform(i)) as f64).collect();
            let average = counts.iter().sum::<f64>() / n;
            let variance = counts.iter().map(|count| (count - average) * (count - average)).sum::<f64>() / n;
            assert!((average - mean).abs() < 4.0 * (mean / n).sqrt(), "mean {mean}: {average}");
            let fourth = mean * (1.0 + 2.0 * mean);
            assert!((variance - mean).abs() < 4.0 * (fourth / n).sqrt(), "mean {mean}: variance {variance}");
        }
    }

    /// Over an even grid of uniforms, which is within range / points of the integral of what only grows: no room for chance.
    #[test]
    fn the_mean_over_all_uniforms_is_the_mean() {
        let points = 100_000;
        for mean in [0.2, 1.0, 5.0, 20.0, 255.0, 300.0] {
            let at = |point: u32| poisson_quantile(mean, (f64::from(point) + 0.5) / f64::from(points)) as f64;
            let average = (0..points).map(at).sum::<f64>() / f64::from(points);
            let range = at(points - 1) - at(0);
            assert!((average - mean).abs() < range / f64::from(points), "mean {mean}: {average}");
        }
    }

    #[test]
    fn the_ends_are_what_they_should_be() {
        assert_eq!(poisson_quantile(0.0, 0.999), 0);
        assert_eq!(poisson_quantile(-1.0, 0.5), 0);
        assert_eq!(poisson_quantile(f64::NAN, 0.5), 0);
        assert_eq!(poisson_quantile(1e-12, 0.999_999), 0);
        let (least, most) = (2_f64.recip() / 4_503_599_627_370_496.0, 1.0 - f64::EPSILON / 2.0);
        for mean in [0.5_f64, 3.0, 255.0, 257.0, 1e4, 1e7] {
            let reach = 10.0 * mean.sqrt() + 20.0;
            assert!((poisson_quantile(mean, most) as f64) < mean + reach, "mean {mean}");
            assert!((poisson_quantile(mean, least) as f64) > mean - reach, "mean {mean}");
        }
    }

    #[test]
    fn values_are_frozen() {
        let frozen = [
            ((0.4, 0.9), 1),
            ((12.5, 0.123), 8),
            ((150.0, 0.5), 150),
            ((300.0, 0.001), 248),
            ((1e7, 0.75), 10002133),
        ];
        for ((mean, u), n) in frozen {
            assert_eq!(poisson_quantile(mean, u), n, "mean {mean}, u {u}");
        }
    }

    proptest! {
        #[test]
        fn a_larger_mean_or_uniform_never_brings_fewer(
            mean in 0.0..3_000.0_f64, more in 0.0..10.0_f64, u in 0.0..1.0_f64, v in 0.0..1.0_f64,
        ) {
            prop_assert!(poisson_quantile(mean, u) <= poisson_quantile(mean + more, u));
            prop_assert!(poisson_quantile(mean, u.min(v)) <= poisson_quantile(mean, u.max(v)));
        }
    }
}
