//! Which need it is.

use super::ProcessId;

/// Which need it is: process, cell and number within the cell. Its order is the order of ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeedId(pub u64);

/// Bits of a need's number within its cell.
pub const NEED_BITS: u32 = 20;
/// Bits of a need's cell, counted from the run's first.
pub const NEED_CELL_BITS: u32 = 28;

impl NeedId {
    /// The `i`-th need of a process in a cell of the run.
    #[inline]
    pub fn new(process: ProcessId, cell: u32, i: u32) -> Self {
        NeedId(
            u64::from(process.0) << (NEED_BITS + NEED_CELL_BITS)
                | u64::from(cell) << NEED_BITS
                | u64::from(i),
        )
    }

    /// Its process.
    pub fn process(self) -> ProcessId {
        ProcessId((self.0 >> (NEED_BITS + NEED_CELL_BITS)) as u16)
    }

    /// Its cell, counted from the run's first.
    pub fn cell(self) -> u32 {
        (self.0 >> NEED_BITS) as u32 & ((1 << NEED_CELL_BITS) - 1)
    }

    /// Its number within the cell.
    pub fn number(self) -> u32 {
        self.0 as u32 & ((1 << NEED_BITS) - 1)
    }
}
