//! Expected first attempts by cell: volume, kind of day and shape of the day laid over the run's wall clock.

use super::days::unroll;
use super::findings::{Findings, path};
use super::shapes::{day_factors, shapes};
use super::timeline::Timeline;
use crate::calendar::QUARTER_HOUR_S;
use crate::diagnostic::Code;
use crate::model::UnevenCell;
use crate::scenario::Arrivals;
use crate::time::US_PER_S;

/// Expected contacts of a quarter-hour from an instant (unix seconds) until the next entry's.
type Rates = Vec<(i64, f64)>;
/// The highest volume that a process may name.
const MOST_VOLUME: f64 = 1e9;

/// Means by cell, and the cells within which the rate changes.
pub(super) fn cell_means(
    name: &str,
    of: &Arrivals,
    timeline: &Timeline,
    findings: &mut Findings,
) -> (Vec<f64>, Vec<UnevenCell>) {
    into_cells(timeline, &rates(name, of, timeline, findings))
}

fn rates(name: &str, of: &Arrivals, timeline: &Timeline, findings: &mut Findings) -> Rates {
    let at = |key: &str| path(&["arrivals", name, key]);
    match (of.per_hour, of.per_day) {
        (Some(per_hour), None) => {
            check_no_shape(name, of, findings);
            let per_hour = findings.number(&at("per_hour"), per_hour, 0.0..=MOST_VOLUME);
            vec![(timeline.zero_unix_s, per_hour / 4.0)]
        }
        (None, Some(per_day)) => {
            let per_day = findings.number(&at("per_day"), per_day, 0.0..=MOST_VOLUME);
            by_day(name, of, per_day, timeline, findings)
        }
        (given, _) => {
            let message =
                if given.is_some() { "a process gives two rates" } else { "a process gives no rate" };
            let help = "give `per_hour` for a constant rate, or `per_day`";
            findings.add(Code::BAD_RATE, path(&["arrivals", name]), message, help);
            Vec::new()
        }
    }
}

/// A constant rate has neither shape nor kinds of day.
fn check_no_shape(name: &str, of: &Arrivals, findings: &mut Findings) {
    for (key, given) in [("day", of.day.is_some()), ("weekday", !of.weekday.is_empty())] {
        if given {
            let message = format!("`per_hour` is constant, so `{key}` says nothing");
            let help = format!("give the volume by `per_day`, or take `{key}` out");
            findings.add(Code::BAD_RATE, path(&["arrivals", name, key]), message, help);
        }
    }
}

fn by_day(name: &str, of: &Arrivals, per_day: f64, timeline: &Timeline, findings: &mut Findings) -> Rates {
    let factors = day_factors(name, &of.weekday, findings);
    let shapes = shapes(name, of.day.as_ref(), timeline, findings);
    unroll(&timeline.stretches, |stretch| {
        let factor = factors.on(stretch.date, stretch.kind).copied().unwrap_or(1.0);
        let shape = shapes.on(stretch.date, stretch.kind).map_or(&[][..], Vec::as_slice);
        shape.iter().map(|&(second, share)| (second, per_day * factor * share)).collect()
    })
}

/// A piece of a cell: where it ends (seconds into the cell), and the contacts expected in it.
type Piece = (i64, f64);

/// Lays rates over the run's cells. What lies before time zero or after the horizon has none.
fn into_cells(timeline: &Timeline, rates: &[(i64, f64)]) -> (Vec<f64>, Vec<UnevenCell>) {
    let (mut means, mut uneven) = (Vec::with_capacity(timeline.clock.cells as usize), Vec::new());
    let (mut current, mut pieces) = (0, Vec::new());
    for cell in 0..timeline.clock.cells {
        let start = timeline.zero_unix_s + i64::from(cell) * QUARTER_HOUR_S;
        let end = (start + QUARTER_HOUR_S).min(timeline.end_unix_s);
        while rates.get(current + 1).is_some_and(|&(from, _)| from <= start) {
            current += 1;
        }
        pieces.clear();
        pieces.extend(pieces_between(&rates[current.min(rates.len())..], start, end));
        if let [(QUARTER_HOUR_S, expected)] = pieces[..] {
            means.push(expected);
        } else {
            means.push(pieces.iter().map(|(_, expected)| expected).sum());
            uneven.extend(uneven_cell(cell, &pieces));
        }
    }
    (means, uneven)
}

/// The pieces of a cell `[start, end)`; the first of `rates` is the one that holds at its start.
fn pieces_between(rates: &[(i64, f64)], start: i64, end: i64) -> impl Iterator<Item = Piece> {
    let ends = rates.iter().skip(1).map(|&(from, _)| from).chain([i64::MAX]);
    let within = rates.iter().zip(ends).take_while(move |((from, _), _)| *from < end);
    within.map(move |(&(from, rate), until)| {
        let (from, until) = (from.max(start), until.min(end));
        (until - start, rate * ((until - from) as f64 / QUARTER_HOUR_S as f64))
    })
}

/// The pieces between the first and the last that expects somebody; `None` if none does.
fn uneven_cell(cell: u32, pieces: &[Piece]) -> Option<UnevenCell> {
    let first = pieces.iter().position(|&(_, expected)| expected > 0.0)?;
    let last = pieces.iter().rposition(|&(_, expected)| expected > 0.0)?;
    let total: f64 = pieces.iter().map(|(_, expected)| expected).sum();
    let us = |second: i64| second as u64 * US_PER_S;
    let mut sum = 0.0;
    let cumulated = pieces[first..=last].iter().map(|&(end, expected)| {
        sum += expected / total;
        (us(end), sum)
    });
    let mut cumulated: Vec<(u64, f64)> = cumulated.collect();
    if let Some(end) = cumulated.last_mut() {
        end.1 = 1.0;
    }
    let first_offset_us = if first == 0 { 0 } else { us(pieces[first - 1].0) };
    Some(UnevenCell { cell, pieces: cumulated, first_offset_us })
}
