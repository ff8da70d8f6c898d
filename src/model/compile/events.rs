//! Known events: how much more than usual each day brings, and how much longer its talks are.
//!
//! A ramp rises linearly from 1 on its first day to the peak and falls as it rose. Of several peaks of one event the
//! nearest to its full height counts; different events multiply.

use super::findings::{Findings, path};
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EventTalk, Process};
use crate::scenario::{Event, Scenario, join_index};

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
    volume: f64,
    service_time: f64,
}

impl Events {
    /// The events of a process: its own, and those at the top that name it or nobody.
    pub(super) fn of(scenario: &Scenario, process: &str, findings: &mut Findings) -> Self {
        let own = scenario.arrivals.get(process).into_iter().flat_map(|of| &of.events);
        let own = own.map(|(name, event)| (path(&["arrivals", process, "events", name]), event));
        let mut events: Vec<Ramps> = Vec::new();
        for (at, event) in own {
            if event.arrivals.is_some() {
                let message = format!("this event stands among those of \"{process}\" and so is its alone");
                let help = "take `arrivals` out, or move the event to [events.NAME]";
                findings.add(Code::BAD_EVENT, format!("{at}.arrivals"), message, help);
            }
            events.push(Ramps::of(event, &at, findings));
        }
        let shared = scenario.events.iter().filter(|(_, event)| applies(event, process));
        // What is wrong with a shared event is told once, by `check_shared`.
        events.extend(shared.map(|(_, event)| Ramps::of(event, "", &mut Findings::default())));
        Events { events }
    }

    /// Factor on the volume of a day.
    pub(super) fn volume(&self, date: Date) -> f64 {
        self.events.iter().map(|event| 1.0 + (event.volume - 1.0) * event.height(date)).product()
    }

    /// Factor on talk and hold of the needs that begin on a day.
    fn service_time(&self, date: Date) -> f64 {
        self.events.iter().map(|event| 1.0 + (event.service_time - 1.0) * event.height(date)).product()
    }

    /// Whether any changes the volume.
    pub(super) fn change_volume(&self) -> bool {
        self.events.iter().any(|event| event.volume != 1.0)
    }
}

impl Ramps {
    fn of(event: &Event, at: &str, findings: &mut Findings) -> Self {
        let peaks = event.peak.dates().to_vec();
        if peaks.is_empty() {
            findings.add(Code::BAD_EVENT, format!("{at}.peak"), "the event has no day", "name a date");
        }
        Ramps {
            peaks,
            before_days: event.before_days.into(),
            after_days: event.after_days.into(),
            volume: findings.number(&format!("{at}.volume"), event.volume, 0.0..=MOST_FACTOR),
            service_time: findings.number(
                &format!("{at}.service_time"),
                event.service_time,
                1e-3..=MOST_FACTOR,
            ),
        }
    }

    /// How far up the ramp a day is: 1 at a peak, 0 from the ramp's ends on.
    fn height(&self, date: Date) -> f64 {
        let of_peak = |peak: &Date| {
            let days = peak.days_until(date) as f64;
            let ramp = if days < 0.0 { self.before_days } else { self.after_days };
            if days == 0.0 { 1.0 } else { (1.0 - days.abs() / ramp).max(0.0) }
        };
        self.peaks.iter().map(of_peak).fold(0.0, f64::max)
    }
}

fn applies(event: &Event, process: &str) -> bool {
    event.arrivals.as_ref().is_none_or(|named| named.names().iter().any(|name| name == process))
}

/// Checks events at the top of the document, each once.
pub(super) fn check_shared(scenario: &Scenario, findings: &mut Findings) {
    for (name, event) in &scenario.events {
        let at = path(&["events", name]);
        Ramps::of(event, &at, findings);
        let named = event.arrivals.as_ref().map_or(&[][..], |named| named.names());
        for (i, process) in
            named.iter().enumerate().filter(|(_, process)| !scenario.arrivals.contains_key(*process))
        {
            let finding = Diagnostic::new(
                Code::UNKNOWN_ARRIVALS,
                join_index(&format!("{at}.arrivals"), i),
                format!("no arrival process is named \"{process}\""),
            );
            let known = scenario.arrivals.keys().map(String::as_str);
            findings.push(finding.with_candidates(process, "arrivals", known));
        }
    }
}

/// Factors on talk by process and day of the run; `None` where no event changes any.
pub(super) fn event_talk(
    scenario: &Scenario,
    processes: &[Process],
    timeline: &Timeline,
) -> Option<EventTalk> {
    let first_day = timeline.cell_dates().first()?.day;
    let by_day = |process: &Process| -> Vec<f64> {
        // Who is split off meets the events of those whom it is split off from.
        let from = scenario.arrivals.get(&process.name).and_then(|of| of.from.as_deref());
        let events = Events::of(scenario, from.unwrap_or(&process.name), &mut Findings::default());
        if events.events.iter().all(|event| event.service_time == 1.0) {
            return Vec::new();
        }
        let mut days: Vec<Date> = timeline.stretches.iter().map(|stretch| stretch.date).collect();
        days.dedup();
        days.into_iter().map(|date| events.service_time(date)).collect()
    };
    let by_process: Vec<Vec<f64>> = processes.iter().map(by_day).collect();
    let any = by_process.iter().flatten().any(|&times| times != 1.0);
    any.then_some(EventTalk { first_day, by_process })
}
