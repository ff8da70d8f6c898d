//! Charts that the spreadsheet draws itself, from numbers on a sheet of their own.

use rust_xlsxwriter::{
    Chart as Native, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFormat,
    ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarkerType, ChartRange, ChartType, Color, Format,
    Worksheet, XlsxError,
};

use crate::report::chart::{
    Axis, AxisUnit, Bars, Chart, ChartKind, Lines, Naming, Point, Points, Series, Span, Spans, round_step,
};

const INKS: [u32; 6] = [0x00_72_B2, 0xD5_5E_00, 0x00_9E_73, 0x9A_5B_8A, 0xB0_7A_00, 0x3A_8F_C2];
const DASHES: [ChartLineDashType; 4] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::DashDot,
];
/// Points without names.
const FAINT: u32 = 0x8A_97_A3;
const INK: Color = Color::RGB(0x1B_27_33);
const WIDTH: u32 = 900;
const HEIGHT: u32 = 360;
/// Labels on an axis of points.
const LABELS: usize = 12;

/// The sheet with what charts are drawn from: a block of columns each, side by side.
pub(super) struct ChartData {
    sheet: Worksheet,
    name: String,
    next: u16,
}

/// A column of numbers that is written.
#[derive(Clone, Copy)]
struct Column {
    at: u16,
    rows: u32,
}

impl ChartData {
    pub(super) fn new(name: &str) -> ChartData {
        ChartData { sheet: Worksheet::new(), name: name.into(), next: 0 }
    }

    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        self.sheet.set_name(&self.name)?;
        Ok(self.sheet)
    }

    fn begin(&mut self, title: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(0, self.next, title, &Format::new().set_bold()).map(drop)
    }

    fn texts(&mut self, name: &str, texts: &[String]) -> Result<Column, XlsxError> {
        self.sheet.write_string(1, self.next, name)?;
        for (row, text) in (2..).zip(texts) {
            self.sheet.write_string(row, self.next, text)?;
        }
        Ok(self.column(texts.len()))
    }

    fn numbers(&mut self, name: &str, numbers: &[Option<f64>]) -> Result<Column, XlsxError> {
        self.sheet.write_string(1, self.next, name)?;
        for (row, number) in (2..).zip(numbers) {
            if let Some(number) = number {
                self.sheet.write_number(row, self.next, *number)?;
            }
        }
        Ok(self.column(numbers.len()))
    }

    fn column(&mut self, rows: usize) -> Column {
        self.next += 1;
        Column { at: self.next - 1, rows: rows as u32 }
    }

    /// A column free between blocks.
    fn end(&mut self) {
        self.next += 1;
    }

    fn range(&self, column: Column) -> ChartRange {
        ChartRange::new_from_range(&self.name, 2, column.at, 1 + column.rows.max(1), column.at)
    }

    fn head(&self, column: Column) -> ChartRange {
        ChartRange::new_from_range(&self.name, 1, column.at, 1, column.at)
    }
}

/// The chart, with its numbers written; `None` of what spreadsheets do not draw.
pub(super) fn native(chart: &Chart, data: &mut ChartData) -> Result<Option<Native>, XlsxError> {
    data.begin(&chart.title)?;
    let mut drawn = match &chart.kind {
        ChartKind::Lines(lines) => curves(lines, data)?,
        ChartKind::Bars(bars) => bar_chart(bars, data)?,
        ChartKind::Spans(spans) => span_chart(spans, data)?,
        ChartKind::Points(points) => scatter(points, data)?,
        ChartKind::Heat(_) | ChartKind::Flow(_) => return Ok(None),
    };
    data.end();
    drawn.title().set_name(&chart.title);
    drawn.set_width(WIDTH).set_height(HEIGHT).set_name(&chart.title).set_alt_text(&chart.note);
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    Ok(Some(drawn))
}

fn number_format(axis: &Axis) -> &'static str {
    match axis.unit {
        AxisUnit::Share => "0%",
        AxisUnit::Plain => "#,##0",
    }
}

fn line(ink: Color, dash: ChartLineDashType, width: f64) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(ink).set_width(width).set_dash_type(dash));
    format
}

fn curves(lines: &Lines, data: &mut ChartData) -> Result<Native, XlsxError> {
    let mut chart = Native::new(ChartType::Line);
    let labels = data.texts(&lines.x_label, &lines.labels)?;
    for (index, series) in lines.series.iter().enumerate() {
        let ink = Color::RGB(INKS[index % INKS.len()]);
        curve(
            &mut chart,
            data,
            labels,
            (&series.name, &series.y),
            &line(ink, DASHES[index % DASHES.len()], 2.0),
        )?;
        interval(&mut chart, data, labels, series)?;
    }
    if let Some(rule) = &lines.rule {
        let level = vec![Some(rule.at); lines.x.len()];
        curve(&mut chart, data, labels, (&rule.name, &level), &line(INK, ChartLineDashType::Dash, 1.25))?;
    }
    chart.x_axis().set_name(&lines.x_label).set_label_interval(lines.x.len().div_ceil(LABELS).max(1) as u16);
    chart.y_axis().set_name(&lines.y.label).set_num_format(number_format(&lines.y));
    if let Some(low) = lines.y_domain.0 {
        chart.y_axis().set_min(low);
    }
    if let Some(high) = lines.y_domain.1 {
        chart.y_axis().set_max(high);
    }
    Ok(chart)
}

fn curve(
    chart: &mut Native,
    data: &mut ChartData,
    labels: Column,
    (name, numbers): (&str, &[Option<f64>]),
    format: &ChartFormat,
) -> Result<(), XlsxError> {
    let column = data.numbers(name, numbers)?;
    let series = chart.add_series();
    series.set_categories(&data.range(labels)).set_values(&data.range(column)).set_name(&data.head(column));
    series.set_format(&mut format.clone());
    Ok(())
}

/// The ends of the interval as thin lines.
fn interval(
    chart: &mut Native,
    data: &mut ChartData,
    labels: Column,
    series: &Series,
) -> Result<(), XlsxError> {
    for (end, numbers) in [("\u{2193}", &series.low), ("\u{2191}", &series.high)] {
        if !numbers.is_empty() {
            let format = line(Color::RGB(0x9D_C8_E0), ChartLineDashType::Solid, 0.75);
            curve(chart, data, labels, (&format!("95 % {end}"), numbers), &format)?;
        }
    }
    Ok(())
}

fn bar_chart(bars: &Bars, data: &mut ChartData) -> Result<Native, XlsxError> {
    let mut chart = Native::new(ChartType::Bar);
    // Spreadsheets draw the first at the bottom.
    let names: Vec<String> = bars.bars.iter().rev().map(|bar| bar.name.clone()).collect();
    let names = data.texts("", &names)?;
    let of = |number: fn(&crate::report::chart::Bar) -> Option<f64>| -> Vec<Option<f64>> {
        bars.bars.iter().rev().map(number).collect()
    };
    let values = data.numbers(&bars.x.label, &of(|bar| bar.value))?;
    let above = data.numbers("+", &of(|bar| Some(bar.high? - bar.value?)))?;
    let below = data.numbers("-", &of(|bar| Some(bar.value? - bar.low?)))?;
    let mut format = ChartFormat::new();
    format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(INKS[0])));
    let series = chart.add_series();
    series.set_categories(&data.range(names)).set_values(&data.range(values)).set_name(&data.head(values));
    series.set_format(&mut format).set_gap(60);
    let whiskers = ChartErrorBarsType::Custom(data.range(above), data.range(below));
    series.set_y_error_bars(ChartErrorBars::new().set_type(whiskers));
    chart.x_axis().set_name(&bars.x.label).set_num_format(number_format(&bars.x)).set_min(0.0);
    chart.legend().set_hidden();
    Ok(chart)
}

/// Bars on bars that are not seen. Stacks grow from 0 to either side, so what lies below 0 is a bar of its own.
fn span_chart(spans: &Spans, data: &mut ChartData) -> Result<Native, XlsxError> {
    let mut chart = Native::new(ChartType::BarStacked);
    let rows = || spans.spans.iter().rev();
    let name = |span: &Span| match span.value {
        Some(_) => span.name.clone(),
        None => format!("{} ({} \u{2013} {})", span.name, span.from_text, span.to_text),
    };
    let names = data.texts("", &rows().map(name).collect::<Vec<_>>())?;
    let (low, high) = rounded_out(spans.domain());
    let (mut unseen, mut seen) = (ChartFormat::new(), ChartFormat::new());
    unseen.set_no_fill().set_no_line();
    seen.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(INKS[0])));
    let up_to_it = |span: &Span| span.from.max(0.0) + span.to.min(0.0);
    let above = |span: &Span| span.to.max(0.0) - span.from.max(0.0);
    let below = |span: &Span| span.from.min(0.0) - span.to.min(0.0);
    let mut stack = |head: &str, length: &dyn Fn(&Span) -> f64, format: &mut ChartFormat| {
        let lengths = data.numbers(head, &rows().map(|span| Some(length(span))).collect::<Vec<_>>())?;
        let series = chart.add_series();
        series
            .set_categories(&data.range(names))
            .set_values(&data.range(lengths))
            .set_name(&data.head(lengths));
        series.set_format(format).set_gap(60);
        Ok::<(), XlsxError>(())
    };
    stack("", &up_to_it, &mut unseen)?;
    stack(&spans.x.label, &above, &mut seen)?;
    if spans.spans.iter().any(|span| span.from < 0.0) {
        stack(&spans.x.label, &below, &mut seen)?;
    }
    let axis = chart.x_axis();
    axis.set_name(&spans.x.label).set_num_format(fine_format(&spans.x)).set_min(low).set_max(high);
    chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart.legend().set_hidden();
    Ok(chart)
}

/// Outwards to round numbers, about six of which divide what is between.
fn rounded_out((low, high): (f64, f64)) -> (f64, f64) {
    let step = round_step((high - low) / 6.0);
    ((low / step).floor() * step, (high / step).ceil() * step)
}

fn fine_format(axis: &Axis) -> &'static str {
    match axis.unit {
        AxisUnit::Share => "0.0%",
        AxisUnit::Plain => "#,##0",
    }
}

fn scatter(points: &Points, data: &mut ChartData) -> Result<Native, XlsxError> {
    let mut chart = Native::new(ChartType::Scatter);
    match &points.naming {
        Naming::Legend => {
            for (index, point) in points.points.iter().enumerate() {
                cloud(
                    &mut chart,
                    data,
                    points,
                    (&point.name, std::slice::from_ref(point)),
                    INKS[index % INKS.len()],
                )?;
            }
        }
        Naming::Line { name, rest_name, rest } => {
            cloud(&mut chart, data, points, (name, &points.points), INKS[0])?;
            if !rest.is_empty() {
                cloud(&mut chart, data, points, (rest_name, rest), FAINT)?;
            }
        }
    }
    // Around the points, not from 0, but for differences.
    if points.naming != Naming::Legend {
        let ends = |of: fn(&Point) -> (f64, f64, f64)| {
            let low = points.all().map(|point| of(point).0).fold(f64::INFINITY, f64::min);
            let high = points.all().map(|point| of(point).2).fold(f64::NEG_INFINITY, f64::max);
            rounded_out((low, high))
        };
        let ((x_low, x_high), (y_low, y_high)) = (ends(|point| point.x), ends(|point| point.y));
        if x_high > x_low && y_high > y_low {
            chart.x_axis().set_min(x_low).set_max(x_high);
            chart.y_axis().set_min(y_low).set_max(y_high);
        }
    }
    chart.x_axis().set_name(&points.x.label).set_num_format(number_format(&points.x));
    chart.y_axis().set_name(&points.y.label).set_num_format(fine_format(&points.y));
    Ok(chart)
}

/// Points of one colour and name, with their intervals.
fn cloud(
    chart: &mut Native,
    data: &mut ChartData,
    axes: &Points,
    (name, points): (&str, &[Point]),
    ink: u32,
) -> Result<(), XlsxError> {
    let shape = if ink == FAINT { ChartMarkerType::Square } else { ChartMarkerType::Circle };
    let of = |number: fn(&Point) -> f64| points.iter().map(|point| Some(number(point))).collect::<Vec<_>>();
    let x = data.numbers(&axes.x.label, &of(|point| point.x.1))?;
    let y = data.numbers(name, &of(|point| point.y.1))?;
    let ends: [fn(&Point) -> f64; 4] = [
        |point| point.x.2 - point.x.1,
        |point| point.x.1 - point.x.0,
        |point| point.y.2 - point.y.1,
        |point| point.y.1 - point.y.0,
    ];
    let mut columns = Vec::new();
    for end in ends {
        columns.push(data.numbers("\u{b1}", &of(end))?);
    }
    let bars = |plus: Column, minus: Column| {
        let kind = ChartErrorBarsType::Custom(data.range(plus), data.range(minus));
        ChartErrorBars::new().set_type(kind).clone()
    };
    let (x_bars, y_bars) = (bars(columns[0], columns[1]), bars(columns[2], columns[3]));
    let series = chart.add_series();
    series.set_categories(&data.range(x)).set_values(&data.range(y)).set_name(&data.head(y));
    series.set_x_error_bars(&x_bars).set_y_error_bars(&y_bars);
    let mut format = ChartFormat::new();
    format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(ink)));
    let mut marker = rust_xlsxwriter::ChartMarker::new();
    marker.set_type(shape).set_size(9).set_format(&mut format);
    series.set_marker(&marker);
    Ok(())
}
