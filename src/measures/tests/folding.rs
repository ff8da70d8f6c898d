//! Rows that close, days and the whole: the same sums however they are kept.

use proptest::prelude::*;

use super::fixture::*;
use crate::engine::{Fate, Leg, Observer, RunEnd};
use crate::measures::cell::Cell;
use crate::measures::layout::Layout;
use crate::measures::sheet::Sheet;
use crate::measures::{Basis, Collector, Detail, Replication, Scope};
use crate::model::Model;

const PERIODS: u32 = 40;

fn one_sheet(layout: &Layout, sheets: &[Sheet]) -> Sheet {
    let mut sum = Sheet::new(layout);
    sheets.iter().for_each(|sheet| sum.add(sheet));
    sum
}

/// Any leg: entered anywhere from the run-in to after the horizon, waiting up to some hours.
fn any_leg() -> impl Strategy<Value = Leg> {
    let time = 0..(u64::from(PERIODS) * 900 + 2400) * 1_000_000;
    let wait = prop_oneof![Just(0), 0..60_000_000_u64, 0..9_000_000_000_u64];
    (time, wait, 0..3_000_000_000_u64, 0..6_u8, any::<(bool, bool)>()).prop_map(
        |(entered, wait, work, kind, (taxes, later))| {
            let (entered, wait, work) = (entered as f64 / 1e6, wait as f64 / 1e6, work as f64 / 1e6);
            let leg = match kind {
                0 => abandoned(entered, wait),
                1 => sent_away(entered, wait),
                _ => wrapped_up(answered(entered, wait, work), work / 3.0),
            };
            let leg = if taxes { about_taxes(leg) } else { leg };
            Leg { leg: u8::from(later), ..leg }
        },
    )
}

/// Tells legs in the order of an event loop: each begins and ends at its time.
fn in_order_of_time(model: &Model, legs: &[Leg], detail: Detail) -> Replication {
    let mut events: Vec<(crate::time::SimTime, bool, usize)> = Vec::new();
    for (index, leg) in legs.iter().enumerate() {
        events.push((leg.entered, false, index));
        events.push((leg.service.map_or(leg.left, |service| service.talk_ended), true, index));
    }
    events.sort();
    let mut collector = Collector::new(model, detail);
    for (_, ends, index) in events {
        match (ends, &legs[index]) {
            (false, leg) => collector.leg_begins(leg.entered, leg.queue, &leg.caller),
            (true, leg) => collector.leg_ends(leg),
        }
    }
    collector.finish(RunEnd::default())
}

/// The whole run by the plainest means: no periods, no rows.
fn plain_count(legs: &[Leg], model: &Model) -> (u32, u32, u64, u64) {
    let (start, end) = (model.clock.count_from, model.clock.horizon);
    let counted = || legs.iter().filter(|leg| leg.entered >= start);
    let answered = counted().filter(|leg| leg.fate == Fate::Answered).count();
    let in_time =
        counted().filter(|leg| leg.fate == Fate::Answered && leg.left.since(leg.entered).as_s() <= 20.0);
    let inside =
        |from: crate::time::SimTime, to: crate::time::SimTime| to.min(end).since(from.max(start)).as_us();
    let waited = legs.iter().map(|leg| inside(leg.entered, leg.left)).sum();
    let work = |leg: &Leg| leg.service.map_or(0, |service| inside(leg.left, service.wrap_up_ended));
    (answered as u32, in_time.count() as u32, waited, legs.iter().map(work).sum())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn periods_days_and_the_whole_have_the_same_sums(legs in proptest::collection::vec(any_leg(), 0..60)) {
        let model = center(PERIODS, 1200);
        let layout = Layout::new(&model);
        let told = in_order_of_time(&model, &legs, EVERYTHING);
        let whole = told.whole(&layout);
        prop_assert_eq!(&one_sheet(&layout, &told.periods), &whole);
        let queues = &whole.cells[layout.first_queue..layout.first_group];
        let sum = |of: fn(&Cell) -> u32| queues.iter().map(of).sum::<u32>();
        let waited = whole.waiting_us.iter().sum::<u64>();
        let work = whole.groups.iter().map(|group| group.work_us).sum::<u64>();
        let found = (sum(|cell| cell.answered), sum(|cell| cell.answered_in_time), waited, work);
        prop_assert_eq!(found, plain_count(&legs, &model));
    }

    /// An event loop tells ends late, a recursion tells each leg as a whole: the same tables.
    #[test]
    fn the_order_of_telling_does_not_matter(mut legs in proptest::collection::vec(any_leg(), 0..60)) {
        let model = center(PERIODS, 1200);
        legs.sort_by_key(|leg| leg.entered);
        prop_assert_eq!(in_order_of_time(&model, &legs, EVERYTHING), replication(&model, &legs));
    }
}

/// 400 days of 15-minute calls: as many rows are open as are needed, and days sum to the whole.
#[test]
fn a_year_needs_few_rows() {
    let model = center(400 * 96, 0);
    let mut collector = Collector::new(&model, Detail::WHOLE);
    for call in 0..40_000 {
        tell(&mut collector, &answered(f64::from(call) * 864.0, 5.0, 900.0));
    }
    assert!(collector.open_rows() <= 4, "{} rows", collector.open_rows());
    let replication = collector.finish(RunEnd::default());
    assert_eq!((replication.days.len(), replication.periods.len()), (400, 0));
    let results = gathered_whole(&model, replication);
    assert_close(whole(&results, "answered", Basis::Contact), 40_000.0);
    assert_close(value(&results, "mean_queue", Basis::Time, Scope::WHOLE), 5.0 / 864.0);
}

fn gathered_whole(model: &Model, replication: Replication) -> crate::measures::Results {
    let mut results = crate::measures::Results::new(model, Detail::WHOLE);
    results.add(replication);
    results
}
