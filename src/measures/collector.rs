//! The product's statistics.

use super::{Detail, Replication};
use crate::engine::{Leg, Observer, RunEnd};
use crate::model::Model;

/// Gathers one replication.
#[derive(Clone, Debug)]
pub struct Collector {}

impl Collector {
    /// For replications of `model`.
    pub fn new(_model: &Model, _detail: Detail) -> Self {
        todo!()
    }

    /// Forgets what it has heard and keeps its memory.
    pub fn clear(&mut self) {
        todo!()
    }

    /// Closes the books on a run, hands out its sums and is ready for the next.
    pub fn finish(&mut self, _end: RunEnd) -> Replication {
        todo!()
    }
}

impl Observer for Collector {
    fn leg_ends(&mut self, _leg: &Leg) {}
}
