//! Contacts that waited for the agent who served their need last: for whom, until when, and whether that was kept.

use std::collections::BTreeMap;

use super::plan::{Plan, us};
use super::router::Router;
use super::run::Run;
use crate::log::{AgentRow, AgentStateName, LegRow, LogTime};

/// A leg by need, attempt and number.
type Key<'p> = (&'p crate::log::NeedName, u32, u32);

/// The agent whom a leg waited for.
#[derive(Clone, Debug)]
pub struct Promise<'p> {
    pub agent: &'p str,
    /// Until then nobody else may take it; its entry, where the agent was idle.
    pub until: LogTime,
    /// What the agent or another did that breaks it: when, and what.
    pub broken: Option<(LogTime, &'static str)>,
}

impl Promise<'_> {
    /// Whether its agent answered a leg as promised.
    pub fn is_kept_by(&self, leg: &LegRow) -> bool {
        leg.agent.as_deref() == Some(self.agent)
            && leg.assigned.is_some_and(|assigned| assigned <= self.until)
    }
}

/// The promises of a run.
pub struct Promises<'p>(BTreeMap<Key<'p>, Promise<'p>>);

/// A leg that is to go to an agent if that one is there.
#[derive(Clone, Copy)]
struct Wish<'p> {
    leg: &'p LegRow,
    agent: &'p str,
    deadline: LogTime,
    /// Whether the agent may be called from wrap-up, so that the leg does not say when it is free.
    is_interruptible: bool,
}

fn key(leg: &LegRow) -> Key<'_> {
    (&leg.need, leg.attempt, leg.leg)
}

impl<'p> Promises<'p> {
    pub fn new(plan: &'p Plan<'p>, run: &'p Run<'p>) -> Self {
        if !plan.rules.iter().any(|rule| rule.rule.prefer_last_agent.is_some()) {
            return Promises(BTreeMap::new());
        }
        let wishes = wishes(plan, run);
        let days: BTreeMap<&str, Day<'_>> =
            run.rows_by_agent().map(|rows| (&*rows[0].agent, Day::new(rows))).collect();
        let mut days = days;
        for leg in run.queued() {
            if let Some(day) = leg.agent.as_deref().and_then(|agent| days.get_mut(agent)) {
                day.legs.push(leg);
            }
        }
        days.values_mut().for_each(|day| day.legs.sort_by_key(|leg| (leg.assigned, leg.wrap_up_ended)));
        let promise = |wish: &Wish<'p>| {
            let day = days.get(wish.agent)?;
            let promise = match wish.is_interruptible {
                true => day.vague_promise(*wish)?,
                false => day.promise(*wish, &wishes)?,
            };
            Some((key(wish.leg), promise))
        };
        Promises(wishes.values().filter_map(promise).collect())
    }

    /// Of a leg.
    pub fn of<'s>(&'s self, leg: &'s LegRow) -> Option<&'s Promise<'s>> {
        self.0.get(&key(leg)).filter(|_| !leg.is_consultation())
    }

    /// From when on anybody may take a leg.
    pub fn ends(&self, leg: &LegRow) -> LogTime {
        self.of(leg).map_or(leg.entered, |promise| promise.until)
    }

    /// Whether the agent whom a leg waited for took it, out of turn.
    pub fn is_kept(&self, leg: &LegRow) -> bool {
        self.of(leg).is_some_and(|promise| promise.is_kept_by(leg))
    }
}

/// Legs whose rule prefers the last agent, whose caller is known and whose last agent may serve them from the start.
fn wishes<'p>(plan: &'p Plan<'p>, run: &'p Run<'p>) -> BTreeMap<Key<'p>, Wish<'p>> {
    let router = Router::new(plan, run);
    let mut wishes = BTreeMap::new();
    for contact in run.legs_by_contact() {
        for (number, &leg) in contact.iter().enumerate() {
            let rule =
                plan.rule_of(leg).filter(|_| leg.recognised && leg.fate.is_queued() && !leg.is_callback());
            let Some((rule, prefers)) = rule.and_then(|rule| Some((rule, rule.prefer_last_agent?))) else {
                continue;
            };
            let tier = u32::from(rule.when.tier.unwrap_or(1));
            let last = router.earlier_answers(leg).rev().find(|answer| answer.tier == Some(tier));
            let Some((group, agent)) =
                last.and_then(|leg| Some((leg.group.as_deref()?, leg.agent.as_deref()?)))
            else {
                continue;
            };
            let serves =
                |queue: &super::plan::QueuePlan<'_>| queue.ways_of(group).any(|step| step.after_us == 0);
            let is_held = number > 0 && plan.stays(contact[number - 1]).is_some();
            if plan.queue_of(leg).is_some_and(serves) && !is_held {
                let deadline = LogTime(leg.entered.0 + us(prefers.wait_at_most));
                let is_interruptible = plan
                    .groups
                    .get(group)
                    .is_some_and(|of| of.of.interruptible_wrap_up.is_some() || of.of.interruptible_written);
                wishes.insert(key(leg), Wish { leg, agent, deadline, is_interruptible });
            }
        }
    }
    wishes
}

/// What an agent did.
struct Day<'p> {
    rows: Vec<&'p AgentRow>,
    /// In the order of their assignments.
    legs: Vec<&'p LegRow>,
}

impl<'p> Day<'p> {
    fn new(rows: &[&'p AgentRow]) -> Self {
        Day { rows: rows.to_vec(), legs: Vec::new() }
    }

    /// Whether the agent idled all around an instant.
    fn idles_around(&self, at: LogTime) -> bool {
        let idle = |row: &&&AgentRow| row.state == AgentStateName::Idle;
        self.rows.iter().filter(idle).any(|row| row.from < at && at < row.to)
    }

    /// Whether the agent idled from an instant on.
    fn idles_from(&self, at: LogTime) -> bool {
        let idle = |row: &&&AgentRow| row.state == AgentStateName::Idle;
        self.rows.iter().filter(idle).any(|row| row.from == at && at < row.to)
    }

    /// Whether the agent was at work from an instant on.
    fn works_from(&self, at: LogTime) -> bool {
        self.rows.iter().any(|row| row.state.works() && row.from == at && at < row.to)
    }

    /// Whom a leg waits for and until when; `None` if the agent was not there.
    fn promise(&self, wish: Wish<'p>, wishes: &BTreeMap<Key<'p>, Wish<'p>>) -> Option<Promise<'p>> {
        let Wish { leg, agent, deadline, .. } = wish;
        let at = leg.entered;
        let promise = Promise { agent, until: at, broken: None };
        if leg.agent.as_deref() == Some(agent) && leg.assigned == Some(at) {
            return Some(promise);
        }
        if self.idles_around(at) {
            return Some(Promise { broken: Some((at, "left idle")), ..promise });
        }
        let works = |leg: &&&LegRow| leg.assigned <= Some(at) && leg.wrap_up_ended >= Some(at);
        let work = self.legs.iter().filter(works).max_by_key(|leg| (leg.wrap_up_ended, leg.assigned));
        if deadline <= at {
            return None;
        }
        // Who dials for a campaign is at work too, and no leg says until when.
        let Some(work) = work else { return self.vague_promise(wish) };
        let certain = work.assigned < Some(at) && work.wrap_up_ended > Some(at);
        let (until, broken) = self.waits(wish, work.wrap_up_ended?, wishes);
        let taken_before = leg.assigned.is_some_and(|assigned| assigned < until);
        let by_another =
            (taken_before && leg.agent.as_deref() != Some(agent)).then_some((until, "passed over"));
        Some(Promise { until, broken: broken.or(by_another).filter(|_| certain), ..promise })
    }

    /// The same of an agent who may be called from wrap-up: as long as may be, if the agent was at work.
    fn vague_promise(&self, Wish { leg, agent, deadline, .. }: Wish<'p>) -> Option<Promise<'p>> {
        let at = leg.entered;
        let promise = |until| Promise { agent, until, broken: None };
        if leg.agent.as_deref() == Some(agent) && leg.assigned == Some(at) {
            return Some(promise(at));
        }
        if self.idles_around(at) {
            return Some(Promise { broken: Some((at, "left idle")), ..promise(at) });
        }
        let works = |row: &&&AgentRow| row.state.works() && row.from <= at && at <= row.to;
        self.rows.iter().any(|row| works(&row)).then(|| promise(deadline))
    }

    /// Until when a leg waits for the agent, who is first free at `freed`, and what was done wrong then.
    fn waits(
        &self,
        Wish { leg, agent, deadline, .. }: Wish<'p>,
        mut freed: LogTime,
        wishes: &BTreeMap<Key<'p>, Wish<'p>>,
    ) -> (LogTime, Option<(LogTime, &'static str)>) {
        let mut passed = self.legs.partition_point(|other| other.assigned < Some(freed));
        loop {
            if freed > deadline || leg.waited_until() < freed {
                return (deadline, None);
            }
            let waits_on = leg.waited_until() > freed && freed < deadline;
            let Some(next) = self.legs.get(passed).filter(|next| next.assigned == Some(freed)) else {
                // At the instant at which it enters a dial, which is no leg, may have come first.
                if freed == leg.entered && self.works_from(freed) {
                    return (deadline, None);
                }
                let idles = waits_on && self.idles_from(freed);
                return (freed, idles.then_some((freed, "idle while it is waited for")));
            };
            if !next.is_consultation() && key(next) == key(leg) {
                return (freed, None);
            }
            let waited = wishes.get(&key(next)).filter(|wish| {
                !next.is_consultation() && wish.agent == agent && wish.leg.entered <= leg.entered
            });
            if waited.is_none() {
                return (freed, waits_on.then_some((freed, "with another contact while it is waited for")));
            }
            (passed, freed) = (passed + 1, next.wrap_up_ended.unwrap_or(freed));
        }
    }
}
