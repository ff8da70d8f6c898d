//! `extends`, `remove` and `--set`.

use super::super::{Distribution, Heads, Span};
use super::{Files, SMALL};

#[test]
fn an_overlay_changes_what_it_names_and_keeps_the_rest() {
    let overlay = r#"
extends = "base/a.toml"
remove = ["queues.taxes.steps.widen", "profiles"]
[scenario]
name = "More people"
[agent_groups.t1]
staffing = { heads."08:00" = 25 }
[contact_types.taxes]
patience = { exponential = "4m" }
"#;
    let files = Files::new(&[("base/a.toml", SMALL), ("b.toml", overlay)]);
    let scenario = files.scenario("b.toml", &[]);
    assert_eq!((scenario.scenario.name.as_str(), scenario.scenario.days), ("More people", 7));
    assert_eq!(scenario.queues["taxes"].steps.len(), 1);
    assert!(scenario.profiles.is_empty());
    assert_eq!(
        scenario.contact_types["taxes"].patience,
        Some(Distribution::Exponential(Span::from_s(240.0)))
    );
    let Some(Heads::Bands(bands)) = &scenario.agent_groups["t1"].staffing.heads else { panic!("bands") };
    assert_eq!(bands.values().copied().collect::<Vec<_>>(), [3, 25]);
}

#[test]
fn a_replaced_list_is_noted_where_it_is_written() {
    let overlay = "extends = \"a.toml\"\n[agent_groups.t1]\nserves = [\"taxes\"]\n";
    let files = Files::new(&[("a.toml", SMALL), ("b.toml", overlay)]);
    let notes = files.print(&files.load("b.toml", &[]).unwrap().notes);
    assert_eq!(notes, ["N7001 b.toml:3 agent_groups.t1.serves: this list replaces the base's as a whole"]);
}

#[test]
fn overlays_lie_over_overlays_and_mistakes_are_placed_in_their_file() {
    let b = "extends = \"a.toml\"\nscenario.days = 3\n[targets.contract]\nwithin = \"x\"\n";
    let c = "extends = \"b.toml\"\nscenario.days = 4\nremove = [\"targets.contract.per\", \"..\"]\nagent_groups.t1.x = 1\n";
    let files = Files::new(&[("a.toml", SMALL), ("b.toml", b), ("c.toml", c)]);
    let said = files.refused("c.toml", &[]);
    let heads: Vec<_> = said.iter().map(|text| text.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        heads,
        [
            "E1006 c.toml:3 remove",
            "E1006 c.toml:3 remove",
            "E2001 c.toml:4 agent_groups.t1.x",
            "E3002 b.toml:4 targets.contract.within",
        ]
    );
}

#[test]
fn a_circle_of_files_is_named() {
    let files = Files::new(&[("a.toml", "extends = \"b.toml\""), ("b.toml", "extends = \"./a.toml\"")]);
    let said = files.refused("a.toml", &[]);
    assert_eq!(
        said,
        ["E1005 b.toml:1 extends: these files extend each other in a circle: a.toml -> b.toml -> ./a.toml"]
    );
}

#[test]
fn a_base_that_is_not_there_and_a_remove_without_base_are_told() {
    let files =
        Files::new(&[("a.toml", "extends = \"z.toml\""), ("b.toml", &format!("remove = [\"x\"]\n{SMALL}"))]);
    assert!(files.refused("a.toml", &[])[0].starts_with("E1001 a.toml:1 extends: there is no file z.toml"));
    assert!(files.refused("b.toml", &[])[0].starts_with("E1006 b.toml:1 remove: there is no `extends`"));
    let files = Files::new(&[("a.toml", &format!("extends = 7\nremove = \"x\"\n{SMALL}"))]);
    assert_eq!(files.refused("a.toml", &[]).len(), 2);
}

#[test]
fn an_override_sets_a_value_by_its_path() {
    let files = Files::new(&[("a.toml", SMALL)]);
    let scenario = files.scenario(
        "a.toml",
        &[
            "scenario.start=2008-12-01",
            "scenario.name = Winter in Milan",
            "queues.taxes.steps.widen.after=40s",
            "agent_groups.t1.staffing.heads=12",
            "measures.within=15s",
            "arrivals.taxes.weekday.holiday=0.1",
            "arrivals.taxes.day.\"12:00\"=0.5",
            "contact_types.taxes.patience={ exponential = '4m' }",
            "agent_groups.t1.serves[0]=taxes",
            "profiles.new={ share = 0 }",
        ],
    );
    assert_eq!(
        (scenario.scenario.start.to_string().as_str(), scenario.scenario.name.as_str()),
        ("2008-12-01", "Winter in Milan")
    );
    assert_eq!(scenario.queues["taxes"].steps["widen"].after.as_s(), 40.0);
    assert_eq!(scenario.agent_groups["t1"].staffing.heads, Some(Heads::Constant(12)));
    assert_eq!(scenario.measures.within.as_s(), 15.0);
    assert_eq!(scenario.arrivals["taxes"].weekday.table().unwrap()["holiday"], 0.1);
    assert_eq!(scenario.profiles.len(), 3);
}

#[test]
fn an_override_that_addresses_nothing_is_told_with_what_was_likely_meant() {
    let files = Files::new(&[("a.toml", SMALL)]);
    let said = files.refused(
        "a.toml",
        &[
            "agent_groups.t3.staffing.heads=12",
            "scenario.dais=3",
            "agentgroups.t1.tier=1",
            "scenario.days",
            "scenario..days=1",
            "agent_groups.t1.serves[4]=taxes",
            "scenario.days=[1",
            "scenario.days.x=1",
            "scenario.period=7",
            "extends=b.toml",
        ],
    );
    let starts = [
        (
            "E1007 --set:1 agent_groups.t3: the path addresses nothing: \"t3\" is not declared",
            "did you mean \"t1\"?",
        ),
        ("E2001 --set:2 scenario.dais: no key", "did you mean \"days\"?"),
        ("E2001 --set:3 agentgroups: no key", "did you mean \"agent_groups\"?"),
        ("E1007 --set:4: \"scenario.days\" has no \"=\"", "write path=value"),
        ("E1007 --set:5: \"scenario..days\" is no path", ""),
        ("E1007 --set:6: [4] is beyond a list of 1", ""),
        ("E1007 --set:7: [1 is no TOML value", ""),
        ("E1007 --set:8: \"x\" is asked of a number", ""),
        ("E3002 --set:9 scenario.period: a duration needs a unit", "write \"7s\""),
        ("E1007 --set:10: `extends` belongs into a file", ""),
    ];
    assert_eq!(said.len(), starts.len(), "{said:#?}");
    for (said, (start, help)) in said.iter().zip(starts) {
        assert!(said.starts_with(start) && said.contains(help), "{said}\n{start}");
    }
}
