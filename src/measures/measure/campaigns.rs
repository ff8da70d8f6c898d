//! Who is called, and what that brings.

use super::entry::{DIALS, count, ratio, seconds, share};
use super::{Measure, Unit};
use crate::measures::US_PER_S;

pub(super) static MEASURES: &[Measure] = &[
    count("persons_listed", DIALS, "persons who came on a campaign's list", |t| t.dials.listed as f64),
    count("dials", DIALS, "dials", |t| t.dials.dials as f64),
    share(
        "dials_answered",
        DIALS,
        "dials that somebody answered / dials",
        |t| t.dials.answered as f64,
        |t| t.dials.dials as f64,
    ),
    share(
        "right_party_share",
        DIALS,
        "dials that reached the person on the list / dials that somebody answered and an agent took",
        |t| t.dials.reached as f64,
        |t| (t.dials.answered - t.dials.abandoned) as f64,
    ),
    share(
        "dial_abandonment",
        DIALS,
        "answered dials for which no agent was free in time / answered dials",
        |t| t.dials.abandoned as f64,
        |t| t.dials.answered as f64,
    ),
    seconds(
        "dial_wait",
        DIALS,
        "time from the answer to an agent or to hanging up / answered dials",
        |t| t.dials.wait_us as f64 / US_PER_S,
        |t| t.dials.answered as f64,
    ),
    count("persons_reached", DIALS, "persons on the list who were reached", |t| t.dials.reached as f64),
    count("persons_exhausted", DIALS, "persons who were dialled for the last time in vain", |t| {
        t.dials.exhausted as f64
    }),
    count("persons_finished", DIALS, "persons who were reached, or dialled for the last time in vain", |t| {
        (t.dials.reached + t.dials.exhausted) as f64
    }),
    share(
        "reach_share",
        DIALS,
        "persons reached / persons reached, or dialled for the last time in vain",
        |t| t.dials.reached as f64,
        |t| (t.dials.reached + t.dials.exhausted) as f64,
    ),
    ratio(
        "attempts_per_person",
        Unit::Number,
        DIALS,
        "attempts at persons who were reached, or dialled for the last time in vain / those persons",
        |t| t.dials.attempts as f64,
        |t| (t.dials.reached + t.dials.exhausted) as f64,
    ),
    seconds(
        "agent_time_per_reach",
        DIALS,
        "time of agents for the campaign: preview, ringing, talk and wrap-up / persons reached",
        |t| t.dials.agent_us as f64 / US_PER_S,
        |t| t.dials.reached as f64,
    ),
    ratio(
        "cost_per_reach",
        Unit::Money,
        DIALS,
        "cost per hour x hours of agents for the campaign / persons reached",
        |t| t.dial_cost,
        |t| t.dials.reached as f64,
    ),
];
