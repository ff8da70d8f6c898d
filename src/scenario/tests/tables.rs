//! CSV files named in a scenario.

use super::super::{DayShape, Distribution, Observations};
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
