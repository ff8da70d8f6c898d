//! The web site before the telephone.

use super::{Model, ProfileId};
use crate::random::Distribution;

/// Citizens who try the web site before they contact the center.
#[derive(Clone, Debug)]
pub struct WebFirst {
    /// By profile: part of the citizens who try it.
    pub share: Vec<f64>,
    /// By profile: part of those whose need it meets.
    pub solved: Vec<f64>,
    /// Part of the others who contact the center.
    pub calls: f64,
    /// How long after they began to try it.
    pub delay: Distribution,
    /// Part of all citizens who contact the center some time, with the web site and without.
    pub calling: f64,
}

impl WebFirst {
    /// Part of a profile's citizens who never contact the center.
    pub fn never_call(&self, profile: ProfileId) -> f64 {
        let solved = self.solved[profile.index()];
        self.share[profile.index()] * (solved + (1.0 - solved) * (1.0 - self.calls))
    }
}

impl Model {
    /// Whether anybody tries the web site first.
    pub fn has_web(&self) -> bool {
        self.contact_types.iter().any(|row| row.web.is_some())
    }
}
