//! A finished sweep for programs.

use serde_json::{Value, json};

use super::about::SweepAbout;
use super::tables::{holds, others, service_name};
use crate::analysis::{Estimate, Known, Response, Swept};
use crate::measures::SeriesKey;

/// A finished sweep.
#[derive(Clone, Copy, Debug)]
pub struct Sweepings<'a> {
    /// What it is of.
    pub about: &'a SweepAbout,
    /// What it came to.
    pub swept: &'a Swept,
    /// What to be careful with.
    pub warnings: &'a [String],
}

/// The content of `summary.json`; the same for the same sweep, however it was run.
pub fn sweep_json(sweepings: &Sweepings<'_>) -> Value {
    let Sweepings { about, swept, warnings } = sweepings;
    let response = &swept.response;
    let mut summary = about.json();
    let more = json!({
        "command": about.command(),
        "replications_in_all": swept.replications,
        "undecided": swept.undecided,
        "left": swept.left,
        "overflowed": swept.overflowed,
        "warnings": warnings,
    });
    let mut members: Vec<Value> = vec![more];
    if about.shard.is_none() {
        members.push(json!({
            "effects": effects(about, response),
            "breaks": breaks(about, response),
            "savings": savings(about, response),
            "front": front(response),
        }));
    }
    if let Value::Object(summary) = &mut summary {
        members
            .into_iter()
            .filter_map(|more| if let Value::Object(more) = more { Some(more) } else { None })
            .for_each(|more| summary.extend(more));
    }
    summary
}

/// The keys that a reader looks at first: every service measure, then the cost.
pub(in crate::report) fn shown_keys(response: &Response) -> Vec<usize> {
    response.service_keys().into_iter().chain(response.cost_key()).collect()
}

fn key_json(key: &SeriesKey) -> Value {
    json!({
        "measure": key.measure,
        "basis": key.basis.name(),
        "scope_kind": key.scope_kind.name(),
        "scope": key.scope,
    })
}

fn effects(about: &SweepAbout, response: &Response) -> Vec<Value> {
    let of_key = |index: usize| {
        let effects = response.effects(about.factors.len(), index, about.one_at_a_time);
        let effects = effects.into_iter().map(|effect| {
            let levels = effect.levels.iter().map(|level| {
                json!({
                    "level": level.label,
                    "mean": level.mean,
                    "half_width": level.half_width,
                    "scenarios": level.scenarios,
                })
            });
            json!({
                "factor": about.factors[effect.factor],
                "swing": effect.swing,
                "levels": levels.collect::<Vec<_>>(),
            })
        });
        json!({ "of": key_json(&response.keys[index]), "factors": effects.collect::<Vec<_>>() })
    };
    shown_keys(response).into_iter().map(of_key).collect()
}

fn breaks(about: &SweepAbout, response: &Response) -> Vec<Value> {
    let found = response.breaks(about.factors.len()).into_iter().map(|found| {
        let (word, at, low, high) = holds(found.holds);
        json!({
            "factor": about.factors[found.factor],
            "target": response.keys[found.key].scope,
            "others": others(about, &found.others),
            "holds": word,
            "at": at,
            "low": low,
            "high": high,
            "from": found.range.0,
            "to": found.range.1,
        })
    });
    found.collect()
}

fn savings(about: &SweepAbout, response: &Response) -> Vec<Value> {
    let estimate = |of: Estimate| json!({ "value": of.value, "half_width": of.half_width });
    let found = response.savings(about.factors.len()).into_iter().map(|found| {
        json!({
            "factor": about.factors[found.factor],
            "service": service_name(&response.keys[found.key]),
            "changed": about.factors[found.changed],
            "to": found.level,
            "others": others(about, &found.others),
            "before": found.before,
            "same_service_at": estimate(found.same_service_at),
            "cost_difference": found.cost.map(estimate),
        })
    });
    found.collect()
}

fn front(response: &Response) -> Vec<Value> {
    let known = |known: Known| json!({ "value": known.value, "half_width": known.half_width });
    let on = |on: crate::analysis::OnFront| {
        let point = &response.points[on.point];
        let at: Vec<&str> = point.at.iter().map(|at| at.label.as_str()).collect();
        json!({ "scenario": point.scenario, "at": at, "cost": known(on.cost), "service": known(on.service) })
    };
    response.front().into_iter().map(on).collect()
}
