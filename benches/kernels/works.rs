//! Pieces of work by name: bare kernels, and the product on the scenarios that it ships.

use std::path::Path;

use centralino::engine::{self, Deaf};
use centralino::measures::{Collector, Detail, replicate};
use centralino::model::{self, Mode, Model};
use centralino::scenario;

use super::clock::CALLS;
use super::{bare, regions};

/// A work's name.
pub type Name = &'static str;

/// Runs replication `n` and says how many calls that was.
pub type Work = Box<dyn FnMut(u64) -> u64>;

/// What is compared with bare kernels.
pub const COMPARED: [Name; 18] = [
    "w1 kernel",
    "w1 recursion kernel",
    "w1 recursion",
    "w1 lazy",
    "w1 eager",
    "w1 recursion deaf",
    "w1 lazy deaf",
    "w1 eager deaf",
    "w2 kernel",
    "w2 eager kernel",
    "w2 lazy",
    "w2 eager",
    "w2 eager deaf",
    "milan weekday",
    "milan weekday deaf",
    "milan year",
    "milan year deaf",
    "regions",
];

/// W1 and W2, small, ten times and a hundred times as large.
pub const SCALED: [Name; 9] = [
    "w1 lazy",
    "w1 lazy x10",
    "w1 lazy x100",
    "w1 eager",
    "w1 eager x10",
    "w1 eager x100",
    "w2 eager",
    "w2 eager x10",
    "w2 eager x100",
];

/// The bare kernel beside which a work stands.
pub fn beside(name: &str) -> Name {
    match name {
        name if name.starts_with("w1 recursion") => "w1 recursion kernel",
        name if name.starts_with("w1") => "w1 kernel",
        "w2 kernel" | "w2 lazy" => "w2 kernel",
        _ => "w2 eager kernel",
    }
}

/// Runs a work so many times; how many calls that was.
pub fn run(name: &str, times: &str) -> u64 {
    let times: u64 = times.parse().expect("a number of times at the end");
    let mut work = work(name);
    (0..times).map(&mut work).sum()
}

/// The work of a name.
pub fn work(name: &str) -> Work {
    match name {
        "w1 kernel" => Box::new(|n| bare::w1_events(n, CALLS)),
        "w1 recursion kernel" => Box::new(|n| bare::w1_recursion(n, CALLS)),
        "w2 kernel" => Box::new(|n| bare::w2_events::<false>(n, CALLS)),
        "w2 eager kernel" => Box::new(|n| bare::w2_events::<true>(n, CALLS)),
        name => {
            let (name, is_deaf) = name.strip_suffix(" deaf").map_or((name, false), |name| (name, true));
            let (model, mode) = center(name);
            if is_deaf { deaf(model, mode) } else { product(model, mode) }
        }
    }
}

/// A model and the mode in which it is run.
fn center(name: &str) -> (Model, Mode) {
    let (name, size) = match name.rsplit_once(" x") {
        Some((name, times)) => {
            (name, Size { times: times.parse().expect("a number after x"), days: Some(1) })
        }
        None => match name.strip_suffix(" short") {
            Some(name) => (name, Size { times: 1, days: Some(1) }),
            None => (name, Size { times: 1, days: None }),
        },
    };
    match name {
        "w1 recursion" => (w1(size), Mode::Recursion),
        "w1 lazy" => (w1(size), Mode::Lazy),
        "w1 eager" => (w1(size), Mode::Eager),
        "w2 lazy" => (w2(size), Mode::Lazy),
        "w2 eager" => (w2(size), Mode::Eager),
        "milan weekday" => (shipped("milano-020202/weekday.toml", &[]), Mode::Eager),
        "milan year" => (shipped("milano-020202/year-2008.toml", &[]), Mode::Eager),
        "regions" => (regions::model(), Mode::Eager),
        _ => unreachable!("no work is named {name}"),
    }
}

/// How large a center is, and how many days of it are run if not its scenario's.
#[derive(Clone, Copy)]
struct Size {
    times: u32,
    days: Option<u32>,
}

fn w1(size: Size) -> Model {
    let Size { times, .. } = size;
    let load = format!("arrivals.call.per_hour={}", 2175 * times);
    let heads = format!("agent_groups.agents.staffing.heads={}", 150 * times);
    shipped("reference/w1.toml", &scaled(size, [load, heads]))
}

fn w2(size: Size) -> Model {
    let Size { times, .. } = size;
    let loads = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .map(|of| format!("arrivals.{of}.per_day={}", 18_000 * times));
    let two = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .map(|of| format!("agent_groups.two_{of}.staffing.heads={}", 42 * times));
    let wide = ["w", "x", "y", "z"].map(|of| format!("agent_groups.wide_{of}.staffing.heads={}", 28 * times));
    shipped("reference/w2.toml", &scaled(size, loads.into_iter().chain(two).chain(wide)))
}

fn scaled(size: Size, sizes: impl IntoIterator<Item = String>) -> Vec<String> {
    sizes.into_iter().chain(size.days.map(|days| format!("scenario.days={days}"))).collect()
}

fn shipped(name: &str, overrides: &[String]) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let loaded = scenario::load(&path, overrides).expect("shipped scenarios load");
    model::compile(&loaded.scenario).expect("shipped scenarios compile").model
}

/// The product: engine and collector.
fn product(model: Model, mode: Mode) -> Work {
    let mut collector = Collector::new(&model, Detail::for_model(&model));
    Box::new(move |replication| {
        let end = replicate(&model, 1, replication, mode, &mut collector, None);
        collector.finish(end);
        end.contacts
    })
}

/// The engine with nobody listening.
fn deaf(model: Model, mode: Mode) -> Work {
    Box::new(move |replication| engine::run(&model, 1, replication, mode, &mut Deaf).contacts)
}

/// A shipped scenario's model, for other tables.
pub fn milan_weekday() -> Model {
    shipped("milano-020202/weekday.toml", &[])
}
