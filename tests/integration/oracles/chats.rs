//! Chats: processor sharing where it is exact.
//!
//! One agent whose n chats go at speed 1/n each is an M/G/1 with processor sharing: the number of chats is geometric whatever the
//! distribution of their length, and a chat of x takes x / (1 - rho) on average (Kleinrock 1976, 4.4). With at most m at once and others in line the number of all is,
//! of exponential chats, that of an M/M/1. Several agents with one chat each are an Erlang A; one agent with speeds of any kind is a birth and death chain.

use centralino::measures::{Basis, Results, ScopeKind};

use super::{Table, expect, run};
use crate::support::model;

/// One agent who has up to `most` chats at these speeds, and what else types and arrivals say.
fn desk(speed: &[f64], types: &str) -> Results {
    let speeds: Vec<String> = speed.iter().map(|speed| format!("{speed:.15}")).collect();
    let model = model(&format!(
        r#"
        [scenario]
        name = "a desk"
        start = "2024-01-01"
        days = 30
        run_in = "2d"
        {types}
        [queues.chats.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 1
        queue = "chats"
        [agent_groups.desk]
        serves = ["chats"]
        staffing.heads = 1
        concurrency = {}
        chat_speed = [{}]
        "#,
        speed.len(),
        speeds.join(", ")
    ));
    run(&model, 11, 20)
}

fn shared(most: u32) -> Vec<f64> {
    (1..=most).map(|chats| 1.0 / f64::from(chats)).collect()
}

#[test]
fn one_agent_who_shares_evenly_is_an_m_g_1_with_processor_sharing() {
    // 0.3 + 0.3 erlangs; more than 60 chats at once come about once in 10^13.
    let types = r#"
        [contact_types.short]
        channel = "chat"
        service_time = "60s"
        [contact_types.long]
        channel = "chat"
        service_time = { lognormal = { mean = "240s", sd = "360s" } }
        [arrivals.short]
        per_hour = 18
        [arrivals.long]
        per_hour = 4.5
    "#;
    let rho: f64 = 0.6;
    let of_type = |name, exact| expect("handle_time", Basis::Leg, exact).of(ScopeKind::ContactType, name);
    let time = |measure, exact| expect(measure, Basis::Time, exact).of(ScopeKind::AgentGroup, "desk");
    let expected = [
        of_type("short", 60.0 / (1.0 - rho)),
        of_type("long", 240.0 / (1.0 - rho)),
        time("occupancy", rho),
        time("mean_concurrency", 1.0 / (1.0 - rho)),
    ];
    let mut table = Table::default();
    table.hold("M/G/1-PS", &desk(&shared(60), types), &expected);
    table.all_hold();
}

#[test]
fn at_most_three_at_once_leave_the_number_of_all_as_in_an_m_m_1() {
    let types = r#"
        [contact_types.chat]
        channel = "chat"
        service_time = { exponential = "120s" }
        [arrivals.chat]
        per_hour = 21
    "#;
    let (rho, lambda): (f64, f64) = (0.7, 21.0 / 3600.0);
    // Of n with probability (1 - rho) rho^n those beyond three are in line.
    let in_line = rho.powi(4) / (1.0 - rho);
    let expected = [
        expect("wait_all", Basis::Contact, in_line / lambda),
        expect("handle_time", Basis::Leg, (rho / (1.0 - rho) - in_line) / lambda),
        expect("delayed", Basis::Contact, rho.powi(3)),
        expect("occupancy", Basis::Time, rho),
    ];
    let mut table = Table::default();
    table.hold("M/M/1-PS, at most 3", &desk(&shared(3), types), &expected);
    table.all_hold();
}

#[test]
fn an_agent_with_three_chats_and_impatient_citizens_is_a_birth_and_death_chain() {
    let speed = [1.0, 0.8, 0.65];
    let (lambda, mu, theta): (f64, f64, f64) = (60.0 / 3600.0, 1.0 / 120.0, 1.0 / 300.0);
    let types = r#"
        [contact_types.chat]
        channel = "chat"
        service_time = { exponential = "120s" }
        patience = { exponential = "300s" }
        [arrivals.chat]
        per_hour = 60
    "#;
    let (mut weight, mut weights) = (1.0, vec![1.0]);
    for n in 1..400_usize {
        let chats = n.min(3);
        let leaves = chats as f64 * speed[chats - 1] * mu + (n - chats) as f64 * theta;
        weight *= lambda / leaves;
        weights.push(weight);
    }
    let total: f64 = weights.iter().sum();
    let mean =
        |of: &dyn Fn(usize) -> f64| weights.iter().enumerate().map(|(n, w)| of(n) * w).sum::<f64>() / total;
    let in_line = mean(&|n| n.saturating_sub(3) as f64);
    let (chats, busy) = (mean(&|n| n.min(3) as f64), mean(&|n| f64::from(u8::from(n > 0))));
    let expected = [
        expect("abandonment", Basis::Contact, theta * in_line / lambda),
        expect("wait_all", Basis::Contact, in_line / lambda),
        expect("occupancy", Basis::Time, busy),
        expect("mean_concurrency", Basis::Time, chats / busy),
        expect("handle_time", Basis::Leg, chats / (lambda - theta * in_line)),
    ];
    let mut table = Table::default();
    table.hold("three chats, patience", &desk(&speed, types), &expected);
    table.all_hold();
}
