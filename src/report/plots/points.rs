//! Points with their intervals.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, DASHES, Failed, INK, INKS, Key, LINE, Pen, SIDE, SOFT};
use super::scale::{Scale, side, ticks, written};
use crate::report::chart::Points;

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, points: &Points) -> Result<(), Failed> {
    let ink = |index: usize| INKS[index % INKS.len()];
    let entries =
        points.points.iter().enumerate().map(|(index, point)| (Key::Dot(ink(index)), point.name.as_str()));
    pen.legend(&entries.collect::<Vec<_>>())?;
    let (top, bottom) = (pen.top + 26.0, pen.bottom() - 44.0);
    let (y, left) = side(pen, &points.y, padded(points.points.iter().map(|point| point.y)), (top, bottom))?;
    let x =
        Scale { domain: padded(points.points.iter().map(|point| point.x)), range: (left, pen.width - SIDE) };
    for mark in ticks(x.domain, 8.0) {
        pen.line(&[(x.at(mark), top), (x.at(mark), bottom)], LINE, 1.0, DASHES[0])?;
        pen.text(
            &written(pen.language, &points.x, mark),
            (x.at(mark), bottom + 14.0),
            12.0,
            INK,
            Anchor::Middle,
        )?;
    }
    pen.line(&[(x.at(0.0), top), (x.at(0.0), bottom)], INK, 1.0, DASHES[0])?;
    pen.line(&[(left, y.at(0.0)), (pen.width - SIDE, y.at(0.0))], INK, 1.0, DASHES[0])?;
    for (index, point) in points.points.iter().enumerate() {
        let (px, py) = (x.at(point.x.1), y.at(point.y.1));
        pen.line(&[(x.at(point.x.0), py), (x.at(point.x.2), py)], ink(index), 1.5, DASHES[0])?;
        pen.line(&[(px, y.at(point.y.0)), (px, y.at(point.y.2))], ink(index), 1.5, DASHES[0])?;
        pen.rectangle((px - 5.0, py - 5.0), (px + 5.0, py + 5.0), ink(index), 1.0)?;
        let (anchor, aside) =
            if px > 0.5 * pen.width { (Anchor::Right, -10.0) } else { (Anchor::Left, 10.0) };
        pen.text(&point.name, (px + aside, py - 12.0), 12.0, INK, anchor)?;
    }
    pen.text(&points.x.label, (pen.width - SIDE, bottom + 33.0), 12.0, SOFT, Anchor::Right)
}

/// From the lowest to the highest end, 0 among them, with some room.
fn padded(intervals: impl Iterator<Item = (f64, f64, f64)>) -> (f64, f64) {
    let (low, high) = intervals
        .fold((0.0_f64, 0.0_f64), |(low, high), interval| (low.min(interval.0), high.max(interval.2)));
    let room = if high > low { 0.08 * (high - low) } else { 0.5 };
    (low - room, high + room)
}
