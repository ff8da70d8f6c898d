//! Service levels, waits and who was lost.

use super::entry::{
    ANSWERED, ENDED, NEEDS, OFFERED, REFUSED, WAITS, by_period, ratio, seconds, share, special,
};
use super::{Kind, Measure, Unit};
use crate::measures::Basis;
use crate::measures::ScopeKind::{Queue, Whole};

pub(super) static MEASURES: &[Measure] = &[
    by_period(share(
        "answered_over_offered",
        ENDED,
        "A_t / (A + B + D)",
        |t| t.answered_in_time,
        |t| t.voice(),
    )),
    share("answered_over_answered", ANSWERED, "A_t / A", |t| t.answered_in_time, |t| t.answered),
    share(
        "abandoned_count_as_met",
        ENDED,
        "(A_t + B_t) / (A + B + D)",
        |t| t.answered_in_time + t.abandoned_in_time,
        |t| t.voice(),
    ),
    share(
        "quick_abandons_excluded",
        ENDED,
        "A_t / (A + B + D - B_t)",
        |t| t.answered_in_time,
        |t| t.voice() - t.abandoned_in_time,
    ),
    share(
        "short_abandons_excluded",
        ENDED,
        "A_t / (A + B + D - B_s)",
        |t| t.answered_in_time,
        |t| t.voice() - t.abandoned_short,
    ),
    share(
        "flow_outs_included",
        ENDED,
        "A_t / (A + B + D + F)",
        |t| t.answered_in_time,
        |t| t.voice() + t.moved,
    ),
    share("blocked_included", REFUSED, "A_t / (O + X)", |t| t.answered_in_time, |t| t.offered() + t.refused),
    share(
        "callbacks_kept",
        OFFERED,
        "promised callbacks whose citizen was reached in the slot, or within the time that was promised / C",
        |t| t.promises_kept,
        |t| t.promises,
    ),
    share(
        "per_need",
        NEEDS,
        "needs first answered within t of that attempt's entry / needs, by first attempt; those that nobody answered are missed, those that a menu met or that never contacted the center left out",
        |t| t.needs_met,
        |t| t.needs - t.needs_self_served,
    ),
    by_period(seconds(
        "speed_of_answer",
        ANSWERED,
        "waits of A, zero ones included / A",
        |t| t.wait_answered_s,
        |t| t.answered,
    )),
    by_period(seconds("wait_all", ENDED, "waits of O / O", |t| t.wait_all_s(), |t| t.offered())),
    seconds("wait_abandoned", ENDED, "waits of B / B", |t| t.wait_abandoned_s, |t| t.abandoned),
    seconds("excess_wait", ENDED, "sum of (wait - t)+ over O / O", |t| t.excess_wait_s, |t| t.offered()),
    special("wait_p50", WAITS, "smallest w with P(wait of O <= w) >= 0.50", Kind::WaitQuantile(0.50)),
    special("wait_p80", WAITS, "smallest w with P(wait of O <= w) >= 0.80", Kind::WaitQuantile(0.80)),
    special("wait_p90", WAITS, "smallest w with P(wait of O <= w) >= 0.90", Kind::WaitQuantile(0.90)),
    special("wait_p95", WAITS, "smallest w with P(wait of O <= w) >= 0.95", Kind::WaitQuantile(0.95)),
    special("wait_p99", WAITS, "smallest w with P(wait of O <= w) >= 0.99", Kind::WaitQuantile(0.99)),
    special("wait_max", WAITS, "longest wait of O over all replications", Kind::LongestWait),
    by_period(share("abandonment", ENDED, "B / O", |t| t.abandoned, |t| t.offered())),
    share(
        "abandonment_without_short",
        ENDED,
        "(B - B_s) / (O - B_s)",
        |t| t.abandoned - t.abandoned_short,
        |t| t.offered() - t.abandoned_short,
    ),
    share("blocking", REFUSED, "X / (O + X)", |t| t.refused, |t| t.offered() + t.refused),
    share("delayed", ENDED, "those of O with a wait above 0 / O", |t| t.delayed, |t| t.offered()),
    by_period(ratio(
        "mean_queue",
        Unit::Contacts,
        &[(Basis::Time, &[Whole, Queue])],
        "time waited within the span, summed over contacts / length of the span",
        |t| t.waiting_s,
        |t| t.span_s,
    )),
];
