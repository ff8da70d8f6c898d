//! Points with their intervals: each with a sign in the legend, or a line with names before points without.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

use super::pen::{Anchor, DASHES, Failed, INK, INKS, Key, LINE, Pen, SIDE, SOFT};
use super::scale::{Scale, side, ticks, written};
use crate::report::chart::{Naming, Point, Points};

/// Points without names.
const FAINT: RGBColor = RGBColor(0x8A, 0x97, 0xA3);

/// Where numbers lie on the page.
struct Plane {
    x: Scale,
    y: Scale,
}

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, points: &Points) -> Result<(), Failed> {
    legend(pen, points)?;
    let (top, bottom) = (pen.top + 26.0, pen.bottom() - 44.0);
    let from_zero = points.naming == Naming::Legend;
    let rule = points.rule.iter().map(|rule| (rule.at, rule.at, rule.at));
    let y_domain = padded(points.all().map(|point| point.y).chain(rule), from_zero);
    let (y, left) = side(pen, &points.y, y_domain, (top, bottom))?;
    let x_domain = padded(points.all().map(|point| point.x), from_zero);
    let plane = Plane { x: Scale { domain: x_domain, range: (left, pen.width - SIDE) }, y };
    below(pen, points, &plane.x, (top, bottom))?;
    if from_zero {
        let (x, y) = (plane.x.at(0.0), plane.y.at(0.0));
        pen.line(&[(x, top), (x, bottom)], INK, 1.0, DASHES[0])?;
        pen.line(&[(left, y), (pen.width - SIDE, y)], INK, 1.0, DASHES[0])?;
    }
    if let Some(rule) = &points.rule {
        let at = plane.y.at(rule.at);
        pen.line(&[(left, at), (pen.width - SIDE, at)], INK, 1.5, (5.0, 4.0))?;
    }
    if let Naming::Line { rest, .. } = &points.naming {
        rest.iter().try_for_each(|point| plane.point(pen, point, FAINT, 3.0))?;
        let line: Vec<(f64, f64)> = points.points.iter().map(|point| plane.at(point)).collect();
        pen.line(&line, INKS[0], 1.5, DASHES[0])?;
    }
    for (index, point) in points.points.iter().enumerate() {
        plane.point(pen, point, ink(points, index), 5.0)?;
        plane.name(pen, point)?;
    }
    Ok(())
}

fn ink(points: &Points, index: usize) -> RGBColor {
    match points.naming {
        Naming::Legend => INKS[index % INKS.len()],
        Naming::Line { .. } => INKS[0],
    }
}

fn legend<B: DrawingBackend>(pen: &mut Pen<'_, B>, points: &Points) -> Result<(), Failed> {
    let mut entries: Vec<(Key, &str)> = match &points.naming {
        Naming::Legend => {
            let each = points.points.iter().enumerate();
            each.map(|(index, point)| (Key::Dot(ink(points, index)), point.name.as_str())).collect()
        }
        Naming::Line { name, rest_name, rest } => {
            let rest = (!rest.is_empty()).then_some((Key::Dot(FAINT), rest_name.as_str()));
            std::iter::once((Key::Dot(INKS[0]), name.as_str())).chain(rest).collect()
        }
    };
    entries.extend(points.rule.iter().map(|rule| (Key::Line(INK, (5.0, 4.0)), rule.name.as_str())));
    pen.legend(&entries)
}

fn below<B: DrawingBackend>(
    pen: &Pen<'_, B>,
    points: &Points,
    x: &Scale,
    (top, bottom): (f64, f64),
) -> Result<(), Failed> {
    for mark in ticks(x.domain, 8.0) {
        pen.line(&[(x.at(mark), top), (x.at(mark), bottom)], LINE, 1.0, DASHES[0])?;
        let text = written(pen.language, &points.x, mark);
        pen.text(&text, (x.at(mark), bottom + 14.0), 12.0, INK, Anchor::Middle)?;
    }
    pen.text(&points.x.label, (pen.width - SIDE, bottom + 33.0), 12.0, SOFT, Anchor::Right)
}

impl Plane {
    fn at(&self, point: &Point) -> (f64, f64) {
        (self.x.at(point.x.1), self.y.at(point.y.1))
    }

    fn point<B: DrawingBackend>(
        &self,
        pen: &Pen<'_, B>,
        point: &Point,
        ink: RGBColor,
        half: f64,
    ) -> Result<(), Failed> {
        let (px, py) = self.at(point);
        pen.line(&[(self.x.at(point.x.0), py), (self.x.at(point.x.2), py)], ink, 1.5, DASHES[0])?;
        pen.line(&[(px, self.y.at(point.y.0)), (px, self.y.at(point.y.2))], ink, 1.5, DASHES[0])?;
        pen.rectangle((px - half, py - half), (px + half, py + half), ink, 1.0)
    }

    fn name<B: DrawingBackend>(&self, pen: &Pen<'_, B>, point: &Point) -> Result<(), Failed> {
        let (px, py) = self.at(point);
        let (anchor, aside) =
            if px > 0.5 * pen.width { (Anchor::Right, -10.0) } else { (Anchor::Left, 10.0) };
        pen.text(&point.name, (px + aside, py - 14.0), 12.0, INK, anchor)
    }
}

/// From the lowest to the highest end with some room; 0 among them if asked.
fn padded(intervals: impl Iterator<Item = (f64, f64, f64)>, from_zero: bool) -> (f64, f64) {
    let nothing = if from_zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    let (low, high) =
        intervals.fold(nothing, |(low, high), interval| (low.min(interval.0), high.max(interval.2)));
    let room = if high > low { 0.08 * (high - low) } else { 0.5 };
    (low - room, high + room)
}
