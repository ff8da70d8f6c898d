//! Stories of work that is put aside for calls: who is called from it, what becomes of the rest, and when the leg is told. Seconds of one hour.

use super::observer::AgentState;
use super::testing::{Story, at, both, by_shifts, constant, duty, group, one_group};
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// Agents who talk for 60 s and wrap up for 30 s, which a call interrupts.
fn desk(agents: u16, rest: Rest, at_most: u32) -> Model {
    let mut model = one_group(agents);
    model.contact_types[0].handling[0].wrap_up = Some(constant(30.0));
    model.groups[0].interruptible_wrap_up = Some(InterruptibleWrapUp { rest, at_most });
    model
}

/// (when the talk began, when the wrap-up was over, how long of it lay aside, with whom) in the order of the needs.
fn legs(story: &Story) -> Vec<(f64, f64, f64, u16)> {
    let mut legs: Vec<_> = story.legs.iter().filter_map(|leg| Some((leg, leg.service?))).collect();
    legs.sort_by_key(|(leg, _)| (leg.caller.need_began, leg.caller.need));
    let told = |(leg, of): (&super::observer::Leg, super::observer::Service)| {
        (leg.left.as_s(), of.wrap_up_ended.as_s(), of.apart.aside.as_s(), of.agent.0)
    };
    legs.into_iter().map(told).collect()
}

/// (from, until, interrupted) of each stretch.
fn stretches(story: &Story) -> Vec<(f64, f64, bool)> {
    story.pieces.iter().map(|of| (of.from.as_s(), of.until.as_s(), of.interrupted)).collect()
}

#[test]
fn a_wrap_up_that_nobody_interrupts_is_as_any_other() {
    let story = both(&desk(1, Rest::Resumed, 9), &[(0.0, 0), (100.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 90.0, 0.0, 0), (100.0, 190.0, 0.0, 0)]);
    assert_eq!(stretches(&story), [(60.0, 90.0, false), (160.0, 190.0, false)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 90.0, 190.0]);
}

#[test]
fn a_call_interrupts_and_the_rest_is_done_after_its_own_wrap_up() {
    // Interrupted at 70 s with 20 s left; the second talks until 130 s and is wrapped up until 160 s; then the 20 s.
    let story = both(&desk(1, Rest::Resumed, 9), &[(0.0, 0), (70.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 180.0, 90.0, 0), (70.0, 160.0, 0.0, 0)]);
    assert_eq!(stretches(&story), [(60.0, 70.0, true), (130.0, 160.0, false), (160.0, 180.0, false)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 180.0]);
}

#[test]
fn the_rest_is_dropped_where_that_is_said() {
    let story = both(&desk(1, Rest::Dropped, u32::MAX), &[(0.0, 0), (70.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 70.0, 0.0, 0), (70.0, 160.0, 0.0, 0)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 160.0]);
}

#[test]
fn who_waits_at_the_end_of_the_talk_is_taken_before_the_wrap_up_begins() {
    let story = both(&desk(1, Rest::Resumed, 9), &[(0.0, 0), (10.0, 0)]);
    // The second waits until 60 s, talks until 120 s, is wrapped up until 150 s; then the 30 s of the first.
    assert_eq!(legs(&story), [(0.0, 180.0, 90.0, 0), (60.0, 150.0, 0.0, 0)]);
    assert_eq!(story.when(0, AgentState::WrappingUp), [120.0, 150.0]);
    let dropped = both(&desk(1, Rest::Dropped, u32::MAX), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(legs(&dropped), [(0.0, 60.0, 0.0, 0), (60.0, 150.0, 0.0, 0)]);
}

#[test]
fn who_has_put_aside_as_much_as_may_be_finishes_the_next_first() {
    // At 60 s the first wrap-up is put aside for the second; at 120 s one is aside already, so the second's is done first, until 150 s, and the third taken then.
    let story = both(&desk(1, Rest::Resumed, 1), &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 270.0, 180.0, 0), (60.0, 150.0, 0.0, 0), (150.0, 240.0, 0.0, 0)]);
}

#[test]
fn whoever_is_idle_goes_first_and_then_the_one_who_is_at_it_for_longest() {
    // 0 wraps up from 60 s, 1 from 65 s. At 68 s 2 is idle; at 70 s nobody is, and 0 has been at it for longer; then 1.
    let contacts = [(0.0, 0), (5.0, 0), (68.0, 0), (70.0, 0), (71.0, 0)];
    let story = both(&desk(3, Rest::Resumed, 9), &contacts);
    let agents: Vec<u16> = legs(&story).iter().map(|leg| leg.3).collect();
    assert_eq!(agents, [0, 1, 2, 0, 1]);
}

#[test]
fn an_idle_agent_of_a_later_group_goes_before_one_who_wraps_up() {
    let mut model = desk(1, Rest::Resumed, 9);
    model.groups.push(group("others", 1..2, vec![QueueId(0)]));
    model.agent_group.push(GroupId(1));
    model.queues[0].eligible_from.push(0);
    model.rules[0].offers = vec![vec![GroupId(0), GroupId(1)]];
    model.rules[0].added = model.rules[0].offers.clone();
    let story = both(&model, &[(0.0, 0), (70.0, 0), (75.0, 0)]);
    assert_eq!(legs(&story).iter().map(|leg| leg.3).collect::<Vec<_>>(), [0, 1, 0]);
}

#[test]
fn whose_shift_ends_finishes_what_was_put_aside_and_takes_no_more() {
    // Alone on shift until 100 s; at 70 s the first wrap-up is put aside; the second is told at 160 s, then the first until 180 s, whoever waits.
    let mut model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 100), &[])]);
    model.contact_types[0].handling[0].wrap_up = Some(constant(30.0));
    model.groups[0].interruptible_wrap_up = Some(InterruptibleWrapUp { rest: Rest::Resumed, at_most: 9 });
    let story = both(&model, &[(0.0, 0), (70.0, 0), (140.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 180.0, 90.0, 0), (70.0, 160.0, 0.0, 0)]);
    assert_eq!(story.when(0, AgentState::Off), [180.0]);
}

#[test]
fn while_there_are_more_than_the_heads_nobody_is_called_from_work() {
    let mut model = desk(2, Rest::Resumed, 9);
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(65.0), 1), (at(85.0), 2)];
    // Both wrap up from 60 s until 90 s; from 65 s to 85 s one is too many, so the call of 70 s waits for the heads to rise.
    let story = both(&model, &[(0.0, 0), (0.0, 0), (70.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 180.0, 90.0, 0), (0.0, 90.0, 0.0, 1), (85.0, 175.0, 0.0, 0)]);
}

#[test]
fn what_is_written_interrupts_nobody() {
    let mut model = desk(1, Rest::Resumed, 9);
    model.queues[0].calls = false;
    let story = both(&model, &[(0.0, 0), (70.0, 0)]);
    assert_eq!(legs(&story), [(0.0, 90.0, 0.0, 0), (90.0, 180.0, 0.0, 0)]);
}

#[test]
fn a_step_and_an_opening_that_bring_a_group_call_from_its_work() {
    let mut model = desk(1, Rest::Resumed, 9);
    model.groups.push(AgentGroup { interruptible_wrap_up: None, ..group("first", 1..2, vec![QueueId(0)]) });
    model.agent_group.push(GroupId(1));
    model.queues[0].steps.push(Step { name: "more".into(), after: SimDuration::from_whole_s(5) });
    // Contacts are offered to the other group, after 5 s to those whose wrap-up may be interrupted too.
    model.queues[0].eligible_from = vec![1, 0];
    model.rules[0].offers = vec![vec![GroupId(1)], vec![GroupId(1), GroupId(0)]];
    model.rules[0].added = vec![vec![GroupId(1)], vec![GroupId(0)]];
    // 1 serves the first until 90 s (not interruptible), 0 the second from 6 s to 66 s; the third waits from 70 s on and reaches the step at 75 s.
    let story = both(&model, &[(0.0, 0), (1.0, 0), (70.0, 0)]);
    assert_eq!(legs(&story)[2], (75.0, 165.0, 0.0, 0));
    assert_eq!(legs(&story)[1], (6.0, 186.0, 90.0, 0));
}
