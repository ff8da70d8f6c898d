//! Campaigns: dials with agents make a renewal process, attempts are geometric and cut off, a reserve makes a Markov chain, and lines ahead keep
//! the abandonment at its limit.

use centralino::measures::{Basis, Results, ScopeKind};
use centralino::model::Model;

use super::{Expected, Table, expect, pairs, ratio, run};
use crate::markov::Chain;
use crate::support::model;

/// Agents who only dial, for the days that these lines say; nobody comes in.
pub(super) fn agents_who_dial(agents: u32, days: &str, campaign: &str) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "agents who dial"
        start = "2024-01-01"
        {days}
        [contact_types.calls]
        service_time = "1m"
        [arrivals.calls]
        per_hour = 0
        [queues.calls.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 10
        queue = "calls"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = 1
        [agent_groups.dialers]
        serves = []
        cost_per_hour = 18.0
        staffing.heads = {agents}
        [campaigns.all]
        groups = ["dialers"]
        {campaign}
        "#
    ))
}

fn dialling(agents: u32, days: u32, campaign: &str) -> Results {
    run(&agents_who_dial(agents, &format!("days = {days}"), campaign), 95, 20)
}

const ANSWERED: f64 = 0.4;
const RIGHT: f64 = 0.75;
const RING_S: f64 = 10.0;
const RINGS_S: f64 = 25.0;
const TALK_S: f64 = 120.0;
const WRONG_S: f64 = 20.0;
const WRAP_UP_S: f64 = 15.0;

const CALLS: &str = r#"
    list = 5_000_000
    answered = 0.4
    right_party = 0.75
    ring_time = { answered = { exponential = "10s" }, unanswered = "25s" }
    service_time = { exponential = "2m" }
    wrong_party_time = "20s"
    wrap_up = "15s"
"#;

#[test]
fn dials_of_an_agent_renew() {
    for (dialling_is, preview_s) in [
        ("dialling = \"progressive\"", 0.0),
        ("dialling = \"preview\"\npreview = { exponential = \"30s\" }", 30.0),
    ] {
        let (agents, days) = (3_u32, 2);
        let results = dialling(agents, days, &format!("{CALLS}\n{dialling_is}"));
        let work = RIGHT * TALK_S + (1.0 - RIGHT) * WRONG_S + WRAP_UP_S;
        let mean = preview_s + ANSWERED * (RING_S + work) + (1.0 - ANSWERED) * RINGS_S;
        // The second moment of a cycle: that of its length given whether it is answered, and by whom.
        let square = |mean: f64, variance: f64| mean * mean + variance;
        let own = preview_s * preview_s;
        let second = (1.0 - ANSWERED) * square(preview_s + RINGS_S, own)
            + ANSWERED
                * (RIGHT
                    * square(
                        preview_s + RING_S + TALK_S + WRAP_UP_S,
                        own + RING_S * RING_S + TALK_S * TALK_S,
                    )
                    + (1.0 - RIGHT)
                        * square(preview_s + RING_S + WRONG_S + WRAP_UP_S, own + RING_S * RING_S));
        let horizon = f64::from(days) * 86_400.0;
        // Cycles that begin before the horizon: the renewals until then and the first (Smith 1954); of those whose preview is over by then so many
        // fewer as begin within it.
        let begun = horizon / mean + second / (2.0 * mean * mean);
        let reaches = ANSWERED * RIGHT;
        let expected = [
            expect("dials", Basis::Dial, f64::from(agents) * begun),
            expect("dials_answered", Basis::Dial, ANSWERED),
            expect("right_party_share", Basis::Dial, RIGHT),
            expect("agent_time_per_reach", Basis::Dial, mean / reaches),
            expect("cost_per_reach", Basis::Dial, 18.0 * mean / reaches / 3600.0),
            expect("reach_share", Basis::Dial, reaches),
            Expected { exact: ANSWERED * work / mean, ..expect("occupancy", Basis::Time, 0.0) }
                .of(ScopeKind::AgentGroup, "dialers"),
        ];
        let mut table = Table::default();
        table.hold(dialling_is.split('\n').next().unwrap_or_default(), &results, &expected);
        table.all_hold();
    }
}

#[test]
fn attempts_are_geometric_and_cut_off() {
    let campaign = CALLS.replace("5_000_000", "400") + "attempts = 4\nspacing = { exponential = \"1h\" }";
    let results = dialling(6, 2, &campaign);
    let (reaches, missed) = (ANSWERED * RIGHT, (1.0 - ANSWERED * RIGHT).powi(4));
    let expected = [
        expect("persons_listed", Basis::Dial, 400.0),
        expect("reach_share", Basis::Dial, 1.0 - missed),
        expect("persons_reached", Basis::Dial, 400.0 * (1.0 - missed)),
        expect("persons_exhausted", Basis::Dial, 400.0 * missed),
        expect("attempts_per_person", Basis::Dial, (1.0 - missed) / reaches),
        expect("dials", Basis::Dial, 400.0 * (1.0 - missed) / reaches),
    ];
    let mut table = Table::default();
    table.hold("Attempts", &results, &expected);
    table.all_hold();
}

#[test]
fn lines_ahead_keep_the_limit_and_agents_busy() {
    const LIMIT: f64 = 0.03;
    let ahead = "dialling = \"predictive\"\npredictive = { abandonment_limit = 0.03, patience = \"2s\", most_lines = 20 }";
    let (progressive, predictive) = (dialling(10, 2, CALLS), dialling(10, 2, &format!("{CALLS}\n{ahead}")));
    let of = |results: &Results, expected: &Expected| ratio(&pairs(results, expected));
    let abandoned = expect("dial_abandonment", Basis::Dial, LIMIT);
    // Over n answered calls those that are abandoned are `limit` n and what the lines are above or below one for each agent, over the step: with at
    // most 20 lines and 0.25 between less 76 and more than a few of some 7,000.
    let (share, _) = of(&predictive, &abandoned);
    assert!(share <= LIMIT + 1e-3 && share > LIMIT - 0.012, "{share}");
    for (numerator, denominator) in pairs(&predictive, &abandoned) {
        assert!(numerator <= LIMIT * denominator + 12.0, "{numerator} of {denominator}");
    }
    let occupancy = expect("occupancy", Basis::Time, 0.0).of(ScopeKind::AgentGroup, "dialers");
    let [(before, _), (after, _)] = [&progressive, &predictive].map(|results| of(results, &occupancy));
    println!("abandoned {share:.4}, occupancy {before:.3} with agents who wait, {after:.3} with lines ahead");
    assert!(after > before + 0.04, "{before} {after}");
}

const AGENTS: u32 = 4;
const RESERVE: u32 = 1;
const PER_S: f64 = 30.0 / 3600.0;
const SERVICE_S: f64 = 240.0;
const CALL_S: f64 = 100.0;

/// Who is there: contacts that came in, and agents who are with the campaign. It takes agents as long as more than the reserve idle.
fn blended((inside, with_campaign): (u32, u32)) -> (u32, u32) {
    let idle = (AGENTS - with_campaign).saturating_sub(inside);
    (inside, with_campaign + idle.saturating_sub(RESERVE))
}

#[test]
fn a_campaign_beside_contacts_that_come_in_is_a_chain() {
    let blending = model(&format!(
        r#"
        [scenario]
        name = "blended"
        start = "2024-01-01"
        days = 20
        run_in = "24h"
        [contact_types.calls]
        service_time = {{ exponential = "240s" }}
        [arrivals.calls]
        per_hour = 30
        [queues.calls.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 10
        queue = "calls"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = {AGENTS}
        [campaigns.all]
        list = 5_000_000
        groups = ["desk"]
        answered = 1.0
        ring_time = {{ answered = "0s", unanswered = "0s" }}
        service_time = {{ exponential = "100s" }}
        reserve = {RESERVE}
        "#
    ));
    let steady = Chain::grown_from([blended((0, 0))], |(inside, with_campaign)| {
        let arrives = if inside < 60 { PER_S } else { 0.0 };
        let served = f64::from(inside.min(AGENTS - with_campaign));
        [
            (blended((inside + 1, with_campaign)), arrives),
            (blended((inside.saturating_sub(1), with_campaign)), served / SERVICE_S),
            (blended((inside, with_campaign.saturating_sub(1))), f64::from(with_campaign) / CALL_S),
        ]
    })
    .steady();
    let waiting = |(inside, with): (u32, u32)| f64::from(inside.saturating_sub(AGENTS - with));
    let busy = |(inside, with): (u32, u32)| f64::from(inside.min(AGENTS - with) + with);
    let calls = steady.mean(|(_, with)| f64::from(with)) / CALL_S;
    let expected = [
        expect("delayed", Basis::Contact, steady.share(|(inside, with)| inside + with >= AGENTS)),
        expect("mean_queue", Basis::Time, steady.mean(waiting)),
        expect("speed_of_answer", Basis::Contact, steady.mean(waiting) / PER_S),
        expect("occupancy", Basis::Time, steady.mean(busy) / f64::from(AGENTS)),
        expect("dials", Basis::Dial, calls * 20.0 * 86_400.0),
    ];
    let mut table = Table::default();
    table.hold("Blended, one in reserve", &run(&blending, 96, 12), &expected);
    table.all_hold();
}
