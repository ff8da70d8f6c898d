//! Handle times and the time of people.

use super::entry::{HANDLES, TIME, WORK, by_period, heads, ratio, seconds, share, special};
use super::{Kind, Measure, Unit};
use crate::measures::totals::Totals;

pub(super) static MEASURES: &[Measure] = &[
    by_period(seconds(
        "handle_time",
        WORK,
        "talk, hold and wrap-up of A / A",
        |t| t.handle_s,
        |t| t.answered,
    )),
    special(
        "handle_time_p50",
        HANDLES,
        "smallest h with P(handle time of A <= h) >= 0.50",
        Kind::HandleQuantile(0.50),
    ),
    special(
        "handle_time_p90",
        HANDLES,
        "smallest h with P(handle time of A <= h) >= 0.90",
        Kind::HandleQuantile(0.90),
    ),
    ratio(
        "handle_time_cv",
        Unit::Number,
        WORK,
        "standard deviation of handle times of A / their mean, both as means over replications",
        handle_deviation_s,
        |t| if t.answered > 0.0 { t.handle_s / t.answered } else { 0.0 },
    ),
    by_period(share(
        "occupancy",
        TIME,
        "(talk + hold + wrap-up) / time logged in and not on a break",
        |t| t.work_s,
        |t| t.logged_in_s,
    )),
    share("utilisation", TIME, "(talk + hold + wrap-up) / time paid", |t| t.work_s, |t| t.paid_s),
    seconds(
        "overtime",
        TIME,
        "time at work after the end of a shift, or above the staffed heads",
        |t| t.overtime_s,
        |_| 1.0,
    ),
    by_period(heads("heads_scheduled", "time on duty by the plan / length of the span", |t| t.scheduled_s)),
    by_period(heads("heads_net", "time on duty by the plan and not absent / length of the span", |t| {
        t.net_s
    })),
    by_period(heads("heads_logged_in", "time logged in and not on a break / length of the span", |t| {
        t.logged_in_s
    })),
];

/// sqrt(E h^2 - (E h)^2); rounding may leave the difference a little below 0.
fn handle_deviation_s(totals: &Totals) -> f64 {
    if totals.answered == 0.0 {
        return 0.0;
    }
    let mean = totals.handle_s / totals.answered;
    (totals.handle_square_s2 / totals.answered - mean * mean).max(0.0).sqrt()
}
