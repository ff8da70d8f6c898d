//! Rules, lanes, steps and the class table.

use super::*;
use crate::model::{ContactTypeId, NumberId, ProfileId};

/// The names of the rules that a contact's class tries.
fn tried(model: &Model, profile: u16, recognised: bool, tier: u8) -> Vec<&str> {
    let class = model.routes.class(
        ContactTypeId(0),
        ProfileId(profile),
        NumberId(0),
        recognised,
        crate::model::Bound::new(tier, false),
    );
    model.routes.candidates(class).iter().map(|rule| model.rules[rule.index()].name.as_str()).collect()
}

#[test]
fn the_first_rule_without_a_condition_ends_the_search() {
    let model = model(&[]);
    assert_eq!(tried(&model, 0, true, 1), ["known"]);
    assert_eq!(tried(&model, 0, false, 1), ["all"]);
    assert_eq!(tried(&model, 1, true, 1), ["all"]);
    assert_eq!(tried(&model, 1, false, 2), ["escalated"]);
}

#[test]
fn a_rule_by_the_hour_leaves_the_next_in_the_list() {
    let model =
        model(&["routing.daily={ order = 5, queue = 'first', when = { hours = 'Mon-Fri 08:00-18:00' } }"]);
    assert_eq!(tried(&model, 0, true, 1), ["daily", "known"]);
    assert_eq!(tried(&model, 1, false, 1), ["daily", "all"]);
    let opening = &model.openings[0];
    assert_eq!((opening.name.as_str(), opening.open_at_zero), ("routing.daily.when", false));
    assert_eq!(opening.turns.iter().map(|at| at.as_s() / 3600.0).collect::<Vec<_>>(), [8.0, 18.0]);
}

#[test]
fn equal_hours_are_one_opening_and_always_is_none() {
    let model = model(&[
        "queues.first.hours=Mon-Fri 08:00-18:00",
        "queues.second.hours=always",
        "routing.known.when={ hours = 'Mon 08:00-18:00' }",
    ]);
    assert_eq!(model.openings.len(), 1, "the run is a Monday");
    assert_eq!((model.queues[0].hours.is_some(), model.queues[1].hours), (true, None));
}

#[test]
fn a_condition_on_holidays_turns_at_midnight() {
    let days = ["scenario.start=2008-06-01", "scenario.days=3", "routing.known.when={ holiday = true }"];
    let model = model(&days);
    // Sunday 1 June is no holiday, Monday 2 June is one.
    let turns: Vec<f64> = model.openings[0].turns.iter().map(|at| at.as_s() / 3600.0).collect();
    assert_eq!((model.openings[0].open_at_zero, turns), (false, vec![24.0, 48.0]));
}

#[test]
fn lanes_fall_in_priority_and_rules_know_theirs() {
    let model = model(&[]);
    let lanes: Vec<_> =
        model.lanes.iter().map(|lane| (lane.queue.0, lane.priority, lane.credit.as_s())).collect();
    assert_eq!(lanes, [(0, 20, 90.0), (0, 0, 0.0), (1, 0, 0.0)]);
    assert_eq!((model.queues[0].lanes.clone(), model.queues[1].lanes.clone()), (0..2, 2..3));
    assert_eq!(model.rules.iter().map(|rule| rule.lane.0).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_preferred_group_is_offered_first_from_its_step_on() {
    let model = model(&[]);
    let ids = |groups: &[crate::model::GroupId]| groups.iter().map(|group| group.0).collect::<Vec<_>>();
    let known = &model.rules[0];
    // expert 0, general 1, senior 2; senior joins after 25 s.
    assert_eq!(known.offers.iter().map(|groups| ids(groups)).collect::<Vec<_>>(), [vec![1], vec![2, 1]]);
    assert_eq!(known.added.iter().map(|groups| ids(groups)).collect::<Vec<_>>(), [vec![1], vec![2]]);
    assert_eq!(model.queues[0].eligible_from, [crate::model::NEVER, 0, 1]);
    assert_eq!(model.queues[0].steps[1].after.as_s(), 25.0);
}

#[test]
fn capabilities_name_what_stands_against_the_cheaper_ways() {
    use crate::model::Mode;
    let plain = model(&[]).capabilities();
    assert_eq!(plain.mode, Mode::Lazy);
    assert!(
        plain.not_recursion.iter().any(|reason| reason.contains("2 queues")),
        "{:?}",
        plain.not_recursion
    );
    let retrial = "contact_types.taxes.after_abandonment={ retrial = 0.5, delay = '10m' }";
    let eager = model(&[retrial]).capabilities();
    assert_eq!(eager.mode, Mode::Eager);
    assert_eq!(eager.not_lazy, ["callers of \"taxes\" who hung up may call again"]);
    let closing = ["queues.first.hours=Mon 08:00-18:00", "queues.first.at_close=send_away"];
    assert_eq!(model(&closing).capabilities().mode, Mode::Eager);
    let nobody_returns = "contact_types.taxes.after_abandonment={ retrial = 0, delay = '10m' }";
    assert!(model(&[nobody_returns]).capabilities().allows(Mode::Lazy));
}

#[test]
fn one_queue_one_group_constant_heads_is_for_the_recursion() {
    let text = r#"
[scenario]
name = "W1"
start = 2008-06-16
[contact_types.call]
patience = { exponential = "300s" }
service_time = { exponential = "240s" }
[arrivals.call]
per_hour = 2175
[queues.q.steps.first]
groups = ["g"]
[routing.all]
order = 1
queue = "q"
[agent_groups.g]
serves = ["q"]
staffing = { heads = 150 }
"#;
    let model = |overrides: &[&str]| compile(&scenario(text, overrides)).unwrap().model;
    assert_eq!(model(&[]).capabilities().mode, crate::model::Mode::Recursion);
    let shifts = model(&["agent_groups.g.staffing={ heads = [100, 150] }"]).capabilities();
    assert_eq!(shifts.not_recursion, ["the heads of \"g\" change"]);
    // 2,175 an hour of 240 s are 145 erlangs; that is 543.75 a quarter-hour.
    assert_eq!(model(&[]).processes[0].mean[0], 543.75);
}
