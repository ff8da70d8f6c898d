//! Factors on talk, by agent: the group's, and those of the skill level that the agent has.
//!
//! Which agents have which level is settled by their number alone, so that whoever is on duty, the shares nearly hold.

use std::collections::BTreeMap;

use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use super::names::Directory;
use super::outcomes::factor_of_outcome;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, Outcome, OutcomeFactors, ServiceFactors};
use crate::scenario::{self as document, Level, Scenario, ServiceTimes, join};

/// The largest factor on a duration.
pub(super) const MOST_TIMES: f64 = 1e6;

/// The factors of all agents, who are numbered already; `None` if they are all 1.
pub(super) fn service_factors(
    scenario: &Scenario,
    names: &Directory<'_>,
    groups: &[AgentGroup],
    findings: &mut Findings,
) -> Option<ServiceFactors> {
    let mut factors = ServiceFactors::default();
    for ((name, of), group) in scenario.agent_groups.iter().zip(groups) {
        check(name, of, names, findings);
        add_group(name, of, group, names, &mut factors, findings);
    }
    factors.times.iter().any(|&times| times != 1.0).then_some(factors)
}

/// The factors of all agents on outcomes; `None` if no level has any.
pub(super) fn outcome_factors(
    scenario: &Scenario,
    names: &Directory<'_>,
    groups: &[AgentGroup],
    findings: &mut Findings,
) -> Option<OutcomeFactors> {
    let types = names.contact_types.len();
    // The first rows are those of people without factors.
    let mut factors = OutcomeFactors { row: Vec::new(), times: vec![Vec::new(); types] };
    for ((name, of), group) in scenario.agent_groups.iter().zip(groups) {
        let shares: Vec<f64> = of.levels.values().map(|level| level.share).collect();
        let mut rows = Vec::new();
        for (level, row) in &of.levels {
            rows.push(factors.times.len() as u32);
            let at = path(&["agent_groups", name, "levels", level]);
            factors.times.extend(level_factors(row, &at, names, findings));
        }
        rows.push(0);
        let taken = levels_by_agent(&shares, group.agents.len());
        factors.row.extend(taken.into_iter().map(|level| rows[level]));
    }
    factors.times.iter().any(|times| !times.is_empty()).then_some(factors)
}

/// The factors of a level by contact type: those for all types times those for the type.
fn level_factors(
    of: &Level,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<Vec<(Outcome, f64)>> {
    let for_all = factors_by_outcome(&of.outcome_times, &format!("{at}.outcome_times"), findings);
    let mut by_type = vec![for_all; names.contact_types.len()];
    for (contact_type, of) in &of.outcome_times_by_type {
        let at = join(&format!("{at}.outcome_times_by_type"), contact_type);
        let own = factors_by_outcome(of, &at, findings);
        let Some(row) = names.contact_types.resolve(contact_type, &at, findings) else { continue };
        for (outcome, times) in own {
            match by_type[row].iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, known)) => *known *= times,
                None => by_type[row].push((outcome, times)),
            }
        }
    }
    by_type
}

fn factors_by_outcome(of: &BTreeMap<String, f64>, at: &str, findings: &mut Findings) -> Vec<(Outcome, f64)> {
    let factor = |(name, &times): (&String, &f64)| {
        let at = join(at, name);
        let times = findings.number(&at, times, 0.0..=MOST_TIMES);
        factor_of_outcome(name, &at, findings).map(|outcome| (outcome, times))
    };
    of.iter().filter_map(factor).collect()
}

fn check(name: &str, of: &document::AgentGroup, names: &Directory<'_>, findings: &mut Findings) {
    check_times(&of.service_time, &path(&["agent_groups", name, "service_time"]), names, findings);
    let mut sum = 0.0;
    for (level, row) in &of.levels {
        let at = path(&["agent_groups", name, "levels", level]);
        sum += findings.number(&format!("{at}.share"), row.share, 0.0..=1.0);
        check_times(&row.service_time, &format!("{at}.service_time"), names, findings);
    }
    if sum > 1.0 + SHARES_WITHIN {
        let message = format!("the shares of the levels sum to {}, more than 1", written(sum));
        let at = path(&["agent_groups", name, "levels"]);
        findings.add(Code::SHARES, at, message, "lower some; whom no level takes has none");
    }
}

fn check_times(of: &ServiceTimes, at: &str, names: &Directory<'_>, findings: &mut Findings) {
    findings.number(&format!("{at}.times"), of.times.unwrap_or(1.0), 0.0..=MOST_TIMES);
    for (contact_type, factor) in &of.by_type {
        let at = crate::scenario::join(at, contact_type);
        names.contact_types.resolve(contact_type, &at, findings);
        findings.number(&format!("{at}.times"), factor.times, 0.0..=MOST_TIMES);
    }
}

/// One row of factors a level of the group, the last that of people without one; and which of them each agent has.
fn add_group(
    name: &str,
    of: &document::AgentGroup,
    group: &AgentGroup,
    names: &Directory<'_>,
    factors: &mut ServiceFactors,
    findings: &mut Findings,
) {
    let types = names.contact_types.len();
    let first = factors.times.len();
    let plain = ServiceTimes::default();
    let levels = of.levels.values().map(|level| &level.service_time).chain([&plain]);
    for level in levels {
        let rows = (0..types).map(|row| names.contact_types.name(row));
        factors.times.extend(rows.map(|of_type| of.service_time.of(of_type) * level.of(of_type)));
    }
    let levels: Vec<&Level> = of.levels.values().collect();
    let shares: Vec<f64> = levels.iter().map(|level| level.share).collect();
    let taken = levels_by_agent(&shares, group.agents.len());
    let row = |level: usize| (first + level * types) as u32;
    factors.row.extend(taken.iter().map(|&level| row(level)));
    let times = |level: usize| &factors.times[row(level) as usize..row(level + 1) as usize];
    factors.differ_within_groups |= taken.windows(2).any(|pair| times(pair[0]) != times(pair[1]));
    for (level, (level_name, of)) in of.levels.iter().enumerate() {
        if of.share > 0.0 && !taken.is_empty() && !taken.contains(&level) {
            let message = format!(
                "{} of {} people are too few for one of level \"{level_name}\"",
                written(of.share),
                taken.len()
            );
            let at = path(&["agent_groups", name, "levels", level_name, "share"]);
            findings.add(Code::EMPTY_LEVEL, at, message, "raise its share, or take the level out");
        }
    }
}

/// The level of each agent of a group: the k-th person gets the level that is farthest below its share of k, the
/// first in the order of names among equals; `shares.len()` stands for having none. So among the first k the shares nearly
/// hold, whatever k is.
pub(super) fn levels_by_agent(shares: &[f64], agents: usize) -> Vec<usize> {
    let rest = (1.0 - shares.iter().sum::<f64>()).max(0.0);
    let shares: Vec<f64> = shares.iter().copied().chain([rest]).collect();
    let mut taken = vec![0.0; shares.len()];
    let next = |k: usize| {
        let missing = |level: usize| shares[level] * k as f64 - taken[level];
        let most = (1..shares.len())
            .fold(0, |best, level| if missing(level) > missing(best) { level } else { best });
        taken[most] += 1.0;
        most
    };
    (1..=agents).map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_the_first_heads_the_shares_nearly_hold() {
        // One in four: missing after k people 0.25, 0.5 (equal to 0.5 of the others' 2 * 0.75 - 1: the name goes first) ...
        assert_eq!(levels_by_agent(&[0.25], 8), [1, 0, 1, 1, 1, 0, 1, 1]);
        assert_eq!(levels_by_agent(&[], 3), [0, 0, 0]);
        assert_eq!(levels_by_agent(&[1.0], 3), [0, 0, 0]);
        let shares = [0.3, 0.45];
        let taken = levels_by_agent(&shares, 200);
        for k in 1..=200 {
            for (level, share) in shares.iter().enumerate() {
                let count = taken[..k].iter().filter(|&&of| of == level).count() as f64;
                assert!((count - share * k as f64).abs() < 1.0, "{level} among {k}");
            }
        }
    }

    #[test]
    fn more_people_keep_the_levels_of_those_who_were_there() {
        let (few, many) = (levels_by_agent(&[0.2, 0.5], 17), levels_by_agent(&[0.2, 0.5], 40));
        assert_eq!(few, many[..17]);
    }
}
