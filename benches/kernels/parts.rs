//! Parts of the engine by themselves: nanoseconds an operation.

use std::hint::black_box;

use centralino::engine::event_sets::{IDLE, Key, Wheel, WinnerTree, WorkEnds, key};
use centralino::model::{Bound, ContactTypeId, NumberId, ProfileId};
use centralino::random::{self, Distribution, Purpose, poisson_quantile};
use centralino::routing::match_rule;
use centralino::stats::Histogram;
use centralino::time::{SimDuration, SimTime};

use super::clock::{cpu_ns, median};
use super::{regions, works};

const TIMES: u64 = 2_000_000;
const ROUNDS: usize = 5;

/// Prints the table.
pub fn print() {
    println!("{:<52}{:>8}", "part", "ns");
    event_sets();
    random_numbers();
    routing();
    counters();
    println!();
}

/// Prints the median cost of an operation that is given its number.
fn part(what: &str, mut operation: impl FnMut(u64)) {
    let mut round = || {
        let before = cpu_ns();
        (0..TIMES).for_each(&mut operation);
        (cpu_ns() - before) as f64 / TIMES as f64
    };
    let times = (0..ROUNDS).map(|_| round()).collect();
    println!("{what:<52}{:>8.1}", median(times));
}

/// A keyed exponential time, mean 240 s, in microseconds.
fn gap(number: u64) -> u64 {
    let key = random::Key::from_raw(7).item(number);
    (key.draw(Purpose::TalkTier1).unit_exponential() * 240e6) as u64
}

fn event_sets() {
    for agents in [150_u16, 1_500, 15_000] {
        let mut ends = WorkEnds::new(agents.into(), SimDuration::from_whole_s(240));
        (0..agents).for_each(|agent| ends.set(key(SimTime::from_us(gap(agent.into())), agent)));
        part(&format!("work ends: next and set again, {agents} agents"), |number| {
            let first = ends.first();
            ends.pop();
            ends.set(later(first, number));
        });
        let mut tree = WinnerTree::new(0..agents.into());
        (0..agents).for_each(|slot| tree.set(slot.into(), key(SimTime::from_us(gap(slot.into())), slot)));
        part(&format!("winner tree: the same, {agents} slots"), |number| {
            let first = tree.first();
            tree.set(usize::from(first as u16), later(first, number));
        });
    }
    let (mut wheel, mut now) = (Wheel::default(), 0);
    part("wheel: set, and cancel or take when due", |number| {
        now += 700_000;
        let timer = wheel.set((now + gap(number)) << 16 | 9, number, 1);
        if number % 4 == 0 {
            wheel.cancel(timer);
        }
        while wheel.due(now << 16) <= now << 16 {
            black_box(wheel.pop());
        }
    });
    assert!(wheel.due(IDLE) != IDLE, "timers are left");
}

fn later(first: Key, number: u64) -> Key {
    ((first >> 16) + gap(number)) << 16 | first & 0xffff
}

fn random_numbers() {
    let root = random::Key::replication(1, 0).named(7).cell(1_333_000);
    part("key of a need", |number| {
        black_box(root.item(number));
    });
    part("uniform", |number| {
        black_box(root.item(number).draw(Purpose::Offset).uniform());
    });
    for (family, distribution) in [
        ("exponential", Distribution::exponential(240.0)),
        ("lognormal", Distribution::lognormal(240.0, 240.0)),
        ("gamma", Distribution::gamma(240.0, 120.0)),
        ("weibull", Distribution::weibull(1.5, 240.0)),
    ] {
        let distribution = distribution.expect("its parameters are right");
        part(&format!("{family}, with its key"), |number| {
            black_box(distribution.sample(root.item(number).draw(Purpose::TalkTier1)));
        });
    }
    part("poisson quantile, mean 25", |number| {
        black_box(poisson_quantile(25.0, root.item(number).draw(Purpose::Count).uniform()));
    });
}

fn routing() {
    for (name, model) in [("Milan", works::milan_weekday()), ("60 types", regions::model())] {
        let (types, profiles) = (model.contact_types.len() as u64, model.profiles.len() as u64);
        part(&format!("routing match, {name}"), |number| {
            let contact_type = ContactTypeId((number % types) as u16);
            let profile = ProfileId((number / types % profiles) as u16);
            let class = model.routes.class(
                contact_type,
                profile,
                NumberId(0),
                number.is_multiple_of(3),
                Bound::First,
            );
            black_box(match_rule(&model, class, |_| true, |_, _| true));
        });
    }
}

fn counters() {
    let mut histogram = Histogram::default();
    part("histogram: one value", |number| histogram.record(gap(number)));
    black_box(histogram.quantile(0.5));
}
