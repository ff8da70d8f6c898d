pub mod queueing;
pub mod random;
pub mod stats;
pub mod time;
