//! Cases and their contacts: opened by talks, asked about while open, complained of when closed.

use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{CaseRow, CaseStretchEnd, Cause, LegRow, LogTime, OutcomeName};
use crate::scenario::{CaseChoice, CaseType, ContactType, Distribution, OpenCases, Share};

/// The leg of a need that opened a case.
pub(super) fn opening_leg<'s, 'a>(legs: &'s [&'a LegRow]) -> Option<&'s &'a LegRow> {
    legs.iter().find(|leg| leg.outcome == Some(OutcomeName::Case))
}

/// Every talk that ends with a case opens one of a type that its contact type may open, and nothing else does.
pub fn examine_openings(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut opened = 0;
    for legs in run.legs_by_need() {
        let Some(leg) = opening_leg(legs) else { continue };
        let case = run.case_of(&leg.need).first();
        opened += usize::from(case.is_some());
        check.expect_of(leg, case.is_some(), || (leg.caller_left(), "a case".into(), "none".into()));
        let Some(case) = case else { continue };
        check.expect(case.opened == leg.caller_left(), || {
            case.finding(case.opened, "an opening when the talk ended", "another instant")
        });
        let may = plan
            .type_of(leg)
            .and_then(|of| of.case.as_ref())
            .is_some_and(|choice| may_be(choice, &case.case_type));
        check.expect(may, || {
            case.finding(case.opened, format!("a case that \"{}\" opens", leg.contact_type), &*case.case_type)
        });
    }
    let cases = run.cases_by_need().filter(|rows| plan.start_cases(&rows[0].need).is_none()).count();
    check.expect(cases == opened, || {
        run.finding("cases", plan.horizon, format!("{opened} cases, one for each talk that ended so"), cases)
    });
}

fn may_be(choice: &CaseChoice, name: &str) -> bool {
    match choice {
        CaseChoice::One(one) => one == name,
        CaseChoice::Shares(shares) => shares.iter().any(|(key, share)| match share {
            Share::Part(part) => key == name && *part > 0.0,
            Share::Rest(rest) => rest == name,
        }),
    }
}

/// Who contacts the center about a case has one that is open, or was closed without their knowing, or closed and something is wrong with it.
pub fn examine_news(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for legs in run.legs_by_need() {
        let firsts = legs.iter().filter(|leg| leg.leg == 0);
        let mut before: Option<&LegRow> = None;
        for leg in firsts {
            if leg.cause.is_about_case() {
                asks(plan, run, legs, leg, check);
            }
            let in_order = leg.cause.is_about_case() || before.is_none_or(|b| !b.cause.is_about_case());
            check.expect_of(leg, in_order, || {
                (leg.entered, "only contacts about the case once there is one".into(), leg.cause.to_string())
            });
            before = Some(leg);
        }
    }
}

/// A contact about a case comes at a time at which it may, and from the caller of before, who has left.
fn asks(plan: &Plan<'_>, run: &Run<'_>, legs: &[&LegRow], leg: &LegRow, check: &mut Check) {
    let case = run.case_of(&leg.need);
    let Some(of) = case.first().and_then(|row| plan.scenario.case_types.get(&*row.case_type)) else {
        return check.expect_of(leg, false, || (leg.entered, "a case".into(), "none".into()));
    };
    let openings: Vec<_> = case.chunk_by(|a, b| a.opened == b.opened).collect();
    let last = openings.iter().rfind(|rows| rows[0].opened <= leg.entered).copied();
    let wanted = match leg.cause {
        Cause::Status => {
            wants_news(plan, of, (legs, last.unwrap_or_default()), (leg, run.called(leg)), check)
        }
        _ => complains(of, last.unwrap_or_default(), leg, check),
    };
    let of_need = match plan.start_cases(&leg.need) {
        // As of the last contact before the case, which may have come another way than the first.
        None => legs.iter().rfind(|other| !other.cause.is_about_case()).map(|other| &*other.contact_type),
        Some((name, of)) => wanted_before(plan, name, of),
    };
    let types = wanted.iter().filter_map(|name| name.or(of_need)).collect::<Vec<_>>();
    check.expect_of(leg, types.contains(&&*leg.contact_type), || {
        (leg.entered, format!("a contact of type {}", types.join(" or ")), leg.contact_type.to_string())
    });
    let before = legs.iter().rfind(|other| other.attempt < leg.attempt);
    // A call may be in the menu at the horizon.
    let called = run.called(leg);
    let has_left = before.is_none_or(|before| {
        before.caller_left() <= called
            && (&before.profile, &before.number) == (&leg.profile, &leg.number)
            && (before.recognised == leg.recognised || plan.lookups_may_fail())
    });
    check.expect_of(leg, has_left && called < plan.horizon, || {
        (called, "the caller of before, who has left".into(), "another, or one on the line".into())
    });
}

/// What a contact wanted that opened a case before the start: what is said, or the only type that opens such cases.
fn wanted_before<'a>(plan: &Plan<'a>, name: &'a str, of: &'a OpenCases) -> Option<&'a str> {
    let case_type = of.case_type.as_deref().unwrap_or(name);
    let opens = |of: &ContactType| of.case.as_ref().is_some_and(|choice| is_named(choice, case_type));
    let only = plan.scenario.contact_types.iter().find(|(_, of)| opens(of)).map(|(name, _)| name.as_str());
    of.contact_type.as_deref().or(only)
}

/// Whether a choice names a case type, with whatever share.
fn is_named(choice: &CaseChoice, name: &str) -> bool {
    match choice {
        CaseChoice::One(one) => one == name,
        CaseChoice::Shares(shares) => shares.iter().any(|(key, share)| match share {
            Share::Part(_) => key == name,
            Share::Rest(rest) => rest == name,
        }),
    }
}

/// Whoever calls for news at `at` has a case that is open then, or of whose closing nothing was heard. The types that the contact may be of.
fn wants_news<'a>(
    plan: &Plan<'_>,
    of: &'a CaseType,
    (legs, rows): (&[&LegRow], &[&CaseRow]),
    (leg, at): (&LegRow, LogTime),
    check: &mut Check,
) -> Vec<Option<&'a str>> {
    let (Some(status), Some(first)) = (&of.status_contacts, rows.first()) else {
        check.expect_of(leg, false, || (leg.entered, "a case that one asks about".into(), "none".into()));
        return vec![];
    };
    let closed = closing(rows).unwrap_or(plan.horizon);
    let heard = |at: LogTime| {
        // A talk may take no time at all.
        let before = legs.iter().filter(|other| (other.attempt, other.leg) < (leg.attempt, leg.leg));
        let mut told = before.filter(|other| other.outcome == Some(OutcomeName::Resolved));
        told.any(|other| {
            other.cause == Cause::Status && closed <= other.caller_left() && other.caller_left() <= at
        })
    };
    let knows_from = of.message.as_ref().map(|message| match &message.delay {
        Distribution::Constant(delay) if message.campaign.is_none() => LogTime(closed.0 + us(*delay)),
        _ => plan.horizon,
    });
    let is_open = match knows_from {
        None => at <= closed,
        Some(from) => at <= closed || at <= from && !heard(at),
    };
    check.expect_of(leg, is_open, || (at, "an open case".into(), "a closed one".into()));
    let late = first.due.is_some_and(|due| due <= at);
    let moved = status.hazard_per_day_open > 0.0 || status.hazard_per_day_late > 0.0 && late;
    check.expect_of(leg, moved, || (at, "a case that is late".into(), "one in time".into()));
    vec![status.contact_type.as_deref()]
}

/// Whoever complains has a case that was closed, and a reason. The types that the contact may be of.
fn complains<'a>(
    of: &'a CaseType,
    rows: &[&CaseRow],
    leg: &LegRow,
    check: &mut Check,
) -> Vec<Option<&'a str>> {
    let is_closed = closing(rows).is_some_and(|closed| closed <= leg.entered);
    check.expect_of(leg, is_closed, || (leg.entered, "a closed case".into(), "an open one".into()));
    let reopening = of.reopening.as_ref().filter(|of| of.probability > 0.0);
    let reopening = reopening.and_then(|of| of.contact_type.as_deref()).map(Some);
    let calls_back = of.message.as_ref().and_then(|of| of.calls_back.as_ref());
    let calls_back = calls_back.filter(|of| of.probability > 0.0).map(|of| of.contact_type.as_deref());
    reopening.into_iter().chain(calls_back).collect()
}

/// When a case was closed for good.
pub(super) fn closing(rows: &[&CaseRow]) -> Option<LogTime> {
    rows.last().filter(|row| row.end == CaseStretchEnd::Closed).map(|row| row.to)
}

/// Whether opening a case has met its need.
pub(super) fn resolves(plan: &Plan<'_>, rows: &[&CaseRow]) -> bool {
    rows.first().and_then(|row| plan.scenario.case_types.get(&*row.case_type)).is_some_and(|of| of.resolves)
}

/// Whether a closed case may be opened again.
pub(super) fn may_be_reopened(plan: &Plan<'_>, rows: &[&CaseRow]) -> bool {
    let of = rows.first().and_then(|row| plan.scenario.case_types.get(&*row.case_type));
    of.and_then(|of| of.reopening.as_ref()).is_some_and(|of| of.probability > 0.0)
}
