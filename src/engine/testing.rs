//! Contacts at given instants in small models made by hand, for the tests of the rules.

use super::RunEnd;
use super::observer::{
    AgentState, CallbackEnd, CallbackTry, Case, CaseStretch, Dial, Fate, Leg, Need, NeedEnd, Observer,
    PreparationStretch, Refusal, Refused, Staff, Stretch, Visit,
};
use super::simulation::Simulation;
pub use crate::model::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// `seconds` after time zero.
pub fn at(seconds: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_s(seconds)
}

/// Tier 1 passes every contact on to a second queue with a group of tier 2.
pub fn two_tiers() -> Model {
    let mut model = one_group(2);
    model.groups = vec![group("tier1", 0..1, vec![QueueId(0)]), group("tier2", 1..2, vec![QueueId(1)])];
    model.groups[1].tier = 2;
    model.agent_group = vec![GroupId(0), GroupId(1)];
    model.queues = vec![queue("calls", 0..1, vec![0, NEVER]), queue("second", 1..2, vec![NEVER, 0])];
    model.lanes.push(Lane { queue: QueueId(1), priority: 0, credit: SimDuration::ZERO });
    model.rules.push(rule("second", 1, 1, vec![vec![GroupId(1)]]));
    model.routes.ranges = vec![(0, 1), (1, 2), (0, 1), (1, 2)];
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    model.contact_types[0].outcome[0] = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Escalated] };
    model.contact_types[0].handling[1].service_time = constant(100.0);
    model
}

/// A break for all at once, paid.
pub fn pause(length_s: u64) -> Break {
    let length = SimDuration::from_whole_s(length_s);
    Break { name: "lunch".into(), key: 1, length, paid: true, waves: 1, every: length }
}

/// A duty: shift, heads, from when to when in seconds, and when the first wave of each break is due.
pub fn duty(shift: u16, heads: u16, (start_s, end_s): (i64, i64), breaks_s: &[i64]) -> Duty {
    let us = |s: i64| s * 1_000_000;
    let breaks_us = breaks_s.iter().map(|&s| us(s)).collect();
    Duty { shift, day: 0, heads, start_us: us(start_s), end_us: us(end_s), breaks_us }
}

/// One group whose people work these shifts, each of so many people with these breaks.
pub fn by_shifts(shifts: &[(u16, &[Break])], duties: Vec<Duty>) -> Model {
    let people = shifts.iter().map(|&(people, _)| people).sum();
    let mut model = one_group(people);
    let mut first = 0;
    let shift = |(index, &(people, breaks)): (usize, &(u16, &[Break]))| {
        first += people;
        let (name, agents) = (format!("shift{index}"), first - people..first);
        GroupShift { key: crate::random::name_hash(&name), name, agents, breaks: breaks.to_vec() }
    };
    let shifts = shifts.iter().enumerate().map(shift).collect();
    model.groups[0].shifts = Some(ShiftPlan { shifts, duties });
    model
}

/// What a test looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    pub legs: Vec<Leg>,
    pub refused: Vec<(SimTime, Refusal)>,
    pub needs: Vec<Need>,
    /// When each need ended.
    pub ended: Vec<SimTime>,
    pub stretches: Vec<CaseStretch>,
    /// Tries at counters.
    pub visits: Vec<Visit>,
    /// Work on what is prepared before them.
    pub preparations: Vec<PreparationStretch>,
    /// Stays of those who are called back.
    pub tries: Vec<CallbackTry>,
    pub promises: Vec<CallbackEnd>,
    /// Dials of campaigns.
    pub dials: Vec<Dial>,
    /// Cases that were not closed.
    pub left_open: Vec<Case>,
    /// Stretches of work that may be interrupted.
    pub pieces: Vec<Stretch>,
    pub states: Vec<(SimTime, u16, AgentState)>,
    pub staff: Vec<(SimTime, Staff)>,
}

impl Observer for Story {
    fn leg_ends(&mut self, leg: &Leg) {
        self.legs.push(*leg);
    }

    fn callback_is_tried(&mut self, tried: &CallbackTry) {
        self.tries.push(*tried);
    }

    fn callback_ends(&mut self, _: SimTime, end: &CallbackEnd) {
        self.promises.push(*end);
    }

    fn contact_refused(&mut self, refused: &Refused) {
        self.refused.push((refused.at, refused.why));
    }

    fn need_ends(&mut self, at: SimTime, need: &Need) {
        self.needs.push(*need);
        self.ended.push(at);
    }

    fn case_is_worked(&mut self, stretch: &CaseStretch) {
        self.stretches.push(*stretch);
    }

    fn preparation_is_worked(&mut self, stretch: &PreparationStretch) {
        self.preparations.push(*stretch);
    }

    fn visit_is_over(&mut self, visit: &Visit) {
        self.visits.push(*visit);
    }

    fn dial_is_over(&mut self, dial: &Dial) {
        self.dials.push(*dial);
    }

    fn case_stays_open(&mut self, _: SimTime, case: &Case) {
        self.left_open.push(*case);
    }

    fn agent_changes(&mut self, at: SimTime, agent: AgentId, _: GroupId, state: AgentState) {
        self.states.push((at, agent.0, state));
    }

    fn stretch_ends(&mut self, stretch: &Stretch) {
        self.pieces.push(*stretch);
    }

    fn staff_changes(&mut self, at: SimTime, _: GroupId, staff: &Staff) {
        self.staff.push((at, *staff));
    }
}

impl Story {
    /// (process, seconds waited, fate) of each leg in the order in which it ended.
    pub fn waits(&self) -> Vec<(u16, f64, Fate)> {
        let wait = |leg: &Leg| (leg.caller.need.process().0, leg.left.since(leg.entered).as_s(), leg.fate);
        self.legs.iter().map(wait).collect()
    }

    /// Who answered, leg by leg.
    pub fn agents(&self) -> Vec<u16> {
        self.legs.iter().filter_map(|leg| leg.service).map(|service| service.agent.0).collect()
    }

    /// The wait in seconds before the first answer of a need, if there was one.
    pub fn answered_after(&self, need: usize) -> Option<f64> {
        self.needs[need].first_answer.map(|answer| answer.wait.as_s())
    }

    /// How needs ended.
    pub fn ends(&self) -> Vec<NeedEnd> {
        self.needs.iter().map(|need| need.end).collect()
    }

    /// The staff from an instant on.
    pub fn staff_at(&self, second: f64) -> Staff {
        self.staff.iter().rfind(|&&(from, _)| from <= at(second)).map(|&(_, staff)| staff).unwrap_or_default()
    }

    /// When an agent went to a state.
    pub fn when(&self, agent: u16, state: AgentState) -> Vec<f64> {
        self.states.iter().filter(|&&(_, a, s)| a == agent && s == state).map(|&(at, ..)| at.as_s()).collect()
    }
}

/// Runs with contacts of the processes at the given seconds (within the first quarter-hour): by the loop with all rules, and where the model
/// allows by those without the rare and without the usual ones, which must tell the same.
pub fn play<const EAGER: bool>(model: &Model, contacts: &[(f64, u16)]) -> (Story, RunEnd) {
    let told = play_with::<EAGER, true, true>(model, contacts);
    if !model.has_rare_rules() {
        assert_eq!(told, play_with::<EAGER, false, true>(model, contacts), "with rare rules and without");
    }
    if model.is_plain() {
        assert_eq!(told, play_with::<EAGER, false, false>(model, contacts), "with usual rules and without");
    }
    told
}

fn play_with<const EAGER: bool, const RARE: bool, const USUAL: bool>(
    model: &Model,
    contacts: &[(f64, u16)],
) -> (Story, RunEnd) {
    let mut story = Story::default();
    let mut simulation = Simulation::<EAGER, RARE, USUAL, Story>::new(model, 1, 0, &mut story);
    simulation.arrivals.script(contacts);
    let end = simulation.run();
    (story, end)
}

/// Runs eagerly.
pub fn eager(model: &Model, contacts: &[(f64, u16)]) -> Story {
    play::<true>(model, contacts).0
}

/// Runs both ways, which must agree on legs in the order of their need.
pub fn both(model: &Model, contacts: &[(f64, u16)]) -> Story {
    let (eager, lazy) = (eager(model, contacts), play::<false>(model, contacts).0);
    let by_need = |story: &Story| {
        let mut legs = story.legs.clone();
        legs.sort_by_key(|leg| (leg.caller.need, leg.caller.attempt, leg.leg));
        legs
    };
    assert_eq!(by_need(&eager), by_need(&lazy), "eager and lazy tell the same legs");
    eager
}
