//! Segments of citizens, the numbers that they call and the lines.

use super::{OpeningId, TrunkId};

/// A segment of citizens.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Cumulative share of needs up to and including it.
    pub cumulative_share: f64,
    /// Probability that its caller is recognised.
    pub recognised: f64,
    /// Multiplies patience.
    pub patience_times: f64,
    /// Multiplies talk and hold, of callers who are not recognised and of those who are.
    pub service_times: [f64; 2],
}

/// An access number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its name.
    pub name: String,
    /// The bundle that its calls hold a line of.
    pub trunk: Option<TrunkId>,
    /// When it is answered; `None`: always.
    pub hours: Option<OpeningId>,
    /// Whether another answers in its place, so that nobody dials it.
    pub merged: bool,
}

/// A bundle of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// Its name.
    pub name: String,
    /// How many.
    pub lines: u32,
}
