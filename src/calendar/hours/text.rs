//! Hours as text: how they are read, what is said about mistakes, how they print.

use std::fmt;

use super::super::{Clock, ClockError, DayKind};
use super::{DAY_S, Hours, Range};

/// What is wrong with a text of hours, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("in \"{text}\", at character {}: {message}", self.character())]
pub struct HoursError {
    /// The whole text.
    pub text: String,
    /// The byte at which the trouble starts.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

impl HoursError {
    /// The place of the trouble, counted in characters from 1.
    pub fn character(&self) -> usize {
        self.text.get(..self.at).map_or(0, |before| before.chars().count()) + 1
    }
}

/// Reads words from left to right: days gather until hours come, hours go to all the days gathered.
struct Parser<'t> {
    text: &'t str,
    hours: Hours,
    /// By [`DayKind::index`].
    days: [bool; 8],
    /// Where the days start that have no hours yet.
    waiting: Option<usize>,
}

/// Reads days and their hours.
///
/// # Errors
/// The first word that is no day, no range and not `closed`, and days without hours.
pub(super) fn parse(text: &str) -> Result<Hours, HoursError> {
    Parser::new(text).parse()
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let hours = Hours { week: Default::default(), holidays: None };
        // Hours with no day before them hold every day.
        let days = DayKind::ALL.map(|kind| kind != DayKind::Holiday);
        Parser { text, hours, days, waiting: None }
    }

    fn parse(mut self) -> Result<Hours, HoursError> {
        let mut none_yet = true;
        for (at, word) in words(self.text) {
            self.word(at, word, none_yet)?;
            none_yet = false;
        }
        match self.waiting {
            Some(at) => Err(self.error(at, "no hours follow these days; write a range or \"closed\"")),
            None if none_yet => Err(self.error(0, "no hours at all; write \"always\", or days and ranges")),
            None => Ok(self.hours),
        }
    }

    fn word(&mut self, at: usize, word: &str, first: bool) -> Result<(), HoursError> {
        if word.eq_ignore_ascii_case("closed") {
            self.serve(None);
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            let range = self.range(at, word)?;
            self.serve(Some(range));
        } else {
            if first || self.waiting.is_none() {
                self.days = [false; 8];
            }
            self.waiting.get_or_insert(at);
            self.add_days(at, word)?;
        }
        Ok(())
    }

    fn serve(&mut self, range: Option<Range>) {
        self.waiting = None;
        for kind in DayKind::ALL.into_iter().filter(|kind| self.days[kind.index()]) {
            let ranges = match kind {
                DayKind::Holiday => self.hours.holidays.get_or_insert_default(),
                day => &mut self.hours.week[day.index()],
            };
            ranges.extend(range);
        }
    }

    fn add_days(&mut self, at: usize, word: &str) -> Result<(), HoursError> {
        if ["holiday", "holidays"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
            self.days[DayKind::Holiday.index()] = true;
            return Ok(());
        }
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        let from = self.weekday(at, first)?;
        let to = self.weekday(at + word.len() - last.len(), last)?;
        let count = (to + 7 - from) % 7;
        (from..=from + count).for_each(|day| self.days[day % 7] = true);
        Ok(())
    }

    fn weekday(&self, at: usize, name: &str) -> Result<usize, HoursError> {
        const NAMES: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let lower = name.to_ascii_lowercase();
        let found = NAMES.iter().position(|full| lower == *full || lower == full[..3]);
        found.ok_or_else(|| {
            let message =
                format!("\"{name}\" is no day; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun and holidays");
            self.error(at, &message)
        })
    }

    fn range(&self, at: usize, word: &str) -> Result<Range, HoursError> {
        let Some((start, end)) = word.split_once('-') else {
            return Err(
                self.error(at, &format!("\"{word}\" is no range; write it as 08:30-15:30, without spaces"))
            );
        };
        let (start, end) = (self.clock(at, start)?, self.clock(at + word.len() - end.len(), end)?);
        match (start.as_s(), end.as_s()) {
            (start, end) if start < end => Ok(Range { start, end }),
            (start, end) if start > end && start < DAY_S => Ok(Range { start, end: end + DAY_S }),
            _ => Err(self.error(at, &format!("\"{word}\" is empty; a whole day is 00:00-24:00"))),
        }
    }

    fn clock(&self, at: usize, text: &str) -> Result<Clock, HoursError> {
        text.parse().map_err(|error: ClockError| self.error(at, &error.to_string()))
    }

    fn error(&self, at: usize, message: &str) -> HoursError {
        HoursError { text: self.text.into(), at, message: message.into() }
    }
}

/// The words of a text with the bytes at which they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let separates = |c: char| c == ',' || c.is_whitespace();
    text.split(separates)
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

impl fmt::Display for Hours {
    /// The hours of each day from Monday on, then the holidays' if they have their own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (day, ranges) in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].iter().zip(&self.week) {
            let comma = if *day == "Mon" { "" } else { ", " };
            write!(f, "{comma}{day}{}", RangesText(ranges))?;
        }
        self.holidays.as_ref().map_or(Ok(()), |ranges| write!(f, ", holidays{}", RangesText(ranges)))
    }
}

struct RangesText<'r>(&'r [Range]);

impl fmt::Display for RangesText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(" closed");
        }
        self.0.iter().try_for_each(|range| {
            let end = if range.end > DAY_S { range.end - DAY_S } else { range.end };
            write!(f, " {}-{}", Clock::from_s(range.start), Clock::from_s(end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_say_what_and_where() {
        let said = |text: &str| Hours::parse(text).unwrap_err();
        let error = said("Mon-Fry 08:00-12:00");
        assert_eq!((error.character(), error.message.contains("\"Fry\"")), (5, true));
        assert_eq!(said("Mon 08:00-25:00").character(), 11);
        assert_eq!(said("Mon 08:00").character(), 5);
        assert!(said("Mon 08:00-08:00").message.contains("00:00-24:00"));
        assert_eq!(said("Mon 08:00-12:00, Sat").character(), 18);
        assert!(said("").message.contains("always"));
        assert!(said("lunedì 08:00-12:00").to_string().contains("lunedì"));
    }

    #[test]
    fn hours_print_in_a_form_that_reads_back() {
        for text in
            ["Mon-Fri 08:30-15:30, Sat 22:00-06:00, holidays closed", "always", "Sun 08:00-12:00 14:00-24:00"]
        {
            let hours = Hours::parse(text).unwrap();
            assert_eq!(Hours::parse(&hours.to_string()), Ok(hours));
        }
    }
}
