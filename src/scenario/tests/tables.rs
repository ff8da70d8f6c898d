//! CSV files named in a scenario.

use std::collections::BTreeMap;

use super::super::{DayShape, Distribution, MonthWeights, Observations, Volume};
use super::{Files, SMALL};

fn with_files() -> String {
    SMALL
        .replace("day = { \"00:00\" = 0.1, \"08:00\" = 1, \"20:00\" = 0.3 }", "day = \"day.csv\"")
        .replace("staffing = { heads = 4, sunday = [1, 2] }", "staffing.file = \"../staffing.csv\"")
        .replace("wrap_up = \"30s\"", "wrap_up = { empirical = \"wrap_up.csv\", times = 2 }")
}

#[test]
fn files_are_read_beside_the_file_that_names_them_and_the_scenario_stands_on_its_own() {
    let files = Files::new(&[
        ("base/a.toml", &with_files()),
        ("base/day.csv", "type;start;weight\r\ntaxes;00:00;0,1\r\ntaxes;08:00;1\r\nparking;00:00;5\r\n"),
        ("staffing.csv", "\u{feff}group,day,start,heads\nt2,,08:00,4\nt1,,08:00,9\n"),
        ("base/wrap_up.csv", "seconds\n30\n45.5\n"),
        ("overlays/b.toml", "extends = \"../base/a.toml\"\n"),
    ]);
    for name in ["base/a.toml", "overlays/b.toml"] {
        let scenario = files.scenario(name, &[]);
        let Some(DayShape::Rows(rows)) = &scenario.arrivals["taxes"].day else { panic!("rows") };
        assert_eq!(rows.iter().map(|row| row.weight).collect::<Vec<_>>(), [0.1, 1.0]);
        let staffing = &scenario.agent_groups["t2"].staffing;
        assert_eq!((staffing.rows.len(), staffing.rows[0].heads, &staffing.file), (1, 4, &None));
        let Some(Distribution::Scaled(stretched)) = &scenario.contact_types["taxes"].wrap_up else {
            panic!("scaled")
        };
        let Distribution::Empirical(Observations::Values(values)) = &stretched.of else { panic!("values") };
        assert_eq!(values[1].as_s(), 45.5);
        let alone = Files::new(&[("alone.json", &scenario.canonical_json())]);
        assert_eq!(alone.scenario("alone.json", &[]), scenario);
    }
}

#[test]
fn what_is_wrong_in_a_file_is_placed_there() {
    let files = Files::new(&[
        ("base/a.toml", &with_files()),
        ("base/day.csv", "start,wieght\n00:00,1\n"),
        ("staffing.csv", "start,heads,day\n08:00,4,mon\n\n09:00,-1,\n10:00,3\n25:00,x,someday\n"),
    ]);
    let said = files.refused("base/a.toml", &[]);
    let heads: Vec<_> = said.iter().map(|text| text.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        heads,
        [
            "E1001 base/a.toml:19 contact_types.taxes.wrap_up.empirical",
            "E1010 base/day.csv:1 arrivals.taxes.day",
            "E1010 base/day.csv:1 arrivals.taxes.day",
            "E3009 base/../staffing.csv:4 agent_groups.t2.staffing.file",
            "E1009 base/../staffing.csv:5 agent_groups.t2.staffing.file",
            "E3009 base/../staffing.csv:6 agent_groups.t2.staffing.file",
            "E3009 base/../staffing.csv:6 agent_groups.t2.staffing.file",
            "E3009 base/../staffing.csv:6 agent_groups.t2.staffing.file",
        ]
    );
}

#[test]
fn a_table_that_many_name_is_found_wrong_once() {
    let text = SMALL
        .replace("staffing = { heads = 4, sunday = [1, 2] }", "staffing.file = \"s.csv\"")
        .replace("staffing = { heads = { \"00:00\" = 3, \"08:00\" = 20 } }", "staffing.file = \"s.csv\"");
    let files = Files::new(&[
        ("a.toml", &text),
        ("s.csv", "group,start,heads,x\nt1,08:00,4,\nt2,08:00\nt2,09:00,1,\n"),
    ]);
    let said = files.refused("a.toml", &[]);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(
        said[0].contains("no column is named \"x\"") && said[1].contains("2 fields, the header 4"),
        "{said:#?}"
    );
}

#[test]
fn volumes_and_weights_come_from_tables_that_many_share() {
    let text = SMALL.replace("per_day = 1_200", "yearly = \"volumes.csv\"\nmonth = \"month.csv\"\n");
    let text = text.replace("weekday = { sat = 0.4, sun = 0.2 }", "weekday = \"weekday.csv\"")
        + "[arrivals.more]\ntype = \"taxes\"\nper_day = \"volumes.csv\"\n";
    let files = Files::new(&[
        ("a.toml", &text),
        ("volumes.csv", "type;yearly;per_day\ntaxes;310000,5;\nparking;7;1\nmore;;20\n"),
        ("month.csv", "month,weight\njan,1.1\n2,0.9\nAugust,0.5\n"),
        (
            "weekday.csv",
            "type,day,weight\ntaxes,weekday,1.2\ntaxes,mon,1.5\ntaxes,saturday,0.4\nparking,sun,1\n",
        ),
    ]);
    let scenario = files.scenario("a.toml", &[]);
    let taxes = &scenario.arrivals["taxes"];
    assert_eq!(taxes.yearly, Some(Volume::Number(310_000.5)));
    let written = |weights: &BTreeMap<String, f64>| {
        weights.iter().map(|(name, weight)| format!("{name} {weight}")).collect::<Vec<_>>().join(", ")
    };
    let MonthWeights::Table(months) = &taxes.month else { panic!("a table") };
    assert_eq!(written(months), "aug 0.5, feb 0.9, jan 1.1");
    let weekdays = written(taxes.weekday.table().unwrap());
    assert_eq!(weekdays, "fri 1.2, mon 1.5, sat 0.4, thu 1.2, tue 1.2, wed 1.2");
    assert_eq!(scenario.arrivals["more"].per_day, Some(Volume::Number(20.0)));
    let alone = Files::new(&[("alone.json", &scenario.canonical_json())]);
    assert_eq!(alone.scenario("alone.json", &[]), scenario);
}

#[test]
fn what_is_wrong_with_a_table_of_volumes_or_weights_is_told() {
    let text = SMALL.replace("per_day = 1_200", "yearly = \"v.csv\"\nmonth = \"m.csv\"");
    let text = text.replace("weekday = { sat = 0.4, sun = 0.2 }", "weekday = \"w.csv\"");
    let files = Files::new(&[
        ("a.toml", &text),
        ("v.csv", "type,yearly\ntaxes,1\ntaxes,2\n"),
        ("m.csv", "month,weight\n13,1\nfebruar,2\njan,-1\njun,1\n6,1\n"),
        ("w.csv", "day,weight\n,1\n2008-06-16,1\n"),
    ]);
    let said: Vec<String> =
        files.refused("a.toml", &[]).iter().map(|text| text.replace("arrivals.taxes.", "")).collect();
    let expected = [
        "E3009 v.csv:3 yearly: a second row has a number for \"taxes\"",
        "E3009 m.csv:1 month: two rows have the month \"jun\"",
        "E3009 m.csv:2 month: month \"13\" is none of jan ... dec",
        "E3009 m.csv:3 month: month \"februar\" is none of jan ... dec",
        "E3009 m.csv:4 month: weight \"-1\" is negative",
        "E3009 w.csv:2 weekday: day \"\" is none of mon ... sun, weekday, holiday",
        "E3009 w.csv:3 weekday: day \"2008-06-16\" is none of mon ... sun, weekday, saturday, sunday, holiday",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}");
    }
}
