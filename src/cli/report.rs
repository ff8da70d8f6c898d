//! `centralino report`: results that are there already, as a page that a manager reads.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::problems::{Problems, Trouble};
use super::terminal::{colour, tell};
use crate::files::{AtomicFile, WriteError};
use crate::report::{
    Document, Language, Saved, comparison_report, html, pictures, read_saved, render_in, run_report,
    sweep_report, workbook,
};

/// Renders the report of a run, a comparison or a sweep from its directory, without simulating
///
/// The report is one HTML file that opens offline in any browser and prints well; it holds everything it needs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino report output/my-run --open
  centralino report output/my-run --language it
  centralino report output/my-comparison --out report-for-the-board

Exit codes: 0 done, 2 wrong use or input.")]
pub(super) struct Report {
    /// The directory that simulate, compare or sweep wrote
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

/// In which language and in which forms.
#[derive(Debug, clap::Args)]
struct Forms {
    /// The language of the report, and how it writes numbers
    #[arg(long, value_enum, default_value_t = LanguageChoice::En)]
    language: LanguageChoice,

    /// Writes a workbook too, report.xlsx, with typed cells and charts of its own
    #[arg(long)]
    xlsx: bool,

    /// Writes every chart as a picture too, SVG and PNG, into plots/
    #[arg(long)]
    plots: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum LanguageChoice {
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
/// The name of the workbook.
const WORKBOOK: &str = "report.xlsx";
/// The directory of the pictures.
const PLOTS: &str = "plots";

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

/// Writes the page beside the results that were just written.
pub(super) fn write_page(dir: &Path, language: LanguageChoice) -> Result<(), Trouble> {
    let forms = Forms { language, xlsx: false, plots: false };
    write_report(dir, dir, &forms).map(drop)
}

/// Renders the results of `dir` into `target`; the page comes first among the paths that are given back.
fn write_report(dir: &Path, target: &Path, forms: &Forms) -> Result<Vec<PathBuf>, Trouble> {
    let saved = read(dir)?;
    let language = forms.language.chosen();
    let document = document(&saved, language);
    let page = target.join(PAGE);
    write(&page, html(&document, language).as_bytes())?;
    let mut written = vec![page];
    if forms.xlsx {
        let path = target.join(WORKBOOK);
        let bytes = workbook(&document, language).map_err(|error| {
            Trouble::usage(format!("no workbook can be made: {error}"), "leave --xlsx out")
        })?;
        write(&path, &bytes)?;
        written.push(path);
    }
    if forms.plots {
        let pictures = pictures(&document, language)
            .map_err(|error| Trouble::usage(error.to_string(), "leave --plots out"))?;
        for picture in pictures {
            let path = target.join(PLOTS).join(picture.name);
            write(&path.with_extension("svg"), picture.svg.as_bytes())?;
            write(&path.with_extension("png"), &picture.png)?;
        }
        written.push(target.join(PLOTS));
    }
    Ok(written)
}

fn read(dir: &Path) -> Result<Saved, Trouble> {
    read_saved(dir).map_err(|found| Trouble::Problems(Problems { found: vec![*found], files: Vec::new() }))
}

fn document(saved: &Saved, language: Language) -> Document {
    match saved {
        Saved::Run(run, version) => run_report(run, version, language),
        Saved::Comparison(found, version) => comparison_report(found, version, language),
        Saved::Sweep(found, version) => sweep_report(found, version, language),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(WriteError::new("write", path))?;
    file.commit()
}
