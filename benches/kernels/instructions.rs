//! Instructions a call, counted by valgrind's callgrind: the same for the same binary and work, whatever else the machine does.
//!
//! The difference between three replications and one leaves out loading and compiling. What is stored is held to, so that
//! a change that costs speed is seen where it is made.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Short works, together under a minute under callgrind.
const WORKS: [&str; 6] =
    ["w1 recursion short", "w1 lazy short", "w1 eager short", "w2 eager short", "milan weekday", "regions"];

/// So much above the stored count is too much.
const MOST: f64 = 1.10;

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.csv")
}

/// Counts, and says whether all is as stored; 1 if something costs more than 10 % more.
pub fn check() -> ExitCode {
    let stored = std::fs::read_to_string(file()).expect("benches/instructions.csv is there");
    let stored: Vec<(&str, f64)> = stored
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(',').and_then(|(work, count)| Some((work, count.parse().ok()?))))
        .collect();
    let mut worst = 0.0_f64;
    println!("{:<24}{:>12}{:>12}{:>8}", "instructions a call", "here", "stored", "ratio");
    for work in WORKS {
        let (here, before) = (count(work), stored.iter().find(|(name, _)| *name == work).map(|&(_, n)| n));
        let ratio = before.map_or(f64::INFINITY, |before| here / before);
        worst = worst.max(ratio);
        println!("{work:<24}{here:>12.1}{:>12.1}{ratio:>8.3}", before.unwrap_or(f64::NAN));
    }
    if worst <= MOST {
        return 0.into();
    }
    println!("more than 10 % above what is stored; if that is meant:");
    println!("    cargo bench --bench kernel -- instructions --renew");
    1.into()
}

/// Stores what is counted.
pub fn renew() {
    let mut text = String::from("work,instructions_a_call\n");
    for work in WORKS {
        writeln!(text, "{work},{:.1}", count(work)).expect("text takes text");
    }
    std::fs::write(file(), &text).expect("benches/instructions.csv can be written");
    print!("{text}");
}

fn count(work: &str) -> f64 {
    let ((few_calls, few), (many_calls, many)) = (callgrind(work, 1), callgrind(work, 3));
    (many - few) as f64 / (many_calls - few_calls) as f64
}

/// Calls and instructions of so many replications.
fn callgrind(work: &str, times: u32) -> (u64, u64) {
    let this = std::env::current_exe().expect("a program knows itself");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .arg("run")
        .args(work.split(' '))
        .arg(times.to_string())
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")).expect("callgrind counts");
    let calls = String::from_utf8_lossy(&output.stdout).trim().parse().expect("the work tells its calls");
    (calls, collected.1.trim().parse().expect("a number of instructions"))
}
