//! Costs, and how many contacts came to what.

use super::entry::{ANSWERED, ENDED, OWN_QUEUES, REFUSED, TIME, by_period, count, ratio, share};
use super::{Measure, Unit};
use crate::measures::Basis;
use crate::measures::ScopeKind::{AgentGroup, Site, Tier, Vendor, Whole};

pub(super) static MEASURES: &[Measure] = &[
    ratio("cost", Unit::Money, TIME, "cost per hour x hours paid", |t| t.cost, |_| 1.0),
    ratio(
        "cost_per_contact",
        Unit::Money,
        &[(Basis::Contact, &[Whole]), (Basis::Leg, &[AgentGroup, Tier, Vendor, Site])],
        "cost / A",
        |t| t.cost,
        |t| t.answered,
    ),
    ratio(
        "cost_per_resolved_need",
        Unit::Money,
        &[(Basis::Need, &[Whole])],
        "cost / needs that ended resolved",
        |t| t.cost,
        |t| t.needs_resolved,
    ),
    by_period(count("offered", ENDED, "O", |t| t.offered())),
    by_period(count("answered", ANSWERED, "A", |t| t.answered)),
    by_period(count("abandoned", ENDED, "B", |t| t.abandoned)),
    count("sent_away", ENDED, "D", |t| t.sent_away),
    count("callbacks_accepted", ENDED, "C", |t| t.callbacks),
    count("moved", ENDED, "F", |t| t.moved),
    share(
        "own_queue_share",
        OWN_QUEUES,
        "O of queues that the vendor serves alone / O",
        |t| t.answered_in_own_queues + t.offered() - t.answered,
        |t| t.offered(),
    ),
    count("blocked", REFUSED, "X", |t| t.refused),
];
