//! W1 with NeXosim: one model that schedules its own inputs, on one thread.
//!
//! A patience is a keyed event, cancelled when its call is answered.

#[path = "../../common/mod.rs"]
mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{AGENTS, GAP_S, Line, PATIENCE_S, SERVICE_S, Tally, Waiting, arguments};
use nexosim::model::{Context, Model, schedulable};
use nexosim::simulation::{EventKey, Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, Exp};
use serde::{Deserialize, Serialize};

/// The state, left out of NeXosim's saved simulations, which nobody asks for here.
struct State {
    rng: SmallRng,
    gap: Exp<f64>,
    service: Exp<f64>,
    patience: Exp<f64>,
    calls: u64,
    arrived: u64,
    idle: u32,
    line: Line<EventKey>,
    tally: Tally,
    told: Arc<Mutex<Tally>>,
}

#[derive(Serialize, Deserialize)]
struct Center {
    #[serde(skip)]
    state: Option<State>,
}

#[Model]
impl Center {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.next_call(cx);
    }

    #[nexosim(schedulable)]
    fn call_arrives(&mut self, _: (), cx: &Context<Self>) {
        let state = self.state();
        let call = state.arrived;
        state.arrived += 1;
        if state.idle > 0 {
            state.idle -= 1;
            state.tally.answered(call, 0.0);
            self.serve(cx);
        } else {
            let ticket = state.line.next_ticket();
            let patience = duration(state.patience.sample(&mut state.rng));
            let extra = cx.schedule_keyed_event(patience, schedulable!(Self::patience_ends), ticket);
            let extra = extra.expect("patience is positive");
            state.line.join(Waiting { call, since_s: seconds(cx), extra });
        }
        self.next_call(cx);
    }

    #[nexosim(schedulable)]
    fn service_ends(&mut self, _: (), cx: &Context<Self>) {
        let state = self.state();
        if let Some(next) = state.line.next() {
            next.extra.cancel();
            state.tally.answered(next.call, seconds(cx) - next.since_s);
            self.serve(cx);
        } else {
            state.idle += 1;
            if state.idle == AGENTS {
                *state.told.lock().expect("nobody else holds it") = state.tally.clone();
            }
        }
    }

    #[nexosim(schedulable)]
    fn patience_ends(&mut self, ticket: u64, cx: &Context<Self>) {
        let state = self.state();
        if let Some(gone) = state.line.leave(ticket) {
            state.tally.abandoned(gone.call, seconds(cx) - gone.since_s);
        }
    }

    fn state(&mut self) -> &mut State {
        self.state.as_mut().expect("set when the model is made")
    }

    fn next_call(&mut self, cx: &Context<Self>) {
        let state = self.state();
        if state.arrived < state.calls {
            let gap = duration(state.gap.sample(&mut state.rng));
            cx.schedule_event(gap, schedulable!(Self::call_arrives), ()).expect("gaps are positive");
        }
    }

    fn serve(&mut self, cx: &Context<Self>) {
        let state = self.state();
        let service = duration(state.service.sample(&mut state.rng));
        cx.schedule_event(service, schedulable!(Self::service_ends), ()).expect("services are positive");
    }
}

/// NeXosim refuses events for this very instant.
fn duration(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds).max(Duration::from_nanos(1))
}

fn seconds(cx: &Context<Center>) -> f64 {
    cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64()
}

fn main() {
    let (calls, seed) = arguments();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let told = Arc::new(Mutex::new(Tally::default()));
    let state = State {
        rng: SmallRng::seed_from_u64(seed),
        gap: exponential(GAP_S),
        service: exponential(SERVICE_S),
        patience: exponential(PATIENCE_S),
        calls,
        arrived: 0,
        idle: AGENTS,
        line: Line::default(),
        tally: Tally::default(),
        told: told.clone(),
    };
    let mut sim = SimInit::with_num_threads(1)
        .add_model(Center { state: Some(state) }, Mailbox::new(), "center")
        .init(MonotonicTime::EPOCH)
        .expect("one model without connections");
    sim.run().expect("it ends when no event is left");
    told.lock().expect("nobody else holds it").print();
}
