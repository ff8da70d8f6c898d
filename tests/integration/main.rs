//! The integration tests: one binary, so that it links once.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "nothing here feeds a simulation")]

mod docs;
mod scenarios;
