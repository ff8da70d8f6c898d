//! A sweep: its directory, which grows as units are done, its tables, and what is told of it.

mod about;
#[cfg(feature = "parquet")]
mod columns;
mod directory;
mod document;
mod json;
mod parts;
mod tables;

pub use about::SweepAbout;
#[cfg(feature = "parquet")]
pub use columns::write_parquet;
pub use directory::{SweepDirectory, SweepFault};
pub use document::sweep_document;
pub(super) use json::shown_keys;
pub use json::{Sweepings, sweep_json};
pub use parts::Parts;
pub use tables::{
    BREAKS as BREAKS_COLUMNS, EFFECTS as EFFECTS_COLUMNS, FRONT as FRONT_COLUMNS, RESULTS as RESULTS_COLUMNS,
    SAVINGS as SAVINGS_COLUMNS, SCENARIOS as SCENARIOS_COLUMNS,
};

/// What a directory says of itself.
const ABOUT: &str = "sweep.json";
/// The units, as they were done.
const UNITS: &str = "units.bin";
/// What is told; where it stands, the sweep is done.
const SUMMARY: &str = "summary.json";
