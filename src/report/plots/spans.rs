//! Spans: bars between two numbers, or intervals around one.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, DASHES, Failed, INK, INKS, Key, LINE, Pen, SIDE, SOFT};
use super::scale::{Scale, ticks, written};
use crate::report::chart::{Span, Spans};

/// A span with its room.
const ROW: f64 = 30.0;
/// Between a span's end and its text.
const GAP: f64 = 8.0;

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, spans: &Spans) -> Result<(), Failed> {
    let entries: Vec<(Key, &str)> =
        spans.rule.iter().map(|rule| (Key::Line(INK, (5.0, 4.0)), rule.name.as_str())).collect();
    pen.legend(&entries)?;
    let widest = |text: fn(&Span) -> &str, size: f64| pen.widest(spans.spans.iter().map(text), size);
    let names = SIDE + widest(|span| &span.name, 13.0) + GAP;
    let left = names + widest(|span| &span.from_text, 12.0) + GAP;
    let right = pen.width - SIDE - widest(|span| &span.to_text, 12.0) - GAP;
    let x = Scale { domain: spans.domain(), range: (left, right) };
    let (top, bottom) = (pen.top + 4.0, pen.top + 4.0 + ROW * spans.spans.len() as f64);
    for mark in ticks(x.domain, 7.0) {
        pen.line(&[(x.at(mark), top), (x.at(mark), bottom)], LINE, 1.0, DASHES[0])?;
        let text = written(pen.language, &spans.x, mark);
        pen.text(&text, (x.at(mark), bottom + 12.0), 12.0, INK, Anchor::Middle)?;
    }
    if let Some(rule) = &spans.rule {
        pen.line(&[(x.at(rule.at), top), (x.at(rule.at), bottom)], INK, 1.5, (5.0, 4.0))?;
    }
    for (place, span) in spans.spans.iter().enumerate() {
        let middle = top + ROW * (place as f64 + 0.5);
        pen.text(&span.name, (names - GAP, middle), 13.0, INK, Anchor::Right)?;
        one(pen, &x, span, middle)?;
        pen.text(&span.from_text, (x.at(span.from) - GAP, middle), 12.0, INK, Anchor::Right)?;
        pen.text(&span.to_text, (x.at(span.to) + GAP, middle), 12.0, INK, Anchor::Left)?;
    }
    pen.text(&spans.x.label, (pen.width - SIDE, bottom + 28.0), 12.0, SOFT, Anchor::Right)
}

fn one<B: DrawingBackend>(pen: &Pen<'_, B>, x: &Scale, span: &Span, y: f64) -> Result<(), Failed> {
    let (from, to) = (x.at(span.from), x.at(span.to));
    let Some(value) = span.value.map(|value| x.at(value)) else {
        return pen.rectangle((from, y - 9.0), (to.max(from + 1.0), y + 9.0), INKS[0], 0.85);
    };
    pen.line(&[(from, y), (to, y)], INK, 1.5, DASHES[0])?;
    for end in [from, to] {
        pen.line(&[(end, y - 4.0), (end, y + 4.0)], INK, 1.0, DASHES[0])?;
    }
    pen.rectangle((value - 5.0, y - 5.0), (value + 5.0, y + 5.0), INKS[0], 1.0)
}
