//! A center that starts with contacts in its queue, quarter-hour by quarter-hour, against the Kolmogorov forward equations.
//!
//! M/M/n+M with k contacts that wait at midnight: the first n are taken at once, the others have a patience of full length, which for
//! an exponential one is what is left. How long they have waited before says nothing here, and so neither changes any of these numbers nor
//! enters a count by entry.

use centralino::measures::{
    Attribution, Basis, Collector, Detail, PeriodKind, Results, ScopeKind, replicate,
};
use centralino::model::{Mode, Model};
use centralino::stats::Confidence;

use super::Table;
use crate::markov::{Chain, Weights};
use crate::support::model;

const QUARTER_S: f64 = 900.0;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 400.0;
const PER_HOUR: f64 = 60.0;
const AGENTS: u32 = 5;
const WAITING: u32 = 30;
/// Contacts for which there is room in the chain.
const ROOM: u32 = 80;
/// Quarter-hours that are looked at.
const QUARTERS: usize = 4;

/// How many are in the center; or someone who entered in the quarter-hour that we look at, with so many before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Center(u32),
    Waits(u32),
    Answered,
    GaveUp,
}
use State::{Answered, Center, GaveUp, Waits};

fn moves(state: State, per_s: f64) -> Vec<(State, f64)> {
    match state {
        Center(contacts) => {
            let busy = contacts.min(AGENTS);
            let leave = f64::from(busy) / SERVICE_S + f64::from(contacts - busy) / PATIENCE_S;
            let comes = if contacts < ROOM { per_s } else { 0.0 };
            vec![(Center(contacts + 1), comes), (Center(contacts.saturating_sub(1)), leave)]
        }
        Waits(ahead) => {
            let one_less = if ahead > 0 { Waits(ahead - 1) } else { Answered };
            let goes_on = f64::from(AGENTS) / SERVICE_S + f64::from(ahead) / PATIENCE_S;
            vec![(one_less, goes_on), (GaveUp, 1.0 / PATIENCE_S)]
        }
        Answered | GaveUp => vec![],
    }
}

fn entrant(state: State) -> Option<State> {
    match state {
        Center(contacts) if contacts < AGENTS => Some(Answered),
        Center(contacts) => Some(Waits(contacts - AGENTS)),
        _ => None,
    }
}

fn waiting(state: State) -> f64 {
    if let Center(contacts) = state { f64::from(contacts.saturating_sub(AGENTS)) } else { 0.0 }
}

fn busy(state: State) -> f64 {
    if let Center(contacts) = state { f64::from(contacts.min(AGENTS)) } else { 0.0 }
}

fn waits(state: State) -> bool {
    matches!(state, Waits(_))
}

fn chain(per_s: f64) -> Chain<State> {
    let followed = (0..=ROOM).map(Waits).chain([Answered, GaveUp]);
    Chain::grown_from((0..=ROOM).map(Center).chain(followed), |state| moves(state, per_s))
        .with_births(move |state| entrant(state).filter(|_| per_s > 0.0).map(|born| (born, per_s)))
}

/// What must come out of a quarter-hour.
struct Quarter {
    /// Of those who enter in it.
    offered: f64,
    abandoned: f64,
    waited_s: f64,
    /// Of all who are there in it.
    queue_s: f64,
    busy_s: f64,
    /// Hung up in it, whenever they came.
    hung_up: f64,
}

fn solve() -> Vec<Quarter> {
    let per_s = PER_HOUR / 3600.0;
    let (open, closed) = (chain(per_s), chain(0.0));
    let is_followed = |state: State| !matches!(state, Center(_));
    let mut center = Weights::all_in(Center(WAITING));
    let mut quarters = Vec::new();
    for _ in 0..QUARTERS {
        let (after, spent) = open.over(&center, QUARTER_S);
        let (followed, later) = closed.over(&only(&after, is_followed), 8.0 * QUARTER_S);
        assert!(followed.share(waits) < 1e-9, "nobody waits two hours");
        quarters.push(Quarter {
            offered: per_s * QUARTER_S,
            abandoned: followed.share(|state| state == GaveUp),
            waited_s: spent.share(waits) + later.share(waits),
            queue_s: spent.mean(waiting),
            busy_s: spent.mean(busy),
            hung_up: spent.mean(waiting) / PATIENCE_S,
        });
        center = only(&after, |state| !is_followed(state));
    }
    quarters
}

fn only(weights: &Weights<State>, holds: impl Fn(State) -> bool) -> Weights<State> {
    let kept = weights.states.iter().zip(&weights.weights).filter(|(state, _)| holds(**state));
    let (states, weights) = kept.map(|(&state, &weight)| (state, weight)).unzip();
    Weights { states, weights }
}

fn center(waited: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "begun with a queue"
        start = "2024-03-05"
        [contact_types.calls]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        patience = {{ exponential = "{PATIENCE_S}s" }}
        [arrivals.calls]
        per_day = 60
        day = {{ "00:00" = 1, "01:00" = 0 }}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = {AGENTS}
        [start_state.waiting.calls]
        count = {WAITING}
        waited = "{waited}"
        "#
    ))
}

fn days(model: &Model, seed: u64, attribution: Attribution) -> Results {
    let detail = Detail { days: true, periods: true, attribution, ..Detail::WHOLE };
    let (mut collector, mut results) = (Collector::new(model, detail), Results::new(model, detail));
    for replication in 0..super::as_asked(800) {
        let end = replicate(model, seed, replication, Mode::Lazy, &mut collector, None);
        results.add(collector.finish(end));
    }
    results
}

/// Mean and standard error of a measure of the whole center in a quarter-hour.
fn of_quarter(results: &Results, measure: &str, basis: Basis, quarter: usize) -> (f64, f64) {
    let t = Confidence::default().student_t(results.replications() - 1);
    let is_it = |row: &centralino::measures::MeasureRow<'_>| {
        let period = row.period.filter(|period| period.kind == PeriodKind::Period);
        row.scope_kind == ScopeKind::Whole
            && (row.measure, row.basis) == (measure, basis)
            && period.is_some_and(|period| period.index == quarter as u32)
    };
    let row = results.rows().find(is_it).expect("the measure exists");
    (row.mean.expect("a mean"), row.half_width().expect("a half-width") / t)
}

#[test]
fn those_who_wait_at_the_start_are_served_or_give_up_as_the_equations_say() {
    let quarters = solve();
    let mut table = Table::default();
    for (waited, seed) in [("10m", 149), ("2h", 151)] {
        let model = center(waited);
        let by_entry = days(&model, seed, Attribution::Entry);
        let by_answer = days(&model, seed, Attribution::Answer);
        for (q, quarter) in quarters.iter().enumerate() {
            let system = format!("{WAITING} wait since {waited}, quarter-hour {q}");
            let mut hold = |results: &Results, measure: &'static str, basis, exact: f64| {
                let (value, error) = of_quarter(results, measure, basis, q);
                table.compare(&system, measure, exact, value, error, results.replications() as usize);
            };
            hold(&by_entry, "offered", Basis::Leg, quarter.offered);
            hold(&by_entry, "abandoned", Basis::Leg, quarter.abandoned);
            hold(&by_entry, "wait_all", Basis::Leg, quarter.waited_s / quarter.offered);
            hold(&by_entry, "mean_queue", Basis::Time, quarter.queue_s / QUARTER_S);
            hold(&by_entry, "occupancy", Basis::Time, quarter.busy_s / (QUARTER_S * f64::from(AGENTS)));
            hold(&by_answer, "abandoned", Basis::Leg, quarter.hung_up);
        }
    }
    table.all_hold();
}
