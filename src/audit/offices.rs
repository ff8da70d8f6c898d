//! Offices as the audit reads them: who is at work when, and what is due when, by the wall clock day by day.

use std::collections::BTreeMap;

use super::duties::Duties;
use super::heads::HeadsOverTime;
use super::plan::us;
use super::switch::Switch;
use crate::calendar::{Calendar, Clock, Date, Hours};
use crate::log::LogTime;
use crate::scenario::{Due, Heads, Office, Scenario, Staffing, StaffingRow};

const US_PER_S: i64 = 1_000_000;
/// Nothing is looked for further than this, in days.
const FURTHEST: u32 = 5_000;

/// An office.
#[derive(Clone, Debug)]
pub struct OfficePlan<'a> {
    pub of: &'a Office,
    hours: Hours,
    calendar: &'a Calendar,
    switch: Switch,
    staff: HeadsOverTime,
    /// Of an office that works by shifts: (from when, how many are down for work and on no break).
    by_shift: Option<Vec<(LogTime, i64)>>,
    begins: LogTime,
    horizon: LogTime,
}

impl<'a> OfficePlan<'a> {
    pub fn new(
        of: &'a Office,
        hours: Hours,
        (scenario, calendar): (&Scenario, &'a Calendar),
        (begins, horizon): (LogTime, LogTime),
    ) -> Self {
        let rows = of.staff_on.iter().flat_map(|(day, heads)| rows(day, heads)).collect();
        let staffing = Staffing { heads: of.staff.clone(), rows, ..Staffing::default() };
        OfficePlan {
            of,
            calendar,
            switch: Switch::of_hours(&hours, calendar, begins, horizon),
            staff: HeadsOverTime::new(&staffing, calendar, begins, horizon),
            by_shift: by_shift(of, scenario, calendar, (begins, horizon)),
            hours,
            begins,
            horizon,
        }
    }

    /// How many people are down for work; nobody before the run begins and from the horizon on.
    pub fn people_at(&self, at: LogTime) -> i64 {
        let works = self.begins <= at && at < self.horizon && self.switch.is_open(at);
        match &self.by_shift {
            _ if !works => 0,
            None => self.staff.at(at).into(),
            Some(steps) => {
                steps.partition_point(|step| step.0 <= at).checked_sub(1).map_or(0, |row| steps[row].1)
            }
        }
    }

    /// What tells the people who are down for work at an instant from others: how many they are on one day, and of which stretch between
    /// changes of shifts and breaks.
    pub fn who_is_down(&self, at: LogTime) -> (Date, i64, usize) {
        let since = self.by_shift.as_ref().map_or(0, |steps| steps.partition_point(|step| step.0 <= at));
        (self.day(at), self.people_at(at), since)
    }

    /// The local day of an instant.
    pub fn day(&self, at: LogTime) -> Date {
        self.calendar.local(at.unix_s()).date
    }

    /// Whether there may be fewer people from an instant on.
    pub fn may_be_fewer(&self, at: LogTime) -> bool {
        let before = LogTime(at.0 - 1);
        let others =
            self.people_at(at) != self.people_at(before) || self.who_is_down(at) != self.who_is_down(before);
        self.people_at(at) < self.people_at(before) || self.of.absence > 0.0 && others
    }

    /// The instants at which their number may change.
    pub fn changes(&self) -> impl Iterator<Item = LogTime> {
        let by_shift = self.by_shift.iter().flatten().map(|step| step.0);
        self.switch.turns().chain(self.staff.changes()).chain(by_shift).chain([self.begins, self.horizon])
    }

    /// When a case is due that is opened at `opened`; `None`: further than the audit looks.
    pub fn due(&self, due: Due, opened: LogTime) -> Option<LogTime> {
        let days = self.calendar.local(opened.unix_s()).date.days(FURTHEST);
        match due {
            Due::After(span) => Some(LogTime(opened.0 + us(span))),
            Due::WorkingDays(count) => {
                let mut closings =
                    days.skip(1).filter_map(|day| self.open_times(day).last().map(|open| open.1));
                closings.nth((count as usize).checked_sub(1)?)
            }
            Due::WorkingTime(span) => {
                let mut left = us(span);
                for (from, until) in days.flat_map(|day| self.open_times(day)) {
                    let from = from.max(opened);
                    let open = until.us_since(from).max(0);
                    if left <= open {
                        return Some(LogTime(from.0 + left));
                    }
                    left -= open;
                }
                None
            }
        }
    }

    /// When it is open on a local day.
    fn open_times(&self, day: Date) -> Vec<(LogTime, LogTime)> {
        let (from, until) = (self.calendar.midnight(day), self.calendar.midnight(day.next()));
        let changes = self.hours.changes(self.calendar, from, until);
        let ends = changes.iter().skip(1).map(|change| change.0).chain([until]);
        let open = changes.iter().zip(ends).filter(|(change, _)| change.1);
        open.map(|(&(from, _), until)| (LogTime(from * US_PER_S), LogTime(until * US_PER_S))).collect()
    }
}

/// The people of all shifts of an office, from each instant at which one comes or goes, or begins or ends a break; `None` without shifts.
fn by_shift(
    of: &Office,
    scenario: &Scenario,
    calendar: &Calendar,
    span: (LogTime, LogTime),
) -> Option<Vec<(LogTime, i64)>> {
    let duties = Duties::new(&of.staffing_by_shifts(), scenario, calendar, span)?;
    let mut steps: BTreeMap<LogTime, i64> = BTreeMap::new();
    let mut step = |at: LogTime, more: i64| *steps.entry(at).or_default() += more;
    for (_, duties) in duties.people("") {
        for duty in duties {
            step(duty.from, 1);
            step(duty.to, -1);
            for pause in &duty.breaks {
                step(pause.due, -1);
                step(LogTime(pause.due.0 + pause.length_us), 1);
            }
        }
    }
    let mut people = 0;
    let counted = steps.into_iter().map(|(at, more)| {
        people += more;
        (at, people)
    });
    Some(counted.collect())
}

/// The heads of some days as rows of a table.
fn rows(day: &str, heads: &Heads) -> Vec<StaffingRow> {
    let row = |(start, heads): (Clock, u32)| StaffingRow { day: day.into(), start, heads };
    match heads {
        Heads::Constant(heads) => vec![row((Clock::from_s(0), *heads))],
        Heads::Bands(bands) => bands.iter().map(|(&start, &heads)| row((start, heads))).collect(),
        Heads::List(list) => {
            let part = 86_400 / (list.len() as u32).max(1);
            (0..).zip(list).map(|(place, &heads)| row((Clock::from_s(place * part), heads))).collect()
        }
    }
}
