//! From a file to a scenario.

use std::path::Path;

use super::Scenario;
use crate::diagnostic::{Diagnostic, Place};

/// A scenario with everything that it takes to speak about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The resolved scenario: overlays merged, files read in.
    pub scenario: Scenario,
    /// Where each value was written.
    pub origins: Origins,
    /// Every file that was read, with its text.
    pub files: Vec<SourceFile>,
    /// What is worth knowing though nothing is wrong.
    pub notes: Vec<Diagnostic>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As diagnostics name it.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// Where the values of a scenario were written.
#[derive(Clone, Debug, Default)]
pub struct Origins {}

impl Origins {
    /// The place of a dotted path, or of the nearest ancestor that was written.
    pub fn place(&self, _path: &str) -> Option<Place> {
        None
    }
}

/// Reads a scenario.
///
/// # Errors
/// All problems of the files, in the order of their places.
pub fn load(_path: &Path, _overrides: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
    Err(Vec::new())
}
