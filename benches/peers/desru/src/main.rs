//! W1 with desru: each event is a closure that shares the center.
//!
//! Events are moved into the scheduler, so none can be called off: a patience that ends after its call was answered finds nobody
//! in the line. The log of all events, which desru keeps unless told otherwise, is filtered away.

#[path = "../../common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::{AGENTS, GAP_S, Line, PATIENCE_S, SERVICE_S, Tally, Waiting, arguments};
use desru::EventScheduler;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, Exp};

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

type Shared = Rc<RefCell<Center>>;

fn after(
    scheduler: &mut EventScheduler,
    delay_s: f64,
    mut action: impl FnMut(&mut EventScheduler) + 'static,
) {
    let action = move |scheduler: &mut EventScheduler| {
        action(scheduler);
        None
    };
    scheduler.timeout(delay_s, Some(Box::new(action)), None);
}

fn next_call(scheduler: &mut EventScheduler, shared: &Shared) {
    let mut center = shared.borrow_mut();
    let center = &mut *center;
    if center.arrived < center.calls {
        let gap = center.gap.sample(&mut center.rng);
        let shared = shared.clone();
        after(scheduler, gap, move |scheduler| call_arrives(scheduler, &shared));
    }
}

fn call_arrives(scheduler: &mut EventScheduler, shared: &Shared) {
    let mut borrowed = shared.borrow_mut();
    let center = &mut *borrowed;
    let call = center.arrived;
    center.arrived += 1;
    if center.idle > 0 {
        center.idle -= 1;
        center.tally.answered(call, 0.0);
        serve(scheduler, shared, center);
    } else {
        let ticket = center.line.next_ticket();
        center.line.join(Waiting { call, since_s: scheduler.current_time, extra: () });
        let patience = center.patience.sample(&mut center.rng);
        let shared = shared.clone();
        after(scheduler, patience, move |scheduler| patience_ends(scheduler, &shared, ticket));
    }
    drop(borrowed);
    next_call(scheduler, shared);
}

fn serve(scheduler: &mut EventScheduler, shared: &Shared, center: &mut Center) {
    let service = center.service.sample(&mut center.rng);
    let shared = shared.clone();
    after(scheduler, service, move |scheduler| service_ends(scheduler, &shared));
}

fn service_ends(scheduler: &mut EventScheduler, shared: &Shared) {
    let mut borrowed = shared.borrow_mut();
    let center = &mut *borrowed;
    if let Some(next) = center.line.next() {
        center.tally.answered(next.call, scheduler.current_time - next.since_s);
        serve(scheduler, shared, center);
    } else {
        center.idle += 1;
    }
}

fn patience_ends(scheduler: &mut EventScheduler, shared: &Shared, ticket: u64) {
    let center = &mut *shared.borrow_mut();
    if let Some(gone) = center.line.leave(ticket) {
        center.tally.abandoned(gone.call, scheduler.current_time - gone.since_s);
    }
}

fn main() {
    let (calls, seed) = arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let shared = Rc::new(RefCell::new(Center {
        rng: SmallRng::seed_from_u64(seed),
        gap: exponential(GAP_S),
        service: exponential(SERVICE_S),
        patience: exponential(PATIENCE_S),
        calls,
        arrived: 0,
        idle: AGENTS,
        line: Line::default(),
        tally: Tally::default(),
    }));
    let mut scheduler = EventScheduler::new();
    next_call(&mut scheduler, &shared);
    scheduler.run(Box::new(|_| false), Some(Box::new(|_, _| false)));
    shared.borrow().tally.print();
}
