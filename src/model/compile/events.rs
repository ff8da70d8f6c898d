//! Known events: how much more than usual each day brings, how much longer its talks are, and how many more try again.
//!
//! An event stands at a height from 0 to 1 on each day. Of several peaks of one event the nearest to its full height counts; different
//! events multiply.

use super::findings::{Findings, path};
use super::openings::hours;
use super::timeline::{Stretch, Timeline};
use crate::calendar::{Calendar, Date, Hours, Weekday};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EventFactors, Process};
use crate::scenario::{
    Affected, DayOff, Event, EventDay, EventShape, Scenario, UsualEvent, join, join_index,
};

/// The largest factor of an event.
const MOST_FACTOR: f64 = 1e3;

/// The events that apply to one arrival process.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    events: Vec<Ramps>,
}

/// An event as it is reckoned with.
#[derive(Clone, Debug)]
struct Ramps {
    peaks: Vec<Date>,
    before_days: f64,
    after_days: f64,
    shape: EventShape,
    volume: f64,
    service_time: f64,
    retrial: f64,
    /// When its volume counts; `None`: all day.
    hours: Option<Hours>,
}

/// A stretch of time, in unix seconds, in which a rate is so many times what it would be.
type Window = (i64, i64, f64);

impl Events {
    /// The events of a process: its own, and those at the top that name it or nobody.
    pub(super) fn of(
        scenario: &Scenario,
        process: &str,
        timeline: &Timeline,
        findings: &mut Findings,
    ) -> Self {
        let own = scenario.arrivals.get(process).into_iter().flat_map(|of| &of.events);
        let own = own.map(|(name, event)| (path(&["arrivals", process, "events", name]), event));
        let mut events: Vec<Ramps> = Vec::new();
        for (at, event) in own {
            if event.arrivals.is_some() {
                let message = format!("this event stands among those of \"{process}\" and so is its alone");
                let help = "take `arrivals` out, or move the event to [events.NAME]";
                findings.add(Code::BAD_EVENT, format!("{at}.arrivals"), message, help);
            }
            events.push(Ramps::of(event, 1.0, &at, timeline, findings));
        }
        for event in scenario.events.values() {
            // What is wrong with a shared event is told once, by `check_shared`.
            let unheard = &mut Findings::default();
            events.extend(part_of(event, process).map(|part| Ramps::of(event, part, "", timeline, unheard)));
        }
        Events { events }
    }

    /// Factor on the volume of a day, of those events that last all day.
    pub(super) fn volume(&self, date: Date) -> f64 {
        let all_day = self.events.iter().filter(|event| event.hours.is_none());
        all_day.map(|event| event.factor(event.volume, date)).product()
    }

    /// Factor on talk and hold of the needs that begin on a day.
    fn service_time(&self, date: Date) -> f64 {
        self.events.iter().map(|event| event.factor(event.service_time, date)).product()
    }

    /// Factor on the probability to try again of the needs that begin on a day.
    fn retrial(&self, date: Date) -> f64 {
        self.events.iter().map(|event| event.factor(event.retrial, date)).product()
    }

    /// Whether any changes the volume of whole days.
    pub(super) fn change_volume(&self) -> bool {
        self.events.iter().any(|event| event.volume != 1.0 && event.hours.is_none())
    }

    /// What those of some hours change, day by day.
    pub(super) fn windows(&self, stretches: &[Stretch], calendar: &Calendar) -> Vec<Window> {
        let mut windows = Vec::new();
        for event in self.events.iter().filter(|event| event.volume != 1.0) {
            let Some(hours) = &event.hours else { continue };
            for stretch in stretches {
                let times = event.factor(event.volume, stretch.date);
                if times == 1.0 {
                    continue;
                }
                let turns = hours.changes(calendar, stretch.start_unix_s, stretch.end_unix_s);
                let ends = turns.iter().skip(1).map(|&(until, _)| until).chain([stretch.end_unix_s]);
                let open = turns.iter().zip(ends).filter(|((_, open), _)| *open);
                windows.extend(open.map(|(&(from, _), until)| (from, until, times)));
            }
        }
        windows
    }
}

impl Ramps {
    /// As a process feels `part` of it.
    fn of(event: &Event, part: f64, at: &str, timeline: &Timeline, findings: &mut Findings) -> Self {
        let usual = event.kind.map_or(UsualEvent::PLAIN, |kind| kind.usual());
        let scale = findings.number(&join(at, "scale"), event.scale, 0.0..=MOST_FACTOR);
        let mut factor = |key: &str, given: Option<f64>, usual: f64, least: f64| {
            let factor = findings.number(&join(at, key), given.unwrap_or(usual), least..=MOST_FACTOR);
            (1.0 + (factor - 1.0) * scale * part).clamp(least, MOST_FACTOR)
        };
        let volume = factor("volume", event.volume, usual.volume, 0.0);
        let service_time = factor("service_time", event.service_time, usual.service_time, 1e-3);
        let retrial = factor("retrial", event.retrial, usual.retrial, 0.0);
        Ramps {
            peaks: peaks(event, event.on_day_off.unwrap_or(usual.on_day_off), at, timeline, findings),
            before_days: event.before_days.unwrap_or(usual.before_days).into(),
            after_days: event.after_days.unwrap_or(usual.after_days).into(),
            shape: event.shape.unwrap_or(usual.shape),
            volume,
            service_time,
            retrial,
            hours: hours(event.hours.as_deref(), &join(at, "hours"), findings),
        }
    }

    /// What a factor at the peak is on a day.
    fn factor(&self, at_peak: f64, date: Date) -> f64 {
        if at_peak == 1.0 { 1.0 } else { 1.0 + (at_peak - 1.0) * self.height(date) }
    }

    /// How far up the ramp a day is: 1 at a peak, 0 beyond the ramp's ends.
    fn height(&self, date: Date) -> f64 {
        let of_peak = |peak: &Date| {
            let days = peak.days_until(date) as f64;
            let ramp = if days < 0.0 { self.before_days } else { self.after_days };
            let rest = if days == 0.0 { 1.0 } else { 1.0 - days.abs() / ramp };
            match self.shape {
                EventShape::Straight => rest.max(0.0),
                EventShape::Late => rest.max(0.0) * rest.max(0.0),
                EventShape::Level => f64::from(u8::from(rest >= 0.0)),
            }
        };
        self.peaks.iter().map(of_peak).fold(0.0, f64::max)
    }
}

/// The days of an event's peak, in the years that the run touches and their neighbours.
fn peaks(
    event: &Event,
    on_day_off: DayOff,
    at: &str,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Date> {
    if event.peak.days().is_empty() {
        findings.add(Code::BAD_EVENT, join(at, "peak"), "the event has no day", "name a date");
    }
    let years = timeline.stretches.first().map(|first| first.date.year() - 1);
    let last = timeline.stretches.last().map(|last| last.date.year() + 1);
    let mut peaks = Vec::new();
    for day in event.peak.days() {
        match *day {
            EventDay::Date(date) => peaks.push(date),
            EventDay::EachYear(month, day) => {
                let years = years.unwrap_or(0)..=last.unwrap_or(-1);
                peaks.extend(years.filter_map(|year| Date::new(year, month, day)));
            }
        }
    }
    let calendar = &timeline.calendar;
    let moved = |peak: Date| working_day(calendar, peak, on_day_off).plus_days(event.move_days.into());
    peaks.into_iter().map(moved).collect()
}

/// The day to which one moves that is off.
fn working_day(calendar: &Calendar, date: Date, on_day_off: DayOff) -> Date {
    let step = match on_day_off {
        DayOff::Stays => return date,
        DayOff::Next => 1,
        DayOff::Before => -1,
    };
    let is_off =
        |date: Date| calendar.is_holiday(date) || matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    // A calendar in which a month has no working day has none to offer.
    (0..31).map(|days| date.plus_days(step * days)).find(|&date| !is_off(date)).unwrap_or(date)
}

/// The part of a shared event that a process feels, if any.
fn part_of(event: &Event, process: &str) -> Option<f64> {
    let Some(affected) = &event.arrivals else { return Some(1.0) };
    affected.parts().into_iter().find(|(name, _)| *name == process).map(|(_, part)| part)
}

/// Checks events at the top of the document, each once.
pub(super) fn check_shared(scenario: &Scenario, timeline: &Timeline, findings: &mut Findings) {
    for (name, event) in &scenario.events {
        let at = path(&["events", name]);
        Ramps::of(event, 1.0, &at, timeline, findings);
        let Some(affected) = &event.arrivals else { continue };
        for (i, (process, part)) in affected.parts().into_iter().enumerate() {
            let place = match affected {
                Affected::One(_) | Affected::Wholly(_) => join_index(&format!("{at}.arrivals"), i),
                Affected::Parts(_) => path(&["events", name, "arrivals", process]),
            };
            findings.number(&place, part, 0.0..=MOST_FACTOR);
            if !scenario.arrivals.contains_key(process) {
                let message = format!("no arrival process is named \"{process}\"");
                let finding = Diagnostic::new(Code::UNKNOWN_ARRIVALS, place, message);
                let known = scenario.arrivals.keys().map(String::as_str);
                findings.push(finding.with_candidates(process, "arrivals", known));
            }
        }
    }
}

/// What the events of each process change by day of the run: talk, and the probability to try again; `None` where no event changes any.
pub(super) fn by_day(
    scenario: &Scenario,
    processes: &[Process],
    timeline: &Timeline,
) -> (Option<EventFactors>, Option<EventFactors>) {
    let events: Vec<Events> = processes.iter().map(|process| met_by(process, scenario, timeline)).collect();
    (factors(&events, timeline, Events::service_time), factors(&events, timeline, Events::retrial))
}

/// The events that a process meets: who is split off meets those of whom it is split off from.
fn met_by(process: &Process, scenario: &Scenario, timeline: &Timeline) -> Events {
    let from = scenario.arrivals.get(&process.name).and_then(|of| of.from.as_deref());
    Events::of(scenario, from.unwrap_or(&process.name), timeline, &mut Findings::default())
}

fn factors(
    of_processes: &[Events],
    timeline: &Timeline,
    on: impl Fn(&Events, Date) -> f64,
) -> Option<EventFactors> {
    let first_day = timeline.cell_dates().first()?.day;
    let mut days: Vec<Date> = timeline.stretches.iter().map(|stretch| stretch.date).collect();
    days.dedup();
    let by_day = |events: &Events| -> Vec<f64> {
        let factors: Vec<f64> = days.iter().map(|&date| on(events, date)).collect();
        if factors.iter().all(|&times| times == 1.0) { Vec::new() } else { factors }
    };
    let by_process: Vec<Vec<f64>> = of_processes.iter().map(by_day).collect();
    let any = by_process.iter().any(|factors| !factors.is_empty());
    any.then_some(EventFactors { first_day, by_process })
}
