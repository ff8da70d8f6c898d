//! Rule: what the center knows of a citizen who contacts it again, and which contacts rules that ask for it take.
//!
//! A past is a need's: its earlier contacts, who answered them, its case. It is kept only where a rule asks, and known of recognised
//! callers only. What has happened in the contact itself is no past.

use std::collections::BTreeMap;

use super::contacts::{Citizen, Contact, Index};
use super::observer::Observer;
use super::simulation::Simulation;
use crate::model::{AgentId, Asks, Band, CELL_US, KnownPast, Model, Outcome, Rule, RuleId, TIERS};
use crate::random::Purpose;
use crate::time::SimTime;

/// The pasts of needs that are not over.
#[derive(Clone, Debug, Default)]
pub struct Pasts {
    is_kept: bool,
    needs: BTreeMap<u64, Past>,
    /// By rule: the span in which it took its last contact, and how many in that; empty where no rule counts.
    taken: Vec<(u32, u32)>,
}

/// What was before the latest answered contact of a need, and what is since.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    before: Answers,
    latest: Answers,
}

/// The answers of a need so far.
#[derive(Clone, Copy, Debug, Default)]
struct Answers {
    /// The attempt of the last one.
    attempt: u8,
    /// When the last one came; `None`: none did.
    at: Option<SimTime>,
    /// By tier: who answered last.
    agents: [Option<AgentId>; TIERS],
}

impl Pasts {
    /// For a model's rules.
    pub fn new(model: &Model) -> Self {
        let asks = |rule: &Rule| {
            rule.last_agent.is_some() || rule.asks.as_ref().is_some_and(|asks| asks.answered_within.is_some())
        };
        let counts = model.rules.iter().any(|rule| rule.band().is_some());
        let rules = if counts { model.rules.len() } else { 0 };
        Pasts { is_kept: model.rules.iter().any(asks), needs: BTreeMap::new(), taken: vec![(0, 0); rules] }
    }

    /// Whether any rule asks who answered a need, and when.
    #[inline]
    pub fn are_kept(&self) -> bool {
        self.is_kept
    }

    /// A need is over.
    #[inline]
    pub fn forget(&mut self, need: u64) {
        if self.is_kept {
            self.needs.remove(&need);
        }
    }

    /// The answers of a need before an attempt.
    fn before(&self, need: u64, attempt: u8) -> Option<Answers> {
        let past = self.needs.get(&need)?;
        Some(if past.latest.attempt < attempt { past.latest } else { past.before })
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// Whether a talk that has ended so leaves nothing to remember and nothing to forget, as nearly all do: the first of a need, which met it.
    #[inline(always)]
    pub(super) fn is_first_and_last(&self, index: Index, outcome: Outcome) -> bool {
        let Contact { leg, citizen, .. } = &self.contacts[index];
        outcome == Outcome::Resolved && *leg == 0 && citizen.answered == 1 && !citizen.cause.is_about_case()
    }

    /// A talk that began at `answered` has ended so: unless the need is met, it is remembered.
    #[cold]
    pub(super) fn notes_talk(&mut self, index: Index, agent: AgentId, answered: SimTime, outcome: Outcome) {
        let contact = &self.contacts[index];
        let (need, attempt) = (contact.citizen.need.0, contact.citizen.attempt);
        if outcome == Outcome::Resolved && !contact.citizen.cause.is_about_case() {
            return self.pasts.forget(need);
        }
        let tier = self.model.groups[self.agents.group(agent).index()].tier;
        let past = self.pasts.needs.entry(need).or_default();
        if past.latest.attempt != attempt {
            past.before = past.latest;
        }
        past.latest.attempt = attempt;
        past.latest.at = Some(answered);
        past.latest.agents[usize::from(tier - 1)] = Some(agent);
    }

    /// Who answered an earlier contact of a need at `tier` last.
    pub(super) fn last_agent(&self, citizen: &Citizen, tier: u8) -> Option<AgentId> {
        let before = self.pasts.before(citizen.need.0, citizen.attempt)?;
        before.agents[usize::from(tier - 1)].filter(|_| citizen.recognised)
    }

    /// Whether a rule that asks for more than its class finds it now.
    #[cold]
    pub(super) fn is_as_asked(&self, rule: RuleId, asks: &Asks, citizen: &Citizen) -> bool {
        asks.band.is_none_or(|band| self.takes_more(rule, band))
            && (asks.marks.is_none() || asks.fits_mark(self.mark(citizen)))
            && (!asks.of_past() || asks.fits_past(&self.known_past(citizen)))
    }

    fn known_past(&self, citizen: &Citizen) -> KnownPast {
        if !citizen.recognised {
            return KnownPast::default();
        }
        let answered = self.pasts.before(citizen.need.0, citizen.attempt).and_then(|answers| answers.at);
        KnownPast {
            contacts: u32::from(citizen.attempt),
            answered_ago: answered.map(|at| self.now.since(at)),
            open_case: self.has_open_case(citizen.need),
        }
    }

    /// The mark of a need. Who asks for news has draws of their own, but the mark of the need.
    fn mark(&self, citizen: &Citizen) -> f64 {
        let of_case = self.citizen_of_case(citizen.need).filter(|_| citizen.cause.is_about_case());
        of_case.unwrap_or(citizen).key.draw(Purpose::Mark).uniform()
    }

    fn takes_more(&self, rule: RuleId, band: Band) -> bool {
        let (span, count) = self.pasts.taken[rule.index()];
        let taken = if span == self.span_now(band) { count } else { 0 };
        taken < band.contacts
    }

    /// A contact enters a queue by a rule that counts.
    pub(super) fn counts_one(&mut self, rule: RuleId, band: Band) {
        let now = self.span_now(band);
        let (span, count) = &mut self.pasts.taken[rule.index()];
        *count = if *span == now { *count + 1 } else { 1 };
        *span = now;
    }

    /// The local day or the period that it is, from 1 on; a run-in's periods are all that before the first.
    fn span_now(&self, band: Band) -> u32 {
        let clock = &self.model.clock;
        if band.daily {
            let cell = (self.now.as_us() as i64 - clock.cell_start(0)) as u64 / CELL_US;
            return self.model.cell_dates[(cell as usize).min(clock.cells as usize - 1)].day + 1;
        }
        if self.now < clock.count_from { 1 } else { clock.period(self.now) + 2 }
    }
}
