//! Small models made by hand, with contacts at given instants, for the tests of the rules.

use super::RunEnd;
use super::observer::{
    AgentState, CallbackEnd, CallbackTry, Case, CaseStretch, Dial, Fate, Leg, Need, NeedEnd, Observer,
    PreparationStretch, Refusal, Refused, Staff, Stretch, Visit,
};
use super::simulation::Simulation;
use crate::model::*;
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// `seconds` after time zero.
pub fn at(seconds: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_s(seconds)
}

/// Always `seconds`.
pub fn constant(seconds: f64) -> Distribution {
    Distribution::constant(seconds).expect("a constant of tests is valid")
}

/// One hour; one type, queue, step, rule and group; service of 60 s, no patience limit, `agents` heads.
pub fn one_group(agents: u16) -> Model {
    let everyone = GroupId(0);
    Model {
        name: "test".into(),
        clock: RunClock {
            zero_unix_us: 0,
            begins: SimTime::ZERO,
            count_from: SimTime::ZERO,
            horizon: at(3600.0),
            period_us: CELL_US,
            periods: 4,
            first_cell: 0,
            cells: 4,
        },
        batches: None,
        short_abandonment: SimDuration::from_whole_s(5),
        processes: vec![process("calls", 0)],
        event_talk: None,
        event_retrial: None,
        busyness: vec![],
        cell_dates: vec![CellDate::default(); 4],
        contact_types: vec![contact_type("calls", 60.0)],
        outcomes: None,
        profiles: vec![Profile {
            name: "everybody".into(),
            cumulative_share: 1.0,
            recognised: 0.0,
            patience_times: 1.0,
            service_times: [1.0; 2],
        }],
        numbers: vec![Number { name: "main".into(), trunk: None, hours: None, merged: false }],
        trunks: vec![],
        greetings: None,
        openings: vec![],
        beginning: None,
        queues: vec![queue("calls", 0..1, vec![0])],
        lanes: vec![Lane { queue: QueueId(0), priority: 0, credit: SimDuration::ZERO }],
        rules: vec![rule("all", 0, 0, vec![vec![everyone]])],
        routes: Routes {
            ranges: vec![(0, 1); 2 * TIERS],
            certain: Vec::new(),
            candidates: vec![RuleId(0)],
            profiles: 1,
            numbers: 1,
            redirects: false,
        },
        groups: vec![group("agents", 0..agents, vec![QueueId(0)])],
        agent_group: vec![everyone; usize::from(agents)],
        service_factors: None,
        offers: vec![],
        outcome_factors: None,
        learning: None,
        offices: vec![],
        case_types: vec![],
        counters: None,
        campaigns: vec![],
        start_cases: vec![],
        start_bookings: vec![],
        vendors: vec![],
        sites: vec![],
        topics: crate::model::Topics::default(),
        targets: vec![],
    }
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

/// A process without arrivals of its own.
pub fn process(name: &str, contact_type: u16) -> Process {
    Process {
        name: name.into(),
        key: crate::random::name_hash(name),
        contact_type: ContactTypeId(contact_type),
        number: NumberId(0),
        mean: vec![0.0; 4],
        uneven: vec![],
        busyness: None,
        certain: None,
        citizens: Citizens::Own,
    }
}

/// A type with a constant service time that is always resolved.
pub fn contact_type(name: &str, service_s: f64) -> ContactType {
    let handling = Handling { service_time: constant(service_s), wrap_up: None };
    let resolved = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Resolved] };
    ContactType {
        name: name.into(),
        channel: Channel::Voice,
        answer_due: None,
        idle_out: None,
        patience: None,
        keeps_patience: false,
        handling: [handling.clone(), handling],
        outcome: [resolved.clone(), resolved],
        passed_on_at_most: 3,
        warm: None,
        consultation: None,
        balking: 0.0,
        web: None,
        after_unresolved: None,
        after_abandonment: None,
        after_blocking: None,
        case: None,
        within: SimDuration::from_whole_s(20),
    }
}

/// A queue of one step.
pub fn queue(name: &str, lanes: std::ops::Range<u16>, eligible_from: Vec<u8>) -> Queue {
    let first = Step { name: "first".into(), after: SimDuration::ZERO };
    Queue {
        name: name.into(),
        hours: None,
        sends_away: false,
        steps: vec![first],
        lanes,
        eligible_from,
        needs_staff: false,
        select: Select::LongestIdle,
        conditions: None,
        expected_wait: ExpectedWait::default(),
        marks: vec![],
        calls: true,
        told: None,
    }
}

/// A rule whose steps each offer `offers`.
pub fn rule(name: &str, queue: u16, lane: u16, offers: Vec<Vec<GroupId>>) -> Rule {
    let before = |step: usize| if step == 0 { &[][..] } else { &offers[step - 1][..] };
    let added = |(step, groups): (usize, &Vec<GroupId>)| {
        groups.iter().copied().filter(|group| !before(step).contains(group)).collect()
    };
    let added = offers.iter().enumerate().map(added).collect();
    Rule {
        name: name.into(),
        queue: QueueId(queue),
        lane: LaneId(lane),
        entry_step: 0,
        offers,
        added,
        conditional: false,
        tells: false,
        minds_entries: false,
        asks: None,
        last_agent: None,
        select: Select::LongestIdle,
        condition: None,
    }
}

/// A group that is fully staffed from time zero.
pub fn group(name: &str, agents: std::ops::Range<u16>, serves: Vec<QueueId>) -> AgentGroup {
    let heads = u32::from(agents.end - agents.start);
    AgentGroup {
        name: name.into(),
        tier: 1,
        vendor: None,
        site: None,
        serves,
        take: Take::InOrder,
        weights: vec![],
        order_first: false,
        answer_delay: SimDuration::ZERO,
        agents,
        heads: vec![(SimTime::ZERO, heads)],
        shifts: None,
        chatting: None,
        interruptible_wrap_up: None,
        interruptible_written: false,
        back_office: None,
        key: crate::random::name_hash(name),
        shrinkage: vec![],
        scheduled: vec![],
        adherence: Adherence::default(),
        tenure: None,
        warm_limit: None,
        consultation_limit: None,
        cost_per_hour: 0.0,
    }
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
