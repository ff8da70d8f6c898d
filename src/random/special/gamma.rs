//! The gamma function, the regularised incomplete gamma functions and the gamma quantile.
//!
//! The quantile is solved on logarithms in whichever tail is the smaller, where
//! both the unknown and the equation are concave, so that Newton's method cannot
//! go astray.

use super::normal::{normal_cdf, normal_quantile};
use crate::random::math::{exp, exp_m1, ln, ln_1p};

/// ln(2 pi) / 2.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// From this argument on Stirling's series serves directly.
const STIRLING_FROM: f64 = 10.0;

/// The logarithm of the gamma function for `x > 0`: infinity at 0, NaN below. Error below 1e-14 of the larger of its
/// size and 1.
///
/// Stirling's series (Abramowitz and Stegun 1964, 6.1.41), after raising `x` above 10.
pub fn ln_gamma(x: f64) -> f64 {
    if x == 0.0 || x == f64::INFINITY {
        return f64::INFINITY;
    }
    if x < 0.0 || x.is_nan() {
        return f64::NAN;
    }
    let (mut raised, mut factor) = (x, 1.0);
    while raised < STIRLING_FROM {
        factor *= raised;
        raised += 1.0;
    }
    (raised - 0.5) * ln(raised) - raised + HALF_LN_TWO_PI + stirling_rest(raised) - ln(factor)
}

/// ln Gamma(x) less Stirling's leading terms, (x - 1/2) ln x - x + ln(2 pi) / 2, for x >= 10.
fn stirling_rest(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    let series = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    series.iter().rev().fold(0.0, |sum, c| sum * s + c) / x
}

/// The probability that a gamma variate of this shape and scale 1 is at most `x`: P(shape, x). NaN unless `shape > 0`.
pub fn regularised_gamma_p(shape: f64, x: f64) -> f64 {
    both_tails(shape, x).0
}

/// The probability that a gamma variate of this shape and scale 1 exceeds `x`: Q(shape, x) = 1 - P(shape, x), accurate
/// where it is small. NaN unless `shape > 0`.
pub fn regularised_gamma_q(shape: f64, x: f64) -> f64 {
    both_tails(shape, x).1
}

fn both_tails(shape: f64, x: f64) -> (f64, f64) {
    if !(shape > 0.0 && shape < f64::INFINITY) || x.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    if x <= 0.0 || x == f64::INFINITY {
        return if x <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let (ln_p, ln_q) = GammaShape::new(shape).ln_tails(ln(x), x);
    (exp(ln_p), exp(ln_q))
}

/// The `x` with P(shape, x) = `u`: 0 for `u <= 0`, infinity for `u >= 1`, NaN unless `shape > 0`. Relative error near
/// 1e-14 for shapes from 0.01 to 1e6 (below, 1e-14 / shape).
pub fn gamma_quantile(shape: f64, u: f64) -> f64 {
    if !(shape > 0.0 && shape < f64::INFINITY) || u.is_nan() {
        return f64::NAN;
    }
    if u <= 0.0 || u >= 1.0 {
        return if u <= 0.0 { 0.0 } else { f64::INFINITY };
    }
    let gamma = GammaShape::new(shape);
    exp(gamma.ln_quantile(u, 1.0 - u, gamma.ln_quantile_near(normal_quantile(u))))
}

/// A shape with what its distribution function needs again and again.
pub(in crate::random) struct GammaShape {
    shape: f64,
    /// ln Gamma(shape + 1), less the leading terms for large shapes.
    ln_norm: f64,
}

impl GammaShape {
    pub(in crate::random) fn new(shape: f64) -> Self {
        let ln_norm = if shape < STIRLING_FROM {
            ln_gamma(shape + 1.0)
        } else {
            // Gamma(a + 1) = sqrt(2 pi a) (a / e)^a e^rest(a)
            HALF_LN_TWO_PI + 0.5 * ln(shape) + stirling_rest(shape)
        };
        Self { shape, ln_norm }
    }

    /// ln(x^a e^-x / Gamma(a + 1)), by the distance of x from a where a is large (Loader 2000).
    fn ln_kernel(&self, ln_x: f64, x: f64) -> f64 {
        if self.shape < STIRLING_FROM {
            return self.shape * ln_x - x - self.ln_norm;
        }
        -deviance(self.shape, ln_x, x) - self.ln_norm
    }

    pub(in crate::random) fn shape(&self) -> f64 {
        self.shape
    }

    /// x times the density at x, from ln x.
    pub(in crate::random) fn x_density(&self, ln_x: f64) -> f64 {
        self.shape * exp(self.ln_kernel(ln_x, exp(ln_x)))
    }

    /// ln P and ln Q at x, each as exact as the smaller of the two allows.
    fn ln_tails(&self, ln_x: f64, x: f64) -> (f64, f64) {
        let ln_kernel = self.ln_kernel(ln_x, x);
        if x < self.shape + 1.0 {
            let ln_p = (ln_kernel + ln(lower_series(self.shape, x))).min(0.0);
            (ln_p, ln(-exp_m1(ln_p)))
        } else {
            let ln_q = (ln_kernel + ln(self.shape * upper_fraction(self.shape, x))).min(0.0);
            (ln_1p(-exp(ln_q)), ln_q)
        }
    }

    /// A first guess of ln x at the normal score z (Wilson and Hilferty 1931), or from the power law near 0.
    pub(in crate::random) fn ln_quantile_near(&self, z: f64) -> f64 {
        let ninth = 1.0 / (9.0 * self.shape);
        let root = 1.0 - ninth + z * ninth.sqrt();
        if root > 0.3 {
            return ln(self.shape) + 3.0 * ln(root);
        }
        let ln_p = ln(normal_cdf(z));
        (ln_p + ln_gamma(self.shape + 1.0)) / self.shape
    }

    /// The ln x that has `p` below and `q` above it, from a guess; `p + q` is 1 and the smaller must be exact.
    pub(in crate::random) fn ln_quantile(&self, p: f64, q: f64, guess: f64) -> f64 {
        let lower = p < q;
        let target = ln(if lower { p } else { q });
        let mut ln_x = guess;
        for _ in 0..60 {
            let x = exp(ln_x);
            let (ln_p, ln_q) = self.ln_tails(ln_x, x);
            let ln_tail = if lower { ln_p } else { ln_q };
            let slope = self.shape * exp(self.ln_kernel(ln_x, x) - ln_tail);
            let step = (if lower { target - ln_tail } else { ln_tail - target }) / slope;
            if !step.is_finite() {
                break;
            }
            ln_x += step;
            if step.abs() <= 2e-10 * (1.0 + ln_x.abs()) {
                break; // Newton's method squares the error: the step just made was the last that counts.
            }
        }
        ln_x
    }
}

/// a D(x / a) with D(t) = t - 1 - ln t, without cancellation near t = 1.
fn deviance(a: f64, ln_x: f64, x: f64) -> f64 {
    let v = (x - a) / (x + a);
    if v.abs() > 0.1 {
        return x - a - a * (ln_x - ln(a));
    }
    // ln t = 2 (v + v^3/3 + v^5/5 + ...) and t - 1 = 2 v / (1 - v): what remains is of second order.
    let v2 = v * v;
    let odd = (1..10).rev().fold(0.0, |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * v2);
    (x - a) * v - 2.0 * a * v * odd
}

/// Sum of x^n / ((a + 1) ... (a + n)) from n = 0 (Abramowitz and Stegun 1964, 6.5.29), for x < a + 1.
fn lower_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (1.0, 1.0, a);
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Gamma(a, x) e^x x^-a as a continued fraction (Abramowitz and Stegun 1964, 6.5.31, even part; evaluated by Lentz's
/// method), for x >= a + 1.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..10_000_000_u32 {
        let numerator = f64::from(i) * (a - f64::from(i));
        b += 2.0;
        d = 1.0 / (b + numerator * d);
        c = b + numerator / c;
        fraction *= c * d;
        if (c * d - 1.0).abs() < 3e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "std's functions are oracles")]
mod tests {
    use super::*;
    use statrs::function::gamma::{gamma_lr, gamma_ur};

    #[test]
    fn ln_gamma_of_whole_numbers_is_the_factorial() {
        let mut factorial = 1.0_f64;
        for n in 1..100 {
            let exact = factorial.ln();
            assert!((ln_gamma(f64::from(n)) - exact).abs() <= 1e-14 * exact.max(1.0), "ln_gamma({n})");
            factorial *= f64::from(n);
        }
        assert!((ln_gamma(0.5) - 0.572_364_942_924_700_1).abs() < 1e-14);
        assert!((ln_gamma(1e-5) - 11.512_919_692_895_826).abs() < 1e-13);
        assert!((ln_gamma(1234.5) - 7550.550901077895).abs() < 1e-9);
        assert_eq!(ln_gamma(0.0), f64::INFINITY);
        assert!(ln_gamma(-1.5).is_nan());
    }

    #[test]
    fn the_incomplete_functions_agree_with_statrs() {
        for shape in [0.05, 0.5, 1.0, 2.3, 7.0, 25.0, 150.0, 2_000.0] {
            for i in 1..60 {
                let x = shape * 0.05 * f64::from(i) + 0.01;
                let (p, q) = (regularised_gamma_p(shape, x), regularised_gamma_q(shape, x));
                assert!((p - gamma_lr(shape, x)).abs() < 3e-11, "P({shape}, {x}) = {p}");
                assert!((q - gamma_ur(shape, x)).abs() < 3e-11, "Q({shape}, {x}) = {q}");
                assert!((p + q - 1.0).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn closed_forms_come_out() {
        for i in 1..200 {
            let x = f64::from(i) * 0.2;
            assert!((regularised_gamma_q(1.0, x) - (-x).exp()).abs() <= 2e-14 * (-x).exp(), "Q(1, {x})");
            let erlang2 = (1.0 + x) * (-x).exp();
            assert!((regularised_gamma_q(2.0, x) - erlang2).abs() <= 2e-14 * erlang2, "Q(2, {x})");
            let chi = 2.0 * normal_cdf(-(2.0 * x).sqrt());
            assert!((regularised_gamma_q(0.5, x) - chi).abs() <= 2e-14 * chi, "Q(1/2, {x})");
        }
        assert_eq!((regularised_gamma_p(3.0, 0.0), regularised_gamma_q(3.0, 0.0)), (0.0, 1.0));
        assert!(regularised_gamma_p(0.0, 1.0).is_nan());
    }

    #[test]
    fn the_quantile_inverts_the_distribution() {
        for shape in [0.01, 0.3, 1.0, 1.7, 4.0, 9.99, 10.0, 64.0, 3_000.0, 1e6] {
            for i in 1..200 {
                let u = f64::from(i) / 200.0;
                let x = gamma_quantile(shape, u);
                let slope = (shape + x).sqrt();
                assert!(
                    (regularised_gamma_p(shape, x) - u).abs() <= 1e-14 * slope.max(1.0),
                    "{shape} {u}: {x}"
                );
            }
        }
    }

    #[test]
    fn quantiles_match_known_values() {
        // Computed with 40 digits.
        let table = [
            (0.05, 0.5, 5.573878440746248e-07),
            (0.05, 0.999, 2.736458598728676),
            (0.3, 0.001, 6.972699096783344e-11),
            (1.0, 0.5, std::f64::consts::LN_2),
            (2.5, 1e-09, 0.00040614478283282704),
            (2.5, 0.75, 3.312839881914625),
            (2.5, 0.999999, 17.94409343980521),
            (16.0, 0.05, 10.035956732274142),
            (400.0, 0.9, 425.8356088567497),
        ];
        for (shape, u, x) in table {
            let ours = gamma_quantile(shape, u);
            assert!((ours / x - 1.0).abs() < 2e-13, "gamma_quantile({shape}, {u}) = {ours:e}, not {x:e}");
        }
        assert_eq!(gamma_quantile(2.0, 0.0), 0.0);
        assert_eq!(gamma_quantile(2.0, 1.0), f64::INFINITY);
        assert!(gamma_quantile(-1.0, 0.5).is_nan());
    }
}
