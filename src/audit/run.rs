//! The rows of one replication in the order in which checks look at them.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use crate::log::{
    AgentRow, AgentStateName, CaseRow, CaseStretchEnd, DialRow, GreetingRow, LegRow, LogTime, NeedName,
    NeedRow, PreparationRow, VisitRow, WebRow,
};

/// One replication.
#[derive(Clone, Debug, Default)]
pub struct Run<'a> {
    /// Which.
    pub replication: u32,
    /// By need, attempt, leg; of agents who ask others none.
    pub(super) legs: Vec<&'a LegRow>,
    /// Agents who ask others, by need, attempt, leg.
    pub(super) consultations: Vec<&'a LegRow>,
    /// Every stay in a line: the legs, then the consultations.
    pub(super) stays: Vec<&'a LegRow>,
    /// By agent and time.
    pub(super) agents: Vec<&'a AgentRow>,
    /// By need.
    pub(super) needs: Vec<&'a NeedRow>,
    /// By need and attempt; of several rows the last.
    pub(super) greetings: BTreeMap<(&'a NeedName, u32), &'a GreetingRow>,
    /// How many rows of greetings there were.
    pub(super) greeted: usize,
    /// By need and time.
    pub(super) cases: Vec<&'a CaseRow>,
    /// Stretches of work on cases by agents: need, from, to.
    at_cases: BTreeSet<(&'a NeedName, LogTime, LogTime)>,
    /// By need and number.
    pub(super) visits: Vec<&'a VisitRow>,
    /// By need, number of the try, and time.
    pub(super) preparations: Vec<&'a PreparationRow>,
    /// By campaign, person and attempt.
    pub(super) dials: Vec<&'a DialRow>,
    /// By need; of several rows the last.
    pub(super) web: BTreeMap<&'a NeedName, &'a WebRow>,
}

impl<'a> Run<'a> {
    /// Sorts rows by replication.
    pub fn split(
        (legs, agents, needs): (&'a [LegRow], &'a [AgentRow], &'a [NeedRow]),
        (cases, visits, preparations): (&'a [CaseRow], &'a [VisitRow], &'a [PreparationRow]),
        (greetings, dials, web): (&'a [GreetingRow], &'a [DialRow], &'a [WebRow]),
    ) -> Vec<Run<'a>> {
        let mut runs: BTreeMap<u32, Run<'a>> = BTreeMap::new();
        let run = |replication| move || Run { replication, ..Run::default() };
        for row in legs {
            let run = runs.entry(row.replication).or_insert_with(run(row.replication));
            if row.is_consultation() { &mut run.consultations } else { &mut run.legs }.push(row);
        }
        for row in agents {
            runs.entry(row.replication).or_insert_with(run(row.replication)).agents.push(row);
        }
        for row in needs {
            runs.entry(row.replication).or_insert_with(run(row.replication)).needs.push(row);
        }
        for row in greetings {
            let run = runs.entry(row.replication).or_insert_with(run(row.replication));
            run.greetings.insert((&row.need, row.attempt), row);
            run.greeted += 1;
        }
        for row in cases {
            runs.entry(row.replication).or_insert_with(run(row.replication)).cases.push(row);
        }
        for row in visits {
            runs.entry(row.replication).or_insert_with(run(row.replication)).visits.push(row);
        }
        for row in preparations {
            runs.entry(row.replication).or_insert_with(run(row.replication)).preparations.push(row);
        }
        for row in dials {
            runs.entry(row.replication).or_insert_with(run(row.replication)).dials.push(row);
        }
        for row in web {
            runs.entry(row.replication).or_insert_with(run(row.replication)).web.insert(&row.need, row);
        }
        runs.values_mut().for_each(Run::sort);
        runs.into_values().collect()
    }

    fn sort(&mut self) {
        for legs in [&mut self.legs, &mut self.consultations] {
            legs.sort_by(|a, b| (&a.need, a.attempt, a.leg).cmp(&(&b.need, b.attempt, b.leg)));
        }
        self.stays = [&self.legs[..], &self.consultations].concat();
        self.agents.sort_by(|a, b| (&a.agent, a.from, a.to).cmp(&(&b.agent, b.from, b.to)));
        let at_case = |row: &&AgentRow| row.state == AgentStateName::BackOffice;
        self.at_cases = self
            .agents
            .iter()
            .copied()
            .filter(at_case)
            .filter_map(|row| Some((row.need.as_ref()?, row.from, row.to)))
            .collect();
        self.needs.sort_by(|a, b| a.need.cmp(&b.need));
        self.visits.sort_by(|a, b| (&a.need, a.number).cmp(&(&b.need, b.number)));
        self.preparations.sort_by(|a, b| {
            let place = |row: &PreparationRow| (row.from.unwrap_or(row.to), row.to, row.from.is_none());
            (&a.need, a.number, place(a)).cmp(&(&b.need, b.number, place(b)))
        });
        self.dials
            .sort_by(|a, b| (&a.campaign, &a.person, a.attempt).cmp(&(&b.campaign, &b.person, b.attempt)));
        // A row without a stretch is a case's last.
        self.cases.sort_by(|a, b| {
            (&a.need, a.from.unwrap_or(a.to), a.to).cmp(&(&b.need, b.from.unwrap_or(b.to), b.to))
        });
    }

    /// Whether an agent did a stretch of work on a case or a preparation of a need, and nobody of its office.
    pub(super) fn is_by_agent(&self, need: &NeedName, from: LogTime, to: LogTime) -> bool {
        self.at_cases.contains(&(need, from, to))
    }

    /// The rows of each preparation.
    pub(super) fn preparations_by_try(&self) -> impl Iterator<Item = &[&'a PreparationRow]> {
        self.preparations.chunk_by(|a, b| a.need == b.need && a.number == b.number)
    }

    /// The rows of the preparation of a need's try; none where there was none.
    pub(super) fn preparations_of(&self, need: &NeedName, number: u32) -> &[&'a PreparationRow] {
        let from = self.preparations.partition_point(|row| (&row.need, row.number) < (need, number));
        let length =
            self.preparations[from..].partition_point(|row| (&row.need, row.number) == (need, number));
        &self.preparations[from..from + length]
    }

    /// The rows of each case.
    pub(super) fn cases_by_need(&self) -> impl Iterator<Item = &[&'a CaseRow]> {
        self.cases.chunk_by(|a, b| a.need == b.need)
    }

    /// The rows of each case since it was opened, or opened again.
    pub(super) fn openings(&self) -> impl Iterator<Item = &[&'a CaseRow]> {
        self.cases.chunk_by(|a, b| a.need == b.need && a.opened == b.opened)
    }

    /// The rows of each case at one office after the other, and since when it has been there.
    pub(super) fn stays(&self) -> impl Iterator<Item = (LogTime, &[&'a CaseRow])> {
        self.openings().flat_map(|rows| {
            let stays = rows.chunk_by(|a, _| a.end != CaseStretchEnd::HandedOver);
            let since = std::iter::once(rows[0].opened)
                .chain(rows.iter().filter(|row| row.end == CaseStretchEnd::HandedOver).map(|row| row.to));
            since.zip(stays)
        })
    }

    /// The rows of a need's case; none where it has none.
    pub(super) fn case_of(&self, need: &NeedName) -> &[&'a CaseRow] {
        let from = self.cases.partition_point(|row| row.need < *need);
        let length = self.cases[from..].partition_point(|row| row.need == *need);
        &self.cases[from..from + length]
    }

    /// The tries at counters of each need that has any.
    pub(super) fn visits_by_need(&self) -> impl Iterator<Item = &[&'a VisitRow]> {
        self.visits.chunk_by(|a, b| a.need == b.need)
    }

    /// The tries of a need at counters.
    pub(super) fn visits_of(&self, need: &NeedName) -> &[&'a VisitRow] {
        let from = self.visits.partition_point(|row| row.need < *need);
        let length = self.visits[from..].partition_point(|row| row.need == *need);
        &self.visits[from..from + length]
    }

    /// The dials of each person on a list.
    pub(super) fn dials_by_person(&self) -> impl Iterator<Item = &[&'a DialRow]> {
        self.dials.chunk_by(|a, b| a.campaign == b.campaign && a.person == b.person)
    }

    /// The legs of each need.
    pub(super) fn legs_by_need(&self) -> impl Iterator<Item = &[&'a LegRow]> {
        self.legs.chunk_by(|a, b| a.need == b.need)
    }

    /// The legs of a need.
    pub(super) fn legs_of(&self, need: &NeedName) -> &[&'a LegRow] {
        let from = self.legs.partition_point(|row| row.need < *need);
        let length = self.legs[from..].partition_point(|row| row.need == *need);
        &self.legs[from..from + length]
    }

    /// The legs of each contact.
    pub(super) fn legs_by_contact(&self) -> impl Iterator<Item = &[&'a LegRow]> {
        self.legs.chunk_by(|a, b| a.attempt == b.attempt && a.need == b.need)
    }

    /// What the agent of a leg asked another one, and whether there was one.
    pub(super) fn consultation_of(&self, leg: &LegRow) -> Option<&'a LegRow> {
        let key = (&leg.need, leg.attempt, leg.leg);
        let found = self.consultations.binary_search_by(|row| (&row.need, row.attempt, row.leg).cmp(&key));
        found.ok().map(|index| self.consultations[index])
    }

    /// The leg whose agent asked another one.
    pub(super) fn leg_of_consultation(&self, asked: &LegRow) -> Option<&'a LegRow> {
        self.numbered(asked, asked.leg)
    }

    /// When the agent of a leg had spoken with its caller: who stays for a warm transfer does so from the next leg's entry on.
    pub(super) fn spoke_until(&self, plan: &Plan<'_>, leg: &LegRow) -> LogTime {
        let next = plan.stays(leg).and_then(|_| self.numbered(leg, leg.leg + 1));
        next.map_or(leg.caller_left(), |next| next.entered)
    }

    /// The rows of each agent.
    pub(super) fn rows_by_agent(&self) -> impl Iterator<Item = &[&'a AgentRow]> {
        self.agents.chunk_by(|a, b| a.agent == b.agent)
    }

    /// What the contact of a leg met before its queue.
    pub(super) fn greeting(&self, leg: &LegRow) -> Option<&'a GreetingRow> {
        self.greetings.get(&(&leg.need, leg.attempt)).copied()
    }

    /// When the contact of which this is the first leg began.
    pub(super) fn called(&self, first: &LegRow) -> LogTime {
        self.greeting(first).map_or(first.entered, |greeting| greeting.began)
    }

    /// When the need began of which this is the first leg: with its contact, or at the web site.
    pub(super) fn began(&self, first: &LegRow) -> LogTime {
        self.web.get(&first.need).map_or_else(|| self.called(first), |web| web.tried)
    }

    /// The leg of a caller that a row belongs to: itself, or of a try to call back the one that accepted it.
    pub(super) fn own_leg<'l>(&self, leg: &'l LegRow) -> &'l LegRow
    where
        'a: 'l,
    {
        let mut own = leg;
        while own.is_callback() {
            match self.leg_before(own) {
                Some(before) => own = before,
                None => break,
            }
        }
        own
    }

    /// The leg before one of the same contact.
    pub(super) fn leg_before(&self, leg: &LegRow) -> Option<&'a LegRow> {
        self.numbered(leg, leg.leg.checked_sub(1)?)
    }

    /// The leg of a leg's contact that has this number.
    fn numbered(&self, leg: &LegRow, number: u32) -> Option<&'a LegRow> {
        let key = (&leg.need, leg.attempt, number);
        let found = self.legs.binary_search_by(|row| (&row.need, row.attempt, row.leg).cmp(&key));
        found.ok().map(|index| self.legs[index])
    }

    /// From when on a row stands in its line: a place that is kept for a callback was a caller's before.
    pub(super) fn in_line_from(&self, leg: &LegRow) -> LogTime {
        let before = if leg.is_callback() { self.leg_before(leg) } else { None };
        before.map_or(leg.entered, |before| before.left.max(leg.entered))
    }

    /// Legs and consultations that entered a queue.
    pub(super) fn queued(&self) -> impl Iterator<Item = &'a LegRow> {
        self.stays.iter().copied().filter(|leg| leg.fate.is_queued())
    }
}

/// The legs of each attempt of a need, from the need's legs.
pub(super) fn attempts<'s, 'a>(need: &'s [&'a LegRow]) -> impl Iterator<Item = &'s [&'a LegRow]> {
    need.chunk_by(|a, b| a.attempt == b.attempt)
}
