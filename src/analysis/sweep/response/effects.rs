//! Main effects: what a measure is, on average over scenarios, at each value of a factor; and so how far each factor moves it, which drawn in order
//! of length is a tornado.

use super::{Point, Response};

/// How a factor acts on a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The factor's place in the study.
    pub factor: usize,
    /// The measure's place among the response's keys.
    pub key: usize,
    /// By value of the factor, numbers in their order, other values as they were met.
    pub levels: Vec<EffectLevel>,
    /// The largest mean less the smallest.
    pub swing: f64,
}

/// A value of a factor, or a part of its range, and the mean there.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectLevel {
    /// The value; of a part of a range its ends.
    pub label: String,
    /// The mean over scenarios.
    pub mean: f64,
    /// No less than half of the mean's 95 % interval: the mean of the scenarios' half-widths, which is right where common random numbers move
    /// all of them together.
    pub half_width: f64,
    /// How many scenarios.
    pub scenarios: usize,
}

/// A factor with more values than this is cut into quarters of its range.
const MOST_LEVELS: usize = 12;
const PARTS: usize = 4;

impl Response {
    /// How each of so many factors acts on a measure, the strongest first. With `alone` a factor is looked at where all others are as in the
    /// base, which is what a design that varies one at a time is for; otherwise over all scenarios but the base.
    pub fn effects(&self, factors: usize, key: usize, alone: bool) -> Vec<Effect> {
        let effect = |factor: usize| {
            let levels = self.levels(factor, key, alone);
            let means = || levels.iter().map(|level| level.mean);
            let (low, high) =
                (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
            let swing = if levels.len() > 1 { high - low } else { 0.0 };
            Effect { factor, key, levels, swing }
        };
        let mut effects: Vec<Effect> = (0..factors).map(effect).collect();
        effects.sort_by(|a, b| b.swing.total_cmp(&a.swing).then(a.factor.cmp(&b.factor)));
        effects
    }

    fn levels(&self, factor: usize, key: usize, alone: bool) -> Vec<EffectLevel> {
        let is_asked = |point: &&Point| {
            if alone { point.is_base_but_for(factor) } else { point.scenario != 0 || self.points.len() == 1 }
        };
        let points: Vec<&Point> =
            self.points.iter().filter(is_asked).filter(|point| point.of(key).is_some()).collect();
        let mut groups: Vec<(String, Vec<&Point>)> = Vec::new();
        for point in &points {
            let label = &point.at[factor].label;
            match groups.iter().position(|(known, _)| known == label) {
                Some(known) => groups[known].1.push(point),
                None if groups.len() == MOST_LEVELS && point.at[factor].number.is_some() => {
                    return parts(&points, factor, key);
                }
                None => groups.push((label.clone(), vec![point])),
            }
        }
        let number =
            |group: &(String, Vec<&Point>)| group.1[0].at[factor].number.unwrap_or(f64::NEG_INFINITY);
        groups.sort_by(|a, b| number(a).total_cmp(&number(b)));
        groups.into_iter().map(|(label, group)| level(label, &group, key)).collect()
    }
}

fn level(label: String, points: &[&Point], key: usize) -> EffectLevel {
    let count = points.len() as f64;
    let mean = |of: fn(super::Known) -> f64| {
        points.iter().filter_map(|point| point.of(key)).map(of).sum::<f64>() / count
    };
    EffectLevel {
        label,
        mean: mean(|known| known.value),
        half_width: mean(|known| known.half_width),
        scenarios: points.len(),
    }
}

/// Means over quarters of a factor's range.
fn parts(points: &[&Point], factor: usize, key: usize) -> Vec<EffectLevel> {
    let number = |point: &Point| point.at[factor].number;
    let numbers = || points.iter().filter_map(|point| number(point));
    let (low, high) = (numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max));
    let end = |part: usize| low + (high - low) * part as f64 / PARTS as f64;
    let of = |part: usize| {
        let lies_in = |value: f64| end(part) <= value && (value < end(part + 1) || part + 1 == PARTS);
        let within: Vec<&Point> =
            points.iter().filter(|point| number(point).is_some_and(lies_in)).copied().collect();
        let short = |value: f64| (value * 1e4).round() / 1e4;
        let label = format!("{} to {}", short(end(part)), short(end(part + 1)));
        (!within.is_empty()).then(|| level(label, &within, key))
    };
    (0..PARTS).filter_map(of).collect()
}
