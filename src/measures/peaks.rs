//! How much comes in the busiest hour and on the busiest day, beside a mean one: what smoothing is measured by.

use super::layout::Layout;
use super::visits::VisitCell;
use super::{Basis, Replication, Scope, ScopeKind};

/// Which spans are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PeakBy {
    /// Hours from the start of the counted time on; longer periods as they are.
    Hour,
    /// Local days.
    Day,
}

/// How many came, by hour and entity: `[hour * width + entity]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ByHour {
    width: usize,
    came: Vec<u32>,
}

impl ByHour {
    pub(super) fn new(hours: usize, width: usize) -> Self {
        ByHour { width, came: vec![0; hours * width] }
    }

    /// The entities of an hour, to be counted in.
    pub(super) fn hour(&mut self, hour: usize) -> &mut [u32] {
        &mut self.came[hour * self.width..][..self.width]
    }

    /// By hour, over some entities.
    fn of(&self, rows: &[usize]) -> impl Iterator<Item = u64> {
        let hours = self.came.chunks_exact(self.width.max(1));
        hours.map(|hour| rows.iter().map(|&row| u64::from(hour[row])).sum())
    }
}

/// How many came in the fullest span, and in a mean one; nothing over nothing where there are no spans.
pub(super) fn peak(
    layout: &Layout,
    replication: &Replication,
    (basis, scope): (Basis, Scope),
    by: PeakBy,
) -> (f64, f64) {
    let visits = &replication.visits;
    let rows = if basis == Basis::Visit { layout.visit_rows(scope) } else { contact_rows(layout, scope) };
    match (basis, by) {
        (Basis::Visit, PeakBy::Hour) => most_and_mean(visits.by_hour.of(&rows)),
        (_, PeakBy::Hour) => most_and_mean(replication.by_hour.of(&rows)),
        (Basis::Visit, PeakBy::Day) => most_and_mean((0..replication.days.len()).map(|day| {
            let cells = visits.cuts.of_days(day..day + 1);
            rows.iter().map(|&row| cells.get(row).map_or(0, VisitCell::came)).sum()
        })),
        (_, PeakBy::Day) => {
            let came = |row: &usize, day: &super::sheet::Sheet| u64::from(day.cells[*row].demand());
            most_and_mean(replication.days.iter().map(|day| rows.iter().map(|row| came(row, day)).sum()))
        }
    }
}

fn contact_rows(layout: &Layout, scope: Scope) -> Vec<usize> {
    match scope.kind {
        ScopeKind::ContactType => vec![usize::from(scope.index)],
        _ => layout.types_of(scope).collect(),
    }
}

fn most_and_mean(spans: impl Iterator<Item = u64>) -> (f64, f64) {
    let (mut most, mut sum, mut count) = (0, 0, 0_u64);
    for came in spans {
        most = most.max(came);
        sum += came;
        count += 1;
    }
    if sum == 0 { (0.0, 0.0) } else { (most as f64, sum as f64 / count as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_span_stands_beside_a_mean_one() {
        let mut hours = ByHour::new(4, 2);
        for (hour, came) in [(0, [1, 0]), (1, [2, 9]), (3, [5, 0])] {
            hours.hour(hour).copy_from_slice(&came);
        }
        assert_eq!(most_and_mean(hours.of(&[0])), (5.0, 2.0));
        assert_eq!(most_and_mean(hours.of(&[0, 1])), (11.0, 4.25));
        assert_eq!(most_and_mean(ByHour::new(4, 2).of(&[1])), (0.0, 0.0));
        assert_eq!(most_and_mean(ByHour::default().of(&[])), (0.0, 0.0));
    }
}
