//! The run's span on the calendar: the clock, the date of each cell, and what the wall shows when.

use super::findings::Findings;
use crate::calendar::{Calendar, Date, DayKind, HolidaySet, QUARTER_HOUR_S};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CellDate, RunClock};
use crate::scenario::{CalendarSection, Header, Holidays, Scenario, Span};
use crate::time::{SimTime, US_PER_S};

const DAY_S: i64 = 86_400;
/// The longest run: 8 years, below the 8.9 that a packed event time holds.
const MOST_DAYS: u32 = 8 * 366;

/// Where the run lies in time.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    pub(super) calendar: Calendar,
    pub(super) clock: RunClock,
    /// Time zero in unix seconds.
    pub(super) zero_unix_s: i64,
    /// From when on people work and needs come, in unix seconds: time zero, or the start where contacts wait already.
    pub(super) begins_unix_s: i64,
    /// The horizon in unix seconds.
    pub(super) end_unix_s: i64,
    /// What the wall shows from time zero to the horizon, without gaps.
    pub(super) stretches: Vec<Stretch>,
}

/// A part of a local day in which the wall clock runs evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) date: Date,
    pub(super) kind: DayKind,
    pub(super) start_unix_s: i64,
    pub(super) end_unix_s: i64,
    /// What the wall shows at the start, in seconds of the day.
    pub(super) second_of_day: u32,
}

impl Timeline {
    /// The span that the header asks for; where it cannot be had, findings and the nearest that can.
    pub(super) fn new(scenario: &Scenario, findings: &mut Findings) -> Self {
        let calendar = calendar(&scenario.calendar, findings);
        let header = &scenario.scenario;
        let days = days(header, findings);
        let start = calendar.midnight(header.start);
        let end = end(header, &calendar, days, findings);
        let zero = time_zero(scenario, start, end, findings);
        let begins = if scenario.first_came().is_some() { start } else { zero };
        let period_s = period_s(header, &calendar, days, findings);
        let us = |unix_s: i64| SimTime::from_us((unix_s - zero) as u64 * US_PER_S);
        let clock = RunClock {
            zero_unix_us: zero * US_PER_S as i64,
            begins: us(begins),
            count_from: us(start),
            horizon: us(end),
            period_us: period_s as u64 * US_PER_S,
            periods: ((end - start) / period_s) as u32,
            first_cell: (zero / QUARTER_HOUR_S) as u64,
            cells: ((end - zero + QUARTER_HOUR_S - 1) / QUARTER_HOUR_S) as u32,
        };
        let stretches = stretches(&calendar, zero, end);
        let (zero_unix_s, begins_unix_s, end_unix_s) = (zero, begins, end);
        Timeline { calendar, clock, zero_unix_s, begins_unix_s, end_unix_s, stretches }
    }

    /// What the wall shows from when on people work and needs come.
    pub(super) fn begun(&self) -> &[Stretch] {
        // Where it is not time zero it is a midnight, at which a stretch starts.
        let before = self.stretches.partition_point(|stretch| stretch.start_unix_s < self.begins_unix_s);
        &self.stretches[before..]
    }

    /// Which year, month and day each cell begins in.
    pub(super) fn cell_dates(&self) -> Vec<CellDate> {
        let mut stretch = 0;
        let mut date_at = |unix_s: i64| {
            while self.stretches[stretch].end_unix_s <= unix_s {
                stretch += 1;
            }
            let Stretch { date, start_unix_s, second_of_day, .. } = self.stretches[stretch];
            let second_of_day = second_of_day + unix_s.saturating_sub(start_unix_s).max(0) as u32;
            CellDate { second_of_day, ..cell_date(date) }
        };
        let starts = (0..i64::from(self.clock.cells)).map(|cell| self.zero_unix_s + cell * QUARTER_HOUR_S);
        starts.map(&mut date_at).collect()
    }

    /// As [`Timeline::begun`], from the midnight before on.
    pub(super) fn whole_days(&self) -> Vec<Stretch> {
        let first = self.calendar.local(self.begins_unix_s).date;
        stretches(&self.calendar, self.calendar.midnight(first).min(self.begins_unix_s), self.end_unix_s)
    }

    /// The run's time at an instant of the run.
    pub(super) fn sim_time(&self, unix_s: i64) -> SimTime {
        SimTime::from_us((unix_s - self.zero_unix_s).max(0) as u64 * US_PER_S)
    }

    /// Local date and time of an instant of the run, `2008-06-16 10:30`.
    pub(super) fn text(&self, at: SimTime) -> String {
        let local = self.calendar.local(self.clock.unix_us(at).div_euclid(US_PER_S as i64));
        format!("{} {}", local.date, crate::calendar::Clock::from_s(local.second_of_day))
    }
}

fn cell_date(date: Date) -> CellDate {
    let year = date.year() as u32;
    CellDate {
        year,
        month: 12 * year + date.month() as u32 - 1,
        day: days_since_1970(date),
        second_of_day: 0,
    }
}

/// Days since 1970-01-01; runs begin in 1970 or later.
pub(super) fn days_since_1970(date: Date) -> u32 {
    Date::new(1970, 1, 1).map_or(0, |epoch| epoch.days_until(date)).max(0) as u32
}

fn calendar(section: &CalendarSection, findings: &mut Findings) -> Calendar {
    let holidays = match &section.holidays {
        Holidays::Named(name) => named_holidays(name, findings),
        Holidays::Dates(dates) => HolidaySet::dates(dates.iter().copied()),
    };
    Calendar::new(&section.time_zone, holidays).unwrap_or_else(|error| {
        let finding = Diagnostic::new(Code::UNKNOWN_ZONE, "calendar.time_zone", error.to_string());
        findings.push(finding.with_help(zone_help(&section.time_zone)));
        Calendar::utc()
    })
}

fn zone_help(name: &str) -> String {
    let zones = Calendar::zone_names();
    let near = crate::diagnostic::did_you_mean(name, zones.iter().map(String::as_str));
    near.map_or("time zones: those of the IANA database, such as \"Europe/Rome\"".into(), |near| {
        format!("did you mean \"{near}\"?")
    })
}

fn named_holidays(name: &str, findings: &mut Findings) -> HolidaySet {
    HolidaySet::named(name).unwrap_or_else(|error| {
        let finding = Diagnostic::new(Code::UNKNOWN_HOLIDAYS, "calendar.holidays", error.to_string());
        findings.push(finding.with_candidates(name, "sets of holidays", HolidaySet::NAMES));
        HolidaySet::none()
    })
}

/// How many days are counted, at least 1.
fn days(header: &Header, findings: &mut Findings) -> u32 {
    if header.days > MOST_DAYS {
        let message = format!("{} days are longer than {MOST_DAYS}, 8 years", header.days);
        findings.add(Code::TOO_LONG, "scenario.days", message, "simulate a part, or years one by one");
        return 1;
    }
    findings.number("scenario.days", header.days.into(), 1.0..=MOST_DAYS.into()) as u32
}

/// The midnight after the last day, later than the start's.
fn end(header: &Header, calendar: &Calendar, days: u32, findings: &mut Findings) -> i64 {
    let start = calendar.midnight(header.start);
    let end = calendar.midnight(header.start.plus_days(days.into()));
    if end > start {
        return end;
    }
    let message = format!("{} does not exist in this time zone", header.start);
    findings.add(Code::OUT_OF_RANGE, "scenario.start", message, "choose another day");
    start + DAY_S
}

/// The start less the run-in or the longest wait of those who wait then, rounded down to a cell.
fn time_zero(scenario: &Scenario, start: i64, end: i64, findings: &mut Findings) -> i64 {
    let (header, before) = (&scenario.scenario, before_start(scenario));
    if (end - start) as f64 + before.span.as_s() > (i64::from(MOST_DAYS) * DAY_S) as f64 + 7200.0 {
        let Before { span, what, .. } = before;
        let message = format!("{what} of {span} and the {} days after it exceed 8 years", header.days);
        findings.add(Code::TOO_LONG, before.path, message, "choose a shorter one");
        return start.div_euclid(QUARTER_HOUR_S) * QUARTER_HOUR_S;
    }
    let zero = (start as f64 - before.span.as_s()).floor() as i64;
    let zero = zero.div_euclid(QUARTER_HOUR_S) * QUARTER_HOUR_S;
    if zero < 0 {
        let message =
            format!("a run that starts on {} less what comes before it begins before 1970", header.start);
        findings.add(Code::OUT_OF_RANGE, "scenario.start", message, "choose a later start");
    }
    zero
}

/// What lies between time zero and the start.
struct Before {
    span: Span,
    what: &'static str,
    path: String,
}

fn before_start(scenario: &Scenario) -> Before {
    let header = &scenario.scenario;
    let run_in = Before { span: header.before_start(), what: "a run-in", path: "scenario.run_in".into() };
    let waits = scenario.first_came().map(|(path, span)| Before {
        span,
        what: "a start with what came before it",
        path,
    });
    match waits {
        Some(waits) if waits.span > run_in.span => waits,
        _ => run_in,
    }
}

/// The period's length: a divisor of a day and of every day of the run, in whole minutes.
fn period_s(header: &Header, calendar: &Calendar, days: u32, findings: &mut Findings) -> i64 {
    let seconds = header.period.as_s();
    let whole = seconds as i64;
    let fits = whole > 0 && whole as f64 == seconds && whole % 60 == 0 && DAY_S % whole == 0;
    if !fits {
        let message = format!("a period of {} does not divide a day into whole minutes", header.period);
        findings.add(Code::BAD_PERIOD, "scenario.period", message, "choose 1m, 5m, 10m, 15m, 30m or 1h");
        return QUARTER_HOUR_S;
    }
    if let Some(date) = header.start.days(days).find(|&date| calendar.day_seconds(date) % whole != 0) {
        let hours = calendar.day_seconds(date) as f64 / 3600.0;
        let message = format!(
            "a period of {} does not divide {date}, which has {hours} hours: the clocks are changed",
            header.period
        );
        findings.add(Code::BAD_PERIOD, "scenario.period", message, "choose a period that divides an hour");
    }
    whole
}

/// What the wall shows over `[from, to)`.
fn stretches(calendar: &Calendar, from: i64, to: i64) -> Vec<Stretch> {
    let (mut found, mut at) = (Vec::new(), from);
    while at < to {
        let local = calendar.local(at);
        let midnight = at + DAY_S - i64::from(local.second_of_day);
        let end = offset_change(calendar, at, midnight.min(to));
        found.push(Stretch {
            date: local.date,
            kind: calendar.day_kind(local.date),
            start_unix_s: at,
            end_unix_s: end,
            second_of_day: local.second_of_day,
        });
        at = end;
    }
    found
}

/// The first instant after `from` with another offset than there, `to` if there is none before it.
fn offset_change(calendar: &Calendar, from: i64, to: i64) -> i64 {
    let offset = |unix_s| calendar.local(unix_s).offset_s;
    let before = offset(from);
    if offset(to - 1) == before {
        return to;
    }
    let (mut same, mut other) = (from, to - 1);
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if offset(middle) == before { same = middle } else { other = middle }
    }
    other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rome() -> Calendar {
        Calendar::new("Europe/Rome", HolidaySet::none()).unwrap()
    }

    fn wall(day: &str) -> Vec<(u32, i64)> {
        let date: Date = day.parse().unwrap();
        let (from, to) = (rome().midnight(date), rome().midnight(date.next()));
        let length = |s: &Stretch| (s.second_of_day / 3600, (s.end_unix_s - s.start_unix_s) / 3600);
        stretches(&rome(), from, to).iter().map(length).collect()
    }

    #[test]
    fn a_spring_day_jumps_from_two_to_three_and_an_autumn_day_has_two_twice() {
        assert_eq!(wall("2008-03-29"), [(0, 24)]);
        assert_eq!(wall("2008-03-30"), [(0, 2), (3, 21)]);
        assert_eq!(wall("2008-10-26"), [(0, 3), (2, 22)]);
    }
}
