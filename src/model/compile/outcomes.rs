//! How talks end: the outcome tables of a contact type, by tier.

use std::collections::BTreeMap;

use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Outcome, Outcomes, TIERS};
use crate::scenario::{self as document, Share, join};

const TIER_KEYS: [&str; TIERS] = ["tier1", "tier2"];
const OUTCOMES: [(&str, Outcome); 4] = [
    ("resolved", Outcome::Resolved),
    ("escalate", Outcome::Escalated),
    ("unresolved", Outcome::Unresolved),
    ("case", Outcome::Case),
];
/// The key whose value names the outcome that takes what the others leave.
pub(super) const REST: &str = "rest";

/// The outcomes of contact type `name` at each tier; a tier of which nothing is said resolves everything.
pub(super) fn outcomes(
    name: &str,
    of: &BTreeMap<String, document::Outcomes>,
    findings: &mut Findings,
) -> [Outcomes; TIERS] {
    for tier in of.keys().filter(|tier| !TIER_KEYS.contains(&tier.as_str())) {
        let at = path(&["contact_types", name, "outcome", tier]);
        let finding = Diagnostic::new(Code::UNKNOWN_NAME, at, format!("no tier is named \"{tier}\""));
        findings.push(finding.with_candidates(tier, "tiers", TIER_KEYS));
    }
    TIER_KEYS.map(|tier| match of.get(tier) {
        Some(shares) => table(shares, &path(&["contact_types", name, "outcome", tier]), tier, findings),
        None => Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Resolved] },
    })
}

/// A table in declared order, the outcome that takes the rest last.
fn table(shares: &document::Outcomes, at: &str, tier: &str, findings: &mut Findings) -> Outcomes {
    let mut options = parts(shares, at, findings);
    let sum: f64 = options.iter().map(|(share, _)| share).sum();
    check_sum(sum, shares.get(REST).is_some(), at, findings);
    if let Some(rest) = rest(shares, at, findings) {
        options.push(((1.0 - sum).max(0.0), rest));
    }
    let escalates = options.iter().any(|&(share, outcome)| outcome == Outcome::Escalated && share > 0.0);
    if tier == TIER_KEYS[TIERS - 1] && escalates {
        let message = format!("{tier} escalates, and there is no tier above it");
        findings.add(
            Code::NO_TIER_ABOVE,
            at,
            message,
            "let tier 2 end with `resolved` or `unresolved`, and escalate from tier 1",
        );
    }
    cumulated(&options)
}

fn cumulated(options: &[(f64, Outcome)]) -> Outcomes {
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = options
        .iter()
        .map(|(share, _)| {
            sum += share;
            sum
        })
        .collect();
    if let Some(last) = cumulative.last_mut() {
        *last = 1.0;
    }
    Outcomes { cumulative, outcome: options.iter().map(|&(_, outcome)| outcome).collect() }
}

/// The outcomes that have a probability.
fn parts(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Vec<(f64, Outcome)> {
    let mut options = Vec::new();
    for (name, share) in shares.iter().filter(|(name, _)| *name != REST) {
        let at = join(at, name);
        let outcome = outcome_named(name, &at, findings);
        match share {
            Share::Part(share) => {
                options.push((findings.number(&at, *share, 0.0..=1.0), outcome.unwrap_or(Outcome::Resolved)));
            }
            Share::Rest(text) => {
                let message = format!("\"{text}\" is no probability");
                findings.add(
                    Code::WRONG_TYPE,
                    at,
                    message,
                    format!("write a number, or `rest = \"{name}\"`"),
                );
            }
        }
    }
    options
}

/// The outcome that takes what the others leave.
fn rest(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Option<Outcome> {
    let at = format!("{at}.{REST}");
    match shares.get(REST)? {
        Share::Rest(name) if matches!(shares.get(name), Some(Share::Part(_))) => {
            let message = format!("\"{name}\" has a probability and takes the rest too");
            findings.add(Code::BAD_VALUE, at, message, "take its probability out");
            None
        }
        Share::Rest(name) => outcome_named(name, &at, findings),
        Share::Part(number) => {
            let message = format!("`rest` names an outcome; {number} is none");
            findings.add(Code::WRONG_TYPE, at, message, "write `rest = \"resolved\"`");
            None
        }
    }
}

fn outcome_named(name: &str, at: &str, findings: &mut Findings) -> Option<Outcome> {
    let known = OUTCOMES.iter().find(|(known, _)| *known == name).map(|&(_, outcome)| outcome);
    if known.is_none() {
        let finding = Diagnostic::new(Code::UNKNOWN_OUTCOME, at, format!("no outcome is named \"{name}\""));
        findings.push(finding.with_candidates(name, "outcomes", OUTCOMES.map(|(name, _)| name)));
    }
    known
}

/// Probabilities sum to 1, or to less where an outcome takes the rest.
pub(super) fn check_sum(sum: f64, has_rest: bool, at: &str, findings: &mut Findings) {
    let fits = sum <= 1.0 + SHARES_WITHIN && (has_rest || sum >= 1.0 - SHARES_WITHIN);
    if !fits {
        let message = format!("the probabilities sum to {}", written(sum));
        let help = if sum > 1.0 {
            "let them sum to at most 1"
        } else {
            "name who takes what is left: `rest = \"resolved\"`"
        };
        findings.add(Code::SHARES, at, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(tier: &str, shares: &[(&str, Share)]) -> Result<[Outcomes; TIERS], Vec<String>> {
        let shares = shares.iter().map(|(name, share)| (name.to_string(), share.clone())).collect();
        let mut findings = Findings::default();
        let made = outcomes("taxes", &BTreeMap::from([(tier.to_string(), shares)]), &mut findings);
        let found: Vec<String> =
            findings.into_vec().iter().map(|f| format!("{} {}", f.code, f.path)).collect();
        if found.is_empty() { Ok(made) } else { Err(found) }
    }

    fn rest(name: &str) -> (&'static str, Share) {
        ("rest", Share::Rest(name.into()))
    }

    #[test]
    fn the_rest_comes_last_wherever_it_is_written() {
        let made = compiled("tier1", &[rest("resolved"), ("escalate", Share::Part(0.15))]).unwrap();
        assert_eq!(made[0].outcome, [Outcome::Escalated, Outcome::Resolved]);
        assert_eq!(made[0].cumulative, [0.15, 1.0]);
        assert_eq!(made[1].outcome, [Outcome::Resolved]);
    }

    #[test]
    fn each_mistake_has_its_code_and_place() {
        let at = "contact_types.taxes.outcome";
        let said = |tier, shares: &[(&str, Share)]| compiled(tier, shares).unwrap_err();
        let half = Share::Part(0.5);
        assert_eq!(said("tier1", &[("resolved", half.clone())]), [format!("E3008 {at}.tier1")]);
        assert_eq!(
            said("tier1", &[("resolved", Share::Part(1.5))]),
            [format!("E3005 {at}.tier1.resolved"), format!("E3008 {at}.tier1")]
        );
        assert_eq!(
            said("tier1", &[("lost", half.clone()), rest("resolved")]),
            [format!("E2109 {at}.tier1.lost")]
        );
        assert_eq!(said("tier1", &[("rest", Share::Part(1.0))]), [format!("E3001 {at}.tier1.rest")]);
        assert_eq!(
            said("tier1", &[("resolved", half.clone()), rest("resolved")]),
            [format!("E3007 {at}.tier1.rest")]
        );
        assert_eq!(said("tier2", &[("escalate", half), rest("resolved")]), [format!("E5010 {at}.tier2")]);
        assert_eq!(said("tier3", &[rest("resolved")]), [format!("E2003 {at}.tier3")]);
    }
}
