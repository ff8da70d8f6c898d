//! Skills from the scenario's text to the talks in the log, and patience from attempt to attempt.

use std::collections::BTreeMap;

use crate::support::{logs, model};

/// Two types and a group of five who are never all busy.
fn office(skills: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "skills"
        start = "2024-01-01"
        [contact_types.registry]
        service_time = {{ lognormal = {{ mean = "4m", sd = "3m" }} }}
        wrap_up = {{ exponential = "40s" }}
        [contact_types.taxes]
        service_time = {{ exponential = "5m" }}
        [arrivals.registry]
        per_hour = 6
        [arrivals.taxes]
        per_hour = 6
        [queues.calls.steps.first]
        groups = ["office"]
        [routing.all]
        order = 10
        queue = "calls"
        [agent_groups.office]
        serves = ["calls"]
        staffing.heads = 10
        {skills}
        "#
    )
}

/// By leg: type, agent, talk and wrap-up in microseconds.
fn talks(skills: &str) -> BTreeMap<String, (String, String, i64, i64)> {
    let legs = logs(&office(skills), 3).legs;
    let talk = |leg: &centralino::log::LegRow| {
        let (talk_ended, wrap_up_ended) = (leg.talk_ended.unwrap(), leg.wrap_up_ended.unwrap());
        (
            leg.contact_type.to_string(),
            leg.agent.as_deref().unwrap().to_string(),
            talk_ended.us_since(leg.left),
            wrap_up_ended.us_since(talk_ended),
        )
    };
    legs.iter().map(|leg| (leg.need.to_string(), talk(leg))).collect()
}

#[test]
fn the_same_call_takes_as_long_times_the_factors_of_group_type_and_level() {
    let plain = talks("");
    let skilled = talks(
        "service_time = { times = 1.5, taxes = { times = 1.2 } }\n\
         levels.novice = { share = 0.3, service_time = { times = 2.0, registry = { times = 0.5 } } }",
    );
    assert!(plain.len() > 250);
    let mut seen = BTreeMap::new();
    for (need, (contact_type, agent, talk, wrap_up)) in &skilled {
        // Of ten people the second, the fifth and the ninth are novices.
        let novice = ["office#001", "office#004", "office#008"].contains(&agent.as_str());
        let times = match (contact_type.as_str(), novice) {
            ("registry", false) => 1.5,
            ("registry", true) => 1.5 * 2.0 * 0.5,
            (_, false) => 1.5 * 1.2,
            (_, true) => 1.5 * 1.2 * 2.0,
        };
        let (_, _, alone, same_wrap_up) = &plain[need];
        assert!(
            (*talk as f64 - *alone as f64 * times).abs() <= 4.0,
            "{need} {agent}: {talk}, {alone} times {times}"
        );
        assert_eq!(wrap_up, same_wrap_up);
        *seen.entry((contact_type.clone(), novice)).or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn factors_of_one_change_no_number() {
    assert_eq!(talks("service_time = { times = 1, taxes = { times = 1.0 } }"), talks(""));
    let alike = model(&office("levels.novice = { share = 0.3, service_time = { times = 1 } }"));
    assert!(alike.service_factors.is_none());
}

/// By attempt: how many needs made it, and the waits of each need, in microseconds.
fn waits_of_those_who_call_again(how: &str) -> Vec<Vec<u64>> {
    let rows = logs(
        &format!(
            "[scenario]\nname = \"nobody answers\"\nstart = \"2024-01-01\"\n[contact_types.a]\nservice_time = \"1m\"\n\
             patience = {{ exponential = \"2m\" }}\nretrial_patience = \"{how}\"\n\
             after_abandonment = {{ retrial = 1, delay = \"5m\", at_most = 3 }}\n[arrivals.a]\nper_hour = 5\n\
             [queues.a.steps.first]\ngroups = [\"g\"]\n[routing.a]\norder = 1\nqueue = \"a\"\n\
             [agent_groups.g]\nserves = [\"a\"]\nstaffing.heads = 0\n"
        ),
        11,
    );
    let mut legs = rows.legs;
    legs.sort_by_key(|leg| (leg.need.clone(), leg.attempt));
    let needs = legs.chunk_by(|a, b| a.need == b.need);
    needs.map(|legs| legs.iter().map(|leg| leg.wait_s.as_us()).collect()).collect()
}

#[test]
fn patience_is_fresh_or_kept_when_somebody_calls_again() {
    let (fresh, kept) = (waits_of_those_who_call_again("fresh"), waits_of_those_who_call_again("kept"));
    assert!(fresh.len() > 50 && fresh.len() == kept.len());
    for (fresh, kept) in fresh.iter().zip(&kept).filter(|(fresh, kept)| fresh.len() == 3 && kept.len() == 3) {
        assert_eq!([kept[0]; 3], kept[..], "as long as at the first attempt");
        assert_eq!(kept[0], fresh[0], "which is the same in either way");
        assert!(fresh[1] != fresh[0] && fresh[2] != fresh[1]);
    }
}
