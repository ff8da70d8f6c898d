//! The collector's figures held against a recount of the logs: two roads from one run to the same numbers.
//!
//! Says where they differ and leaves judging to the test that asks.

mod beside;
mod legs;
mod needs;
mod offers;
mod periods;
mod time;
mod visits;

use std::collections::BTreeMap;

use self::beside::{consultations, dials, greetings, written};
use self::legs::{contacts, fates, fates_add_up, legs_of, peaks, work};
use self::needs::needs;
use self::offers::offers;
use self::periods::by_period;
use self::time::time;
use self::visits::{preparations, visits};
use centralino::audit::{self};
use centralino::calendar::PeriodGrid;
use centralino::log::{AgentStateName, LegRow, LogTime, NeedName};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Channel;
use centralino::time::SimDuration;

use crate::support::Recorded;

/// What counts as answered in time in this run; its targets, if any, say the same.
pub fn within(run: &Recorded) -> SimDuration {
    SimDuration::from_s(run.scenario.measures.within.as_s())
}

/// The counted time of a run.
pub fn counted(run: &Recorded) -> (LogTime, LogTime) {
    let header = &run.scenario.scenario;
    let midnight = |date| LogTime(run.calendar.midnight(date) * 1_000_000);
    (midnight(header.start), midnight(header.start.plus_days(i64::from(header.days))))
}

/// The legs as if nothing of them had lain aside: of a wrap-up that was interrupted, what was worked on it.
fn worked(run: &Recorded) -> Vec<LegRow> {
    let mut worked_us: BTreeMap<(&NeedName, u32, u32, &str, AgentStateName), i64> = BTreeMap::new();
    for row in &run.logs.agents {
        if let (Some(need), Some(attempt), Some(leg)) = (&row.need, row.attempt, row.leg) {
            let key = (need, attempt, leg, &*row.agent, row.state);
            *worked_us.entry(key).or_default() += row.to.us_since(row.from);
        }
    }
    let groups = &run.scenario.agent_groups;
    let types = &run.scenario.contact_types;
    let worked = |leg: &LegRow| {
        let mut worked = leg.clone();
        let of_group = leg.group.as_deref().and_then(|group| groups.get(group));
        let Some(group) = of_group.filter(|_| !leg.is_callback()) else { return worked };
        let agent = leg.agent.as_deref().unwrap_or_default();
        let us = |state| {
            worked_us.get(&(&leg.need, leg.attempt, leg.leg, agent, state)).copied().unwrap_or_default()
        };
        let is_written = types.get(&*leg.contact_type).is_some_and(|of| of.channel.is_written());
        if is_written && group.interruptible_written {
            let talk_us = us(AgentStateName::Talking);
            worked.talk_ended = leg.talk_ended.map(|_| LogTime(leg.left.0 + talk_us));
        }
        if group.interruptible_wrap_up.is_some() || is_written && group.interruptible_written {
            let wrap_up_us = us(AgentStateName::WrappingUp);
            worked.wrap_up_ended = worked.talk_ended.map(|at| LogTime(at.0 + wrap_up_us));
        }
        worked
    };
    run.logs.legs.iter().map(worked).collect()
}

/// Everything in which the collector and the logs differ, with `within` as the threshold of the recount.
pub fn differences(run: &Recorded, within: SimDuration) -> Vec<String> {
    let mut ledger = Ledger::new(run);
    whole_run(run, within, &mut ledger);
    contacts(run, within, &mut ledger);
    needs(run, within, &mut ledger);
    peaks(run, &mut ledger);
    greetings(run, &mut ledger);
    visits(run, &mut ledger);
    preparations(run, &mut ledger);
    offers(run, &mut ledger);
    consultations(run, &mut ledger);
    dials(run, &mut ledger);
    written(run, &mut ledger);
    time(run, &mut ledger);
    by_period(run, within, &mut ledger);
    fates_add_up(&mut ledger);
    ledger.differences
}

/// (measure, basis, kind of scope, scope).
type Entry = (&'static str, Basis, ScopeKind, String);

/// The collector's numerators and denominators of the whole run.
struct Ledger {
    entries: BTreeMap<Entry, (f64, f64)>,
    differences: Vec<String>,
}

impl Ledger {
    fn new(run: &Recorded) -> Ledger {
        let entry = |row: centralino::measures::ReplicationRow<'_>| {
            let scope = if row.scope_kind == ScopeKind::Whole { "" } else { row.scope };
            ((row.measure, row.basis, row.scope_kind, scope.to_string()), (row.numerator, row.denominator))
        };
        Ledger { entries: run.results.replication_rows().map(entry).collect(), differences: Vec::new() }
    }

    /// Compares a ratio, if the measure exists for the scope.
    fn expect(&mut self, measure: &'static str, basis: Basis, scope: (ScopeKind, &str), found: (f64, f64)) {
        let entry = (measure, basis, scope.0, scope.1.to_string());
        let Some(&told) = self.entries.get(&entry) else { return };
        if !(near(told.0, found.0) && near(told.1, found.1)) {
            self.differences.push(format!("{entry:?}: told {told:?}, the logs say {found:?}"));
        }
    }

    fn expect_that(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.differences.push(what());
        }
    }

    fn scopes(&self, kind: ScopeKind) -> Vec<String> {
        let mut names: Vec<String> =
            self.entries.keys().filter(|entry| entry.2 == kind).map(|entry| entry.3.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// Counts are whole and microseconds exact; only the division into seconds rounds.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn s(duration: SimDuration) -> f64 {
    duration.as_s()
}

/// One period as long as all counted time.
fn whole_grid(run: &Recorded) -> PeriodGrid {
    let (start, end) = counted(run);
    PeriodGrid::covering(start.unix_s(), end.unix_s(), end.unix_s() - start.unix_s())
}

const KINDS: [(audit::ScopeKind, ScopeKind); 8] = [
    (audit::ScopeKind::Whole, ScopeKind::Whole),
    (audit::ScopeKind::ContactType, ScopeKind::ContactType),
    (audit::ScopeKind::Queue, ScopeKind::Queue),
    (audit::ScopeKind::AgentGroup, ScopeKind::AgentGroup),
    (audit::ScopeKind::Tier, ScopeKind::Tier),
    (audit::ScopeKind::Vendor, ScopeKind::Vendor),
    (audit::ScopeKind::Channel, ScopeKind::Channel),
    (audit::ScopeKind::Topic, ScopeKind::Topic),
];

/// Whether a contact type is of the whole.
fn is_in_whole(run: &Recorded, contact_type: &str) -> bool {
    let types = &run.scenario.contact_types;
    let any = types.values().any(|of| of.channel == Channel::Voice);
    !any || types.get(contact_type).is_some_and(|of| of.channel == Channel::Voice)
}

/// Legs by all kinds of scope.
fn whole_run(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let worked = worked(run);
    for (counted_by, kind) in KINDS {
        let legs = legs_of(run, kind, &worked);
        let counts = audit::recount(&legs, within, counted_by, Some(&whole_grid(run)));
        for name in ledger.scopes(kind) {
            let scope = audit::Scope { name: name.as_str().into(), period: Some(0) };
            let counts = counts.get(&scope).copied().unwrap_or_default();
            fates(Basis::Leg, (kind, &name), &counts, ledger);
            work((kind, &name), &counts, ledger);
        }
    }
}
