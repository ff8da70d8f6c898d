//! Weekly opening hours, as people write them: `Mon-Fri 08:30-15:30, Sat 09:00-12:00, holidays closed`.
//!
//! Days are followed by their hours; several days may share hours and a day may have several. Commas are only for
//! the eye. Hours go by the wall clock, whatever it does that night.

mod text;

pub use text::HoursError;

use super::{Calendar, Date, DayKind, Weekday};

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
        text::parse(text)
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
}
