//! Times of day on the wall clock.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

const DAY_S: u32 = 86_400;

/// A time of day to the second, written `08:30` or `08:30:15`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(u32);

/// Why a text is no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no time of day: write hours and minutes from \"00:00\" to \"24:00\"")]
pub struct ClockError {
    text: String,
}

impl Clock {
    /// The start of the day.
    pub const MIDNIGHT: Clock = Clock(0);
    /// The end of the day.
    pub const END: Clock = Clock(DAY_S);

    /// The time `second_of_day` after midnight by the wall clock, at most 24:00.
    pub const fn from_s(second_of_day: u32) -> Clock {
        Clock(if second_of_day > DAY_S { DAY_S } else { second_of_day })
    }

    /// Seconds since midnight by the wall clock, 0 to 86,400.
    pub const fn as_s(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        write!(f, "{hour:02}:{minute:02}")?;
        if second > 0 { write!(f, ":{second:02}") } else { Ok(()) }
    }
}

impl FromStr for Clock {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Clock, ClockError> {
        parse(text).ok_or_else(|| ClockError { text: text.into() })
    }
}

fn parse(text: &str) -> Option<Clock> {
    let mut parts = text.split(':').map(two_digits);
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let seconds = hour * 3600 + minute * 60 + second;
    let fits = parts.next().is_none() && minute < 60 && second < 60 && seconds <= DAY_S;
    fits.then_some(Clock(seconds))
}

/// One or two digits.
fn two_digits(text: &str) -> Option<u32> {
    let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Clock, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Clock;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time of day such as \"08:30\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Clock, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_past_eight_is_30600_seconds_and_midnight_has_two_names() {
        assert_eq!("08:30".parse(), Ok(Clock(30_600)));
        assert_eq!("8:30".parse(), Ok(Clock(30_600)));
        assert_eq!("00:00".parse(), Ok(Clock::MIDNIGHT));
        assert_eq!("24:00".parse(), Ok(Clock::END));
        assert_eq!("23:59:59".parse::<Clock>().map(Clock::as_s), Ok(86_399));
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for text in
            ["", "8", "8.30", "24:01", "12:60", "12:00:60", "1:2:3:4", "+8:30", "008:30", "08:30 ", "è:30"]
        {
            assert!(text.parse::<Clock>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_prints_as_it_is_read() {
        for text in ["00:00", "08:30", "08:30:15", "24:00"] {
            assert_eq!(text.parse::<Clock>().map(|c| c.to_string()).as_deref(), Ok(text));
        }
    }
}
