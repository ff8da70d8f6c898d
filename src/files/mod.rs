//! Reading files within limits, writing them whole or not at all.
//!
//! What the bytes mean is the reader's business; what went wrong is told with the path and the cause.

mod atomic;
mod journal;
mod read;

pub use atomic::{AtomicDir, AtomicFile, WriteError};
pub use journal::{Journal, JournalReader};
pub use read::{LARGEST_BYTES, ReadError, read_bytes, read_text};
