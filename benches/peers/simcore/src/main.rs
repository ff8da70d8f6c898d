//! W1 with simcore: one component that sends events to itself, with the simulation's own random numbers.
//!
//! Calls come in order of time, so they take simcore's ordered events, which need no heap. A patience is cancelled when its call
//! is answered.

#[path = "../../common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::{AGENTS, GAP_S, Line, PATIENCE_S, SERVICE_S, Tally, Waiting, arguments};
use rand_distr::Exp;
use serde::Serialize;
use simcore::{Event, EventHandler, EventId, Simulation, SimulationContext, cast};

#[derive(Clone, Serialize)]
struct CallArrives {}

#[derive(Clone, Serialize)]
struct ServiceEnds {}

#[derive(Clone, Serialize)]
struct PatienceEnds {
    ticket: u64,
}

struct Center {
    ctx: SimulationContext,
    gap: Exp<f64>,
    service: Exp<f64>,
    patience: Exp<f64>,
    calls: u64,
    arrived: u64,
    idle: u32,
    line: Line<EventId>,
    tally: Tally,
}

impl Center {
    fn next_call(&self) {
        if self.arrived < self.calls {
            self.ctx.emit_ordered_self(CallArrives {}, self.ctx.sample_from_distribution(&self.gap));
        }
    }

    fn serve(&self) {
        self.ctx.emit_self(ServiceEnds {}, self.ctx.sample_from_distribution(&self.service));
    }

    fn call_arrives(&mut self) {
        let call = self.arrived;
        self.arrived += 1;
        if self.idle > 0 {
            self.idle -= 1;
            self.tally.answered(call, 0.0);
            self.serve();
        } else {
            let ticket = self.line.next_ticket();
            let patience = self.ctx.sample_from_distribution(&self.patience);
            let extra = self.ctx.emit_self(PatienceEnds { ticket }, patience);
            self.line.join(Waiting { call, since_s: self.ctx.time(), extra });
        }
        self.next_call();
    }

    fn service_ends(&mut self) {
        if let Some(next) = self.line.next() {
            self.ctx.cancel_event(next.extra);
            self.tally.answered(next.call, self.ctx.time() - next.since_s);
            self.serve();
        } else {
            self.idle += 1;
        }
    }

    fn patience_ends(&mut self, ticket: u64) {
        if let Some(gone) = self.line.leave(ticket) {
            self.tally.abandoned(gone.call, self.ctx.time() - gone.since_s);
        }
    }
}

impl EventHandler for Center {
    fn on(&mut self, event: Event) {
        cast!(match event.data {
            CallArrives {} => {
                self.call_arrives()
            }
            ServiceEnds {} => {
                self.service_ends()
            }
            PatienceEnds { ticket } => {
                self.patience_ends(ticket)
            }
        })
    }
}

fn main() {
    let (calls, seed) = arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let mut sim = Simulation::new(seed);
    let center = Rc::new(RefCell::new(Center {
        ctx: sim.create_context("center"),
        gap: exponential(GAP_S),
        service: exponential(SERVICE_S),
        patience: exponential(PATIENCE_S),
        calls,
        arrived: 0,
        idle: AGENTS,
        line: Line::default(),
        tally: Tally::default(),
    }));
    sim.add_handler("center", center.clone());
    center.borrow().next_call();
    sim.step_until_no_events();
    center.borrow().tally.print();
}
