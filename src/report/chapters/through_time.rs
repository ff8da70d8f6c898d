//! The service level through time: by quarter-hour with what was promised, by hour and weekday, by day.

use super::shared::Telling;
use crate::report::chart::{Axis, Chart, ChartKind, Heat, Lines, Rule, Series};
use crate::report::document::Section;
use crate::report::language::{Language, capital, readable};
use crate::report::saved::{CurvePoint, DayPoint};

const HOURS: usize = 24;
/// How far from what was promised a heat map's colours are full.
const REACH: f64 = 0.15;
/// Days with fewer contacts than this part of the mean are not drawn by hour: a handful says nothing.
const FEW: f64 = 0.02;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections =
        vec![tell.heading("service", "Service level through time", "Livello di servizio nel tempo")];
    sections.push(Section::Chart(by_period(tell)));
    if tell.run.days.len() > 1 {
        sections.push(Section::Chart(by_day(tell)));
    }
    if weekdays(tell).len() > 1 {
        sections.push(Section::Chart(by_weekday(tell)));
    }
    sections.push(Section::Chart(by_queue(tell)));
    sections
}

/// Where a point of the curve stands, in hours from the start.
pub(super) fn hour_of(point: &CurvePoint) -> f64 {
    f64::from(point.day) * HOURS as f64 + f64::from(point.second) / 3600.0
}

/// `Monday 08:15`, or `08:15` of a single day, at so many hours from the start.
pub(super) fn clock(tell: &Telling<'_>, hour: f64) -> String {
    let minutes = (hour * 60.0).round() as usize;
    let (day, minute) = (minutes / (HOURS * 60), minutes % (HOURS * 60));
    let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
    let first = tell.run.curve.points.first().map_or(0, |point| point.weekday);
    if tell.run.about.days == 1 { clock } else { format!("{} {clock}", tell.language.weekday(first + day)) }
}

/// Marks on the axis of time: clocks of a day, or the days.
pub(super) fn ticks(tell: &Telling<'_>) -> Vec<(f64, String)> {
    let points = &tell.run.curve.points;
    let last = points.last().map_or(0, |point| point.day);
    if last == 0 {
        return (0..=HOURS).step_by(3).map(|hour| (hour as f64, format!("{hour:02}:00"))).collect();
    }
    let mut days: Vec<(f64, String)> = Vec::new();
    for point in points.iter().filter(|point| point.second == 0) {
        let name = tell.language.short_weekday(point.weekday);
        days.push((f64::from(point.day) * HOURS as f64 + HOURS as f64 / 2.0, name));
    }
    days.dedup();
    days
}

/// What the axis of time is called.
pub(super) fn time_label(tell: &Telling<'_>) -> String {
    if tell.run.curve.usual_week {
        return tell.text("usual week", "settimana tipica");
    }
    format!("{} ({})", tell.say("local time", "ora locale"), tell.run.about.time_zone)
}

/// `quarter-hour`, or so many minutes.
pub(super) fn period_name(tell: &Telling<'_>) -> String {
    let minutes = tell.run.about.period_s / 60.0;
    match (minutes == 15.0, tell.language) {
        (true, Language::English) => "quarter-hour".into(),
        (true, Language::Italian) => "quarto d'ora".into(),
        (false, Language::English) => format!("period of {minutes} minutes"),
        (false, Language::Italian) => format!("periodo di {minutes} minuti"),
    }
}

/// The service level of each period with its interval; of a usual week by the hour, since quarter-hours of a week say little each.
fn by_period(tell: &Telling<'_>) -> Chart {
    let points = &tell.run.curve.points;
    let usual_week = tell.run.curve.usual_week;
    let (x, series) = if usual_week {
        usual_hours(tell)
    } else {
        (points.iter().map(hour_of).collect(), with_interval(tell))
    };
    let lines = Lines {
        labels: x.iter().map(|&hour| clock(tell, hour)).collect(),
        x,
        x_label: time_label(tell),
        ticks: ticks(tell),
        y: Axis::share(capital(&tell.in_time())),
        y_domain: (Some(0.0), Some(1.0)),
        series: vec![series],
        rule: rule(tell),
        gap: None,
        steps: false,
    };
    let period = if usual_week {
        tell.text("hour of the usual week", "ora della settimana tipica")
    } else {
        period_name(tell)
    };
    Chart {
        id: "service-level",
        title: match tell.language {
            Language::English => format!("Service level by {period}"),
            Language::Italian => format!("Livello di servizio per {period}"),
        },
        note: if usual_week {
            tell.text(
                "Means of all weeks; a gap is an hour without contacts.",
                "Medie di tutte le settimane; un vuoto è un'ora senza contatti.",
            )
        } else {
            tell.text(
                "The band is how well the mean of a period is known; a gap is a period without contacts.",
                "La fascia dice quanto è nota la media di un periodo; un vuoto è un periodo senza contatti.",
            )
        },
        kind: ChartKind::Lines(lines),
    }
}

fn with_interval(tell: &Telling<'_>) -> Series {
    let points = &tell.run.curve.points;
    Series {
        name: tell
            .text("service level, with its 95 % interval", "livello di servizio, con intervallo al 95 %"),
        y: points.iter().map(|point| point.level.mean).collect(),
        low: points.iter().map(|point| point.level.low).collect(),
        high: points.iter().map(|point| point.level.high).collect(),
    }
}

fn usual_hours(tell: &Telling<'_>) -> (Vec<f64>, Series) {
    let hours = || (0..7).flat_map(|day| (0..HOURS).map(move |hour| (day, hour)));
    let series = Series {
        name: tell.text("service level", "livello di servizio"),
        y: hours().map(|(day, hour)| level_at(tell, day, hour)).collect(),
        ..Series::default()
    };
    (hours().map(|(day, hour)| (day * HOURS + hour) as f64).collect(), series)
}

fn rule(tell: &Telling<'_>) -> Option<Rule> {
    tell.promised().map(|at| Rule { at, name: tell.promise_name(at) })
}

fn by_day(tell: &Telling<'_>) -> Chart {
    let days: Vec<&DayPoint> = tell.run.days.iter().collect();
    let dates: Vec<&str> = days.iter().map(|day| day.date.as_str()).collect();
    let ticks = day_ticks(tell, &dates);
    let series = Series {
        name: tell.text("service level of the day", "livello di servizio del giorno"),
        y: days.iter().map(|day| day.level.mean).collect(),
        ..Series::default()
    };
    let lines = Lines {
        x: (0..days.len()).map(|day| day as f64).collect(),
        labels: dates.iter().map(|date| tell.language.date(date)).collect(),
        x_label: tell.text("day", "giorno"),
        ticks,
        y: Axis::share(capital(&tell.in_time())),
        y_domain: (Some(0.0), Some(1.0)),
        series: vec![series],
        rule: rule(tell),
        gap: None,
        steps: false,
    };
    Chart {
        id: "service-level-by-day",
        title: tell.text("Service level by day", "Livello di servizio per giorno"),
        note: tell.text("Means over the replications.", "Medie delle repliche."),
        kind: ChartKind::Lines(lines),
    }
}

/// The first days of months, or some ten days.
pub(super) fn day_ticks(tell: &Telling<'_>, dates: &[&str]) -> Vec<(f64, String)> {
    let months = dates.iter().enumerate().filter(|(_, date)| date.ends_with("-01"));
    let months: Vec<(f64, String)> =
        months.map(|(index, date)| (index as f64, tell.language.short_date(date))).collect();
    if months.len() >= 4 {
        return months;
    }
    let step = dates.len().div_ceil(10).max(1);
    let some = dates.iter().enumerate().step_by(step);
    some.map(|(index, date)| (index as f64, tell.language.short_date(date))).collect()
}

/// The weekdays that there are, from Monday on.
fn weekdays(tell: &Telling<'_>) -> Vec<usize> {
    (0..7).filter(|&day| tell.run.curve.points.iter().any(|point| point.weekday == day)).collect()
}

/// Sums of a weekday and an hour: contacts answered in time, and contacts.
fn level_at(tell: &Telling<'_>, weekday: usize, hour: usize) -> Option<f64> {
    let here = |point: &&CurvePoint| point.weekday == weekday && point.second as usize / 3600 == hour;
    let (mut in_time, mut all) = (0.0, 0.0);
    for point in tell.run.curve.points.iter().filter(here) {
        if let (Some(level), Some(offered)) = (point.level.mean, point.offered) {
            in_time += level * offered;
            all += offered;
        }
    }
    (all > 0.0).then(|| in_time / all)
}

fn heat(tell: &Telling<'_>, rows: Vec<String>, values: Vec<Vec<Option<f64>>>) -> Heat {
    let promised = tell.promised();
    Heat {
        rows,
        columns: (0..HOURS).map(|hour| format!("{hour:02}")).collect(),
        x_label: tell.text("hour of the day", "ora del giorno"),
        values,
        half_widths: Vec::new(),
        y: Axis::share(capital(&tell.in_time())),
        middle: promised.unwrap_or(0.8),
        reach: REACH,
        ends: match (promised, tell.language) {
            (Some(_), Language::English) => ("below what was promised".into(), "above".into()),
            (Some(_), Language::Italian) => ("sotto la promessa".into(), "sopra".into()),
            (None, Language::English) => ("below 80 %".into(), "above".into()),
            (None, Language::Italian) => ("sotto l'80 %".into(), "sopra".into()),
        },
    }
}

fn by_weekday(tell: &Telling<'_>) -> Chart {
    let days = weekdays(tell);
    let row = |&day: &usize| (0..HOURS).map(|hour| level_at(tell, day, hour)).collect();
    let names = days.iter().map(|&day| capital(tell.language.weekday(day))).collect();
    Chart {
        id: "service-level-by-weekday",
        title: tell.text("Service level by weekday and hour", "Livello di servizio per giorno della settimana e ora"),
        note: tell.text(
            "Per cent of contacts. Means of quarter-hours, each counting as much as was offered in it; an empty cell has no contacts.",
            "Percentuale dei contatti. Medie dei periodi, pesate per i contatti offerti; una casella vuota non ha contatti.",
        ),
        kind: ChartKind::Heat(heat(tell, names, days.iter().map(row).collect())),
    }
}

fn by_queue(tell: &Telling<'_>) -> Chart {
    let mut queues: Vec<_> = tell.run.queue_hours.iter().collect();
    let volume = |hours: &crate::report::saved::QueueHours| hours.offered.iter().sum::<f64>();
    queues.sort_by(|a, b| volume(b).total_cmp(&volume(a)));
    let row = |hours: &&crate::report::saved::QueueHours| -> Vec<Option<f64>> {
        let few = FEW * volume(hours) / HOURS as f64;
        let pairs = hours.in_time.iter().zip(&hours.offered);
        pairs.map(|(&in_time, &offered)| (offered > few).then(|| in_time / offered)).collect()
    };
    let names = queues.iter().map(|hours| capital(&readable(&hours.queue))).collect();
    Chart {
        id: "service-level-by-queue",
        title: tell.text("Service level by queue and hour", "Livello di servizio per coda e ora"),
        note: tell.text(
            "Per cent of stays in the queue that were answered in time. An empty cell has next to no contacts.",
            "Percentuale delle permanenze in coda con risposta in tempo. Una casella vuota è quasi senza contatti.",
        ),
        kind: ChartKind::Heat(heat(tell, names, queues.iter().map(row).collect())),
    }
}
