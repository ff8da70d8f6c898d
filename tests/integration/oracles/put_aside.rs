//! Work that calls interrupt, against finite Markov chains.
//!
//! Talk, wrap-up and patience are exponential, so what is left of a wrap-up is as long as a new one: a chain need not know how far it has come.

use centralino::measures::{Basis, Results, ScopeKind};

use super::{Single, Table, expect, run};
use crate::markov::Chain;

const TALK_S: f64 = 240.0;
const WRAP_UP_S: f64 = 120.0;
const PATIENCE_S: f64 = 300.0;
const PER_HOUR: f64 = 30.0;

/// So many agents whose wrap-up is interruptible by this rule.
fn center(agents: u32, rule: &str, seed: u64) -> Results {
    let calls = format!(
        "service_time = {{ exponential = \"{TALK_S}s\" }}\nwrap_up = {{ exponential = \"{WRAP_UP_S}s\" }}\n\
         patience = {{ exponential = \"{PATIENCE_S}s\" }}"
    );
    let more = format!("interruptible_wrap_up = {rule}");
    let single = Single { agents, per_hour: PER_HOUR, days: 20, calls: &calls, more: &more };
    run(&single.model(), seed, 20)
}

/// Agents by what they do and the wrap-ups that they have put aside (at most one), and calls in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Talking, with nothing put aside and with one wrap-up.
    talking: [u32; 2],
    /// Wrapping up, with nothing put aside, so that a call interrupts it, and with one.
    wrapping: [u32; 2],
    in_line: u32,
}

/// What a rule makes of calls and work.
#[derive(Clone, Copy)]
struct Expected {
    abandoned: f64,
    in_line: f64,
    busy: f64,
    wrapping: f64,
    interruptions_per_s: f64,
}

impl Expected {
    fn hold(self, table: &mut Table, system: &str, results: &Results, agents: u32) {
        let lambda = PER_HOUR / 3600.0;
        let answered = lambda * (1.0 - self.abandoned);
        let days_s = 20.0 * 86_400.0;
        let group = |measure, exact| expect(measure, Basis::Time, exact).of(ScopeKind::AgentGroup, "agents");
        let expected = [
            expect("abandonment", Basis::Contact, self.abandoned),
            expect("wait_all", Basis::Contact, self.in_line / lambda),
            // Little's law: those who talk or wrap up, by how many are answered.
            expect("handle_time", Basis::Leg, TALK_S + self.wrapping / answered),
            group("occupancy", self.busy / f64::from(agents)),
            group("interruptions", self.interruptions_per_s * days_s),
        ];
        table.hold(system, results, &expected);
    }
}

/// The wrap-up is dropped when a call comes: whoever wraps up has nothing to lose.
fn dropped(agents: u32) -> Expected {
    let (lambda, mu, nu, theta) = (PER_HOUR / 3600.0, 1.0 / TALK_S, 1.0 / WRAP_UP_S, 1.0 / PATIENCE_S);
    let busy = |s: State| s.talking[0] + s.wrapping[0];
    let moves = move |s: State| {
        let (talking, wrapping) = (f64::from(s.talking[0]), f64::from(s.wrapping[0]));
        let comes = match s {
            _ if busy(s) < agents => State { talking: [s.talking[0] + 1, 0], ..s },
            _ if s.wrapping[0] > 0 => {
                State { talking: [s.talking[0] + 1, 0], wrapping: [s.wrapping[0] - 1, 0], ..s }
            }
            _ => State { in_line: s.in_line + 1, ..s },
        };
        let talk_ends = match s.in_line {
            0 if s.talking[0] > 0 => {
                State { talking: [s.talking[0] - 1, 0], wrapping: [s.wrapping[0] + 1, 0], ..s }
            }
            // The next call is taken at once, and nothing is left of the wrap-up.
            _ => State { in_line: s.in_line.saturating_sub(1), ..s },
        };
        let done = State { wrapping: [s.wrapping[0].saturating_sub(1), 0], ..s };
        let hangs_up = State { in_line: s.in_line.saturating_sub(1), ..s };
        [
            (comes, if s.in_line < 80 { lambda } else { 0.0 }),
            (talk_ends, mu * talking),
            (done, nu * wrapping),
            (hangs_up, theta * f64::from(s.in_line)),
        ]
    };
    let empty = State { talking: [0; 2], wrapping: [0; 2], in_line: 0 };
    let steady = Chain::grown_from([empty], moves).steady();
    let in_line = steady.mean(|s| f64::from(s.in_line));
    Expected {
        abandoned: theta * in_line / lambda,
        in_line,
        busy: steady.mean(|s| f64::from(busy(s))),
        wrapping: steady.mean(|s| f64::from(s.wrapping[0])),
        interruptions_per_s: lambda * steady.share(|s| busy(s) == agents && s.wrapping[0] > 0),
    }
}

/// The rest is resumed, and an agent has one wrap-up put aside at most: one that begins beyond is finished before the next call.
fn resumed(agents: u32) -> Expected {
    let (lambda, mu, nu, theta) = (PER_HOUR / 3600.0, 1.0 / TALK_S, 1.0 / WRAP_UP_S, 1.0 / PATIENCE_S);
    let busy = |s: State| s.talking.iter().chain(&s.wrapping).sum::<u32>();
    let add = |of: [u32; 2], i: usize, by: i32| {
        let mut of = of;
        of[i] = of[i].saturating_add_signed(by);
        of
    };
    let moves = move |s: State| {
        let comes = match s {
            _ if busy(s) < agents => State { talking: add(s.talking, 0, 1), ..s },
            _ if s.wrapping[0] > 0 => {
                State { talking: add(s.talking, 1, 1), wrapping: add(s.wrapping, 0, -1), ..s }
            }
            _ => State { in_line: s.in_line + 1, ..s },
        };
        // Of a talk with nothing put aside: its wrap-up begins, or is put aside for the next in line.
        let fresh_talk_ends = match s.in_line {
            0 => State { talking: add(s.talking, 0, -1), wrapping: add(s.wrapping, 0, 1), ..s },
            _ => State { talking: add(add(s.talking, 0, -1), 1, 1), in_line: s.in_line - 1, ..s },
        };
        // With one put aside the wrap-up is finished first.
        let later_talk_ends = State { talking: add(s.talking, 1, -1), wrapping: add(s.wrapping, 1, 1), ..s };
        // Nobody waits while somebody wraps up with nothing put aside.
        let done = State { wrapping: add(s.wrapping, 0, -1), ..s };
        let later_done = match s.in_line {
            0 => State { wrapping: add(add(s.wrapping, 1, -1), 0, 1), ..s },
            _ => State {
                wrapping: add(s.wrapping, 1, -1),
                talking: add(s.talking, 1, 1),
                in_line: s.in_line - 1,
            },
        };
        let hangs_up = State { in_line: s.in_line.saturating_sub(1), ..s };
        [
            (comes, if s.in_line < 80 { lambda } else { 0.0 }),
            (fresh_talk_ends, mu * f64::from(s.talking[0])),
            (later_talk_ends, mu * f64::from(s.talking[1])),
            (done, nu * f64::from(s.wrapping[0])),
            (later_done, nu * f64::from(s.wrapping[1])),
            (hangs_up, theta * f64::from(s.in_line)),
        ]
        .map(|(to, rate)| (if rate > 0.0 { to } else { s }, rate))
    };
    let empty = State { talking: [0; 2], wrapping: [0; 2], in_line: 0 };
    let steady = Chain::grown_from([empty], moves).steady();
    let in_line = steady.mean(|s| f64::from(s.in_line));
    Expected {
        abandoned: theta * in_line / lambda,
        in_line,
        busy: steady.mean(|s| f64::from(busy(s))),
        wrapping: steady.mean(|s| f64::from(s.wrapping.iter().sum::<u32>())),
        interruptions_per_s: lambda * steady.share(|s| busy(s) == agents && s.wrapping[0] > 0),
    }
}

#[test]
fn wrap_up_that_is_dropped_is_done_only_while_no_call_waits() {
    let mut table = Table::default();
    dropped(3).hold(&mut table, "3 agents, dropped", &center(3, "{ rest = \"dropped\" }", 31), 3);
    table.all_hold();
}

#[test]
fn wrap_up_that_is_resumed_is_a_chain_with_those_put_aside() {
    let mut table = Table::default();
    for (agents, seed) in [(1, 32), (3, 33)] {
        let system = format!("{agents} agents, one put aside at most");
        let results = center(agents, "{ put_aside_at_most = 1 }", seed);
        resumed(agents).hold(&mut table, &system, &results, agents);
    }
    table.all_hold();
}

/// Any number may be put aside: to calls an agent's wrap-ups are not there at all, so they meet an Erlang A of talks alone, and all wrap-ups
/// are done in the end.
#[test]
fn calls_do_not_feel_wrap_up_that_they_may_always_interrupt() {
    let agents = 4;
    let (lambda, mu, theta) = (PER_HOUR / 3600.0, 1.0 / TALK_S, 1.0 / PATIENCE_S);
    let steady = Chain::grown_from([0_u32], |n| {
        let talking = f64::from(n.min(agents));
        let in_line = f64::from(n.saturating_sub(agents));
        [(n + 1, if n < 90 { lambda } else { 0.0 }), (n.saturating_sub(1), mu * talking + theta * in_line)]
    })
    .steady();
    let in_line = steady.mean(|n| f64::from(n.saturating_sub(agents)));
    let expected = [
        expect("abandonment", Basis::Contact, theta * in_line / lambda),
        expect("wait_all", Basis::Contact, in_line / lambda),
        expect("delayed", Basis::Contact, steady.share(|n| n >= agents)),
        expect("handle_time", Basis::Leg, TALK_S + WRAP_UP_S),
    ];
    let mut table = Table::default();
    table.hold("4 agents, any number put aside", &center(agents, "{}", 34), &expected);
    table.all_hold();
}
