//! How much longer an agent's talks about a contact type take: factors of the group, of the agent's skill level, and of the time at work.
//!
//! Who has left a place and since when a newcomer has it is a draw that no log tells; where places are left, a factor is known within bounds.

use std::ops::RangeInclusive;

use super::plan::{GroupPlan, Plan};
use crate::calendar::Date;
use crate::log::LogTime;
use crate::scenario::{Curve, GroupTenure};

/// After so many half-lives nothing is left of what a curve began with.
const HALF_LIVES: f64 = 14.0;

/// Within what the factor on a talk lies that an agent of a group begins at `at`.
pub fn talk_factor(
    plan: &Plan<'_>,
    group: &str,
    agent: &str,
    contact_type: &str,
    at: LogTime,
) -> RangeInclusive<f64> {
    let Some(of) = plan.groups.get(group) else { return 1.0..=1.0 };
    let times = of.times(agent, contact_type);
    let today = plan.calendar.local(plan.clock(at).unix_s()).date;
    let of_tenure = tenure_factor(plan, of, agent, contact_type, today);
    of_tenure.start() * times..=of_tenure.end() * times
}

fn tenure_factor(
    plan: &Plan<'_>,
    of: &GroupPlan<'_>,
    agent: &str,
    contact_type: &str,
    today: Date,
) -> RangeInclusive<f64> {
    let vendor = of.of.vendor.as_ref().and_then(|name| plan.scenario.vendors.get(name));
    let tenure = of.of.tenure.as_ref().or_else(|| vendor?.tenure.as_ref());
    let curves = tenure.and_then(|tenure| plan.scenario.tenure.get(tenure.curve.as_ref()?));
    let own = |curves: &'_ crate::scenario::Tenure| curves.by_type.get(contact_type)?.service_time.clone();
    let curve = curves.and_then(|curves| own(curves).or_else(|| curves.service_time.clone()));
    let (Some(tenure), Some(curve)) = (tenure, curve) else { return 1.0..=1.0 };
    let known = factor(&curve, days_at_work(of, tenure, agent, today));
    if tenure.attrition.as_ref().is_none_or(|attrition| attrition.per_year == 0.0) {
        return known..=known;
    }
    let all = [curve.start.unwrap_or(known), known, if curve.start.is_some() { 1.0 } else { known }];
    let all = || all.iter().chain(curve.weeks.values()).copied();
    all().fold(f64::INFINITY, f64::min)..=all().fold(0.0, f64::max)
}

/// Whole days since the first one of the agent who was there from the beginning.
fn days_at_work(of: &GroupPlan<'_>, tenure: &GroupTenure, agent: &str, today: Date) -> f64 {
    let shares = tenure.hired.values().map(|cohort| cohort.share);
    let cohort = of.place_by_shares(agent, shares);
    let first = tenure.hired.values().nth(cohort).map(|cohort| cohort.on).or(tenure.since);
    first.map_or(f64::INFINITY, |first| first.days_until(today).max(0) as f64)
}

/// A curve's factor after so many days.
#[expect(
    clippy::disallowed_methods,
    reason = "no simulated number depends on it, and it is compared to the microsecond"
)]
fn factor(curve: &Curve, days: f64) -> f64 {
    if let (Some(start), Some(half_life)) = (curve.start, curve.half_life) {
        let lives = days * 86_400.0 / half_life.as_s();
        return if lives >= HALF_LIVES { 1.0 } else { 1.0 + (start - 1.0) * 0.5_f64.powf(lives) };
    }
    let mut points: Vec<(f64, f64)> = curve
        .weeks
        .iter()
        .filter_map(|(week, &times)| week.parse::<f64>().ok().map(|week| (week * 7.0, times)))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    match points.iter().position(|&(from, _)| from > days) {
        None => points.last().map_or(1.0, |&(_, times)| times),
        Some(0) => points[0].1,
        Some(next) => {
            let ((from, low), (to, high)) = (points[next - 1], points[next]);
            low + (high - low) * (days - from) / (to - from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn curves_halve_or_lie_on_straight_lines() {
        let weeks = BTreeMap::from([("2".into(), 1.4), ("0".into(), 1.6), ("10".into(), 1.0)]);
        let lines = Curve { weeks, ..Curve::default() };
        for (days, times) in [(0.0, 1.6), (7.0, 1.5), (42.0, 1.2), (f64::INFINITY, 1.0)] {
            assert!((factor(&lines, days) - times).abs() < 1e-12, "{days}");
        }
        let halving: Curve =
            toml::from_str("start = 1.8\nhalf_life = \"7d\"").unwrap_or_else(|error| panic!("{error}"));
        for (days, times) in [(0.0, 1.8), (7.0, 1.4), (98.0, 1.0), (f64::INFINITY, 1.0)] {
            assert!((factor(&halving, days) - times).abs() < 1e-12, "{days}");
        }
    }
}
