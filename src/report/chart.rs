//! Charts as data: what is drawn, not yet how it looks.
//!
//! The same chart is drawn by a browser from its JSON, by plotters to SVG and PNG, and natively by a spreadsheet. Ticks and labels come in the
//! reader's language, so that who draws knows none.

use serde::Serialize;

use super::flow::Flow;

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// A short name, the same in every language.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What is drawn.
    #[serde(flatten)]
    pub kind: ChartKind,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChartKind {
    /// Curves over an axis of numbers, such as hours of a day.
    Lines(Lines),
    /// A bar for each name, the first on top.
    Bars(Bars),
    /// A number for each pair of row and column.
    Heat(Heat),
    /// What lies between two numbers, for each name, the first on top.
    Spans(Spans),
    /// Points with their intervals both ways.
    Points(Points),
    /// What goes where, in bands as wide as it is much.
    Flow(Flow),
}

/// How a number is written on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AxisUnit {
    /// A share, as per cent.
    Share,
    /// As it is.
    Plain,
}

/// An axis: its name, and how its numbers are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// What is measured, with its unit.
    pub label: String,
    /// How its numbers are written.
    pub unit: AxisUnit,
}

/// Curves over the same axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lines {
    /// Where the points are.
    pub x: Vec<f64>,
    /// What each of these points is called: a clock, a date, a duration.
    pub labels: Vec<String>,
    /// What the axis below is called.
    pub x_label: String,
    /// Marks on it: where, and what stands there.
    pub ticks: Vec<(f64, String)>,
    /// The axis at the side.
    pub y: Axis,
    /// From where to where it goes; open ends as the numbers have it.
    pub y_domain: (Option<f64>, Option<f64>),
    /// The curves.
    pub series: Vec<Series>,
    /// A level to be held.
    pub rule: Option<Rule>,
    /// What is filled where the first series is above the second, with its name.
    pub gap: Option<String>,
    /// Points hold up to the next one, as heads do.
    pub steps: bool,
}

/// A curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its points; `None`: no data there.
    pub y: Vec<Option<f64>>,
    /// The lower ends of their intervals; empty: none are drawn.
    pub low: Vec<Option<f64>>,
    /// The upper ends.
    pub high: Vec<Option<f64>>,
}

/// A straight line across.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// Where.
    pub at: f64,
    /// Its name in the legend.
    pub name: String,
}

/// A bar for each name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bars {
    /// The axis of the lengths.
    pub x: Axis,
    /// The bars.
    pub bars: Vec<Bar>,
    /// A level to be held.
    pub rule: Option<Rule>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length; `None`: no data.
    pub value: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The number as it is written.
    pub text: String,
}

/// A number for each pair of row and column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heat {
    /// The rows' names, the first on top.
    pub rows: Vec<String>,
    /// The columns' names.
    pub columns: Vec<String>,
    /// What the columns are.
    pub x_label: String,
    /// By row and column; `None`: no data.
    pub values: Vec<Vec<Option<f64>>>,
    /// Half of their 95 % intervals, alike; empty: none are shown. A number whose interval holds the middle has no colour then.
    pub half_widths: Vec<Vec<Option<f64>>>,
    /// How the numbers are written, and what they are.
    pub y: Axis,
    /// Where one colour turns into the other.
    pub middle: f64,
    /// How far from the middle colours are full.
    pub reach: f64,
    /// What the colours at either end mean: below and above the middle.
    pub ends: (String, String),
}

/// A span for each name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spans {
    /// The axis of the ends.
    pub x: Axis,
    /// The spans.
    pub spans: Vec<Span>,
    /// A level to hold them against.
    pub rule: Option<Rule>,
}

/// What lies between two numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Its name.
    pub name: String,
    /// The smaller end.
    pub from: f64,
    /// The larger end.
    pub to: f64,
    /// What the span is the interval of; `None`: the span itself is shown.
    pub value: Option<f64>,
    /// What stands at the smaller end.
    pub from_text: String,
    /// What stands at the larger one.
    pub to_text: String,
}

/// Points in a plane.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    /// The axis below.
    pub x: Axis,
    /// The axis at the side.
    pub y: Axis,
    /// The points.
    pub points: Vec<Point>,
    /// How they are named.
    pub naming: Naming,
    /// A level to be held.
    pub rule: Option<Rule>,
}

/// How points are told apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Naming {
    /// Each has a sign of its own in the legend; they are differences from a point at 0.
    Legend,
    /// They are a line, each with its name beside it, before points without names.
    Line {
        /// What the line is.
        name: String,
        /// What the points without names are.
        rest_name: String,
        /// These points.
        rest: Vec<Point>,
    },
}

/// A point with its intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Along the axis below: low, value, high.
    pub x: (f64, f64, f64),
    /// Along the axis at the side: low, value, high.
    pub y: (f64, f64, f64),
}

impl Chart {
    /// Whether there is anything to draw.
    pub fn has_data(&self) -> bool {
        match &self.kind {
            ChartKind::Lines(lines) => lines.series.iter().any(|series| series.y.iter().any(Option::is_some)),
            ChartKind::Bars(bars) => bars.bars.iter().any(|bar| bar.value.is_some()),
            ChartKind::Heat(heat) => heat.values.iter().flatten().any(Option::is_some),
            ChartKind::Spans(spans) => !spans.spans.is_empty(),
            ChartKind::Points(points) => !points.points.is_empty(),
            ChartKind::Flow(flow) => !flow.links.is_empty(),
        }
    }
}

impl Heat {
    /// Whether a cell's interval holds the middle, so that neither colour is right.
    pub fn is_open(&self, row: usize, column: usize) -> bool {
        let of = |numbers: &[Vec<Option<f64>>]| numbers.get(row)?.get(column).copied().flatten();
        let known = of(&self.half_widths)
            .is_some_and(|half| of(&self.values).is_some_and(|value| (value - self.middle).abs() > half));
        !self.half_widths.is_empty() && !known
    }
}

impl Points {
    /// All of them, those without names first.
    pub fn all(&self) -> impl Iterator<Item = &Point> {
        let rest = match &self.naming {
            Naming::Legend => &[],
            Naming::Line { rest, .. } => rest.as_slice(),
        };
        rest.iter().chain(&self.points)
    }
}

impl Spans {
    /// From the smallest to the largest number on the axis, the level among them, with some room.
    pub fn domain(&self) -> (f64, f64) {
        let ends = self.spans.iter().flat_map(|span| [span.from, span.to]);
        let all = || ends.clone().chain(self.rule.iter().map(|rule| rule.at));
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let room = if high > low { 0.06 * (high - low) } else { 0.5 };
        (low - room, high + room)
    }
}

impl Axis {
    /// Of shares, written as per cent.
    pub fn share(label: impl Into<String>) -> Axis {
        Axis { label: label.into(), unit: AxisUnit::Share }
    }

    /// Of plain numbers.
    pub fn plain(label: impl Into<String>) -> Axis {
        Axis { label: label.into(), unit: AxisUnit::Plain }
    }
}

/// 1, 2 or 5 times a power of ten that is at least so much.
pub(super) fn round_step(at_least: f64) -> f64 {
    let mut power = 1e-9;
    while power * 10.0 <= at_least && power < 1e12 {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|&step| step >= at_least)
        .unwrap_or(power * 10.0)
}
