//! Tries at counters by the span in which they were asked for, came, began or ended.
//!
//! A try is told of when it is over, long after the rows of its days were closed: so it has dense counters of its own, as cases have.

use super::cuts::{Cuts, Sum};
use super::layout::Layout;
use super::peaks::ByHour;
use super::spans::Spans;
use crate::engine::{Booked, PreparationEnd, PreparationStretch, Prepared, Visit, VisitChannel, VisitEnd};
use crate::model::{Counter, Counters, Model};
use crate::stats::Histogram;
use crate::time::SimTime;

macro_rules! cells {
    ($($(#[$doc:meta])* $field:ident),+ $(,)?) => {
        /// Tries at counters of one entity in one span of time; times in microseconds.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct VisitCell {
            $($(#[$doc])* pub $field: u64,)+
        }

        impl Sum for VisitCell {
            fn add(&mut self, other: &VisitCell) {
                $(self.$field += other.$field;)+
            }
        }
    };
}

cells! {
    /// Asked for a slot.
    asked,
    /// Those for whom nothing was free.
    full,
    /// Those who declined what they were offered.
    declined,
    /// Those who booked.
    booked,
    /// From asking to the slot, summed over those who booked.
    lead_us,
    /// Bookings that were cancelled.
    cancelled,
    /// Bookings that nobody came for, by slot.
    no_shows,
    /// Bookings that were kept, by slot.
    kept,
    /// Visits that slots have room for.
    room,
    /// Visitors without an appointment.
    walk_ins,
    /// Those of them who left unserved, or were sent away.
    left,
    /// Served with an appointment.
    booked_visits,
    /// From the slot to the desk, summed over them.
    booked_wait_us,
    /// Served without one.
    walk_in_visits,
    /// From entering to the desk, summed over them.
    walk_in_wait_us,
    /// Time at the desk of all who were served.
    visit_us,
    /// Of those who were served: prepared.
    prepared,
    /// Preparations that were finished.
    pieces,
    /// From the booking to the finish, summed over them.
    piece_us,
    /// Preparations that came to be due: the visit was booked still when its slot began.
    pieces_due,
    /// Those of them that were finished by then.
    pieces_in_time,
    /// Finished preparations of visits that had begun, or did not take place.
    pieces_in_vain,
    /// Time at work on preparations.
    preparing_us,
    /// Not helped.
    unresolved,
    /// Metres from home, summed over them.
    metres,
    /// Time at desks that passed.
    busy_us,
    /// Time that desks had a clerk.
    staffed_us,
}

impl VisitCell {
    /// All who were served.
    pub fn visits(&self) -> u64 {
        self.booked_visits + self.walk_in_visits
    }

    /// All who came, served or not.
    pub fn came(&self) -> u64 {
        self.walk_ins + self.kept
    }
}

/// Counters of visits. Empty where there are no counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visits {
    services: usize,
    counters: usize,
    /// By service, then counter, then district.
    pub(super) cuts: Cuts<VisitCell>,
    /// Visitors by the hour in which they came.
    pub(super) by_hour: ByHour,
    /// By row: waits of those who were served without an appointment in the counted time, and of those with one.
    pub(super) walk_in_waits: Vec<Histogram>,
    pub(super) booked_waits: Vec<Histogram>,
    /// Metres from a district to a counter: `[district * counters + counter]`.
    metres: Vec<u32>,
    /// By counter: when it is open.
    open: Vec<Vec<(SimTime, SimTime)>>,
}

impl Visits {
    pub(super) fn new(model: &Model, layout: &Layout, spans: &Spans) -> Self {
        let Some(of) = model.counters.as_deref() else { return Visits::default() };
        let width = of.services.len() + of.counters.len() + of.districts.len();
        let mut visits = Visits {
            services: of.services.len(),
            counters: of.counters.len(),
            cuts: Cuts::new(model, spans, width),
            by_hour: ByHour::new(spans.clock_hours(), width),
            walk_in_waits: vec![Histogram::default(); width],
            booked_waits: vec![Histogram::default(); width],
            metres: of.metres.clone(),
            open: of.counters.iter().map(|counter| open(counter, layout.horizon)).collect(),
        };
        visits.lay_out(of, layout.horizon);
        visits
    }

    /// Counts what is known beforehand: the room of slots, and clerks at desks.
    fn lay_out(&mut self, of: &Counters, horizon: SimTime) {
        for (row, service) in of.services.iter().enumerate() {
            for at in &service.at {
                let rows = [row, self.services + at.counter.index()];
                for slot in at.agenda.slots.iter().filter(|slot| slot.start < horizon) {
                    self.at(slot.start, &rows, |cell| cell.room += u64::from(at.agenda.room));
                }
            }
        }
        for (row, counter) in of.counters.iter().enumerate() {
            let ends = counter.changes.iter().skip(1).map(|change| change.at).chain([horizon]);
            for (change, until) in counter.changes.iter().zip(ends).filter(|(change, _)| change.open) {
                let clerks = u64::from(change.served_at_once);
                let row = self.services + row;
                self.cuts.over(change.at, until, row, |cell, us| cell.staffed_us += us * clerks);
            }
        }
    }

    /// Counts a try that is over.
    pub(super) fn count(&mut self, visit: &Visit) {
        let rows = self.rows(visit);
        if visit.channel != VisitChannel::WalkIn {
            self.count_booking(visit, &rows);
        } else if let Some(came) = visit.came {
            self.at(came, &rows, |cell| cell.walk_ins += 1);
            if matches!(visit.end, VisitEnd::GaveUp | VisitEnd::SentAway) {
                self.at(visit.ended, &rows, |cell| cell.left += 1);
            }
        }
        if let Some(began) = visit.began {
            self.count_visit(visit, began, &rows);
        }
    }

    /// Counts work on a preparation, by its service alone.
    pub(super) fn prepare(&mut self, stretch: &PreparationStretch) {
        let (of, until) = (&stretch.of, stretch.until);
        let row = of.service.index();
        if let Some(from) = stretch.from {
            self.cuts.over(from, until, row, |cell, us| cell.preparing_us += us);
        }
        let PreparationEnd::Done { in_vain } = stretch.end else { return };
        self.cuts.at(until, row, |cell| {
            cell.pieces += 1;
            cell.piece_us += until.since(of.asked).as_us();
            cell.pieces_in_vain += u64::from(in_vain);
        });
    }

    /// Counts a visitor who came in an hour.
    pub(super) fn comes(&mut self, visit: &Visit, hour: usize) {
        let rows = self.rows(visit);
        let hour = self.by_hour.hour(hour);
        rows.into_iter().for_each(|row| hour[row] += 1);
    }

    /// The rows of a try: its service's, its counter's and its district's.
    fn rows(&self, visit: &Visit) -> [usize; 3] {
        [
            visit.service.index(),
            self.services + visit.counter.index(),
            self.services + self.counters + usize::from(visit.district),
        ]
    }

    fn count_booking(&mut self, visit: &Visit, rows: &[usize; 3]) {
        let booked = visit.booked.filter(|_| visit.end != VisitEnd::Declined);
        self.at(visit.asked, rows, |cell| {
            cell.asked += 1;
            cell.full += u64::from(visit.end == VisitEnd::Full);
            cell.declined += u64::from(visit.end == VisitEnd::Declined);
            cell.booked += u64::from(booked.is_some());
            cell.lead_us += booked.map_or(0, |booked| booked.slot.since(visit.asked).as_us());
        });
        let Some(booked) = booked else { return };
        match visit.end {
            VisitEnd::Cancelled => self.at(visit.ended, rows, |cell| cell.cancelled += 1),
            VisitEnd::NoShow => self.at(booked.slot, rows, |cell| cell.no_shows += 1),
            _ if visit.came.is_some() => self.at(booked.slot, rows, |cell| cell.kept += 1),
            _ => {}
        }
        if booked.prepared != Prepared::No {
            self.count_preparation(visit, booked, rows[0]);
        }
    }

    /// Counts what a visit had of its preparation, by its service alone.
    fn count_preparation(&mut self, visit: &Visit, booked: Booked, row: usize) {
        if visit.end == VisitEnd::NoShow || visit.came.is_some() {
            let in_time = matches!(booked.prepared, Prepared::Since(done) if done <= booked.slot);
            self.cuts.at(booked.slot, row, |cell| {
                cell.pieces_due += 1;
                cell.pieces_in_time += u64::from(in_time);
            });
        }
        if booked.prepared.is_done() && visit.began.is_none() && visit.end != VisitEnd::Open {
            self.cuts.at(visit.ended, row, |cell| cell.pieces_in_vain += 1);
        }
    }

    fn count_visit(&mut self, visit: &Visit, began: SimTime, rows: &[usize; 3]) {
        let district = usize::from(visit.district);
        let metres = u64::from(self.metres[district * self.counters + visit.counter.index()]);
        let waited = |since: SimTime| began.since(since).as_us();
        self.at(began, rows, |cell| {
            match visit.booked {
                Some(booked) => {
                    cell.booked_visits += 1;
                    cell.booked_wait_us += waited(booked.slot);
                    cell.prepared += u64::from(booked.prepared.is_done());
                }
                None => {
                    cell.walk_in_visits += 1;
                    cell.walk_in_wait_us += waited(visit.came.unwrap_or(began));
                }
            }
            cell.visit_us += visit.ended.since(began).as_us();
            cell.unresolved += u64::from(visit.end == VisitEnd::Unresolved);
            cell.metres += metres;
        });
        if self.cuts.counts(began) {
            let (waits, since) = match visit.booked {
                Some(booked) => (&mut self.booked_waits, booked.slot),
                None => (&mut self.walk_in_waits, visit.came.unwrap_or(began)),
            };
            rows.iter().for_each(|&row| waits[row].record(waited(since)));
        }
        let row = self.services + visit.counter.index();
        self.cuts.over(began, visit.ended, row, |cell, us| cell.busy_us += us);
        // After closing a clerk is there for as long as the visit takes.
        for (from, until) in self.closed_within(visit.counter.index(), began, visit.ended) {
            self.cuts.over(from, until, row, |cell, us| cell.staffed_us += us);
        }
    }

    /// The parts of a stretch in which a counter is closed.
    fn closed_within(&self, counter: usize, from: SimTime, until: SimTime) -> Vec<(SimTime, SimTime)> {
        let (mut closed, mut at) = (Vec::new(), from);
        let open = &self.open[counter];
        for &(opens, closes) in &open[open.partition_point(|&(_, closes)| closes <= from)..] {
            if opens >= until {
                break;
            }
            if opens > at {
                closed.push((at, opens));
            }
            at = closes;
        }
        if at < until {
            closed.push((at, until));
        }
        closed
    }

    fn at(&mut self, at: SimTime, rows: &[usize], count: impl Fn(&mut VisitCell)) {
        self.cuts.at_each(at, rows, count);
    }
}

/// When a counter is open.
fn open(counter: &Counter, horizon: SimTime) -> Vec<(SimTime, SimTime)> {
    let ends = counter.changes.iter().skip(1).map(|change| change.at).chain([horizon]);
    let open = counter.changes.iter().zip(ends).filter(|(change, _)| change.open);
    let mut stretches: Vec<(SimTime, SimTime)> = Vec::new();
    for (change, until) in open {
        match stretches.last_mut() {
            Some(last) if last.1 == change.at => last.1 = until,
            _ => stretches.push((change.at, until)),
        }
    }
    stretches
}
