//! Stories of callers who come again: the agent who served them last takes them, or is waited for.

use super::observer::{AgentState, Fate};
use super::testing::*;
use crate::model::*;
use crate::time::SimDuration;

/// Two agents; talks of the first type last 60 s, help nobody and are followed by another call 40 s later, those of the second
/// last 50 s. Callers wait for their last agent for so many seconds.
fn again(mut model: Model, wait_s: u64) -> Model {
    model.processes.push(process("others", 1));
    model.contact_types.push(contact_type("others", 50.0));
    model.profiles[0].recognised = 1.0;
    model.routes.ranges = vec![(0, 1); 4 * TIERS];
    let asker = &mut model.contact_types[0];
    asker.outcome[0] = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Unresolved] };
    asker.after_unresolved =
        Some(Retrial { probability: 1.0, delay: constant(40.0), at_most: 2, instead: None });
    model.rules[0].last_agent = Some(LastAgent { tier: 1, wait_at_most: SimDuration::from_whole_s(wait_s) });
    model.rules[0].minds_entries = true;
    model
}

/// Agent 0 talks from 0 to 60 s, agent 1 from 70 to 120 s, agent 0 from 75 to 125 s; the first caller is back at 100 s.
const CALLS: [(f64, u16); 3] = [(0.0, 0), (70.0, 1), (75.0, 1)];

/// (agent, wait in seconds) of the call that comes again.
fn second_talk(story: &Story) -> (u16, f64) {
    let leg = story.legs.iter().find(|leg| leg.caller.attempt == 1).expect("a second call");
    (leg.service.map_or(9, |service| service.agent.0), leg.left.since(leg.entered).as_s())
}

#[test]
fn an_idle_last_agent_takes_the_contact_though_another_has_idled_longer() {
    assert_eq!(second_talk(&eager(&again(one_group(2), 60), &CALLS[..1])), (0, 0.0));
    let mut strangers = again(one_group(2), 60);
    strangers.profiles[0].recognised = 0.0;
    assert_eq!(second_talk(&eager(&strangers, &CALLS[..1])), (1, 0.0), "strangers have no last agent");
}

#[test]
fn a_busy_last_agent_is_waited_for_while_another_idles() {
    let story = eager(&again(one_group(2), 60), &CALLS);
    assert_eq!(second_talk(&story), (0, 25.0));
    assert_eq!(story.when(1, AgentState::Idle), [0.0, 120.0]);
    assert_eq!(second_talk(&eager(&again(one_group(2), 25), &CALLS)), (0, 25.0), "freed at the limit");
}

#[test]
fn after_the_limit_anybody_takes_it() {
    assert_eq!(second_talk(&eager(&again(one_group(2), 20), &CALLS)), (1, 20.0));
    assert_eq!(second_talk(&eager(&again(one_group(2), 10), &CALLS)), (1, 20.0), "agent 1 is free at 120 s");
    assert_eq!(second_talk(&eager(&again(one_group(2), 0), &CALLS)), (1, 20.0));
}

#[test]
fn it_keeps_the_place_that_its_entry_gave_it() {
    // Another caller comes at 105 s, before the limit of 10 s has passed: agent 1 takes the earlier one at 120 s.
    let model = again(one_group(2), 10);
    let story = eager(&model, &[CALLS[0], CALLS[1], CALLS[2], (105.0, 1)]);
    assert_eq!(second_talk(&story), (1, 20.0));
    assert_eq!(story.waits().iter().map(|&(_, wait, _)| wait).fold(0.0, f64::max), 20.0);
    // While it waits for agent 0, agent 1 takes the later one.
    let story = eager(&again(one_group(2), 60), &[CALLS[0], CALLS[1], CALLS[2], (105.0, 1)]);
    assert_eq!(second_talk(&story), (0, 25.0));
    assert!(story.waits().contains(&(1, 15.0, Fate::Answered)));
}

#[test]
fn patience_runs_meanwhile() {
    let mut model = again(one_group(2), 60);
    model.contact_types[0].patience = Some(constant(24.0));
    assert_eq!(second_talk(&eager(&model, &CALLS)), (9, 24.0));
    model.contact_types[0].patience = Some(constant(25.0));
    assert_eq!(second_talk(&eager(&model, &CALLS)), (0, 25.0));
}

#[test]
fn an_agent_who_goes_is_waited_for_no_longer() {
    let duties = vec![duty(0, 1, (0, 110), &[]), duty(1, 1, (0, 3600), &[])];
    let model = again(by_shifts(&[(1, &[]), (1, &[])], duties), 60);
    // Agent 0 goes home at 125 s, after the talk in hand; agent 1 has idled since 120 s.
    assert_eq!(second_talk(&eager(&model, &CALLS)), (1, 25.0));
    let duties = vec![duty(0, 1, (0, 60), &[]), duty(1, 1, (0, 3600), &[])];
    let model = again(by_shifts(&[(1, &[]), (1, &[])], duties), 60);
    // Who has gone home is not waited for: agent 1 talks from 70 to 120 s and from 120 to 170 s.
    assert_eq!(second_talk(&eager(&model, &CALLS)), (1, 70.0));
}

#[test]
fn rules_by_the_past_look_at_earlier_contacts_only() {
    let mut model = again(one_group(2), 0);
    model.rules.push(rule("again", 0, 0, vec![vec![GroupId(0)]]));
    model.rules[1].asks =
        Some(Box::new(Asks { answered_within: Some(SimDuration::from_whole_s(99)), ..Asks::default() }));
    model.routes.candidates = vec![RuleId(1), RuleId(0)];
    model.routes.ranges = vec![(0, 2); 4 * TIERS];
    model.contact_types[0].after_unresolved =
        Some(Retrial { probability: 1.0, delay: constant(40.0), at_most: 3, instead: None });
    let rules =
        |model: &Model| -> Vec<u16> { eager(model, &CALLS[..1]).legs.iter().map(|leg| leg.rule.0).collect() };
    // Answered at 0 s and back at 100 s, a second too late; with a bound of 100 s in time.
    assert_eq!(rules(&model), [0, 0, 0]);
    model.rules[1].asks =
        Some(Box::new(Asks { answered_within: Some(SimDuration::from_whole_s(100)), ..Asks::default() }));
    assert_eq!(rules(&model), [0, 1, 1]);
    model.rules[1].asks = Some(Box::new(Asks { contacts_over: Some(1), ..Asks::default() }));
    assert_eq!(rules(&model), [0, 0, 1]);
    model.profiles[0].recognised = 0.0;
    assert_eq!(rules(&model), [0, 0, 0], "strangers have no past");
}

#[test]
fn a_band_takes_so_many_in_each_period() {
    let mut model = one_group(2);
    model.rules.push(rule("band", 0, 0, vec![vec![GroupId(0)]]));
    model.rules[1].asks =
        Some(Box::new(Asks { band: Some(Band { contacts: 2, daily: false }), ..Asks::default() }));
    model.rules[1].minds_entries = true;
    model.routes.candidates = vec![RuleId(1), RuleId(0)];
    model.routes.ranges = vec![(0, 2); 2 * TIERS];
    model.clock.period_us = 300_000_000;
    model.clock.periods = 12;
    let story = eager(&model, &[(0.0, 0), (100.0, 0), (200.0, 0), (300.0, 0), (400.0, 0), (500.0, 0)]);
    let rules: Vec<u16> = story.legs.iter().map(|leg| leg.rule.0).collect();
    assert_eq!(rules, [1, 1, 0, 1, 1, 0]);
}
