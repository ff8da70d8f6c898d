//! One binary for all tests that use the product from outside, so that it links once.

mod command_line;
mod docs;
mod modes;
mod oracles;
mod scenarios;
mod support;
