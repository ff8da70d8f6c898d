//! Work that a call may interrupt: whose wrap-up and what becomes of the rest, who works on whose cases, and which queues' contacts interrupt.

use super::chats::rules_of;
use super::findings::{Findings, path};
use super::names::Directory;
use crate::diagnostic::Code;
use crate::model::{
    AgentGroup, BackOffice, GroupId, InterruptibleWrapUp, Model, NEVER, OfficeId, Queue, Rest,
};
use crate::scenario as document;
use crate::time::SimDuration;

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

/// Whether people of a group put what is written aside when a call comes.
pub(super) fn interruptible_written(name: &str, of: &document::AgentGroup, findings: &mut Findings) -> bool {
    if of.interruptible_written && of.concurrency.is_some() {
        findings.add(
            Code::BAD_INTERRUPTION,
            path(&["agent_groups", name, "interruptible_written"]),
            "people with several chats at once write between them",
            "take this out, or lead chats to a group of their own",
        );
    }
    of.interruptible_written
}

/// On whose cases people of a group work when they have nothing else to do; `None`: on none.
pub(super) fn back_office(
    name: &str,
    of: &document::AgentGroup,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Box<BackOffice>> {
    let rule = of.back_office.as_ref()?;
    let at = path(&["agent_groups", name, "back_office"]);
    if of.concurrency.is_some() {
        let message = "people with several chats at once are neither idle nor busy";
        findings.add(Code::BAD_BACK_OFFICE, &at, message, "let people of another group work on cases");
    }
    let mut offices = Vec::with_capacity(rule.offices.len());
    for (place, office) in rule.offices.iter().enumerate() {
        let at = document::join_index(&document::join(&at, "offices"), place);
        let Some(id) = names.offices.resolve(office, &at, findings).map(OfficeId::from_index) else {
            continue;
        };
        if offices.contains(&id) {
            findings.add(Code::NAMED_TWICE, at, format!("\"{office}\" is named twice"), "keep the first");
        } else {
            offices.push(id);
        }
    }
    if rule.offices.is_empty() {
        let message = "no office is named, so there are no cases to work on";
        findings.add(
            Code::BAD_BACK_OFFICE,
            document::join(&at, "offices"),
            message,
            "name offices, or take `back_office` out",
        );
    }
    let after_idle = SimDuration::from_s(rule.after_idle.as_s());
    let (keep_idle, interruptible) = (rule.keep_idle, rule.interruptible);
    Some(Box::new(BackOffice { offices, after_idle, keep_idle, interruptible }))
}

/// Offices know the groups that work for them, and queues whether they call anybody from such work.
pub(super) fn connect(model: &mut Model) {
    for (row, group) in model.groups.iter().enumerate() {
        for office in group.back_office.iter().flat_map(|rule| &rule.offices) {
            model.offices[office.index()].worked_by.push(GroupId::from_index(row));
        }
    }
    mark_queues(model);
}

/// Queues to which something written comes call nobody from work: who wrote does not wait on the line.
fn mark_queues(model: &mut Model) {
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
        check_kept_idle(group, findings);
        check_written(model, row, findings);
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

/// A group that is to put what is written aside and serves nothing written, or no calls.
fn check_written(model: &Model, row: usize, findings: &mut Findings) {
    let group = &model.groups[row];
    if !group.interruptible_written {
        return;
    }
    let serves_any = |calls: bool| {
        let serves = |queue: &Queue| queue.calls == calls && queue.eligible_from[row] != NEVER;
        model.queues.iter().any(serves)
    };
    let (message, help) = match (serves_any(false), serves_any(true)) {
        (true, true) => return,
        (false, _) => {
            ("serves nothing written", "let it serve a queue of e-mails or forms, or take this out")
        }
        (true, false) => ("serves no queue of calls alone", "lead calls to a queue of their own"),
    };
    let at = path(&["agent_groups", &group.name, "interruptible_written"]);
    findings.add(Code::NEVER_INTERRUPTED, at, format!("\"{}\" {message}", group.name), help);
}

/// Groups of whom too few are ever there for anybody to work on cases.
fn check_kept_idle(group: &AgentGroup, findings: &mut Findings) {
    let Some(rule) = &group.back_office else { return };
    let most = group.agents.len() as u32;
    if most <= rule.keep_idle {
        let message = format!(
            "{} of \"{}\" are to stay idle, and at most {most} are there",
            rule.keep_idle, group.name
        );
        let at = path(&["agent_groups", &group.name, "back_office", "keep_idle"]);
        findings.add(Code::NO_BACK_OFFICE, at, message, "leave fewer idle, or take `back_office` out");
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
