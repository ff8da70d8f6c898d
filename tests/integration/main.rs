//! One binary for all tests that use the product from outside.

mod command_line;
mod modes;
mod oracles;
mod support;
