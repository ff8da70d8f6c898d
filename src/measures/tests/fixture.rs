//! A small center, and legs to tell the collector of.
//!
//! Two contact types (billing, taxes), two queues (first, second), two groups (front: tier 1, acme, 20 an hour; back: tier 2, city, 40 an
//! hour), profile and number "" for all. Quarter-hours of a day; in time is within 20 s, short within 5 s.

use crate::engine::{
    Caller, Cause, Fate, FirstAnswer, Leg, Need, NeedEnd, Observer, Refusal, Refused, RunEnd, Service, Staff,
};
use crate::measures::{Basis, Collector, Detail, Replication, Results, Scope, ScopeKind};
use crate::model::*;
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

pub const EVERYTHING: Detail = Detail { days: true, periods: true, intervals: true, ..Detail::WHOLE };

pub fn s(seconds: f64) -> SimTime {
    SimTime::ZERO.after(SimDuration::from_s(seconds))
}

/// The absolute quarter-hour at which the counted time starts: day 1000 after 1970-01-01.
pub const START_CELL: u64 = 96_000;

/// The center with `periods` quarter-hours after a run-in of as many seconds. Months have 10 days.
pub fn center(periods: u32, run_in_s: u64) -> Model {
    let count_from = SimTime::ZERO + SimDuration::from_whole_s(run_in_s);
    let run_in_cells = run_in_s.div_ceil(900);
    let clock = RunClock {
        zero_unix_us: (START_CELL * CELL_US) as i64 - count_from.as_us() as i64,
        begins: SimTime::ZERO,
        count_from,
        horizon: count_from + SimDuration::from_whole_s(900 * u64::from(periods)),
        period_us: 900_000_000,
        periods,
        first_cell: START_CELL - run_in_cells,
        cells: periods + run_in_cells as u32,
    };
    let date = |cell: u32| {
        let cell = (clock.first_cell + u64::from(cell)) as u32;
        let day = cell / 96;
        CellDate { year: 1972, month: day / 10, day, second_of_day: cell % 96 * 900 }
    };
    Model {
        outcomes: None,
        name: "small".into(),
        cell_dates: (0..clock.cells).map(date).collect(),
        clock,
        batches: None,
        short_abandonment: SimDuration::from_whole_s(5),
        processes: vec![process()],
        event_talk: None,
        event_retrial: None,
        busyness: vec![],
        contact_types: vec![contact_type("billing"), contact_type("taxes")],
        profiles: vec![profile("")],
        numbers: vec![Number { name: "".into(), trunk: None, hours: None, merged: false }],
        trunks: vec![],
        greetings: None,
        openings: vec![],
        beginning: None,
        queues: vec![queue("first"), queue("second")],
        lanes: vec![Lane { queue: QueueId(0), priority: 10, credit: SimDuration::from_whole_s(30) }],
        rules: vec![rule()],
        routes: Routes::default(),
        groups: vec![group("back", 2, 1, 40.0, 0..1), group("front", 1, 0, 20.0, 1..3)],
        agent_group: vec![GroupId(0), GroupId(1), GroupId(1)],
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
        vendors: vec!["acme".into(), "city".into()],
        sites: vec![],
        topics: crate::model::Topics::default(),
        targets: vec![],
    }
}

/// One hour.
pub fn hour() -> Model {
    center(4, 0)
}

pub fn profile(name: &str) -> Profile {
    Profile {
        name: name.into(),
        cumulative_share: 1.0,
        recognised: 0.0,
        patience_times: 1.0,
        service_times: [1.0; 2],
    }
}

fn process() -> Process {
    Process {
        name: "calls".into(),
        key: 1,
        contact_type: ContactTypeId(0),
        number: NumberId(0),
        mean: vec![],
        uneven: vec![],
        busyness: None,
        certain: None,
        citizens: Citizens::Own,
    }
}

fn contact_type(name: &str) -> ContactType {
    let minute = || Distribution::constant(60.0).unwrap();
    let handling = || Handling { service_time: minute(), wrap_up: None };
    let outcome = || Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Resolved] };
    ContactType {
        name: name.into(),
        channel: Channel::Voice,
        answer_due: None,
        idle_out: None,
        patience: None,
        keeps_patience: false,
        handling: [handling(), handling()],
        outcome: [outcome(), outcome()],
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

fn queue(name: &str) -> Queue {
    let step = Step { name: "all".into(), after: SimDuration::ZERO };
    Queue {
        name: name.into(),
        hours: None,
        sends_away: false,
        steps: vec![step],
        lanes: 0..1,
        eligible_from: vec![0, 0],
        needs_staff: false,
        select: Select::LongestIdle,
        conditions: None,
        expected_wait: ExpectedWait::default(),
        marks: vec![],
        calls: true,
        told: None,
    }
}

fn rule() -> Rule {
    Rule {
        name: "everybody".into(),
        queue: QueueId(0),
        lane: LaneId(0),
        entry_step: 0,
        offers: vec![],
        added: vec![],
        conditional: false,
        tells: false,
        minds_entries: false,
        asks: None,
        last_agent: None,
        select: Select::LongestIdle,
        condition: None,
    }
}

fn group(name: &str, tier: u8, vendor: u16, cost_per_hour: f64, agents: std::ops::Range<u16>) -> AgentGroup {
    AgentGroup {
        name: name.into(),
        tier,
        vendor: Some(VendorId(vendor)),
        site: None,
        serves: vec![],
        take: Take::InOrder,
        weights: vec![],
        order_first: false,
        answer_delay: SimDuration::ZERO,
        heads: vec![(SimTime::ZERO, u32::from(agents.end - agents.start))],
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
        agents,
        warm_limit: None,
        consultation_limit: None,
        cost_per_hour,
    }
}

pub const FRONT: GroupId = GroupId(1);
pub const BACK: GroupId = GroupId(0);

/// So many logged in, as many as planned.
pub fn there(heads: u32) -> Staff {
    Staff::of_heads(heads, heads)
}

/// A first attempt about billing that began at `at_s`.
pub fn caller(at_s: f64) -> Caller {
    Caller {
        need: NeedId::new(ProcessId(0), 0, 7),
        contact_type: ContactTypeId(0),
        profile: ProfileId(0),
        number: NumberId(0),
        recognised: false,
        attempt: 0,
        cause: Cause::Fresh,
        contact_began: s(at_s),
        need_began: s(at_s),
    }
}

/// A caller's need that ended so, first answered, if ever, after `wait_s`.
pub fn need(caller: Caller, end: NeedEnd, wait_s: Option<u64>) -> Need {
    let answer = |wait_s| FirstAnswer {
        at: caller.need_began.after(SimDuration::from_whole_s(wait_s)),
        wait: SimDuration::from_whole_s(wait_s),
    };
    Need {
        caller,
        end,
        first_answer: wait_s.map(answer),
        answered: u8::from(wait_s.is_some()),
        transferred: false,
        resolved_at: (end == NeedEnd::Resolved).then_some(1),
        case: false,
        visited: false,
        attempts: u32::from(caller.attempt) + 1,
    }
}

/// Refused as the attempt begins.
pub fn refused(caller: Caller, why: Refusal, queue: Option<QueueId>) -> Refused {
    Refused { caller, leg: 0, at: caller.contact_began, why, queue }
}

/// A first leg in the first queue that ends unserved.
fn unserved(entered_s: f64, wait_s: f64, fate: Fate) -> Leg {
    Leg {
        caller: caller(entered_s),
        leg: 0,
        queue: QueueId(0),
        rule: RuleId(0),
        step: 0,
        entered: s(entered_s),
        fate,
        left: s(entered_s + wait_s),
        service: None,
    }
}

/// Abandoned after `wait_s`.
pub fn abandoned(entered_s: f64, wait_s: f64) -> Leg {
    unserved(entered_s, wait_s, Fate::Abandoned)
}

/// Sent away after `wait_s`.
pub fn sent_away(entered_s: f64, wait_s: f64) -> Leg {
    unserved(entered_s, wait_s, Fate::SentAway)
}

/// Answered by the front after `wait_s`, talked `talk_s`, no wrap-up.
pub fn answered(entered_s: f64, wait_s: f64, talk_s: f64) -> Leg {
    let left = entered_s + wait_s;
    let service = Service {
        agent: AgentId(1),
        group: FRONT,
        assigned: s(left),
        held_from: s(left + talk_s),
        talk_ended: s(left + talk_s),
        wrap_up_ended: s(left + talk_s),
        outcome: Outcome::Resolved,
        hand_over: crate::engine::HandOver::Cold,
        apart: crate::engine::Apart::NOTHING,
    };
    Leg { service: Some(service), ..unserved(entered_s, wait_s, Fate::Answered) }
}

/// With this wrap-up.
pub fn wrapped_up(mut leg: Leg, wrap_up_s: f64) -> Leg {
    if let Some(service) = &mut leg.service {
        service.wrap_up_ended = service.talk_ended.after(SimDuration::from_s(wrap_up_s));
    }
    leg
}

/// Of the second contact type, in the second queue.
pub fn about_taxes(mut leg: Leg) -> Leg {
    leg.caller.contact_type = ContactTypeId(1);
    leg.queue = QueueId(1);
    leg
}

/// Tells the beginning and the end of a leg.
pub fn tell(observer: &mut impl Observer, leg: &Leg) {
    observer.leg_begins(leg.entered, leg.queue, &leg.caller);
    observer.leg_ends(leg);
}

/// One replication of `model` in which these legs happened.
pub fn replication(model: &Model, legs: &[Leg]) -> Replication {
    let mut collector = Collector::new(model, EVERYTHING);
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    collector.finish(RunEnd::default())
}

/// The results of one replication in which these legs happened.
pub fn results(model: &Model, legs: &[Leg]) -> Results {
    gathered(model, [replication(model, legs)])
}

/// The results of these replications.
pub fn gathered(model: &Model, replications: impl IntoIterator<Item = Replication>) -> Results {
    let mut results = Results::new(model, EVERYTHING);
    replications.into_iter().for_each(|replication| results.add(replication));
    results
}

pub fn scope(kind: ScopeKind, index: usize) -> Scope {
    Scope::new(kind, index)
}

/// A measure of the whole center.
#[track_caller]
pub fn whole(results: &Results, measure: &str, basis: Basis) -> Option<f64> {
    value(results, measure, basis, Scope::WHOLE)
}

/// A measure of a scope.
#[track_caller]
pub fn value(results: &Results, measure: &str, basis: Basis, scope: Scope) -> Option<f64> {
    results.find(measure, basis, scope).unwrap_or_else(|| panic!("no {measure} of {scope:?}")).mean
}

/// One measure by period (or by day): (index, value).
pub fn by_period(results: &Results, measure: &str, basis: Basis, scope: &str) -> Vec<Option<f64>> {
    let rows = results.period_measure_rows();
    rows.filter(|row| (row.measure, row.basis, row.scope) == (measure, basis, scope))
        .map(|row| row.mean)
        .collect()
}

#[track_caller]
pub fn assert_close(found: Option<f64>, expected: f64) {
    let found = found.expect("a value");
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}
