//! One replication of a compiled scenario.

mod observer;

pub use observer::*;

use crate::model::Model;

/// How patience is looked at; all ways give the same digits where they are legal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// A timer a waiting contact: always legal.
    Eager,
    /// Looked at when an agent does: legal where nothing sees queue lengths or lines.
    Lazy,
    /// No events at all: one FIFO queue, one group, constant heads, no retrial.
    Recursion,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunEnd {
    /// Contacts that began (every attempt is one).
    pub contacts: u64,
    /// Events handled.
    pub events: u64,
    /// The most contacts that were in the center at once.
    pub most_present: u64,
    /// Set where the run was stopped because the center filled without bound: the instant in microseconds.
    pub overflowed_at_us: Option<u64>,
}

/// Runs replication `replication` of `model` with the given seed and tells `observer` what happens.
pub fn run<O: Observer>(
    _model: &Model,
    _seed: u64,
    _replication: u64,
    _mode: Mode,
    _observer: &mut O,
) -> RunEnd {
    unimplemented!()
}
