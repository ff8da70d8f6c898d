//! Reports: what a run says, for people and for programs.
//!
//! A [`Document`] holds what is said; [`render`] lays it out on a terminal. [`RunDirectory`] holds a run's files, which appear
//! together or not at all. Nothing here computes a measure: rows come from `measures`, findings from whoever found them.

mod chapters;
mod chart;
mod comparison;
mod csv;
mod directory;
mod document;
mod ending;
mod erlang;
mod flow;
mod html;
mod json;
mod language;
mod logs;
mod number;
mod picture;
mod plots;
mod run;
mod saved;
mod summary;
mod sweep;
mod tables;
mod terminal;
mod workbook;
mod worst;

pub use chapters::{comparison_report, run_report, sweep_report};
pub use chart::{
    Axis, AxisUnit, Bar, Bars, Chart, ChartKind, Heat, Lines, Naming, Point, Points, Rule, Series, Span,
    Spans,
};
pub use comparison::{
    CHANGES as CHANGES_COLUMNS, Compared, ComparisonDirectory, DIFFERENCES as DIFFERENCES_COLUMNS,
    HOURS as HOURS_COLUMNS, Variant, comparison, comparison_json,
};
pub use directory::{
    Gathering, RunDirectory, default_comparison_directory, default_directory, default_sweep_directory,
};
pub use document::{Chapter, Datum, Document, Figure, Grid, Mark, Note, Promise, Section, Table, Verdict};
pub use ending::Ending;
pub use erlang::{Calculation, erlang, erlang_json};
pub use flow::{Flow, FlowLink, FlowNode};
pub use html::html;
pub use json::{Manifest, check_json, manifest, problems_json, summary_json};
pub use language::Language;
pub use logs::{LogRecorder, Logs};
pub use picture::picture;
pub use plots::{Picture, PlotError, pictures};
pub use run::{ENOUGH_REPLICATIONS, Run};
pub use saved::{Saved, read_saved};
pub use summary::summary;
#[cfg(feature = "parquet")]
pub use sweep::write_parquet;
pub use sweep::{
    BREAKS_COLUMNS, EFFECTS_COLUMNS, FRONT_COLUMNS, Parts, RESULTS_COLUMNS, SAVINGS_COLUMNS,
    SCENARIOS_COLUMNS, SweepAbout, SweepDirectory, SweepFault, Sweepings, sweep_document, sweep_json,
};
pub use tables::{
    MEASURES as MEASURES_COLUMNS, PERIODS as PERIODS_COLUMNS, REPLICATIONS as REPLICATIONS_COLUMNS,
    WEEK as WEEK_COLUMNS,
};
pub use terminal::{Colour, render, render_in};
pub use workbook::workbook;
