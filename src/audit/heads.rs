//! How many people a group has at each instant, read from its `staffing` by the wall clock.

use std::collections::BTreeSet;

use crate::calendar::{Calendar, Clock, Date, DayKind};
use crate::log::LogTime;
use crate::scenario::{Heads, Staffing, StaffingRow};

const DAY_S: u32 = 86_400;
const US_PER_S: i64 = 1_000_000;

/// Heads over a span of time; after it the last ones stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsOverTime {
    /// (from when, how many), rising, each different from the one before.
    changes: Vec<(LogTime, u32)>,
}

impl HeadsOverTime {
    /// The heads over `[from, to)`.
    pub fn new(staffing: &Staffing, calendar: &Calendar, from: LogTime, to: LogTime) -> HeadsOverTime {
        let mut instants = BTreeSet::from([from]);
        let (first, last) = (calendar.local(from.unix_s()).date, calendar.local(to.unix_s()).date);
        for ahead in 0..=first.days_until(last) {
            instants.extend(instants_of_day(staffing, calendar, first.plus_days(ahead)));
        }
        let mut changes: Vec<(LogTime, u32)> = Vec::new();
        for at in instants.into_iter().filter(|at| (from..to).contains(at)) {
            let heads = heads_at(staffing, calendar, at);
            if changes.last().is_none_or(|&(_, before)| before != heads) {
                changes.push((at, heads));
            }
        }
        HeadsOverTime { changes }
    }

    /// Heads at an instant; at a change the new ones.
    pub fn at(&self, at: LogTime) -> u32 {
        self.before(LogTime(at.0 + 1))
    }

    /// Heads just before an instant.
    pub fn before(&self, at: LogTime) -> u32 {
        let next = self.changes.partition_point(|&(from, _)| from < at);
        next.checked_sub(1).map_or(0, |index| self.changes[index].1)
    }

    /// When they change, the first instant included.
    pub fn changes(&self) -> impl Iterator<Item = LogTime> {
        self.changes.iter().map(|&(at, _)| at)
    }
}

/// The instants of a date at which heads could change.
fn instants_of_day(staffing: &Staffing, calendar: &Calendar, date: Date) -> Vec<LogTime> {
    let mut seconds = turning_seconds(staffing, calendar, date);
    let lag = calendar.day_seconds(date) - i64::from(DAY_S);
    if lag != 0 {
        // The clocks are changed at some full quarter-hour of this day, and what the wall shows jumps.
        seconds.extend((0..DAY_S).step_by(900));
    }
    let midnight = calendar.midnight(date);
    let twice = |second: u32| [i64::from(second), i64::from(second) + lag];
    seconds.into_iter().flat_map(twice).map(|s| LogTime((midnight + s) * US_PER_S)).collect()
}

/// The times of day at which the heads of a date change.
fn turning_seconds(staffing: &Staffing, calendar: &Calendar, date: Date) -> Vec<u32> {
    let mut seconds = match said_of_day(staffing, calendar, date) {
        Some(Said::Heads(Heads::List(list))) => (0..list.len()).map(|i| list_start(list, i)).collect(),
        Some(Said::Heads(Heads::Bands(bands))) => bands.keys().map(|clock| clock.as_s()).collect(),
        Some(Said::Rows(day)) => rows_of(staffing, day).map(|row| row.start.as_s()).collect(),
        Some(Said::Heads(Heads::Constant(_))) | None => Vec::new(),
    };
    seconds.push(0);
    seconds
}

/// Nobody is there where nothing is said, and before the first time of a day.
fn heads_at(staffing: &Staffing, calendar: &Calendar, at: LogTime) -> u32 {
    let local = calendar.local(at.unix_s());
    let second = local.second_of_day;
    match said_of_day(staffing, calendar, local.date) {
        None => 0,
        Some(Said::Heads(Heads::Constant(heads))) => *heads,
        Some(Said::Heads(Heads::List(list))) => {
            let index = (0..list.len()).rfind(|&i| list_start(list, i) <= second);
            index.map_or(0, |index| list[index])
        }
        Some(Said::Heads(Heads::Bands(bands))) => {
            bands.range(..=Clock::from_s(second)).next_back().map_or(0, |(_, heads)| *heads)
        }
        Some(Said::Rows(day)) => {
            let begun = rows_of(staffing, day).filter(|row| row.start.as_s() <= second);
            begun.max_by_key(|row| row.start).map_or(0, |row| row.heads)
        }
    }
}

/// Where part `index` of a list of equal parts of a day starts.
fn list_start(list: &[u32], index: usize) -> u32 {
    (index as u64 * u64::from(DAY_S) / list.len() as u64) as u32
}

/// What a staffing says about a date.
enum Said<'s> {
    Heads(&'s Heads),
    /// The rows of this name of days.
    Rows(String),
}

/// What is said of the narrowest name that the date has: the date's own, its kind's, a holiday's as a Sunday, the
/// working day's, every day's.
fn said_of_day<'s>(staffing: &'s Staffing, calendar: &Calendar, date: Date) -> Option<Said<'s>> {
    let kind = calendar.day_kind(date);
    let broader: &[&str] = match kind {
        DayKind::Holiday => &["sun", ""],
        DayKind::Sat | DayKind::Sun => &[""],
        _ => &["weekday", ""],
    };
    let names =
        [date.to_string(), kind.name().into()].into_iter().chain(broader.iter().map(|&name| name.into()));
    names.into_iter().find_map(|name| said_of(staffing, name))
}

fn said_of(staffing: &Staffing, name: String) -> Option<Said<'_>> {
    if rows_of(staffing, name.clone()).next().is_some() {
        return Some(Said::Rows(name));
    }
    let heads = match name.as_str() {
        "" => &staffing.heads,
        "sat" => &staffing.saturday,
        "sun" => &staffing.sunday,
        "holiday" => &staffing.holiday,
        _ => &None,
    };
    heads.as_ref().map(Said::Heads)
}

/// The rows of a name of days; Saturday and Sunday have two.
fn rows_of(staffing: &Staffing, name: String) -> impl Iterator<Item = &StaffingRow> {
    let long = match name.as_str() {
        "sat" => "saturday",
        "sun" => "sunday",
        _ => "",
    };
    staffing.rows.iter().filter(move |row| row.day == name || !long.is_empty() && row.day == long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidaySet;

    fn silent() -> Staffing {
        Staffing::default()
    }

    fn rome() -> Calendar {
        Calendar::new("Europe/Rome", HolidaySet::named("IT").unwrap()).unwrap()
    }

    fn over(staffing: &Staffing, from: &str, to: &str) -> HeadsOverTime {
        let midnight = |date: &str| LogTime(rome().midnight(date.parse().unwrap()) * US_PER_S);
        HeadsOverTime::new(staffing, &rome(), midnight(from), midnight(to))
    }

    fn local(heads: &HeadsOverTime) -> Vec<(String, u32)> {
        heads
            .changes
            .iter()
            .map(|&(at, heads)| (rome().timestamp_s(at.unix_s())[5..16].into(), heads))
            .collect()
    }

    fn bands(bands: &[(&str, u32)]) -> Option<Heads> {
        Some(Heads::Bands(bands.iter().map(|&(at, heads)| (at.parse().unwrap(), heads)).collect()))
    }

    fn expected(changes: &[(&str, u32)]) -> Vec<(String, u32)> {
        changes.iter().map(|&(at, heads)| (at.into(), heads)).collect()
    }

    #[test]
    fn a_holiday_is_staffed_as_a_sunday_unless_it_is_said_otherwise() {
        let mut staffing = Staffing { heads: bands(&[("08:00", 5), ("18:00", 2)]), ..silent() };
        staffing.sunday = Some(Heads::Constant(1));
        // 1 May 2008 is a Thursday.
        let heads = over(&staffing, "2008-04-30", "2008-05-03");
        let days = [("04-30T00:00", 0), ("04-30T08:00", 5), ("04-30T18:00", 2), ("05-01T00:00", 1)];
        assert_eq!(local(&heads)[..4], expected(&days));
        assert_eq!(
            local(&heads)[4..],
            expected(&[("05-02T00:00", 0), ("05-02T08:00", 5), ("05-02T18:00", 2)])
        );
    }

    #[test]
    fn half_past_two_comes_twice_in_october_and_never_in_march() {
        let staffing = Staffing { heads: bands(&[("00:00", 1), ("02:30", 2)]), ..silent() };
        let autumn = over(&staffing, "2008-10-26", "2008-10-27");
        assert_eq!(
            local(&autumn),
            expected(&[("10-26T00:00", 1), ("10-26T02:30", 2), ("10-26T02:00", 1), ("10-26T02:30", 2)])
        );
        let spring = over(&staffing, "2008-03-30", "2008-03-31");
        assert_eq!(local(&spring), expected(&[("03-30T00:00", 1), ("03-30T03:00", 2)]));
    }

    #[test]
    fn the_rows_of_the_narrowest_name_count() {
        let row = |day: &str, start: &str, heads| StaffingRow {
            day: day.into(),
            start: start.parse().unwrap(),
            heads,
        };
        let rows = vec![
            row("", "00:00", 1),
            row("weekday", "00:00", 2),
            row("weekday", "12:00", 3),
            row("2008-05-02", "06:00", 9),
        ];
        let heads = over(&Staffing { rows, ..silent() }, "2008-04-30", "2008-05-03");
        let days = [
            ("04-30T00:00", 2),
            ("04-30T12:00", 3),
            ("05-01T00:00", 1),
            ("05-02T00:00", 0),
            ("05-02T06:00", 9),
        ];
        assert_eq!(local(&heads), expected(&days));
    }

    #[test]
    fn at_a_change_the_new_heads_are_there_and_the_old_were_just_before() {
        let staffing = Staffing { heads: Some(Heads::List(vec![3, 4])), ..silent() };
        let heads = over(&staffing, "2008-06-16", "2008-06-17");
        let noon = LogTime(rome().midnight("2008-06-16".parse().unwrap()) * US_PER_S + 43_200 * US_PER_S);
        assert_eq!((heads.before(noon), heads.at(noon)), (3, 4));
        assert_eq!(heads.at(LogTime(noon.0 + 86_400 * US_PER_S)), 4);
    }
}
