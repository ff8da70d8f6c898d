//! Fates, waits and work of contacts and legs.

use super::{Span, Totals};
use crate::measures::cell::Cell;
use crate::measures::layout::Layout;
use crate::measures::sheet::Sheet;
use crate::measures::{Scope, ScopeKind, US_PER_S};

impl Totals {
    pub(super) fn add_contacts(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (sheet, index) = (span.sheet, usize::from(scope.index));
        match scope.kind {
            ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic => {
                layout.types_of(scope).for_each(|row| self.add_cell_at(sheet, row));
            }
            ScopeKind::ContactType => self.add_cell_at(sheet, index),
            ScopeKind::Profile => self.add_cell_at(sheet, layout.first_profile + index),
            ScopeKind::Number => self.add_cell_at(sheet, layout.first_number + index),
            ScopeKind::Queue
            | ScopeKind::AgentGroup
            | ScopeKind::Tier
            | ScopeKind::Vendor
            | ScopeKind::Site => {}
            ScopeKind::Office
            | ScopeKind::CaseType
            | ScopeKind::Service
            | ScopeKind::Counter
            | ScopeKind::District
            | ScopeKind::Campaign
            | ScopeKind::Target => {}
        }
    }

    pub(super) fn add_legs(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (sheet, index) = (span.sheet, usize::from(scope.index));
        match scope.kind {
            ScopeKind::Whole if !layout.has_channels() => {
                self.add_cells(sheet, layout.first_queue..layout.first_group);
            }
            ScopeKind::Whole | ScopeKind::Channel | ScopeKind::Topic => {
                layout.types_of(scope).for_each(|row| self.add_legs_of_type(layout, span, row));
            }
            ScopeKind::Queue => self.add_cell_at(sheet, layout.first_queue + index),
            ScopeKind::ContactType => self.add_legs_of_type(layout, span, index),
            ScopeKind::AgentGroup | ScopeKind::Tier | ScopeKind::Vendor | ScopeKind::Site => {
                let groups = (0..layout.groups).filter(|&group| layout.has_group(scope, group));
                groups.for_each(|group| self.add_cell_at(sheet, layout.first_group + group));
                layout.own_queues(scope).for_each(|queue| self.add_unanswered(layout, span, queue));
                if layout.serves_only_own_queues(scope) {
                    self.are_all_of_own_queues(layout, span, scope);
                }
            }
            ScopeKind::Profile | ScopeKind::Number => {}
            ScopeKind::Office
            | ScopeKind::CaseType
            | ScopeKind::Service
            | ScopeKind::Counter
            | ScopeKind::District
            | ScopeKind::Campaign
            | ScopeKind::Target => {}
        }
    }

    /// What nobody answered in a queue that one vendor serves alone: its groups know only of what they answered.
    pub(super) fn add_unanswered(&mut self, layout: &Layout, span: &Span<'_>, queue: usize) {
        let cell = &span.sheet.cells[layout.first_queue + queue];
        self.answered_in_own_queues += f64::from(cell.answered);
        let unanswered = Cell {
            answered: 0,
            answered_in_time: 0,
            delayed: 0,
            retrials: 0,
            repeats: 0,
            transferred: 0,
            wait_answered_us: 0,
            excess_wait_us: 0,
            handle_us: 0,
            handle_square_us2: 0,
            refused: 0,
            ..*cell
        };
        self.add_cell(&unanswered);
    }

    /// A vendor that shares no queue has all legs of its queues, whatever became of them: what cells of queues do not tell apart by that is theirs.
    pub(super) fn are_all_of_own_queues(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let cells = || layout.own_queues(scope).map(|queue| &span.sheet.cells[layout.first_queue + queue]);
        self.delayed = cells().map(|cell| f64::from(cell.delayed)).sum();
        self.excess_wait_s = cells().map(|cell| cell.excess_wait_us as f64 / US_PER_S).sum();
        self.refused = cells().map(|cell| f64::from(cell.refused)).sum();
    }

    /// First and later legs of contacts of a type.
    pub(in crate::measures) fn add_legs_of_type(
        &mut self,
        layout: &Layout,
        span: &Span<'_>,
        contact_type: usize,
    ) {
        self.add_cell_at(span.sheet, contact_type);
        self.add_cell_at(span.sheet, layout.first_later + contact_type);
    }

    pub(super) fn add_cells(&mut self, sheet: &Sheet, cells: std::ops::Range<usize>) {
        cells.for_each(|cell| self.add_cell_at(sheet, cell));
    }

    pub(super) fn add_cell_at(&mut self, sheet: &Sheet, cell: usize) {
        self.add_cell(&sheet.cells[cell]);
        if let Some(again) = sheet.again.get(cell) {
            self.again += f64::from(again.contacts);
            self.news += f64::from(again.news);
            self.complaints += f64::from(again.complaints);
            self.again_handle_s += again.handle_us as f64 / US_PER_S;
        }
        if let Some(passes) = sheet.passes.get(cell) {
            self.redirected += f64::from(passes.redirected);
            self.sent_back += f64::from(passes.sent_back);
            self.taken_over += f64::from(passes.taken_over);
            self.turned_cold += f64::from(passes.turned_cold);
            self.withdrawn += f64::from(passes.withdrawn);
            self.held_s += passes.held_us as f64 / US_PER_S;
            self.passed_from_wrong_queue += f64::from(passes.misrouted);
        }
    }

    /// Adds fates, waits and work.
    pub(in crate::measures) fn add_cell(&mut self, cell: &Cell) {
        let seconds = |us: u64| us as f64 / US_PER_S;
        self.answered += f64::from(cell.answered);
        self.answered_in_time += f64::from(cell.answered_in_time);
        self.abandoned += f64::from(cell.abandoned);
        self.abandoned_in_time += f64::from(cell.abandoned_in_time);
        self.abandoned_short += f64::from(cell.abandoned_short);
        self.sent_away += f64::from(cell.sent_away);
        self.refused += f64::from(cell.refused);
        self.callbacks += f64::from(cell.callbacks);
        self.moved += f64::from(cell.moved);
        self.delayed += f64::from(cell.delayed);
        self.retrials += f64::from(cell.retrials);
        self.repeats += f64::from(cell.repeats);
        self.transferred += f64::from(cell.transferred);
        self.wait_answered_s += seconds(cell.wait_answered_us);
        self.wait_abandoned_s += seconds(cell.wait_abandoned_us);
        self.wait_sent_away_s += seconds(cell.wait_sent_away_us);
        self.excess_wait_s += seconds(cell.excess_wait_us);
        self.handle_s += seconds(cell.handle_us);
        self.handle_square_s2 += cell.handle_square_us2 as f64 / (US_PER_S * US_PER_S);
    }
}
