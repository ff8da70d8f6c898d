//! Districts and counters: who lives where, how far it is, when how many visitors can be served at once.

use std::collections::BTreeMap;

use super::agendas::Reach;
use super::cases::latest;
use super::days::unroll;
use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use super::names::{Directory, Names};
use super::openings::hours;
use super::services;
use super::staffing::plan;
use super::timeline::{Timeline, days_since_1970};
use crate::calendar::{Clock, Hours};
use crate::diagnostic::Code;
use crate::model::{Counter, CounterChange, Counters, Office, Process, VisitorProfile};
use crate::scenario::{self as document, Scenario, join};
use crate::time::SimTime;

/// The largest factor on what a citizen puts up with.
const MOST_TIMES: f64 = 1e6;
/// The longest distance, in kilometres.
const MOST_KM: f64 = 1e4;
/// The most desks of a counter.
const MOST_DESKS: f64 = 10_000.0;

/// Everything about counters; `None` where there are none.
pub(super) fn counters(
    scenario: &Scenario,
    names: &Directory<'_>,
    (offices, processes): (&[Office], &[Process]),
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Box<Counters>> {
    if scenario.counters.is_empty() && scenario.services.is_empty() && scenario.districts.is_empty() {
        services::check_unnamed(scenario, names, findings);
        return None;
    }
    let reach = Reach::new(scenario, timeline);
    let counters: Vec<Counter> = scenario
        .counters
        .iter()
        .map(|(name, of)| counter(scenario, name, of, names, timeline, findings))
        .collect();
    let metres = metres(scenario, &counters, findings);
    Some(Box::new(Counters {
        districts: if scenario.districts.is_empty() {
            vec![String::new()]
        } else {
            scenario.districts.keys().cloned().collect()
        },
        profiles: profiles(scenario, names, findings),
        metres,
        services: services::services(scenario, names, offices, &reach, timeline, findings),
        of_process: services::of_processes(scenario, names, processes, findings),
        of_type: services::of_types(scenario, names, findings),
        first_day: days_since_1970(reach.first),
        midnights: reach.midnights(timeline),
        counters,
    }))
}

fn counter(
    scenario: &Scenario,
    name: &str,
    of: &document::Counter,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Counter {
    let at = |key: &str| path(&["counters", name, key]);
    let open = hours(of.hours.as_deref(), &at("hours"), findings).unwrap_or_else(Hours::always);
    let open = open.changes(&timeline.calendar, timeline.begins_unix_s, timeline.end_unix_s);
    if open.iter().all(|&(_, open)| !open) {
        let message = format!("\"{name}\" is closed over the whole run");
        findings.add(
            Code::COUNTER_CLOSED,
            at("hours"),
            message,
            "check its hours, the dates and the holidays",
        );
    }
    let desks = findings.number(&at("desks"), of.desks.into(), 1.0..=MOST_DESKS) as u32;
    let clerks = clerks(scenario, name, of, names, timeline, findings);
    Counter {
        name: name.into(),
        district: district(scenario, name, of, &names.districts, findings),
        changes: changes(&open, &clerks.unwrap_or_else(|| vec![(i64::MIN, desks)]), desks, timeline),
    }
}

fn district(
    scenario: &Scenario,
    name: &str,
    of: &document::Counter,
    districts: &Names<'_>,
    findings: &mut Findings,
) -> u16 {
    let at = path(&["counters", name, "district"]);
    match &of.district {
        Some(district) => districts.resolve(district, &at, findings).unwrap_or(0) as u16,
        None => {
            if !scenario.districts.is_empty() {
                let message = format!("\"{name}\" stands in no district");
                findings.add(Code::BAD_COUNTER, at, message, "add `district`");
            }
            0
        }
    }
}

/// (from when in unix seconds, how many); `None`: one a desk.
fn clerks(
    scenario: &Scenario,
    name: &str,
    of: &document::Counter,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Vec<(i64, u32)>> {
    let at = |key: &str| path(&["counters", name, key]);
    if of.clerks.is_some() && !of.shifts.is_empty() {
        let message = format!("\"{name}\" is staffed both by numbers and by shifts");
        findings.add(Code::BAD_COUNTER, at("shifts"), message, "keep one of them");
    }
    if of.shifts.is_empty() {
        let plan = plan(of.clerks.as_ref()?, &at("clerks"), findings).unwrap_or(vec![(0, 0)]);
        return Some(unroll(timeline.begun(), |_| plan.clone()));
    }
    let mut steps: BTreeMap<i64, i64> = BTreeMap::new();
    for (shift, &heads) in &of.shifts {
        let at = join(&at("shifts"), shift);
        if names.shifts.resolve(shift, &at, findings).is_some() {
            let heads = findings.number(&at, heads.into(), 0.0..=MOST_DESKS) as u32;
            add_shift(&scenario.shifts[shift], heads, timeline, &mut steps);
        }
    }
    let mut there = 0;
    Some(
        steps
            .into_iter()
            .map(|(at, more)| {
                there += more;
                (at, there.max(0) as u32)
            })
            .collect(),
    )
}

/// Adds the people of a shift on each day of the run and the day before it, less those on a break.
fn add_shift(of: &document::Shift, heads: u32, timeline: &Timeline, steps: &mut BTreeMap<i64, i64>) {
    let calendar = &timeline.calendar;
    let first = calendar.local(timeline.begins_unix_s).date.plus_days(-1);
    let last = calendar.local(timeline.end_unix_s).date;
    let mut date = first;
    while date <= last {
        let instant = |clock: Clock, after: Clock| {
            let next_day = clock.as_s() <= after.as_s();
            calendar.instant(if next_day { date.next() } else { date }, clock.as_s())
        };
        let start = calendar.instant(date, of.start.as_s());
        let end = instant(of.end, of.start);
        let mut present = |from: i64, until: i64, count: i64| {
            let (from, until) = (from.clamp(start, end), until.clamp(start, end));
            *steps.entry(from).or_default() += count;
            *steps.entry(until).or_default() -= count;
        };
        present(start, end, heads.into());
        for pause in of.breaks.values() {
            let (length, waves) = (pause.length.as_s() as i64, pause.waves.max(1));
            let every = pause.every.unwrap_or(pause.length).as_s() as i64;
            let next_day = pause.from.as_s() < of.start.as_s();
            let due = calendar.instant(if next_day { date.next() } else { date }, pause.from.as_s());
            for wave in 0..waves {
                let people = (heads + waves - 1 - wave) / waves;
                let from = due + i64::from(wave) * every;
                present(from, from + length, -i64::from(people));
            }
        }
        date = date.next();
    }
}

/// The states of a counter over the run.
fn changes(
    open: &[(i64, bool)],
    clerks: &[(i64, u32)],
    desks: u32,
    timeline: &Timeline,
) -> Vec<CounterChange> {
    let mut instants: Vec<i64> = open.iter().map(|of| of.0).chain(clerks.iter().map(|of| of.0)).collect();
    instants.retain(|at| (timeline.begins_unix_s..timeline.end_unix_s).contains(at));
    instants.sort_unstable();
    instants.dedup();
    let mut changes = vec![CounterChange { at: SimTime::ZERO, open: false, served_at_once: 0 }];
    for instant in instants {
        let open = latest(open, instant).unwrap_or(false);
        let before = changes[changes.len() - 1];
        let served_at_once =
            if open { latest(clerks, instant).unwrap_or(0).min(desks) } else { before.served_at_once };
        let at = timeline.sim_time(instant);
        if (open, served_at_once) != (before.open, before.served_at_once) {
            if before.at == at {
                changes.pop();
            }
            changes.push(CounterChange { at, open, served_at_once });
        }
    }
    changes
}

/// Metres from each district to each counter.
fn metres(scenario: &Scenario, counters: &[Counter], findings: &mut Findings) -> Vec<u32> {
    let districts: Vec<_> = scenario.districts.iter().collect();
    for (name, of) in &districts {
        for (other, km) in &of.km {
            let at = path(&["districts", name, "km", other]);
            findings.number(&at, *km, 0.0..=MOST_KM);
            match scenario.districts.get(other) {
                None => {
                    let message = format!("no district is named \"{other}\"");
                    findings.add(Code::UNKNOWN_DISTRICT, at, message, "correct it, or add [districts.NAME]");
                }
                Some(back) if back.km.get(*name).is_some_and(|back| back != km) => {
                    let message = format!("from \"{other}\" to \"{name}\" it is another distance");
                    findings.add(Code::BAD_DISTRICT, at, message, "give it once");
                }
                Some(_) => {}
            }
        }
    }
    if districts.is_empty() {
        return vec![0; counters.len()];
    }
    let mut metres = Vec::with_capacity(districts.len() * counters.len());
    for from in &districts {
        for counter in counters {
            let to = &districts[usize::from(counter.district)];
            let km = km(*from, *to);
            if km.is_none() {
                let message = format!("it is not known how far it is from \"{}\" to \"{}\"", from.0, to.0);
                let help = "give both `at`, or one of them `km` to the other";
                findings.add(Code::BAD_DISTRICT, path(&["districts", from.0]), message, help);
            }
            metres.push((km.unwrap_or(0.0) * 1000.0).round() as u32);
        }
    }
    metres
}

/// Kilometres from one district to another.
fn km(from: (&String, &document::District), to: (&String, &document::District)) -> Option<f64> {
    let given = from.1.km.get(to.0).or_else(|| to.1.km.get(from.0)).copied();
    let own = (from.0 == to.0).then_some(0.0);
    let flown = || {
        let ([x, y], [to_x, to_y]) = (from.1.at?, to.1.at?);
        Some(((x - to_x) * (x - to_x) + (y - to_y) * (y - to_y)).sqrt())
    };
    given.or(own).or_else(flown).filter(|km| *km <= MOST_KM)
}

fn profiles(scenario: &Scenario, names: &Directory<'_>, findings: &mut Findings) -> Vec<VisitorProfile> {
    let of_all: BTreeMap<String, f64> =
        scenario.districts.iter().map(|(name, of)| (name.clone(), of.share)).collect();
    let all_say = !scenario.profiles.is_empty()
        && scenario.profiles.values().all(|profile| !profile.districts.is_empty());
    let lives = if all_say { vec![1.0] } else { cumulative(&of_all, "districts", names, findings) };
    if scenario.profiles.is_empty() {
        return vec![VisitorProfile { lives, km_times: 1.0, lead_times: 1.0 }];
    }
    let profile = |(name, of): (&String, &document::Profile)| {
        let at = |key: &str| path(&["profiles", name, key]);
        let mut times = |key: &str, factor: Option<document::document::Factor>| {
            let times = factor.map_or(1.0, |factor| factor.times);
            findings.number(&join(&at(key), "times"), times, 0.0..=MOST_TIMES)
        };
        let (km_times, lead_times) =
            (times("accepted_km", of.accepted_km), times("accepted_lead", of.accepted_lead));
        let own =
            (!of.districts.is_empty()).then(|| cumulative(&of.districts, &at("districts"), names, findings));
        VisitorProfile { lives: own.unwrap_or_else(|| lives.clone()), km_times, lead_times }
    };
    scenario.profiles.iter().map(profile).collect()
}

/// Cumulative shares by row of the districts.
fn cumulative(
    shares: &BTreeMap<String, f64>,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<f64> {
    if names.districts.len() == 0 && shares.is_empty() {
        return vec![1.0];
    }
    let mut parts = vec![0.0; names.districts.len()];
    for (name, &share) in shares {
        let own = join(at, name);
        let own = if at == "districts" { join(&own, "share") } else { own };
        let share = findings.number(&own, share, 0.0..=1.0);
        if let Some(row) = names.districts.resolve(name, &own, findings) {
            parts[row] = share;
        }
    }
    let sum: f64 = parts.iter().sum();
    if (sum - 1.0).abs() > SHARES_WITHIN {
        let message = format!("the districts' shares sum to {}, not to 1", written(sum));
        findings.add(Code::SHARES, at, message, "let them sum to 1");
    }
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = parts
        .iter()
        .map(|part| {
            sum += part;
            sum
        })
        .collect();
    // Who lives in the last one that anybody lives in is all the rest.
    if let Some(last) = parts.iter().rposition(|&part| part > 0.0) {
        cumulative[last..].fill(1.0);
    }
    if cumulative.is_empty() { vec![1.0] } else { cumulative }
}
