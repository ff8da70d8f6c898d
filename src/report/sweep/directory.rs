//! The directory of a sweep: units are kept as they are done, and everything else is made of them.
//!
//! `units.bin` is the only file that a killed sweep needs. All others are written anew by whoever goes on or joins parts, from the same units in the same
//! order, and so with the same bytes. `summary.json` comes last: where it stands, the sweep is done.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::about::{SweepAbout, part, read_about};
use super::json::{Sweepings, sweep_json};
use super::parts::Parts;
use super::tables::{
    RESULTS, SCENARIOS, of_scenarios, write_breaks, write_effects, write_front, write_results, write_savings,
    write_scenario,
};
use super::{ABOUT, SUMMARY, UNITS};
use crate::analysis::{Finished, Keeper, Record, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{AtomicFile, Journal, JournalReader, WriteError};
use crate::report::csv::CsvFile;
use crate::report::directory::{write_compact, write_json};
use crate::report::saved::{REPORT_JSON, SavedFile, saved_sweep};
use crate::stats::Confidence;

/// Files that are made of the units.
const MADE: [&str; 8] = [
    "results.csv",
    "results.parquet",
    "scenarios.csv",
    "effects.csv",
    "breaks.csv",
    "savings.csv",
    "front.csv",
    REPORT_JSON,
];

/// Why a sweep's directory cannot be used, or not be written.
#[derive(Debug)]
pub enum SweepFault {
    /// The system refused.
    Write(WriteError),
    /// What stands there is wrong.
    Found(Box<Diagnostic>),
}

impl From<WriteError> for SweepFault {
    fn from(error: WriteError) -> SweepFault {
        SweepFault::Write(error)
    }
}

impl From<Diagnostic> for SweepFault {
    fn from(found: Diagnostic) -> SweepFault {
        SweepFault::Found(Box::new(found))
    }
}

/// A sweep's directory in the making.
#[derive(Debug)]
pub struct SweepDirectory {
    target: PathBuf,
    source: Source,
    journal: Journal,
    confidence: Confidence,
    /// None in a part, of which no results are made.
    tables: Option<[CsvFile<BufWriter<File>>; 2]>,
    /// What is worth knowing of what stood there.
    pub notes: Vec<Diagnostic>,
}

/// Where units come from that were kept before.
#[derive(Debug)]
enum Source {
    Nothing,
    Former(JournalReader),
    Parts(Box<Parts>),
}

impl SweepDirectory {
    /// Starts the directory at `target`, or with `resume` goes on with what stands there.
    ///
    /// # Errors
    /// A directory that holds something else, another study's results, or an unfinished sweep that is not to be gone on with.
    pub fn start(target: &Path, about: &SweepAbout, resume: bool) -> Result<SweepDirectory, SweepFault> {
        let stands = target.join(ABOUT).is_file();
        match (resume, stands) {
            (true, false) => Err(nothing_to_resume(target).into()),
            (true, true) => Self::go_on(target, about),
            (false, _) => {
                may_replace(target)?;
                Self::fresh(target, about, Source::Nothing)
            }
        }
    }

    /// Starts the directory into which parts are joined.
    ///
    /// # Errors
    /// As [`start`](SweepDirectory::start).
    pub fn join(target: &Path, about: &SweepAbout, parts: Parts) -> Result<SweepDirectory, SweepFault> {
        may_replace(target)?;
        Self::fresh(target, about, Source::Parts(Box::new(parts)))
    }

    fn fresh(target: &Path, about: &SweepAbout, source: Source) -> Result<SweepDirectory, SweepFault> {
        fs::create_dir_all(target).map_err(WriteError::new("create", target))?;
        for name in [SUMMARY, UNITS].iter().chain(&MADE) {
            let old = target.join(name);
            if old.exists() {
                fs::remove_file(&old).map_err(WriteError::new("remove", &old))?;
            }
        }
        write_whole(target, ABOUT, &about.json())?;
        let journal = Journal::create(&target.join(UNITS))?;
        Self::with(target, about, source, journal)
    }

    fn go_on(target: &Path, about: &SweepAbout) -> Result<SweepDirectory, SweepFault> {
        let stood = read_about(target).map_err(SweepFault::Found)?;
        if let Some(why) = about.differs_from(&stood) {
            let message = format!("{} cannot be gone on with: {why}", target.display());
            return Err(Diagnostic::new(Code::RESULTS_OTHER, "", message).into());
        }
        let path = target.join(UNITS);
        if !path.exists() {
            // It was killed before its first unit.
            return Self::fresh(target, about, Source::Nothing);
        }
        let reader = JournalReader::open(&path).map_err(WriteError::new("read", &path))?;
        // Until something is added nothing is cut: the journal is opened at its whole length.
        let length = fs::metadata(&path).map_err(WriteError::new("read", &path))?.len();
        let journal = Journal::go_on(&path, length)?;
        Self::with(target, about, Source::Former(reader), journal)
    }

    fn with(
        target: &Path,
        about: &SweepAbout,
        source: Source,
        journal: Journal,
    ) -> Result<SweepDirectory, SweepFault> {
        let table = |name: &str, columns: &[&str]| {
            let path = target.join(name);
            let made = File::create(&path)
                .and_then(|file| of_scenarios(BufWriter::new(file), &about.factors, columns));
            made.map_err(WriteError::new("write", &path))
        };
        let tables = match about.shard {
            Some(_) => None,
            None => Some([table("results.csv", &RESULTS)?, table("scenarios.csv", &SCENARIOS)?]),
        };
        let (target, notes) = (target.to_path_buf(), Vec::new());
        Ok(SweepDirectory { target, source, journal, confidence: Confidence::default(), tables, notes })
    }

    /// Where it stands.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes what the scenarios say together.
    ///
    /// # Errors
    /// The system's refusals; going on with the directory then writes it again.
    pub fn finish(mut self, sweepings: &Sweepings<'_>) -> Result<(), SweepFault> {
        if let Source::Former(reader) = std::mem::replace(&mut self.source, Source::Nothing) {
            self.cut(reader.good(), false)?;
        }
        if let Some(tables) = self.tables.take() {
            for table in tables {
                table.finish().map_err(WriteError::new("write", &self.target))?;
            }
            let (about, response) = (sweepings.about, &sweepings.swept.response);
            self.write("effects.csv", |out| write_effects(about, response, out))?;
            self.write("breaks.csv", |out| write_breaks(about, response, out))?;
            self.write("savings.csv", |out| write_savings(about, response, out))?;
            self.write("front.csv", |out| write_front(about, response, out))?;
            let saved = SavedFile::of_sweep(saved_sweep(sweepings));
            self.write(REPORT_JSON, |out| write_compact(&saved, out))?;
        }
        write_whole(&self.target, SUMMARY, &sweep_json(sweepings))?;
        Ok(())
    }

    fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut AtomicFile) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let path = self.target.join(name);
        let mut file = AtomicFile::create(&path)?;
        write(&mut file).map_err(WriteError::new("write", &path))?;
        file.commit()
    }

    /// Leaves out what follows the last whole unit, or is none of this sweep's.
    fn cut(&mut self, good: u64, is_strange: bool) -> Result<(), SweepFault> {
        let path = self.target.join(UNITS);
        let length = fs::metadata(&path).map_err(WriteError::new("read", &path))?.len();
        if good < length {
            let why = if is_strange { "do not belong there" } else { "are cut off or damaged" };
            let message = format!(
                "{}: {} bytes after the last whole unit {why}; what they held is simulated again",
                path.display(),
                length - good
            );
            self.notes.push(Diagnostic::new(Code::RESULTS_CUT, "", message));
        }
        self.journal = Journal::go_on(&path, good)?;
        Ok(())
    }

    fn former_record(&mut self, unit: Unit) -> Result<Option<Record>, SweepFault> {
        let Source::Former(reader) = &mut self.source else { return Ok(None) };
        let before = reader.good();
        let bytes = reader.next_record();
        let is_there = bytes.is_some();
        let record = bytes.and_then(|bytes| Record::from_bytes(&bytes)).filter(|record| record.unit == unit);
        if record.is_none() {
            self.source = Source::Nothing;
            self.cut(before, is_there)?;
        }
        Ok(record)
    }
}

impl Keeper for SweepDirectory {
    type Error = SweepFault;

    fn known(&mut self, unit: Unit) -> Result<Option<Record>, SweepFault> {
        match &mut self.source {
            Source::Nothing => Ok(None),
            Source::Former(_) => self.former_record(unit),
            Source::Parts(parts) => {
                let record = parts.next(unit).map_err(SweepFault::Found)?;
                self.journal.append(&record.to_bytes())?;
                Ok(Some(record))
            }
        }
    }

    fn keep(&mut self, record: &Record) -> Result<(), SweepFault> {
        Ok(self.journal.append(&record.to_bytes())?)
    }

    fn finished(&mut self, scenario: &Finished<'_>) -> Result<(), SweepFault> {
        let Some([results, scenarios]) = &mut self.tables else { return Ok(()) };
        let written = write_results(results, scenario, &self.confidence)
            .and_then(|()| write_scenario(scenarios, scenario));
        Ok(written.map_err(WriteError::new("write", &self.target.join("results.csv")))?)
    }
}

/// A new sweep may take an empty directory's place, or a finished sweep's.
fn may_replace(target: &Path) -> Result<(), SweepFault> {
    if !target.exists() {
        return Ok(());
    }
    let is_empty = fs::read_dir(target).map_err(WriteError::new("look into", target))?.next().is_none();
    if is_empty || target.join(SUMMARY).is_file() && target.join(ABOUT).is_file() {
        return Ok(());
    }
    let found = if target.join(ABOUT).is_file() {
        let message = format!("{} holds a sweep that was not finished", target.display());
        Diagnostic::new(Code::RESULTS_UNFINISHED, "", message)
            .with_help("add --resume to go on with it, remove it, or choose another directory with --out")
    } else {
        let message = format!("{} holds files that are no sweep's", target.display());
        Diagnostic::new(Code::RESULTS_OTHER, "", message).with_help("choose another directory with --out")
    };
    Err(found.into())
}

fn nothing_to_resume(target: &Path) -> Diagnostic {
    let message = format!("there is no sweep in {} to go on with", target.display());
    Diagnostic::new(Code::RESULTS_DAMAGED, "", message)
        .with_help("leave --resume out to begin it, or name its directory with --out")
}

fn write_whole(target: &Path, name: &str, value: &serde_json::Value) -> Result<(), WriteError> {
    let path = target.join(name);
    let mut file = AtomicFile::create(&path)?;
    write_json(value, &mut file).and_then(|()| file.flush()).map_err(WriteError::new("write", &path))?;
    file.commit()
}

/// In words for messages, which part a directory holds.
pub(super) fn described(directory: &Path, about: &SweepAbout) -> String {
    format!("{} ({})", directory.display(), part(about.shard))
}
