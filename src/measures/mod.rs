//! Performance measures: what one replication did, what all replications say, and the recorder of the log.
//!
//! [`Collector`] listens to the engine and sums in whole numbers; [`Results`] folds replications in their order and
//! hands out rows with intervals; [`measures`] has every measure with its formula. Who runs replications is `experiment`'s
//! business, how rows look is `report`'s.

mod again;
mod attribution;
mod backlog;
mod campaigns;
mod cases;
mod cell;
mod collector;
mod consultations;
mod cuts;
mod detail;
mod distributions;
mod extract;
mod grid;
mod hours;
mod layout;
mod measure;
mod months;
mod needs;
mod offers;
mod over_replications;
mod parts;
mod passes;
mod peaks;
mod planner;
mod presence;
mod recorder;
mod replicate;
mod replication;
mod results;
mod ring;
mod rows;
mod scope;
mod sheet;
mod spans;
mod steadiness;
mod table;
mod targets;
#[cfg(test)]
mod tests;
mod totals;
mod visits;
mod web;
mod week;
mod week_hours;
mod written;

pub use attribution::Attribution;
pub use backlog::{AGE_CLASSES_DAYS, BacklogRow};
pub use collector::Collector;
pub use detail::Detail;
pub use extract::{Extract, Extracted, SeriesKey};
pub use measure::{Measure, Unit, measures};
pub use parts::Grounds;
pub use recorder::{LogRows, LogSink, LogWriters, Recorder};
pub use replicate::replicate;
pub use replication::Replication;
pub use results::Results;
pub use rows::{MeasureRow, PeriodKind, PeriodLabel, PeriodRow, ReplicationRow, SeriesView, TargetResult};
pub use scope::{Basis, Scope, ScopeKind};
pub use steadiness::{Doubt, Doubted};
pub use week_hours::{WEEK_HOURS, week_hours_basis};

/// Microseconds in a second.
const US_PER_S: f64 = 1e6;
