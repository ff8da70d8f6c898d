//! From a file and its overlays and overrides to a scenario, or to everything that is wrong with them.

mod layers;

use std::path::{Path, PathBuf};

pub(super) use layers::Layer;

use super::document::Scenario;
use super::merge::{self, merge};
use super::repair::read_all;
use super::sources::{Origins, SourceFile, Sources, unreadable};
use super::syntax::{read_json, read_toml, read_toml_value};
use super::tree::{Node, Origin, Segment, Value};
use super::{checks, findings, inline, paths};
use crate::diagnostic::{Code, Diagnostic};

/// A scenario with everything that it takes to speak about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The resolved scenario: overlays merged, files read in.
    pub scenario: Scenario,
    /// Where each value was written.
    pub origins: Origins,
    /// Every file that was read, with its text; the overrides are a file named `--set`, one a line.
    pub files: Vec<SourceFile>,
    /// What is worth knowing though nothing is wrong.
    pub notes: Vec<Diagnostic>,
}

/// Every file that was read, for printing diagnostics with their source lines, and the diagnostics.
#[derive(Clone, Debug)]
pub struct Refused {
    /// All problems in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The files, as far as they could be read.
    pub files: Vec<SourceFile>,
    mended: Option<Box<Mended>>,
}

/// A scenario with harmless values where something was wrong, so that checks can go on.
#[derive(Clone, Debug)]
struct Mended {
    scenario: Scenario,
    origins: Origins,
    /// Paths of what was not written like this.
    paths: Vec<String>,
}

impl Mended {
    /// Whether a finding that looks at queues, groups and rules together may come from a stand-in in one of them.
    fn may_have_caused(&self, found: &Diagnostic) -> bool {
        const TOGETHER: [Code; 4] = [Code::GROUP_AND_QUEUE, Code::NO_RULE, Code::NOBODY, Code::NO_TIER2];
        let looked_at =
            |path: &String| ["queues", "agent_groups", "routing"].iter().any(|part| is_within(path, part));
        TOGETHER.contains(&found.code) && self.paths.iter().any(looked_at)
    }
}

impl Refused {
    /// With what a later check finds in the rest of the scenario, so that all is told at once: `check` sees it with
    /// stand-ins for what was wrong, and what it says about these, or about what holds them, is left out. Warnings are too.
    pub fn checked_further(mut self, check: impl FnOnce(&Scenario) -> Vec<Diagnostic>) -> Refused {
        let Some(mended) = self.mended.take() else { return self };
        let known = mended.paths.iter().chain(self.diagnostics.iter().map(|found| &found.path));
        let known: Vec<&String> = known.filter(|path| !path.is_empty()).collect();
        let follows = |found: &Diagnostic| {
            known.iter().any(|known| is_within(&found.path, known) || is_within(known, &found.path))
        };
        let mut fresh = check(&mended.scenario);
        fresh.retain(|found| found.is_error() && !follows(found) && !mended.may_have_caused(found));
        let placed: Vec<Diagnostic> = fresh
            .into_iter()
            .map(|found| {
                let place = mended.origins.place(&found.path);
                found.at(place)
            })
            .collect();
        self.diagnostics.extend(placed);
        sort_findings(&mut self.diagnostics, &self.files);
        self
    }
}

/// Puts findings in the order of files as they were read, then of places in them; those without a place come first.
pub fn sort_findings(found: &mut [Diagnostic], files: &[SourceFile]) {
    let file = |name: &str| files.iter().position(|file| file.name == name).unwrap_or(usize::MAX);
    found.sort_by_key(|found| {
        found.place.as_ref().map_or((0, 0), |place| (file(&place.file), place.span.start))
    });
}

/// Reads a scenario: a TOML file (or JSON, by its ending), the files that it extends, the files that it names, and
/// over all that `overrides` of the form `path=value`. A value is TOML; a bare word is a text. What an override names
/// is relative to the scenario's file.
///
/// # Errors
/// All problems found, in the order of files and lines.
pub fn load(path: &Path, overrides: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
    load_or_files(path, overrides).map_err(|refused| refused.diagnostics)
}

/// As [`load`], with the files as far as they were read when something is wrong, so that their lines can be shown.
///
/// # Errors
/// All problems found, with the files in which they are.
pub fn load_or_files(path: &Path, overrides: &[String]) -> Result<Loaded, Refused> {
    let mut loader = Loader::default();
    match loader.load(path, overrides) {
        Some(Mended { scenario, origins, .. }) if loader.errors.is_empty() => {
            let Loader { sources, notes, .. } = loader;
            Ok(Loaded { scenario, origins, files: sources.into_files(), notes })
        }
        mended => Err(loader.refused(mended)),
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Loader {
    sources: Sources,
    errors: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

impl Loader {
    /// The scenario, mended where `self.errors` says that something is wrong.
    fn load(&mut self, path: &Path, overrides: &[String]) -> Option<Mended> {
        let mut tree = self.tree(path, &mut Vec::new())?;
        self.apply_overrides(&mut tree, path, overrides);
        self.scenario(tree)
    }

    /// The scenario of a merged tree, mended where `self.errors` says that something is wrong.
    fn scenario(&mut self, tree: Node) -> Option<Mended> {
        let mut origins = Origins::of(&tree, &self.sources);
        let reading = read_all::<Scenario>(&tree);
        reading.renamed.iter().for_each(|(written, read)| origins.know_as(written, read));
        for finding in &reading.findings {
            let place = self.sources.place_of(&finding.origin);
            self.errors.push(findings::diagnostic(finding).at(place));
        }
        let mut scenario = reading.value?;
        let inlined = inline::inline(&mut scenario, &origins, &mut self.sources);
        let checked = checks::check(&scenario).into_iter().map(|found| {
            let place = origins.place(&found.path);
            found.at(place)
        });
        let untouched =
            |found: &Diagnostic| !reading.mended.iter().any(|mended| is_within(&found.path, mended));
        let found = inlined.into_iter().chain(checked).filter(untouched);
        let (errors, notes): (Vec<_>, Vec<_>) = found.partition(Diagnostic::is_error);
        self.errors.extend(errors);
        self.notes.extend(notes);
        Some(Mended { scenario, origins, paths: reading.mended })
    }

    fn refused(mut self, mended: Option<Mended>) -> Refused {
        let files = self.sources.into_files();
        sort_findings(&mut self.errors, &files);
        // A table that several values name is found wrong once.
        self.errors.dedup_by(|b, a| a.place.is_some() && a.place == b.place && a.message == b.message);
        Refused { diagnostics: self.errors, files, mended: mended.map(Box::new) }
    }

    fn error(&mut self, diagnostic: Diagnostic, origin: &Origin) {
        let place = self.sources.place_of(origin);
        self.errors.push(diagnostic.at(place));
    }

    /// The merged tree of a file and what it extends; `chain` holds the files that extend this one.
    fn tree(&mut self, path: &Path, chain: &mut Vec<PathBuf>) -> Option<Node> {
        let file = self.sources.read(path).map_err(|error| self.errors.push(unreadable(&error, ""))).ok()?;
        let mut tree = self.parse(path, file)?;
        let extends = self.take_text(&mut tree, "extends");
        let removed = self.take_texts(&mut tree, "remove");
        let Some((named, origin)) = extends else {
            for (_, origin) in &removed {
                let alone =
                    Diagnostic::new(Code::REMOVES_NOTHING, "remove", "there is no `extends` to remove from");
                self.error(alone, origin);
            }
            return Some(tree);
        };
        chain.push(path.into());
        let mut base = self.base(file, &named, &origin, chain)?;
        removed.iter().for_each(|(path, origin)| self.remove(&mut base, path, origin));
        for list in merge(&mut base, tree) {
            let place = self.sources.place_of(&list.origin);
            let note =
                Diagnostic::new(Code::LIST_REPLACED, list.path, "this list replaces the base's as a whole");
            self.notes.push(note.at(place));
        }
        Some(base)
    }

    fn parse(&mut self, path: &Path, file: usize) -> Option<Node> {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let text = self.sources.text(file);
        let read = if is_json { read_json(text, file) } else { read_toml(text, file) };
        match read {
            Ok(mut tree) => {
                // What the whole document lacks is told at its start.
                tree.origin.span = 0..0;
                Some(tree)
            }
            Err(error) => {
                self.error(
                    Diagnostic::new(Code::SYNTAX, "", error.message),
                    &Origin { file, span: error.span },
                );
                None
            }
        }
    }

    fn base(&mut self, file: usize, named: &str, origin: &Origin, chain: &mut Vec<PathBuf>) -> Option<Node> {
        let path = self.sources.beside(file, named);
        if chain.iter().any(|known| same_file(known, &path)) {
            let names: Vec<String> =
                chain.iter().chain([&path]).map(|path| path.display().to_string()).collect();
            let message = format!("these files extend each other in a circle: {}", names.join(" -> "));
            self.error(Diagnostic::new(Code::EXTENDS_CYCLE, "extends", message), origin);
            return None;
        }
        if let Err(error) = self.sources.read(&path) {
            self.error(unreadable(&error, "extends"), origin);
            return None;
        }
        self.tree(&path, chain)
    }

    fn remove(&mut self, base: &mut Node, path: &str, origin: &Origin) {
        let message = match paths::parse(path) {
            Ok(segments) if merge::remove(base, &segments) => return,
            Ok(_) => format!("the base has no \"{path}\""),
            Err(why) => format!("\"{path}\" is no path: {why}"),
        };
        self.error(Diagnostic::new(Code::REMOVES_NOTHING, "remove", message), origin);
    }

    /// Takes a text of the root out of the tree.
    fn take_text(&mut self, tree: &mut Node, key: &str) -> Option<(String, Origin)> {
        let entry = tree.table_mut()?.remove(key)?;
        self.text(entry.node, key)
    }

    fn take_texts(&mut self, tree: &mut Node, key: &str) -> Vec<(String, Origin)> {
        let Some(entry) = tree.table_mut().and_then(|table| table.remove(key)) else { return Vec::new() };
        match entry.node.value {
            Value::List(items) => items.into_iter().filter_map(|item| self.text(item, key)).collect(),
            _ => {
                let message = format!("expected a list of texts, found {}", entry.node.kind());
                self.error(Diagnostic::new(Code::WRONG_TYPE, key, message), &entry.node.origin);
                Vec::new()
            }
        }
    }

    fn text(&mut self, node: Node, key: &str) -> Option<(String, Origin)> {
        let kind = node.kind();
        match node.value {
            Value::Text(text) => Some((text, node.origin)),
            _ => {
                let message = format!("expected a text, found {kind}");
                self.error(Diagnostic::new(Code::WRONG_TYPE, key, message), &node.origin);
                None
            }
        }
    }

    fn apply_overrides(&mut self, tree: &mut Node, path: &Path, overrides: &[String]) {
        if overrides.is_empty() {
            return;
        }
        let lines: Vec<String> = overrides.iter().map(|line| line.replace(['\n', '\r'], " ")).collect();
        let directory = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let file = self.sources.add("--set", lines.join("\n"), directory);
        let mut start = 0;
        for line in &lines {
            let origin = Origin { file, span: start..start + line.len() };
            if let Err(message) = apply_override(tree, line, &origin) {
                let help = "write path=value, such as agent_groups.t1.staffing.heads=12";
                self.error(Diagnostic::new(Code::OVERRIDE, "", message).with_help(help), &origin);
            }
            start += line.len() + 1;
        }
    }
}

/// Lays one override over the tree, which stays as it is if that cannot be done.
fn apply_override(tree: &mut Node, line: &str, origin: &Origin) -> Result<(), String> {
    let (path, shift) = split_override(line).ok_or_else(|| format!("\"{line}\" has no \"=\""))?;
    let segments = paths::parse(path).map_err(|why| format!("\"{path}\" is no path: {why}"))?;
    if let [Segment::Key(key), ..] = segments.as_slice()
        && ["extends", "remove"].contains(&key.as_str())
    {
        return Err(format!("`{key}` belongs into a file"));
    }
    let mut value = override_value(&line[shift..], origin, shift)?;
    // The whole override is what the user sees.
    value.origin = origin.clone();
    let mut changed = tree.clone();
    merge::set(&mut changed, &segments, value)?;
    *tree = changed;
    Ok(())
}

/// The path before the first `=` outside quotes, and where the value starts.
fn split_override(line: &str) -> Option<(&str, usize)> {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (c, quote) {
            ('=', None) => return Some((&line[..at], at + 1)),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// A TOML value, or a text where it cannot have been meant as one.
fn override_value(text: &str, origin: &Origin, shift: usize) -> Result<Node, String> {
    let trimmed = text.trim();
    match read_toml_value(trimmed, origin.file, origin.span.start + shift) {
        Ok(value) => Ok(value),
        Err(error) if trimmed.starts_with(['[', '{', '"', '\'']) => {
            Err(format!("{trimmed} is no TOML value: {}", error.message))
        }
        Err(_) if trimmed.is_empty() => Err("the value is missing".into()),
        Err(_) => Ok(Node::new(Value::Text(trimmed.into()), origin.clone())),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.into());
    real(a) == real(b)
}

/// Whether `path` is `outer` or inside it.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
