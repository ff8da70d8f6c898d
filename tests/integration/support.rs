//! Scenarios as text, runs of them, and runs with their logs, for the tests.

use std::io::Write;
use std::path::{Path, PathBuf};

use centralino::audit::{self, Report};
use centralino::calendar::Calendar;
use centralino::measures::{
    self, Basis, Collector, Detail, LogRows, Recorder, Replication, Results, Scope, ScopeKind,
};
use centralino::model::{self, Compiled, Mode, Model};
use centralino::scenario::{self, Scenario};

/// Loads a scenario from its text; panics with all its problems.
pub fn scenario(text: &str) -> Scenario {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room for a scenario");
    load(file.path(), &[])
}

/// Loads a scenario from a text with each of these, which must be there, in place of the other.
pub fn scenario_with(text: &str, changes: &[(&str, &str)]) -> Scenario {
    let changed = changes.iter().fold(text.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    scenario(&changed)
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
    compiled(scenario).model
}

/// Compiles a scenario and keeps what belongs to the model; panics with all its problems.
pub fn compiled(scenario: &Scenario) -> Compiled {
    model::compile(scenario).unwrap_or_else(|problems| panic!("{}", told(&problems)))
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

/// One replication's sums, without how many events they took: that is not what it did.
pub fn replication(model: &Model, mode: Mode, seed: u64, number: u64) -> Replication {
    let mut collector = Collector::new(model, Detail::for_model(model));
    let end = measures::replicate(model, seed, number, mode, &mut collector, None);
    collector.finish(centralino::engine::RunEnd { events: 0, most_present: 0, ..end })
}

/// The modes that a model allows beside eager.
pub fn other_modes(model: &Model) -> Vec<Mode> {
    let capabilities = model.capabilities();
    [Mode::Lazy, Mode::Recursion].into_iter().filter(|&mode| capabilities.allows(mode)).collect()
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

/// One replication with its logs, run eagerly.
pub struct Recorded {
    /// What was run.
    pub scenario: Scenario,
    /// Its calendar.
    pub calendar: Calendar,
    /// What was written down.
    pub logs: LogRows,
    /// What was summed up, by period too.
    pub results: Results,
}

/// Runs a replication of a scenario and writes everything down.
pub fn record(scenario: &Scenario, seed: u64, replication: u32) -> Recorded {
    let Compiled { model, calendar, .. } = compiled(scenario);
    let detail = Detail { days: true, periods: true, intervals: true, ..Detail::WHOLE };
    let (mut collector, mut results) = (Collector::new(&model, detail), Results::new(&model, detail));
    let mut recorder = Recorder::new(&model, replication, LogRows::default());
    let number = u64::from(replication);
    let end = measures::replicate(&model, seed, number, Mode::Eager, &mut collector, Some(&mut recorder));
    results.add(collector.finish(end));
    Recorded { scenario: scenario.clone(), calendar, logs: recorder.into_sink(), results }
}

/// The logs of replication 0 of a scenario's text.
pub fn logs(text: &str, seed: u64) -> LogRows {
    record(&scenario(text), seed, 0).logs
}

impl Recorded {
    /// What the audit says.
    pub fn audit(&self) -> Report {
        self.audit_as(&self.scenario)
    }

    /// What the audit says of these logs if they were those of another scenario.
    pub fn audit_as(&self, scenario: &Scenario) -> Report {
        let LogRows { legs, agents, needs, cases, visits, preparations, greetings, dials, web } = &self.logs;
        audit::audit(
            scenario,
            &self.calendar,
            legs,
            agents,
            needs,
            cases,
            visits,
            preparations,
            greetings,
            dials,
            web,
        )
    }

    /// Holds the run to nothing impossible having happened; what was looked at.
    pub fn passes_audit(&self) -> Report {
        let report = self.audit();
        assert!(report.is_clean(), "{report}");
        report
    }
}

/// Whether a check found something.
pub fn notices(report: &Report, check: &str) -> bool {
    report.check(check).unwrap_or_else(|| panic!("{check} is a check")).failed > 0
}

/// The checks that found something, by name.
pub fn failed(report: &Report) -> Vec<&'static str> {
    report.checks.iter().filter(|check| check.failed > 0).map(|check| check.name).collect()
}
