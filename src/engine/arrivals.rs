//! Fresh needs: one batch a cell, sorted, read by a cursor.
//!
//! The number of needs of a process in a cell is the Poisson quantile at one keyed uniform, and each need has a keyed
//! place in the cell (DESIGN 6). So a higher volume keeps every citizen, and a week run alone meets the year's. A process
//! that has an exact number of needs lays them out span by span, each by its own uniform, and gives each cell its part.

use super::busyness::{Busyness, Common};
use super::event::{IDLE, Key as EventKey, key};
use crate::model::{
    CELL_US, Certain, CountedSpan, Listed, ListedKey, Model, NeedId, Process, ProcessId, UnevenCell,
};
use crate::random::{Key, Purpose, poisson_quantile};
use crate::time::SimTime;

/// A need that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreshNeed {
    /// Which.
    pub id: NeedId,
    /// The address of its random numbers.
    pub key: Key,
}

/// The fresh needs of one replication in the order of time.
#[derive(Clone, Debug)]
pub struct Arrivals<'m> {
    model: &'m Model,
    sources: Vec<Source<'m>>,
    /// By process: the key of the open cell.
    cell_keys: Vec<Key>,
    /// Whether any process has needs that are known one by one.
    any_listed: bool,
    /// The address of everything in this replication.
    root: Key,
    /// By busyness factor.
    commons: Vec<Common<'m>>,
    /// The slot of entries, for keys.
    slot: u16,
    /// The next cell to open.
    next_cell: u32,
    /// Start of the open cell in microseconds; the run's first cell may have begun before time zero.
    cell_start: i64,
    /// Offset, process and number of each need of the open cell, packed so that they sort.
    batch: Vec<u64>,
    /// Processes whose needs lie evenly in the open cell, and how many those are.
    even: Vec<(u16, u32)>,
    /// Room for sorting them.
    unsorted: Vec<u64>,
    ends: Vec<u32>,
    cursor: usize,
    head: EventKey,
}

/// An arrival process in this replication.
#[derive(Clone, Debug)]
struct Source<'m> {
    key: Key,
    busyness: Option<Busyness<'m>>,
    /// The next uneven cell.
    uneven: usize,
    /// The needs of the open span of a process that has an exact number of them: (cell, packed), the latest first.
    counted: Vec<(u32, u64)>,
    /// The next such span.
    span: usize,
    /// Needs that are known one by one.
    listed: Option<&'m Listed>,
}

const NUMBER_BITS: u32 = crate::model::NEED_BITS;
const PROCESS_BITS: u32 = 14;
/// Fewer needs than this are sorted as any numbers are.
const FEW: u32 = 32;

impl<'m> Arrivals<'m> {
    /// Stands before the first need.
    pub fn new(model: &'m Model, root: Key, slot: u16) -> Self {
        let source = |process: &'m Process| Source {
            key: root.named(process.key),
            busyness: Busyness::new(model, process, root),
            uneven: 0,
            counted: Vec::new(),
            span: 0,
            listed: process.listed(),
        };
        let sources: Vec<Source> = model.processes.iter().map(source).collect();
        let mut arrivals = Arrivals {
            model,
            cell_keys: vec![root; sources.len()],
            any_listed: sources.iter().any(|source| source.listed.is_some()),
            sources,
            root,
            commons: Common::all(model, root),
            slot,
            next_cell: 0,
            cell_start: 0,
            batch: Vec::new(),
            even: Vec::new(),
            unsorted: Vec::new(),
            ends: Vec::new(),
            cursor: 0,
            head: IDLE,
        };
        arrivals.open_next_cell();
        arrivals
    }

    /// The event key of the next need; [`IDLE`] after the last.
    #[inline]
    pub fn head(&self) -> EventKey {
        self.head
    }

    /// Where the next need stands among entries of one instant.
    pub fn head_order(&self) -> u64 {
        self.batch.get(self.cursor).map_or(u64::MAX, |&packed| self.unpack(packed).0.0)
    }

    /// The next need. Only while `head` is not [`IDLE`].
    #[inline(always)]
    pub fn pop(&mut self) -> FreshNeed {
        let (id, number) = self.unpack(self.batch[self.cursor]);
        let mut key = self.cell_keys[id.process().index()].item(u64::from(number));
        if self.any_listed {
            key = self.listed_key(id).unwrap_or(key);
        }
        self.cursor += 1;
        match self.batch.get(self.cursor) {
            Some(&packed) => self.head = self.key_of(packed),
            None => self.open_next_cell(),
        }
        FreshNeed { id, key }
    }

    #[cold]
    fn listed_key(&self, id: NeedId) -> Option<Key> {
        let listed = self.sources[id.process().index()].listed?;
        Some(listed_key(self.root, listed.need(id).key))
    }

    /// Contacts of processes at given seconds of the first cell, instead of drawn ones.
    #[cfg(test)]
    pub fn script(&mut self, contacts: &[(f64, u16)]) {
        self.next_cell = self.model.clock.cells;
        self.batch.clear();
        for (number, &(second, process)) in contacts.iter().enumerate() {
            let offset = crate::time::SimDuration::from_s(second).as_us();
            let tag = u64::from(process) << NUMBER_BITS | number as u64;
            self.batch.push(offset << (NUMBER_BITS + PROCESS_BITS) | tag);
        }
        self.batch.sort_unstable();
        (self.cell_start, self.cursor) = (0, 0);
        self.head = self.batch.first().map_or(IDLE, |&packed| self.key_of(packed));
    }

    /// No need begins any more.
    pub fn close(&mut self) {
        self.next_cell = self.model.clock.cells;
        self.batch.clear();
        self.head = IDLE;
    }

    #[inline(always)]
    fn unpack(&self, packed: u64) -> (NeedId, u32) {
        let number = packed as u32 & ((1 << NUMBER_BITS) - 1);
        let process = (packed >> NUMBER_BITS) as u16 & ((1 << PROCESS_BITS) - 1);
        (NeedId::new(ProcessId(process), self.next_cell - 1, number), number)
    }

    #[inline(always)]
    fn key_of(&self, packed: u64) -> EventKey {
        let offset = packed >> (NUMBER_BITS + PROCESS_BITS);
        // What falls before time zero was given rate 0 when the model was compiled.
        key(SimTime::from_us((self.cell_start + offset as i64).max(0) as u64), self.slot)
    }

    /// Opens cells until one has a need.
    #[inline(never)]
    fn open_next_cell(&mut self) {
        self.batch.clear();
        self.cursor = 0;
        while self.batch.is_empty() && self.next_cell < self.model.clock.cells {
            self.cell_start = self.model.clock.cell_start(self.next_cell);
            self.even.clear();
            for process in 0..self.sources.len() {
                self.fill(process);
            }
            self.sort_batch();
            self.next_cell += 1;
        }
        self.head = self.batch.first().map_or(IDLE, |&packed| self.key_of(packed));
    }

    /// Adds the needs that lie evenly and sorts the batch. Where nothing else is in it, one pass by place leaves hardly
    /// anything to insertion.
    fn sort_batch(&mut self) {
        let count: u32 = self.even.iter().map(|&(_, count)| count).sum();
        if self.batch.is_empty() && count >= FEW {
            return self.sort_by_place(count);
        }
        for &(process, count) in &self.even {
            let key = self.cell_keys[usize::from(process)];
            self.batch.extend((0..count).map(|number| even_need(key, process, number)));
        }
        self.batch.sort_unstable();
    }

    /// The needs that lie evenly, all of the batch: they are counted by place, laid out, and set right among neighbours.
    fn sort_by_place(&mut self, count: u32) {
        let places = count.next_power_of_two();
        let shift = u64::BITS - places.trailing_zeros();
        self.ends.clear();
        self.ends.resize(places as usize + 1, 0);
        self.unsorted.clear();
        for &(process, count) in &self.even {
            let (key, ends) = (self.cell_keys[usize::from(process)], &mut self.ends);
            self.unsorted.extend((0..count).map(|number| {
                let packed = even_need(key, process, number);
                ends[(packed >> shift) as usize + 1] += 1;
                packed
            }));
        }
        let mut end = 0;
        for count in &mut self.ends {
            end += *count;
            *count = end;
        }
        self.batch.resize(self.unsorted.len(), 0);
        for &packed in &self.unsorted {
            let place = &mut self.ends[(packed >> shift) as usize];
            self.batch[*place as usize] = packed;
            *place += 1;
        }
        insertion_sort(&mut self.batch);
    }

    /// Adds the needs of one process in the cell being opened.
    fn fill(&mut self, process: usize) {
        let (cell, row, source) =
            (self.next_cell, &self.model.processes[process], &mut self.sources[process]);
        let mut mean = row.drawn_mean(cell as usize);
        if mean <= 0.0 {
            return;
        }
        if let Some(certain) = &row.certain {
            let cell_start = self.cell_start;
            return match certain {
                Certain::Counted(spans) => {
                    let key = &mut self.cell_keys[process];
                    source.fill_counted(row, spans, (cell, process as u16), key, &mut self.batch);
                }
                Certain::Listed(listed) | Certain::Waiting(listed) => {
                    fill_listed(listed, cell, cell_start, process as u16, &mut self.batch)
                }
            };
        }
        let absolute = self.model.clock.first_cell + u64::from(cell);
        if let Some(busyness) = &mut source.busyness {
            mean *= busyness.factor(&mut self.commons, absolute, self.model.cell_dates[cell as usize]);
        }
        let key = source.key.cell(absolute);
        self.cell_keys[process] = key;
        let count = poisson_quantile(mean, key.draw(Purpose::Count).uniform());
        // The compile step refuses means that come near this.
        let count = count.min((1 << NUMBER_BITS) - 1) as u32;
        match source.uneven_cell(&row.uneven, cell) {
            None => self.even.push((process as u16, count)),
            Some(uneven) => self.batch.extend((0..count).map(|number| {
                let uniform = key.item(number.into()).draw(Purpose::Offset).uniform();
                pack(uneven.offset(uniform), process as u16, number)
            })),
        }
    }
}

/// Offset, process and number of a need, so that they sort.
#[inline]
fn pack(offset: u64, process: u16, number: u32) -> u64 {
    offset << (NUMBER_BITS + PROCESS_BITS) | u64::from(process) << NUMBER_BITS | u64::from(number)
}

/// A need of a cell with an even rate.
#[inline(always)]
fn even_need(key: Key, process: u16, number: u32) -> u64 {
    let uniform = key.item(number.into()).draw(Purpose::Offset).uniform();
    pack(offset_in(None, uniform), process, number)
}

#[cold]
fn listed_key(root: Key, key: ListedKey) -> Key {
    let named = root.named(key.name);
    let need = key.place.map_or(named, |(cell, number)| named.cell(cell).item(number));
    need.stage(key.attempt, 0)
}

/// Where in a cell the need with this uniform begins.
#[inline]
fn offset_in(uneven: Option<&UnevenCell>, uniform: f64) -> u64 {
    uneven.map_or_else(|| u64::from((uniform * CELL_US as f64) as u32), |cell| cell.offset(uniform))
}

/// For what is nearly sorted.
fn insertion_sort(list: &mut [u64]) {
    let mut highest = 0;
    for end in 0..list.len() {
        let moving = list[end];
        if moving >= highest {
            highest = moving;
            continue;
        }
        let mut place = end;
        while place > 0 && list[place - 1] > moving {
            list[place] = list[place - 1];
            place -= 1;
        }
        list[place] = moving;
    }
}

/// Adds the needs that are known one by one.
fn fill_listed(listed: &Listed, cell: u32, cell_start: i64, process: u16, batch: &mut Vec<u64>) {
    for (need, number) in listed.needs[listed.of_cell(cell)].iter().zip(0..) {
        batch.push(pack((need.at.as_us() as i64 - cell_start) as u64, process, number));
    }
}

impl Source<'_> {
    /// Adds the needs of an exact number that fall into `cell`; `key` is that of the open span.
    fn fill_counted(
        &mut self,
        row: &Process,
        spans: &[CountedSpan],
        (cell, process): (u32, u16),
        key: &mut Key,
        batch: &mut Vec<u64>,
    ) {
        while let Some(span) = spans.get(self.span).filter(|span| span.cells.start <= cell) {
            self.span += 1;
            if cell < span.cells.end {
                *key = self.key.cell(span.key.0).cell(span.key.1);
                self.open_span(row, span, *key, process);
            }
        }
        while let Some((_, packed)) = self.counted.pop_if(|(of, _)| *of <= cell) {
            batch.push(packed);
        }
    }

    /// Lays out the needs of a span.
    fn open_span(&mut self, row: &Process, span: &CountedSpan, key: Key, process: u16) {
        self.counted.clear();
        for number in 0..span.count {
            let uniform = key.item(number.into()).draw(Purpose::Offset).uniform();
            let Some((cell, within)) = span.place(uniform) else { continue };
            let uneven = row.uneven.binary_search_by_key(&cell, |entry| entry.cell);
            let offset = offset_in(uneven.ok().map(|found| &row.uneven[found]), within);
            self.counted.push((cell, pack(offset, process, number)));
        }
        self.counted.sort_unstable_by(|a, b| b.cmp(a));
    }

    /// The entry for `cell` in a process's list of uneven cells, read in step with the cells.
    fn uneven_cell<'a>(&mut self, list: &'a [UnevenCell], cell: u32) -> Option<&'a UnevenCell> {
        while list.get(self.uneven).is_some_and(|entry| entry.cell < cell) {
            self.uneven += 1;
        }
        list.get(self.uneven).filter(|entry| entry.cell == cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn insertion_sorts(mut list in prop::collection::vec(0u64..50, 0..40)) {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            insertion_sort(&mut list);
            prop_assert_eq!(list, sorted);
        }
    }

    #[test]
    fn an_uneven_cell_spreads_by_the_cumulative_rate() {
        // Nothing until 300 s, then a third of the needs until 600 s, then the rest.
        let cell = UnevenCell {
            cell: 0,
            first_offset_us: 300_000_000,
            pieces: vec![(600_000_000, 1.0 / 3.0), (900_000_000, 1.0)],
        };
        assert_eq!(cell.offset(1e-12), 300_000_000);
        assert!(cell.offset(1.0 / 6.0).abs_diff(450_000_000) <= 1);
        assert!(cell.offset(2.0 / 3.0).abs_diff(750_000_000) <= 1);
        assert!(cell.offset(0.999_999_999_999) < 900_000_000);
    }
}
