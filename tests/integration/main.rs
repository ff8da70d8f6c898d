//! One binary for all tests that use the product from outside.

mod audit;
mod modes;
mod oracles;
mod support;
