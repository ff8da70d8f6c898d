//! A time zone with its holidays: between dates and wall clocks, and unix seconds.
//!
//! The zone database is the one that is compiled in, so that every machine knows the same offsets.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::{Date, DayKind, HolidaySet};

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

/// The instants, in unix seconds, at which the wall shows a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallInstants {
    /// None: the clocks are put forward over it.
    Never,
    /// One, as nearly always.
    Once(i64),
    /// Two: the clocks are put back over it.
    Twice(i64, i64),
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

    /// When the wall shows this time on a date.
    pub fn wall(&self, date: Date, second_of_day: u32) -> WallInstants {
        match self.instants(date, second_of_day) {
            (first, second) if first < second => WallInstants::Twice(first, second),
            (only, _) if second_of_day < 86_400 && self.local(only).second_of_day != second_of_day => {
                WallInstants::Never
            }
            (only, _) => WallInstants::Once(only),
        }
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
}

/// What the wall shows so many seconds after midnight on a day without a clock change.
pub(super) fn wall_time(date: Date, second_of_day: u32) -> civil::DateTime {
    let midnight = date.civil().to_datetime(civil::Time::midnight());
    midnight.saturating_add(jiff::SignedDuration::from_secs(second_of_day.into()))
}

/// Unix seconds if the wall were at Greenwich.
pub(super) fn unix_as_if_utc(wall: civil::DateTime) -> i64 {
    let days = civil::date(1970, 1, 1).duration_until(wall.date()).as_secs();
    days + i64::from(wall.hour()) * 3600 + i64::from(wall.minute()) * 60 + i64::from(wall.second())
}

/// The nearest instant that jiff knows (years -9999 to 9999).
fn timestamp_of(unix_s: i64) -> Timestamp {
    let limit = if unix_s < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(unix_s).unwrap_or(limit)
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
    fn the_wall_shows_a_time_never_once_or_twice() {
        let (rome, spring, autumn) = (rome(), date("2008-03-30"), date("2008-10-26"));
        let (dawn, dusk) = (rome.midnight(spring), rome.midnight(autumn));
        assert_eq!(rome.wall(spring, 7199), WallInstants::Once(dawn + 7199));
        assert_eq!([7200, 10_799].map(|s| rome.wall(spring, s)), [WallInstants::Never; 2]);
        assert_eq!(rome.wall(spring, 10_800), WallInstants::Once(dawn + 7200));
        assert_eq!(rome.wall(autumn, 7200), WallInstants::Twice(dusk + 7200, dusk + 10_800));
        assert_eq!(rome.wall(autumn, 10_800), WallInstants::Once(dusk + 14_400));
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
