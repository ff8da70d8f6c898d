//! Offers, callbacks and announced waits, each rule in a story that a hand can check. One agent, a service takes 60 s.

use super::observer::{AgentState, Fate, NeedEnd, PromiseEnd, TryEnd};
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use Fate::{Abandoned, Answered, SentAway};

/// An offer that everybody accepts.
fn offer(kind: OfferKind) -> Offer {
    Offer { name: "offer".into(), key: 1, accepted: vec![1.0], kind }
}

/// A callback with the place kept: 10 s to dial, everybody answers, one try.
fn callback() -> Callback {
    Callback {
        slots: None,
        dial_time: constant(10.0),
        reached: 1.0,
        tries: 1,
        delay: constant(100.0),
        within: None,
        after_failure: None,
    }
}

fn hold(change: impl FnOnce(&mut Callback)) -> OfferKind {
    let mut callback = callback();
    change(&mut callback);
    OfferKind::Callback(Box::new(callback))
}

/// One agent, whose queue offers something to whoever finds more than `over` waiting.
fn offering(kind: OfferKind, over: Option<u32>) -> Model {
    let mut model = one_group(1);
    model.offers = vec![offer(kind)];
    let condition = Condition { waiting_over: over, ..Condition::default() };
    let invitation = Invitation { offer: OfferId(0), condition };
    model.queues[0].told = Some(Box::new(Told { invitations: vec![Some(invitation)], bands: vec![] }));
    model.rules[0].tells = true;
    model
}

fn s(seconds: u64) -> SimDuration {
    SimDuration::from_whole_s(seconds)
}

/// (seconds from entering to leaving the line, from assignment to speaking, how it ended) of each try.
fn tries(story: &Story) -> Vec<(f64, f64, TryEnd)> {
    let of = |tried: &super::observer::CallbackTry| {
        let assigned = tried.leg.service.map_or(tried.leg.left, |service| service.assigned);
        let waited = assigned.since(tried.leg.entered).as_s();
        (waited, tried.leg.left.since(assigned).as_s(), tried.end)
    };
    story.tries.iter().map(of).collect()
}

#[test]
fn who_is_called_back_keeps_the_place() {
    // At 10 s the second call is promised a callback, the third waits behind it for as long as if it had waited itself.
    let mut model = offering(hold(|_| ()), None);
    model.contact_types.push(contact_type("patient", 60.0));
    model.processes.push(process("patient", 1));
    model.routes.ranges = vec![(0, 1); 4 * TIERS];
    model.offers[0].accepted = vec![1.0];
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Fate::Callback), (0, 0.0, Answered)]);
    // The first talk ends at 60 s; 10 s to dial, 60 s of talk.
    assert_eq!(tries(&story), [(50.0, 10.0, TryEnd::Reached)]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 130.0]);
    assert_eq!(story.answered_after(1), Some(60.0));
    let promise = story.promises[0];
    assert_eq!((promise.end, promise.kept, promise.tries), (PromiseEnd::Reached { at: at(70.0) }, true, 1));
    assert_eq!(story.ends(), [NeedEnd::Resolved, NeedEnd::Resolved]);
}

#[test]
fn the_line_goes_on_in_its_order_behind_a_kept_place() {
    // Nobody is offered anything who finds nobody waiting: the second call waits, the third is promised, the fourth declines nothing since
    // its offer comes too: all behind each other.
    let model = offering(hold(|_| ()), Some(0));
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (20.0, 0), (30.0, 0)]);
    let fates: Vec<Fate> = story.legs.iter().map(|leg| leg.fate).collect();
    assert_eq!(fates, [Fate::Callback, Fate::Callback, Answered, Answered]);
    // The second call is served from 60 s to 120 s, then the third's citizen is dialled, from 190 s on the fourth's.
    assert_eq!(tries(&story), [(100.0, 10.0, TryEnd::Reached), (160.0, 10.0, TryEnd::Reached)]);
}

#[test]
fn who_does_not_answer_is_tried_again_and_then_given_up() {
    let model = offering(
        hold(|callback| {
            callback.reached = 0.0;
            callback.tries = 3;
        }),
        None,
    );
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    // Dialled from 60 s to 70 s, again 100 s later from 170 s, and from 280 s, at once each time.
    let at_once = (0.0, 10.0, TryEnd::NotReached);
    assert_eq!(tries(&story), [(50.0, 10.0, TryEnd::NotReached), at_once, at_once]);
    let promise = story.promises[0];
    assert_eq!((promise.end, promise.kept, promise.tries), (PromiseEnd::Failed, false, 3));
    assert_eq!((story.ends(), story.ended[1]), (vec![NeedEnd::Resolved, NeedEnd::GivenUp], at(290.0)));
    assert_eq!(story.when(0, AgentState::Ringing), [60.0, 170.0, 280.0]);
    assert_eq!(story.when(0, AgentState::Talking), [0.0]);
}

#[test]
fn who_was_not_reached_may_call_again() {
    let model = offering(
        hold(|callback| {
            callback.reached = 0.0;
            callback.after_failure =
                Some(Retrial { probability: 1.0, delay: constant(30.0), at_most: 2, instead: None });
        }),
        None,
    );
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    // Given up at 70 s; the call at 100 s is answered.
    assert_eq!(story.legs[2].entered, at(100.0));
    assert_eq!(story.ends(), [NeedEnd::Resolved, NeedEnd::Resolved]);
    assert_eq!(story.needs[1].caller.attempt, 1);
}

#[test]
fn a_promise_is_kept_within_its_time() {
    for (within, kept) in [(61, true), (60, false)] {
        let model = offering(hold(|callback| callback.within = Some(s(within))), None);
        // Accepted at 10 s, reached at 70 s: within less than 61 s.
        assert_eq!(eager(&model, &[(0.0, 0), (10.0, 0)]).promises[0].kept, kept);
    }
}

/// Slots of 120 s from 600 s and 1,200 s on, of one callback each.
fn slots() -> Slots {
    let starts = vec![at(600.0), at(1200.0)];
    Slots { starts, length: s(120), capacity: 1, latest: s(3600), any: false }
}

#[test]
fn slots_are_taken_one_after_the_other_and_those_without_one_wait() {
    let model = offering(hold(|callback| callback.slots = Some(slots())), None);
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (20.0, 0), (30.0, 0)]);
    let fates: Vec<Fate> = story.legs.iter().map(|leg| leg.fate).collect();
    assert_eq!(fates, [Fate::Callback, Fate::Callback, Answered, Answered]);
    assert_eq!(story.legs[3].left, at(60.0), "no slot is left for the fourth call");
    let entered: Vec<f64> = story.tries.iter().map(|tried| tried.leg.entered.as_s()).collect();
    assert_eq!(entered, [600.0, 1200.0]);
    assert!(story.promises.iter().all(|promise| promise.kept));
}

#[test]
fn a_slot_that_is_busy_breaks_its_promise_late() {
    // From 590 s on two calls of 60 s each are served: the citizen is reached at 720 s, when the slot is just over.
    let model = offering(hold(|callback| callback.slots = Some(slots())), Some(0));
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (2.0, 0), (590.0, 0), (591.0, 0)]);
    let reached = PromiseEnd::Reached { at: at(720.0) };
    assert_eq!((story.promises[0].end, story.promises[0].kept), (reached, false));
}

#[test]
fn slots_are_looked_for_within_the_time_that_the_offer_says() {
    let slots = Slots { latest: s(600), ..slots() };
    assert_eq!([0.0, 1.0, 600.0, 601.0].map(|from| slots.from(at(from))), [0..1, 0..1, 0..2, 1..2]);
    assert_eq!(slots.from(at(1200.5)), 2..2);
}

#[test]
fn a_closed_queue_calls_nobody_back() {
    let mut model = offering(hold(|callback| callback.slots = Some(slots())), None);
    model.openings = vec![Opening { name: "day".into(), open_at_zero: true, turns: vec![at(300.0)] }];
    model.queues[0].hours = Some(OpeningId(0));
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    assert_eq!(tries(&story), [(0.0, 0.0, TryEnd::Broken)]);
    assert_eq!((story.promises[0].end, story.promises[0].tries), (PromiseEnd::Failed, 0));
    assert_eq!(story.ended[1], at(600.0));
}

#[test]
fn closing_breaks_the_promises_of_a_queue_that_sends_away() {
    let mut model = offering(hold(|_| ()), None);
    model.openings = vec![Opening { name: "day".into(), open_at_zero: true, turns: vec![at(30.0)] }];
    (model.queues[0].hours, model.queues[0].sends_away) = (Some(OpeningId(0)), true);
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    assert_eq!(tries(&story), [(20.0, 0.0, TryEnd::Broken)]);
    assert_eq!(story.tries[0].leg.fate, SentAway);
}

#[test]
fn a_promise_that_breaks_at_the_horizon_has_not_come_to_a_step_beyond_it() {
    let mut model = offering(hold(|_| ()), None);
    model.groups[0].heads = vec![(SimTime::ZERO, 0)];
    model.queues[0].steps.push(Step { name: "widen".into(), after: s(3500) });
    model.rules[0] = Rule { tells: true, ..rule("all", 0, 0, vec![vec![GroupId(0)]; 2]) };
    if let Some(told) = &mut model.queues[0].told {
        told.invitations.push(None);
    }
    // Of two places that are kept until 3600 s, one comes to the step at 3600 s and the other would at 3601 s.
    let story = eager(&model, &[(100.0, 0), (101.0, 0)]);
    let steps: Vec<(f64, u8)> = story.tries.iter().map(|of| (of.leg.left.as_s(), of.leg.step)).collect();
    assert_eq!(steps, [(3600.0, 1), (3600.0, 0)]);
}

#[test]
fn a_try_beyond_the_horizon_leaves_its_need_open() {
    let model = offering(
        hold(|callback| {
            callback.reached = 0.0;
            callback.tries = 2;
            callback.delay = constant(4000.0);
        }),
        None,
    );
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    assert_eq!(story.promises[0].end, PromiseEnd::Open);
    assert_eq!(story.ends(), [NeedEnd::Resolved, NeedEnd::Open]);
}

#[test]
fn who_is_promised_a_callback_frees_the_line() {
    let mut model = offering(hold(|_| ()), None);
    model.trunks = vec![Trunk { name: "lines".into(), lines: 2 }];
    model.numbers[0].trunk = Some(TrunkId(0));
    // At 20 s one line is in use, at 140 s, when all is over, none: two calls find room.
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (20.0, 0), (300.0, 0), (301.0, 0), (302.0, 0)]);
    assert_eq!(story.refused, []);
}

#[test]
fn another_way_meets_the_need_or_the_citizen_calls_again() {
    let deferral = |solved: f64| {
        let after_failure =
            Some(Retrial { probability: 1.0, delay: constant(90.0), at_most: 2, instead: None });
        OfferKind::Deferral(Deferral { solved, after_failure })
    };
    let story = eager(&offering(deferral(1.0), None), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(story.legs[0].fate, Fate::Moved { met: true });
    assert_eq!((story.needs[0].end, story.needs[0].resolved_at), (NeedEnd::Resolved, None));
    let story = eager(&offering(deferral(0.0), None), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(story.legs[0].fate, Fate::Moved { met: false });
    assert_eq!((story.legs[2].entered, story.legs[2].fate), (at(100.0), Answered));
}

#[test]
fn an_announced_wait_changes_patience_and_balking() {
    let mut model = offering(hold(|_| ()), None);
    model.contact_types[0].patience = Some(constant(40.0));
    let band = |over, patience_times, balking| Announcement { over: s(over), patience_times, balking };
    let bands = vec![band(20, 0.5, None), band(70, 2.0, Some(1.0))];
    model.queues[0].told = Some(Box::new(Told { invitations: vec![None], bands }));
    model.queues[0].expected_wait =
        ExpectedWait::QueueOverRate { counts: vec![true], handle_s: 60.0, abandonment: 0.0 };
    // Whoever comes first in line expects 60 s, which is over 20 s: half the patience. The next expects 120 s and hangs up at once.
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (11.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Abandoned), (0, 20.0, Abandoned), (0, 0.0, Answered)]);
}

#[test]
fn an_offer_that_comes_later_takes_who_waits_out_of_the_line_or_not() {
    // A second step after 30 s offers a callback: the place is that of the call, which has waited.
    let mut model = offering(hold(|_| ()), None);
    model.queues[0].steps.push(Step { name: "offer".into(), after: s(30) });
    let invitation = Invitation { offer: OfferId(0), condition: Condition::default() };
    model.queues[0].told = Some(Box::new(Told { invitations: vec![None, Some(invitation)], bands: vec![] }));
    model.rules[0] = Rule { tells: true, ..rule("all", 0, 0, vec![vec![GroupId(0)]; 2]) };
    model.contact_types[0].patience = Some(constant(45.0));
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    assert_eq!(story.legs[0].fate, Fate::Callback);
    assert_eq!((story.legs[0].left, story.legs[1].left), (at(40.0), at(50.0)));
    // Both are called back in their order, though the patience of 45 s is long over.
    assert_eq!(tries(&story), [(50.0, 10.0, TryEnd::Reached), (110.0, 10.0, TryEnd::Reached)]);
}
