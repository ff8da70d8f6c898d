//! Curves.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, DASHES, Failed, GAP, INK, INKS, Key, Pen, SIDE, SOFT};
use super::scale::{Scale, side};
use crate::report::chart::{Lines, Series};

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, lines: &Lines) -> Result<(), Failed> {
    legend(pen, lines)?;
    let (top, bottom) = (pen.top + 26.0, pen.bottom() - 44.0);
    let (y, left) = side(pen, &lines.y, (lines.y_domain.0.unwrap_or(0.0), highest(lines)), (top, bottom))?;
    let step = if lines.x.len() > 1 { lines.x[1] - lines.x[0] } else { 1.0 };
    let first = lines.x.first().copied().unwrap_or(0.0);
    let last = lines.x.last().copied().unwrap_or(1.0) + if lines.steps { step } else { 0.0 };
    let x = Scale { domain: (first, last), range: (left, pen.width - SIDE) };
    let place = Place { x, y, step, steps: lines.steps, bottom };
    if let (Some(_), [need, staff]) = (&lines.gap, lines.series.as_slice()) {
        place.gap(pen, lines, need, staff)?;
    } else {
        for (index, series) in lines.series.iter().enumerate() {
            place.series(pen, lines, index, series)?;
        }
    }
    if let Some(rule) = &lines.rule {
        let at = y.at(rule.at);
        pen.line(&[(left, at), (pen.width - SIDE, at)], INK, 1.5, (5.0, 4.0))?;
    }
    pen.line(&[(left, bottom), (pen.width - SIDE, bottom)], INK, 1.0, DASHES[0])?;
    below(pen, lines, &x, bottom)
}

fn highest(lines: &Lines) -> f64 {
    let numbers = lines.series.iter().flat_map(|series| series.y.iter().chain(&series.high)).flatten();
    let most = numbers.copied().chain(lines.rule.iter().map(|rule| rule.at)).fold(0.0, f64::max);
    lines.y_domain.1.unwrap_or(if most > 0.0 { most * 1.04 } else { 1.0 })
}

fn is_filled(lines: &Lines, series: &Series) -> bool {
    !series.low.is_empty() || (lines.steps && lines.series.len() == 1)
}

fn ink_and_dash(index: usize) -> (plotters::style::RGBColor, (f64, f64)) {
    (INKS[index % INKS.len()], DASHES[index % DASHES.len()])
}

fn legend<B: DrawingBackend>(pen: &mut Pen<'_, B>, lines: &Lines) -> Result<(), Failed> {
    let mut entries: Vec<(Key, &str)> = Vec::new();
    for (index, series) in lines.series.iter().enumerate() {
        let (ink, dash) = ink_and_dash(index);
        let key = match (&lines.gap, index) {
            (Some(_), 0) => Key::Area(ink),
            (Some(_), _) => Key::Line(INK, DASHES[1]),
            _ if is_filled(lines, series) => Key::Area(ink),
            _ => Key::Line(ink, dash),
        };
        entries.push((key, &series.name));
    }
    entries.extend(lines.gap.iter().map(|name| (Key::Fill(GAP), name.as_str())));
    entries.extend(lines.rule.iter().map(|rule| (Key::Line(INK, (5.0, 4.0)), rule.name.as_str())));
    pen.legend(&entries)
}

/// Marks below, as many as fit.
fn below<B: DrawingBackend>(pen: &Pen<'_, B>, lines: &Lines, x: &Scale, bottom: f64) -> Result<(), Failed> {
    let mut end = f64::NEG_INFINITY;
    for (at, text) in lines.ticks.iter().filter(|(at, _)| (x.domain.0..=x.domain.1).contains(at)) {
        let (middle, half) = (x.at(*at), 0.5 * pen.width_of(text, 12.0) + 6.0);
        if middle - half >= end {
            end = middle + half;
            pen.line(&[(middle, bottom), (middle, bottom + 5.0)], INK, 1.0, DASHES[0])?;
            pen.text(text, (middle, bottom + 15.0), 12.0, INK, Anchor::Middle)?;
        }
    }
    pen.text(&lines.x_label, (pen.width - SIDE, bottom + 33.0), 12.0, SOFT, Anchor::Right)
}

/// So many points are few.
const FEW: usize = 15;

struct Place {
    x: Scale,
    y: Scale,
    step: f64,
    steps: bool,
    bottom: f64,
}

impl Place {
    fn series<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        lines: &Lines,
        index: usize,
        series: &Series,
    ) -> Result<(), Failed> {
        let (ink, dash) = ink_and_dash(index);
        if !series.low.is_empty() {
            self.band(pen, &lines.x, &series.low, &series.high, ink, 0.2)?;
        }
        if is_filled(lines, series) && series.low.is_empty() {
            self.area(pen, &lines.x, &series.y, ink)?;
        }
        self.curve(pen, &lines.x, &series.y, ink, 2.0, dash)?;
        // Where points are few each is seen.
        if !self.steps && series.y.len() <= FEW {
            for (x, y) in
                lines.x.iter().zip(&series.y).filter_map(|(x, y)| Some((self.x.at(*x), self.y.at((*y)?))))
            {
                pen.rectangle((x - 3.5, y - 3.5), (x + 3.5, y + 3.5), ink, 1.0)?;
            }
        }
        Ok(())
    }

    fn gap<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        lines: &Lines,
        need: &Series,
        staff: &Series,
    ) -> Result<(), Failed> {
        self.area(pen, &lines.x, &need.y, INKS[0])?;
        let over = |(need, staff): (&Option<f64>, &Option<f64>)| Some((*need)?.max((*staff)?));
        let over: Vec<Option<f64>> = need.y.iter().zip(&staff.y).map(over).collect();
        self.band(pen, &lines.x, &staff.y, &over, GAP, 0.9)?;
        self.curve(pen, &lines.x, &need.y, INKS[0], 1.5, DASHES[0])?;
        self.curve(pen, &lines.x, &staff.y, INK, 2.0, DASHES[1])
    }

    /// The corners of a stretch of known points.
    fn corners(&self, stretch: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut corners = Vec::new();
        for &(at, value) in stretch {
            corners.push((self.x.at(at), self.y.at(value)));
            if self.steps {
                corners.push((self.x.at(at + self.step), self.y.at(value)));
            }
        }
        corners
    }

    fn curve<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        x: &[f64],
        y: &[Option<f64>],
        ink: plotters::style::RGBColor,
        width: f64,
        dash: (f64, f64),
    ) -> Result<(), Failed> {
        stretches(x, y).iter().try_for_each(|stretch| pen.line(&self.corners(stretch), ink, width, dash))
    }

    fn area<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        x: &[f64],
        y: &[Option<f64>],
        ink: plotters::style::RGBColor,
    ) -> Result<(), Failed> {
        for stretch in stretches(x, y) {
            let mut corners = self.corners(&stretch);
            if let (Some(&first), Some(&last)) = (corners.first(), corners.last()) {
                corners.extend([(last.0, self.bottom), (first.0, self.bottom)]);
                pen.polygon(&corners, ink, 0.22)?;
            }
        }
        Ok(())
    }

    fn band<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        x: &[f64],
        low: &[Option<f64>],
        high: &[Option<f64>],
        ink: plotters::style::RGBColor,
        opacity: f64,
    ) -> Result<(), Failed> {
        let both: Vec<Option<f64>> = low.iter().zip(high).map(|(low, high)| low.and(*high)).collect();
        for stretch in stretches(x, &both) {
            let lower = stretch.iter().filter_map(|&(at, _)| {
                let index = x.iter().position(|&other| other == at)?;
                Some((at, low[index]?))
            });
            let lower: Vec<(f64, f64)> = lower.collect();
            let mut corners = self.corners(&stretch);
            corners.extend(self.corners(&lower).into_iter().rev());
            pen.polygon(&corners, ink, opacity)?;
        }
        Ok(())
    }
}

/// Points without a gap between them.
fn stretches(x: &[f64], y: &[Option<f64>]) -> Vec<Vec<(f64, f64)>> {
    let mut stretches: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (&at, value) in x.iter().zip(y) {
        match (value, stretches.last_mut()) {
            (Some(value), Some(stretch)) => stretch.push((at, *value)),
            _ => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}
