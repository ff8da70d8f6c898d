//! Cases that are open when the run begins are as many and as old as the start state says, and their needs end as the cases do.

use super::cases::{closing, may_be_reopened, resolves};
use super::needs::OFFICES_TIER;
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::{Run, attempts};
use crate::audit::subject::Subject;
use crate::log::{CaseRow, LegFate, NeedEndName, NeedRow};
use crate::scenario::{Distribution, OpenCases};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, of) in plan.scenario.start_state.iter().flat_map(|state| &state.cases) {
        let process = Plan::process_of_cases(name);
        let cases: Vec<_> = run.cases_by_need().filter(|rows| *rows[0].need.process == *process).collect();
        check.expect(cases.len() == of.count as usize, || {
            run.finding(process.clone(), plan.begins, format!("{} open cases", of.count), cases.len())
        });
        for rows in cases {
            was_opened(plan, (name, of), rows[0], check);
            is_asked_about_by_its_citizen(run, of, rows[0], check);
            let ends: Vec<_> = run.needs.iter().copied().filter(|row| row.need == rows[0].need).collect();
            ends_with_its_case(plan, run, rows, &ends, check);
        }
    }
}

fn was_opened(plan: &Plan<'_>, (name, of): (&str, &OpenCases), row: &CaseRow, check: &mut Check) {
    let wanted = of.case_type.as_deref().unwrap_or(name);
    check.expect(&*row.case_type == wanted, || {
        row.finding(row.opened, format!("a case of type {wanted}"), &row.case_type)
    });
    let age = plan.begins.us_since(row.opened);
    let oldest = us(of.oldest());
    let fits = match &of.age {
        Distribution::Constant(exactly) => age == us(*exactly).min(oldest),
        _ => (0..=oldest).contains(&age),
    };
    check.expect(fits, || {
        row.finding(row.opened, format!("an age of at most {oldest} us"), format!("{age} us"))
    });
}

fn is_asked_about_by_its_citizen(run: &Run<'_>, of: &OpenCases, row: &CaseRow, check: &mut Check) {
    let same = |said: &Option<String>, is: Option<&str>| said.is_none() || said.as_deref() == is;
    for leg in run.legs_of(&row.need) {
        let fits = same(&of.profile, leg.profile.as_deref()) && same(&of.number, leg.number.as_deref());
        check.expect_of(leg, fits, || {
            (
                leg.entered,
                "the citizen of an open case".into(),
                format!("{:?} on {:?}", leg.profile, leg.number),
            )
        });
    }
}

/// As every need with a case; one that its opening met has ended before.
fn ends_with_its_case(
    plan: &Plan<'_>,
    run: &Run<'_>,
    rows: &[&CaseRow],
    ends: &[&NeedRow],
    check: &mut Check,
) {
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    let told = usize::from(!resolves(plan, rows));
    check.expect(ends.len() == told, || {
        first.finding(last.to, format!("{told} ends of its need"), ends.len())
    });
    let Some(end) = ends.first() else { return };
    let legs = run.legs_of(&first.need);
    let closed = closing(rows).filter(|_| end.end == NeedEndName::Resolved);
    let may_be_open = closing(rows).is_none() || may_be_reopened(plan, rows);
    let contacts: Vec<_> = attempts(legs).map(|contact| contact[0]).collect();
    let answered: Vec<_> = contacts.iter().filter(|leg| leg.fate == LegFate::Answered).collect();
    let left = legs.last().map_or(first.opened, |leg| leg.caller_left());
    let as_told = (
        end.attempts as usize == contacts.len() + 1,
        end.answered as usize == answered.len(),
        end.first_answered == answered.first().map(|leg| leg.left),
        end.resolved_at == closed.map(|_| OFFICES_TIER),
        end.ended == left.max(closed.unwrap_or(plan.horizon.max(last.opened))),
        end.end == NeedEndName::Resolved && closed.is_some() || end.end == NeedEndName::Open && may_be_open,
    );
    check.expect(as_told == (true, true, true, true, true, true), || {
        first.finding(end.ended, "an end as its case and contacts say", format!("{end:?}: {as_told:?}"))
    });
}
