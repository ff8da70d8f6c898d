//! Long runs: the steady state in batches, a year's weeks, a usual week; and by what a contact is counted.

use super::Desk;

/// Ten agents at 80 %, half-hour batches.
const STEADY: &str = r#"
[scenario]
name = "In the long run"
start = "2024-01-01"
days = 5
steady_state = { warm_up = "3h", batches = 20 }
[contact_types.calls]
service_time = { exponential = "4m" }
patience = { exponential = "5m" }
[arrivals.calls]
per_hour = 120
[queues.calls.steps.first]
groups = ["agents"]
[routing.all]
order = 1
queue = "calls"
[agent_groups.agents]
serves = ["calls"]
staffing.heads = 10
[targets.contract]
service_level = 0.8
within = "20s"
"#;

#[test]
fn a_steady_state_is_one_long_run_with_batch_means() {
    let desk = Desk::new();
    desk.write("steady.toml", STEADY);
    let told = desk.done("simulate steady.toml --out results").out;
    assert!(
        told.contains(
            "1 replication, 20 batches after a warm-up of 3h, ± is a 95 % half-width by batch means"
        ),
        "{told}"
    );
    assert!(!told.contains("W6005"), "{told}");
    let measures = desk.read("results/measures.csv");
    let row = measures.lines().find(|line| line.starts_with("abandonment,contact,whole,")).unwrap();
    assert!(row.ends_with(",batch means,entry"), "{row}");
    let summary = desk.json("results/summary.json");
    assert_eq!(summary["intervals"], serde_json::json!({ "by": "batches", "n": 20 }));
    desk.done("simulate steady.toml --out several --replications 3 --quiet");
    assert_eq!(desk.json("several/summary.json")["intervals"]["n"], 60);
    let half_width = |out: &str| {
        desk.json(&format!("{out}/summary.json"))["whole"]["contact"]["abandonment"]["half_width"]
            .as_f64()
            .unwrap()
    };
    assert!(half_width("several") < 0.8 * half_width("results"));
}

/// Five agents and eight erlangs of patient callers: nothing is steady. And a warm-up of nothing at all is told.
#[test]
fn a_steady_state_that_is_none_is_told() {
    let desk = Desk::new();
    desk.write(
        "steady.toml",
        &STEADY.replace("heads = 10", "heads = 5").replace("patience =", "# patience ="),
    );
    let grows = desk.run("simulate steady.toml --out grows").out;
    assert!(grows.contains("W6043 queue calls grows as long as the run goes"), "{grows}");
    let from_empty = STEADY.replace("\"3h\"", "\"0s\"").replace("days = 5", "days = 1\nperiod = \"1m\"");
    let patient = from_empty.replace("patience =", "# patience =").replace("heads = 10", "heads = 9");
    desk.write("empty.toml", &patient.replace("batches = 20", "batches = 240"));
    let alike = desk.done("simulate empty.toml --out alike").out;
    assert!(alike.contains("W6042 batches that follow each other are alike in "), "{alike}");
}

#[test]
fn what_does_not_fit_a_steady_state_is_told_at_once() {
    let desk = Desk::new();
    desk.write(
        "wrong.toml",
        &STEADY
            .replace("days = 5", "days = 1\nrun_in = \"1h\"\nperiod = \"1h\"")
            .replace("batches = 20", "batches = 30"),
    );
    let ran = desk.run("simulate wrong.toml");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("E3020") && ran.err.contains("scenario.run_in: "), "{}", ran.err);
    assert!(ran.err.contains("the 24 periods of the run cannot be cut into 30 batches"), "{}", ran.err);
}

/// The only replication of three months: by its weeks, and it says so.
#[test]
fn a_single_year_has_intervals_within_the_year() {
    let desk = Desk::new();
    let year = STEADY.replace("steady_state = { warm_up = \"3h\", batches = 20 }", "");
    desk.write("year.toml", &year.replace("days = 5", "days = 91").replace("= 120", "= 24"));
    let told = desk
        .done("simulate year.toml --replications 1 --set agent_groups.agents.staffing.heads=2 --out year")
        .out;
    assert!(told.contains("± is a 95 % half-width, within-year and approximate"), "{told}");
    assert!(told.contains("W6044 half-widths are within-year and approximate: how the 13 weeks"), "{told}");
    let measures = desk.read("year/measures.csv");
    assert!(
        measures.lines().any(|row| row.starts_with("offered,contact,whole,all,month,2024-02-01")),
        "{measures}"
    );
    let week = desk.read("year/week.csv");
    assert!(
        week.starts_with("weekday,time,measure,") && week.contains("\nSun,23:45,offered,contact,whole,all,")
    );
    let monday = week.lines().find(|row| row.starts_with("Mon,10:15,offered,contact,")).unwrap();
    let mean: f64 = monday.split(',').nth(6).unwrap().parse().unwrap();
    assert!((3.0..9.0).contains(&mean), "six a quarter-hour, {mean}");
}

/// Contacts move to later periods, and none is lost.
#[test]
fn by_answer_the_same_contacts_count_in_other_periods() {
    let desk = Desk::new();
    let offered = |out: &str| -> Vec<f64> {
        let text = desk.read(&format!("{out}/periods.csv"));
        let taxes = text.lines().filter(|line| line.split(',').nth(1) == Some("taxes"));
        taxes.map(|line| line.split(',').nth(2).unwrap().parse().unwrap()).collect()
    };
    for by in ["entry", "answer", "end"] {
        desk.done(&format!("simulate small.toml --replications 2 --attribution {by} --out {by} --quiet"));
        assert_eq!(desk.json(&format!("{by}/manifest.json"))["attribution"], by);
        assert!(
            desk.read(&format!("{by}/periods.csv"))
                .lines()
                .skip(1)
                .all(|line| line.ends_with(&format!(",{by}")))
        );
        let command = desk.json(&format!("{by}/manifest.json"))["command"].as_str().unwrap().to_string();
        assert_eq!(command.contains("--attribution"), by != "entry");
    }
    let (entry, answer, end) = (offered("entry"), offered("answer"), offered("end"));
    assert!(entry != answer && answer != end);
    assert_eq!(entry.iter().sum::<f64>(), answer.iter().sum::<f64>());
    assert_eq!(entry.iter().sum::<f64>(), end.iter().sum::<f64>());
    let mean_time = |counts: &[f64]| counts.iter().enumerate().map(|(at, n)| at as f64 * n).sum::<f64>();
    assert!(mean_time(&entry) < mean_time(&answer) && mean_time(&answer) < mean_time(&end));
}
