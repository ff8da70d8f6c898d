//! A finished run to what is kept of it.

use super::curve::{backlog, curve, days, queue_hours};
use super::{About, Known, SavedMeasure, SavedRun, SavedTarget, Waits, WorstSpan};
use crate::measures::{Basis, Grounds, MeasureRow, ScopeKind, TargetResult};
use crate::report::document::Verdict;
use crate::report::run::{Run, replications_to_decide};
use crate::report::summary::{PLAIN_FORMULA, formula, most_heads, warnings_in_full};
use crate::report::tables::unit_name;
use crate::report::worst::worst_spans;
use crate::scenario::Per;
use crate::stats::Interval;

/// Worst spans that are kept.
const WORST: usize = 5;
/// Steps of the waits' distribution.
const STEPS: usize = 200;

/// What is kept of a run.
pub fn saved_run(run: &Run<'_>) -> SavedRun {
    let formula = if run.model.targets.is_empty() {
        PLAIN_FORMULA
    } else {
        formula(run, Basis::Contact, ScopeKind::Whole)
    };
    SavedRun {
        about: about(run),
        formula: formula.into(),
        targets: run.results.targets().iter().map(|of| target(run, of)).collect(),
        measures: measures(run),
        curve: curve(run, formula),
        days: days(run, formula),
        queue_hours: queue_hours(run),
        backlog: backlog(run),
        waits: waits(run),
        most_heads: run
            .model
            .groups
            .iter()
            .map(|group| (group.name.clone(), most_heads(run, group)))
            .collect(),
        worst: worst_spans(run, WORST).iter().map(|row| worst(run, row)).collect(),
        warnings: warnings_in_full(&run.warnings()),
    }
}

fn about(run: &Run<'_>) -> About {
    let header = &run.scenario.scenario;
    let (intervals, interval_count) = match run.results.grounds() {
        Grounds::Nothing => ("nothing", 0),
        Grounds::Replications(n) => ("replications", n),
        Grounds::Batches(n) => ("batches", n),
        Grounds::Weeks(n) => ("weeks", n),
    };
    About {
        name: header.name.clone(),
        description: header.description.clone(),
        hash: run.scenario_hash.into(),
        start: header.start.to_string(),
        end: header.start.plus_days(i64::from(header.days) - 1).to_string(),
        days: header.days,
        period_s: header.period.as_s(),
        time_zone: run.scenario.calendar.time_zone.clone(),
        seed: run.seed,
        replications: run.results.replications(),
        intervals: intervals.into(),
        interval_count,
        attribution: run.results.attribution().name().into(),
        mode: run.mode.name().into(),
        contacts: run.contacts(),
        command: run.command.into(),
        within_s: run.scenario.measures.within.as_s(),
    }
}

fn target(run: &Run<'_>, target: &TargetResult<'_>) -> SavedTarget {
    let verdict = target.value.map(|_| Verdict::of(target.promised, target.interval.as_ref()));
    SavedTarget {
        name: target.target.into(),
        formula: target.formula.into(),
        basis: target.basis.name().into(),
        per: match target.per {
            Per::Day => "day",
            Per::Month => "month",
            Per::Whole => "whole",
        }
        .into(),
        promised: target.promised,
        within_s: target.within_s,
        value: known(target.value, target.interval),
        verdict: verdict.map(|verdict| verdict.words().into()),
        met: known(target.met, target.met_interval),
        judged: target.judged,
        to_decide: replications_to_decide(run, target),
    }
}

fn measures(run: &Run<'_>) -> Vec<SavedMeasure> {
    let n = f64::from(run.results.replications().max(1));
    let both = run.results.whole_rows().zip(run.results.series());
    both.map(|(row, series)| {
        let sums = series.sample.sums();
        SavedMeasure {
            measure: row.measure.into(),
            basis: row.basis.name().into(),
            scope_kind: row.scope_kind.name().into(),
            scope: row.scope.into(),
            unit: unit_name(row.unit).into(),
            known: known(row.mean, row.interval),
            numerator: sums.numerator / n,
            denominator: sums.denominator / n,
        }
    })
    .collect()
}

fn waits(run: &Run<'_>) -> Vec<Waits> {
    let parts: Vec<f64> = (0..=STEPS).map(|step| step as f64 / STEPS as f64).collect();
    let scopes = [ScopeKind::Whole, ScopeKind::Queue].into_iter().flat_map(|kind| run.results.scopes(kind));
    scopes
        .filter_map(|(scope, name)| {
            let quantiles: Option<Vec<f64>> =
                run.results.wait_quantiles_s(scope, &parts).into_iter().collect();
            let quantiles = parts.iter().copied().zip(quantiles?).collect();
            Some(Waits { scope_kind: scope.kind.name().into(), scope: name.into(), quantiles })
        })
        .collect()
}

fn worst(run: &Run<'_>, row: &MeasureRow<'_>) -> WorstSpan {
    WorstSpan {
        span: row.period.map_or(String::new(), |period| run.span_of(period)),
        level: known(row.mean, row.interval),
    }
}

/// A number and its interval.
pub(super) fn known(mean: Option<f64>, interval: Option<Interval>) -> Known {
    Known {
        mean,
        half_width: interval.map(|interval| interval.half_width),
        low: interval.map(|interval| interval.low),
        high: interval.map(|interval| interval.high),
    }
}
