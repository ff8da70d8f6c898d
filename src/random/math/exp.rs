//! e to the x.
//!
//! x = (128 e + j) ln 2 / 128 + r with |r| <= ln 2 / 256, so e^x is 2^e times a
//! frozen 2^(j/128) times a short polynomial of r.

use super::ln;
use super::tables::POWERS_OF_TWO;

/// 128 / ln 2.
const STEPS: f64 = f64::from_bits(0x40671547652b82fe);
/// ln 2 / 128 as 35 bits and the rest: `k * STEP_HIGH` is exact for every k that occurs.
const STEP_HIGH: f64 = f64::from_bits(0x3f762e42fefc0000);
const STEP_LOW: f64 = f64::from_bits(0xbd3c610ca86c3899);
/// Adding and taking away 1.5 * 2^52 rounds to an integer, which the low bits of the sum hold.
const TO_INTEGER: f64 = 6_755_399_441_055_744.0;
/// Beyond this magnitude the result may leave the normal range.
const SAFE: f64 = 708.0;

/// e to the power `x`, within 0.52 units in the last place (0.75 where the result is subnormal).
///
/// Overflows to infinity above 709.78, underflows to 0 below -745.13; NaN gives NaN.
#[inline]
pub fn exp(x: f64) -> f64 {
    if x.abs() < SAFE {
        let (steps, rest) = reduce(x);
        return assemble(steps, rest, 0);
    }
    exp_extreme(x, 0.0)
}

/// e to the power `x`, less 1, within 4 units in the last place however small `x` is.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    let power = exp(x);
    if power == 1.0 {
        return x;
    }
    if x.abs() > 1.0 {
        return power - 1.0;
    }
    // The rounding of `power` enters its logarithm alike and cancels (Kahan; Higham 2002, 1.14.1).
    (power - 1.0) * (x / ln(power))
}

/// e to the power `high + low`, where `low` is a small correction of `high`.
#[inline]
pub(in crate::random) fn exp_sum(high: f64, low: f64) -> f64 {
    if high.abs() < SAFE {
        let (steps, rest) = reduce(high);
        return assemble(steps, rest + low, 0);
    }
    exp_extreme(high, low)
}

#[cold]
#[inline(never)]
fn exp_extreme(high: f64, low: f64) -> f64 {
    if high.is_nan() {
        return high;
    }
    if high > 710.0 {
        return f64::INFINITY;
    }
    if high < -746.0 {
        return 0.0;
    }
    let (steps, rest) = reduce(high);
    if high > 0.0 {
        return assemble(steps, rest + low, -64) * power_of_two(64);
    }
    assemble(steps, rest + low, 128) * power_of_two(-128)
}

/// The nearest number of steps of ln 2 / 128 in `x`, and what is left.
#[inline(always)]
fn reduce(x: f64) -> (i64, f64) {
    let shifted = x * STEPS + TO_INTEGER;
    let steps = shifted - TO_INTEGER;
    let count = (shifted.to_bits() as i64) - (TO_INTEGER.to_bits() as i64);
    (count, (x - steps * STEP_HIGH) - steps * STEP_LOW)
}

/// 2^(steps / 128 + shift) * e^r.
#[inline(always)]
fn assemble(steps: i64, r: f64, shift: i64) -> f64 {
    let (bits, missing) = POWERS_OF_TWO[(steps & 127) as usize];
    let scale = f64::from_bits(bits.wrapping_add((((steps >> 7) + shift) << 52) as u64));
    let r2 = r * r;
    let growth = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    scale + scale * (f64::from_bits(missing) + growth)
}

/// 2^e for -1022 <= e <= 1023.
#[inline(always)]
fn power_of_two(e: i64) -> f64 {
    f64::from_bits(((e + 1023) as u64) << 52)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "std's exp is the oracle")]
mod tests {
    use super::super::tests::units_apart;
    use super::*;

    #[test]
    fn the_table_holds_the_powers_of_two() {
        for (j, &(bits, missing)) in POWERS_OF_TWO.iter().enumerate() {
            let exact = (j as f64 / 128.0).exp2();
            assert!((f64::from_bits(bits) - exact).abs() <= 2.3e-16 * exact, "entry {j}");
            assert!(f64::from_bits(missing).abs() <= 1.2e-16, "entry {j}");
        }
    }

    #[test]
    fn it_stays_within_one_unit_of_the_system_library() {
        for i in -400_000..400_000 {
            let x = i as f64 * 0.001_771_3;
            assert!(units_apart(exp(x), x.exp()) <= 1, "exp({x}) = {} and std says {}", exp(x), x.exp());
        }
    }

    #[test]
    fn tiny_arguments_and_results_are_right() {
        assert_eq!(exp(1e-300), 1.0);
        assert_eq!(exp(-0.0), 1.0);
        assert_eq!(exp(f64::MIN_POSITIVE / 4.0), 1.0);
        for i in 0..3_800 {
            let x = -708.0 - i as f64 * 0.01;
            assert!(units_apart(exp(x), x.exp()) <= 1, "exp({x}) = {:e}", exp(x));
        }
        assert_eq!(exp(-745.2), 0.0);
        assert_eq!(exp(-745.1).to_bits(), 1);
    }

    #[test]
    fn the_ends_are_what_they_should_be() {
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(709.79), f64::INFINITY);
        assert!(units_apart(exp(709.78), 709.78_f64.exp()) <= 1);
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn small_growths_keep_their_digits() {
        for i in 0..30_000 {
            let x = 1e-20 * 1.0016_f64.powi(i);
            assert!(units_apart(exp_m1(x % 700.0), (x % 700.0).exp_m1()) <= 4, "exp_m1({x:e})");
            assert!(units_apart(exp_m1(-x), (-x).exp_m1()) <= 4, "exp_m1(-{x:e})");
        }
        assert_eq!(exp_m1(0.0), 0.0);
        assert_eq!(exp_m1(f64::NEG_INFINITY), -1.0);
    }

    #[test]
    fn a_low_part_counts() {
        let (high, low) = (300.0, 1.234e-14);
        let exact = exp(300.0) * (1.0 + low);
        assert!(units_apart(exp_sum(high, low), exact) <= 1);
    }

    #[test]
    fn values_are_frozen() {
        let frozen = [
            (1.0, 0x4005bf0a8b145769),
            (-1.0, 0x3fd78b56362cef38),
            (0.1, 0x3ff1aec7b35a00d4),
            (-20.5, 0x3e157a3afeed00ab),
            (700.3, 0x7f13f6d02b17eb6d),
        ];
        for (x, bits) in frozen {
            assert_eq!(exp(x).to_bits(), bits, "exp({x}) = {:#018x}", exp(x).to_bits());
        }
    }
}
