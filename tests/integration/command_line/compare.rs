//! Comparisons: variants under the same citizens, verdicts, files, and what is refused.

use super::Desk;

const MORE: &str = "extends = \"small.toml\"\n[agent_groups.GROUP]\nstaffing.heads = HEADS\n";

fn with_heads(desk: &Desk, heads: &str) -> String {
    let small = desk.read("small.toml");
    let group = small.lines().find_map(|line| line.strip_prefix("[agent_groups.")).unwrap();
    let group = group.split([']', '.']).next().unwrap();
    MORE.replace("GROUP", group).replace("HEADS", heads)
}

#[test]
fn a_scorecard_a_variant_and_only_what_changed() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "40"));
    let told = desk.done("compare small.toml more.toml --out compared").out;
    insta::assert_snapshot!(told);
    let changes = desk.read("compared/changes.csv");
    assert_eq!(changes.lines().count(), 2, "{changes}");
    let comparison = desk.json("compared/comparison.json");
    let card = comparison["variants"][0]["scorecard"].as_array().unwrap();
    let level = card.iter().find(|row| row["measure"] == "speed_of_answer").unwrap();
    assert_eq!(level["verdict"], "better");
    assert_eq!(card.len() as u64, comparison["verdicts"].as_u64().unwrap());
}

/// What nobody changed has no difference at all, in any measure and any replication.
#[test]
fn the_same_inputs_differ_in_nothing() {
    let desk = Desk::new();
    desk.write("same.toml", "extends = \"small.toml\"\n[scenario]\nname = \"Another name\"\n");
    let told = desk.done("compare small.toml same.toml --replications 3 --out compared").out;
    assert!(told.contains("the same inputs as the base"), "{told}");
    let differences = desk.read("compared/differences.csv");
    let place = differences.lines().next().unwrap().split(',').position(|name| name == "difference").unwrap();
    let mut rows = csv::Reader::from_reader(differences.as_bytes());
    let different = rows.records().filter(|row| {
        let difference = row.as_ref().unwrap()[place].to_string();
        !difference.is_empty() && difference.parse::<f64>().unwrap() != 0.0
    });
    assert_eq!(different.count(), 0);
    let hours = table(&desk, "compared/hours.csv");
    assert!(hours.len() > 20 && hours.iter().all(|row| row["difference"] == "0" && row["half_width"] == "0"));
}

#[test]
fn threads_change_no_byte_and_another_seed_does() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "9"));
    let line = "compare small.toml more.toml --what-if measures.within=10s --replications 5";
    for (name, extra) in [("one", "--threads 1"), ("three", "--threads 3"), ("other", "--seed 77")] {
        desk.done(&format!("{line} {extra} --out {name}"));
    }
    for file in ["differences.csv", "hours.csv", "changes.csv", "comparison.json"] {
        let read = |name: &str| desk.read(&format!("{name}/{file}"));
        assert_eq!(read("one"), read("three"), "{file}");
    }
    assert_ne!(desk.read("one/differences.csv"), desk.read("other/differences.csv"));
}

/// Ten replications of a comparison are the ten of either scenario alone.
#[test]
fn values_are_those_of_the_scenarios_alone() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "9"));
    desk.done("compare small.toml more.toml --replications 4 --out compared");
    desk.done("simulate more.toml --replications 4 --out alone");
    let of = |file: &str, column: &str| {
        let text = desk.read(file);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let place = rows.headers().unwrap().iter().position(|name| name == column).unwrap();
        let names = rows.headers().unwrap().clone();
        let find = |name: &str| names.iter().position(|other| other == name).unwrap();
        let (measure, scope) = (find("measure"), find("scope_kind"));
        let row = rows
            .records()
            .map(Result::unwrap)
            .find(|row| (&row[measure], &row[scope]) == ("wait_p90", "whole"));
        row.unwrap()[place].to_string()
    };
    assert_eq!(of("compared/differences.csv", "value"), of("alone/measures.csv", "mean"));
}

#[test]
fn a_precision_stops_at_a_fixed_count() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "40"));
    desk.done("compare small.toml more.toml --precision 0.5 --out compared");
    assert_eq!(desk.json("compared/comparison.json")["replications"], 10);
    desk.done("compare small.toml more.toml --precision 0.000001 --replications 15 --out fine");
    assert_eq!(desk.json("fine/comparison.json")["replications"], 15);
}

/// A row of a table by column.
type Columns = std::collections::BTreeMap<String, String>;

fn table(desk: &Desk, file: &str) -> Vec<Columns> {
    csv::Reader::from_path(desk.path(file)).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The map of a queue holds the sums of its periods, hour by hour, and the variant's are those of the variant alone.
#[test]
fn hours_are_sums_of_periods() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "9"));
    desk.done("compare small.toml more.toml --replications 4 --out compared --quiet");
    for (scenario, column) in [("small", "base"), ("more", "value")] {
        desk.done(&format!("simulate {scenario}.toml --replications 4 --out {scenario} --quiet"));
        let (hours, periods) =
            (table(&desk, "compared/hours.csv"), table(&desk, &format!("{scenario}/periods.csv")));
        let number = |row: &Columns, name: &str| row[name].parse::<f64>().unwrap();
        let mut compared = 0;
        for hour in hours.iter().filter(|row| row["scope"] == "taxes") {
            assert_eq!((hour["basis"].as_str(), hour["weekday"].as_str()), ("leg", "all"));
            let within = |row: &&Columns| {
                row["queue"] == "taxes" && row["interval_start"].contains(&format!("T{}", &hour["time"][..3]))
            };
            let (mut in_time, mut of) = (0.0, 0.0);
            for row in periods.iter().filter(within) {
                in_time += number(row, "answered_within_threshold");
                of += number(row, "answered") + number(row, "abandoned") + number(row, "sent_away");
            }
            assert!((number(hour, column) - in_time / of).abs() < 1e-6, "{scenario} {hour:?} {in_time} {of}");
            compared += 1;
        }
        assert!(compared >= 10, "{compared}");
    }
    let hours = table(&desk, "compared/hours.csv");
    let (weeks, rest): (Vec<_>, Vec<_>) = hours.iter().partition(|row| row["scope_kind"] == "whole");
    assert!(weeks.iter().all(|row| row["weekday"] == "Mon" && row["basis"] == "contact") && !rest.is_empty());
}

#[test]
fn a_precision_may_be_about_any_difference() {
    let desk = Desk::new();
    desk.write("more.toml", &with_heads(&desk, "9"));
    let line = "compare small.toml more.toml --quiet --precision 0.05";
    desk.done(&format!("{line} --precision-of occupancy --out one"));
    desk.done(&format!("{line} --precision-of wait_p90@queue:taxes --out other"));
    let count = |out: &str| desk.json(&format!("{out}/comparison.json"))["replications"].as_u64().unwrap();
    assert!(count("one") < count("other"), "{} {}", count("one"), count("other"));
    let differences = table(&desk, "other/differences.csv");
    let row = differences.iter().find(|row| row["measure"] == "wait_p90" && row["scope"] == "taxes").unwrap();
    let number = |name: &str| row[name].parse::<f64>().unwrap();
    assert!(number("half_width") <= 0.05 * number("base"), "{row:?}");
    for (names, word) in [
        ("nonsense", "neither a target nor a measure"),
        ("contract", "days_met@target:contract"),
        ("cost@queue:taxes", "exists"),
    ] {
        let ran = desk.run(&format!("{line} --precision-of {names} --out no"));
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(word), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_compared_is_refused_and_nothing_is_left() {
    let desk = Desk::new();
    for (line, word) in [
        ("compare small.toml --out x", "nothing to compare with"),
        ("compare small.toml --what-if scenario.days=9 --out x", "covers other dates"),
        ("compare small.toml --what-if nothing.at.all=1 --out x", "nothing"),
        ("compare small.toml missing.toml --out x", "missing.toml"),
        ("compare small.toml --what-if scenario.seed=2 --worth 3 --out x", "above 0 and below 1"),
    ] {
        let ran = desk.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.err);
        assert!(ran.err.contains(word), "{line}: {}", ran.err);
        assert!(!desk.path("x").exists(), "{line}");
    }
}
