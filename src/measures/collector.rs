//! The product's statistics: listens to one replication and sums it up.
//!
//! What is counted stands in rows by period ([`super::ring`]) and goes to the day's sheet when its row closes, so that a
//! year takes little memory. Everything is in whole numbers; what they mean as measures is [`super::measure`]'s business.

use super::cell::Figures;
use super::layout::{Layout, own_targets};
use super::presence::Presence;
use super::ring::Ring;
use super::sheet::Sheet;
use super::spans::{PeriodFinder, Spans, Walk};
use super::{Detail, Replication};
use crate::engine::{Caller, Leg, Need, Observer, Refusal, RunEnd};
use crate::model::{GroupId, Model, QueueId};
use crate::scenario::Basis as TargetBasis;
use crate::stats::Histogram;
use crate::time::{SimDuration, SimTime};

/// Gathers one replication after the other: one set of memory a thread, cleared by [`Collector::finish`].
///
/// # Attribution
/// A leg counts in the period in which it entered, a need in the one in which its first attempt began; what entered before
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
    own: Vec<OwnTarget>,
    ring: Ring,
    presence: Presence,
    /// When the first open row's time is over; never, while a leg holds it beyond that or it is the last.
    close_at_us: u64,
    /// The latest entry.
    now_us: u64,
    tables: Replication,
}

/// A target whose threshold is not that of all its types.
#[derive(Clone, Debug)]
struct OwnTarget {
    within: SimDuration,
    first_legs_only: bool,
    /// By contact type: whether it is about this type.
    about: Vec<bool>,
}

impl Collector {
    /// For replications of `model`.
    pub fn new(model: &Model, detail: Detail) -> Self {
        let (layout, spans, finder) =
            (Layout::new(model), Spans::new(model), PeriodFinder::new(&model.clock));
        Collector {
            finder,
            within: model.contact_types.iter().map(|row| row.within).collect(),
            short: model.short_abandonment,
            own: own_targets(model).map(|(_, target)| OwnTarget::new(model, target)).collect(),
            ring: Ring::new(Sheet::new(&layout)),
            presence: Presence::new(model),
            close_at_us: finder.end_us(0),
            now_us: 0,
            tables: Replication::new(&layout, &spans, detail),
            layout,
            spans,
        }
    }

    /// Forgets what it has heard and keeps its memory. [`Collector::finish`] does so itself: this is for a run that
    /// was broken off.
    pub fn clear(&mut self) {
        self.ring.clear();
        self.presence.clear();
        self.tables.clear();
        self.close_at_us = self.finder.end_us(0);
        self.now_us = 0;
    }

    /// Closes the books on a run that ended so, hands out its sums and is ready for the next.
    pub fn finish(&mut self, end: RunEnd) -> Replication {
        while self.ring.first() <= self.finder.last() {
            self.close_first();
        }
        self.tables.end = end;
        let replication = self.tables.clone();
        self.clear();
        replication
    }

    /// How many rows there is room for.
    #[cfg(test)]
    pub(super) fn open_rows(&self) -> usize {
        self.ring.capacity()
    }

    /// The rows' time goes on to `now`.
    #[inline]
    fn advance(&mut self, now: SimTime) {
        self.now_us = now.as_us();
        if self.now_us >= self.close_at_us {
            self.close_rows();
        }
    }

    /// Closes the rows whose time is over and that nobody holds.
    #[cold]
    fn close_rows(&mut self) {
        loop {
            let first = self.ring.first();
            self.close_at_us = self.finder.end_us(first);
            if self.now_us < self.close_at_us {
                return;
            }
            if self.ring.row(first).under_way > 0 {
                self.close_at_us = u64::MAX;
                return;
            }
            self.close_first();
        }
    }

    fn close_first(&mut self) {
        let period = self.ring.first();
        self.presence.account(&self.finder, &mut self.ring, self.finder.end_us(period));
        let (tables, day) = (&mut self.tables, self.spans.day_of[period as usize]);
        self.ring.close_first(|sheet| tables.fold(period, day, sheet));
    }

    /// A leg that entered in `period` is over.
    #[inline]
    fn release(&mut self, period: u32) {
        let row = self.ring.row(period);
        row.under_way = row.under_way.saturating_sub(1);
        if row.under_way == 0 && self.close_at_us == u64::MAX && period == self.ring.first() {
            self.close_rows();
        }
    }

    /// Adds the time of a leg where it passed: waiting, ringing, work.
    #[inline]
    fn spend(&mut self, period: u32, leg: &Leg) {
        let Collector { finder, ring, .. } = self;
        let (queue, entered, left) = (leg.queue.index(), finder.clip(leg.entered), finder.clip(leg.left));
        let Some(service) = &leg.service else {
            Walk::from(finder, period)
                .split(finder, entered, left, |period, us| ring.row(period).sheet.waiting_us[queue] += us);
            return;
        };
        let (group, assigned) = (service.group.index(), finder.clip(service.assigned));
        let mut walk = Walk::from(finder, period);
        walk.split(finder, entered, assigned, |period, us| ring.row(period).sheet.waiting_us[queue] += us);
        walk.split(finder, assigned, left, |period, us| {
            let sheet = &mut ring.row(period).sheet;
            sheet.waiting_us[queue] += us;
            sheet.groups[group].ringing_us += us;
        });
        let ended = finder.clip(service.wrap_up_ended);
        walk.split(finder, left, ended, |period, us| ring.row(period).sheet.groups[group].work_us += us);
    }

    /// Counts a leg where it entered.
    #[inline]
    fn count(&mut self, period: u32, leg: &Leg) {
        let contact_type = leg.caller.contact_type.index();
        let figures = Figures::of(leg, self.within[contact_type], self.short);
        let layout = &self.layout;
        let cells = &mut self.ring.row(period).sheet.cells;
        cells[layout.first_queue + leg.queue.index()].count(&figures);
        if let Some(service) = &leg.service {
            cells[layout.first_group + service.group.index()].count(&figures);
        }
        if leg.leg > 0 {
            cells[layout.first_later + contact_type].count(&figures);
        } else {
            cells[contact_type].count(&figures);
            if layout.profiles > 0 {
                cells[layout.first_profile + leg.caller.profile.index()].count(&figures);
            }
            if layout.numbers > 0 {
                cells[layout.first_number + leg.caller.number.index()].count(&figures);
            }
        }
        for (own, cell) in self.own.iter().zip(&mut cells[layout.first_own..]) {
            if own.about[contact_type] && (leg.leg == 0 || !own.first_legs_only) {
                cell.count(&Figures::of(leg, own.within, self.short));
            }
        }
        self.tables.record(leg, &figures);
    }
}

impl Observer for Collector {
    #[inline]
    fn leg_begins(&mut self, entered: SimTime, _queue: QueueId, _caller: &Caller) {
        self.advance(entered);
        let period = self.finder.period(entered);
        self.ring.row(period).under_way += 1;
    }

    #[inline]
    fn leg_ends(&mut self, leg: &Leg) {
        let period = self.finder.period(leg.entered);
        self.spend(period, leg);
        if self.finder.counts(leg.entered) {
            self.count(period, leg);
        }
        self.release(period);
    }

    fn contact_refused(&mut self, at: SimTime, caller: &Caller, _why: Refusal, queue: Option<QueueId>) {
        self.advance(at);
        if !self.finder.counts(at) {
            return;
        }
        let (layout, attempt, contact_type) = (&self.layout, caller.attempt, caller.contact_type.index());
        let cells = &mut self.ring.row(self.finder.period(at)).sheet.cells;
        if let Some(queue) = queue {
            cells[layout.first_queue + queue.index()].count_refused(attempt);
        }
        // One that was transferred to a closed queue has long been counted as a contact.
        let first = caller.contact_began == at;
        if first && layout.profiles > 0 {
            cells[layout.first_profile + caller.profile.index()].count_refused(attempt);
        }
        if first && layout.numbers > 0 {
            cells[layout.first_number + caller.number.index()].count_refused(attempt);
        }
        let type_cell = if first { contact_type } else { layout.first_later + contact_type };
        cells[type_cell].count_refused(attempt);
        for (own, cell) in self.own.iter().zip(&mut cells[layout.first_own..]) {
            if own.about[contact_type] && (first || !own.first_legs_only) {
                cell.count_refused(attempt);
            }
        }
    }

    fn need_ends(&mut self, _at: SimTime, need: &Need) {
        let began = need.caller.need_began;
        if self.finder.counts(began) {
            let period = self.finder.period(began);
            let day = self.spans.day_of[period as usize];
            let within = self.within[need.caller.contact_type.index()];
            self.tables.needs.count(&self.layout, period, day, need, within);
        }
    }

    fn heads_change(&mut self, at: SimTime, group: GroupId, logged_in: u32) {
        self.advance(at);
        self.presence.change(&self.finder, &mut self.ring, at, group, logged_in);
    }
}

impl OwnTarget {
    fn new(model: &Model, target: &crate::model::Target) -> Self {
        let mut about = vec![false; model.contact_types.len()];
        target.contact_types.iter().for_each(|id| about[id.index()] = true);
        OwnTarget { within: target.within, first_legs_only: target.basis == TargetBasis::Contact, about }
    }
}

impl Replication {
    /// Folds a period that is over into its day.
    fn fold(&mut self, period: u32, day: u32, sheet: &Sheet) {
        self.days[day as usize].add(sheet);
        if let Some(kept) = self.periods.get_mut(period as usize) {
            kept.add(sheet);
        }
    }

    /// Adds a leg to the histograms.
    #[inline]
    fn record(&mut self, leg: &Leg, figures: &Figures) {
        let contact_type = leg.caller.contact_type.index();
        if leg.leg == 0 {
            self.waits[contact_type].record(figures.wait_us);
        }
        if let Some(waits) = self.queue_waits.get_mut(leg.queue.index()) {
            waits.record(figures.wait_us);
        }
        if leg.service.is_some() {
            self.handles[contact_type].record(figures.handle_us());
        }
    }

    fn clear(&mut self) {
        self.days.iter_mut().chain(&mut self.periods).for_each(Sheet::clear);
        self.needs.clear();
        let histograms = self.waits.iter_mut().chain(&mut self.queue_waits).chain(&mut self.handles);
        histograms.for_each(Histogram::clear);
        self.end = RunEnd::default();
    }
}
