//! Statistics that need no engine: tallies and histograms of one replication, ratios and intervals over replications.
//!
//! Within a replication data are whole microseconds and accumulate as integers ([`Tally`], [`Histogram`]): the order does not
//! matter, sets merge exactly. Over replications they are floats, and whoever calls adds them **in replication order**,
//! so that threads cannot change a digit. Only + - * / and `sqrt` are used, and `exp` from the pinned math: intervals have the same bytes on
//! any machine, Student's quantiles included.
//!
//! | question | answer |
//! | --- | --- |
//! | how well do we know a ratio? | [`RatioSample::interval`], [`GridRatio::interval`], [`RatioMoments::interval`] |
//! | ... a mean over replications? | [`Running::interval`]: the same with all denominators 1 |
//! | ... a quantile? | [`sectioning`] |
//! | ... the difference of two scenarios? | [`PairedRatios::difference`], [`PairedMoments::difference`] |
//! | ... a ratio, from the batches of one long run? | [`RatioSample::batch_means`], [`Stretches`] |
//! | ... a ratio, from the weeks of one year? | [`RatioSample::successive_differences`] |
//! | what may one year bring? | [`Spread`] |
//! | does it agree with a closed form? | [`z_score`] |
//!
//! ```
//! use centralino::stats::{Confidence, RatioSample, Scale};
//!
//! let mut abandonment = RatioSample::default();
//! for (abandoned, offered) in [(12.0, 400.0), (20.0, 500.0), (16.0, 420.0)] {
//!     abandonment.push(abandoned, offered);
//! }
//! assert_eq!(abandonment.ratio(), Some(48.0 / 1320.0)); // of sums, never the mean of three ratios
//! let interval = abandonment.interval(Scale::Share, &Confidence::default()).unwrap();
//! assert!(interval.contains(0.04));
//! ```

mod batches;
mod confidence;
#[cfg(test)]
mod coverage;
mod histogram;
mod interval;
mod jackknife;
mod packed;
mod paired;
mod paired_moments;
mod ratio;
mod ratio_grid;
mod ratio_moments;
mod running;
mod spread;
mod student;
mod tally;

pub use batches::{Growth, LagOne, StartDiffers, Stretches};
pub use confidence::{Confidence, NotAConfidence};
pub use histogram::{Bin, Histogram};
pub use interval::{Interval, Method, Scale, sectioning, z_score};
pub use jackknife::jackknife_error;
pub use packed::PackedNumbers;
pub use paired::{Difference, PairedRatios, Shown, Wanted};
pub use paired_moments::PairedMoments;
pub use ratio::{Pair, RatioSample};
pub use ratio_grid::{GridRatio, RatioGrid};
pub use ratio_moments::RatioMoments;
pub use running::Running;
pub use spread::Spread;
pub use tally::Tally;
