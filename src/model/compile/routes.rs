//! The class table: for every kind of contact the rules that may take it, in the order in which they are tried.

use std::collections::BTreeMap;

use super::findings::{Findings, path};
use super::names::Directory;
use super::rules::{Match, Routing};
use crate::diagnostic::Code;
use crate::model::{Bound, Routes, RuleId};

/// The most classes: 4 million, 32 MB.
const MOST_CLASSES: u64 = 4_000_000;

/// Builds the table; `None`, with a finding, if it would be too large.
pub(super) fn routes(names: &Directory<'_>, routing: &Routing, findings: &mut Findings) -> Option<Routes> {
    let sizes = [names.contact_types.len(), names.profiles.len(), names.numbers.len()];
    let redirects = routing.matches.iter().any(|m| m.redirected.is_some());
    let routes = Routes { profiles: sizes[1], numbers: sizes[2], redirects, ..Routes::default() };
    let classes = sizes.iter().map(|&size| size as u64).product::<u64>() * 2 * routes.bounds() as u64;
    if classes > MOST_CLASSES {
        let [types, profiles, numbers] = sizes;
        let message = format!(
            "{types} contact types, {profiles} profiles and {numbers} numbers make {classes} kinds of contact; the \
             program holds {MOST_CLASSES}"
        );
        findings.add(Code::TOO_MANY_CLASSES, "contact_types", message, "merge types, profiles or numbers");
        return None;
    }
    let mut table = Table { routing, seen: BTreeMap::new(), routes };
    table.fill(sizes);
    Some(table.routes)
}

struct Table<'r> {
    routing: &'r Routing,
    /// Lists of candidates that stand in the table already.
    seen: BTreeMap<Vec<RuleId>, (u32, u32)>,
    routes: Routes,
}

impl Table<'_> {
    /// Goes through the classes in the order of [`Routes::class`], sieving the rules from level to level.
    fn fill(&mut self, [types, profiles, numbers]: [usize; 3]) {
        let all: Vec<usize> = (0..self.routing.rules.len()).collect();
        for contact_type in 0..types {
            let of_type = self.sieve(&all, |m| allows(&m.contact_types, contact_type));
            for profile in 0..profiles {
                let of_profile = self.sieve(&of_type, |m| allows(&m.profiles, profile));
                for number in 0..numbers {
                    let of_number = self.sieve(&of_profile, |m| allows(&m.numbers, number));
                    for recognised in [false, true] {
                        let known = self
                            .sieve(&of_number, |m| m.recognised.is_none_or(|wanted| wanted == recognised));
                        for &bound in &Bound::ALL[..self.routes.bounds()] {
                            self.push(&self.sieve(&known, |m| m.takes(bound)));
                        }
                    }
                }
            }
        }
    }

    fn sieve(&self, rules: &[usize], keep: impl Fn(&Match) -> bool) -> Vec<usize> {
        rules.iter().copied().filter(|&rule| keep(&self.routing.matches[rule])).collect()
    }

    /// Adds a class with these rules, up to the first without a condition.
    fn push(&mut self, rules: &[usize]) {
        let unconditional = |&rule: &usize| self.routing.rules[rule].takes_all();
        let certain = rules.first().copied().filter(unconditional).map(RuleId::from_index);
        self.routes.certain.push(certain);
        let tried = rules.iter().position(unconditional).map_or(rules, |last| &rules[..=last]);
        let tried: Vec<RuleId> = tried.iter().map(|&rule| RuleId::from_index(rule)).collect();
        let candidates = &mut self.routes.candidates;
        let range = *self.seen.entry(tried).or_insert_with_key(|tried| {
            let start = candidates.len() as u32;
            candidates.extend(tried);
            (start, candidates.len() as u32)
        });
        self.routes.ranges.push(range);
    }
}

impl Match {
    fn takes(&self, bound: Bound) -> bool {
        self.tier == bound.tier() && self.redirected.is_none_or(|wanted| wanted == bound.is_redirected())
    }
}

fn allows(rows: &Option<Vec<usize>>, row: usize) -> bool {
    rows.as_ref().is_none_or(|rows| rows.binary_search(&row).is_ok())
}

/// A rule that no class ever tries.
pub(super) fn check_shadowed(routing: &Routing, routes: &Routes, findings: &mut Findings) {
    let mut tried = vec![false; routing.rules.len()];
    routes.candidates.iter().for_each(|rule| tried[rule.index()] = true);
    for (row, rule) in routing.rules.iter().enumerate().filter(|(row, _)| !tried[*row]) {
        let (matches, earlier) = (&routing.matches[row], routing.rules[..row].iter().zip(&routing.matches));
        let shadows = |(other, m): &(&crate::model::Rule, &Match)| other.takes_all() && overlap(m, matches);
        let shadowing: Vec<&str> = earlier.filter(shadows).map(|(other, _)| other.name.as_str()).collect();
        let message = match shadowing.first() {
            Some(first) => format!(
                "\"{}\" can never match: \"{first}\" comes first and takes all it could have",
                rule.name
            ),
            None => format!("\"{}\" can never match: its conditions fit nobody", rule.name),
        };
        let help = "give it a smaller `order`, or take it out";
        findings.add(Code::NEVER_MATCHES, path(&["routing", &rule.name]), message, help);
    }
}

/// Whether two rules have contacts in common.
fn overlap(a: &Match, b: &Match) -> bool {
    let meet = |a: &Option<Vec<usize>>, b: &Option<Vec<usize>>| match (a, b) {
        (Some(a), Some(b)) => a.iter().any(|row| b.contains(row)),
        _ => true,
    };
    a.tier == b.tier
        && a.recognised.zip(b.recognised).is_none_or(|(a, b)| a == b)
        && a.redirected.zip(b.redirected).is_none_or(|(a, b)| a == b)
        && meet(&a.contact_types, &b.contact_types)
        && meet(&a.profiles, &b.profiles)
        && meet(&a.numbers, &b.numbers)
}
