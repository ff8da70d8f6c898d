pub mod calendar;
pub mod diagnostic;
pub mod files;
pub mod model;
pub mod random;
pub mod scenario;
pub mod time;
