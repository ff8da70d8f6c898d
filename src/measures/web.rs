//! Visits to the web site before first contacts: kept beside the cells, and only where anybody tries it.

use super::layout::Layout;
use crate::engine::{WebEnd, WebVisit};

/// Visits of citizens of one entity in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WebCell {
    /// All of them.
    pub visits: u32,
    /// Those that met the need.
    pub solved: u32,
    /// Those after which the citizen contacts the center.
    pub called: u32,
}

impl WebCell {
    pub(super) fn count(&mut self, visit: &WebVisit) {
        self.visits += 1;
        self.solved += u32::from(visit.end == WebEnd::Solved);
        self.called += u32::from(matches!(visit.end, WebEnd::Calls { .. }));
    }

    pub(super) fn add(&mut self, other: &WebCell) {
        self.visits += other.visits;
        self.solved += other.solved;
        self.called += other.called;
    }
}

/// How many cells visits have, [contact types | profiles, if several | numbers, if several]; 0 where nobody tries it.
pub(super) fn width(layout: &Layout) -> usize {
    if layout.has_web { layout.types + layout.profiles + layout.numbers } else { 0 }
}
