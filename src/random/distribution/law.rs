//! What is known in closed form of each distribution: mean, variance, distribution function.

use super::{Distribution, Family, Triangle};
use crate::random::math::{exp, exp_m1, ln};
use crate::random::special::{ln_gamma, normal_cdf, regularised_gamma_p};

impl Distribution {
    /// The mean, in the distribution's unit.
    pub fn mean(&self) -> f64 {
        match &self.family {
            Family::Constant { value } => *value,
            Family::Exponential { mean } => *mean,
            Family::Lognormal { mu, sigma } => exp(mu + 0.5 * sigma * sigma),
            Family::Weibull { scale, inverse_shape } => scale * exp(ln_gamma(1.0 + inverse_shape)),
            Family::Gamma { scale, table } => scale * table.shape(),
            Family::Uniform { min, width } => min + 0.5 * width,
            Family::Triangular(t) => (t.min + t.mode + t.max) / 3.0,
            Family::Empirical(values) => average(values.iter().copied(), values.len()),
            Family::Hyperexponential(options) => options.weighted().map(|(p, mean)| p * mean).sum(),
            Family::Mixture(options) => options.weighted().map(|(p, option)| p * option.mean()).sum(),
        }
    }

    /// The variance, in the distribution's unit squared (population variance of the values for an empirical one).
    pub fn variance(&self) -> f64 {
        let square = |x: f64| x * x;
        match &self.family {
            Family::Constant { .. } => 0.0,
            Family::Exponential { mean } => mean * mean,
            Family::Lognormal { mu, sigma } => square(exp(mu + 0.5 * sigma * sigma)) * exp_m1(sigma * sigma),
            Family::Weibull { scale, inverse_shape } => scale * scale * weibull_variance(*inverse_shape),
            Family::Gamma { scale, table } => scale * scale * table.shape(),
            Family::Uniform { width, .. } => width * width / 12.0,
            Family::Triangular(t) => t.variance(),
            Family::Empirical(values) => {
                let mean = self.mean();
                average(values.iter().map(|value| square(value - mean)), values.len())
            }
            Family::Hyperexponential(options) => {
                options.weighted().map(|(p, mean)| p * 2.0 * mean * mean).sum::<f64>() - square(self.mean())
            }
            Family::Mixture(options) => {
                let mean = self.mean();
                options
                    .weighted()
                    .map(|(p, option)| p * (option.variance() + square(option.mean() - mean)))
                    .sum()
            }
        }
    }

    /// The probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match &self.family {
            Family::Constant { value } => f64::from(u8::from(x >= *value)),
            Family::Exponential { mean } => -exp_m1(-x / mean),
            Family::Lognormal { mu, sigma } => normal_cdf((ln(x) - mu) / sigma),
            Family::Weibull { scale, inverse_shape } => -exp_m1(-exp(ln(x / scale) / inverse_shape)),
            Family::Gamma { scale, table } => regularised_gamma_p(table.shape(), x / scale),
            Family::Uniform { min, width } => ((x - min) / width).clamp(0.0, 1.0),
            Family::Triangular(t) => t.cdf(x),
            Family::Empirical(values) => {
                values.partition_point(|&value| value <= x) as f64 / values.len() as f64
            }
            Family::Hyperexponential(options) => {
                options.weighted().map(|(p, mean)| -p * exp_m1(-x / mean)).sum()
            }
            Family::Mixture(options) => options.weighted().map(|(p, option)| p * option.cdf(x)).sum(),
        }
    }
}

impl Triangle {
    fn variance(&self) -> f64 {
        let (rise, fall) = (self.mode - self.min, self.max - self.mode);
        (rise * rise + rise * fall + fall * fall) / 18.0
    }

    fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        if x <= self.min || x >= self.max {
            return f64::from(u8::from(x >= self.max));
        }
        if x < self.mode {
            return (x - self.min) * (x - self.min) / (width * (self.mode - self.min));
        }
        1.0 - (self.max - x) * (self.max - x) / (width * (self.max - self.mode))
    }
}

/// Gamma(1 + 2 k) - Gamma(1 + k)^2 for the inverse shape k.
fn weibull_variance(inverse_shape: f64) -> f64 {
    let ln_mean_squared = 2.0 * ln_gamma(1.0 + inverse_shape);
    exp(ln_mean_squared) * exp_m1(ln_gamma(1.0 + 2.0 * inverse_shape) - ln_mean_squared)
}

fn average(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count as f64
}
