//! Counters as the audit reads them: when they are open, who is at the desks, which slots there are, how far it is.

use std::collections::BTreeMap;

use super::heads::HeadsOverTime;
use super::plan::us;
use super::switch::Switch;
use crate::calendar::{Calendar, Date, Hours};
use crate::log::LogTime;
use crate::scenario::{Booking, Counter, Scenario, Service, Shift, Staffing};

const US_PER_S: i64 = 1_000_000;

/// A counter.
#[derive(Clone, Debug)]
pub struct CounterPlan<'a> {
    pub of: &'a Counter,
    pub doors: Switch,
    hours: Hours,
    clerks: Option<HeadsOverTime>,
    shifts: Vec<(&'a Shift, u32)>,
    calendar: &'a Calendar,
    begins: LogTime,
    horizon: LogTime,
}

impl<'a> CounterPlan<'a> {
    pub fn new(
        of: &'a Counter,
        hours: Hours,
        scenario: &'a Scenario,
        calendar: &'a Calendar,
        (begins, horizon): (LogTime, LogTime),
    ) -> Self {
        let heads = of.clerks.clone().map(|clerks| {
            let staffing = Staffing { heads: Some(clerks), ..Staffing::default() };
            HeadsOverTime::new(&staffing, calendar, begins, horizon)
        });
        let shifts =
            of.shifts.iter().filter_map(|(name, &people)| Some((scenario.shifts.get(name)?, people)));
        CounterPlan {
            of,
            doors: Switch::of_hours(&hours, calendar, begins, horizon),
            hours,
            clerks: heads,
            shifts: shifts.collect(),
            calendar,
            begins,
            horizon,
        }
    }

    /// Whether visitors are let in.
    pub fn is_open(&self, at: LogTime) -> bool {
        self.begins <= at && at < self.horizon && self.doors.is_open(at)
    }

    /// How many can be served at once; while it is closed as many as just before it closed.
    pub fn served_at_once(&self, at: LogTime) -> i64 {
        let at = at.min(LogTime(self.horizon.0 - 1));
        if at < self.begins {
            return 0;
        }
        if self.doors.is_open(at) {
            return self.clerks_at(at).min(self.of.desks.into());
        }
        let closed = self.doors.turns().take_while(|&turn| turn <= at).last();
        closed.map_or(0, |closed| self.clerks_at(LogTime(closed.0 - 1)).min(self.of.desks.into()))
    }

    fn clerks_at(&self, at: LogTime) -> i64 {
        match &self.clerks {
            Some(clerks) => clerks.at(at).into(),
            None if self.shifts.is_empty() => self.of.desks.into(),
            None => self.shifts.iter().map(|&(shift, people)| self.of_shift(shift, people, at)).sum(),
        }
    }

    /// Those of a shift who are there: by person, on the shift of today or of yesterday, and on no break.
    fn of_shift(&self, shift: &Shift, people: u32, at: LogTime) -> i64 {
        let today = self.calendar.local(at.unix_s()).date;
        let there = |date: Date, person: u32| {
            let on = |clock: crate::calendar::Clock, later: bool| {
                let date = if later { date.next() } else { date };
                LogTime(self.calendar.instant(date, clock.as_s()) * US_PER_S)
            };
            let (start, end) = (on(shift.start, false), on(shift.end, shift.end <= shift.start));
            let away = shift.breaks.values().any(|pause| {
                let wave = i64::from(person % pause.waves.max(1));
                let every = us(pause.every.unwrap_or(pause.length));
                let from = on(pause.from, pause.from < shift.start).0 + wave * every;
                (from..from + us(pause.length)).contains(&at.0)
            });
            start <= at && at < end && !away
        };
        let days = [today, today.plus_days(-1)];
        let count = |date: Date| (0..people).filter(|&person| there(date, person)).count() as i64;
        days.into_iter().map(count).sum()
    }

    /// Instants at which something may change.
    pub fn changes(&self) -> impl Iterator<Item = LogTime> {
        let clerks = self.clerks.iter().flat_map(HeadsOverTime::changes);
        self.doors.turns().chain(clerks).chain([self.begins])
    }

    /// When a visitor who sets out at `asked` can enter; `None`: not before the horizon.
    pub fn lets_in(&self, asked: LogTime) -> Option<LogTime> {
        if self.is_open(asked) {
            return Some(asked);
        }
        let opens = self.doors.turns().find(|&turn| turn > asked && self.doors.is_open(turn));
        opens.filter(|&at| at < self.horizon)
    }

    /// The slots of a booking from time zero, `from`, up to a local date.
    pub fn slots(&self, booking: &Booking, from: LogTime, last: Date) -> Vec<LogTime> {
        let booked = Hours::parse(booking.hours.as_deref().unwrap_or("always"));
        let Ok(booked) = booked else { return Vec::new() };
        let slot_s = us(booking.slot) / US_PER_S;
        // Slots are counted from the opening on, or from time zero where it was open for all the day before.
        let zero = from.unix_s();
        let yesterday = self.calendar.local(zero).date.plus_days(-1);
        let (start, end) = (self.calendar.midnight(yesterday), self.calendar.midnight(last.next()));
        let (open, booked) =
            (self.hours.changes(self.calendar, start, end), booked.changes(self.calendar, start, end));
        let on = |changes: &[(i64, bool)], at: i64| {
            changes.iter().take_while(|change| change.0 <= at).last().is_some_and(|change| change.1)
        };
        let mut instants: Vec<i64> = open.iter().chain(&booked).map(|change| change.0).chain([end]).collect();
        instants.sort_unstable();
        instants.dedup();
        let (mut slots, mut at, mut until) = (Vec::new(), start, start);
        for pair in instants.windows(2).filter(|pair| on(&open, pair[0]) && on(&booked, pair[0])) {
            if pair[0] != until || at == start {
                at = if pair[0] == start { zero } else { pair[0] };
            }
            until = pair[1];
            while at + slot_s <= until {
                if at >= zero {
                    slots.push(LogTime(at * US_PER_S));
                }
                at += slot_s;
            }
        }
        slots
    }
}

/// How many days ahead a day is booked: the last local date that can be.
pub fn last_day(calendar: &Calendar, booking: &Booking, asked: LogTime) -> Date {
    let today = calendar.local(asked.unix_s()).date;
    let monday = Date::new(1970, 1, 5).unwrap_or(today);
    let since = monday.days_until(today).rem_euclid(i64::from(booking.released_every_days.max(1)));
    today.plus_days(i64::from(booking.horizon_days) - since)
}

/// The local date on which the slots of a day are released: the first from which on it is within the horizon.
pub fn released_on(booking: &Booking, day: Date) -> Date {
    let least = day.plus_days(-i64::from(booking.horizon_days));
    let every = i64::from(booking.released_every_days.max(1));
    let monday = Date::new(1970, 1, 5).unwrap_or(least);
    least.plus_days((-monday.days_until(least)).rem_euclid(every))
}

/// Visits that a slot of a counter is booked for at most.
pub fn places(booking: &Booking, counter: &str) -> i64 {
    let room = *booking.per_slot_at.get(counter).unwrap_or(&booking.per_slot);
    (f64::from(room) * booking.overbooking + 1e-9).floor() as i64
}

/// Metres from a district to a counter; 0 where there are no districts.
pub fn metres(scenario: &Scenario, district: Option<&str>, counter: &str) -> i64 {
    let to = scenario.counters.get(counter).and_then(|of| of.district.as_deref());
    let (Some(from), Some(to)) = (district, to) else { return 0 };
    let of = |name: &str| scenario.districts.get(name);
    let km = |a: &str, b: &str| of(a).and_then(|of| of.km.get(b)).copied();
    let flown = || {
        let (a, b) = (of(from)?.at?, of(to)?.at?);
        let [east, north] = [a[0] - b[0], a[1] - b[1]];
        Some((east * east + north * north).sqrt())
    };
    let own = (from == to).then_some(0.0);
    let known = km(from, to).or_else(|| km(to, from)).or(own).or_else(flown);
    (known.unwrap_or(0.0) * 1000.0).round() as i64
}

/// The part of a profile's citizens who live in a district.
pub fn share_of(scenario: &Scenario, profile: Option<&str>, district: &str) -> f64 {
    let own: Option<&BTreeMap<String, f64>> =
        profile.and_then(|profile| scenario.profiles.get(profile)).map(|of| &of.districts);
    match own.filter(|own| !own.is_empty()) {
        Some(own) => own.get(district).copied().unwrap_or(0.0),
        None => scenario.districts.get(district).map_or(0.0, |of| of.share),
    }
}

/// The probabilities of a service's next tries after one that ended so: (walk in, book, call), and the most tries.
pub fn next_after(service: &Service, end: crate::log::VisitEndName) -> Option<([f64; 3], u32)> {
    use crate::log::VisitEndName as End;
    let next = match end {
        End::Full | End::Declined => service.after_decline.as_ref(),
        End::GaveUp | End::SentAway => service.after_leaving.as_ref(),
        End::NoShow => service.after_no_show.as_ref(),
        End::Cancelled => service.after_cancellation.as_ref(),
        End::Unresolved => service.after_unresolved.as_ref(),
        End::Resolved | End::Open => None,
    };
    next.map(|next| ([next.walk_in, next.book, next.call], next.at_most))
}
