//! The life of a case: due as its type says, from office to office on its way, closed, and perhaps opened again.

use super::cases::may_be_reopened;
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{CaseRow, CaseStretchEnd, Cause, LogTime, OutcomeName};
use crate::scenario::{CaseType, Distribution};

/// The rows of a case since its opening tell of one case: offices and due time are those of its type, its stretches follow one another.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for rows in run.openings() {
        let first = rows[0];
        let Some(of) = plan.scenario.case_types.get(&*first.case_type) else {
            check.expect(false, || first.finding(first.opened, "a known case type", &first.case_type));
            continue;
        };
        let due = of
            .due
            .zip(plan.offices.get(of.office.as_str()))
            .and_then(|(due, office)| office.due(due, first.opened));
        check.expect(due == first.due, || {
            first.finding(first.opened, format!("due at {due:?}"), format!("{:?}", first.due))
        });
        rows.windows(2).for_each(|pair| follows(pair[0], pair[1], check));
        rows.iter().for_each(|row| is_within_the_run(plan, row, check));
        let starts_anew = first.pass.is_none_or(|pass| pass == 0);
        check
            .expect(starts_anew, || first.finding(first.opened, "pass 0 first", format!("{:?}", first.pass)));
        goes_its_way(of, rows, check);
        let last = rows[rows.len() - 1];
        let ended = matches!(last.end, CaseStretchEnd::Closed | CaseStretchEnd::Open);
        check.expect(ended, || last.finding(last.to, "a closing, or an end of the run", last.end.word()));
    }
}

fn follows(before: &CaseRow, row: &CaseRow, check: &mut Check) {
    let handed_over = before.end == CaseStretchEnd::HandedOver;
    let same = (&before.case_type, before.opened, before.due) == (&row.case_type, row.opened, row.due)
        && (handed_over || before.office == row.office);
    check.expect(same, || row.finding(row.to, "the case of the stretch before", "another"));
    let goes_on = matches!(before.end, CaseStretchEnd::Interrupted | CaseStretchEnd::Reworked) || handed_over;
    check.expect(goes_on, || row.finding(row.to, "nothing after it is over", row.end.word()));
    let passes = match before.end {
        CaseStretchEnd::HandedOver => Some(0),
        end => before.pass.map(|pass| pass + u32::from(end == CaseStretchEnd::Reworked)),
    };
    check.expect(row.from.is_none() || row.pass == passes, || {
        row.finding(row.to, format!("pass {passes:?}"), format!("{:?}", row.pass))
    });
    check.expect(row.from.is_none_or(|from| from >= before.to), || {
        row.finding(row.to, "one stretch after the other", "two at once")
    });
}

fn is_within_the_run(plan: &Plan<'_>, row: &CaseRow, check: &mut Check) {
    let Some(from) = row.from else {
        let right = row.end == CaseStretchEnd::Open && row.to >= plan.horizon.max(row.opened);
        return check.expect(right, || row.finding(row.to, "open at the end of the run", row.end.word()));
    };
    let right =
        row.end != CaseStretchEnd::Open && row.opened <= from && from <= row.to && from < plan.horizon;
    check.expect(right && row.to <= plan.horizon, || {
        row.finding(from, "a stretch between the opening and the horizon", format!("until {:?}", row.to))
    });
}

/// The offices of a case type in their order, each with the part of the cases that go there and its work.
fn way(of: &CaseType) -> Vec<(&str, f64, &Distribution)> {
    let mut stages: Vec<_> = of.hand_over.values().collect();
    stages.sort_by_key(|stage| stage.order);
    let later = stages.into_iter().map(|stage| (stage.office.as_str(), stage.share, &stage.work));
    std::iter::once((of.office.as_str(), 1.0, &of.work)).chain(later).collect()
}

/// A case passes by only what it may, and is closed only where no office must follow.
fn goes_its_way(of: &CaseType, rows: &[&CaseRow], check: &mut Check) {
    let way = way(of);
    let mut next = 0;
    for stay in rows.chunk_by(|a, _| a.end != CaseStretchEnd::HandedOver) {
        let (first, last) = (stay[0], stay[stay.len() - 1]);
        let place = way.iter().position(|&(office, ..)| office == &*first.office);
        let possible = place.is_some_and(|place| {
            place >= next && way[place].1 > 0.0 && way[next..place].iter().all(|&(_, share, _)| share < 1.0)
        });
        check.expect(possible, || {
            let expected = way[next..].iter().map(|&(office, ..)| office).collect::<Vec<_>>().join(" or ");
            first.finding(first.to, format!("one of {expected}"), &first.office)
        });
        let Some(place) = place else { return };
        next = place + 1;
        let is_last =
            last.end != CaseStretchEnd::Closed || way[next..].iter().all(|&(_, share, _)| share < 1.0);
        check.expect(is_last, || last.finding(last.to, "another office after this one", "a closing"));
        work_is_whole(way[place].2, stay, check);
    }
}

/// Where work is constant each pass that is done takes that long, interruptions or not.
fn work_is_whole(work: &Distribution, rows: &[&CaseRow], check: &mut Check) {
    let Distribution::Constant(work) = work else { return };
    let mut done = 0;
    for row in rows {
        done += row.from.map_or(0, |from| row.to.us_since(from));
        if !matches!(row.end, CaseStretchEnd::Interrupted | CaseStretchEnd::Open) {
            check
                .expect(done == us(*work), || row.finding(row.to, format!("{} us of work", us(*work)), done));
            done = 0;
        }
    }
}

/// A case is opened again only after its closing, if its type may be, when its delay is over or its citizen was heard.
pub fn examine_reopenings(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for case in run.cases_by_need() {
        let openings: Vec<_> = case.chunk_by(|a, b| a.opened == b.opened).collect();
        for pair in openings.windows(2) {
            let (before, again) = (pair[0][pair[0].len() - 1], pair[1][0]);
            let may_be = may_be_reopened(plan, case)
                && before.end == CaseStretchEnd::Closed
                && before.to <= again.opened
                && again.opened < plan.horizon;
            check.expect(may_be, || again.finding(again.opened, "no case after this one", "another opening"));
            let of = plan.scenario.case_types.get(&*again.case_type);
            let Some(reopening) = of.and_then(|of| of.reopening.as_ref()) else { continue };
            let expected = match (&reopening.contact_type, &reopening.delay) {
                (Some(_), _) => run.legs_of(&again.need).iter().any(|leg| {
                    leg.cause == Cause::Complaint
                        && leg.outcome == Some(OutcomeName::Resolved)
                        && leg.caller_left() == again.opened
                }),
                (None, Distribution::Constant(delay)) => again.opened == LogTime(before.to.0 + us(*delay)),
                _ => true,
            };
            check.expect(expected, || {
                again.finding(again.opened, "a reason to open it again at this time", "none")
            });
        }
    }
}
