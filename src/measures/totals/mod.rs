//! The sums that measures are made of: one scope on one basis over one span of time, in seconds and as floats.
//!
//! The cells are exact; floats begin here, one scope at a time, always added in the same order.

mod beside;
mod legs;
mod needs;
mod work;

use super::campaigns::DialCell;
use super::cases::{CaseCell, OfficeTime};
use super::cell::NeedCell;
use super::layout::Layout;
use super::sheet::Sheet;
use super::visits::VisitCell;
use super::written::WrittenCell;
use super::{Basis, Scope};

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
}
