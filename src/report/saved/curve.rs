//! A run through time: by period, by day, by hour of the day.

use std::collections::BTreeMap;

use super::gather::known;
use super::{BacklogDay, Curve, CurvePoint, DayPoint, QueueHours};
use crate::measures::{Basis, MeasureRow, PeriodLabel, PeriodRow, ScopeKind};
use crate::report::run::Run;

/// Beyond so many days a run is told by its usual week.
const MOST_DAYS: u32 = 7;
const HOURS: usize = 24;

/// Where a point stands: day, second of the day.
type Place = (u32, u32);

/// Through the run, or through its usual week where the run is longer than one.
pub(super) fn curve(run: &Run<'_>, formula: &str) -> Curve {
    let usual_week = run.scenario.scenario.days > MOST_DAYS;
    let mut points: BTreeMap<Place, CurvePoint> = BTreeMap::new();
    let rows: Box<dyn Iterator<Item = MeasureRow<'_>>> = if usual_week {
        Box::new(run.results.week_rows_of_center())
    } else {
        Box::new(run.results.period_rows_of_center())
    };
    for row in rows {
        let Some(period) = row.period else { continue };
        let point = point_at(&mut points, run, period, usual_week);
        match row.basis {
            Basis::Contact if row.measure == formula => point.level = known(row.mean, row.interval),
            Basis::Contact if row.measure == "offered" => point.offered = row.mean,
            Basis::Time if row.measure == "heads_logged_in" => point.staff = row.mean,
            _ => {}
        }
    }
    add_load(run, &mut points, usual_week);
    Curve { usual_week, points: points.into_values().collect() }
}

fn point_at<'p>(
    points: &'p mut BTreeMap<Place, CurvePoint>,
    run: &Run<'_>,
    period: PeriodLabel,
    usual_week: bool,
) -> &'p mut CurvePoint {
    let (place, weekday) = place(run, period, usual_week);
    let empty = || CurvePoint { day: place.0, weekday, second: place.1, ..CurvePoint::default() };
    points.entry(place).or_insert_with(empty)
}

/// Day and second of the day, and the weekday.
fn place(run: &Run<'_>, period: PeriodLabel, usual_week: bool) -> (Place, usize) {
    let local = run.calendar.local(period.start_unix_us.div_euclid(1_000_000));
    let weekday = local.date.weekday().index();
    let days = run.scenario.scenario.start.days_until(local.date);
    let day = if usual_week { weekday as u32 } else { u32::try_from(days).unwrap_or(0) };
    ((day, local.second_of_day), weekday)
}

/// What comes in as work: stays offered in each queue, at its mean handle time over the run, over the length of the period.
fn add_load(run: &Run<'_>, points: &mut BTreeMap<Place, CurvePoint>, usual_week: bool) {
    let handle_s = mean_handle_times(run);
    let mut loads: BTreeMap<Place, (f64, f64)> = BTreeMap::new();
    let mut seen: Option<(PeriodLabel, Place)> = None;
    for row in run.results.period_rows() {
        // Rows of one period follow each other, and to say when it is costs more than all the rest.
        let at = match seen {
            Some((period, at)) if period == row.period => at,
            _ => {
                let (at, _) = place(run, row.period, usual_week);
                loads.entry(at).or_default().1 += 1.0;
                at
            }
        };
        seen = Some((row.period, at));
        let work_s = row.offered * handle_s.get(row.queue).copied().unwrap_or(0.0);
        loads.entry(at).or_default().0 += work_s / row.period.length_s();
    }
    for (at, (load, times)) in loads {
        if let Some(point) = points.get_mut(&at) {
            point.load = Some(load / times);
        }
    }
}

fn mean_handle_times<'a>(run: &Run<'a>) -> BTreeMap<&'a str, f64> {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in run.results.period_rows() {
        let (handle_s, answered) = sums.entry(row.queue).or_default();
        *handle_s += row.handle_s;
        *answered += row.answered;
    }
    sums.into_iter()
        .filter(|(_, (_, answered))| *answered > 0.0)
        .map(|(queue, (s, n))| (queue, s / n))
        .collect()
}

/// Day by day, of a run of several days that keeps them.
pub(super) fn days(run: &Run<'_>, formula: &str) -> Vec<DayPoint> {
    let mut days: BTreeMap<u32, DayPoint> = BTreeMap::new();
    let of_center = |row: &MeasureRow<'_>| row.scope_kind == ScopeKind::Whole && row.basis == Basis::Contact;
    for row in run.results.day_rows().filter(of_center) {
        let Some(period) = row.period else { continue };
        let day = days.entry(period.index).or_default();
        if row.measure == formula {
            day.level = known(row.mean, row.interval);
        }
        if row.measure == "offered" {
            day.date = run.span_of(period);
            day.offered = row.mean;
        }
    }
    days.into_values().collect()
}

/// Each queue by hour of the day, over all days.
pub(super) fn queue_hours(run: &Run<'_>) -> Vec<QueueHours> {
    let mut queues: Vec<QueueHours> = Vec::new();
    let (mut seen, mut hour) = (None, 0);
    for row in run.results.period_rows() {
        if seen != Some(row.period) {
            seen = Some(row.period);
            hour = (place(run, row.period, false).0.1 / 3600) as usize % HOURS;
        }
        let hours = queue_named(&mut queues, &row);
        hours.offered[hour] += row.answered + row.abandoned + row.sent_away;
        hours.in_time[hour] += row.answered_in_time;
    }
    queues
}

fn queue_named<'q>(queues: &'q mut Vec<QueueHours>, row: &PeriodRow<'_>) -> &'q mut QueueHours {
    let place = queues.iter().position(|hours| hours.queue == row.queue).unwrap_or_else(|| {
        let none = || vec![0.0; HOURS];
        queues.push(QueueHours { queue: row.queue.into(), offered: none(), in_time: none() });
        queues.len() - 1
    });
    &mut queues[place]
}

/// Open cases day by day, of the whole and of offices.
pub(super) fn backlog(run: &Run<'_>) -> Vec<BacklogDay> {
    let told = |kind: ScopeKind| matches!(kind, ScopeKind::Whole | ScopeKind::Office);
    let rows = run.results.backlog_rows().filter(|row| told(row.scope_kind));
    rows.map(|row| BacklogDay {
        date: run.span_of(row.day),
        scope_kind: row.scope_kind.name().into(),
        scope: row.scope.into(),
        open: row.open,
        late: row.late,
        by_age: row.by_age.to_vec(),
    })
    .collect()
}
