//! All problems of a file at once, each with its code, line and path.

use super::{Files, SMALL};

/// `SMALL` with lines exchanged, and what is said about it.
fn said(changes: &[(&str, &str)]) -> Vec<String> {
    let text = changes.iter().fold(SMALL.to_string(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    Files::new(&[("a.toml", &text)]).refused("a.toml", &[])
}

/// Code, line and path without the message.
fn heads(said: &[String]) -> Vec<&str> {
    said.iter().map(|text| text.split(": ").next().unwrap_or_default()).collect()
}

#[test]
fn eight_mistakes_are_told_at_once_each_where_it_is() {
    let said = said(&[
        ("days = 7", "days = 0"),
        ("share = 0.2", "share = \"a fifth\""),
        ("patience = { times = 1.3 }", "patiense = { times = 1.3 }"),
        ("sd = \"4m\"", "sd = \"4 minutes\""),
        ("retrial = 0.55, ", ""),
        ("\"08:00\" = 1,", "\"25:00\" = 1,"),
        ("serves = [\"taxes\"]", "serves = [\"taxes\", 7]"),
        ("within = \"30s\"", "within = 30"),
    ]);
    assert_eq!(
        heads(&said),
        [
            "E3005 a.toml:4 scenario.days",
            "E3001 a.toml:11 profiles.elderly.share",
            "E2001 a.toml:12 profiles.elderly.patiense",
            "E3002 a.toml:17 contact_types.taxes.patience.lognormal.sd",
            "E2002 a.toml:21 contact_types.taxes.after_abandonment.retrial",
            "E3003 a.toml:25 arrivals.taxes.day.25:00",
            "E3001 a.toml:39 agent_groups.t1.serves[1]",
            "E3002 a.toml:48 targets.contract.within",
        ]
    );
    assert!(said[2].contains("did you mean \"patience\"?"));
    assert!(said[7].contains("write \"30s\""));
}

#[test]
fn a_misspelt_key_is_one_mistake_and_its_value_is_looked_at_too() {
    let said = said(&[("service_time = { exponential = \"4m\"", "servise_time = { exponential = \"4x\"")]);
    assert_eq!(
        heads(&said),
        [
            "E2001 a.toml:18 contact_types.taxes.servise_time",
            "E3002 a.toml:18 contact_types.taxes.service_time.exponential"
        ]
    );
}

#[test]
fn what_later_checks_say_of_a_misspelt_key_is_told_where_it_stands() {
    let said = said(&[("per_day = 1_200", "per_dya = -3"), ("share = 0.2", "shaer = 1.5")]);
    assert_eq!(
        heads(&said),
        [
            "E2001 a.toml:11 profiles.elderly.shaer",
            "E3005 a.toml:11 profiles.elderly.share",
            "E2001 a.toml:24 arrivals.taxes.per_dya",
            "E3005 a.toml:24 arrivals.taxes.per_day"
        ]
    );
}

#[test]
fn several_mistakes_in_one_table_are_told() {
    let said = said(&[(
        "staffing = { heads = 4, sunday = [1, 2] }",
        "staffing = { heads = -4, sunday = [1, 2.5], x = 1, means = \"out\" }",
    )]);
    assert_eq!(
        heads(&said),
        [
            "E3001 a.toml:44 agent_groups.t2.staffing.heads",
            "E3001 a.toml:44 agent_groups.t2.staffing.sunday[1]",
            "E2001 a.toml:44 agent_groups.t2.staffing.x",
            "E2003 a.toml:44 agent_groups.t2.staffing.means",
        ]
    );
}

#[test]
fn a_missing_section_is_told_once() {
    let text = SMALL.split_once("[calendar]").unwrap().1;
    let files = Files::new(&[("a.toml", &format!("[calendar]{text}"))]);
    assert_eq!(files.refused("a.toml", &[]), ["E2002 a.toml:1 scenario: the key \"scenario\" is missing"]);
    let files = Files::new(&[("a.toml", "")]);
    assert_eq!(files.refused("a.toml", &[]).len(), 1);
}

#[test]
fn a_missing_list_or_table_in_a_table_is_told_too() {
    let said = said(&[
        ("serves = [\"taxes\"]\n", ""),
        ("staffing = { heads = 4, sunday = [1, 2] }\n", ""),
        ("start = 2008-06-16\n", ""),
    ]);
    assert_eq!(
        heads(&said),
        [
            "E2002 a.toml:1 scenario.start",
            "E2002 a.toml:37 agent_groups.t1.serves",
            "E2002 a.toml:39 agent_groups.t2.staffing",
        ]
    );
}

#[test]
fn distributions_say_what_is_wrong_with_them() {
    let family = |text: &str| said(&[("wrap_up = \"30s\"", &format!("wrap_up = {text}"))]);
    assert!(family("{ lognormall = { mean = '1m', sd = '1m' } }")[0].contains("did you mean \"lognormal\"?"));
    assert!(family("{ exponential = '1m', gamma = { mean = '1m', sd = '1m' } }")[0].starts_with("E3006"));
    assert!(family("{ times = 2 }")[0].contains("name a family"));
    assert!(family("40")[0].contains("write \"40s\""));
    assert_eq!(
        heads(&family("{ mixture = [{ share = 1, of = { uniform = { min = '1m' } } }] }")),
        ["E2002 a.toml:19 contact_types.taxes.wrap_up.mixture[0].of.uniform.max"]
    );
    assert!(family("[1]")[0].contains("expected a duration"));
}

#[test]
fn ranges_are_checked_and_stand_ins_are_not() {
    let said = said(&[
        ("share = 0.8", "share = 1.8"),
        ("days = 7", "days = 7\nperiod = \"7m\"\nrun_in = \"9000d\""),
        ("per_day = 1_200", "per_day = -1"),
        ("sat = 0.4", "sta = 0.4"),
        ("tier = 2", "tier = 3"),
        ("escalate = 0.15", "escalate = \"some\""),
        ("service_level = 0.85", "service_level = nan"),
    ]);
    assert_eq!(
        heads(&said),
        [
            "E4007 a.toml:4 scenario.days",
            "E4004 a.toml:5 scenario.period",
            "E3005 a.toml:16 profiles.others.share",
            "E3001 a.toml:22 contact_types.taxes.outcome.tier1.escalate",
            "E3005 a.toml:26 arrivals.taxes.per_day",
            "E2003 a.toml:28 arrivals.taxes.weekday.sta",
            "E3005 a.toml:44 agent_groups.t2.tier",
            "E3007 a.toml:49 targets.contract.service_level",
        ]
    );
}

#[test]
fn a_list_where_a_table_belongs_is_told() {
    let said = said(&[("[targets.contract]", "[[targets.contract]]")]);
    assert_eq!(said, ["E3001 a.toml:46 targets.contract: expected a table, found a list"]);
}

#[test]
fn a_time_of_day_written_twice_is_told() {
    let said = said(&[("\"08:00\" = 20", "\"08:00\" = 20, \"8:00\" = 30")]);
    assert_eq!(said, ["E3007 a.toml:40 agent_groups.t1.staffing.heads: the time 08:00 comes twice"]);
}

#[test]
fn a_syntax_error_is_told_with_its_place() {
    let said = said(&[("days = 7", "days = = 7")]);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("E1004 a.toml:4: "), "{said:?}");
    let twice = super::Files::new(&[("a.toml", &format!("{SMALL}within = \"1s\"\n"))]).refused("a.toml", &[]);
    assert!(twice[0].starts_with("E1004 a.toml:49: duplicate key"), "{twice:?}");
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let files = Files::new(&[("sub/a.toml", SMALL)]);
    std::fs::write(files.path("latin.toml"), b"[scenario]\nname = \"caff\xe8\"\n").unwrap();
    assert!(files.refused("b.toml", &[])[0].starts_with("E1001: there is no file b.toml"));
    assert!(files.refused("sub", &[])[0].starts_with("E1001: sub is a directory"));
    assert!(files.refused("latin.toml", &[])[0].starts_with("E1003: latin.toml is not UTF-8 text: line 2"));
}

#[test]
fn json_is_read_and_its_mistakes_have_paths() {
    let text = r#"{"scenario": {"name": "J", "start": "2008-06-16", "days": "7", "seed": null, "x": 1}}"#;
    let files = Files::new(&[("a.json", text), ("b.json", "{\n  \"scenario\": }")]);
    assert_eq!(
        heads(&files.refused("a.json", &[])),
        ["E3001 a.json:1 scenario.days", "E2001 a.json:1 scenario.x"]
    );
    assert_eq!(heads(&files.refused("b.json", &[])), ["E1004 b.json:2"]);
}
