//! Writing a log, a row at a time.

use std::io::{self, Write};
use std::marker::PhantomData;

use super::cell::Pen;
use super::row::Row;
use super::rows::{
    AgentRow, CaseRow, DialRow, GreetingRow, LegRow, NeedRow, PreparationRow, VisitRow, WebRow,
};
use crate::calendar::Calendar;

/// Writes the legs.
pub type LegWriter<W> = RowWriter<W, LegRow>;
/// Writes what agents do.
pub type AgentWriter<W> = RowWriter<W, AgentRow>;
/// Writes the needs.
pub type NeedWriter<W> = RowWriter<W, NeedRow>;
/// Writes the cases.
pub type CaseWriter<W> = RowWriter<W, CaseRow>;
/// Writes work on preparations of visits.
pub type PreparationWriter<W> = RowWriter<W, PreparationRow>;
/// Writes tries at counters.
pub type VisitWriter<W> = RowWriter<W, VisitRow>;

/// Writes visits to the web site.
pub type WebWriter<W> = RowWriter<W, WebRow>;
/// Writes dials of campaigns.
pub type DialWriter<W> = RowWriter<W, DialRow>;

/// Writes what calls met before their queue.
pub type GreetingWriter<W> = RowWriter<W, GreetingRow>;

/// Writes rows as CSV with a header, times by the wall clock of a calendar.
pub struct RowWriter<W: Write, R> {
    csv: csv::Writer<W>,
    calendar: Calendar,
    text: String,
    /// How many columns there are.
    width: usize,
    row: PhantomData<R>,
}

impl<W: Write, R: Row> RowWriter<W, R> {
    /// Writes the header, without the columns that a file may do without.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, calendar: &Calendar) -> io::Result<Self> {
        Self::with_columns(out, calendar, R::COLUMNS.len() - R::SPARE)
    }

    /// Writes the header with all columns.
    ///
    /// # Errors
    /// What `out` says.
    pub fn with_all_columns(out: W, calendar: &Calendar) -> io::Result<Self> {
        Self::with_columns(out, calendar, R::COLUMNS.len())
    }

    fn with_columns(out: W, calendar: &Calendar, width: usize) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(&R::COLUMNS[..width])?;
        Ok(RowWriter { csv, calendar: calendar.clone(), text: String::new(), width, row: PhantomData })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&mut self, row: &R) -> io::Result<()> {
        let (csv, mut left) = (&mut self.csv, self.width);
        let mut field = |text: &str| {
            if left == 0 {
                return Ok(());
            }
            left -= 1;
            csv.write_field(text)
        };
        row.write(&mut Pen { field: &mut field, calendar: &self.calendar, text: &mut self.text })?;
        self.csv.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is still held back and gives the output back.
    ///
    /// # Errors
    /// What `out` says.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(|error| error.into_error())
    }
}
