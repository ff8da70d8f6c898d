//! Contacts are conserved: legs of a contact follow by transfer, attempts of a need by failure, and nobody is in two
//! legs at once.

use super::callbacks::offer_of;
use super::greetings::is_stray;
use crate::audit::plan::{Bound, Plan, Stay};
use crate::audit::report::Check;
use crate::audit::router::Router;
use crate::audit::run::{Run, attempts};
use crate::audit::staffed::Staffed;
use crate::log::{Cause, LegFate, LegRow, LogTime, OutcomeName};

/// Within a contact: leg after leg, each by a transfer of the one before, at its instant.
pub fn examine_legs(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let (staffed, router) = (Staffed::new(plan, run), Router::new(plan, run));
    for contact in run.legs_by_contact() {
        for (number, leg) in contact.iter().enumerate() {
            check.expect_of(leg, leg.leg as usize == number, || {
                (leg.entered, format!("leg {number} of its contact"), format!("leg {}", leg.leg))
            });
        }
        contact.windows(2).for_each(|pair| follows(plan, pair[0], pair[1], check));
        if let Some(last) = contact.last() {
            is_not_lost(&router, &staffed, last, check);
        }
    }
}

fn follows(plan: &Plan<'_>, before: &LegRow, leg: &LegRow, check: &mut Check) {
    check.expect_of(leg, same_caller(before, leg), || {
        (
            leg.entered,
            "the caller of the leg before".into(),
            "another type, profile, number or recognition".into(),
        )
    });
    if leg.is_callback() {
        // When it follows is a check of its own.
        return;
    }
    let passed_on = before.transferred_to.is_some() && before.tier.is_some();
    check.expect_of(leg, passed_on, || {
        (
            leg.entered,
            "a leg that was transferred before this one".into(),
            format!("one that is {}", before.fate),
        )
    });
    let at = before.caller_left();
    match plan.stays(before) {
        Some(stay) => is_handed_over(before, leg, stay, check),
        None => check.expect_of(leg, leg.entered == at, || {
            let late_us = leg.entered.us_since(at);
            (leg.entered, "an entry when the talk before ended".into(), format!("one {late_us} us after it"))
        }),
    }
    let next_tier = next_tier(before);
    check.expect_of(leg, next_tier.is_none() || before.transferred_to == next_tier, || {
        let found = format!("from tier {:?} to {:?}", before.tier, before.transferred_to);
        (at, format!("a transfer to tier {}", next_tier.unwrap_or_default()), found)
    });
}

/// Who stays with a caller does so until the second agent has been introduced, or to the limit, or until the caller is sent away; and a
/// caller who is not alone does not hang up.
fn is_handed_over(before: &LegRow, leg: &LegRow, stay: Stay<'_>, check: &mut Check) {
    let (at, until) = (before.caller_left(), stay.until(leg));
    check.expect_of(before, at == until, || {
        (at, format!("an agent who stays until {}", until.0), format!("one who stays until {}", at.0))
    });
    check.expect_of(leg, leg.entered >= before.left, || {
        (leg.entered, "a talk before the transfer".into(), "a transfer before the talk".into())
    });
    let alone = LogTime(leg.entered.0 + stay.limit_us);
    check.expect_of(leg, leg.fate != LegFate::Abandoned || leg.left >= alone, || {
        (leg.left, "a caller who does not hang up on an agent".into(), "one who did".into())
    });
    check.expect_of(leg, stay.otherwise.is_none() || leg.waited_until() <= alone, || {
        (alone, "a caller who does not wait on alone".into(), "one who did".into())
    });
    let introduced = LogTime(leg.left.0 + stay.introduction_us);
    let talked = leg.talk_ended.is_none_or(|ended| ended >= introduced);
    check.expect_of(leg, talked || !stay.is_taken_over(leg), || {
        (leg.left, "an introduction before the talk".into(), "a shorter talk".into())
    });
}

/// The tier that a leg was passed on to, by how its talk ended.
fn next_tier(leg: &LegRow) -> Option<u32> {
    match leg.outcome? {
        OutcomeName::Escalated => leg.tier.map(|tier| tier.saturating_add(1)),
        OutcomeName::WrongDepartment => leg.tier,
        OutcomeName::SentBack | OutcomeName::Misrouted => Some(1),
        OutcomeName::Resolved | OutcomeName::Unresolved | OutcomeName::Case | OutcomeName::Booking => None,
    }
}

/// Whether the leg after this one is a redirected one.
pub(super) fn redirects(leg: &LegRow) -> bool {
    matches!(leg.outcome, Some(OutcomeName::WrongDepartment | OutcomeName::SentBack))
}

/// A talk ends as its type's table for the tier allows, and a leg that nobody answered has no talk.
pub fn examine_outcomes(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let router = Router::new(plan, run);
    let passes =
        |contact: &[&LegRow]| contact.iter().filter(|leg| leg.transferred_to.is_some()).count() as u32;
    let legs = run.legs_by_contact().flat_map(|contact| {
        contact.iter().enumerate().map(move |(number, leg)| (leg, passes(&contact[..number])))
    });
    for (leg, passes) in legs {
        let (outcome, at) = (leg.outcome, leg.caller_left());
        let key = outcome.map_or("none", key_of);
        let may = |key: &str| match run.consultation_of(leg) {
            None => plan.may_end(leg, passes, key),
            Some(asked) => plan.may_end_after_asking(leg, asked, passes, key),
        };
        let possible = match outcome {
            None => leg.fate != LegFate::Answered,
            Some(told) if leg.fate == LegFate::SentAway => is_withdrawn(plan, run, leg, told),
            // Another way met the need: whether it could is a check of its own.
            Some(OutcomeName::Resolved) if leg.fate == LegFate::Moved => true,
            Some(_) if is_stray(&router, run, leg) => outcome == Some(OutcomeName::Misrouted),
            Some(OutcomeName::Misrouted) => false,
            // Who asks for news has a case, and is told of it where another would get one.
            Some(OutcomeName::Resolved) if leg.cause.is_about_case() => {
                leg.fate == LegFate::Answered && ["resolved", "case", "booking"].into_iter().any(may)
            }
            Some(OutcomeName::Case | OutcomeName::Booking) if leg.cause.is_about_case() => false,
            Some(_) => leg.fate == LegFate::Answered && may(key),
        };
        check.expect_of(leg, possible, || {
            (at, "an outcome that its type has at this tier".into(), format!("{key} of a {} leg", leg.fate))
        });
        let passed_on = next_tier(leg).is_some() == leg.transferred_to.is_some();
        check.expect_of(leg, passed_on, || {
            (
                at,
                "a transfer exactly after a talk that passes on".into(),
                format!("{key}, to {:?}", leg.transferred_to),
            )
        });
    }
}

/// Whether the agent who had stayed with the caller for a warm transfer may have ended the contact so, at the limit.
fn is_withdrawn(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow, outcome: OutcomeName) -> bool {
    let stay = run.leg_before(leg).and_then(|before| plan.stays(before));
    stay.is_some_and(|stay| {
        let ends = match stay.otherwise {
            // Who asks for news has a case.
            Some("case") if leg.cause.is_about_case() => Some(OutcomeName::Resolved),
            Some("case") => Some(OutcomeName::Case),
            Some("unresolved") => Some(OutcomeName::Unresolved),
            _ => None,
        };
        ends == Some(outcome) && leg.left == LogTime(leg.entered.0 + stay.limit_us)
    })
}

/// As scenarios write an outcome.
fn key_of(outcome: OutcomeName) -> &'static str {
    match outcome {
        OutcomeName::Resolved => "resolved",
        OutcomeName::Escalated => "escalate",
        OutcomeName::Unresolved => "unresolved",
        OutcomeName::Misrouted => "misrouted",
        OutcomeName::Case => "case",
        OutcomeName::Booking => "booking",
        OutcomeName::WrongDepartment => "wrong_department",
        OutcomeName::SentBack => "send_back",
    }
}

/// A transfer ends a contact only where the next tier takes nobody.
fn is_not_lost(router: &Router<'_>, staffed: &Staffed<'_>, last: &LegRow, check: &mut Check) {
    let (Some(tier), at) = (last.transferred_to, last.caller_left()) else { return };
    let redirected = redirects(last);
    let queue =
        router.open_queue(Bound { leg: last, contact_type: &last.contact_type, tier, redirected, at });
    let queue = queue.filter(|queue| !staffed.may_be_gone(queue, at));
    check.expect_of(last, queue.is_none(), || {
        let expected = format!("another leg in queue {}", queue.unwrap_or_default());
        (at, expected, format!("a transfer to tier {tier} and no leg after it"))
    });
}

/// Attempts are numbered from 0, each follows the failure of the one before, and not too often.
pub fn examine_attempts(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for need in run.legs_by_need() {
        let firsts_and_lasts: Vec<_> =
            attempts(need).filter_map(|contact| Some((*contact.first()?, *contact.last()?))).collect();
        for (number, (first, _)) in firsts_and_lasts.iter().enumerate() {
            // The contact that opened a case of the start is not logged.
            let before = usize::from(plan.start_cases(&first.need).is_some());
            let number = number + before;
            check.expect_of(first, number > 0 || is_first(run, first), || {
                (first.entered, "a first attempt that is fresh".into(), format!("a {}", first.cause))
            });
            check.expect_of(first, before == 0 || first.cause.is_about_case(), || {
                (first.entered, "a contact about an open case".into(), format!("a {}", first.cause))
            });
            check.expect_of(first, first.attempt as usize == number, || {
                (first.entered, format!("attempt {number} of its need"), format!("attempt {}", first.attempt))
            });
        }
        for pair in firsts_and_lasts
            .windows(2)
            .filter(|pair| !pair[1].0.cause.is_about_case() && pair[1].0.cause != Cause::Visit)
        {
            retries(plan, run, pair[0].1, (pair[1].0, run.called(pair[1].0)), check);
        }
    }
}

/// Whether a need may begin with this contact: with a fresh one, or after a counter with one that a counter did not meet.
fn is_first(run: &Run<'_>, leg: &LegRow) -> bool {
    leg.cause.is_fresh() || leg.cause == Cause::Visit && !run.visits_of(&leg.need).is_empty()
}

fn retries(
    plan: &Plan<'_>,
    run: &Run<'_>,
    failed: &LegRow,
    (again, called): (&LegRow, LogTime),
    check: &mut Check,
) {
    let unmet = leaves_unmet(failed);
    check.expect_of(again, unmet, || {
        (
            again.entered,
            "an attempt that left the need unmet before this one".into(),
            "one that met it".into(),
        )
    });
    let cause = cause_after(failed);
    check.expect_of(again, again.cause == cause, || {
        (again.entered, format!("the cause {cause}"), format!("{}", again.cause))
    });
    let at = failed.caller_left();
    check.expect_of(again, called >= at, || {
        (called, "a caller who has left before calling again".into(), "two calls at once".into())
    });
    let offer = offer_of(plan, run, failed).map(|(_, offer)| offer);
    let rule = plan.again_after(failed, offer).filter(|again| again.probability > 0.0);
    let at_most = rule.map_or(1, |rule| rule.at_most);
    check.expect_of(again, again.attempt < at_most, || {
        (again.entered, format!("at most {at_most} attempts"), format!("attempt {}", again.attempt))
    });
    check.expect_of(again, called < plan.horizon, || {
        (again.entered, "no attempt from the horizon on".into(), "one".into())
    });
    // Some come as another type; a lookup may fail now that did not then.
    let turned = rule.and_then(|rule| rule.instead.get(&again.contact_type)).is_some_and(|&part| part > 0.0);
    let stays = rule.is_none_or(|rule| rule.instead.iter().map(|(_, part)| part).sum::<f64>() < 1.0);
    let same_type = failed.contact_type == again.contact_type && stays;
    let same_citizen = (&failed.profile, &failed.number) == (&again.profile, &again.number);
    let known = failed.recognised == again.recognised || plan.lookups_may_fail();
    let same = (same_type || turned) && same_citizen && known;
    check.expect_of(again, same, || {
        (
            again.entered,
            "the caller of the attempt before".into(),
            "another type, profile, number or recognition".into(),
        )
    });
}

/// Whether a contact whose last leg this is left its need unmet.
pub(super) fn leaves_unmet(last: &LegRow) -> bool {
    // Another way met it, or the first agent of a warm transfer took it out of the queue.
    let elsewhere = match (last.fate, last.outcome) {
        (LegFate::Moved, Some(OutcomeName::Resolved)) | (LegFate::SentAway, Some(OutcomeName::Case)) => true,
        (LegFate::SentAway, Some(OutcomeName::Resolved)) => last.cause.is_about_case(),
        _ => false,
    };
    last.fate != LegFate::Answered && last.fate != LegFate::SelfServed && !elsewhere
        || last.transferred_to.is_some()
        || last.outcome == Some(OutcomeName::Unresolved)
}

/// What an attempt after one with this last leg is.
fn cause_after(last: &LegRow) -> Cause {
    if last.outcome == Some(OutcomeName::Unresolved) { Cause::Repeat } else { Cause::Retrial }
}

fn same_caller(a: &LegRow, b: &LegRow) -> bool {
    same_citizen(a, b) && a.recognised == b.recognised
}

fn same_citizen(a: &LegRow, b: &LegRow) -> bool {
    (&a.contact_type, &a.profile, &a.number) == (&b.contact_type, &b.profile, &b.number)
}
