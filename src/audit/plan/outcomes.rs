//! How contacts may end, and what their citizens do then.

use super::{Plan, us};
use crate::log::{LegFate, LegRow, LogTime, OutcomeName};
use crate::scenario::{LoggedRetrials, Offer, Ordered, Outcomes, Retrial, Share};

/// A warm transfer.
#[derive(Clone, Copy, Debug)]
pub struct Stay<'a> {
    pub limit_us: i64,
    pub introduction_us: i64,
    /// How the contact ends at the limit; `None`: it waits on alone.
    pub otherwise: Option<&'a str>,
}

impl Stay<'_> {
    /// Whether the leg after it found an agent while the first stayed.
    pub fn is_taken_over(&self, next: &LegRow) -> bool {
        next.assigned.is_some_and(|assigned| assigned.us_since(next.entered) <= self.limit_us)
    }

    /// Until when the first agent stays, by the leg after it.
    pub fn until(&self, next: &LegRow) -> LogTime {
        match self.is_taken_over(next) {
            true => LogTime(next.left.0 + self.introduction_us),
            false => next.left.min(LogTime(next.entered.0 + self.limit_us)),
        }
    }
}

/// Another attempt: with which probability, and how many there are in all.
#[derive(Clone, Copy, Debug)]
pub struct Again<'s> {
    pub probability: f64,
    pub at_most: u32,
    /// By contact type: the part that comes as one of it.
    pub instead: &'s Ordered<f64>,
    /// By service: the part that goes to a counter for it.
    pub visits: &'s Ordered<f64>,
}

impl<'a> Plan<'a> {
    /// What a citizen does after a contact whose last leg was this one and left the need unmet, for an offer if one was accepted.
    pub(in crate::audit) fn again_after<'s>(
        &'s self,
        leg: &LegRow,
        offer: Option<&'s Offer>,
    ) -> Option<Again<'s>> {
        let replay = self.scenario.arrivals.get(&*leg.need.process).and_then(|of| of.replay.as_ref());
        if replay.is_some_and(|replay| replay.retrials == LoggedRetrials::AsLogged) {
            return None;
        }
        let contact_type = self.type_of(leg)?;
        let retrial = |rule: &'s Retrial| Again {
            probability: rule.retrial,
            at_most: rule.at_most,
            instead: &rule.instead,
            visits: &rule.visits,
        };
        match leg.fate {
            LegFate::Moved => offer?.deferral.as_ref()?.after_failure.as_ref().map(retrial),
            _ if leg.is_callback() && leg.fate != LegFate::Answered => {
                offer?.callback.as_ref()?.after_failure.as_ref().map(retrial)
            }
            LegFate::Answered | LegFate::SentAway
                if leg.transferred_to.is_none()
                    && (leg.outcome.is_some() || leg.fate == LegFate::Answered) =>
            {
                let rule = contact_type.after_unresolved.as_ref()?;
                Some(Again {
                    probability: rule.repeat,
                    at_most: rule.at_most,
                    instead: &rule.instead,
                    visits: &rule.visits,
                })
            }
            LegFate::Abandoned | LegFate::LeftMenu => contact_type.after_abandonment.as_ref().map(retrial),
            _ => contact_type.after_blocking.as_ref().map(retrial),
        }
    }

    /// Whether the talk of a leg may end so: by the table of its group for its profile, of its group, of its profile, or of its
    /// type, the first that there is. A contact that was passed on as often as may be, `passes` times, is left unresolved instead.
    pub(in crate::audit) fn may_end(&self, leg: &LegRow, passes: u32, outcome: &str) -> bool {
        let may = |outcome: &str| self.outcomes_of(leg).map_or(outcome == "resolved", |of| has(of, outcome));
        let desk = self.group_of(leg).is_some_and(|group| group.of.concurrency.is_some());
        if desk && outcome == "unresolved" && self.type_of(leg).is_some_and(|of| of.idle_out.is_some()) {
            return true;
        }
        self.passes_on(leg, passes, outcome, may)
    }

    /// The same of a leg whose agent asked another one.
    pub(in crate::audit) fn may_end_after_asking(
        &self,
        leg: &LegRow,
        asked: &LegRow,
        passes: u32,
        outcome: &str,
    ) -> bool {
        let Some(of) = self.type_of(leg).and_then(|of| of.consultation.as_ref()) else { return false };
        let may = |outcome: &str| match (asked.fate, &of.outcome) {
            (LegFate::Answered, None) => outcome == "resolved",
            (LegFate::Answered, Some(table)) => has(table, outcome),
            _ => of.otherwise == outcome,
        };
        self.outcomes_of(leg).is_some_and(|of| has(of, "consult"))
            && self.passes_on(leg, passes, outcome, may)
    }

    /// Whether a contact may end so that was passed on so many times before.
    fn passes_on(&self, leg: &LegRow, passes: u32, outcome: &str, may: impl Fn(&str) -> bool) -> bool {
        let passing = ["escalate", "wrong_department", "send_back"];
        let at_most = self.type_of(leg).map_or(0, |of| of.passed_on_at_most);
        match passes >= at_most {
            true if outcome == "unresolved" => may(outcome) || passing.into_iter().any(may),
            true if passing.contains(&outcome) => false,
            _ => may(outcome),
        }
    }

    /// How long the agent of a leg stays with its caller for a second one, if the transfer is warm.
    pub(in crate::audit) fn stays(&self, leg: &LegRow) -> Option<Stay<'a>> {
        let of_type = self.type_of(leg)?;
        let warm = of_type.warm_transfer.as_ref();
        let warm = warm.filter(|_| leg.outcome == Some(OutcomeName::Escalated) && !leg.is_callback())?;
        let of_group = self.group_of(leg).and_then(|group| group.of.warm_transfer_limit);
        Some(Stay {
            limit_us: us(of_group.unwrap_or(warm.limit)),
            introduction_us: us(warm.introduction),
            otherwise: warm.otherwise.as_deref(),
        })
    }

    fn outcomes_of(&self, leg: &LegRow) -> Option<&'a Outcomes> {
        let (contact_type, tier) = (&*leg.contact_type, format!("tier{}", leg.tier?));
        let profile = leg.profile.as_deref().unwrap_or_default();
        let group = self.scenario.agent_groups.get(leg.group.as_deref()?)?;
        let of_both = group.outcome_by_profile.get(profile).and_then(|of| of.get(contact_type));
        let of_profile =
            || self.scenario.profiles.get(profile)?.outcome.get(contact_type).and_then(|of| of.get(&tier));
        let of_type = || self.scenario.contact_types.get(contact_type)?.outcome.get(&tier);
        of_both.or_else(|| group.outcome.get(contact_type)).or_else(of_profile).or_else(of_type)
    }
}

/// Whether a table gives an outcome any share.
fn has(table: &Outcomes, outcome: &str) -> bool {
    table.iter().any(|(name, share)| match share {
        Share::Part(share) => name == outcome && *share > 0.0,
        Share::Rest(name) => name == outcome,
    })
}
