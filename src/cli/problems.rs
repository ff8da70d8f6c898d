//! Printing problems: with the source line on a terminal, one plain line each elsewhere.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};

use super::terminal::colour;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::experiment::{PoolError, RunError};
use crate::files::WriteError;
use crate::report::{Colour, SweepFault};
use crate::scenario::SourceFile;

/// Why a command could not do what it was asked to.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The scenario is wrong, or the output cannot be written.
    Problems(Problems),
    /// The command makes no sense.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
}

/// Problems, and the files in which they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems {
    pub(super) found: Vec<Diagnostic>,
    pub(super) files: Vec<SourceFile>,
}

impl Trouble {
    pub(super) fn usage(message: impl Into<String>, help: impl Into<String>) -> Trouble {
        Trouble::Usage { message: message.into(), help: help.into() }
    }

    /// Prints it on standard error.
    pub(super) fn print(&self) {
        match self {
            Trouble::Problems(problems) => problems.print(),
            // Nobody can be told that standard error is gone.
            Trouble::Usage { message, help } => {
                drop(writeln!(io::stderr(), "error: {message}\n  help: {help}"))
            }
        }
    }
}

impl From<WriteError> for Trouble {
    fn from(error: WriteError) -> Trouble {
        let remedy = Code::WRITE.entry().map_or("", |entry| entry.remedy);
        let help = format!("{remedy}; --out DIR writes elsewhere");
        let found = vec![Diagnostic::new(Code::WRITE, "", error.to_string()).with_help(help)];
        Trouble::Problems(Problems { found, files: Vec::new() })
    }
}

impl From<SweepFault> for Trouble {
    fn from(fault: SweepFault) -> Trouble {
        match fault {
            SweepFault::Write(error) => error.into(),
            SweepFault::Found(found) => {
                let remedy = found.code.entry().map_or("", |entry| entry.remedy);
                let help = found.help.clone().unwrap_or_else(|| remedy.into());
                Trouble::Problems(Problems { found: vec![(*found).with_help(help)], files: Vec::new() })
            }
        }
    }
}

impl From<RunError<WriteError>> for Trouble {
    fn from(error: RunError<WriteError>) -> Trouble {
        match error {
            RunError::Store(error) => error.into(),
            RunError::Pool(error) => error.into(),
        }
    }
}

impl From<PoolError> for Trouble {
    fn from(error: PoolError) -> Trouble {
        Trouble::usage(error.to_string(), "leave --threads out for one a core")
    }
}

impl Problems {
    /// Prints all on standard error, and how many errors there are.
    pub(super) fn print(&self) {
        let stderr = io::stderr();
        let mut text = if stderr.is_terminal() { self.graphical(colour(&stderr)) } else { self.plain() };
        text.push_str(&self.count());
        // Nobody can be told that standard error is gone.
        drop(stderr.lock().write_all(text.as_bytes()));
    }

    fn plain(&self) -> String {
        self.found.iter().map(|found| format!("{found}\n")).collect()
    }

    fn graphical(&self, colour: Colour) -> String {
        let theme = match colour {
            Colour::Ansi => GraphicalTheme::unicode(),
            Colour::None => GraphicalTheme::unicode_nocolor(),
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        let mut text = String::new();
        for found in &self.found {
            let pictured = Pictured::new(found, &self.files);
            if handler.render_report(&mut text, &pictured).is_err() {
                text.push_str(&format!("{found}\n"));
            }
        }
        text
    }

    fn count(&self) -> String {
        match self.found.iter().filter(|found| found.is_error()).count() {
            0 => String::new(),
            1 => "1 problem\n".into(),
            many => format!("{many} problems\n"),
        }
    }
}

/// A finding as miette draws it: beside its source line.
#[derive(Debug)]
struct Pictured<'a> {
    found: &'a Diagnostic,
    source: Option<NamedSource<String>>,
}

impl<'a> Pictured<'a> {
    fn new(found: &'a Diagnostic, files: &[SourceFile]) -> Self {
        let place = found.place.as_ref();
        let file = place.and_then(|place| files.iter().find(|file| file.name == place.file));
        Pictured { found, source: file.map(|file| NamedSource::new(&file.name, file.text.clone())) }
    }
}

impl fmt::Display for Pictured<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.found.path.is_empty() {
            f.write_str(&self.found.message)
        } else {
            write!(f, "{}: {}", self.found.path, self.found.message)
        }
    }
}

impl std::error::Error for Pictured<'_> {}

impl miette::Diagnostic for Pictured<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.found.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.found.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.found.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.found.place.as_ref()?.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn two() -> Problems {
        let text = "[agent_groups.t2]\nserves = [\"billling\"]\n";
        let place = Place::in_text("milano.toml", text, 28..38);
        let unknown = Diagnostic::new(
            Code::UNKNOWN_QUEUE,
            "agent_groups.t2.serves[0]",
            "no queue is named \"billling\"",
        )
        .with_candidates("billling", "queues", ["billing"])
        .at(Some(place));
        let warning = Diagnostic::new(Code::UNUSED, "queues.old", "nothing goes there");
        let files = vec![SourceFile { name: "milano.toml".into(), text: text.into() }];
        Problems { found: vec![unknown, warning], files }
    }

    #[test]
    fn plain_problems_are_one_line_each_and_errors_are_counted() {
        let expected = "E2103 milano.toml:2 agent_groups.t2.serves[0]: no queue is named \"billling\"\n      \
                        did you mean \"billing\"? queues: billing\nW6002 queues.old: nothing goes there\n";
        assert_eq!(two().plain(), expected);
        assert_eq!(two().count(), "1 problem\n");
    }

    #[test]
    fn on_a_terminal_the_source_line_is_underlined() {
        let text = two().graphical(Colour::None);
        for part in ["E2103", "milano.toml:2:11", "serves = [\"billling\"]", "──", "did you mean"] {
            assert!(text.contains(part), "no {part} in\n{text}");
        }
        assert!(!text.contains('\u{1b}'));
        assert!(two().graphical(Colour::Ansi).contains('\u{1b}'));
    }
}
