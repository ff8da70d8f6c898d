//! A small center, and legs to tell the collector of.
//!
//! Two contact types (billing, taxes), two queues (first, second), two groups (front: tier 1, acme, 20 an hour; back: tier 2, city, 40 an
//! hour), profile and number "" for all. Quarter-hours of a day; in time is within 20 s, short within 5 s.

use crate::engine::{
    Caller, Cause, Fate, FirstAnswer, Leg, Need, NeedEnd, Observer, Refusal, Refused, RunEnd, Service, Staff,
};
use crate::measures::{Basis, Collector, Detail, Replication, Results, Scope, ScopeKind};
use crate::model::{testing, *};
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
        name: "small".into(),
        cell_dates: (0..clock.cells).map(date).collect(),
        clock,
        processes: vec![Process { key: 1, mean: vec![], ..testing::process("calls", 0) }],
        contact_types: vec![contact_type("billing"), contact_type("taxes")],
        profiles: vec![profile("")],
        numbers: vec![Number { name: "".into(), trunk: None, hours: None, merged: false }],
        queues: vec![queue("first"), queue("second")],
        lanes: vec![Lane { queue: QueueId(0), priority: 10, credit: SimDuration::from_whole_s(30) }],
        rules: vec![testing::rule("everybody", 0, 0, vec![])],
        routes: Routes::default(),
        groups: vec![group("back", 2, 1, 40.0, 0..1), group("front", 1, 0, 20.0, 1..3)],
        agent_group: vec![GroupId(0), GroupId(1), GroupId(1)],
        vendors: vec!["acme".into(), "city".into()],
        ..testing::one_group(1)
    }
}

/// One hour.
pub fn hour() -> Model {
    center(4, 0)
}

pub fn profile(name: &str) -> Profile {
    Profile { name: name.into(), ..testing::everybody() }
}

fn contact_type(name: &str) -> ContactType {
    testing::contact_type(name, 60.0)
}

fn queue(name: &str) -> Queue {
    let step = Step { name: "all".into(), after: SimDuration::ZERO };
    Queue { steps: vec![step], ..testing::queue(name, 0..1, vec![0, 0]) }
}

fn group(name: &str, tier: u8, vendor: u16, cost_per_hour: f64, agents: std::ops::Range<u16>) -> AgentGroup {
    let group = testing::group(name, agents, vec![]);
    AgentGroup { tier, vendor: Some(VendorId(vendor)), cost_per_hour, ..group }
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
