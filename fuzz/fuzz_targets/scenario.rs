//! Whatever bytes a scenario's files hold, loading and compiling end with a model or with diagnostics, never with a panic.
//!
//! The bytes are cut at NUL into `scenario.toml`, `table.csv` and `base.toml`, which may name each other.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use centralino::model::compile;
use centralino::routing::check_examples;
use centralino::scenario::{Scenario, load_or_files};
use libfuzzer_sys::fuzz_target;

const FILES: [&str; 3] = ["scenario.toml", "table.csv", "base.toml"];

/// Longer runs are right or wrong in the same ways and take the fuzzer's time.
const MOST_DAYS: u32 = 400;

static DIR: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("centralino-fuzz-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("the fuzzer has a directory to write");
    dir
});

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|&byte| byte == 0);
    for name in FILES {
        fs::write(DIR.join(name), parts.next().unwrap_or_default()).expect("the fuzzer writes its files");
    }
    match load_or_files(&DIR.join(FILES[0]), &[]) {
        Ok(loaded) => compiles(&loaded.scenario),
        Err(refused) => {
            let further = refused.checked_further(|scenario| match scenario.scenario.days {
                0..=MOST_DAYS => compile(scenario).err().unwrap_or_default(),
                _ => Vec::new(),
            });
            assert!(!further.diagnostics.is_empty(), "a refusal says why");
        }
    }
});

fn compiles(scenario: &Scenario) {
    if scenario.scenario.days > MOST_DAYS {
        return;
    }
    match compile(scenario) {
        Ok(compiled) => {
            compiled.model.capabilities();
            check_examples(scenario, &compiled.model, &compiled.calendar);
        }
        Err(found) => assert!(!found.is_empty(), "a refusal says why"),
    }
}
