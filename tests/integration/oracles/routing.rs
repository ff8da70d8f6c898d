//! Routing rules held to Markov chains: who is selected, what is reserved, when others help.

use centralino::measures::Basis;
use centralino::model::Model;

use super::{Table, expect, run};
use crate::markov::{Chain, Weights};
use crate::support::model;

const SERVICE_S: f64 = 120.0;

/// A scenario of 60 days after a warm-up; `calls` by type and per hour, two minutes each.
fn center(calls: &[(&str, f64, &str)], rest: &str) -> Model {
    let types: String = calls
        .iter()
        .enumerate()
        .map(|(order, (name, per_hour, more))| {
            format!(
                "[contact_types.{name}]\nservice_time = {{ exponential = \"{SERVICE_S}s\" }}\n{more}\n\
                 [arrivals.{name}]\nper_hour = {per_hour}\n\
                 [routing.{name}]\norder = {order}\nwhen = {{ type = \"{name}\" }}\nqueue = \"{name}\"\n"
            )
        })
        .collect();
    model(&format!(
        "[scenario]\nname = \"a chain\"\nstart = \"2024-01-01\"\ndays = 60\nrun_in = \"6h\"\n{types}{rest}"
    ))
}

fn per_s(per_hour: f64) -> f64 {
    per_hour / 3600.0
}

const LOSES: &str = "balking = 1";
const WAITS: &str = "patience = { exponential = \"100s\" }";
const PATIENCE_S: f64 = 100.0;

/// Runs a model and compares measures of the whole with what they must be.
fn hold(name: &str, model: &Model, expected: &[(&'static str, Basis, f64)]) {
    let expected: Vec<_> =
        expected.iter().map(|&(measure, basis, exact)| expect(measure, basis, exact)).collect();
    let mut table = Table::default();
    table.hold(name, &run(model, 29, 12), &expected);
    table.all_hold();
}

/// Two agents, the first slower by a factor of 3, one queue in front of them.
fn two_of_a_kind(select: &str) -> Model {
    center(
        &[("a", 30.0, WAITS)],
        &format!(
            "[queues.a]\nselect = \"{select}\"\nsteps.first.groups = [\"g\"]\n[agent_groups.g]\nserves = [\"a\"]\n\
             staffing.heads = 2\nlevels.slow = {{ share = 0.5, service_time.times = 3 }}\n"
        ),
    )
}

/// (the slow one busy, the fast one busy, how many wait), where an idle center gives the slow one a contact with this probability.
fn slow_and_fast(slow_first: f64) -> Weights<(bool, bool, u32)> {
    let (arrival, fast) = (per_s(30.0), 1.0 / SERVICE_S);
    let slow = fast / 3.0;
    let moves = |(a, b, q): (bool, bool, u32)| match (a, b) {
        (false, false) => {
            vec![((true, false, 0), arrival * slow_first), ((false, true, 0), arrival * (1.0 - slow_first))]
        }
        (true, false) => vec![((true, true, 0), arrival), ((false, false, 0), slow)],
        (false, true) => vec![((true, true, 0), arrival), ((false, false, 0), fast)],
        (true, true) if q == 0 => {
            vec![((true, true, 1), arrival), ((false, true, 0), slow), ((true, false, 0), fast)]
        }
        (true, true) => {
            let up = if q < 60 { arrival } else { 0.0 };
            vec![((true, true, q + 1), up), ((true, true, q - 1), slow + fast + f64::from(q) / PATIENCE_S)]
        }
    };
    Chain::grown_from([(false, false, 0)], moves).steady()
}

#[test]
fn the_fastest_or_a_random_agent_of_two_who_differ() {
    for (select, slow_first) in [("fastest", 0.0), ("random", 0.5)] {
        let steady = slow_and_fast(slow_first);
        let arrival = per_s(30.0);
        let queue = steady.mean(|(_, _, q)| f64::from(q));
        let busy = steady.mean(|(a, b, _)| f64::from(u8::from(a)) + f64::from(u8::from(b)));
        hold(
            &format!("two who differ, {select}"),
            &two_of_a_kind(select),
            &[
                ("delayed", Basis::Leg, steady.share(|(a, b, _)| a && b)),
                ("abandonment", Basis::Leg, queue / PATIENCE_S / arrival),
                ("wait_all", Basis::Leg, queue / arrival),
                ("mean_queue", Basis::Time, queue),
                ("occupancy", Basis::Time, busy / 2.0),
            ],
        );
    }
}

/// The N: "easy" knows a narrow agent, who takes half as long again, and the wide one, who takes twice as long on "hard".
#[test]
fn the_n_with_rates_by_group_and_type() {
    let model = center(
        &[("easy", 30.0, LOSES), ("hard", 20.0, LOSES)],
        "[queues.easy.steps.first]\ngroups = [\"narrow\", \"wide\"]\n[queues.hard.steps.first]\ngroups = [\"wide\"]\n\
         [agent_groups.narrow]\nserves = [\"easy\"]\nstaffing.heads = 1\nservice_time.times = 1.5\n\
         [agent_groups.wide]\nserves = [\"easy\", \"hard\"]\nstaffing.heads = 1\nservice_time.hard.times = 2\n",
    );
    let (easy, hard) = (per_s(30.0), per_s(20.0));
    // Narrow busy; wide idle, with easy, with hard.
    let moves = |(narrow, wide): (bool, u8)| {
        let mut moves = Vec::new();
        if narrow {
            moves.push(((false, wide), 1.0 / (1.5 * SERVICE_S)));
        } else {
            moves.push(((true, wide), easy));
        }
        match wide {
            0 => {
                moves.push(((narrow, 1), if narrow { easy } else { 0.0 }));
                moves.push(((narrow, 2), hard));
            }
            with => moves.push(((narrow, 0), 1.0 / (f64::from(with) * SERVICE_S))),
        }
        moves
    };
    let steady = Chain::grown_from([(false, 0)], moves).steady();
    let easy_lost = steady.share(|(narrow, wide)| narrow && wide > 0);
    let hard_lost = steady.share(|(_, wide)| wide > 0);
    let abandonment = (easy * easy_lost + hard * hard_lost) / (easy + hard);
    let busy = steady.mean(|(narrow, wide)| f64::from(u8::from(narrow)) + f64::from(u8::from(wide > 0)));
    hold(
        "the N with factors",
        &model,
        &[("abandonment", Basis::Leg, abandonment), ("occupancy", Basis::Time, busy / 2.0)],
    );
}

/// An agent serves the others only while one of two colleagues idles, who take urgent calls: these find nobody else and do not wait.
#[test]
fn help_that_is_lent_while_others_idle() {
    const COLLEAGUES: u32 = 2;
    let model = center(
        &[("any", 30.0, WAITS), ("urgent", 40.0, LOSES)],
        "[queues.any.steps.first]\ngroups = [\"lent\"]\nif_idle_over = { own = 0 }\n[queues.urgent.steps.first]\ngroups = [\"own\"]\n\
         [agent_groups.lent]\nserves = [\"any\"]\nstaffing.heads = 1\n[agent_groups.own]\nserves = [\"urgent\"]\nstaffing.heads = 2\n",
    );
    let (any, urgent) = (per_s(30.0), per_s(40.0));
    // Busy colleagues, whether the lent one is busy, and those who wait.
    let moves = |(own, lent, waiting): (u32, bool, u32)| {
        let mut moves = Vec::new();
        if own < COLLEAGUES {
            moves.push(((own + 1, lent, waiting), urgent));
        }
        let takes = !lent && own < COLLEAGUES;
        let entered = if takes { (own, true, waiting) } else { (own, lent, waiting + 1) };
        moves.push((entered, if waiting < 60 { any } else { 0.0 }));
        if own > 0 {
            // One more idles, and whoever waits looks again.
            let after =
                if !lent && waiting > 0 { (own - 1, true, waiting - 1) } else { (own - 1, lent, waiting) };
            moves.push((after, f64::from(own) / SERVICE_S));
        }
        if lent {
            let goes_on = waiting > 0 && own < COLLEAGUES;
            let after = if goes_on { (own, true, waiting - 1) } else { (own, false, waiting) };
            moves.push((after, 1.0 / SERVICE_S));
        }
        if waiting > 0 {
            moves.push(((own, lent, waiting - 1), f64::from(waiting) / PATIENCE_S));
        }
        moves
    };
    let steady = Chain::grown_from([(0, false, 0)], moves).steady();
    let queue = steady.mean(|(.., waiting)| f64::from(waiting));
    let lost = urgent * steady.share(|(own, ..)| own == COLLEAGUES) + queue / PATIENCE_S;
    hold(
        "an agent lent while one of two colleagues idles",
        &model,
        &[
            ("abandonment", Basis::Leg, lost / (any + urgent)),
            ("mean_queue", Basis::Time, queue),
            ("wait_all", Basis::Leg, queue / (any + urgent)),
            ("occupancy", Basis::Time, steady.mean(|(own, lent, _)| f64::from(own + u32::from(lent))) / 3.0),
        ],
    );
}

/// Five agents, two of whom are kept for urgent calls, which find nobody else's help and do not wait; the others wait and give up.
#[test]
fn agents_in_reserve_for_urgent_calls() {
    const AGENTS: u32 = 5;
    const RESERVE: u32 = 2;
    let model = center(
        &[("any", 80.0, WAITS), ("urgent", 40.0, LOSES)],
        "[queues.any.steps.first]\ngroups = [\"g\"]\nreserve = { g = 2 }\n[queues.urgent.steps.first]\ngroups = [\"g\"]\n\
         [agent_groups.g]\nserves = [\"urgent\", \"any\"]\nstaffing.heads = 5\n",
    );
    let (any, urgent) = (per_s(80.0), per_s(40.0));
    // Busy agents, and those of the others who wait.
    let moves = |(busy, waiting): (u32, u32)| {
        let mut moves = Vec::new();
        if busy < AGENTS {
            moves.push(((busy + 1, waiting), urgent));
        }
        let takes = AGENTS - busy > RESERVE;
        moves.push((
            if takes { (busy + 1, waiting) } else { (busy, waiting + 1) },
            if waiting < 60 { any } else { 0.0 },
        ));
        if busy > 0 {
            // The freed agent counts among the idle.
            let idle = AGENTS - busy + 1;
            let after = if waiting > 0 && idle > RESERVE { (busy, waiting - 1) } else { (busy - 1, waiting) };
            moves.push((after, f64::from(busy) / SERVICE_S));
        }
        if waiting > 0 {
            moves.push(((busy, waiting - 1), f64::from(waiting) / PATIENCE_S));
        }
        moves
    };
    let steady = Chain::grown_from([(0, 0)], moves).steady();
    let queue = steady.mean(|(_, waiting)| f64::from(waiting));
    let lost = urgent * steady.share(|(busy, _)| busy == AGENTS) + queue / PATIENCE_S;
    hold(
        "five agents, two in reserve",
        &model,
        &[
            ("abandonment", Basis::Leg, lost / (any + urgent)),
            ("mean_queue", Basis::Time, queue),
            ("wait_all", Basis::Leg, queue / (any + urgent)),
            ("occupancy", Basis::Time, steady.mean(|(busy, _)| f64::from(busy)) / f64::from(AGENTS)),
        ],
    );
}

/// One agent, and a slower one who helps while more than two wait.
#[test]
fn help_while_many_wait() {
    const OVER: u32 = 2;
    let model = center(
        &[("a", 40.0, WAITS)],
        "[queues.a.steps.first]\ngroups = [\"own\"]\n[queues.a.steps.help]\nadd = [\"other\"]\nif_waiting_over = 2\n\
         [agent_groups.own]\nserves = [\"a\"]\nstaffing.heads = 1\n\
         [agent_groups.other]\nserves = [\"a\"]\nstaffing.heads = 1\nservice_time.times = 1.5\n",
    );
    let arrival = per_s(40.0);
    // One's own agent busy, the other busy, how many wait.
    let moves = |(own, other, q): (bool, bool, u32)| {
        let mut moves = Vec::new();
        let entered = match (own, other) {
            (false, _) => (true, other, q),
            (true, false) if q + 1 > OVER => (true, true, q),
            (true, _) => (true, other, q + 1),
        };
        moves.push((entered, if q < 60 { arrival } else { 0.0 }));
        if own {
            let after = if q > 0 { (true, other, q - 1) } else { (false, other, 0) };
            moves.push((after, 1.0 / SERVICE_S));
        }
        if other {
            let after = if q > OVER { (own, true, q - 1) } else { (own, false, q) };
            moves.push((after, 1.0 / (1.5 * SERVICE_S)));
        }
        if q > 0 {
            moves.push(((own, other, q - 1), f64::from(q) / PATIENCE_S));
        }
        moves
    };
    let steady = Chain::grown_from([(false, false, 0)], moves).steady();
    let queue = steady.mean(|(_, _, q)| f64::from(q));
    let busy = steady.mean(|(own, other, _)| f64::from(u8::from(own)) + f64::from(u8::from(other)));
    hold(
        "help while more than two wait",
        &model,
        &[
            ("abandonment", Basis::Leg, queue / PATIENCE_S / arrival),
            ("mean_queue", Basis::Time, queue),
            ("delayed", Basis::Leg, steady.share(|(own, ..)| own)),
            ("occupancy", Basis::Time, busy / 2.0),
        ],
    );
}
