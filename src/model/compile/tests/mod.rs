//! Small scenarios compiled whole: numbers that a hand can check, and what is said about each mistake.

mod campaigns;
mod cases;
mod counters;
mod due_dates;
mod exact;
mod greetings;
mod mistakes;
mod numbers;
mod offers;
mod other_ways;
mod put_aside;
mod rates;
mod robustness;
mod routing;
mod shifts;
mod span;
mod staffing;
mod start_state;
mod volumes;
mod warnings;

use super::{Compiled, compile};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::scenario::{Scenario, load};

/// A Monday in Milan: one type, one queue, two tiers.
const SMALL: &str = r#"
[scenario]
name = "Small"
start = 2008-06-16
[calendar]
time_zone = "Europe/Rome"
holidays = "IT-MI"
[profiles.elderly]
share = 0.25
recognised = 0.5
patience = { times = 1.3 }
[profiles.others]
share = 0.75
[contact_types.taxes]
patience = { exponential = "3m" }
service_time = { exponential = "4m" }
wrap_up = "30s"
outcome.tier1 = { escalate = 0.2, rest = "resolved" }
[arrivals.taxes]
per_day = 960
[queues.first.steps.start]
groups = ["general"]
[queues.first.steps.widen]
after = "25s"
add = ["senior"]
[queues.second.steps.start]
groups = ["expert"]
[routing.known]
order = 10
when = { profile = "elderly", recognised = true }
queue = "first"
priority = 20
credit = "90s"
prefer = ["senior"]
[routing.all]
order = 100
queue = "first"
[routing.escalated]
order = 200
when = { tier = 2 }
queue = "second"
[vendors.telecom]
[agent_groups.general]
vendor = "telecom"
serves = ["first"]
staffing = { heads = 6 }
[agent_groups.senior]
serves = ["first"]
staffing = { heads = 2 }
[agent_groups.expert]
tier = 2
serves = ["second"]
staffing = { heads = 2 }
[targets.contract]
service_level = 0.85
within = "30s"
"#;

/// `text` as a scenario, with `path=value` overrides.
fn scenario(text: &str, overrides: &[&str]) -> Scenario {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.toml");
    std::fs::write(&path, text).unwrap();
    let overrides: Vec<String> = overrides.iter().map(|line| line.to_string()).collect();
    load(&path, &overrides).unwrap_or_else(|found| panic!("{}", text_of(&found).join("\n"))).scenario
}

fn compiled(overrides: &[&str]) -> Compiled {
    compile(&scenario(SMALL, overrides)).unwrap_or_else(|found| panic!("{}", text_of(&found).join("\n")))
}

fn model(overrides: &[&str]) -> Model {
    compiled(overrides).model
}

fn text_of(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(Diagnostic::to_string).collect()
}

/// Code and path of each error in [`SMALL`] so changed.
fn errors(overrides: &[&str]) -> Vec<String> {
    errors_of(&scenario(SMALL, overrides))
}

fn errors_of(scenario: &Scenario) -> Vec<String> {
    let found = compile(scenario).map(|compiled| compiled.model.name).unwrap_err();
    let errors = found.iter().filter(|finding| finding.is_error());
    errors.map(|finding| format!("{} {}", finding.code, finding.path)).collect()
}

/// Code and path of each warning.
fn warnings(overrides: &[&str]) -> Vec<String> {
    let found = compiled(overrides).warnings;
    found.iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect()
}

#[test]
fn tables_are_sorted_by_name_and_refer_to_each_other() {
    let model = model(&[]);
    let names: Vec<&str> = model.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["expert", "general", "senior"]);
    assert_eq!(
        model.groups.iter().map(|group| group.agents.clone()).collect::<Vec<_>>(),
        [0..2, 2..8, 8..10]
    );
    assert_eq!(model.agent_group.len(), 10);
    assert_eq!(model.groups[1].vendor.map(|vendor| model.vendors[vendor.index()].as_str()), Some("telecom"));
    assert_eq!(model.numbers[0].name, "main");
    assert_eq!(model.profiles[0].cumulative_share, 0.25);
    assert_eq!(model.contact_types[0].within.as_s(), 30.0);
    assert_eq!(model.contact_types[0].handling[1].service_time.mean(), 240.0);
}

#[test]
fn nothing_is_said_about_a_scenario_that_is_right() {
    assert_eq!(warnings(&[]), Vec::<String>::new());
}

#[test]
fn without_profiles_everybody_is_alike() {
    let text =
        SMALL.replace("[profiles.elderly]\nshare = 0.25\nrecognised = 0.5\npatience = { times = 1.3 }\n", "");
    let text = text
        .replace("[profiles.others]\nshare = 0.75\n", "")
        .replace("profile = \"elderly\"", "profile = \"everybody\"");
    let model = compile(&scenario(&text, &[])).unwrap().model;
    assert_eq!((model.profiles.len(), model.profiles[0].name.as_str()), (1, "everybody"));
}
