//! Channels: what each does not know, and when answers to what is written are due.

use super::cases::{due_rule, is_believed, working_time};
use super::findings::{Findings, path};
use super::openings::hours;
use super::timeline::Timeline;
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{AnswerDue, Channel, DueRule};
use crate::scenario::{self as document, Scenario};

/// When the answer to contacts of a type is due; `None`: whenever.
pub(super) fn answer_due(
    name: &str,
    of: &document::ContactType,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Box<AnswerDue>> {
    let due = of.due.filter(|_| of.channel.is_written())?;
    let at = |key: &str| path(&["contact_types", name, key]);
    let rule = due_rule(due, &at("due"), findings);
    let open = hours(of.working_hours.as_deref(), &at("working_hours"), findings);
    let dues: Vec<_> = [due].into_iter().filter(|&due| is_believed(due)).collect();
    let calendar = working_time(&open.unwrap_or_else(Hours::always), &dues, timeline);
    if !matches!(rule, DueRule::After(_)) && calendar.open.is_empty() {
        let message = "no working time ever passes, so nothing is ever due";
        findings.add(
            Code::BAD_CHANNEL,
            at("working_hours"),
            message,
            "check the hours, or give a plain duration",
        );
    }
    Some(Box::new(AnswerDue { rule, calendar }))
}

/// What contact types say that their channel does not know.
pub(super) fn check_channels(scenario: &Scenario, findings: &mut Findings) {
    for (name, of) in &scenario.contact_types {
        let mut refuse = |is_said: bool, key: &str, why: &str| {
            if is_said {
                let message = format!("a contact by {} {why}", of.channel.name());
                let help = format!("take `{key}` out, or choose another channel");
                findings.add(Code::BAD_CHANNEL, path(&["contact_types", name, key]), message, help);
            }
        };
        let written = of.channel.is_written();
        refuse(written && of.patience.is_some(), "patience", "is never given up: nobody waits on the line");
        refuse(written && of.balking > 0.0, "balking", "is never given up: nobody waits on the line");
        let spoken = of.channel == Channel::Voice;
        refuse(!spoken && of.warm_transfer.is_some(), "warm_transfer", "has nobody on the line to stay with");
        refuse(!spoken && of.consultation.is_some(), "consultation", "has no caller who holds the line");
        refuse(of.channel != Channel::Chat && of.idle_out.is_some(), "idle_out", "does not fall silent");
        refuse(!spoken && of.ivr.is_some(), "ivr", "hears no menu");
        refuse(!written && of.due.is_some(), "due", "is answered at once or not at all");
        let idle_hours = of.working_hours.is_some() && of.due.is_none();
        refuse(idle_hours, "working_hours", "has working hours only with `due`");
    }
    check_choices(scenario, findings);
}

/// A menu leads to calls only.
fn check_choices(scenario: &Scenario, findings: &mut Findings) {
    let spoken = |name: &str| scenario.contact_types.get(name).is_none_or(|of| of.channel == Channel::Voice);
    for (menu, of) in &scenario.ivr {
        let chosen =
            of.misrouted.iter().flat_map(|(own, others)| others.iter().map(move |(other, _)| (own, other)));
        for (own, other) in chosen.filter(|(_, other)| !spoken(other)) {
            let message = format!("\"{other}\" is no call, so no caller chooses it in a menu");
            let at = path(&["ivr", menu, "misrouted", own, other]);
            findings.add(Code::BAD_CHANNEL, at, message, "name contact types by voice");
        }
    }
}
