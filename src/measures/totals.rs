//! The sums that measures are made of: one scope on one basis over one span of time, in seconds and as floats.
//!
//! The cells are exact; floats begin here, one scope at a time, always added in the same order.

use super::US_PER_S;
use super::campaigns::DialCell;
use super::cases::{CaseCell, OfficeTime};
use super::cell::{Cell, GreetingCell, GroupTime, NeedCell};
use super::consultations;
use super::cuts::Sum;
use super::layout::Layout;
use super::offers::OfferCell;
use super::sheet::Sheet;
use super::visits::VisitCell;
use super::written::WrittenCell;
use super::{Basis, Scope, ScopeKind};

const S_PER_HOUR: f64 = 3600.0;

/// Letters as in DESIGN 5: O = A + B + C + D + F.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Totals {
    pub(super) answered: f64,
    /// Of a vendor: in queues that it serves alone.
    pub(super) answered_in_own_queues: f64,
    pub(super) answered_in_time: f64,
    pub(super) abandoned: f64,
    pub(super) abandoned_in_time: f64,
    pub(super) abandoned_short: f64,
    pub(super) sent_away: f64,
    pub(super) refused: f64,
    pub(super) callbacks: f64,
    pub(super) moved: f64,
    pub(super) delayed: f64,
    pub(super) retrials: f64,
    pub(super) repeats: f64,
    pub(super) transferred: f64,
    /// Contacts (or legs of contacts) that are not their need's first.
    pub(super) again: f64,
    pub(super) news: f64,
    pub(super) complaints: f64,
    /// Handle times of `again`.
    pub(super) again_handle_s: f64,
    pub(super) redirected: f64,
    pub(super) sent_back: f64,
    pub(super) taken_over: f64,
    pub(super) turned_cold: f64,
    pub(super) withdrawn: f64,
    pub(super) held_s: f64,
    pub(super) wait_answered_s: f64,
    pub(super) wait_abandoned_s: f64,
    pub(super) wait_sent_away_s: f64,
    pub(super) excess_wait_s: f64,
    pub(super) handle_s: f64,
    pub(super) handle_square_s2: f64,
    pub(super) work_s: f64,
    /// Time of chats with agents, summed over chats.
    pub(super) chats_s: f64,
    /// Time of agents with one chat or more.
    pub(super) chatting_s: f64,
    /// Time of agents at cases of offices.
    pub(super) back_office_s: f64,
    /// Pieces of work that a call interrupted.
    pub(super) interruptions: f64,
    pub(super) scheduled_s: f64,
    pub(super) net_s: f64,
    pub(super) logged_in_s: f64,
    pub(super) overtime_s: f64,
    pub(super) paid_s: f64,
    /// Wages and overhead of the time paid.
    pub(super) cost: f64,
    /// Waiting that passed in this span, summed over contacts.
    pub(super) waiting_s: f64,
    /// How long the span is.
    pub(super) span_s: f64,
    pub(super) needs: f64,
    pub(super) needs_met: f64,
    pub(super) needs_resolved: f64,
    pub(super) needs_given_up: f64,
    pub(super) needs_open: f64,
    /// Whom a menu met and nobody answered.
    pub(super) needs_self_served: f64,
    /// With an answered contact.
    pub(super) needs_answered: f64,
    pub(super) needs_resolved_at_tier1: f64,
    /// With an answered contact more than W before the horizon.
    pub(super) needs_seen_through: f64,
    pub(super) needs_first_contact: f64,
    pub(super) needs_attempts: f64,
    /// Resolved, where it was noted when.
    pub(super) needs_timed: f64,
    /// From the first attempt to the end, summed over them.
    pub(super) resolution_s: f64,
    pub(super) cases_opened: f64,
    pub(super) cases_closed: f64,
    pub(super) cases_reopened: f64,
    pub(super) cases_reworked: f64,
    pub(super) cases_due: f64,
    pub(super) cases_on_time: f64,
    pub(super) time_to_close_s: f64,
    /// Time that cases were open, summed over them.
    pub(super) cases_open_s: f64,
    pub(super) cases_late_s: f64,
    /// Time that agents were at cases.
    pub(super) office_agents_s: f64,
    /// Time of both that was at preparations.
    pub(super) office_preparing_s: f64,
    /// Time that people of offices were at work on cases.
    pub(super) office_work_s: f64,
    /// Time that they were there.
    pub(super) office_staffed_s: f64,
    pub(super) visits: VisitCell,
    pub(super) dials: DialCell,
    /// Of the time of agents with a campaign.
    pub(super) dial_cost: f64,
    /// Citizens who tried the web site first.
    pub(super) web_visits: f64,
    pub(super) web_solved: f64,
    pub(super) web_called: f64,
    /// Calls that were looked up or came to a menu.
    pub(super) greeted: f64,
    /// Legs that were passed on to their own queue after a wrong choice.
    pub(super) passed_from_wrong_queue: f64,
    pub(super) recognised: f64,
    pub(super) menus: f64,
    pub(super) self_served: f64,
    pub(super) hung_up: f64,
    /// Those that went from a menu to a queue.
    pub(super) chose: f64,
    pub(super) misrouted: f64,
    pub(super) greeting_s: f64,
    pub(super) callbacks_offered: f64,
    pub(super) callback_offers_taken: f64,
    pub(super) deferrals_offered: f64,
    pub(super) deferrals_accepted: f64,
    pub(super) deferrals_met: f64,
    /// Promises to call back that are over.
    pub(super) promises: f64,
    pub(super) promises_reached: f64,
    pub(super) promises_kept: f64,
    pub(super) callback_tries: f64,
    pub(super) reached_after_s: f64,
    /// That agents asked for.
    pub(super) consultations: f64,
    pub(super) consultations_taken: f64,
    pub(super) consultation_wait_s: f64,
    pub(super) consultation_time_s: f64,
    /// That agents of the scope gave to others.
    pub(super) consultations_given: f64,
    /// Written contacts that were answered for good.
    pub(super) written_answered: f64,
    pub(super) written_due: f64,
    pub(super) written_on_time: f64,
    pub(super) written_reply_s: f64,
    /// Time that they were unanswered, summed over them.
    pub(super) written_open_s: f64,
    pub(super) written_late_s: f64,
}

/// One span of time of one replication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span<'a> {
    pub(super) sheet: &'a Sheet,
    /// By contact type.
    pub(super) needs: &'a [NeedCell],
    /// By profile; none for less than the whole run.
    pub(super) needs_by_profile: &'a [NeedCell],
    /// By number; none for less than the whole run.
    pub(super) needs_by_number: &'a [NeedCell],
    /// By district; none for less than the whole run.
    pub(super) needs_by_district: &'a [NeedCell],
    /// From first attempts to ends of resolved needs in microseconds, [contact types | profiles | numbers | districts]; none for less than the whole run.
    pub(super) resolution_us: &'a [u64],
    /// By case type; none for spans of less than a day.
    pub(super) cases: &'a [CaseCell],
    /// By office; none for spans of less than a day.
    pub(super) offices: &'a [OfficeTime],
    /// By contact type; none for spans of less than a day, and where nothing is written.
    pub(super) written: &'a [WrittenCell],
    /// By service, counter and district; none for spans of less than a day.
    pub(super) visits: &'a [VisitCell],
    /// By campaign, then by campaign and group; none for spans of less than a day.
    pub(super) dials: &'a [DialCell],
    pub(super) length_s: f64,
}

impl<'a> Span<'a> {
    /// Day or period `index`: its sheet, and its part of `needs`, which has one row of contact types a span.
    pub(super) fn part(
        layout: &Layout,
        sheet: &'a Sheet,
        needs: &'a [NeedCell],
        index: usize,
        length_s: f64,
    ) -> Span<'a> {
        let needs = &needs[index * layout.types..][..layout.types];
        Span {
            sheet,
            needs,
            needs_by_profile: &[],
            needs_by_number: &[],
            needs_by_district: &[],
            resolution_us: &[],
            cases: &[],
            offices: &[],
            written: &[],
            visits: &[],
            dials: &[],
            length_s,
        }
    }
}

impl Totals {
    /// O.
    pub(super) fn offered(&self) -> f64 {
        self.answered + self.abandoned + self.callbacks + self.sent_away + self.moved
    }

    /// A + B + D: those whom the voice service level is about.
    pub(super) fn voice(&self) -> f64 {
        self.answered + self.abandoned + self.sent_away
    }

    /// Waits of all.
    pub(super) fn wait_all_s(&self) -> f64 {
        self.wait_answered_s + self.wait_abandoned_s + self.wait_sent_away_s
    }

    /// Of one scope on one basis.
    pub(super) fn of(layout: &Layout, span: &Span<'_>, basis: Basis, scope: Scope) -> Totals {
        let mut totals = Totals { span_s: span.length_s, ..Totals::default() };
        match basis {
            Basis::Contact => {
                totals.add_contacts(layout, span, scope);
                totals.add_greetings(layout, span, scope);
                totals.add_written_of(layout, span, scope);
                totals.add_offers(layout, span, scope);
            }
            Basis::Leg => {
                totals.add_legs(layout, span, scope);
                totals.add_offers(layout, span, scope);
                totals.add_consultations(layout, span, scope);
            }
            Basis::Need => {
                totals.add_needs_of(layout, span, scope);
                totals.add_resolution(layout, span, scope);
                totals.add_web(layout, span, scope);
            }
            Basis::Time => totals.add_waiting(span, scope),
            Basis::Case => totals.add_cases(layout, span, scope),
            Basis::Visit => totals.add_visits(layout, span, scope),
            Basis::Dial => totals.add_dials(layout, span, scope),
        }
        totals.add_groups(layout, span, scope);
        totals
    }

    fn add_contacts(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_web(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_greetings(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_written_of(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        match scope.kind {
            _ if span.written.is_empty() => {}
            ScopeKind::ContactType => self.add_written(&span.written[usize::from(scope.index)]),
            ScopeKind::Channel | ScopeKind::Topic => {
                layout.types_of(scope).for_each(|row| self.add_written(&span.written[row]));
            }
            _ => {}
        }
    }

    fn add_written(&mut self, cell: &WrittenCell) {
        self.written_answered += f64::from(cell.answered);
        self.written_due += f64::from(cell.due);
        self.written_on_time += f64::from(cell.on_time);
        self.written_reply_s += cell.reply_us as f64 / US_PER_S;
        self.written_open_s += cell.open_us as f64 / US_PER_S;
        self.written_late_s += cell.late_us as f64 / US_PER_S;
    }

    fn add_offers(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_offer(&mut self, cell: &OfferCell) {
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

    fn add_consultations(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        for cell in consultations::cells_of(&span.sheet.consultations, layout, scope) {
            self.consultations += f64::from(cell.asked);
            self.consultations_taken += f64::from(cell.taken);
            self.consultation_wait_s += cell.wait_us as f64 / US_PER_S;
            self.consultation_time_s += cell.time_us as f64 / US_PER_S;
            self.consultations_given += f64::from(cell.given);
        }
    }

    fn add_greeting(&mut self, cell: &GreetingCell) {
        self.greeted += f64::from(cell.greeted);
        self.recognised += f64::from(cell.recognised);
        self.menus += f64::from(cell.menus);
        self.self_served += f64::from(cell.self_served);
        self.hung_up += f64::from(cell.hung_up);
        self.chose += f64::from(cell.chose);
        self.misrouted += f64::from(cell.misrouted);
        self.greeting_s += cell.time_us as f64 / US_PER_S;
    }

    fn add_legs(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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
    fn add_unanswered(&mut self, layout: &Layout, span: &Span<'_>, queue: usize) {
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
    fn are_all_of_own_queues(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        let cells = || layout.own_queues(scope).map(|queue| &span.sheet.cells[layout.first_queue + queue]);
        self.delayed = cells().map(|cell| f64::from(cell.delayed)).sum();
        self.excess_wait_s = cells().map(|cell| cell.excess_wait_us as f64 / US_PER_S).sum();
        self.refused = cells().map(|cell| f64::from(cell.refused)).sum();
    }

    /// First and later legs of contacts of a type.
    pub(super) fn add_legs_of_type(&mut self, layout: &Layout, span: &Span<'_>, contact_type: usize) {
        self.add_cell_at(span.sheet, contact_type);
        self.add_cell_at(span.sheet, layout.first_later + contact_type);
    }

    fn add_cells(&mut self, sheet: &Sheet, cells: std::ops::Range<usize>) {
        cells.for_each(|cell| self.add_cell_at(sheet, cell));
    }

    fn add_cell_at(&mut self, sheet: &Sheet, cell: usize) {
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

    fn add_needs_of(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_resolution(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_cases(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_visits(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_dials(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
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

    fn add_case_cell(&mut self, cell: &CaseCell) {
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

    fn add_waiting(&mut self, span: &Span<'_>, scope: Scope) {
        let waiting_us = &span.sheet.waiting_us;
        self.waiting_s = match scope.kind {
            ScopeKind::Whole => waiting_us.iter().sum::<u64>() as f64 / US_PER_S,
            ScopeKind::Queue => waiting_us[usize::from(scope.index)] as f64 / US_PER_S,
            _ => 0.0,
        };
    }

    fn add_groups(&mut self, layout: &Layout, span: &Span<'_>, scope: Scope) {
        for (group, time) in span.sheet.groups.iter().enumerate() {
            if layout.has_group(scope, group) {
                self.add_time(time, layout.cost_per_hour[group], layout.chats[group]);
            }
        }
    }

    /// Adds the time of a group that costs so much an hour. Whoever chats is at work with one chat or more.
    fn add_time(&mut self, time: &GroupTime, cost_per_hour: f64, chats: bool) {
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

    /// Adds fates, waits and work.
    pub(super) fn add_cell(&mut self, cell: &Cell) {
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

    /// Adds needs.
    pub(super) fn add_needs(&mut self, cell: &NeedCell) {
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
