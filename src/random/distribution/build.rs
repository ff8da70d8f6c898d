//! Making distributions: the checks at the door, and what is computed once.

use std::sync::Arc;

use super::{Distribution, DistributionError, Family, GammaTable, Options, Triangle};
use crate::random::math::{exp, ln, ln_1p};
use crate::random::special::ln_gamma;

type Made = Result<Distribution, DistributionError>;

/// The largest duration or factor that a parameter may state: 30,000 years of seconds.
const LARGEST: f64 = 1e12;

impl Distribution {
    /// Always `value`, from 0 to 1e12.
    pub fn constant(value: f64) -> Made {
        within("value", value, value >= 0.0, "a number from 0 to 1e12")?;
        made(Family::Constant { value })
    }

    /// Exponential with this mean.
    pub fn exponential(mean: f64) -> Made {
        positive("mean", mean)?;
        made(Family::Exponential { mean })
    }

    /// Lognormal with the mean and standard deviation of the variable itself, not of its logarithm.
    pub fn lognormal(mean: f64, sd: f64) -> Made {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let ratio = sd / mean;
        if !(1e-6..=1_000.0).contains(&ratio) {
            return Err(DistributionError::Variability {
                family: "lognormal",
                mean,
                sd,
                expected: "from 1e-6 to 1000",
            });
        }
        let variance = ln_1p(ratio * ratio);
        made(Family::Lognormal { mu: ln(mean) - 0.5 * variance, sigma: variance.sqrt() })
    }

    /// Gamma with this mean and standard deviation: shape (mean / sd)^2, scale sd^2 / mean.
    pub fn gamma(mean: f64, sd: f64) -> Made {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let ratio = sd / mean;
        if !(0.001..=10.0).contains(&ratio) {
            return Err(DistributionError::Variability {
                family: "gamma",
                mean,
                sd,
                expected: "from 0.001 to 10",
            });
        }
        let shape = 1.0 / (ratio * ratio);
        made(Family::Gamma { scale: mean / shape, table: Arc::new(GammaTable::new(shape)) })
    }

    /// Erlang: the sum of `phases` exponentials of equal mean, `mean` altogether.
    pub fn erlang(phases: u32, mean: f64) -> Made {
        positive("mean", mean)?;
        let shape = f64::from(phases);
        within("phases", shape, (1.0..=1e6).contains(&shape), "a whole number from 1 to 1000000")?;
        made(Family::Gamma { scale: mean / shape, table: Arc::new(GammaTable::new(shape)) })
    }

    /// Weibull with distribution function 1 - e^-(x / scale)^shape.
    pub fn weibull(shape: f64, scale: f64) -> Made {
        within("shape", shape, (0.05..=1_000.0).contains(&shape), "a number from 0.05 to 1000")?;
        positive("scale", scale)?;
        let made = Self { family: Family::Weibull { scale, inverse_shape: 1.0 / shape } };
        within("scale", scale, made.mean() <= LARGEST, "at least 1e-9 and give a mean of at most 1e12")?;
        Ok(made)
    }

    /// Weibull with this mean: scale mean / Gamma(1 + 1 / shape).
    pub fn weibull_mean(mean: f64, shape: f64) -> Made {
        positive("mean", mean)?;
        within("shape", shape, (0.05..=1_000.0).contains(&shape), "a number from 0.05 to 1000")?;
        Self::weibull(shape, mean * exp(-ln_gamma(1.0 + 1.0 / shape)))
    }

    /// Uniform from `min` to `max`.
    pub fn uniform(min: f64, max: f64) -> Made {
        within("min", min, min >= 0.0, "a number from 0 to 1e12")?;
        within("max", max, max >= 0.0, "a number from 0 to 1e12")?;
        below("min", min, "max", max)?;
        made(Family::Uniform { min, width: max - min })
    }

    /// Triangular from `min` to `max` with its peak at `mode`, which may be either end.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Made {
        for (name, value) in [("min", min), ("mode", mode), ("max", max)] {
            within(name, value, value >= 0.0, "a number from 0 to 1e12")?;
        }
        below("min", min, "max", max)?;
        if mode < min {
            below("min", min, "mode", mode)?;
        }
        if mode > max {
            below("mode", mode, "max", max)?;
        }
        made(Family::Triangular(Arc::new(Triangle { min, mode, max })))
    }

    /// Equal chances for the values given: the inverse of their empirical distribution function, an order statistic
    /// without interpolation.
    pub fn empirical(mut values: Vec<f64>) -> Made {
        if values.is_empty() {
            return Err(DistributionError::Empty { what: "values" });
        }
        for &value in &values {
            within("values", value, value >= 0.0, "numbers from 0 to 1e12")?;
        }
        values.sort_unstable_by(f64::total_cmp);
        made(Family::Empirical(values.into()))
    }

    /// Exponentials by chance: pairs of (probability, mean) whose probabilities add up to 1 (to 1e-9).
    pub fn hyperexponential(phases: &[(f64, f64)]) -> Made {
        for &(probability, mean) in phases {
            within("probability", probability, (0.0..=1.0).contains(&probability), "a number from 0 to 1")?;
            positive("mean", mean)?;
        }
        let options = Options::new(phases.iter().copied())?;
        let sum: f64 = phases.iter().map(|(probability, _)| probability).sum();
        if (sum - 1.0).abs() > 1e-9 {
            return Err(DistributionError::Probabilities { sum });
        }
        made(Family::Hyperexponential(Arc::new(options)))
    }

    /// One of several distributions by chance: pairs of (weight, distribution); weights are relative.
    pub fn mixture(options: Vec<(f64, Distribution)>) -> Made {
        for &(weight, _) in &options {
            within("weight", weight, weight >= 0.0, "a number from 0 to 1e12")?;
        }
        made(Family::Mixture(Arc::new(Options::new(options)?)))
    }

    /// The distribution of `factor` times the variable, with the same draws; a factor of 0 gives the constant 0.
    ///
    /// The factor is from 0 to 1e12, and so is the mean that comes out.
    pub fn times(&self, factor: f64) -> Made {
        let holds = factor >= 0.0 && self.mean() * factor <= LARGEST;
        within("factor", factor, holds, "from 0 to 1e12, for a mean of at most 1e12")?;
        if factor == 0.0 {
            return Self::constant(0.0);
        }
        Ok(self.scaled(factor))
    }

    fn scaled(&self, k: f64) -> Self {
        let family = match &self.family {
            Family::Constant { value } => Family::Constant { value: value * k },
            Family::Exponential { mean } => Family::Exponential { mean: mean * k },
            Family::Lognormal { mu, sigma } => Family::Lognormal { mu: mu + ln(k), sigma: *sigma },
            Family::Weibull { scale, inverse_shape } => {
                Family::Weibull { scale: scale * k, inverse_shape: *inverse_shape }
            }
            Family::Gamma { scale, table } => Family::Gamma { scale: scale * k, table: Arc::clone(table) },
            Family::Uniform { min, width } => Family::Uniform { min: min * k, width: width * k },
            Family::Triangular(triangle) => Family::Triangular(Arc::new(triangle.scaled(k))),
            Family::Empirical(values) => Family::Empirical(values.iter().map(|value| value * k).collect()),
            Family::Hyperexponential(options) => {
                Family::Hyperexponential(Arc::new(options.map(|mean| mean * k)))
            }
            Family::Mixture(options) => Family::Mixture(Arc::new(options.map(|option| option.scaled(k)))),
        };
        Self { family }
    }
}

impl Triangle {
    fn scaled(&self, k: f64) -> Self {
        Self { min: self.min * k, mode: self.mode * k, max: self.max * k }
    }
}

impl<T> Options<T> {
    /// Options with relative weights, at least one above 0.
    fn new(weighted: impl IntoIterator<Item = (f64, T)>) -> Result<Self, DistributionError> {
        let (weights, items): (Vec<f64>, Vec<T>) = weighted.into_iter().unzip();
        let total: f64 = weights.iter().sum();
        if items.is_empty() {
            return Err(DistributionError::Empty { what: "options" });
        }
        within("total weight", total, total > 0.0, "above 0")?;
        let mut cumulative: Vec<f64> = weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight / total;
                Some(*sum)
            })
            .collect();
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(Self { cumulative, items })
    }

    fn map(&self, change: impl Fn(&T) -> T) -> Self {
        Self { cumulative: self.cumulative.clone(), items: self.items.iter().map(change).collect() }
    }
}

fn made(family: Family) -> Made {
    Ok(Distribution { family })
}

/// Refuses what is not a finite number up to the largest, or not as expected.
fn within(
    parameter: &'static str,
    value: f64,
    holds: bool,
    expected: &'static str,
) -> Result<(), DistributionError> {
    if holds && value <= LARGEST {
        return Ok(());
    }
    Err(DistributionError::OutOfRange { parameter, value, expected })
}

fn positive(parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    within(parameter, value, value >= 1e-9, "above 0 (at least 1e-9) and at most 1e12")
}

fn below(
    smaller: &'static str,
    smaller_value: f64,
    larger: &'static str,
    larger_value: f64,
) -> Result<(), DistributionError> {
    if smaller_value < larger_value {
        return Ok(());
    }
    Err(DistributionError::Order { smaller, smaller_value, larger, larger_value })
}
