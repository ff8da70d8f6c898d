//! A time zone with its holidays: between dates and wall clocks, and unix seconds.
//!
//! The zone database is the one that is compiled in, so that every machine knows the same offsets.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::{Clock, Date, DayKind, HolidaySet};

const US_PER_S: i64 = 1_000_000;

/// A time zone and its holidays.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    holidays: HolidaySet,
}

/// What the wall shows at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The date.
    pub date: Date,
    /// The time of day by the wall clock, 0 to 86,399.
    pub second_of_day: u32,
    /// Local less universal time.
    pub offset_s: i32,
}

/// Why there is no calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The zone database does not have this name.
    #[error(
        "no time zone is named \"{name}\"; names are those of the IANA database, such as \"Europe/Rome\""
    )]
    UnknownZone {
        /// The name asked for.
        name: String,
    },
    /// A text is no instant.
    #[error(
        "\"{text}\" is no instant: write \"2008-03-12T09:15:03+01:00\", with up to six decimals of a second"
    )]
    NoTimestamp {
        /// The text.
        text: String,
    },
}

impl Calendar {
    /// The calendar of an IANA time zone.
    ///
    /// # Errors
    /// An unknown name.
    pub fn new(time_zone: &str, holidays: HolidaySet) -> Result<Calendar, CalendarError> {
        let zone = TimeZoneDatabase::bundled()
            .get(time_zone)
            .map_err(|_| CalendarError::UnknownZone { name: time_zone.into() })?;
        Ok(Calendar { zone, holidays })
    }

    /// Universal time without holidays.
    pub fn utc() -> Calendar {
        Calendar { zone: TimeZone::UTC, holidays: HolidaySet::none() }
    }

    /// The names of all zones.
    pub fn zone_names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect()
    }

    /// The first instant of a date, in unix seconds.
    pub fn midnight(&self, date: Date) -> i64 {
        self.instant(date, 0)
    }

    /// The instant at which the wall shows this time, in unix seconds.
    ///
    /// A time that a spring day lacks is the first instant after the gap; of a time that an autumn day has twice it
    /// is the first. Second 86,400 is the next midnight.
    pub fn instant(&self, date: Date, second_of_day: u32) -> i64 {
        self.instants(date, second_of_day).0
    }

    /// The first and the last instant at which the wall shows this time; equal but on an autumn night.
    pub(super) fn instants(&self, date: Date, second_of_day: u32) -> (i64, i64) {
        let wall = wall_time(date, second_of_day);
        let at = |offset: Offset| unix_as_if_utc(wall) - i64::from(offset.seconds());
        match self.zone.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => (at(offset), at(offset)),
            AmbiguousOffset::Gap { after, .. } => {
                let gap = self.offset_changes(at(after)).next().unwrap_or(at(after));
                (gap, gap)
            }
            AmbiguousOffset::Fold { before, after } => (at(before), at(after)),
        }
    }

    /// The instants after `unix_s` at which the zone's offset changes, in order.
    pub(super) fn offset_changes(&self, unix_s: i64) -> impl Iterator<Item = i64> {
        self.zone.following(timestamp_of(unix_s)).map(|change| change.timestamp().as_second())
    }

    /// What the wall shows at an instant.
    pub fn local(&self, unix_s: i64) -> Local {
        let offset = self.zone.to_offset(timestamp_of(unix_s));
        let wall = offset.to_datetime(timestamp_of(unix_s));
        let (hour, minute, second) = (wall.hour() as u32, wall.minute() as u32, wall.second() as u32);
        Local {
            date: Date::from_civil(wall.date()),
            second_of_day: hour * 3600 + minute * 60 + second,
            offset_s: offset.seconds(),
        }
    }

    /// Whether a date is a holiday.
    pub fn is_holiday(&self, date: Date) -> bool {
        self.holidays.contains(date)
    }

    /// The day of the week, or the holiday if it is one.
    pub fn day_kind(&self, date: Date) -> DayKind {
        if self.is_holiday(date) { DayKind::Holiday } else { date.weekday().into() }
    }

    /// How many seconds a date has: 86,400, but for the days when the clocks change.
    pub fn day_seconds(&self, date: Date) -> i64 {
        self.midnight(date.next()) - self.midnight(date)
    }

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

impl std::fmt::Display for OffsetText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, s) = (if self.0 < 0 { '-' } else { '+' }, self.0.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", s / 3600, s / 60 % 60)?;
        if s % 60 > 0 { write!(f, ":{:02}", s % 60) } else { Ok(()) }
    }
}

fn wall_time(date: Date, second_of_day: u32) -> civil::DateTime {
    let midnight = date.civil().to_datetime(civil::Time::midnight());
    midnight.saturating_add(jiff::SignedDuration::from_secs(second_of_day.into()))
}

fn unix_as_if_utc(wall: civil::DateTime) -> i64 {
    let days = civil::date(1970, 1, 1).duration_until(wall.date()).as_secs();
    days + i64::from(wall.hour()) * 3600 + i64::from(wall.minute()) * 60 + i64::from(wall.second())
}

/// The nearest instant that jiff knows (years -9999 to 9999).
fn timestamp_of(unix_s: i64) -> Timestamp {
    let limit = if unix_s < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(unix_s).unwrap_or(limit)
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

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rome() -> Calendar {
        Calendar::new("Europe/Rome", HolidaySet::named("IT-MI").unwrap()).unwrap()
    }

    #[test]
    fn rome_has_23_hours_in_march_and_25_in_october() {
        let quarters = |day| rome().day_seconds(date(day)) / 900;
        assert_eq!(["2008-03-29", "2008-03-30", "2008-10-26"].map(quarters), [96, 92, 100]);
    }

    #[test]
    fn midnight_of_16_june_2008_in_rome_is_22_oclock_universal_time() {
        // date -u -d "2008-06-15 22:00" +%s
        assert_eq!(rome().midnight(date("2008-06-16")), 1_213_567_200);
        let noon = rome().local(1_213_567_200 + 43_200);
        assert_eq!(noon, Local { date: date("2008-06-16"), second_of_day: 43_200, offset_s: 7200 });
    }

    #[test]
    fn a_time_in_the_spring_gap_is_the_instant_after_it() {
        let (rome, day) = (rome(), date("2008-03-30"));
        let gap = rome.instant(day, 2 * 3600);
        assert_eq!(gap, rome.midnight(day) + 2 * 3600);
        assert_eq!([9000, 10_799, 10_800].map(|s| rome.instant(day, s)), [gap; 3]);
        assert_eq!(rome.local(gap).second_of_day, 3 * 3600);
        assert_eq!(rome.local(gap - 1).second_of_day, 2 * 3600 - 1);
    }

    #[test]
    fn a_time_that_comes_twice_in_autumn_is_the_first() {
        let (rome, day) = (rome(), date("2008-10-26"));
        let half_past_two = rome.instants(day, 9000);
        let midnight = rome.midnight(day);
        assert_eq!(half_past_two, (midnight + 9000, midnight + 9000 + 3600));
        assert_eq!(rome.local(half_past_two.0).second_of_day, rome.local(half_past_two.1).second_of_day);
        assert_eq!(rome.instant(day, 3 * 3600), midnight + 4 * 3600);
    }

    #[test]
    fn timestamps_read_back_exactly_also_in_the_hour_that_comes_twice() {
        let rome = rome();
        let midnight = rome.midnight(date("2008-10-26"));
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

    #[test]
    fn a_holiday_is_a_kind_of_day_of_its_own() {
        assert_eq!(rome().day_kind(date("2008-06-02")), DayKind::Holiday);
        assert_eq!(rome().day_kind(date("2008-06-03")), DayKind::Tue);
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let error = Calendar::new("Europe/Milan", HolidaySet::none()).unwrap_err();
        assert!(error.to_string().contains("\"Europe/Milan\""));
    }
}
