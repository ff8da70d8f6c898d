//! W1 with odem-rs: each caller is a process, as in its barbershop example.
//!
//! odem-rs's facility holds one server. 150 of them are a channel with a token for each idle agent: callers take tokens in the order
//! in which they began to wait, unless their patience ends first.

#[path = "../../common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::collections::VecDeque;

use common::{AGENTS, GAP_S, PATIENCE_S, SERVICE_S, Tally, arguments};
use odem_rs::prelude::*;
use odem_rs::rand_distr::Exp;
use odem_rs::sync::channel::shared::{Receiver, Sender};

/// An agent who is idle.
struct Idle;

#[derive(Config)]
struct Center {
    rng_stream: RngStream,
    free: Sender<Idle>,
    idle: Receiver<Idle>,
    tally: RefCell<Tally>,
}

struct Caller {
    number: u64,
    service_s: f64,
    patience_s: f64,
}

impl Behavior<Center> for Caller {
    type Output = ();

    async fn actions(&self, sim: &Sim<Center>) {
        let center = sim.global();
        let arrived = sim.now();
        let agent = match center.idle.try_recv() {
            Ok(agent) => Some(agent),
            Err(_) => self.wait(sim).await,
        };
        let wait_s = sim.now() - arrived;
        let Some(agent) = agent else {
            center.tally.borrow_mut().abandoned(self.number, wait_s);
            return;
        };
        center.tally.borrow_mut().answered(self.number, wait_s);
        sim.advance(self.service_s).await;
        // The channel has room for all agents.
        let _ = center.free.try_send(agent);
    }
}

impl Caller {
    /// The agent who takes the call, or nobody.
    async fn wait(&self, sim: &Sim<Center>) -> Option<Idle> {
        sim.fork(async { sim.global().idle.recv().await.ok() })
            .or(async {
                sim.advance(self.patience_s).await;
                None
            })
            .await
    }
}

async fn day(sim: &Sim<Center>, calls: u64) {
    let center = sim.global();
    let exponential = |mean: f64| Exp::new(1.0 / mean).expect("a positive mean");
    let (gap, service, patience) = (exponential(GAP_S), exponential(SERVICE_S), exponential(PATIENCE_S));
    let mut rng_gap = center.rng_stream.next_rng();
    let mut rng_caller = center.rng_stream.next_rng();
    for _ in 0..AGENTS {
        let _ = center.free.try_send(Idle);
    }
    let mut numbers = 0..;
    sim.arrivals(|| rng_gap.sample(gap))
        .take(calls as usize)
        .spawn(|| Caller {
            number: numbers.next().expect("numbers do not end"),
            service_s: rng_caller.sample(service),
            patience_s: rng_caller.sample(patience),
        })
        .await;
    // All have gone when all agents are idle.
    for _ in 0..AGENTS {
        let _ = center.idle.recv().await;
    }
}

fn main() {
    let (calls, seed) = arguments();
    let (free, idle) = channel(VecDeque::new());
    let tally = RefCell::default();
    let simulator = Simulator::new(Center { rng_stream: RngStream::from_seed(seed), free, idle, tally });
    simulator.run(async |sim| day(sim, calls).await).expect("no deadlock");
    simulator.inner().tally.borrow().print();
}
