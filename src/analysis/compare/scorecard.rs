//! Which measures stand on the scorecard: few, so that the correction for their number leaves something to see.

use super::{Pair, Row};
use crate::measures::{Basis, Results, ScopeKind};
use crate::model::FORMULAS;

/// Of the whole center.
pub(in crate::analysis) const WHOLE: [(&str, Basis); 9] = [
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
pub(super) struct Scorecard<'a> {
    /// Formulas that are promised, on their basis.
    promised: Vec<(&'a str, Basis)>,
}

impl<'a> Scorecard<'a> {
    /// By the base's targets.
    pub(super) fn of(base: &'a Results) -> Self {
        let promised = base.targets().into_iter().map(|target| (target.formula, target.basis));
        Scorecard { promised: promised.collect() }
    }

    /// Whether a measure stands on it: only with data on both sides.
    pub(super) fn holds(&self, pair: &Pair<'_>) -> bool {
        let view = &pair.base;
        let of_whole = (view.measure, view.basis);
        let is_asked = match view.scope_kind {
            ScopeKind::Whole => WHOLE.contains(&of_whole) || self.promised.contains(&of_whole),
            ScopeKind::Target => view.measure == "days_met",
            _ => false,
        };
        is_asked && view.mean.is_some() && pair.variant.mean.is_some()
    }
}

/// Whether a row is a service level.
pub(super) fn is_service_level(row: &Row) -> bool {
    row.scope_kind == ScopeKind::Whole && FORMULAS.contains(&row.measure)
}
