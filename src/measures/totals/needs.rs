//! What became of needs, and of visits to the web site before them.

use super::{Span, Totals};
use crate::measures::cell::NeedCell;
use crate::measures::layout::Layout;
use crate::measures::{Scope, ScopeKind, US_PER_S};

impl Totals {
    pub(super) fn add_web(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (cells, index) = (&span.sheet.web, usize::from(scope.index));
        let rows: Vec<usize> = match scope.kind {
            ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic => layout.types_of(scope).collect(),
            ScopeKind::ContactType => vec![index],
            ScopeKind::Profile => vec![layout.types + index],
            ScopeKind::Number => vec![layout.types + layout.profiles + index],
            _ => return,
        };
        for cell in rows.into_iter().filter_map(|row| cells.get(row)) {
            self.web_visits += f64::from(cell.visits);
            self.web_solved += f64::from(cell.solved);
            self.web_called += f64::from(cell.called);
        }
    }

    pub(super) fn add_needs_of(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let index = usize::from(scope.index);
        let needs = match scope.kind {
            ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic => {
                return layout.types_of(scope).for_each(|row| self.add_needs(&span.needs[row]));
            }
            ScopeKind::ContactType => &span.needs[index..=index],
            ScopeKind::Profile => span.needs_by_profile.get(index..=index).unwrap_or_default(),
            ScopeKind::Number => span.needs_by_number.get(index..=index).unwrap_or_default(),
            ScopeKind::District => span.needs_by_district.get(index..=index).unwrap_or_default(),
            ScopeKind::Queue
            | ScopeKind::AgentGroup
            | ScopeKind::Tier
            | ScopeKind::Vendor
            | ScopeKind::Site => &[],
            ScopeKind::Office
            | ScopeKind::CaseType
            | ScopeKind::Service
            | ScopeKind::Counter
            | ScopeKind::Campaign
            | ScopeKind::Target => &[],
        };
        needs.iter().for_each(|cell| self.add_needs(cell));
    }

    pub(super) fn add_resolution(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (times, index) = (span.resolution_us, usize::from(scope.index));
        let of_scope = match scope.kind {
            ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic if !times.is_empty() => {
                let sum: u64 = layout.types_of(scope).map(|row| times[row]).sum();
                self.needs_timed = self.needs_resolved;
                self.resolution_s = sum as f64 / US_PER_S;
                return;
            }
            ScopeKind::ContactType => times.get(index..=index),
            ScopeKind::Profile => times.get(layout.types + index..=layout.types + index),
            ScopeKind::Number => {
                let first = layout.types + layout.profiles + index;
                times.get(first..=first)
            }
            ScopeKind::District => {
                let first = layout.types + layout.profiles + layout.numbers + index;
                times.get(first..=first)
            }
            _ => None,
        };
        if let Some(times) = of_scope {
            self.needs_timed = self.needs_resolved;
            self.resolution_s = times.iter().sum::<u64>() as f64 / US_PER_S;
        }
    }

    /// Adds needs.
    pub(in crate::measures) fn add_needs(&mut self, cell: &NeedCell) {
        self.needs += f64::from(cell.resolved) + f64::from(cell.given_up) + f64::from(cell.open);
        self.needs_met += f64::from(cell.met);
        self.needs_resolved += f64::from(cell.resolved);
        self.needs_given_up += f64::from(cell.given_up);
        self.needs_open += f64::from(cell.open);
        self.needs_self_served += f64::from(cell.self_served);
        self.needs_answered += f64::from(cell.answered);
        self.needs_resolved_at_tier1 += f64::from(cell.resolved_at_tier1);
        self.needs_seen_through += f64::from(cell.seen_through);
        self.needs_first_contact += f64::from(cell.first_contact);
        self.needs_attempts += cell.attempts as f64;
    }
}
