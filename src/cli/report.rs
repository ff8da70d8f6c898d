//! `centralino report`: results that are there already, as a page that a manager reads.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::problems::{Problems, Trouble};
use super::terminal::{colour, tell};
use crate::files::{AtomicFile, WriteError};
use crate::report::{Document, Language, Saved, comparison_report, html, read_saved, render_in, run_report};

/// Renders the report of a run or a comparison from its directory, without simulating
///
/// The report is one HTML file that opens offline in any browser and prints well; it holds everything it needs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino report output/my-run --open
  centralino report output/my-run --language it
  centralino report output/my-comparison --out report-for-the-board

Exit codes: 0 done, 2 wrong use or input.")]
pub(super) struct Report {
    /// The directory that simulate or compare wrote
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    #[command(flatten)]
    forms: Forms,

    /// Where the report goes; into DIR if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Opens the report in the browser
    #[arg(long)]
    open: bool,

    /// Prints the report, without its charts, and writes nothing
    #[arg(long, conflicts_with_all = ["out", "open", "quiet"])]
    print: bool,

    /// Prints nothing
    #[arg(long, short)]
    quiet: bool,
}

/// In which language.
#[derive(Debug, clap::Args)]
pub(super) struct Forms {
    /// The language of the report, and how it writes numbers
    #[arg(long, value_enum, default_value_t = LanguageChoice::En)]
    language: LanguageChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum LanguageChoice {
    /// English, 1,234.5
    En,
    /// Italian, 1.234,5
    It,
}

impl LanguageChoice {
    fn chosen(self) -> Language {
        match self {
            LanguageChoice::En => Language::English,
            LanguageChoice::It => Language::Italian,
        }
    }
}

/// The name of the page.
const PAGE: &str = "report.html";

impl Report {
    /// Reads, renders, writes, and opens what was written if asked to.
    ///
    /// # Errors
    /// A directory without results, results of another version or damaged; output that cannot be written; no browser.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        if self.print {
            let language = self.forms.language.chosen();
            let document = document(&read(&self.dir)?, language);
            tell(&render_in(&document, colour(&io::stdout()), language))?;
            return Ok(Outcome::Done);
        }
        let target = self.out.as_ref().unwrap_or(&self.dir);
        let written = write_report(&self.dir, target, &self.forms)?;
        if !self.quiet {
            written.iter().try_for_each(|path| tell(&format!("{}\n", path.display())))?;
        }
        if let (true, Some(page)) = (self.open, written.first()) {
            open::that_detached(page).map_err(|error| {
                let help = format!("open {} yourself", page.display());
                Trouble::usage(format!("no browser can be started: {error}"), help)
            })?;
        }
        Ok(Outcome::Done)
    }
}

/// Renders the results of `dir` into `target`; the page comes first among the paths that are given back.
pub(super) fn write_report(dir: &Path, target: &Path, forms: &Forms) -> Result<Vec<PathBuf>, Trouble> {
    let saved = read(dir)?;
    let language = forms.language.chosen();
    let document = document(&saved, language);
    let page = target.join(PAGE);
    write(&page, html(&document, language).as_bytes())?;
    Ok(vec![page])
}

fn read(dir: &Path) -> Result<Saved, Trouble> {
    read_saved(dir).map_err(|found| Trouble::Problems(Problems { found: vec![*found], files: Vec::new() }))
}

fn document(saved: &Saved, language: Language) -> Document {
    match saved {
        Saved::Run(run, version) => run_report(run, version, language),
        Saved::Comparison(found, version) => comparison_report(found, version, language),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(WriteError::new("write", path))?;
    file.commit()
}
