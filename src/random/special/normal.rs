//! The standard normal distribution function and its inverse.

use crate::random::math::{exp_sum, ln, product};

/// 1 / sqrt(2 pi).
const INVERSE_ROOT_TWO_PI: f64 = f64::from_bits(0x3fd9884533d43651);

/// Mills ratio by the root of 2 pi, (1 - Phi(x)) e^(x^2 / 2), at x = i / 4 for i in 0..34, as bits; computed with 60 decimal digits.
#[rustfmt::skip]
static MILLS: [u64; 34] = [
    0x3fe0000000000000, 0x3fda7f808169e570, 0x3fd66027ad4c24af, 0x3fd3370237bca626, 0x3fd0bdb2e039df32,
    0x3fcd898de09c6f19, 0x3fca5705596892b7, 0x3fc7b5abd2fd03ad, 0x3fc5845dcad2a54e, 0x3fc3aadddf19e980,
    0x3fc21725231700b8, 0x3fc0bb968cded93f, 0x3fbf1b89c231e9b8, 0x3fbd0b31c082543c, 0x3fbb396f9cf1e260,
    0x3fb99c2b6db3b3a0, 0x3fb82b4bb8c94dce, 0x3fb6e0409710781a, 0x3fb5b5acd3b15fbb, 0x3fb4a7249909b035,
    0x3fb3b0fbcb4c77be, 0x3fb2d01fec27390a, 0x3fb201fa9259b7ac, 0x3fb1445a52cb7b7c, 0x3fb095608c7b15f1,
    0x3fafe6e5e311bedc, 0x3faeba5fe5b14b2a, 0x3fada2cad4855d33, 0x3fac9e120e488937, 0x3fabaa643d0bc394,
    0x3faac6292bdbbfdc, 0x3fa9eff960c1b22b, 0x3fa9269722f50cdd, 0x3fa868e8a7fd36a7,
];

/// The probability that a standard normal variate is at most `x`; relative error below 2e-15 for negative `x` down
/// to where it underflows near -38, absolute error 2e-16 above 0.
pub fn normal_cdf(x: f64) -> f64 {
    if x <= 0.0 { upper_tail(-x) } else { 1.0 - upper_tail(x) }
}

/// The standard normal density at `x`.
pub(in crate::random) fn normal_density(x: f64) -> f64 {
    INVERSE_ROOT_TWO_PI * bell(x)
}

/// e^(-x^2 / 2), with all its digits.
fn bell(x: f64) -> f64 {
    let (square, rest) = product(x, x);
    exp_sum(-0.5 * square, -0.5 * rest)
}

/// The `x` with `normal_cdf(x) = u`; minus infinity for `u <= 0`, infinity for `u >= 1`. Accurate to about 1e-15 of
/// its size, or of 1 where it is smaller.
///
/// A rational start (Abramowitz and Stegun 1964, 26.2.23) and two steps of Halley.
pub fn normal_quantile(u: f64) -> f64 {
    if u.is_nan() {
        return u;
    }
    if u <= 0.0 || u >= 1.0 {
        return if u <= 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    if u <= 0.5 { -tail_quantile(u) } else { tail_quantile(1.0 - u) }
}

/// The t >= 0 beyond which a standard normal variate has probability `p <= 1/2`.
fn tail_quantile(p: f64) -> f64 {
    let s = (-2.0 * ln(p)).sqrt();
    let above = 2.515_517 + s * (0.802_853 + s * 0.010_328);
    let below = 1.0 + s * (1.432_788 + s * (0.189_269 + s * 0.001_308));
    let start = s - above / below;
    halley_step(halley_step(start, p), p)
}

fn halley_step(t: f64, p: f64) -> f64 {
    let newton = (signed_upper_tail(t) - p) / normal_density(t);
    t + newton / (1.0 - 0.5 * t * newton)
}

/// 1 - Phi(t); the start of an iteration near one half may lie a little below 0.
fn signed_upper_tail(t: f64) -> f64 {
    if t >= 0.0 { upper_tail(t) } else { 1.0 - upper_tail(-t) }
}

/// 1 - Phi(t) for t >= 0.
fn upper_tail(t: f64) -> f64 {
    if t > 39.0 {
        return 0.0;
    }
    bell(t) * if t < 8.125 { mills_near(t) } else { mills_far(t) }
}

/// Mills ratio by Taylor's series from the nearest tabulated point: R' = x R - 1 / sqrt(2 pi) gives every further
/// derivative (Marsaglia 2004).
fn mills_near(t: f64) -> f64 {
    let nearest = (4.0 * t + 0.5) as usize;
    let at = nearest as f64 * 0.25;
    let h = t - at;
    let mut previous = f64::from_bits(MILLS[nearest]);
    let mut coefficient = at * previous - INVERSE_ROOT_TWO_PI;
    let (mut sum, mut power) = (previous, h);
    for order in 2..16 {
        sum += coefficient * power;
        power *= h;
        let next = (at * coefficient + previous) / f64::from(order);
        previous = coefficient;
        coefficient = next;
    }
    sum
}

/// Mills ratio by Laplace's continued fraction, 1 / (t + 1 / (t + 2 / (t + 3 / ...))), for t >= 8.
fn mills_far(t: f64) -> f64 {
    INVERSE_ROOT_TWO_PI / (1..=30).rev().fold(t, |fraction, k| t + f64::from(k) / fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::erf::erfc;

    #[test]
    fn tabulated_values_come_out() {
        // Phi to 16 digits, computed with 60.
        let table = [
            (-0.1, 0.460172162722971),
            (-0.5, 0.3085375387259869),
            (-1.0, 0.15865525393145705),
            (-1.96, 0.024997895148220435),
            (-2.5, 0.006209665325776135),
            (-3.7, 0.00010779973347738826),
            (-5.3, 5.790134039964594e-08),
            (-7.9, 1.3945171466592643e-15),
            (-8.2, 1.2019351542735859e-16),
            (-12.5, 3.732564298877713e-36),
            (-30.0, 4.906713927148187e-198),
            (-37.0, 5.725571222524577e-300),
        ];
        for (x, p) in table {
            assert!((normal_cdf(x) - p).abs() <= 2e-15 * p, "Phi({x}) = {:e}, not {p:e}", normal_cdf(x));
            assert!((1.0 - normal_cdf(-x) - p).abs() <= 3e-16, "Phi(-{x})");
        }
        assert_eq!(normal_cdf(0.0), 0.5);
        assert_eq!(normal_cdf(f64::INFINITY), 1.0);
        assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn it_agrees_with_statrs_and_does_not_fall() {
        let mut last = 0.0;
        for i in -8_000..8_000 {
            let x = i as f64 * 0.001_25;
            let p = normal_cdf(x);
            assert!((p - 0.5 * erfc(-x / 2_f64.sqrt())).abs() < 1e-10, "Phi({x})");
            assert!(p >= last, "Phi falls at {x}");
            last = p;
        }
    }

    #[test]
    fn the_quantile_inverts_it() {
        for i in 1..3_000 {
            for p in [i as f64 / 3_000.0, crate::random::math::exp(-0.23 * i as f64)] {
                let x = normal_quantile(p);
                assert!((normal_cdf(x) - p).abs() <= 4e-15 * p * (1.0 + x * x), "quantile of {p:e} is {x}");
            }
        }
        assert!(normal_quantile(0.5).abs() < 1e-16);
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(f64::NAN).is_nan());
    }
}
