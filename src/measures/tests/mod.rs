//! What the collector counts and what results make of it, in numbers that a hand can check.

mod attribution;
mod by_hand;
mod engine_runs;
mod fixture;
mod folding;
mod over_replications;
mod parts;
mod recording;
mod targets;
