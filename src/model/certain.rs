//! Needs that are there for certain: no cell draws their number.

use std::ops::Range;

use super::{ContactTypeId, NeedId, NumberId, ProfileId};
use crate::time::SimTime;

/// How a process brings an exact number of needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Certain {
    /// So many over each span, each at a place of its own within it. In order of time.
    Counted(Vec<CountedSpan>),
    /// Those that were logged.
    Listed(Listed),
    /// Those whose contacts wait already when the run begins ([`RunClock::begins`](super::RunClock::begins)).
    Waiting(Listed),
}

/// Needs one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// In order of time.
    pub needs: Vec<ListedNeed>,
    /// By cell of the run: where its needs begin in `needs`, and at last where all end.
    pub of_cell: Vec<u32>,
    /// Whether none of them calls again: whoever did is listed too.
    pub once: bool,
}

/// A need that is known beforehand.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedNeed {
    /// When it begins.
    pub at: SimTime,
    /// What its random numbers are keyed by.
    pub key: ListedKey,
    /// What is wanted.
    pub contact_type: ContactTypeId,
    /// The citizen's segment; `None`: drawn as any other's.
    pub profile: Option<ProfileId>,
    /// Whether the telephone system knows the caller; `None`: drawn as for any other of the profile.
    pub recognised: Option<bool>,
    /// What is dialled.
    pub number: NumberId,
}

/// The address of a known need's random numbers: for a logged contact that of the need that it was, if the log was ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedKey {
    /// Hash of the process's name, or of a foreign contact id as a whole.
    pub name: u64,
    /// The quarter-hour and the number in it.
    pub place: Option<(u64, u64)>,
    /// Attempts before it.
    pub attempt: u32,
}

impl Listed {
    /// The places of a cell's needs.
    pub fn of_cell(&self, cell: u32) -> Range<usize> {
        self.of_cell[cell as usize] as usize..self.of_cell[cell as usize + 1] as usize
    }

    /// The need of that name.
    pub fn need(&self, id: NeedId) -> &ListedNeed {
        &self.needs[self.of_cell(id.cell()).start + id.number() as usize]
    }
}

/// A span of time that has an exact number of needs.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedSpan {
    /// What its needs are keyed by: its first day ([`CellDate::day`](super::CellDate::day)) and its days.
    pub key: (u64, u64),
    /// How many needs it has, numbered from 0.
    pub count: u32,
    /// The cells of the run that it covers.
    pub cells: Range<u32>,
    /// The share of its needs that begins before the run does.
    pub before: f64,
    /// By cell: the share of its needs that has begun at the cell's end; the last is 1.
    pub begun: Vec<f64>,
}

impl CountedSpan {
    /// The cell of the need with this uniform, and its uniform within the cell; `None` if it begins before the run.
    pub fn place(&self, uniform: f64) -> Option<(u32, f64)> {
        if uniform < self.before {
            return None;
        }
        let row = self.begun.partition_point(|&begun| begun <= uniform);
        let until = *self.begun.get(row)?;
        let from = if row == 0 { self.before } else { self.begun[row - 1] };
        Some((self.cells.start + row as u32, (uniform - from) / (until - from)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_has_the_cell_in_which_its_share_of_the_span_begins() {
        // A tenth before the run; cells with 0.2, nothing, 0.7 of the span, and nothing again.
        let span = CountedSpan {
            key: (14_000, 1),
            count: 10,
            cells: 4..8,
            before: 0.1,
            begun: vec![0.3, 0.3, 1.0, 1.0],
        };
        let near = |place: Option<(u32, f64)>, cell: u32, within: f64| {
            place.is_some_and(|(found, at)| found == cell && (at - within).abs() < 1e-12)
        };
        assert_eq!(span.place(0.05), None);
        assert!(near(span.place(0.1), 4, 0.0));
        assert!(near(span.place(0.2), 4, 0.5));
        assert!(near(span.place(0.3), 6, 0.0));
        assert!(near(span.place(0.65), 6, 0.5));
        assert!(span.place(1.0 - 1e-15).is_some_and(|(cell, at)| cell == 6 && at < 1.0));
    }
}
