//! CSV files named in a scenario.

use std::collections::BTreeMap;

use super::super::{DayShape, Distribution, History, HistoryDays, MonthWeights, Observations, Volume};
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

/// The history of [`SMALL`]'s only process in a file, if nothing is wrong with it.
fn history(csv: &str, more: &str) -> Result<HistoryDays, Vec<String>> {
    let text = SMALL.replace("per_day = 1_200\nday = { \"00:00\" = 0.1, \"08:00\" = 1, \"20:00\" = 0.3 }\nweekday = { sat = 0.4, sun = 0.2 }", &format!("history = \"h.csv\"\n{more}"));
    let files = Files::new(&[("a.toml", &text), ("h.csv", csv)]);
    match super::super::load(&files.path("a.toml"), &[]) {
        Ok(loaded) => match loaded.scenario.arrivals["taxes"].history.clone() {
            Some(History::Days(days)) => Ok(days),
            other => panic!("{other:?}"),
        },
        Err(said) => Err(said.iter().map(|found| format!("{} {}", found.code, found.message)).collect()),
    }
}

fn counts(csv: &str, more: &str, date: &str) -> Vec<f64> {
    history(csv, more).unwrap().counts[&date.parse().unwrap()].clone()
}

#[test]
fn a_history_is_read_as_telephone_systems_write_it() {
    let plain = "start,count\n2007-06-18 09:00,3\n2007-06-18 09:15,4\n";
    let list = counts(plain, "", "2007-06-18");
    assert_eq!((list.len(), list[36], list[37], list[38]), (96, 3.0, 4.0, 0.0));
    let italian = "\u{feff}Date;Time;Queue;Offered;Handled;AHT\r\n18/06/2007;09:00;taxes;3,5;3;240\r\n18/06/2007;09:00;parking;9;9;1\r\n18/06/2007;09:30;taxes;4;4;239\r\n";
    let list = counts(italian, "counts = \"offered\"", "2007-06-18");
    assert_eq!((list.len(), list[18], list[19]), (48, 3.5, 4.0));
    let handled = history(italian, "counts = \"handled\"").unwrap();
    assert_eq!(handled.counts[&"2007-06-18".parse().unwrap()][18], 3.0);
    let tabs = "start\toffered\tabandoned\n2007-06-18T09:00:00+02:00\t3\t1\n2007-06-18T08:00:00Z\t5\t2\n";
    let days = history(tabs, "counts = \"offered\"").unwrap();
    let day = "2007-06-18".parse().unwrap();
    assert_eq!((days.counts[&day].len(), days.counts[&day][10], days.abandoned[&day][9]), (24, 5.0, 1.0));
}

#[test]
fn days_of_23_and_25_hours_are_as_long_as_they_were() {
    // Rome 2007: the clocks were put forward on 25 March and back on 28 October.
    let spring =
        "start,count\n2007-03-25 01:30,1\n2007-03-25 01:45,2\n2007-03-25 02:00,0\n2007-03-25 03:00,3\n";
    let list = counts(spring, "", "2007-03-25");
    assert_eq!((list.len(), &list[6..9]), (92, &[1.0, 2.0, 3.0][..]));
    let autumn =
        "start,count\n2007-10-28 01:00,1\n2007-10-28 02:00,2\n2007-10-28 02:00,3\n2007-10-28 03:00,4\n";
    let list = counts(autumn, "", "2007-10-28");
    assert_eq!((list.len(), &list[1..5]), (25, &[1.0, 2.0, 3.0, 4.0][..]));
    let together = "start,count\n2007-10-28 01:00,1\n2007-10-28 02:00,5\n2007-10-28 03:00,4\n";
    assert_eq!(counts(together, "", "2007-10-28")[1..5], [1.0, 2.5, 2.5, 4.0]);
    let offsets = "start,count\n2007-10-28T02:00:00+01:00,3\n2007-10-28T02:00:00+02:00,2\n";
    assert_eq!(counts(offsets, "", "2007-10-28")[2..4], [2.0, 3.0]);
}

#[test]
fn what_is_wrong_in_a_history_is_told() {
    let said = |csv: &str| history(csv, "").unwrap_err();
    let gap = "start,count\n2007-03-25 02:30,1\n2007-03-25 03:00,1\n2007-03-25 03:30,1\n";
    assert_eq!(said(gap), ["E4023 2007-03-25 has no 02:30: the clocks are put forward"]);
    let twice = "start,count\n2007-06-18 09:00,1\n2007-06-18 09:15,1\n2007-06-18 09:15,2\n";
    assert_eq!(said(twice), ["E4023 a second row for 2007-06-18T09:15:00+02:00"]);
    let words = "start,count\nyesterday,1\n2007-06-18 09:00,x\n06/18/2007 09:00,1\n";
    assert_eq!(said(words).len(), 3);
    assert!(said("start,offered\n2007-06-18 09:00,1\n")[0].contains("write `counts = \"offered\"`"));
    assert!(said("day,count\n2007-06-18,1\n")[0].contains("neither a column \"start\""));
    assert_eq!(said("start,count\n2007-06-18 09:00,1\n"), ["E4023 one interval does not say how long it is"]);
    let odd = "start,count\n2007-06-18 09:00,1\n2007-06-18 09:07,1\n2007-06-18 09:15,1\n";
    assert_eq!(said(odd), ["E4023 intervals of 420 s do not divide an hour"]);
    let other = said("start,queue,count\n2007-06-18 09:00,parking,1\n");
    assert!(other[0].contains("no row is of \"taxes\""), "{other:?}");
}

#[test]
fn times_of_cases_may_come_from_files_too() {
    let case = r#"
[offices.it]
staff = 1
[offices.other]
staff = 1
[case_types.it]
office = "it"
work = { empirical = "work.csv" }
hand_over.other = { order = 1, office = "other", work = { empirical = "work.csv" } }
reopening = { probability = 0.1, delay = { empirical = "work.csv" } }
message = { delay = { empirical = "work.csv" }, calls_back = { probability = 0.1, delay = { empirical = "work.csv" } } }
"#;
    let files = Files::new(&[("a.toml", &format!("{SMALL}{case}")), ("work.csv", "seconds\n60\n90\n")]);
    let mut of = files.scenario("a.toml", &[]).case_types["it"].clone();
    let mut seen = 0;
    of.each_distribution(&mut |key, distribution| {
        let Distribution::Empirical(Observations::Values(values)) = distribution else { panic!("{key}") };
        assert_eq!(values[1].as_s(), 90.0);
        seen += 1;
    });
    assert_eq!(seen, 5);
}
