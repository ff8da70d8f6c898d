//! Small tables made by hand, for tests: what they do not say is what most centers are.

use super::*;
use crate::random::{Distribution, name_hash};
use crate::time::{SimDuration, SimTime};

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
            horizon: SimTime::ZERO + SimDuration::from_whole_s(3600),
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
        profiles: vec![everybody()],
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
        topics: Topics::default(),
        targets: vec![],
    }
}

/// All citizens.
pub fn everybody() -> Profile {
    Profile {
        name: "everybody".into(),
        cumulative_share: 1.0,
        recognised: 0.0,
        patience_times: 1.0,
        service_times: [1.0; 2],
    }
}

/// A process without arrivals of its own.
pub fn process(name: &str, contact_type: u16) -> Process {
    Process {
        name: name.into(),
        key: name_hash(name),
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
        key: name_hash(name),
        shrinkage: vec![],
        scheduled: vec![],
        adherence: Adherence::default(),
        tenure: None,
        warm_limit: None,
        consultation_limit: None,
        cost_per_hour: 0.0,
    }
}
