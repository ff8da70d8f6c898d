//! Drawing from a distribution.

use super::{Distribution, Family, Triangle};
use crate::random::math::{exp, ln};
use crate::random::{Draw, choose};

impl Distribution {
    /// The sample at this address, in the distribution's unit; finite and at least 0, the same each time.
    ///
    /// Exponential and Weibull apply their parameters to a unit exponential, lognormal and gamma to a normal score (so the
    /// gamma is the inversion of the uniform Phi(Z), and shapes compare under common random numbers), the others to a
    /// uniform. Choices take the uniform, what is chosen the 0-th sub-draw.
    #[inline(always)]
    pub fn sample(&self, draw: Draw) -> f64 {
        match &self.family {
            Family::Constant { value } => *value,
            Family::Exponential { mean } => mean * draw.unit_exponential(),
            Family::Lognormal { mu, sigma } => exp(mu + sigma * draw.standard_normal()),
            Family::Gamma { scale, table } => scale * table.at_score(draw.standard_normal()),
            _ => self.sample_rarer(draw),
        }
    }

    #[inline(never)]
    fn sample_rarer(&self, draw: Draw) -> f64 {
        match &self.family {
            Family::Weibull { scale, inverse_shape } => {
                scale * exp(ln(draw.unit_exponential()) * inverse_shape)
            }
            Family::Uniform { min, width } => min + width * draw.uniform(),
            Family::Triangular(triangle) => triangle.quantile(draw.uniform()),
            Family::Empirical(values) => values[order_statistic(values.len(), draw.uniform())],
            Family::Hyperexponential(options) => {
                options.items[choose(&options.cumulative, draw.uniform())] * draw.sub(0).unit_exponential()
            }
            Family::Mixture(options) => {
                options.items[choose(&options.cumulative, draw.uniform())].sample(draw.sub(0))
            }
            Family::Constant { .. }
            | Family::Exponential { .. }
            | Family::Lognormal { .. }
            | Family::Gamma { .. } => self.sample(draw),
        }
    }
}

impl Triangle {
    fn quantile(&self, u: f64) -> f64 {
        let width = self.max - self.min;
        let rise = self.mode - self.min;
        if u * width < rise {
            return self.min + (u * width * rise).sqrt();
        }
        self.max - ((1.0 - u) * width * (self.max - self.mode)).sqrt()
    }
}

/// The place, from 0, of the value whose empirical probability first reaches `u`.
fn order_statistic(count: usize, u: f64) -> usize {
    ((u * count as f64) as usize).min(count - 1)
}
