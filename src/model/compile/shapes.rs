//! How a process's volume spreads over kinds of day and over the day.

use std::collections::BTreeMap;

use super::days::{ByDay, DayPlan, DaySelector, bands, equal_parts};
use super::findings::{Findings, path};
use super::timeline::{Stretch, Timeline};
use crate::calendar::QUARTER_HOUR_S;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{DayRow, DayShape};

/// The largest weight or factor.
pub(super) const MOST_WEIGHT: f64 = 1e9;

/// The shape of the day for each kind of day: parts of a normal day's volume that fall into a quarter-hour.
pub(super) fn shapes(
    name: &str,
    given: Option<&DayShape>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> ByDay<DayPlan<f64>> {
    let at = path(&["arrivals", name, "day"]);
    let mut shapes = given_shapes(&at, given, findings);
    shapes.values_mut().for_each(|shape| scale(shape, &at, findings));
    check_every_day_has_a_shape(&at, &shapes, timeline, findings);
    shapes
}

/// `weekday`: volume by kind of day relative to a normal one.
pub(super) fn day_factors(name: &str, given: &BTreeMap<String, f64>, findings: &mut Findings) -> ByDay<f64> {
    let mut factors = ByDay::default();
    for (day, &factor) in given {
        let at = path(&["arrivals", name, "weekday", day]);
        let factor = findings.number(&at, factor, 0.0..=MOST_WEIGHT);
        if let Some(days) = selector(day, &at, findings)
            && !factors.say(days, factor)
        {
            let message = format!("\"{day}\" is said twice, by two names");
            findings.add(Code::BAD_DAY_SHAPE, at, message, "keep one of them");
        }
    }
    factors
}

/// The kind of day or date that a text names.
pub(super) fn selector(text: &str, at: &str, findings: &mut Findings) -> Option<DaySelector> {
    let days = DaySelector::parse(text);
    if days.is_none() {
        let message = format!("\"{text}\" is no kind of day and no date");
        let finding = Diagnostic::new(Code::UNKNOWN_NAME, at, message);
        findings.push(finding.with_candidates(text, "kinds of day", DaySelector::NAMES));
    }
    days
}

/// Weights over the day as they are given, by days; flat where nothing is, or nothing that can be used.
fn given_shapes(at: &str, given: Option<&DayShape>, findings: &mut Findings) -> ByDay<DayPlan<f64>> {
    let every = match given {
        None => None,
        Some(DayShape::Weights(weights)) => weights_of_equal_parts(at, weights, findings),
        Some(DayShape::Bands(given)) => {
            bands(given.iter().map(|(&start, &weight)| (start, weight)), 0.0).ok()
        }
        Some(DayShape::Rows(rows)) => return row_shapes(at, rows, findings),
        Some(DayShape::File(file)) => {
            let message = format!("the shape in {file} has not been read in");
            findings.add(Code::BAD_DAY_SHAPE, at, message, "load the scenario from its file");
            None
        }
    };
    let mut shapes = ByDay::default();
    shapes.say(DaySelector::Every, every.unwrap_or_else(|| vec![(0, 1.0)]));
    shapes
}

fn weights_of_equal_parts(at: &str, weights: &[f64], findings: &mut Findings) -> Option<DayPlan<f64>> {
    let plan = equal_parts(weights);
    if plan.is_none() {
        let message = format!("{} weights do not divide a day into equal whole seconds", weights.len());
        findings.add(Code::BAD_DAY_SHAPE, at, message, "give 24, 48 or 96");
    }
    plan
}

/// The rows of a file, gathered by the kind of day that they name.
fn row_shapes(at: &str, rows: &[DayRow], findings: &mut Findings) -> ByDay<DayPlan<f64>> {
    let mut by_day: ByDay<Vec<_>> = ByDay::default();
    for (i, row) in rows.iter().enumerate() {
        if let Some(days) = selector(&row.day, &format!("{at}[{i}].day"), findings) {
            by_day.entry(days).push((row.start, row.weight));
        }
    }
    let mut shapes = ByDay::default();
    for (days, rows) in by_day.into_said() {
        match bands(rows, 0.0) {
            Ok(plan) => _ = shapes.say(days, plan),
            Err(twice) => {
                let message = format!("two rows of one kind of day start at {twice}");
                findings.add(Code::BAD_DAY_SHAPE, at, message, "keep one of them");
            }
        }
    }
    shapes
}

/// Turns weights into parts of a normal day's volume that fall into a quarter-hour: weight times 900 s over the sum of
/// weight times length.
fn scale(shape: &mut DayPlan<f64>, at: &str, findings: &mut Findings) {
    for (_, weight) in shape.iter_mut() {
        *weight = findings.number(at, *weight, 0.0..=MOST_WEIGHT);
    }
    let ends: Vec<u32> = shape.iter().skip(1).map(|&(second, _)| second).chain([86_400]).collect();
    let length = |(&(from, weight), until): (&(u32, f64), u32)| weight * f64::from(until - from);
    let total: f64 = shape.iter().zip(ends).map(length).sum();
    if total > 0.0 {
        shape.iter_mut().for_each(|(_, weight)| *weight *= QUARTER_HOUR_S as f64 / total);
    } else {
        findings.add(
            Code::BAD_DAY_SHAPE,
            at,
            "the weights sum to 0",
            "give one above 0; for no calls write `per_day = 0`",
        );
    }
}

fn check_every_day_has_a_shape(
    at: &str,
    shapes: &ByDay<DayPlan<f64>>,
    timeline: &Timeline,
    findings: &mut Findings,
) {
    let without = |s: &&Stretch| shapes.on(s.date, s.kind).is_none();
    if let Some(day) = timeline.begun().iter().find(without) {
        let message = format!("no row holds for {}, whose kind is \"{}\"", day.date, day.kind.name());
        let help = "add rows of this kind of day, or rows with an empty `day` for all others";
        findings.add(Code::BAD_DAY_SHAPE, at, message, help);
    }
}
