//! W2 with simcore: the same component as in W1 around a router written by hand.

#[path = "../../../common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::Waiting;
use common::w2::{self, CANDIDATE_GAP_S, PATIENCE_S, Router, START_S, TYPES, Tally};
use rand_distr::{Exp, LogNormal};
use serde::Serialize;
use simcore::{Event, EventHandler, EventId, Simulation, SimulationContext, cast};

#[derive(Clone, Serialize)]
struct CallArrives {}

#[derive(Clone, Serialize)]
struct ServiceEnds {
    group: usize,
}

#[derive(Clone, Serialize)]
struct PatienceEnds {
    call_type: usize,
    ticket: u64,
}

struct Center {
    ctx: SimulationContext,
    gap: Exp<f64>,
    service: LogNormal<f64>,
    patience: Exp<f64>,
    weights: [f64; 96],
    end_s: f64,
    router: Router<EventId>,
    tally: Tally,
}

impl Center {
    /// simcore's clock begins at 0.
    fn now(&self) -> f64 {
        START_S + self.ctx.time()
    }

    /// Thinning: candidates at the highest rate, each a call with the share of its quarter-hour's rate.
    fn next_call(&self) {
        let (now, mut time) = (self.now(), self.now());
        loop {
            time += self.ctx.sample_from_distribution(&self.gap);
            if time >= self.end_s {
                return;
            }
            if self.ctx.rand() < w2::accepted(&self.weights, time) {
                self.ctx.emit_ordered_self(CallArrives {}, time - now);
                return;
            }
        }
    }

    fn serve(&self, group: usize) {
        self.ctx.emit_self(ServiceEnds { group }, self.ctx.sample_from_distribution(&self.service));
    }

    fn call_arrives(&mut self) {
        let now = self.now();
        let call_type = self.ctx.gen_range(0..TYPES);
        if let Some(group) = self.router.group_for(call_type) {
            self.tally.answered(call_type, now, 0.0);
            self.serve(group);
        } else {
            let ticket = self.router.lines[call_type].next_ticket();
            let patience = self.ctx.sample_from_distribution(&self.patience);
            let extra = self.ctx.emit_self(PatienceEnds { call_type, ticket }, patience);
            self.router.lines[call_type].join(Waiting { call: 0, since_s: now, extra });
        }
        self.next_call();
    }

    fn service_ends(&mut self, group: usize) {
        if let Some((call_type, next)) = self.router.call_for(group) {
            self.ctx.cancel_event(next.extra);
            self.tally.answered(call_type, next.since_s, self.now() - next.since_s);
            self.serve(group);
        }
    }

    fn patience_ends(&mut self, call_type: usize, ticket: u64) {
        if let Some(gone) = self.router.lines[call_type].leave(ticket) {
            self.tally.abandoned(call_type, gone.since_s, self.now() - gone.since_s);
        }
    }
}

impl EventHandler for Center {
    fn on(&mut self, event: Event) {
        cast!(match event.data {
            CallArrives {} => {
                self.call_arrives()
            }
            ServiceEnds { group } => {
                self.service_ends(group)
            }
            PatienceEnds { call_type, ticket } => {
                self.patience_ends(call_type, ticket)
            }
        })
    }
}

fn main() {
    let (days, seed) = w2::arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let (mean, deviation) = w2::service_parameters();
    let mut sim = Simulation::new(seed);
    let center = Rc::new(RefCell::new(Center {
        ctx: sim.create_context("center"),
        gap: exponential(CANDIDATE_GAP_S),
        service: LogNormal::new(mean, deviation).expect("a positive deviation"),
        patience: exponential(PATIENCE_S),
        weights: w2::weights(),
        end_s: if days == 0.0 { START_S } else { days * 86_400.0 },
        router: Router::new(),
        tally: Tally::new(),
    }));
    sim.add_handler("center", center.clone());
    center.borrow().next_call();
    sim.step_until_no_events();
    center.borrow().tally.print();
}
