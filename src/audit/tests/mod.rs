//! The audit on a day that is right, and on the same day broken in every way that a check is for.

mod broken;
mod counts;
mod on_shift;
mod story;

use self::story::Story;

#[test]
fn a_right_day_has_no_finding() {
    let nobody_waits = "exactly = 13\n[start_state.waiting.info]\ncount = 0\nwaited = \"1m\"";
    let report = Story::right().where_("per_day = 10", nobody_waits).audit();
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.to_string(), "30 checks over 15 legs: nothing impossible");
    let idle: Vec<_> = report.checks.iter().skip(1).filter(|check| check.examined == 0).collect();
    assert!(idle.is_empty(), "each rule is put to the test: {idle:?}");
}

#[test]
fn replications_do_not_mix() {
    let mut story = Story::right();
    let again = Story::right();
    story.legs.extend(again.legs.into_iter().map(|row| crate::log::LegRow { replication: 7, ..row }));
    story.agents.extend(again.agents.into_iter().map(|row| crate::log::AgentRow { replication: 7, ..row }));
    story.needs.extend(again.needs.into_iter().map(|row| crate::log::NeedRow { replication: 7, ..row }));
    assert!(story.audit().is_clean());
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut story = Story::right();
    story.legs.reverse();
    story.agents.reverse();
    story.needs.reverse();
    assert!(story.audit().is_clean());
}
