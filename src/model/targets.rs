//! What was promised.

use super::ContactTypeId;
use crate::time::SimDuration;

/// What was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// The contact types that it is about, all of them if it applies to everything.
    pub contact_types: Vec<ContactTypeId>,
    /// The share promised.
    pub service_level: f64,
    /// In time is within this.
    pub within: SimDuration,
    /// The formula's name.
    pub formula: String,
    /// `leg`, `contact` or `need`.
    pub basis: crate::scenario::Basis,
    /// Over which span it is judged.
    pub per: crate::scenario::Per,
}
