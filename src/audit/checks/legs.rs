//! A leg ends once, with what belongs to its fate and nothing else, and its times run forward.

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow, LogTime};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for leg in &run.stays {
        is_complete(leg, check);
        wait_is_its_time(leg, check);
        match leg.fate {
            LegFate::Answered | LegFate::NotReached => times_are_in_order(plan, leg, check),
            LegFate::Abandoned if !leg.is_consultation() => had_a_reason(plan, leg, check),
            _ => {}
        }
    }
}

/// Service is there exactly if the leg was answered; a queue, unless it was refused.
fn is_complete(leg: &LegRow, check: &mut Check) {
    let service = [
        leg.group.is_some(),
        leg.agent.is_some(),
        leg.tier.is_some(),
        leg.assigned.is_some(),
        leg.talk_ended.is_some(),
        leg.wrap_up_ended.is_some(),
    ];
    let answered = matches!(leg.fate, LegFate::Answered | LegFate::NotReached);
    let transferred = leg.transferred_to.is_none() || answered;
    check.expect_of(leg, transferred && service.iter().all(|&there| there == answered), || {
        let expected = if answered { "an agent and all times of the service" } else { "no service at all" };
        (leg.left, expected.into(), format!("a leg that is {} with {service:?}", leg.fate))
    });
    let routed = leg.queue.is_some() && leg.rule.is_some() && leg.step.is_some();
    check.expect_of(leg, routed || !leg.fate.is_queued(), || {
        (leg.entered, "a queue, a rule and a step".into(), "one of them missing".into())
    });
}

fn wait_is_its_time(leg: &LegRow, check: &mut Check) {
    let wait_us = leg.left.us_since(leg.entered);
    let fits = wait_us == leg.wait_s.as_us() as i64 && (leg.fate.is_queued() || wait_us == 0);
    check.expect_of(leg, fits, || {
        let expected =
            if leg.fate.is_queued() { format!("a wait of {wait_us} us") } else { "no wait".into() };
        (leg.left, expected, format!("{} us", leg.wait_s.as_us()))
    });
}

fn times_are_in_order(plan: &Plan<'_>, leg: &LegRow, check: &mut Check) {
    let (Some(assigned), Some(talk), Some(wrap_up)) = (leg.assigned, leg.talk_ended, leg.wrap_up_ended)
    else {
        return;
    };
    let times = [leg.entered, assigned, leg.left, talk, wrap_up];
    check.expect_of(leg, times.is_sorted(), || {
        let since = |at: LogTime| at.us_since(leg.entered);
        let expected = "entered, assigned, left, talk and wrap-up ended in this order";
        (leg.entered, expected.into(), format!("{:?} us after entering", times.map(since)))
    });
    // For a callback the agent dials in place of accepting.
    let Some(group) = plan.group_of(leg).filter(|_| !leg.is_callback()) else { return };
    check.expect_of(leg, leg.left.us_since(assigned) == group.answer_delay_us, || {
        let expected = format!("an answer delay of {} us", group.answer_delay_us);
        (leg.left, expected, format!("{} us", leg.left.us_since(assigned)))
    });
}

/// Who has no patience waits for ever, and nobody hangs up at once who does not balk; before the run begins nobody hangs up.
fn had_a_reason(plan: &Plan<'_>, leg: &LegRow, check: &mut Check) {
    let Some(contact_type) = plan.type_of(leg) else { return };
    let mut bands = plan
        .scenario
        .queues
        .get(leg.queue.as_deref().unwrap_or_default())
        .into_iter()
        .flat_map(|of| of.announced.values());
    let may_balk =
        contact_type.balking > 0.0 || bands.any(|band| band.balking.is_some_and(|balking| balking > 0.0));
    let balks = may_balk && leg.left == leg.entered;
    check.expect_of(leg, contact_type.patience.is_some() || balks, || {
        (leg.left, "a caller without patience time to wait".into(), "one who hung up".into())
    });
    check.expect_of(leg, leg.left >= plan.begins, || {
        (leg.left, "nobody to hang up before the run begins".into(), "one who did".into())
    });
}
