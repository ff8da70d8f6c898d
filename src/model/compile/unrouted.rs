//! Contacts that no routing rule takes, at all or at some hours.

use super::findings::Findings;
use super::flows::Stream;
use super::openings::closed_times;
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{Bound, Model, Opening};

/// One finding a contact type and tier, with a contact as an example.
pub(super) fn check_routed<'m>(
    model: &Model,
    streams: impl Iterator<Item = &'m Stream<'m>>,
    timeline: &Timeline,
    findings: &mut Findings,
) {
    let mut told: Vec<(&str, Bound)> = Vec::new();
    for stream in streams {
        let of = (stream.contact_type.name.as_str(), stream.bound);
        if told.contains(&of) {
            continue;
        }
        if let Some(when) = unrouted_times(model, stream, timeline) {
            told.push(of);
            tell(model, stream, &when, findings);
        }
    }
}

/// When no rule takes the stream's contacts, in words; `None` if one always does.
fn unrouted_times(model: &Model, stream: &Stream<'_>, timeline: &Timeline) -> Option<String> {
    // A rule that asks for more than the hour need not take a contact at any.
    let rules = stream.candidates.iter().map(|rule| &model.rules[rule.index()]);
    let conditions = rules.filter(|rule| rule.asks.is_none()).map(|rule| rule.condition);
    let conditions: Option<Vec<&Opening>> =
        conditions.map(|condition| condition.map(|opening| &model.openings[opening.index()])).collect();
    // Without an unconditional rule all candidates have an opening.
    let openings = conditions?;
    if openings.is_empty() {
        return Some(String::new());
    }
    let closed = closed_times(&openings, model.clock.horizon);
    let &(from, until) = closed.first()?;
    let more = match closed.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more times"),
    };
    Some(format!(" from {} to {}{more}", timeline.text(from), timeline.text(until)))
}

fn tell(model: &Model, stream: &Stream<'_>, when: &str, findings: &mut Findings) {
    let (profile, recognised) = stream.example;
    let message = format!(
        "no rule takes a contact{when} with type = \"{}\", profile = \"{}\", number = \"{}\", recognised = {recognised}, \
         tier = {}{}",
        stream.contact_type.name,
        model.profiles[profile.index()].name,
        model.numbers[stream.process.number.index()].name,
        stream.bound.tier(),
        if stream.bound.is_redirected() { ", redirected = true" } else { "" }
    );
    if stream.bound.tier() == 1 {
        findings.add(Code::NO_RULE, "routing", message, "let the rule of largest `order` have no `when`");
    } else {
        let help = "add a rule with `when = { tier = 2 }` and no other condition";
        findings.add(Code::NO_TIER2, "routing", message, help);
    }
}
