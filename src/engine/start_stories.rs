//! Contacts that wait already when the run begins, each rule in a story that a hand can check. The run begins at 900 s, a service
//! takes 60 s.

use super::observer::{AgentState, Fate, Leg, Refusal};
use super::simulation::Simulation;
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use Fate::{Abandoned, Answered, SentAway};

const BEGINS_S: f64 = 900.0;

/// A process whose contacts came at these seconds.
fn known(name: &str, certain: fn(Listed) -> Certain, came_s: &[f64]) -> Process {
    let need = |(i, &came): (usize, &f64)| ListedNeed {
        at: at(came),
        key: ListedKey { name: crate::random::name_hash(name), place: Some((0, i as u64)), attempt: 0 },
        contact_type: ContactTypeId(0),
        profile: None,
        recognised: None,
        number: NumberId(0),
    };
    let before = |cell: u32| came_s.iter().filter(|&&came| came < 900.0 * f64::from(cell)).count() as u32;
    let of_cell: Vec<u32> = (0..=4).map(before).collect();
    let mean = of_cell.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    let needs = came_s.iter().enumerate().map(need).collect();
    Process { mean, certain: Some(certain(Listed { needs, of_cell, once: false })), ..process(name, 0) }
}

/// A model of tests that begins at 900 s with those who came at `waiting` seconds in its queue; others come later.
fn begun_with(mut model: Model, waiting: &[f64], later: &[f64]) -> Model {
    model.clock.begins = at(BEGINS_S);
    model.clock.count_from = at(BEGINS_S);
    model.processes =
        vec![known("later", Certain::Listed, later), known("waiting", Certain::Waiting, waiting)];
    for group in model.groups.iter_mut().filter(|group| group.shifts.is_none()) {
        let heads = group.heads[0].1;
        group.heads = vec![(SimTime::ZERO, 0), (at(BEGINS_S), heads)];
    }
    model
}

fn run<const EAGER: bool>(model: &Model) -> Story {
    let mut story = Story::default();
    Simulation::<EAGER, true, true, Story>::new(model, 1, 0, &mut story).run();
    story
}

/// Runs both ways, which must agree.
fn told(model: &Model) -> Story {
    let (eager, lazy) = (run::<true>(model), run::<false>(model));
    let by_need = |story: &Story| {
        let mut legs: Vec<Leg> = story.legs.clone();
        legs.sort_by_key(|leg| (leg.caller.need, leg.caller.attempt, leg.leg));
        legs
    };
    assert_eq!(by_need(&eager), by_need(&lazy));
    eager
}

#[test]
fn those_who_wait_are_taken_when_the_run_begins_and_their_wait_is_all_of_it() {
    let model = begun_with(one_group(1), &[600.0, 700.0, 800.0], &[930.0]);
    let story = told(&model);
    // Taken at 900, 960 and 1020 s; who comes at 930 s is fourth in line, at 1080 s.
    let waits = [(1, 300.0, Answered), (1, 260.0, Answered), (1, 220.0, Answered), (0, 150.0, Answered)];
    assert_eq!(story.waits(), waits);
    assert_eq!(story.when(0, AgentState::Talking)[0], 900.0);
    assert_eq!((story.staff_at(899.0).logged_in, story.staff_at(900.0).logged_in), (0, 1));
}

#[test]
fn what_is_left_of_their_patience_is_a_whole_one_from_the_beginning_on() {
    let mut model = begun_with(one_group(1), &[600.0, 700.0, 800.0], &[]);
    model.contact_types[0].patience = Some(constant(60.0));
    model.contact_types[0].balking = 1.0;
    // All would be gone after 60 s of waiting, or at once. The second is taken as its patience ends, the third goes.
    let story = told(&model);
    assert_eq!(story.waits(), [(1, 300.0, Answered), (1, 160.0, Abandoned), (1, 260.0, Answered)]);
    model.contact_types[0].patience = Some(constant(59.0));
    assert_eq!(told(&model).waits()[..2], [(1, 259.0, Abandoned), (1, 159.0, Abandoned)]);
}

#[test]
fn who_calls_again_is_an_ordinary_caller() {
    let mut model = begun_with(one_group(1), &[600.0, 700.0], &[]);
    let of = &mut model.contact_types[0];
    of.patience = Some(constant(50.0));
    of.after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(100.0), at_most: 2, instead: None });
    let story = run::<true>(&model);
    // Gone at 950 s, back at 1050 s.
    assert_eq!(story.waits(), [(1, 250.0, Abandoned), (1, 300.0, Answered), (1, 0.0, Answered)]);
    assert_eq!(story.legs[2].entered, at(1050.0));
}

#[test]
fn steps_go_by_the_whole_wait() {
    let mut model = one_group(2);
    model.groups = vec![group("agents", 0..1, vec![QueueId(0)]), group("senior", 1..2, vec![QueueId(0)])];
    model.agent_group = vec![GroupId(0), GroupId(1)];
    model.queues[0].steps.push(Step { name: "widen".into(), after: SimDuration::from_whole_s(250) });
    model.queues[0].eligible_from = vec![0, 1];
    model.rules[0] = rule("all", 0, 0, vec![vec![GroupId(0)], vec![GroupId(0), GroupId(1)]]);
    let model = begun_with(model, &[600.0, 640.0, 690.0], &[]);
    let story = told(&model);
    // At 900 s the first two have waited 250 s and more, the third reaches the step at 940 s, when all are busy until 960 s.
    assert_eq!(story.waits(), [(1, 300.0, Answered), (1, 260.0, Answered), (1, 270.0, Answered)]);
    assert_eq!(story.legs.iter().map(|leg| leg.step).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!(story.agents()[..2], [0, 1]);
}

#[test]
fn they_hold_their_lines() {
    let mut model = begun_with(one_group(1), &[600.0, 700.0], &[901.0, 961.0]);
    model.numbers[0].trunk = Some(TrunkId(0));
    model.trunks = vec![Trunk { name: "lines".into(), lines: 2 }];
    let story = run::<true>(&model);
    assert_eq!(story.refused, [(at(901.0), Refusal::TrunksBusy)]);
    assert_eq!(story.waits(), [(1, 300.0, Answered), (1, 260.0, Answered), (0, 59.0, Answered)]);
}

#[test]
fn who_works_through_the_beginning_logs_in_then_and_has_what_is_left_of_a_break() {
    let breaks = [pause(300)];
    // The break is due at 700 s and lasts until 1000 s.
    let duties = vec![duty(0, 1, (0, 3000), &[700])];
    let mut model = begun_with(by_shifts(&[(1, &breaks)], duties), &[850.0], &[]);
    model.groups[0].heads = vec![(SimTime::ZERO, 0), (at(BEGINS_S), 1)];
    let story = told(&model);
    // Who logs in takes who waits at once, and goes for what is left of the break after that: 100 s.
    assert_eq!(story.waits(), [(1, 50.0, Answered)]);
    assert_eq!(story.when(0, AgentState::OnBreak), [960.0]);
    assert_eq!(story.when(0, AgentState::Idle), [1060.0]);
    assert_eq!(story.agents(), [0]);
    assert_eq!(
        story.staff.iter().find(|(_, staff)| staff.scheduled > 0).map(|&(at, _)| at),
        Some(at(BEGINS_S))
    );
}

#[test]
fn a_queue_that_needs_staff_asks_for_it_when_the_run_begins() {
    let mut model = begun_with(one_group(1), &[600.0, 700.0], &[]);
    model.queues[0].needs_staff = true;
    model.openings = vec![Opening { name: "the run".into(), open_at_zero: false, turns: vec![at(BEGINS_S)] }];
    model.beginning = Some(OpeningId(0));
    assert_eq!(run::<true>(&model).waits(), [(1, 300.0, Answered), (1, 260.0, Answered)]);
    // Nobody comes.
    model.groups[0].heads = vec![(SimTime::ZERO, 0), (at(1000.0), 1)];
    assert_eq!(run::<true>(&model).waits(), [(1, 300.0, SentAway), (1, 200.0, SentAway)]);
}

#[test]
fn hours_that_end_before_the_run_begins_keep_those_whom_they_keep() {
    let mut model = begun_with(one_group(1), &[600.0, 700.0, 810.0], &[]);
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(800.0)] }];
    model.queues[0].hours = Some(OpeningId(0));
    // Compiling refuses the third, who came to a closed queue.
    let story = told(&model);
    assert_eq!(story.refused, [(at(810.0), Refusal::Closed)]);
    assert_eq!(story.waits(), [(1, 300.0, Answered), (1, 260.0, Answered)]);
}

#[test]
fn recognition_is_as_the_profile_says_that_is_known() {
    let profile = |name: &str, cumulative_share, recognised| Profile {
        name: name.into(),
        cumulative_share,
        recognised,
        patience_times: 1.0,
        service_times: [1.0; 2],
    };
    let mut model = begun_with(one_group(1), &[600.0, 700.0, 800.0], &[]);
    model.profiles = vec![profile("new", 0.5, 0.0), profile("old", 1.0, 1.0)];
    model.routes.profiles = 2;
    model.routes.ranges = vec![(0, 1); 4 * TIERS];
    let who = |model: &Model| {
        let mut legs = told(model).legs;
        legs.sort_by_key(|leg| leg.entered);
        legs.iter().map(|leg| (leg.caller.profile.0, leg.caller.recognised)).collect::<Vec<_>>()
    };
    assert!(who(&model).iter().all(|&(profile, recognised)| recognised == (profile == 1)));
    let Some(Certain::Waiting(listed)) = &mut model.processes[1].certain else { panic!("those who wait") };
    (listed.needs[0].profile, listed.needs[1].profile) = (Some(ProfileId(0)), Some(ProfileId(1)));
    (listed.needs[2].profile, listed.needs[2].recognised) = (Some(ProfileId(0)), Some(true));
    assert_eq!(who(&model), [(0, false), (1, true), (0, true)]);
}

#[test]
fn the_recursion_is_refused_and_says_why() {
    let model = begun_with(one_group(1), &[600.0], &[]);
    let capabilities = model.capabilities();
    assert_eq!(capabilities.mode, Mode::Lazy);
    assert!(capabilities.not_recursion.contains(&"contacts wait already at the start".to_string()));
}
