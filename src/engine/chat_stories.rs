//! Stories of chats: how several share an agent, who takes the next one, and who goes when. Seconds of one hour.

use super::observer::{AgentState, Fate};
use super::testing::{Story, both, constant, contact_type, one_group};
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// Agents with so many chats of 60 s at these speeds.
fn desk(agents: u16, speed: &[f64]) -> Model {
    let mut model = one_group(agents);
    model.contact_types[0] = ContactType { channel: Channel::Chat, ..contact_type("calls", 60.0) };
    model.groups[0].chatting = Some(Chatting { speed: speed.to_vec() });
    model
}

/// (when the chat began, when it ended, with whom) in the order of the needs.
fn chats(story: &Story) -> Vec<(f64, f64, u16)> {
    let mut legs: Vec<_> = story.legs.iter().filter_map(|leg| Some((leg, leg.service?))).collect();
    legs.sort_by_key(|(leg, _)| (leg.caller.need_began, leg.caller.need));
    legs.iter().map(|(leg, of)| (leg.left.as_s(), of.talk_ended.as_s(), of.agent.0)).collect()
}

#[test]
fn two_chats_at_half_speed_take_as_long_as_one_after_the_other() {
    // Alone until 20 s; then both at half speed: the first has 40 s of work left and ends at 100 s, the second then has 20 s.
    let story = both(&desk(1, &[1.0, 0.5]), &[(0.0, 0), (20.0, 0)]);
    assert_eq!(chats(&story), [(0.0, 100.0, 0), (20.0, 120.0, 0)]);
    assert_eq!(story.when(0, AgentState::Chatting), [0.0]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 120.0]);
}

#[test]
fn at_full_speed_chats_do_not_know_of_each_other_and_the_third_waits() {
    let story = both(&desk(1, &[1.0, 1.0]), &[(0.0, 0), (20.0, 0), (30.0, 0)]);
    assert_eq!(chats(&story), [(0.0, 60.0, 0), (20.0, 80.0, 0), (60.0, 120.0, 0)]);
}

#[test]
fn whoever_is_idle_goes_before_who_has_room_and_then_the_one_with_the_fewest() {
    let contacts = [(0.0, 0), (10.0, 0), (20.0, 0), (30.0, 0), (40.0, 0)];
    let story = both(&desk(2, &[1.0; 3]), &contacts);
    // 0 and 1 are idle, then each has one: 0 has had it for longer; then 1 has fewer; then 0 again.
    assert_eq!(story.agents(), [0, 1, 0, 1, 0]);
}

#[test]
fn wrap_up_takes_a_place_and_its_own_time() {
    let mut model = desk(1, &[1.0, 0.5]);
    model.contact_types[0].handling[0].wrap_up = Some(constant(30.0));
    // The first has 40 s left at 20 s, ends at 100 s and is wrapped up until 130 s; so long the second, with 20 s left, goes at half speed.
    let story = both(&model, &[(0.0, 0), (20.0, 0), (110.0, 0)]);
    // The third comes at 110 s and finds no room until 130 s; the second has 5 s left then, done at 140 s and wrapped up until 170 s: so long the third has half
    // speed, and then 40 s left.
    assert_eq!(chats(&story), [(0.0, 100.0, 0), (20.0, 140.0, 0), (130.0, 210.0, 0)]);
}

#[test]
fn the_answer_delay_takes_a_place_and_counts_as_waiting() {
    let mut model = desk(1, &[1.0, 0.5]);
    model.groups[0].answer_delay = SimDuration::from_whole_s(10);
    let story = both(&model, &[(0.0, 0), (30.0, 0)]);
    // 20 s of the first are done at 30 s; from then on half speed: done at 110 s. The second begins at 40 s and has 25 s left at 110 s.
    assert_eq!(chats(&story), [(10.0, 110.0, 0), (40.0, 135.0, 0)]);
    assert_eq!(story.waits().iter().map(|wait| wait.1).collect::<Vec<_>>(), [10.0, 10.0]);
}

#[test]
fn who_falls_silent_is_waited_for_and_ends_unresolved() {
    let mut model = desk(1, &[1.0]);
    let after = SimDuration::from_whole_s(200);
    model.contact_types[0].idle_out = Some(IdleOut { share: 1.0, after });
    let story = both(&model, &[(0.0, 0)]);
    let service = story.legs[0].service.expect("it was answered");
    let worked = service.talk_ended.since(story.legs[0].left).as_s() - 200.0;
    assert!((0.0..60.0).contains(&worked), "{worked} s before the silence");
    assert_eq!(service.outcome, Outcome::Unresolved);
}

#[test]
fn of_too_many_who_chat_the_one_with_the_fewest_takes_no_more_and_goes() {
    let mut model = desk(2, &[1.0; 3]);
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (SimTime::ZERO + SimDuration::from_whole_s(35), 1)];
    // 0 has the chats of 0 s and 20 s, 1 that of 10 s: 1 goes at 70 s, and 0 takes those of 40 s and, when its first is done at 60 s, 50 s.
    let contacts = [(0.0, 0), (10.0, 0), (20.0, 0), (40.0, 0), (50.0, 0)];
    let story = both(&model, &contacts);
    assert_eq!(
        chats(&story),
        [(0.0, 60.0, 0), (10.0, 70.0, 1), (20.0, 80.0, 0), (40.0, 100.0, 0), (60.0, 120.0, 0)]
    );
    assert_eq!(story.when(1, AgentState::Off), [70.0]);
}

#[test]
fn who_is_not_too_many_any_more_looks_for_chats_again() {
    let mut model = desk(1, &[1.0; 2]);
    let s = |s: u64| SimTime::ZERO + SimDuration::from_whole_s(s);
    model.groups[0].heads = vec![(SimTime::ZERO, 1), (s(10), 0), (s(50), 1)];
    let story = both(&model, &[(0.0, 0), (20.0, 0)]);
    assert_eq!(chats(&story), [(0.0, 60.0, 0), (50.0, 110.0, 0)]);
    assert!(story.legs.iter().all(|leg| leg.fate == Fate::Answered));
}
