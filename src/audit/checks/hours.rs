//! Queues take contacts while they are open, and those that send away at closing keep nobody.

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow};

/// Nobody enters a closed queue, nobody waits in one that sends away, nobody is refused by an open one.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for leg in &run.legs {
        let Some(queue) = leg.queue.as_deref() else { continue };
        let (at, open) = (leg.entered, plan.is_open(queue, leg.entered));
        match leg.fate {
            LegFate::RefusedTrunks => {}
            LegFate::RefusedClosed => {
                check.expect_of(leg, !open, || {
                    (at, format!("{queue} to take it"), "a refusal though it is open".into())
                });
            }
            _ => {
                check.expect_of(leg, open, || (at, format!("{queue} to be open"), "an entry".into()));
                leaves_by_closing(plan, leg, check);
            }
        }
    }
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

/// We send away at the instant of closing, or those whom nobody will ever serve, at the run's end.
pub fn examine_sent_away(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for leg in run.legs.iter().filter(|leg| leg.fate == LegFate::SentAway) {
        let at = leg.left;
        let queue = plan.queue_of(leg).filter(|queue| queue.sends_away);
        let by_closing =
            queue.and_then(|queue| queue.hours.as_ref()).is_some_and(|hours| hours.closes_at(at));
        let at_the_end = at == leg.entered.max(plan.horizon);
        check.expect_of(leg, by_closing || at_the_end, || {
            (at, "sending away at closing or at the horizon".into(), "another instant".into())
        });
    }
}
