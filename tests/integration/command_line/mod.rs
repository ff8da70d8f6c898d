//! The program as people call it: a directory of its own for each test, what it prints, what it writes, how it ends.

mod check;
mod compare;
mod editors;
mod erlang;
mod files;
mod formulas;
mod help;
mod misuse;
mod new;
mod report;
mod simulate;
mod steady;
mod stopping;
mod sweep;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// A center with a few hundred calls a day.
const SMALL: &str = include_str!("small.toml");

/// A directory in which the program is run, with `small.toml` in it.
struct Desk {
    dir: tempfile::TempDir,
}

/// What a run of the program left: exit code, standard output, standard error.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        desk.write("small.toml", SMALL);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// Runs `centralino` with the words of `line`.
    fn run(&self, line: &str) -> Ran {
        let mut command = Command::cargo_bin("centralino").unwrap();
        command.current_dir(self.dir.path()).env("NO_COLOR", "1").env_remove("COLUMNS");
        let Output { status, stdout, stderr } = command.args(line.split_whitespace()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    /// As [`run`](Desk::run), for what must go well.
    fn done(&self, line: &str) -> Ran {
        let ran = self.run(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "centralino {line}\n{}", ran.out);
        ran
    }

    /// The names in a directory, sorted.
    fn names(&self, directory: &str) -> Vec<String> {
        names(&self.path(directory))
    }
}

fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
