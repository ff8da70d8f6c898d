//! Reading `report.json` back, with a word for whatever may be wrong with a directory.

use std::path::Path;

use serde::Deserialize;

use super::{REPORT_JSON, SAVED_SHAPE, SavedComparison, SavedFile, SavedRun, SavedSweep};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{ReadError, read_text};

/// What a directory holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// A run, and the version of the program that simulated it.
    Run(Box<SavedRun>, String),
    /// A comparison, likewise.
    Comparison(Box<SavedComparison>, String),
    /// A sweep, likewise.
    Sweep(Box<SavedSweep>, String),
}

/// Files by which a directory of results is known that an earlier version left.
const MARKERS: [&str; 2] = ["manifest.json", "comparison.json"];

/// By which a sweep's is known.
const SWEEP_MARKER: &str = "sweep.json";

/// Only what must be known before the rest can be understood.
#[derive(Deserialize)]
struct Head {
    shape: u32,
    version: String,
}

/// The results of a directory.
///
/// # Errors
/// A directory that is missing or holds no results; results of another version; a file that is cut off or damaged.
pub fn read_saved(dir: &Path) -> Result<Saved, Box<Diagnostic>> {
    let path = dir.join(REPORT_JSON);
    let text = read_text(&path).map_err(|error| unreadable(dir, &error))?;
    let head: Head = serde_json::from_str(&text).map_err(|error| damaged(&path, &error))?;
    if head.shape != SAVED_SHAPE {
        let message = format!(
            "{} is of another version: its shape is {}, written by centralino {}; this is {SAVED_SHAPE}, of {}",
            path.display(),
            head.shape,
            head.version,
            env!("CARGO_PKG_VERSION")
        );
        return Err(Diagnostic::new(Code::OTHER_VERSION, "", message).with_help(AGAIN).into());
    }
    let file: SavedFile = serde_json::from_str(&text).map_err(|error| damaged(&path, &error))?;
    match (file.run, file.comparison, file.sweep) {
        (Some(run), None, None) => Ok(Saved::Run(Box::new(run), file.version)),
        (None, Some(comparison), None) => Ok(Saved::Comparison(Box::new(comparison), file.version)),
        (None, None, Some(sweep)) => Ok(Saved::Sweep(Box::new(sweep), file.version)),
        _ => {
            let message = format!("{} holds no run, no comparison and no sweep", path.display());
            Err(Diagnostic::new(Code::DAMAGED_RESULTS, "", message).with_help(AGAIN).into())
        }
    }
}

const NAMES: &str = "name the directory that simulate, compare or sweep wrote, such as output/NAME";
const AGAIN: &str = "simulate again; manifest.json or comparison.json has the command";

fn unreadable(dir: &Path, error: &ReadError) -> Diagnostic {
    let named = dir.display();
    if !dir.is_dir() {
        let message = format!("there is no directory {named}");
        return Diagnostic::new(Code::NO_RESULTS, "", message).with_help(NAMES);
    }
    if matches!(error, ReadError::Missing { .. }) {
        if dir.join(SWEEP_MARKER).is_file() {
            return of_sweep(dir);
        }
        return match MARKERS.iter().find(|marker| dir.join(marker).is_file()) {
            Some(marker) => {
                let message =
                    format!("{named} has a {marker} and no {REPORT_JSON}: an earlier version wrote it");
                Diagnostic::new(Code::OTHER_VERSION, "", message).with_help(AGAIN)
            }
            None => {
                let message = format!("{named} holds no results: there is no {REPORT_JSON} in it");
                Diagnostic::new(Code::NO_RESULTS, "", message).with_help(NAMES)
            }
        };
    }
    Diagnostic::new(Code::DAMAGED_RESULTS, "", error.to_string()).with_help(AGAIN)
}

/// A sweep that is not finished, or a part of one, whose units are there all the same.
fn of_sweep(dir: &Path) -> Diagnostic {
    let message = format!("{} holds a sweep without its {REPORT_JSON}", dir.display());
    Diagnostic::new(Code::NO_RESULTS, "", message).with_help(
        "an unfinished sweep is gone on with by --resume, which writes it from what is kept, parts are joined by centralino merge",
    )
}

fn damaged(path: &Path, error: &serde_json::Error) -> Diagnostic {
    let what = if error.is_eof() { "is cut off" } else { "is damaged" };
    let message = format!("{} {what}: {error}", path.display());
    Diagnostic::new(Code::DAMAGED_RESULTS, "", message).with_help(AGAIN)
}
