//! Diallers that look ahead: one agent's calls renew, several make a Markov chain, and the abandonment keeps its limit while agents are busier.

use centralino::measures::{Basis, Results, ScopeKind};

use super::campaigns::agents_who_dial;
use super::{Expected, Table, expect, pairs, run};
use crate::markov::Chain;

/// Agents who only dial, for so many days after one that is not counted.
fn dialling(agents: u32, days: u32, replications: u64, campaign: &str) -> Results {
    let days = format!("days = {days}\nrun_in = \"24h\"");
    let campaign = format!("list = 5_000_000\ndialling = \"predictive\"\n{campaign}");
    run(&agents_who_dial(agents, &days, &campaign), 97, replications)
}

const DAYS: u32 = 10;
const COUNTED_S: f64 = DAYS as f64 * 86_400.0;

fn occupancy(exact: f64) -> Expected {
    expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, "dialers")
}

#[test]
fn calls_of_one_agent_who_is_looked_ahead_for_renew() {
    let (answered, ring_s, talk_s, wrap_up_s, ahead_s) = (0.4, 10.0_f64, 90.0, 30.0, 20.0_f64);
    // With the limit at 1 the lines for each agent are at their most from the first answered call on: 1.5, hence one line at a time.
    let results = dialling(
        1,
        DAYS,
        12,
        r#"
        answered = 0.4
        ring_time = { answered = { exponential = "10s" }, unanswered = { exponential = "10s" } }
        service_time = { exponential = "90s" }
        wrap_up = "30s"
        predictive = { abandonment_limit = 1.0, patience = "20s", most_lines = 1.5, anticipates = "20s" }
        "#,
    );
    // From 20 s before the end of the wrap-up on one person after the other is called, until one answers: a geometric sum of exponentials is
    // exponential. Whoever answers before that end waits for it, and the next cycle begins at the later of both.
    let until_answer_s = ring_s / answered;
    let early = 1.0 - (-ahead_s / until_answer_s).exp();
    let wait_s = ahead_s - until_answer_s * early;
    let cycle_s = talk_s + wrap_up_s - ahead_s + until_answer_s + wait_s;
    let expected = [
        expect("persons_reached", Basis::Dial, COUNTED_S / cycle_s),
        expect("dials", Basis::Dial, COUNTED_S / cycle_s / answered),
        expect("dial_wait", Basis::Dial, wait_s),
        expect("dial_abandonment", Basis::Dial, 0.0),
        expect("agent_time_per_reach", Basis::Dial, talk_s + wrap_up_s),
        occupancy((talk_s + wrap_up_s) / cycle_s),
    ];
    let mut table = Table::default();
    table.hold("One agent, 20 s ahead", &results, &expected);
    table.all_hold();
}

/// Agents of the chain, and what it knows: the mean times, and the lines for each agent.
const AGENTS: u32 = 3;
const ANSWERED: f64 = 0.5;
const RING_S: f64 = 10.0;
const TALK_S: f64 = 60.0;
const WRAP_UP_S: f64 = 20.0;
const PATIENCE_S: f64 = 4.0;
const LINES: f64 = 2.5;
const AHEAD_S: f64 = 12.0;

/// Persons who are called, who wait for an agent, and agents who talk and wrap up.
type Dialler = (u32, u32, u32, u32);

/// What it comes to when whoever waits has been given an agent who idles, and as many lines ring as should.
fn rung((ringing, waiting, talking, wrapping): Dialler) -> Dialler {
    let taken = waiting.min(AGENTS - talking - wrapping);
    let (waiting, talking) = (waiting - taken, talking + taken);
    let wrap_up_over = 1.0 - (-AHEAD_S / WRAP_UP_S).exp();
    let both_over = 1.0
        - (TALK_S * (-AHEAD_S / TALK_S).exp() - WRAP_UP_S * (-AHEAD_S / WRAP_UP_S).exp())
            / (TALK_S - WRAP_UP_S);
    let expected = f64::from(talking) * both_over + f64::from(wrapping) * wrap_up_over;
    let lines = (LINES * (f64::from(AGENTS - talking - wrapping) + expected)).floor() as u32;
    (ringing.max(lines.saturating_sub(waiting)), waiting, talking, wrapping)
}

#[test]
fn memoryless_agents_who_are_looked_ahead_for_are_a_chain() {
    let results = dialling(
        AGENTS,
        DAYS,
        20,
        &format!(
            r#"
            answered = {ANSWERED}
            ring_time = {{ answered = {{ exponential = "{RING_S}s" }}, unanswered = {{ exponential = "{RING_S}s" }} }}
            service_time = {{ exponential = "{TALK_S}s" }}
            wrap_up = {{ exponential = "{WRAP_UP_S}s" }}
            predictive = {{ abandonment_limit = 1.0, patience = {{ exponential = "{PATIENCE_S}s" }}, most_lines = {LINES}, anticipates = "{AHEAD_S}s" }}
            "#
        ),
    );
    let chain = Chain::grown_from([rung((0, 0, 0, 0))], |(ringing, waiting, talking, wrapping)| {
        let [rings, waits, talks, wraps] = [ringing, waiting, talking, wrapping].map(f64::from);
        let less = |of: u32| of.saturating_sub(1);
        [
            (rung((less(ringing), waiting + 1, talking, wrapping)), rings * ANSWERED / RING_S),
            (rung((less(ringing), waiting, talking, wrapping)), rings * (1.0 - ANSWERED) / RING_S),
            (rung((ringing, less(waiting), talking, wrapping)), waits / PATIENCE_S),
            (rung((ringing, waiting, less(talking), wrapping + 1)), talks / TALK_S),
            (rung((ringing, waiting, talking, less(wrapping))), wraps / WRAP_UP_S),
        ]
    });
    let steady = chain.steady();
    let dials = steady.mean(|(ringing, ..)| f64::from(ringing)) / RING_S;
    let waiting = steady.mean(|(_, waiting, ..)| f64::from(waiting));
    let talking = steady.mean(|(_, _, talking, _)| f64::from(talking));
    let wrapping = steady.mean(|(.., wrapping)| f64::from(wrapping));
    let answered = dials * ANSWERED;
    let expected = [
        expect("dials", Basis::Dial, dials * COUNTED_S),
        expect("dials_answered", Basis::Dial, ANSWERED),
        expect("dial_abandonment", Basis::Dial, waiting / PATIENCE_S / answered),
        expect("dial_wait", Basis::Dial, waiting / answered),
        expect("persons_reached", Basis::Dial, talking / TALK_S * COUNTED_S),
        occupancy((talking + wrapping) / f64::from(AGENTS)),
    ];
    let mut table = Table::default();
    table.hold("Three agents, 12 s ahead", &results, &expected);
    table.all_hold();
}

const LIMIT: f64 = 0.03;

/// Talks of which a dialler knows the mean alone; it rings 12 s until somebody answers.
fn limited(more: &str) -> Results {
    let calls = r#"
        answered = 0.4
        right_party = 0.75
        ring_time = { answered = "12s", unanswered = "25s" }
        service_time = { lognormal = { mean = "2m", sd = "100s" } }
        wrong_party_time = "20s"
        wrap_up = "15s"
    "#;
    let predictive =
        format!("predictive = {{ abandonment_limit = {LIMIT}, patience = \"2s\", most_lines = 20{more} }}");
    dialling(20, 1, 8, &format!("{calls}\n{predictive}"))
}

#[test]
fn looking_ahead_keeps_the_limit_and_reaches_more_in_each_hour_of_an_agent() {
    // Those who talk in proportion; those who idle alone; and those who will be free when it has rung until an answer.
    let [in_proportion, idle, ahead] = ["", ", anticipates = \"0s\"", ", anticipates = \"12s\""].map(limited);
    for results in [&idle, &ahead] {
        for (numerator, denominator) in pairs(results, &expect("dial_abandonment", Basis::Dial, LIMIT)) {
            // What the sum that telescopes leaves: the lines at the ends over the step, at most (20 - 1) / 0.25, and those on the line when it is exceeded.
            assert!(numerator <= LIMIT * denominator + 96.0, "{numerator} of {denominator}");
            assert!(numerator > 0.8 * LIMIT * denominator, "{numerator} of {denominator}");
        }
    }
    for (measure, of, least) in [
        ("occupancy", occupancy(0.0), [0.02, 0.05]),
        ("persons reached", expect("persons_reached", Basis::Dial, 0.0), [200.0, 500.0]),
    ] {
        for (name, before, least) in [("idle", &idle, least[0]), ("in proportion", &in_proportion, least[1])]
        {
            let (gain, error) = gain(before, &ahead, &of);
            println!("{measure}, ahead beyond {name}: {gain:+.4} with a standard error of {error:.4}");
            assert!(gain - 5.0 * error > least, "{measure}, {name}: {gain} ({error})");
        }
    }
}

/// What a measure gains, and its standard error: the same persons with the same talks stand on the list in the same order, so differences are paired.
fn gain(before: &Results, after: &Results, of: &Expected) -> (f64, f64) {
    let values = |results: &Results| -> Vec<f64> {
        pairs(results, of).iter().map(|(numerator, denominator)| numerator / denominator).collect()
    };
    let gains: Vec<f64> =
        values(before).iter().zip(values(after)).map(|(before, after)| after - before).collect();
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    let square = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>();
    (mean, (square / (gains.len() * (gains.len() - 1)) as f64).sqrt())
}
