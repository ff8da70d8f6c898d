//! Who serves a leg is in a step of its queue that the wait had reached, and is who the scenario says.

use crate::audit::conditions::Truths;
use crate::audit::plan::{GroupPlan, Plan, QueuePlan};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::LegRow;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let truths = Truths::new(plan, run);
    for leg in run.queued() {
        let Some(queue) = plan.queue_of(leg) else {
            check.expect_of(leg, false, || {
                (leg.entered, "a queue of the scenario".into(), format!("{:?}", leg.queue))
            });
            continue;
        };
        has_reached_its_step(queue, leg, check);
        if leg.agent.is_some() {
            may_serve(queue, &truths, leg, check);
            is_as_the_scenario_says(plan.group_of(leg), leg, check);
        }
    }
}

/// The step is one that began no later than the wait ended, while the next had not begun before.
fn has_reached_its_step(queue: &QueuePlan<'_>, leg: &LegRow, check: &mut Check) {
    let waited_us = leg.waited_until().us_since(leg.entered);
    let place = queue.steps.iter().position(|step| Some(step.name) == leg.step.as_deref());
    let reached = place.is_some_and(|place| {
        let next = queue.steps.get(place + 1);
        queue.steps[place].after_us <= waited_us && next.is_none_or(|next| waited_us <= next.after_us)
    });
    check.expect_of(leg, reached, || {
        let found = format!("step {}", leg.step.as_deref().unwrap_or("none"));
        (leg.waited_until(), format!("the step that is reached after {waited_us} us"), found)
    });
}

/// A step brings the group, the wait had reached it, and its conditions may have held.
fn may_serve(queue: &QueuePlan<'_>, truths: &Truths<'_, '_>, leg: &LegRow, check: &mut Check) {
    let group = leg.group.as_deref().unwrap_or_default();
    let waited_us = leg.waited_until().us_since(leg.entered);
    let step = queue.steps.iter().find(|step| Some(step.name) == leg.step.as_deref());
    let reached_us = step.map_or(waited_us, |step| step.after_us.min(waited_us));
    let after_us = queue.ways_of(group).map(|step| step.after_us).min();
    let (name, at) = (leg.queue.as_deref().unwrap_or_default(), leg.waited_until());
    let reached = || queue.ways_of(group).filter(|step| step.after_us <= reached_us);
    let held = reached().any(|step| truths.may_take(name, queue, step, group, at));
    check.expect_of(leg, held || reached().next().is_none(), || {
        (at, format!("conditions under which {group} may serve"), "none that can have held".into())
    });
    check.expect_of(leg, after_us.is_some_and(|after_us| after_us <= reached_us), || {
        let expected = match after_us {
            Some(after_us) => format!("a step that begins after {after_us} us before {group} may serve"),
            None => format!("a group that a step of the queue names, not {group}"),
        };
        let step = leg.step.as_deref().unwrap_or("none");
        (leg.waited_until(), expected, format!("an assignment after {waited_us} us in step {step}"))
    });
}

fn is_as_the_scenario_says(group: Option<&GroupPlan<'_>>, leg: &LegRow, check: &mut Check) {
    let found = (leg.tier, leg.vendor.as_deref());
    let expected = group.map(|group| (Some(group.tier), group.vendor));
    check.expect_of(leg, expected == Some(found), || {
        (leg.waited_until(), format!("tier and vendor {expected:?}"), format!("{found:?}"))
    });
    check.expect_of(leg, is_of_group(leg), || {
        let expected = format!("an agent of {}", leg.group.as_deref().unwrap_or_default());
        (leg.waited_until(), expected, leg.agent.as_deref().unwrap_or_default().into())
    });
}

/// `t1_general#007` is of `t1_general`, and so is `t1_general/early#007`, who works by shifts.
fn is_of_group(leg: &LegRow) -> bool {
    let (Some(agent), Some(group)) = (leg.agent.as_deref(), leg.group.as_deref()) else { return false };
    let parts = agent.strip_prefix(group).and_then(|rest| rest.rsplit_once('#'));
    parts.is_some_and(|(shift, number)| {
        (shift.is_empty() || shift.starts_with('/')) && number.parse::<u32>().is_ok()
    })
}
