//! A sheet: headings, sentences, tables below one another.

use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatType, Format, FormatAlign, FormatBorder, Worksheet,
    XlsxError,
};

use super::Cursor;
use super::native::{ChartData, native};
use crate::measures::Unit;
use crate::report::chart::{AxisUnit, Chart, ChartKind, Heat};
use crate::report::document::{Datum, Figure, Grid, Mark, Note, Section};
use crate::report::flow::Flow;
use crate::report::language::{Language, capital};

/// Rows that a chart takes.
const CHART_ROWS: u32 = 19;
/// Widths of columns, in characters.
const NAMES: f64 = 30.0;
const NUMBERS: f64 = 13.0;
const WIDEST: f64 = 60.0;
const MOST_COLUMNS: u16 = 30;

pub(super) struct Page {
    cursor: Cursor,
    language: Language,
    /// Whether a table has the sheet's filter.
    filtered: bool,
}

impl Page {
    pub(super) fn new(language: Language) -> Page {
        let mut sheet = Worksheet::new();
        sheet.set_screen_gridlines(false).set_landscape().set_print_fit_to_pages(1, 0);
        Page { cursor: Cursor { sheet, row: 0 }, language, filtered: false }
    }

    pub(super) fn name(&mut self, name: &str) -> Result<(), XlsxError> {
        let sheet = &mut self.cursor.sheet;
        sheet.set_name(name)?;
        sheet.set_column_width(0, NAMES)?;
        (1..MOST_COLUMNS).try_for_each(|column| sheet.set_column_width(column, NUMBERS).map(drop))
    }

    pub(super) fn finish(self) -> Worksheet {
        self.cursor.sheet
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.cursor.sheet.write_string_with_format(self.cursor.row, 0, text, format)?;
        self.cursor.row += 1;
        Ok(())
    }

    pub(super) fn title(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        self.line(title, &Format::new().set_bold().set_font_size(18))?;
        self.line(subtitle, &Format::new().set_font_color(SOFT))?;
        self.cursor.row += 1;
        Ok(())
    }

    pub(super) fn heading(&mut self, title: &str) -> Result<(), XlsxError> {
        self.line(title, &Format::new().set_bold().set_font_size(14).set_font_color(ACCENT))
    }

    fn subheading(&mut self, title: &str) -> Result<(), XlsxError> {
        self.cursor.row += 1;
        self.line(title, &Format::new().set_bold())
    }

    pub(super) fn section(&mut self, section: &Section, data: &mut ChartData) -> Result<(), XlsxError> {
        match section {
            Section::Prose(paragraphs) => self.prose(paragraphs),
            Section::Figures(figures) => self.figures(figures),
            Section::Grid(grid) => self.grid(grid),
            Section::Notes(notes) => self.notes(notes),
            Section::Chart(chart) => self.chart(chart, data),
            // Reports have no others.
            Section::Chapter(_) | Section::Promises(_) | Section::Table(_) => Ok(()),
        }
    }

    pub(super) fn prose(&mut self, paragraphs: &[String]) -> Result<(), XlsxError> {
        paragraphs.iter().try_for_each(|paragraph| self.line(paragraph, &Format::new()))
    }

    fn figures(&mut self, figures: &[Figure]) -> Result<(), XlsxError> {
        self.cursor.row += 1;
        let rows = figures.iter().map(|Figure { name, value }| (capital(name), value.clone()));
        self.pairs(rows)
    }

    fn notes(&mut self, notes: &[Note]) -> Result<(), XlsxError> {
        self.cursor.row += 1;
        let rows = notes.iter().map(|Note { label, text }| (capital(label), text.clone()));
        self.pairs(rows)
    }

    fn pairs(&mut self, rows: impl Iterator<Item = (String, String)>) -> Result<(), XlsxError> {
        for (name, text) in rows {
            self.cursor.sheet.write_string(self.cursor.row, 0, name)?;
            self.cursor.sheet.write_string(self.cursor.row, 1, text)?;
            self.cursor.row += 1;
        }
        Ok(())
    }

    /// A table; a column with half-widths is followed by one of them.
    fn grid(&mut self, grid: &Grid) -> Result<(), XlsxError> {
        self.subheading(&grid.title)?;
        let columns = placed(grid);
        let (first_row, last) =
            (self.cursor.row, columns.last().map_or(0, |column| column.at + u16::from(column.has_half)));
        let is_text =
            |index: usize| grid.rows.iter().all(|row| matches!(row.get(index), Some(Datum::Text(_))));
        for (index, (column, name)) in columns.iter().zip(&grid.columns).enumerate() {
            let align = if is_text(index) { FormatAlign::Left } else { FormatAlign::Right };
            let format = head().set_align(align).set_text_wrap();
            self.cursor.sheet.write_string_with_format(first_row, column.at, capital(name), &format)?;
            if column.has_half {
                self.cursor.sheet.write_string_with_format(
                    first_row,
                    column.at + 1,
                    "\u{b1} 95 %",
                    &format,
                )?;
            }
        }
        self.cursor.row += 1;
        self.widen(grid, &columns)?;
        for row in &grid.rows {
            for (column, datum) in columns.iter().zip(row) {
                self.datum(column.at, datum)?;
            }
            self.cursor.row += 1;
        }
        // A sheet filters and sorts one table at most: its first.
        if !grid.rows.is_empty() && !std::mem::replace(&mut self.filtered, true) {
            self.cursor.sheet.autofilter(first_row, 0, self.cursor.row - 1, last)?;
        }
        if let Some(foot) = &grid.foot {
            self.line(foot, &Format::new().set_italic().set_font_color(SOFT))?;
        }
        Ok(())
    }

    /// Columns of texts are as wide as their texts.
    fn widen(&mut self, grid: &Grid, columns: &[Placed]) -> Result<(), XlsxError> {
        for (index, column) in columns.iter().enumerate().skip(1) {
            let length = |row: &Vec<Datum>| match row.get(index) {
                Some(Datum::Text(text)) => text.chars().count(),
                _ => 0,
            };
            let longest = grid.rows.iter().map(length).max().unwrap_or(0) as f64;
            if longest > NUMBERS {
                self.cursor.sheet.set_column_width(column.at, longest.min(WIDEST) + 1.0)?;
            }
        }
        Ok(())
    }

    fn datum(&mut self, column: u16, datum: &Datum) -> Result<(), XlsxError> {
        let Cursor { sheet, row } = &mut self.cursor;
        match datum {
            Datum::Text(text) => sheet.write_string(*row, column, text)?,
            Datum::Mark(mark, word) => {
                let format =
                    Format::new().set_bold().set_font_color(mark_colour(*mark)).set_align(FormatAlign::Right);
                sheet.write_string_with_format(*row, column, format!("{} {word}", mark.sign()), &format)?
            }
            Datum::Value { value: None, .. } => {
                let format = Format::new().set_italic().set_font_color(SOFT).set_align(FormatAlign::Right);
                sheet.write_string_with_format(*row, column, self.language.no_data(), &format)?
            }
            Datum::Value { unit, value: Some(value), half_width } => {
                let format = Format::new().set_num_format(number_format(*unit, *value));
                if let Some(half_width) = half_width {
                    let half = format.clone().set_font_color(SOFT);
                    sheet.write_number_with_format(*row, column + 1, *half_width, &half)?;
                }
                sheet.write_number_with_format(*row, column, *value, &format)?
            }
        };
        Ok(())
    }

    fn chart(&mut self, chart: &Chart, data: &mut ChartData) -> Result<(), XlsxError> {
        self.subheading(&chart.title)?;
        if !chart.has_data() {
            return self.line(self.language.no_data(), &Format::new().set_italic().set_font_color(SOFT));
        }
        match &chart.kind {
            ChartKind::Heat(heat) => self.heat(heat)?,
            ChartKind::Flow(flow) => self.flow(flow)?,
            _ => {
                if let Some(drawn) = native(chart, data)? {
                    self.cursor.sheet.insert_chart(self.cursor.row, 0, &drawn)?;
                    self.cursor.row += CHART_ROWS;
                }
            }
        }
        self.line(&chart.note, &Format::new().set_italic().set_font_color(SOFT))
    }

    /// Cells that the spreadsheet colours by their numbers.
    fn heat(&mut self, heat: &Heat) -> Result<(), XlsxError> {
        let Cursor { sheet, row } = &mut self.cursor;
        for (column, name) in (1..).zip(&heat.columns) {
            sheet.write_string_with_format(*row, column, name, &head().set_align(FormatAlign::Right))?;
        }
        let first = *row + 1;
        let share =
            Format::new().set_num_format(if heat.y.unit == AxisUnit::Share { "0.0%" } else { "#,##0.0" });
        for (name, values) in heat.rows.iter().zip(&heat.values) {
            *row += 1;
            sheet.write_string(*row, 0, name)?;
            for (column, value) in (1..).zip(values) {
                let Some(value) = value else { continue };
                let place = (*row - first) as usize;
                let format = match heat.half_widths.is_empty() {
                    true => share.clone(),
                    false if heat.is_open(place, usize::from(column) - 1) => {
                        share.clone().set_font_color(SOFT)
                    }
                    false => share.clone().set_background_color(tint(heat, *value)),
                };
                sheet.write_number_with_format(*row, column, *value, &format)?;
            }
        }
        let last_column = u16::try_from(heat.columns.len()).unwrap_or(MOST_COLUMNS);
        let last = *row;
        *row += 1;
        // Where intervals decide which cells have a colour, they stand below, alike.
        if !heat.half_widths.is_empty() {
            *row += 1;
            sheet.write_string_with_format(*row, 0, "\u{b1} 95 %", &head())?;
            for (name, halves) in heat.rows.iter().zip(&heat.half_widths) {
                *row += 1;
                sheet.write_string(*row, 0, name)?;
                for (column, half) in (1..).zip(halves) {
                    if let Some(half) = half {
                        sheet.write_number_with_format(*row, column, *half, &share)?;
                    }
                }
            }
            *row += 1;
            return Ok(());
        }
        let scale = ConditionalFormat3ColorScale::new()
            .set_minimum(ConditionalFormatType::Number, heat.middle - heat.reach)
            .set_midpoint(ConditionalFormatType::Number, heat.middle)
            .set_maximum(ConditionalFormatType::Number, heat.middle + heat.reach)
            .set_minimum_color(Color::RGB(BELOW))
            .set_midpoint_color(Color::RGB(MIDDLE))
            .set_maximum_color(Color::RGB(ABOVE));
        sheet.add_conditional_format(first, 1, last, last_column, &scale)?;
        Ok(())
    }

    /// No spreadsheet draws a flow: its bands as a table.
    fn flow(&mut self, flow: &Flow) -> Result<(), XlsxError> {
        let words = self.language.say(["from", "to", "how many"], ["da", "a", "quanti"]);
        for (column, word) in (0..).zip(words) {
            self.cursor.sheet.write_string_with_format(self.cursor.row, column, capital(word), &head())?;
        }
        self.cursor.row += 1;
        for link in &flow.links {
            let Cursor { sheet, row } = &mut self.cursor;
            sheet.write_string(*row, 0, &flow.nodes[link.from].name)?;
            sheet.write_string(*row, 1, &flow.nodes[link.to].name)?;
            sheet.write_number_with_format(*row, 2, link.value, &Format::new().set_num_format("#,##0.0"))?;
            *row += 1;
        }
        Ok(())
    }
}

/// The colour of a number: full at the reach from the middle.
fn tint(heat: &Heat, value: f64) -> Color {
    let far = ((value - heat.middle) / heat.reach).clamp(-1.0, 1.0);
    let end = if far < 0.0 { BELOW } else { ABOVE };
    let part = |shift: u32| {
        let of = |colour: u32| f64::from((colour >> shift) & 0xFF);
        let mixed = of(MIDDLE) + (of(end) - of(MIDDLE)) * far.abs();
        (mixed.round() as u32) << shift
    };
    Color::RGB(part(16) | part(8) | part(0))
}

/// Where a column of a table stands.
struct Placed {
    at: u16,
    has_half: bool,
}

fn placed(grid: &Grid) -> Vec<Placed> {
    let mut at = 0;
    let mut columns = Vec::new();
    for column in 0..grid.columns.len() {
        let is_known =
            |row: &Vec<Datum>| matches!(row.get(column), Some(Datum::Value { half_width: Some(_), .. }));
        let has_half = grid.rows.iter().any(is_known);
        columns.push(Placed { at, has_half });
        at += 1 + u16::from(has_half);
    }
    columns
}

const BELOW: u32 = 0xE0_8A_3C;
const MIDDLE: u32 = 0xF5_F3_EE;
const ABOVE: u32 = 0x5B_9B_D0;
const SOFT: Color = Color::RGB(0x5A_68_75);
const ACCENT: Color = Color::RGB(0x00_5A_8C);

fn head() -> Format {
    Format::new().set_bold().set_border_bottom(FormatBorder::Thin)
}

fn mark_colour(mark: Mark) -> Color {
    match mark {
        Mark::Good => Color::RGB(0x00_66_4B),
        Mark::Bad => Color::RGB(0xA6_3C_00),
        Mark::Open => Color::RGB(0x6B_52_00),
        Mark::Neutral => SOFT,
    }
}

/// How a spreadsheet writes it; separators are those of its own language.
fn number_format(unit: Unit, value: f64) -> &'static str {
    match unit {
        Unit::Share => "0.0%",
        Unit::Seconds => "#,##0.0 \"s\"",
        Unit::Money => "#,##0.00",
        Unit::Count if value.abs() >= 10.0 || value.fract() == 0.0 => "#,##0",
        Unit::Count => "0.0",
        Unit::Number | Unit::People | Unit::Contacts if value.fract() == 0.0 => "#,##0",
        Unit::Number | Unit::People | Unit::Contacts => "#,##0.00",
    }
}
