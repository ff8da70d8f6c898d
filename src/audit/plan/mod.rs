//! The scenario as the audit reads it: the document with its times evaluated, names kept.

mod contacts;
mod groups;
mod outcomes;
mod queues;
mod reading;
mod rules;
mod start;

use std::collections::{BTreeMap, BTreeSet};

use self::reading::Reader;
use self::start::longest_wait_us;
use super::counters::CounterPlan;
use super::letters::written_queues;
use super::offices::OfficePlan;
use super::report::Check;
use super::switch::Switch;
use crate::calendar::{Calendar, Date, DayKind};
use crate::log::LogTime;
use crate::scenario::{BandSpan, Scenario, Span};
use crate::time::SimDuration;

pub use groups::GroupPlan;
pub use outcomes::Stay;
pub use queues::{QueuePlan, StepPlan};
pub use rules::{Bound, RulePlan};

/// What should happen.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub(super) scenario: &'a Scenario,
    /// Time zero: the start less the run-in or the longest wait of those who wait then, or a little before.
    pub(super) zero: LogTime,
    /// From when on people work and needs come: time zero, or the start where contacts wait already.
    pub(super) begins: LogTime,
    /// What begins from here on is counted.
    pub(super) start: LogTime,
    /// From here on nothing new begins.
    pub(super) horizon: LogTime,
    /// The local days that the run touches from `begins` on, the first of them whole.
    pub(super) days: Vec<LocalDay>,
    pub(super) queues: BTreeMap<&'a str, QueuePlan<'a>>,
    pub(super) groups: BTreeMap<&'a str, GroupPlan<'a>>,
    pub(super) offices: BTreeMap<&'a str, OfficePlan<'a>>,
    pub(super) counters: BTreeMap<&'a str, CounterPlan<'a>>,
    pub(super) calendar: &'a Calendar,
    /// By offer: when the slots of its callbacks are, if it has any.
    pub(super) offers: BTreeMap<&'a str, Option<Switch>>,
    /// By campaign: when it dials, if not always.
    pub(super) campaigns: BTreeMap<&'a str, Option<Switch>>,
    /// In the order in which they are tried.
    pub(super) rules: Vec<RulePlan<'a>>,
    /// The queues to which something written may come.
    written_queues: BTreeSet<&'a str>,
    /// When all lookups fail.
    pub(super) down: Option<Switch>,
    /// When numbers with hours are answered.
    number_hours: BTreeMap<&'a str, Switch>,
}

/// A local day.
#[derive(Clone, Copy, Debug)]
pub struct LocalDay {
    pub date: Date,
    pub kind: DayKind,
    pub from: LogTime,
    pub until: LogTime,
}

impl LocalDay {
    /// The days that hold `[from, until)`.
    fn all(calendar: &Calendar, from: LogTime, until: LogTime) -> Vec<LocalDay> {
        let at = |date| LogTime(calendar.midnight(date) * US_PER_S);
        let day = |date: Date| LocalDay {
            date,
            kind: calendar.day_kind(date),
            from: at(date),
            until: at(date.next()),
        };
        let first = calendar.local(from.0.div_euclid(US_PER_S)).date;
        std::iter::successors(Some(first), |date| Some(date.next()))
            .map(day)
            .take_while(|day| day.from < until)
            .collect()
    }
}

/// A document's duration in whole microseconds.
pub(super) fn us(span: Span) -> i64 {
    SimDuration::from_s(span.as_s()).as_us() as i64
}

const US_PER_S: i64 = 1_000_000;
/// An absolute quarter-hour.
pub(super) const CELL_US: i64 = 900 * US_PER_S;

impl<'a> Plan<'a> {
    /// Reads a scenario. What cannot be read is a finding and counts as absent.
    pub fn new(scenario: &'a Scenario, calendar: &'a Calendar) -> (Plan<'a>, Check) {
        let header = &scenario.scenario;
        let start = LogTime(calendar.midnight(header.start) * US_PER_S);
        let end = header.start.plus_days(i64::from(header.days));
        // A run begins with a quarter-hour, as needs are numbered by quarter-hours.
        let waited_us = longest_wait_us(scenario);
        let before_us = us(header.before_start()).max(waited_us.unwrap_or(0));
        let zero = LogTime((start.0 - before_us).div_euclid(CELL_US) * CELL_US);
        let begins = if waited_us.is_some() { start } else { zero };
        let horizon = LogTime(calendar.midnight(end) * US_PER_S);
        let mut reader = Reader {
            scenario,
            calendar,
            zero,
            begins,
            horizon,
            check: Check::new("the scenario can be read"),
        };
        let queues =
            scenario.queues.iter().map(|(name, queue)| (name.as_str(), reader.queue(name, queue))).collect();
        let groups =
            scenario.agent_groups.iter().map(|(name, group)| (name.as_str(), reader.group(group))).collect();
        let offices = scenario.offices.iter();
        let offices = offices.map(|(name, office)| (name.as_str(), reader.office(name, office))).collect();
        let counters = scenario.counters.iter();
        let counters = counters.map(|(name, of)| (name.as_str(), reader.counter(name, of))).collect();
        let offers = scenario.offers.iter();
        let offers = offers.map(|(name, offer)| (name.as_str(), reader.slots(name, offer))).collect();
        let campaigns = scenario.campaigns.iter().map(|(name, of)| {
            (name.as_str(), of.hours.as_ref().and_then(|hours| reader.switch(name, hours)))
        });
        let campaigns = campaigns.collect();
        let mut rules: Vec<_> = scenario.routing.iter().map(|(name, rule)| reader.rule(name, rule)).collect();
        rules.sort_by_key(|plan| (plan.rule.order, plan.name));
        let days = LocalDay::all(calendar, begins, horizon);
        let down = scenario.recognition.as_ref().and_then(|of| of.down.as_ref());
        let down = down.and_then(|text| reader.switch("recognition", text));
        let number_hours = scenario.numbers.iter().filter_map(|(name, number)| {
            let hours = reader.switch(&format!("number {name}"), number.hours.as_ref()?)?;
            Some((name.as_str(), hours))
        });
        let number_hours = number_hours.collect();
        let plan = Plan {
            scenario,
            zero,
            begins,
            start,
            horizon,
            days,
            queues,
            groups,
            offices,
            counters,
            calendar,
            offers,
            campaigns,
            written_queues: written_queues(scenario, &rules),
            rules,
            down,
            number_hours,
        };
        (plan, reader.check)
    }

    /// The instant whose hours and staffing hold at `at`: from the horizon on nothing changes any more.
    pub(super) fn clock(&self, at: LogTime) -> LogTime {
        at.min(LogTime(self.horizon.0 - 1))
    }

    /// The number of the local day or of the period that holds an instant; a run-in's periods are one.
    pub(super) fn span(&self, per: BandSpan, at: LogTime) -> i64 {
        let at = self.clock(at);
        match per {
            BandSpan::Day => self.days.partition_point(|day| day.from <= at) as i64,
            BandSpan::Period => at.us_since(self.start).div_euclid(us(self.scenario.scenario.period)).max(-1),
        }
    }
}
