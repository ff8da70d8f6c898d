//! Replications of one model, in parallel and told in order.
//!
//! A [`Runner`] does one replication, a [`Store`] receives what they leave behind strictly in the order of their numbers, and
//! [`run`] brings the two together on a pool of threads: how many there are changes no byte of what the store sees.
//! A run ends after a fixed number, when its [`Precision`] is reached or when its time is up ([`Plan`], [`StopReason`]).
//! Which day is run ([`only`]) and in which mode ([`choose_mode`]) is decided here too. What the sums mean is
//! `measures`' business, where they go `report`'s.

mod gate;
mod line;
mod mode;
mod ordered;
mod plan;
mod precision;
mod replicator;
mod single_day;

pub use mode::{ChosenMode, IllegalMode, cheapest_mode, choose_mode};
pub use ordered::{PoolError, RunError, Runner, Store, run};
pub use plan::{FIRST_CHECKPOINT, Plan, StopReason, Stopped};
pub use precision::{Aim, Known, NotAnAim, Precision, named_measures};
pub use replicator::{Finished, Overflow, Replicator, nobody_listens, overflows};
pub use single_day::{OutsideScenario, only};
