//! What the bench of the engine consists of.

pub mod bare;
pub mod clock;
pub mod cores;
pub mod instructions;
pub mod parts;
pub mod regions;
pub mod works;
