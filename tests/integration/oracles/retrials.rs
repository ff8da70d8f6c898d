//! Callers who try again: the chain of those in the system and those who will call again.

use centralino::measures::Basis;

use super::{Expected, Single, Table, expect, run};
use crate::markov::Chain;

const AGENTS: u32 = 3;
const PER_S: f64 = 45.0 / 3600.0;
const SERVICE_S: f64 = 240.0;
const PATIENCE_S: f64 = 120.0;
const DELAY_S: f64 = 360.0;
/// Probability of trying again after hanging up and after busy lines.
const AGAIN: f64 = 0.7;
const AGAIN_AFTER_BUSY: f64 = 0.8;
/// Nobody ever comes near.
const ROOM: u32 = 60;

/// (present, will call again).
type State = (u32, u32);

fn waiting((present, _): State) -> f64 {
    f64::from(present.saturating_sub(AGENTS))
}

fn busy((present, _): State) -> f64 {
    f64::from(present.min(AGENTS))
}

/// Attempts per second: of fresh needs and of those who try again.
fn attempts((_, again): State) -> f64 {
    PER_S + f64::from(again) / DELAY_S
}

fn moves(state: State, lines: u32) -> [(State, f64); 7] {
    let (present, again) = state;
    let (fewer, more) = (present.saturating_sub(1), (again + 1).min(ROOM));
    let gives_up = waiting(state) / PATIENCE_S;
    let retries = f64::from(again) / DELAY_S;
    let (enters, blocked) = if present < lines { (1.0, 0.0) } else { (0.0, 1.0) };
    [
        ((present + 1, again), PER_S * enters),
        ((present, more), PER_S * blocked * AGAIN_AFTER_BUSY),
        ((present + 1, again.saturating_sub(1)), retries * enters),
        ((present, again.saturating_sub(1)), retries * blocked * (1.0 - AGAIN_AFTER_BUSY)),
        ((fewer, again), busy(state) / SERVICE_S),
        ((fewer, again), gives_up * (1.0 - AGAIN)),
        ((fewer, more), gives_up * AGAIN),
    ]
}

fn expected(lines: u32) -> Vec<Expected> {
    let steady = Chain::grown_from([(0, 0)], |state| moves(state, lines)).steady();
    let full = steady.share(|(_, again)| again == ROOM);
    assert!(full < 1e-9, "{full} of the time as many try again as there is room for");
    let all = steady.mean(attempts);
    let blocked = steady.mean(|state| if state.0 >= lines { attempts(state) } else { 0.0 });
    let delayed = steady.mean(|state| if (AGENTS..lines).contains(&state.0) { attempts(state) } else { 0.0 });
    let queue = steady.mean(waiting);
    let gives_up = queue / PATIENCE_S;
    let entered = all - blocked;
    let ends_unmet = gives_up * (1.0 - AGAIN) + blocked * (1.0 - AGAIN_AFTER_BUSY);
    vec![
        expect("blocking", Basis::Contact, blocked / all),
        expect("abandonment", Basis::Contact, gives_up / entered),
        expect("delayed", Basis::Contact, delayed / entered),
        expect("wait_all", Basis::Contact, queue / entered),
        expect("retrial_share", Basis::Contact, (all - PER_S) / all),
        expect("mean_queue", Basis::Time, queue),
        expect("occupancy", Basis::Time, steady.mean(busy) / f64::from(AGENTS)),
        expect("needs_given_up", Basis::Need, ends_unmet / PER_S),
    ]
}

const CALLS: &str = r#"
    service_time = { exponential = "240s" }
    patience = { exponential = "120s" }
    after_abandonment = { retrial = 0.7, delay = { exponential = "6m" }, at_most = 200 }
    after_blocking = { retrial = 0.8, delay = { exponential = "6m" }, at_most = 200 }
"#;

#[test]
fn callers_who_hang_up_and_try_again() {
    let mut table = Table::default();
    for (name, lines, more) in [
        ("lines without end", ROOM, ""),
        ("5 lines", 5, "[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = 5\n"),
    ] {
        let model = Single { agents: AGENTS, per_hour: PER_S * 3600.0, days: 25, calls: CALLS, more }.model();
        table.hold(&format!("Retrials, {name}"), &run(&model, 97, 12), &expected(lines));
    }
    table.all_hold();
}

/// One agent, nobody waits, everybody tries again: at load rho the agent is busy for rho of the time, and
/// rho (rho + lambda / nu) / (1 - rho) will call again in the mean (Falin and Templeton 1997, section 1.2).
#[test]
fn the_chain_of_one_agent_is_as_known() {
    let (lambda, mu, nu) = (0.4, 1.0, 0.5);
    let moves = |(busy, again): State| {
        let idle = f64::from(u8::from(busy == 0));
        [
            ((1, again), lambda * idle),
            ((1, again.saturating_sub(1)), f64::from(again) * nu * idle),
            ((1, (again + 1).min(300)), lambda * (1.0 - idle)),
            ((0, again), mu * (1.0 - idle)),
        ]
    };
    let steady = Chain::grown_from([(0, 0)], moves).steady();
    let rho: f64 = lambda / mu;
    assert!((steady.share(|(busy, _)| busy == 1) - rho).abs() < 1e-12);
    let exact = rho * (rho + lambda / nu) / (1.0 - rho);
    assert!((steady.mean(|(_, again)| f64::from(again)) - exact).abs() < 1e-10);
}
