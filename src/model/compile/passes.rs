//! How often a contact is routed: its legs by what it is bound for, as outcome tables pass it on.
//!
//! Exact if nobody hangs up and those groups that may answer do so in proportion to their people.

use crate::model::{
    Bound, ContactType, ContactTypeId, GroupId, Model, NEVER, Outcome, Outcomes, ProfileId, RuleId, TIERS,
};

/// A probability or a number of legs for each of [`Bound::ALL`].
pub(super) type ByBound = [f64; 2 * TIERS];

/// Expected legs of a contact. `candidates` are the rules that may take it when it is bound so.
pub(super) fn legs<'m>(
    model: &'m Model,
    of: (ContactTypeId, ProfileId),
    candidates: impl Fn(Bound) -> &'m [RuleId],
) -> ByBound {
    let onward = Bound::ALL.map(|bound| passed_on(model, of, bound, candidates(bound)));
    let passes = model.contact_types[of.0.index()].passed_on_at_most;
    let (mut legs, mut reaching) = ([0.0; 2 * TIERS], [0.0; 2 * TIERS]);
    reaching[Bound::First as usize] = 1.0;
    for _ in 0..=passes {
        let mut next = [0.0; 2 * TIERS];
        for (from, &share) in reaching.iter().enumerate() {
            legs[from] += share;
            next.iter_mut().zip(&onward[from]).for_each(|(sum, onward)| *sum += share * onward);
        }
        reaching = next;
    }
    legs
}

/// With which probability a talk of a contact that is bound so passes it on, by where to.
fn passed_on(
    model: &Model,
    (contact_type, profile): (ContactTypeId, ProfileId),
    bound: Bound,
    candidates: &[RuleId],
) -> ByBound {
    let row = &model.contact_types[contact_type.index()];
    let groups = answering(model, candidates);
    let people: f64 = groups.iter().map(|&(_, people)| people).sum();
    let mut onward = [0.0; 2 * TIERS];
    if groups.is_empty() {
        add(&mut onward, 1.0, row, &row.outcome[usize::from(bound.tier() - 1)], bound.tier());
    }
    for (group, heads) in groups {
        let tier = model.groups[group.index()].tier;
        let table = match &model.outcomes {
            None => &row.outcome[usize::from(tier - 1)],
            Some(tables) => tables.of(contact_type, profile, group),
        };
        add(&mut onward, heads / people, row, table, tier);
    }
    onward
}

/// The groups that may answer contacts of these rules, each with its people, but at least one.
fn answering(model: &Model, candidates: &[RuleId]) -> Vec<(GroupId, f64)> {
    let queues = || candidates.iter().map(|rule| &model.queues[model.rules[rule.index()].queue.index()]);
    let answers = |group: &usize| queues().any(|queue| queue.eligible_from[*group] != NEVER);
    let people = |group: usize| {
        let people = model.groups[group].agents.len().max(1);
        (GroupId::from_index(group), people as f64)
    };
    (0..model.groups.len()).filter(answers).map(people).collect()
}

fn add(onward: &mut ByBound, weight: f64, of: &ContactType, table: &Outcomes, tier: u8) {
    for (share, outcome) in ends(of, table) {
        if let Some(bound) = outcome.passes_on(tier) {
            onward[bound as usize] += weight * share;
        }
    }
}

/// Outcomes with their probabilities.
fn shares(table: &Outcomes) -> impl Iterator<Item = (f64, Outcome)> {
    let before = std::iter::once(0.0).chain(table.cumulative.iter().copied());
    let shares = table.cumulative.iter().zip(before).map(|(upper, lower)| upper - lower);
    shares.zip(table.outcome.iter().copied())
}

/// Outcomes of talks about a type with their probabilities in the end, every consultation being given.
pub(super) fn ends<'t>(
    of: &'t ContactType,
    table: &'t Outcomes,
) -> impl Iterator<Item = (f64, Outcome)> + 't {
    let after = of.consultation.as_deref().map(|of| &of.outcome);
    shares(table).flat_map(move |(share, outcome)| {
        let consulted = after.filter(|_| outcome == Outcome::Consulted);
        let own = consulted.is_none().then_some((share, outcome));
        let later = consulted.into_iter().flat_map(shares);
        own.into_iter().chain(later.map(move |(part, outcome)| (share * part, outcome)))
    })
}

/// The share of talks about a type that end with a consultation, by one of its tables for tier 1.
pub(super) fn consulted(table: &Outcomes) -> f64 {
    shares(table).filter(|(_, outcome)| *outcome == Outcome::Consulted).map(|(share, _)| share).sum()
}

/// The probability that an answered contact ends unresolved, by the type's own tables.
pub(super) fn unresolved(of: &ContactType) -> f64 {
    let (mut unresolved, mut reaching) = (0.0, [1.0, 0.0]);
    for pass in 0..=of.passed_on_at_most {
        let mut next = [0.0; TIERS];
        for tier in 1..=TIERS {
            for (share, outcome) in ends(of, &of.outcome[tier - 1]) {
                let share = reaching[tier - 1] * share;
                match outcome.passes_on(tier as u8) {
                    Some(bound) if pass < of.passed_on_at_most => {
                        next[usize::from(bound.tier() - 1)] += share;
                    }
                    Some(_) => unresolved += share,
                    None if outcome == Outcome::Unresolved => unresolved += share,
                    None => {}
                }
            }
        }
        reaching = next;
    }
    unresolved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::compile;
    use crate::scenario::Scenario;

    fn compiled(tables: &str) -> Model {
        let text = format!(
            r#"
            [scenario]
            name = "passes"
            start = "2008-06-16"
            [arrivals.a]
            per_day = 10
            [contact_types.a]
            service_time = "1m"
            {tables}
            [queues.first.steps.s]
            groups = ["desk"]
            [queues.second.steps.s]
            groups = ["experts"]
            [routing.second]
            order = 1
            when = {{ tier = 2 }}
            queue = "second"
            [routing.first]
            order = 2
            queue = "first"
            [agent_groups.desk]
            serves = ["first"]
            staffing = {{ heads = 1 }}
            [agent_groups.experts]
            tier = 2
            serves = ["second"]
            staffing = {{ heads = 1 }}
            "#
        );
        let scenario: Scenario = toml::from_str(&text).unwrap();
        compile(&scenario).unwrap().model
    }

    fn legs_of(model: &Model) -> ByBound {
        legs(model, (ContactTypeId(0), ProfileId(0)), |bound| {
            let class =
                model.routes.class(ContactTypeId(0), ProfileId(0), crate::model::NumberId(0), false, bound);
            model.routes.candidates(class)
        })
    }

    #[test]
    fn half_are_escalated_half_of_those_come_back_and_at_most_three_passes_are_made() {
        let tables = "outcome.tier1 = { escalate = 0.5, rest = 'resolved' }\n\
                      outcome.tier2 = { send_back = 0.5, unresolved = 0.1, rest = 'resolved' }";
        let model = compiled(tables);
        // 1, then 1/2 at tier 2, 1/4 back at tier 1, 1/8 at tier 2 once more; there whoever would be sent back stays unresolved.
        assert_eq!(legs_of(&model), [1.0, 0.5 + 0.125, 0.25, 0.0]);
        let unresolved = unresolved(&model.contact_types[0]);
        assert!((unresolved - (0.05 + 0.0125 + 0.0625)).abs() < 1e-15, "{unresolved}");
    }

    #[test]
    fn the_wrong_department_is_left_for_the_same_tier() {
        let model =
            compiled("outcome.tier1 = { wrong_department = 0.5, rest = 'resolved' }\npassed_on_at_most = 2");
        assert_eq!(legs_of(&model), [1.0, 0.0, 0.75, 0.0]);
        assert_eq!(unresolved(&model.contact_types[0]), 0.125);
    }
}
