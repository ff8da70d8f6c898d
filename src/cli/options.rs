//! Options that several commands have.

use std::path::Path;

use super::Format;
use super::problems::Trouble;
use super::report::{LanguageChoice, write_page};

/// How many simulate at once.
#[derive(Debug, clap::Args)]
pub(super) struct Threads {
    /// Threads that simulate, one a core if left out; changes no digit
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Threads {
    /// How many; 0 is one a core.
    pub(super) fn count(&self) -> usize {
        self.threads.map_or(0, usize::from)
    }
}

/// The page for people.
#[derive(Debug, clap::Args)]
pub(super) struct Page {
    /// Writes report.html too, for people, in English (en) or Italian (it); centralino report makes more forms of it
    #[arg(long, value_name = "LANGUAGE", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "en")]
    report: Option<LanguageChoice>,
}

impl Page {
    /// Writes it into a directory of results, if it is asked for.
    ///
    /// # Errors
    /// Results that cannot be read, a page that cannot be written.
    pub(super) fn write_into(&self, results: &Path) -> Result<(), Trouble> {
        self.report.map_or(Ok(()), |language| write_page(results, language))
    }
}

/// What the terminal is told while a command simulates and when it is done.
#[derive(Debug, clap::Args)]
pub(super) struct Told {
    /// What is printed: text, or the content of summary.json (compare: comparison.json)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Shows no progress bar
    #[arg(long)]
    no_progress: bool,

    /// Prints neither progress nor results
    #[arg(long, short)]
    quiet: bool,
}

impl Told {
    /// Whether there is a progress bar.
    pub(super) fn progress(&self) -> bool {
        !self.no_progress && !self.quiet
    }

    /// How the results are printed, if they are.
    pub(super) fn format(&self) -> Option<Format> {
        (!self.quiet).then_some(self.format)
    }
}
