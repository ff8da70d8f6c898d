//! How the parts of a scenario are evaluated over the run's time.

use super::groups::{GroupPlan, ShrinkagePlan};
use super::queues::{QueuePlan, StepPlan};
use super::rules::RulePlan;
use super::us;
use crate::audit::counters::CounterPlan;
use crate::audit::duties::Duties;
use crate::audit::heads::HeadsOverTime;
use crate::audit::offices::OfficePlan;
use crate::audit::report::{Check, Finding};
use crate::audit::switch::Switch;
use crate::calendar::{Calendar, Hours};
use crate::log::LogTime;
use crate::scenario::{AgentGroup, AtClose, Counter, Offer, Office, Queue, RoutingRule, Scenario};

/// Evaluates the parts of a scenario over the run's time.
pub(super) struct Reader<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) calendar: &'a Calendar,
    pub(super) zero: LogTime,
    pub(super) begins: LogTime,
    pub(super) horizon: LogTime,
    pub(super) check: Check,
}

impl<'a> Reader<'a> {
    pub(super) fn queue(&mut self, name: &str, queue: &'a Queue) -> QueuePlan<'a> {
        let hours = queue.hours.as_ref().and_then(|text| self.switch(&format!("queue {name}"), text));
        let mut steps: Vec<_> = queue
            .steps
            .iter()
            .map(|(step, of)| StepPlan {
                name: step,
                offer: of.offer.as_deref(),
                after_us: us(of.after),
                groups: of.groups.iter().chain(&of.add).map(String::as_str).collect(),
                waiting_over: of.if_waiting_over.map(i64::from),
                expected_over_us: of.if_expected_wait_over.map(us),
                hours: of
                    .hours
                    .as_ref()
                    .and_then(|text| self.switch(&format!("queue {name}, step {step}"), text)),
                idle_over: &of.if_idle_over,
                reserve: &of.reserve,
            })
            .collect();
        steps.sort_by_key(|step| (step.after_us, queue.steps[step.name].groups.is_empty(), step.name));
        QueuePlan {
            hours,
            sends_away: queue.at_close == AtClose::SendAway,
            select: queue.select,
            expected_wait: queue.expected_wait,
            steps,
        }
    }

    pub(super) fn group(&mut self, group: &'a AgentGroup) -> GroupPlan<'a> {
        GroupPlan {
            tier: group.tier.into(),
            vendor: group.vendor.as_deref(),
            answer_delay_us: us(group.answer_delay),
            serves: &group.serves,
            take: group.take,
            take_first: group.take_first,
            weights: &group.weights,
            of: group,
            heads: HeadsOverTime::new(&group.staffing, self.calendar, self.begins, self.horizon),
            shrinkage: ShrinkagePlan::new(&group.shrinkage),
            empty_days: self.empty_days(group),
            adherence: group.adherence.as_ref(),
            duties: Duties::new(&group.staffing, self.scenario, self.calendar, (self.begins, self.horizon)),
        }
    }

    fn empty_days(&self, group: &AgentGroup) -> i64 {
        let vendor = group.vendor.as_ref().and_then(|name| self.scenario.vendors.get(name));
        let tenure = group.tenure.as_ref().or_else(|| vendor?.tenure.as_ref());
        let attrition = tenure.and_then(|tenure| tenure.attrition.as_ref()).filter(|of| of.per_year > 0.0);
        attrition.map_or(0, |of| (of.replaced_after.as_s() / 86_400.0).ceil() as i64)
    }

    pub(super) fn office(&mut self, name: &str, office: &'a Office) -> OfficePlan<'a> {
        let hours = office.hours.as_ref().and_then(|text| self.hours(&format!("office {name}"), text));
        let span = (self.begins, self.horizon);
        OfficePlan::new(office, hours.unwrap_or_else(Hours::always), (self.scenario, self.calendar), span)
    }

    pub(super) fn counter(&mut self, name: &str, counter: &'a Counter) -> CounterPlan<'a> {
        let hours = counter.hours.as_ref().and_then(|text| self.hours(&format!("counter {name}"), text));
        let span = (self.begins, self.horizon);
        CounterPlan::new(counter, hours.unwrap_or_else(Hours::always), self.scenario, self.calendar, span)
    }

    /// When the slots of an offer's callbacks are.
    pub(super) fn slots(&mut self, name: &str, offer: &Offer) -> Option<Switch> {
        let slots = offer.callback.as_ref()?.slots.as_ref()?;
        let hours = self.hours(&format!("offer {name}"), &slots.hours)?;
        Some(Switch::of_hours(&hours, self.calendar, self.begins, self.horizon))
    }

    pub(super) fn rule(&mut self, name: &'a str, rule: &'a RoutingRule) -> RulePlan<'a> {
        let hours = rule.when.hours.as_ref().and_then(|text| self.switch(&format!("rule {name}"), text));
        let holiday = rule.when.holiday.map(|_| Switch::of_holidays(self.calendar, self.zero, self.horizon));
        RulePlan { name, rule, hours, holiday }
    }

    pub(super) fn switch(&mut self, whose: &str, text: &str) -> Option<Switch> {
        let hours = self.hours(whose, text)?;
        Some(Switch::of_hours(&hours, self.calendar, self.zero, self.horizon))
    }

    fn hours(&mut self, whose: &str, text: &str) -> Option<Hours> {
        let hours = Hours::parse(text);
        let found = hours.as_ref().err().map(ToString::to_string);
        self.check.expect(found.is_none(), || Finding {
            replication: 0,
            who: whose.into(),
            at: self.zero,
            expected: "opening hours".into(),
            found: found.unwrap_or_default(),
        });
        hours.ok()
    }
}
