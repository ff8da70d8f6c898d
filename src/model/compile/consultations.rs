//! Consultations: an agent asks another one and then finishes. What a contact type says of them, and whether it needs it.

use super::distributions::distribution;
use super::findings::{Findings, path};
use super::outcomes::{after_consultation, outcome_named};
use crate::diagnostic::Code;
use crate::model::{Consultation, ContactType, Outcome, OutcomeTables, Outcomes};
use crate::scenario::{self as document, Scenario, join};
use crate::time::SimDuration;

/// What contact type `name` says of its consultations.
pub(super) fn consultation(
    name: &str,
    of: &document::ContactType,
    findings: &mut Findings,
) -> Option<Box<Consultation>> {
    let of = of.consultation.as_ref()?;
    let at = |key: &str| path(&["contact_types", name, "consultation", key]);
    let mut drawn = |key: &str, of: &document::Distribution| distribution(of, &at(key), findings);
    let time = drawn("service_time", &of.service_time);
    let conclusion = of.conclusion.as_ref().map(|of| drawn("conclusion", of));
    let wrap_up = of.wrap_up.as_ref().map(|of| drawn("wrap_up", of));
    let resolved = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Resolved] };
    let table = of.outcome.as_ref().map(|of| after_consultation(of, &at("outcome"), findings));
    let otherwise = outcome_named(&of.otherwise, &at("otherwise"), findings).unwrap_or(Outcome::Resolved);
    let consultation = Consultation {
        time,
        conclusion,
        wrap_up,
        limit: SimDuration::from_s(of.limit.as_s()),
        otherwise,
        outcome: table.unwrap_or(resolved),
    };
    check_ends(&consultation, &path(&["contact_types", name, "consultation"]), findings);
    Some(Box::new(consultation))
}

/// The first agent, who is of tier 1, asks once and sends nobody back.
fn check_ends(of: &Consultation, at: &str, findings: &mut Findings) {
    for (key, ends) in [("outcome", &of.outcome.outcome[..]), ("otherwise", &[of.otherwise][..])] {
        for (outcome, word, why) in [
            (Outcome::Consulted, "consult", "the agent asks once"),
            (Outcome::SentBack, "send_back", "there is no tier below that of the agent who asks"),
        ] {
            if ends.contains(&outcome) {
                let message = format!("a consultation ends with `{word}`, and {why}");
                let help = "let it end with `resolved`, `unresolved`, `escalate`, `wrong_department`, `case` or `booking`";
                findings.add(Code::BAD_CONSULTATION, join(at, key), message, help);
            }
        }
    }
}

/// Contact types say how agents consult exactly where talks about them may end so, by whichever table.
pub(super) fn check_said(
    scenario: &Scenario,
    contact_types: &[ContactType],
    tables: Option<&OutcomeTables>,
    findings: &mut Findings,
) {
    for (row, (of, written)) in contact_types.iter().zip(scenario.contact_types.values()).enumerate() {
        let of_type = tables.into_iter().flat_map(|tables| tables.of_type(row));
        let mut all = of.outcome.iter().chain(of_type);
        let may_consult = all.any(|table| table.outcome.contains(&Outcome::Consulted));
        let at = path(&["contact_types", &of.name, "consultation"]);
        if may_consult && written.consultation.is_none() {
            let message = "its talks may end with `consult`, and nothing says how";
            let help =
                "add `consultation = { service_time = ..., limit = \"2m\", otherwise = \"escalate\" }`";
            findings.add(Code::NO_CONSULTATION, at, message, help);
        } else if !may_consult && written.consultation.is_some() {
            let message = "it says how agents consult, and no talk of it ends with `consult`";
            let help = "give `consult` a share in its outcomes, or take this out";
            findings.add(Code::UNUSED, at, message, help);
        }
    }
}

/// Limits of agent groups that never hold.
pub(super) fn check_limits(scenario: &Scenario, findings: &mut Findings) {
    let warm = scenario.contact_types.values().any(|of| of.warm_transfer.is_some());
    let asks = scenario.contact_types.values().any(|of| of.consultation.is_some());
    for (name, of) in &scenario.agent_groups {
        for (key, said, holds, what) in [
            ("warm_transfer_limit", of.warm_transfer_limit.is_some(), warm, "warm transfers"),
            ("consultation_limit", of.consultation_limit.is_some(), asks, "consultations"),
        ] {
            if said && (!holds || of.tier > 1) {
                let why = if holds { "only agents of tier 1 have them" } else { "no contact type has any" };
                let message = format!("a limit of {what}, and {why}");
                findings.add(Code::UNUSED, path(&["agent_groups", name, key]), message, "take it out");
            }
        }
    }
}
