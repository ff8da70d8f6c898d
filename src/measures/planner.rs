//! Intervals in the shape that planners keep: sums by period and queue, as means over replications.
//!
//! They are few numbers, so they are kept for a whole year too, where measures by period would be too many.

use super::cell::Cell;
use super::layout::Layout;
use super::sheet::Sheet;
use super::spans::Spans;
use super::{PeriodKind, PeriodRow, Scope, ScopeKind};

const US_PER_S: f64 = 1e6;

/// A queue in a period of one replication. Fates as in [`Cell`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct QueuePeriod {
    offered: u32,
    answered: u32,
    answered_in_time: u32,
    abandoned: u32,
    sent_away: u32,
    blocked: u32,
    handle_us: u64,
    wait_us: u64,
}

impl QueuePeriod {
    fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.answered_in_time += other.answered_in_time;
        self.abandoned += other.abandoned;
        self.sent_away += other.sent_away;
        self.blocked += other.blocked;
        self.handle_us += other.handle_us;
        self.wait_us += other.wait_us;
    }

    fn of(cell: &Cell) -> Self {
        QueuePeriod {
            offered: cell.answered + cell.abandoned + cell.callbacks + cell.sent_away + cell.moved,
            answered: cell.answered,
            answered_in_time: cell.answered_in_time,
            abandoned: cell.abandoned,
            sent_away: cell.sent_away,
            blocked: cell.refused,
            handle_us: cell.handle_us,
            wait_us: cell.wait_answered_us + cell.wait_abandoned_us + cell.wait_sent_away_us,
        }
    }
}

/// One replication, `[period * queues + queue]`; empty unless the run's detail has intervals. Periods close in order, so the list grows with
/// them; most of its numbers are small, so it is packed, and a year takes a third of the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Intervals {
    packed: Vec<u8>,
    wanted: bool,
}

impl Intervals {
    pub(super) fn new(wanted: bool) -> Self {
        Intervals { packed: Vec::new(), wanted }
    }

    /// Keeps the queues of a period that is over, the next one.
    pub(super) fn keep(&mut self, layout: &Layout, sheet: &Sheet) {
        if self.wanted {
            let queues = &sheet.cells[layout.first_queue..layout.first_group];
            queues.iter().for_each(|cell| QueuePeriod::of(cell).pack(&mut self.packed));
        }
    }

    /// Hands out what was kept and is as new.
    pub(super) fn take(&mut self) -> Self {
        Intervals { packed: std::mem::take(&mut self.packed), wanted: self.wanted }
    }
}

impl QueuePeriod {
    fn numbers(&self) -> [u64; 8] {
        let counts = [
            self.offered,
            self.answered,
            self.answered_in_time,
            self.abandoned,
            self.sent_away,
            self.blocked,
        ];
        let [a, b, c, d, e, f] = counts.map(u64::from);
        [a, b, c, d, e, f, self.handle_us, self.wait_us]
    }

    fn of_numbers([a, b, c, d, e, f, handle_us, wait_us]: [u64; 8]) -> Self {
        // What was packed came from counts of 32 bits.
        let [offered, answered, answered_in_time, abandoned, sent_away, blocked] =
            [a, b, c, d, e, f].map(|count| count as u32);
        QueuePeriod { offered, answered, answered_in_time, abandoned, sent_away, blocked, handle_us, wait_us }
    }

    /// Seven bits a byte, the lowest first; the last byte of a number has its high bit clear.
    fn pack(&self, bytes: &mut Vec<u8>) {
        for mut number in self.numbers() {
            while number >= 0x80 {
                bytes.push(number as u8 | 0x80);
                number >>= 7;
            }
            bytes.push(number as u8);
        }
    }

    /// The next row of what was packed; `None` at its end.
    fn unpack(bytes: &mut std::slice::Iter<'_, u8>) -> Option<Self> {
        let mut numbers = [0; 8];
        for number in &mut numbers {
            for shift in (0..).step_by(7) {
                let byte = *bytes.next()?;
                *number |= u64::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
            }
        }
        Some(QueuePeriod::of_numbers(numbers))
    }
}

/// Sums over replications, `[period * queues + queue]`. Counts are 32 bits wide: 65,536 replications of 65,536 contacts a queue and period.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannerSums {
    rows: Vec<QueuePeriod>,
}

impl PlannerSums {
    /// Adds the next replication.
    pub(super) fn add(&mut self, replication: &Intervals) {
        let mut bytes = replication.packed.iter();
        let rows = std::iter::from_fn(|| QueuePeriod::unpack(&mut bytes));
        if self.rows.is_empty() {
            self.rows = rows.collect();
            self.rows.shrink_to_fit();
        } else {
            self.rows.iter_mut().zip(rows).for_each(|(sums, row)| sums.add(&row));
        }
    }

    /// Period by period, queue by queue.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        spans: &'a Spans,
        replications: u32,
    ) -> impl Iterator<Item = PeriodRow<'a>> {
        let n = f64::from(replications.max(1));
        self.rows.iter().enumerate().map(move |(position, sums)| {
            let (period, queue) = (position / layout.queues, position % layout.queues);
            PeriodRow {
                period: spans.label(PeriodKind::Period, period),
                queue: layout.name(Scope::new(ScopeKind::Queue, queue)),
                offered: f64::from(sums.offered) / n,
                answered: f64::from(sums.answered) / n,
                answered_in_time: f64::from(sums.answered_in_time) / n,
                abandoned: f64::from(sums.abandoned) / n,
                sent_away: f64::from(sums.sent_away) / n,
                blocked: f64::from(sums.blocked) / n,
                handle_s: sums.handle_us as f64 / US_PER_S / n,
                wait_s: sums.wait_us as f64 / US_PER_S / n,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_again() {
        let row = |numbers| QueuePeriod::of_numbers(numbers);
        let rows = [
            row([0; 8]),
            row([127, 128, 1, 0, 300, 2, 16_383, 16_384]),
            row([u64::from(u32::MAX), 0, 0, 5, 0, 0, u64::MAX, 1 << 62]),
        ];
        let mut bytes = Vec::new();
        rows.iter().for_each(|row| row.pack(&mut bytes));
        let mut unpacked = bytes.iter();
        let found: Vec<QueuePeriod> = std::iter::from_fn(|| QueuePeriod::unpack(&mut unpacked)).collect();
        assert_eq!(found, rows);
        assert_eq!(bytes[..8], [0; 8], "a byte a small number");
    }
}
