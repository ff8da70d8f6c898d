//! Stories of what is written and put aside for calls. Calls (process 0) last 60 s, the work on an e-mail (process 1) 100 s; seconds of one hour.

use super::observer::{AgentState, StretchOf};
use super::testing::{
    Story, at, both, by_shifts, constant, contact_type, duty, one_group, process, queue, rule,
};
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// Calls and e-mails in queues of their own, and agents who serve both and put e-mails aside.
fn blended(mut model: Model) -> Model {
    let agents = GroupId(0);
    model.contact_types.push(ContactType { channel: Channel::Email, ..contact_type("mails", 100.0) });
    model.processes.push(process("mails", 1));
    model.queues.push(Queue { calls: false, ..queue("mails", 1..2, vec![0]) });
    model.lanes.push(Lane { queue: QueueId(1), priority: 0, credit: SimDuration::ZERO });
    model.rules.push(rule("mails", 1, 1, vec![vec![agents]]));
    model.routes.ranges = vec![(0, 1), (0, 1), (0, 1), (0, 1), (1, 2), (1, 2), (1, 2), (1, 2)];
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    model.groups[0].serves = vec![QueueId(0), QueueId(1)];
    model.groups[0].interruptible_written = true;
    model
}

/// (when the work began, when it ended, when the wrap-up was over, how long of it lay aside, with whom) in the order of the needs: calls first.
fn legs(story: &Story) -> Vec<(f64, f64, f64, f64, u16)> {
    let mut legs: Vec<_> = story.legs.iter().filter_map(|leg| Some((leg, leg.service?))).collect();
    legs.sort_by_key(|(leg, _)| (leg.caller.contact_type.0, leg.caller.need_began, leg.caller.need));
    let told = |(leg, of): (&super::observer::Leg, super::observer::Service)| {
        let (began, ended) = (leg.left.as_s(), of.talk_ended.as_s());
        (began, ended, of.wrap_up_ended.as_s(), of.apart.aside.as_s(), of.agent.0)
    };
    legs.into_iter().map(told).collect()
}

/// (from, until, interrupted) of each stretch of what is written.
fn stretches(story: &Story) -> Vec<(f64, f64, bool)> {
    let written = |of: &&super::observer::Stretch| matches!(of.of, StretchOf::Written { .. });
    let told = story.pieces.iter().filter(written);
    told.map(|of| (of.from.as_s(), of.until.as_s(), of.interrupted)).collect()
}

#[test]
fn an_e_mail_that_nobody_interrupts_is_as_any_other() {
    let story = both(&blended(one_group(1)), &[(10.0, 1), (50.0, 1)]);
    assert_eq!(legs(&story), [(10.0, 110.0, 110.0, 0.0, 0), (110.0, 210.0, 210.0, 0.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 110.0, false), (110.0, 210.0, false)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 210.0]);
}

#[test]
fn a_call_interrupts_and_the_rest_is_done_before_the_next_e_mail() {
    // The first e-mail is interrupted at 40 s with 70 s left, and gone on with at 100 s; the second waits until 170 s.
    let story = both(&blended(one_group(1)), &[(10.0, 1), (20.0, 1), (40.0, 0)]);
    assert_eq!(
        legs(&story),
        [(40.0, 100.0, 100.0, 0.0, 0), (10.0, 170.0, 170.0, 60.0, 0), (170.0, 270.0, 270.0, 0.0, 0)]
    );
    assert_eq!(stretches(&story), [(10.0, 40.0, true), (100.0, 170.0, false), (170.0, 270.0, false)]);
}

#[test]
fn calls_come_one_after_another_before_what_lies_aside() {
    // Calls of 40 s and 60 s: served from 40 s and 100 s; the e-mail goes on at 160 s.
    let story = both(&blended(one_group(1)), &[(10.0, 1), (40.0, 0), (60.0, 0)]);
    assert_eq!(legs(&story)[1].0, 100.0);
    assert_eq!(legs(&story)[2], (10.0, 230.0, 230.0, 120.0, 0));
}

#[test]
fn who_looks_for_work_takes_calls_before_e_mails_whatever_the_order() {
    // The group would take e-mails first. At 60 s the call of 30 s goes before the e-mail of 20 s.
    let mut model = blended(one_group(1));
    model.groups[0].serves = vec![QueueId(1), QueueId(0)];
    let story = both(&model, &[(0.0, 0), (20.0, 1), (30.0, 0)]);
    assert_eq!(legs(&story)[1..], [(60.0, 120.0, 120.0, 0.0, 0), (120.0, 220.0, 220.0, 0.0, 0)]);
}

#[test]
fn whoever_is_idle_goes_first_then_the_one_who_has_been_at_it_for_longest() {
    // 0 and 1 are at e-mails from 0 s and 5 s; at 20 s 2 is idle, at 30 s nobody is: 0, then 1.
    let story = both(&blended(one_group(3)), &[(0.0, 1), (5.0, 1), (20.0, 0), (30.0, 0), (40.0, 0)]);
    let agents: Vec<u16> = legs(&story).iter().take(3).map(|leg| leg.4).collect();
    assert_eq!(agents, [2, 0, 1]);
}

#[test]
fn who_opens_an_e_mail_is_not_called_away_before_it_is_open() {
    let mut model = blended(one_group(1));
    model.groups[0].answer_delay = SimDuration::from_whole_s(10);
    // Opened from 10 s to 20 s; the call of 15 s is taken then, before any of the 100 s are worked, and speaks from 30 s to 90 s.
    let story = both(&model, &[(10.0, 1), (15.0, 0)]);
    assert_eq!(legs(&story), [(30.0, 90.0, 90.0, 0.0, 0), (20.0, 190.0, 190.0, 70.0, 0)]);
    assert_eq!(stretches(&story), [(90.0, 190.0, false)]);
}

#[test]
fn wrap_up_after_an_e_mail_is_finished_unless_it_may_be_interrupted_too() {
    let mut model = blended(one_group(1));
    model.contact_types[1].handling[0].wrap_up = Some(constant(30.0));
    // Worked on until 100 s; the call of 110 s waits for the end of the wrap-up.
    let story = both(&model, &[(0.0, 1), (110.0, 0)]);
    assert_eq!(legs(&story), [(130.0, 190.0, 190.0, 0.0, 0), (0.0, 100.0, 130.0, 0.0, 0)]);
    model.groups[0].interruptible_wrap_up = Some(InterruptibleWrapUp { rest: Rest::Resumed, at_most: 9 });
    let story = both(&model, &[(0.0, 1), (50.0, 0), (170.0, 0)]);
    // The work lies aside from 50 s to 110 s and ends at 160 s; of the wrap-up 20 s are left at 170 s, done from 230 s on.
    assert_eq!(
        legs(&story),
        [(50.0, 110.0, 110.0, 0.0, 0), (170.0, 230.0, 230.0, 0.0, 0), (0.0, 160.0, 250.0, 120.0, 0)]
    );
}

#[test]
fn whose_shift_ends_finishes_the_e_mail_and_takes_no_more() {
    // On shift until 100 s: the e-mail lies aside from 50 s to 110 s and is finished by 160 s; the call of 120 s finds nobody.
    let model = blended(by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 100), &[])]));
    let story = both(&model, &[(0.0, 1), (50.0, 0), (120.0, 0)]);
    assert_eq!(legs(&story), [(50.0, 110.0, 110.0, 0.0, 0), (0.0, 160.0, 160.0, 60.0, 0)]);
    assert_eq!(story.when(0, AgentState::Off), [160.0]);
}

#[test]
fn while_there_are_more_than_the_heads_nobody_is_called_from_an_e_mail() {
    let mut model = blended(one_group(2));
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(20.0), 1), (at(50.0), 2)];
    // Both are at e-mails; from 20 s to 50 s one is too many, so the call of 30 s waits for the heads to rise.
    let story = both(&model, &[(0.0, 1), (0.0, 1), (30.0, 0)]);
    assert_eq!(legs(&story)[0], (50.0, 110.0, 110.0, 0.0, 0));
}
