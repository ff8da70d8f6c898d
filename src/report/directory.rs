//! The directory of a run: it appears whole, or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::json::{manifest, summary_json};
use super::logs::{LogRecorder, Logs};
use super::run::Run;
use super::saved::{REPORT_JSON, SavedFile, saved_run};
use super::tables::{write_backlog, write_measures, write_periods, write_replications, write_week};
use crate::calendar::Calendar;
use crate::experiment::{Finished, Precision, Store};
use crate::files::{AtomicDir, WriteError};
use crate::measures::Results;
use crate::model::Model;

/// By this file a directory is known as a run's, which may be replaced.
const MARKER: &str = "manifest.json";
/// Hexadecimal digits of the scenario's hash in the name of its directory.
const HASH_DIGITS: usize = 8;

/// Where a run of at most so many replications of a scenario of this name and hash is written unless the command says otherwise: the same for the same run.
pub fn default_directory(name: &str, hash: &str, seed: u64, replications: u32) -> PathBuf {
    let short = hash.get(..HASH_DIGITS).unwrap_or(hash);
    Path::new("output").join(format!("{}-{short}-seed{seed}-n{replications}", slug(name)))
}

/// Where a comparison of a base with so many variants is written unless the command says otherwise.
pub fn default_comparison_directory(
    base: &str,
    hash: &str,
    seed: u64,
    variants: usize,
    replications: u32,
) -> PathBuf {
    let short = hash.get(..HASH_DIGITS).unwrap_or(hash);
    let name = slug(base);
    Path::new("output").join(format!("{name}-{short}-compared-{variants}-seed{seed}-n{replications}"))
}

/// Where a sweep, or a part of it, is written unless the command says otherwise.
pub fn default_sweep_directory(study: &str, study_hash: &str, shard: Option<(u32, u32)>) -> PathBuf {
    let short = study_hash.get(..HASH_DIGITS).unwrap_or(study_hash);
    let part = shard.map_or(String::new(), |(index, of)| format!("-part-{index}-of-{of}"));
    Path::new("output").join(format!("{}-{short}-sweep{part}", slug(study)))
}

/// Lower-case letters, digits and single hyphens.
fn slug(name: &str) -> String {
    const LONGEST: usize = 40;
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "scenario".into() } else { slug.into() }
}

/// A run's directory in the making. Dropped before [`finish`](RunDirectory::finish), it leaves nothing.
#[derive(Debug)]
pub struct RunDirectory {
    dir: AtomicDir,
}

impl RunDirectory {
    /// Starts the directory that will stand at `target`. A former run's is replaced at the end, anything else refused.
    ///
    /// # Errors
    /// A target that is in use for something else or cannot be written.
    pub fn create(target: &Path) -> Result<RunDirectory, WriteError> {
        Ok(RunDirectory { dir: AtomicDir::create(target, MARKER)? })
    }

    /// The logs of a run that stand in it.
    pub fn logs<'m>(&self, model: &'m Model, calendar: &'m Calendar) -> Logs<'m> {
        Logs::new(self.dir.path(), model, calendar)
    }

    /// Writes everything that the run has to say and puts the directory in its place.
    ///
    /// # Errors
    /// The system's refusals, a full disk among them; nothing is left then.
    pub fn finish(self, run: &Run<'_>) -> Result<(), WriteError> {
        self.dir.write("measures.csv", |out| write_measures(run, out))?;
        self.dir.write("replications.csv", |out| write_replications(run, out))?;
        self.dir.write("periods.csv", |out| write_periods(run, out))?;
        if run.results.week_rows().next().is_some() {
            self.dir.write("week.csv", |out| write_week(run, out))?;
        }
        self.dir.write(REPORT_JSON, |out| write_compact(&SavedFile::of_run(saved_run(run)), out))?;
        if run.results.backlog_rows().next().is_some() {
            self.dir.write("backlog.csv", |out| write_backlog(run, out))?;
        }
        self.dir.write("summary.json", |out| write_json(&summary_json(run), out))?;
        self.dir.write(MARKER, |out| write_json(&manifest(run), out))?;
        self.dir.commit()
    }
}

pub(super) fn write_json(value: &impl serde::Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// In one line, for a file that programs read.
pub(super) fn write_compact(value: &impl serde::Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Keeps results in memory and puts logs in order: what `simulate` stores.
#[derive(Debug)]
pub struct Gathering<'l, 'm> {
    /// The results so far.
    pub results: Results,
    /// Where logs go.
    pub logs: &'l Logs<'m>,
    /// What is enough, if that decides when the run stops.
    pub precision: Option<&'l Precision>,
}

impl<'m> Store<Result<Finished<LogRecorder<'m>>, WriteError>> for Gathering<'_, 'm> {
    type Error = WriteError;

    fn add(
        &mut self,
        replication: u32,
        finished: Result<Finished<LogRecorder<'m>>, WriteError>,
    ) -> Result<(), WriteError> {
        let Finished { sums, listener } = finished?;
        self.results.add(sums);
        listener.map_or(Ok(()), |recorder| self.logs.append(replication, recorder))
    }

    fn is_enough(&self) -> bool {
        self.precision.is_some_and(|precision| precision.is_met(&self.results))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_directories() {
        assert_eq!(slug("Milano 020202: a weekday, 2008"), "milano-020202-a-weekday-2008");
        assert_eq!(slug("Città"), "citt");
        assert_eq!(slug("***"), "scenario");
        assert_eq!(slug(&"long ".repeat(20)), "long-long-long-long-long-long-long-long");
    }
}
