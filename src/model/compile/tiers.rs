//! That what is bound for tier 2 is served there.
//!
//! Talk and outcome go by the tier of the group that answers: an agent of tier 1 who answered an escalated contact could
//! escalate it again, and so without end.

use super::findings::{Findings, path};
use super::rules::Routing;
use crate::diagnostic::Code;
use crate::model::{NEVER, Queue};
use crate::scenario::Scenario;

/// Every group that a queue of tier 2 may call on is of that tier; one finding a rule and group. A tier that is out of range
/// has a finding of its own.
pub(super) fn check_tiers(scenario: &Scenario, routing: &Routing, queues: &[Queue], findings: &mut Findings) {
    for (rule, matches) in routing.rules.iter().zip(&routing.matches) {
        let queue = &queues[rule.queue.index()];
        let serving =
            scenario.agent_groups.iter().zip(&queue.eligible_from).filter(|&(_, &from)| from != NEVER);
        for ((name, group), _) in serving.filter(|((_, group), _)| (1..matches.tier).contains(&group.tier)) {
            let message = format!(
                "the rule takes contacts bound for tier {}, and \"{name}\" serves \"{}\" at tier {}",
                matches.tier, queue.name, group.tier
            );
            let help = format!(
                "give agent_groups.{name} the tier {}, or let the rule lead to another queue",
                matches.tier
            );
            findings.add(Code::LOWER_TIER, path(&["routing", &rule.name, "queue"]), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A desk of tier 1, and who serves what is escalated.
    fn codes(experts: &str) -> Vec<String> {
        let text = format!(
            r#"{{
                "scenario": {{"name": "tiers", "start": "2008-06-16"}},
                "contact_types": {{"a": {{"service_time": "1m", "outcome": {{"tier1": {{"escalate": 1.0}}}}}}}},
                "arrivals": {{"a": {{"per_day": 10}}}},
                "queues": {{
                    "first": {{"steps": {{"s": {{"groups": ["desk"]}}}}}},
                    "second": {{"steps": {{"s": {{"groups": ["experts"]}}}}}}
                }},
                "routing": {{
                    "first": {{"order": 1, "queue": "first"}},
                    "second": {{"order": 2, "when": {{"tier": 2}}, "queue": "second"}}
                }},
                "agent_groups": {{
                    "desk": {{"serves": ["first"], "staffing": {{"heads": 1}}}},
                    "experts": {{{experts} "serves": ["second"], "staffing": {{"heads": 1}}}}
                }}
            }}"#
        );
        let scenario: Scenario = serde_json::from_str(&text).unwrap();
        match crate::model::compile(&scenario) {
            Ok(_) => Vec::new(),
            Err(found) => found.iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect(),
        }
    }

    #[test]
    fn tier_1_does_not_serve_what_is_bound_for_tier_2() {
        assert_eq!(codes(r#""tier": 2,"#), [""; 0]);
        assert_eq!(codes(""), ["E5017 routing.second.queue"]);
    }
}
