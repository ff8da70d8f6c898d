//! One binary for all tests that use the product from outside, so that it links once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, in its helpers too"
)]

mod audit;
mod command_line;
mod docs;
mod modes;
mod oracles;
mod scenarios;
mod support;
