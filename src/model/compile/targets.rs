//! What was promised, and what follows from it for each contact type: the wait that is still in time.

use super::findings::{Findings, path};
use super::names::Directory;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Channel, ContactTypeId, Target};
use crate::scenario::{self as document, Scenario};
use crate::time::SimDuration;

/// The formulas of a service level, by the names that docs/measures.md explains.
pub const FORMULAS: [&str; 9] = [
    "answered_over_offered",
    "answered_over_answered",
    "abandoned_count_as_met",
    "quick_abandons_excluded",
    "short_abandons_excluded",
    "flow_outs_included",
    "blocked_included",
    "callbacks_kept",
    "per_need",
];

/// The targets, sorted by name.
pub(super) fn targets(scenario: &Scenario, names: &Directory<'_>, findings: &mut Findings) -> Vec<Target> {
    scenario.targets.iter().map(|(name, of)| target(name, of, names, findings)).collect()
}

fn target(name: &str, of: &document::Target, names: &Directory<'_>, findings: &mut Findings) -> Target {
    let at = |key: &str| path(&["targets", name, key]);
    check_formula(&of.formula, &at("formula"), findings);
    Target {
        name: name.into(),
        contact_types: applies_to(name, &of.applies_to, names, findings),
        service_level: findings.number(&at("service_level"), of.service_level, 0.0..=1.0),
        within: SimDuration::from_s(of.within.as_s()),
        formula: of.formula.clone(),
        basis: of.basis,
        per: of.per,
    }
}

fn check_formula(formula: &str, at: &str, findings: &mut Findings) {
    if !FORMULAS.contains(&formula) {
        let message = format!("no service level formula is named \"{formula}\"");
        let finding = Diagnostic::new(Code::UNKNOWN_FORMULA, at, message);
        findings.push(finding.with_candidates(formula, "formulas", FORMULAS));
    }
}

/// The types that a target is about, rising: those listed or else all that come by its channel, which is voice unless it says another
/// one. Where no type comes by voice and no channel is said, all of them.
fn applies_to(
    name: &str,
    of: &document::AppliesTo,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<ContactTypeId> {
    let Some(types) = &of.contact_type else {
        return of_channel(name, of.channel, names, findings);
    };
    let at = path(&["targets", name, "applies_to", "type"]);
    let types = super::choice::listed(types, &at, &names.contact_types, findings);
    let is_meant = |&row: &usize| of.channel.is_none_or(|channel| names.channels[row] == channel);
    types.into_iter().filter(is_meant).map(ContactTypeId::from_index).collect()
}

fn of_channel(
    name: &str,
    channel: Option<Channel>,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<ContactTypeId> {
    let by = |channel: Channel| {
        let types = names.channels.iter().enumerate().filter(|(_, of)| **of == channel);
        types.map(|(row, _)| ContactTypeId::from_index(row)).collect::<Vec<_>>()
    };
    let types = by(channel.unwrap_or_default());
    match channel {
        None if types.is_empty() => (0..names.channels.len()).map(ContactTypeId::from_index).collect(),
        Some(channel) if types.is_empty() => {
            let message = format!("no contact type comes by {}", channel.name());
            let at = path(&["targets", name, "applies_to", "channel"]);
            findings.add(Code::BAD_CHANNEL, at, message, "name a channel that contacts come by");
            types
        }
        _ => types,
    }
}

/// By contact type, what is answered in time: as its targets say, or else `measures.within`. Targets that disagree are
/// a finding.
pub(super) fn within(
    scenario: &Scenario,
    targets: &[Target],
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<SimDuration> {
    let otherwise = SimDuration::from_s(scenario.measures.within.as_s());
    let of_type = |contact_type: usize| {
        let id = ContactTypeId::from_index(contact_type);
        let mut about = targets.iter().filter(|target| target.contact_types.contains(&id));
        let first = about.next()?;
        if let Some(other) = about.find(|other| other.within != first.within) {
            disagree(names.contact_types.name(contact_type), first, other, findings);
        }
        Some(first.within)
    };
    (0..names.contact_types.len()).map(of_type).map(|within| within.unwrap_or(otherwise)).collect()
}

fn disagree(contact_type: &str, first: &Target, other: &Target, findings: &mut Findings) {
    let message = format!(
        "\"{}\" counts {contact_type} as in time within {}, \"{}\" within {}",
        other.name, other.within, first.name, first.within
    );
    let help = "this version keeps one bound a contact type: give both targets the same";
    findings.add(Code::TWO_BOUNDS, path(&["targets", &other.name, "within"]), message, help);
}
