//! The Poisson quantile function: how many needs a cell brings, from one uniform.

use super::math::exp;

/// Up to this mean the weights are summed from 0 upward, starting at e^-mean.
const FROM_ZERO_UP_TO: f64 = 100.0;
/// Weights below this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// The smallest n with P(N <= n) >= `u` for a Poisson variate N of this mean.
///
/// Exact but for the rounding of the distribution function, near 1e-15 (1e-13 for means near 1e7); so it grows with
/// `u`, and with `mean` at the same `u`. The cost grows with the square root of the mean. A mean that is not above 0, or
/// a `u` not above 0, gives 0; the largest values for `u` near 1 end where the tail is below 1e-16.
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
