//! Exact numbers of needs: so many a local day, or so many over the counted run.
//!
//! The weights of days, events and the day's shape say in which proportion the span's cells get them; a span that weighs
//! nothing has nobody.

use std::ops::Range;

use super::arrivals::Demand;
use super::events::Events;
use super::findings::{Findings, path};
use super::rates::cell_weights;
use super::timeline::Timeline;
use crate::calendar::QUARTER_HOUR_S;
use crate::diagnostic::Code;
use crate::model::{CellDate, Certain, CountedSpan, NEED_BITS};
use crate::scenario::{Arrivals, CountSpan, Counts};

/// What a process with `exactly` brings.
pub(super) fn demand(
    name: &str,
    of: &Arrivals,
    count: u32,
    events: Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Demand {
    check(name, of, count, findings);
    let (mut mean, uneven, before) = cell_weights(name, of, events, timeline, findings);
    let spans = match of.per.unwrap_or_default() {
        CountSpan::Day => days(timeline, before),
        CountSpan::Run => {
            let start = cell_of_start(timeline);
            mean[..start as usize].fill(0.0);
            vec![whole(timeline, start)]
        }
    };
    let counted: Vec<CountedSpan> =
        spans.into_iter().filter_map(|span| span.counted(count, &mut mean)).collect();
    if of.per == Some(CountSpan::Run) && count > 0 && counted.is_empty() && !findings.has_errors() {
        let message = "every day of the run weighs 0, so that its contacts find no day";
        let help = "give a month and a kind of day a weight above 0; for no calls write `exactly = 0`";
        findings.add(Code::BAD_EXACT, path(&["arrivals", name, "exactly"]), message, help);
    }
    Demand { mean, uneven, certain: Some(Certain::Counted(counted)) }
}

/// Without an exact number `per` speaks of nothing.
pub(super) fn check_absent(name: &str, of: &Arrivals, findings: &mut Findings) {
    if of.per.is_some() {
        let message = "`per` is the span of `exactly`, and there is none";
        findings.add(
            Code::BAD_EXACT,
            path(&["arrivals", name, "per"]),
            message,
            "add `exactly`, or take it out",
        );
    }
}

/// What is certain is neither multiplied by chance nor solved for.
fn check(name: &str, of: &Arrivals, count: u32, findings: &mut Findings) {
    let at = |key: &str| path(&["arrivals", name, key]);
    if of.busyness.is_some() {
        let message = "busyness makes a volume random, and `exactly` says that it is not";
        findings.add(Code::BAD_EXACT, at("busyness"), message, "take one of them out; `per_day` is a mean");
    }
    if of.counts != Counts::FirstAttempts || of.abandonment.is_some() {
        let key = if of.counts == Counts::FirstAttempts { "abandonment" } else { "counts" };
        let message = "`exactly` is a number of first attempts, and nothing is solved for it";
        findings.add(Code::BAD_EXACT, at(key), message, "give the volume by `per_day`, or take this out");
    }
    let most = (1_u32 << NEED_BITS) - 1;
    if count > most {
        let message = format!("\"{name}\" has {count} contacts; {most} could be numbered");
        findings.add(Code::TOO_BUSY, at("exactly"), message, "split it into several processes");
    }
}

/// A span before it is known what its cells weigh.
struct Span {
    key: (u64, u64),
    cells: Range<u32>,
    /// What it weighs before the run begins.
    before: f64,
}

impl Span {
    /// The span with its needs laid over its cells, whose weights become expected numbers; `None` where none weighs
    /// anything.
    fn counted(self, count: u32, weights: &mut [f64]) -> Option<CountedSpan> {
        let weights = &mut weights[self.cells.start as usize..self.cells.end as usize];
        let total = self.before + weights.iter().sum::<f64>();
        let last = weights.iter().rposition(|&weight| weight > 0.0).filter(|_| total > 0.0)?;
        let mut sum = self.before;
        let mut begun: Vec<f64> = weights
            .iter()
            .map(|weight| {
                sum += weight;
                sum / total
            })
            .collect();
        begun[last..].fill(1.0);
        weights.iter_mut().for_each(|weight| *weight *= f64::from(count) / total);
        Some(CountedSpan { key: self.key, count, cells: self.cells, before: self.before / total, begun })
    }
}

/// The local days that the run touches; the first weighs `before` by time zero.
fn days(timeline: &Timeline, before: f64) -> Vec<Span> {
    let dates = timeline.cell_dates();
    let (mut spans, mut start) = (Vec::new(), 0);
    for cells in dates.chunk_by(|a, b| a.day == b.day) {
        let end = start + cells.len() as u32;
        let before = if start == 0 { before } else { 0.0 };
        spans.push(Span { key: (day(cells), 1), cells: start..end, before });
        start = end;
    }
    spans
}

/// The counted days as one span.
fn whole(timeline: &Timeline, start: u32) -> Span {
    let dates = timeline.cell_dates();
    let counted = &dates[start as usize..];
    let days = counted.last().map_or(0, |last| u64::from(last.day) + 1 - day(counted));
    Span { key: (day(counted), days), cells: start..dates.len() as u32, before: 0.0 }
}

fn day(cells: &[CellDate]) -> u64 {
    cells.first().map_or(0, |first| u64::from(first.day))
}

/// The run's cell in which counting starts.
fn cell_of_start(timeline: &Timeline) -> u32 {
    let counted_from_s = timeline.clock.count_from.as_us() / crate::time::US_PER_S;
    (counted_from_s / QUARTER_HOUR_S as u64) as u32
}
