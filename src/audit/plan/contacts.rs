//! What the scenario says of the contact of a leg.

use super::Plan;
use super::groups::GroupPlan;
use super::queues::QueuePlan;
use crate::log::{LegFate, LegRow, LogTime};
use crate::scenario::{Channel, ContactType, Ivr, RoutingRule};

impl<'a> Plan<'a> {
    /// Whether a queue takes contacts.
    pub(in crate::audit) fn is_open(&self, queue: &str, at: LogTime) -> bool {
        let hours = self.queues.get(queue).and_then(|plan| plan.hours.as_ref());
        hours.is_none_or(|hours| hours.is_open(self.clock(at)))
    }

    /// The queue of a leg.
    pub(in crate::audit) fn queue_of(&self, leg: &LegRow) -> Option<&QueuePlan<'a>> {
        self.queues.get(leg.queue.as_deref()?)
    }

    /// The serving group of a leg.
    pub(in crate::audit) fn group_of(&self, leg: &LegRow) -> Option<&GroupPlan<'a>> {
        self.groups.get(leg.group.as_deref()?)
    }

    /// The rule of a leg.
    pub(in crate::audit) fn rule_of(&self, leg: &LegRow) -> Option<&'a RoutingRule> {
        self.scenario.routing.get(leg.rule.as_deref()?)
    }

    /// The contact type of a leg.
    pub(in crate::audit) fn type_of(&self, leg: &LegRow) -> Option<&'a ContactType> {
        self.scenario.contact_types.get(&*leg.contact_type)
    }

    /// Whether the contact of a leg is a call, which may hold a line and hear a menu.
    pub(in crate::audit) fn is_call(&self, leg: &LegRow) -> bool {
        self.type_of(leg).is_none_or(|of| of.channel == Channel::Voice)
    }

    /// Whether the contact of a leg is written: it stays until it is answered.
    pub(in crate::audit) fn is_written(&self, leg: &LegRow) -> bool {
        self.type_of(leg).is_some_and(|of| of.channel.is_written())
    }

    /// Whether contacts of a leg's queue call agents from work that may be interrupted: no rule may lead anything written there.
    pub(in crate::audit) fn calls(&self, leg: &LegRow) -> bool {
        leg.queue.as_deref().is_none_or(|queue| !self.written_queues.contains(queue))
    }

    /// Whether the contact of this first leg is looked up, or comes to a menu: not if its line was busy, nor on the first attempt
    /// of who is known one by one, and so has left the menu.
    pub(in crate::audit) fn greets(&self, first: &LegRow) -> bool {
        let any = self.scenario.recognition.is_some() || !self.scenario.ivr.is_empty();
        any && self.is_call(first)
            && first.fate != LegFate::RefusedTrunks
            && !(first.attempt == 0 && self.is_listed(first))
    }

    /// The menu that the caller of a leg hears: the type's or else the number's, unless it is spared.
    pub(in crate::audit) fn menu_of(&self, leg: &LegRow) -> Option<(&'a str, &'a Ivr)> {
        let spares = self.scenario.recognition.as_ref().is_some_and(|of| of.skips_menu);
        if spares && leg.recognised || !self.is_call(leg) {
            return None;
        }
        let number = leg.number.as_deref().and_then(|number| self.scenario.numbers.get(number));
        let of_type = self.type_of(leg).and_then(|of| of.ivr.as_deref());
        let name = of_type.or(number.and_then(|number| number.ivr.as_deref()))?;
        self.scenario.ivr.get_key_value(name).map(|(name, menu)| (name.as_str(), menu))
    }

    /// Whether a caller who is known one time may be unknown another time.
    pub(in crate::audit) fn lookups_may_fail(&self) -> bool {
        self.down.is_some() || self.scenario.recognition.as_ref().is_some_and(|of| of.failure > 0.0)
    }

    /// The number that answers whoever dials one.
    pub(in crate::audit) fn answers(&self, number: &'a str) -> &'a str {
        self.scenario.numbers.get(number).and_then(|of| of.merged_into.as_deref()).unwrap_or(number)
    }

    /// Whether a leg's number is closed to calls at an instant.
    pub(in crate::audit) fn is_number_closed(&self, leg: &LegRow, at: LogTime) -> bool {
        let hours = leg.number.as_deref().and_then(|number| self.number_hours.get(number));
        hours.is_some_and(|hours| !hours.is_open(self.clock(at))) && self.is_call(leg) && at >= self.begins
    }

    /// The trunk whose line a call of this leg's number holds.
    pub(in crate::audit) fn trunk_of(&self, leg: &LegRow) -> Option<&'a str> {
        let number = self.scenario.numbers.get(leg.number.as_deref()?)?;
        number.trunk.as_deref().filter(|_| self.is_call(leg))
    }
}
