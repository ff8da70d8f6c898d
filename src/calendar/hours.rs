//! Weekly opening hours, as people write them: `Mon-Fri 08:30-15:30, Sat 09:00-12:00, holidays closed`.
//!
//! Days are followed by their hours; several days may share hours and a day may have several. Commas are only for
//! the eye. Hours go by the wall clock, whatever it does that night.

use std::fmt;

use super::{Calendar, Clock, Date, DayKind, Weekday};

const DAY_S: u32 = 86_400;

/// When something is open, by kind of day. On a holiday the entry that names `holidays` decides, without one the
/// Sunday's. Ranges are `[start, end)` to the second; one that ends before it starts goes on into the next day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    week: [Vec<Range>; 7],
    holidays: Option<Vec<Range>>,
}

/// Wall clock seconds since a day's midnight; `end` beyond 86,400 lies in the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    start: u32,
    end: u32,
}

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

impl Hours {
    /// Open day and night.
    pub fn always() -> Hours {
        Hours { week: std::array::from_fn(|_| vec![Range { start: 0, end: DAY_S }]), holidays: None }
    }

    /// Reads hours; `always` is day and night.
    ///
    /// # Errors
    /// The first word that is no day, no range and not `closed`, and days without hours.
    pub fn parse(text: &str) -> Result<Hours, HoursError> {
        if text.trim().eq_ignore_ascii_case("always") {
            return Ok(Hours::always());
        }
        Parser::new(text).parse()
    }

    /// Whether it is open at an instant.
    pub fn is_open(&self, calendar: &Calendar, unix_s: i64) -> bool {
        let local = calendar.local(unix_s);
        let second = local.second_of_day;
        let today = self.ranges(calendar, local.date);
        let yesterday = self.ranges(calendar, local.date.plus_days(-1));
        today.iter().any(|range| (range.start..range.end).contains(&second))
            || yesterday.iter().any(|range| second + DAY_S < range.end)
    }

    /// The state at `from`, then every change in `(from, to)`, in order, as (unix seconds, open).
    pub fn changes(&self, calendar: &Calendar, from_unix_s: i64, to_unix_s: i64) -> Vec<(i64, bool)> {
        let mut changes = vec![(from_unix_s, self.is_open(calendar, from_unix_s))];
        for instant in self.boundaries(calendar, from_unix_s, to_unix_s) {
            let open = self.is_open(calendar, instant);
            if changes.last().is_some_and(|&(_, before)| before != open) {
                changes.push((instant, open));
            }
        }
        changes
    }

    /// The instants between the two at which the state could change: where the wall shows a range's start or end
    /// (both times if it does so twice), and where the clocks are changed.
    fn boundaries(&self, calendar: &Calendar, from_unix_s: i64, to_unix_s: i64) -> Vec<i64> {
        let first = calendar.local(from_unix_s).date.plus_days(-1);
        let last = calendar.local(to_unix_s).date;
        let mut instants: Vec<i64> =
            calendar.offset_changes(from_unix_s).take_while(|&s| s < to_unix_s).collect();
        for ahead in 0..=first.days_until(last) {
            self.boundaries_of_day(calendar, first.plus_days(ahead), &mut instants);
        }
        instants.retain(|&instant| from_unix_s < instant && instant < to_unix_s);
        instants.sort_unstable();
        instants.dedup();
        instants
    }

    fn boundaries_of_day(&self, calendar: &Calendar, date: Date, into: &mut Vec<i64>) {
        for range in self.ranges(calendar, date) {
            for second in [range.start, range.end] {
                let day = date.plus_days(i64::from(second / DAY_S));
                let (first, last) = calendar.instants(day, second % DAY_S);
                into.extend([first, last]);
            }
        }
    }

    fn ranges(&self, calendar: &Calendar, date: Date) -> &[Range] {
        match (&self.holidays, calendar.day_kind(date)) {
            (Some(ranges), DayKind::Holiday) => ranges,
            (None, DayKind::Holiday) => &self.week[Weekday::Sun.index()],
            (_, kind) => &self.week[kind.index()],
        }
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
        text.parse().map_err(|error: super::ClockError| self.error(at, &error.to_string()))
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
    use crate::calendar::HolidaySet;

    const HOUR: i64 = 3600;

    fn rome() -> Calendar {
        Calendar::new("Europe/Rome", HolidaySet::named("IT").unwrap()).unwrap()
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The changes of one local day, in hours of real time since its midnight.
    fn day(hours: &str, day: &str) -> Vec<(f64, bool)> {
        let (rome, date) = (rome(), date(day));
        let (from, to) = (rome.midnight(date), rome.midnight(date.next()));
        let changes = Hours::parse(hours).unwrap().changes(&rome, from, to);
        changes.into_iter().map(|(at, open)| ((at - from) as f64 / HOUR as f64, open)).collect()
    }

    #[test]
    fn an_office_opens_in_the_morning_and_closes_at_its_last_second() {
        let office = "Mon-Fri 08:30-15:30, Sat 09:00-12:00, holidays closed";
        assert_eq!(day(office, "2008-06-16"), [(0.0, false), (8.5, true), (15.5, false)]);
        assert_eq!(day(office, "2008-06-14"), [(0.0, false), (9.0, true), (12.0, false)]);
        assert_eq!(day(office, "2008-06-15"), [(0.0, false)]);
        assert_eq!(day(office, "2008-06-02"), [(0.0, false)], "a holiday on a Monday");
        let (rome, hours) = (rome(), Hours::parse(office).unwrap());
        let closing = rome.instant(date("2008-06-16"), 15 * 3600 + 1800);
        assert!(hours.is_open(&rome, closing - 1) && !hours.is_open(&rome, closing));
    }

    #[test]
    fn a_holiday_without_an_entry_has_the_sundays_hours() {
        assert_eq!(
            day("Mon-Sat 08:00-20:00, Sun 10:00-12:00", "2008-06-02"),
            [(0.0, false), (10.0, true), (12.0, false)]
        );
        assert_eq!(
            day("Mon-Sat 08:00-20:00, holidays 09:00-11:00", "2008-06-02"),
            [(0.0, false), (9.0, true), (11.0, false)]
        );
        assert_eq!(day("Mon-Sat 08:00-20:00", "2008-06-02"), [(0.0, false)]);
    }

    #[test]
    fn always_never_changes_and_touching_ranges_make_no_change() {
        assert_eq!(day("always", "2008-06-02"), [(0.0, true)]);
        assert_eq!(day("Mon-Sun 00:00-24:00", "2008-06-16"), [(0.0, true)]);
        assert_eq!(day("08:00-12:00, 12:00-14:00", "2008-06-16"), [(0.0, false), (8.0, true), (14.0, false)]);
    }

    #[test]
    fn days_may_share_hours_and_a_day_may_have_several() {
        let hours = "Mon, Wed 08:00-12:00 14:00-18:00, Fri 09:00-10:00";
        let wednesday = [(0.0, false), (8.0, true), (12.0, false), (14.0, true), (18.0, false)];
        assert_eq!(day(hours, "2008-06-18"), wednesday);
        assert_eq!(day(hours, "2008-06-17"), [(0.0, false)]);
        assert_eq!(day(hours, "2008-06-20"), [(0.0, false), (9.0, true), (10.0, false)]);
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_starts() {
        assert_eq!(day("Fri 22:00-06:00", "2008-06-20"), [(0.0, false), (22.0, true)]);
        assert_eq!(day("Fri 22:00-06:00", "2008-06-21"), [(0.0, true), (6.0, false)]);
        assert_eq!(day("Sat-Mon 20:00-00:00", "2008-06-22"), [(0.0, false), (20.0, true)]);
        assert_eq!(day("Sat-Mon 20:00-00:00", "2008-06-24"), [(0.0, false)]);
    }

    #[test]
    fn the_wall_clock_rules_on_the_nights_when_it_is_changed() {
        assert_eq!(day("Sun 00:00-04:00", "2008-03-30"), [(0.0, true), (3.0, false)]);
        assert_eq!(day("Sun 02:30-04:00", "2008-03-30"), [(0.0, false), (2.0, true), (3.0, false)]);
        assert_eq!(day("Sun 00:00-04:00", "2008-10-26"), [(0.0, true), (5.0, false)]);
        let twice = [(0.0, false), (2.5, true), (3.0, false), (3.5, true), (5.0, false)];
        assert_eq!(day("Sun 02:30-04:00", "2008-10-26"), twice);
        assert_eq!(
            day("Sat 22:00-02:30", "2008-10-26"),
            [(0.0, true), (2.5, false), (3.0, true), (3.5, false)]
        );
    }

    #[test]
    fn changes_agree_with_the_state_at_every_minute_of_the_weeks_around_the_clock_changes() {
        let (rome, hours) =
            (rome(), Hours::parse("Mon-Fri 08:30-15:30, Sat 22:00-02:15, holidays 02:20-02:40").unwrap());
        for start in ["2008-03-24", "2008-10-20"] {
            let (from, to) = (rome.midnight(date(start)), rome.midnight(date(start).plus_days(10)));
            let changes = hours.changes(&rome, from, to);
            for instant in (from..to).step_by(60) {
                let latest = changes.partition_point(|&(at, _)| at <= instant) - 1;
                assert_eq!(changes[latest].1, hours.is_open(&rome, instant), "{}", rome.timestamp_s(instant));
            }
        }
    }

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
