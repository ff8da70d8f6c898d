//! The times of day at which the service level was worst.

use super::run::Run;
use super::summary::formula;
use crate::measures::{Basis, MeasureRow, PeriodKind, ScopeKind};

/// The `most` hours of lowest service level, the worst first, ties by time. Hours with less than a quarter of the mean volume are
/// left out: a single call at night says little. Where no hours are kept, days; where neither is, none.
pub fn worst_spans<'a>(run: &Run<'a>, most: usize) -> Vec<MeasureRow<'a>> {
    let formula = formula(run, Basis::Contact, ScopeKind::Whole);
    let rows = center_rows(run);
    let busy = busy_spans(&rows);
    let mut levels: Vec<MeasureRow<'a>> = rows
        .iter()
        .filter(|row| row.measure == formula && span(row).is_some_and(|at| busy.contains(&at)))
        .copied()
        .collect();
    levels.retain(|row| row.mean.is_some());
    levels.sort_by(|a, b| a.mean.partial_cmp(&b.mean).unwrap_or(std::cmp::Ordering::Equal));
    levels.truncate(most);
    levels
}

/// The finest that still says something.
fn center_rows<'a>(run: &Run<'a>) -> Vec<MeasureRow<'a>> {
    let hours: Vec<MeasureRow<'a>> = run.results.hour_rows().filter(is_center).collect();
    if hours.is_empty() { run.results.day_rows().filter(is_center).collect() } else { hours }
}

fn is_center(row: &MeasureRow<'_>) -> bool {
    row.scope_kind == ScopeKind::Whole && row.basis == Basis::Contact
}

fn span(row: &MeasureRow<'_>) -> Option<(PeriodKind, u32)> {
    row.period.map(|period| (period.kind, period.index))
}

/// The spans with at least a quarter of the mean volume.
fn busy_spans(rows: &[MeasureRow<'_>]) -> std::collections::BTreeSet<(PeriodKind, u32)> {
    let volumes = || rows.iter().filter(|row| row.measure == "offered");
    let total: f64 = volumes().filter_map(|row| row.mean).sum();
    let enough = 0.25 * total / volumes().count().max(1) as f64;
    volumes().filter(|row| row.mean.is_some_and(|volume| volume >= enough)).filter_map(span).collect()
}
