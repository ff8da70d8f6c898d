//! Bars.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, DASHES, Failed, INK, INKS, Key, LINE, Pen, SIDE, SOFT};
use super::scale::{Scale, ticks, written};
use crate::report::chart::{Bar, Bars};

/// A bar with its room.
const ROW: f64 = 30.0;

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, bars: &Bars) -> Result<(), Failed> {
    let entries: Vec<(Key, &str)> =
        bars.rule.iter().map(|rule| (Key::Line(INK, (5.0, 4.0)), rule.name.as_str())).collect();
    pen.legend(&entries)?;
    let left = SIDE + pen.widest(bars.bars.iter().map(|bar| bar.name.as_str()), 13.0) + 10.0;
    let right = pen.width - SIDE - pen.widest(bars.bars.iter().map(|bar| bar.text.as_str()), 12.0) - 10.0;
    let end = |bar: &Bar| bar.value.unwrap_or(0.0).max(bar.high.unwrap_or(0.0));
    let most = bars.bars.iter().map(end).chain(bars.rule.iter().map(|rule| rule.at)).fold(0.0, f64::max);
    let x = Scale { domain: (0.0, if most > 0.0 { most } else { 1.0 }), range: (left, right) };
    let (top, bottom) = (pen.top + 4.0, pen.top + 4.0 + ROW * bars.bars.len() as f64);
    for mark in ticks(x.domain, 7.0) {
        pen.line(&[(x.at(mark), top), (x.at(mark), bottom)], LINE, 1.0, DASHES[0])?;
        pen.text(
            &written(pen.language, &bars.x, mark),
            (x.at(mark), bottom + 12.0),
            12.0,
            INK,
            Anchor::Middle,
        )?;
    }
    for (place, bar) in bars.bars.iter().enumerate() {
        let middle = top + ROW * (place as f64 + 0.5);
        pen.text(&bar.name, (left - 8.0, middle), 13.0, INK, Anchor::Right)?;
        if let Some(value) = bar.value {
            pen.rectangle((left, middle - 9.0), (x.at(value), middle + 9.0), INKS[0], 0.85)?;
        }
        if let (Some(low), Some(high)) = (bar.low, bar.high) {
            whisker(pen, &x, (low, high), middle)?;
        }
        pen.text(&bar.text, (x.at(end(bar)) + 8.0, middle), 12.0, INK, Anchor::Left)?;
    }
    if let Some(rule) = &bars.rule {
        pen.line(&[(x.at(rule.at), top), (x.at(rule.at), bottom)], INK, 1.5, (5.0, 4.0))?;
    }
    pen.line(&[(left, top), (left, bottom)], INK, 1.0, DASHES[0])?;
    pen.text(&bars.x.label, (pen.width - SIDE, bottom + 28.0), 12.0, SOFT, Anchor::Right)
}

fn whisker<B: DrawingBackend>(
    pen: &Pen<'_, B>,
    x: &Scale,
    (low, high): (f64, f64),
    y: f64,
) -> Result<(), Failed> {
    let (from, to) = (x.at(low.max(0.0)), x.at(high));
    pen.line(&[(from, y), (to, y)], INK, 1.2, DASHES[0])?;
    [from, to]
        .into_iter()
        .try_for_each(|end| pen.line(&[(end, y - 4.0), (end, y + 4.0)], INK, 1.0, DASHES[0]))
}
