//! How much less of a numeric factor gives the same service, once another factor has changed: the agents that smoothing saves.

use super::breaks::Line;
use super::{Point, Response};
use crate::stats::{Confidence, jackknife_error};

/// Where along a numeric factor a changed scenario serves as well as an unchanged one does.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// The numeric factor's place in the study.
    pub factor: usize,
    /// The place of what stands for service among the response's keys.
    pub key: usize,
    /// The factor that changed.
    pub changed: usize,
    /// To what.
    pub level: String,
    /// The values of all other factors, as (factor, value).
    pub others: Vec<(usize, String)>,
    /// The numeric factor's value before the change.
    pub before: f64,
    /// Whether that is the base's.
    pub is_base: bool,
    /// The value that gives the same service after it.
    pub same_service_at: Estimate,
    /// Cost there, less cost before.
    pub cost: Option<Estimate>,
}

/// A value and half of its 95 % interval, by the jackknife over the replications that both have; `None` with fewer than two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Half of the interval.
    pub half_width: Option<f64>,
}

impl Response {
    /// Of every line of scenarios along a numeric factor and every other such line that differs in one factor of words, against that
    /// factor's base value, or its first: where the same service is found, at every value of which it lies on the line.
    pub fn savings(&self, factors: usize) -> Vec<Saving> {
        let mut found = Vec::new();
        for key in self.service_keys() {
            for factor in 0..factors {
                let lines = self.lines(factor, key);
                for changed in (0..factors).filter(|&other| other != factor && self.is_of_words(other)) {
                    for (line, reference) in pairs(&lines, changed) {
                        found.extend(
                            reference
                                .iter()
                                .filter_map(|from| self.saving((factor, changed, key), from, line)),
                        );
                    }
                }
            }
        }
        found
    }

    fn is_of_words(&self, factor: usize) -> bool {
        self.points.iter().any(|point| point.at[factor].number.is_none())
    }

    fn saving(
        &self,
        (factor, changed, key): (usize, usize, usize),
        (before, from): &(f64, &Point),
        line: &Line<'_>,
    ) -> Option<Saving> {
        let compared = Compared { key, cost: self.cost_key(), from, line };
        let (at, cost) = compared.estimate(None)?;
        let replications = compared.replications();
        let without: Option<Vec<Found>> = (0..replications).map(|one| compared.estimate(Some(one))).collect();
        let without = without.filter(|_| replications > 1);
        let half_width = |of: fn(&Found) -> Option<f64>| {
            let values: Vec<f64> = without.as_ref()?.iter().map(of).collect::<Option<_>>()?;
            Some(Confidence::default().student_t(replications as u32 - 1) * jackknife_error(&values))
        };
        let at_line = &line[0].1.at;
        let others = at_line.iter().enumerate().filter(|(index, _)| *index != factor && *index != changed);
        Some(Saving {
            factor,
            key,
            changed,
            level: at_line[changed].label.clone(),
            others: others.map(|(index, at)| (index, at.label.clone())).collect(),
            before: *before,
            is_base: from.at[factor].is_base,
            same_service_at: Estimate { value: at, half_width: half_width(|(at, _)| Some(*at)) },
            cost: cost.map(|value| Estimate { value, half_width: half_width(|(_, cost)| *cost) }),
        })
    }
}

/// Lines after a change of a factor, each with its line before it.
fn pairs<'l, 'a>(lines: &'l [Line<'a>], changed: usize) -> Vec<(&'l Line<'a>, &'l Line<'a>)> {
    let is_like = |a: &Line<'_>, b: &Line<'_>| {
        let places = a[0].1.at.iter().zip(&b[0].1.at).zip(a[1].1.at.iter()).enumerate();
        places
            .into_iter()
            .all(|(index, ((a, b), next))| index == changed || a.label == b.label || a.label != next.label)
    };
    let level = |line: &Line<'_>| line[0].1.at[changed].clone();
    let mut found = Vec::new();
    for line in lines {
        let alike: Vec<&Line<'_>> = lines.iter().filter(|other| is_like(other, line)).collect();
        let reference = alike.iter().find(|other| level(other).is_base).or(alike.first());
        if let Some(&reference) = reference.filter(|reference| level(reference).label != level(line).label) {
            found.push((line, reference));
        }
    }
    found
}

/// Where the same service is, and the difference in cost.
type Found = (f64, Option<f64>);

/// A scenario before the change and a line after it.
struct Compared<'a> {
    key: usize,
    cost: Option<usize>,
    from: &'a Point,
    line: &'a Line<'a>,
}

impl Compared<'_> {
    /// How many replications all of them have.
    fn replications(&self) -> usize {
        let points = self.line.iter().map(|(_, point)| *point).chain([self.from]);
        let count = |point: &Point| Some(point.samples.get(self.key)?.as_ref()?.pairs().len());
        points.map(|point| count(point).unwrap_or(0)).min().unwrap_or(0)
    }

    /// Where the line serves as the scenario does, and the cost there less the scenario's; all replications but `without`.
    fn estimate(&self, without: Option<usize>) -> Option<Found> {
        let wanted = self.from.but(self.key, without)?;
        let values = self.along(self.key, without)?;
        let crosses = |pair: &&[(f64, f64)]| {
            (pair[0].1 - wanted) * (pair[1].1 - wanted) <= 0.0 && pair[0].1 != pair[1].1
        };
        let place = values.windows(2).position(|pair| crosses(&pair))?;
        let [(x1, y1), (x2, y2)] = [values[place], values[place + 1]];
        let part = (wanted - y1) / (y2 - y1);
        let cost = self.cost.and_then(|cost| {
            let costs = self.along(cost, without)?;
            Some(
                costs[place].1 + part * (costs[place + 1].1 - costs[place].1)
                    - self.from.but(cost, without)?,
            )
        });
        Some((x1 + part * (x2 - x1), cost))
    }

    fn along(&self, key: usize, without: Option<usize>) -> Option<Vec<(f64, f64)>> {
        self.line.iter().map(|(x, point)| Some((*x, point.but(key, without)?))).collect()
    }
}
