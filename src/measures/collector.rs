//! The product's statistics: listens to one replication and sums it up.
//!
//! What is counted stands in rows by period ([`super::ring`]) and goes to the day's sheet when its row closes, so that a
//! year takes little memory. Everything is in whole numbers; what they mean as measures is [`super::measure`]'s business.

use super::campaigns::Dials;
use super::cases::Cases;
use super::cell::Figures;
use super::consultations;
use super::layout::Layout;
use super::offers::OfferCell;
use super::presence::Presence;
use super::ring::Ring;
use super::sheet::Sheet;
use super::spans::{PeriodFinder, Spans, Walk};
use super::targets::Judge;
use super::visits::Visits;
use super::written::Written;
use super::{Attribution, Detail, Replication};
use crate::engine::{
    CallbackEnd, CallbackTry, Caller, Case, CaseStretch, Consultation, Dial, Greeting, Leg, Need, NeedEnd,
    Observer, OfferMade, PreparationStretch, Refused, RunEnd, Staff, Stretch, StretchEnd, StretchOf, Visit,
    WebVisit,
};
use crate::model::{CampaignId, GroupId, Model, OfferKind, OfficeId, QueueId};
use crate::time::{SimDuration, SimTime};

/// Gathers one replication after the other; [`Collector::finish`] hands out its sums.
///
/// # Attribution
/// A leg counts in the period in which it entered (or as [`Attribution`] says), a need in the one in which its first attempt began; what entered before
/// the counted time counts nowhere, what entered after its end (transfers while the center drains) in the last period. Time
/// (work, waiting, logged in) counts when it passes, within the counted time.
#[derive(Clone, Debug)]
pub struct Collector {
    layout: Layout,
    spans: Spans,
    finder: PeriodFinder,
    /// By contact type: t.
    within: Vec<SimDuration>,
    short: SimDuration,
    detail: Detail,
    judges: Vec<Judge>,
    ring: Ring,
    presence: Presence,
    now: Now,
    tables: Replication,
    /// The cases of a run in which none was.
    no_cases: Cases,
    /// What is written in a run in which nothing was.
    no_written: Written,
    /// Whether legs count in the period of their entry, and nothing else does.
    by_entry_alone: bool,
    /// The visits of a run in which nobody came.
    no_visits: Visits,
    /// The dials of a run in which nobody was called.
    no_dials: Dials,
    /// By offer: whether it is a callback.
    is_callback: Vec<bool>,
}

/// The period in which the run is.
#[derive(Clone, Copy, Debug)]
struct Now {
    period: u32,
    /// When it starts; for the first one, time zero.
    start_us: u64,
    /// When it ends.
    end_us: u64,
    /// The same as far as time counts.
    counted_end: SimTime,
    /// Legs that entered in it and are under way; its row learns of them when the run leaves it.
    under_way: u32,
}

impl Now {
    fn at_zero(finder: &PeriodFinder) -> Self {
        Now { start_us: 0, ..Now::of(finder, 0) }
    }

    fn of(finder: &PeriodFinder, period: u32) -> Self {
        Now {
            period,
            start_us: finder.start_us(period),
            end_us: finder.end_us(period),
            counted_end: finder.counted_end(period),
            under_way: 0,
        }
    }
}

impl Collector {
    /// For replications of `model`.
    pub fn new(model: &Model, detail: Detail) -> Self {
        let (layout, spans, finder) =
            (Layout::new(model), Spans::new(model), PeriodFinder::new(&model.clock));
        let no_cases = Cases::new(model, &layout, &spans);
        let no_written = Written::new(model, &spans);
        let no_visits = Visits::new(model, &layout, &spans);
        let no_dials = Dials::new(model, &spans);
        let blank = Replication::new(&layout, &spans, detail);
        Collector {
            finder,
            within: model.contact_types.iter().map(|row| row.within).collect(),
            short: model.short_abandonment,
            detail,
            judges: Judge::all(model),
            ring: Ring::new(Sheet::new(&layout)),
            presence: Presence::new(model),
            now: Now::at_zero(&finder),
            tables: Replication {
                cases: no_cases.clone(),
                visits: no_visits.clone(),
                dials: no_dials.clone(),
                written: no_written.clone(),
                ..blank
            },
            by_entry_alone: detail.attribution == Attribution::Entry && !no_written.is_kept(),
            no_cases,
            no_visits,
            no_dials,
            no_written,
            is_callback: is_callback(model),
            layout,
            spans,
        }
    }

    /// Forgets what it has heard. [`Collector::finish`] does so itself: this is for a run that was broken off.
    pub fn clear(&mut self) {
        self.take();
    }

    /// Hands out what was counted and is as new. What is handed out is moved, not copied: copying a day's sheets cost more
    /// than counting into them.
    fn take(&mut self) -> Replication {
        self.ring.clear();
        self.presence.clear();
        self.now = Now::at_zero(&self.finder);
        let (cases, visits) = (self.no_cases.clone(), self.no_visits.clone());
        let (written, dials) = (self.no_written.clone(), self.no_dials.clone());
        let blank = Replication::new(&self.layout, &self.spans, self.detail);
        std::mem::replace(&mut self.tables, Replication { cases, visits, written, dials, ..blank })
    }

    /// Closes the books on a run that ended so, hands out its sums and is ready for the next.
    pub fn finish(&mut self, end: RunEnd) -> Replication {
        while self.ring.first() <= self.finder.last() {
            self.close_first();
        }
        self.tables.end = end;
        self.tables.needs.close(&self.layout, &self.spans.day_of);
        self.take()
    }

    /// How many rows there is room for.
    #[cfg(test)]
    pub(super) fn open_rows(&self) -> usize {
        self.ring.capacity()
    }

    /// The run has come to `at`.
    #[inline]
    fn advance(&mut self, at: SimTime) {
        if at.as_us() >= self.now.end_us {
            self.next_period(at);
        }
    }

    #[cold]
    fn next_period(&mut self, at: SimTime) {
        self.ring.row(self.now.period).under_way = self.now.under_way;
        self.now = Now::of(&self.finder, self.finder.period(at));
        self.close_rows();
    }

    /// The counted period of something that began at `at`, now or earlier.
    #[inline]
    fn period(&self, at: SimTime) -> u32 {
        if at.as_us() >= self.now.start_us { self.now.period } else { self.finder.period(at) }
    }

    /// The same, and when it ends as far as time counts.
    #[inline]
    fn period_with_end(&self, at: SimTime) -> (u32, SimTime) {
        if at.as_us() >= self.now.start_us {
            return (self.now.period, self.now.counted_end);
        }
        let period = self.finder.period(at);
        (period, self.finder.counted_end(period))
    }

    /// Closes the rows whose time is over and that nobody holds, up to the first that somebody holds.
    #[cold]
    fn close_rows(&mut self) {
        while self.ring.first() < self.now.period && self.ring.row(self.ring.first()).under_way == 0 {
            self.close_first();
        }
    }

    fn close_first(&mut self) {
        let period = self.ring.first();
        self.presence.account(&self.finder, &mut self.ring, self.finder.end_us(period));
        let Collector { layout, tables, ring, spans, judges, detail, .. } = self;
        ring.close_first(|sheet| {
            tables.fold(layout, spans, *detail, (period, sheet));
            judges
                .iter()
                .zip(&mut tables.kept)
                .for_each(|(judge, kept)| judge.judge_interval(layout, sheet, kept));
        });
    }

    /// Counts a leg where more is counted than by its entry: in the period of its answer or of its end, which is not before that in which
    /// it entered, whose row is open.
    #[inline(never)]
    fn count_elsewhere(&mut self, leg: &Leg) {
        self.tables.written.count(leg);
        let at = match self.detail.attribution {
            Attribution::Entry => leg.entered,
            other => other.instant(leg),
        };
        if self.finder.counts(at) {
            let figures = Figures::of(leg, self.within[leg.caller.contact_type.index()]);
            let row = self.ring.row(self.finder.period(at));
            row.sheet.count(&self.layout, leg, &figures, self.short);
            self.tables.record(leg, &figures);
        }
    }

    /// Work begins for a stay in the line that is no caller's: the row of its period is held.
    fn work_begins(&mut self, at: SimTime) {
        self.advance(at);
        self.now.under_way += 1;
    }

    /// Adds work for a leg in the period after its own.
    #[inline(always)]
    fn works_on(&mut self, period: u32, leg: &Leg, time: SimDuration) {
        if let Some(service) = &leg.service {
            self.ring.row(period).sheet.groups[service.group.index()].work_us += time.as_us();
        }
    }

    /// Adds the time of a leg that left its queue at `left` where it passed, over several periods or at the ends of the
    /// counted time.
    #[inline(never)]
    fn spend_across(
        &mut self,
        period: u32,
        queue: QueueId,
        (entered, left): (SimTime, SimTime),
        at: Option<At>,
    ) {
        let Collector { finder, ring, .. } = self;
        let (queue, entered, left) = (queue.index(), finder.clip(entered), finder.clip(left));
        let mut walk = Walk::from(finder, period);
        let Some(At { group, assigned, ended }) = at else {
            walk.split(finder, entered, left, |period, us| ring.row(period).sheet.waiting_us[queue] += us);
            return;
        };
        let (group, assigned, ended) = (group.index(), finder.clip(assigned), finder.clip(ended));
        if entered < assigned {
            walk.split(finder, entered, assigned, |period, us| {
                ring.row(period).sheet.waiting_us[queue] += us;
            });
        }
        if assigned < left {
            walk.split(finder, assigned, left, |period, us| {
                let sheet = &mut ring.row(period).sheet;
                sheet.waiting_us[queue] += us;
                sheet.groups[group].ringing_us += us;
            });
        }
        walk.split(finder, left, ended, |period, us| ring.row(period).sheet.groups[group].work_us += us);
    }
}

impl Collector {
    /// Adds the time of an agent who dialled, and spoke from `left` on, for what is no caller's leg.
    fn spends_outside_legs(&mut self, at: At, left: SimTime) {
        let period = self.period(at.assigned);
        let Collector { finder, ring, .. } = self;
        let [assigned, left, ended] = [at.assigned, left, at.ended].map(|at| finder.clip(at));
        let (group, mut walk) = (at.group.index(), Walk::from(finder, period));
        walk.split(finder, assigned, left, |period, us| {
            ring.row(period).sheet.groups[group].ringing_us += us;
        });
        walk.split(finder, left, ended, |period, us| ring.row(period).sheet.groups[group].work_us += us);
        self.one_less_under_way(period);
    }

    #[inline(always)]
    fn one_less_under_way(&mut self, period: u32) {
        if period == self.now.period {
            self.now.under_way = self.now.under_way.saturating_sub(1);
            return;
        }
        let row = self.ring.row(period);
        row.under_way = row.under_way.saturating_sub(1);
        if row.under_way == 0 {
            self.close_rows();
        }
    }
}

impl Observer for Collector {
    fn greeting_ends(&mut self, greeting: &Greeting) {
        self.advance(greeting.ended);
        if self.finder.counts(greeting.ended) {
            self.ring.row(self.now.period).sheet.count_greeting(&self.layout, greeting);
        }
    }

    fn web_is_tried(&mut self, visit: &WebVisit) {
        self.advance(visit.at);
        if self.finder.counts(visit.at) {
            self.ring.row(self.now.period).sheet.count_web(&self.layout, visit);
        }
    }

    #[inline(always)]
    fn leg_begins(&mut self, entered: SimTime, _queue: QueueId, _caller: &Caller) {
        self.advance(entered);
        self.now.under_way += 1;
    }

    // In line whatever it costs: where the engine tells of a leg most of it is known, and need not be written down to be told.
    #[inline(always)]
    fn leg_ends(&mut self, leg: &Leg) {
        let (period, end) = self.period_with_end(leg.entered);
        let counts = self.finder.counts(leg.entered);
        let apart = leg.service.as_ref().is_some_and(|service| service.apart.wrap_up);
        let over = leg_is_over(leg);
        // Most legs pass in their period, nearly all others but for the end of their work.
        let ends_here = counts && !apart && leg.left <= end;
        let passes_here = ends_here && over <= end;
        let ends_next = ends_here && !passes_here && self.finder.is_over_after(period, over);
        if ends_next {
            self.works_on(period + 1, leg, over.since(end));
        } else if !passes_here {
            self.spend_across(period, leg.queue, (leg.entered, leg.left), At::of(leg));
        }
        let by_entry = self.by_entry_alone;
        if !by_entry {
            let leg = *leg;
            self.count_elsewhere(&leg);
        }
        let row = self.ring.row(period);
        if passes_here || ends_next {
            row.sheet.spend(leg, end);
        }
        if by_entry && counts {
            let figures = Figures::of(leg, self.within[leg.caller.contact_type.index()]);
            row.sheet.count(&self.layout, leg, &figures, self.short);
            self.tables.record(leg, &figures);
        }
        self.one_less_under_way(period);
    }

    fn offer_is_made(&mut self, at: SimTime, made: &OfferMade) {
        self.advance(at);
        if self.finder.counts(made.entered) {
            let of = OfferCell::of_offer(self.is_callback[made.offer.index()], made.accepted);
            self.ring.row(self.now.period).sheet.count_offer(&self.layout, &made.caller, made.queue, &of);
        }
    }

    fn callback_begins(&mut self, at: SimTime) {
        self.work_begins(at);
    }

    fn callback_is_tried(&mut self, tried: &CallbackTry) {
        let leg = &tried.leg;
        match At::of(leg) {
            Some(at) => self.spends_outside_legs(at, leg.left),
            None => self.one_less_under_way(self.period(leg.left)),
        }
    }

    fn consultation_begins(&mut self, at: SimTime) {
        self.work_begins(at);
    }

    fn consultation_ends(&mut self, told: &Consultation) {
        self.advance(told.over);
        if let Some(at) = At::of(&told.leg) {
            self.spends_outside_legs(at, told.leg.left);
        }
        if self.finder.counts(told.asked) {
            let sheet = &mut self.ring.row(self.now.period).sheet;
            consultations::count(&mut sheet.consultations, &self.layout, told);
        }
    }

    fn consultation_is_refused(&mut self, refused: &Refused, first_group: GroupId) {
        self.advance(refused.at);
        if self.finder.counts(refused.at) {
            let sheet = &mut self.ring.row(self.now.period).sheet;
            consultations::count_refused(&mut sheet.consultations, &self.layout, refused, first_group);
        }
    }

    fn callback_ends(&mut self, at: SimTime, end: &CallbackEnd) {
        self.advance(at);
        if self.finder.counts(end.entered) {
            let of = OfferCell::of_promise(end);
            self.ring.row(self.now.period).sheet.count_offer(&self.layout, &end.caller, end.queue, &of);
        }
    }

    // The leg that it is part of began before and is told later, so the rows of all its time are open.
    fn stretch_ends(&mut self, stretch: &Stretch) {
        self.advance(stretch.until);
        let Collector { finder, ring, .. } = self;
        let group = stretch.group.index();
        if let StretchOf::WrapUp { .. } | StretchOf::Written { .. } = stretch.of {
            let mut walk = Walk::from(finder, finder.period(stretch.from));
            walk.split(finder, finder.clip(stretch.from), finder.clip(stretch.until), |period, us| {
                ring.row(period).sheet.groups[group].work_us += us;
            });
        }
        let within = finder.counts(stretch.until) && stretch.until < finder.counted_end(finder.last());
        if stretch.interrupted && stretch.from < stretch.until && within {
            ring.row(self.now.period).sheet.groups[group].interruptions += 1;
        }
    }

    fn contact_refused(&mut self, refused: &Refused) {
        self.advance(refused.at);
        if self.finder.counts(refused.at) {
            self.ring.row(self.now.period).sheet.count_refused(&self.layout, refused);
        }
    }

    #[inline(always)]
    fn need_ends(&mut self, at: SimTime, need: &Need) {
        let began = need.caller.need_began;
        if self.finder.counts(began) {
            let period = self.period(began);
            let within = self.within[need.caller.contact_type.index()];
            self.tables.needs.count(&self.layout, &self.spans, period, need, within);
            if self.layout.comes_again && need.end == NeedEnd::Resolved {
                self.tables.needs.time(&self.layout, &self.spans, period, at, &{ need.caller });
            }
        }
    }

    fn need_of_district_ends(&mut self, at: SimTime, need: &Need, district: u16) {
        self.need_ends(at, need);
        let began = need.caller.need_began;
        if self.finder.counts(began) {
            let of = (self.period(began), usize::from(district), at);
            let within = self.within[need.caller.contact_type.index()];
            self.tables.needs.count_in_district(&self.layout, &self.spans, of, need, within);
        }
    }

    fn case_is_worked(&mut self, stretch: &CaseStretch) {
        self.tables.cases.work(stretch);
        if stretch.end == StretchEnd::Closed {
            self.tables.cases.count(&stretch.case, Some(stretch.until));
        }
    }

    fn case_stays_open(&mut self, _at: SimTime, case: &Case) {
        self.tables.cases.count(case, None);
    }

    fn preparation_is_worked(&mut self, stretch: &PreparationStretch) {
        self.tables.cases.prepare(stretch);
        self.tables.visits.prepare(stretch);
    }

    fn visit_is_over(&mut self, visit: &Visit) {
        self.tables.visits.count(visit);
        if let Some(hour) = visit.came.and_then(|came| self.spans.clock_hour_at(came)) {
            self.tables.visits.comes(visit, hour);
        }
    }

    fn persons_are_listed(&mut self, at: SimTime, campaign: CampaignId, persons: u32) {
        self.tables.dials.list(at, campaign, persons);
    }

    fn dial_begins(&mut self, at: SimTime) {
        self.work_begins(at);
    }

    fn dial_is_over(&mut self, dial: &Dial) {
        self.tables.dials.count(dial);
        if let Some(service) = &dial.service {
            let at = At { group: service.group, assigned: service.assigned, ended: service.wrap_up_ended };
            self.spends_outside_legs(at, dial.left);
        }
    }

    fn office_changes(&mut self, at: SimTime, office: OfficeId, people: u32) {
        self.tables.cases.staff(at, office, people);
    }

    fn chatting_changes(&mut self, at: SimTime, group: GroupId, agents: u32) {
        self.advance(at);
        self.presence.chat(&self.finder, &mut self.ring, at, group, agents);
    }

    fn back_office_changes(&mut self, at: SimTime, group: GroupId, agents: u32) {
        self.advance(at);
        self.presence.work_on_cases(&self.finder, &mut self.ring, at, group, agents);
    }

    fn staff_changes(&mut self, at: SimTime, group: GroupId, staff: &Staff) {
        self.advance(at);
        self.presence.change(&self.finder, &mut self.ring, at, group, staff);
    }
}

fn is_callback(model: &Model) -> Vec<bool> {
    model.offers.iter().map(|offer| matches!(offer.kind, OfferKind::Callback(_))).collect()
}

/// With whom a leg was, from when to when.
#[derive(Clone, Copy, Debug)]
struct At {
    group: GroupId,
    assigned: SimTime,
    ended: SimTime,
}

impl At {
    #[inline(always)]
    fn of(leg: &Leg) -> Option<At> {
        let service = leg.service.as_ref()?;
        Some(At { group: service.group, assigned: service.assigned, ended: service.worked_until(leg.left) })
    }
}

/// When nothing of a leg is left, its wrap-up included.
#[inline(always)]
fn leg_is_over(leg: &Leg) -> SimTime {
    leg.service.as_ref().map_or(leg.left, |service| service.wrap_up_ended)
}
