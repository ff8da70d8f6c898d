//! W2 with desque: the same events as in W1 around a router written by hand.

#[path = "../../../common/mod.rs"]
mod common;

use std::cmp::Ordering;

use common::Waiting;
use common::w2::{self, CANDIDATE_GAP_S, PATIENCE_S, Router, START_S, TYPES, Tally};
use desque::serial::{OkEvent, Simulation};
use desque::{SimState, SimTime};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp, LogNormal};

/// Seconds, in a total order.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Time(f64);

impl Eq for Time {}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl SimTime for Time {}

type Sim = Simulation<Center, Time>;

struct Center {
    rng: SmallRng,
    gap: Exp<f64>,
    service: LogNormal<f64>,
    patience: Exp<f64>,
    weights: [f64; 96],
    end_s: f64,
    router: Router,
    tally: Tally,
}

impl SimState<Time> for Center {}

#[derive(Debug)]
struct CallArrives;

#[derive(Debug)]
struct ServiceEnds {
    group: usize,
}

#[derive(Debug)]
struct PatienceEnds {
    call_type: usize,
    ticket: u64,
}

impl OkEvent<Center, Time> for CallArrives {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        let call_type = center.rng.random_range(0..TYPES);
        if let Some(group) = center.router.group_for(call_type) {
            center.tally.answered(call_type, now, 0.0);
            serve(sim, group);
        } else {
            let line = &mut center.router.lines[call_type];
            let ticket = line.next_ticket();
            line.join(Waiting { call: 0, since_s: now, extra: () });
            let patience = center.patience.sample(&mut center.rng);
            schedule(sim, PatienceEnds { call_type, ticket }, now + patience);
        }
        next_call(sim);
    }
}

impl OkEvent<Center, Time> for ServiceEnds {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        if let Some((call_type, next)) = center.router.call_for(self.group) {
            center.tally.answered(call_type, next.since_s, now - next.since_s);
            serve(sim, self.group);
        }
    }
}

impl OkEvent<Center, Time> for PatienceEnds {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        if let Some(gone) = center.router.lines[self.call_type].leave(self.ticket) {
            center.tally.abandoned(self.call_type, gone.since_s, now - gone.since_s);
        }
    }
}

/// Thinning: candidates at the highest rate, each a call with the share of its quarter-hour's rate.
fn next_call(sim: &mut Sim) {
    let mut time = sim.current_time().0;
    let center = sim.state_mut();
    loop {
        time += center.gap.sample(&mut center.rng);
        if time >= center.end_s {
            return;
        }
        if center.rng.random::<f64>() < w2::accepted(&center.weights, time) {
            return schedule(sim, CallArrives, time);
        }
    }
}

fn serve(sim: &mut Sim, group: usize) {
    let center = sim.state_mut();
    let service = center.service.sample(&mut center.rng);
    let end = sim.current_time().0 + service;
    schedule(sim, ServiceEnds { group }, end);
}

fn schedule(sim: &mut Sim, event: impl OkEvent<Center, Time> + 'static, at_s: f64) {
    sim.schedule(event, Time(at_s)).expect("no event lies in the past");
}

fn main() {
    let (days, seed) = w2::arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let (mean, deviation) = w2::service_parameters();
    let center = Center {
        rng: SmallRng::seed_from_u64(seed),
        gap: exponential(CANDIDATE_GAP_S),
        service: LogNormal::new(mean, deviation).expect("a positive deviation"),
        patience: exponential(PATIENCE_S),
        weights: w2::weights(),
        end_s: if days == 0.0 { START_S } else { days * 86_400.0 },
        router: Router::new(),
        tally: Tally::new(),
    };
    let mut sim = Simulation::new(center, Time(START_S));
    next_call(&mut sim);
    sim.run().expect("it ends when no event is left");
    sim.state().tally.print();
}
