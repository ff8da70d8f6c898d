//! Campaigns, greetings, what is written, and agents who ask others.

use super::{Ledger, counted, whole_grid};
use crate::support::Recorded;
use centralino::audit;
use centralino::log::{
    AfterDialName, DialEndName, DialRow, GreetingEndName, GreetingRow, LegFate, LegRow, LogTime,
};
use centralino::measures::{Basis, ScopeKind};

/// Dials of campaigns, by when they began to ring.
pub(super) fn dials(run: &Recorded, ledger: &mut Ledger) {
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
pub(super) fn greetings(run: &Recorded, ledger: &mut Ledger) {
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
pub(super) fn written(run: &Recorded, ledger: &mut Ledger) {
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
pub(super) fn consultations(run: &Recorded, ledger: &mut Ledger) {
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
