//! Heat maps.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

use super::pen::{Anchor, Failed, INK, Key, LINE, Pen, SIDE, SOFT};
use crate::report::chart::Heat;

const ROW: f64 = 26.0;
const WIDEST: f64 = 110.0;
const BELOW: RGBColor = RGBColor(0xB3, 0x58, 0x06);
const ABOVE: RGBColor = RGBColor(0x0B, 0x5A, 0x9C);
const MIDDLE: RGBColor = RGBColor(0xF5, 0xF3, 0xEE);
/// From here on numbers are written in white.
const DARK: f64 = 0.55;

/// The height of the drawing; names that stand upright take about seven pixels a letter.
pub(super) fn height(heat: &Heat) -> u32 {
    let longest = heat.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0) as u32;
    ROW as u32 * heat.rows.len() as u32 + 60 + if longest > 4 { 7 * longest } else { 0 }
}

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, heat: &Heat) -> Result<(), Failed> {
    pen.legend(&[(Key::Fill(BELOW), &heat.ends.0), (Key::Fill(ABOVE), &heat.ends.1)])?;
    pen.text(&heat.x_label, (SIDE, pen.top + 6.0), 12.0, SOFT, Anchor::Left)?;
    let left = SIDE + pen.widest(heat.rows.iter().map(String::as_str), 12.0) + 10.0;
    let cell = ((pen.width - SIDE - left) / heat.columns.len().max(1) as f64).min(WIDEST);
    let names = pen.widest(heat.columns.iter().map(String::as_str), 12.0);
    let is_upright = names > cell - 4.0;
    let top = pen.top + if is_upright { names + 26.0 } else { 40.0 };
    for (column, name) in heat.columns.iter().enumerate() {
        let middle = left + cell * (column as f64 + 0.5);
        if is_upright {
            pen.upright(name, (middle, top - 6.0), 12.0)?;
        } else {
            pen.text(name, (middle, top - 10.0), 12.0, INK, Anchor::Middle)?;
        }
    }
    for (row, (name, values)) in heat.rows.iter().zip(&heat.values).enumerate() {
        let y = top + ROW * row as f64;
        pen.text(name, (left - 8.0, y + 0.5 * ROW), 12.0, INK, Anchor::Right)?;
        for (column, value) in values.iter().enumerate() {
            let x = left + cell * column as f64;
            let (from, to) = ((x + 1.0, y + 1.0), (x + cell - 1.0, y + ROW - 1.0));
            match value {
                None => pen.frame(from, to, LINE)?,
                Some(value) => number(pen, heat, (*value, heat.is_open(row, column)), (from, to))?,
            }
        }
    }
    Ok(())
}

type Corners = ((f64, f64), (f64, f64));

fn number<B: DrawingBackend>(
    pen: &Pen<'_, B>,
    heat: &Heat,
    (value, is_open): (f64, bool),
    (from, to): Corners,
) -> Result<(), Failed> {
    let far = ((value - heat.middle) / heat.reach).clamp(-1.0, 1.0);
    let end = if far < 0.0 { BELOW } else { ABOVE };
    if is_open {
        pen.frame(from, to, LINE)?;
    } else {
        pen.rectangle(from, to, between(MIDDLE, end, far.abs()), 1.0)?;
    }
    let is_difference = heat.middle == 0.0;
    let text = match (is_difference, (1000.0 * value).round() == 0.0) {
        (true, true) => "0".into(),
        (true, false) => format!("{:+.1}", 100.0 * value),
        (false, _) => format!("{:.0}", 100.0 * value),
    };
    let text = pen.language.say(text.clone(), text.replace('.', ","));
    let ink = match (is_open, far.abs() > DARK) {
        (true, _) => SOFT,
        (false, true) => RGBColor(255, 255, 255),
        (false, false) => INK,
    };
    pen.text(&text, (0.5 * (from.0 + to.0), 0.5 * (from.1 + to.1)), 12.0, ink, Anchor::Middle)
}

fn between(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
