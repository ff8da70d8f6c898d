//! Results as Parquet, where the program was built with it.

use std::path::Path;

use super::problems::Trouble;

/// Whether Parquet can be written if it is asked for.
///
/// # Errors
/// A program that was built without it.
pub(super) fn may_be_asked(asked: bool) -> Result<(), Trouble> {
    if asked && !cfg!(feature = "parquet") {
        let help = "build it with `cargo build --release --features parquet`, or read results.csv";
        return Err(Trouble::usage("this program was built without Parquet", help));
    }
    Ok(())
}

/// Writes `results.parquet` into a sweep's directory if it was asked for.
///
/// # Errors
/// The system's refusals.
#[cfg(feature = "parquet")]
pub(super) fn write_if(asked: bool, directory: &Path) -> Result<(), Trouble> {
    if asked {
        crate::report::write_parquet(directory)?;
    }
    Ok(())
}

/// Refused before anything was run.
#[cfg(not(feature = "parquet"))]
pub(super) fn write_if(asked: bool, _directory: &Path) -> Result<(), Trouble> {
    may_be_asked(asked)
}
