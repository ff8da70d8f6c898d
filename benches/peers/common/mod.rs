//! What the Rust peers share: W1's numbers, the line of those who wait, what is counted of each call, and how it is told.
//!
//! A peer's program takes the number of calls and a seed, and prints one line of JSON.

#![allow(dead_code, reason = "no peer needs everything")]

pub mod w2;

use std::collections::VecDeque;

/// Agents of W1.
pub const AGENTS: u32 = 150;
/// Mean gap between calls: 145 erlangs of 240 s.
pub const GAP_S: f64 = 240.0 / 145.0;
pub const SERVICE_S: f64 = 240.0;
pub const PATIENCE_S: f64 = 300.0;
/// Calls that come first, some four hours, and are not counted: the center begins empty.
pub const RUN_IN: u64 = 8_700;
const WITHIN_S: f64 = 20.0;

/// How many calls are to come after the run-in, and the seed. With 0 calls not even the run-in comes: the program only starts and ends.
pub fn arguments() -> (u64, u64) {
    let mut words = std::env::args().skip(1).map(|word| word.parse().expect("a whole number"));
    let (calls, seed) = (words.next().expect("CALLS SEED"), words.next().expect("CALLS SEED"));
    (if calls == 0 { 0 } else { calls + RUN_IN }, seed)
}

/// Sums over all calls after the run-in.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    calls: u64,
    wait_s: f64,
    abandoned: u64,
    in_time: u64,
}

impl Tally {
    /// The call that came as number `call` (from 0) was answered after this wait.
    pub fn answered(&mut self, call: u64, wait_s: f64) {
        if call >= RUN_IN {
            self.calls += 1;
            self.wait_s += wait_s;
            self.in_time += u64::from(wait_s <= WITHIN_S);
        }
    }

    /// The call hung up after this wait.
    pub fn abandoned(&mut self, call: u64, wait_s: f64) {
        if call >= RUN_IN {
            self.calls += 1;
            self.wait_s += wait_s;
            self.abandoned += 1;
        }
    }

    pub fn print(&self) {
        let run_in = if self.calls == 0 { 0 } else { RUN_IN };
        tell(self.calls, run_in, self.wait_s, self.abandoned, self.in_time);
    }
}

/// One line for whoever started the program: figures of the calls that count, and how many there were in all.
pub fn tell(calls: u64, run_in: u64, wait_s: f64, abandoned: u64, in_time: u64) {
    let n = calls.max(1) as f64;
    println!(
        "{{\"calls\": {calls}, \"simulated\": {}, \"mean_wait_s\": {}, \"abandoned\": {}, \"within_20_s\": {}}}",
        calls + run_in,
        wait_s / n,
        abandoned as f64 / n,
        in_time as f64 / n,
    );
}

/// A call that waits: its number, and when it came.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<Extra = ()> {
    pub call: u64,
    pub since_s: f64,
    /// What a peer wants to keep with it.
    pub extra: Extra,
}

/// First come, first served; who waits may leave by its ticket. All in constant time.
#[derive(Debug)]
pub struct Line<Extra = ()> {
    places: VecDeque<Option<Waiting<Extra>>>,
    /// The ticket of the first place.
    first: u64,
}

impl<Extra> Default for Line<Extra> {
    fn default() -> Self {
        Line { places: VecDeque::new(), first: 0 }
    }
}

impl<Extra> Line<Extra> {
    /// The ticket that the next to join will get.
    pub fn next_ticket(&self) -> u64 {
        self.first + self.places.len() as u64
    }

    pub fn join(&mut self, waiting: Waiting<Extra>) {
        self.places.push_back(Some(waiting));
    }

    /// Who holds this ticket leaves, unless it was served before.
    pub fn leave(&mut self, ticket: u64) -> Option<Waiting<Extra>> {
        self.places.get_mut(ticket.checked_sub(self.first)? as usize)?.take()
    }

    /// The first of those who still wait.
    pub fn next(&mut self) -> Option<Waiting<Extra>> {
        while let Some(place) = self.places.pop_front() {
            self.first += 1;
            if place.is_some() {
                return place;
            }
        }
        None
    }
}
