//! Queues to which something written may come, which call nobody from other work.

use std::collections::BTreeSet;

use super::plan::RulePlan;
use crate::scenario::{Channel, OneOrMany, Scenario, When};

/// What never changes of a contact, and where it is bound for.
#[derive(Clone, Copy)]
struct Class<'a> {
    contact_type: &'a str,
    channel: Channel,
    profile: &'a str,
    number: &'a str,
    recognised: bool,
    tier: u8,
    redirected: bool,
}

/// The queues of all rules that may lead something written: of each class those up to the first that takes all of it, for what comes after that one never
/// has any.
pub fn written_queues<'a>(scenario: &'a Scenario, rules: &[RulePlan<'a>]) -> BTreeSet<&'a str> {
    let mut queues = BTreeSet::new();
    for class in written_classes(scenario) {
        let of_class = rules.iter().filter(|plan| fits(&plan.rule.when, class));
        for plan in of_class {
            queues.insert(plan.rule.queue.as_str());
            if takes_all(&plan.rule.when) {
                break;
            }
        }
    }
    queues
}

/// All classes of what is written.
fn written_classes(scenario: &Scenario) -> impl Iterator<Item = Class<'_>> {
    let profiles: Vec<&str> = named(scenario.profiles.keys());
    let numbers: Vec<&str> = named(scenario.numbers.keys());
    let types = scenario.contact_types.iter().filter(|(_, of)| of.channel.is_written());
    let callers: Vec<(&str, &str)> =
        profiles.iter().flat_map(|&profile| numbers.iter().map(move |&number| (profile, number))).collect();
    types.flat_map(move |(contact_type, of)| {
        let channel = of.channel;
        callers.clone().into_iter().flat_map(move |(profile, number)| {
            (0..8_u8).map(move |bits| Class {
                contact_type,
                channel,
                profile,
                number,
                recognised: bits & 1 > 0,
                tier: 1 + (bits >> 1 & 1),
                redirected: bits & 4 > 0,
            })
        })
    })
}

/// All names, or one that nothing has where there are none.
fn named<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let names: Vec<&str> = names.map(String::as_str).collect();
    if names.is_empty() { vec![""] } else { names }
}

/// Whether a rule may take a contact of a class, at some hour and whatever else it asks.
fn fits(when: &When, class: Class<'_>) -> bool {
    let is_one = |names: &Option<OneOrMany>, name: &str| {
        names.as_ref().is_none_or(|names| names.names().iter().any(|known| known == name))
    };
    when.tier.unwrap_or(1) == class.tier
        && when.redirected.is_none_or(|redirected| redirected == class.redirected)
        && is_one(&when.contact_type, class.contact_type)
        && is_one(&when.profile, class.profile)
        && is_one(&when.number, class.number)
        && when.channel.is_none_or(|channel| channel == class.channel)
        && when.recognised.is_none_or(|recognised| recognised == class.recognised)
}

/// Whether a rule asks nothing but a class.
fn takes_all(when: &When) -> bool {
    when.hours.is_none()
        && when.holiday.is_none()
        && when.repeat_within_days.is_none()
        && when.attempt_over.is_none()
        && when.has_open_case.is_none()
        && when.mark.is_none()
        && when.at_most.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::plan::Plan;
    use crate::calendar::Calendar;

    /// The queues to which something written may come, by these rules.
    fn written(rules: &str) -> Vec<String> {
        let text = format!(
            r#"
            [scenario]
            name = "letters"
            start = "2024-01-15"
            days = 1
            [profiles.a]
            share = 0.5
            [profiles.b]
            share = 0.5
            [contact_types.call]
            service_time = "1m"
            [contact_types.mail]
            channel = "email"
            service_time = "1m"
            [arrivals.call]
            per_day = 1
            [queues.mails.steps.first]
            groups = ["g"]
            [queues.calls.steps.first]
            groups = ["g"]
            [agent_groups.g]
            serves = ["mails", "calls"]
            staffing.heads = 1
            [routing.all]
            order = 9
            queue = "calls"
            {rules}
            "#
        );
        let scenario: Scenario = toml::from_str(&text).expect("a scenario");
        let calendar = Calendar::utc();
        let (plan, _) = Plan::new(&scenario, &calendar);
        written_queues(&scenario, &plan.rules).into_iter().map(String::from).collect()
    }

    #[test]
    fn a_rule_that_takes_all_that_is_written_leaves_nothing_to_those_after_it() {
        let mails = "[routing.mails]\norder = 1\nqueue = \"mails\"\nwhen = ";
        let first = |when: &str| written(&format!("{mails}{when}"));
        assert_eq!(first("{ channel = \"email\" }"), ["mails"]);
        assert_eq!(first("{ type = \"mail\" }"), ["mails"]);
        assert_eq!(first("{ channel = \"email\", profile = [\"a\", \"b\"] }"), ["mails"]);
        assert_eq!(first("{ channel = \"email\", profile = \"a\" }"), ["calls", "mails"]);
        assert_eq!(first("{ channel = \"email\", recognised = true }"), ["calls", "mails"]);
        assert_eq!(first("{ channel = \"email\", hours = \"08:00-18:00\" }"), ["calls", "mails"]);
        assert_eq!(first("{ type = \"call\" }"), ["calls"]);
    }
}
