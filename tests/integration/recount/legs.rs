//! Contacts, legs and the peaks of who comes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, counted, is_in_whole, s, whole_grid, worked};
use crate::support::Recorded;
use centralino::audit;
use centralino::audit::Counts;
use centralino::log::{LegFate, LegRow, LogTime, Name, VisitRow};
use centralino::measures::{Basis, ScopeKind};
use centralino::time::SimDuration;

/// The legs that a kind of scope is about: of the whole and of callers those by voice, unless no type comes by voice.
pub(super) fn legs_of(run: &Recorded, kind: ScopeKind, legs: &[LegRow]) -> Vec<LegRow> {
    let is_whole = matches!(kind, ScopeKind::Whole | ScopeKind::Profile | ScopeKind::Number);
    let is_of = |leg: &&LegRow| !is_whole || is_in_whole(run, &leg.contact_type);
    let as_offered = |leg: &LegRow| LegRow { vendor: offered_to(run, leg), ..leg.clone() };
    let legs = legs.iter().filter(is_of);
    if kind == ScopeKind::Vendor { legs.map(as_offered).collect() } else { legs.cloned().collect() }
}

/// The vendor whose agent answered, or whose groups are all that the queue's steps name.
pub(super) fn offered_to(run: &Recorded, leg: &LegRow) -> Option<Name> {
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

pub(super) fn fates(basis: Basis, scope: (ScopeKind, &str), counts: &Counts, ledger: &mut Ledger) {
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

pub(super) fn work(scope: (ScopeKind, &str), counts: &Counts, ledger: &mut Ledger) {
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
pub(super) fn contacts(run: &Recorded, within: SimDuration, ledger: &mut Ledger) {
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
pub(super) fn peaks(run: &Recorded, ledger: &mut Ledger) {
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

pub(super) fn peaks_of(
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

/// O = A + B + C + D + F in every scope, and the ends of needs sum to all of them.
pub(super) fn fates_add_up(ledger: &mut Ledger) {
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
