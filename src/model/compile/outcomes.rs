//! How talks end: the outcome tables of a contact type by tier, and those of profiles and agent groups.
//!
//! The table that says most decides: a group's for a profile, then the group's, then the profile's, then the type's.

use std::collections::BTreeMap;

use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use super::names::Directory;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    AgentGroup, AgentId, ContactType, ContactTypeId, GroupId, Model, Outcome, OutcomeTables, Outcomes,
    ProfileId, TIERS,
};
use crate::scenario::{self as document, Scenario, Share, join};

const TIER_KEYS: [&str; TIERS] = ["tier1", "tier2"];
const OUTCOMES: [(&str, Outcome); 8] = [
    ("resolved", Outcome::Resolved),
    ("escalate", Outcome::Escalated),
    ("unresolved", Outcome::Unresolved),
    ("wrong_department", Outcome::WrongDepartment),
    ("send_back", Outcome::SentBack),
    ("case", Outcome::Case),
    ("booking", Outcome::Booking),
    ("consult", Outcome::Consulted),
];
/// The most rows of the table by type, profile and group: 16 MB.
const MOST_ROWS: usize = 4_000_000;
/// The key whose value names the outcome that takes what the others leave.
pub(super) const REST: &str = "rest";

/// The outcomes of contact type `name` at each tier; a tier of which nothing is said resolves everything.
pub(super) fn outcomes(
    name: &str,
    of: &BTreeMap<String, document::Outcomes>,
    findings: &mut Findings,
) -> [Outcomes; TIERS] {
    let at = path(&["contact_types", name, "outcome"]);
    by_tier(of, &at, findings)
        .map(|table| table.unwrap_or(Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Resolved] }))
}

/// The tables that stand at `at`, by tier.
fn by_tier(
    of: &BTreeMap<String, document::Outcomes>,
    at: &str,
    findings: &mut Findings,
) -> [Option<Outcomes>; TIERS] {
    for tier in of.keys().filter(|tier| !TIER_KEYS.contains(&tier.as_str())) {
        let finding =
            Diagnostic::new(Code::UNKNOWN_NAME, join(at, tier), format!("no tier is named \"{tier}\""));
        findings.push(finding.with_candidates(tier, "tiers", TIER_KEYS));
    }
    TIER_KEYS.map(|tier| of.get(tier).map(|shares| table(shares, &join(at, tier), tier, findings)))
}

/// The tables of all types, profiles and groups; `None` where neither profiles nor groups have tables of their own.
pub(super) fn outcome_tables(
    scenario: &Scenario,
    names: &Directory<'_>,
    contact_types: &[ContactType],
    findings: &mut Findings,
) -> Option<OutcomeTables> {
    let own = Own::new(scenario, names, findings);
    if own.of_profile.is_empty() && own.of_group.is_empty() && own.of_both.is_empty() {
        return None;
    }
    let (types, profiles, groups) = (contact_types.len(), names.profiles.len(), names.groups.len());
    if types.saturating_mul(profiles).saturating_mul(groups) > MOST_ROWS {
        let message = format!(
            "{types} contact types, {profiles} profiles and {groups} groups make too many outcome tables; the program \
             holds {MOST_ROWS}"
        );
        findings.add(Code::TOO_MANY_CLASSES, "contact_types", message, "merge types, profiles or groups");
        return None;
    }
    let tiers: Vec<u8> =
        scenario.agent_groups.values().map(|group| group.tier.clamp(1, TIERS as u8)).collect();
    let mut tables = OutcomeTables { profiles, groups, ..OutcomeTables::default() };
    for (contact_type, of) in contact_types.iter().enumerate() {
        for profile in 0..profiles {
            for (group, &tier) in tiers.iter().enumerate() {
                let own = own.table(contact_type, profile, group, tier);
                let table = own.unwrap_or(&of.outcome[usize::from(tier - 1)]);
                let known = tables.tables.iter().position(|known| known == table);
                let row = known.unwrap_or_else(|| {
                    tables.tables.push(table.clone());
                    tables.tables.len() - 1
                });
                tables.rows.push(row as u32);
            }
        }
    }
    Some(tables)
}

/// The tables that profiles and groups have of their own, by row of contact type, profile and group.
#[derive(Default)]
struct Own {
    /// By type, profile and tier.
    of_profile: BTreeMap<(usize, usize, u8), Outcomes>,
    /// By type and group.
    of_group: BTreeMap<(usize, usize), Outcomes>,
    /// By type, profile and group.
    of_both: BTreeMap<(usize, usize, usize), Outcomes>,
}

impl Own {
    fn new(scenario: &Scenario, names: &Directory<'_>, findings: &mut Findings) -> Own {
        let mut own = Own::default();
        for (profile, (name, of)) in scenario.profiles.iter().enumerate() {
            for (contact_type, tables) in &of.outcome {
                let at = path(&["profiles", name, "outcome", contact_type]);
                let row = names.contact_types.resolve(contact_type, &at, findings);
                let tables = by_tier(tables, &at, findings);
                for (tier, table) in (1..).zip(tables) {
                    let entry = row.zip(table).map(|(row, table)| ((row, profile, tier), table));
                    own.of_profile.extend(entry);
                }
            }
        }
        for (group, (name, of)) in scenario.agent_groups.iter().enumerate() {
            let tier = TIER_KEYS[usize::from(of.tier.clamp(1, TIERS as u8)) - 1];
            let at = path(&["agent_groups", name, "outcome"]);
            let tables = by_type(&of.outcome, &at, tier, names, findings);
            own.of_group.extend(tables.into_iter().map(|(row, table)| ((row, group), table)));
            for (profile, tables) in &of.outcome_by_profile {
                let at = path(&["agent_groups", name, "outcome_by_profile", profile]);
                let profile = names.profiles.resolve(profile, &at, findings);
                let tables = by_type(tables, &at, tier, names, findings);
                let of_profile = |(row, table)| profile.map(|profile| ((row, profile, group), table));
                own.of_both.extend(tables.into_iter().filter_map(of_profile));
            }
        }
        own
    }

    /// The table that says most of what is known besides the type; `None`: the type's own holds.
    fn table(&self, contact_type: usize, profile: usize, group: usize, tier: u8) -> Option<&Outcomes> {
        let of_both = self.of_both.get(&(contact_type, profile, group));
        let of_group = of_both.or_else(|| self.of_group.get(&(contact_type, group)));
        of_group.or_else(|| self.of_profile.get(&(contact_type, profile, tier)))
    }
}

/// A group's tables by row of contact type.
fn by_type(
    of: &BTreeMap<String, document::Outcomes>,
    at: &str,
    tier: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<(usize, Outcomes)> {
    let mut tables = Vec::new();
    for (contact_type, shares) in of {
        let at = join(at, contact_type);
        let row = names.contact_types.resolve(contact_type, &at, findings);
        let table = table(shares, &at, tier, findings);
        tables.extend(row.map(|row| (row, table)));
    }
    tables
}

/// The outcomes after a consultation, which an agent of tier 1 has asked for.
pub(super) fn after_consultation(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Outcomes {
    cumulated(&options(shares, at, findings))
}

/// Outcomes with their probabilities in declared order, the one that takes the rest last.
fn options(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Vec<(f64, Outcome)> {
    let mut options = parts(shares, at, findings);
    let sum: f64 = options.iter().map(|(share, _)| share).sum();
    check_sum(sum, shares.get(REST).is_some(), at, findings);
    if let Some(rest) = rest(shares, at, findings) {
        options.push(((1.0 - sum).max(0.0), rest));
    }
    options
}

/// A table in declared order, the outcome that takes the rest last.
fn table(shares: &document::Outcomes, at: &str, tier: &str, findings: &mut Findings) -> Outcomes {
    let options = options(shares, at, findings);
    let may_end = |wanted| options.iter().any(|&(share, outcome)| outcome == wanted && share > 0.0);
    if tier == TIER_KEYS[0] && may_end(Outcome::SentBack) {
        let message = format!("{tier} sends back, and there is no tier below it");
        let help = "write `wrong_department`: the contact is routed again at its tier";
        findings.add(Code::NO_TIER_BELOW, at, message, help);
    }
    if tier == TIER_KEYS[TIERS - 1] && may_end(Outcome::Escalated) {
        let message = format!("{tier} escalates, and there is no tier above it");
        findings.add(
            Code::NO_TIER_ABOVE,
            at,
            message,
            "let tier 2 end with `resolved`, `unresolved` or `send_back`, and escalate from tier 1",
        );
    }
    if tier == TIER_KEYS[TIERS - 1] && may_end(Outcome::Consulted) {
        let message = format!("{tier} consults, and there is no tier above it to ask");
        findings.add(Code::BAD_CONSULTATION, at, message, "let tier 1 consult, and tier 2 end otherwise");
    }
    cumulated(&options)
}

fn cumulated(options: &[(f64, Outcome)]) -> Outcomes {
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = options
        .iter()
        .map(|(share, _)| {
            sum += share;
            sum
        })
        .collect();
    if let Some(last) = cumulative.last_mut() {
        *last = 1.0;
    }
    Outcomes { cumulative, outcome: options.iter().map(|&(_, outcome)| outcome).collect() }
}

/// The outcomes that have a probability.
fn parts(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Vec<(f64, Outcome)> {
    let mut options = Vec::new();
    for (name, share) in shares.iter().filter(|(name, _)| *name != REST) {
        let at = join(at, name);
        let outcome = outcome_named(name, &at, findings);
        match share {
            Share::Part(share) => {
                options.push((findings.number(&at, *share, 0.0..=1.0), outcome.unwrap_or(Outcome::Resolved)));
            }
            Share::Rest(text) => {
                let message = format!("\"{text}\" is no probability");
                findings.add(
                    Code::WRONG_TYPE,
                    at,
                    message,
                    format!("write a number, or `rest = \"{name}\"`"),
                );
            }
        }
    }
    options
}

/// The outcome that takes what the others leave.
fn rest(shares: &document::Outcomes, at: &str, findings: &mut Findings) -> Option<Outcome> {
    let at = format!("{at}.{REST}");
    match shares.get(REST)? {
        Share::Rest(name) if matches!(shares.get(name), Some(Share::Part(_))) => {
            let message = format!("\"{name}\" has a probability and takes the rest too");
            findings.add(Code::BAD_VALUE, at, message, "take its probability out");
            None
        }
        Share::Rest(name) => outcome_named(name, &at, findings),
        Share::Part(number) => {
            let message = format!("`rest` names an outcome; {number} is none");
            findings.add(Code::WRONG_TYPE, at, message, "write `rest = \"resolved\"`");
            None
        }
    }
}

pub(super) fn outcome_named(name: &str, at: &str, findings: &mut Findings) -> Option<Outcome> {
    let known = OUTCOMES.iter().find(|(known, _)| *known == name).map(|&(_, outcome)| outcome);
    if known.is_none() {
        let finding = Diagnostic::new(Code::UNKNOWN_OUTCOME, at, format!("no outcome is named \"{name}\""));
        findings.push(finding.with_candidates(name, "outcomes", OUTCOMES.map(|(name, _)| name)));
    }
    known
}

/// The outcome that a factor is put on.
pub(super) fn factor_of_outcome(name: &str, at: &str, findings: &mut Findings) -> Option<Outcome> {
    let outcome = outcome_named(name, at, findings)?;
    if outcome == Outcome::Resolved {
        let help = "put factors on the other outcomes; the last of a table takes up what they leave";
        findings.add(Code::FACTOR_ON_REST, at, "`resolved` is what is left of the talks", help);
        return None;
    }
    Some(outcome)
}

/// Shares times factors of skill levels and tenure leave something for the last outcome.
pub(super) fn check_factors(model: &Model, findings: &mut Findings) {
    if !model.differ_in_outcome() {
        return;
    }
    for (group, row) in model.groups.iter().enumerate() {
        let mut alike = row.agents.clone().map(AgentId).collect::<Vec<_>>();
        alike.dedup_by_key(|agent| model.outcome_factors.as_ref().map(|factors| factors.row[agent.index()]));
        for (contact_type, of) in model.contact_types.iter().enumerate() {
            let id = ContactTypeId::from_index(contact_type);
            let tables: Vec<&Outcomes> = match &model.outcomes {
                None => vec![&of.outcome[usize::from(row.tier - 1)]],
                Some(tables) => (0..model.profiles.len())
                    .map(|profile| tables.of(id, ProfileId::from_index(profile), GroupId::from_index(group)))
                    .collect(),
            };
            let sums = alike.iter().flat_map(|&agent| {
                let most = move |outcome| most_times(model, row, agent, id, outcome);
                tables.iter().map(move |table| scaled_sum(table, most))
            });
            let sum = sums.fold(0.0, f64::max);
            if sum > 1.0 + SHARES_WITHIN {
                let message = format!(
                    "with factors of tenure and skill the outcomes of \"{}\" but the last come to {}, more than 1",
                    of.name,
                    written(sum)
                );
                let at = path(&["agent_groups", &row.name]);
                findings.add(Code::FACTORS_TOO_LARGE, at, message, "lower the factors, or the shares");
            }
        }
    }
}

/// The sum of all shares but the last, each times its factor.
fn scaled_sum(table: &Outcomes, times: impl Fn(Outcome) -> f64) -> f64 {
    let before = std::iter::once(0.0).chain(table.cumulative.iter().copied());
    let shares = table.cumulative.iter().zip(before).map(|(upper, lower)| upper - lower);
    let all = shares.zip(&table.outcome).take(table.outcome.len().saturating_sub(1));
    all.map(|(share, &outcome)| if share > 0.0 { share * times(outcome) } else { 0.0 }).sum()
}

/// The largest factor that an agent of a group ever has on an outcome of a contact type.
fn most_times(model: &Model, group: &AgentGroup, agent: AgentId, of: ContactTypeId, outcome: Outcome) -> f64 {
    let skill = model.outcome_factors.as_ref().map_or(1.0, |factors| factors.of(agent, of, outcome));
    let mut curves = group.tenure.iter().flat_map(|tenure| &tenure.outcome_times[of.index()]);
    let curve = curves.find(|(known, _)| *known == outcome);
    let most = curve.and_then(|&(_, curve)| Some(model.learning.as_ref()?.most(curve)));
    skill * most.unwrap_or(1.0)
}

/// Probabilities sum to 1, or to less where an outcome takes the rest.
pub(super) fn check_sum(sum: f64, has_rest: bool, at: &str, findings: &mut Findings) {
    let fits = sum <= 1.0 + SHARES_WITHIN && (has_rest || sum >= 1.0 - SHARES_WITHIN);
    if !fits {
        let message = format!("the probabilities sum to {}", written(sum));
        let help = if sum > 1.0 {
            "let them sum to at most 1"
        } else {
            "name who takes what is left: `rest = \"resolved\"`"
        };
        findings.add(Code::SHARES, at, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(tier: &str, shares: &[(&str, Share)]) -> Result<[Outcomes; TIERS], Vec<String>> {
        let shares = shares.iter().map(|(name, share)| (name.to_string(), share.clone())).collect();
        let mut findings = Findings::default();
        let made = outcomes("taxes", &BTreeMap::from([(tier.to_string(), shares)]), &mut findings);
        let found: Vec<String> =
            findings.into_vec().iter().map(|f| format!("{} {}", f.code, f.path)).collect();
        if found.is_empty() { Ok(made) } else { Err(found) }
    }

    fn rest(name: &str) -> (&'static str, Share) {
        ("rest", Share::Rest(name.into()))
    }

    #[test]
    fn the_rest_comes_last_wherever_it_is_written() {
        let made = compiled("tier1", &[rest("resolved"), ("escalate", Share::Part(0.15))]).unwrap();
        assert_eq!(made[0].outcome, [Outcome::Escalated, Outcome::Resolved]);
        assert_eq!(made[0].cumulative, [0.15, 1.0]);
        assert_eq!(made[1].outcome, [Outcome::Resolved]);
    }

    #[test]
    fn each_mistake_has_its_code_and_place() {
        let at = "contact_types.taxes.outcome";
        let said = |tier, shares: &[(&str, Share)]| compiled(tier, shares).unwrap_err();
        let half = Share::Part(0.5);
        assert_eq!(said("tier1", &[("resolved", half.clone())]), [format!("E3008 {at}.tier1")]);
        assert_eq!(
            said("tier1", &[("resolved", Share::Part(1.5))]),
            [format!("E3005 {at}.tier1.resolved"), format!("E3008 {at}.tier1")]
        );
        assert_eq!(
            said("tier1", &[("lost", half.clone()), rest("resolved")]),
            [format!("E2109 {at}.tier1.lost")]
        );
        assert_eq!(said("tier1", &[("rest", Share::Part(1.0))]), [format!("E3001 {at}.tier1.rest")]);
        assert_eq!(
            said("tier1", &[("resolved", half.clone()), rest("resolved")]),
            [format!("E3007 {at}.tier1.rest")]
        );
        assert_eq!(said("tier2", &[("escalate", half), rest("resolved")]), [format!("E5010 {at}.tier2")]);
        assert_eq!(said("tier3", &[rest("resolved")]), [format!("E2003 {at}.tier3")]);
        let back = [("send_back", Share::Part(0.1)), rest("resolved")];
        assert_eq!(said("tier1", &back), [format!("E5060 {at}.tier1")]);
        assert_eq!(compiled("tier2", &back).unwrap()[1].outcome, [Outcome::SentBack, Outcome::Resolved]);
    }
}
