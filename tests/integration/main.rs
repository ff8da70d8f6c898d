//! One binary for all tests that use the product from outside, so that it links once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, in its helpers too"
)]

mod audited;
mod back_office;
mod backlog;
mod browser;
mod callbacks;
mod campaigns;
mod case_ways;
mod cases;
mod channels;
mod citizens;
mod command_line;
mod consultations;
mod counters;
mod coverage;
mod demand;
mod digests;
mod districts;
mod docs;
mod generated;
mod instants;
mod markov;
mod milano;
mod modes;
mod mutants;
mod oracles;
mod paths;
mod preparations;
mod put_aside;
mod randomness;
mod recount;
mod replay;
mod scenarios;
mod schema;
mod skills;
mod start_bookings;
mod start_cases;
mod start_state;
mod support;
mod tenure;
mod tiers;
mod vendors;
mod web;
mod year;
