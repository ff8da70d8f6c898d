pub mod audit;
pub mod calendar;
pub mod diagnostic;
pub mod files;
pub mod log;
pub mod random;
pub mod scenario;
pub mod time;
