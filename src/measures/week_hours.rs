//! Who was answered in time, by weekday and hour of the wall clock, of the whole center and of queues: what maps of differences are made of.

use super::layout::Layout;
use super::sheet::Sheet;
use super::{Basis, Scope};

/// Hours of a week.
pub const WEEK_HOURS: usize = 7 * 24;

/// Those answered in time, and those whom the service level is about (A + B + D).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct InTime {
    in_time: u64,
    of: u64,
}

/// `[hour of the week * (1 + queues) + entity]`, the whole center first; empty unless asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WeekHours {
    width: usize,
    cells: Vec<InTime>,
}

impl WeekHours {
    pub(super) fn new(layout: &Layout, is_asked: bool) -> Self {
        let width = 1 + layout.queues;
        WeekHours { width, cells: vec![InTime::default(); if is_asked { WEEK_HOURS * width } else { 0 }] }
    }

    /// Adds a period that starts in an hour of the week.
    pub(super) fn add(&mut self, layout: &Layout, hour: usize, sheet: &Sheet) {
        let Some(cells) = self.cells.get_mut(hour * self.width..(hour + 1) * self.width) else { return };
        let mut add = |entity: usize, row: usize| {
            let cell = &sheet.cells[row];
            cells[entity].in_time += u64::from(cell.answered_in_time);
            cells[entity].of +=
                u64::from(cell.answered) + u64::from(cell.abandoned) + u64::from(cell.sent_away);
        };
        layout.types_of(Scope::WHOLE).for_each(|row| add(0, row));
        (0..layout.queues).for_each(|queue| add(1 + queue, layout.first_queue + queue));
    }

    /// `answered_over_offered` as numerators and denominators: by hour of the week from Monday's midnight on, of the whole center (its contacts), then of
    /// each queue in the model's order (its stays).
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.cells.iter().map(|cell| (cell.in_time as f64, cell.of as f64))
    }
}

/// On which basis an entity of [`WeekHours`] is counted.
pub fn week_hours_basis(entity: usize) -> Basis {
    if entity == 0 { Basis::Contact } else { Basis::Leg }
}
