//! A document's charts as pictures, SVG and PNG: for slides, mails and papers.
//!
//! Drawn by plotters with a font that comes along, so that pictures look alike on any machine.

mod bars;
mod flow;
mod heat;
mod lines;
mod pen;
mod points;
mod scale;
mod spans;

use plotters::prelude::{BitMapBackend, DrawingBackend, IntoDrawingArea, SVGBackend};

use self::pen::{Failed, Pen};
use super::chart::{Chart, ChartKind};
use super::document::{Document, Section};
use super::language::Language;

/// A chart as a picture, in both forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The chart's short name.
    pub name: &'static str,
    /// As SVG.
    pub svg: String,
    /// As PNG.
    pub png: Vec<u8>,
}

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("chart {chart} cannot be drawn: {why}")]
pub struct PlotError {
    chart: &'static str,
    why: String,
}

/// Pixels across; PNG has twice as many.
const WIDTH: u32 = 1000;
const PNG_TIMES: u32 = 2;

/// Every chart of a document that has something to draw.
///
/// # Errors
/// What the drawing library refuses.
pub fn pictures(document: &Document, language: Language) -> Result<Vec<Picture>, PlotError> {
    pen::register_font().map_err(|why| PlotError { chart: "all", why })?;
    let charts = document.sections.iter().filter_map(|section| match section {
        Section::Chart(chart) if chart.has_data() => Some(chart),
        _ => None,
    });
    charts
        .map(|chart| picture(chart, language).map_err(|failed| PlotError { chart: chart.id, why: failed.0 }))
        .collect()
}

fn picture(chart: &Chart, language: Language) -> Result<Picture, Failed> {
    let size = (WIDTH, height(chart));
    let mut svg = String::new();
    draw(SVGBackend::with_string(&mut svg, size), 1, chart, language)?;
    let (across, down) = (size.0 * PNG_TIMES, size.1 * PNG_TIMES);
    let mut pixels = vec![0; (across * down * 3) as usize];
    draw(BitMapBackend::with_buffer(&mut pixels, (across, down)), PNG_TIMES, chart, language)?;
    Ok(Picture { name: chart.id, svg, png: pen::png(&pixels, across, down)? })
}

/// By how much there is to draw, in pixels; title and note included.
fn height(chart: &Chart) -> u32 {
    let body = match &chart.kind {
        ChartKind::Lines(_) | ChartKind::Points(_) => 400,
        ChartKind::Bars(bars) => 30 * bars.bars.len() as u32 + 50,
        ChartKind::Spans(spans) => 30 * spans.spans.len() as u32 + 50,
        ChartKind::Heat(heat) => heat::height(heat),
        ChartKind::Flow(_) => 420,
    };
    body + 130
}

fn draw<B: DrawingBackend>(backend: B, times: u32, chart: &Chart, language: Language) -> Result<(), Failed> {
    let area = backend.into_drawing_area();
    let mut pen = Pen::new(&area, times, language)?;
    pen.heading(&chart.title)?;
    match &chart.kind {
        ChartKind::Lines(lines) => lines::draw(&mut pen, lines)?,
        ChartKind::Bars(bars) => bars::draw(&mut pen, bars)?,
        ChartKind::Spans(spans) => spans::draw(&mut pen, spans)?,
        ChartKind::Heat(heat) => heat::draw(&mut pen, heat)?,
        ChartKind::Points(points) => points::draw(&mut pen, points)?,
        ChartKind::Flow(flow) => flow::draw(&mut pen, flow)?,
    }
    pen.note(&chart.note)?;
    area.present().map_err(Failed::of)
}
