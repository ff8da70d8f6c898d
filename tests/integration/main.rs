//! One binary for all tests that use the product from outside.

mod audited;
mod citizens;
mod digests;
mod generated;
mod modes;
mod oracles;
mod recount;
mod support;
