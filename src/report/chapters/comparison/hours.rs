//! When and where a variant differs: the service level by weekday and hour, and by queue and hour.

use super::{REACH, Telling};
use crate::report::chart::{Axis, Chart, ChartKind, Heat};
use crate::report::document::Section;
use crate::report::language::{capital, readable};
use crate::report::saved::{Known, SavedHour, SavedVariant};

/// Names of charts, and so of how many variants there are any.
const BY_WEEKDAY: [&str; 4] =
    ["differences-by-hour-1", "differences-by-hour-2", "differences-by-hour-3", "differences-by-hour-4"];
const BY_QUEUE: [&str; 4] = [
    "differences-by-queue-hour-1",
    "differences-by-queue-hour-2",
    "differences-by-queue-hour-3",
    "differences-by-queue-hour-4",
];
const HOURS: usize = 24;
const DAYS: usize = 7;

/// The maps of the first variants.
pub(super) fn maps(tell: &Telling<'_>) -> Vec<Section> {
    let ids = BY_WEEKDAY.into_iter().zip(BY_QUEUE);
    let with_hours = tell.found.variants.iter().filter(|variant| !variant.hours.is_empty());
    let of = |((week, queue), variant): ((&'static str, &'static str), &SavedVariant)| {
        [Some(by_weekday(tell, week, variant)), by_queue(tell, queue, variant)]
    };
    ids.zip(with_hours).flat_map(of).flatten().map(Section::Chart).collect()
}

fn by_weekday(tell: &Telling<'_>, id: &'static str, variant: &SavedVariant) -> Chart {
    let of = |weekday: usize| {
        variant.hours.iter().filter(move |hour| hour.queue.is_none() && hour.weekday == Some(weekday))
    };
    let days: Vec<usize> = (0..DAYS).filter(|&weekday| of(weekday).next().is_some()).collect();
    let names = days.iter().map(|&weekday| capital(tell.language.weekday(weekday))).collect();
    let title = tell.text(
        "Difference in service level by weekday and hour",
        "Differenza di livello di servizio per giorno della settimana e ora",
    );
    let rows = days.iter().map(|&weekday| row(of(weekday))).collect();
    chart(tell, id, (title, variant), names, rows)
}

fn by_queue(tell: &Telling<'_>, id: &'static str, variant: &SavedVariant) -> Option<Chart> {
    let mut queues: Vec<&str> = Vec::new();
    for queue in variant.hours.iter().filter_map(|hour| hour.queue.as_deref()) {
        if !queues.contains(&queue) {
            queues.push(queue);
        }
    }
    let of = |queue: &&str| {
        let queue = queue.to_string();
        row(variant.hours.iter().filter(move |hour| hour.queue.as_deref() == Some(queue.as_str())))
    };
    let names = queues.iter().map(|queue| capital(&readable(queue))).collect();
    let title = tell.text(
        "Difference in service level by queue and hour",
        "Differenza di livello di servizio per coda e ora",
    );
    let rows = queues.iter().map(of).collect();
    (queues.len() > 1).then(|| chart(tell, id, (title, variant), names, rows))
}

/// The hours of a day; nothing where there is no data.
fn row<'a>(hours: impl Iterator<Item = &'a SavedHour>) -> Vec<Known> {
    let mut row = vec![Known::default(); HOURS];
    hours.for_each(|hour| row[hour.hour % HOURS] = hour.difference);
    row
}

fn chart(
    tell: &Telling<'_>,
    id: &'static str,
    (title, variant): (String, &SavedVariant),
    names: Vec<String>,
    rows: Vec<Vec<Known>>,
) -> Chart {
    let of = |number: fn(&Known) -> Option<f64>| -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().map(number).collect()).collect()
    };
    Chart {
        id,
        title: format!("{}: {title}", capital(&readable(&variant.name))),
        note: tell.text(
            "Points of per cent answered in time, variant less base. Only cells whose 95 % interval is all above or below 0 have a colour; among \
             so many a few may by chance. An empty cell has no data.",
            "Punti percentuali di risposte in tempo, variante meno base. Hanno colore solo le caselle il cui intervallo al 95 % è tutto sopra o \
             sotto lo 0; fra tante qualcuna può esserlo per caso. Una casella vuota non ha dati.",
        ),
        kind: ChartKind::Heat(Heat {
            rows: names,
            columns: (0..HOURS).map(|hour| format!("{hour:02}")).collect(),
            x_label: tell.text("hour of the day", "ora del giorno"),
            values: of(|known| known.mean),
            half_widths: of(|known| known.half_width),
            y: Axis::share(tell.text("difference in points", "differenza in punti")),
            middle: 0.0,
            reach: REACH,
            ends: (tell.text("worse", "peggio"), tell.text("better", "meglio")),
        }),
    }
}
