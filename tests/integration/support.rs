//! Scenarios as text, and runs of them, for the tests.

use std::io::Write;
use std::path::{Path, PathBuf};

use centralino::measures::{self, Basis, Collector, Detail, Results, Scope, ScopeKind};
use centralino::model::{self, Mode, Model};
use centralino::scenario::{self, Scenario};

/// Loads a scenario from its text; panics with all its problems.
pub fn scenario(text: &str) -> Scenario {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room for a scenario");
    load(file.path(), &[])
}

/// Loads a scenario file with `--set` values; panics with all its problems.
pub fn load(path: &Path, sets: &[&str]) -> Scenario {
    let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
    match scenario::load(path, &sets) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{}:\n{}", path.display(), told(&problems)),
    }
}

/// Compiles a scenario; panics with all its problems.
pub fn compile(scenario: &Scenario) -> Model {
    match model::compile(scenario) {
        Ok(compiled) => compiled.model,
        Err(problems) => panic!("{}", told(&problems)),
    }
}

/// A model from a scenario's text.
pub fn model(text: &str) -> Model {
    compile(&scenario(text))
}

/// A shipped scenario.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn told(problems: &[centralino::diagnostic::Diagnostic]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// Results of `replications` replications, one after the other.
pub fn results(model: &Model, mode: Mode, seed: u64, replications: u64) -> Results {
    let detail = Detail::for_model(model);
    let mut collector = Collector::new(model, detail);
    let mut results = Results::new(model, detail);
    for replication in 0..replications {
        let end = measures::replicate(model, seed, replication, mode, &mut collector, None);
        results.add(collector.finish(end));
    }
    results
}

/// The whole run.
pub fn whole() -> Scope {
    Scope::new(ScopeKind::Whole, 0)
}

/// Estimate and half-width of a measure of the whole run.
pub fn estimate(results: &Results, measure: &str, basis: Basis) -> (f64, f64) {
    let row = results.find(measure, basis, whole()).unwrap_or_else(|| panic!("{measure} exists"));
    (row.mean.unwrap_or(f64::NAN), row.half_width().unwrap_or(f64::NAN))
}
