//! The backlog day by day: how many cases are open when a local day ends, of which age, and when those that are late are done.

use super::layout::Layout;
use super::{PeriodLabel, Scope, ScopeKind};
use crate::engine::Case;
use crate::time::{SimTime, US_PER_S};

/// Where classes of age begin, in days of 24 hours: a case of exactly so many days is in the class that ends there.
pub const AGE_CLASSES_DAYS: [u32; 7] = [0, 1, 3, 7, 14, 30, 60];

const DAY_US: u64 = 86_400 * US_PER_S;

/// Open cases of one type at the end of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenCases {
    /// By class of age.
    pub by_age: [u32; AGE_CLASSES_DAYS.len()],
    /// Those that are late among them.
    pub late: u32,
}

/// Open cases at the ends of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Backlog {
    types: usize,
    /// `[day * types + type]`.
    ends: Vec<OpenCases>,
}

/// The class of an age.
fn class(age_us: u64) -> usize {
    AGE_CLASSES_DAYS.iter().skip(1).filter(|&&days| age_us > u64::from(days) * DAY_US).count()
}

impl Backlog {
    /// `starts_us` has where each day begins, and at last where all end.
    pub(super) fn new(starts_us: &[u64], types: usize) -> Self {
        let days = starts_us.len().saturating_sub(1);
        Backlog { types, ends: vec![OpenCases::default(); days * types] }
    }

    /// Counts a case that is over, closed at `closed` or never, at the ends of the days that it was open at.
    pub(super) fn count(&mut self, starts_us: &[u64], types: usize, case: &Case, closed: Option<SimTime>) {
        let (opened_us, closed_us) = (case.opened.as_us(), closed.map_or(u64::MAX, SimTime::as_us));
        let ends = starts_us.get(1..).unwrap_or_default();
        let first = ends.partition_point(|&end| end <= opened_us);
        for (day, &end_us) in ends.iter().enumerate().skip(first).take_while(|(_, end)| **end < closed_us) {
            let open = &mut self.ends[day * types + case.case_type.index()];
            open.by_age[class(end_us - opened_us)] += 1;
            open.late += u32::from(case.due.is_some_and(|due| due.as_us() < end_us));
        }
    }

    /// After how many days the last late case of a scope was done for good: 0 if none was late at the end of a day, `None` if some are late
    /// at the end of the last.
    pub(super) fn days_to_clear(&self, layout: &Layout, scope: Scope) -> Option<usize> {
        let days = self.ends.len() / self.types.max(1);
        let is_late = |day: &[OpenCases]| {
            day.iter().enumerate().any(|(row, open)| open.late > 0 && layout.has_case_type(scope, row))
        };
        let last = self.ends.chunks(self.types.max(1)).rposition(is_late);
        last.map_or(Some(0), |last| (last + 1 < days).then_some(last + 1))
    }
}

/// Sums over replications.
#[derive(Clone, Debug, Default)]
pub(super) struct BacklogSums {
    types: usize,
    /// As [`Backlog::ends`]: by class of age, and at last those that are late.
    sums: Vec<[u64; AGE_CLASSES_DAYS.len() + 1]>,
}

impl BacklogSums {
    /// Adds the next replication.
    pub(super) fn add(&mut self, backlog: &Backlog) {
        self.types = backlog.types;
        self.sums.resize(backlog.ends.len(), Default::default());
        for (sum, open) in self.sums.iter_mut().zip(&backlog.ends) {
            let counts = open.by_age.iter().chain([&open.late]);
            sum.iter_mut().zip(counts).for_each(|(sum, &count)| *sum += u64::from(count));
        }
    }

    /// Day by day the whole, each office and each case type, as means over so many replications.
    pub(super) fn rows<'a>(
        &'a self,
        layout: &'a Layout,
        replications: u32,
        day: impl Fn(usize) -> PeriodLabel + 'a,
    ) -> impl Iterator<Item = BacklogRow<'a>> {
        let days = self.sums.chunks(self.types.max(1)).enumerate();
        days.flat_map(move |(index, types)| {
            let label = day(index);
            let kinds = [ScopeKind::Whole, ScopeKind::Office, ScopeKind::CaseType];
            kinds.into_iter().flat_map(|kind| layout.scopes(kind)).map(move |scope| {
                let its = types.iter().enumerate().filter(|(row, _)| layout.has_case_type(scope, *row));
                let mut sum = [0; AGE_CLASSES_DAYS.len() + 1];
                its.for_each(|(_, counts)| sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count));
                BacklogRow::new(label, (scope.kind, layout.name(scope)), sum, replications)
            })
        })
    }
}

/// Open cases of a scope at the end of a local day, as means over replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacklogRow<'a> {
    /// The day.
    pub day: PeriodLabel,
    /// Over whom: the whole, an office or a case type.
    pub scope_kind: ScopeKind,
    /// Its name; "all" for the whole.
    pub scope: &'a str,
    /// Open cases.
    pub open: f64,
    /// Those that are late among them.
    pub late: f64,
    /// By class of age, see [`AGE_CLASSES_DAYS`].
    pub by_age: [f64; AGE_CLASSES_DAYS.len()],
}

impl<'a> BacklogRow<'a> {
    fn new(
        day: PeriodLabel,
        (scope_kind, scope): (ScopeKind, &'a str),
        sum: [u64; AGE_CLASSES_DAYS.len() + 1],
        replications: u32,
    ) -> Self {
        let mean = |sum: u64| sum as f64 / f64::from(replications.max(1));
        let [by_age @ .., late] = sum;
        let open = mean(by_age.iter().sum());
        BacklogRow { day, scope_kind, scope, open, late: mean(late), by_age: by_age.map(mean) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_at_the_edge_of_a_class_is_in_the_one_that_ends_there() {
        assert_eq!(class(0), 0);
        assert_eq!(class(DAY_US), 0);
        assert_eq!(class(DAY_US + 1), 1);
        assert_eq!(class(7 * DAY_US), 2);
        assert_eq!(class(61 * DAY_US), 6);
    }
}
