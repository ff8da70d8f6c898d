//! The runner of the product: a replication of a model into a reused collector, with somebody listening to some.

use std::convert::Infallible;

use super::{Runner, Store};
use crate::engine::{Deaf, Mode, Observer, RunEnd};
use crate::measures::{Collector, Detail, Replication, Results, replicate};
use crate::model::Model;

/// Replicates a model. `listen` gives whoever listens to a replication beside the collector, a log's recorder say; such
/// a replication is run eagerly, since listeners want events in the order of time. The digits are the same in all modes.
pub struct Replicator<'m, Listen> {
    model: &'m Model,
    seed: u64,
    mode: Mode,
    detail: Detail,
    listen: Listen,
}

/// For a [`Replicator`] to whom nobody listens.
///
/// # Errors
/// None.
pub fn nobody_listens(_replication: u32) -> Result<Option<Deaf>, Infallible> {
    Ok(None)
}

/// What a replication leaves behind.
#[derive(Clone, Debug)]
pub struct Finished<Listener> {
    /// Its sums.
    pub sums: Replication,
    /// Whoever listened.
    pub listener: Option<Listener>,
}

impl<'m, Listener, Error, Listen> Replicator<'m, Listen>
where
    Listener: Observer,
    Listen: Fn(u32) -> Result<Option<Listener>, Error>,
{
    /// Replications of `model` under `seed`. `mode` must be legal for the model.
    pub fn new(model: &'m Model, seed: u64, mode: Mode, detail: Detail, listen: Listen) -> Self {
        Replicator { model, seed, mode, detail, listen }
    }
}

impl<Listener, Error, Listen> Runner for Replicator<'_, Listen>
where
    Listener: Observer + Send,
    Error: Send,
    Listen: Fn(u32) -> Result<Option<Listener>, Error> + Sync,
{
    type Worker = Collector;
    /// An error is `listen`'s; the replication is then not run.
    type Outcome = Result<Finished<Listener>, Error>;

    fn worker(&self) -> Collector {
        Collector::new(self.model, self.detail)
    }

    fn run(&self, collector: &mut Collector, replication: u32) -> Result<Finished<Listener>, Error> {
        let mut listener = (self.listen)(replication)?;
        let mode = if listener.is_some() { Mode::Eager } else { self.mode };
        let extra = listener.as_mut().map(|listener| listener as &mut dyn Observer);
        let end = replicate(self.model, self.seed, replication.into(), mode, collector, extra);
        Ok(Finished { sums: collector.finish(end), listener })
    }
}

/// Results in memory keep the sums and let the listener go.
impl<Listener, Error> Store<Result<Finished<Listener>, Error>> for Results {
    type Error = Error;

    fn add(&mut self, _replication: u32, finished: Result<Finished<Listener>, Error>) -> Result<(), Error> {
        Results::add(self, finished?.sums);
        Ok(())
    }
}

/// A replication whose center filled without bound and was emptied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow {
    /// Which.
    pub replication: u32,
    /// When, in microseconds since time zero.
    pub at_us: u64,
}

/// The replications that overflowed.
pub fn overflows(ends: &[RunEnd]) -> Vec<Overflow> {
    let overflow = |(replication, end): (u32, &RunEnd)| {
        end.overflowed_at_us.map(|at_us| Overflow { replication, at_us })
    };
    (0..).zip(ends).filter_map(overflow).collect()
}
