//! The scenario: the document as people write it, and how it is read.
//!
//! [`load`] reads a file with everything it names and tells all its problems at once. What the names mean together
//! (that a queue exists, that shares add up) is the model's to check, which places its findings by [`Origins`].

mod distribution;
pub mod document;
mod load;
mod ordered;
mod units;

pub use document::*;
pub use load::{Loaded, Origins, SourceFile, load};
pub use ordered::Ordered;
pub use units::{Clock, DateText, Span, SpanError};
