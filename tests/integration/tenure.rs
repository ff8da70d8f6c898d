//! People who learn and leave, from the scenario's text to the talks in the log, and against closed forms.

use std::collections::BTreeMap;

use centralino::log::LegRow;
use centralino::measures::{Basis, Scope};
use centralino::model::Mode;
use centralino::random::math::pow;

use crate::audited::is_sound;
use crate::support::{estimate, logs, model, record, results, scenario};

/// Forty people, of whom each has about five calls of 100 s a day, for four weeks.
fn center(more: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "newcomers"
        start = "2024-01-01"
        days = 28
        [contact_types.calls]
        service_time = "100s"
        outcome.tier1 = {{ unresolved = 0.1, rest = "resolved" }}
        [contact_types.taxes]
        service_time = "100s"
        [arrivals.calls]
        per_hour = 8
        [arrivals.taxes]
        per_hour = 2
        [queues.calls]
        select = "random"
        [queues.calls.steps.first]
        groups = ["office"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.office]
        serves = ["calls"]
        {more}
        "#
    )
}

/// The day of a leg from the first of January 2024 on, and how long its talk took as a part of 100 s.
fn talk(leg: &LegRow) -> (i64, f64) {
    const MIDNIGHT_US: i64 = 1_704_067_200_000_000;
    let factor = leg.talk_ended.unwrap().us_since(leg.left) as f64 / 100e6;
    ((leg.left.0 - MIDNIGHT_US).div_euclid(86_400_000_000), factor)
}

#[test]
fn talks_shorten_with_the_days_since_the_group_began() {
    let legs = logs(
        &center(
            "staffing.heads = 40\ntenure = { curve = \"ours\", since = \"2024-01-08\" }\n\
             [tenure.ours]\nservice_time = { start = 1.6, half_life = \"7d\" }\n\
             [tenure.ours.by_type.taxes]\nservice_time = { weeks = { 0 = 2, 1 = 1.3, 2 = 1 } }",
        ),
        1,
    )
    .legs;
    assert!(legs.len() > 5_000);
    for leg in &legs {
        let (day, factor) = talk(leg);
        let days = (day - 7).max(0) as f64;
        let expected = match &*leg.contact_type {
            "taxes" if days <= 7.0 => 2.0 - 0.1 * days,
            "taxes" => (1.3 - 0.3 * (days - 7.0) / 7.0).max(1.0),
            _ => 1.0 + 0.6 * pow(0.5, days / 7.0),
        };
        assert!(
            (factor - expected).abs() < 1e-6,
            "{} on day {day}: {factor}, not {expected}",
            leg.contact_type
        );
    }
}

#[test]
fn cohorts_share_a_group_and_a_vendors_tenure_is_its_groups() {
    let of_vendor = "staffing.heads = 40\nvendor = \"v\"\n[vendors.v]\n\
        tenure = { curve = \"ours\", hired.spring = { share = 0.25, on = \"2023-12-25\" } }\n\
        [tenure.ours]\nservice_time = { weeks = { 0 = 3, 10 = 1 } }";
    let mut agents: BTreeMap<String, f64> = BTreeMap::new();
    for leg in logs(&center(of_vendor), 1).legs {
        let (day, factor) = talk(&leg);
        let agent = leg.agent.as_deref().unwrap().to_string();
        let first = (factor - (3.0 - (day + 7) as f64 * 2.0 / 70.0)).abs() < 1e-6;
        assert!(first || (factor - 1.0).abs() < 1e-6, "{agent} on day {day}: {factor}");
        agents.insert(agent, f64::from(first));
    }
    assert_eq!((agents.len(), agents.values().sum::<f64>()), (40, 10.0), "a quarter of the people");
}

/// `found` successes of `of`, each with probability `p`.
fn z(found: f64, of: f64, p: f64) -> f64 {
    (found - of * p) / (of * p * (1.0 - p)).sqrt()
}

#[test]
fn as_many_are_new_on_a_day_as_leave_before_it() {
    // 36.5 a year, so a tenth a day; who is new needs three times as long.
    let text = center(
        "staffing.heads = 40\ntenure = { curve = \"ours\", attrition.per_year = 36.5 }\n\
         [tenure.ours]\nservice_time = { weeks = { 0 = 3, \"0.1\" = 2, \"0.2\" = 1 } }",
    );
    let mut seen: BTreeMap<(u64, String, i64), i64> = BTreeMap::new();
    for seed in 0..4 {
        for leg in logs(&text, seed).legs {
            let (day, factor) = talk(&leg);
            // 3 on the first day, 1 from the third on; the second lies at 1/7 of a week, between 0.1 and 0.2.
            let days_at_work = if factor > 2.9 { 0 } else { i64::from(factor < 1.1) + 1 };
            seen.insert((seed, leg.agent.as_deref().unwrap().to_string(), day), days_at_work);
        }
    }
    let (all, new) = (seen.len() as f64, seen.values().filter(|&&days| days == 0).count() as f64);
    let second = seen.values().filter(|&&days| days == 1).count() as f64;
    assert!(all > 4_000.0, "{all} days of people");
    assert!(z(new, all, 0.1).abs() < 4.0, "{new} of {all} are new");
    assert!(z(second, all, 0.9 * 0.1).abs() < 4.0, "{second} of {all} are there for the second day");
}

#[test]
fn places_are_empty_as_often_as_anybody_has_left_in_that_time() {
    // Nobody has the place if any of the last ten days saw somebody leave: 1 - (1 - 0.02)^10.
    let text = center(
        "staffing.shifts = { day = 40 }\ntenure.attrition = { per_year = 7.3, replaced_after = \"10d\" }\n\
         [shifts.day]\nstart = \"00:00\"\nend = \"23:00\"",
    );
    let results = results(&model(&text), Mode::Eager, 3, 12);
    let value = |measure| results.find(measure, Basis::Time, Scope::WHOLE).unwrap();
    let (there, half_width) = estimate(&results, "heads_net", Basis::Time);
    let planned = value("heads_scheduled").mean.unwrap();
    let heads = 40.0 * 23.0 / 24.0;
    assert!((planned - heads).abs() < 1e-9, "the plan does not know of it: {planned}");
    let expected = heads * pow(0.98, 10.0);
    assert!((there - expected).abs() < 2.0 * half_width, "{there} +- {half_width} are there, not {expected}");
    assert!(half_width < 1.0);
    let run = record(&scenario(&text), 3, 0);
    is_sound(&run);
    // Held against a plan in which places stay empty for longer, the log cannot be.
    let longer = scenario(&text.replace("10d", "14d"));
    let report = run.audit_as(&longer);
    let check = report.check("a place that is left stays empty for its time").unwrap();
    assert!(!check.findings.is_empty(), "{report}");
}

#[test]
fn a_level_and_tenure_change_how_often_talks_help() {
    let share = |more: &str| {
        let legs = logs(&center(&format!("staffing.heads = 40\n{more}")), 5).legs;
        let calls = legs.iter().filter(|leg| &*leg.contact_type == "calls");
        let (mut all, mut unresolved) = (0.0, 0.0);
        for leg in calls {
            all += 1.0;
            unresolved += f64::from(leg.outcome == Some(centralino::log::OutcomeName::Unresolved));
        }
        (all, unresolved)
    };
    let (all, plain) = share("");
    assert!(z(plain, all, 0.1).abs() < 4.0, "{plain} of {all}");
    let (all, novices) = share("levels.novice = { share = 1.0, outcome_times = { unresolved = 3.0 } }");
    assert!(z(novices, all, 0.3).abs() < 4.0, "{novices} of {all}");
    let by_type = "levels.novice = { share = 1.0, outcome_times = { unresolved = 3.0 }, outcome_times_by_type.calls.unresolved = 0.5 }";
    let (all, both) = share(by_type);
    assert!(z(both, all, 0.15).abs() < 4.0, "{both} of {all}");
    let learns = "tenure = { curve = \"ours\", since = \"2024-02-01\" }\n\
                  [tenure.ours]\noutcome_times.unresolved = { start = 4, half_life = \"10d\" }";
    let (all, newcomers) = share(learns);
    assert!(z(newcomers, all, 0.4).abs() < 4.0, "{newcomers} of {all}");
}

#[test]
fn who_leaves_does_not_depend_on_the_rest_of_the_plan() {
    let away = |more: &str| {
        let text = center(&format!(
            "staffing.shifts = {{ day = 10 }}\n{more}\ntenure.attrition = {{ per_year = 20, replaced_after = \"3d\" }}\n\
             [shifts.day]\nstart = \"00:00\"\nend = \"23:00\"",
        ));
        let absent = logs(&text, 3)
            .agents
            .into_iter()
            .filter(|row| row.state == centralino::log::AgentStateName::Absent);
        absent.map(|row| (row.agent.to_string(), row.from)).collect::<Vec<_>>()
    };
    let plain = away("");
    assert!(plain.len() > 20);
    assert_eq!(plain, away("answer_delay = \"3s\"\nservice_time.times = 1.3"));
}

#[test]
fn each_mistake_has_its_code_and_place() {
    let codes = |more: &str| -> Vec<String> {
        let found = centralino::model::compile(&scenario(&center(&format!("staffing.heads = 4\n{more}"))));
        found.unwrap_err().iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect()
    };
    let curve = |text: &str| codes(&format!("tenure.curve = \"ours\"\n[tenure.ours]\nservice_time = {text}"));
    assert_eq!(curve("{ start = 2 }"), ["E4080 tenure.ours.service_time"]);
    assert_eq!(
        curve("{ start = 2, half_life = \"7d\", weeks = { 0 = 1 } }"),
        ["E4080 tenure.ours.service_time"]
    );
    assert_eq!(curve("{ weeks = { soon = 1 } }"), ["E4080 tenure.ours.service_time.weeks.soon"]);
    assert_eq!(curve("{ start = -2, half_life = \"7d\" }"), ["E3005 tenure.ours.service_time.start"]);
    assert_eq!(codes("tenure.curve = \"theirs\""), ["E2003 agent_groups.office.tenure.curve"]);
    assert_eq!(
        codes("tenure.attrition = { per_year = 1, replaced_after = \"2d\" }"),
        ["E4081 agent_groups.office.tenure.attrition.replaced_after"]
    );
    assert_eq!(
        codes("levels.novice = { share = 1, outcome_times = { resolved = 2 } }"),
        ["E4082 agent_groups.office.levels.novice.outcome_times.resolved"]
    );
    assert_eq!(
        codes("levels.novice = { share = 1, outcome_times = { unresolved = 11 } }"),
        ["E4083 agent_groups.office"]
    );
    assert_eq!(
        codes(
            "tenure.hired = { a = { share = 0.7, on = \"2024-01-01\" }, b = { share = 0.7, on = \"2024-01-01\" } }"
        ),
        ["E3008 agent_groups.office.tenure.hired"]
    );
}
