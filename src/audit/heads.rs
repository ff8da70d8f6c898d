//! How many people a group has at each instant, read from its `staffing` by the wall clock.

use std::collections::BTreeSet;

use crate::calendar::{Calendar, Clock, Date, DayKind};
use crate::log::LogTime;
use crate::scenario::{Heads, Staffing};

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
        let last = calendar.local(to.unix_s()).date;
        let mut date = calendar.local(from.unix_s()).date;
        while date <= last {
            instants.extend(instants_of_day(staffing, calendar, date));
            date = date.next();
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
    let mut seconds = match heads_of_day(staffing, calendar.day_kind(date)) {
        Some(Heads::List(list)) => (0..list.len()).map(|i| list_start(list, i)).collect(),
        Some(Heads::Bands(bands)) => bands.keys().map(|clock| clock.as_s()).collect(),
        Some(Heads::Constant(_)) | None => Vec::new(),
    };
    seconds.extend(rows_of_day(staffing, calendar, date).map(|(start, _)| start.as_s()));
    seconds.push(0);
    seconds
}

fn heads_at(staffing: &Staffing, calendar: &Calendar, at: LogTime) -> u32 {
    let local = calendar.local(at.unix_s());
    let second = local.second_of_day;
    if !staffing.rows.is_empty() {
        let begun = rows_of_day(staffing, calendar, local.date).filter(|(start, _)| start.as_s() <= second);
        return begun.max_by_key(|&(start, _)| start).map_or(0, |(_, heads)| heads);
    }
    match heads_of_day(staffing, calendar.day_kind(local.date)) {
        None => 0,
        Some(Heads::Constant(heads)) => *heads,
        Some(Heads::List(list)) => {
            let index = list.iter().enumerate().rposition(|(i, _)| list_start(list, i) <= second);
            index.map_or(0, |index| list[index])
        }
        Some(Heads::Bands(bands)) => {
            bands.range(..=Clock::from_s(second)).next_back().map_or(0, |(_, heads)| *heads)
        }
    }
}

/// Where part `index` of a list of equal parts of a day starts.
fn list_start(list: &[u32], index: usize) -> u32 {
    (index as u64 * u64::from(DAY_S) / list.len() as u64) as u32
}

fn heads_of_day(staffing: &Staffing, kind: DayKind) -> Option<&Heads> {
    let sunday = || staffing.sunday.as_ref().or(staffing.heads.as_ref());
    match kind {
        DayKind::Holiday => staffing.holiday.as_ref().or_else(sunday),
        DayKind::Sun => sunday(),
        DayKind::Sat => staffing.saturday.as_ref().or(staffing.heads.as_ref()),
        _ => staffing.heads.as_ref(),
    }
}

/// The rows for a date: those of the narrowest name for it that the file has.
fn rows_of_day<'s>(
    staffing: &'s Staffing,
    calendar: &Calendar,
    date: Date,
) -> impl Iterator<Item = (Clock, u32)> + use<'s> {
    let written = date.to_string();
    let names: &[&str] = match calendar.day_kind(date) {
        DayKind::Holiday => &["holiday", "sun", "sunday", ""],
        DayKind::Sun => &["sun", "sunday", ""],
        DayKind::Sat => &["sat", "saturday", ""],
        DayKind::Mon => &["mon", "weekday", ""],
        DayKind::Tue => &["tue", "weekday", ""],
        DayKind::Wed => &["wed", "weekday", ""],
        DayKind::Thu => &["thu", "weekday", ""],
        DayKind::Fri => &["fri", "weekday", ""],
    };
    let names = std::iter::once(written.as_str()).chain(names.iter().copied());
    let narrowest = names.filter_map(|name| staffing.rows.iter().find(|row| row.day == name)).next();
    let day = narrowest.map(|row| row.day.as_str());
    let rows = staffing.rows.iter().filter(move |row| Some(row.day.as_str()) == day);
    rows.map(|row| (row.start, row.heads))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidaySet;
    use crate::scenario::StaffingRow;

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
        let mut staffing = Staffing { heads: bands(&[("08:00", 5), ("18:00", 2)]), ..Staffing::default() };
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
        let staffing = Staffing { heads: bands(&[("00:00", 1), ("02:30", 2)]), ..Staffing::default() };
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
        let heads = over(&Staffing { rows, ..Staffing::default() }, "2008-04-30", "2008-05-03");
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
        let staffing = Staffing { heads: Some(Heads::List(vec![3, 4])), ..Staffing::default() };
        let heads = over(&staffing, "2008-06-16", "2008-06-17");
        let noon = LogTime(rome().midnight("2008-06-16".parse().unwrap()) * US_PER_S + 43_200 * US_PER_S);
        assert_eq!((heads.before(noon), heads.at(noon)), (3, 4));
        assert_eq!(heads.at(LogTime(noon.0 + 86_400 * US_PER_S)), 4);
    }
}
