//! What several scenarios say together: what-if comparisons, and sweeps over designed sets of them.
//!
//! Scenarios are run under the same seed, so that all of them meet the same citizens, and are held against each other replication
//! by replication. How a replication is run is `experiment`'s business, how it looks is `report`'s.

mod compare;
mod runner;
mod sweep;
mod wanted;

pub use compare::{Comparison, Enough, HourDifference, Row, TargetKept, Verdict};
pub use runner::{Aim, compare};
pub use sweep::{
    Break, Coordinate, Design, Effect, EffectLevel, Estimate, Finished, Holds, Keeper, Known, OnFront, Point,
    Record, Response, Saving, Selection, Shard, Spending, Sweep, SweepError, SweepProgress, Swept, Unit,
    WantedSeries, difference, sweep, try_scenarios,
};
pub use wanted::wanted;
