//! What a steady state's batches say against themselves.

use super::parts::Parts;
use super::table::{Series, Table};
use super::{Basis, Scope, ScopeKind};
use crate::stats::{Confidence, Stretches};

/// One-sided 5 % of the normal distribution: a wide net, since alike batches make every interval too narrow.
const ALIKE: f64 = 1.645;
/// A queue whose mean length rises over the run by as much as its mean is growing.
const RISE: f64 = 1.0;
/// By these the batches are judged.
const WATCHED: [(&str, Basis); 3] =
    [("answered_over_offered", Basis::Contact), ("wait_all", Basis::Contact), ("occupancy", Basis::Time)];

/// A sign that the steady state is none, or not well looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// What seems wrong.
    pub doubted: Doubted,
    /// The number that shows it.
    pub measure: &'static str,
    /// Of what it is.
    pub scope: Scope,
    /// The correlation of neighbours, Student's t, or the rise as a part of the mean.
    pub figure: f64,
}

/// What seems wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubted {
    /// The first batches differ from the later ones.
    WarmUp,
    /// Batches that follow each other are alike.
    Independence,
    /// A queue grows.
    Stability,
}

/// At most one sign of a kind, the strongest, and the growing queue alone where there is one: all else follows from it.
pub(super) fn doubts(parts: &Parts, table: &Table) -> Vec<Doubt> {
    let stretches = |series: usize| Stretches::of(parts.of_series(series), parts.a_run());
    let mut growing = Vec::new();
    let (mut warm_up, mut alike) = (Vec::new(), Vec::new());
    for (index, series) in table.series.iter().enumerate() {
        let is_queue = series.measure.name == "mean_queue" && series.scope.kind == ScopeKind::Queue;
        let watched = series.scope == Scope::WHOLE && WATCHED.contains(&(series.measure.name, series.basis));
        if is_queue {
            growing.extend(stretches(index).and_then(|stretches| grows(series, &stretches)));
        } else if watched {
            warm_up.extend(stretches(index).and_then(|stretches| start_differs(series, &stretches)));
            alike.extend(stretches(index).and_then(|stretches| neighbours_alike(series, &stretches)));
        }
    }
    if let Some(grows) = strongest(growing) {
        return vec![grows];
    }
    [strongest(warm_up), strongest(alike)].into_iter().flatten().collect()
}

fn strongest(doubts: Vec<Doubt>) -> Option<Doubt> {
    doubts.into_iter().reduce(|worst, next| if next.figure.abs() > worst.figure.abs() { next } else { worst })
}

fn doubt(doubted: Doubted, series: &Series, figure: f64) -> Doubt {
    Doubt { doubted, measure: series.measure.name, scope: series.scope, figure }
}

/// Beyond what one in a hundred steady runs shows.
fn rarely() -> Confidence {
    Confidence::new(0.99).unwrap_or_default()
}

fn start_differs(series: &Series, stretches: &Stretches) -> Option<Doubt> {
    let start = stretches.start_differs()?;
    (start.t.abs() > rarely().student_t(start.degrees)).then(|| doubt(Doubted::WarmUp, series, start.t))
}

fn neighbours_alike(series: &Series, stretches: &Stretches) -> Option<Doubt> {
    let lag = stretches.lag_one()?;
    (lag.z > ALIKE).then(|| doubt(Doubted::Independence, series, lag.correlation))
}

fn grows(series: &Series, stretches: &Stretches) -> Option<Doubt> {
    let growth = stretches.growth()?;
    let grows = growth.rise >= RISE && growth.t > rarely().student_t(growth.degrees);
    grows.then(|| doubt(Doubted::Stability, series, growth.rise))
}
