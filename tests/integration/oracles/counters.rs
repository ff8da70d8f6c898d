//! Counters against exact values: appointments at even distances with exponential visits, with and without no-shows, by the recursion of
//! how many each visitor finds, booked the night before or before the start; and walk-ins by Erlang C and by Erlang A.

use centralino::measures::Basis;
use centralino::model::Model;
use centralino::queueing::ErlangA;

use super::{Table, expect, run};
use crate::support::model;

/// Citizens at one counter, for the days that these lines say: how they come, the counter, and their service with its booking.
pub(super) fn at_a_counter(days: &str, coming: &str, counter: &str, service: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "at a counter"
        start = "2024-01-01"
        {days}
        [contact_types.call]
        service_time = "1s"
        [arrivals.call]
        {coming}
        [queues.all.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "all"
        [agent_groups.agents]
        serves = ["all"]
        staffing.heads = 1
        [counters.one]
        {counter}
        [services.card]
        counters = ["one"]
        {service}
        "#
    ))
}

/// Twenty days after one that is not counted.
pub(super) const DAYS: &str = "days = 20\nrun_in = \"1d\"";
/// Citizens for all slots of a day, who come the night before.
pub(super) const THE_NIGHT_BEFORE: &str =
    "service = \"card\"\nexactly = 160\nday = { \"00:00\" = 1, \"07:00\" = 0 }";

/// A day from 08:00 on with a slot each five minutes, all of which are booked; visits are exponential.
fn appointments(visit_s: f64, no_show: f64, horizon_days: u32) -> String {
    format!(
        r#"
        visit_time = {{ exponential = "{visit_s}s" }}
        [services.card.booking]
        slot = "5m"
        uptake = 1
        horizon_days = {horizon_days}
        no_show = {no_show}
        "#
    )
}

const ONE_DESK: &str = "desks = 1\nhours = \"08:00-20:00\"";

/// Slots of a day, and the seconds between them.
pub(super) const SLOTS: usize = 144;
pub(super) const APART_S: f64 = 300.0;

/// Mean wait of those who come to a day's appointments: exact, since visits are exponential. Each visitor finds so many before, who take a visit each; until the next slot as many
/// of those who are there leave as a Poisson number of mean (time between) / visit, or all.
fn mean_wait_s(visit_s: f64, no_show: f64) -> f64 {
    let most = SLOTS + 1;
    let poisson: Vec<f64> = (0..=most)
        .scan((-APART_S / visit_s).exp(), |term, k| {
            let this = *term;
            *term *= APART_S / visit_s / (k + 1) as f64;
            Some(this)
        })
        .collect();
    let (mut before, mut sum) = (vec![0.0; most + 1], 0.0);
    before[0] = 1.0;
    for _ in 0..SLOTS {
        sum += before.iter().enumerate().map(|(n, p)| n as f64 * visit_s * p).sum::<f64>();
        let mut next = vec![0.0; most + 1];
        for (n, p) in before.iter().enumerate().take(most) {
            for (there, part) in [(n + 1, 1.0 - no_show), (n, no_show)] {
                let mut stay = 1.0;
                for (leave, chance) in poisson.iter().enumerate().take(there) {
                    next[there - leave] += p * part * chance;
                    stay -= chance;
                }
                next[0] += p * part * stay;
            }
        }
        before = next;
    }
    sum / SLOTS as f64
}

/// Without no-shows the wait of a day's end is that of D/M/1: sigma / (1 - sigma) visits, sigma the root of sigma = exp(-(1 - sigma) / rho).
#[test]
fn the_recursion_comes_to_d_m_1() {
    let rho: f64 = 240.0 / APART_S;
    let mut sigma: f64 = 0.5;
    for _ in 0..1000 {
        sigma = (-(1.0 - sigma) / rho).exp();
    }
    let steady = 240.0 * sigma / (1.0 - sigma);
    let of_a_day = mean_wait_s(240.0, 0.0);
    // A day begins empty: its mean wait is a little less.
    assert!(of_a_day < steady && of_a_day > 0.8 * steady, "{of_a_day} of {steady}");
}

#[test]
fn appointments_at_even_distances_wait_as_the_recursion_says() {
    let mut table = Table::default();
    for (visit_s, no_show, seed) in [(240.0, 0.0, 1), (270.0, 0.2, 2), (150.0, 0.0, 3)] {
        let model = at_a_counter(DAYS, THE_NIGHT_BEFORE, ONE_DESK, &appointments(visit_s, no_show, 0));
        let come = (1.0 - no_show) * SLOTS as f64 * 20.0;
        let of = |measure, exact| expect(measure, Basis::Visit, exact);
        let expected = [
            of("booked_wait", mean_wait_s(visit_s, no_show)),
            of("visit_time", visit_s),
            of("visits", come),
            of("no_shows", no_show),
            of("slot_use", 1.0 - no_show),
        ];
        // Every slot is taken, so without no-shows their numbers are certain.
        let expected = if no_show > 0.0 { &expected[..] } else { &expected[..2] };
        table.hold(
            &format!("Appointments, visits of {visit_s} s, no-shows {no_show}"),
            &run(&model, seed, 20),
            expected,
        );
    }
    table.all_hold();
}

/// The same days, all of whose slots are booked before the start, and nobody else comes.
fn booked_before(visit_s: f64, no_show: f64) -> Model {
    let (service, slots) = (appointments(visit_s, no_show, 20), SLOTS * 20);
    let booked = format!(
        r#"
        [start_state.bookings.card]
        count = {slots}
        ahead = {{ exponential = "5d" }}
        contact_type = "call"
        "#
    );
    at_a_counter("days = 20", "per_day = 0.001", ONE_DESK, &format!("{service}\n{booked}"))
}

#[test]
fn a_start_with_every_slot_booked_waits_as_the_recursion_says() {
    let mut table = Table::default();
    for (visit_s, no_show, seed) in [(240.0, 0.0, 11), (270.0, 0.2, 12)] {
        let model = booked_before(visit_s, no_show);
        let of = |measure, exact| expect(measure, Basis::Visit, exact);
        let expected = [
            of("booked_wait", mean_wait_s(visit_s, no_show)),
            of("visit_time", visit_s),
            of("visits", (1.0 - no_show) * SLOTS as f64 * 20.0),
            of("no_shows", no_show),
        ];
        let expected = if no_show > 0.0 { &expected[..] } else { &expected[..2] };
        table.hold(
            &format!("Booked before the start, visits of {visit_s} s, no-shows {no_show}"),
            &run(&model, seed, 20),
            expected,
        );
    }
    table.all_hold();
}

/// A counter that never closes, to which citizens walk in.
fn walk_ins(per_hour: f64, desks: u32, patience: &str) -> Model {
    at_a_counter(
        "days = 10\nrun_in = \"1d\"",
        &format!("service = \"card\"\nper_hour = {per_hour}"),
        &format!("desks = {desks}"),
        &format!("visit_time = {{ exponential = \"10m\" }}\n{patience}"),
    )
}

#[test]
fn walk_ins_wait_as_erlang_says() {
    let mut table = Table::default();
    let of = |measure, exact| expect(measure, Basis::Visit, exact);
    // 24 an hour at 6 an hour and desk: 4 erlangs, 5 desks.
    let erlang_c = |erlangs: f64, desks: u32| {
        let terms = |n: u32| (1..=n).fold(1.0, |term, k| term * erlangs / f64::from(k));
        let last = terms(desks) * f64::from(desks) / (f64::from(desks) - erlangs);
        last / ((0..desks).map(terms).sum::<f64>() + last)
    };
    let wait_s = erlang_c(4.0, 5) * 600.0 / (5.0 - 4.0);
    let model_c = walk_ins(24.0, 5, "");
    let expected =
        [of("walk_in_wait", wait_s), of("counter_occupancy", 0.8), of("walk_ins", 24.0 * 24.0 * 10.0)];
    table.hold("Walk-ins without end of patience", &run(&model_c, 5, 20), &expected);

    let erlang_a =
        ErlangA { agents: 5, arrivals_per_s: 0.01, mean_service_s: 600.0, mean_patience_s: 1200.0 };
    let model_a = walk_ins(36.0, 5, "patience = { exponential = \"20m\" }");
    let left = erlang_a.solve().unwrap().abandoned();
    let expected = [of("walk_ins_left", left), of("counter_occupancy", 6.0 * (1.0 - left) / 5.0)];
    table.hold("Walk-ins with patience", &run(&model_a, 6, 20), &expected);
    table.all_hold();
}
