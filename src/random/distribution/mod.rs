//! The compiled distributions of durations (in seconds) and of plain factors.
//!
//! Checked and resolved when made, so that sampling cannot fail: every sample is
//! finite and at least 0. A sample is a standard keyed variate with the
//! parameters applied after it, so that the same citizen under another
//! parameter has a longer or shorter time, never an unrelated one.

mod build;
mod error;
mod gamma_table;
mod law;
mod sample;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use error::DistributionError;
use gamma_table::GammaTable;

/// A distribution of a duration in seconds, or of a factor. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    family: Family,
}

/// The family with its resolved parameters; those drawn for every contact hold them in place.
#[derive(Clone, Debug, PartialEq)]
enum Family {
    Constant {
        value: f64,
    },
    Exponential {
        mean: f64,
    },
    /// e^(mu + sigma Z).
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    /// scale E^(1 / shape).
    Weibull {
        scale: f64,
        inverse_shape: f64,
    },
    /// scale times the tabulated quantile of the unit gamma at a normal score.
    Gamma {
        scale: f64,
        table: Arc<GammaTable>,
    },
    Uniform {
        min: f64,
        width: f64,
    },
    Triangular(Arc<Triangle>),
    /// Sorted values.
    Empirical(Arc<[f64]>),
    Hyperexponential(Arc<Options<f64>>),
    Mixture(Arc<Options<Distribution>>),
}

#[derive(Clone, Debug, PartialEq)]
struct Triangle {
    min: f64,
    mode: f64,
    max: f64,
}

/// Options of a choice in declared order, with their cumulative probabilities (the last is 1).
#[derive(Clone, Debug, PartialEq)]
struct Options<T> {
    cumulative: Vec<f64>,
    items: Vec<T>,
}

impl<T> Options<T> {
    /// Each item with its own probability.
    fn weighted(&self) -> impl Iterator<Item = (f64, &T)> {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        self.cumulative.iter().zip(before).map(|(upper, lower)| upper - lower).zip(&self.items)
    }
}

impl Distribution {
    /// The one value of a constant distribution.
    pub fn constant_value(&self) -> Option<f64> {
        match self.family {
            Family::Constant { value } => Some(value),
            _ => None,
        }
    }

    /// Whether the law is exponential, under whatever family's name: also gamma, Erlang or Weibull of shape 1.
    pub fn is_exponential(&self) -> bool {
        match &self.family {
            Family::Exponential { .. } => true,
            Family::Weibull { inverse_shape, .. } => *inverse_shape == 1.0,
            Family::Gamma { table, .. } => table.shape() == 1.0,
            _ => false,
        }
    }
}
