//! Cases and the offices that work on them.

use super::entry::{CASES, count, ratio, seconds, share, special};
use super::{Kind, Measure, Unit};
use crate::measures::Basis;
use crate::measures::ScopeKind::{Office, Whole};

pub(super) static MEASURES: &[Measure] = &[
    count("cases_opened", CASES, "cases opened", |t| t.cases_opened),
    count("cases_closed", CASES, "cases closed", |t| t.cases_closed),
    share(
        "cases_reworked",
        CASES,
        "closed cases whose work was done more than once / closed cases",
        |t| t.cases_reworked,
        |t| t.cases_closed,
    ),
    share(
        "cases_reopened",
        CASES,
        "cases opened again after a closing / cases closed",
        |t| t.cases_reopened,
        |t| t.cases_closed,
    ),
    share(
        "cases_on_time",
        CASES,
        "cases due within the span that were closed by then / cases due within the span",
        |t| t.cases_on_time,
        |t| t.cases_due,
    ),
    seconds(
        "time_to_close",
        CASES,
        "time from opening to closing of closed cases / closed cases",
        |t| t.time_to_close_s,
        |t| t.cases_closed,
    ),
    special(
        "time_to_close_p50",
        CASES,
        "smallest t with P(time to close of closed cases <= t) >= 0.50",
        Kind::CloseQuantile(0.50),
    ),
    special(
        "time_to_close_p90",
        CASES,
        "smallest t with P(time to close of closed cases <= t) >= 0.90",
        Kind::CloseQuantile(0.90),
    ),
    ratio(
        "mean_backlog",
        Unit::Number,
        CASES,
        "time that cases were open within the span, summed over cases / length of the span",
        |t| t.cases_open_s,
        |t| t.span_s,
    ),
    ratio(
        "mean_backlog_late",
        Unit::Number,
        CASES,
        "as mean_backlog, of cases after their due time",
        |t| t.cases_late_s,
        |t| t.span_s,
    ),
    Measure {
        unit: Unit::Share,
        ..special(
            "backlog_clears",
            CASES,
            "replications in which no case is late at the end of the last day / replications",
            Kind::Clears,
        )
    },
    special(
        "time_to_clear",
        CASES,
        "time from the start to the end of the last day that ends with a late case, 0 if none does, as a mean over replications that clear",
        Kind::TimeToClear,
    ),
    share(
        "office_occupancy",
        &[(Basis::Case, &[Whole, Office])],
        "time at work on cases / time that people of offices are there",
        |t| t.office_work_s,
        |t| t.office_staffed_s,
    ),
];
