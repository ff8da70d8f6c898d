//! Citizens who try the web site first: those whom it helps never call, the others call when they said, give up, or would have called when the run was over.

use crate::audit::plan::{CELL_US, Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{Cause, LegRow, LogTime, NeedEndName, NeedRow, WebEndName, WebRow};
use crate::scenario::{Distribution, WebFirst};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for row in run.web.values() {
        let of = plan.scenario.contact_types.get(&*row.contact_type).and_then(|of| of.web.as_ref());
        check.expect(of.is_some(), || row.finding(row.tried, "a type about which it is tried", "another"));
        let Some(of) = of else { continue };
        may_end_so(plan, of, row, check);
        begins_in_its_cell(plan, row, check);
        let legs = run.legs_of(&row.need);
        match row.end {
            WebEndName::Calls => calls(run, legs, row, check),
            WebEndName::Solved => never_calls(run, row, NeedEndName::Resolved, check),
            WebEndName::GivesUp => never_calls(run, row, NeedEndName::GivenUp, check),
            WebEndName::Open => never_calls(run, row, NeedEndName::Open, check),
        }
    }
    for legs in run.legs_by_need() {
        calls_as_it_is_said(plan, run, legs[0], check);
    }
}

/// A part of citizens, or of a profile's.
fn part(of: f64, by: &std::collections::BTreeMap<String, f64>, profile: Option<&str>) -> f64 {
    profile.and_then(|profile| by.get(profile)).copied().unwrap_or(of)
}

/// Parts of 0 and 1 leave no choice, and a constant delay none either.
fn may_end_so(plan: &Plan<'_>, of: &WebFirst, row: &WebRow, check: &mut Check) {
    let profile = row.profile.as_deref();
    let solved = part(of.solved, &of.solved_by, profile);
    let may = part(of.share, &of.share_by, profile) > 0.0
        && match row.end {
            WebEndName::Solved => solved > 0.0,
            WebEndName::GivesUp => solved < 1.0 && of.calls < 1.0,
            WebEndName::Calls | WebEndName::Open => solved < 1.0 && of.calls > 0.0,
        };
    check.expect(may, || row.finding(row.tried, "an end that the type allows", row.end));
    check.expect((row.end == WebEndName::Calls) == row.again.is_some(), || {
        row.finding(row.tried, "when the center is contacted", format!("{:?}", row.again))
    });
    let least = match &of.delay {
        None => Some(row.tried),
        Some(Distribution::Constant(delay)) => Some(LogTime(row.tried.0 + us(*delay))),
        Some(_) => None,
    };
    let in_time = match (row.end, row.again, least) {
        (WebEndName::Calls, Some(again), least) => {
            again < plan.horizon && again >= row.tried && least.is_none_or(|least| again == least)
        }
        (WebEndName::Open, _, Some(least)) => least >= plan.horizon,
        _ => true,
    };
    check.expect(in_time, || row.finding(row.tried, "the delay of the type", format!("{:?}", row.again)));
}

fn begins_in_its_cell(plan: &Plan<'_>, row: &WebRow, check: &mut Check) {
    let offset_us = row.tried.0.saturating_sub(row.need.cell.saturating_mul(CELL_US));
    let within = (0..=CELL_US).contains(&offset_us) && (plan.begins..plan.horizon).contains(&row.tried);
    check.expect(within, || row.finding(row.tried, "a need of its quarter-hour within the run", "another"));
    let of = plan.scenario.arrivals.get(&*row.need.process);
    check.expect(of.is_some_and(|of| of.replay.is_none() && of.service.is_none()), || {
        row.finding(row.tried, "a need that no log and no counter brings", "another")
    });
}

/// The first contact comes when it was said, from the same citizen.
fn calls(run: &Run<'_>, legs: &[&LegRow], row: &WebRow, check: &mut Check) {
    let Some(first) = legs.first() else {
        return check.expect(false, || row.finding(row.tried, "a contact after it", "none"));
    };
    let fits = first.cause == Cause::Web && first.attempt == 0 && Some(run.called(first)) == row.again;
    check.expect(fits, || row.finding(row.tried, "a first contact after it", first.cause));
    let same = (&first.contact_type, &first.profile, &first.number)
        == (&row.contact_type, &row.profile, &row.number);
    check.expect(same, || row.finding(row.tried, "a contact of the same citizen", &first.contact_type));
}

fn never_calls(run: &Run<'_>, row: &WebRow, end: NeedEndName, check: &mut Check) {
    check.expect(run.legs_of(&row.need).is_empty(), || row.finding(row.tried, "no contact", "one"));
    let from = run.needs.partition_point(|need| need.need < row.need);
    let ends: Vec<_> = run.needs[from..].iter().take_while(|need| need.need == row.need).collect();
    let [need] = ends[..] else {
        return check.expect(false, || row.finding(row.tried, "one end of its need", ends.len()));
    };
    let told = NeedRow {
        replication: row.replication,
        need: row.need.clone(),
        contact_type: row.contact_type.clone(),
        profile: row.profile.clone(),
        number: row.number.clone(),
        recognised: need.recognised,
        first_attempt: row.tried,
        end,
        ended: row.tried,
        district: need.district.clone(),
        ..NeedRow::default()
    };
    check.expect(told == **need, || row.finding(row.tried, "an end without a contact", format!("{need:?}")));
}

/// Who called after the web site has tried it; and where all do, nobody calls first.
fn calls_as_it_is_said(plan: &Plan<'_>, run: &Run<'_>, first: &LegRow, check: &mut Check) {
    let tried = run.web.get(&first.need).is_some_and(|web| web.end == WebEndName::Calls);
    check.expect_of(first, tried == (first.cause == Cause::Web), || {
        (first.entered, "a visit to the web site before such a contact".into(), first.cause.to_string())
    });
    let of = plan.scenario.contact_types.get(&*first.contact_type).and_then(|of| of.web.as_ref());
    let arrivals = plan.scenario.arrivals.get(&*first.need.process);
    let may_try = arrivals.is_some_and(|of| of.replay.is_none() && of.service.is_none());
    let (Some(of), true) = (of, may_try) else { return };
    let all = part(of.share, &of.share_by, first.profile.as_deref()) >= 1.0;
    check.expect_of(first, !all || tried, || {
        (first.entered, "a visit to the web site first".into(), first.cause.to_string())
    });
}
