//! x to the y, as e^(y ln x) with the logarithm and the product carried in two parts.

use super::{exp, exp_sum, ln_sum};

/// `x` to the power `y` for `x >= 0`, within 1 unit in the last place where the result is between 1e-150 and 1e150,
/// 2 elsewhere.
///
/// `pow(x, 0)` is 1 for every `x`; 0 to a positive power is 0, to a negative one infinity; a negative `x` gives NaN,
/// whole powers included.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        return 1.0;
    }
    let (ln_high, ln_low) = ln_sum(x);
    let (high, low) = product(y, ln_high);
    if high.abs() < 1000.0 {
        return exp_sum(high, low + y * ln_low);
    }
    exp(high)
}

/// `a * b` rounded, and the rounding error, exact while nothing overflows or underflows (Dekker 1971, from Veltkamp's split).
#[inline]
pub(in crate::random) fn product(a: f64, b: f64) -> (f64, f64) {
    let high = a * b;
    let (a1, a2) = halves(a);
    let (b1, b2) = halves(b);
    (high, ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2)
}

#[inline]
fn halves(a: f64) -> (f64, f64) {
    let scaled = a * 134_217_729.0; // 2^27 + 1
    let upper = scaled - (scaled - a);
    (upper, a - upper)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "std's powf is the oracle")]
mod tests {
    use super::super::tests::units_apart;
    use super::*;

    #[test]
    fn it_stays_close_to_the_system_library() {
        for i in 1..2_000 {
            for j in -40..=40 {
                let (x, y) = (i as f64 * 0.037, j as f64 * 0.713);
                let (ours, theirs) = (pow(x, y), x.powf(y));
                assert!(units_apart(ours, theirs) <= 1, "pow({x}, {y}) = {ours:e} and std says {theirs:e}");
            }
        }
        for j in -300..300 {
            let y = j as f64 * 1.01;
            assert!(units_apart(pow(10.0, y), 10_f64.powf(y)) <= 2, "pow(10, {y})");
        }
    }

    #[test]
    fn whole_powers_are_exact() {
        assert_eq!(pow(3.0, 4.0), 81.0);
        assert_eq!(pow(2.0, -3.0), 0.125);
        assert_eq!(pow(10.0, 15.0), 1e15);
        assert_eq!(pow(6.25, 0.5), 2.5);
    }

    #[test]
    fn the_ends_are_what_they_should_be() {
        assert_eq!(pow(0.0, 0.0), 1.0);
        assert_eq!(pow(0.0, 2.5), 0.0);
        assert_eq!(pow(0.0, -2.5), f64::INFINITY);
        assert_eq!(pow(1.0, 1e300), 1.0);
        assert_eq!(pow(2.0, 1e300), f64::INFINITY);
        assert_eq!(pow(0.5, 1e300), 0.0);
        assert_eq!(pow(f64::INFINITY, 0.5), f64::INFINITY);
        assert!(pow(-2.0, 2.0).is_nan());
    }

    #[test]
    fn values_are_frozen() {
        let frozen = [
            ((1.5, 2.7), 0x4007e859efb1238c),
            ((0.3, 0.41), 0x3fe38874e08b9a55),
            ((240.0, -1.3), 0x3f4a5fbbc0d36cf3),
        ];
        for ((x, y), bits) in frozen {
            assert_eq!(pow(x, y).to_bits(), bits, "pow({x}, {y}) = {:#018x}", pow(x, y).to_bits());
        }
    }
}
