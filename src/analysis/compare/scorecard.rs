//! Which measures stand on the scorecard: few, so that the correction for their number leaves something to see.

use super::{Pair, Row};
use crate::measures::{Basis, Results, ScopeKind};
use crate::model::FORMULAS;

/// Of the whole center.
const WHOLE: [(&str, Basis); 9] = [
    ("offered", Basis::Contact),
    ("answered_over_offered", Basis::Contact),
    ("speed_of_answer", Basis::Contact),
    ("wait_p90", Basis::Contact),
    ("abandonment", Basis::Contact),
    ("first_contact_resolution", Basis::Need),
    ("occupancy", Basis::Time),
    ("cost", Basis::Time),
    ("cost_per_resolved_need", Basis::Need),
];

/// Targets by the days on which they are met and, of the whole, their formulas, with a few numbers more.
pub(super) fn is_on_it(base: &Results, pair: &Pair<'_>) -> bool {
    let view = &pair.base;
    let promised = |view: &crate::measures::SeriesView<'_>| {
        base.targets().iter().any(|target| (target.formula, target.basis) == (view.measure, view.basis))
    };
    let has_data = view.mean.is_some() && pair.variant.mean.is_some();
    has_data
        && match view.scope_kind {
            ScopeKind::Whole => WHOLE.contains(&(view.measure, view.basis)) || promised(view),
            ScopeKind::Target => view.measure == "days_met",
            _ => false,
        }
}

/// Whether a row is a service level.
pub(super) fn is_service_level(row: &Row) -> bool {
    row.scope_kind == ScopeKind::Whole && FORMULAS.contains(&row.measure)
}
