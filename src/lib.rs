pub mod queueing;
pub mod random;
pub mod time;
