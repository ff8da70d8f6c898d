//! A finished sweep to what is kept of it.
//!
//! Of thousands of scenarios only so many are kept that a page can hold them; the rest is counted and stands in the tables.

use std::collections::BTreeSet;

use super::{
    SavedEffect, SavedEffectLevel, SavedFactor, SavedHolds, SavedKey, SavedLine, SavedSaving, SavedScenario,
    SavedSweep, SavedValue,
};
use crate::analysis::{Break, Effect, Holds, Known as Value, Point, Response, Saving, Spending};
use crate::measures::SeriesKey;
use crate::report::document::Verdict;
use crate::report::saved::Known;
use crate::report::sweep::{Sweepings, shown_keys};
use crate::report::tables::unit_name;
use crate::stats::{Interval, Method};

/// Scenarios that are kept one by one, beside the front and what was found to be best.
const MOST_SCENARIOS: usize = 400;
/// Lines of scenarios that are kept.
const MOST_LINES: usize = 200;
/// Savings that are kept.
const MOST_SAVINGS: usize = 40;
/// Scenarios of the front that are kept.
const MOST_ON_FRONT: usize = 60;

/// Scenarios that may be the best are kept if they are so few.
const MOST_LEFT: usize = 20;

/// What is kept of a sweep.
pub fn saved_sweep(sweepings: &Sweepings<'_>) -> SavedSweep {
    let Sweepings { about, swept, warnings } = sweepings;
    let response = &swept.response;
    let shown = shown_keys(response);
    let breaks = response.breaks(about.factors.len());
    let keeping = |point: &&Point| keeps_all(response, &shown, point);
    let (fixed, until) = match &about.spending {
        Spending::Fixed(count) => (Some(*count), None),
        Spending::Until { until, .. } => (None, Some(until.clone())),
    };
    let front: Vec<u32> =
        response.front().iter().take(MOST_ON_FRONT).map(|on| response.points[on.point].scenario).collect();
    let cheapest = cheapest(response, &shown);
    let left = swept.left.iter().flatten().copied().take(MOST_LEFT);
    let wanted: BTreeSet<u32> = front.iter().copied().chain(cheapest).chain(left).collect();
    SavedSweep {
        study: about.study.clone(),
        study_hash: about.study_hash.clone(),
        seed: about.seed,
        command: about.command(),
        factors: about
            .factors
            .iter()
            .map(|name| SavedFactor { name: name.clone(), multiplies: about.multipliers.contains(name) })
            .collect(),
        one_at_a_time: about.one_at_a_time,
        scenario_count: response.points.len(),
        replications: swept.replications,
        fixed,
        until,
        undecided: swept.undecided,
        left: swept.left.clone(),
        keys: shown.iter().map(|&key| saved_key(sweepings, key)).collect(),
        cost: shown.iter().position(|&key| response.cost_key() == Some(key)),
        line_count: breaks.len(),
        lines: lines(response, &shown, &breaks),
        savings: savings(response, &shown, about.factors.len()),
        front,
        all_kept: response.points.iter().filter(keeping).count(),
        cheapest,
        scenarios: scenarios(response, &shown, &wanted),
        warnings: warnings.to_vec(),
    }
}

fn known(value: Value) -> Known {
    Known {
        mean: Some(value.value),
        half_width: Some(value.half_width),
        low: Some(value.low),
        high: Some(value.high),
    }
}

/// Of a promise, as far as the interval says.
fn verdict(value: Value) -> Option<Verdict> {
    let Value { low, high, half_width, .. } = value;
    let interval = Interval { low, high, half_width, method: Method::Delta, on_logit_scale: false };
    // Without an interval nothing is decided.
    Some(Verdict::of(value.promised?, (half_width > 0.0 || low < high).then_some(&interval)))
}

/// Whether the estimates keep every promise, of which there is one at least.
fn keeps_all(response: &Response, shown: &[usize], point: &Point) -> bool {
    let promises: Vec<Value> =
        shown.iter().filter_map(|&key| point.of(key)).filter(|known| known.promised.is_some()).collect();
    let has_all =
        shown.iter().filter(|&&key| response.cost_key() != Some(key)).all(|&key| point.of(key).is_some());
    has_all
        && !promises.is_empty()
        && promises.iter().all(|known| known.promised.is_some_and(|promised| known.value >= promised))
}

fn cheapest(response: &Response, shown: &[usize]) -> Option<u32> {
    let cost = response.cost_key()?;
    let priced = response.points.iter().filter(|point| keeps_all(response, shown, point));
    let priced = priced.filter_map(|point| Some((point.of(cost)?.value, point.scenario)));
    priced.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, scenario)| scenario)
}

fn saved_key(sweepings: &Sweepings<'_>, key: usize) -> SavedKey {
    let Sweepings { about, swept, .. } = sweepings;
    let response = &swept.response;
    let SeriesKey { measure, basis, scope_kind, scope } = &response.keys[key];
    let values: Vec<Value> = response.points.iter().filter_map(|point| point.of(key)).collect();
    let promised = values.first().and_then(|value| value.promised);
    let of = |wanted: Verdict| values.iter().filter(|&&value| verdict(value) == Some(wanted)).count();
    SavedKey {
        measure: (*measure).into(),
        basis: basis.name().into(),
        scope_kind: scope_kind.name().into(),
        scope: scope.clone(),
        unit: unit_name(response.keys[key].unit()).into(),
        promised: promised.filter(|_| values.iter().all(|value| value.promised == promised)),
        verdicts: [Verdict::Met, Verdict::NotMet, Verdict::Undecided].map(of),
        effects: response
            .effects(about.factors.len(), key, about.one_at_a_time)
            .into_iter()
            .map(saved_effect)
            .collect(),
    }
}

fn saved_effect(effect: Effect) -> SavedEffect {
    let level = |level: crate::analysis::EffectLevel| SavedEffectLevel {
        label: level.label,
        mean: level.mean,
        half_width: level.half_width,
        scenarios: level.scenarios,
    };
    SavedEffect {
        factor: effect.factor,
        swing: effect.swing,
        levels: effect.levels.into_iter().map(level).collect(),
    }
}

fn savings(response: &Response, shown: &[usize], factors: usize) -> Vec<SavedSaving> {
    let saving = |found: Saving| {
        Some(SavedSaving {
            factor: found.factor,
            key: shown.iter().position(|&key| key == found.key)?,
            changed: found.changed,
            level: found.level,
            others: found.others,
            before: found.before,
            at: found.same_service_at.value,
            half_width: found.same_service_at.half_width,
            cost: found.cost.map(|cost| cost.value),
            cost_half_width: found.cost.and_then(|cost| cost.half_width),
        })
    };
    let of_base = response.savings(factors).into_iter().filter(|found| found.is_base);
    of_base.filter_map(saving).take(MOST_SAVINGS).collect()
}

/// Those beside the base first.
fn lines(response: &Response, shown: &[usize], breaks: &[Break]) -> Vec<SavedLine> {
    let base = response.points.iter().find(|point| point.scenario == 0);
    let as_in_base = |(factor, label): &(usize, String)| {
        base.and_then(|base| base.at.get(*factor)).is_some_and(|at| at.label == *label)
    };
    let line = |found: &Break| {
        Some(SavedLine {
            factor: found.factor,
            key: shown.iter().position(|&key| key == found.key)?,
            others: found.others.clone(),
            others_as_in_base: found.others.iter().all(as_in_base),
            holds: match found.holds {
                Holds::Everywhere => SavedHolds::Everywhere,
                Holds::Nowhere => SavedHolds::Nowhere,
                Holds::UpTo(at, low, high) => SavedHolds::UpTo { at, low, high },
                Holds::From(at, low, high) => SavedHolds::From { at, low, high },
                Holds::Mixed => SavedHolds::Mixed,
            },
            points: found.line.iter().map(|&(at, value)| (at, known(value))).collect(),
        })
    };
    let mut lines: Vec<SavedLine> = breaks.iter().filter_map(line).collect();
    lines.sort_by_key(|line| !line.others_as_in_base);
    lines.truncate(MOST_LINES);
    lines
}

fn scenarios(response: &Response, shown: &[usize], wanted: &BTreeSet<u32>) -> Vec<SavedScenario> {
    let mut points: Vec<&Point> = response.points.iter().collect();
    points.sort_by_key(|point| point.scenario);
    let value = |point: &Point, key: usize| {
        point.of(key).map_or_else(SavedValue::default, |value| SavedValue {
            known: known(value),
            verdict: verdict(value).map(|verdict| verdict.words().into()),
        })
    };
    let kept = points
        .into_iter()
        .enumerate()
        .filter(|(place, point)| *place < MOST_SCENARIOS || wanted.contains(&point.scenario));
    kept.map(|(_, point)| SavedScenario {
        scenario: point.scenario,
        at: point.at.iter().map(|at| at.label.clone()).collect(),
        replications: point.replications,
        values: shown.iter().map(|&key| value(point, key)).collect(),
    })
    .collect()
}
