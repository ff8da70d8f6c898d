//! How long talks take, and how they end.

use super::contacts::{Citizen, Contact};
use crate::model::{AgentId, GroupId, Handling, Model, Outcome, Outcomes};
use crate::random::{Purpose, choose};
use crate::time::SimDuration;

/// What citizen, agent and events make of the length of a talk.
#[inline(always)]
pub(super) fn talk_factor(model: &Model, contact: &Contact, agent: AgentId) -> f64 {
    let Citizen { need, profile, contact_type, recognised, .. } = contact.citizen;
    let mut times = model.profiles[profile.index()].service_times[usize::from(recognised)];
    if let Some(event_talk) = &model.event_talk {
        times *= event_talk.times(need.process(), model.cell_dates[need.cell() as usize].day);
    }
    if let Some(factors) = &model.service_factors {
        times *= factors.of(agent, contact_type);
    }
    times
}

/// Talk and hold of a contact with an agent of `tier`. The variate belongs to need and tier and survives retrials; what
/// multiplies it comes afterwards.
#[inline(always)]
pub(super) fn talk_time(model: &Model, contact: &Contact, tier: u8, times: f64) -> SimDuration {
    let purpose = if tier == 1 { Purpose::TalkTier1 } else { Purpose::TalkTier2 };
    let service_time = &handling(model, contact, tier).service_time;
    SimDuration::from_s(service_time.sample(contact.citizen.key.draw(purpose)) * times)
}

/// Work after a contact by an agent of `tier`.
#[inline(always)]
pub(super) fn wrap_up_time(model: &Model, contact: &Contact, tier: u8) -> SimDuration {
    let Some(wrap_up) = &handling(model, contact, tier).wrap_up else { return SimDuration::ZERO };
    SimDuration::from_s(wrap_up.sample(contact.stage().draw(Purpose::WrapUp)))
}

#[inline(always)]
pub(super) fn handling<'m>(model: &'m Model, contact: &Contact, tier: u8) -> &'m Handling {
    &model.contact_types[contact.citizen.contact_type.index()].handling[usize::from(tier - 1)]
}

/// How talks like this contact's with agents of a group of `tier` end.
#[inline(always)]
pub(super) fn outcomes<'m>(model: &'m Model, contact: &Contact, group: GroupId, tier: u8) -> &'m Outcomes {
    let Citizen { contact_type, profile, .. } = contact.citizen;
    match &model.outcomes {
        None => &model.contact_types[contact_type.index()].outcome[usize::from(tier - 1)],
        Some(tables) => tables.of(contact_type, profile, group),
    }
}

/// How a talk with an agent of a group of `tier` ends.
#[inline(always)]
pub(super) fn outcome(model: &Model, contact: &Contact, group: GroupId, tier: u8) -> Outcome {
    let outcomes = outcomes(model, contact, group, tier);
    match outcomes.outcome[..] {
        [Outcome::Resolved] => Outcome::Resolved,
        _ => drawn_outcome(outcomes, contact, model, tier),
    }
}

/// By the leg's uniform.
#[inline(never)]
pub(super) fn drawn_outcome(outcomes: &Outcomes, contact: &Contact, model: &Model, tier: u8) -> Outcome {
    let uniform = contact.stage().draw(Purpose::Outcome).uniform();
    admitted(outcomes.outcome[choose(&outcomes.cumulative, uniform)], contact, model, tier)
}

/// Whoever was passed on as often as may be is not passed on again, and who asks for news has a case already.
#[inline(always)]
pub(super) fn admitted(outcome: Outcome, contact: &Contact, model: &Model, tier: u8) -> Outcome {
    let row = &model.contact_types[contact.citizen.contact_type.index()];
    if contact.passes() >= row.passed_on_at_most && outcome.passes_on(tier).is_some() {
        return Outcome::Unresolved;
    }
    // Who asks for news has a case already.
    let asks = contact.citizen.cause.is_about_case();
    if asks && matches!(outcome, Outcome::Case | Outcome::Booking) { Outcome::Resolved } else { outcome }
}
