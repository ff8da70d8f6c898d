//! A visit is prepared by the office of its booking, from the booking on, for as long as it takes; it is shorter if that was done when it began. That the work was
//! done in the office's hours, by its people and in its order is looked into with its cases.

use super::visits::is_booked;
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::log::{LogTime, PreparationEndName, PreparationRow, VisitEndName, VisitRow};
use crate::scenario::{Distribution, Preparation};

/// Each booked visit has as much work done for it as its booking says, and is prepared exactly if that is done.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut seen = 0;
    for visit in &run.visits {
        let booking = plan.scenario.services.get(&*visit.service).and_then(|of| of.booking.as_ref());
        let rule = booking.and_then(|booking| booking.preparation.as_ref()).filter(|_| is_booked(visit));
        let rows = run.preparations_of(&visit.need, visit.number);
        seen += rows.len();
        let share = rule.map_or(0.0, |rule| rule.share);
        let is_piece = !rows.is_empty();
        check.expect(if is_piece { share > 0.0 } else { share < 1.0 }, || {
            visit.finding(visit.asked, format!("a share of {share} to be prepared"), is_piece)
        });
        if let (Some(rule), true) = (rule, is_piece) {
            goes_on(plan, rule, visit, rows, check);
        }
        is_prepared_if_done(visit, rows, check);
    }
    check.expect(seen == run.preparations.len(), || {
        let visit = run.preparations.first().map(|row| row.need.to_string()).unwrap_or_default();
        run.finding(
            format!("preparations, {visit} among them"),
            plan.horizon,
            format!("{} of visits that were booked", run.preparations.len()),
            seen,
        )
    });
}

/// From when on nobody needs a preparation any more: its visit has begun, or is over without.
fn over(visit: &VisitRow) -> Option<LogTime> {
    let ended = (visit.end != VisitEndName::Open).then_some(visit.ended);
    visit.began.or(ended)
}

/// Work on a preparation goes on from the booking until it is done, taken out, or the run is over.
fn goes_on(
    plan: &Plan<'_>,
    rule: &Preparation,
    visit: &VisitRow,
    rows: &[&PreparationRow],
    check: &mut Check,
) {
    let over = over(visit).unwrap_or(LogTime(i64::MAX));
    let mut before = visit.asked.max(plan.begins);
    for (place, row) in rows.iter().enumerate() {
        let same = (*row.service == *visit.service, *row.office == *rule.office) == (true, true)
            && (row.asked, Some(row.slot)) == (visit.asked, visit.slot);
        check.expect(same, || visit.finding(row.to, "the preparation of this visit", format!("{row:?}")));
        let begins = row.from.unwrap_or(row.to);
        let in_order = before <= begins && begins <= row.to;
        let in_run = row.from.is_none_or(|from| from < plan.horizon && row.to <= plan.horizon);
        check.expect(in_order && in_run, || {
            visit.finding(row.to, format!("work after {} and within the run", before.0), format!("{row:?}"))
        });
        check.expect(row.from.is_none_or(|from| from <= over), || {
            visit.finding(begins, "nobody who begins with what nobody needs", "one who does")
        });
        check.expect(ends_so(visit, row, over, place + 1 == rows.len()), || {
            visit.finding(row.to, "an end of work that fits its visit", format!("{row:?}"))
        });
        before = row.to;
    }
    work_is_whole(rule, visit, rows, check);
}

/// Whether a row may end so, with others after it or not.
fn ends_so(visit: &VisitRow, row: &PreparationRow, over: LogTime, is_last: bool) -> bool {
    let fits = match (row.end, row.from) {
        (PreparationEndName::Done, from) => from.is_some(),
        (PreparationEndName::Interrupted, from) => from.is_some() && row.to <= over,
        (PreparationEndName::Withdrawn, None) => row.to == over,
        (PreparationEndName::Withdrawn, Some(_)) => row.to >= over,
        (PreparationEndName::Open, from) => {
            from.is_none() && visit.end == VisitEndName::Open && row.to == visit.ended
        }
    };
    fits && is_last == (row.end != PreparationEndName::Interrupted)
}

/// Where work is constant it takes as long if it is done, and less if it is not.
fn work_is_whole(rule: &Preparation, visit: &VisitRow, rows: &[&PreparationRow], check: &mut Check) {
    let Distribution::Constant(work) = rule.work else { return };
    let worked: i64 = rows.iter().map(|row| row.from.map_or(0, |from| row.to.us_since(from))).sum();
    let done = rows.iter().any(|row| row.end == PreparationEndName::Done);
    let (work, at) = (us(work), rows[rows.len() - 1].to);
    check.expect(if done { worked == work } else { worked <= work }, || {
        visit.finding(at, format!("{work} us of work, done: {done}"), worked)
    });
}

/// A visit is prepared if the work was done when it began, or was over without beginning. Ends of work come first at an instant.
fn is_prepared_if_done(visit: &VisitRow, rows: &[&PreparationRow], check: &mut Check) {
    let done = rows.iter().find(|row| row.end == PreparationEndName::Done);
    let over = over(visit).unwrap_or(LogTime(i64::MAX));
    let took_time = done.is_some_and(|row| row.from.is_some_and(|from| from < row.to));
    let is = done.is_some_and(|row| row.to <= over);
    let is_tie = !took_time && done.is_some_and(|row| row.to == over);
    check.expect(visit.prepared == is || is_tie, || {
        visit.finding(visit.ended, format!("prepared: {is}"), visit.prepared)
    });
}
