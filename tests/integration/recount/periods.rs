//! The same by period.

use std::collections::BTreeMap;

use super::{Ledger, counted, near, s, worked};
use crate::support::Recorded;
use centralino::audit;
use centralino::calendar::PeriodGrid;
use centralino::measures::{Basis, ScopeKind};
use centralino::time::SimDuration;

/// Queues by period, and periods summed.
pub(super) fn by_period(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    let period_s = run.scenario.scenario.period.as_s() as i64;
    let grid = PeriodGrid::covering(start.unix_s(), end.unix_s(), period_s);
    let counts = audit::recount(&worked(run), within, audit::ScopeKind::Queue, Some(&grid));
    let mut sums: BTreeMap<&str, [f64; 7]> = BTreeMap::new();
    for row in run.results.period_rows() {
        let scope = audit::Scope { name: row.queue.into(), period: Some(row.period.index as usize) };
        let counts = counts.get(&scope).copied().unwrap_or_default();
        let told = [
            row.offered,
            row.answered,
            row.answered_in_time,
            row.abandoned,
            row.sent_away,
            row.wait_s,
            row.handle_s,
        ];
        let found = [
            counts.offered() as f64,
            counts.answered as f64,
            counts.answered_within as f64,
            counts.abandoned as f64,
            counts.sent_away as f64,
            s(counts.wait),
            s(counts.talk + counts.wrap_up),
        ];
        let same = told.iter().zip(found).all(|(&told, found)| near(told, found));
        ledger.expect_that(same, || format!("{scope:?}: told {told:?}, the logs say {found:?}"));
        sums.entry(row.queue).or_default().iter_mut().zip(told).for_each(|(sum, told)| *sum += told);
    }
    for (queue, [offered, answered, in_time, abandoned, sent_away, wait_s, handle_s]) in sums {
        let mut expect =
            |measure, found| ledger.expect(measure, Basis::Leg, (ScopeKind::Queue, queue), found);
        expect("offered", (offered, 1.0));
        expect("answered", (answered, 1.0));
        expect("abandoned", (abandoned, 1.0));
        expect("sent_away", (sent_away, 1.0));
        expect("answered_over_answered", (in_time, answered));
        expect("wait_all", (wait_s, offered));
        expect("handle_time", (handle_s, answered));
    }
}
