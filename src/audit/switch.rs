//! Something that is open at some times and closed at others.

use crate::calendar::{Calendar, Hours};
use crate::log::LogTime;

const US_PER_S: i64 = 1_000_000;

/// Open or closed over a span of time, both ends beyond it like the nearest instant within.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    open_at_first: bool,
    /// When it turns, rising.
    turns: Vec<LogTime>,
}

impl Switch {
    /// Opening hours over `[from, to)`.
    pub fn of_hours(hours: &Hours, calendar: &Calendar, from: LogTime, to: LogTime) -> Switch {
        let changes = hours.changes(calendar, from.unix_s(), to.unix_s());
        let turns = changes.iter().skip(1).map(|&(unix_s, _)| LogTime(unix_s * US_PER_S)).collect();
        Switch { open_at_first: changes.first().is_some_and(|&(_, open)| open), turns }
    }

    /// Open on holidays, over `[from, to)`.
    pub fn of_holidays(calendar: &Calendar, from: LogTime, to: LogTime) -> Switch {
        let mut date = calendar.local(from.unix_s()).date;
        let open_at_first = calendar.is_holiday(date);
        let (mut open, mut turns) = (open_at_first, Vec::new());
        loop {
            date = date.next();
            let midnight = LogTime(calendar.midnight(date) * US_PER_S);
            if midnight >= to {
                return Switch { open_at_first, turns };
            }
            if calendar.is_holiday(date) != open {
                open = !open;
                turns.push(midnight);
            }
        }
    }

    /// Whether it is open; at a turn it is what it turns to.
    pub fn is_open(&self, at: LogTime) -> bool {
        let turned = self.turns.partition_point(|&turn| turn <= at);
        self.open_at_first != (turned % 2 == 1)
    }

    /// The first closing after `at`.
    pub fn closes_after(&self, at: LogTime) -> Option<LogTime> {
        let next = self.turns.partition_point(|&turn| turn <= at);
        let closes = if self.is_open(at) { next } else { next + 1 };
        self.turns.get(closes).copied()
    }

    /// When it turns.
    pub fn turns(&self) -> impl Iterator<Item = LogTime> + '_ {
        self.turns.iter().copied()
    }

    /// Whether it closes at this very instant.
    pub fn closes_at(&self, at: LogTime) -> bool {
        self.turns.binary_search(&at).is_ok() && !self.is_open(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidaySet;

    fn hour(hour: i64) -> LogTime {
        LogTime(hour * 3600 * US_PER_S)
    }

    #[test]
    fn a_queue_that_closes_at_18_is_closed_at_18() {
        let hours = Hours::parse("08:00-18:00").unwrap();
        let switch = Switch::of_hours(&hours, &Calendar::utc(), hour(0), hour(48));
        assert_eq!([7, 8, 17, 18, 32].map(|h| switch.is_open(hour(h))), [false, true, true, false, true]);
        assert!(switch.is_open(LogTime(hour(18).0 - 1)));
        assert_eq!(
            [0, 8, 18].map(|h| switch.closes_after(hour(h))),
            [hour(18), hour(18), hour(42)].map(Some)
        );
        assert_eq!(switch.closes_after(hour(42)), None);
        assert_eq!([8, 18].map(|h| switch.closes_at(hour(h))), [false, true]);
    }

    #[test]
    fn a_holiday_lasts_from_midnight_to_midnight() {
        let second = "1970-01-02".parse().unwrap();
        let calendar = Calendar::new("UTC", HolidaySet::dates([second])).unwrap();
        let switch = Switch::of_holidays(&calendar, hour(0), hour(96));
        assert_eq!([23, 24, 47, 48].map(|h| switch.is_open(hour(h))), [false, true, true, false]);
    }
}
