//! Cases worked on between calls, against finite Markov chains: calls go first, and what is left of a case is resumed.
//!
//! Talks, patience and work are exponential. A talk that opens a case adds one to those that wait, so the chain has calls, cases and the agents at cases.

use centralino::measures::{Basis, Results, ScopeKind};

use super::{Single, Table, expect, run};
use crate::markov::{Chain, Weights};

const TALK_S: f64 = 240.0;
const WORK_S: f64 = 300.0;
const PATIENCE_S: f64 = 300.0;
const OPENS: f64 = 0.4;
/// More calls and cases than there ever are.
const MOST: (u32, u32) = (24, 60);

fn center(Blended { agents, per_hour, keep: keep_idle, interruptible }: Blended, seed: u64) -> Results {
    let calls = format!(
        "service_time = {{ exponential = \"{TALK_S}s\" }}\npatience = {{ exponential = \"{PATIENCE_S}s\" }}\n\
         case = \"form\"\noutcome.tier1 = {{ case = {OPENS}, rest = \"resolved\" }}"
    );
    let more = format!(
        "back_office = {{ offices = [\"registry\"], keep_idle = {keep_idle}, interruptible = {interruptible} }}\n\
         [offices.registry]\nstaff = 0\n\
         [case_types.form]\noffice = \"registry\"\nwork = {{ exponential = \"{WORK_S}s\" }}"
    );
    let single = Single { agents, per_hour, days: 20, calls: &calls, more: &more };
    run(&single.model(), seed, 20)
}

/// A center: its agents, how often calls come, how many agents stay idle, and whether calls interrupt cases.
#[derive(Clone, Copy)]
struct Blended {
    agents: u32,
    per_hour: f64,
    keep: u32,
    interruptible: bool,
}

/// Calls, open cases, agents at cases.
type State = (u32, u32, u32);

/// After calls or cases have come or gone: whoever is idle takes a case, as long as more than `keep` are.
fn settled(agents: u32, keep: u32, (calls, cases, at): State) -> State {
    let mut at = at;
    while at < cases && agents.saturating_sub(calls + at) > keep {
        at += 1;
    }
    (calls, cases, at)
}

fn steady(Blended { agents, per_hour, keep, interruptible }: Blended) -> Weights<State> {
    let (lambda, mu, nu, theta) = (per_hour / 3600.0, 1.0 / TALK_S, 1.0 / WORK_S, 1.0 / PATIENCE_S);
    let moves = move |(calls, cases, at): State| {
        let talking = calls.min(agents - at);
        let in_line = calls - talking;
        let settle = |state| settled(agents, keep, state);
        // A call takes an idle agent, or one from a case.
        let called = u32::from(interruptible && calls + at >= agents && at > 0 && in_line == 0);
        // One who is done goes on with the next case if that leaves enough idle and nobody waits.
        let done = match (calls, cases, at) {
            (_, _, 0) => (calls, cases, at),
            _ if in_line == 0 && cases > at && agents - (calls + at) >= keep => (calls, cases - 1, at),
            _ => settle((calls, cases - 1, at - 1)),
        };
        let opens = (calls.saturating_sub(1), cases + 1, at);
        [
            ((calls + 1, cases, at - called), if calls < MOST.0 { lambda } else { 0.0 }),
            (settle((calls.saturating_sub(1), cases, at)), mu * f64::from(talking) * (1.0 - OPENS)),
            (settle(opens), if cases < MOST.1 { mu * f64::from(talking) * OPENS } else { 0.0 }),
            (done, nu * f64::from(at)),
            ((calls.saturating_sub(1), cases, at), theta * f64::from(in_line)),
        ]
        .map(|(to, rate)| (if rate > 0.0 { to } else { (calls, cases, at) }, rate))
    };
    Chain::grown_from([(0, 0, 0)], moves).steady()
}

fn hold(table: &mut Table, center_of: Blended, seed: u64) {
    let Blended { agents, per_hour, keep, interruptible } = center_of;
    let steady = steady(center_of);
    let lambda = per_hour / 3600.0;
    let talking = |(calls, _, at): State| calls.min(agents - at);
    let in_line = steady.mean(|state| f64::from(state.0 - talking(state)));
    let cases = steady.mean(|(_, cases, _)| f64::from(cases));
    let opened = OPENS * (lambda - in_line / PATIENCE_S);
    let of = f64::from(agents);
    let called = |state: State| {
        let (calls, _, at) = state;
        interruptible && calls + at >= agents && at > 0
    };
    let group = |measure, exact| expect(measure, Basis::Time, exact).of(ScopeKind::AgentGroup, "agents");
    let expected = [
        expect("abandonment", Basis::Contact, in_line / PATIENCE_S / lambda),
        expect("wait_all", Basis::Contact, in_line / lambda),
        group("occupancy", steady.mean(|state| f64::from(talking(state))) / of),
        group("back_office_share", steady.mean(|(.., at)| f64::from(at)) / of),
        group("interruptions", lambda * steady.share(called) * 20.0 * 86_400.0),
        expect("mean_backlog", Basis::Case, cases),
        expect("time_to_close", Basis::Case, cases / opened),
    ];
    let system = format!("{agents} agents, {keep} kept idle, interrupted: {interruptible}");
    table.hold(&system, &center(center_of, seed), &expected);
}

#[test]
fn agents_keep_one_idle_or_none_and_are_interrupted_or_not() {
    let mut table = Table::default();
    let three = Blended { agents: 3, per_hour: 24.0, keep: 0, interruptible: true };
    let centers = [
        Blended { agents: 1, per_hour: 5.0, ..three },
        three,
        Blended { per_hour: 18.0, keep: 1, ..three },
        Blended { interruptible: false, ..three },
        Blended { agents: 4, keep: 1, interruptible: false, ..three },
    ];
    for (center, seed) in centers.into_iter().zip(41..) {
        hold(&mut table, center, seed);
    }
    table.all_hold();
}
