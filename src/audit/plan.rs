//! The scenario as the audit reads it: the document with its times evaluated, names kept.

use std::collections::{BTreeMap, BTreeSet};

use super::counters::CounterPlan;
use super::duties::Duties;
use super::heads::HeadsOverTime;
use super::letters::written_queues;
use super::offices::OfficePlan;
use super::report::{Check, Finding};
use super::switch::Switch;
use crate::calendar::{Calendar, Date, DayKind, Hours};
use crate::log::{LegFate, LegRow, LogTime, NeedName, OutcomeName, VisitRow};
use crate::scenario::{
    Adherence, AgentGroup, AtClose, BandSpan, BookedVisits, Channel, ContactType, Counter, ExpectedWait, Ivr,
    LoggedRetrials, Offer, Office, OpenCases, Ordered, Outcomes, Queue, Retrial, RoutingRule, Scenario,
    Select, Share, Shrinkage, ShrinkageDraws, Span, Take, TakeFirst, When,
};
use crate::time::SimDuration;

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

/// A queue.
#[derive(Clone, Debug)]
pub struct QueuePlan<'a> {
    /// When it takes contacts; `None`: always.
    pub hours: Option<Switch>,
    /// Whether those who wait at closing are sent away.
    pub sends_away: bool,
    /// Which idle agent of a group answers.
    pub select: Select,
    pub expected_wait: ExpectedWait,
    /// In the order of `after`.
    pub steps: Vec<StepPlan<'a>>,
}

/// A step of a queue.
#[derive(Clone, Debug)]
pub struct StepPlan<'a> {
    pub name: &'a str,
    /// What it offers to callers.
    pub offer: Option<&'a str>,
    /// Microseconds since entering the queue.
    pub after_us: i64,
    /// The groups that may serve from now on, while its conditions hold.
    pub groups: Vec<&'a str>,
    /// More contacts than this must wait.
    pub waiting_over: Option<i64>,
    /// The expected wait must be longer than this, in microseconds.
    pub expected_over_us: Option<i64>,
    pub hours: Option<Switch>,
    /// By other group: more than so many must be idle.
    pub idle_over: &'a BTreeMap<String, u32>,
    /// By group: more than so many must be idle.
    pub reserve: &'a BTreeMap<String, u32>,
}

/// An agent group.
#[derive(Clone, Debug)]
pub struct GroupPlan<'a> {
    pub tier: u32,
    pub vendor: Option<&'a str>,
    pub answer_delay_us: i64,
    pub serves: &'a [String],
    pub take: Take,
    pub take_first: TakeFirst,
    pub weights: &'a BTreeMap<String, f64>,
    pub of: &'a AgentGroup,
    pub heads: HeadsOverTime,
    /// Of a group that works by shifts, in place of the heads.
    pub duties: Option<Duties>,
    pub shrinkage: ShrinkagePlan,
    /// For how many days a place is empty that somebody has left for good.
    pub empty_days: i64,
    pub adherence: Option<&'a Adherence>,
}

/// How many of scheduled people may be there.
#[derive(Clone, Debug, Default)]
pub struct ShrinkagePlan {
    /// Shares that are rounded to whole people, by name.
    rounded: Vec<f64>,
    /// Whether people are absent by chance.
    by_chance: bool,
}

impl ShrinkagePlan {
    fn new(of: &BTreeMap<String, Shrinkage>) -> ShrinkagePlan {
        let is_rounded = |of: &&Shrinkage| of.planned || of.draw == Some(ShrinkageDraws::Expected);
        let rounded = of.values().filter(is_rounded).map(|of| of.share).collect();
        let by_chance = of.values().any(|of| !is_rounded(&of) && of.share > 0.0);
        ShrinkagePlan { rounded, by_chance }
    }

    /// The most who may be there.
    pub fn most(&self, scheduled: u32) -> u32 {
        self.rounded.iter().fold(scheduled, |left, share| left - (f64::from(left) * share).floor() as u32)
    }

    /// The fewest.
    pub fn least(&self, scheduled: u32) -> u32 {
        if self.by_chance {
            return 0;
        }
        self.rounded.iter().fold(scheduled, |left, share| left - (f64::from(left) * share).ceil() as u32)
    }
}

/// A routing rule.
#[derive(Clone, Debug)]
pub struct RulePlan<'a> {
    pub name: &'a str,
    pub rule: &'a RoutingRule,
    hours: Option<Switch>,
    holiday: Option<Switch>,
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

    /// What the logs call the process of those who wait at the start under a name.
    pub(super) fn process_of_waiting(name: &str) -> String {
        format!("start_state.waiting.{name}")
    }

    /// What the logs call the process of the needs whose cases are open at the start under a name.
    pub(super) fn process_of_cases(name: &str) -> String {
        format!("start_state.cases.{name}")
    }

    /// The open cases of the start among which a need is.
    pub(super) fn start_cases(&self, need: &NeedName) -> Option<(&'a str, &'a OpenCases)> {
        let cases = self.scenario.start_state.as_ref().map(|state| &state.cases)?;
        let (name, of) = cases.get_key_value(need.process.strip_prefix("start_state.cases.")?)?;
        Some((name, of))
    }

    /// What the logs call the process of the needs whose visits are booked at the start under a name.
    pub(super) fn process_of_bookings(name: &str) -> String {
        format!("start_state.bookings.{name}")
    }

    /// The bookings of the start, with their service, among which a need is.
    pub(super) fn start_bookings(&self, need: &NeedName) -> Option<(&'a str, &'a BookedVisits)> {
        let bookings = self.scenario.start_state.as_ref().map(|state| &state.bookings)?;
        let (name, of) = bookings.get_key_value(need.process.strip_prefix("start_state.bookings.")?)?;
        Some((of.service.as_deref().unwrap_or(name), of))
    }

    /// Whether a try is a booking of the start.
    pub(super) fn is_booked_before(&self, row: &VisitRow) -> bool {
        row.number == 0 && self.start_bookings(&row.need).is_some()
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

    /// Whether a queue takes contacts.
    pub(super) fn is_open(&self, queue: &str, at: LogTime) -> bool {
        let hours = self.queues.get(queue).and_then(|plan| plan.hours.as_ref());
        hours.is_none_or(|hours| hours.is_open(self.clock(at)))
    }

    /// The queue of a leg.
    pub(super) fn queue_of(&self, leg: &LegRow) -> Option<&QueuePlan<'a>> {
        self.queues.get(leg.queue.as_deref()?)
    }

    /// The serving group of a leg.
    pub(super) fn group_of(&self, leg: &LegRow) -> Option<&GroupPlan<'a>> {
        self.groups.get(leg.group.as_deref()?)
    }

    /// The rule of a leg.
    pub(super) fn rule_of(&self, leg: &LegRow) -> Option<&'a RoutingRule> {
        self.scenario.routing.get(leg.rule.as_deref()?)
    }

    /// The contact type of a leg.
    pub(super) fn type_of(&self, leg: &LegRow) -> Option<&'a ContactType> {
        self.scenario.contact_types.get(&*leg.contact_type)
    }

    /// Whether the contact of a leg is a call, which may hold a line and hear a menu.
    pub(super) fn is_call(&self, leg: &LegRow) -> bool {
        self.type_of(leg).is_none_or(|of| of.channel == Channel::Voice)
    }

    /// Whether the contact of a leg is written: it stays until it is answered.
    pub(super) fn is_written(&self, leg: &LegRow) -> bool {
        self.type_of(leg).is_some_and(|of| of.channel.is_written())
    }

    /// Whether contacts of a leg's queue call agents from work that may be interrupted: no rule may lead anything written there.
    pub(super) fn calls(&self, leg: &LegRow) -> bool {
        leg.queue.as_deref().is_none_or(|queue| !self.written_queues.contains(queue))
    }

    /// What a citizen does after a contact whose last leg was this one and left the need unmet, for an offer if one was accepted.
    pub(super) fn again_after<'s>(&'s self, leg: &LegRow, offer: Option<&'s Offer>) -> Option<Again<'s>> {
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
    pub(super) fn may_end(&self, leg: &LegRow, passes: u32, outcome: &str) -> bool {
        let may = |outcome: &str| self.outcomes_of(leg).map_or(outcome == "resolved", |of| has(of, outcome));
        let desk = self.group_of(leg).is_some_and(|group| group.of.concurrency.is_some());
        if desk && outcome == "unresolved" && self.type_of(leg).is_some_and(|of| of.idle_out.is_some()) {
            return true;
        }
        self.passes_on(leg, passes, outcome, may)
    }

    /// The same of a leg whose agent asked another one.
    pub(super) fn may_end_after_asking(
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
    pub(super) fn stays(&self, leg: &LegRow) -> Option<Stay<'a>> {
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

    /// Whether the contact of this first leg is looked up, or comes to a menu: not if its line was busy, nor on the first attempt
    /// of who is known one by one, and so has left the menu.
    pub(super) fn greets(&self, first: &LegRow) -> bool {
        let any = self.scenario.recognition.is_some() || !self.scenario.ivr.is_empty();
        any && self.is_call(first)
            && first.fate != LegFate::RefusedTrunks
            && !(first.attempt == 0 && self.is_listed(first))
    }

    /// Whether the need of a leg is known beforehand: logged, or waiting at the start.
    pub(super) fn is_listed(&self, leg: &LegRow) -> bool {
        let waiting = self.scenario.start_state.iter().flat_map(|state| state.waiting.keys());
        let waiting = waiting.map(|name| Plan::process_of_waiting(name));
        let open = self.scenario.start_state.iter().flat_map(|state| state.cases.keys());
        let mut waiting = waiting.chain(open.map(|name| Plan::process_of_cases(name)));
        let logged = self.scenario.arrivals.get(&*leg.need.process).is_some_and(|of| of.replay.is_some());
        logged || waiting.any(|process| *process == *leg.need.process)
    }

    /// The menu that the caller of a leg hears: the type's or else the number's, unless it is spared.
    pub(super) fn menu_of(&self, leg: &LegRow) -> Option<(&'a str, &'a Ivr)> {
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
    pub(super) fn lookups_may_fail(&self) -> bool {
        self.down.is_some() || self.scenario.recognition.as_ref().is_some_and(|of| of.failure > 0.0)
    }

    /// The number that answers whoever dials one.
    pub(super) fn answers(&self, number: &'a str) -> &'a str {
        self.scenario.numbers.get(number).and_then(|of| of.merged_into.as_deref()).unwrap_or(number)
    }

    /// Whether a leg's number is closed to calls at an instant.
    pub(super) fn is_number_closed(&self, leg: &LegRow, at: LogTime) -> bool {
        let hours = leg.number.as_deref().and_then(|number| self.number_hours.get(number));
        hours.is_some_and(|hours| !hours.is_open(self.clock(at))) && self.is_call(leg) && at >= self.begins
    }

    /// The trunk whose line a call of this leg's number holds.
    pub(super) fn trunk_of(&self, leg: &LegRow) -> Option<&'a str> {
        let number = self.scenario.numbers.get(leg.number.as_deref()?)?;
        number.trunk.as_deref().filter(|_| self.is_call(leg))
    }
}

/// Whether a table gives an outcome any share.
fn has(table: &Outcomes, outcome: &str) -> bool {
    table.iter().any(|(name, share)| match share {
        Share::Part(share) => name == outcome && *share > 0.0,
        Share::Rest(name) => name == outcome,
    })
}

/// No notice reaches further back: 366 days.
const MOST_BEFORE_US: i64 = 31_622_400_000_000;

/// How long before the start the first of what is there then began: a wait, a case, or a booking; `None`: nothing is there.
fn longest_wait_us(scenario: &Scenario) -> Option<i64> {
    let state = || scenario.start_state.iter();
    let waiting = state().flat_map(|state| state.waiting.values());
    let waited = waiting.filter(|of| of.count > 0).map(|of| us(of.waited));
    let open = state().flat_map(|state| state.cases.values());
    let opened = open.filter(|of| of.count > 0).map(|of| us(of.oldest()));
    let booked = state().flat_map(|state| &state.bookings).filter(|(_, of)| of.count > 0);
    let booked = booked.map(|(name, of)| {
        let service = scenario.services.get(of.service.as_deref().unwrap_or(name));
        // Some booked no earlier than the notice of their slots asks for.
        let notice = service.and_then(|of| of.booking.as_ref()).map_or(0, |booking| us(booking.notice));
        us(of.longest()).max(notice.min(MOST_BEFORE_US))
    });
    waited.chain(opened).chain(booked).max()
}

impl<'a> QueuePlan<'a> {
    /// The steps that bring a group.
    pub fn ways_of(&self, group: &str) -> impl Iterator<Item = &StepPlan<'a>> {
        self.steps.iter().filter(move |step| step.groups.contains(&group))
    }

    /// All groups that may serve some time, each with a step that brings it.
    pub fn ways(&self) -> impl Iterator<Item = (&'a str, &StepPlan<'a>)> {
        self.steps.iter().flat_map(|step| step.groups.iter().map(move |&group| (group, step)))
    }

    /// The groups of steps without conditions.
    pub fn unconditional_groups(&self) -> impl Iterator<Item = &'a str> {
        self.steps.iter().filter(|step| !step.is_conditional()).flat_map(|step| step.groups.iter().copied())
    }

    /// What `queue_over_rate` expects in seconds: every place ahead is cleared by the agents and by those there who hang up.
    pub fn queue_over_rate_s(&self, waiting: i64, heads: i64) -> f64 {
        let ExpectedWait::QueueOverRate { handle_time, patience } = self.expected_wait else { return 0.0 };
        if heads == 0 {
            return f64::INFINITY;
        }
        let (rate, leaving) =
            (heads as f64 / handle_time.as_s(), patience.map(|patience| 1.0 / patience.as_s()));
        match leaving {
            None => (waiting as f64 + 1.0) / rate,
            Some(leaving) => (0..=waiting).map(|place| 1.0 / (rate + place as f64 * leaving)).sum(),
        }
    }
}

impl StepPlan<'_> {
    /// Whether it speaks of more than the time waited.
    pub fn is_conditional(&self) -> bool {
        self.has_condition() || !self.reserve.is_empty()
    }

    /// Whether it has a condition other than a reserve.
    pub fn has_condition(&self) -> bool {
        self.waiting_over.is_some()
            || self.expected_over_us.is_some()
            || self.hours.is_some()
            || !self.idle_over.is_empty()
    }

    /// How many agents of a group it leaves idle.
    pub fn reserve(&self, group: &str) -> i64 {
        self.reserve.get(group).copied().unwrap_or(0).into()
    }
}

impl GroupPlan<'_> {
    /// The factor on talks of a type with an agent, `t1_general#007`, by its skill level: the agent of number n is the
    /// (n + 1)-th, and each next one gets the level that lacks most of its share; the first by name, no level last.
    pub fn times(&self, agent: &str, contact_type: &str) -> f64 {
        let level = self.place_by_shares(agent, self.of.levels.values().map(|level| level.share));
        let of_level = self.of.levels.values().nth(level);
        let of_level = of_level.map_or(1.0, |level| level.service_time.of(contact_type));
        self.of.service_time.of(contact_type) * of_level
    }

    /// Which of some shares of the group's people an agent is in; one more than the last is in none of them.
    pub fn place_by_shares(&self, agent: &str, shares: impl Iterator<Item = f64>) -> usize {
        let number = match &self.duties {
            Some(duties) => duties.number(agent),
            None => agent.rsplit_once('#').and_then(|(_, number)| number.parse::<usize>().ok()),
        };
        let mut shares: Vec<f64> = shares.collect();
        shares.push((1.0 - shares.iter().sum::<f64>()).max(0.0));
        let (mut counts, mut level) = (vec![0.0; shares.len()], 0);
        for people in 1..=number.map_or(0, |number| number + 1) {
            let lacks = |level: &usize| shares[*level] * people as f64 - counts[*level];
            level = 0;
            for other in 1..shares.len() {
                if lacks(&other) > lacks(&level) {
                    level = other;
                }
            }
            counts[level] += 1.0;
        }
        level
    }
}

impl RulePlan<'_> {
    /// Whether a contact's class and the hour are as the rule says; `bound.at` lies within the run.
    pub(super) fn holds(&self, bound: Bound<'_>) -> bool {
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

/// Evaluates the parts of a scenario over the run's time.
struct Reader<'a> {
    scenario: &'a Scenario,
    calendar: &'a Calendar,
    zero: LogTime,
    begins: LogTime,
    horizon: LogTime,
    check: Check,
}

impl<'a> Reader<'a> {
    fn queue(&mut self, name: &str, queue: &'a Queue) -> QueuePlan<'a> {
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

    fn group(&mut self, group: &'a AgentGroup) -> GroupPlan<'a> {
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

    fn office(&mut self, name: &str, office: &'a Office) -> OfficePlan<'a> {
        let hours = office.hours.as_ref().and_then(|text| self.hours(&format!("office {name}"), text));
        let span = (self.begins, self.horizon);
        OfficePlan::new(office, hours.unwrap_or_else(Hours::always), (self.scenario, self.calendar), span)
    }

    fn counter(&mut self, name: &str, counter: &'a Counter) -> CounterPlan<'a> {
        let hours = counter.hours.as_ref().and_then(|text| self.hours(&format!("counter {name}"), text));
        let span = (self.begins, self.horizon);
        CounterPlan::new(counter, hours.unwrap_or_else(Hours::always), self.scenario, self.calendar, span)
    }

    /// When the slots of an offer's callbacks are.
    fn slots(&mut self, name: &str, offer: &Offer) -> Option<Switch> {
        let slots = offer.callback.as_ref()?.slots.as_ref()?;
        let hours = self.hours(&format!("offer {name}"), &slots.hours)?;
        Some(Switch::of_hours(&hours, self.calendar, self.begins, self.horizon))
    }

    fn rule(&mut self, name: &'a str, rule: &'a RoutingRule) -> RulePlan<'a> {
        let hours = rule.when.hours.as_ref().and_then(|text| self.switch(&format!("rule {name}"), text));
        let holiday = rule.when.holiday.map(|_| Switch::of_holidays(self.calendar, self.zero, self.horizon));
        RulePlan { name, rule, hours, holiday }
    }

    fn switch(&mut self, whose: &str, text: &str) -> Option<Switch> {
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
