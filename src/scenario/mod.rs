//! The scenario: the document as people write it, and how it is read.
//!
//! [`load`] reads a file with everything it names and tells all its problems at once. What the names mean together
//! (that a queue exists, that shares add up) is the model's to check, which places its findings by [`Origins`].

mod agent_groups;
mod arrivals;
mod busyness;
mod callers;
mod campaigns;
mod canonical;
mod cases;
mod changes;
mod checks;
mod contact_types;
mod counters;
mod csv_table;
mod distribution;
pub mod document;
mod either;
mod events;
mod findings;
mod greeting;
mod header;
mod inline;
mod load;
mod merge;
mod offers;
mod ordered;
mod paths;
mod people;
mod queues;
mod reading;
mod repair;
mod routing;
mod rows;
mod rules;
mod schema;
mod skills;
mod sources;
mod start_state;
mod steps;
mod study;
mod syntax;
mod targets;
mod tenure;
mod tree;
mod units;
mod web;
mod workbook;

#[cfg(test)]
mod tests;

pub use canonical::hash_of;
pub use changes::{Change, changes};
pub use document::*;
pub use load::{Loaded, Refused, load, load_or_files, sort_findings};
pub use ordered::Ordered;
pub use paths::{join, join_index};
pub use schema::{SchemaOf, schema};
pub use sources::{Origins, SourceFile};
pub use study::{
    Change as FactorChange, Decided, DesignKind, Factor, MOST_SCENARIOS, Setting, Study, StudyDocument,
    StudyFactor, StudyHeader, StudyRefused, Until, load_study,
};
pub use units::{Clock, DateText, Span, SpanError};
