//! Instants as text: local time with its offset, exact to the microsecond both ways.

use std::fmt::{self, Display, Write};

use super::zone::{unix_as_if_utc, wall_time};
use super::{Calendar, CalendarError, Clock, Date, Local};

const US_PER_S: i64 = 1_000_000;

impl Calendar {
    /// An instant in local time to the microsecond, `2008-03-12T09:15:03.123456+01:00`.
    pub fn timestamp(&self, unix_us: i64) -> String {
        let (unix_s, us) = (unix_us.div_euclid(US_PER_S), unix_us.rem_euclid(US_PER_S));
        self.format(unix_s, Some(us))
    }

    /// An instant in local time to the second, `2008-03-12T09:15:03+01:00`.
    pub fn timestamp_s(&self, unix_s: i64) -> String {
        self.format(unix_s, None)
    }

    fn format(&self, unix_s: i64, us: Option<i64>) -> String {
        let Local { date, second_of_day: s, offset_s } = self.local(unix_s);
        let mut text = format!("{date}T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
        // Writing to a string cannot fail.
        if let Some(us) = us {
            let _ = write!(text, ".{us:06}");
        }
        let _ = write!(text, "{}", OffsetText(offset_s));
        text
    }

    /// The instant, in unix microseconds, that [`timestamp`](Calendar::timestamp) or
    /// [`timestamp_s`](Calendar::timestamp_s) printed, in whatever zone. `Z` stands for universal time.
    ///
    /// # Errors
    /// A text of another form, an impossible date or time.
    pub fn parse_timestamp(text: &str) -> Result<i64, CalendarError> {
        parse_instant(text).ok_or_else(|| CalendarError::NoTimestamp { text: text.into() })
    }

    /// As [`parse_timestamp`](Calendar::parse_timestamp), in whole unix seconds.
    ///
    /// # Errors
    /// As there, and a text with a fraction of a second.
    pub fn parse_timestamp_s(text: &str) -> Result<i64, CalendarError> {
        let us = Calendar::parse_timestamp(text)?;
        let whole = us % US_PER_S == 0;
        whole.then_some(us / US_PER_S).ok_or_else(|| CalendarError::NoTimestamp { text: text.into() })
    }
}

/// `+01:00`; with seconds for the local mean times of old.
struct OffsetText(i32);

impl Display for OffsetText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, s) = (if self.0 < 0 { '-' } else { '+' }, self.0.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", s / 3600, s / 60 % 60)?;
        if s % 60 > 0 { write!(f, ":{:02}", s % 60) } else { Ok(()) }
    }
}

/// `date T clock [. decimals] offset`, read by hand so that nothing is guessed.
fn parse_instant(text: &str) -> Option<i64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let clock_text = text.get(11..19).filter(|_| text.get(10..11) == Some("T"))?;
    let clock: Clock = clock_text.parse().ok().filter(|c| *c < Clock::END)?;
    let (us, offset) = split_decimals(text.get(19..)?)?;
    let unix_s = unix_as_if_utc(wall_time(date, clock.as_s())) - parse_offset(offset)?;
    Some(unix_s * US_PER_S + us)
}

/// The microseconds of up to six decimals after a point, and what follows them.
fn split_decimals(text: &str) -> Option<(i64, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let digits: i64 = rest[..len].parse().ok().filter(|_| len <= 6)?;
    let scale = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1][len];
    Some((digits * scale, &rest[len..]))
}

fn parse_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, clock) = match text.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-", clock) => (-1, clock),
        _ => return None,
    };
    let clock: Clock = clock.parse().ok()?;
    Some(sign * i64::from(clock.as_s()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidaySet;

    fn rome() -> Calendar {
        Calendar::new("Europe/Rome", HolidaySet::none()).unwrap()
    }

    #[test]
    fn timestamps_read_back_exactly_also_in_the_hour_that_comes_twice() {
        let rome = rome();
        let midnight = rome.midnight("2008-10-26".parse().unwrap());
        for unix_s in (midnight..midnight + 25 * 3600).step_by(613) {
            let unix_us = unix_s * US_PER_S + 123_456;
            assert_eq!(Calendar::parse_timestamp(&rome.timestamp(unix_us)), Ok(unix_us));
            assert_eq!(Calendar::parse_timestamp_s(&rome.timestamp_s(unix_s)), Ok(unix_s));
        }
        assert_eq!(rome.timestamp(1_205_309_703_123_456), "2008-03-12T09:15:03.123456+01:00");
        assert_eq!(rome.timestamp_s(1_205_309_703), "2008-03-12T09:15:03+01:00");
    }

    #[test]
    fn offsets_west_of_greenwich_and_before_1970_read_back() {
        let new_york = Calendar::new("America/New_York", HolidaySet::none()).unwrap();
        for unix_us in [-1, -86_400_000_001, 1_205_309_703_000_001] {
            assert_eq!(Calendar::parse_timestamp(&new_york.timestamp(unix_us)), Ok(unix_us));
        }
        assert_eq!(new_york.timestamp(-1), "1969-12-31T18:59:59.999999-05:00");
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2008-03-12",
            "2008-03-12 09:15:03+01:00",
            "2008-03-12T09:15:03",
            "2008-02-30T09:15:03Z",
            "2008-03-12T24:00:00Z",
            "2008-03-12T09:15:03.1234567Z",
            "2008-03-12T09:15:03.Z",
            "2008-03-12T09:15:0èZ",
        ] {
            assert!(Calendar::parse_timestamp(text).is_err(), "{text}");
        }
        assert!(Calendar::parse_timestamp_s("2008-03-12T09:15:03.5Z").is_err());
        assert_eq!(Calendar::parse_timestamp("2008-03-12T09:15:03.5Z"), Ok(1_205_313_303_500_000));
    }
}
