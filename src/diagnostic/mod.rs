//! What is wrong, where, and what to do about it.
//!
//! A [`Diagnostic`] names the value by its dotted path; its place in a file is added by whoever knows the files.
//! Printing with the source line is `cli`'s; here is the plain text that tests and logs compare.

mod codes;
mod similar;

use std::fmt;

pub use codes::{CODES, Code, CodeEntry};
pub use similar::did_you_mean;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot be done like this.
    Error,
    /// It can be done, and is likely not meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file's name as diagnostics print it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the file's text (without byte order mark) that are meant.
    pub span: std::ops::Range<usize>,
}

impl Place {
    /// The place of bytes in a text.
    pub fn in_text(file: &str, text: &str, span: std::ops::Range<usize>) -> Place {
        let start = text.floor_char_boundary(span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            file: file.into(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            span: start..text.ceil_char_boundary(span.end).max(start),
        }
    }
}

/// One finding about what a user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which check found it.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The value that it is about, as a dotted path (`agent_groups.t2.serves[0]`); empty for a whole file.
    pub path: String,
    /// Where that value was written.
    pub place: Option<Place>,
    /// What is wrong, naming the value.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of the severity that its code has, without place and help.
    pub fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        let (path, message) = (path.into(), message.into());
        Diagnostic { code, severity: code.severity(), path, place: None, message, help: None }
    }

    /// With what to do about it.
    pub fn with_help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// With a suggestion if a candidate is near `name`, and with the candidates.
    pub fn with_candidates<'c>(
        self,
        name: &str,
        kind: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Diagnostic {
        let candidates: Vec<&str> = candidates.into_iter().collect();
        let list = if candidates.is_empty() { "none".into() } else { candidates.join(", ") };
        let near = did_you_mean(name, candidates.iter().copied());
        let suggestion = near.map_or(String::new(), |near| format!("did you mean \"{near}\"? "));
        self.with_help(format!("{suggestion}{kind}: {list}"))
    }

    /// At a place.
    pub fn at(self, place: Option<Place>) -> Diagnostic {
        Diagnostic { place, ..self }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    /// `E2103 milano.toml:214 agent_groups.t2.serves[0]: no queue is named "billling"`, then the help on indented
    /// lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(place) = &self.place {
            write!(f, " {}:{}", place.file, place.line)?;
        }
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        write!(f, ": {}", self.message)?;
        let help = self.help.iter().flat_map(|help| help.lines());
        help.into_iter().try_for_each(|line| write!(f, "\n      {line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_prints_its_code_place_path_message_and_remedy() {
        let text = "[agent_groups.t2]\nserves = [\"billling\"]\n";
        let place = Place::in_text("milano.toml", text, 28..38);
        assert_eq!((place.line, place.column, &text[place.span.clone()]), (2, 11, "\"billling\""));
        let found = Diagnostic::new(
            Code::UNKNOWN_QUEUE,
            "agent_groups.t2.serves[0]",
            "no queue is named \"billling\"",
        )
        .with_candidates("billling", "queues", ["billing", "taxes", "registry"])
        .at(Some(place));
        assert_eq!(
            found.to_string(),
            "E2103 milano.toml:2 agent_groups.t2.serves[0]: no queue is named \"billling\"\n      \
             did you mean \"billing\"? queues: billing, taxes, registry"
        );
    }

    #[test]
    fn columns_count_characters_and_places_never_split_one() {
        let place = Place::in_text("f", "è = 1\nèè = 2", 9..100);
        assert_eq!((place.line, place.column, place.span), (2, 2, 9..15));
        assert_eq!(Place::in_text("f", "è", 1..1).span, 0..2);
    }
}
