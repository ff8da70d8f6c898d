//! Sweeps: designs, results that grow and go on, parts that are joined, and what is refused.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::Desk;

const STUDY: &str = r#"
[study]
name = "Volume and staff"
base = "small.toml"
replications = 12

[factors.volume]
path = "arrivals.*.per_day"
times = [0.9, 1.2]

[factors.heads]
path = ["agent_groups.front.staffing.heads", "agent_groups.experts.staffing.heads"]
times = [1.0, 1.5, 2.0]
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("study.toml", STUDY);
    desk
}

fn until(decided: &str) -> String {
    STUDY.replace("replications = 12\n", "") + "\n[study.until]\n" + decided
}

/// The whole of a sweep's directory, by name.
fn all(desk: &Desk, directory: &str) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = std::fs::read(desk.path(directory).join(&name)).unwrap();
        (name, bytes)
    };
    desk.names(directory).into_iter().map(read).collect()
}

/// The rows of a table, each by column.
fn rows(desk: &Desk, file: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_path(desk.path(file)).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Starts a sweep into `out` and waits until some of it is on disk.
fn begun(desk: &Desk, out: &str) -> std::process::Child {
    let child = Command::new(assert_cmd::cargo::cargo_bin("centralino"))
        .args(["sweep", "study.toml", "--quiet", "--out", out])
        .current_dir(desk.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let units = desk.path(out).join("units.bin");
    while std::fs::metadata(&units).map_or(0, |known| known.len()) < 20_000 {
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

#[test]
fn a_sweep_tells_which_factor_moves_what_and_where_a_promise_breaks() {
    let desk = desk();
    let told = desk.done("sweep study.toml --out swept").out;
    insta::assert_snapshot!(told);
    let files = [
        "breaks.csv",
        "effects.csv",
        "front.csv",
        "report.json",
        "results.csv",
        "savings.csv",
        "scenarios.csv",
        "summary.json",
        "sweep.json",
    ];
    assert_eq!(desk.names("swept"), [files.as_slice(), &["units.bin"]].concat());
    let scenarios = rows(&desk, "swept/scenarios.csv");
    assert_eq!(scenarios.len(), 1 + 2 * 3);
    let settings: Vec<(&str, &str)> =
        scenarios.iter().map(|row| (row["volume"].as_str(), row["heads"].as_str())).collect();
    let design = [("0.9", "1"), ("0.9", "1.5"), ("0.9", "2"), ("1.2", "1"), ("1.2", "1.5"), ("1.2", "2")];
    assert_eq!(settings, [[("1", "1")].as_slice(), &design].concat());
}

/// The base is scenario 0 with the numbers that it has alone; a factor of 1 on the heads is no change, so a scenario may have the base's hash.
#[test]
fn values_are_those_of_the_scenarios_alone() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out swept");
    desk.done("simulate small.toml --replications 12 --out alone");
    let set = "--set arrivals.registry.per_day=240 --set arrivals.taxes.per_day=360";
    desk.done(&format!("simulate small.toml {set} --replications 12 --out busy"));
    let swept = rows(&desk, "swept/results.csv");
    for (scenario, directory) in [("0", "alone"), ("4", "busy")] {
        let alone = rows(&desk, &format!("{directory}/measures.csv"));
        let mut compared = 0;
        for row in swept.iter().filter(|row| row["scenario"] == scenario) {
            let same = |other: &&std::collections::BTreeMap<String, String>| {
                ["measure", "basis", "scope_kind", "scope"].iter().all(|name| row[*name] == other[*name])
                    && other["period_start"].is_empty()
            };
            if let Some(other) = alone.iter().find(same) {
                assert_eq!(
                    (&row["value"], &row["half_width"]),
                    (&other["mean"], &other["half_width"]),
                    "{row:?}"
                );
                compared += 1;
            }
        }
        assert!(compared >= 8, "{compared}");
    }
}

#[test]
fn threads_change_no_byte() {
    let desk = desk();
    desk.done("sweep study.toml --threads 1 --quiet --out one");
    desk.done("sweep study.toml --threads 3 --quiet --out three");
    assert!(all(&desk, "one") == all(&desk, "three"));
}

#[test]
fn a_killed_sweep_goes_on_and_ends_with_the_same_bytes() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out whole");
    let mut child = begun(&desk, "killed");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!desk.path("killed/summary.json").exists(), "it was killed before its end");
    let refused = desk.run("sweep study.toml --quiet --out killed");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("E1032") && refused.err.contains("--resume"), "{}", refused.err);
    let units = desk.path("killed/units.bin");
    let before = std::fs::read(&units).unwrap();
    desk.run("sweep study.toml --quiet --out killed --resume");
    assert!(all(&desk, "whole") == all(&desk, "killed"));
    assert!(std::fs::read(&units).unwrap().starts_with(&before[..before.len() - before.len() / 2]));
    // Going on with what is done changes nothing either.
    desk.done("sweep study.toml --quiet --out killed --resume");
    assert!(all(&desk, "whole") == all(&desk, "killed"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_finishes_what_is_under_way_and_says_how_to_go_on() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out whole");
    let child = begun(&desk, "stopped");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(130), "{said}");
    assert!(said.contains("centralino sweep study.toml --out stopped --resume"), "{said}");
    let resumed = desk.done("sweep study.toml --quiet --out stopped --resume");
    assert_eq!(resumed.err, "", "nothing was cut off");
    assert!(all(&desk, "whole") == all(&desk, "stopped"));
}

#[test]
fn whatever_is_cut_off_or_damaged_is_simulated_again() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out whole");
    let units = std::fs::read(desk.path("whole/units.bin")).unwrap();
    for (cut, damaged) in [
        (0, None),
        (5, None),
        (units.len() / 2, None),
        (units.len() - 1, None),
        (units.len(), Some(units.len() / 3)),
    ] {
        let mut bytes = units[..cut].to_vec();
        damaged.into_iter().for_each(|at: usize| bytes[at] ^= 1);
        std::fs::write(desk.path("whole/units.bin"), bytes).unwrap();
        let resumed = desk.run("sweep study.toml --quiet --out whole --resume");
        assert_eq!(resumed.code, 0, "{}", resumed.err);
        assert_eq!(resumed.err.contains("W6090"), cut > 0, "{cut}: {}", resumed.err);
        assert_eq!(std::fs::read(desk.path("whole/units.bin")).unwrap(), units, "{cut}");
    }
}

/// A limit on the size of files stands for a disk that is full: the write fails in the middle of a record.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_done_is_kept() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out whole");
    let program = assert_cmd::cargo::cargo_bin("centralino");
    let line =
        format!("trap '' XFSZ; ulimit -f 30; exec {} sweep study.toml --quiet --out full", program.display());
    let ended = Command::new("bash").args(["-c", &line]).current_dir(desk.path(".")).output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("E1008") && said.contains("units.bin") && said.contains("--resume"), "{said}");
    assert!(
        std::fs::metadata(desk.path("full/units.bin")).unwrap().len() > 10_000,
        "units before it are kept"
    );
    desk.done("sweep study.toml --quiet --out full --resume");
    assert!(all(&desk, "whole") == all(&desk, "full"));
}

#[test]
fn parts_are_joined_into_the_bytes_of_one_run() {
    let desk = desk();
    desk.write("decide.toml", &until("decided = \"targets\"\nat_most = 40\n"));
    for study in ["study.toml", "decide.toml"] {
        desk.run(&format!("sweep {study} --quiet --out whole-{study}"));
        for part in 1..=3 {
            let ran = desk.run(&format!("sweep {study} --quiet --shard {part}/3 --out {study}-{part}"));
            assert_eq!(ran.code, 0, "{}", ran.err);
        }
        let parts = format!("{study}-3 {study}-1 {study}-2");
        let joined = desk.run(&format!("merge {parts} --quiet --out joined-{study}"));
        assert_eq!(joined.code, 0, "{}", joined.err);
        assert!(all(&desk, &format!("whole-{study}")) == all(&desk, &format!("joined-{study}")));
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused_with_the_reason() {
    let desk = desk();
    desk.write("other.toml", &STUDY.replace("1.2]", "1.3]"));
    for (study, part, out) in
        [("study", "1/2", "a1"), ("study", "2/2", "a2"), ("study", "1/3", "c1"), ("other", "2/2", "b2")]
    {
        desk.done(&format!("sweep {study}.toml --quiet --shard {part} --out {out}"));
    }
    desk.done("sweep study.toml --quiet --out whole");
    let refused = |parts: &str, words: &[&str]| {
        let ran = desk.run(&format!("merge {parts} --out joined"));
        assert_eq!(ran.code, 2, "{parts}: {}", ran.err);
        words.iter().for_each(|word| assert!(ran.err.contains(word), "{parts}: no {word} in {}", ran.err));
        assert!(!desk.path("joined").exists(), "{parts}");
    };
    refused("a1", &["E1034", "part 2/2 is missing"]);
    refused("a1 a1 a2", &["E1034", "part 1/2 comes more than once"]);
    refused("a1 b2", &["E1034", "does not go with", "hash"]);
    refused("a2 c1", &["E1034", "one of 3 parts"]);
    refused("a1 a2 whole", &["whole is no part"]);
    refused("a1 nothing", &["E1033", "no sweep is kept in nothing"]);
    let about = desk.read("a2/sweep.json");
    desk.write("a2/sweep.json", &about.replace(env!("CARGO_PKG_VERSION"), "0.0.1"));
    refused("a1 a2", &["E1034", "version 0.0.1"]);
    desk.write("a2/sweep.json", &about);
    std::fs::remove_file(desk.path("a2/summary.json")).unwrap();
    refused("a1 a2", &["E1034", "a2 (part 2/2) was not finished"]);
    let units = std::fs::read(desk.path("a2/units.bin")).unwrap();
    std::fs::write(desk.path("a2/units.bin"), &units[..units.len() - 9]).unwrap();
    desk.write("a2/summary.json", "{}");
    let ran = desk.run("merge a1 a2 --out joined");
    assert!(ran.code == 2 && ran.err.contains("lacks scenario"), "{}", ran.err);
}

#[test]
fn a_directory_of_something_else_is_refused() {
    let desk = desk();
    desk.done("sweep study.toml --quiet --out swept");
    let refused = |line: &str, words: &[&str]| {
        let ran = desk.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.err);
        words.iter().for_each(|word| assert!(ran.err.contains(word), "{line}: no {word} in {}", ran.err));
    };
    desk.write("other.toml", &STUDY.replace("1.2]", "1.3]"));
    refused("sweep other.toml --out swept --resume", &["E1031", "hash"]);
    refused("sweep study.toml --shard 1/2 --out swept --resume", &["E1031", "the whole, not part 1/2"]);
    let about = desk.read("swept/sweep.json");
    desk.write("swept/sweep.json", &about.replace(env!("CARGO_PKG_VERSION"), "9.9.9"));
    refused("sweep study.toml --out swept --resume", &["E1031", "version 9.9.9"]);
    desk.write("swept/sweep.json", &about[..about.len() / 2]);
    refused("sweep study.toml --out swept --resume", &["E1033"]);
    refused("sweep study.toml --out nowhere --resume", &["E1033", "no sweep in nowhere"]);
    refused("sweep study.toml --out .", &["E1031", "no sweep's"]);
    desk.write("best.toml", &until("decided = \"best\"\nworth = 0.05\n"));
    refused("sweep best.toml --shard 1/2 --out part", &["cannot be run in parts"]);
}

/// The rows of a column that differ, in order.
fn column(desk: &Desk, file: &str, name: &str) -> Vec<String> {
    rows(desk, file).into_iter().map(|row| row[name].clone()).collect()
}

#[test]
fn one_at_a_time_a_list_and_a_latin_hypercube() {
    let desk = desk();
    let design = |design: &str| {
        STUDY.replace("replications = 12", &format!("replications = 2\ndesign = \"{design}\""))
    };
    desk.write("one.toml", &design("one_at_a_time"));
    desk.done("sweep one.toml --quiet --out one");
    let settings = |out: &str| {
        let rows = rows(&desk, &format!("{out}/scenarios.csv"));
        rows.iter().map(|row| format!("{} {}", row["volume"], row["heads"])).collect::<Vec<_>>()
    };
    // Heads times 1 are the base's.
    assert_eq!(settings("one"), ["1 1", "0.9 1", "1.2 1", "1 1.5", "1 2"]);
    desk.write(
        "list.toml",
        &(design("list") + "[[scenarios]]\nvolume = 1.2\nheads = 2\n[[scenarios]]\nheads = 1.5\n"),
    );
    desk.done("sweep list.toml --quiet --out list");
    assert_eq!(settings("list"), ["1 1", "1.2 2", "1 1.5"]);
    desk.write("wrong.toml", &(design("list") + "[[scenarios]]\nvolum = 1.2\n[[scenarios]]\nheads = 1.7\n"));
    let told = desk.run("sweep wrong.toml --out x").err;
    for word in ["E1027", "did you mean \"volume\"", "scenarios[1].heads", "1.7 is no value"] {
        assert!(told.contains(word), "no {word} in {told}");
    }
    let latin =
        design("latin_hypercube\"\nsamples = 8 #").replace("times = [0.9, 1.2]", "times_range = [0.8, 1.6]");
    desk.write("latin.toml", &latin);
    desk.done("sweep latin.toml --quiet --out latin");
    let mut eighths: Vec<u32> = column(&desk, "latin/scenarios.csv", "volume")[1..]
        .iter()
        .map(|volume| ((volume.parse::<f64>().unwrap() - 0.8) * 10.0) as u32)
        .collect();
    eighths.sort_unstable();
    assert_eq!(eighths, (0..8).collect::<Vec<_>>());
}

/// Overlays lie over the base alone or together, and are what they are as scenarios of their own.
#[test]
fn overlays_are_factors_that_go_together_with_others() {
    let desk = desk();
    desk.write(
        "slow.toml",
        "extends = \"small.toml\"\n[contact_types.registry]\nservice_time = { times = 1.5 }\n",
    );
    desk.write("late.toml", "measures.within = \"30s\"\n");
    desk.write("other.toml", "extends = \"slow.toml\"\nremove = [\"routing.taxes\"]\n");
    desk.write("stranger.toml", "extends = \"elsewhere.toml\"\n");
    desk.write("elsewhere.toml", &desk.read("small.toml"));
    let overlays = |names: &str| {
        format!(
            "[study]\nname = \"Overlays\"\nbase = \"small.toml\"\nreplications = 3\n[factors.talk]\noverlays = [\"\", \"slow.toml\"]\n[factors.clock]\noverlays = [{names}]\n"
        )
    };
    desk.write("overlays.toml", &overlays("\"\", \"late.toml\""));
    desk.done("sweep overlays.toml --quiet --out swept");
    assert_eq!(column(&desk, "swept/scenarios.csv", "talk"), ["base", "base", "base", "slow", "slow"]);
    desk.write("both.toml", "extends = \"slow.toml\"\nmeasures.within = \"30s\"\n");
    desk.done("simulate both.toml --replications 3 --out both");
    let hash = desk.json("both/manifest.json")["scenario_hash"].as_str().unwrap().to_owned();
    assert_eq!(column(&desk, "swept/scenarios.csv", "scenario_hash")[4], hash);
    desk.write("wrong.toml", &overlays("\"other.toml\", \"stranger.toml\", \"missing.toml\""));
    let told = desk.run("sweep wrong.toml --out x").err;
    for word in ["E1025", "stranger.toml extends", "missing.toml"] {
        assert!(told.contains(word), "no {word} in {told}");
    }
}

/// A vendor whose talks are a third longer: what it takes in heads to serve as before.
#[test]
fn the_same_service_is_told_beside_its_cost() {
    let desk = desk();
    desk.write(
        "slow.toml",
        "extends = \"small.toml\"\n[contact_types.registry]\nservice_time = { times = 1.33 }\n",
    );
    let factors = "[factors.talk]\noverlays = [\"\", \"slow.toml\"]\n[factors.heads]\npath = \"agent_groups.*.staffing\"\ntimes = [1, 1.5, 2, 3]\n";
    desk.write(
        "same.toml",
        &format!("[study]\nname = \"Same\"\nbase = \"small.toml\"\nreplications = 6\n{factors}"),
    );
    let told = desk.done("sweep same.toml --out same").out;
    let rows = rows(&desk, "same/savings.csv");
    let number =
        |row: &std::collections::BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    let usual = rows.iter().find(|row| row["before"] == "1").unwrap_or_else(|| panic!("{rows:?}"));
    assert_eq!(
        (usual["factor"].as_str(), usual["changed"].as_str(), usual["to"].as_str()),
        ("heads", "talk", "slow")
    );
    let at = number(usual, "same_service_at");
    assert!((1.0..2.0).contains(&at) && number(usual, "half_width") > 0.0, "{usual:?}");
    assert!(told.contains("same service"), "{told}");
    assert_eq!(desk.json("same/summary.json")["savings"].as_array().unwrap().len(), rows.len());
    desk.done("report same --plots --quiet");
    let chart = desk.read("same/plots/savings-1.svg");
    assert!(chart.contains("Heads: what gives the service of before"), "{chart}");
}

#[test]
fn replications_are_spent_where_they_matter() {
    let desk = desk();
    desk.write(
        "best.toml",
        &until("decided = \"best\"\nmeasure = \"answered_over_offered\"\nworth = 0.02\n"),
    );
    let told = desk.done("sweep best.toml --out best").out;
    assert!(told.contains("the best  scenario 3 (volume = 0.9, heads = 2), with probability 95 %"), "{told}");
    assert_eq!(desk.json("best/summary.json")["left"], serde_json::json!([3]));
    let spent = |out: &str| -> Vec<(String, u32, String)> {
        let rows = rows(&desk, &format!("{out}/scenarios.csv"));
        let mut spent: Vec<_> = rows
            .iter()
            .map(|row| {
                (row["scenario"].clone(), row["replications"].parse().unwrap(), row["decided"].clone())
            })
            .collect();
        spent.sort();
        spent
    };
    let best = spent("best");
    assert!(
        best.iter()
            .all(|(scenario, count, _)| *count <= best[3].1 && (scenario == "3") == (best[3].0 == *scenario))
    );
    assert_eq!(best[1].1, 10, "what lies far behind is out at once");
    desk.write("targets.toml", &until("decided = \"targets\"\nat_most = 80\n"));
    desk.run("sweep targets.toml --quiet --out targets");
    let targets = spent("targets");
    assert!(targets.iter().any(|(_, count, decided)| *count == 10 && decided == "yes"), "{targets:?}");
    assert!(
        targets
            .iter()
            .all(|(_, count, decided)| [10, 20, 40].contains(count) == (decided == "yes") || *count == 80)
    );
    desk.write("difference.toml", &until("decided = \"difference\"\nworth = 0.001\nat_most = 40\n"));
    desk.run("sweep difference.toml --quiet --out difference");
    let difference = spent("difference");
    let most = difference.iter().map(|(_, count, _)| *count).max();
    assert_eq!(Some(difference[0].1), most, "the base has as many as any: {difference:?}");
    // Scenario 4, volume times 1.2 with the base's heads, is clearly worse at the first look.
    assert_eq!((difference[4].1, difference[4].2.as_str()), (10, "yes"), "{difference:?}");
}

#[test]
fn whatever_measure_is_asked_for_has_a_row_for_every_scope() {
    let desk = desk();
    desk.write("all.toml", &STUDY.replace("replications = 12", "replications = 3\nmeasures = [\"all\"]"));
    desk.done("sweep all.toml --quiet --out all");
    desk.done("simulate small.toml --replications 3 --out alone");
    let alone = rows(&desk, "alone/measures.csv");
    let base: Vec<_> =
        rows(&desk, "all/results.csv").into_iter().filter(|row| row["scenario"] == "0").collect();
    let whole = alone.iter().filter(|row| row["period_start"].is_empty());
    let mut compared = 0;
    for row in whole {
        let same = base.iter().find(|other| {
            ["measure", "basis", "scope_kind", "scope"].iter().all(|name| row[*name] == other[*name])
        });
        let same = same.unwrap_or_else(|| panic!("no {row:?}"));
        assert_eq!((&same["value"], &same["half_width"]), (&row["mean"], &row["half_width"]), "{row:?}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
    desk.write("wrong.toml", &STUDY.replace("replications = 12", "measures = [\"wait_p91\"]"));
    let told = desk.run("sweep wrong.toml --out x").err;
    assert!(told.contains("E1029") && told.contains("did you mean \"wait_p9"), "{told}");
}

#[test]
fn the_schema_of_studies_accepts_a_study_and_refuses_a_slip() {
    let desk = desk();
    let schema: serde_json::Value = serde_json::from_str(&desk.done("schema --study").out).unwrap();
    let json = |text: &str| serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for study in [STUDY.to_string(), until("decided = \"best\"\nworth = 0.02\n")] {
        assert!(validator.is_valid(&json(&study)), "{study}");
    }
    assert!(!validator.is_valid(&json(&STUDY.replace("times", "time"))));
    assert!(!validator.is_valid(&json(&STUDY.replace("base = \"small.toml\"", ""))));
}

#[test]
fn every_mistake_of_a_study_is_told_at_once() {
    let desk = desk();
    desk.write(
        "wrong.toml",
        r#"
[study]
name = "Wrong"
base = "small.toml"
samples = 5
replications = 0

[factors.empty]
path = "measures.within"

[factors.both]
path = "measures.within"
values = ["10s"]
times = [1.1, -1.0]

[factors.seed]
path = "scenario.seed"
values = [1]

[factors.nowhere]
values = [1]
"#,
    );
    let told = desk.run("sweep wrong.toml --out x");
    assert_eq!(told.code, 2);
    for word in
        ["E1022", "E1023", "E1024", "E1021", "E1026", "7 problems", "factors.both.times[1]", "wrong.toml:5"]
    {
        assert!(told.err.contains(word), "no {word} in {}", told.err);
    }
    desk.write(
        "values.toml",
        &(STUDY.to_string()
            + "[factors.nobody]\npath = \"agent_groups.fornt.staffing.heads\"\ntimes = [2.0]\n\
               [factors.word]\npath = \"calendar.time_zone\"\ntimes = [2.0]\n\
               [factors.kind]\npath = \"agent_groups.front.take\"\nvalues = [3, \"longest_wait\"]\n\
               [factors.share]\npath = \"profiles.elderly.share\"\nvalues = [0.25, 2.5]\n"),
    );
    let told = desk.run("sweep values.toml --out x");
    for word in [
        "did you mean \"front\"",
        "which cannot be multiplied",
        "factors.kind.values[0]",
        "factors.share.values[1]",
    ] {
        assert!(told.err.contains(word), "no {word} in {}", told.err);
    }
    desk.write("nothing.toml", "[study]\nname = \"Nothing\"\nbase = \"small.toml\"\n");
    let told = desk.run("sweep nothing.toml --out x");
    assert!(told.err.contains("E1020"), "{}", told.err);
    assert!(!desk.path("x").exists());
}
