//! Reading a log, a row at a time.
//!
//! Columns may stand in any order and between commas or semicolons; columns that are not ours are left alone.

use std::io::{BufRead, BufReader, Read};
use std::marker::PhantomData;

use super::cell::Names;
use super::row::Row;
use super::rows::{
    AgentRow, CaseRow, DialRow, GreetingRow, LegRow, NeedRow, PreparationRow, VisitRow, WebRow,
};

/// Reads the legs.
pub type LegReader<I> = RowReader<I, LegRow>;
/// Reads what agents did.
pub type AgentReader<I> = RowReader<I, AgentRow>;
/// Reads the needs.
pub type NeedReader<I> = RowReader<I, NeedRow>;
/// Reads the cases.
pub type CaseReader<I> = RowReader<I, CaseRow>;
/// Reads tries at counters.
pub type VisitReader<I> = RowReader<I, VisitRow>;
/// Reads work on preparations of visits.
pub type PreparationReader<I> = RowReader<I, PreparationRow>;

/// Reads visits to the web site.
pub type WebReader<I> = RowReader<I, WebRow>;
/// Reads dials of campaigns.
pub type DialReader<I> = RowReader<I, DialRow>;

/// Reads what calls met before their queue.
pub type GreetingReader<I> = RowReader<I, GreetingRow>;

/// Why a log cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LogError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there, with the column's name.
    pub message: String,
}

/// An iterator over the rows of a log.
pub struct RowReader<I: Read, R> {
    file: String,
    csv: csv::Reader<BufReader<I>>,
    record: csv::StringRecord,
    /// By column of the row: where the file has it.
    places: Vec<usize>,
    names: Names,
    row: PhantomData<R>,
}

/// Looks at the cells of a record in the order of the row's columns.
pub struct Eye<'a> {
    record: &'a csv::StringRecord,
    places: &'a [usize],
    columns: &'static [&'static str],
    at: usize,
    pub(super) names: &'a mut Names,
}

impl<'a> Eye<'a> {
    pub(super) fn next_text(&mut self) -> (&'static str, &'a str) {
        let at = self.at;
        self.at += 1;
        // The reader has seen to it that every column has a place, but for those that a file may do without; a record of another length is
        // refused before.
        let text = self.places.get(at).and_then(|&place| self.record.get(place));
        (self.columns[at], text.unwrap_or_default())
    }
}

impl<I: Read, R: Row> RowReader<I, R> {
    /// Reads the header. `file` is how errors name the input.
    ///
    /// # Errors
    /// A file that cannot be read, and columns that are missing.
    pub fn new(file: &str, input: I) -> Result<Self, LogError> {
        let fail = |message: String| LogError { file: file.into(), line: 1, message };
        let mut input = BufReader::new(input);
        let delimiter = delimiter(&mut input).map_err(|error| fail(error.to_string()))?;
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input);
        let header = csv.headers().map_err(|error| fail(error.to_string()))?;
        let places = places(header, R::COLUMNS, R::SPARE).map_err(fail)?;
        let record = csv::StringRecord::new();
        Ok(RowReader { file: file.into(), csv, record, places, names: Names::default(), row: PhantomData })
    }

    fn next_row(&mut self) -> Result<Option<R>, LogError> {
        let found = self.csv.read_record(&mut self.record);
        if !found.map_err(|error| self.csv_error(&error))? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let (record, places, names) = (&self.record, &self.places[..], &mut self.names);
        let row = R::read(&mut Eye { record, places, columns: R::COLUMNS, at: 0, names });
        row.map(Some).map_err(|message| LogError { file: self.file.clone(), line, message })
    }

    fn csv_error(&self, error: &csv::Error) -> LogError {
        let line = error.position().unwrap_or_else(|| self.csv.position()).line();
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} cells where the header has {expected_len}")
            }
            csv::ErrorKind::Utf8 { .. } => "text that is not UTF-8".into(),
            _ => error.to_string(),
        };
        LogError { file: self.file.clone(), line, message }
    }
}

impl<I: Read, R: Row> Iterator for RowReader<I, R> {
    type Item = Result<R, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}

/// What stands between the cells: whichever of `,` and `;` comes first, as no column's name has either.
fn delimiter(input: &mut impl BufRead) -> std::io::Result<u8> {
    let start = input.fill_buf()?;
    Ok(start.iter().copied().find(|b| matches!(b, b',' | b';')).unwrap_or(b','))
}

/// Where each column is; `spare` of the last ones may be missing, and are then without a place, as are all after them.
fn places(header: &csv::StringRecord, columns: &[&str], spare: usize) -> Result<Vec<usize>, String> {
    let place =
        |column: &&str| header.iter().position(|name| name.trim_matches(['\u{feff}', ' ']) == *column);
    let needed = &columns[..columns.len() - spare];
    let missing: Vec<_> = needed.iter().filter(|column| place(column).is_none()).copied().collect();
    if !missing.is_empty() {
        return Err(format!("no column is named {}", missing.join(", ")));
    }
    Ok(columns.iter().map_while(place).collect())
}

#[cfg(test)]
mod tests;
