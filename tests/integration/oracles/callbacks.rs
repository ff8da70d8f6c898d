//! What callers are offered and told: another way is a loss system, announced waits make a birth and death process, and kept places are held
//! to a chain that knows who stands where in the line.

use centralino::measures::Basis;
use centralino::queueing::ErlangB;

use super::{Expected, PATIENCE_S, SERVICE_S, Single, Table, expect, run};
use crate::markov::Chain;

const AGENTS: u32 = 3;
const PER_HOUR: f64 = 45.0;
const PER_S: f64 = PER_HOUR / 3600.0;
const PATIENT: &str = r#"service_time = { exponential = "240s" }
    patience = { exponential = "300s" }"#;

fn system<'a>(calls: &'a str, more: &'a str) -> Single<'a> {
    Single { agents: AGENTS, per_hour: PER_HOUR, days: 40, calls, more }
}

#[test]
fn whoever_finds_no_agent_and_takes_another_way_is_lost() {
    let more = r#"
        [queues.calls.steps.web]
        offer = "web"
        [offers.web.deferral]
        solved = 0.4
    "#;
    let lost = ErlangB { agents: AGENTS, erlangs: PER_S * SERVICE_S }.blocking().expect("a loss system");
    let expected = [
        expect("abandonment", Basis::Contact, 0.0),
        expect("needs_resolved", Basis::Need, 1.0 - 0.6 * lost),
        expect("needs_given_up", Basis::Need, 0.6 * lost),
        expect("deferral_success", Basis::Leg, 0.4),
        expect("occupancy", Basis::Time, PER_S * SERVICE_S * (1.0 - lost) / f64::from(AGENTS)),
    ];
    let mut table = Table::default();
    table.hold("Another way", &run(&system(PATIENT, more).model(), 91, 10), &expected);
    table.all_hold();
}

#[test]
fn announced_waits_turn_callers_away() {
    // Expected waits of 80 s a place, the newcomer's included: over 100 s from the first who waits on, over 250 s from the third on. Whoever
    // waits has been told of a wait, and is half as patient.
    let more = r#"
        [queues.calls]
        expected_wait.queue_over_rate.handle_time = "240s"
        [queues.calls.announced.any]
        over = "1s"
        patience.times = 0.5
        [queues.calls.announced.some]
        over = "100s"
        patience.times = 0.5
        balking = 0.3
        [queues.calls.announced.long]
        over = "250s"
        patience.times = 0.5
        balking = 0.8
    "#;
    let patience_s = 0.5 * PATIENCE_S;
    let balks = |present: u32| match present.checked_sub(AGENTS) {
        None | Some(0) => 0.0,
        Some(1 | 2) => 0.3,
        Some(_) => 0.8,
    };
    let waiting = |present: u32| f64::from(present.saturating_sub(AGENTS));
    let busy = |present: u32| f64::from(present.min(AGENTS));
    let steady = Chain::grown_from([0_u32], |present| {
        let joins = if present < 40 { PER_S * (1.0 - balks(present)) } else { 0.0 };
        [
            (present + 1, joins),
            (present.saturating_sub(1), busy(present) / SERVICE_S + waiting(present) / patience_s),
        ]
    })
    .steady();
    let turned_away = steady.mean(balks);
    let expected = [
        expect("abandonment", Basis::Contact, turned_away + steady.mean(waiting) / patience_s / PER_S),
        expect("delayed", Basis::Contact, steady.share(|n| n >= AGENTS) - turned_away),
        expect("mean_queue", Basis::Time, steady.mean(waiting)),
        expect("occupancy", Basis::Time, steady.mean(busy) / f64::from(AGENTS)),
    ];
    let mut table = Table::default();
    table.hold("Announced waits", &run(&system(PATIENT, more).model(), 92, 10), &expected);
    table.all_hold();
}

const KEPT_PER_HOUR: f64 = 32.0;
const KEPT_PER_S: f64 = KEPT_PER_HOUR / 3600.0;
/// How many places the line has in the chain; more never matter.
const LINE: usize = 9;

/// (busy agents, those who wait in their order: 1 a caller, 2 a place that is kept, 0 nobody).
type Line = (u8, [u8; LINE]);

fn length(line: &[u8; LINE]) -> usize {
    line.iter().take_while(|&&who| who > 0).count()
}

fn without(line: &[u8; LINE], place: usize) -> [u8; LINE] {
    let mut shorter = [0; LINE];
    let others = line.iter().enumerate().filter(|&(other, _)| other != place);
    shorter.iter_mut().zip(others).for_each(|(to, (_, &who))| *to = who);
    shorter
}

fn count(line: &[u8; LINE], who: u8) -> f64 {
    line.iter().filter(|&&other| other == who).count() as f64
}

/// Offered to whoever finds more than one in line, and taken by so many.
const TAKEN: f64 = 0.6;
const REACHED: f64 = 0.75;

fn is_offered(state: &Line) -> bool {
    length(&state.1) > 1
}

/// After an agent has become free: whoever is first is served; a citizen who does not answer is dropped, and the next one is dialled.
fn freed((busy, line): Line, rate: f64, moves: &mut Vec<(Line, f64)>) {
    match line[0] {
        0 => moves.push(((busy - 1, line), rate)),
        1 => moves.push(((busy, without(&line, 0)), rate)),
        _ => {
            moves.push(((busy, without(&line, 0)), rate * REACHED));
            freed((busy, without(&line, 0)), rate * (1.0 - REACHED), moves);
        }
    }
}

fn moves(state: Line) -> Vec<(Line, f64)> {
    let (busy, line) = state;
    let mut moves = Vec::new();
    if u32::from(busy) < AGENTS {
        moves.push(((busy + 1, line), KEPT_PER_S));
    } else if length(&line) < LINE {
        let taken = if is_offered(&state) { TAKEN } else { 0.0 };
        for (who, share) in [(1, 1.0 - taken), (2, taken)] {
            let mut longer = line;
            longer[length(&line)] = who;
            moves.push(((busy, longer), KEPT_PER_S * share));
        }
    }
    if busy > 0 {
        freed(state, f64::from(busy) / SERVICE_S, &mut moves);
    }
    for place in (0..LINE).filter(|&place| line[place] == 1) {
        moves.push(((busy, without(&line, place)), 1.0 / PATIENCE_S));
    }
    moves
}

#[test]
fn kept_places_are_served_in_the_order_of_the_line() {
    let more = r#"
        [queues.calls.steps.callback]
        if_waiting_over = 1
        offer = "hold"
        [offers.hold]
        accepted = 0.6
        callback = { dial_time = "0s", reached = 0.75 }
    "#;
    let steady = Chain::grown_from([(0, [0; LINE])], moves).steady();
    let beyond = steady.share(|(_, line)| length(&line) == LINE);
    assert!(beyond < 2e-4, "the chain's line is long enough: {beyond}");
    let all_busy = |state: Line| u32::from(state.0) == AGENTS;
    let promised = TAKEN * steady.share(|state| is_offered(&state));
    let callers = steady.mean(|(_, line)| count(&line, 1));
    let kept = steady.mean(|(_, line)| count(&line, 2));
    let busy = steady.mean(|(busy, _)| f64::from(busy));
    let expected: [Expected; 9] = [
        expect("callbacks_accepted", Basis::Leg, promised * KEPT_PER_S * 40.0 * 86_400.0),
        expect("callbacks_reached", Basis::Leg, REACHED),
        expect("callbacks_kept", Basis::Leg, REACHED),
        expect("callback_tries", Basis::Leg, 1.0),
        expect("time_to_callback", Basis::Leg, kept / (promised * KEPT_PER_S)),
        expect("abandonment", Basis::Contact, callers / PATIENCE_S / KEPT_PER_S),
        expect("mean_queue", Basis::Time, callers),
        expect("delayed", Basis::Contact, steady.share(all_busy) - promised),
        expect("occupancy", Basis::Time, busy / f64::from(AGENTS)),
    ];
    let mut table = Table::default();
    table.hold(
        "Kept places",
        &run(&Single { per_hour: KEPT_PER_HOUR, ..system(PATIENT, more) }.model(), 93, 10),
        &expected,
    );
    table.all_hold();
}

#[test]
fn so_many_tries_reach_so_many() {
    // Of three tries, each of which reaches 40 %: 1 - 0.6^3 are reached, in (1 - 0.6^3) / 0.4 tries.
    let more = r#"
        [queues.calls.steps.callback]
        if_expected_wait_over = "2m"
        offer = "hold"
        [queues.calls.expected_wait.queue_over_rate]
        handle_time = "4m"
        [offers.hold]
        callback = { dial_time = { exponential = "10s" }, reached = 0.4, tries = 3, delay = "20s" }
    "#;
    let reached = 1.0 - 0.6_f64.powi(3);
    let expected = [
        expect("callbacks_reached", Basis::Leg, reached),
        expect("callback_tries", Basis::Leg, reached / 0.4),
        expect("callback_acceptance", Basis::Leg, 1.0),
    ];
    let mut table = Table::default();
    table.hold("Three tries", &run(&system(PATIENT, more).model(), 94, 10), &expected);
    table.all_hold();
}
