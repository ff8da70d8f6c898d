//! Needs.

use super::{Ledger, counted, is_in_whole};
use crate::support::Recorded;
use centralino::log::{NeedEndName, NeedRow};
use centralino::measures::{Basis, ScopeKind};
use centralino::time::SimDuration;

/// Needs by who calls, as their log has them.
pub(super) fn needs(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let kinds = [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Profile, ScopeKind::Number];
    for kind in kinds.into_iter().chain([ScopeKind::Topic, ScopeKind::District]) {
        for name in ledger.scopes(kind) {
            let is_of = |need: &&NeedRow| match kind {
                ScopeKind::ContactType => *need.contact_type == *name,
                ScopeKind::Topic => topic(run, &need.contact_type) == name,
                _ if !is_in_whole(run, &need.contact_type) => false,
                ScopeKind::Profile => need.profile.as_deref() == Some(&name),
                ScopeKind::Number => need.number.as_deref() == Some(&name),
                ScopeKind::District => need.district.as_deref() == Some(&name),
                _ => true,
            };
            let begun = run.logs.needs.iter().filter(|need| need.first_attempt >= start);
            let needs: Vec<&NeedRow> = begun.filter(is_of).collect();
            needs_of((kind, &name), &needs, within, ledger);
        }
    }
}

/// What a contact type is about.
pub(super) fn topic<'r>(run: &'r Recorded, contact_type: &'r str) -> &'r str {
    let of = run.scenario.contact_types.get(contact_type);
    of.and_then(|of| of.topic.as_deref()).unwrap_or(contact_type)
}

pub(super) fn needs_of(
    scope: (ScopeKind, &str),
    needs: &[&NeedRow],
    within: SimDuration,
    ledger: &mut Ledger,
) {
    let count = |holds: &dyn Fn(&NeedRow) -> bool| needs.iter().filter(|need| holds(need)).count() as f64;
    let resolved = |need: &NeedRow| need.end == NeedEndName::Resolved;
    let by_menu = count(&|need| {
        need.attempts == 0 || resolved(need) && need.answered == 0 && need.resolved_at.is_none()
    });
    let met = count(&|need| need.answered_after_s.is_some_and(|wait| wait <= within));
    let all = needs.len() as f64;
    let times = needs.iter().filter(|need| resolved(need));
    let times_s = times.map(|need| need.ended.us_since(need.first_attempt) as f64 / 1e6).sum();
    let mut expect = |measure, found| ledger.expect(measure, Basis::Need, scope, found);
    expect("per_need", (met, all - by_menu));
    expect("needs", (all, 1.0));
    expect("needs_resolved", (count(&resolved), all));
    expect("needs_given_up", (count(&|need| need.end == NeedEndName::GivenUp), all));
    expect("needs_open", (count(&|need| need.end == NeedEndName::Open), all));
    expect("needs_unanswered", (count(&|need| need.answered == 0) - by_menu, all));
    expect("contacts_per_need", (needs.iter().map(|need| f64::from(need.attempts)).sum(), all));
    expect("time_to_resolution", (times_s, count(&resolved)));
}
