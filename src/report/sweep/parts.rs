//! Parts of a sweep that were run apart, joined.

use std::path::{Path, PathBuf};

use super::about::{SweepAbout, read_about};
use super::directory::described;
use super::{SUMMARY, UNITS};
use crate::analysis::{Record, Shard, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::JournalReader;

/// All parts of a sweep, in their order.
#[derive(Debug)]
pub struct Parts {
    about: SweepAbout,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    directory: PathBuf,
    units: JournalReader,
}

impl Parts {
    /// Opens parts, in whatever order they are named.
    ///
    /// # Errors
    /// Everything that keeps them from belonging together: another study or version, one that lacks, one that comes twice, one that was not
    /// finished, one that is the whole.
    pub fn open(directories: &[PathBuf]) -> Result<Parts, Vec<Diagnostic>> {
        let (mut found, mut known) = (Vec::new(), Vec::new());
        for directory in directories {
            match read_about(directory) {
                Ok(about) => known.push((directory.clone(), about)),
                Err(damaged) => found.push(*damaged),
            }
        }
        found.extend(apart(&known));
        if !found.is_empty() {
            return Err(found);
        }
        known.sort_by_key(|(_, about)| about.shard.map_or(0, |shard| shard.index));
        let Some((_, first)) = known.first() else {
            return Err(vec![Diagnostic::new(Code::PARTS_APART, "", "no part is named")]);
        };
        let about = SweepAbout { shard: None, ..first.clone() };
        let mut parts = Vec::new();
        for (directory, _) in known {
            match JournalReader::open(&directory.join(UNITS)) {
                Ok(units) => parts.push(Part { directory, units }),
                Err(error) => {
                    let message = format!("{}: {error}", directory.join(UNITS).display());
                    found.push(Diagnostic::new(Code::RESULTS_DAMAGED, "", message));
                }
            }
        }
        if found.is_empty() { Ok(Parts { about, parts }) } else { Err(found) }
    }

    /// What the whole is.
    pub fn about(&self) -> &SweepAbout {
        &self.about
    }

    /// The next unit, which must be this one.
    pub(super) fn next(&mut self, unit: Unit) -> Result<Record, Box<Diagnostic>> {
        let index = unit.scenario as usize % self.parts.len();
        let part = &mut self.parts[index];
        let record = part.units.next_record().and_then(|bytes| Record::from_bytes(&bytes));
        record.filter(|record| record.unit == unit).ok_or_else(|| {
            let (directory, Unit { scenario, first, count }) = (part.directory.display(), unit);
            let last = first + count - 1;
            let message = format!("{directory} lacks scenario {scenario}, replications {first} to {last}: its units are cut off or damaged");
            Box::new(Diagnostic::new(Code::RESULTS_DAMAGED, "", message).with_help("go on with that part by --resume, then join again"))
        })
    }
}

/// Why parts do not belong together.
fn apart(known: &[(PathBuf, SweepAbout)]) -> Vec<Diagnostic> {
    let wrong = |message: String| Diagnostic::new(Code::PARTS_APART, "", message);
    let Some((first, about)) = known.first() else { return Vec::new() };
    let mut found = Vec::new();
    for (directory, other) in &known[1..] {
        let whole = |about: &SweepAbout| SweepAbout { shard: None, ..about.clone() };
        if let Some(why) = whole(about).differs_from(&whole(other)) {
            found.push(wrong(format!("{} does not go with {}: {why}", directory.display(), first.display())));
        }
    }
    if about.version != env!("CARGO_PKG_VERSION") {
        let message = format!(
            "{} was made by version {}, this is {}",
            first.display(),
            about.version,
            env!("CARGO_PKG_VERSION")
        );
        found.push(
            Diagnostic::new(Code::RESULTS_OTHER, "", message)
                .with_help("join parts with the version that made them"),
        );
    }
    for (directory, other) in known {
        if other.shard.is_none() {
            found.push(wrong(format!("{} is no part but a whole sweep", directory.display())));
        }
        if !directory.join(SUMMARY).is_file() {
            let message = format!("{} was not finished", described(directory, other));
            found.push(wrong(message).with_help("go on with it by --resume, then join again"));
        }
    }
    found.extend(missing_or_twice(known));
    found
}

fn missing_or_twice(known: &[(PathBuf, SweepAbout)]) -> Vec<Diagnostic> {
    let wrong = |message: String| Diagnostic::new(Code::PARTS_APART, "", message);
    let shards: Vec<(&Path, Shard)> =
        known.iter().filter_map(|(directory, about)| Some((directory.as_path(), about.shard?))).collect();
    let Some((_, Shard { of, .. })) = shards.first().copied() else { return Vec::new() };
    if let Some((directory, other)) = shards.iter().find(|(_, shard)| shard.of != of) {
        let message = format!("{} is one of {} parts, others are of {of}", directory.display(), other.of);
        return vec![wrong(message)];
    }
    let mut found = Vec::new();
    for index in 1..=of {
        let here: Vec<String> = shards
            .iter()
            .filter(|(_, shard)| shard.index == index)
            .map(|(directory, _)| directory.display().to_string())
            .collect();
        match here.as_slice() {
            [] => found.push(wrong(format!("part {index}/{of} is missing"))),
            [_] => {}
            several => {
                found.push(wrong(format!("part {index}/{of} comes more than once: {}", several.join(", "))))
            }
        }
    }
    found
}
