//! `simulate` from a file to figures: what is printed, what the options change.

use super::Desk;

#[test]
fn the_summary_of_a_small_center() {
    let summary = Desk::new().done("simulate small.toml --out results").out;
    assert!(summary.lines().count() <= 45 && summary.lines().all(|line| line.chars().count() <= 100));
    insta::assert_snapshot!(summary);
}

#[test]
fn results_stand_under_output_with_the_scenarios_name_and_the_seed() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 2 --seed 3 --quiet");
    let [name] = &desk.names("output")[..] else { panic!("one directory") };
    assert!(name.starts_with("small-center-") && name.ends_with("-seed3-n2"), "{name}");
    desk.done("simulate small.toml --replications 2 --seed 3 --quiet");
    assert_eq!(desk.names("output").len(), 1, "the same run replaces itself");
}

#[test]
fn json_is_the_content_of_the_summary_file() {
    let desk = Desk::new();
    let printed = desk.done("simulate small.toml --replications 3 --out results --format json").out;
    assert_eq!(printed, desk.read("results/summary.json"));
    let summary: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(summary["replications"], 3);
    assert_eq!(summary["targets"][0]["target"], "contract");
    let offered = &summary["queue"]["taxes"]["leg"]["offered"];
    assert!(offered["mean"].as_f64().unwrap() > 200.0 && offered["unit"] == "count");
    assert!(summary["agent_group"]["front"]["time"]["occupancy"]["half_width"].as_f64().unwrap() > 0.0);
}

#[test]
fn an_override_changes_the_scenario_and_says_so() {
    let desk = Desk::new();
    desk.done("simulate small.toml --out few --quiet");
    desk.done("simulate small.toml --set agent_groups.front.staffing.heads=12 --out many --quiet");
    let level =
        |out: &str| desk.json(&format!("{out}/summary.json"))["targets"][0]["service_level"]["mean"].as_f64();
    assert!(level("many") > level("few"));
    let manifest = desk.json("many/manifest.json");
    assert_eq!(manifest["scenario"]["agent_groups"]["front"]["staffing"]["heads"], 12);
    assert_eq!(
        manifest["command"],
        "centralino simulate small.toml --replications 10 --seed 7 --set agent_groups.front.staffing.heads=12"
    );
    assert_ne!(manifest["scenario_hash"], desk.json("few/manifest.json")["scenario_hash"]);
}

#[test]
fn all_modes_give_the_same_figures() {
    let desk = Desk::new();
    // Without those who call again, patience may be looked at lazily.
    let tables = ["auto", "eager", "lazy"].map(|mode| {
        let line =
            format!("simulate small.toml --set contact_types.registry.balking=0 --mode {mode} --out {mode}");
        let patient = desk.read("small.toml").replace("after_abandonment", "# after_abandonment");
        desk.write("small.toml", &patient);
        desk.done(&format!("{line} --quiet"));
        (desk.read(&format!("{mode}/measures.csv")), desk.read(&format!("{mode}/replications.csv")))
    });
    assert_eq!(tables[0], tables[1]);
    assert_eq!(tables[1], tables[2]);
    assert_eq!(desk.json("auto/manifest.json")["mode"]["name"], "lazy");
}

#[test]
fn one_date_alone_has_the_citizens_that_it_has_in_its_week() {
    let desk = Desk::new();
    desk.done("simulate small.toml --set scenario.days=3 --replications 2 --out three --quiet --log");
    desk.done("simulate small.toml --set scenario.days=3 --only 2008-06-17 --replications 2 --out one --quiet --log");
    let first_attempts = |out: &str| -> Vec<String> {
        let legs = desk.read(&format!("{out}/legs.csv"));
        let of_the_day = legs.lines().filter(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            cells[4] == "0" && cells[5] == "0" && cells[16].starts_with("2008-06-17")
        });
        let mut needs: Vec<String> =
            of_the_day.map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
        needs.sort();
        needs
    };
    assert!(first_attempts("one").len() > 800);
    assert_eq!(first_attempts("one"), first_attempts("three"));
    assert_eq!(desk.json("one/summary.json")["days"], 1);
    assert_eq!(desk.json("one/manifest.json")["scenario"]["scenario"]["run_in"], "1d");
}

#[test]
fn few_replications_come_with_a_warning_and_one_without_intervals() {
    let desk = Desk::new();
    let one = desk.done("simulate small.toml --replications 1 --out one").out;
    assert!(one.contains("W6005") && !one.contains('±'), "{one}");
    assert!(desk.done("simulate small.toml --replications 3 --out three").out.contains("W6005"));
    assert!(!desk.done("simulate small.toml --replications 10 --out ten").out.contains("W6005"));
}

/// Three million callers who never hang up, and one agent: the run ends with a word, and with exit code 1.
#[test]
fn a_hopeless_center_ends_with_a_warning() {
    let desk = Desk::new();
    desk.write(
        "hopeless.toml",
        r#"
        [scenario]
        name = "Hopeless"
        start = "2008-06-16"
        [contact_types.calls]
        service_time = "5m"
        [arrivals.calls]
        per_day = 2_500_000
        day = { "00:00" = 0, "10:00" = 1, "12:00" = 0 }
        [queues.calls.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.agents]
        serves = ["calls"]
        staffing.heads = { "00:00" = 1, "20:00" = 0 }
        "#,
    );
    let ran = desk.run("simulate hopeless.toml --replications 1 --out results");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("1 of 1 replications stopped before their end"), "{}", ran.out);
    let manifest = desk.json("results/manifest.json");
    assert_eq!(manifest["overflowed"][0]["replication"], 0);
    let at = manifest["overflowed"][0]["at"].as_str().unwrap();
    assert!(at.starts_with("2008-06-16T11:"), "{at}");
}
