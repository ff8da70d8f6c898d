//! Local dates and kinds of day.
//!
//! A date has no zone: which instants it covers is [`Calendar`](super::Calendar)'s to say.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// The earliest and the latest year that a scenario may name: room enough, and no arithmetic at the ends of the
/// calendar.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A day of the (proleptic Gregorian) calendar, written `2008-06-16`. Years 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no date: write year-month-day, such as \"2008-06-16\" (years 1900 to 2199)")]
pub struct DateError {
    text: String,
}

impl Date {
    /// The date of these numbers, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        let date = civil::Date::new(year, month, day).ok()?;
        YEARS.contains(&year).then_some(Date(date))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        let from_monday = self.0.weekday().to_monday_zero_offset();
        Weekday::ALL[from_monday as usize]
    }

    /// How many days its month has.
    pub fn days_in_month(self) -> i8 {
        self.0.days_in_month()
    }

    /// The date `days` later (earlier if negative). Beyond what the calendar holds it stays at the calendar's end.
    pub fn plus_days(self, days: i64) -> Date {
        Date(self.0.saturating_add(jiff::SignedDuration::from_hours(days.clamp(-4_000_000, 4_000_000) * 24)))
    }

    /// The day after.
    pub fn next(self) -> Date {
        self.plus_days(1)
    }

    /// How many days lie from `self` to `later`, negative if it is earlier.
    pub fn days_until(self, later: Date) -> i64 {
        self.0.duration_until(later.0).as_hours() / 24
    }

    /// `count` days from this one on.
    pub fn days(self, count: u32) -> impl Iterator<Item = Date> {
        (0..i64::from(count)).map(move |ahead| self.plus_days(ahead))
    }

    pub(super) fn civil(self) -> civil::Date {
        self.0
    }

    pub(super) fn from_civil(date: civil::Date) -> Date {
        Date(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        parse(text).ok_or_else(|| DateError { text: text.into() })
    }
}

fn parse(text: &str) -> Option<Date> {
    let shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| (i == 4 || i == 7) == (b == b'-'));
    if !shaped {
        return None;
    }
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as \"2008-06-16\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    /// 0 for Monday to 6 for Sunday.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A day of the week, or a holiday whatever day it falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
    /// A holiday.
    Holiday,
}

impl DayKind {
    /// Monday to Sunday, then the holiday.
    pub const ALL: [DayKind; 8] = [
        DayKind::Mon,
        DayKind::Tue,
        DayKind::Wed,
        DayKind::Thu,
        DayKind::Fri,
        DayKind::Sat,
        DayKind::Sun,
        DayKind::Holiday,
    ];

    /// 0 for Monday to 6 for Sunday, 7 for a holiday.
    pub fn index(self) -> usize {
        self as usize
    }

    /// As scenarios write it: `mon` ... `sun`, `holiday`.
    pub fn name(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"][self.index()]
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<DayKind> {
        DayKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl From<Weekday> for DayKind {
    fn from(day: Weekday) -> DayKind {
        DayKind::ALL[day.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_that_four_divides_has_366_days() {
        let (first, next) = (date("2008-01-01"), date("2009-01-01"));
        assert_eq!(first.days_until(next), 366);
        assert_eq!(first.days(366).last(), Some(date("2008-12-31")));
        assert_eq!(next.days_until(first), -366);
        assert_eq!((date("2008-02-10").days_in_month(), date("2100-02-10").days_in_month()), (29, 28));
    }

    #[test]
    fn days_follow_each_other_and_know_their_names() {
        assert_eq!(date("2008-06-16").weekday(), Weekday::Mon);
        assert_eq!(date("2008-12-31").next(), date("2009-01-01"));
        assert_eq!(date("2008-03-01").plus_days(-1), date("2008-02-29"));
        assert_eq!(DayKind::from(Weekday::Sun).name(), "sun");
        assert_eq!(DayKind::from_name("holiday"), Some(DayKind::Holiday));
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "",
            "2008-02-30",
            "2009-02-29",
            "2008-6-16",
            "08-06-2016",
            "2008/06/16",
            "1899-12-31",
            "2008-06-1x",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn far_away_days_stay_on_the_calendar() {
        let end = date("2008-01-01").plus_days(i64::MAX);
        assert_eq!(end, end.next());
    }
}
