//! A day that a hand can follow: seconds after 09:00 on Monday 16 June 2008, universal time.
//!
//! Group `a` has two agents, `b` one who joins after 30 s of waiting, `senior` one from 12:00 to 15:00, `experts` one
//! at tier 2; a porter works by shifts and has no calls. The queue closes at 18:00 and sends away; the trunk has five lines.

use std::collections::BTreeMap;

use crate::audit::{Report, audit};
use crate::calendar::Calendar;
use crate::log::{
    AgentRow, AgentStateName, Cause, LegFate, LegRow, LogTime, Name, NeedEndName, NeedName, NeedRow,
    OutcomeName,
};
use crate::scenario::Scenario;
use crate::time::SimDuration;

pub const SCENARIO: &str = r#"
[scenario]
name = "a day"
start = "2008-06-16"
[numbers.main]
trunk = "lines"
[trunks.lines]
lines = 5
[contact_types.info]
patience = { exponential = "1m" }
service_time = { exponential = "2m" }
outcome.tier1 = { escalate = 0.2, rest = "resolved" }
after_abandonment = { retrial = 0.5, delay = { exponential = "5m" }, at_most = 2 }
[arrivals.info]
per_day = 10
[queues.general]
hours = "08:00-18:00"
at_close = "send_away"
steps.first = { groups = ["a", "senior"] }
steps.widen = { after = "30s", add = ["b"] }
[queues.tier2]
steps.first = { groups = ["experts"] }
[routing.known]
order = 10
when = { recognised = true }
queue = "general"
priority = 5
[routing.passed_on]
order = 20
when = { tier = 2 }
queue = "tier2"
[routing.all]
order = 30
queue = "general"
[vendors.city]
[agent_groups.a]
vendor = "city"
serves = ["general"]
answer_delay = "2s"
staffing = { heads = { "08:00" = 2, "18:00" = 0 } }
[agent_groups.b]
serves = ["general"]
staffing = { heads = { "08:00" = 1, "18:00" = 0 } }
[agent_groups.senior]
serves = ["general"]
staffing = { heads = { "12:00" = 1, "15:00" = 0 } }
[agent_groups.experts]
tier = 2
serves = ["tier2"]
staffing = { heads = { "08:00" = 1, "18:00" = 0 } }
[shifts.morning]
start = "08:00"
end = "12:00"
breaks.coffee = { from = "10:00", length = "15m" }
[queues.side]
steps.first = { groups = ["porters"] }
[agent_groups.porters]
serves = ["side"]
staffing.shifts = { morning = 1 }
tenure.attrition = { per_year = 1, replaced_after = "5d" }
"#;

/// 09:00 in unix seconds.
const NINE_S: i64 = 1_213_574_400 + 9 * 3600;

/// An instant so many seconds after 09:00.
pub fn at(second: i64) -> LogTime {
    LogTime((NINE_S + second) * 1_000_000)
}

/// A scenario and what is said to have happened.
#[derive(Clone, Debug)]
pub struct Story {
    pub scenario: String,
    pub legs: Vec<LegRow>,
    pub agents: Vec<AgentRow>,
    pub needs: Vec<NeedRow>,
}

/// A service: who, assigned, speaking from, talk ended, wrap-up ended.
type Service<'a> = (&'a str, i64, i64, i64, i64);

impl Story {
    /// The day as it was.
    pub fn right() -> Story {
        let mut transferred = served(1, 0, 10, ("a#001", 10, 12, 62, 62));
        transferred.transferred_to = Some(2);
        let legs = vec![
            served(0, 0, 0, ("a#000", 0, 2, 102, 112)),
            transferred,
            LegRow { leg: 1, ..served(1, 0, 62, ("experts#000", 62, 62, 162, 172)) },
            // Both of `a` are busy; after 30 s `b` may.
            LegRow { step: Some("widen".into()), ..served(2, 0, 20, ("b#000", 50, 50, 300, 300)) },
            // Two wait; the freed agent takes the elder.
            served(3, 0, 55, ("a#001", 62, 64, 164, 170)),
            unserved(4, 0, 60, 90, LegFate::Abandoned),
            // Five calls are in: the sixth meets busy lines.
            unserved(5, 0, 65, 65, LegFate::RefusedTrunks),
            // Whoever has idled longest answers: a#000 since 112, then a#001 since 170, then a#000 since 500.
            served(4, 1, 400, ("a#000", 400, 402, 500, 500)),
            served(12, 0, 1000, ("a#001", 1000, 1002, 1100, 1100)),
            // 13:00: `a` comes before `senior`.
            served(6, 0, 14_400, ("a#000", 14_400, 14_402, 14_500, 14_510)),
            // 17:59: both of `a` are busy over 18:00 and finish.
            served(7, 0, 32_340, ("a#001", 32_340, 32_342, 32_460, 32_470)),
            served(8, 0, 32_341, ("a#000", 32_341, 32_343, 32_380, 32_380)),
            served(9, 0, 32_350, ("a#000", 32_380, 32_382, 32_500, 32_500)),
            unserved(10, 0, 32_390, 32_400, LegFate::SentAway),
            unserved(11, 0, 32_401, 32_401, LegFate::RefusedClosed),
        ];
        Story::of(legs)
    }

    /// The legs, with the agents and the needs that follow from them.
    pub fn of(mut legs: Vec<LegRow>) -> Story {
        legs.iter_mut().filter(|leg| leg.fate == LegFate::Answered).for_each(|leg| {
            let passed_on = leg.transferred_to.is_some();
            leg.outcome = Some(if passed_on { OutcomeName::Escalated } else { OutcomeName::Resolved });
        });
        let (agents, needs) = (agents_of(&legs), needs_of(&legs));
        Story { scenario: SCENARIO.into(), legs, agents, needs }
    }

    pub fn audit(&self) -> Report {
        let scenario: Scenario = toml::from_str(&self.scenario).unwrap();
        audit(
            &scenario,
            &Calendar::utc(),
            &self.legs,
            &self.agents,
            &self.needs,
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
        )
    }

    /// The leg of need `number`.
    pub fn leg(&mut self, number: u32, attempt: u32, leg: u32) -> &mut LegRow {
        let is_it = |row: &&mut LegRow| (row.need.number, row.attempt, row.leg) == (number, attempt, leg);
        self.legs.iter_mut().find(is_it).unwrap()
    }

    /// Drops legs, with the agents' work and the needs that go with them.
    pub fn without(mut self, drop: impl Fn(&LegRow) -> bool) -> Story {
        self.legs.retain(|leg| !drop(leg));
        Story { scenario: self.scenario, ..Story::of(self.legs) }
    }

    /// Changes one leg, with the agents' work and the needs that go with it.
    pub fn with(mut self, number: u32, attempt: u32, leg: u32, change: impl FnOnce(&mut LegRow)) -> Story {
        change(self.leg(number, attempt, leg));
        Story { scenario: self.scenario, ..Story::of(self.legs) }
    }

    /// Adds a leg, with the agents' work and the need that go with it.
    pub fn and(mut self, leg: LegRow) -> Story {
        self.legs.push(leg);
        Story { scenario: self.scenario, ..Story::of(self.legs) }
    }

    /// Another scenario.
    pub fn where_(mut self, from: &str, to: &str) -> Story {
        assert!(self.scenario.contains(from));
        self.scenario = self.scenario.replace(from, to);
        self
    }
}

/// An answered leg 0, with the queue and the rule that the serving group stands for.
pub fn served(number: u32, attempt: u32, entered: i64, service: Service<'_>) -> LegRow {
    let (agent, assigned, left, talk_ended, wrap_up_ended) = service;
    let group = agent.split('#').next().unwrap();
    let expert = group == "experts";
    let row = unserved(number, attempt, entered, left, LegFate::Answered);
    LegRow {
        queue: Some(if expert { "tier2" } else { "general" }.into()),
        rule: Some(if expert { "passed_on" } else { "all" }.into()),
        group: Some(group.into()),
        agent: Some(agent.into()),
        vendor: (group == "a").then(|| "city".into()),
        tier: Some(if expert { 2 } else { 1 }),
        assigned: Some(at(assigned)),
        talk_ended: Some(at(talk_ended)),
        wrap_up_ended: Some(at(wrap_up_ended)),
        ..row
    }
}

/// A leg 0 that nobody answered.
pub fn unserved(number: u32, attempt: u32, entered: i64, left: i64, fate: LegFate) -> LegRow {
    let routed = !fate.is_refused();
    let first = match (attempt, number) {
        (0, _) => entered,
        // Need 4, the one that calls again.
        _ => 60,
    };
    LegRow {
        need: NeedName { process: "info".into(), cell: (NINE_S + first).div_euclid(900), number },
        cause: if attempt == 0 { Cause::Fresh } else { Cause::Retrial },
        attempt,
        contact_type: "info".into(),
        channel: "voice".into(),
        number: Some("main".into()),
        entered: at(entered),
        queue: (fate != LegFate::RefusedTrunks).then(|| "general".into()),
        rule: routed.then(|| "all".into()),
        priority: routed.then_some(0),
        credit_s: routed.then_some(SimDuration::ZERO),
        step: routed.then(|| "first".into()),
        fate,
        left: at(left),
        wait_s: SimDuration::from_us((left - entered).unsigned_abs() * 1_000_000),
        ..LegRow::default()
    }
}

/// Everybody's shift, cut into work and idling.
fn agents_of(legs: &[LegRow]) -> Vec<AgentRow> {
    let (from, to) = (at(-3600), at(32_400));
    let mut shifts: BTreeMap<Name, (LogTime, LogTime)> = BTreeMap::new();
    for agent in ["a#000", "a#001", "b#000", "experts#000"] {
        shifts.insert(agent.into(), (from, to));
    }
    shifts.insert("senior#000".into(), (at(10_800), at(21_600)));
    for agent in legs.iter().filter_map(|leg| leg.agent.clone()) {
        shifts.entry(agent).or_insert((to, to));
    }
    let mut rows: Vec<AgentRow> =
        shifts.into_iter().flat_map(|(agent, shift)| shift_of(&agent, shift, legs)).collect();
    rows.extend(morning());
    rows
}

/// The porter's morning with its coffee.
fn morning() -> [AgentRow; 3] {
    let porter = |state_name, from, to| AgentRow {
        group: "porters".into(),
        ..state("porters/morning#000", state_name, at(from), at(to), None)
    };
    [
        porter(AgentStateName::Idle, -3600, 3600),
        porter(AgentStateName::OnBreak, 3600, 4500),
        porter(AgentStateName::Idle, 4500, 10_800),
    ]
}

fn shift_of(agent: &Name, (from, to): (LogTime, LogTime), legs: &[LegRow]) -> Vec<AgentRow> {
    let mut served: Vec<_> = legs.iter().filter(|leg| leg.agent.as_ref() == Some(agent)).collect();
    served.sort_by_key(|leg| leg.assigned);
    let (mut free, mut rows) = (from, Vec::new());
    for leg in served {
        let (Some(assigned), Some(talk), Some(end)) = (leg.assigned, leg.talk_ended, leg.wrap_up_ended)
        else {
            continue;
        };
        rows.push(state(agent, AgentStateName::Idle, free, assigned, None));
        rows.push(state(agent, AgentStateName::Ringing, assigned, leg.left, Some(leg)));
        rows.push(state(agent, AgentStateName::Talking, leg.left, talk, Some(leg)));
        rows.push(state(agent, AgentStateName::WrappingUp, talk, end, Some(leg)));
        free = end;
    }
    rows.push(state(agent, AgentStateName::Idle, free, to, None));
    rows.retain(|row| row.from < row.to);
    rows
}

pub fn state(
    agent: &str,
    state: AgentStateName,
    from: LogTime,
    to: LogTime,
    leg: Option<&LegRow>,
) -> AgentRow {
    let group = agent.split('#').next().unwrap();
    AgentRow {
        replication: 0,
        agent: agent.into(),
        group: group.into(),
        vendor: (group == "a").then(|| "city".into()),
        state,
        from,
        to,
        need: leg.map(|leg| leg.need.clone()),
        attempt: leg.map(|leg| leg.attempt),
        leg: leg.map(|leg| leg.leg),
    }
}

/// Answered last is resolved, everybody else gives up.
fn needs_of(legs: &[LegRow]) -> Vec<NeedRow> {
    let mut by_need: BTreeMap<NeedName, Vec<&LegRow>> = BTreeMap::new();
    for leg in legs {
        by_need.entry(leg.need.clone()).or_default().push(leg);
    }
    let end = |mut legs: Vec<&LegRow>| {
        legs.sort_by_key(|leg| (leg.attempt, leg.leg));
        let (first, last) = (legs[0], legs[legs.len() - 1]);
        let met = last.fate == LegFate::Answered && last.transferred_to.is_none();
        let answered = legs.iter().filter(|leg| leg.leg == 0 && leg.fate == LegFate::Answered);
        NeedRow {
            need: first.need.clone(),
            contact_type: first.contact_type.clone(),
            number: first.number.clone(),
            recognised: first.recognised,
            first_attempt: first.entered,
            attempts: last.attempt + 1,
            end: if met { NeedEndName::Resolved } else { NeedEndName::GivenUp },
            first_answered: answered.clone().next().map(|leg| leg.left),
            answered_after_s: answered.clone().next().map(|leg| leg.wait_s),
            answered: answered.count() as u32,
            resolved_at: last.tier.filter(|_| met),
            transferred: legs.iter().any(|leg| leg.transferred_to.is_some()),
            ended: last.talk_ended.unwrap_or(last.left),
            ..NeedRow::default()
        }
    };
    by_need.into_values().map(end).collect()
}
