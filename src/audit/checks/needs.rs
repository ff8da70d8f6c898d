//! Every need ends exactly once, and as its contacts say.

use std::cmp::Ordering;

use super::attempts::leaves_unmet;
use super::callbacks::offer_of;
use super::cases::{closing, may_be_reopened, resolves};
use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::{Run, attempts};
use crate::log::{CaseRow, LegFate, LegRow, LogTime, NeedEndName, NeedName, NeedRow, WebEndName};
use crate::time::SimDuration;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    // Needs that began before the run, tried counters, or went no further than the web site, end by checks of their own.
    let is_of_the_run = |need: &NeedName| {
        plan.start_cases(need).is_none()
            && (run.visits.is_empty() || run.visits_of(need).is_empty())
            && run.web.get(need).is_none_or(|web| web.end == WebEndName::Calls)
    };
    let ends = run.needs.chunk_by(|a, b| a.need == b.need);
    let mut ends = ends.filter(|end| is_of_the_run(&end[0].need)).peekable();
    for legs in run.legs_by_need().filter(|legs| is_of_the_run(&legs[0].need)) {
        let need = &legs[0].need;
        while let Some(end) = ends.next_if(|end| end[0].need.cmp(need) == Ordering::Less) {
            check.expect(false, || run.finding(&end[0].need, end[0].ended, "a contact of it", "none"));
        }
        match ends.next_if(|end| end[0].need == *need) {
            Some([end]) => ends_as_told(plan, run, (legs, run.case_of(need)), end, check),
            other => {
                let found = format!("{} ends", other.map_or(0, <[_]>::len));
                check.expect(false, || run.finding(need, legs[0].entered, "one end", found));
            }
        }
    }
    for end in ends {
        check.expect(false, || run.finding(&end[0].need, end[0].ended, "a contact of it", "none"));
    }
}

/// What the legs of a need say of its end.
pub(super) fn told(run: &Run<'_>, legs: &[&LegRow], end: NeedEndName) -> NeedRow {
    let (first, last) = (legs[0], legs[legs.len() - 1]);
    // Whoever was taken out of a queue of tier 2 was so by the agent of the leg before.
    let withdrawn = last.fate == LegFate::SentAway && last.outcome.is_some() && legs.len() > 1;
    let by = if withdrawn { legs[legs.len() - 2].tier } else { last.tier };
    let answered: Vec<_> = attempts(legs).filter_map(answer).collect();
    NeedRow {
        replication: first.replication,
        need: first.need.clone(),
        // Some come as another type after an attempt that failed; contacts about a case have types of their own.
        contact_type: legs
            .iter()
            .rfind(|leg| !leg.cause.is_about_case())
            .map_or(first, |leg| *leg)
            .contact_type
            .clone(),
        profile: first.profile.clone(),
        number: first.number.clone(),
        // Lookups of later attempts may end otherwise.
        recognised: last.recognised,
        first_attempt: run.began(first),
        attempts: attempts(legs).count() as u32,
        end,
        first_answered: answered.first().map(|&(at, _)| at),
        answered_after_s: answered.first().map(|&(_, after)| after),
        answered: answered.len() as u32,
        transferred: legs.iter().any(|leg| leg.transferred_to.is_some()),
        resolved_at: by.filter(|_| !leaves_unmet(last)),
        ended: last.caller_left(),
        district: None,
    }
}

/// When a contact was answered, and how long after it began: in its first queue, or by a callback.
fn answer(contact: &[&LegRow]) -> Option<(LogTime, SimDuration)> {
    let first = |leg: &&&LegRow| leg.leg == 0 || leg.is_callback();
    let leg = contact.iter().filter(first).find(|leg| leg.fate == LegFate::Answered)?;
    let after_us = leg.left.us_since(contact[0].entered);
    Some((leg.left, SimDuration::from_us(after_us.max(0) as u64)))
}

/// What the case of a need, which was not met by its opening, says of its end.
fn told_by_case(plan: &Plan<'_>, told: NeedRow, case: &[&CaseRow]) -> NeedRow {
    let (opened, closed) = (case[case.len() - 1].opened, closing(case));
    // It was closed, and was to be opened again beyond the horizon.
    let closed = closed.filter(|_| told.end != NeedEndName::Open);
    NeedRow {
        resolved_at: closed.map(|_| OFFICES_TIER),
        ended: told.ended.max(closed.unwrap_or(plan.horizon.max(opened))),
        ..told
    }
}

/// The tier of offices.
pub(super) const OFFICES_TIER: u32 = 3;

pub(super) fn ends_as_told(
    plan: &Plan<'_>,
    run: &Run<'_>,
    (legs, case): (&[&LegRow], &[&CaseRow]),
    row: &NeedRow,
    check: &mut Check,
) {
    let waits_for_case = !case.is_empty() && !resolves(plan, case);
    let mut told = told(run, legs, row.end);
    if waits_for_case {
        told = told_by_case(plan, told, case);
    }
    // Where citizens live no contact tells.
    told.district = row.district.clone();
    check.expect_of(legs[0], told == *row, || {
        let (expected, found) = differences(&told, row);
        (row.ended, format!("an end as its legs say, {expected}"), found)
    });
    let last = legs[legs.len() - 1];
    let ends = match (waits_for_case, closing(case)) {
        (false, _) => possible_ends(plan, run, last),
        (true, Some(_)) if may_be_reopened(plan, case) => vec![NeedEndName::Resolved, NeedEndName::Open],
        (true, Some(_)) => vec![NeedEndName::Resolved],
        (true, None) => vec![NeedEndName::Open],
    };
    check.expect_of(last, ends.contains(&row.end), || {
        let words: Vec<_> = ends.iter().map(|end| end.word()).collect();
        (row.ended, format!("a need that is {}", words.join(" or ")), format!("one that is {}", row.end))
    });
}

/// The columns in which two rows differ, each with its value.
pub(super) fn differences(told: &NeedRow, row: &NeedRow) -> (String, String) {
    let columns = |row: &NeedRow| {
        let NeedRow { contact_type, profile, number, recognised, .. } = row;
        let NeedRow { first_attempt, attempts, first_answered, answered_after_s, answered, .. } = row;
        let NeedRow { transferred, resolved_at, ended, .. } = row;
        [
            format!("caller {contact_type} {profile:?} {number:?} {recognised}"),
            format!("first attempt {}", first_attempt.0),
            format!("attempts {attempts}"),
            format!("answered {answered}, first at {first_answered:?} after {answered_after_s:?}"),
            format!("transferred {transferred}, resolved at {resolved_at:?}"),
            format!("ended {}", ended.0),
        ]
    };
    let (told, row) = (columns(told), columns(row));
    let different = |side: &[String], other: &[String]| {
        let pairs = side.iter().zip(other).filter(|(a, b)| a != b);
        pairs.map(|(a, _)| a.as_str()).collect::<Vec<_>>().join(", ")
    };
    (different(&told, &row), different(&row, &told))
}

/// How a need may end whose last leg was this one.
pub(super) fn possible_ends(plan: &Plan<'_>, run: &Run<'_>, last: &LegRow) -> Vec<NeedEndName> {
    if !leaves_unmet(last) {
        return vec![NeedEndName::Resolved];
    }
    if last.fate == LegFate::SentAway && plan.is_written(last) {
        return vec![NeedEndName::Open];
    }
    let offer = offer_of(plan, run, last).map(|(_, offer)| offer);
    let tries = offer.and_then(|offer| offer.callback.as_ref()).map_or(0, |callback| callback.tries);
    if last.fate == LegFate::NotReached && last.leg - run.own_leg(last).leg < tries {
        // The next try would have come when the run was over.
        return vec![NeedEndName::Open];
    }
    let rule = plan.again_after(last, offer).filter(|again| last.attempt.saturating_add(1) < again.at_most);
    match rule.map_or(0.0, |again| again.probability) {
        p if p <= 0.0 => vec![NeedEndName::GivenUp],
        p if p >= 1.0 => vec![NeedEndName::Open],
        _ => vec![NeedEndName::GivenUp, NeedEndName::Open],
    }
}
