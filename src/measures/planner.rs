//! Intervals in the shape that planners keep: sums by period and queue, as means over replications.
//!
//! They are few numbers, so they are kept for a whole year too, where measures by period would be too many.

use super::US_PER_S;
use super::cell::Cell;
use super::layout::Layout;
use super::sheet::Sheet;
use super::spans::Spans;
use super::{PeriodKind, PeriodRow, Scope, ScopeKind};
use crate::stats::PackedNumbers;

/// What is summed of a queue in a period: fates as in [`Cell`], then microseconds.
const SUMS: usize = 8;

fn sums_of(cell: &Cell) -> [u64; SUMS] {
    let offered = cell.answered + cell.abandoned + cell.callbacks + cell.sent_away + cell.moved;
    let counts =
        [offered, cell.answered, cell.answered_in_time, cell.abandoned, cell.sent_away, cell.refused];
    let [a, b, c, d, e, f] = counts.map(u64::from);
    let wait_us = cell.wait_answered_us + cell.wait_abandoned_us + cell.wait_sent_away_us;
    [a, b, c, d, e, f, cell.handle_us, wait_us]
}

/// One replication, `[period * queues + queue]`; empty unless the run's detail has intervals. Periods close in order, so the list grows with
/// them; most of its numbers are small, so it is packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Intervals {
    packed: PackedNumbers,
    wanted: bool,
}

impl Intervals {
    pub(super) fn new(wanted: bool) -> Self {
        Intervals { packed: PackedNumbers::default(), wanted }
    }

    /// Keeps the queues of a period that is over, the next one.
    pub(super) fn keep(&mut self, layout: &Layout, sheet: &Sheet) {
        if self.wanted {
            let queues = &sheet.cells[layout.first_queue..layout.first_group];
            queues.iter().flat_map(sums_of).for_each(|number| self.packed.push(number));
        }
    }
}

/// Sums over replications, `[period * queues + queue]`, packed as well: a year's would otherwise be the largest table of all.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannerSums {
    packed: PackedNumbers,
}

impl PlannerSums {
    /// Adds the next replication.
    pub(super) fn add(&mut self, replication: Intervals) {
        if self.packed.is_empty() {
            self.packed = replication.packed;
            return;
        }
        let sums = std::mem::take(&mut self.packed).into_numbers();
        let both = sums.zip(replication.packed.into_numbers());
        both.for_each(|(sum, number)| self.packed.push(sum + number));
    }

    /// Period by period, queue by queue.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
        replications: u32,
    ) -> impl Iterator<Item = PeriodRow<'a>> {
        let n = f64::from(replications.max(1));
        let (mut numbers, mut position) = (self.packed.numbers(), 0);
        std::iter::from_fn(move || {
            let mut sums = [0.0; SUMS];
            for sum in &mut sums {
                *sum = numbers.next()? as f64;
            }
            let (period, queue) = (position / layout.queues, position % layout.queues);
            position += 1;
            let [offered, answered, answered_in_time, abandoned, sent_away, blocked, handle_us, wait_us] =
                sums;
            Some(PeriodRow {
                period: spans.label(PeriodKind::Period, period),
                queue: layout.name(Scope::new(ScopeKind::Queue, queue)),
                offered: offered / n,
                answered: answered / n,
                answered_in_time: answered_in_time / n,
                abandoned: abandoned / n,
                sent_away: sent_away / n,
                blocked: blocked / n,
                handle_s: handle_us / US_PER_S / n,
                wait_s: wait_us / US_PER_S / n,
            })
        })
    }
}
