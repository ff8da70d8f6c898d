//! Builds and runs a copy of the package, unbroken and broken, and tells which of its tests noticed.
#![expect(
    clippy::disallowed_types,
    reason = "it looks at the clock for whoever does not come to an end; nothing is simulated here"
)]

use super::Mutant;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The audited runs, and the oracles that are quick and see the most.
const TESTS: &[&str] = &[
    "audited",
    "consultations::",
    "callbacks::a_day",
    "campaigns::",
    "oracles::callbacks::announced",
    "counters::",
    "preparations::",
    "oracles::preparations",
    "oracles::day::by",
    "oracles::erlang::finite_trunks",
    "oracles::priorities",
    "oracles::retrials",
    "oracles::start",
    "start_state",
    "start_bookings",
    "oracles::routing::agents_in_reserve",
    "oracles::tiers",
    "tiers::a_warm_transfer_ends",
    "oracles::warm_after_asking",
    "oracles::ties",
    "tenure",
    "oracles::chats",
    "oracles::put_aside",
    "oracles::written",
    "oracles::back_office",
    "back_office::",
    "put_aside::",
    "channels",
];

/// What is compiled again for every mutant is compiled quickly. Dependencies stay as they are.
const PROFILE: &[&str] = &[
    "--config=profile.dev.package.centralino.opt-level=0",
    "--config=profile.dev.package.centralino.debug=0",
];

/// A mistake is seen with a fifth of the replications.
const ORACLE_TIMES: &str = "0.2";

/// How many times as long as the unbroken engine a mutant may take for its tests, and how long in any case: it must be broken to take longer.
const TIMES: u32 = 3;
const AT_LEAST: Duration = Duration::from_secs(60);

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file with one mistake more.
pub(super) fn broken(text: &str, name: &str, (file, from, to): (&str, &str, &str)) -> String {
    let found = text.matches(from).count();
    assert_eq!(
        found, 1,
        "{name}: {file} should have this once, so that it can be broken; is there a new way to?\n{from}"
    );
    text.replace(from, to)
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("room for a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("room for a file");
    }
}

/// A package like this one, in a folder of its own.
fn copy_of_the_package(to: &Path) {
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        "clippy.toml",
        "README.md",
        "src",
        "tests",
        "benches",
        "docs",
        "scenarios",
    ] {
        copy(&root().join(part), &to.join(part));
    }
}

/// A copy of this package, in which the mistakes are made.
pub(super) struct Package {
    folder: tempfile::TempDir,
    target: PathBuf,
    limit: Duration,
    /// Whether a run need not go on when a test has failed.
    first: bool,
}

/// Why a run is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Itself,
    Late,
    Noticed,
}

/// What came of running the tests.
struct Ran {
    /// The names of those that failed, and what else went wrong.
    noticed: Vec<String>,
    took: Duration,
}

impl Package {
    /// A copy whose tests pass as it stands; they say what may be waited for.
    pub(super) fn that_passes() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_of_the_package(folder.path());
        let mut copy =
            Self { folder, target: root().join("target/mutants"), limit: Duration::MAX, first: false };
        let ran = copy.builds_and_runs();
        assert_eq!(ran.noticed, [""; 0], "the unbroken engine passes");
        copy.first = std::env::var_os("CENTRALINO_MUTANT_FIRST").is_some();
        copy.limit = AT_LEAST.max(ran.took * TIMES);
        println!("unbroken: passes all of {TESTS:?} in {:.0} s", ran.took.as_secs_f64());
        copy
    }

    /// What notices a mistake; the copy is unbroken afterwards.
    pub(super) fn noticed(&self, Mutant { name, patches }: &Mutant) -> Vec<String> {
        let mut sound = Vec::new();
        for &patch in *patches {
            let path = self.folder.path().join(patch.0);
            let text = fs::read_to_string(&path).expect("a source");
            fs::write(&path, broken(&text, name, patch)).expect("room for a source");
            sound.push((path, text));
        }
        let ran = self.builds_and_runs();
        for (path, text) in sound.iter().rev() {
            fs::write(path, text).expect("room for a source");
        }
        ran.noticed
    }

    fn builds_and_runs(&self) -> Ran {
        let built = self.cargo_test().arg("--no-run").output().expect("cargo runs");
        assert!(built.status.success(), "this does not build:\n{}", String::from_utf8_lossy(&built.stderr));
        let told = tempfile::NamedTempFile::new().expect("a temporary file");
        let (end, took) = self.runs(told.path());
        let mut noticed = failed(told.path());
        match end {
            End::Itself
                if fs::read_to_string(told.path()).is_ok_and(|told| told.contains("test result:")) => {}
            End::Itself => noticed.push("the run broke down".to_string()),
            End::Late => noticed.push(format!("did not end within {:.0} s", self.limit.as_secs_f64())),
            End::Noticed => noticed.push("and the others were not run".to_string()),
        }
        Ran { noticed, took }
    }

    /// Runs [`TESTS`] until they end or need not go on: why, and how long it took.
    fn runs(&self, told: &Path) -> (End, Duration) {
        let mut run = self.cargo_test();
        run.env("ORACLE_TIMES", ORACLE_TIMES).arg("--").args(TESTS);
        run.stdout(File::create(told).expect("a temporary file")).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut run, 0);
        let mut run = run.spawn().expect("cargo runs");
        let began = Instant::now();
        loop {
            let end = match run.try_wait().expect("a child") {
                Some(_) => Some(End::Itself),
                None if began.elapsed() > self.limit => Some(End::Late),
                None if self.first && !failed(told).is_empty() => Some(End::Noticed),
                None => None,
            };
            let Some(end) = end else {
                std::thread::sleep(Duration::from_millis(200));
                continue;
            };
            if end != End::Itself {
                kills(&mut run);
            }
            return (end, began.elapsed());
        }
    }

    fn cargo_test(&self) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(self.folder.path()).env("CARGO_TARGET_DIR", &self.target);
        cargo.args(["test", "--offline"]).args(PROFILE).args(["--test", "integration"]);
        cargo
    }
}

/// Ends a run and whatever it has started.
fn kills(run: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", run.id());
        let sent = Command::new("kill").args(["-KILL", "--", &group]).status().expect("kill runs");
        assert!(sent.success(), "the group of the run can be ended");
    } else {
        run.kill().expect("the run can be ended");
    }
    run.wait().expect("a child");
}

/// The names of the tests that a run has told to have failed.
fn failed(told: &Path) -> Vec<String> {
    let told = fs::read(told).expect("a file");
    let told = String::from_utf8_lossy(&told);
    let names = told.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    names.map(str::to_string).collect()
}
