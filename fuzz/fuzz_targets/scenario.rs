//! Whatever bytes a scenario's files hold, loading and compiling end with a model or with diagnostics, never with a panic; and a small model runs to its end.
//!
//! The bytes are cut at NUL into `scenario.toml`, `table.csv`, `base.toml` and the only sheet of `table.xlsx`, as XML; they may name each other.
#![no_main]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use centralino::engine::{Deaf, Mode, run};
use centralino::model::{Model, compile};
use centralino::routing::check_examples;
use centralino::scenario::{Scenario, load_or_files};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const FILES: [&str; 3] = ["scenario.toml", "table.csv", "base.toml"];
const WORKBOOK: &str = "table.xlsx";

/// Longer runs are right or wrong in the same ways and take the fuzzer's time.
const MOST_DAYS: u32 = 400;
/// So few quarter-hours, and so few first attempts, are simulated.
const MOST_CELLS: u32 = 300;
const MOST_NEEDS: f64 = 2_000.0;

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
    let _ = fs::remove_file(DIR.join(WORKBOOK));
    if let Some(sheet) = parts.next() {
        workbook(&DIR.join(WORKBOOK), sheet).expect("the fuzzer writes its workbook");
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
            runs(&compiled.model);
        }
        Err(found) => assert!(!found.is_empty(), "a refusal says why"),
    }
}

fn runs(model: &Model) {
    let expected: f64 = model.processes.iter().flat_map(|process| &process.mean).sum();
    if model.clock.cells <= MOST_CELLS && expected <= MOST_NEEDS {
        run(model, 1, 0, Mode::Eager, &mut Deaf);
    }
}

/// A workbook with one sheet that holds these bytes.
fn workbook(path: &Path, sheet: &[u8]) -> io::Result<()> {
    let mut zip = ZipWriter::new(File::create(path)?);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut part = |name: &str, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, stored)?;
        zip.write_all(bytes)
    };
    part("[Content_Types].xml", TYPES)?;
    part("_rels/.rels", RELATIONS)?;
    part("xl/workbook.xml", BOOK)?;
    part("xl/_rels/workbook.xml.rels", SHEETS)?;
    part("xl/worksheets/sheet1.xml", sheet)?;
    zip.finish()?;
    Ok(())
}

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="t" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
