//! Contact types: what is wanted, how long it takes, what a caller puts up with.

use super::cases;
use super::channels::answer_due;
use super::chats::idle_out;
use super::consultations;
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::Directory;
use super::outcomes::{outcome_named, outcomes};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{ContactType, Handling, Outcome, Retrial, TIERS, WarmTransfer};
use crate::scenario::{self as document, Scenario, join};
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
    types.map(|((name, of), &within)| contact_type(name, of, within, (names, timeline), findings)).collect()
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
        after_unresolved: repeat(of.after_unresolved.as_ref(), &at("after_unresolved"), findings),
        after_abandonment: retrial(of.after_abandonment.as_ref(), &at("after_abandonment"), findings),
        after_blocking: retrial(of.after_blocking.as_ref(), &at("after_blocking"), findings),
        within,
    }
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
pub(super) fn retrial(of: Option<&document::Retrial>, at: &str, findings: &mut Findings) -> Option<Retrial> {
    let of = of?;
    again(at, ("retrial", of.retrial), &of.delay, of.at_most, findings)
}

fn repeat(of: Option<&document::Repeat>, at: &str, findings: &mut Findings) -> Option<Retrial> {
    let of = of?;
    again(at, ("repeat", of.repeat), &of.delay, of.at_most, findings)
}

/// Another attempt with a probability that stands under `key`; `None` too where nobody ever tries again.
fn again(
    at: &str,
    (key, probability): (&str, f64),
    delay: &document::Distribution,
    at_most: u32,
    findings: &mut Findings,
) -> Option<Retrial> {
    let probability = findings.number(&format!("{at}.{key}"), probability, 0.0..=1.0);
    let delay = distribution(delay, &format!("{at}.delay"), findings);
    let at_most = findings.number(&format!("{at}.at_most"), at_most.into(), 1.0..=MOST_ATTEMPTS) as u32;
    (probability > 0.0 && at_most > 1).then_some(Retrial { probability, delay, at_most })
}
