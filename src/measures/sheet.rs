//! A sheet: all entities of a model in one span of time.

use super::cell::{Cell, GroupTime};
use super::layout::Layout;

/// Sums of one span of time (a period, a day, the run) by entity; which cell is whose is the layout's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Fates, waits and work.
    pub(super) cells: Vec<Cell>,
    /// By agent group: time.
    pub(super) groups: Vec<GroupTime>,
    /// By queue: microseconds waited in this span, summed over contacts.
    pub(super) waiting_us: Vec<u64>,
}

impl Sheet {
    /// Nothing counted.
    pub(super) fn new(layout: &Layout) -> Self {
        Sheet {
            cells: vec![Cell::default(); layout.width],
            groups: vec![GroupTime::default(); layout.groups],
            waiting_us: vec![0; layout.queues],
        }
    }

    /// Whether it has no cells at all.
    pub(super) fn is_nothing(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.cells.fill(Cell::default());
        self.groups.fill(GroupTime::default());
        self.waiting_us.fill(0);
    }

    /// Adds another span.
    pub(super) fn add(&mut self, other: &Sheet) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(sum, cell)| sum.add(cell));
        self.groups.iter_mut().zip(&other.groups).for_each(|(sum, time)| sum.add(time));
        self.waiting_us.iter_mut().zip(&other.waiting_us).for_each(|(sum, us)| *sum += us);
    }
}
