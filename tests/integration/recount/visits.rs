//! Visits and what is prepared for them.

use std::collections::BTreeSet;

use super::{Ledger, counted};
use crate::support::Recorded;
use centralino::log::{
    LogTime, PreparationEndName, PreparationRow, VisitChannelName, VisitEndName, VisitRow,
};
use centralino::measures::{Basis, ScopeKind};

/// Tries at counters, each in the time that it counts in.
pub(super) fn visits(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    for kind in [ScopeKind::Service, ScopeKind::Counter, ScopeKind::District, ScopeKind::Whole] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&&VisitRow| match kind {
                ScopeKind::Service => *row.service == *name,
                ScopeKind::Counter => *row.counter == *name,
                ScopeKind::District => row.district.as_deref() == Some(&name),
                _ => true,
            };
            let all = run.logs.visits.iter().collect::<Vec<_>>();
            let rows: Vec<&VisitRow> = all.iter().filter(is_of).copied().collect();
            if kind == ScopeKind::Whole && run.scenario.services.is_empty() {
                return;
            }
            let seconds = |us: i64| us as f64 / 1e6;
            let within = |at: Option<LogTime>| at.is_some_and(|at| at >= start);
            let asks = |row: &&&VisitRow| row.channel != VisitChannelName::WalkIn && row.asked >= start;
            let asked: Vec<_> = rows.iter().filter(asks).collect();
            let count = |end: VisitEndName| asked.iter().filter(|row| row.end == end).count() as f64;
            let refused = (count(VisitEndName::Full), count(VisitEndName::Declined));
            let booked = asked.iter().filter(|row| row.slot.is_some() && row.end != VisitEndName::Declined);
            let lead_us: i64 = booked.clone().filter_map(|row| Some(row.slot?.us_since(row.asked))).sum();
            let bookings = booked.count() as f64;
            let missed =
                rows.iter().filter(|row| row.end == VisitEndName::NoShow && within(row.slot)).count() as f64;
            let kept = rows.iter().filter(|row| row.came.is_some() && within(row.slot)).count() as f64;
            let walked = rows.iter().filter(|row| row.slot.is_none() && within(row.came)).count() as f64;
            let served: Vec<_> = rows.iter().filter(|row| within(row.began)).collect();
            let waits = |with_slot: bool| {
                let of = served.iter().filter(move |row| row.slot.is_some() == with_slot);
                let wait = |row: &&&&VisitRow| Some(row.began?.us_since(row.slot.or(row.came)?));
                (of.clone().filter_map(|row| wait(&row)).sum::<i64>(), of.count() as f64)
            };
            let mut expect = |measure, found| ledger.expect(measure, Basis::Visit, (kind, &name), found);
            expect("bookings_asked", (asked.len() as f64, 1.0));
            expect("bookings", (bookings, 1.0));
            expect("booking_refused", (refused.0 + refused.1, asked.len() as f64));
            expect("lead_time", (seconds(lead_us), bookings));
            expect("no_shows", (missed, kept + missed));
            expect("walk_ins", (walked, 1.0));
            expect("visits", (served.len() as f64, 1.0));
            let [booked, walk_ins] = [true, false].map(waits);
            expect("booked_wait", (seconds(booked.0), booked.1));
            expect("walk_in_wait", (seconds(walk_ins.0), walk_ins.1));
            expect("prepared_share", (served.iter().filter(|row| row.prepared).count() as f64, booked.1));
        }
    }
}

/// What offices prepared, by service and by office.
pub(super) fn preparations(run: &Recorded, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    if run.logs.preparations.is_empty() {
        return;
    }
    let visit_of = |row: &PreparationRow| {
        run.logs.visits.iter().find(|visit| visit.need == row.need && visit.number == row.number)
    };
    for kind in [ScopeKind::Service, ScopeKind::Office, ScopeKind::Whole] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&PreparationRow| match kind {
                ScopeKind::Service => *row.service == *name,
                ScopeKind::Office => *row.office == *name,
                _ => true,
            };
            let rows: Vec<&PreparationRow> = run.logs.preparations.iter().filter(is_of).collect();
            let done: Vec<_> = rows
                .iter()
                .filter(|row| row.end == PreparationEndName::Done && row.to >= start)
                .filter_map(|row| Some((*row, visit_of(row)?)))
                .collect();
            let pieces = done.len() as f64;
            let taken: f64 = done.iter().map(|(row, _)| row.to.us_since(row.asked) as f64 / 1e6).sum();
            let spent = rows.iter().filter_map(|row| Some((row.from?.max(start), row.to.min(end))));
            let work_s: f64 = spent.map(|(from, to)| to.us_since(from).max(0) as f64 / 1e6).sum();
            let mut expect = |measure, found| ledger.expect(measure, Basis::Visit, (kind, &name), found);
            expect("preparations", (pieces, 1.0));
            expect("time_to_prepare", (taken, pieces));
            expect("preparation_work", (work_s, pieces));
            let tries: BTreeSet<_> = rows.iter().map(|row| (&row.need, row.number)).collect();
            let visits: Vec<_> =
                run.logs.visits.iter().filter(|row| tries.contains(&(&row.need, row.number))).collect();
            let is_due = |visit: &&&VisitRow| {
                let comes = visit.came.is_some() || visit.end == VisitEndName::NoShow;
                comes && visit.slot.is_some_and(|slot| slot >= start)
            };
            let due: Vec<_> = visits.iter().filter(is_due).collect();
            let in_time = |visit: &&&VisitRow| {
                let mut all = rows.iter().filter(|row| row.end == PreparationEndName::Done);
                all.any(|row| row.need == visit.need && row.number == visit.number && row.to <= row.slot)
            };
            expect(
                "preparations_in_time",
                (due.iter().filter(|visit| in_time(visit)).count() as f64, due.len() as f64),
            );
        }
    }
}
