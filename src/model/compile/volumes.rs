//! How many first attempts each day brings: one volume, weighed by month and kind of day, times what is known of events.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::days::ByDay;
use super::events::Events;
use super::findings::{Findings, path};
use super::shapes::{MOST_WEIGHT, day_factors};
use super::timeline::Timeline;
use crate::calendar::{Date, DayKind};
use crate::diagnostic::Code;
use crate::scenario::{Arrivals, MonthWeights, Volume};

/// The highest volume that a process may name.
const MOST_VOLUME: f64 = 1e9;

/// What a process expects of a day, before the day's shape.
pub(super) struct DayVolumes<'t> {
    spread: Spread<'t>,
    weights: Weights,
    events: Events,
}

/// What the volume is, and over what it is spread.
enum Spread<'t> {
    /// So many an hour, day and night.
    PerHour(f64),
    /// So many on a day of weight 1.
    PerDay(f64),
    /// So many over each calendar year.
    Yearly(f64, Years<'t>),
}

/// What a day weighs against others.
struct Weights {
    months: [f64; 12],
    days: ByDay<f64>,
}

/// Sums of weights over calendar years, each taken once.
struct Years<'t> {
    timeline: &'t Timeline,
    /// Whether a year's volume counts what events bring.
    with_events: bool,
    sums: RefCell<BTreeMap<i16, f64>>,
}

impl<'t> DayVolumes<'t> {
    /// The volumes of a process; `None`, with a finding, where it gives none or several.
    pub(super) fn of(
        name: &str,
        of: &Arrivals,
        events: Events,
        timeline: &'t Timeline,
        findings: &mut Findings,
    ) -> Option<Self> {
        for (key, given) in [("growth", of.growth != 1.0), ("move_days", of.move_days != 0)] {
            if given {
                let message = format!("`{key}` is about a history, and there is none");
                findings.add(
                    Code::BAD_RATE,
                    path(&["arrivals", name, key]),
                    message,
                    format!("take `{key}` out"),
                );
            }
        }
        let weights = Weights::of(name, of, findings);
        let at = |key: &str| path(&["arrivals", name, key]);
        let volumes = [
            ("yearly", of.yearly.clone()),
            ("per_day", of.per_day.clone()),
            ("per_hour", of.per_hour.map(Volume::Number)),
            // Any volume spreads alike; the number comes after.
            ("exactly", of.exactly.map(|_| Volume::Number(1.0))),
        ];
        let mut given = volumes.into_iter().filter_map(|(key, volume)| Some((key, volume?)));
        let (Some((key, volume)), None) = (given.next(), given.next()) else {
            tell_not_one(name, of, findings);
            return None;
        };
        let Volume::Number(volume) = volume else {
            findings.add(
                Code::BAD_RATE,
                at(key),
                "its file has not been read in",
                "load the scenario from its file",
            );
            return None;
        };
        let volume = findings.number(&at(key), volume, 0.0..=MOST_VOLUME);
        if of.includes_events && key != "yearly" {
            let message = format!("a volume by `{key}` is that of days without events");
            findings.add(
                Code::BAD_RATE,
                at("includes_events"),
                message,
                "give it by `yearly`, or take this out",
            );
        }
        let spread = match key {
            "yearly" => Spread::Yearly(volume, Years::new(timeline, of.includes_events)),
            "per_day" | "exactly" => Spread::PerDay(volume),
            _ => {
                check_constant(name, of, findings);
                Spread::PerHour(volume)
            }
        };
        let volumes = DayVolumes { spread, weights, events };
        volumes.check_years(name, timeline, findings);
        Some(volumes)
    }

    /// Expected first attempts of a day that has 24 hours.
    pub(super) fn on(&self, date: Date, kind: DayKind) -> f64 {
        let usual = match &self.spread {
            Spread::PerHour(volume) => volume * 24.0,
            Spread::PerDay(volume) => volume * self.weights.on(date, kind),
            Spread::Yearly(volume, years) => {
                volume * self.weights.on(date, kind) / years.sum(date.year(), self)
            }
        };
        usual * self.events.volume(date)
    }

    /// Expected first attempts of every quarter-hour, where these are the same by definition.
    pub(super) fn constant(&self) -> Option<f64> {
        match self.spread {
            Spread::PerHour(volume) if !self.events.change_volume() => Some(volume / 4.0),
            _ => None,
        }
    }

    /// A year in which no day weighs anything has nowhere to put its volume.
    fn check_years(&self, name: &str, timeline: &Timeline, findings: &mut Findings) {
        let Spread::Yearly(volume, years) = &self.spread else { return };
        let mut run: Vec<i16> = timeline.begun().iter().map(|stretch| stretch.date.year()).collect();
        run.dedup();
        let weightless = |year: &i16| years.sum(*year, self) <= 0.0;
        if *volume > 0.0
            && let Some(year) = run.into_iter().find(weightless)
        {
            let message = format!("every day of {year} weighs 0, so that the year's contacts find no day");
            let help = "give a month and a kind of day a weight above 0; for no calls write `yearly = 0`";
            findings.add(Code::BAD_RATE, path(&["arrivals", name, "yearly"]), message, help);
        }
    }
}

impl<'t> Years<'t> {
    fn new(timeline: &'t Timeline, with_events: bool) -> Self {
        Years { timeline, with_events, sums: RefCell::default() }
    }

    /// What all days of a calendar year weigh together.
    fn sum(&self, year: i16, of: &DayVolumes<'_>) -> f64 {
        *self.sums.borrow_mut().entry(year).or_insert_with(|| {
            let calendar = &self.timeline.calendar;
            let weight = |date: Date| {
                let events = if self.with_events { of.events.volume(date) } else { 1.0 };
                of.weights.on(date, calendar.day_kind(date)) * events
            };
            days_of(year).map(weight).sum()
        })
    }
}

/// The days of a calendar year.
fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let first = Date::new(year, 1, 1);
    first.into_iter().flat_map(|first| first.days(366)).filter(move |date| date.year() == year)
}

impl Weights {
    fn of(name: &str, of: &Arrivals, findings: &mut Findings) -> Self {
        let empty = BTreeMap::new();
        let table = of.weekday.table().unwrap_or_else(|| {
            let at = path(&["arrivals", name, "weekday"]);
            findings.add(
                Code::BAD_RATE,
                at,
                "its file has not been read in",
                "load the scenario from its file",
            );
            &empty
        });
        Weights { months: months(name, &of.month, findings), days: day_factors(name, table, findings) }
    }

    fn on(&self, date: Date, kind: DayKind) -> f64 {
        self.months[date.month() as usize - 1] * self.days.on(date, kind).copied().unwrap_or(1.0)
    }
}

fn months(name: &str, of: &MonthWeights, findings: &mut Findings) -> [f64; 12] {
    let at = path(&["arrivals", name, "month"]);
    let mut weights = [1.0; 12];
    match of {
        MonthWeights::Table(table) => {
            for (weight, month) in weights.iter_mut().zip(MonthWeights::NAMES) {
                *weight = table.get(month).copied().unwrap_or(1.0);
            }
        }
        MonthWeights::List(list) => {
            if list.len() != 12 {
                let message = format!("{} weights are not 12, one a month", list.len());
                findings.add(Code::BAD_RATE, &at, message, "give one a month from January on");
            }
            weights.iter_mut().zip(list).for_each(|(weight, given)| *weight = *given);
        }
        MonthWeights::File(_) => {
            findings.add(
                Code::BAD_RATE,
                &at,
                "its file has not been read in",
                "load the scenario from its file",
            );
        }
    }
    weights.map(|weight| findings.number(&at, weight, 0.0..=MOST_WEIGHT))
}

fn tell_not_one(name: &str, of: &Arrivals, findings: &mut Findings) {
    let several = gives_volume(of);
    let message = if several { "a process gives two rates" } else { "a process gives no rate" };
    let help = "give `yearly`, `per_day`, `exactly`, `history`, `replay`, or `per_hour` for a constant rate";
    findings.add(Code::BAD_RATE, path(&["arrivals", name]), message, help);
}

/// Whether a volume is given besides a history.
fn gives_volume(of: &Arrivals) -> bool {
    of.yearly.is_some() || of.per_day.is_some() || of.per_hour.is_some() || of.exactly.is_some()
}

/// A history says when and how many, and needs no second volume and no weights.
pub(super) fn check_history_alone(name: &str, of: &Arrivals, findings: &mut Findings) {
    if gives_volume(of) {
        tell_not_one(name, of, findings);
    }
    let given = [
        ("day", of.day.is_some()),
        ("weekday", !of.weekday.is_empty()),
        ("month", !of.month.is_empty()),
        ("includes_events", of.includes_events),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("the history says when contacts come, so `{key}` says nothing");
        findings.add(Code::BAD_RATE, path(&["arrivals", name, key]), message, format!("take `{key}` out"));
    }
}

/// A constant rate has neither shape nor kinds of day.
fn check_constant(name: &str, of: &Arrivals, findings: &mut Findings) {
    let given =
        [("day", of.day.is_some()), ("weekday", !of.weekday.is_empty()), ("month", !of.month.is_empty())];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("`per_hour` is constant, so `{key}` says nothing");
        let help = format!("give the volume by `per_day`, or take `{key}` out");
        findings.add(Code::BAD_RATE, path(&["arrivals", name, key]), message, help);
    }
}
