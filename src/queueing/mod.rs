//! Closed formulas of queueing theory, for planners and as oracles of the engine.
//!
//! Each model is a small struct of named inputs; `solve` (or the one measure it has) checks them and answers, or says
//! in words why there is no answer. Everything is steady state: first come first served, Poisson arrivals, no
//! day that begins empty. All formulas are sound from 1 to 100,000 agents: probabilities come from ratios of
//! neighbouring states, multiplied outwards from the likeliest state, so that nothing overflows and nothing is subtracted
//! that nearly cancels.
//!
//! | model | what it knows |
//! | --- | --- |
//! | [`ErlangB`] | no waiting: blocked when all agents are busy |
//! | [`ErlangC`] | waiting without end |
//! | [`ErlangA`] | waiting with exponential patience |
//! | [`GeneralPatience`] | waiting with a patience of any shape |
//! | [`Priorities`], [`SingleServerPriorities`] | classes that go before others |
//! | [`FiniteTrunks`] | Erlang C or A behind a limited number of lines |
//! | [`InfiniteServers`] | the offered load alone |
//! | [`SingleServer`] | one agent, any service time |
//! | [`BirthDeath`] | any chain of states with rates up and down |
//!
//! [`Workload`] asks the three of Erlang both ways: what so many agents give, and the fewest agents for a [`Goal`].
//!
//! ```
//! use centralino::queueing::ErlangA;
//!
//! let calls = ErlangA { agents: 150, arrivals_per_s: 145.0 / 240.0, mean_service_s: 240.0, mean_patience_s: 300.0 };
//! let queue = calls.solve()?;
//! assert!((queue.mean_wait_s() - 5.2212).abs() < 5e-5);
//! assert!((queue.served_within(20.0) - 0.890499).abs() < 5e-7);
//! # Ok::<(), centralino::queueing::QueueingError>(())
//! ```
#![allow(
    clippy::disallowed_methods,
    reason = "closed formulas stand beside the simulation: no simulated number depends on their last bit"
)]

mod birth_death;
mod erlang_a;
#[cfg(test)]
mod erlang_a_checks;
mod erlang_b;
mod erlang_c;
mod error;
mod general_patience;
mod infinite_servers;
mod outward;
mod place_in_queue;
mod priorities;
mod single_server;
mod staffing;
mod trunks;

pub use birth_death::BirthDeath;
pub use erlang_a::{AbandoningQueue, ErlangA};
pub use erlang_b::ErlangB;
pub use erlang_c::{DelayQueue, ErlangC};
pub use error::QueueingError;
pub use general_patience::{GeneralPatience, ImpatientQueue};
pub use infinite_servers::{InfiniteServers, offered_load};
pub use priorities::{Priorities, PriorityClass, SingleServerPriorities};
pub use single_server::SingleServer;
pub use staffing::{Answer, Formula, Goal, MOST_AGENTS, Performance, Workload};
pub use trunks::{FiniteTrunks, TrunkedQueue};
