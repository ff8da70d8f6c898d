//! Replications gathered into results.

use super::{Basis, Detail, MeasureRow, PeriodRow, Replication, ReplicationRow, Scope, TargetResult};
use crate::engine::RunEnd;
use crate::model::Model;

/// What all replications say together.
#[derive(Clone, Debug)]
pub struct Results {}

impl Results {
    /// For replications of `model`, none yet.
    pub fn new(_model: &Model, _detail: Detail) -> Self {
        todo!()
    }

    /// Adds the next replication: strictly in the order of their numbers.
    pub fn add(&mut self, _replication: Replication) {
        todo!()
    }

    /// How many replications there are.
    pub fn replications(&self) -> u32 {
        todo!()
    }

    /// How each ended.
    pub fn run_ends(&self) -> &[RunEnd] {
        todo!()
    }

    /// Every measure of every scope over the whole run, then by day where there are several, then by period where the detail has them.
    pub fn rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        std::iter::empty()
    }

    /// Each replication's numerators and denominators over the whole run.
    pub fn replication_rows(&self) -> impl Iterator<Item = ReplicationRow<'_>> {
        std::iter::empty()
    }

    /// Sums by period and queue as planners keep them; empty where the detail has no periods.
    pub fn period_rows(&self) -> impl Iterator<Item = PeriodRow<'_>> {
        std::iter::empty()
    }

    /// The targets and what became of them.
    pub fn targets(&self) -> Vec<TargetResult<'_>> {
        todo!()
    }

    /// One measure of one scope over the whole run; `None` where the measure does not exist for it.
    pub fn find(&self, _measure: &str, _basis: Basis, _scope: Scope) -> Option<MeasureRow<'_>> {
        todo!()
    }

    /// The scopes of a kind with their names, in the model's order.
    pub fn scopes(&self, _kind: super::ScopeKind) -> impl Iterator<Item = (Scope, &str)> {
        std::iter::empty()
    }
}
