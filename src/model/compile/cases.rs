//! Offices and case types: who is at work when, what is due when, who asks for news.

use std::collections::BTreeSet;

use super::case_ways as ways;
use super::days::{ByDay, DayPlan, unroll};
use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::{Directory, Names};
use super::office_shifts;
use super::openings::hours;
use super::outcomes::{REST, check_sum};
use super::shapes::selector;
use super::staffing::{nobody_before, plan};
use super::timeline::{Timeline, days_since_1970};
use crate::calendar::Hours;
use crate::diagnostic::Code;
use crate::model::{
    CaseChoice, CaseType, CaseTypeId, ContactType, ContactTypeId, DueRule, Office, OfficeAbsence, OfficeDuty,
    OfficeId, OpenStretch, Outcome, OutcomeTables, Outcomes, Status, WorkingDay, WorkingTime, people_on,
};
use crate::random::name_hash;
use crate::scenario::{self as document, Due, Scenario, Share};
use crate::time::{SimDuration, SimTime, US_PER_S};

const DAY_S: f64 = 86_400.0;
/// The longest due time, in working days.
const MOST_WORKING_DAYS: f64 = 1_000.0;
/// The longest due time, in hours.
const MOST_HOURS: f64 = 10_000.0;
/// The most contacts that ask for news in a day.
const MOST_A_DAY: f64 = 1_000.0;
/// The largest part of an office's people who are away.
const MOST_ABSENT: f64 = 0.99;
/// How much shorter and longer talks with recognised callers may be.
const LEAST_TIMES: f64 = 0.01;
const MOST_TIMES: f64 = 100.0;
/// How far beyond the horizon opening times are laid out at first, in days; twice as far each time they do not suffice.
const FIRST_REACH: i64 = 60;
/// No office's opening times are laid out further.
const LAST_REACH: i64 = 10 * 366;

/// The offices, sorted by name.
pub(super) fn offices(
    scenario: &Scenario,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Office> {
    scenario
        .offices
        .iter()
        .map(|(name, of)| office(scenario, names, (name, of), timeline, findings))
        .collect()
}

fn office(
    scenario: &Scenario,
    names: &Directory<'_>,
    (name, of): (&str, &document::Office),
    timeline: &Timeline,
    findings: &mut Findings,
) -> Office {
    let hours = hours(of.hours.as_deref(), &path(&["offices", name, "hours"]), findings);
    let hours = hours.unwrap_or_else(Hours::always);
    office_shifts::check_staffed(name, of, findings);
    let share = findings.number(&path(&["offices", name, "absence"]), of.absence, 0.0..=MOST_ABSENT);
    let dues: Vec<Due> = scenario
        .case_types
        .values()
        .filter(|case| case.office == name)
        .filter_map(|case| case.due.filter(|&due| is_believed(due)))
        .collect();
    let duties = office_shifts::duties(scenario, names, (name, of), &hours, timeline, findings);
    let at_work = match &duties {
        Some(duties) => people_on(duties.iter()),
        None => at_work(&staff(name, of, timeline, findings), &hours, share > 0.0, timeline),
    };
    Office {
        name: name.into(),
        discipline: of.discipline,
        absence: (share > 0.0).then(|| absence(name, share, (&at_work, duties), timeline)),
        at_work,
        worked_by: Vec::new(),
        calendar: working_time(&hours, &dues, timeline),
    }
}

/// How many people are down for work, (from when in unix seconds, how many).
fn staff(name: &str, of: &document::Office, timeline: &Timeline, findings: &mut Findings) -> Vec<(i64, u32)> {
    let at = path(&["offices", name, "staff"]);
    let every = of.staff.as_ref().and_then(|staff| plan(staff, &at, findings)).unwrap_or(vec![(0, 0)]);
    let on_days = staff_on(name, of, findings);
    unroll(timeline.begun(), |stretch| on_days.on(stretch.date, stretch.kind).unwrap_or(&every).clone())
}

/// The staff of days that have their own.
fn staff_on(name: &str, of: &document::Office, findings: &mut Findings) -> ByDay<DayPlan<u32>> {
    let mut on_days = ByDay::default();
    for (day, heads) in &of.staff_on {
        let at = path(&["offices", name, "staff_on", day]);
        let days = selector(day, &at, findings);
        let (Some(days), Some(plan)) = (days, plan(heads, &at, findings)) else { continue };
        if !on_days.say(days, plan) {
            let message = "these days are spoken of twice";
            findings.add(Code::BAD_STAFFING, at, message, "take it out, or the other name of the same days");
        }
    }
    on_days
}

fn absence(
    name: &str,
    share: f64,
    (at_work, duties): (&[(SimTime, u32)], Option<Vec<OfficeDuty>>),
    timeline: &Timeline,
) -> OfficeAbsence {
    let day = |&(at, _): &(SimTime, u32)| {
        let unix_s = timeline.clock.unix_us(at).div_euclid(US_PER_S as i64);
        days_since_1970(timeline.calendar.local(unix_s).date)
    };
    let key = name_hash(&format!("offices.{name}"));
    match duties {
        Some(duties) => OfficeAbsence { share, key, days: Vec::new(), duties },
        None => OfficeAbsence { share, key, days: at_work.iter().map(day).collect(), duties: Vec::new() },
    }
}

/// The staff while the office is open; also each midnight at which somebody works, if who is there may be others then.
fn at_work(staff: &[(i64, u32)], hours: &Hours, by_day: bool, timeline: &Timeline) -> Vec<(SimTime, u32)> {
    let open = hours.changes(&timeline.calendar, timeline.begins_unix_s, timeline.end_unix_s);
    let mut instants: Vec<i64> = staff.iter().map(|of| of.0).chain(open.iter().map(|of| of.0)).collect();
    let midnights = timeline.begun().iter().filter(|stretch| by_day && stretch.second_of_day == 0);
    let midnights: BTreeSet<i64> = midnights.map(|stretch| stretch.start_unix_s).collect();
    instants.extend(&midnights);
    instants.sort_unstable();
    instants.dedup();
    let mut at_work: Vec<(SimTime, u32)> = Vec::new();
    for at in instants {
        let is_open = latest(&open, at).unwrap_or(false);
        let people = if is_open { latest(staff, at).unwrap_or(0) } else { 0 };
        let begins_a_day = people > 0 && midnights.contains(&at);
        if begins_a_day || at_work.last().is_none_or(|&(_, before)| before != people) {
            at_work.push((timeline.sim_time(at), people));
        }
    }
    if at_work.last().is_some_and(|&(_, people)| people > 0) {
        at_work.push((timeline.clock.horizon, 0));
    }
    nobody_before(at_work)
}

pub(super) fn latest<T: Copy>(steps: &[(i64, T)], at: i64) -> Option<T> {
    let begun = steps.partition_point(|&(from, _)| from <= at);
    begun.checked_sub(1).map(|place| steps[place].1)
}

/// The opening times from time zero until everything that is opened before the horizon is due.
pub(super) fn working_time(hours: &Hours, dues: &[Due], timeline: &Timeline) -> WorkingTime {
    let mut reach = FIRST_REACH;
    loop {
        let calendar = laid_out(hours, reach, timeline);
        let last = timeline.clock.horizon;
        let is_known = |due: &Due| match *due {
            Due::WorkingDays(days) => calendar.after_days(last, days) < SimTime::MAX,
            Due::WorkingTime(time) => {
                calendar.after_open_time(last, SimDuration::from_s(time.as_s())) < SimTime::MAX
            }
            Due::After(_) => true,
        };
        if dues.iter().all(is_known) || reach >= LAST_REACH {
            return calendar;
        }
        reach *= 2;
    }
}

fn laid_out(hours: &Hours, reach_days: i64, timeline: &Timeline) -> WorkingTime {
    let calendar = &timeline.calendar;
    let first = calendar.local(timeline.zero_unix_s).date;
    let last = calendar.local(timeline.end_unix_s).date.plus_days(reach_days);
    let end = calendar.midnight(last);
    let changes = hours.changes(calendar, timeline.zero_unix_s, end);
    let mut open = Vec::new();
    let mut before = SimDuration::ZERO;
    for (place, &(from, is_open)) in changes.iter().enumerate() {
        if is_open {
            let until = changes.get(place + 1).map_or(end, |next| next.0);
            let stretch =
                OpenStretch { from: sim_time(timeline, from), until: sim_time(timeline, until), before };
            before += stretch.length();
            open.push(stretch);
        }
    }
    let midnights: Vec<SimTime> = (0..=first.days_until(last))
        .map(|day| sim_time(timeline, calendar.midnight(first.plus_days(day))))
        .collect();
    let days = midnights.windows(2).filter_map(|day| working_day(&open, day[0], day[1])).collect();
    WorkingTime { open, days }
}

/// Instants beyond the horizon too, unlike [`Timeline::sim_time`]'s callers elsewhere; what lies beyond the clock is its end.
fn sim_time(timeline: &Timeline, unix_s: i64) -> SimTime {
    let us = (unix_s - timeline.zero_unix_s).max(0) as u64 * US_PER_S;
    SimTime::from_us(us).min(SimTime::MAX)
}

/// The day from `from` to `until`, if the office is open on it.
fn working_day(open: &[OpenStretch], from: SimTime, until: SimTime) -> Option<WorkingDay> {
    let begun = open.partition_point(|stretch| stretch.from < until);
    let last = open[begun.checked_sub(1)?];
    (last.until > from).then(|| WorkingDay { from, closes: last.until.min(until) })
}

/// The case types, sorted by name.
pub(super) fn case_types(
    scenario: &Scenario,
    names: &Directory<'_>,
    offices: &[Office],
    findings: &mut Findings,
) -> Vec<CaseType> {
    scenario.case_types.iter().map(|(name, of)| case_type(name, of, names, offices, findings)).collect()
}

fn case_type(
    name: &str,
    of: &document::CaseType,
    names: &Directory<'_>,
    offices: &[Office],
    findings: &mut Findings,
) -> CaseType {
    let at = |key: &str| path(&["case_types", name, key]);
    let office = names.offices.resolve(&of.office, &at("office"), findings);
    let due = of.due.map(|due| due_rule(due, &at("due"), findings));
    check_is_due(due, office.and_then(|office| offices.get(office)), &at("due"), findings);
    let reopened_by_contact = of.reopening.as_ref().is_some_and(|of| of.contact_type.is_some());
    let contacts = [
        (of.status_contacts.is_some(), "status_contacts", "does not ask for news"),
        (of.message.is_some(), "message", "is told nothing of the closing"),
        (reopened_by_contact, "reopening.type", "does not ask for the case to be opened again"),
    ];
    for (_, key, why) in contacts.into_iter().filter(|(is_there, ..)| of.resolves && *is_there) {
        let message = format!("whose need is met by the opening {why}");
        let help = format!("take `resolves` or `{key}` out");
        let at = format!("{}.{key}", path(&["case_types", name]));
        findings.add(Code::BAD_CASE, at, message, help);
    }
    CaseType {
        name: name.into(),
        office: OfficeId::from_index(office.unwrap_or(0)),
        priority: of.priority,
        work: distribution(&of.work, &at("work"), findings),
        due,
        rework: rework(of.rework, &at("rework"), findings),
        resolves: of.resolves,
        status: of
            .status_contacts
            .as_ref()
            .and_then(|of| status(of, &at("status_contacts"), names, findings)),
        stages: ways::stages(name, of, names, findings),
        reopening: of.reopening.as_ref().map(|of| ways::reopening(of, &at("reopening"), names, findings)),
        message: of.message.as_ref().map(|of| ways::message(of, &at("message"), names, findings)),
    }
}

/// Below 1, or no case would ever be closed.
fn rework(probability: f64, at: &str, findings: &mut Findings) -> f64 {
    findings.number(at, probability, 0.0..=0.99)
}

pub(super) fn is_believed(due: Due) -> bool {
    match due {
        Due::WorkingDays(days) => (1.0..=MOST_WORKING_DAYS).contains(&f64::from(days)),
        Due::WorkingTime(time) | Due::After(time) => time.as_s() > 0.0 && time.as_s() <= MOST_HOURS * 3600.0,
    }
}

pub(super) fn due_rule(due: Due, at: &str, findings: &mut Findings) -> DueRule {
    if !is_believed(due) {
        let message = format!("a due time of {due} is out of range");
        let help = format!("choose 1 to {MOST_WORKING_DAYS} working days, or up to {MOST_HOURS} hours");
        findings.add(Code::OUT_OF_RANGE, at, message, help);
    }
    match due {
        Due::WorkingDays(days) => DueRule::WorkingDays(days),
        Due::WorkingTime(time) => DueRule::WorkingTime(SimDuration::from_s(time.as_s())),
        Due::After(time) => DueRule::After(SimDuration::from_s(time.as_s())),
    }
}

/// Working time passes only where the office opens.
fn check_is_due(due: Option<DueRule>, office: Option<&Office>, at: &str, findings: &mut Findings) {
    let (Some(DueRule::WorkingDays(_) | DueRule::WorkingTime(_)), Some(office)) = (due, office) else {
        return;
    };
    if office.calendar.open.is_empty() {
        let message = format!("\"{}\" never opens, so no working time passes", office.name);
        findings.add(Code::BAD_CASE, at, message, "check the office's hours, or give a plain duration");
    }
}

/// `None` too where nobody ever asks.
fn status(
    of: &document::StatusContacts,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Option<Status> {
    let mut rate =
        |key: &str, a_day: f64| findings.number(&document::join(at, key), a_day, 0.0..=MOST_A_DAY) / DAY_S;
    let open_per_s = rate("hazard_per_day_open", of.hazard_per_day_open);
    let late_per_s = rate("hazard_per_day_late", of.hazard_per_day_late);
    let contact_type = of.contact_type.as_ref().and_then(|name| {
        names
            .contact_types
            .resolve(name, &document::join(at, "type"), findings)
            .map(ContactTypeId::from_index)
    });
    let times = of.when_recognised.service_time.times;
    let recognised_times =
        findings.number(&format!("{at}.when_recognised.service_time.times"), times, LEAST_TIMES..=MOST_TIMES);
    (open_per_s + late_per_s > 0.0).then_some(Status {
        open_per_s,
        late_per_s,
        contact_type,
        recognised_times,
    })
}

/// Which case a contact type opens.
pub(super) fn choice(
    contact_type: &str,
    of: &document::ContactType,
    names: &Names<'_>,
    findings: &mut Findings,
) -> Option<CaseChoice> {
    let at = path(&["contact_types", contact_type, "case"]);
    let options = match of.case.as_ref()? {
        document::CaseChoice::One(name) => vec![(1.0, case_type_named(name, &at, names, findings)?)],
        document::CaseChoice::Shares(shares) => chosen(shares, &at, names, findings),
    };
    let mut sum = 0.0;
    let cumulative = options.iter().map(|(share, _)| {
        sum += share;
        sum
    });
    let cumulative = cumulative.collect();
    let case_types: Vec<CaseTypeId> = options.into_iter().map(|(_, case_type)| case_type).collect();
    (!case_types.is_empty()).then_some(CaseChoice { cumulative, case_types })
}

/// Contact types name a case type exactly where talks about them may open a case, by whichever table.
pub(super) fn check_named(
    scenario: &Scenario,
    contact_types: &[ContactType],
    tables: Option<&OutcomeTables>,
    findings: &mut Findings,
) {
    let opens = |table: &Outcomes| table.outcome.contains(&Outcome::Case);
    for (row, (of, written)) in contact_types.iter().zip(scenario.contact_types.values()).enumerate() {
        let of_type = tables.into_iter().flat_map(|tables| tables.of_type(row));
        let may_open = of.outcome.iter().chain(of_type).any(opens)
            || of.consultation.iter().any(|of| of.ends().any(|outcome| outcome == Outcome::Case))
            || of.warm.is_some_and(|warm| warm.otherwise == Some(Outcome::Case));
        let at = path(&["contact_types", &of.name, "case"]);
        if may_open && written.case.is_none() {
            let message = "its talks may end with `case`, and no case type is named";
            findings.add(
                Code::BAD_CASE,
                at,
                message,
                "add `case = \"NAME\"` with a name of [case_types.NAME]",
            );
        } else if !may_open && written.case.is_some() {
            let message = "it names a case type, and no talk of it ends with `case`";
            findings.add(Code::UNUSED, at, message, "give `case` a share in its outcomes, or take this out");
        }
    }
}

fn case_type_named(name: &str, at: &str, names: &Names<'_>, findings: &mut Findings) -> Option<CaseTypeId> {
    names.resolve(name, at, findings).map(CaseTypeId::from_index)
}

/// Case types with their probabilities in declared order, the one that takes the rest last.
fn chosen(
    shares: &document::Outcomes,
    at: &str,
    names: &Names<'_>,
    findings: &mut Findings,
) -> Vec<(f64, CaseTypeId)> {
    let (mut options, mut sum, mut rest) = (Vec::new(), 0.0, None);
    for (name, share) in shares.iter() {
        let at = document::join(at, name);
        match share {
            Share::Part(share) if name != REST => {
                let share = findings.number(&at, *share, 0.0..=1.0);
                sum += share;
                options.extend(case_type_named(name, &at, names, findings).map(|id| (share, id)));
            }
            Share::Rest(name_of_rest) if name == REST => rest = Some((name_of_rest, at)),
            _ => {
                let message = "a case type has a probability, and `rest` the name of a case type";
                findings.add(
                    Code::WRONG_TYPE,
                    at,
                    message,
                    "write `rest = \"NAME\"`, or a number after a name",
                );
            }
        }
    }
    check_sum(sum, rest.is_some(), at, findings);
    if let Some((name, at)) = rest {
        let left = (1.0 - sum).max(0.0);
        options.extend(case_type_named(name, &at, names, findings).map(|id| (left, id)));
    }
    options
}

/// Whether a table of shares names this case type.
pub(super) fn names_it(choice: &document::CaseChoice, name: &str) -> bool {
    match choice {
        document::CaseChoice::One(one) => one == name,
        document::CaseChoice::Shares(shares) => shares.iter().any(|(key, share)| match share {
            Share::Part(_) => key == name,
            Share::Rest(rest) => rest == name,
        }),
    }
}

/// Case types that nobody opens, and offices without any.
pub(super) fn check_used(scenario: &Scenario, findings: &mut Findings) {
    for name in scenario.case_types.keys() {
        let mut choices = scenario.contact_types.values().filter_map(|of| of.case.as_ref());
        let mut open = scenario.start_state.iter().flat_map(|state| &state.cases);
        let is_open = open.any(|(of, cases)| cases.case_type.as_deref().unwrap_or(of) == name);
        if !is_open && !choices.any(|choice| names_it(choice, name)) {
            let message = format!("\"{name}\" is opened by no contact type");
            findings.add(Code::UNUSED, path(&["case_types", name]), message, "take it out, or use it");
        }
    }
    for name in scenario.offices.keys() {
        let works = |case: &document::CaseType| {
            case.office == *name || case.hand_over.values().any(|stage| stage.office == *name)
        };
        let prepares = |of: &document::Service| {
            let preparation = of.booking.as_ref().and_then(|booking| booking.preparation.as_ref());
            preparation.is_some_and(|preparation| preparation.office == *name)
        };
        let used = scenario.case_types.values().any(works) || scenario.services.values().any(prepares);
        if !used {
            let message = format!("\"{name}\" works on no case type");
            findings.add(Code::UNUSED, path(&["offices", name]), message, "take it out, or use it");
        }
    }
}

/// Whether cases of any type bring contacts of this one.
pub(super) fn brings_news(case_types: &[CaseType], contact_type: ContactTypeId) -> bool {
    case_types.iter().flat_map(CaseType::contact_types).any(|of| of == contact_type)
}
