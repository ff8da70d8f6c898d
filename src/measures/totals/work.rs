//! The time of people, and the work of offices, counters and campaigns.

use super::{Span, Totals};
use crate::measures::cases::CaseCell;
use crate::measures::cell::GroupTime;
use crate::measures::cuts::Sum;
use crate::measures::layout::Layout;
use crate::measures::visits::VisitCell;
use crate::measures::{Scope, ScopeKind, US_PER_S};

impl Totals {
    pub(super) fn add_cases(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        for (row, cell) in span.cases.iter().enumerate() {
            if layout.has_case_type(scope, row) {
                self.add_case_cell(cell);
            }
        }
        let offices = match scope.kind {
            ScopeKind::Whole => span.offices,
            ScopeKind::Office => {
                span.offices.get(usize::from(scope.index)..=usize::from(scope.index)).unwrap_or_default()
            }
            _ => &[],
        };
        for time in offices {
            self.office_work_s += time.work_us as f64 / US_PER_S;
            self.office_agents_s += time.agents_us as f64 / US_PER_S;
            self.office_preparing_s += time.preparing_us as f64 / US_PER_S;
            self.office_staffed_s += time.staffed_us as f64 / US_PER_S;
        }
    }

    pub(super) fn add_visits(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let (services, counters) = (layout.services, layout.services + layout.counters);
        let cells = layout.visit_rows(scope).into_iter().filter_map(|row| span.visits.get(row));
        cells.for_each(|cell| self.visits.add(cell));
        if scope.kind == ScopeKind::Whole {
            // Clerks belong to counters, not to services.
            for cell in span.visits.get(services..counters).unwrap_or_default() {
                let VisitCell { busy_us, staffed_us, .. } = *cell;
                self.visits.add(&VisitCell { busy_us, staffed_us, ..VisitCell::default() });
            }
        }
    }

    pub(super) fn add_dials(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let campaigns = match scope.kind {
            ScopeKind::Whole => 0..layout.campaigns,
            ScopeKind::Campaign => usize::from(scope.index)..usize::from(scope.index) + 1,
            _ => return,
        };
        span.dials.get(campaigns.clone()).unwrap_or_default().iter().for_each(|cell| self.dials.add(cell));
        let by_group = |campaign: usize| layout.campaigns + campaign * layout.groups;
        let times = span.dials.get(by_group(campaigns.start)..by_group(campaigns.end)).unwrap_or_default();
        for (cell, cost_per_hour) in times.iter().zip(layout.cost_per_hour.iter().cycle()) {
            self.dial_cost += cost_per_hour * (cell.agent_us as f64 / US_PER_S / S_PER_HOUR);
        }
    }

    pub(super) fn add_case_cell(&mut self, cell: &CaseCell) {
        self.cases_opened += f64::from(cell.opened);
        self.cases_closed += f64::from(cell.closed);
        self.cases_reopened += f64::from(cell.reopened);
        self.cases_reworked += f64::from(cell.reworked);
        self.cases_due += f64::from(cell.due);
        self.cases_on_time += f64::from(cell.on_time);
        self.time_to_close_s += cell.close_us as f64 / US_PER_S;
        self.cases_open_s += cell.open_us as f64 / US_PER_S;
        self.cases_late_s += cell.late_us as f64 / US_PER_S;
    }

    pub(super) fn add_waiting(&mut self, span: &Span<'_>, scope: Scope) {
        let waiting_us = &span.sheet.waiting_us;
        self.waiting_s = match scope.kind {
            ScopeKind::Whole => waiting_us.iter().sum::<u64>() as f64 / US_PER_S,
            ScopeKind::Queue => waiting_us[usize::from(scope.index)] as f64 / US_PER_S,
            _ => 0.0,
        };
    }

    pub(super) fn add_groups(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        for (group, time) in span.sheet.groups.iter().enumerate() {
            if layout.has_group(scope, group) {
                self.add_time(time, layout.cost_per_hour[group], layout.chats[group]);
            }
        }
    }

    /// Adds the time of a group that costs so much an hour. Whoever chats is at work with one chat or more.
    pub(super) fn add_time(&mut self, time: &GroupTime, cost_per_hour: f64, chats: bool) {
        let paid_s = time.paid_us as f64 / US_PER_S;
        if chats {
            self.chats_s += (time.work_us + time.ringing_us) as f64 / US_PER_S;
            self.chatting_s += time.chatting_us as f64 / US_PER_S;
        }
        self.work_s += if chats { time.chatting_us } else { time.work_us } as f64 / US_PER_S;
        self.scheduled_s += time.scheduled_us as f64 / US_PER_S;
        self.net_s += time.net_us as f64 / US_PER_S;
        self.logged_in_s += time.logged_in_us as f64 / US_PER_S;
        self.overtime_s += time.overtime_us as f64 / US_PER_S;
        self.back_office_s += time.back_office_us as f64 / US_PER_S;
        self.interruptions += time.interruptions as f64;
        self.paid_s += paid_s;
        self.cost += cost_per_hour * (paid_s / S_PER_HOUR);
    }
}

const S_PER_HOUR: f64 = 3600.0;
