//! Expected first attempts by cell: volume, kind of day and shape of the day laid over the run's wall clock.

use super::counts::first_attempts_a_count;
use super::days::unroll;
use super::events::Events;
use super::findings::Findings;
use super::history::history_rates;
use super::shapes::shapes;
use super::timeline::{Stretch, Timeline};
use super::volumes::{DayVolumes, check_history_alone};
use crate::calendar::QUARTER_HOUR_S;
use crate::model::{ContactType, UnevenCell};
use crate::scenario::Arrivals;
use crate::time::US_PER_S;

/// Expected contacts of a quarter-hour from an instant (unix seconds) until the next entry's.
pub(super) type Rates = Vec<(i64, f64)>;

/// Means by cell, and the cells within which the rate changes.
pub(super) fn cell_means(
    name: &str,
    of: &Arrivals,
    contact_type: Option<&ContactType>,
    events: Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> (Vec<f64>, Vec<UnevenCell>) {
    into_cells(timeline, &rates(name, of, timeline.begun(), contact_type, events, timeline, findings))
}

/// Where a process has an exact number of needs: means and uneven cells as [`cell_means`] has them, in relation to each
/// other, and what the first day expects before the run begins.
pub(super) fn cell_weights(
    name: &str,
    of: &Arrivals,
    events: Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> (Vec<f64>, Vec<UnevenCell>, f64) {
    let rates = rates(name, of, &timeline.whole_days(), None, events, timeline, findings);
    let (weights, uneven) = into_cells(timeline, &rates);
    let before = rates.first().map_or(0.0, |&(from, _)| {
        pieces_between(&rates, from, timeline.begins_unix_s).map(|(_, expected)| expected).sum()
    });
    (weights, uneven, before)
}

fn rates(
    name: &str,
    of: &Arrivals,
    stretches: &[Stretch],
    contact_type: Option<&ContactType>,
    events: Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Rates {
    let windows = events.windows(stretches, &timeline.calendar);
    let all_day = all_day_rates(name, of, stretches, contact_type, events, timeline, findings);
    if windows.is_empty() { all_day } else { within_hours(all_day, &windows) }
}

/// Rates of which some windows see so many times as much.
fn within_hours(mut rates: Rates, windows: &[(i64, i64, f64)]) -> Rates {
    for &(from, until, times) in windows {
        let (from, until) = (change_at(&mut rates, from), change_at(&mut rates, until));
        rates[from..until].iter_mut().for_each(|(_, rate)| *rate *= times);
    }
    rates
}

/// The entry that begins at an instant; one that holds on if none did.
fn change_at(rates: &mut Rates, at: i64) -> usize {
    let place = rates.partition_point(|&(from, _)| from < at);
    if let Some(&(_, before)) = place.checked_sub(1).and_then(|before| rates.get(before))
        && rates.get(place).is_none_or(|&(from, _)| from != at)
    {
        rates.insert(place, (at, before));
    }
    place
}

/// As if events lasted all day, or not at all.
fn all_day_rates(
    name: &str,
    of: &Arrivals,
    stretches: &[Stretch],
    contact_type: Option<&ContactType>,
    events: Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Rates {
    let scale = first_attempts_a_count(name, of, contact_type, findings);
    if of.history.is_some() {
        check_history_alone(name, of, findings);
        return history_rates(name, of, scale, contact_type, &events, timeline, findings);
    }
    let shapes = shapes(name, of.day.as_ref(), timeline, findings);
    let Some(volumes) = DayVolumes::of(name, of, events, timeline, findings) else { return Vec::new() };
    if let Some(rate) = volumes.constant() {
        return vec![(timeline.begins_unix_s, rate * scale)];
    }
    unroll(stretches, |stretch| {
        let volume = volumes.on(stretch.date, stretch.kind) * scale;
        let shape = shapes.on(stretch.date, stretch.kind).map_or(&[][..], Vec::as_slice);
        shape.iter().map(|&(second, share)| (second, volume * share)).collect()
    })
}

/// A piece of a cell: where it ends (seconds into the cell), and the contacts expected in it.
type Piece = (i64, f64);

/// Lays rates over the run's cells. What lies before time zero or after the horizon has none.
fn into_cells(timeline: &Timeline, rates: &[(i64, f64)]) -> (Vec<f64>, Vec<UnevenCell>) {
    // Nobody comes before the run begins.
    let before = (timeline.begins_unix_s > timeline.zero_unix_s).then_some((timeline.zero_unix_s, 0.0));
    let rates: Rates = before.into_iter().chain(rates.iter().copied()).collect();
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
