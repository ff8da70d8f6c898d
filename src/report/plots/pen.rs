//! A pen on a page: texts, lines and shapes in pixels of the page, whatever the picture's form.

use plotters::coord::Shift;
use plotters::prelude::{
    Color, DrawingArea, DrawingBackend, IntoFont, IntoTextStyle, PathElement, Polygon, RGBColor, Rectangle,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, FontTransform, TextStyle, register_font as register};

use crate::report::language::Language;

const FONT: &[u8] = include_bytes!("font/LiberationSans-Regular.ttf");
/// Its name within pictures; a viewer of SVG without it takes its own.
const FAMILY: &str = "Liberation Sans, Arial, sans-serif";

pub(super) const INK: RGBColor = RGBColor(0x1B, 0x27, 0x33);
pub(super) const SOFT: RGBColor = RGBColor(0x5A, 0x68, 0x75);
pub(super) const LINE: RGBColor = RGBColor(0xD9, 0xDF, 0xE5);
pub(super) const GAP: RGBColor = RGBColor(0xC8, 0x37, 0x1B);
/// Okabe and Ito's palette, darkened where lines would be faint.
pub(super) const INKS: [RGBColor; 6] = [
    RGBColor(0x00, 0x72, 0xB2),
    RGBColor(0xD5, 0x5E, 0x00),
    RGBColor(0x00, 0x9E, 0x73),
    RGBColor(0x9A, 0x5B, 0x8A),
    RGBColor(0xB0, 0x7A, 0x00),
    RGBColor(0x3A, 0x8F, 0xC2),
];
/// Dashes: drawn, left out, in pixels; nothing: drawn through.
pub(super) const DASHES: [(f64, f64); 6] =
    [(0.0, 0.0), (7.0, 4.0), (2.0, 4.0), (11.0, 3.0), (1.0, 5.0), (14.0, 5.0)];

/// Why the drawing library could not.
#[derive(Debug)]
pub(super) struct Failed(pub(super) String);

impl Failed {
    pub(super) fn of(error: impl std::fmt::Display) -> Failed {
        Failed(error.to_string())
    }
}

/// Makes the font known, once or again.
pub(super) fn register_font() -> Result<(), String> {
    register(FAMILY, FontStyle::Normal, FONT).map_err(|_| "the font cannot be read".into())
}

/// Pixels as the bytes of a PNG file.
pub(super) fn png(pixels: &[u8], across: u32, down: u32) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, across, down);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(Failed::of)?;
    writer.write_image_data(pixels).map_err(Failed::of)?;
    writer.finish().map_err(Failed::of)?;
    Ok(bytes)
}

/// Where a text stands relative to its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// A page and where on it the next thing is drawn.
pub(super) struct Pen<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    times: f64,
    pub(super) language: Language,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Below everything that stands above.
    pub(super) top: f64,
}

/// Room at the sides, below for the note.
pub(super) const SIDE: f64 = 24.0;
const NOTE: f64 = 44.0;

impl<'a, B: DrawingBackend> Pen<'a, B> {
    pub(super) fn new(
        area: &'a DrawingArea<B, Shift>,
        times: u32,
        language: Language,
    ) -> Result<Self, Failed> {
        area.fill(&RGBColor(255, 255, 255)).map_err(Failed::of)?;
        let (width, height) = area.dim_in_pixel();
        let times = f64::from(times);
        Ok(Pen {
            area,
            times,
            language,
            width: f64::from(width) / times,
            height: f64::from(height) / times,
            top: 18.0,
        })
    }

    /// Where the drawing ends and the note begins.
    pub(super) fn bottom(&self) -> f64 {
        self.height - NOTE
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.times).round() as i32, (y * self.times).round() as i32)
    }

    fn style(&self, size: f64, colour: RGBColor) -> TextStyle<'static> {
        (FAMILY, size * self.times).into_font().color(&colour).into_text_style(self.area)
    }

    /// How wide a text is.
    pub(super) fn width_of(&self, text: &str, size: f64) -> f64 {
        let style = self.style(size, INK);
        self.area.estimate_text_size(text, &style).map_or(0.0, |(width, _)| f64::from(width) / self.times)
    }

    /// The widest of these.
    pub(super) fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>, size: f64) -> f64 {
        texts.map(|text| self.width_of(text, size)).fold(0.0, f64::max)
    }

    /// A text whose middle is at this height.
    pub(super) fn text(
        &self,
        text: &str,
        at: (f64, f64),
        size: f64,
        colour: RGBColor,
        anchor: Anchor,
    ) -> Result<(), Failed> {
        let across = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let style = self.style(size, colour).pos(Pos::new(across, VPos::Center));
        self.area.draw(&Text::new(text.to_string(), self.at(at), style)).map_err(Failed::of)
    }

    /// A text that goes upwards from its place.
    pub(super) fn upright(&self, text: &str, at: (f64, f64), size: f64) -> Result<(), Failed> {
        let font = (FAMILY, size * self.times).into_font().transform(FontTransform::Rotate270);
        let style = font.color(&INK).pos(Pos::new(HPos::Left, VPos::Center));
        self.area.draw(&Text::new(text.to_string(), self.at(at), style)).map_err(Failed::of)
    }

    /// A line through these points, dashed or not.
    pub(super) fn line(
        &self,
        points: &[(f64, f64)],
        colour: RGBColor,
        width: f64,
        dash: (f64, f64),
    ) -> Result<(), Failed> {
        let style = colour.stroke_width((width * self.times).round().max(1.0) as u32);
        for piece in dashed(points, dash) {
            let piece: Vec<(i32, i32)> = piece.into_iter().map(|point| self.at(point)).collect();
            self.area.draw(&PathElement::new(piece, style)).map_err(Failed::of)?;
        }
        Ok(())
    }

    pub(super) fn rectangle(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        colour: RGBColor,
        opacity: f64,
    ) -> Result<(), Failed> {
        let shape = Rectangle::new([self.at(from), self.at(to)], colour.mix(opacity).filled());
        self.area.draw(&shape).map_err(Failed::of)
    }

    pub(super) fn frame(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<(), Failed> {
        self.area
            .draw(&Rectangle::new([self.at(from), self.at(to)], colour.stroke_width(1)))
            .map_err(Failed::of)
    }

    pub(super) fn polygon(
        &self,
        points: &[(f64, f64)],
        colour: RGBColor,
        opacity: f64,
    ) -> Result<(), Failed> {
        let points: Vec<(i32, i32)> = points.iter().map(|&point| self.at(point)).collect();
        self.area.draw(&Polygon::new(points, colour.mix(opacity).filled())).map_err(Failed::of)
    }

    pub(super) fn heading(&mut self, title: &str) -> Result<(), Failed> {
        self.text(title, (SIDE, self.top + 8.0), 20.0, INK, Anchor::Left)?;
        self.top += 32.0;
        Ok(())
    }

    /// How to read it, below, in lines that fit.
    pub(super) fn note(&self, note: &str) -> Result<(), Failed> {
        let mut lines = vec![String::new()];
        for word in note.split(' ') {
            let last = lines.len() - 1;
            let longer =
                if lines[last].is_empty() { word.to_string() } else { format!("{} {word}", lines[last]) };
            if self.width_of(&longer, 12.0) <= self.width - 2.0 * SIDE {
                lines[last] = longer;
            } else {
                lines.push(word.to_string());
            }
        }
        for (place, line) in lines.iter().enumerate() {
            self.text(line, (SIDE, self.bottom() + 10.0 + 16.0 * place as f64), 12.0, SOFT, Anchor::Left)?;
        }
        Ok(())
    }

    /// Names with what they look like, in lines that fit; the next thing comes below.
    pub(super) fn legend(&mut self, entries: &[(Key, &str)]) -> Result<(), Failed> {
        let mut left = SIDE;
        for &(key, name) in entries {
            let needs = 38.0 + self.width_of(name, 13.0) + 22.0;
            if left > SIDE && left + needs > self.width - SIDE {
                left = SIDE;
                self.top += 20.0;
            }
            self.key(key, (left, self.top + 8.0))?;
            self.text(name, (left + 38.0, self.top + 8.0), 13.0, INK, Anchor::Left)?;
            left += needs;
        }
        self.top += if entries.is_empty() { 0.0 } else { 26.0 };
        Ok(())
    }

    fn key(&self, key: Key, (x, y): (f64, f64)) -> Result<(), Failed> {
        match key {
            Key::Line(ink, dash) => self.line(&[(x, y), (x + 30.0, y)], ink, 2.0, dash),
            Key::Area(ink) => {
                self.rectangle((x, y - 5.0), (x + 30.0, y + 6.0), ink, 0.3)?;
                self.line(&[(x, y - 5.0), (x + 30.0, y - 5.0)], ink, 2.0, DASHES[0])
            }
            Key::Fill(ink) => self.rectangle((x, y - 6.0), (x + 30.0, y + 6.0), ink, 1.0),
            Key::Dot(ink) => self.rectangle((x + 10.0, y - 5.0), (x + 20.0, y + 5.0), ink, 1.0),
        }
    }
}

/// What a name in the legend looks like.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Line(RGBColor, (f64, f64)),
    Area(RGBColor),
    Fill(RGBColor),
    Dot(RGBColor),
}

/// The pieces of a line that are drawn.
fn dashed(points: &[(f64, f64)], (drawn, left_out): (f64, f64)) -> Vec<Vec<(f64, f64)>> {
    if drawn <= 0.0 {
        return vec![points.to_vec()];
    }
    let (mut pieces, mut piece) = (Vec::new(), Vec::new());
    let (mut on, mut rest) = (true, drawn);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = ((to.0 - from.0) * (to.0 - from.0) + (to.1 - from.1) * (to.1 - from.1)).sqrt();
        let mut done = 0.0;
        let along =
            |part: f64| (from.0 + (to.0 - from.0) * part / length, from.1 + (to.1 - from.1) * part / length);
        if on && piece.is_empty() {
            piece.push(from);
        }
        while length - done > rest {
            done += rest;
            if on {
                piece.push(along(done));
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece.push(along(done));
            }
            on = !on;
            rest = if on { drawn } else { left_out };
        }
        rest -= length - done;
        if on {
            piece.push(to);
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_on_around_corners() {
        let line = [(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)];
        let pieces = dashed(&line, (4.0, 2.0));
        assert_eq!(pieces, [vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)]]);
        assert_eq!(dashed(&line, (0.0, 0.0)), [line.to_vec()]);
    }
}
