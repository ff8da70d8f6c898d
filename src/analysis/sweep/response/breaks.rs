//! Break points: up to which value of a factor a promise is kept, interpolated between the scenarios on either side.

use super::{Known, Point, Response};

/// Where along a factor a target's promise stops being kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// The factor's place in the study.
    pub factor: usize,
    /// The target's place among the response's keys.
    pub key: usize,
    /// The other factors' values along the line, as (factor, value).
    pub others: Vec<(usize, String)>,
    /// What is found along it.
    pub holds: Holds,
    /// The smallest and the largest value along the line.
    pub range: (f64, f64),
    /// The scenarios along it: the factor's number, and what is known of the target there.
    pub line: Vec<(f64, Known)>,
}

/// Where a promise is kept along a line of scenarios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holds {
    /// At all values.
    Everywhere,
    /// At none.
    Nowhere,
    /// Below a value; its 95 % interval, an end being `None` where it lies beyond the line.
    UpTo(f64, Option<f64>, Option<f64>),
    /// Above a value.
    From(f64, Option<f64>, Option<f64>),
    /// Here and there.
    Mixed,
}

/// Lines are of at least two scenarios.
pub(super) type Line<'a> = Vec<(f64, &'a Point)>;

impl Response {
    /// Along every line of scenarios that differ in one numeric factor alone: where each target is kept.
    pub fn breaks(&self, factors: usize) -> Vec<Break> {
        let mut found = Vec::new();
        for key in self.service_keys() {
            for factor in 0..factors {
                found.extend(
                    self.lines(factor, key).into_iter().filter_map(|line| broken(factor, key, &line)),
                );
            }
        }
        found
    }

    /// Scenarios that differ in one factor alone, by its numbers.
    pub(super) fn lines(&self, factor: usize, key: usize) -> Vec<Line<'_>> {
        let mut lines: Vec<(Vec<&str>, Line<'_>)> = Vec::new();
        for point in self.points.iter().filter(|point| point.of(key).is_some()) {
            let Some(number) = point.at[factor].number else { continue };
            let others = point.at.iter().enumerate().filter(|(index, _)| *index != factor);
            let others: Vec<&str> = others.map(|(_, at)| at.label.as_str()).collect();
            match lines.iter_mut().find(|(known, _)| *known == others) {
                Some((_, line)) => line.push((number, point)),
                None => lines.push((others, vec![(number, point)])),
            }
        }
        lines.into_iter().map(|(_, line)| in_order(line)).filter(|line| line.len() > 1).collect()
    }
}

/// By the factor's number; the base comes twice where the design has it too.
fn in_order(mut line: Line<'_>) -> Line<'_> {
    line.sort_by(|a, b| a.0.total_cmp(&b.0));
    line.dedup_by(|b, a| a.0 == b.0);
    line
}

fn broken(factor: usize, key: usize, line: &Line<'_>) -> Option<Break> {
    let margin = |of: fn(Known) -> f64| {
        let at = |(number, point): &(f64, &Point)| {
            let known = point.of(key)?;
            Some((*number, of(known) - known.promised?))
        };
        line.iter().map(at).collect::<Option<Vec<(f64, f64)>>>()
    };
    let value = margin(|known| known.value)?;
    let others = line[0].1.at.iter().enumerate().filter(|(index, _)| *index != factor);
    Some(Break {
        factor,
        key,
        others: others.map(|(index, at)| (index, at.label.clone())).collect(),
        holds: holds(&value, &margin(|known| known.low)?, &margin(|known| known.high)?),
        range: (line[0].0, line[line.len() - 1].0),
        line: line.iter().filter_map(|(number, point)| Some((*number, point.of(key)?))).collect(),
    })
}

/// By margins above the promise: of the values, of their lower ends, of their upper ends.
fn holds(value: &[(f64, f64)], low: &[(f64, f64)], high: &[(f64, f64)]) -> Holds {
    let kept: Vec<bool> = value.iter().map(|(_, margin)| *margin >= 0.0).collect();
    let changes = kept.windows(2).filter(|pair| pair[0] != pair[1]).count();
    match (changes, kept.first()) {
        (0, Some(true)) => Holds::Everywhere,
        (0, _) => Holds::Nowhere,
        (1, Some(true)) => {
            let ends = [crossing(low, true), crossing(high, true)];
            crossing(value, true).map_or(Holds::Mixed, |at| Holds::UpTo(at, ends[0], ends[1]))
        }
        (1, _) => {
            let ends = [crossing(high, false), crossing(low, false)];
            crossing(value, false).map_or(Holds::Mixed, |at| Holds::From(at, ends[0], ends[1]))
        }
        _ => Holds::Mixed,
    }
}

/// Where margins first fall below 0 (or rise to it), by straight lines between neighbours.
fn crossing(margins: &[(f64, f64)], falls: bool) -> Option<f64> {
    let crosses = |pair: &&[(f64, f64)]| {
        let (before, after) = (pair[0].1 >= 0.0, pair[1].1 >= 0.0);
        before == falls && after != falls
    };
    margins.windows(2).find(crosses).map(|pair| {
        let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
        x1 + (x2 - x1) * y1 / (y1 - y2)
    })
}
