//! When a run stops: by count, by precision, by the time limit, and how it says so.

use super::Desk;

/// The stop is looked for at 10, 20, 40, ... whatever the threads, so the bytes are the same.
#[test]
fn a_precision_is_reached_after_the_same_replications_on_any_number_of_threads() {
    let desk = Desk::new();
    for threads in [1, 2, 8] {
        let line =
            format!("simulate small.toml --precision 0.02 --threads {threads} --out {threads} --log 3,70");
        let told = desk.done(&line).out;
        assert!(
            told.contains("by precision after 40 of at most 1,280 replications: contract is known to ± "),
            "{told}"
        );
    }
    let names = desk.names("1");
    for name in &names {
        let of = |threads: &str| std::fs::read(desk.path(threads).join(name)).unwrap();
        assert!(of("1") == of("2") && of("1") == of("8"), "{name}");
    }
    let manifest = desk.json("1/manifest.json");
    assert_eq!(manifest["replications"], 40);
    assert_eq!(manifest["logged_replications"], serde_json::json!([3]), "the 70th was never run");
    assert_eq!(manifest["stopped"]["by"], "precision");
    assert_eq!(manifest["stopped"]["precision"]["of"][0]["number"], "contract");
    let half_width = |out: &str| {
        desk.json(&format!("{out}/summary.json"))["targets"][0]["service_level"]["half_width"]
            .as_f64()
            .unwrap()
    };
    assert!(half_width("1") <= 0.02);
    desk.done("simulate small.toml --replications 20 --out fewer --quiet");
    assert!(half_width("fewer") > 0.02, "20 would have been too few");
}

/// The prefix is what so many replications give by themselves.
#[test]
fn stopped_early_a_run_is_what_a_shorter_run_is() {
    let desk = Desk::new();
    desk.done(
        "simulate small.toml --precision 0.05 --precision-of leg/offered@queue:taxes --out early --quiet",
    );
    let manifest = desk.json("early/manifest.json");
    let n = manifest["replications"].as_u64().unwrap();
    assert_eq!(manifest["stopped"]["precision"]["of"][0]["number"], "leg/offered@queue:taxes");
    assert_eq!(
        manifest["command"],
        "centralino simulate small.toml --replications 1280 --precision 0.05 --precision-of leg/offered@queue:taxes --seed 7"
    );
    desk.done(&format!("simulate small.toml --replications {n} --out short --quiet"));
    for name in ["measures.csv", "replications.csv", "periods.csv"] {
        assert!(desk.read(&format!("early/{name}")) == desk.read(&format!("short/{name}")), "{name}");
    }
}

#[test]
fn a_precision_out_of_reach_ends_with_a_warning_that_names_what_it_takes() {
    let desk = Desk::new();
    let told = desk.done("simulate small.toml --precision 0.001 --replications 12 --out results").out;
    assert!(told.contains("by the number of replications after all 12 replications\n"), "{told}");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("W6040 contract is known to ± "), "{told}");
    assert!(told.contains("replications would do"), "{told}");
    assert_eq!(desk.json("results/summary.json")["stopped"]["by"], "count");
}

/// No time at all is time for one replication; the command in the manifest does the same again without looking at a clock.
#[test]
fn a_time_limit_keeps_what_has_begun() {
    let desk = Desk::new();
    let told = desk.done("simulate small.toml --replications 500 --time-limit 0s --out limited").out;
    assert!(told.contains("by the time limit after 1 of at most 500 replications"), "{told}");
    let manifest = desk.json("limited/manifest.json");
    assert_eq!((&manifest["replications"], &manifest["stopped"]["by"]), (&1.into(), &"time".into()));
    assert_eq!(manifest["command"], "centralino simulate small.toml --replications 1 --seed 7");
    desk.done("simulate small.toml --replications 1 --out one --quiet");
    assert!(desk.read("limited/measures.csv") == desk.read("one/measures.csv"));
}
