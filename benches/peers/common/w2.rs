//! What the Rust peers share of W2: its numbers, its router, what is counted. See scenarios/reference/w2.toml.
//!
//! No peer has words for queues that share groups of agents, so the router is written by hand, once for all of them.

use super::{Line, Waiting};

pub const TYPES: usize = 8;
const GROUPS: usize = 12;
const QUARTERS: usize = 96;
const QUARTER_S: f64 = 900.0;
pub const PATIENCE_S: f64 = 300.0;
/// Calls that would come in a day at the highest rate, by thinning against it.
pub const CANDIDATE_GAP_S: f64 = 240.0 / (400.0 * HIGHEST);
const HIGHEST: f64 = 1.25;
/// Where the clock begins: four hours before the first midnight, which are not counted.
pub const START_S: f64 = -14_400.0;
pub const CALLS_A_DAY: u64 = 144_000;
const WITHIN_S: f64 = 20.0;

/// Eight groups of 42 with two skills, then w, x, y and z, four of 28 with four.
const HEADS: [u32; GROUPS] = [42, 42, 42, 42, 42, 42, 42, 42, 28, 28, 28, 28];
/// Which groups a call of each type tries, in order.
const TRIES: [[usize; 4]; TYPES] = [
    [0, 7, 8, 11],
    [1, 0, 8, 11],
    [2, 1, 8, 10],
    [3, 2, 8, 10],
    [4, 3, 9, 10],
    [5, 4, 9, 10],
    [6, 5, 9, 11],
    [7, 6, 9, 11],
];
/// Which queues an agent of each group looks into, in order.
const SERVES: [&[usize]; GROUPS] = [
    &[0, 1],
    &[1, 2],
    &[2, 3],
    &[3, 4],
    &[4, 5],
    &[5, 6],
    &[6, 7],
    &[7, 0],
    &[0, 1, 2, 3],
    &[4, 5, 6, 7],
    &[2, 3, 4, 5],
    &[6, 7, 0, 1],
];

/// Whole days that bring about so many calls, and the seed; no day at all for 0 calls.
pub fn arguments() -> (f64, u64) {
    let mut words = std::env::args().skip(1).map(|word| word.parse::<u64>().expect("a whole number"));
    let (calls, seed) = (words.next().expect("CALLS SEED"), words.next().expect("CALLS SEED"));
    (calls.div_ceil(CALLS_A_DAY) as f64, seed)
}

/// Mean and standard deviation of the normal under the lognormal service: mean 240 s, cv 1.
pub fn service_parameters() -> (f64, f64) {
    let variance = 2_f64.ln();
    (240_f64.ln() - variance / 2.0, variance.sqrt())
}

/// How likely a candidate at this time is a call: its rate over the highest.
pub fn accepted(weights: &[f64; QUARTERS], time_s: f64) -> f64 {
    weights[quarter(time_s)] / HIGHEST
}

pub fn weights() -> [f64; QUARTERS] {
    std::array::from_fn(|quarter| {
        1.0 + 0.25 * (2.0 * std::f64::consts::PI * quarter as f64 / QUARTERS as f64).sin()
    })
}

fn quarter(time_s: f64) -> usize {
    (time_s / QUARTER_S).floor().rem_euclid(QUARTERS as f64) as usize
}

/// Idle agents by group, and a line for each type.
pub struct Router<Extra = ()> {
    idle: [u32; GROUPS],
    pub lines: [Line<Extra>; TYPES],
}

impl<Extra> Router<Extra> {
    pub fn new() -> Self {
        Router { idle: HEADS, lines: std::array::from_fn(|_| Line::default()) }
    }

    /// The group whose agent takes a new call of this type. Agents of a group are alike, so who was idle longest needs no name.
    pub fn group_for(&mut self, call_type: usize) -> Option<usize> {
        let group = TRIES[call_type].into_iter().find(|&group| self.idle[group] > 0)?;
        self.idle[group] -= 1;
        Some(group)
    }

    /// The call that an agent of this group takes next, with its type; without one the agent is idle.
    pub fn call_for(&mut self, group: usize) -> Option<(usize, Waiting<Extra>)> {
        for &call_type in SERVES[group] {
            if let Some(next) = self.lines[call_type].next() {
                return Some((call_type, next));
            }
        }
        self.idle[group] += 1;
        None
    }
}

#[derive(Clone, Copy, Default)]
struct Cell {
    calls: u64,
    abandoned: u64,
    in_time: u64,
    wait_s: f64,
}

/// Sums by type and quarter-hour of the day in which a call came.
pub struct Tally {
    cells: [[Cell; QUARTERS]; TYPES],
    run_in: u64,
}

impl Tally {
    pub fn new() -> Self {
        Tally { cells: [[Cell::default(); QUARTERS]; TYPES], run_in: 0 }
    }

    pub fn answered(&mut self, call_type: usize, since_s: f64, wait_s: f64) {
        self.count(call_type, since_s, wait_s, false);
    }

    pub fn abandoned(&mut self, call_type: usize, since_s: f64, wait_s: f64) {
        self.count(call_type, since_s, wait_s, true);
    }

    fn count(&mut self, call_type: usize, since_s: f64, wait_s: f64, abandoned: bool) {
        if since_s < 0.0 {
            self.run_in += 1;
            return;
        }
        let cell = &mut self.cells[call_type][quarter(since_s)];
        cell.calls += 1;
        cell.wait_s += wait_s;
        cell.abandoned += u64::from(abandoned);
        cell.in_time += u64::from(!abandoned && wait_s <= WITHIN_S);
    }

    /// One line for whoever started the program.
    pub fn print(&self) {
        let all = self.cells.iter().flatten().fold(Cell::default(), |sum, cell| Cell {
            calls: sum.calls + cell.calls,
            abandoned: sum.abandoned + cell.abandoned,
            in_time: sum.in_time + cell.in_time,
            wait_s: sum.wait_s + cell.wait_s,
        });
        super::tell(all.calls, self.run_in, all.wait_s, all.abandoned, all.in_time);
    }
}
