//! Performance measures: what one replication did, what all replications say, and the recorder of the log.
//!
//! [`Collector`] listens to the engine and sums in whole numbers; [`Results`] folds replications in their order and
//! hands out rows with intervals. Who runs replications is `experiment`'s business, how rows look is `report`'s.

mod collector;
mod measure;
mod results;
mod rows;
mod scope;

pub use collector::Collector;
pub use measure::Unit;
pub use results::Results;
pub use rows::*;
pub use scope::{Basis, Scope, ScopeKind};

use crate::engine::{Mode, Observer, RunEnd};
use crate::model::Model;

/// How finely sums are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Every period by itself, not only every day.
    pub periods: bool,
}

impl Detail {
    /// Periods by themselves for up to a fortnight or so, days beyond.
    pub fn for_model(_model: &Model) -> Detail {
        todo!()
    }
}

/// The sums of one replication.
#[derive(Clone, Debug)]
pub struct Replication {}

/// Runs replication `replication` of `model` into `collector` and, if there is one, `extra`.
///
/// The only place where the engine's loop is compiled for the product.
pub fn replicate(
    _model: &Model,
    _seed: u64,
    _replication: u64,
    _mode: Mode,
    _collector: &mut Collector,
    _extra: Option<&mut dyn Observer>,
) -> RunEnd {
    todo!()
}
