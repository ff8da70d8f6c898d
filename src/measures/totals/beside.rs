//! What comes before a queue, what is offered in it, who is asked, and what is written.

use super::{Span, Totals};
use crate::measures::cell::GreetingCell;
use crate::measures::layout::Layout;
use crate::measures::offers::OfferCell;
use crate::measures::written::WrittenCell;
use crate::measures::{Scope, ScopeKind, US_PER_S, consultations};

impl Totals {
    pub(super) fn add_greetings(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (cells, index) = (&span.sheet.greetings, usize::from(scope.index));
        let first = match scope.kind {
            ScopeKind::Whole => {
                return cells.iter().take(layout.types).for_each(|cell| self.add_greeting(cell));
            }
            ScopeKind::Topic => {
                let of_topic = layout.types_of(scope).filter_map(|row| cells.get(row));
                return of_topic.for_each(|cell| self.add_greeting(cell));
            }
            ScopeKind::ContactType => 0,
            ScopeKind::Profile => layout.types,
            ScopeKind::Number => layout.types + layout.profiles,
            _ => return,
        };
        if let Some(cell) = cells.get(first + index) {
            self.add_greeting(cell);
        }
    }

    pub(super) fn add_written_of(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        match scope.kind {
            _ if span.written.is_empty() => {}
            ScopeKind::ContactType => self.add_written(&span.written[usize::from(scope.index)]),
            ScopeKind::Channel | ScopeKind::Topic => {
                layout.types_of(scope).for_each(|row| self.add_written(&span.written[row]));
            }
            _ => {}
        }
    }

    pub(super) fn add_written(&mut self, cell: &WrittenCell) {
        self.written_answered += f64::from(cell.answered);
        self.written_due += f64::from(cell.due);
        self.written_on_time += f64::from(cell.on_time);
        self.written_reply_s += cell.reply_us as f64 / US_PER_S;
        self.written_open_s += cell.open_us as f64 / US_PER_S;
        self.written_late_s += cell.late_us as f64 / US_PER_S;
    }

    pub(super) fn add_offers(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (cells, index) = (&span.sheet.offers, usize::from(scope.index));
        let first = match scope.kind {
            ScopeKind::Whole => {
                return cells.iter().take(layout.types).for_each(|cell| self.add_offer(cell));
            }
            ScopeKind::Topic => {
                let of_topic = layout.types_of(scope).filter_map(|row| cells.get(row));
                return of_topic.for_each(|cell| self.add_offer(cell));
            }
            ScopeKind::ContactType => 0,
            ScopeKind::Queue => layout.types,
            ScopeKind::Profile => layout.types + layout.queues,
            ScopeKind::Number => layout.types + layout.queues + layout.profiles,
            _ => return,
        };
        if let Some(cell) = cells.get(first + index) {
            self.add_offer(cell);
        }
    }

    pub(super) fn add_offer(&mut self, cell: &OfferCell) {
        self.callbacks_offered += f64::from(cell.callbacks_offered);
        self.callback_offers_taken += f64::from(cell.callbacks_accepted);
        self.deferrals_offered += f64::from(cell.deferrals_offered);
        self.deferrals_accepted += f64::from(cell.deferrals_accepted);
        self.deferrals_met += f64::from(cell.deferrals_met);
        self.promises += f64::from(cell.promises);
        self.promises_reached += f64::from(cell.reached);
        self.promises_kept += f64::from(cell.kept);
        self.callback_tries += f64::from(cell.tries);
        self.reached_after_s += cell.reached_after_us as f64 / US_PER_S;
    }

    pub(super) fn add_consultations(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        for cell in consultations::cells_of(&span.sheet.consultations, layout, scope) {
            self.consultations += f64::from(cell.asked);
            self.consultations_taken += f64::from(cell.taken);
            self.consultation_wait_s += cell.wait_us as f64 / US_PER_S;
            self.consultation_time_s += cell.time_us as f64 / US_PER_S;
            self.consultations_given += f64::from(cell.given);
        }
    }

    pub(super) fn add_greeting(&mut self, cell: &GreetingCell) {
        self.greeted += f64::from(cell.greeted);
        self.recognised += f64::from(cell.recognised);
        self.menus += f64::from(cell.menus);
        self.self_served += f64::from(cell.self_served);
        self.hung_up += f64::from(cell.hung_up);
        self.chose += f64::from(cell.chose);
        self.misrouted += f64::from(cell.misrouted);
        self.greeting_s += cell.time_us as f64 / US_PER_S;
    }
}
