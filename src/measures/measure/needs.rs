//! What became of needs.

use super::entry::{NEEDS, count, of_returns, ratio, seconds, share};
use super::{Measure, Unit};

pub(super) static MEASURES: &[Measure] = &[
    share(
        "first_contact_resolution",
        NEEDS,
        "needs first answered more than W = 7 days before the horizon: those that this first talk resolved, with no transfer / all",
        |t| t.needs_first_contact,
        |t| t.needs_seen_through,
    ),
    share(
        "tier1_resolved",
        NEEDS,
        "needs that an agent of tier 1 resolved / needs with an answered contact",
        |t| t.needs_resolved_at_tier1,
        |t| t.needs_answered,
    ),
    of_returns(count("needs", NEEDS, "needs", |t| t.needs)),
    share("needs_resolved", NEEDS, "needs that ended resolved / needs", |t| t.needs_resolved, |t| t.needs),
    share("needs_given_up", NEEDS, "needs that were given up / needs", |t| t.needs_given_up, |t| t.needs),
    of_returns(share(
        "needs_unanswered",
        NEEDS,
        "needs that contacted the center and that neither an agent nor a menu ever answered / needs",
        |t| t.needs - t.needs_answered - t.needs_self_served,
        |t| t.needs,
    )),
    of_returns(ratio(
        "contacts_per_need",
        Unit::Number,
        NEEDS,
        "attempts, refused ones and those that end in a menu included / needs",
        |t| t.needs_attempts,
        |t| t.needs,
    )),
    of_returns(seconds(
        "time_to_resolution",
        NEEDS,
        "time from the first attempt to the end of resolved needs / resolved needs",
        |t| t.resolution_s,
        |t| t.needs_timed,
    )),
    share("needs_open", NEEDS, "needs open at the horizon / needs", |t| t.needs_open, |t| t.needs),
];
