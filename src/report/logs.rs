//! The logs of chosen replications: each is written beside the results as it happens, then put in order.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use crate::calendar::Calendar;
use crate::files::WriteError;
use crate::measures::{LogWriters, Recorder};
use crate::model::Model;

/// The files, in the order of the recorder's writers; the last only of runs with offices.
const FILES: [&str; 4] = ["legs.csv", "agents.csv", "needs.csv", "cases.csv"];

/// ... and the one that there is where calls meet something before their queue.
const GREETINGS: &str = "greetings.csv";

/// ... and the one of runs with counters.
const VISITS: &str = "visits.csv";

/// ... and the one of runs in which offices prepare visits.
const PREPARATIONS: &str = "preparations.csv";

/// ... and the one of runs with campaigns.
const DIALS: &str = "dials.csv";

/// ... and the one of runs in which citizens try the web site first.
const WEB: &str = "web.csv";

/// Writes the log of one replication.
pub type LogRecorder<'m> = Recorder<'m, LogWriters<BufWriter<File>>>;

/// The logs of a run.
#[derive(Debug)]
pub struct Logs<'m> {
    dir: PathBuf,
    model: &'m Model,
    calendar: &'m Calendar,
}

impl<'m> Logs<'m> {
    /// Logs that will stand in `dir`.
    pub fn new(dir: &Path, model: &'m Model, calendar: &'m Calendar) -> Self {
        Logs { dir: dir.into(), model, calendar }
    }

    /// A recorder for one replication.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub fn recorder(&self, replication: u32) -> Result<LogRecorder<'m>, WriteError> {
        let file = |name: &str| {
            let part = self.part(name, replication);
            File::create_new(&part).map(BufWriter::new).map_err(WriteError::new("write", &part))
        };
        let [legs, agents, needs, cases] = FILES;
        let first = self.part(legs, replication);
        let new = if self.model.has_districts() { LogWriters::of_districts } else { LogWriters::new };
        let writers = new(file(legs)?, file(agents)?, file(needs)?, self.calendar);
        let mut writers = writers.map_err(WriteError::new("write", &first))?;
        if self.files().len() == FILES.len() {
            let written = writers.with_cases(file(cases)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(cases, replication)))?;
        }
        if self.model.greetings.is_some() {
            let written = writers.with_greetings(file(GREETINGS)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(GREETINGS, replication)))?;
        }
        if self.model.counters.is_some() {
            let written = writers.with_visits(file(VISITS)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(VISITS, replication)))?;
        }
        if self.model.has_preparations() {
            let written = writers.with_preparations(file(PREPARATIONS)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(PREPARATIONS, replication)))?;
        }
        if !self.model.campaigns.is_empty() {
            let written = writers.with_dials(file(DIALS)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(DIALS, replication)))?;
        }
        if self.model.has_web() {
            let written = writers.with_web(file(WEB)?, self.calendar);
            writers = written.map_err(WriteError::new("write", &self.part(WEB, replication)))?;
        }
        Ok(Recorder::new(self.model, replication, writers))
    }

    /// Appends what a recorder has written: call in the order of replications.
    ///
    /// # Errors
    /// What went wrong while it wrote, or does now.
    pub fn append(&self, replication: u32, recorder: LogRecorder<'m>) -> Result<(), WriteError> {
        let written = recorder.into_sink().finish();
        drop(written.map_err(WriteError::new("write", &self.part(FILES[0], replication)))?);
        let greetings = self.model.greetings.as_ref().map(|_| GREETINGS);
        let visits = self.model.counters.as_ref().map(|_| VISITS);
        let web = self.model.has_web().then_some(WEB);
        let dials = (!self.model.campaigns.is_empty()).then_some(DIALS);
        let preparations = self.model.has_preparations().then_some(PREPARATIONS);
        let of_counters = visits.into_iter().chain(preparations);
        let mut files =
            self.files().iter().copied().chain(greetings).chain(of_counters).chain(dials).chain(web);
        files.try_for_each(|name| {
            let (whole, part) = (self.dir.join(name), self.part(name, replication));
            append(&whole, &part).map_err(WriteError::new("write", &whole))
        })
    }

    /// Those of this model.
    fn files(&self) -> &'static [&'static str] {
        if self.model.offices.is_empty() { &FILES[..3] } else { &FILES }
    }

    fn part(&self, name: &str, replication: u32) -> PathBuf {
        self.dir.join(format!("{name}.{replication}"))
    }
}

/// The first part becomes the whole; of later ones the header is left out.
fn append(whole: &Path, part: &Path) -> io::Result<()> {
    if !whole.exists() {
        return fs::rename(part, whole);
    }
    let mut rows = BufReader::new(File::open(part)?);
    rows.skip_until(b'\n')?;
    let mut whole = File::options().append(true).open(whole)?;
    io::copy(&mut rows, &mut whole)?;
    fs::remove_file(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_one_file_with_one_header() {
        let dir = tempfile::tempdir().unwrap();
        let whole = dir.path().join("legs.csv");
        for (part, text) in [("0", "a,b\n1,2\n"), ("3", "a,b\n3,4\n5,6\n"), ("4", "a,b\n")] {
            let part = dir.path().join(part);
            fs::write(&part, text).unwrap();
            append(&whole, &part).unwrap();
            assert!(!part.exists());
        }
        assert_eq!(fs::read_to_string(&whole).unwrap(), "a,b\n1,2\n3,4\n5,6\n");
    }
}
