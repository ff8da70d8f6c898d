//! Offices that are staffed by shifts: who is down for which, with the breaks, while the office is open.

use super::findings::{Findings, path};
use super::names::Directory;
use super::rosters::shift_plan;
use super::shifts::shifts;
use super::timeline::Timeline;
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{Duty, GroupShift, OfficeDuty};
use crate::scenario::{self as document, Scenario};
use crate::time::SimTime;

/// From when to when.
type Stretch = (SimTime, SimTime);

/// An office is staffed by numbers or by shifts.
pub(super) fn check_staffed(name: &str, of: &document::Office, findings: &mut Findings) {
    let by_numbers = of.staff.is_some() || !of.staff_on.is_empty();
    let at = path(&["offices", name]);
    match (by_numbers, of.works_by_shifts()) {
        (true, true) => {
            let message = format!("\"{name}\" is staffed both by numbers and by shifts");
            findings.add(Code::BAD_OFFICE, at, message, "keep one of `staff` and `shifts`");
        }
        (_, false) if of.staff.is_none() => {
            let message = format!("nothing says who works in \"{name}\"");
            findings.add(Code::BAD_OFFICE, at, message, "add `staff`, or `shifts`");
        }
        _ => {}
    }
}

/// Who of an office is down for which shift; `None` if it is staffed by numbers.
pub(super) fn duties(
    scenario: &Scenario,
    names: &Directory<'_>,
    (name, of): (&str, &document::Office),
    hours: &Hours,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Vec<OfficeDuty>> {
    // What is wrong with the shifts is told where groups are compiled.
    let clocks = shifts(scenario, &mut Findings::default());
    let plan =
        shift_plan(&path(&["offices", name]), &of.staffing_by_shifts(), &clocks, names, timeline, findings)?;
    let open = open_times(hours, timeline);
    let people = plan.duties.iter().flat_map(|duty| {
        let shift = &plan.shifts[usize::from(duty.shift)];
        let open = &open;
        (0..duty.heads).map(move |head| OfficeDuty {
            shift: shift.key,
            head,
            day: duty.day,
            there: there(duty, shift, head, open),
        })
    });
    Some(people.filter(|duty| !duty.there.is_empty()).collect())
}

/// When the office is open within the run.
fn open_times(hours: &Hours, timeline: &Timeline) -> Vec<Stretch> {
    let changes = hours.changes(&timeline.calendar, timeline.begins_unix_s, timeline.end_unix_s);
    let ends = changes.iter().skip(1).map(|change| change.0).chain([timeline.end_unix_s]);
    let open = changes.iter().zip(ends).filter(|(change, _)| change.1);
    open.map(|(&(from, _), until)| (timeline.sim_time(from), timeline.sim_time(until))).collect()
}

/// When a person on duty is there: not on a break, and not while the office is closed.
fn there(duty: &Duty, shift: &GroupShift, head: u16, open: &[Stretch]) -> Vec<Stretch> {
    let at = |us: i64| SimTime::from_us(us.max(0) as u64);
    let breaks = shift.breaks.iter().zip(&duty.breaks_us);
    let mut pauses: Vec<(i64, i64)> = breaks
        .map(|(pause, &first)| {
            let wave = i64::from(head % pause.waves.max(1));
            let from = first + wave * pause.every.as_us() as i64;
            (from, from + pause.length.as_us() as i64)
        })
        .collect();
    pauses.sort_unstable();
    let starts = std::iter::once(duty.start_us).chain(pauses.iter().map(|pause| pause.1));
    let ends = pauses.iter().map(|pause| pause.0).chain([duty.end_us]);
    let stretches: Vec<Stretch> = starts.zip(ends).map(|(from, until)| (at(from), at(until))).collect();
    let both = stretches.iter().flat_map(|&(from, until)| {
        let first = open.partition_point(|&(_, closes)| closes <= from);
        let within = open[first..].iter().take_while(move |&&(opens, _)| opens < until);
        within.map(move |&(opens, closes)| (opens.max(from), closes.min(until)))
    });
    both.filter(|(from, until)| from < until).collect()
}
