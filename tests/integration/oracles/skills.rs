//! Two contact types and two groups: the V, the N and the X, with service times and patience of their own, both orders of
//! preference, against their Markov chains.

use std::fmt::Write as _;

use centralino::measures::{Basis, ScopeKind};
use centralino::model::Model;

use super::{Expected, Table, expect, run};
use crate::markov::{Chain, Weights};
use crate::support::model;

/// A contact type with a queue of its own name.
#[derive(Clone, Copy)]
struct Type {
    name: &'static str,
    per_hour: f64,
    service_s: f64,
    patience_s: f64,
    priority: u32,
    /// Groups in the order of preference.
    offers: &'static [usize],
}

/// A group and the types it serves, in the order in which a freed agent looks.
#[derive(Clone, Copy)]
struct Group {
    name: &'static str,
    agents: u8,
    serves: &'static [usize],
}

struct Design {
    types: [Type; 2],
    groups: Vec<Group>,
}

/// Busy agents by group and type, and who waits by type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    busy: [[u8; 2]; 2],
    waiting: [u8; 2],
}

/// Room to wait: with these patiences nobody ever comes near.
const ROOM: u8 = 24;

impl Design {
    fn chain(&self) -> Weights<State> {
        let empty = State { busy: [[0; 2]; 2], waiting: [0; 2] };
        let steady = Chain::grown_from([empty], |state| self.moves(state)).steady();
        let full = steady.share(|state| state.waiting.contains(&ROOM));
        assert!(full < 1e-9, "{full} of the time there is no room to wait");
        steady
    }

    fn moves(&self, state: State) -> Vec<(State, f64)> {
        let mut moves = Vec::new();
        for t in 0..2 {
            moves.push((self.enters(state, t), self.types[t].per_hour / 3600.0));
            for g in 0..self.groups.len() {
                moves.push((self.ends(state, g, t), f64::from(state.busy[g][t]) / self.types[t].service_s));
            }
            let mut after = state;
            after.waiting[t] = after.waiting[t].saturating_sub(1);
            moves.push((after, f64::from(state.waiting[t]) / self.types[t].patience_s));
        }
        moves
    }

    fn has_idle(&self, state: State, g: usize) -> bool {
        state.busy[g].iter().sum::<u8>() < self.groups[g].agents
    }

    /// A contact enters: the first of its groups with an idle agent takes it.
    fn enters(&self, mut state: State, t: usize) -> State {
        match self.types[t].offers.iter().find(|&&g| self.has_idle(state, g)) {
            Some(&g) => state.busy[g][t] += 1,
            None => state.waiting[t] = (state.waiting[t] + 1).min(ROOM),
        }
        state
    }

    /// A service ends: the agent takes the type of the highest priority, then the first in its order.
    fn ends(&self, mut state: State, g: usize, t: usize) -> State {
        if state.busy[g][t] == 0 {
            return state;
        }
        state.busy[g][t] -= 1;
        let waiting = self.groups[g].serves.iter().copied().filter(|&next| state.waiting[next] > 0);
        if let Some(next) = waiting.min_by_key(|&next| std::cmp::Reverse(self.types[next].priority)) {
            state.waiting[next] -= 1;
            state.busy[g][next] += 1;
        }
        state
    }

    /// The same as people write it.
    fn model(&self) -> Model {
        let mut text = String::from(
            "[scenario]\nname = \"two types, two groups\"\nstart = \"2024-01-01\"\ndays = 20\nrun_in = \"1d\"\n",
        );
        for (order, Type { name, per_hour, service_s, patience_s, priority, offers }) in (1..).zip(self.types)
        {
            let groups: Vec<&str> = offers.iter().map(|&g| self.groups[g].name).collect();
            let _ = write!(
                text,
                "[contact_types.{name}]\nservice_time = {{ exponential = \"{service_s}s\" }}\n\
                 patience = {{ exponential = \"{patience_s}s\" }}\n[arrivals.{name}]\nper_hour = {per_hour}\n\
                 [queues.{name}.steps.first]\ngroups = {groups:?}\n\
                 [routing.{name}]\norder = {order}\nwhen = {{ type = \"{name}\" }}\nqueue = \"{name}\"\npriority = {priority}\n"
            );
        }
        for Group { name, agents, serves } in &self.groups {
            let queues: Vec<&str> = serves.iter().map(|&t| self.types[t].name).collect();
            let _ = write!(text, "[agent_groups.{name}]\nserves = {queues:?}\nstaffing.heads = {agents}\n");
        }
        model(&text)
    }

    fn expected(&self) -> Vec<Expected> {
        let steady = self.chain();
        let mut expected = Vec::new();
        for (t, row) in self.types.into_iter().enumerate() {
            let queue = steady.mean(|state| f64::from(state.waiting[t]));
            let all_busy = |state| row.offers.iter().all(|&g| !self.has_idle(state, g));
            let of =
                |measure, exact| expect(measure, Basis::Contact, exact).of(ScopeKind::ContactType, row.name);
            let per_s = row.per_hour / 3600.0;
            expected.extend([
                of("wait_all", queue / per_s),
                of("abandonment", queue / row.patience_s / per_s),
                of("delayed", steady.share(all_busy)),
                expect("mean_queue", Basis::Time, queue).of(ScopeKind::Queue, row.name),
            ]);
        }
        for (g, group) in self.groups.iter().enumerate() {
            let busy = steady.mean(|state| f64::from(state.busy[g][0] + state.busy[g][1]));
            let done =
                |state: State| (0..2).map(|t| f64::from(state.busy[g][t]) / self.types[t].service_s).sum();
            expected.extend([
                expect("occupancy", Basis::Time, busy / f64::from(group.agents))
                    .of(ScopeKind::AgentGroup, group.name),
                // Served in the long run by group: the time busy over the contacts done.
                expect("handle_time", Basis::Leg, busy / steady.mean(done))
                    .of(ScopeKind::AgentGroup, group.name),
            ]);
        }
        expected
    }
}

const A: Type =
    Type { name: "a", per_hour: 40.0, service_s: 200.0, patience_s: 150.0, priority: 0, offers: &[0, 1] };
const B: Type =
    Type { name: "b", per_hour: 18.0, service_s: 320.0, patience_s: 100.0, priority: 0, offers: &[1] };

fn group(name: &'static str, agents: u8, serves: &'static [usize]) -> Group {
    Group { name, agents, serves }
}

fn holds(name: &str, seed: u64, designs: Vec<(&str, Design)>) {
    let mut table = Table::default();
    for (variant, design) in designs {
        table.hold(&format!("{name}, {variant}"), &run(&design.model(), seed, 12), &design.expected());
    }
    table.all_hold();
}

/// One group for both types.
#[test]
fn the_v() {
    let v = |types: [Type; 2], serves| Design {
        types: types.map(|row| Type { offers: &[0], ..row }),
        groups: vec![group("all", 4, serves)],
    };
    let first = |row: Type| Type { priority: 5, ..row };
    holds(
        "V",
        51,
        vec![
            ("looks for a first", v([A, B], &[0, 1])),
            ("looks for b first", v([A, B], &[1, 0])),
            ("b has priority", v([A, first(B)], &[0, 1])),
        ],
    );
}

/// A narrow group for one type, a wide one for both.
#[test]
fn the_n() {
    let n = |offers, serves| Design {
        types: [Type { offers, ..A }, B],
        groups: vec![group("narrow", 2, &[0]), group("wide", 2, serves)],
    };
    holds(
        "N",
        53,
        vec![
            ("narrow first, own type first", n(&[0, 1], &[1, 0])),
            ("narrow first, a first", n(&[0, 1], &[0, 1])),
            ("wide first, own type first", n(&[1, 0], &[1, 0])),
            ("wide first, a first", n(&[1, 0], &[0, 1])),
        ],
    );
}

/// Two groups that both know both.
#[test]
fn the_x() {
    let x = |a, b, first, second| Design {
        types: [Type { offers: a, ..A }, Type { offers: b, ..B }],
        groups: vec![group("first", 2, first), group("second", 1, second)],
    };
    holds(
        "X",
        59,
        vec![
            ("each its own", x(&[0, 1], &[1, 0], &[0, 1], &[1, 0])),
            ("each the other's", x(&[1, 0], &[0, 1], &[1, 0], &[0, 1])),
            ("the first before the second", x(&[0, 1], &[0, 1], &[0, 1], &[1, 0])),
        ],
    );
}
