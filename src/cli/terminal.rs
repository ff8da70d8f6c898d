//! What standard output and standard error can show, and writing to them.

use std::io::{self, ErrorKind, IsTerminal, Write};

use super::Format;
use super::problems::Trouble;
use crate::report::{Colour, Document, render};

/// Whether a stream shows colour: on a terminal, unless `NO_COLOR` is set (no-color.org).
pub(super) fn colour(stream: &impl IsTerminal) -> Colour {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if stream.is_terminal() && !unwanted { Colour::Ansi } else { Colour::None }
}

/// Writes to standard output. A reader who has left (`| head`) is no trouble.
///
/// # Errors
/// Anything else that keeps the text from being written.
pub(super) fn tell(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Trouble::usage(format!("cannot write to standard output: {error}"), "check where it leads"))
        }
        _ => Ok(()),
    }
}

/// Prints results in the form that is asked for, if any.
///
/// # Errors
/// As [`tell`].
pub(super) fn tell_results(
    format: Option<Format>,
    json: impl FnOnce() -> serde_json::Value,
    document: impl FnOnce() -> Document,
) -> Result<(), Trouble> {
    match format {
        None => Ok(()),
        Some(Format::Json) => tell(&format!("{:#}\n", json())),
        Some(Format::Text) => tell(&render(&document(), colour(&io::stdout()))),
    }
}
