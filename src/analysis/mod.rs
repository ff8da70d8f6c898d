//! What several scenarios say together: what-if comparisons.
//!
//! Scenarios are run under the same seed, so that all of them meet the same citizens, and are held against each other replication
//! by replication. How a replication is run is `experiment`'s business, how it looks is `report`'s.

mod compare;
mod runner;
mod wanted;

pub use compare::{Comparison, Row, TargetKept, Verdict};
pub use runner::{Aim, compare};
pub use wanted::wanted;
