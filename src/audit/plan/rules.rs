//! Routing rules as the audit reads them, and what they know of a contact.

use crate::audit::switch::Switch;
use crate::log::{LegRow, LogTime};
use crate::scenario::{RoutingRule, When};

/// A routing rule.
#[derive(Clone, Debug)]
pub struct RulePlan<'a> {
    pub name: &'a str,
    pub rule: &'a RoutingRule,
    pub(super) hours: Option<Switch>,
    pub(super) holiday: Option<Switch>,
}

/// What routing knows of a contact.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'l> {
    pub leg: &'l LegRow,
    /// What it is taken to want.
    pub contact_type: &'l str,
    /// The tier that it is bound for.
    pub tier: u32,
    /// Whether the talk before ended as wrong department or sent back.
    pub redirected: bool,
    pub at: LogTime,
}

impl RulePlan<'_> {
    /// Whether a contact's class and the hour are as the rule says; `bound.at` lies within the run.
    pub(in crate::audit) fn holds(&self, bound: Bound<'_>) -> bool {
        let (leg, when) = (bound.leg, &self.rule.when);
        let is_one = |names: &Option<crate::scenario::OneOrMany>, name: &str| {
            names.as_ref().is_none_or(|names| names.names().iter().any(|known| known == name))
        };
        bound.tier == u32::from(when.tier.unwrap_or(1))
            && when.redirected.is_none_or(|redirected| redirected == bound.redirected)
            && is_one(&when.contact_type, bound.contact_type)
            && is_one(&when.profile, leg.profile.as_deref().unwrap_or(""))
            && is_one(&when.number, leg.number.as_deref().unwrap_or(""))
            && when.channel.is_none_or(|channel| channel.name() == &*leg.channel)
            && when.recognised.is_none_or(|recognised| recognised == leg.recognised)
            && self.hours.as_ref().is_none_or(|hours| hours.is_open(bound.at))
            && self.is_its_kind_of_day(when, bound.at)
    }

    fn is_its_kind_of_day(&self, when: &When, at: LogTime) -> bool {
        let is_holiday = self.holiday.as_ref().is_some_and(|days| days.is_open(at));
        when.holiday.is_none_or(|holiday| holiday == is_holiday)
    }
}
