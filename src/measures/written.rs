//! Written contacts: what came, what is unanswered, and what was answered by when it was due.

use super::cuts::{Cuts, Sum};
use super::spans::Spans;
use crate::engine::{Fate, Leg};
use crate::model::{AnswerDue, Model};
use crate::time::SimTime;

/// Written contacts of one type in one span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenCell {
    /// Answered for good in it.
    pub answered: u32,
    /// Due in it.
    pub due: u32,
    /// Due in it, and answered by then.
    pub on_time: u32,
    /// From coming to the last answer, summed over those answered in it, in microseconds.
    pub reply_us: u64,
    /// Time that contacts were unanswered in it, in microseconds.
    pub open_us: u64,
    /// Time that they were unanswered and late in it.
    pub late_us: u64,
}

impl Sum for WrittenCell {
    fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.due += other.due;
        self.on_time += other.on_time;
        self.reply_us += other.reply_us;
        self.open_us += other.open_us;
        self.late_us += other.late_us;
    }
}

/// Counters of written contacts, by contact type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written {
    /// By contact type, whether it is written and when its answers are due.
    types: Vec<(bool, Option<Box<AnswerDue>>)>,
    pub(super) cuts: Cuts<WrittenCell>,
}

impl Written {
    pub(super) fn new(model: &Model, spans: &Spans) -> Self {
        let any = model.contact_types.iter().any(|row| row.channel.is_written());
        let of_type = |row: &crate::model::ContactType| (row.channel.is_written(), row.answer_due.clone());
        let types = if any { model.contact_types.iter().map(of_type).collect() } else { Vec::new() };
        Written { cuts: Cuts::new(model, spans, types.len()), types }
    }

    /// Whether any type is written.
    pub(super) fn is_kept(&self) -> bool {
        self.cuts.is_kept()
    }

    /// Counts a leg after which its contact is over.
    pub(super) fn count(&mut self, leg: &Leg) {
        let service = leg.service.as_ref();
        match leg.fate {
            Fate::Answered if service.is_some_and(|service| service.transferred()) => {}
            Fate::Answered => self.ends(leg, service.map(|service| service.talk_ended)),
            _ => self.ends(leg, None),
        }
    }

    /// A contact is over, answered at an instant or never.
    fn ends(&mut self, leg: &Leg, answered: Option<SimTime>) {
        let (row, came) = (leg.caller.contact_type.index(), leg.caller.contact_began);
        let Some((true, rule)) = self.types.get(row) else { return };
        let due = rule.as_ref().map(|rule| rule.of(came)).filter(|&due| due < SimTime::MAX);
        if let Some(at) = answered {
            self.cuts.at(at, row, |cell| {
                cell.answered += 1;
                cell.reply_us += at.since(came).as_us();
            });
        }
        if let Some(due) = due.filter(|&due| self.cuts.is_before_end(due)) {
            let on_time = u32::from(answered.is_some_and(|at| at <= due));
            self.cuts.at(due, row, |cell| {
                cell.due += 1;
                cell.on_time += on_time;
            });
        }
        let until = answered.unwrap_or(SimTime::MAX);
        self.cuts.over(came, until, row, |cell, us| cell.open_us += us);
        if let Some(due) = due.filter(|&due| due < until) {
            self.cuts.over(due, until, row, |cell, us| cell.late_us += us);
        }
    }
}
