//! Quantiles of Student's t and of the normal distribution, by arithmetic that gives the same bits everywhere.
//!
//! Central probabilities P(|T| <= t) have finite sums for whole degrees of freedom; they are concave in t > 0, so that
//! Newton's method from the left climbs to the quantile without overshooting. Which level is wanted is `confidence`'s.

use crate::random::math::exp;

use std::f64::consts::{FRAC_PI_2, PI};

/// From here on the expansion in 1 / degrees of freedom is exact to 1e-11.
const MANY: u32 = 200;

/// The t with P(|T| <= t) = `level` for `degrees` of freedom, given the normal distribution's own `normal`; infinite at 0 degrees.
pub(super) fn student_quantile(level: f64, degrees: u32, normal: f64) -> f64 {
    match degrees {
        0 => f64::INFINITY,
        1..MANY => climb(normal, |t| central_student(t, degrees), level),
        _ => expansion(normal, f64::from(degrees)),
    }
}

/// The z with P(|Z| <= z) = `level`.
pub(super) fn normal_quantile(level: f64) -> f64 {
    climb(0.0, central_normal, level)
}

/// Newton's method from the left on a concave rising function, given with its slope.
fn climb(start: f64, function: impl Fn(f64) -> (f64, f64), level: f64) -> f64 {
    let mut t = start;
    for _ in 0..200 {
        let (probability, slope) = function(t);
        let next = t + (level - probability) / slope;
        if next <= t {
            break;
        }
        t = next;
    }
    t
}

/// P(|Z| <= z) = 2 phi(z) (z + z^3/3 + z^5/(3 5) + ...) (Abramowitz and Stegun 1964, 26.2.11), and its slope.
fn central_normal(z: f64) -> (f64, f64) {
    let slope = 2.0 * exp(-0.5 * z * z) / (2.0 * PI).sqrt();
    let (mut term, mut sum, mut odd) = (z, z, 1.0);
    while term > 1e-17 * sum {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    (slope * sum, slope)
}

/// P(|T| <= t) (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4) with theta = arctan(t / sqrt n), and its slope in t.
///
/// The slope in theta is c cos^(n - 1) theta; c is the sum of the same coefficients, as theta near 0 shows.
fn central_student(t: f64, degrees: u32) -> (f64, f64) {
    let n = f64::from(degrees);
    let cos_squared = n / (n + t * t);
    let (sin, cos) = (t / (n + t * t).sqrt(), cos_squared.sqrt());
    let odd = degrees % 2 == 1;
    let (mut coefficient, mut power, mut at) =
        (1.0, if odd { cos } else { 1.0 }, if odd { 1.0 } else { 0.0 });
    let (mut sum, mut coefficients) = (0.0, 0.0);
    for _ in 0..degrees / 2 {
        sum += coefficient * power;
        coefficients += coefficient;
        at += 2.0;
        coefficient *= (at - 1.0) / at;
        power *= cos_squared;
    }
    if odd {
        let scale = 1.0 / FRAC_PI_2;
        let theta = arctan(t / n.sqrt());
        (scale * (theta + sin * sum), scale * (1.0 + coefficients) * power * cos / n.sqrt())
    } else {
        (sin * sum, coefficients * power * cos / n.sqrt())
    }
}

/// arctan(x) for x >= 0: the reciprocal above 1, two halvings of the angle, then the series.
fn arctan(x: f64) -> f64 {
    if x > 1.0 {
        return FRAC_PI_2 - arctan(1.0 / x);
    }
    let half = |x: f64| x / (1.0 + (1.0 + x * x).sqrt());
    let y = half(half(x));
    let square = y * y;
    let series = (0..14).rev().fold(0.0, |sum, k| 1.0 / f64::from(2 * k + 1) - square * sum);
    4.0 * y * series
}

/// Student's quantile from the normal one in powers of 1/n (Abramowitz and Stegun 1964, 26.7.5).
fn expansion(x: f64, n: f64) -> f64 {
    let s = x * x;
    let first = x * (s + 1.0) / 4.0;
    let second = x * (3.0 + s * (16.0 + s * 5.0)) / 96.0;
    let third = x * (-15.0 + s * (17.0 + s * (19.0 + s * 3.0))) / 384.0;
    let fourth = x * (-945.0 + s * (-1920.0 + s * (1482.0 + s * (776.0 + s * 79.0)))) / 92160.0;
    x + (first + (second + (third + fourth / n) / n) / n) / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    fn student(level: f64, degrees: u32) -> f64 {
        student_quantile(level, degrees, normal_quantile(level))
    }

    /// Any printed table of Student's t, two-sided 95 % and 99 %.
    #[test]
    fn the_printed_table() {
        let table = [
            (0.95, 1, 12.7062),
            (0.95, 2, 4.3027),
            (0.95, 3, 3.1824),
            (0.95, 9, 2.2622),
            (0.95, 19, 2.0930),
            (0.95, 29, 2.0452),
            (0.95, 120, 1.9799),
            (0.95, 1000, 1.9623),
            (0.99, 1, 63.6567),
            (0.99, 9, 3.2498),
            (0.99, 30, 2.7500),
        ];
        for (level, degrees, printed) in table {
            let found = student(level, degrees);
            assert!((found - printed).abs() < 5.1e-5, "t({degrees}) at {level}: {found}, not {printed}");
        }
        assert!((normal_quantile(0.95) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((normal_quantile(0.999) - 3.290_526_731_491_896).abs() < 1e-13);
    }

    /// Another hand's distribution function, at our quantiles.
    #[test]
    fn statrs_agrees() {
        for level in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999] {
            for degrees in [1, 2, 3, 4, 5, 9, 10, 29, 30, 99, 198, 199, 200, 201, 500, 10_000] {
                let oracle = StudentsT::new(0.0, 1.0, f64::from(degrees)).unwrap();
                let reached = 2.0 * oracle.cdf(student(level, degrees)) - 1.0;
                assert!((reached - level).abs() < 1e-10, "{degrees} degrees at {level}: {reached}");
            }
        }
    }

    #[test]
    fn sums_and_expansion_meet_where_one_takes_over() {
        for level in [0.8, 0.95, 0.99] {
            let z = normal_quantile(level);
            let sums = climb(z, |t| central_student(t, MANY), level);
            assert!((sums - expansion(z, f64::from(MANY))).abs() < 1e-10);
        }
    }

    /// The same bits on every machine: a changed number is a decision.
    #[test]
    fn frozen_bits() {
        let bits =
            [(0.95, 9), (0.95, 1), (0.99, 1000)].map(|(level, degrees)| student(level, degrees).to_bits());
        assert_eq!(bits, [4612276343877733156, 4623342575419149604, 4612993761748289570]);
    }
}
