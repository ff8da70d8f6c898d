//! Sweeps: a designed set of scenarios, each with as many replications as it needs, and what they say together.

mod design;
mod latin;
mod response;
mod run;
mod selection;
mod spending;
mod trial;
mod unit;
mod wanted_series;

pub use design::Design;
pub use response::{Break, Effect, EffectLevel, Estimate, Holds, Known, OnFront, Point, Response, Saving};
pub use run::{Finished, Keeper, Shard, Sweep, SweepError, SweepProgress, Swept, sweep};
pub use selection::Selection;
pub use spending::{Spending, difference};
pub use trial::try_scenarios;
pub use unit::{Coordinate, Record, Unit};
pub use wanted_series::WantedSeries;
