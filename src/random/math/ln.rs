//! The natural logarithm.
//!
//! x = 2^e z with z between 0.69 and 1.38; a frozen c near 1 / z makes r = c z - 1
//! small, so that ln x = e ln 2 - ln c + ln(1 + r). The slice around z = 1 has
//! c = 1, so nothing cancels there.

use super::tables::LOGARITHMS;

/// ln 2 as a multiple of 2^-42 and the rest.
const LN2_HIGH: f64 = f64::from_bits(0x3fe62e42fefa3800);
const LN2_LOW: f64 = f64::from_bits(0x3d2ef35793c76730);
/// Bits of 0.689453125, the lower end of z.
const LOWEST: u64 = 0x3fe6_1000_0000_0000;
const EXPONENT: u64 = 0xfff0_0000_0000_0000;
/// 2^52, which makes a subnormal number normal.
const LIFT: f64 = 4_503_599_627_370_496.0;

/// The natural logarithm of `x`, within 0.53 units in the last place.
///
/// 0 gives minus infinity, a negative number NaN, infinity infinity, NaN NaN.
#[inline]
pub fn ln(x: f64) -> f64 {
    let (high, low) = ln_sum(x);
    high + low
}

/// ln(1 + `x`) for `x` above -1, within 3 units in the last place however small `x` is.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    let sum = 1.0 + x;
    if sum == 1.0 || sum == f64::INFINITY {
        return x;
    }
    // What the sum lost, put back to first order (Goldberg 1991, theorem 4).
    ln(sum) * (x / (sum - 1.0))
}

/// The natural logarithm of `x` as `high + low`, with an error near 2^-62 of its size.
#[inline]
pub(in crate::random) fn ln_sum(x: f64) -> (f64, f64) {
    if (f64::MIN_POSITIVE..=f64::MAX).contains(&x) {
        return ln_normal(x.to_bits(), 0);
    }
    ln_extreme(x)
}

#[cold]
#[inline(never)]
fn ln_extreme(x: f64) -> (f64, f64) {
    if x > 0.0 && x < f64::MIN_POSITIVE {
        return ln_normal((x * LIFT).to_bits(), 52);
    }
    let limit = match x {
        0.0 => f64::NEG_INFINITY,
        f64::INFINITY => f64::INFINITY,
        _ => f64::NAN,
    };
    (limit, 0.0)
}

/// The logarithm of a normal number given by its bits, less `lifted` doublings.
#[inline(always)]
fn ln_normal(bits: u64, lifted: i64) -> (f64, f64) {
    let offset = bits.wrapping_sub(LOWEST);
    let exponent = (((offset as i64) >> 52) - lifted) as f64;
    let (inverse, log_high, log_low) = LOGARITHMS[(offset >> 45) as usize & 127];
    let (r, r_low) = relative_rest(bits.wrapping_sub(offset & EXPONENT), f64::from_bits(inverse));
    // Both products and the sum are exact: multiples of 2^-42 below 2^10.
    let whole = exponent * LN2_HIGH + f64::from_bits(log_high);
    let high = whole + r;
    let low = (whole - high) + r + (exponent * LN2_LOW + f64::from_bits(log_low) + r_low);
    let r2 = r * r;
    let curve =
        r2 * ((-0.5 + r * (1.0 / 3.0)) + r2 * ((-0.25 + r * 0.2) + r2 * (-1.0 / 6.0 + r * (1.0 / 7.0))));
    (high, low + curve)
}

/// c z - 1, rounded, and the rounding: with c of 20 bits, its products with the two halves of z are exact.
#[inline(always)]
fn relative_rest(z: u64, c: f64) -> (f64, f64) {
    let upper = f64::from_bits(z & !0x07ff_ffff);
    let coarse = upper * c - 1.0;
    let fine = (f64::from_bits(z) - upper) * c;
    let r = coarse + fine;
    (r, fine - (r - coarse))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "std's ln is the oracle")]
mod tests {
    use super::super::tests::units_apart;
    use super::*;

    #[test]
    fn the_table_holds_the_logarithms_of_its_inverses() {
        for (i, &(c, high, low)) in LOGARITHMS.iter().enumerate() {
            let (c, high, low) = (f64::from_bits(c), f64::from_bits(high), f64::from_bits(low));
            assert!((high + low + c.ln()).abs() <= 1e-16, "entry {i}");
            assert!((c * 1048576.0).fract() == 0.0 && low.abs() <= 1.2e-13, "entry {i}");
        }
    }

    #[test]
    fn it_stays_within_one_unit_of_the_system_library() {
        let mut x = 1e-300;
        for _ in 0..600_000 {
            assert!(units_apart(ln(x), x.ln()) <= 1, "ln({x:e}) = {} and std says {}", ln(x), x.ln());
            x *= 1.002_301;
        }
        for i in 1..400_000 {
            let x = i as f64 * 0.000_005_3;
            assert!(units_apart(ln(x), x.ln()) <= 1, "ln({x}) = {} and std says {}", ln(x), x.ln());
        }
    }

    #[test]
    fn next_to_one_nothing_cancels() {
        assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(ln(1.0 + f64::EPSILON), f64::EPSILON * (1.0 - f64::EPSILON / 2.0));
        for i in 1..2_000 {
            let x = 1.0 - i as f64 * 1e-9;
            assert!(units_apart(ln(x), x.ln()) <= 1, "ln({x})");
        }
    }

    #[test]
    fn small_additions_to_one_keep_their_digits() {
        for i in 0..30_000 {
            let x = 1e-20 * 1.0017_f64.powi(i) % 1e12;
            assert!(units_apart(ln_1p(x), x.ln_1p()) <= 3, "ln_1p({x:e})");
            if x < 1.0 {
                assert!(units_apart(ln_1p(-x), (-x).ln_1p()) <= 3, "ln_1p(-{x:e})");
            }
        }
        assert_eq!(ln_1p(0.0), 0.0);
        assert_eq!(ln_1p(-1.0), f64::NEG_INFINITY);
        assert_eq!(ln_1p(f64::INFINITY), f64::INFINITY);
    }

    #[test]
    fn the_ends_are_what_they_should_be() {
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(-0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan() && ln(f64::NEG_INFINITY).is_nan());
        for x in [f64::from_bits(1), f64::MIN_POSITIVE / 3.0, f64::MIN_POSITIVE, f64::MAX] {
            assert!(units_apart(ln(x), x.ln()) <= 1, "ln({x:e})");
        }
    }

    #[test]
    fn values_are_frozen() {
        let frozen = [
            (2.0, 0x3fe62e42fefa39ef),
            (0.1, 0xc0026bb1bbb55515),
            (145.0, 0x4013e82ce3e2625c),
            (1e-12, 0xc03ba18a998fffa0),
            (1.003, 0x3f688a09a34ca9d6),
        ];
        for (x, bits) in frozen {
            assert_eq!(ln(x).to_bits(), bits, "ln({x}) = {:#018x}", ln(x).to_bits());
        }
    }
}
