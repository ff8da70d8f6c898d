//! A comparison, for people and for programs: a scorecard a variant, what changed, and every difference as a table.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::csv::{Cell, CsvFile};
use super::directory::{write_compact, write_json};
use super::document::{Document, Note, Section, Table};
use super::number;
use super::saved::{REPORT_JSON, SavedFile, saved_comparison};
use crate::analysis::{Comparison, Row, TargetKept};
use crate::files::{AtomicDir, WriteError};
use crate::measures::{ScopeKind, Unit};
use crate::scenario::Change;
use crate::stats::{Confidence, Difference};

/// A finished comparison.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The base's name.
    pub base: &'a str,
    /// The hash of the base's scenario.
    pub base_hash: &'a str,
    /// The variants, in the comparison's order.
    pub variants: &'a [Variant],
    /// What was found.
    pub comparison: &'a Comparison,
    /// The master seed.
    pub seed: u64,
    /// The command, without what changes no digit.
    pub command: &'a str,
    /// What to be careful with.
    pub warnings: &'a [String],
}

/// A variant's name and inputs.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What it is called.
    pub name: String,
    /// The hash of its scenario.
    pub hash: String,
    /// What differs from the base.
    pub changes: Vec<Change>,
}

/// Changes that are listed on the terminal; the rest is in `changes.csv`.
const MOST_CHANGES: usize = 12;

/// The comparison as a document. `results_at` is where its files are, if they are anywhere.
pub fn comparison(compared: &Compared<'_>, results_at: Option<&str>) -> Document {
    let Compared { comparison, .. } = compared;
    let mut sections = Vec::new();
    for (index, variant) in compared.variants.iter().enumerate() {
        sections.push(Section::Notes(change_notes(variant)));
        sections.push(Section::Table(scorecard(compared, index)));
    }
    sections.push(Section::Notes(notes(compared, results_at)));
    Document {
        title: format!("{} and {}", compared.base, variants_in_words(compared.variants.len())),
        subtitle: format!(
            "{} replications with the same citizens under each; differences are variant less base, of shares in points",
            number::count(comparison.replications.into())
        ),
        sections,
        warnings: compared.warnings.to_vec(),
    }
}

fn variants_in_words(count: usize) -> String {
    if count == 1 { "1 variant".into() } else { format!("{count} variants") }
}

fn change_notes(variant: &Variant) -> Vec<Note> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".into());
    let line =
        |change: &Change| format!("{}: {} -> {}", change.path, side(&change.base), side(&change.variant));
    let mut lines: Vec<String> = variant.changes.iter().take(MOST_CHANGES).map(line).collect();
    let left_out = variant.changes.len().saturating_sub(MOST_CHANGES);
    if left_out > 0 {
        lines.push(format!("{left_out} more in changes.csv"));
    }
    if lines.is_empty() {
        lines.push("the same inputs as the base".into());
    }
    let label = |place: usize| if place == 0 { variant.name.as_str() } else { "" };
    lines.into_iter().enumerate().map(|(place, line)| Note::new(label(place), line)).collect()
}

fn scorecard(compared: &Compared<'_>, variant: usize) -> Table {
    let comparison = compared.comparison;
    let judged = comparison.variants[variant].iter().filter(|row| row.verdict.is_some());
    let met = comparison.targets[0].iter().zip(&comparison.targets[variant + 1]);
    let rows = met.map(|(base, variant)| target_row(base, variant)).chain(judged.map(measure_row));
    Table {
        heading: "measure".into(),
        columns: vec!["base".into(), "variant".into(), "difference".into(), "verdict".into()],
        rows: rows.collect(),
        foot: None,
    }
}

/// How often a target was met; the verdict on it stands with its measures.
fn target_row(base: &TargetKept, variant: &TargetKept) -> (String, Vec<String>) {
    let value = |of: &TargetKept| number::with_half_width(Unit::Share, of.met, of.half_width);
    (format!("{} met in", base.target), vec![value(base), value(variant), String::new(), String::new()])
}

fn measure_row(row: &Row) -> (String, Vec<String>) {
    let value = |of: Option<f64>| number::with_half_width(row.unit, of, None);
    let verdict = row.verdict.as_ref();
    let corrected = verdict.map(|verdict| difference(row.unit, &verdict.corrected));
    let name = match row.scope_kind {
        ScopeKind::Whole => format!("{} ({})", row.measure, row.basis.name()),
        _ => format!("{} of {}", row.measure, row.scope),
    };
    let words = verdict.map_or("", |verdict| verdict.words());
    (name, vec![value(row.base), value(row.variant), corrected.unwrap_or_default(), words.into()])
}

fn difference(unit: Unit, difference: &Difference) -> String {
    let half_width = difference.interval.map(|interval| interval.half_width);
    let text = number::with_half_width(unit, Some(difference.estimate), half_width);
    if difference.estimate > 0.0 { format!("+{text}") } else { text }
}

fn notes(compared: &Compared<'_>, results_at: Option<&str>) -> Vec<Note> {
    let comparison = compared.comparison;
    let level = Confidence::default().shared_by(comparison.verdicts).unwrap_or_default().level();
    let mut notes = vec![
        Note::new(
            "verdicts",
            format!(
                "{} on the scorecard{}, each at {} so that all hold together at 95 % (Bonferroni)",
                comparison.verdicts,
                if compared.variants.len() > 1 { "s" } else { "" },
                number::fine_share(level),
            ),
        ),
        Note::new("pairing", pairing(comparison)),
        Note::new("run", format!("seed {}", compared.seed)),
    ];
    if comparison.worth > 0.0 {
        let text = format!(
            "differences below {} of the base's value do not matter",
            number::share(comparison.worth)
        );
        notes.insert(1, Note::new("worth", text));
    }
    notes.extend(results_at.map(|place| Note::new("results", place)));
    notes
}

/// What common random numbers saved, in the middle of the scorecard.
fn pairing(comparison: &Comparison) -> String {
    let on_it = comparison.variants.iter().flatten().filter(|row| row.verdict.is_some());
    let mut savings: Vec<f64> = on_it.filter_map(|row| row.saving).collect();
    savings.sort_by(f64::total_cmp);
    match savings.get(savings.len() / 2) {
        None => "no difference varies from replication to replication".into(),
        Some(&saving) => {
            let independent = (f64::from(comparison.replications) * saving).round() as u64;
            format!(
                "the same citizens: a difference is known as well as from {} independent replications of each (median)",
                number::count(independent)
            )
        }
    }
}

/// The comparison for programs.
pub fn comparison_json(compared: &Compared<'_>) -> Value {
    let comparison = compared.comparison;
    let variants = compared.variants.iter().zip(&comparison.variants).zip(&comparison.targets[1..]);
    let variants: Vec<Value> = variants
        .map(|((variant, rows), targets)| {
            let judged = rows.iter().filter(|row| row.verdict.is_some());
            json!({
                "name": variant.name,
                "scenario_hash": variant.hash,
                "changes": variant.changes.iter().map(change_json).collect::<Vec<_>>(),
                "targets": targets.iter().map(target_json).collect::<Vec<_>>(),
                "scorecard": judged.map(row_json).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "kind": "comparison",
        "version": env!("CARGO_PKG_VERSION"),
        "base": compared.base,
        "scenario_hash": compared.base_hash,
        "targets": comparison.targets[0].iter().map(target_json).collect::<Vec<_>>(),
        "seed": compared.seed,
        "replications": comparison.replications,
        "verdicts": comparison.verdicts,
        "worth": comparison.worth,
        "command": compared.command,
        "variants": variants,
        "warnings": compared.warnings,
    })
}

fn change_json(change: &Change) -> Value {
    json!({ "path": change.path, "base": change.base, "variant": change.variant })
}

fn target_json(target: &TargetKept) -> Value {
    json!({ "target": target.target, "met": target.met, "half_width": target.half_width })
}

fn row_json(row: &Row) -> Value {
    let verdict = row.verdict.as_ref();
    let corrected = verdict.map(|verdict| verdict.corrected);
    let interval = corrected.and_then(|corrected| corrected.interval);
    json!({
        "measure": row.measure,
        "basis": row.basis.name(),
        "scope_kind": row.scope_kind.name(),
        "scope": row.scope,
        "base": row.base,
        "variant": row.variant,
        "difference": corrected.map(|corrected| corrected.estimate),
        "low": interval.map(|interval| interval.low),
        "high": interval.map(|interval| interval.high),
        "verdict": verdict.map(|verdict| verdict.words()),
        "saving": row.saving,
    })
}

/// Columns of `differences.csv`: one row a variant, measure, basis and scope, the scorecard's first.
pub const DIFFERENCES: [&str; 17] = [
    "variant",
    "measure",
    "basis",
    "scope_kind",
    "scope",
    "base",
    "value",
    "difference",
    "half_width",
    "low",
    "high",
    "corrected_low",
    "corrected_high",
    "verdict",
    "saving",
    "n",
    "method",
];

/// Columns of `hours.csv`: the service level by weekday and hour of the whole center, and by hour of each queue.
pub const HOURS: [&str; 10] = [
    "variant",
    "basis",
    "scope_kind",
    "scope",
    "weekday",
    "time",
    "base",
    "value",
    "difference",
    "half_width",
];

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Columns of `changes.csv`.
pub const CHANGES: [&str; 4] = ["variant", "path", "base", "value"];

/// By this file a directory is known as a comparison's, which may be replaced.
const MARKER: &str = "comparison.json";

/// A comparison's directory in the making. Dropped before [`finish`](ComparisonDirectory::finish), it leaves nothing.
#[derive(Debug)]
pub struct ComparisonDirectory {
    dir: AtomicDir,
}

impl ComparisonDirectory {
    /// Starts the directory that will stand at `target`. A former comparison's is replaced at the end, anything else refused.
    ///
    /// # Errors
    /// A target that is in use for something else or cannot be written.
    pub fn create(target: &Path) -> Result<ComparisonDirectory, WriteError> {
        Ok(ComparisonDirectory { dir: AtomicDir::create(target, MARKER)? })
    }

    /// Writes everything and puts the directory in its place.
    ///
    /// # Errors
    /// The system's refusals, a full disk among them; nothing is left then.
    pub fn finish(self, compared: &Compared<'_>) -> Result<(), WriteError> {
        self.dir.write("differences.csv", |out| write_differences(compared, out))?;
        self.dir.write("hours.csv", |out| write_hours(compared, out))?;
        self.dir.write("changes.csv", |out| write_changes(compared, out))?;
        self.dir.write(REPORT_JSON, |out| {
            write_compact(&SavedFile::of_comparison(saved_comparison(compared)), out)
        })?;
        self.dir.write(MARKER, |out| write_json(&comparison_json(compared), out))?;
        self.dir.commit()
    }
}

fn write_differences(compared: &Compared<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &DIFFERENCES)?;
    for (variant, rows) in compared.variants.iter().zip(&compared.comparison.variants) {
        for row in rows {
            write_difference(&mut file, &variant.name, row, compared.comparison.replications)?;
        }
    }
    file.finish()
}

fn write_difference<W: Write>(file: &mut CsvFile<W>, variant: &str, row: &Row, n: u32) -> io::Result<()> {
    let interval = row.difference.and_then(|difference| difference.interval);
    let corrected = row.verdict.as_ref().and_then(|verdict| verdict.corrected.interval);
    file.row(&[
        Cell::Text(variant),
        Cell::Text(row.measure),
        Cell::Text(row.basis.name()),
        Cell::Text(row.scope_kind.name()),
        Cell::Text(&row.scope),
        Cell::Maybe(row.base),
        Cell::Maybe(row.variant),
        Cell::Maybe(row.difference.map(|difference| difference.estimate)),
        Cell::Maybe(interval.map(|interval| interval.half_width)),
        Cell::Maybe(interval.map(|interval| interval.low)),
        Cell::Maybe(interval.map(|interval| interval.high)),
        Cell::Maybe(corrected.map(|interval| interval.low)),
        Cell::Maybe(corrected.map(|interval| interval.high)),
        Cell::Text(row.verdict.as_ref().map_or("", |verdict| verdict.words())),
        Cell::Maybe(row.saving),
        Cell::Whole(n.into()),
        Cell::Text(&interval.map_or(String::new(), |interval| interval.method.to_string())),
    ])
}

fn write_hours(compared: &Compared<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &HOURS)?;
    for (variant, hours) in compared.variants.iter().zip(&compared.comparison.hours) {
        for hour in hours {
            let interval = hour.difference.interval;
            let kind = if hour.queue.is_some() { ScopeKind::Queue } else { ScopeKind::Whole };
            file.row(&[
                Cell::Text(&variant.name),
                Cell::Text(hour.basis.name()),
                Cell::Text(kind.name()),
                Cell::Text(hour.queue.as_deref().unwrap_or("all")),
                Cell::Text(hour.weekday.map_or("all", |weekday| WEEKDAYS[weekday % WEEKDAYS.len()])),
                Cell::Text(&format!("{:02}:00", hour.hour)),
                Cell::Number(hour.base),
                Cell::Number(hour.variant),
                Cell::Number(hour.difference.estimate),
                Cell::Maybe(interval.map(|interval| interval.half_width)),
            ])?;
        }
    }
    file.finish()
}

fn write_changes(compared: &Compared<'_>, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &CHANGES)?;
    for variant in compared.variants {
        for change in &variant.changes {
            file.row(&[
                Cell::Text(&variant.name),
                Cell::Text(&change.path),
                Cell::Text(change.base.as_deref().unwrap_or("")),
                Cell::Text(change.variant.as_deref().unwrap_or("")),
            ])?;
        }
    }
    file.finish()
}
