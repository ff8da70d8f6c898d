//! Queues take contacts while they are open, and those that send away at closing keep nobody.

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::staffed::Staffed;
use crate::log::{LegFate, LegRow, LogTime};

/// Nobody enters a closed queue, nobody waits in one that sends away, nobody is refused by an open one.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let staffed = Staffed::new(plan, run);
    for leg in run.stays.iter().filter(|leg| !plan.is_written(leg)) {
        let Some(queue) = leg.queue.as_deref() else { continue };
        let (at, open) = (leg.entered, plan.is_open(queue, leg.entered));
        match leg.fate {
            LegFate::RefusedTrunks => {}
            LegFate::RefusedClosed => {
                check.expect_of(leg, !open || staffed.may_be_gone(queue, at), || {
                    (at, format!("{queue} to take it"), "a refusal though it is open".into())
                });
            }
            _ if is_broken_at_once(leg) => {
                check.expect_of(leg, !open || staffed.may_be_gone(queue, at), || {
                    (
                        at,
                        format!("{queue} to be called back from"),
                        "a broken promise though it is open".into(),
                    )
                });
            }
            _ => {
                check.expect_of(leg, open, || (at, format!("{queue} to be open"), "an entry".into()));
                leaves_by_closing(plan, leg, check);
                leaves_with_the_last_agent(plan, &staffed, queue, leg, check);
            }
        }
    }
}

/// Whoever dials a number outside of its hours is refused, before lines, menu and rules.
pub fn examine_numbers(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for leg in run.legs_by_contact().filter_map(|contact| contact.first()).filter(|leg| !leg.is_callback()) {
        let at = run.called(leg);
        let refused =
            leg.fate == LegFate::RefusedClosed && leg.queue.is_none() && run.greeting(leg).is_none();
        check.expect_of(leg, refused || !plan.is_number_closed(leg, at), || {
            (at, "a refusal, for the number is closed".into(), leg.fate.to_string())
        });
    }
}

/// Whether a promise was broken when its try was due: its queue is closed.
fn is_broken_at_once(leg: &LegRow) -> bool {
    leg.is_callback() && leg.fate == LegFate::SentAway && leg.left == leg.entered
}

fn leaves_by_closing(plan: &Plan<'_>, leg: &LegRow, check: &mut Check) {
    let Some(queue) = plan.queue_of(leg).filter(|queue| queue.sends_away) else { return };
    let closes = queue.hours.as_ref().and_then(|hours| hours.closes_after(plan.clock(leg.entered)));
    let Some(closes) = closes else { return };
    check.expect_of(leg, leg.waited_until() <= closes, || {
        let after_us = leg.waited_until().us_since(closes);
        (closes, "nobody to wait after closing".into(), format!("a wait until {after_us} us after it"))
    });
}

/// Where a queue needs staff: somebody is there on entry, and nobody waits on when the last one has left.
fn leaves_with_the_last_agent(
    plan: &Plan<'_>,
    staffed: &Staffed<'_>,
    queue: &str,
    leg: &LegRow,
    check: &mut Check,
) {
    // Who waits when the run begins needs somebody then.
    let at = leg.entered.max(plan.begins);
    check.expect_of(leg, leg.entered < at || !staffed.is_surely_gone(queue, at), || {
        (at, format!("somebody of {queue} to be there"), "an entry with nobody there".into())
    });
    let Some(gone) = staffed.goes_after(queue, at) else { return };
    check.expect_of(leg, leg.waited_until() <= gone, || {
        let after_us = leg.waited_until().us_since(gone);
        (gone, "nobody to wait after the last agent".into(), format!("a wait until {after_us} us after"))
    });
}

/// We send away at the instant of closing, or those whom nobody will ever serve, at the run's end.
pub fn examine_sent_away(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let staffed = Staffed::new(plan, run);
    let sent_away = run.stays.iter().filter(|leg| leg.fate == LegFate::SentAway);
    // Whom an agent took out of the queue has an outcome.
    let sent_away = sent_away.filter(|leg| leg.outcome.is_none());
    for leg in sent_away.filter(|leg| !is_broken_at_once(leg) && !plan.is_written(leg)) {
        let at = leg.left;
        let queue = plan.queue_of(leg).filter(|queue| queue.sends_away);
        let by_closing =
            queue.and_then(|queue| queue.hours.as_ref()).is_some_and(|hours| hours.closes_at(at));
        // Nobody is sent away with an agent on the line.
        let stay = run.leg_before(leg).and_then(|before| plan.stays(before));
        let alone = LogTime(leg.entered.0 + stay.map_or(0, |stay| stay.limit_us));
        let at_the_end = at == alone.max(plan.horizon);
        let by_leaving = leg.queue.as_deref().is_some_and(|queue| {
            let never_there = at == plan.begins && leg.entered < at && staffed.may_be_gone(queue, at);
            staffed.goes_at(queue, at) || never_there
        });
        check.expect_of(leg, by_closing || by_leaving || at_the_end, || {
            (
                at,
                "sending away at closing, with the last agent or at the horizon".into(),
                "another instant".into(),
            )
        });
    }
}
