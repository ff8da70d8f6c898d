//! What calls meet before their queue, each rule in a story that a hand can check. A service takes 60 s.

use super::observer::{Cause, Fate, Greeting, GreetingEnd, Leg, NeedEnd, Observer, Refusal};
use super::simulation::Simulation;
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use Fate::{Abandoned, Answered};

/// A menu of so many seconds that everybody hears who calls about one of `types` types.
fn with_menu(mut model: Model, time_s: f64, change: impl FnOnce(&mut Menu)) -> Model {
    let types = model.contact_types.len();
    let mut menu = Menu {
        name: "main".into(),
        time: constant(time_s),
        patience_included: false,
        self_service: vec![0.0; types],
        choices: vec![None; types],
        redirect_time: constant(20.0),
    };
    change(&mut menu);
    let heard = vec![Some(MenuId(0)); types];
    model.greetings =
        Some(Box::new(Greetings { lookup: Lookup::default(), menus: vec![menu], heard, numbers: 1 }));
    model
}

/// Two types, each with a queue and an agent of its own.
fn two_desks() -> Model {
    let mut model = one_group(2);
    model.contact_types.push(contact_type("other", 60.0));
    model.processes.push(process("other", 1));
    model.groups = vec![group("first", 0..1, vec![QueueId(0)]), group("second", 1..2, vec![QueueId(1)])];
    model.agent_group = vec![GroupId(0), GroupId(1)];
    model.queues = vec![queue("calls", 0..1, vec![0, NEVER]), queue("other", 1..2, vec![NEVER, 0])];
    model.lanes.push(Lane { queue: QueueId(1), priority: 0, credit: SimDuration::ZERO });
    model.rules[0] = rule("all", 0, 0, vec![vec![GroupId(0)]]);
    model.rules.push(rule("other", 1, 1, vec![vec![GroupId(1)]]));
    model.routes.ranges = vec![(0, 1), (0, 1), (0, 1), (0, 1), (1, 2), (1, 2), (1, 2), (1, 2)];
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    model
}

/// Those who want the first type all choose the second.
fn all_choose_wrongly(menu: &mut Menu) {
    let contact_types = vec![ContactTypeId(1), ContactTypeId(0)];
    menu.choices[0] = Some(Choices { cumulative: vec![1.0, 1.0], contact_types });
}

/// The greetings of a run, with the story.
#[derive(Default)]
struct Doors {
    story: Story,
    greetings: Vec<Greeting>,
}

impl Observer for Doors {
    fn greeting_ends(&mut self, greeting: &Greeting) {
        self.greetings.push(*greeting);
    }

    fn leg_ends(&mut self, leg: &Leg) {
        self.story.leg_ends(leg);
    }

    fn need_ends(&mut self, at: SimTime, need: &super::observer::Need) {
        self.story.need_ends(at, need);
    }
}

/// (recognised, when the greeting ended, how) of each call.
fn greeted(model: &Model, contacts: &[(f64, u16)]) -> Vec<(bool, f64, GreetingEnd)> {
    let mut doors = Doors::default();
    let mut simulation = Simulation::<true, true, true, Doors>::new(model, 1, 0, &mut doors);
    simulation.arrivals.script(contacts);
    simulation.run();
    doors.greetings.iter().map(|g| (g.caller.recognised, g.ended.as_s(), g.end)).collect()
}

#[test]
fn the_clock_starts_with_the_choice_in_the_menu() {
    let story = both(&with_menu(one_group(1), 30.0, |_| {}), &[(0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 60.0, Answered)]);
    assert!(story.legs.iter().all(|leg| leg.entered == at(30.0)));
    // The need began with the call.
    assert!(story.needs.iter().all(|need| need.caller.need_began == SimTime::ZERO));
    assert_eq!((story.answered_after(0), story.answered_after(1)), (Some(0.0), Some(60.0)));
}

#[test]
fn who_hears_a_shorter_menu_overtakes() {
    let mut model = with_menu(two_desks(), 30.0, |_| {});
    model.greetings.as_mut().unwrap().heard[1] = None;
    // The other type hears no menu; both go to one queue.
    model.routes.ranges = vec![(0, 1); 8];
    let story = both(&model, &[(0.0, 0), (29.0, 1)]);
    assert_eq!(story.waits(), [(1, 0.0, Answered), (0, 59.0, Answered)]);
}

#[test]
fn whom_the_menu_serves_has_no_leg_and_holds_a_line_until_then() {
    let mut model = with_menu(one_group(1), 30.0, |menu| menu.self_service[0] = 1.0);
    model.numbers[0].trunk = Some(TrunkId(0));
    model.trunks = vec![Trunk { name: "lines".into(), lines: 1 }];
    // Of two entries at 30 s that of the earlier need comes first, and frees its line.
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (30.0, 0)]);
    assert_eq!(story.refused, [(at(10.0), Refusal::TrunksBusy)]);
    let ends = vec![NeedEnd::GivenUp, NeedEnd::Resolved, NeedEnd::Resolved];
    assert_eq!((story.legs.len(), story.ends()), (0, ends));
    assert!(story.needs.iter().all(|need| need.resolved_at.is_none() && need.first_answer.is_none()));
}

#[test]
fn patience_begins_with_the_queue_unless_it_is_to_include_the_menu() {
    let patient = |included: bool, patience_s: f64| {
        let mut model = with_menu(one_group(1), 30.0, |menu| menu.patience_included = included);
        model.contact_types[0].patience = Some(constant(patience_s));
        both(&model, &[(0.0, 0), (0.0, 0)])
    };
    assert_eq!(patient(false, 40.0).waits(), [(0, 40.0, Abandoned), (0, 0.0, Answered)]);
    assert_eq!(patient(true, 40.0).waits(), [(0, 10.0, Abandoned), (0, 0.0, Answered)]);
    // Patience that ends with the menu ends before the entry.
    let gone = patient(true, 30.0);
    assert_eq!((gone.legs.len(), gone.ends()), (0, vec![NeedEnd::GivenUp; 2]));
}

#[test]
fn who_hung_up_in_the_menu_may_call_again() {
    let mut model = with_menu(one_group(1), 30.0, |menu| menu.patience_included = true);
    model.contact_types[0].patience = Some(constant(20.0));
    model.contact_types[0].after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(100.0), at_most: 2, instead: None });
    let hung_up = |ended_s: f64| (false, ended_s, GreetingEnd::HungUp);
    assert_eq!(greeted(&model, &[(0.0, 0)]), [hung_up(20.0), hung_up(140.0)]);
    assert_eq!(eager(&model, &[(0.0, 0)]).needs[0].caller.cause, Cause::Retrial);
}

#[test]
fn who_chose_wrongly_is_passed_on_by_the_agent_who_answers() {
    let mut model = with_menu(two_desks(), 10.0, all_choose_wrongly);
    // No wrap-up follows what was not for that desk.
    model.contact_types[0].handling[0].wrap_up = Some(constant(45.0));
    let story = both(&model, &[(0.0, 0), (15.0, 1)]);
    let told = |leg: &Leg| {
        let service = leg.service.unwrap();
        (leg.queue.0, leg.leg, leg.entered.as_s(), service.talk_ended.as_s(), service.outcome)
    };
    let legs: Vec<_> = story.legs.iter().map(told).collect();
    // The agent of the other desk talks from 10 s to 30 s, and is free for the one who chose at 25 s.
    assert_eq!(
        legs,
        [
            (1, 0, 10.0, 30.0, Outcome::Misrouted),
            (0, 1, 30.0, 90.0, Outcome::Resolved),
            (1, 0, 25.0, 90.0, Outcome::Resolved),
        ]
    );
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);
    let stray = story.needs.iter().find(|need| need.transferred).unwrap();
    assert_eq!((stray.answered, stray.resolved_at), (1, Some(1)));
    assert!(!stray.is_resolved_at_first_contact());
}

#[test]
fn a_wrong_choice_that_leads_to_the_right_queue_is_answered_there() {
    let mut model = with_menu(two_desks(), 10.0, all_choose_wrongly);
    model.routes.ranges = vec![(0, 1); 8];
    let story = both(&model, &[(0.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered)]);
    assert_eq!(story.legs[0].service.unwrap().outcome, Outcome::Resolved);
}

#[test]
fn patience_after_a_wrong_choice_is_drawn_afresh() {
    let mut model = with_menu(two_desks(), 10.0, |menu| {
        all_choose_wrongly(menu);
        menu.patience_included = true;
    });
    model.contact_types[0].patience = Some(constant(25.0));
    // The first desk is busy from 20 s (call and menu) on; the stray enters its line at 30 s and waits 25 s.
    model.greetings.as_mut().unwrap().heard[1] = None;
    model.processes.push(process("third", 2));
    model.contact_types.push(contact_type("third", 600.0));
    model.greetings.as_mut().unwrap().heard.push(None);
    model.routes.ranges.extend([(0, 1); 4]);
    let menu = &mut model.greetings.as_mut().unwrap().menus[0];
    menu.choices.push(None);
    menu.self_service.push(0.0);
    let story = both(&model, &[(0.0, 0), (20.0, 2)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 25.0, Abandoned), (2, 0.0, Answered)]);
}

#[test]
fn a_queue_that_is_closed_when_the_choice_is_made_refuses() {
    let mut model = with_menu(one_group(1), 30.0, |_| {});
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(40.0)] }];
    model.queues[0].hours = Some(OpeningId(0));
    let story = both(&model, &[(0.0, 0), (9.0, 0), (10.0, 0)]);
    assert_eq!(story.refused, [(at(40.0), Refusal::Closed)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 51.0, Answered)]);
}

/// Everybody could be known; a lookup takes 2 s, a menu 30 s.
fn known() -> Model {
    let mut model = with_menu(one_group(9), 30.0, |_| {});
    model.profiles[0].recognised = 1.0;
    let lookup = Lookup { delay: Some(constant(2.0)), skips_menu: true, ..Lookup::default() };
    model.greetings.as_mut().unwrap().lookup = lookup;
    model
}

#[test]
fn recognised_callers_are_spared_the_menu_and_talk_shorter() {
    let mut model = known();
    assert_eq!(greeted(&model, &[(0.0, 0)]), [(true, 2.0, GreetingEnd::Queue)]);
    model.profiles[0].service_times = [1.0, 0.5];
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(story.legs[0].service.unwrap().talk_ended, at(32.0));
    model.greetings.as_mut().unwrap().lookup.skips_menu = false;
    assert_eq!(greeted(&model, &[(0.0, 0)]), [(true, 32.0, GreetingEnd::Queue)]);
}

#[test]
fn whose_lookup_fails_goes_the_ordinary_way() {
    let mut model = known();
    model.profiles[0].service_times = [1.0, 0.5];
    model.openings = vec![Opening { name: "down".into(), open_at_zero: true, turns: vec![at(100.0)] }];
    model.greetings.as_mut().unwrap().lookup.down = Some(OpeningId(0));
    let ordinary = (false, 131.0, GreetingEnd::Queue);
    assert_eq!(greeted(&model, &[(99.0, 0), (100.0, 0)]), [(true, 102.0, GreetingEnd::Queue), ordinary]);
    let talks: Vec<_> = eager(&model, &[(99.0, 0)]).legs.iter().map(|leg| leg.service.unwrap()).collect();
    assert_eq!(talks[0].talk_ended, at(191.0));
    model.greetings.as_mut().unwrap().lookup =
        Lookup { failure: 1.0, ..model.greetings.as_ref().unwrap().lookup.clone() };
    assert_eq!(greeted(&model, &[(100.0, 0)]), [(false, 132.0, GreetingEnd::Queue)]);
}

#[test]
fn a_lookup_that_failed_may_succeed_when_the_citizen_calls_again() {
    let mut model = known();
    model.contact_types[0].outcome[0].outcome = vec![Outcome::Unresolved];
    model.contact_types[0].after_unresolved =
        Some(Retrial { probability: 1.0, delay: constant(100.0), at_most: 2, instead: None });
    model.openings = vec![Opening { name: "down".into(), open_at_zero: true, turns: vec![at(100.0)] }];
    model.greetings.as_mut().unwrap().lookup.down = Some(OpeningId(0));
    // 2 s and 30 s, a talk of 60 s, 100 s later the next call, which is known.
    let queue = GreetingEnd::Queue;
    assert_eq!(greeted(&model, &[(0.0, 0)]), [(false, 32.0, queue), (true, 194.0, queue)]);
}

#[test]
fn what_is_written_has_nothing_of_the_call_that_had_its_place_before() {
    let mut model = with_menu(two_desks(), 10.0, |menu| menu.patience_included = true);
    model.contact_types[0].patience = Some(constant(30.0));
    model.contact_types[1].channel = Channel::Email;
    // The second call gives up at 31 s. The second e-mail has its place, and waits for the first e-mail until 140 s.
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (80.0, 1), (100.0, 1)]);
    let mails: Vec<_> = story.waits().into_iter().filter(|wait| wait.0 == 1).collect();
    assert_eq!(mails, [(1, 0.0, Answered), (1, 40.0, Answered)]);
}
