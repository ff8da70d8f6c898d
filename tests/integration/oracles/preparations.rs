//! Preparation of visits against exact values: one person with exponential work and appointments at even distances, all booked before the work begins, is a Markov
//! chain from slot to slot.

use centralino::measures::{Basis, ScopeKind};
use centralino::model::Model;

use super::counters::{APART_S, DAYS, SLOTS, THE_NIGHT_BEFORE, at_a_counter};
use super::{Table, expect, run};

/// The office opens so long before the first slot.
const AHEAD_S: f64 = 3600.0;
const VISIT_S: f64 = 60.0;
const SAVES_S: f64 = 30.0;

/// Days from 08:00 on with a slot each five minutes, all booked on the web the night before; desks for all, so that visits begin with their slots.
fn mornings(work_s: f64) -> Model {
    let service = format!(
        r#"
        visit_time = {{ exponential = "{VISIT_S}s" }}
        [services.card.booking]
        slot = "5m"
        uptake = 1
        horizon_days = 0
        preparation = {{ office = "papers", work = {{ exponential = "{work_s}s" }}, saves = "{SAVES_S}s" }}
        [offices.papers]
        hours = "07:00-23:00"
        staff = 1
        "#
    );
    at_a_counter(DAYS, THE_NIGHT_BEFORE, "desks = 20\nhours = \"08:00-20:00\"", &service)
}

/// Of a day: (visits that are prepared, pieces that are finished in vain).
///
/// The person goes from piece to piece, as a Poisson process, and skips those whose slots have begun. At each slot the chain's state says how many pieces the one
/// in hand is ahead of the slot's own; 0: its own slot has begun, and it is finished in vain.
fn prepared_and_in_vain(work_s: f64) -> (f64, f64) {
    let poisson = |mean: f64| -> Vec<f64> {
        let mut term = (-mean).exp();
        (1..=2 * SLOTS)
            .map(|k| {
                let this = term;
                term *= mean / k as f64;
                this
            })
            .collect()
    };
    let (first, between) = (poisson(AHEAD_S / work_s), poisson(APART_S / work_s));
    // At the first slot, whose piece is 0.
    let mut ahead = vec![0.0; SLOTS + 1];
    for (done, p) in first.iter().enumerate() {
        ahead[done.min(SLOTS)] += p;
    }
    let mut prepared = 1.0 - ahead[0];
    let mut in_vain = 0.0;
    for slot in 1..SLOTS {
        let mut next = vec![0.0; SLOTS + 1];
        for (lead, p) in ahead.iter().enumerate() {
            for (done, q) in between.iter().enumerate() {
                // The piece in hand when the slot begins, from that of this slot on.
                let in_hand = match (lead, done) {
                    (0, 0) => -1,
                    (0, done) => done as i64 - 1,
                    (lead, done) => (lead + done) as i64 - 1,
                };
                in_vain += if lead == 0 && done > 0 { p * q } else { 0.0 };
                prepared += if in_hand > 0 { p * q } else { 0.0 };
                next[in_hand.clamp(0, (SLOTS - slot) as i64) as usize] += p * q;
            }
        }
        ahead = next;
    }
    // Whoever has a piece in hand then has time to finish it.
    (prepared, in_vain + ahead[0])
}

#[test]
fn one_person_prepares_for_even_slots_as_a_markov_chain() {
    let mut table = Table::default();
    for (work_s, seed) in [(270.0, 1), (300.0, 2), (400.0, 3)] {
        let (prepared, in_vain) = prepared_and_in_vain(work_s);
        let share = prepared / SLOTS as f64;
        let shorter = VISIT_S * (-SAVES_S / VISIT_S).exp();
        let finished = prepared + in_vain;
        let of = |measure, exact| expect(measure, Basis::Visit, exact);
        let of_office = |measure, exact| of(measure, exact).of(ScopeKind::Office, "papers");
        let expected = [
            of("prepared_share", share),
            of("visit_time", share * shorter + (1.0 - share) * VISIT_S),
            of_office("preparations_in_time", share),
            of_office("preparations", 20.0 * finished),
            of_office("preparations_in_vain", in_vain / finished),
            // Exponential work has no memory: each piece that is begun takes as long in the mean.
            of_office("preparation_work", work_s),
            expect("office_occupancy", Basis::Case, finished * work_s / 57_600.0)
                .of(ScopeKind::Office, "papers"),
        ];
        table.hold(&format!("Preparation in {work_s} s"), &run(&mornings(work_s), seed, 20), &expected);
    }
    table.all_hold();
}
