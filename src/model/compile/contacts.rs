//! Contact types: what is wanted, how long it takes, what a caller puts up with.

use std::collections::BTreeMap;

use super::cases;
use super::channels::answer_due;
use super::chats::idle_out;
use super::consultations;
use super::distributions::{SHARES_WITHIN, distribution, nothing};
use super::findings::{Findings, path, written};
use super::names::Directory;
use super::outcomes::{outcome_named, outcomes};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    ContactType, ContactTypeId, Handling, Instead, Outcome, ProfileId, Retrial, ServiceId, TIERS, Turn,
    WarmTransfer, WebFirst,
};
use crate::scenario::{self as document, Ordered, Scenario, join};
use crate::time::SimDuration;

/// Most attempts of a need: what its number holds.
const MOST_ATTEMPTS: f64 = 255.0;
/// Most times that an attempt is passed on: more would be a merry-go-round.
const MOST_PASSES: f64 = 20.0;

/// The contact types, sorted by name. `within[type]` is what counts as answered in time.
pub(super) fn contact_types(
    scenario: &Scenario,
    within: &[SimDuration],
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<ContactType> {
    let types = scenario.contact_types.iter().zip(within);
    let types =
        types.map(|((name, of), &within)| contact_type(name, of, within, (names, timeline), findings));
    let mut types: Vec<ContactType> = types.collect();
    let shares: Vec<f64> = scenario.profiles.values().map(|profile| profile.share).collect();
    let shares = if shares.is_empty() { vec![1.0] } else { shares };
    for web in types.iter_mut().filter_map(|of| of.web.as_mut()) {
        let calling =
            |(row, share): (usize, &f64)| share * (1.0 - web.never_call(ProfileId::from_index(row)));
        web.calling = shares.iter().enumerate().map(calling).sum();
    }
    types
}

fn contact_type(
    name: &str,
    of: &document::ContactType,
    within: SimDuration,
    (names, timeline): (&Directory<'_>, &Timeline),
    findings: &mut Findings,
) -> ContactType {
    let at = |key: &str| path(&["contact_types", name, key]);
    let patience = of.patience.as_ref().map(|patience| distribution(patience, &at("patience"), findings));
    ContactType {
        name: name.into(),
        channel: of.channel,
        idle_out: idle_out(name, of, findings),
        answer_due: answer_due(name, of, timeline, findings),
        patience,
        keeps_patience: of.retrial_patience == document::RetrialPatience::Kept,
        handling: handling(name, of, findings),
        outcome: outcomes(name, &of.outcome, findings),
        case: cases::choice(name, of, &names.case_types, findings),
        passed_on_at_most: findings.number(
            &at("passed_on_at_most"),
            f64::from(of.passed_on_at_most),
            1.0..=MOST_PASSES,
        ) as u8,
        warm: of.warm_transfer.as_ref().map(|of| warm_transfer(of, &at("warm_transfer"), findings)),
        consultation: consultations::consultation(name, of, findings),
        balking: findings.number(&at("balking"), of.balking, 0.0..=1.0),
        web: of.web.as_ref().map(|of| Box::new(web(of, &at("web"), names, findings))),
        after_unresolved: repeat(of.after_unresolved.as_ref(), &at("after_unresolved"), names, findings),
        after_abandonment: retrial(of.after_abandonment.as_ref(), &at("after_abandonment"), names, findings),
        after_blocking: retrial(of.after_blocking.as_ref(), &at("after_blocking"), names, findings),
        within,
    }
}

fn web(of: &document::WebFirst, at: &str, names: &Directory<'_>, findings: &mut Findings) -> WebFirst {
    let mut by_profile = |key: &str, of: f64, by: &BTreeMap<String, f64>| {
        let everybody = findings.number(&format!("{at}.{key}"), of, 0.0..=1.0);
        let mut parts = vec![everybody; names.profiles.len()];
        for (profile, &part) in by {
            let at = join(&format!("{at}.{key}_by"), profile);
            let part = findings.number(&at, part, 0.0..=1.0);
            if let Some(row) = names.profiles.resolve(profile, &at, findings) {
                parts[row] = part;
            }
        }
        parts
    };
    let (share, solved) =
        (by_profile("share", of.share, &of.share_by), by_profile("solved", of.solved, &of.solved_by));
    let calls = findings.number(&format!("{at}.calls"), of.calls, 0.0..=1.0);
    let delay = of.delay.as_ref().map(|delay| distribution(delay, &format!("{at}.delay"), findings));
    WebFirst { share, solved, calls, delay: delay.unwrap_or_else(nothing), calling: 1.0 }
}

fn warm_transfer(of: &document::WarmTransfer, at: &str, findings: &mut Findings) -> WarmTransfer {
    let [limit, introduction] = [of.limit, of.introduction].map(|span| SimDuration::from_s(span.as_s()));
    let at = join(at, "otherwise");
    let otherwise = of.otherwise.as_ref().and_then(|name| outcome_named(name, &at, findings));
    if let Some(outcome) = otherwise.filter(|of| !matches!(of, Outcome::Case | Outcome::Unresolved)) {
        let message = match outcome {
            Outcome::Escalated => "the caller waits for tier 2 already".into(),
            _ => format!(
                "a transfer that nobody takes over cannot end with {:?}",
                of.otherwise.as_deref().unwrap_or_default()
            ),
        };
        let help = "write \"case\" or \"unresolved\"; without `otherwise` the caller waits on alone";
        findings.add(Code::BAD_WARM_TRANSFER, at, message, help);
    }
    WarmTransfer { limit, introduction, otherwise }
}

/// Talk and wrap-up by tier; what tier 2 does not say is as at tier 1.
fn handling(name: &str, of: &document::ContactType, findings: &mut Findings) -> [Handling; TIERS] {
    let at = |key: &str| path(&["contact_types", name, key]);
    let service_time = distribution(&of.service_time, &at("service_time"), findings);
    let wrap_up = of.wrap_up.as_ref().map(|d| distribution(d, &at("wrap_up"), findings));
    let tier1 = Handling { service_time, wrap_up };
    let own = of.tier2.clone().unwrap_or_default();
    let mut tier2 = tier1.clone();
    if let Some(d) = &own.service_time {
        tier2.service_time =
            distribution(d, &path(&["contact_types", name, "tier2", "service_time"]), findings);
    }
    if let Some(d) = &own.wrap_up {
        tier2.wrap_up = Some(distribution(d, &path(&["contact_types", name, "tier2", "wrap_up"]), findings));
    }
    [tier1, tier2]
}

/// What follows an attempt that failed.
pub(super) fn retrial(
    of: Option<&document::Retrial>,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Retrial> {
    let of = of?;
    let instead = instead((&of.instead, &of.visits), at, names, findings);
    again(at, ("retrial", of.retrial), (&of.delay, of.at_most), instead, findings)
}

fn repeat(
    of: Option<&document::Repeat>,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Retrial> {
    let of = of?;
    let instead = instead((&of.instead, &of.visits), at, names, findings);
    again(at, ("repeat", of.repeat), (&of.delay, of.at_most), instead, findings)
}

/// What parts of those who try again do instead.
fn instead(
    (contacts, visits): (&Ordered<f64>, &Ordered<f64>),
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Box<Instead>> {
    let (mut sum, mut cumulative, mut turns) = (0.0, Vec::new(), Vec::new());
    for (key, parts) in [("instead", contacts), ("visits", visits)] {
        for (name, &part) in parts.iter() {
            let at = join(&format!("{at}.{key}"), name);
            let part = findings.number(&at, part, 0.0..=1.0);
            let turn = match key {
                "instead" => {
                    let row = names.contact_types.resolve(name, &at, findings);
                    row.map(|row| Turn::Contact(ContactTypeId::from_index(row)))
                }
                _ => {
                    let row = names.services.resolve(name, &at, findings);
                    row.map(|row| Turn::Visit(ServiceId::from_index(row)))
                }
            };
            sum += part;
            cumulative.push(sum);
            turns.extend(turn);
        }
    }
    if sum > 1.0 + SHARES_WITHIN {
        let message = format!("the parts that come otherwise sum to {}, more than 1", written(sum));
        findings.add(Code::SHARES, format!("{at}.instead"), message, "lower some");
    }
    (!turns.is_empty()).then(|| Box::new(Instead { cumulative, turns }))
}

/// Another attempt with a probability that stands under `key`; `None` too where nobody ever tries again.
fn again(
    at: &str,
    (key, probability): (&str, f64),
    (delay, at_most): (&document::Distribution, u32),
    instead: Option<Box<Instead>>,
    findings: &mut Findings,
) -> Option<Retrial> {
    let probability = findings.number(&format!("{at}.{key}"), probability, 0.0..=1.0);
    let delay = distribution(delay, &format!("{at}.delay"), findings);
    let at_most = findings.number(&format!("{at}.at_most"), at_most.into(), 1.0..=MOST_ATTEMPTS) as u32;
    (probability > 0.0 && at_most > 1).then_some(Retrial { probability, delay, at_most, instead })
}
