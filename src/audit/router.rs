//! Which rules may have taken a contact: by its class and the hour, its past as the logs tell it, and how many came before it.
//!
//! A need's mark is in no log, so a rule that asks for one may hold or not; so may one that counts, of contacts of one instant.

use std::collections::BTreeMap;

use super::plan::{Bound, Plan, RulePlan};
use super::run::Run;
use crate::log::{CaseRow, CaseStretchEnd, LegFate, LegRow, LogTime};
use crate::scenario::{Band, Mark};

/// Whether something holds, as far as the logs tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Yes,
    Perhaps,
    No,
}

impl Truth {
    fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Perhaps,
        }
    }
}

/// Routes the contacts of a run.
pub struct Router<'p> {
    pub plan: &'p Plan<'p>,
    run: &'p Run<'p>,
    /// By rule that counts: when contacts entered by it.
    taken: BTreeMap<&'p str, Vec<LogTime>>,
}

impl<'p> Router<'p> {
    pub fn new(plan: &'p Plan<'p>, run: &'p Run<'p>) -> Self {
        let mut taken = BTreeMap::new();
        for rule in plan.rules.iter().filter(|rule| rule.rule.when.at_most.is_some()) {
            // A callback is no contact that comes anew.
            let callers = run.queued().filter(|leg| !leg.is_callback() && !leg.is_consultation());
            let by_it = callers.filter(|leg| leg.rule.as_deref() == Some(rule.name));
            let mut entries: Vec<LogTime> = by_it.map(|leg| leg.entered).collect();
            entries.sort_unstable();
            taken.insert(rule.name, entries);
        }
        Router { plan, run, taken }
    }

    /// The rules that may take a contact, in the order in which they are tried; `None` among them if perhaps none does.
    pub fn possible(&self, bound: Bound<'_>) -> Vec<Option<&'p RulePlan<'p>>> {
        let mut possible = Vec::new();
        for (rule, truth) in self.tried(bound) {
            possible.extend((truth != Truth::No).then_some(Some(rule)));
            if truth == Truth::Yes {
                return possible;
            }
        }
        possible.push(None);
        possible
    }

    /// The queue that a contact enters for certain: all rules that may take it lead to open ones.
    pub fn open_queue(&self, bound: Bound<'_>) -> Option<&'p str> {
        let queues = self.possible(bound).into_iter().map(|rule| {
            let takes = |queue: &&str| self.plan.is_open(queue, bound.at) || self.plan.is_written(bound.leg);
            rule.map(|plan| plan.rule.queue.as_str()).filter(takes)
        });
        let queues: Option<Vec<&str>> = queues.collect();
        queues?.first().copied()
    }

    /// Rules whose class and hour are the contact's, each with whether it finds what else it asks.
    pub fn tried(&self, bound: Bound<'_>) -> impl Iterator<Item = (&'p RulePlan<'p>, Truth)> {
        let at_hour = Bound { at: self.plan.clock(bound.at), ..bound };
        let rules = self.plan.rules.iter().filter(move |rule| rule.holds(at_hour));
        rules.map(move |rule| (rule, self.asked(rule, bound)))
    }

    fn asked(&self, rule: &RulePlan<'_>, bound: Bound<'_>) -> Truth {
        let when = &rule.rule.when;
        let all =
            |mark: Mark| if mark.from <= 0.0 && mark.below >= 1.0 { Truth::Yes } else { Truth::Perhaps };
        self.past(rule, bound)
            .and(when.mark.map_or(Truth::Yes, all))
            .and(when.at_most.map_or(Truth::Yes, |band| self.takes_more(rule.name, band, bound)))
    }

    /// What the center knows of a caller's past: nothing, of strangers.
    fn past(&self, rule: &RulePlan<'_>, bound: Bound<'_>) -> Truth {
        let (when, leg) = (&rule.rule.when, bound.leg);
        let within = |days: f64| {
            let answered = self.earlier_answers(leg).last().filter(|_| leg.recognised);
            answered
                .is_some_and(|answer| bound.at.us_since(answer.left) as f64 <= (days * US_PER_DAY).round())
        };
        let over = |over: u32| leg.recognised && leg.attempt > over;
        let open = |wanted: bool| wanted == (leg.recognised && self.has_open_case(bound));
        Truth::of(
            when.repeat_within_days.is_none_or(within)
                && when.attempt_over.is_none_or(over)
                && when.has_open_case.is_none_or(open),
        )
    }

    /// The legs of earlier contacts of a leg's need that somebody answered, in their order.
    pub fn earlier_answers(&self, leg: &LegRow) -> impl DoubleEndedIterator<Item = &'p LegRow> {
        let legs = &self.run.legs;
        let from = legs.partition_point(|other| other.need < leg.need);
        let until = legs.partition_point(|other| (&other.need, other.attempt) < (&leg.need, leg.attempt));
        legs[from..until].iter().copied().filter(|leg| answers(leg))
    }

    fn has_open_case(&self, bound: Bound<'_>) -> bool {
        let rows = self.run.case_of(&bound.leg.need);
        // A talk may take no time at all, and open its case as it begins.
        let is_later =
            |row: &CaseRow| row.opened == bound.at && !self.was_opened_before(bound.leg, row.opened);
        // A case that is opened again has been closed before.
        let opened = rows.iter().filter(|row| row.opened <= bound.at && !is_later(row));
        let opened = opened.map(|row| row.opened).max();
        let is_its_end = |row: &&&CaseRow| Some(row.opened) == opened && row.end == CaseStretchEnd::Closed;
        let closed = rows.iter().find(is_its_end).map(|row| row.to);
        opened.is_some() && closed.is_none_or(|closed| bound.at < closed)
    }

    /// Whether a talk of an earlier leg of the need ended at `at`.
    fn was_opened_before(&self, leg: &LegRow, at: LogTime) -> bool {
        let place = |leg: &LegRow| (leg.attempt, leg.leg);
        let legs = self.run.legs_of(&leg.need);
        legs.iter().any(|other| place(other) < place(leg) && other.talk_ended == Some(at))
    }

    /// Whether fewer than so many have come by a rule in the span of an instant; those of the instant itself may have come before or after.
    fn takes_more(&self, rule: &str, band: Band, bound: Bound<'_>) -> Truth {
        let entries = self.taken.get(rule).map_or(&[][..], Vec::as_slice);
        let at = bound.at;
        let span = self.plan.span(band.per, at);
        let from = entries.partition_point(|&entry| self.plan.span(band.per, entry) < span);
        let before = entries.partition_point(|&entry| entry < at).saturating_sub(from);
        let own =
            bound.leg.fate.is_queued() && bound.leg.rule.as_deref() == Some(rule) && bound.leg.entered == at;
        let until = entries.partition_point(|&entry| entry <= at).saturating_sub(from + usize::from(own));
        let most = band.contacts as usize;
        match (before < most, until < most) {
            (_, true) => Truth::Yes,
            (true, false) => Truth::Perhaps,
            (false, false) => Truth::No,
        }
    }
}

const US_PER_DAY: f64 = 86_400e6;

/// Whether an agent answered a caller in a leg.
fn answers(leg: &LegRow) -> bool {
    leg.fate == LegFate::Answered
}

/// Where a need's mark may lie, by the rules that took its contacts and those that did not.
#[derive(Clone, Debug)]
pub struct Marks(Vec<(f64, f64)>);

impl Marks {
    /// Anywhere.
    pub fn all() -> Marks {
        Marks(vec![(0.0, 1.0)])
    }

    /// Whether it may lie anywhere at all.
    pub fn is_somewhere(&self) -> bool {
        !self.0.is_empty()
    }

    /// It lies in a range, or not.
    pub fn cut(&mut self, mark: Mark, within: bool) {
        let ranges = match within {
            true => vec![(mark.from, mark.below)],
            false => vec![(0.0, mark.from), (mark.below, 1.0)],
        };
        let both = |&(from, below): &(f64, f64)| {
            ranges.clone().into_iter().map(move |(f, b): (f64, f64)| (f.max(from), b.min(below)))
        };
        self.0 = self.0.iter().flat_map(both).filter(|(from, below)| from < below).collect();
    }
}
