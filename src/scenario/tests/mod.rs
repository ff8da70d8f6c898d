//! Whole scenarios from files: what loads, and what is said about what does not.

mod mistakes;
mod overlays;
mod robustness;
mod tables;
mod workbooks;

use std::path::PathBuf;

use super::*;
use crate::diagnostic::Diagnostic;

/// Files of a test, gone at its end.
struct Files {
    dir: tempfile::TempDir,
}

impl Files {
    fn new(files: &[(&str, &str)]) -> Files {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Files { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn load(&self, name: &str, overrides: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
        let overrides: Vec<String> = overrides.iter().map(|line| line.to_string()).collect();
        load(&self.path(name), &overrides)
    }

    /// The scenario, or a failed test that prints what is wrong with it.
    fn scenario(&self, name: &str, overrides: &[&str]) -> Scenario {
        match self.load(name, overrides) {
            Ok(loaded) => loaded.scenario,
            Err(found) => panic!("{}", self.print(&found).join("\n")),
        }
    }

    /// What is said about a scenario that does not load, files without their directory.
    fn refused(&self, name: &str, overrides: &[&str]) -> Vec<String> {
        self.print(&self.load(name, overrides).map(|loaded| loaded.scenario).unwrap_err())
    }

    fn print(&self, found: &[Diagnostic]) -> Vec<String> {
        let directory = format!("{}/", self.dir.path().display());
        found.iter().map(|diagnostic| diagnostic.to_string().replace(&directory, "")).collect()
    }
}

const SMALL: &str = r#"[scenario]
name = "Small"
start = 2008-06-16
days = 7

[calendar]
time_zone = "Europe/Rome"
holidays = "IT-MI"

[profiles.elderly]
share = 0.2
patience = { times = 1.3 }
[profiles.others]
share = 0.8

[contact_types.taxes]
patience = { lognormal = { mean = "3m30s", sd = "4m" } }
service_time = { exponential = "4m", times = 1.25 }
wrap_up = "30s"
outcome.tier1 = { escalate = 0.15, rest = "resolved", unresolved = 0.05 }
after_abandonment = { retrial = 0.55, delay = { exponential = "18m" } }

[arrivals.taxes]
per_day = 1_200
day = { "00:00" = 0.1, "08:00" = 1, "20:00" = 0.3 }
weekday = { sat = 0.4, sun = 0.2 }

[queues.taxes.steps.first]
groups = ["t1"]
[queues.taxes.steps.widen]
after = "25s"
add = ["t2"]

[routing.all]
order = 100
queue = "taxes"

[agent_groups.t1]
serves = ["taxes"]
staffing = { heads = { "00:00" = 3, "08:00" = 20 } }
[agent_groups.t2]
tier = 2
serves = ["taxes"]
staffing = { heads = 4, sunday = [1, 2] }

[targets.contract]
service_level = 0.85
within = "30s"
"#;

#[test]
fn a_scenario_says_what_is_written() {
    let scenario = Files::new(&[("a.toml", SMALL)]).scenario("a.toml", &[]);
    assert_eq!(scenario.scenario.start.to_string(), "2008-06-16");
    assert_eq!((scenario.scenario.period.as_s(), scenario.scenario.seed), (900.0, 20_202));
    let taxes = &scenario.contact_types["taxes"];
    let stretched = Stretched { times: 1.25, of: Distribution::Exponential(Span::from_s(240.0)) };
    assert_eq!(taxes.service_time, Distribution::Scaled(Box::new(stretched)));
    assert_eq!(taxes.wrap_up, Some(Distribution::Constant(Span::from_s(30.0))));
    let outcomes: Vec<_> = taxes.outcome["tier1"].iter().map(|(name, _)| name).collect();
    assert_eq!(outcomes, ["escalate", "rest", "unresolved"], "in declared order");
    let bands = [("00:00", 3), ("08:00", 20)].map(|(at, heads)| (at.parse().unwrap(), heads));
    assert_eq!(scenario.agent_groups["t1"].staffing.heads, Some(Heads::Bands(bands.into())));
    assert_eq!(scenario.agent_groups["t2"].staffing.sunday, Some(Heads::List(vec![1, 2])));
}

#[test]
fn values_are_placed_for_those_who_check_them_later() {
    let files = Files::new(&[("a.toml", SMALL)]);
    let loaded = files.load("a.toml", &["targets.contract.within=20s"]).unwrap();
    let line = |path: &str| loaded.origins.place(path).map(|place| place.line);
    assert_eq!(line("agent_groups.t2.serves[0]"), Some(43));
    assert_eq!(line("agent_groups.t2.vendor"), Some(41), "absent: its group's line");
    assert_eq!(line("routing.all.queue"), Some(36));
    let place = loaded.origins.place("targets.contract.within").unwrap();
    assert_eq!((place.file.as_str(), place.line), ("--set", 1));
    assert_eq!(
        loaded.files.iter().find(|file| file.name == "--set").unwrap().text,
        "targets.contract.within=20s"
    );
}

#[test]
fn the_canonical_form_loads_again_and_has_the_same_hash() {
    let files = Files::new(&[("a.toml", SMALL)]);
    let scenario = files.scenario("a.toml", &[]);
    std::fs::write(files.path("b.json"), scenario.canonical_json()).unwrap();
    let again = files.scenario("b.json", &[]);
    assert_eq!(again, scenario);
    assert_eq!(again.hash(), scenario.hash());
    assert_ne!(files.scenario("a.toml", &["scenario.days=8"]).hash(), scenario.hash());
    let shuffled: String =
        SMALL.replace("[profiles.others]\nshare = 0.8\n", "") + "[profiles.others]\nshare = 0.80\n";
    let shuffled = Files::new(&[("c.toml", &shuffled)]).scenario("c.toml", &[]);
    assert_eq!(shuffled.hash(), scenario.hash(), "the order of tables means nothing");
}

#[test]
fn every_family_of_distributions_reads_back() {
    let families = [
        "constant = '1m'",
        "exponential = '1m'",
        "lognormal = { mean = '3m30s', sd = '4m' }",
        "gamma = { mean = '3m', sd = '1m' }",
        "weibull = { mean = '3m', shape = 1.5 }",
        "erlang = { mean = '3m', stages = 3 }",
        "hyperexponential = [{ share = 0.7, mean = '2m' }, { share = 0.3, mean = '9m' }]",
        "uniform = { min = '1m', max = '3m' }",
        "triangular = { min = '1m', mode = '2m', max = '5m' }",
        "empirical = ['1m', '250ms']",
        "mixture = [{ share = 0.3, of = '10s' }, { share = 0.7, of = { exponential = '2m', times = 2 } }]",
    ];
    for family in families {
        for written in [format!("{{ {family} }}"), format!("{{ times = 1.2, {family} }}")] {
            let text = SMALL.replace("wrap_up = \"30s\"", &format!("wrap_up = {written}"));
            let scenario = Files::new(&[("a.toml", &text)]).scenario("a.toml", &[]);
            let files = Files::new(&[("b.json", &scenario.canonical_json())]);
            assert_eq!(files.scenario("b.json", &[]), scenario, "{written}");
        }
    }
}
