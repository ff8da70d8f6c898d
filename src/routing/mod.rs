//! Who goes where: pure functions of the compiled tables and a view of the moment.
//!
//! Nothing here keeps state or draws numbers. The engine asks and carries out; what a rule means is decided here alone.

mod examples;
mod matching;
mod offering;
mod selecting;
mod taking;

pub use examples::check_examples;
pub use matching::match_rule;
pub use offering::first_idle;
pub use selecting::{Occupancy, fastest, least_occupied};
pub use taking::{Head, Waiting, take};
