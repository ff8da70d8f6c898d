//! Stories of agents who work on cases between calls: who takes one when, and what a call does. Seconds of one hour.

use super::case_stories::{center, office, stretches};
use super::observer::{AgentState, StretchEnd};
use super::testing::{Story, at, both, by_shifts, duty};
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use StretchEnd::{Closed, Interrupted};

/// So many agents whose talks of 10 s open a case of 100 s each, and an office of `people`.
fn blended(agents: u16, people: u32, rule: BackOffice) -> Model {
    let mut model = center(people, 100.0);
    model.agent_group = vec![GroupId(0); usize::from(agents)];
    model.groups[0].agents = 0..agents;
    model.groups[0].heads = vec![(SimTime::ZERO, agents.into())];
    model.groups[0].back_office = Some(Box::new(rule));
    model.offices[0].worked_by = vec![GroupId(0)];
    model
}

fn rule(after_idle: u64, keep_idle: u32, interruptible: bool) -> BackOffice {
    let after_idle = SimDuration::from_whole_s(after_idle);
    BackOffice { offices: vec![OfficeId(0)], after_idle, keep_idle, interruptible }
}

fn waits(story: &Story) -> Vec<f64> {
    story.waits().into_iter().map(|wait| wait.1).collect()
}

#[test]
fn an_idle_agent_takes_the_case_and_a_call_interrupts_it() {
    let story = both(&blended(1, 0, rule(0, 0, true)), &[(0.0, 0), (50.0, 0)]);
    // The case of 10 s has 60 s left at 50 s; after the talk it goes on, and the next case after it.
    assert_eq!(
        stretches(&story),
        [(10.0, 10.0, 50.0, Interrupted), (10.0, 60.0, 120.0, Closed), (60.0, 120.0, 220.0, Closed)]
    );
    assert_eq!(waits(&story), [0.0, 0.0]);
    assert_eq!(story.when(0, AgentState::BackOffice), [10.0, 60.0, 120.0]);
    assert!(story.stretches.iter().all(|stretch| stretch.by == Some(AgentId(0))));
    let interrupted: Vec<bool> = story.pieces.iter().map(|piece| piece.interrupted).collect();
    assert_eq!(interrupted, [true, false, false]);
}

#[test]
fn a_case_that_calls_do_not_interrupt_is_finished_first() {
    let story = both(&blended(1, 0, rule(0, 0, false)), &[(0.0, 0), (50.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 10.0, 110.0, Closed), (120.0, 120.0, 220.0, Closed)]);
    assert_eq!(waits(&story), [0.0, 60.0]);
}

#[test]
fn an_agent_has_been_idle_for_so_long_before_it_takes_a_case() {
    let story = both(&blended(1, 0, rule(30, 0, true)), &[(0.0, 0), (25.0, 0)]);
    // Idle from 10 s and called at 25 s; idle from 35 s, and at the first case at 65 s, then at the next at once.
    assert_eq!(stretches(&story), [(10.0, 65.0, 165.0, Closed), (35.0, 165.0, 265.0, Closed)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 10.0, 35.0, 265.0]);
}

#[test]
fn so_many_stay_idle() {
    let story = both(&blended(2, 0, rule(0, 1, true)), &[(0.0, 0), (5.0, 0), (20.0, 0)]);
    // 0 is idle from 10 s, alone until 1 is at 15 s: then the one idle for longer, 0, takes the first case. 1 takes the call of 20 s, and is left idle from 30 s on; 0 goes
    // on to the others.
    assert_eq!(
        stretches(&story),
        [(10.0, 15.0, 115.0, Closed), (15.0, 115.0, 215.0, Closed), (30.0, 215.0, 315.0, Closed)]
    );
    assert!(story.stretches.iter().all(|stretch| stretch.by == Some(AgentId(0))));
}

#[test]
fn the_office_s_own_people_go_first() {
    let story = both(&blended(2, 1, rule(0, 0, true)), &[(0.0, 0), (5.0, 0)]);
    let by: Vec<_> = story.stretches.iter().map(|stretch| (stretch.case.opened.as_s(), stretch.by)).collect();
    assert_eq!(by, [(10.0, None), (15.0, Some(AgentId(0)))]);
}

#[test]
fn what_is_left_of_a_case_may_be_taken_up_by_somebody_else() {
    let mut model = blended(1, 0, rule(0, 0, true));
    model.offices = vec![Office {
        worked_by: vec![GroupId(0)],
        ..office(vec![(SimTime::ZERO, 0), (at(40.0), 1), (at(3600.0), 0)])
    }];
    let story = both(&model, &[(0.0, 0), (50.0, 0)]);
    // The agent keeps the case when the office opens; interrupted at 50 s, its 60 s are done by the office.
    let first: Vec<_> =
        story.stretches.iter().take(2).map(|s| (s.from.as_s(), s.until.as_s(), s.by)).collect();
    assert_eq!(first, [(10.0, 50.0, Some(AgentId(0))), (50.0, 110.0, None)]);
}

#[test]
fn whose_shift_ends_lays_the_case_down_and_goes() {
    let mut model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 60), &[])]);
    let plain = blended(1, 0, rule(0, 0, true));
    model.contact_types = plain.contact_types;
    model.offices = plain.offices;
    model.case_types = plain.case_types;
    model.groups[0].back_office = plain.groups[0].back_office.clone();
    let story = both(&model, &[(0.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 10.0, 60.0, Interrupted)]);
    assert_eq!(story.when(0, AgentState::Off), [60.0]);
}

#[test]
fn of_too_many_heads_who_is_at_a_case_goes_after_the_idle_and_before_who_talks() {
    let mut model = blended(3, 0, rule(0, 1, true));
    model.groups[0].heads = vec![(SimTime::ZERO, 3), (at(30.0), 1)];
    // At 30 s 0 talks since 25 s, 1 is at the case of 10 s, 2 is idle.
    let story = both(&model, &[(0.0, 0), (25.0, 0)]);
    let off = |agent| story.when(agent, AgentState::Off);
    assert_eq!([off(0).len(), off(1).len(), off(2).len()].iter().sum::<usize>(), 2);
    let at_case =
        story.states.iter().rfind(|(from, _, state)| *state == AgentState::BackOffice && *from < at(30.0));
    let &(_, agent, _) = at_case.expect("somebody was at the case");
    assert_eq!(off(agent), [30.0]);
    assert_eq!(stretches(&story)[0].3, Interrupted);
}

#[test]
fn at_the_horizon_the_case_is_laid_down() {
    let story = both(&blended(1, 0, rule(0, 0, true)), &[(0.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 10.0, 110.0, Closed)]);
    let mut model = blended(1, 0, rule(0, 0, true));
    model.case_types[0].work = super::testing::constant(5000.0);
    let story = both(&model, &[(0.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 10.0, 3600.0, Interrupted)]);
    assert_eq!(story.left_open.len(), 1);
}
