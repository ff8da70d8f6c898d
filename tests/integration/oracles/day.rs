//! A day that changes, quarter-hour by quarter-hour, against the Kolmogorov forward equations.
//!
//! The center begins empty; rates and staffing change, up and down; callers give up. The chain knows how many contacts and how many
//! agents are present, and who works beyond the end of the shift. Counts belong to the quarter-hour of entry, so those
//! who enter in it are followed, with all who stand before them, until they are served or have given up.
//!
//! The same numbers of people by quarter-hour, once as heads, once as shifts: as heads somebody who works belongs to the next
//! quarter-hour's heads; with shifts all go home when they are done, and as many others come at once.

use std::collections::BTreeMap;

use centralino::measures::{Basis, Collector, Detail, PeriodKind, Results, ScopeKind, replicate};
use centralino::model::{Mode, Model};
use centralino::stats::Confidence;
use statrs::distribution::{ContinuousCDF, LogNormal, Normal};

use super::{Table, WITHIN_S};
use crate::markov::{Chain, Weights};
use crate::support::model;

const QUARTER_S: f64 = 900.0;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 180.0;
/// Contacts per hour from eight o'clock on, by quarter-hour.
const PER_HOUR: [f64; 11] = [60.0, 60.0, 120.0, 120.0, 90.0, 90.0, 40.0, 120.0, 60.0, 20.0, 0.0];
/// Agents, by quarter-hour; at 10:00 they leave while there is much to do, at 10:15 they come back.
const HEADS: [u32; 11] = [3, 5, 7, 4, 4, 6, 2, 2, 5, 1, 1];
/// Contacts for which there is room in the chain.
const ROOM: u32 = 45;

/// What the end of a shift means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Convention {
    Heads,
    Shifts,
}

/// Who is there; or someone who entered in the quarter-hour that we look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// Each leaver finishes a contact that is not among these.
    Center {
        contacts: u32,
        agents: u32,
        leavers: u32,
    },
    /// So many stand before; all agents are busy.
    Waits {
        ahead: u32,
        agents: u32,
    },
    Answered,
    GaveUp,
}
use State::{Answered, Center, GaveUp, Waits};

/// Where a state goes while the plan wants `heads` and contacts come at a rate.
fn moves(state: State, heads: u32, per_s: f64) -> Vec<(State, f64)> {
    match state {
        Center { contacts, agents, leavers } => {
            let busy = contacts.min(agents);
            let fewer = contacts.saturating_sub(1);
            // Whoever becomes free while there is a surplus leaves.
            let stay = agents - u32::from(agents > heads);
            let comes = if contacts < ROOM { per_s } else { 0.0 };
            vec![
                (Center { contacts: contacts + 1, agents, leavers }, comes),
                (Center { contacts: fewer, agents: stay, leavers }, f64::from(busy) / SERVICE_S),
                (Center { contacts: fewer, agents, leavers }, f64::from(contacts - busy) / PATIENCE_S),
                (
                    Center { contacts, agents, leavers: leavers.saturating_sub(1) },
                    f64::from(leavers) / SERVICE_S,
                ),
            ]
        }
        Waits { ahead, agents } => {
            let one_less = if ahead > 0 { Waits { ahead: ahead - 1, agents } } else { Answered };
            let freed = if agents > heads { Waits { ahead, agents: agents - 1 } } else { one_less };
            vec![
                (freed, f64::from(agents) / SERVICE_S),
                (one_less, f64::from(ahead) / PATIENCE_S),
                (GaveUp, 1.0 / PATIENCE_S),
            ]
        }
        Answered | GaveUp => vec![],
    }
}

/// The plan changes to `heads`: who comes takes who waits.
fn turns(state: State, heads: u32, convention: Convention) -> State {
    let come = |ahead: u32, agents: u32| match ahead.checked_sub(agents) {
        Some(ahead) => Waits { ahead, agents: heads },
        None => Answered,
    };
    match (state, convention) {
        // Idle agents leave, busy ones stay.
        (Center { contacts, agents, leavers }, Convention::Heads) => {
            Center { contacts, agents: heads.max(agents.min(contacts)), leavers }
        }
        // All who are busy finish and leave.
        (Center { contacts, agents, leavers }, Convention::Shifts) => {
            let busy = contacts.min(agents);
            Center { contacts: contacts - busy, agents: heads, leavers: leavers + busy }
        }
        (Waits { ahead, agents }, Convention::Heads) if heads > agents => come(ahead, heads - agents),
        (Waits { ahead, .. }, Convention::Shifts) => come(ahead, heads),
        (other, _) => other,
    }
}

/// Who enters now and finds it so.
fn entrant(state: State) -> Option<State> {
    match state {
        Center { contacts, agents, .. } if contacts < agents => Some(Answered),
        Center { contacts, agents, .. } => Some(Waits { ahead: contacts - agents, agents }),
        _ => None,
    }
}

fn waiting(state: State) -> f64 {
    match state {
        Center { contacts, agents, .. } => f64::from(contacts.saturating_sub(agents)),
        _ => 0.0,
    }
}

fn waits(state: State) -> bool {
    matches!(state, Waits { .. })
}

fn busy(state: State) -> f64 {
    match state {
        Center { contacts, agents, leavers } => f64::from(contacts.min(agents) + leavers),
        _ => 0.0,
    }
}

fn present(state: State) -> f64 {
    match state {
        Center { agents, leavers, .. } => f64::from(agents + leavers),
        _ => 0.0,
    }
}

/// The center as it begins, and those followed from wherever they may begin.
fn chain(begins: &Weights<State>, heads: u32, per_s: f64) -> Chain<State> {
    let most = HEADS.iter().copied().max().unwrap_or(0);
    let followed = (0..=ROOM).flat_map(|ahead| (heads..=most).map(move |agents| Waits { ahead, agents }));
    let first: Vec<State> = begins.states.iter().copied().chain(followed).chain([Answered, GaveUp]).collect();
    Chain::grown_from(first, |state| moves(state, heads, per_s))
        .with_births(move |state| entrant(state).filter(|_| per_s > 0.0).map(|born| (born, per_s)))
}

fn heads(quarter: usize) -> u32 {
    HEADS.get(quarter).copied().unwrap_or(HEADS[HEADS.len() - 1])
}

/// Whether the plan changes at the beginning of a quarter-hour.
fn changes(quarter: usize) -> bool {
    quarter < HEADS.len()
}

/// What must come out of a quarter-hour.
#[derive(Clone, Copy, Debug, Default)]
struct Quarter {
    offered: f64,
    abandoned: f64,
    delayed: f64,
    waited_s: f64,
    in_time: f64,
    queue_s: f64,
    busy_s: f64,
    present_s: f64,
    overtime_s: f64,
}

/// Solves the day: what is in the center goes from quarter-hour to quarter-hour.
fn solve(convention: Convention) -> Vec<Quarter> {
    let mut center = Weights::all_in(Center { contacts: 0, agents: HEADS[0], leavers: 0 });
    let mut quarters = Vec::new();
    for (q, (&heads, &per_hour)) in HEADS.iter().zip(&PER_HOUR).enumerate() {
        let per_s = per_hour / 3600.0;
        let now = center.turned(|state| turns(state, heads, convention));
        let chain = chain(&now, heads, per_s);
        let (after, spent) = chain.over(&now, QUARTER_S);
        quarters.push(Quarter {
            offered: per_s * QUARTER_S,
            delayed: per_s * spent.share(|state| entrant(state).is_some_and(waits)),
            in_time: in_time(&now, &chain, per_s, q, convention),
            queue_s: spent.mean(waiting),
            busy_s: spent.mean(busy),
            present_s: spent.mean(present),
            overtime_s: spent.mean(|state| (present(state) - f64::from(heads)).max(0.0)),
            ..follow(&after, &spent, q + 1, convention)
        });
        center = only(&after, |state| matches!(state, Center { .. }));
    }
    quarters
}

fn only(weights: &Weights<State>, holds: impl Fn(State) -> bool) -> Weights<State> {
    let kept = weights.states.iter().zip(&weights.weights).filter(|(state, _)| holds(**state));
    let (states, weights) = kept.map(|(&state, &weight)| (state, weight)).unzip();
    Weights { states, weights }
}

/// What becomes of those who entered in the quarter-hour before `next` and how long they wait in all.
fn follow(after: &Weights<State>, spent: &Weights<State>, next: usize, convention: Convention) -> Quarter {
    let mut waited_s = spent.share(waits);
    let mut followed = only(after, |state| !matches!(state, Center { .. }));
    for q in next..next + 8 {
        if changes(q) {
            followed = followed.turned(|state| turns(state, heads(q), convention));
        }
        let (later, spent) = chain(&followed, heads(q), 0.0).over(&followed, QUARTER_S);
        waited_s += spent.share(waits);
        followed = later;
    }
    assert!(followed.share(waits) < 1e-9, "nobody waits two hours");
    Quarter { waited_s, abandoned: followed.share(|state| state == GaveUp), ..Quarter::default() }
}

/// Answered within 20 s of those who enter in quarter-hour `q`, by Simpson's rule over the instants of entry; beyond the
/// quarter-hour's end the next plan holds.
fn in_time(
    start: &Weights<State>,
    center: &Chain<State>,
    per_s: f64,
    q: usize,
    convention: Convention,
) -> f64 {
    let nobody = Weights { states: vec![], weights: vec![] };
    let (here, later) = (chain(&nobody, HEADS[q], 0.0), chain(&nobody, heads(q + 1), 0.0));
    // Whether the 20 s reach beyond the quarter-hour is told apart from `left_s`: with 20 s left exactly both are limits.
    let answered = |now: &Weights<State>, left_s: f64, beyond: bool| {
        let entrants = only(now, |state| matches!(state, Center { .. }));
        let entrants = entrants.turned(|state| entrant(state).unwrap_or(state));
        let (mut followed, _) = here.over(&entrants, left_s.min(WITHIN_S));
        if beyond {
            if changes(q + 1) {
                followed = followed.turned(|state| turns(state, heads(q + 1), convention));
            }
            followed = later.over(&followed, WITHIN_S - left_s).0;
        }
        followed.share(|state| state == Answered)
    };
    let mut now = start.clone();
    let mut integral = 0.0;
    let last_s = QUARTER_S - WITHIN_S;
    for (from_s, to_s, steps, beyond) in [(0.0, last_s, 88, false), (last_s, QUARTER_S, 8, true)] {
        let step_s = (to_s - from_s) / f64::from(steps);
        for step in 0..=steps {
            let weight = if step == 0 || step == steps { 1.0 } else { f64::from(2 + 2 * (step % 2)) };
            let left_s = QUARTER_S - from_s - f64::from(step) * step_s;
            integral += weight * step_s / 3.0 * answered(&now, left_s, beyond);
            if step < steps {
                now = only(&center.over(&now, step_s).0, |state| matches!(state, Center { .. }));
            }
        }
    }
    per_s * integral
}

fn bands(values: impl Iterator<Item = String>) -> String {
    let at = |(quarter, value): (usize, String)| {
        let minutes = 8 * 60 + 15 * quarter;
        format!("\"{:02}:{:02}\" = {value}", minutes / 60, minutes % 60)
    };
    values.enumerate().map(at).collect::<Vec<_>>().join(", ")
}

fn center(convention: Convention) -> Model {
    let per_day: f64 = PER_HOUR.iter().sum::<f64>() / 4.0;
    let rates = bands(PER_HOUR.iter().map(|rate| rate.to_string()));
    let staffing = match convention {
        Convention::Heads => {
            let heads = bands(HEADS.iter().map(|heads| heads.to_string()));
            format!("heads = {{ \"00:00\" = {}, {heads} }}", HEADS[0])
        }
        Convention::Shifts => {
            let people = HEADS.iter().enumerate().map(|(q, heads)| format!("from{q:02} = {heads}"));
            format!("shifts = {{ {} }}", people.collect::<Vec<_>>().join(", "))
        }
    };
    let shifts = if convention == Convention::Shifts { shifts() } else { String::new() };
    model(&format!(
        r#"
        [scenario]
        name = "a day that changes"
        start = "2024-03-05"
        [contact_types.calls]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        patience = {{ exponential = "{PATIENCE_S}s" }}
        [arrivals.calls]
        per_day = {per_day}
        day = {{ "00:00" = 0, {rates} }}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.{staffing}
        {shifts}
        "#
    ))
}

/// A shift a quarter-hour, the last one until midnight.
fn shifts() -> String {
    let shift = |q: usize| {
        let clock = |q: usize| format!("{:02}:{:02}", 8 + q / 4, q % 4 * 15);
        let end = if q + 1 < HEADS.len() { clock(q + 1) } else { "24:00".to_string() };
        format!("[shifts.from{q:02}]\nstart = \"{}\"\nend = \"{end}\"\n", clock(q))
    };
    (0..HEADS.len()).map(shift).collect()
}

/// Days run one after the other, with their quarter-hours.
fn days(model: &Model, seed: u64, replications: u64) -> Results {
    let detail = Detail { days: true, periods: true, ..Detail::WHOLE };
    let (mut collector, mut results) = (Collector::new(model, detail), Results::new(model, detail));
    for replication in 0..super::as_asked(replications) {
        let end = replicate(model, seed, replication, Mode::Eager, &mut collector, None);
        results.add(collector.finish(end));
    }
    results
}

/// Mean and standard error by (measure, basis, period) of the whole center.
fn by_quarter(results: &Results) -> BTreeMap<(&'static str, Basis, u32), (f64, f64)> {
    let t = Confidence::default().student_t(results.replications() - 1);
    let rows = results.rows().filter(|row| row.scope_kind == ScopeKind::Whole);
    let value = |row: centralino::measures::MeasureRow<'_>| {
        let label = row.period.filter(|period| period.kind == PeriodKind::Period)?;
        Some(((row.measure, row.basis, label.index), (row.mean?, row.half_width()? / t)))
    };
    rows.filter_map(value).collect()
}

fn holds(convention: Convention, seed: u64) {
    let results = days(&center(convention), seed, 1500);
    let (measured, n) = (by_quarter(&results), results.replications() as usize);
    let quarters = solve(convention);
    let mut table = Table::default();
    for (q, quarter) in quarters.iter().enumerate() {
        let system = format!("{convention:?}, quarter-hour {q}, {} people", HEADS[q]);
        let mut hold = |measure: &'static str, basis, exact: f64| {
            if let Some(&(value, error)) = measured.get(&(measure, basis, 32 + q as u32)) {
                table.compare(&system, measure, exact, value, error, n);
            }
        };
        hold("offered", Basis::Leg, quarter.offered);
        hold("abandoned", Basis::Leg, quarter.abandoned);
        hold("answered", Basis::Leg, quarter.offered - quarter.abandoned);
        hold("abandonment", Basis::Leg, quarter.abandoned / quarter.offered);
        hold("wait_all", Basis::Leg, quarter.waited_s / quarter.offered);
        hold("answered_over_offered", Basis::Leg, quarter.in_time / quarter.offered);
        hold("mean_queue", Basis::Time, quarter.queue_s / QUARTER_S);
        hold("occupancy", Basis::Time, quarter.busy_s / quarter.present_s);
    }
    table.hold("The day", &results, &whole_day(&quarters));
    table.all_hold();
}

fn whole_day(quarters: &[Quarter]) -> [super::Expected; 5] {
    let sum = |of: fn(&Quarter) -> f64| quarters.iter().map(of).sum::<f64>();
    let offered = sum(|quarter| quarter.offered);
    [
        super::expect("delayed", Basis::Leg, sum(|quarter| quarter.delayed) / offered),
        super::expect("abandonment", Basis::Leg, sum(|quarter| quarter.abandoned) / offered),
        super::expect("answered_over_offered", Basis::Leg, sum(|quarter| quarter.in_time) / offered),
        super::expect("wait_all", Basis::Leg, sum(|quarter| quarter.waited_s) / offered),
        super::expect("overtime", Basis::Time, sum(|quarter| quarter.overtime_s)),
    ]
}

#[test]
fn by_heads_surplus_agents_finish_and_leave() {
    holds(Convention::Heads, 137);
}

#[test]
fn by_shifts_who_is_busy_finishes_and_goes_and_the_next_take_over() {
    holds(Convention::Shifts, 139);
}

/// With as many people by quarter-hour fewer wait if every shift comes fresh, and overtime is what that costs.
#[test]
fn the_two_conventions_differ() {
    let [heads, shifts] =
        [Convention::Heads, Convention::Shifts].map(|convention| whole_day(&solve(convention)));
    for (by_heads, by_shifts) in heads.iter().zip(&shifts) {
        println!(
            "{:<24} by heads {:>10.4}, by shifts {:>10.4}",
            by_heads.measure, by_heads.exact, by_shifts.exact
        );
    }
    assert!(shifts[1].exact < heads[1].exact - 0.05, "abandonment");
    assert!(shifts[4].exact > 5.0 * heads[4].exact, "overtime");
}

/// The same two ways: what is waited while time passes is what those who enter wait.
#[test]
fn the_equations_agree_with_little() {
    for convention in [Convention::Heads, Convention::Shifts] {
        let quarters = solve(convention);
        let (waited, queue): (f64, f64) =
            quarters.iter().fold((0.0, 0.0), |(a, b), quarter| (a + quarter.waited_s, b + quarter.queue_s));
        // Who still waits after the last of them is few.
        assert!((waited / queue - 1.0).abs() < 1e-6, "{waited} s and {queue} s");
        let abandoned: f64 = quarters.iter().map(|quarter| quarter.abandoned).sum();
        assert!((abandoned * PATIENCE_S / queue - 1.0).abs() < 1e-6, "theta times the queue: {abandoned}");
    }
}

/// Enough agents for everybody: the number busy at t has the mean of all who came and are still served, whatever the service time
/// (Palm 1943), and each quarter-hour's occupancy is its mean.
#[test]
fn a_rush_that_never_waits() {
    const AGENTS: u32 = 70;
    let rates = [0.0, 60.0, 120.0, 180.0, 100.0, 30.0, 0.0, 0.0];
    let text = format!(
        r#"
        [scenario]
        name = "a rush"
        start = "2024-03-05"
        [contact_types.calls]
        service_time = {{ lognormal = {{ mean = "10m", sd = "12m" }} }}
        [arrivals.calls]
        per_day = {}
        day = {{ "00:00" = 0, "01:00" = 60, "02:00" = 120, "03:00" = 180, "04:00" = 100, "05:00" = 30, "06:00" = 0 }}
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = {AGENTS}
        "#,
        rates.iter().sum::<f64>()
    );
    let results = days(&model(&text), 139, 500);
    let (measured, n) = (by_quarter(&results), results.replications() as usize);
    let mut table = Table::default();
    for quarter in 4..30_u32 {
        let exact = mean_busy(&rates, f64::from(quarter) * QUARTER_S) / f64::from(AGENTS);
        let (value, error) = measured[&("occupancy", Basis::Time, quarter)];
        table.compare(
            "M(t)/G/infinity",
            &format!("occupancy, quarter-hour {quarter}"),
            exact,
            value,
            error,
            n,
        );
    }
    table.hold("M(t)/G/infinity", &results, &[super::expect("delayed", Basis::Leg, 0.0)]);
    table.all_hold();
}

/// Mean number busy over the quarter-hour that begins at `from_s`.
fn mean_busy(per_hour: &[f64], from_s: f64) -> f64 {
    const STEPS: i32 = 60;
    let width = QUARTER_S / f64::from(STEPS);
    let weight = |step: i32| if step == 0 || step == STEPS { 1.0 } else { f64::from(2 + 2 * (step % 2)) };
    let at = |t_s: f64| -> f64 {
        let hour = |(hour, rate): (usize, &f64)| {
            let since = t_s - hour as f64 * 3600.0;
            rate / 3600.0 * (still_served(since) - still_served(since - 3600.0))
        };
        per_hour.iter().enumerate().map(hour).sum()
    };
    (0..=STEPS).map(|step| weight(step) * at(from_s + f64::from(step) * width)).sum::<f64>() * width
        / 3.0
        / QUARTER_S
}

/// The integral from 0 to `t_s` of the probability that a service lasts longer.
fn still_served(t_s: f64) -> f64 {
    if t_s <= 0.0 {
        return 0.0;
    }
    let variance = (1.0_f64 + 1.44).ln();
    let (location, scale) = (600.0_f64.ln() - variance / 2.0, variance.sqrt());
    let service = LogNormal::new(location, scale).expect("a lognormal distribution");
    let shorter = Normal::standard().cdf((t_s.ln() - location - variance) / scale);
    t_s * service.sf(t_s) + 600.0 * shorter
}
