//! Flows.

use plotters::prelude::DrawingBackend;

use super::pen::{Anchor, Failed, INK, INKS, Pen, SIDE};
use crate::report::flow::{Flow, FlowNode};

const BAR: f64 = 12.0;
/// Points along a band's edge.
const STEPS: u32 = 24;

pub(super) fn draw<B: DrawingBackend>(pen: &mut Pen<'_, B>, flow: &Flow) -> Result<(), Failed> {
    let top = pen.top + 10.0;
    let scale = (pen.bottom() - top - 12.0) / flow.height.max(f64::MIN_POSITIVE);
    let last = flow.columns.saturating_sub(1);
    // The last column has its names beside it, so that they stand in nobody's way.
    let texts = flow.nodes.iter().filter(|node| node.column == last).map(label);
    let outside = pen.widest(texts.collect::<Vec<_>>().iter().map(String::as_str), 12.0) + 8.0;
    let room = (pen.width - 2.0 * SIDE - BAR - outside) / last.max(1) as f64;
    let x = |column: usize| SIDE + room * column as f64;
    let ink = |node: &FlowNode| INKS[node.column % INKS.len()];
    for link in &flow.links {
        let (from, to) = (&flow.nodes[link.from], &flow.nodes[link.to]);
        let (left, right) = (x(from.column) + BAR, x(to.column));
        let (start, end) = (top + link.from_top * scale, top + link.to_top * scale);
        let height = (link.height * scale).max(1.0);
        let edge = |down: f64| {
            (0..=STEPS).map(move |step| {
                curve((left, start + down), (right, end + down), f64::from(step) / f64::from(STEPS))
            })
        };
        let mut band: Vec<(f64, f64)> = edge(0.0).collect();
        band.extend(edge(height).collect::<Vec<_>>().into_iter().rev());
        pen.polygon(&band, ink(from), 0.3)?;
    }
    let mut ends = vec![f64::NEG_INFINITY; flow.columns];
    for node in &flow.nodes {
        let (left, upper) = (x(node.column), top + node.top * scale);
        let lower = upper + (node.height * scale).max(1.0);
        pen.rectangle((left, upper), (left + BAR, lower), ink(node), 1.0)?;
        let middle = (0.5 * (upper + lower)).max(ends[node.column] + 10.0);
        ends[node.column] = middle + 10.0;
        pen.text(&label(node), (left + BAR + 6.0, middle), 12.0, INK, Anchor::Left)?;
    }
    Ok(())
}

fn label(node: &FlowNode) -> String {
    format!("{}  {}", node.name, node.text)
}

/// A point of an edge that leaves and arrives level: a cubic Bezier curve with its handles in the middle.
fn curve(from: (f64, f64), to: (f64, f64), t: f64) -> (f64, f64) {
    let middle = 0.5 * (from.0 + to.0);
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    let x = [from.0, middle, middle, to.0].iter().zip(weights).map(|(at, weight)| at * weight).sum();
    let y = [from.1, from.1, to.1, to.1].iter().zip(weights).map(|(at, weight)| at * weight).sum();
    (x, y)
}
