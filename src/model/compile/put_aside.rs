//! Work that a call may interrupt: whose, what becomes of the rest, and which queues' contacts interrupt it.

use super::chats::rules_of;
use super::findings::{Findings, path};
use crate::diagnostic::Code;
use crate::model::{AgentGroup, InterruptibleWrapUp, Model, NEVER, Queue, Rest};
use crate::scenario as document;

/// The most wrap-ups that somebody may have put aside at once: beyond any person.
const MOST_ASIDE: f64 = 1000.0;

/// What becomes of the wrap-up of a group's people when a call comes; `None`: it is not interrupted.
pub(super) fn interruptible_wrap_up(
    name: &str,
    of: &document::AgentGroup,
    findings: &mut Findings,
) -> Option<InterruptibleWrapUp> {
    let rule = of.interruptible_wrap_up?;
    let at = |key: &str| format!("{}{key}", path(&["agent_groups", name, "interruptible_wrap_up"]));
    if of.concurrency.is_some() {
        let message = "people with several chats at once wrap up one while they go on with the others";
        findings.add(
            Code::BAD_INTERRUPTION,
            at(""),
            message,
            "take this out, or lead chats to a group of their own",
        );
    }
    let at_most = rule.put_aside_at_most.map_or(u32::MAX, |most| {
        findings.number(&at(".put_aside_at_most"), most.into(), 1.0..=MOST_ASIDE) as u32
    });
    if rule.rest == Rest::Dropped && rule.put_aside_at_most.is_some() {
        let message = "nothing is put aside where the rest is dropped";
        findings.add(
            Code::BAD_INTERRUPTION,
            at(".put_aside_at_most"),
            message,
            "take it out, or let the rest be resumed",
        );
    }
    Some(InterruptibleWrapUp { rest: rule.rest, at_most })
}

/// Queues to which something written comes call nobody from work: who wrote does not wait on the line.
pub(super) fn mark_queues(model: &mut Model) {
    for row in 0..model.contact_types.len() {
        if model.contact_types[row].channel.is_written() {
            for rule in rules_of(model, row) {
                let queue = model.rules[rule.index()].queue;
                model.queues[queue.index()].calls = false;
            }
        }
    }
}

/// Groups whose work may be interrupted and never is.
pub(super) fn check_interruptions(model: &Model, findings: &mut Findings) {
    for (row, group) in model.groups.iter().enumerate() {
        if group.interruptible_wrap_up.is_none() {
            continue;
        }
        let at = path(&["agent_groups", &group.name, "interruptible_wrap_up"]);
        let serves = |queue: &&Queue| queue.eligible_from[row] != NEVER;
        if !model.queues.iter().filter(serves).any(|queue| queue.calls) {
            let message = format!(
                "nothing interrupts the wrap-up of \"{}\": something written comes to every queue that it serves",
                group.name
            );
            findings.add(Code::NEVER_INTERRUPTED, at, message, "lead calls to a queue of their own");
        } else if !wraps_up(model, row, group) {
            let message = format!("no contact that \"{}\" serves has a wrap-up", group.name);
            findings.add(
                Code::NEVER_INTERRUPTED,
                at,
                message,
                "give contact types a `wrap_up`, or take this out",
            );
        }
    }
}

/// Whether any contact that a group may serve has a wrap-up.
fn wraps_up(model: &Model, row: usize, group: &AgentGroup) -> bool {
    (0..model.contact_types.len()).any(|of| {
        let handling = &model.contact_types[of].handling[usize::from(group.tier - 1)];
        let may_serve = |rule: crate::model::RuleId| {
            let queue = model.rules[rule.index()].queue;
            model.queues[queue.index()].eligible_from[row] != NEVER
        };
        handling.wrap_up.is_some() && rules_of(model, of).into_iter().any(may_serve)
    })
}
