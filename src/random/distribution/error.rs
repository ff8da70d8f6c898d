//! What can be wrong with the parameters of a distribution.

use thiserror::Error;

/// Why a distribution cannot be made. The messages name the parameter; where it stands in a file is the caller's to add.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DistributionError {
    /// A parameter is outside its range, infinite or not a number.
    #[error("`{parameter}` is {value}, but must be {expected}")]
    OutOfRange {
        /// The parameter's name in the constructor.
        parameter: &'static str,
        /// What was given.
        value: f64,
        /// What would do.
        expected: &'static str,
    },
    /// Two parameters are in the wrong order.
    #[error("`{smaller}` is {smaller_value}, which must be below `{larger}`, {larger_value}")]
    Order {
        /// The parameter that must be the smaller.
        smaller: &'static str,
        /// Its value.
        smaller_value: f64,
        /// The parameter that must be the larger.
        larger: &'static str,
        /// Its value.
        larger_value: f64,
    },
    /// The standard deviation is out of proportion to the mean.
    #[error(
        "a {family} with mean {mean} and standard deviation {sd} cannot be drawn: their ratio must be {expected}"
    )]
    Variability {
        /// The family's name.
        family: &'static str,
        /// The mean given.
        mean: f64,
        /// The standard deviation given.
        sd: f64,
        /// The ratios sd / mean that would do.
        expected: &'static str,
    },
    /// The probabilities of a choice do not add up to 1.
    #[error("the probabilities add up to {sum}, not to 1")]
    Probabilities {
        /// Their sum.
        sum: f64,
    },
    /// There is nothing to choose from.
    #[error("there are no {what}")]
    Empty {
        /// What is missing: values, or options.
        what: &'static str,
    },
}
