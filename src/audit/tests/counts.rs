//! The recount of a day that a hand can count.

use super::story::Story;
use crate::audit::{Counts, Scope, ScopeKind, recount};
use crate::calendar::PeriodGrid;
use crate::time::SimDuration;

const WITHIN: SimDuration = SimDuration::from_whole_s(30);

fn scope(name: &str, period: Option<usize>) -> Scope {
    Scope { name: name.into(), period }
}

#[test]
fn fifteen_legs_by_fate() {
    let counts = recount(&Story::right().legs, WITHIN, ScopeKind::Whole, None);
    let all = &counts[&scope("", None)];
    let expected = Counts {
        answered: 11,
        abandoned: 1,
        sent_away: 1,
        blocked: 2,
        // Needs 2 (30 s) and 9 (32 s) waited longest: the first is within.
        answered_within: 10,
        abandoned_within: 1,
        wait_answered: SimDuration::from_whole_s(2 + 2 + 30 + 9 + 2 + 2 + 2 + 2 + 32 + 2),
        wait_abandoned: SimDuration::from_whole_s(30),
        wait: SimDuration::from_whole_s(85 + 30 + 10),
        talk: SimDuration::from_whole_s(100 + 50 + 100 + 250 + 100 + 98 + 98 + 118 + 37 + 118 + 98),
        wrap_up: SimDuration::from_whole_s(10 + 10 + 6 + 10 + 10),
        transferred: 1,
        // One came again after hanging up, and talked for 98 s.
        again: 1,
        work_again: SimDuration::from_whole_s(98),
        ..Counts::default()
    };
    assert_eq!(*all, expected);
    assert_eq!(all.offered(), 13);
}

#[test]
fn by_queue_and_period() {
    // Hours from 09:00 to 18:00: what enters after 18:00 is counted in the last, what enters before 09:00 nowhere.
    let grid = PeriodGrid::covering(1_213_574_400 + 9 * 3600, 1_213_574_400 + 18 * 3600, 3600);
    let counts = recount(&Story::right().legs, WITHIN, ScopeKind::Queue, Some(&grid));
    let offered = |name, period| counts.get(&scope(name, Some(period))).map(Counts::offered);
    assert_eq!(offered("general", 0), Some(7));
    assert_eq!(offered("tier2", 0), Some(1));
    assert_eq!(offered("general", 4), Some(1));
    assert_eq!(offered("general", 8), Some(4));
    assert_eq!(counts[&scope("general", Some(8))].blocked, 1);
    assert_eq!(counts[&scope("", Some(0))].blocked, 1);
    let late = PeriodGrid { start_unix_s: grid.start(1), ..grid };
    let counts = recount(&Story::right().legs, WITHIN, ScopeKind::Whole, Some(&late));
    assert_eq!(counts.values().map(|c| c.offered() + c.blocked).sum::<u64>(), 6);
}

#[test]
fn by_group_tier_and_vendor() {
    let answered =
        |by, name: &str| recount(&Story::right().legs, WITHIN, by, None)[&scope(name, None)].answered;
    assert_eq!(["a", "b", "experts"].map(|name| answered(ScopeKind::AgentGroup, name)), [9, 1, 1]);
    assert_eq!(["1", "2"].map(|name| answered(ScopeKind::Tier, name)), [10, 1]);
    assert_eq!(answered(ScopeKind::Vendor, "city"), 9);
    assert_eq!(answered(ScopeKind::Number, "main"), 11);
}
