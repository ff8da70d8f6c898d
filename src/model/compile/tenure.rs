//! Tenure: learning curves by day, and since when each group's people are at work.

use std::collections::BTreeMap;

use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use super::names::Directory;
use super::outcomes::factor_of_outcome;
use super::skills::{MOST_TIMES, levels_by_agent};
use super::timeline::{Timeline, days_since_1970};
use crate::diagnostic::Code;
use crate::model::{AgentGroup, Attrition, GroupTenure, Learning, Outcome};
use crate::random::math::exp;
use crate::scenario::{self as document, Curve, Scenario, Tenure, join};

const DAY_S: f64 = 86_400.0;
const DAYS_A_YEAR: f64 = 365.0;
/// After so many half-lives a curve is at 1: what is left of its start is less than a ten-thousandth.
const HALF_LIVES: f64 = 14.0;
/// The longest time over which people learn.
const MOST_LEARNING_DAYS: f64 = 3_660.0;
/// How often a place may be left in a year.
const MOST_A_YEAR: f64 = 50.0;
/// The longest time for which a place stays empty.
const MOST_EMPTY_S: f64 = 366.0 * DAY_S;

/// The curves, with each group's tenure written into its row; `None` where tenure matters to nobody.
pub(super) fn learning(
    scenario: &Scenario,
    names: &Directory<'_>,
    groups: &mut [AgentGroup],
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Learning> {
    let mut curves = Curves::default();
    let of_names: BTreeMap<&str, OfName> = scenario
        .tenure
        .iter()
        .map(|(name, of)| (name.as_str(), curves.of(name, of, names, findings)))
        .collect();
    for ((name, of), group) in scenario.agent_groups.iter().zip(groups.iter_mut()) {
        let vendor = of.vendor.as_ref().and_then(|vendor| scenario.vendors.get(vendor));
        let (at, tenure) = match (&of.tenure, vendor.and_then(|vendor| vendor.tenure.as_ref())) {
            (Some(own), _) => (path(&["agent_groups", name, "tenure"]), own),
            (None, Some(of_vendor)) => {
                (path(&["vendors", of.vendor.as_deref().unwrap_or_default(), "tenure"]), of_vendor)
            }
            (None, None) => continue,
        };
        group.tenure = Some(group_tenure(tenure, &at, group, &of_names, names, findings));
    }
    let vendors = scenario.vendors.values().filter_map(|vendor| vendor.tenure.as_ref());
    let of_groups = scenario.agent_groups.values().filter_map(|group| group.tenure.as_ref());
    let used: Vec<&String> = of_groups.chain(vendors).filter_map(|tenure| tenure.curve.as_ref()).collect();
    for name in scenario.tenure.keys().filter(|name| !used.contains(name)) {
        let message = format!("\"{name}\" is followed by nobody");
        findings.add(Code::UNUSED, path(&["tenure", name]), message, "take it out, or use it");
    }
    let matters = groups.iter().any(|group| group.tenure.is_some());
    let mut days: Vec<_> = timeline
        .stretches
        .iter()
        .map(|stretch| (timeline.sim_time(stretch.start_unix_s), days_since_1970(stretch.date)))
        .collect();
    days.dedup_by_key(|&mut (_, day)| day);
    matters.then_some(Learning { curves: curves.rows, days })
}

/// What a `[tenure.NAME]` says, by contact type.
#[derive(Clone, Debug, Default)]
struct OfName {
    service_time: Vec<Option<u16>>,
    outcome_times: Vec<Vec<(Outcome, u16)>>,
    settled: u32,
}

/// All curves by day.
#[derive(Default)]
struct Curves {
    rows: Vec<Vec<f64>>,
}

impl Curves {
    fn of(&mut self, name: &str, of: &Tenure, names: &Directory<'_>, findings: &mut Findings) -> OfName {
        let at = path(&["tenure", name]);
        let first = self.rows.len();
        let for_all = self.add(of.service_time.as_ref(), &of.outcome_times, &at, findings);
        let mut made = OfName {
            service_time: vec![for_all.0; names.contact_types.len()],
            outcome_times: vec![for_all.1; names.contact_types.len()],
            settled: 0,
        };
        for (contact_type, of) in &of.by_type {
            let at = join(&format!("{at}.by_type"), contact_type);
            let own = self.add(of.service_time.as_ref(), &of.outcome_times, &at, findings);
            let Some(row) = names.contact_types.resolve(contact_type, &at, findings) else { continue };
            made.service_time[row] = own.0.or(made.service_time[row]);
            for (outcome, curve) in own.1 {
                made.outcome_times[row].retain(|(known, _)| *known != outcome);
                made.outcome_times[row].push((outcome, curve));
            }
        }
        made.settled = self.rows[first..].iter().map(Vec::len).max().unwrap_or(0) as u32;
        made
    }

    fn add(
        &mut self,
        service_time: Option<&Curve>,
        outcome_times: &BTreeMap<String, Curve>,
        at: &str,
        findings: &mut Findings,
    ) -> (Option<u16>, Vec<(Outcome, u16)>) {
        let talk = service_time.map(|curve| self.push(curve, &format!("{at}.service_time"), findings));
        let mut outcomes = Vec::new();
        for (name, curve) in outcome_times {
            let at = join(&format!("{at}.outcome_times"), name);
            let curve = self.push(curve, &at, findings);
            outcomes.extend(factor_of_outcome(name, &at, findings).map(|outcome| (outcome, curve)));
        }
        (talk, outcomes)
    }

    fn push(&mut self, curve: &Curve, at: &str, findings: &mut Findings) -> u16 {
        self.rows.push(by_day(curve, at, findings));
        (self.rows.len() - 1) as u16
    }
}

/// A curve by whole days at work.
fn by_day(curve: &Curve, at: &str, findings: &mut Findings) -> Vec<f64> {
    match (curve.start, curve.half_life, curve.weeks.is_empty()) {
        (Some(start), Some(half_life), true) => {
            let start = findings.number(&format!("{at}.start"), start, 0.0..=MOST_TIMES);
            let days = half_life.as_s() / DAY_S;
            let days = findings.number(
                &format!("{at}.half_life"),
                days,
                1.0 / DAY_S..=MOST_LEARNING_DAYS / HALF_LIVES,
            );
            halving(start, days)
        }
        (None, None, false) => by_weeks(&curve.weeks, at, findings),
        _ => {
            let message = "a curve is `start` with `half_life`, or factors by `weeks`";
            let help = "write { start = 1.5, half_life = \"21d\" } or { weeks = { 0 = 1.5, 6 = 1 } }";
            findings.add(Code::BAD_CURVE, at, message, help);
            vec![1.0]
        }
    }
}

/// 1 + (start - 1) / 2^(days / half-life), and then 1.
fn halving(start: f64, half_life_days: f64) -> Vec<f64> {
    let last = (HALF_LIVES * half_life_days).ceil() as u32;
    let factor =
        |day: u32| 1.0 + (start - 1.0) * exp(-std::f64::consts::LN_2 * f64::from(day) / half_life_days);
    (0..last).map(factor).chain([1.0]).collect()
}

fn by_weeks(weeks: &BTreeMap<String, f64>, at: &str, findings: &mut Findings) -> Vec<f64> {
    let mut points = Vec::new();
    for (week, &times) in weeks {
        let at = join(&format!("{at}.weeks"), week);
        let Ok(weeks) = week.parse::<f64>() else {
            let message = format!("\"{week}\" is no number of weeks");
            findings.add(Code::BAD_CURVE, at, message, "write weeks = { 0 = 1.5, 6 = 1 }");
            continue;
        };
        let days = 7.0 * findings.number(&at, weeks, 0.0..=MOST_LEARNING_DAYS / 7.0);
        points.push((days, findings.number(&at, times, 0.0..=MOST_TIMES)));
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let last = points.last().map_or(0.0, |&(days, _)| days).ceil() as u32;
    (0..=last).map(|day| between(&points, day.into())).collect()
}

/// On the straight line between the points around a day.
fn between(points: &[(f64, f64)], day: f64) -> f64 {
    let next = points.partition_point(|&(days, _)| days <= day);
    match (points[..next].last(), points.get(next)) {
        (Some(&(from, low)), Some(&(to, high))) => low + (high - low) * (day - from) / (to - from),
        (Some(&(_, times)), None) | (None, Some(&(_, times))) => times,
        (None, None) => 1.0,
    }
}

fn group_tenure(
    of: &document::GroupTenure,
    at: &str,
    group: &AgentGroup,
    curves: &BTreeMap<&str, OfName>,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> GroupTenure {
    let known = of.curve.as_ref().and_then(|name| {
        let at = format!("{at}.curve");
        names.tenure.resolve(name, &at, findings).and_then(|_| curves.get(name.as_str()))
    });
    let types = names.contact_types.len();
    let of_name = known.cloned().unwrap_or_else(|| OfName {
        service_time: vec![None; types],
        outcome_times: vec![Vec::new(); types],
        settled: 0,
    });
    GroupTenure {
        service_time: of_name.service_time,
        outcome_times: of_name.outcome_times,
        settled: of_name.settled,
        hired: hired(of, at, group, findings),
        attrition: of.attrition.as_ref().map(|of| attrition(of, &format!("{at}.attrition"), group, findings)),
    }
}

/// The first day of each of a group's people: those of the cohorts as skill levels are shared out, all others `since`.
fn hired(of: &document::GroupTenure, at: &str, group: &AgentGroup, findings: &mut Findings) -> Vec<u32> {
    let mut shares = Vec::new();
    for (name, cohort) in &of.hired {
        let at = join(&format!("{at}.hired"), name);
        shares.push(findings.number(&format!("{at}.share"), cohort.share, 0.0..=1.0));
    }
    let sum: f64 = shares.iter().sum();
    if sum > 1.0 + SHARES_WITHIN {
        let message = format!("the shares of those who were hired sum to {}, more than 1", written(sum));
        findings.add(
            Code::SHARES,
            format!("{at}.hired"),
            message,
            "lower some; whom none names began with `since`",
        );
    }
    let mut days: Vec<u32> = of.hired.values().map(|cohort| days_since_1970(cohort.on)).collect();
    days.push(of.since.map_or(0, days_since_1970));
    levels_by_agent(&shares, group.agents.len()).into_iter().map(|cohort| days[cohort]).collect()
}

fn attrition(of: &document::Attrition, at: &str, group: &AgentGroup, findings: &mut Findings) -> Attrition {
    let per_year = findings.number(&format!("{at}.per_year"), of.per_year, 0.0..=MOST_A_YEAR);
    let empty_at = format!("{at}.replaced_after");
    let empty_s = findings.number(&empty_at, of.replaced_after.as_s(), 0.0..=MOST_EMPTY_S);
    if empty_s > 0.0 && group.shifts.is_none() {
        let message = format!("\"{}\" is staffed by heads, which say how many are there", group.name);
        let help = "take it out: newcomers come at once; or staff the group by shifts";
        findings.add(Code::EMPTY_HEADS, empty_at, message, help);
    }
    Attrition { per_day: per_year / DAYS_A_YEAR, vacant_days: (empty_s / DAY_S).ceil() as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_curve_has_above_one_halves_by_each_half_life() {
        let curve = halving(1.8, 7.0);
        assert_eq!((curve[0], curve.len(), curve[98]), (1.8, 99, 1.0));
        assert!((curve[7] - 1.4).abs() < 1e-12 && (curve[14] - 1.2).abs() < 1e-12);
        assert!((halving(0.5, 10.0)[10] - 0.75).abs() < 1e-12);
    }

    #[test]
    fn between_the_weeks_lie_straight_lines() {
        let weeks = BTreeMap::from([("2".into(), 1.4), ("0".into(), 1.6), ("10".into(), 1.0)]);
        let mut findings = Findings::default();
        let curve = by_weeks(&weeks, "x", &mut findings);
        assert!(!findings.has_errors());
        assert_eq!((curve.len(), curve[0], curve[14], curve[70]), (71, 1.6, 1.4, 1.0));
        assert!((curve[7] - 1.5).abs() < 1e-12 && (curve[42] - 1.2).abs() < 1e-12);
    }
}
