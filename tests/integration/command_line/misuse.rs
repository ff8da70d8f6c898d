//! Commands that do not fit, and output that cannot be written: exit code 2, a word, and nothing left behind.

use super::Desk;

fn refused(desk: &Desk, line: &str) -> String {
    let before = desk.names(".");
    let ran = desk.run(line);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "centralino {line}");
    assert_eq!(desk.names("."), before, "centralino {line}");
    ran.err
}

#[test]
fn commands_that_do_not_fit_the_scenario() {
    let desk = Desk::new();
    let lines = [
        "simulate small.toml --only 2008-06-17",
        "simulate small.toml --only 17.6.2008",
        "simulate small.toml --mode lazy",
        "simulate small.toml --mode recursion",
        "simulate small.toml --log 10",
        "simulate --log small.toml",
        "simulate small.toml --set agent_groups.front.staffing.heads=many",
        "simulate small.toml --set nonsense",
        "simulate small.toml --precision 0.01 --replications 9",
        "simulate small.toml --precision 0.01 --precision-of speed_of_anser",
        "simulate small.toml --precision 0.01 --precision-of wait_max",
        "simulate small.toml --precision 0.01 --precision-of leg/per_need",
        "simulate small.toml --precision 0.01 --precision-of wait_p90@queue:texas",
        "simulate small.toml --precision 0.01 --precision-of wait_p90@texas",
        "simulate missing.toml",
    ];
    let told: Vec<String> =
        lines.iter().map(|line| format!("$ centralino {line}\n{}", refused(&desk, line))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_directory_that_holds_something_else_is_left_alone() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("thesis")).unwrap();
    desk.write("thesis/chapter1.txt", "years of work");
    let told = refused(&desk, "simulate small.toml --out thesis");
    assert!(told.starts_with("E1008: ") && told.contains("thesis"), "{told}");
    assert_eq!(desk.names("thesis"), ["chapter1.txt"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_the_run() {
    let desk = Desk::new();
    desk.write("file", "");
    for place in ["small.toml", "file/results", "/proc/results"] {
        let told = refused(&desk, &format!("simulate small.toml --out {place}"));
        assert!(told.starts_with("E1008: cannot "), "{told}");
    }
}

/// A disk of a few kilobytes: `/dev/full` takes nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_of_standard_output_that_is_full_is_told_of() {
    let desk = Desk::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let program = assert_cmd::cargo::cargo_bin("centralino");
    let mut command = std::process::Command::new(program);
    command.current_dir(desk.path(".")).args(["check", "small.toml"]).stdout(full);
    let ran = command.output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("cannot write to standard output"));
}
