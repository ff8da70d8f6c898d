//! W1 with desque: events that change one shared state, as in its M/M/1 example.
//!
//! desque has no way to cancel an event, so a patience that ends after its call was answered finds nobody in the line.

#[path = "../../common/mod.rs"]
mod common;

use std::cmp::Ordering;

use common::{AGENTS, GAP_S, Line, PATIENCE_S, SERVICE_S, Tally, Waiting, arguments};
use desque::serial::{OkEvent, Simulation};
use desque::{SimState, SimTime};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, Exp};

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
    service: Exp<f64>,
    patience: Exp<f64>,
    calls: u64,
    arrived: u64,
    idle: u32,
    line: Line,
    tally: Tally,
}

impl SimState<Time> for Center {}

#[derive(Debug)]
struct CallArrives;

#[derive(Debug)]
struct ServiceEnds;

#[derive(Debug)]
struct PatienceEnds {
    ticket: u64,
}

impl OkEvent<Center, Time> for CallArrives {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        let call = center.arrived;
        center.arrived += 1;
        if center.idle > 0 {
            center.idle -= 1;
            center.tally.answered(call, 0.0);
            serve(sim);
        } else {
            let ticket = center.line.next_ticket();
            center.line.join(Waiting { call, since_s: now, extra: () });
            let patience = center.patience.sample(&mut center.rng);
            schedule(sim, PatienceEnds { ticket }, patience);
        }
        next_call(sim);
    }
}

impl OkEvent<Center, Time> for ServiceEnds {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        if let Some(next) = center.line.next() {
            center.tally.answered(next.call, now - next.since_s);
            serve(sim);
        } else {
            center.idle += 1;
        }
    }
}

impl OkEvent<Center, Time> for PatienceEnds {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let center = sim.state_mut();
        if let Some(gone) = center.line.leave(self.ticket) {
            center.tally.abandoned(gone.call, now - gone.since_s);
        }
    }
}

fn next_call(sim: &mut Sim) {
    let center = sim.state_mut();
    if center.arrived < center.calls {
        let gap = center.gap.sample(&mut center.rng);
        schedule(sim, CallArrives, gap);
    }
}

fn serve(sim: &mut Sim) {
    let center = sim.state_mut();
    let service = center.service.sample(&mut center.rng);
    schedule(sim, ServiceEnds, service);
}

fn schedule(sim: &mut Sim, event: impl OkEvent<Center, Time> + 'static, after_s: f64) {
    let time = Time(sim.current_time().0 + after_s);
    sim.schedule(event, time).expect("no event lies in the past");
}

fn main() {
    let (calls, seed) = arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let center = Center {
        rng: SmallRng::seed_from_u64(seed),
        gap: exponential(GAP_S),
        service: exponential(SERVICE_S),
        patience: exponential(PATIENCE_S),
        calls,
        arrived: 0,
        idle: AGENTS,
        line: Line::default(),
        tally: Tally::default(),
    };
    let mut sim = Simulation::new(center, Time(0.0));
    next_call(&mut sim);
    sim.run().expect("it ends when no event is left");
    sim.state().tally.print();
}
