//! Pieces of an office's work: cases at one office after the other, and what is prepared before visits.

use super::plan::Plan;
use super::run::Run;
use super::subject::Subject;
use crate::log::{CaseRow, CaseStretchEnd, LogTime, NeedName, PreparationEndName, PreparationRow};
use crate::scenario::{Discipline, Office};

/// A piece of an office's work.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub need: &'a NeedName,
    /// 0: a case; otherwise the try at a counter that it is prepared for, from 1.
    pub number: u32,
    /// Since when it is there.
    pub since: LogTime,
    /// When it should be done.
    pub due: Option<LogTime>,
    /// When it came to be.
    pub opened: LogTime,
    priority: i32,
    pub stretches: Vec<Stretch>,
    /// When it was taken out undone.
    pub taken_out: Option<LogTime>,
    replication: u32,
}

/// Somebody's work on a piece.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub from: LogTime,
    pub to: LogTime,
    /// Whether it was an agent's, and nobody's of the office.
    pub by_agent: bool,
    /// Whether it ended before the work was done.
    pub interrupted: bool,
    /// Whether the piece is not there any more afterwards.
    pub leaves: bool,
}

/// A piece by its office's discipline: the smallest goes first.
pub type Urgency<'a> = (i64, LogTime, LogTime, &'a NeedName, u32);

impl<'a> Piece<'a> {
    fn of_case(plan: &Plan<'_>, run: &Run<'a>, since: LogTime, rows: &[&'a CaseRow]) -> Self {
        let first = rows[0];
        let stretch = |row: &&CaseRow| {
            let from = row.from?;
            let leaves = matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::HandedOver);
            let interrupted = row.end == CaseStretchEnd::Interrupted;
            let by_agent = run.is_by_agent(&row.need, from, row.to);
            Some(Stretch { from, to: row.to, by_agent, interrupted, leaves })
        };
        Piece {
            need: &first.need,
            number: 0,
            since,
            due: first.due,
            opened: first.opened,
            priority: plan.scenario.case_types.get(&*first.case_type).map_or(0, |of| of.priority),
            stretches: rows.iter().filter_map(stretch).collect(),
            taken_out: None,
            replication: first.replication,
        }
    }

    fn of_preparation(plan: &Plan<'_>, run: &Run<'a>, rows: &[&'a PreparationRow]) -> Self {
        let first = rows[0];
        let stretch = |row: &&PreparationRow| {
            let from = row.from?;
            let done = row.end == PreparationEndName::Done;
            let leaves = done || row.end == PreparationEndName::Withdrawn;
            let by_agent = run.is_by_agent(&row.need, from, row.to);
            Some(Stretch { from, to: row.to, by_agent, interrupted: !done, leaves })
        };
        let taken_out =
            |row: &&&PreparationRow| row.end == PreparationEndName::Withdrawn && row.from.is_none();
        let rule = plan.scenario.services.get(&*first.service).and_then(|of| of.booking.as_ref());
        Piece {
            need: &first.need,
            number: first.number + 1,
            since: first.asked.max(plan.begins),
            due: Some(first.slot),
            opened: first.asked,
            priority: rule.and_then(|of| of.preparation.as_ref()).map_or(0, |of| of.priority),
            stretches: rows.iter().filter_map(stretch).collect(),
            taken_out: rows.iter().find(taken_out).map(|row| row.to),
            replication: first.replication,
        }
    }

    pub fn urgency(&self, office: &Office) -> Urgency<'a> {
        let due = self.due.unwrap_or(LogTime(i64::MAX));
        let (first, second, third) = match office.discipline {
            Discipline::DueDate => (0, due, self.opened),
            Discipline::Oldest => (0, self.opened, self.opened),
            Discipline::Priority => (-i64::from(self.priority), due, self.opened),
        };
        (first, second, third, self.need, self.number)
    }
}

impl Subject for Piece<'_> {
    fn subject(&self) -> (u32, String) {
        let what = if self.number == 0 { "case" } else { "preparation" };
        (self.replication, format!("{what} of {}", self.need))
    }
}

/// All pieces of an office's work.
pub fn pieces_of<'a>(plan: &Plan<'_>, run: &Run<'a>, office: &str) -> Vec<Piece<'a>> {
    let cases = run.stays().filter(|(_, rows)| &*rows[0].office == office);
    let cases = cases.map(|(since, rows)| Piece::of_case(plan, run, since, rows));
    let preparations = run.preparations_by_try().filter(|rows| &*rows[0].office == office);
    cases.chain(preparations.map(|rows| Piece::of_preparation(plan, run, rows))).collect()
}
