//! The collector and the recorder beside each other on a run of the engine: the same numbers by two ways.

use super::fixture::*;
use crate::engine::RunEnd;
use crate::log::{AgentStateName, LegFate, LegRow};
use crate::measures::layout::Layout;
use crate::measures::{Collector, LogRows, Recorder, Replication, replicate};
use crate::model::{Mode, Model, Routes, RuleId};
use crate::random::Distribution;

/// Both types go to the first queue, which the front serves: two agents for about 20 calls of 2 minutes a quarter-hour, half an
/// hour of run-in, callers who wait a minute on average.
fn busy_center() -> Model {
    let mut model = center(8, 1800);
    let classes = 2 * 2 * 2;
    model.routes = Routes {
        ranges: vec![(0, 1); classes],
        certain: Vec::new(),
        candidates: vec![RuleId(0)],
        profiles: 1,
        numbers: 1,
        redirects: false,
    };
    model.rules[0].offers = vec![vec![FRONT]];
    model.rules[0].added = vec![vec![FRONT]];
    model.groups[FRONT.index()].serves = vec![crate::model::QueueId(0)];
    model.processes[0].mean = vec![20.0; model.clock.cells as usize];
    let billing = &mut model.contact_types[0];
    billing.patience = Distribution::exponential(60.0).ok();
    billing.handling[0].service_time = Distribution::exponential(100.0).unwrap();
    billing.handling[0].wrap_up = Distribution::exponential(20.0).ok();
    model
}

fn run(model: &Model, seed: u64) -> (Replication, RunEnd, LogRows) {
    let mut collector = Collector::new(model, EVERYTHING);
    let mut recorder = Recorder::new(model, 0, LogRows::default());
    let end = replicate(model, seed, 0, Mode::Eager, &mut collector, Some(&mut recorder));
    (collector.finish(end), end, recorder.into_sink())
}

#[test]
fn the_log_and_the_sums_agree_to_the_microsecond() {
    let model = busy_center();
    let (replication, end, log) = run(&model, 1);
    let start = model.clock.unix_us(model.clock.count_from);
    let horizon = model.clock.unix_us(model.clock.horizon);
    let counted = || log.legs.iter().filter(|row| row.entered.0 >= start);
    let of = |fate: LegFate| counted().filter(move |row| row.fate == fate);
    let wait_us = |row: &LegRow| row.left.us_since(row.entered) as u64;
    let whole = replication.whole(&Layout::new(&model));
    let cell = whole.cells[0];
    assert!(cell.answered > 20 && cell.abandoned > 20, "{cell:?}");
    assert_eq!(log.legs.len() as u64, end.contacts);
    assert_eq!(cell.answered as usize, of(LegFate::Answered).count());
    assert_eq!(cell.abandoned as usize, of(LegFate::Abandoned).count());
    assert_eq!(cell.wait_abandoned_us, of(LegFate::Abandoned).map(wait_us).sum::<u64>());
    let inside = |from: i64, to: i64| (to.min(horizon) - from.max(start)).max(0) as u64;
    let waited = log.legs.iter().map(|row| inside(row.entered.0, row.left.0)).sum::<u64>();
    assert_eq!(whole.waiting_us, [waited, 0]);
    let time = |work: bool| {
        let rows = log.agents.iter().filter(|row| &*row.group == "front" && row.state.works() == work);
        rows.map(|row| inside(row.from.0, row.to.0)).sum::<u64>()
    };
    let front = whole.groups[FRONT.index()];
    assert_eq!(front.work_us, time(true));
    assert_eq!(front.logged_in_us, time(true) + time(false), "busy and idle are all of the time logged in");
    assert!(log.agents.iter().all(|row| row.state != AgentStateName::Off && row.from < row.to));
}

#[test]
fn whoever_listens_too_changes_nothing() {
    let model = busy_center();
    let mut collector = Collector::new(&model, EVERYTHING);
    let end = replicate(&model, 1, 0, Mode::Eager, &mut collector, None);
    let alone = collector.finish(end);
    assert_eq!(alone, run(&model, 1).0);
    assert_ne!(alone, run(&model, 2).0, "another seed, other callers");
    let end = replicate(&model, 1, 0, Mode::Lazy, &mut collector, None);
    let lazy = collector.finish(end);
    assert_eq!(Replication { end: alone.end, ..lazy }, alone, "patience looked at lazily");
}
