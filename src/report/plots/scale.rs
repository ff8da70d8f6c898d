//! Axes: from numbers to pixels, with round numbers marked.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, DASHES, Failed, INK, LINE, Pen, SIDE, SOFT};
use crate::measures::Unit;
use crate::report::chart::{Axis, AxisUnit, round_step};
use crate::report::language::Language;

/// From numbers to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) domain: (f64, f64),
    pub(super) range: (f64, f64),
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        let ((low, high), (from, to)) = (self.domain, self.range);
        from + (to - from) * (value - low) / (high - low).max(f64::MIN_POSITIVE)
    }
}

/// Round numbers within a domain, about so many.
pub(super) fn ticks((low, high): (f64, f64), about: f64) -> Vec<f64> {
    let step = round_step((high - low) / about);
    let first = (low / step).ceil();
    (0..100).map(|mark| (first + f64::from(mark)) * step).take_while(|&at| at <= high + 1e-9 * step).collect()
}

/// A number on an axis.
pub(super) fn written(language: Language, axis: &Axis, value: f64) -> String {
    match axis.unit {
        AxisUnit::Share => language.share(value),
        AxisUnit::Plain if value.fract() == 0.0 => language.value(Unit::Count, Some(value), None),
        AxisUnit::Plain => language.amount(value),
    }
}

/// Draws the axis at the side with its lines across, between `top` and `bottom`, and gives back its scale and where the drawing begins.
pub(super) fn side<B: DrawingBackend>(
    pen: &Pen<'_, B>,
    axis: &Axis,
    domain: (f64, f64),
    (top, bottom): (f64, f64),
) -> Result<(Scale, f64), Failed> {
    let marks = ticks(domain, 6.0);
    let texts: Vec<String> = marks.iter().map(|&mark| written(pen.language, axis, mark)).collect();
    let left = SIDE + pen.widest(texts.iter().map(String::as_str), 12.0) + 10.0;
    let scale = Scale { domain, range: (bottom, top) };
    for (&mark, text) in marks.iter().zip(&texts) {
        let y = scale.at(mark);
        pen.line(&[(left, y), (pen.width - SIDE, y)], LINE, 1.0, DASHES[0])?;
        pen.text(text, (left - 8.0, y), 12.0, INK, Anchor::Right)?;
    }
    pen.text(&axis.label, (SIDE, top - 14.0), 12.0, SOFT, Anchor::Left)?;
    Ok((scale, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round() {
        let close = |found: Vec<f64>, wanted: &[f64]| {
            assert_eq!(found.len(), wanted.len(), "{found:?}");
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
        };
        close(ticks((0.0, 1.0), 6.0), &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        close(ticks((-3.0, 42.0), 5.0), &[0.0, 10.0, 20.0, 30.0, 40.0]);
        let scale = Scale { domain: (0.0, 10.0), range: (100.0, 0.0) };
        assert_eq!([scale.at(0.0), scale.at(5.0)], [100.0, 50.0]);
    }
}
