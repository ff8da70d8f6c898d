//! Who left a queue for an offer was offered it, and promised callbacks are tried as the offer says: places kept, slots not overfilled, no
//! more tries than promised.

use std::collections::BTreeMap;

use crate::audit::conditions::Truths;
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow, LogTime, OutcomeName};
use crate::scenario::{Callback, CallbackSlots, Distribution, Offer};

/// By offer and beginning of a slot: how many callbacks are promised for it.
type Promised<'a> = BTreeMap<(&'a str, LogTime), u32>;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let truths = (!plan.offers.is_empty()).then(|| Truths::new(plan, run));
    let mut promised = Promised::new();
    for contact in run.legs_by_contact() {
        for (number, &leg) in contact.iter().enumerate() {
            if let (LegFate::Callback | LegFate::Moved, Some(truths)) = (leg.fate, &truths) {
                may_have_been_offered(plan, truths, contact, leg, check);
            }
            let before = number.checked_sub(1).map(|before| contact[before].fate);
            let follows = matches!(before, Some(LegFate::Callback | LegFate::NotReached));
            check.expect_of(leg, leg.is_callback() == follows, || {
                let found = if leg.is_callback() { "a try to call back" } else { "none" };
                (leg.entered, "tries to call back after a promise and nowhere else".into(), found.into())
            });
            let offer = offer_of(plan, run, leg).filter(|_| leg.fate == LegFate::Callback);
            if let Some((name, callback)) = offer.and_then(|(name, of)| Some((name, of.callback.as_ref()?))) {
                let tries = contact[number + 1..].iter().take_while(|leg| leg.is_callback());
                let tries: Vec<&LegRow> = tries.copied().collect();
                is_tried(plan, (name, callback), leg, &tries, check);
                if let (Some(_), Some(first)) = (&callback.slots, tries.first()) {
                    *promised.entry((name, first.entered)).or_default() += 1;
                    fits_its_slot(plan, (name, callback), &promised, first, check);
                }
            }
        }
    }
}

/// The offer that a leg was left for, or that a try to call back keeps.
pub(super) fn offer_of<'a>(plan: &Plan<'a>, run: &Run<'_>, leg: &LegRow) -> Option<(&'a str, &'a Offer)> {
    let leg = run.own_leg(leg);
    let step = plan.scenario.queues.get(leg.queue.as_deref()?)?.steps.get(leg.step.as_deref()?)?;
    plan.scenario.offers.get_key_value(step.offer.as_deref()?).map(|(name, offer)| (name.as_str(), offer))
}

/// The step that a contact had reached when it left makes an offer of that kind, whose condition may have held; nobody is offered anything
/// after a callback, or who asks for news.
fn may_have_been_offered(
    plan: &Plan<'_>,
    truths: &Truths<'_, '_>,
    contact: &[&LegRow],
    leg: &LegRow,
    check: &mut Check,
) {
    let name = leg.queue.as_deref().unwrap_or_default();
    let queue = plan.queue_of(leg);
    let step = queue.and_then(|queue| queue.steps.iter().find(|step| Some(step.name) == leg.step.as_deref()));
    let offer = step.and_then(|step| plan.scenario.offers.get(step.offer?));
    let profile = leg.profile.as_deref().unwrap_or_default();
    let accepted = offer.map_or(0.0, |of| of.accepted_by.get(profile).copied().unwrap_or(of.accepted));
    let is_that = offer.is_some_and(|of| of.callback.is_some() == (leg.fate == LegFate::Callback));
    check.expect_of(leg, is_that && accepted > 0.0, || {
        (leg.left, "a step that makes such an offer".into(), format!("{} in step {:?}", leg.fate, leg.step))
    });
    let (Some(queue), Some(step), Some(offer)) = (queue, step, offer) else { return };
    let reached = LogTime(leg.entered.0 + step.after_us);
    check.expect_of(leg, leg.left == reached && leg.left >= plan.begins, || {
        let late_us = leg.left.us_since(reached);
        (leg.left, "an offer when the step is reached".into(), format!("one {late_us} us after"))
    });
    check.expect_of(leg, truths.may_have_held(name, queue, step, leg.left), || {
        (leg.left, "a condition of the offer that can have held".into(), "none that can".into())
    });
    let before = contact.iter().take_while(|other| other.leg < leg.leg).any(|other| other.is_callback());
    check.expect_of(leg, !before && !leg.cause.is_about_case(), || {
        (leg.left, "a caller who may be offered something".into(), "one who may not".into())
    });
    let solved = offer.deferral.as_ref().map_or(0.0, |of| of.solved);
    let met = leg.outcome == Some(OutcomeName::Resolved);
    check.expect_of(leg, if met { solved > 0.0 } else { solved < 1.0 }, || {
        (leg.left, format!("another way that solves {solved}"), format!("{:?}", leg.outcome))
    });
}

/// The tries of a promise: in the same place of the same queue, one after the other, as many as the offer says.
fn is_tried(
    plan: &Plan<'_>,
    (_, callback): (&str, &Callback),
    accepted: &LegRow,
    tries: &[&LegRow],
    check: &mut Check,
) {
    check.expect_of(accepted, !tries.is_empty(), || {
        (accepted.left, "a promise that is tried, or broken".into(), "none".into())
    });
    let mut before = accepted;
    for (number, &leg) in tries.iter().enumerate() {
        let place = |leg: &LegRow| (leg.queue.clone(), leg.rule.clone(), leg.priority, leg.credit_s);
        check.expect_of(leg, place(leg) == place(accepted), || {
            (leg.entered, format!("the place {:?}", place(accepted)), format!("{:?}", place(leg)))
        });
        begins_in_time(callback, accepted, before, leg, number, check);
        dials_as_long_as_said(callback, leg, check);
        let last = number + 1 == tries.len();
        check.expect_of(leg, last || leg.fate == LegFate::NotReached, || {
            (leg.left, "no further try".into(), format!("one after a try that is {}", leg.fate))
        });
        before = leg;
    }
    let dialled = tries.iter().filter(|leg| leg.assigned.is_some()).count();
    check.expect_of(accepted, dialled <= callback.tries as usize, || {
        (before.left, format!("at most {} tries", callback.tries), dialled.to_string())
    });
    // Who is not reached is tried again, unless that would be when the run is over.
    let given_up = before.fate == LegFate::NotReached && dialled < callback.tries as usize;
    let too_late = match &callback.delay {
        Some(Distribution::Constant(delay)) => before.left.0 + us(*delay) >= plan.horizon.0,
        _ => true,
    };
    check.expect_of(accepted, !given_up || too_late, || {
        (before.left, format!("{} tries", callback.tries), dialled.to_string())
    });
}

/// Without slots the first try has the caller's own place; a later one takes a place when it is due.
fn begins_in_time(
    callback: &Callback,
    accepted: &LegRow,
    before: &LegRow,
    leg: &LegRow,
    number: usize,
    check: &mut Check,
) {
    let (fits, expected) = match (number, &callback.slots) {
        (0, None) => (leg.entered == accepted.entered, "the place that the caller had"),
        (0, Some(_)) => (leg.entered >= accepted.left, "a slot after the promise"),
        _ => {
            let after_us = leg.entered.us_since(before.left);
            let fits = match &callback.delay {
                Some(Distribution::Constant(delay)) => after_us == us(*delay),
                _ => after_us >= 0,
            };
            (fits, "a delay after the try in vain")
        }
    };
    check.expect_of(leg, fits, || {
        let found = format!("a place from {} us after it was accepted", leg.entered.us_since(accepted.left));
        (leg.entered, expected.into(), found)
    });
    let reaches = leg.fate != LegFate::Answered || callback.reached > 0.0;
    let misses = leg.fate != LegFate::NotReached || callback.reached < 1.0;
    check.expect_of(leg, reaches && misses, || {
        let expected = format!("citizens who answer with probability {}", callback.reached);
        (leg.left, expected, leg.fate.to_string())
    });
}

fn dials_as_long_as_said(callback: &Callback, leg: &LegRow, check: &mut Check) {
    let (Some(assigned), Distribution::Constant(dial_time)) = (leg.assigned, &callback.dial_time) else {
        return;
    };
    check.expect_of(leg, leg.left.us_since(assigned) == us(*dial_time), || {
        (leg.left, format!("dialling for {dial_time}"), format!("{} us", leg.left.us_since(assigned)))
    });
}

/// A slot is one of its hours', not too late, and holds no more than its capacity.
fn fits_its_slot(
    plan: &Plan<'_>,
    (name, callback): (&str, &Callback),
    promised: &Promised<'_>,
    first: &LegRow,
    check: &mut Check,
) {
    let Some(slots) = &callback.slots else { return };
    let count = promised.get(&(name, first.entered)).copied().unwrap_or(0);
    check.expect_of(first, count <= slots.capacity, || {
        (first.entered, format!("at most {} callbacks in a slot", slots.capacity), count.to_string())
    });
    check.expect_of(first, is_a_slot(plan, name, slots, first.entered), || {
        (first.entered, format!("a slot of {}", slots.hours), "none that begins then".into())
    });
}

fn is_a_slot(plan: &Plan<'_>, name: &str, slots: &CallbackSlots, at: LogTime) -> bool {
    let Some(hours) = plan.offers.get(name).and_then(Option::as_ref) else { return false };
    let opened = hours.turns().take_while(|&turn| turn <= at).last().unwrap_or(plan.begins);
    let closes = hours.closes_after(at).unwrap_or(plan.horizon).min(plan.horizon);
    let length_us = us(slots.length);
    hours.is_open(at) && at.us_since(opened) % length_us == 0 && at.0 + length_us <= closes.0
}

/// A slot begins within the time that the offer says.
pub fn examine_slots(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for contact in run.legs_by_contact() {
        for pair in contact.windows(2).filter(|pair| pair[0].fate == LegFate::Callback) {
            let slots = offer_of(plan, run, pair[0]).and_then(|(_, of)| of.callback.as_ref()?.slots.as_ref());
            let Some(slots) = slots else { continue };
            let after_us = pair[1].entered.us_since(pair[0].left);
            check.expect_of(pair[1], after_us <= us(slots.latest), || {
                (pair[1].entered, format!("a slot within {}", slots.latest), format!("{after_us} us"))
            });
        }
    }
}
