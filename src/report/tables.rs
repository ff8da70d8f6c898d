//! The tables of a run's directory: measures, replications, periods.

use std::io::{self, Write};

use super::csv::{Cell, CsvFile};
use super::run::{Run, weekday};
use crate::calendar::Clock;
use crate::measures::{AGE_CLASSES_DAYS, MeasureRow, PeriodKind, Unit};

/// Columns of `measures.csv`: one row a measure, basis, scope and span of time.
pub const MEASURES: [&str; 16] = [
    "measure",
    "basis",
    "scope_kind",
    "scope",
    "period_kind",
    "period_start",
    "mean",
    "half_width",
    "low",
    "high",
    "p10",
    "p90",
    "n",
    "unit",
    "method",
    "attribution",
];

/// Columns of `replications.csv`: one row a replication, measure, basis and scope.
pub const REPLICATIONS: [&str; 8] =
    ["replication", "measure", "basis", "scope_kind", "scope", "numerator", "denominator", "value"];

/// Columns of `periods.csv`: one row a period and queue, sums as means over replications.
pub const PERIODS: [&str; 11] = [
    "interval_start",
    "queue",
    "offered",
    "answered",
    "abandoned",
    "answered_within_threshold",
    "sent_away",
    "blocked",
    "handle_s",
    "wait_s",
    "attribution",
];

/// Columns of `week.csv`: one row a measure, basis, scope, weekday and time of day; sums are means of a period.
pub const WEEK: [&str; 14] = [
    "weekday",
    "time",
    "measure",
    "basis",
    "scope_kind",
    "scope",
    "mean",
    "half_width",
    "low",
    "high",
    "n",
    "unit",
    "method",
    "attribution",
];

/// Columns of `backlog.csv`: one row a local day and scope, cases at the end of the day as means over replications.
pub const BACKLOG: [&str; 12] = [
    "day",
    "scope_kind",
    "scope",
    "open",
    "late",
    "up_to_1d",
    "1d_to_3d",
    "3d_to_7d",
    "7d_to_14d",
    "14d_to_30d",
    "30d_to_60d",
    "over_60d",
];
const _: () = assert!(BACKLOG.len() == 5 + AGE_CLASSES_DAYS.len());

/// Open cases at the end of each day, by age.
///
/// # Errors
/// What `out` says.
pub fn write_backlog(run: &Run<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &BACKLOG)?;
    for row in run.results.backlog_rows() {
        let start = run.start_of(row.day);
        let day = start.get(..10).unwrap_or(&start);
        let mut cells = vec![
            Cell::Text(day),
            Cell::Text(row.scope_kind.name()),
            Cell::Text(row.scope),
            Cell::Number(row.open),
            Cell::Number(row.late),
        ];
        cells.extend(row.by_age.map(Cell::Number));
        file.row(&cells)?;
    }
    file.finish()
}

/// Every measure over the whole run, then by day, then by period, as far as these are kept.
///
/// # Errors
/// What `out` says.
pub fn write_measures(run: &Run<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &MEASURES)?;
    // Rows of one period follow each other, and to say when it starts costs more than all the rest of a row.
    let (mut period, mut start) = (None, String::new());
    for row in run.results.rows() {
        if row.period != period {
            period = row.period;
            start = period.map_or(String::new(), |period| run.start_of(period));
        }
        let interval = row.interval;
        file.row(&[
            Cell::Text(row.measure),
            Cell::Text(row.basis.name()),
            Cell::Text(row.scope_kind.name()),
            Cell::Text(row.scope),
            Cell::Text(period_kind(&row)),
            Cell::Text(&start),
            Cell::Maybe(row.mean),
            Cell::Maybe(row.half_width()),
            Cell::Maybe(interval.map(|interval| interval.low)),
            Cell::Maybe(interval.map(|interval| interval.high)),
            Cell::Maybe(row.spread.map(|spread| spread.low)),
            Cell::Maybe(row.spread.map(|spread| spread.high)),
            Cell::Whole(row.n.into()),
            Cell::Text(unit_name(row.unit)),
            Cell::Text(&interval.map_or(String::new(), |interval| interval.method.to_string())),
            Cell::Text(run.results.attribution().name()),
        ])?;
    }
    file.finish()
}

/// Numerator and denominator of every measure in every replication.
///
/// # Errors
/// What `out` says.
pub fn write_replications(run: &Run<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &REPLICATIONS)?;
    for row in run.results.replication_rows() {
        file.row(&[
            Cell::Whole(row.replication.into()),
            Cell::Text(row.measure),
            Cell::Text(row.basis.name()),
            Cell::Text(row.scope_kind.name()),
            Cell::Text(row.scope),
            Cell::Number(row.numerator),
            Cell::Number(row.denominator),
            Cell::Maybe(row.value),
        ])?;
    }
    file.finish()
}

/// Sums by period and queue, in the shape that planners keep.
///
/// # Errors
/// What `out` says.
pub fn write_periods(run: &Run<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &PERIODS)?;
    let (mut period, mut start) = (None, String::new());
    for row in run.results.period_rows() {
        if period != Some(row.period) {
            period = Some(row.period);
            start = run.start_of(row.period);
        }
        file.row(&[
            Cell::Text(&start),
            Cell::Text(row.queue),
            Cell::Number(row.offered),
            Cell::Number(row.answered),
            Cell::Number(row.abandoned),
            Cell::Number(row.answered_in_time),
            Cell::Number(row.sent_away),
            Cell::Number(row.blocked),
            Cell::Number(row.handle_s),
            Cell::Number(row.wait_s),
            Cell::Text(run.results.attribution().name()),
        ])?;
    }
    file.finish()
}

/// A usual week, from Monday's midnight on.
///
/// # Errors
/// What `out` says.
pub fn write_week(run: &Run<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &WEEK)?;
    for row in run.results.week_rows() {
        let Some(period) = row.period else { continue };
        let local = run.calendar.local(period.start_unix_us.div_euclid(1_000_000));
        let interval = row.interval;
        file.row(&[
            Cell::Text(&weekday(local.date)),
            Cell::Text(&Clock::from_s(local.second_of_day).to_string()),
            Cell::Text(row.measure),
            Cell::Text(row.basis.name()),
            Cell::Text(row.scope_kind.name()),
            Cell::Text(row.scope),
            Cell::Maybe(row.mean),
            Cell::Maybe(row.half_width()),
            Cell::Maybe(interval.map(|interval| interval.low)),
            Cell::Maybe(interval.map(|interval| interval.high)),
            Cell::Whole(row.n.into()),
            Cell::Text(unit_name(row.unit)),
            Cell::Text(&interval.map_or(String::new(), |interval| interval.method.to_string())),
            Cell::Text(run.results.attribution().name()),
        ])?;
    }
    file.finish()
}

/// A unit as files write it.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Seconds => "seconds",
        Unit::Count => "count",
        Unit::Contacts => "contacts",
        Unit::People => "people",
        Unit::Number => "number",
        Unit::Money => "money",
    }
}

fn period_kind(row: &MeasureRow<'_>) -> &'static str {
    match row.period.map(|period| period.kind) {
        None => "whole",
        Some(PeriodKind::Hour) => "hour",
        Some(PeriodKind::Day) => "day",
        Some(PeriodKind::Month) => "month",
        Some(PeriodKind::Weekday) => "weekday",
        Some(PeriodKind::Period) => "period",
    }
}
