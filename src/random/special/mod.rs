//! Special functions on top of the pinned math: normal and gamma distribution functions and their inverses.
//!
//! For parameters, couplings and tests. Sampling in the loop has tables of its own.

mod gamma;
mod normal;

pub(super) use gamma::GammaShape;
pub use gamma::{gamma_quantile, ln_gamma, regularised_gamma_p, regularised_gamma_q};
pub(super) use normal::normal_density;
pub use normal::{normal_cdf, normal_quantile};
