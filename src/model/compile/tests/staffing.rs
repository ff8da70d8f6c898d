//! Heads over time.

use super::*;
use crate::scenario::StaffingRow;

/// The heads of the general group as (hours since time zero, heads).
fn heads(overrides: &[&str]) -> Vec<(f64, u32)> {
    heads_of(&model(overrides))
}

fn heads_of(model: &Model) -> Vec<(f64, u32)> {
    model.groups[1].heads.iter().map(|&(at, heads)| (at.as_s() / 3600.0, heads)).collect()
}

fn staffing(value: &str) -> String {
    format!("agent_groups.general.staffing={value}")
}

#[test]
fn the_order_of_queues_decides_where_nothing_else_can() {
    let decides =
        |overrides: &[&str]| model(overrides).groups.iter().map(|of| of.order_first).collect::<Vec<_>>();
    // Those of `general` and `senior` are ranked by what their rules say, those of `expert` are not.
    assert_eq!(decides(&[]), [true, false, false]);
    assert_eq!(decides(&["routing.known.priority=0"]), [true; 3]);
    assert_eq!(decides(&["agent_groups.expert.take='longest_wait'"]), [false; 3]);
}

#[test]
fn only_changes_are_kept_and_the_day_after_the_horizon_is_not() {
    let plan = staffing("{ heads = { '00:00' = 3, '08:00' = 20, '12:00' = 20, '20:00' = 3 } }");
    assert_eq!(heads(&[&plan]), [(0.0, 3), (8.0, 20), (20.0, 3)]);
    assert_eq!(heads(&[&plan, "scenario.days=2"]), [(0.0, 3), (8.0, 20), (20.0, 3), (32.0, 20), (44.0, 3)]);
}

#[test]
fn shifts_go_by_the_wall_clock_when_it_is_changed() {
    let plan = staffing("{ heads = { '00:00' = 3, '08:00' = 20 } }");
    assert_eq!(heads(&[&plan, "scenario.start=2008-03-30"]), [(0.0, 3), (7.0, 20)]);
    assert_eq!(heads(&[&plan, "scenario.start=2008-10-26"]), [(0.0, 3), (9.0, 20)]);
}

#[test]
fn each_kind_of_day_has_its_heads_and_a_holiday_sundays() {
    let plan = staffing("{ heads = 9, saturday = 5, sunday = 2 }");
    // Saturday 31 May, Sunday, Monday 2 June (a holiday), Tuesday.
    let days = heads(&[&plan, "scenario.start=2008-05-31", "scenario.days=4"]);
    assert_eq!(days, [(0.0, 5), (24.0, 2), (72.0, 9)]);
}

#[test]
fn a_run_in_is_staffed_by_its_own_day() {
    let plan = staffing("{ heads = 9, sunday = 2 }");
    assert_eq!(heads(&[&plan, "scenario.run_in=2h"]), [(0.0, 2), (2.0, 9)]);
}

#[test]
fn rows_of_a_file_may_name_dates() {
    let row =
        |day: &str, start: &str, heads| StaffingRow { day: day.into(), start: start.parse().unwrap(), heads };
    let mut scenario = scenario(SMALL, &["scenario.days=2"]);
    let general = scenario.agent_groups.get_mut("general").unwrap();
    general.staffing.heads = None;
    general.staffing.rows =
        vec![row("", "08:00", 4), row("2008-06-17", "00:00", 7), row("2008-06-17", "12:00", 1)];
    let model = compile(&scenario).unwrap().model;
    assert_eq!(heads_of(&model), [(0.0, 0), (8.0, 4), (24.0, 7), (36.0, 1)]);
    assert_eq!(model.groups[1].agents.len(), 7);
    let general = scenario.agent_groups.get_mut("general").unwrap();
    general.staffing.rows.push(row("2008-06-17", "12:00", 2));
    assert_eq!(errors_of(&scenario), ["E5003 agent_groups.general.staffing.rows"]);
}

#[test]
fn a_staffing_says_something_and_says_it_once() {
    assert_eq!(
        errors(&[&staffing("{ heads = [1, 2, 3, 4, 5, 6, 7] }")]),
        ["E5003 agent_groups.general.staffing.heads"]
    );
    let mut silent = scenario(SMALL, &[]);
    silent.agent_groups.get_mut("general").unwrap().staffing.heads = None;
    assert_eq!(errors_of(&silent), ["E5003 agent_groups.general.staffing"]);
    let mut twice = scenario(SMALL, &[]);
    let row = StaffingRow { day: String::new(), start: "00:00".parse().unwrap(), heads: 1 };
    twice.agent_groups.get_mut("general").unwrap().staffing.rows = vec![row];
    assert_eq!(errors_of(&twice), ["E5003 agent_groups.general.staffing.heads"]);
}

#[test]
fn a_center_must_fit_the_event_slots() {
    assert_eq!(errors(&[&staffing("{ heads = 70_000 }")]), ["E3005 agent_groups.general.staffing.heads"]);
    // 65,518 and 4 agents, 3 groups, no openings, 2 lanes with a later step, 3 reserved: 65,530 of 65,536.
    assert_eq!(model(&[&staffing("{ heads = 65_518 }")]).agent_group.len(), 65_522);
    assert_eq!(errors(&[&staffing("{ heads = 65_525 }")]), ["E5015 agent_groups"]);
}
