//! A sheet: all entities of a model in one span of time.

use super::again::{Again, handle_us};
use super::cell::{Cell, Figures, GreetingCell, GroupTime};
use super::consultations::{self, ConsultationCell};
use super::layout::Layout;
use super::offers::{self, OfferCell};
use super::passes::Passes;
use super::web::{self, WebCell};
use crate::engine::{Caller, Fate, Greeting, Leg, Refused, WebVisit};
use crate::model::QueueId;
use crate::time::{SimDuration, SimTime};

/// Sums of one span of time (a period, a day, the run) by entity; which cell is whose is the layout's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Fates, waits and work.
    pub(super) cells: Vec<Cell>,
    /// By cell: how contacts were passed on; empty where none are but to the next tier.
    pub(super) passes: Vec<Passes>,
    /// By cell: contacts that come again; empty where none do.
    pub(super) again: Vec<Again>,
    /// By agent group: time.
    pub(super) groups: Vec<GroupTime>,
    /// By queue: microseconds waited in this span, summed over contacts.
    pub(super) waiting_us: Vec<u64>,
    /// Calls before their queue, [contact types | profiles, if several | numbers, if several]; empty where nothing greets.
    pub(super) greetings: Vec<GreetingCell>,
    /// What callers were offered, [contact types | queues | profiles, if several | numbers, if several]; empty where nothing is.
    pub(super) offers: Vec<OfferCell>,
    /// Visits to the web site, [contact types | profiles, if several | numbers, if several]; empty where nobody tries it.
    pub(super) web: Vec<WebCell>,
    /// Agents who ask others, [contact types | queues | groups that ask | groups that are asked]; empty where nobody asks.
    pub(super) consultations: Vec<ConsultationCell>,
}

impl Sheet {
    /// Nothing counted.
    pub(super) fn new(layout: &Layout) -> Self {
        Sheet {
            cells: vec![Cell::default(); layout.width],
            passes: vec![Passes::default(); if layout.has_passes { layout.width } else { 0 }],
            again: vec![Again::default(); if layout.comes_again { layout.width } else { 0 }],
            groups: vec![GroupTime::default(); layout.groups],
            waiting_us: vec![0; layout.queues],
            greetings: vec![GreetingCell::default(); layout.greeting_width],
            offers: vec![OfferCell::default(); offers::width(layout)],
            web: vec![WebCell::default(); web::width(layout)],
            consultations: vec![ConsultationCell::default(); consultations::width(layout)],
        }
    }

    /// Nothing counted, and room for what contact types and queues do and no more: those come first. Where there are channels the whole is made of
    /// types, whose later legs come last.
    pub(super) fn of_queues(layout: &Layout) -> Self {
        let width = if layout.has_channels() { layout.width } else { layout.first_group };
        let cells = vec![Cell::default(); width];
        Sheet { cells, passes: Vec::new(), again: Vec::new(), ..Sheet::new(layout) }
    }

    /// Whether it has no cells at all.
    pub(super) fn is_nothing(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.cells.fill(Cell::default());
        self.passes.fill(Passes::default());
        self.again.fill(Again::default());
        self.groups.fill(GroupTime::default());
        self.waiting_us.fill(0);
        self.greetings.fill(GreetingCell::default());
        self.offers.fill(OfferCell::default());
        self.web.fill(WebCell::default());
        self.consultations.fill(ConsultationCell::default());
    }

    /// Adds another span, as far as there is room for it.
    pub(super) fn add(&mut self, other: &Sheet) {
        // Most entities meet nobody in most periods, and of nobody nothing is counted.
        let met = |&(_, cell): &(usize, &Cell)| cell.demand() > 0;
        for (index, cell) in other.cells.iter().enumerate().take(self.cells.len()).filter(met) {
            self.cells[index].add(cell);
            if let (Some(sum), Some(passes)) = (self.passes.get_mut(index), other.passes.get(index)) {
                sum.add(passes);
            }
            if let (Some(sum), Some(again)) = (self.again.get_mut(index), other.again.get(index)) {
                sum.add(again);
            }
        }
        self.groups.iter_mut().zip(&other.groups).for_each(|(sum, time)| sum.add(time));
        self.waiting_us.iter_mut().zip(&other.waiting_us).for_each(|(sum, us)| *sum += us);
        self.greetings.iter_mut().zip(&other.greetings).for_each(|(sum, cell)| sum.add(cell));
        self.offers.iter_mut().zip(&other.offers).for_each(|(sum, cell)| sum.add(cell));
        self.web.iter_mut().zip(&other.web).for_each(|(sum, cell)| sum.add(cell));
        self.consultations.iter_mut().zip(&other.consultations).for_each(|(sum, cell)| sum.add(cell));
    }

    /// Counts a call whose greeting ended in this span.
    pub(super) fn count_greeting(&mut self, layout: &Layout, greeting: &Greeting) {
        let caller = &greeting.caller;
        self.greetings[caller.contact_type.index()].count(greeting);
        if layout.profiles > 0 {
            self.greetings[layout.types + caller.profile.index()].count(greeting);
        }
        if layout.numbers > 0 {
            self.greetings[layout.types + layout.profiles + caller.number.index()].count(greeting);
        }
    }

    /// Adds what a caller in a queue was offered, or a promise that is over.
    pub(super) fn count_offer(&mut self, layout: &Layout, caller: &Caller, queue: QueueId, of: &OfferCell) {
        let cells = &mut self.offers[..];
        offers::each_cell(layout, caller, queue, |cell| cells[cell].add(of));
    }

    /// Adds the time of a leg that passed in this span, waiting, ringing, work: as a whole, or but for what of the work lies beyond `end`.
    #[inline(always)]
    pub(super) fn spend(&mut self, leg: &Leg, end: SimTime) {
        self.waiting_us[leg.queue.index()] += leg.left.since(leg.entered).as_us();
        if let Some(service) = &leg.service {
            let time = &mut self.groups[service.group.index()];
            time.ringing_us += leg.left.since(service.assigned).as_us();
            time.work_us += service.wrap_up_ended.min(end).since(leg.left).as_us();
        }
    }

    /// Counts a leg that entered in this span. Where a leg is looked at out of line a copy is, made there: one whose address is
    /// given away is written to memory field by field for everybody, however rarely that is.
    #[inline(always)]
    pub(super) fn count(&mut self, layout: &Layout, leg: &Leg, figures: &Figures, short: SimDuration) {
        match leg.fate {
            Fate::Answered => {
                self.each_cell(layout, leg, |cell| cell.count_answered(figures));
                if layout.has_passes && Passes::are_in(leg) {
                    let leg = *leg;
                    self.count_passes(layout, &leg);
                }
            }
            Fate::Abandoned => self.each_cell(layout, leg, |cell| cell.count_abandoned(figures, short)),
            Fate::SentAway => self.each_cell(layout, leg, |cell| cell.count_sent_away(figures)),
            Fate::Callback | Fate::Moved { .. } => {
                let leg = *leg;
                self.count_gone(layout, &leg, figures);
            }
        }
        if layout.comes_again && !leg.caller.cause.is_fresh() {
            let leg = *leg;
            self.count_again(layout, &leg);
        }
    }

    /// Counts a visit to the web site.
    pub(super) fn count_web(&mut self, layout: &Layout, visit: &WebVisit) {
        let caller = &visit.caller;
        self.web[caller.contact_type.index()].count(visit);
        if layout.profiles > 0 {
            self.web[layout.types + caller.profile.index()].count(visit);
        }
        if layout.numbers > 0 {
            self.web[layout.types + layout.profiles + caller.number.index()].count(visit);
        }
    }

    /// Counts a leg whose caller took an offer.
    #[cold]
    fn count_gone(&mut self, layout: &Layout, leg: &Leg, figures: &Figures) {
        let callback = leg.fate == Fate::Callback;
        self.each_cell(layout, leg, |cell| cell.count_gone(figures, callback));
        if leg.fate == (Fate::Moved { met: true }) {
            let met = OfferCell { deferrals_met: 1, ..OfferCell::default() };
            self.count_offer(layout, &leg.caller, leg.queue, &met);
        }
    }

    #[cold]
    fn count_again(&mut self, layout: &Layout, leg: &Leg) {
        let handle_us = handle_us(leg);
        layout.each_cell_of(leg, |cell| self.again[cell].count(leg.caller.cause, handle_us));
    }

    #[cold]
    fn count_passes(&mut self, layout: &Layout, leg: &Leg) {
        layout.each_cell_of(leg, |cell| self.passes[cell].count(leg));
    }

    #[inline(always)]
    fn each_cell(&mut self, layout: &Layout, leg: &Leg, count: impl Fn(&mut Cell)) {
        let cells = &mut self.cells[..];
        layout.each_cell_of(leg, |cell| count(&mut cells[cell]));
    }

    /// Counts a refusal in this span. One of a later leg has long been counted as a contact.
    pub(super) fn count_refused(&mut self, layout: &Layout, refused: &Refused) {
        let Refused { caller, queue, .. } = refused;
        let first = refused.leg == 0;
        let mut count = |cell: usize| {
            self.cells[cell].count_refused(caller.cause);
            if let Some(again) = self.again.get_mut(cell) {
                again.count(caller.cause, 0);
            }
        };
        let contact_type = caller.contact_type.index();
        count(if first { contact_type } else { layout.first_later + contact_type });
        if let Some(queue) = queue {
            count(layout.first_queue + queue.index());
        }
        let first = first && layout.in_whole[contact_type];
        if first && layout.profiles > 0 {
            count(layout.first_profile + caller.profile.index());
        }
        if first && layout.numbers > 0 {
            count(layout.first_number + caller.number.index());
        }
    }
}
