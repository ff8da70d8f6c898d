//! Rule: an office prepares booked visits beforehand, each a piece of its work.
//!
//! The piece comes to the office with the booking and is due when the slot begins. It stands among the office's cases in the order of its discipline, and is worked
//! on, laid down and resumed as they are; of what was booked before the run begins nothing is done. When its visit has begun, or will not take place, nobody needs it: it is taken out where it waits. Whoever has it in hand is
//! not told, and finishes it for nothing, unless something else interrupts.

use super::cases::Doing;
use super::contacts::{Citizen, Index};
use super::observer::{Booked, Observer, Preparation, PreparationEnd, PreparationStretch, Prepared};
use super::office::{Place, falling};
use super::simulation::Simulation;
use super::visitors::try_key;
use crate::model::{AgentId, Counters, Discipline, Model};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// In the index of an office's work: it is a preparation, and no case.
pub(super) const PREPARES: Index = 1 << 31;

/// A preparation that is not done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) of: Preparation,
    priority: i32,
    /// Work left.
    pub(super) left: SimDuration,
    pub(super) doing: Doing,
    /// Whose visit it is for; `None`: nobody needs it any more.
    visitor: Option<Index>,
}

impl Piece {
    /// Its place by its office's discipline.
    pub(super) fn place(&self, model: &Model, index: Index) -> Place {
        let (due, asked, need) = (self.of.slot.as_us(), self.of.asked.as_us(), self.of.caller.need.0);
        let urgency = match model.offices[self.of.office.index()].discipline {
            Discipline::DueDate => [due, asked, need, 0],
            Discipline::Oldest => [asked, need, 0, 0],
            Discipline::Priority => [falling(self.priority), due, asked, need],
        };
        (urgency, index)
    }
}

/// How long somebody works on the preparation of a try.
fn work(preparation: &crate::model::Preparation, citizen: &Citizen) -> SimDuration {
    SimDuration::from_s(preparation.work.sample(try_key(citizen).draw(Purpose::Preparation)))
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// A visit is booked: its preparation comes to the office, if it is one that can be prepared.
    pub(super) fn is_to_be_prepared(&mut self, counters: &Counters, visitor: Index) {
        let row = &self.visits.visitors[visitor];
        let (visit, citizen) = (row.visit, row.citizen);
        let booking = counters.services[visit.service.index()].booking.as_ref();
        let Some(rule) = booking.and_then(|booking| booking.preparation.as_ref()) else { return };
        let Some(booked) = visit.booked else { return };
        if !try_key(&citizen).draw(Purpose::Office).happens(rule.share) {
            return;
        }
        let of = Preparation {
            caller: visit.caller,
            number: visit.number,
            service: visit.service,
            office: rule.office,
            asked: visit.asked,
            slot: booked.slot,
        };
        let piece = Piece {
            of,
            priority: rule.priority,
            left: work(rule, &citizen),
            doing: Doing::Waiting,
            visitor: Some(visitor),
        };
        let piece = self.visits.pieces.insert(piece);
        let row = &mut self.visits.visitors[visitor];
        row.piece = Some(piece);
        row.visit.booked = Some(Booked { prepared: Prepared::NotYet, ..booked });
        self.waits_for_office(piece | PREPARES);
    }

    /// A visit begins, or is over before it does: nobody needs its preparation any more, if it is not done.
    pub(super) fn needs_no_preparation(&mut self, visitor: Index) {
        let Some(index) = self.visits.visitors[visitor].piece.take() else { return };
        let piece = &mut self.visits.pieces[index];
        piece.visitor = None;
        if let Doing::Waiting = piece.doing {
            let piece = self.visits.pieces.remove(index);
            let place = piece.place(self.model, index | PREPARES);
            self.cases.offices[piece.of.office.index()].is_taken_from(&place);
            self.tell_preparation(piece.of, None, PreparationEnd::Withdrawn, None);
        }
    }

    /// Work on a preparation is laid down; whether it is to be resumed.
    pub(super) fn is_still_needed(&self, index: Index) -> bool {
        self.visits.pieces[index].visitor.is_some()
    }

    /// A stretch of work on a preparation is over.
    pub(super) fn tell_work_on_preparation(&mut self, index: Index, by: Option<AgentId>) {
        let piece = self.visits.pieces[index];
        let Doing::AtWork { since, until, .. } = piece.doing else { return };
        let end = match piece.visitor {
            _ if until <= self.now => PreparationEnd::Done { in_vain: piece.visitor.is_none() },
            Some(_) => PreparationEnd::Interrupted,
            None => PreparationEnd::Withdrawn,
        };
        self.tell_preparation(piece.of, Some(since), end, by);
    }

    /// A preparation is done.
    pub(super) fn preparation_is_done(&mut self, index: Index) {
        let piece = self.visits.pieces.remove(index);
        let Some(visitor) = piece.visitor else { return };
        let visitor = &mut self.visits.visitors[visitor];
        visitor.piece = None;
        if let Some(booked) = &mut visitor.visit.booked {
            booked.prepared = Prepared::Since(self.now);
        }
    }

    fn tell_preparation(
        &mut self,
        of: Preparation,
        from: Option<SimTime>,
        end: PreparationEnd,
        by: Option<AgentId>,
    ) {
        let until = self.now;
        self.observer.preparation_is_worked(&PreparationStretch { of, from, until, end, by });
    }

    /// The run is over, and a preparation is not done.
    pub(super) fn preparation_stays_open(&mut self, index: Index, until: SimTime) {
        let (of, end) = (self.visits.pieces[index].of, PreparationEnd::Open);
        self.observer.preparation_is_worked(&PreparationStretch { of, from: None, until, end, by: None });
    }
}
