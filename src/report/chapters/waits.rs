//! How long contacts waited, and the queues.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Chart, ChartKind, Lines, Series};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::{capital, readable};
use crate::report::saved::Waits;

/// Curves beside that of the whole: of the largest queues.
const MOST_QUEUES: usize = 4;
/// Parts of the curve: waits from 0 to where few are left.
const STEPS: usize = 60;
/// The curve ends where no more than this part is left.
const TAIL: f64 = 0.02;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    vec![
        tell.heading("waits", "Waits", "Attese"),
        Section::Chart(distribution(tell)),
        Section::Grid(queues(tell)),
    ]
}

fn distribution(tell: &Telling<'_>) -> Chart {
    let whole = tell.run.waits.iter().find(|waits| waits.scope_kind == "whole");
    let last = whole.map_or(0.0, |waits| at_part(waits, 1.0 - TAIL)).max(1.0);
    let x: Vec<f64> = (0..=STEPS).map(|step| last * step as f64 / STEPS as f64).collect();
    let curve = |waits: &Waits, name: String| Series {
        name,
        y: x.iter().map(|&wait| Some(1.0 - part_at(waits, wait))).collect(),
        ..Series::default()
    };
    let mut series: Vec<Series> =
        whole.iter().map(|waits| curve(waits, tell.text("all contacts", "tutti i contatti"))).collect();
    let largest = tell.largest_first(ScopeKind::Queue, "offered", Basis::Leg);
    if largest.len() > 1 {
        let of_queue = |queue: &&str| {
            tell.run.waits.iter().find(|waits| waits.scope_kind == "queue" && waits.scope == **queue)
        };
        let queues = largest.iter().take(MOST_QUEUES).filter_map(of_queue);
        series.extend(queues.map(|waits| curve(waits, capital(&readable(&waits.scope)))));
    }
    let step = nice(last / 6.0);
    let marks = (0..).map(|mark| f64::from(mark) * step).take_while(|&at| at <= last);
    Chart {
        id: "waits",
        title: tell.text("Who still waits after how long", "Chi attende ancora dopo quanto"),
        note: tell.text(
            "The part of contacts whose wait is longer, whether it ended with an answer or not; at 0 it is those who waited at all.",
            "La parte dei contatti la cui attesa è più lunga, finisca o no con una risposta; a 0 è chi ha atteso del tutto.",
        ),
        kind: ChartKind::Lines(Lines {
            ticks: marks.map(|at| (at, tell.language.duration(at))).collect(),
            labels: x.iter().map(|&at| tell.language.value(Unit::Seconds, Some(at), None)).collect(),
            x,
            x_label: tell.text("wait", "attesa"),
            y: Axis::share(tell.text("still waiting", "ancora in attesa")),
            y_domain: (Some(0.0), None),
            series,
            rule: None,
            gap: None,
            steps: false,
        }),
    }
}

/// The wait that this part of all does not exceed.
fn at_part(waits: &Waits, part: f64) -> f64 {
    waits.quantiles.iter().find(|quantile| quantile.0 >= part).map_or(0.0, |quantile| quantile.1)
}

/// The part of all that waited no longer, between the quantiles that are kept.
fn part_at(waits: &Waits, wait: f64) -> f64 {
    let after = waits.quantiles.iter().position(|quantile| quantile.1 > wait);
    match after {
        None => 1.0,
        Some(0) => 0.0,
        Some(after) => {
            let ((p0, w0), (p1, w1)) = (waits.quantiles[after - 1], waits.quantiles[after]);
            p0 + (p1 - p0) * (wait - w0) / (w1 - w0)
        }
    }
}

/// A step of 1, 2, 5, 10, 15, 20, 30, 60 ... seconds that is at least so long.
fn nice(at_least: f64) -> f64 {
    let steps = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0];
    steps.into_iter().find(|&step| step >= at_least).unwrap_or(at_least)
}

fn queues(tell: &Telling<'_>) -> Grid {
    let kind = ScopeKind::Queue;
    let columns = tell.say(
        ["queue", "offered", "service level", "speed of answer", "wait p90", "longest wait", "abandoned"],
        [
            "coda",
            "offerti",
            "livello di servizio",
            "attesa media",
            "attesa p90",
            "attesa massima",
            "abbandonati",
        ],
    );
    let level = if tell.find(&tell.run.formula, Basis::Leg, kind, first(tell)).is_some() {
        tell.run.formula.as_str()
    } else {
        "answered_over_offered"
    };
    let row = |queue: &str| {
        let datum = |measure: &str| tell.datum(measure, Basis::Leg, kind, queue);
        vec![
            name(queue),
            datum("offered"),
            datum(level),
            datum("speed_of_answer"),
            datum("wait_p90"),
            Datum::number(Unit::Seconds, tell.mean("wait_max", Basis::Leg, kind, queue)),
            datum("abandonment"),
        ]
    };
    Grid {
        id: "queues",
        title: tell.text("Queues", "Code"),
        columns: columns.map(String::from).into(),
        rows: tell.largest_first(kind, "offered", Basis::Leg).into_iter().map(row).collect(),
        foot: Some(format!(
            "{} {level}",
            tell.say(
                "Service level of stays in the queue, by",
                "Livello di servizio delle permanenze in coda, secondo"
            )
        )),
    }
}

fn first<'a>(tell: &Telling<'a>) -> &'a str {
    tell.run.scopes(ScopeKind::Queue).first().copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_waited_is_read_between_quantiles() {
        let quantiles = vec![(0.0, 0.0), (0.5, 0.0), (0.9, 40.0), (1.0, 100.0)];
        let waits = Waits { quantiles, ..Waits::default() };
        assert_eq!(part_at(&waits, 0.0), 0.5);
        assert!((part_at(&waits, 20.0) - 0.7).abs() < 1e-12);
        assert_eq!([part_at(&waits, 100.0), at_part(&waits, 0.9)], [1.0, 40.0]);
        assert_eq!([nice(0.2), nice(11.0), nice(9000.0)], [1.0, 15.0, 9000.0]);
    }
}
