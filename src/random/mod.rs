//! Random numbers with an address, the pinned math under them, and the samplers on top.
//!
//! A [`Key`] names an entity (seed, replication, process, cell, need, attempt,
//! leg), a [`Purpose`] what the number is for; together they give a [`Draw`],
//! and a [`Distribution`] turns it into seconds. Nothing here has a state:
//! whoever asks in whatever order, from whichever thread, gets the same number.
//!
//! ```
//! use centralino::random::{Distribution, Key, Purpose, name_hash};
//!
//! let cell = Key::replication(42, 0).named(name_hash("taxes")).cell(1_893_456);
//! let need = cell.item(17);
//! let talk = Distribution::lognormal(240.0, 240.0)?;
//! let seconds = talk.sample(need.draw(Purpose::TalkTier1));
//! assert_eq!(seconds, talk.sample(need.draw(Purpose::TalkTier1)));
//! # Ok::<(), centralino::random::DistributionError>(())
//! ```
//!
//! What an entity is and which purposes it draws for is the engine's business.

pub mod math;
pub mod special;

mod choice;
mod distribution;
mod draw;
mod key;
mod mix;
mod poisson;
mod purpose;
#[cfg(test)]
mod tests;
mod ziggurat;
mod ziggurat_tables;

pub use choice::choose;
pub use distribution::{Distribution, DistributionError};
pub use draw::{Draw, Words};
pub use key::Key;
pub use mix::{mix, name_hash};
pub use poisson::poisson_quantile;
pub use purpose::Purpose;
