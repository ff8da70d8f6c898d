//! The collector's figures held against a recount of the logs: two roads from one run to the same numbers.
//!
//! Says where they differ and leaves judging to the test that asks.

use std::collections::{BTreeMap, BTreeSet};

use centralino::audit::{self, Counts};
use centralino::calendar::PeriodGrid;
use centralino::log::{
    AfterDialName, AgentRow, AgentStateName, CaseStretchEnd, DialEndName, DialRow, GreetingEndName,
    GreetingRow, LegFate, LegRow, LogTime, Name, NeedEndName, NeedName, NeedRow, PreparationEndName,
    PreparationRow, VisitChannelName, VisitEndName, VisitRow,
};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::{Channel, Rest};
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

/// The legs that a kind of scope is about: of the whole and of callers those by voice, unless no type comes by voice.
fn legs_of(run: &Recorded, kind: ScopeKind, legs: &[LegRow]) -> Vec<LegRow> {
    let is_whole = matches!(kind, ScopeKind::Whole | ScopeKind::Profile | ScopeKind::Number);
    let is_of = |leg: &&LegRow| !is_whole || is_in_whole(run, &leg.contact_type);
    let as_offered = |leg: &LegRow| LegRow { vendor: offered_to(run, leg), ..leg.clone() };
    let legs = legs.iter().filter(is_of);
    if kind == ScopeKind::Vendor { legs.map(as_offered).collect() } else { legs.cloned().collect() }
}

/// The vendor whose agent answered, or whose groups are all that the queue's steps name.
fn offered_to(run: &Recorded, leg: &LegRow) -> Option<Name> {
    if leg.vendor.is_some() {
        return leg.vendor.clone();
    }
    let steps = &run.scenario.queues.get(leg.queue.as_deref()?)?.steps;
    let groups = steps.values().flat_map(|step| step.groups.iter().chain(&step.add));
    let vendors: BTreeSet<_> =
        groups.map(|name| run.scenario.agent_groups.get(name)?.vendor.as_deref()).collect();
    let only = vendors.first().copied().flatten()?;
    (vendors.len() == 1).then(|| only.into())
}

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

fn fates(basis: Basis, scope: (ScopeKind, &str), counts: &Counts, ledger: &mut Ledger) {
    let offered = counts.offered() as f64;
    let voice = offered - (counts.callbacks + counts.moved) as f64;
    let [answered, in_time] = [counts.answered, counts.answered_within].map(|n| n as f64);
    let quick = (counts.answered_within + counts.abandoned_within) as f64;
    ledger.expect("offered", basis, scope, (offered, 1.0));
    ledger.expect("answered", basis, scope, (answered, 1.0));
    ledger.expect("abandoned", basis, scope, (counts.abandoned as f64, 1.0));
    ledger.expect("sent_away", basis, scope, (counts.sent_away as f64, 1.0));
    ledger.expect("callbacks_accepted", basis, scope, (counts.callbacks as f64, 1.0));
    ledger.expect("moved", basis, scope, (counts.moved as f64, 1.0));
    ledger.expect("blocked", basis, scope, (counts.blocked as f64, 1.0));
    ledger.expect("answered_over_offered", basis, scope, (in_time, voice));
    ledger.expect("answered_over_answered", basis, scope, (in_time, answered));
    ledger.expect("abandoned_count_as_met", basis, scope, (quick, voice));
    let came = offered + counts.blocked as f64;
    ledger.expect("failure_demand", basis, scope, (counts.again as f64, came));
    ledger.expect("status_share", basis, scope, (counts.news as f64, came));
    ledger.expect("wait_all", basis, scope, (s(counts.wait), offered));
    ledger.expect("speed_of_answer", basis, scope, (s(counts.wait_answered), answered));
    ledger.expect("wait_abandoned", basis, scope, (s(counts.wait_abandoned), counts.abandoned as f64));
}

fn work(scope: (ScopeKind, &str), counts: &Counts, ledger: &mut Ledger) {
    let answered = counts.answered as f64;
    ledger.expect("handle_time", Basis::Leg, scope, (s(counts.talk + counts.wrap_up), answered));
    let load = (s(counts.work_again), s(counts.talk + counts.wrap_up));
    ledger.expect("failure_demand_load", Basis::Leg, scope, load);
    let (transferred, redirected, back) = (counts.transferred, counts.redirected, counts.sent_back);
    ledger.expect("transfer_share", Basis::Leg, scope, (transferred as f64, answered));
    ledger.expect(
        "escalation_share",
        Basis::Leg,
        scope,
        ((transferred - redirected - back - counts.misrouted) as f64, answered),
    );
    ledger.expect("redirected_share", Basis::Leg, scope, (redirected as f64, answered));
    ledger.expect("sent_back_share", Basis::Leg, scope, (back as f64, answered));
}

/// Contacts: first legs and refusals, by who calls.
fn contacts(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let firsts: Vec<LegRow> = worked(run).into_iter().filter(|leg| leg.leg == 0).collect();
    let kinds = [
        (audit::ScopeKind::Whole, ScopeKind::Whole),
        (audit::ScopeKind::ContactType, ScopeKind::ContactType),
        (audit::ScopeKind::Profile, ScopeKind::Profile),
        (audit::ScopeKind::Number, ScopeKind::Number),
        (audit::ScopeKind::Channel, ScopeKind::Channel),
        (audit::ScopeKind::Topic, ScopeKind::Topic),
    ];
    for (counted_by, kind) in kinds {
        let firsts = legs_of(run, kind, &firsts);
        let counts = audit::recount(&firsts, within, counted_by, Some(&whole_grid(run)));
        for name in ledger.scopes(kind) {
            let scope = audit::Scope { name: name.as_str().into(), period: Some(0) };
            let counts = counts.get(&scope).copied().unwrap_or_default();
            fates(Basis::Contact, (kind, &name), &counts, ledger);
        }
    }
}

/// The fullest hour and day: of contacts by when they entered, of visitors by when they came.
fn peaks(run: &Recorded, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    let in_time = |at: LogTime| (at >= start).then(|| at.min(LogTime(end.0 - 1)));
    let firsts: Vec<LegRow> =
        run.logs.legs.iter().filter(|leg| leg.leg == 0 && !leg.is_consultation()).cloned().collect();
    for kind in [ScopeKind::Whole, ScopeKind::ContactType] {
        for name in ledger.scopes(kind) {
            let legs = legs_of(run, kind, &firsts).into_iter();
            let legs =
                legs.filter(|leg| !leg.is_callback() && (name.is_empty() || *leg.contact_type == *name));
            let went_through = |leg: &LegRow| !matches!(leg.fate, LegFate::SelfServed | LegFate::LeftMenu);
            let came = legs.filter(went_through).filter_map(|leg| in_time(leg.entered)).collect();
            peaks_of(run, (Basis::Contact, kind, &name), came, ledger);
        }
    }
    for kind in [ScopeKind::Service, ScopeKind::Counter] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&VisitRow| {
                let named = if kind == ScopeKind::Service { &row.service } else { &row.counter };
                **named == *name
            };
            let rows = run.logs.visits.iter().filter(is_of);
            let came = rows.filter_map(|row| in_time(row.came?)).collect();
            peaks_of(run, (Basis::Visit, kind, &name), came, ledger);
        }
    }
}

fn peaks_of(
    run: &Recorded,
    (basis, kind, name): (Basis, ScopeKind, &str),
    came: Vec<LogTime>,
    ledger: &mut Ledger,
) {
    let (start, end) = counted(run);
    let period_s = run.scenario.scenario.period.as_s() as i64;
    let hour_s = period_s.max(3600);
    let mut most = |measure, spans: f64, span_of: &dyn Fn(LogTime) -> i64| {
        let mut by_span = BTreeMap::new();
        came.iter().for_each(|&at| *by_span.entry(span_of(at)).or_insert(0) += 1);
        let found =
            by_span.values().max().map_or((0.0, 0.0), |&most| (f64::from(most), came.len() as f64 / spans));
        ledger.expect(measure, basis, (kind, name), found);
    };
    let days = f64::from(run.scenario.scenario.days);
    most("peak_day_to_mean", days, &|at| {
        run.scenario.scenario.start.days_until(run.calendar.local(at.unix_s()).date)
    });
    // Where periods cross the hours, the product takes the hour in which a period starts.
    if hour_s % period_s == 0 {
        let hours = ((end.unix_s() - start.unix_s()) as f64 / hour_s as f64).ceil();
        most("peak_hour_to_mean", hours, &|at| (at.unix_s() - start.unix_s()) / hour_s);
    }
}

/// Needs by who calls, as their log has them.
fn needs(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let kinds = [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Profile, ScopeKind::Number];
    for kind in kinds.into_iter().chain([ScopeKind::Topic, ScopeKind::District]) {
        for name in ledger.scopes(kind) {
            let is_of = |need: &&NeedRow| match kind {
                ScopeKind::ContactType => *need.contact_type == *name,
                ScopeKind::Topic => topic(run, &need.contact_type) == name,
                _ if !is_in_whole(run, &need.contact_type) => false,
                ScopeKind::Profile => need.profile.as_deref() == Some(&name),
                ScopeKind::Number => need.number.as_deref() == Some(&name),
                ScopeKind::District => need.district.as_deref() == Some(&name),
                _ => true,
            };
            let begun = run.logs.needs.iter().filter(|need| need.first_attempt >= start);
            let needs: Vec<&NeedRow> = begun.filter(is_of).collect();
            needs_of((kind, &name), &needs, within, ledger);
        }
    }
}

/// What a contact type is about.
fn topic<'r>(run: &'r Recorded, contact_type: &'r str) -> &'r str {
    let of = run.scenario.contact_types.get(contact_type);
    of.and_then(|of| of.topic.as_deref()).unwrap_or(contact_type)
}

fn needs_of(scope: (ScopeKind, &str), needs: &[&NeedRow], within: SimDuration, ledger: &mut Ledger) {
    let count = |holds: &dyn Fn(&NeedRow) -> bool| needs.iter().filter(|need| holds(need)).count() as f64;
    let resolved = |need: &NeedRow| need.end == NeedEndName::Resolved;
    let by_menu = count(&|need| {
        need.attempts == 0 || resolved(need) && need.answered == 0 && need.resolved_at.is_none()
    });
    let met = count(&|need| need.answered_after_s.is_some_and(|wait| wait <= within));
    let all = needs.len() as f64;
    let times = needs.iter().filter(|need| resolved(need));
    let times_s = times.map(|need| need.ended.us_since(need.first_attempt) as f64 / 1e6).sum();
    let mut expect = |measure, found| ledger.expect(measure, Basis::Need, scope, found);
    expect("per_need", (met, all - by_menu));
    expect("needs", (all, 1.0));
    expect("needs_resolved", (count(&resolved), all));
    expect("needs_given_up", (count(&|need| need.end == NeedEndName::GivenUp), all));
    expect("needs_open", (count(&|need| need.end == NeedEndName::Open), all));
    expect("needs_unanswered", (count(&|need| need.answered == 0) - by_menu, all));
    expect("contacts_per_need", (needs.iter().map(|need| f64::from(need.attempts)).sum(), all));
    expect("time_to_resolution", (times_s, count(&resolved)));
}

/// Tries at counters, each in the time that it counts in.
fn visits(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    for kind in [ScopeKind::Service, ScopeKind::Counter, ScopeKind::District, ScopeKind::Whole] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&&VisitRow| match kind {
                ScopeKind::Service => *row.service == *name,
                ScopeKind::Counter => *row.counter == *name,
                ScopeKind::District => row.district.as_deref() == Some(&name),
                _ => true,
            };
            let all = run.logs.visits.iter().collect::<Vec<_>>();
            let rows: Vec<&VisitRow> = all.iter().filter(is_of).copied().collect();
            if kind == ScopeKind::Whole && run.scenario.services.is_empty() {
                return;
            }
            let seconds = |us: i64| us as f64 / 1e6;
            let within = |at: Option<LogTime>| at.is_some_and(|at| at >= start);
            let asks = |row: &&&VisitRow| row.channel != VisitChannelName::WalkIn && row.asked >= start;
            let asked: Vec<_> = rows.iter().filter(asks).collect();
            let count = |end: VisitEndName| asked.iter().filter(|row| row.end == end).count() as f64;
            let refused = (count(VisitEndName::Full), count(VisitEndName::Declined));
            let booked = asked.iter().filter(|row| row.slot.is_some() && row.end != VisitEndName::Declined);
            let lead_us: i64 = booked.clone().filter_map(|row| Some(row.slot?.us_since(row.asked))).sum();
            let bookings = booked.count() as f64;
            let missed =
                rows.iter().filter(|row| row.end == VisitEndName::NoShow && within(row.slot)).count() as f64;
            let kept = rows.iter().filter(|row| row.came.is_some() && within(row.slot)).count() as f64;
            let walked = rows.iter().filter(|row| row.slot.is_none() && within(row.came)).count() as f64;
            let served: Vec<_> = rows.iter().filter(|row| within(row.began)).collect();
            let waits = |with_slot: bool| {
                let of = served.iter().filter(move |row| row.slot.is_some() == with_slot);
                let wait = |row: &&&&VisitRow| Some(row.began?.us_since(row.slot.or(row.came)?));
                (of.clone().filter_map(|row| wait(&row)).sum::<i64>(), of.count() as f64)
            };
            let mut expect = |measure, found| ledger.expect(measure, Basis::Visit, (kind, &name), found);
            expect("bookings_asked", (asked.len() as f64, 1.0));
            expect("bookings", (bookings, 1.0));
            expect("booking_refused", (refused.0 + refused.1, asked.len() as f64));
            expect("lead_time", (seconds(lead_us), bookings));
            expect("no_shows", (missed, kept + missed));
            expect("walk_ins", (walked, 1.0));
            expect("visits", (served.len() as f64, 1.0));
            let [booked, walk_ins] = [true, false].map(waits);
            expect("booked_wait", (seconds(booked.0), booked.1));
            expect("walk_in_wait", (seconds(walk_ins.0), walk_ins.1));
            expect("prepared_share", (served.iter().filter(|row| row.prepared).count() as f64, booked.1));
        }
    }
}

/// What offices prepared, by service and by office.
fn preparations(run: &Recorded, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    if run.logs.preparations.is_empty() {
        return;
    }
    let visit_of = |row: &PreparationRow| {
        run.logs.visits.iter().find(|visit| visit.need == row.need && visit.number == row.number)
    };
    for kind in [ScopeKind::Service, ScopeKind::Office, ScopeKind::Whole] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&PreparationRow| match kind {
                ScopeKind::Service => *row.service == *name,
                ScopeKind::Office => *row.office == *name,
                _ => true,
            };
            let rows: Vec<&PreparationRow> = run.logs.preparations.iter().filter(is_of).collect();
            let done: Vec<_> = rows
                .iter()
                .filter(|row| row.end == PreparationEndName::Done && row.to >= start)
                .filter_map(|row| Some((*row, visit_of(row)?)))
                .collect();
            let pieces = done.len() as f64;
            let taken: f64 = done.iter().map(|(row, _)| row.to.us_since(row.asked) as f64 / 1e6).sum();
            let spent = rows.iter().filter_map(|row| Some((row.from?.max(start), row.to.min(end))));
            let work_s: f64 = spent.map(|(from, to)| to.us_since(from).max(0) as f64 / 1e6).sum();
            let mut expect = |measure, found| ledger.expect(measure, Basis::Visit, (kind, &name), found);
            expect("preparations", (pieces, 1.0));
            expect("time_to_prepare", (taken, pieces));
            expect("preparation_work", (work_s, pieces));
            let tries: BTreeSet<_> = rows.iter().map(|row| (&row.need, row.number)).collect();
            let visits: Vec<_> =
                run.logs.visits.iter().filter(|row| tries.contains(&(&row.need, row.number))).collect();
            let is_due = |visit: &&&VisitRow| {
                let comes = visit.came.is_some() || visit.end == VisitEndName::NoShow;
                comes && visit.slot.is_some_and(|slot| slot >= start)
            };
            let due: Vec<_> = visits.iter().filter(is_due).collect();
            let in_time = |visit: &&&VisitRow| {
                let mut all = rows.iter().filter(|row| row.end == PreparationEndName::Done);
                all.any(|row| row.need == visit.need && row.number == visit.number && row.to <= row.slot)
            };
            expect(
                "preparations_in_time",
                (due.iter().filter(|visit| in_time(visit)).count() as f64, due.len() as f64),
            );
        }
    }
}

/// Dials of campaigns, by when they began to ring.
fn dials(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    if run.scenario.campaigns.is_empty() {
        return;
    }
    for kind in [ScopeKind::Campaign, ScopeKind::Whole] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&DialRow| kind == ScopeKind::Whole || *row.campaign == *name;
            let rows: Vec<&DialRow> =
                run.logs.dials.iter().filter(is_of).filter(|row| row.dialled >= start).collect();
            let count = |of: &dyn Fn(&DialRow) -> bool| rows.iter().filter(|row| of(row)).count() as f64;
            let answered = count(&|row| row.end != DialEndName::NoAnswer);
            let [abandoned, reached] =
                [DialEndName::Abandoned, DialEndName::Reached].map(|end| count(&|row| row.end == end));
            let exhausted = count(&|row| row.then == AfterDialName::Exhausted);
            let is_last =
                |row: &DialRow| matches!(row.then, AfterDialName::Finished | AfterDialName::Exhausted);
            let attempts: u32 = rows.iter().filter(|row| is_last(row)).map(|row| row.attempt + 1).sum();
            let spent = |row: &&DialRow| Some(row.wrap_up_ended?.us_since(row.assigned?) as f64 / 1e6);
            let agent_s: f64 = rows.iter().filter_map(spent).sum();
            let cost = |row: &&DialRow| {
                let group = row.group.as_deref()?;
                Some(spent(row)? / 3600.0 * run.scenario.agent_groups.get(group)?.cost_per_hour)
            };
            let costs: f64 = rows.iter().filter_map(cost).sum();
            let mut expect = |measure, found| ledger.expect(measure, Basis::Dial, (kind, &name), found);
            expect("dials", (rows.len() as f64, 1.0));
            expect("dials_answered", (answered, rows.len() as f64));
            expect("right_party_share", (reached, answered - abandoned));
            expect("dial_abandonment", (abandoned, answered));
            expect("persons_reached", (reached, 1.0));
            expect("persons_exhausted", (exhausted, 1.0));
            expect("persons_finished", (reached + exhausted, 1.0));
            expect("reach_share", (reached, reached + exhausted));
            expect("attempts_per_person", (f64::from(attempts), reached + exhausted));
            expect("agent_time_per_reach", (agent_s, reached));
            expect("cost_per_reach", (costs, reached));
        }
    }
}

/// Calls before their queue: lookups and menus, by who calls.
fn greetings(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let ended: Vec<&GreetingRow> = run.logs.greetings.iter().filter(|row| row.ended >= start).collect();
    for kind in [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Profile, ScopeKind::Number] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &&&GreetingRow| match kind {
                ScopeKind::ContactType => *row.contact_type == *name,
                ScopeKind::Profile => row.profile.as_deref() == Some(&name),
                ScopeKind::Number => row.number.as_deref() == Some(&name),
                _ => true,
            };
            let rows: Vec<&&GreetingRow> = ended.iter().filter(is_of).collect();
            let count = |holds: fn(&GreetingRow) -> bool| rows.iter().filter(|row| holds(row)).count() as f64;
            let (all, menus) = (count(|_| true), count(|row| row.menu.is_some()));
            let served = count(|row| row.end == GreetingEndName::SelfServed);
            let chose = count(|row| row.menu.is_some() && row.end == GreetingEndName::Queue);
            let time_s = rows.iter().map(|row| row.ended.us_since(row.began) as f64 / 1e6).sum();
            let mut expect = |measure, found| ledger.expect(measure, Basis::Contact, (kind, &name), found);
            expect("greeted", (all, 1.0));
            expect("recognised_share", (count(|row| row.recognised), all));
            expect("greeting_time", (time_s, all));
            expect("self_served", (served, 1.0));
            expect("self_service_share", (served, menus));
            expect("menu_abandonment", (count(|row| row.end == GreetingEndName::HungUp), all));
            expect("misroute_share", (count(|row| row.chose.is_some()), chose));
        }
    }
}

/// What is written, by contact type.
fn written(run: &Recorded, ledger: &mut Ledger) {
    let counts = audit::recount_written(&run.scenario, &run.calendar, &run.logs.legs);
    let span_s = whole_grid(run).period_s as f64;
    for name in ledger.scopes(ScopeKind::ContactType) {
        let counts = counts.get(name.as_str()).copied().unwrap_or_default();
        let mut expect = |measure, found| {
            ledger.expect(measure, Basis::Contact, (ScopeKind::ContactType, &name), found);
        };
        expect("written_on_time", (counts.on_time as f64, counts.due as f64));
        expect("time_to_reply", (counts.reply_us as f64 / 1e6, counts.answered as f64));
        expect("mean_unanswered", (counts.open_us as f64 / 1e6, span_s));
    }
}

/// Agents who asked others, by contact type, by queue, and by the group that asked and the one that was asked.
fn consultations(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let asked: Vec<&LegRow> =
        run.logs.legs.iter().filter(|leg| leg.is_consultation() && leg.entered >= start).collect();
    let asks = |row: &LegRow| {
        let first = run.logs.legs.iter().find(|leg| {
            !leg.is_consultation() && (&leg.need, leg.attempt, leg.leg) == (&row.need, row.attempt, row.leg)
        });
        first.and_then(|leg| leg.group.clone())
    };
    let firsts: Vec<_> = asked.iter().map(|row| asks(row)).collect();
    for kind in [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Queue, ScopeKind::AgentGroup] {
        for name in ledger.scopes(kind) {
            let is_of = |row: &LegRow, first: Option<&str>| match kind {
                ScopeKind::ContactType => *row.contact_type == *name,
                ScopeKind::Queue => row.queue.as_deref() == Some(&name),
                ScopeKind::AgentGroup => first == Some(&name),
                _ => true,
            };
            let of = asked.iter().zip(&firsts).filter(|(row, first)| is_of(row, first.as_deref()));
            let of: Vec<&LegRow> = of.map(|(&row, _)| row).collect();
            let taken: Vec<&&LegRow> = of.iter().filter(|row| row.fate == LegFate::Answered).collect();
            let count = taken.len() as f64;
            let seconds = |from: LogTime, to: LogTime| to.us_since(from) as f64 / 1e6;
            let wait_s = taken.iter().map(|row| seconds(row.entered, row.left)).sum();
            let time_s = taken.iter().map(|row| seconds(row.left, row.caller_left())).sum();
            let given = asked.iter().filter(|row| row.group.as_deref() == Some(&name)).count() as f64;
            let given = if kind == ScopeKind::AgentGroup { given } else { count };
            let mut expect = |measure, found| ledger.expect(measure, Basis::Leg, (kind, &name), found);
            expect("consultations", (of.len() as f64, 1.0));
            expect("consultations_taken", (count, of.len() as f64));
            expect("consultation_wait", (wait_s, count));
            expect("consultation_time", (time_s, count));
            expect("consultations_given", (given, 1.0));
        }
    }
}

/// What became of an accepted offer.
#[derive(Default)]
struct Taken {
    promises: f64,
    reached: f64,
    kept: f64,
    tries: f64,
    reached_after_s: f64,
    moved: f64,
    met: f64,
}

/// Callbacks and other ways, by who calls and by queue. Offers that were declined leave no trace in the log.
fn offers(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let mut legs: Vec<&LegRow> = run.logs.legs.iter().filter(|leg| !leg.is_consultation()).collect();
    legs.sort_by_key(|leg| (&leg.need, leg.attempt, leg.leg));
    for kind in
        [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Queue, ScopeKind::Profile, ScopeKind::Number]
    {
        for name in ledger.scopes(kind) {
            let mut sums = Taken::default();
            for (row, leg) in legs.iter().enumerate() {
                let is_of = match kind {
                    ScopeKind::ContactType => *leg.contact_type == *name,
                    ScopeKind::Queue => leg.queue.as_deref() == Some(&name),
                    ScopeKind::Profile => leg.profile.as_deref() == Some(&name),
                    ScopeKind::Number => leg.number.as_deref() == Some(&name),
                    _ => true,
                };
                if is_of && leg.entered >= start {
                    let tries = legs[row + 1..].iter().take_while(|other| other.is_callback());
                    sums.add(run, leg, &tries.copied().collect::<Vec<_>>());
                }
            }
            let Taken { promises, reached, kept, tries, reached_after_s, moved, met } = sums;
            for basis in [Basis::Contact, Basis::Leg] {
                let mut expect = |measure, found| ledger.expect(measure, basis, (kind, &name), found);
                expect("callbacks_kept", (kept, promises));
                expect("callbacks_reached", (reached, promises));
                expect("callback_tries", (tries, promises));
                expect("time_to_callback", (reached_after_s, reached));
                expect("deferral_success", (met, moved));
            }
        }
    }
}

impl Taken {
    fn add(&mut self, run: &Recorded, leg: &LegRow, tries: &[&LegRow]) {
        match leg.fate {
            LegFate::Moved => {
                self.moved += 1.0;
                self.met += f64::from(u8::from(leg.outcome.is_some()));
            }
            LegFate::Callback => {
                self.promises += 1.0;
                self.tries += tries.iter().filter(|row| row.assigned.is_some()).count() as f64;
                if let Some(reached) = tries.iter().find(|row| row.fate == LegFate::Answered) {
                    self.reached += 1.0;
                    self.kept += f64::from(u8::from(is_kept(run, leg, tries[0], reached)));
                    self.reached_after_s += reached.left.us_since(leg.left) as f64 / 1e6;
                }
            }
            _ => {}
        }
    }
}

/// Whether a citizen was reached in the slot, or within the time that the offer says.
fn is_kept(run: &Recorded, leg: &LegRow, first: &LegRow, reached: &LegRow) -> bool {
    let queue = &run.scenario.queues[leg.queue.as_deref().unwrap()];
    let offer = queue.steps[leg.step.as_deref().unwrap()].offer.as_ref().unwrap();
    let callback = run.scenario.offers[offer].callback.as_ref().unwrap();
    let s_since = |from: LogTime| reached.left.us_since(from) as f64 / 1e6;
    match (&callback.slots, callback.within) {
        (Some(slots), _) => s_since(first.entered) < slots.length.as_s(),
        (None, Some(within)) => s_since(leg.left) < within.as_s(),
        (None, None) => true,
    }
}

/// Agents' and queues' time within the counted time.
fn time(run: &Recorded, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    let passed_s = |from: LogTime, to: LogTime| to.min(end).us_since(from.max(start)).max(0) as f64 / 1e6;
    for group in ledger.scopes(ScopeKind::AgentGroup) {
        let (mut work_s, mut logged_in_s) = (0.0, 0.0);
        for row in run.logs.agents.iter().filter(|row| *row.group == *group) {
            let row_s = passed_s(row.from, row.to);
            let works = matches!(
                row.state,
                AgentStateName::Talking
                    | AgentStateName::Holding
                    | AgentStateName::WrappingUp
                    | AgentStateName::Chatting
            );
            work_s += if works { row_s } else { 0.0 };
            let away =
                matches!(row.state, AgentStateName::OnBreak | AgentStateName::Absent | AgentStateName::Off);
            logged_in_s += if away { 0.0 } else { row_s };
        }
        let chats = run.logs.legs.iter().filter(|leg| leg.group.as_deref() == Some(&group));
        let chats_s = chats.filter_map(|leg| Some(passed_s(leg.assigned?, leg.wrap_up_ended?))).sum();
        let several = run.scenario.agent_groups.get(&group).is_some_and(|of| of.concurrency.is_some());
        let rule = run.scenario.agent_groups.get(&group).and_then(|of| of.interruptible_wrap_up);
        if rule.is_none_or(|rule| rule.rest == Rest::Resumed) {
            let interruptions = (interruptions(run, &group) + cases_laid_down(run, &group), 1.0);
            ledger.expect("interruptions", Basis::Time, (ScopeKind::AgentGroup, &group), interruptions);
        }
        let at_cases = run.logs.agents.iter().filter(|row| *row.group == *group && is_at_case(row));
        let at_cases_s = at_cases.map(|row| passed_s(row.from, row.to)).sum();
        let share = (at_cases_s, logged_in_s);
        ledger.expect("back_office_share", Basis::Time, (ScopeKind::AgentGroup, &group), share);
        let concurrency = if several { (chats_s, work_s) } else { (0.0, 0.0) };
        ledger.expect("mean_concurrency", Basis::Time, (ScopeKind::AgentGroup, &group), concurrency);
        ledger.expect("occupancy", Basis::Time, (ScopeKind::AgentGroup, &group), (work_s, logged_in_s));
    }
    for queue in ledger.scopes(ScopeKind::Queue) {
        let callers = run.logs.legs.iter().filter(|leg| !leg.is_callback() && !leg.is_consultation());
        let legs = callers.filter(|leg| leg.queue.as_deref() == Some(&queue));
        let waited_s = legs.map(|leg| passed_s(leg.entered, leg.left)).sum();
        let found = (waited_s, passed_s(start, end));
        ledger.expect("mean_queue", Basis::Time, (ScopeKind::Queue, &queue), found);
    }
}

fn is_at_case(row: &AgentRow) -> bool {
    row.state == AgentStateName::BackOffice
}

/// How often a call interrupted an agent of a group at a case: the agent took one at the instant at which the case was laid down.
fn cases_laid_down(run: &Recorded, group: &str) -> f64 {
    let (start, end) = counted(run);
    let logs = &run.logs;
    let laid_down: BTreeSet<_> = logs
        .cases
        .iter()
        .filter(|row| row.end == CaseStretchEnd::Interrupted)
        .map(|row| (&row.need, row.from, row.to))
        .chain(
            logs.preparations
                .iter()
                .filter(|row| row.end != PreparationEndName::Done)
                .map(|row| (&row.need, row.from, row.to)),
        )
        .collect();
    let assigned: BTreeSet<_> =
        logs.legs.iter().filter_map(|leg| Some((leg.agent.as_deref()?, leg.assigned?))).collect();
    let is_called = |row: &&AgentRow| {
        let case = row.need.as_ref().is_some_and(|need| laid_down.contains(&(need, Some(row.from), row.to)));
        case && assigned.contains(&(&*row.agent, row.to)) && start <= row.to && row.to < end
    };
    let rows = logs.agents.iter().filter(|row| *row.group == *group && is_at_case(row));
    rows.filter(is_called).count() as f64
}

/// How often a call interrupted work of a group's people, where the rest is resumed: all stretches of each leg's work but the last.
fn interruptions(run: &Recorded, group: &str) -> f64 {
    let (start, end) = counted(run);
    let mut stretches: BTreeMap<_, Vec<LogTime>> = BTreeMap::new();
    let types = &run.scenario.contact_types;
    let is_written = |leg: &&LegRow| types.get(&*leg.contact_type).is_some_and(|of| of.channel.is_written());
    let asides = run.scenario.agent_groups.get(group).is_some_and(|of| of.interruptible_written);
    let written: BTreeSet<_> = run
        .logs
        .legs
        .iter()
        .filter(|leg| asides && is_written(leg))
        .map(|leg| (Some(&leg.need), Some(leg.attempt), Some(leg.leg)))
        .collect();
    // Dials are no contacts, and what follows them is not interrupted.
    let rows = run.logs.agents.iter().filter(|row| *row.group == *group && row.need.is_some());
    for row in rows {
        let key = (row.need.as_ref(), row.attempt, row.leg);
        match row.state {
            AgentStateName::WrappingUp => {}
            AgentStateName::Talking if written.contains(&key) => {}
            _ => continue,
        }
        stretches.entry((key, row.state)).or_default().push(row.to);
    }
    let mut interruptions = 0;
    for ends in stretches.values_mut() {
        ends.sort_unstable();
        ends.pop();
        interruptions += ends.iter().filter(|&&at| start <= at && at < end).count();
    }
    interruptions as f64
}

/// Queues by period, and periods summed.
fn by_period(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
    let (start, end) = counted(run);
    let period_s = run.scenario.scenario.period.as_s() as i64;
    let grid = PeriodGrid::covering(start.unix_s(), end.unix_s(), period_s);
    let counts = audit::recount(&worked(run), within, audit::ScopeKind::Queue, Some(&grid));
    let mut sums: BTreeMap<&str, [f64; 7]> = BTreeMap::new();
    for row in run.results.period_rows() {
        let scope = audit::Scope { name: row.queue.into(), period: Some(row.period.index as usize) };
        let counts = counts.get(&scope).copied().unwrap_or_default();
        let told = [
            row.offered,
            row.answered,
            row.answered_in_time,
            row.abandoned,
            row.sent_away,
            row.wait_s,
            row.handle_s,
        ];
        let found = [
            counts.offered() as f64,
            counts.answered as f64,
            counts.answered_within as f64,
            counts.abandoned as f64,
            counts.sent_away as f64,
            s(counts.wait),
            s(counts.talk + counts.wrap_up),
        ];
        let same = told.iter().zip(found).all(|(&told, found)| near(told, found));
        ledger.expect_that(same, || format!("{scope:?}: told {told:?}, the logs say {found:?}"));
        sums.entry(row.queue).or_default().iter_mut().zip(told).for_each(|(sum, told)| *sum += told);
    }
    for (queue, [offered, answered, in_time, abandoned, sent_away, wait_s, handle_s]) in sums {
        let mut expect =
            |measure, found| ledger.expect(measure, Basis::Leg, (ScopeKind::Queue, queue), found);
        expect("offered", (offered, 1.0));
        expect("answered", (answered, 1.0));
        expect("abandoned", (abandoned, 1.0));
        expect("sent_away", (sent_away, 1.0));
        expect("answered_over_answered", (in_time, answered));
        expect("wait_all", (wait_s, offered));
        expect("handle_time", (handle_s, answered));
    }
}

/// O = A + B + C + D + F in every scope, and the ends of needs sum to all of them.
fn fates_add_up(ledger: &mut Ledger) {
    let count = |ledger: &Ledger, measure, basis, kind, name: &str| {
        ledger.entries.get(&(measure, basis, kind, name.to_string())).copied().unwrap_or_default()
    };
    for kind in [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Queue] {
        for name in ledger.scopes(kind) {
            let of = |measure| count(ledger, measure, Basis::Leg, kind, &name).0;
            let fates = ["answered", "abandoned", "callbacks_accepted", "sent_away", "moved"];
            let (offered, sum) = (of("offered"), fates.map(of).iter().sum::<f64>());
            ledger.expect_that(offered == sum, || format!("{kind:?} {name}: O {offered}, A to F {sum}"));
        }
    }
    for kind in [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Profile, ScopeKind::Number] {
        for name in ledger.scopes(kind) {
            let ended = |measure| count(ledger, measure, Basis::Need, kind, &name);
            let [resolved, given_up, open] = ["needs_resolved", "needs_given_up", "needs_open"].map(ended);
            let (sum, all) = (resolved.0 + given_up.0 + open.0, resolved.1);
            ledger.expect_that(sum == all, || format!("{kind:?} {name}: {all} needs, of which {sum} ended"));
        }
    }
}
