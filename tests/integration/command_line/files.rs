//! The files of a run: their columns, their bytes, their logs.

use std::collections::BTreeMap;
use std::fs::File;

use centralino::audit::audit;
use centralino::log::{AgentRow, LegRow, NeedRow, Row, RowReader};
use centralino::model;
use centralino::scenario;

use super::Desk;

#[test]
fn columns_are_frozen() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 2 --out results --quiet --log 1");
    let names = desk.names("results");
    let tables = names.iter().filter(|name| name.ends_with(".csv"));
    let headers: Vec<String> = tables
        .map(|name| {
            let text = desk.read(&format!("results/{name}"));
            format!("{name}: {}", text.lines().next().unwrap())
        })
        .collect();
    insta::assert_snapshot!(headers.join("\n"));
    insta::assert_snapshot!("names", names.join("\n"));
}

#[test]
fn the_number_of_threads_and_the_directory_change_no_byte() {
    let bytes = |threads: u32| -> BTreeMap<String, Vec<u8>> {
        let (desk, out) = (Desk::new(), format!("here/of-{threads}"));
        desk.done(&format!(
            "simulate small.toml --replications 9 --threads {threads} --out {out} --log 0,4,5"
        ));
        let names = desk.names(&out).into_iter();
        names.map(|name| (name.clone(), std::fs::read(desk.path(&out).join(name)).unwrap())).collect()
    };
    let one = bytes(1);
    assert_eq!(one.len(), 9);
    for threads in [2, 8] {
        let many = bytes(threads);
        for (name, bytes) in &one {
            assert!(many.get(name) == Some(bytes), "{name} differs with {threads} threads");
        }
    }
}

#[test]
fn a_log_changes_no_figure() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 3 --out without --quiet");
    desk.done("simulate small.toml --replications 3 --out with --quiet --log");
    for name in ["measures.csv", "replications.csv", "periods.csv", "summary.json"] {
        assert!(desk.read(&format!("without/{name}")) == desk.read(&format!("with/{name}")), "{name}");
    }
    assert_eq!(desk.json("with/manifest.json")["logged_replications"], serde_json::json!([0, 1, 2]));
}

fn log<R: Row>(desk: &Desk, name: &str) -> Vec<R> {
    let file = File::open(desk.path("results").join(name)).unwrap();
    RowReader::new(name, file).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn logs_pass_the_audit_and_hold_the_replications_chosen_in_order() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 4 --out results --quiet --log 3,1");
    let legs: Vec<LegRow> = log(&desk, "legs.csv");
    let (agents, needs): (Vec<AgentRow>, Vec<NeedRow>) = (log(&desk, "agents.csv"), log(&desk, "needs.csv"));
    let mut order: Vec<u32> = legs.iter().map(|leg| leg.replication).collect();
    order.dedup();
    assert_eq!(order, [1, 3]);
    let loaded = scenario::load(&desk.path("small.toml"), &[]).unwrap();
    let calendar = model::compile(&loaded.scenario).unwrap().calendar;
    let report = audit(&loaded.scenario, &calendar, &legs, &agents, &needs, &[], &[], &[], &[], &[], &[]);
    assert!(report.is_clean() && legs.len() > 800, "{report}");
}

/// Offered of the whole day by its quarter-hours, its replications and its summary.
#[test]
fn the_files_agree_with_one_another() {
    let desk = Desk::new();
    desk.done("simulate small.toml --replications 4 --out results --quiet");
    let rows = |name: &str| -> Vec<Vec<String>> {
        let text = desk.read(&format!("results/{name}"));
        text.lines().skip(1).map(|line| line.split(',').map(String::from).collect()).collect()
    };
    let sum = |cells: Vec<&str>| cells.iter().map(|cell| cell.parse::<f64>().unwrap()).sum::<f64>();
    let periods = rows("periods.csv");
    let by_period = sum(periods.iter().filter(|row| row[1] == "taxes").map(|row| row[2].as_str()).collect());
    let is_it = |row: &&Vec<String>| row[1..5] == ["offered", "leg", "queue", "taxes"];
    let replications = rows("replications.csv");
    let by_replication = sum(replications.iter().filter(is_it).map(|row| row[7].as_str()).collect()) / 4.0;
    let whole =
        desk.json("results/summary.json")["queue"]["taxes"]["leg"]["offered"]["mean"].as_f64().unwrap();
    assert!((by_period - whole).abs() < 1e-9 && (by_replication - whole).abs() < 1e-9);
    assert_eq!(periods.iter().filter(|row| row[1] == "taxes").count(), 96);
    assert_eq!(periods[0][0], "2008-06-16T00:00:00+02:00");
}
