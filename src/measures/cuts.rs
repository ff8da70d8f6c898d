//! Sums by day and by batch of what is told long after the rows of its days were closed, or belongs to no row.

use super::spans::Spans;
use crate::model::Model;
use crate::time::SimTime;

/// What can be summed over spans and entities.
pub(super) trait Sum: Copy + Default {
    /// Adds another span or entity.
    fn add(&mut self, other: &Self);
}

/// Cells of `width` entities by day and, where the run is cut, by batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cuts<C> {
    width: usize,
    days: Rows<C>,
    batches: Rows<C>,
}

/// Cells of the spans of one cut of the counted time.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rows<C> {
    /// Where each span begins, and at last where all end.
    starts_us: Vec<u64>,
    /// Spans a microsecond: where to look for one.
    per_us: f64,
    /// `[span * width + entity]`.
    cells: Vec<C>,
}

impl<C: Sum> Cuts<C> {
    /// For so many entities; with none nothing is kept.
    pub(super) fn new(model: &Model, spans: &Spans, width: usize) -> Self {
        if width == 0 {
            return Cuts { width, days: Rows::empty(), batches: Rows::empty() };
        }
        let rows = |of: &[u32]| Rows::new(model, of, width);
        Cuts { width, days: rows(&spans.day_of), batches: rows(&spans.batch_of) }
    }

    /// Whether anything is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.width > 0
    }

    /// Counts what happened at an instant: not before the counted time, and from its end on in the last span.
    pub(super) fn at(&mut self, at: SimTime, entity: usize, count: impl Fn(&mut C)) {
        self.at_each(at, &[entity], count);
    }

    /// The same of several entities.
    pub(super) fn at_each(&mut self, at: SimTime, entities: &[usize], count: impl Fn(&mut C)) {
        for rows in [&mut self.days, &mut self.batches] {
            if let Some(span) = rows.span(at) {
                entities.iter().for_each(|entity| count(&mut rows.cells[span * self.width + entity]));
            }
        }
    }

    /// Hands out the microseconds from `from` to `to`, as far as they are counted, span by span.
    pub(super) fn over(&mut self, from: SimTime, to: SimTime, entity: usize, add: impl Fn(&mut C, u64)) {
        for rows in [&mut self.days, &mut self.batches] {
            rows.spend(from, to, |cells, span, us| add(&mut cells[span * self.width + entity], us));
        }
    }

    /// Where each day begins, and at last where all end.
    pub(super) fn days_us(&self) -> &[u64] {
        &self.days.starts_us
    }

    /// Whether what happens at an instant is counted.
    pub(super) fn counts(&self, at: SimTime) -> bool {
        self.days.span(at).is_some()
    }

    /// Whether an instant lies before the end of the counted time.
    pub(super) fn is_before_end(&self, at: SimTime) -> bool {
        self.days.starts_us.last().is_some_and(|&end| at.as_us() < end)
    }

    /// By entity, over some days.
    pub(super) fn of_days(&self, days: std::ops::Range<usize>) -> Vec<C> {
        self.days.sum(self.width, days)
    }

    /// By entity, over all days.
    pub(super) fn whole(&self) -> Vec<C> {
        self.of_days(0..self.days.spans())
    }

    /// By entity, of a batch.
    pub(super) fn of_batch(&self, batch: usize) -> Vec<C> {
        self.batches.sum(self.width, batch..batch + 1)
    }
}

impl<C: Sum> Rows<C> {
    fn empty() -> Self {
        Rows { starts_us: Vec::new(), per_us: 0.0, cells: Vec::new() }
    }

    /// `of` has the span of each period; no spans where it is empty.
    fn new(model: &Model, of: &[u32], width: usize) -> Self {
        let start = |period: usize| model.clock.period_start(period as u32).as_us();
        let begins = |&period: &usize| period == 0 || of[period] != of[period - 1];
        let mut starts_us: Vec<u64> = (0..of.len()).filter(begins).map(start).collect();
        let cells = vec![C::default(); starts_us.len() * width];
        let (spans, horizon) = (starts_us.len(), model.clock.horizon.as_us());
        let Some(&first) = starts_us.first() else { return Rows::empty() };
        starts_us.push(horizon);
        Rows { starts_us, per_us: spans as f64 / (horizon - first) as f64, cells }
    }

    fn spans(&self) -> usize {
        self.starts_us.len().saturating_sub(1)
    }

    /// The span of an instant: spans are about as long as each other, so the first guess is mostly right.
    fn span(&self, at: SimTime) -> Option<usize> {
        let (at_us, last) = (at.as_us(), self.spans().checked_sub(1)?);
        let since_us = at_us.checked_sub(self.starts_us[0])?;
        let mut span = ((since_us as f64 * self.per_us) as usize).min(last);
        while self.starts_us[span] > at_us {
            span -= 1;
        }
        while span < last && self.starts_us[span + 1] <= at_us {
            span += 1;
        }
        Some(span)
    }

    fn spend(&mut self, from: SimTime, to: SimTime, mut add: impl FnMut(&mut [C], usize, u64)) {
        let (from_us, to_us) = (from.as_us(), to.as_us());
        let first = self.span(from).unwrap_or(0);
        for span in first..self.spans() {
            let (start, end) = (self.starts_us[span], self.starts_us[span + 1]);
            if start >= to_us {
                break;
            }
            add(&mut self.cells, span, to_us.min(end).saturating_sub(from_us.max(start)));
        }
    }

    fn sum(&self, width: usize, spans: std::ops::Range<usize>) -> Vec<C> {
        let mut sums = vec![C::default(); width];
        if width > 0 && self.spans() > 0 {
            for row in self.cells[spans.start * width..spans.end * width].chunks(width) {
                sums.iter_mut().zip(row).for_each(|(sum, cell)| sum.add(cell));
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::visits::VisitCell;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A guess that is set right finds what a search finds, also where spans are of any length.
        #[test]
        fn the_span_of_an_instant_is_found(lengths in prop::collection::vec(1..200_u64, 1..40), first in 0..100_u64, at in 0..9_000_u64) {
            let mut starts_us = vec![first];
            lengths.iter().for_each(|length| starts_us.push(starts_us[starts_us.len() - 1] + length));
            let per_us = lengths.len() as f64 / lengths.iter().sum::<u64>() as f64;
            let searched = starts_us.partition_point(|&start| start <= at).checked_sub(1);
            let rows: Rows<VisitCell> = Rows { starts_us, per_us, cells: vec![] };
            prop_assert_eq!(rows.span(SimTime::from_us(at)), searched.map(|span| span.min(lengths.len() - 1)));
        }
    }
}
