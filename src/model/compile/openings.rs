//! When queues and conditions are open: hours and holidays turned into instants, equal ones shared.

use std::collections::BTreeMap;

use super::findings::{Findings, path};
use super::timeline::Timeline;
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{Opening, OpeningId, Queue};
use crate::scenario::{Scenario, When};
use crate::time::SimTime;

/// The openings of queues and rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings {
    /// The table.
    pub(super) rows: Vec<Opening>,
    /// By queue.
    pub(super) of_queue: Vec<Option<OpeningId>>,
    /// By routing rule in the order of names.
    pub(super) of_rule: Vec<Option<OpeningId>>,
    /// By queue and its step in the order of names.
    pub(super) of_step: Vec<Vec<Option<OpeningId>>>,
    /// By number.
    pub(super) of_number: Vec<Option<OpeningId>>,
    /// When the lookup of callers is down.
    pub(super) of_down: Option<OpeningId>,
    /// Conditions that were laid over the run already, by how their hours print.
    known: BTreeMap<(String, Option<bool>), OpeningId>,
}

/// What must hold of the hour.
#[derive(Clone, Debug)]
struct Condition {
    hours: Option<Hours>,
    holiday: Option<bool>,
}

impl Openings {
    /// The openings of a scenario: queues by name, then rules by name.
    pub(super) fn new(scenario: &Scenario, timeline: &Timeline, findings: &mut Findings) -> Self {
        let mut openings = Openings::default();
        for (name, queue) in &scenario.queues {
            let at = path(&["queues", name, "hours"]);
            let condition = Condition { hours: hours(queue.hours.as_deref(), &at, findings), holiday: None };
            let id = openings.share(at, condition, timeline);
            openings.of_queue.push(id);
        }
        for (name, queue) in &scenario.queues {
            let mut of_step = Vec::with_capacity(queue.steps.len());
            for (step, of) in &queue.steps {
                let at = path(&["queues", name, "steps", step, "hours"]);
                let condition = Condition { hours: hours(of.hours.as_deref(), &at, findings), holiday: None };
                of_step.push(openings.share(at, condition, timeline));
            }
            openings.of_step.push(of_step);
        }
        for (name, rule) in &scenario.routing {
            let at = path(&["routing", name, "when"]);
            let condition = condition(&rule.when, &at, findings);
            let id = openings.share(at, condition, timeline);
            openings.of_rule.push(id);
        }
        let down = scenario.recognition.as_ref().and_then(|of| of.down.as_deref());
        let at = "recognition.down";
        let condition = Condition { hours: hours(down, at, findings), holiday: None };
        openings.of_down = openings.share(at.into(), condition, timeline);
        for (name, number) in &scenario.numbers {
            let at = path(&["numbers", name, "hours"]);
            let condition = Condition { hours: hours(number.hours.as_deref(), &at, findings), holiday: None };
            let id = openings.share(at, condition, timeline);
            openings.of_number.push(id);
        }
        openings
    }

    /// The row of what opens when the run begins, after all who come to work then have come; `None` where nothing depends on it: no
    /// queue needs staff, or nobody waits in any before.
    pub(super) fn beginning(&mut self, queues: &[Queue], timeline: &Timeline) -> Option<OpeningId> {
        let begins = timeline.clock.begins;
        let depends = begins > SimTime::ZERO && queues.iter().any(|queue| queue.needs_staff);
        depends.then(|| {
            self.rows.push(Opening { name: "the run".into(), open_at_zero: false, turns: vec![begins] });
            OpeningId::from_index((self.rows.len() - 1).min(usize::from(u16::MAX)))
        })
    }

    /// The row of a campaign's hours; `None` if it dials always.
    pub(super) fn of_campaign(
        &mut self,
        text: Option<&str>,
        at: String,
        timeline: &Timeline,
        findings: &mut Findings,
    ) -> Option<OpeningId> {
        let condition = Condition { hours: hours(text, &at, findings), holiday: None };
        self.share(at, condition, timeline)
    }

    /// The row of a condition, an equal one if there is one; `None` if it always holds.
    fn share(&mut self, name: String, condition: Condition, timeline: &Timeline) -> Option<OpeningId> {
        if condition.hours.is_none() && condition.holiday.is_none() {
            return None;
        }
        let hours = condition.hours.as_ref().map_or(String::new(), |hours| hours.to_string());
        let key = (hours, condition.holiday);
        let known = self.known.get(&key).copied();
        Some(known.unwrap_or_else(|| {
            let id = self.row(opening(name, &condition, timeline));
            self.known.insert(key, id);
            id
        }))
    }

    /// The row that opens and closes as `opening` does.
    fn row(&mut self, opening: Opening) -> OpeningId {
        let same = |row: &Opening| row.open_at_zero == opening.open_at_zero && row.turns == opening.turns;
        let row = self.rows.iter().position(same).unwrap_or_else(|| {
            self.rows.push(opening);
            self.rows.len() - 1
        });
        // More than an id counts are more than there are event slots, which is refused.
        OpeningId::from_index(row.min(usize::from(u16::MAX)))
    }
}

fn condition(when: &When, at: &str, findings: &mut Findings) -> Condition {
    let hours = hours(when.hours.as_deref(), &format!("{at}.hours"), findings);
    Condition { hours, holiday: when.holiday }
}

/// Hours as written; `None` where they are always.
pub(super) fn hours(text: Option<&str>, at: &str, findings: &mut Findings) -> Option<Hours> {
    match Hours::parse(text?) {
        Ok(hours) => (hours != Hours::always()).then_some(hours),
        Err(error) => {
            let help = "write \"Mon-Fri 08:30-15:30, Sat 09:00-12:00, holidays closed\"";
            findings.add(Code::BAD_HOURS, at, error.to_string(), help);
            None
        }
    }
}

fn opening(name: String, condition: &Condition, timeline: &Timeline) -> Opening {
    let states = states(condition, timeline);
    let open_at_zero = states.first().is_some_and(|&(_, open)| open);
    let mut turns = Vec::new();
    let mut open = open_at_zero;
    for (unix_s, state) in states {
        if state != open {
            turns.push(timeline.sim_time(unix_s));
            open = state;
        }
    }
    Opening { name, open_at_zero, turns }
}

/// Whether the condition holds, from each instant (unix seconds) at which that could change.
fn states(condition: &Condition, timeline: &Timeline) -> Vec<(i64, bool)> {
    let (from, to) = (timeline.zero_unix_s, timeline.end_unix_s);
    let hours = condition
        .hours
        .as_ref()
        .map_or(vec![(from, true)], |hours| hours.changes(&timeline.calendar, from, to));
    let days: Vec<(i64, bool)> = match condition.holiday {
        None => vec![(from, true)],
        Some(wanted) => {
            let holds = |date| timeline.calendar.is_holiday(date) == wanted;
            timeline.stretches.iter().map(|s| (s.start_unix_s, holds(s.date))).collect()
        }
    };
    let mut instants: Vec<i64> = hours.iter().chain(&days).map(|&(unix_s, _)| unix_s).collect();
    instants.sort_unstable();
    instants.dedup();
    instants.into_iter().map(|at| (at, state_at(&hours, at) && state_at(&days, at))).collect()
}

fn state_at(states: &[(i64, bool)], at: i64) -> bool {
    let begun = states.partition_point(|&(from, _)| from <= at);
    begun > 0 && states[begun - 1].1
}

/// Times at which none of the openings is open, as (from, until) within the run.
pub(super) fn closed_times(openings: &[&Opening], horizon: SimTime) -> Vec<(SimTime, SimTime)> {
    let mut instants: Vec<SimTime> = openings.iter().flat_map(|o| o.turns.iter().copied()).collect();
    instants.extend([SimTime::ZERO, horizon]);
    instants.sort_unstable();
    instants.dedup();
    let mut closed: Vec<(SimTime, SimTime)> = Vec::new();
    for pair in instants.windows(2).filter(|pair| !openings.iter().any(|o| o.is_open(pair[0]))) {
        match closed.last_mut() {
            Some(last) if last.1 == pair[0] => last.1 = pair[1],
            _ => closed.push((pair[0], pair[1])),
        }
    }
    closed
}
