//! What rules ask of a contact's past, of its mark and of how many came before it.

use super::findings::{Findings, path};
use crate::diagnostic::Code;
use crate::model::{Asks, Band, Model};
use crate::scenario::{BandSpan, Mark, Scenario, When, join};
use crate::time::SimDuration;

const S_PER_DAY: f64 = 86_400.0;
/// The longest time to look back: ten years.
const MOST_DAYS: f64 = 3653.0;
/// Most attempts of a need.
const MOST_ATTEMPTS: f64 = 255.0;

/// What the rule `name` asks; `None`: nothing.
pub(super) fn asks(name: &str, when: &When, findings: &mut Findings) -> Option<Box<Asks>> {
    let at = path(&["routing", name, "when"]);
    let days = when
        .repeat_within_days
        .map(|days| findings.number(&join(&at, "repeat_within_days"), days, 0.0..=MOST_DAYS));
    let over = when
        .attempt_over
        .map(|over| findings.number(&join(&at, "attempt_over"), f64::from(over), 0.0..=MOST_ATTEMPTS) as u32);
    let asks = Asks {
        answered_within: days.map(|days| SimDuration::from_s(days * S_PER_DAY)),
        contacts_over: over,
        open_case: when.has_open_case,
        marks: when.mark.map(|mark| marks(mark, &join(&at, "mark"), findings)),
        band: when.at_most.map(|of| Band { contacts: of.contacts, daily: of.per == BandSpan::Day }),
    };
    if asks.needs_past() && when.recognised == Some(false) {
        let message = format!("\"{name}\" asks for the past of callers who are not recognised");
        let help =
            "a past is known of recognised callers: write `recognised = true`, or take the condition out";
        findings.add(Code::PAST_OF_STRANGERS, at, message, help);
    }
    (!asks.is_nothing()).then(|| Box::new(asks))
}

fn marks(mark: Mark, at: &str, findings: &mut Findings) -> (f64, f64) {
    let from = findings.number(&join(at, "from"), mark.from, 0.0..=1.0);
    let below = findings.number(&join(at, "below"), mark.below, 0.0..=1.0);
    if from >= below {
        let message = format!("no mark is at least {from} and below {below}");
        findings.add(Code::NO_MARKS, at, message, "let `below` be larger than `from`");
    }
    (from, below)
}

/// Whether a rule is about recognised callers: a past is known of no others.
pub(super) fn recognised(when: &When, asks: Option<&Asks>) -> Option<bool> {
    let needs_past = asks.is_some_and(Asks::needs_past);
    when.recognised.or(needs_past.then_some(true))
}

/// Rules that wait for a past which nobody has.
pub(super) fn check_pasts(scenario: &Scenario, model: &Model, findings: &mut Findings) {
    let news = model.case_types.iter().any(|of| of.status.is_some());
    let types = &model.contact_types;
    let repeats = news || types.iter().any(|of| of.after_unresolved.is_some());
    let again =
        repeats || types.iter().any(|of| of.after_abandonment.is_some() || of.after_blocking.is_some());
    let known = model.profiles.iter().any(|of| of.recognised > 0.0);
    let listed = model.processes.iter().any(|process| process.listed().is_some());
    for (name, of) in &scenario.routing {
        let mut unless = |there: bool, key: &str, why: &str| {
            if !there {
                let message = format!("\"{name}\" asks for a past that nobody has: {why}");
                findings.add(Code::NO_PAST, path(&["routing", name, key]), message, "take it out");
            }
        };
        let when = &of.when;
        let past = when.repeat_within_days.is_some() || when.attempt_over.is_some();
        let asks = past || when.has_open_case == Some(true) || of.prefer_last_agent.is_some();
        unless(!asks || known || listed, "when", "no profile has recognised callers");
        unless(when.has_open_case != Some(true) || news, "when", "no case makes its citizen call for news");
        unless(when.repeat_within_days.is_none() || repeats, "when", "nobody calls again after a talk");
        unless(when.attempt_over.is_none() || again, "when", "nobody calls again");
        unless(
            of.prefer_last_agent.is_none() || repeats,
            "prefer_last_agent",
            "nobody calls again after a talk",
        );
    }
}
