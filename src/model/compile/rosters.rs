//! Who works which shift on which day, unrolled over the run by the wall clock.

use std::collections::BTreeMap;

use super::days::{ByDay, DaySelector};
use super::findings::Findings;
use super::names::Directory;
use super::shapes::selector;
use super::shifts::ShiftClock;
use super::timeline::{Timeline, days_since_1970};
use crate::calendar::Date;
use crate::diagnostic::Code;
use crate::model::{Duty, GroupShift, RunClock, ShiftPlan};
use crate::random::name_hash;
use crate::scenario::{Roster, ShiftHeads, Staffing, join};
use crate::time::{SimTime, US_PER_S};

/// The most people of a shift; what all together need is checked with the event slots.
const MOST_HEADS: u32 = 65_535;

/// People by shift of the scenario.
type Crew = BTreeMap<usize, u32>;

/// The plan of a group or office that works by shifts, whose staffing stands at `at`; `None` where it speaks of none.
pub(super) fn shift_plan(
    at: &str,
    of: &Staffing,
    shifts: &[ShiftClock],
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<ShiftPlan> {
    if !speaks_of_shifts(of) {
        return None;
    }
    let rosters = rosters(at, of, names, findings);
    let most = most_heads(&rosters);
    let rows: Vec<usize> = most.keys().copied().collect();
    let mut plan = ShiftPlan { shifts: Vec::new(), duties: Vec::new() };
    let mut first = 0_u32;
    for (&row, &heads) in &most {
        let end = (first + heads).min(MOST_HEADS);
        plan.shifts.push(GroupShift {
            name: names.shifts.name(row).into(),
            key: name_hash(names.shifts.name(row)),
            agents: first as u16..end as u16,
            breaks: shifts[row].breaks.iter().map(|pause| pause.row.clone()).collect(),
        });
        first = end;
    }
    for date in dates(timeline) {
        let kind = timeline.calendar.day_kind(date);
        for (&row, &heads) in rosters.on(date, kind).into_iter().flatten() {
            let Some(shift) = rows.iter().position(|&known| known == row) else { continue };
            plan.duties.extend(duty(shift, heads, &shifts[row], date, timeline));
        }
    }
    plan.duties.sort_by_key(|duty| (duty.start_us, duty.shift));
    Some(plan)
}

/// Whether a staffing names shifts at all.
pub(super) fn speaks_of_shifts(of: &Staffing) -> bool {
    !of.shifts.is_empty() || !of.shifts_on.is_empty() || of.roster.is_some()
}

/// The most people that each shift ever has; shifts that nobody works are left out.
fn most_heads(rosters: &ByDay<Crew>) -> Crew {
    let mut most = Crew::new();
    for (&row, &heads) in rosters.values().flatten().filter(|&(_, &heads)| heads > 0) {
        let known = most.entry(row).or_insert(0);
        *known = heads.max(*known);
    }
    most
}

/// What is said of which days.
fn rosters(staffing: &str, of: &Staffing, names: &Directory<'_>, findings: &mut Findings) -> ByDay<Crew> {
    let mut rosters = roster_rows(staffing, of, names, findings);
    let every = (!of.shifts.is_empty()).then_some((None, &of.shifts));
    let on_days = of.shifts_on.iter().map(|(day, heads)| (Some(day), heads));
    for (day, heads) in every.into_iter().chain(on_days) {
        let at = match day {
            None => format!("{staffing}.shifts"),
            Some(day) => join(&join(staffing, "shifts_on"), day),
        };
        let days = day.map_or(Some(DaySelector::Every), |day| selector(day, &at, findings));
        let crew = crew(heads, &at, names, findings);
        if days.is_some_and(|days| !rosters.say(days, crew)) {
            let message = "these days are spoken of twice";
            findings.add(Code::BAD_ROSTER, at, message, "take it out, or the other name of the same days");
        }
    }
    rosters
}

fn crew(heads: &ShiftHeads, at: &str, names: &Directory<'_>, findings: &mut Findings) -> Crew {
    let mut crew = Crew::new();
    for (shift, &heads) in heads {
        let at = join(at, shift);
        let heads = findings.number(&at, heads.into(), 0.0..=MOST_HEADS.into()) as u32;
        if let Some(row) = names.shifts.resolve(shift, &at, findings) {
            crew.insert(row, heads);
        }
    }
    crew
}

fn roster_rows(staffing: &str, of: &Staffing, names: &Directory<'_>, findings: &mut Findings) -> ByDay<Crew> {
    let mut rosters: ByDay<Crew> = ByDay::default();
    let rows = match &of.roster {
        Some(Roster::Rows(rows)) => rows.as_slice(),
        Some(Roster::File(file)) => {
            let message = format!("the roster in {file} has not been read in");
            let at = format!("{staffing}.roster");
            findings.add(Code::BAD_ROSTER, at, message, "load the scenario from its file");
            &[]
        }
        None => &[],
    };
    for (i, row) in rows.iter().enumerate() {
        let at = |key: &str| format!("{staffing}.roster[{i}].{key}");
        let days = selector(&row.day, &at("day"), findings);
        let shift = names.shifts.resolve(&row.shift, &at("shift"), findings);
        let heads = findings.number(&at("heads"), row.heads.into(), 0.0..=MOST_HEADS.into()) as u32;
        let (Some(days), Some(shift)) = (days, shift) else { continue };
        if rosters.entry(days).insert(shift, heads).is_some() {
            let message = format!("\"{}\" is given twice for the same days", row.shift);
            findings.add(Code::BAD_ROSTER, at("shift"), message, "keep one of the rows");
        }
    }
    rosters
}

/// The dates whose shifts may reach into the run: from the day before its first.
fn dates(timeline: &Timeline) -> impl Iterator<Item = Date> {
    let date_of = |unix_s| timeline.calendar.local(unix_s).date;
    let first = date_of(timeline.zero_unix_s).plus_days(-1);
    let count = first.days_until(date_of(timeline.end_unix_s - 1)) + 1;
    first.days(count.max(0) as u32)
}

/// A shift on one day; `None` if nobody works it or all of it lies outside the run.
fn duty(shift: usize, heads: u32, of: &ShiftClock, date: Date, timeline: &Timeline) -> Option<Duty> {
    let at = |second: u32| instant_us(date, second, timeline);
    let (start_us, end_us) = (at(of.start_s), at(of.end_s));
    let [begins_us, horizon_us] = [timeline.clock.begins, timeline.clock.horizon].map(|at| at.as_us() as i64);
    let touches = heads > 0 && end_us > start_us.max(begins_us) && start_us < horizon_us;
    touches.then(|| Duty {
        shift: shift as u16,
        day: days_since_1970(date),
        heads: heads as u16,
        start_us,
        end_us,
        breaks_us: of.breaks.iter().map(|pause| at(pause.from_s)).collect(),
    })
}

/// The instant at which the wall shows a time, the second counted from a date's midnight and perhaps on the next day.
fn instant_us(date: Date, second: u32, timeline: &Timeline) -> i64 {
    let (days, second) = (second / 86_400, second % 86_400);
    let unix_s = timeline.calendar.instant(date.plus_days(days.into()), second);
    (unix_s - timeline.zero_unix_s) * US_PER_S as i64
}

/// (from when, how many are on duty and not on a break if nobody is late or absent), the first at time zero, only changes.
pub(super) fn planned_heads(plan: &ShiftPlan, clock: &RunClock) -> Vec<(SimTime, u32)> {
    let begins_us = clock.begins.as_us() as i64;
    let mut changes: BTreeMap<i64, i64> = BTreeMap::from([(0, 0)]);
    let mut add = |from_us: i64, until_us: i64, heads: i64| {
        if until_us > from_us.max(begins_us) {
            *changes.entry(from_us.max(begins_us)).or_default() += heads;
            *changes.entry(until_us).or_default() -= heads;
        }
    };
    for duty in &plan.duties {
        let shift = &plan.shifts[usize::from(duty.shift)];
        add(duty.start_us, duty.end_us, duty.heads.into());
        for (index, pause) in shift.breaks.iter().enumerate() {
            for wave in 0..pause.waves.min(duty.heads) {
                let due = duty.break_due_us(shift, index, wave).max(duty.start_us);
                let together = (duty.heads - wave).div_ceil(pause.waves.max(1));
                add(due, (due + pause.length.as_us() as i64).min(duty.end_us), -i64::from(together));
            }
        }
    }
    let (mut heads, mut rows): (i64, Vec<(SimTime, u32)>) = (0, Vec::new());
    for (at_us, change) in changes.into_iter().filter(|&(at_us, _)| (at_us as u64) < clock.horizon.as_us()) {
        heads += change;
        let now = heads.max(0) as u32;
        if rows.last().is_none_or(|&(_, before)| before != now) {
            rows.push((SimTime::from_us(at_us as u64), now));
        }
    }
    rows
}
