//! Agents who chat: how many at once, how fast, and that they are sent chats alone.

use std::collections::BTreeSet;

use super::findings::{Findings, path};
use crate::diagnostic::Code;
use crate::model::{AgentGroup, Channel, Chatting, IdleOut, Model, NEVER, RuleId, Select};
use crate::scenario as document;
use crate::time::SimDuration;

/// The most chats of an agent: beyond any person.
const MOST_AT_ONCE: f64 = 100.0;

/// How agents of a group chat; `None`: they serve one contact each.
pub(super) fn chatting(name: &str, of: &document::AgentGroup, findings: &mut Findings) -> Option<Chatting> {
    let at = |key: &str| path(&["agent_groups", name, key]);
    let Some(concurrency) = of.concurrency else {
        if !of.chat_speed.is_empty() {
            let message = "speeds of chats count only where agents have several";
            findings.add(Code::BAD_CHAT, at("chat_speed"), message, "write `concurrency`, or take them out");
        }
        return None;
    };
    let most = findings.number(&at("concurrency"), concurrency.into(), 1.0..=MOST_AT_ONCE) as usize;
    if !of.chat_speed.is_empty() && of.chat_speed.len() != most {
        let message = format!("{} speeds for up to {most} chats", of.chat_speed.len());
        findings.add(
            Code::BAD_CHAT,
            at("chat_speed"),
            message,
            "write one for each number of chats, from 1 on",
        );
    }
    let mut speed = |(place, &speed): (usize, &f64)| {
        findings.number(&document::join_index(&at("chat_speed"), place), speed, 0.001..=1.0)
    };
    let mut speed: Vec<f64> = of.chat_speed.iter().enumerate().map(&mut speed).collect();
    speed.resize(most, 1.0);
    Some(Chatting { speed })
}

/// How often the citizens of a type fall silent.
pub(super) fn idle_out(name: &str, of: &document::ContactType, findings: &mut Findings) -> Option<IdleOut> {
    let idle_out = of.idle_out.as_ref()?;
    let at = path(&["contact_types", name, "idle_out", "share"]);
    let share = findings.number(&at, idle_out.share, 0.0..=1.0);
    Some(IdleOut { share, after: SimDuration::from_s(idle_out.after.as_s()) })
}

/// Agents with several chats at once are sent chats alone, by queues that need no more of them than who has room.
pub(super) fn check_chats(model: &Model, findings: &mut Findings) {
    for row in 0..model.contact_types.len() {
        check_offers(model, row, findings);
    }
    if !model.anybody_chats() {
        return;
    }
    for queue in &model.queues {
        let serves = |(group, from): (&AgentGroup, &u8)| group.chatting.is_some() && *from != NEVER;
        if !model.groups.iter().zip(&queue.eligible_from).any(serves) {
            continue;
        }
        if queue.conditions.is_some() || queue.told.is_some() || queue.select != Select::LongestIdle {
            let message = "agents who chat with several at once are neither idle nor busy: the queue has conditions, offers or a `select`";
            let help =
                "let its steps add groups by `after` alone, offer nothing, and select the longest idle";
            findings.add(Code::BAD_CHAT, path(&["queues", &queue.name]), message, help);
        }
    }
    for row in 0..model.contact_types.len() {
        rules_of(model, row).into_iter().for_each(|rule| check_rule(model, row, rule, findings));
    }
}

/// What is offered in place of waiting is offered to callers.
fn check_offers(model: &Model, contact_type: usize, findings: &mut Findings) {
    let of = &model.contact_types[contact_type];
    if of.channel == Channel::Voice || model.queues.iter().all(|queue| queue.told.is_none()) {
        return;
    }
    for rule in rules_of(model, contact_type) {
        let rule = &model.rules[rule.index()];
        if model.queues[rule.queue.index()].told.is_some() {
            let message = format!(
                "\"{}\" comes by {}, and its queue offers something to callers, or announces waits",
                of.name,
                of.channel.name()
            );
            let help = "lead what is no call to a queue without offers";
            findings.add(Code::BAD_CHANNEL, path(&["routing", &rule.name, "queue"]), message, help);
        }
    }
}

/// The rules that may take contacts of a type.
pub(super) fn rules_of(model: &Model, contact_type: usize) -> BTreeSet<RuleId> {
    let routes = &model.routes;
    let classes = routes.profiles * routes.numbers * 2 * routes.bounds();
    let of_type = contact_type * classes..(contact_type + 1) * classes;
    of_type.flat_map(|class| routes.candidates(class).iter().copied()).collect()
}

fn check_rule(model: &Model, contact_type: usize, rule: RuleId, findings: &mut Findings) {
    let (of, rule) = (&model.contact_types[contact_type], &model.rules[rule.index()]);
    let queue = &model.queues[rule.queue.index()];
    for (group, _) in model.groups.iter().zip(&queue.eligible_from).filter(|(_, from)| **from != NEVER) {
        let wrong = match (&group.chatting, of.channel) {
            (Some(_), Channel::Chat) if rule.last_agent.is_some() => Some(format!(
                "the rule waits for the agent who served last, and agents of \"{}\" are hardly ever free",
                group.name
            )),
            (Some(_), Channel::Chat) => None,
            (Some(_), channel) => Some(format!(
                "\"{}\" comes by {}, and agents of \"{}\" have several chats at once",
                of.name,
                channel.name(),
                group.name
            )),
            _ => None,
        };
        if let Some(message) = wrong {
            let help = "let a rule lead chats to a queue of their own, and give its groups `concurrency`";
            findings.add(Code::BAD_CHAT, path(&["routing", &rule.name, "queue"]), message, help);
        }
    }
}
