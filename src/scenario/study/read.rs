//! Reading a study's file and its base, and telling everything that is wrong at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use super::apply::value_at;
use super::document::{Factor, StudyDocument};
use super::factor::{StudyFactor, paths};
use super::layers::Layers;
use super::{Change, Setting, Study, checks, segments, tree_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::load::{Loaded, load_or_files, sort_findings};
use crate::scenario::repair::read_all;
use crate::scenario::sources::{Origins, SourceFile, Sources, unreadable};
use crate::scenario::syntax::read_toml;
use crate::scenario::tree::{Node, Origin, Value};
use crate::scenario::{findings, join};

/// What is wrong with a study, and the files that were read.
#[derive(Clone, Debug)]
pub struct StudyRefused {
    /// All problems, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The files, as far as they could be read.
    pub files: Vec<SourceFile>,
}

/// Reads a study, its base and its overlays, and tries every value of every factor by itself.
///
/// # Errors
/// All problems found.
pub fn load_study(path: &Path) -> Result<Study, StudyRefused> {
    let mut reader = Reader::default();
    let study = reader.read(path);
    match study {
        Some(study) if reader.found.is_empty() => Ok(Study { files: reader.files(), ..study }),
        _ => Err(reader.refused()),
    }
}

#[derive(Default)]
struct Reader {
    sources: Sources,
    origins: Origins,
    found: Vec<Diagnostic>,
    more_files: Vec<SourceFile>,
}

impl Reader {
    fn read(&mut self, path: &Path) -> Option<Study> {
        let document = self.document(path)?;
        let checked = checks::check(&document);
        self.tell(checked);
        let directory = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let base_file = directory.join(&document.study.base);
        let Loaded { scenario: base, files, .. } = match load_or_files(&base_file, &[]) {
            Ok(loaded) => loaded,
            Err(refused) => {
                self.found.extend(refused.diagnostics);
                self.more_files.extend(refused.files);
                return None;
            }
        };
        self.more_files.extend(files);
        let layers = self.layers(&document, &base_file, &directory);
        let factors = self.factors(&document, &tree_of(&base));
        let study = Study {
            document,
            base,
            factors,
            origins: self.origins.clone(),
            files: Vec::new(),
            directory: base_file.parent().map(Path::to_path_buf).unwrap_or_default(),
            layers,
            trees: Mutex::default(),
            hashes_alone: Vec::new(),
        };
        let hashes_alone = if self.found.is_empty() { self.try_each(&study) } else { Vec::new() };
        Some(Study { hashes_alone, ..study })
    }

    fn document(&mut self, path: &Path) -> Option<StudyDocument> {
        let file = self.sources.read(path).map_err(|error| self.found.push(unreadable(&error, ""))).ok()?;
        let tree = match read_toml(self.sources.text(file), file) {
            Ok(mut tree) => {
                tree.origin.span = 0..0;
                tree
            }
            Err(error) => {
                let place = self.sources.place_of(&Origin { file, span: error.span });
                self.found.push(Diagnostic::new(Code::SYNTAX, "", error.message).at(place));
                return None;
            }
        };
        self.origins = Origins::of(&tree, &self.sources);
        let reading = read_all::<StudyDocument>(&tree);
        for finding in &reading.findings {
            let place = self.sources.place_of(&finding.origin);
            self.found.push(findings::diagnostic(finding).at(place));
        }
        // What was mended is not what somebody meant: without a sound document nothing further is said.
        reading.value.filter(|_| reading.findings.is_empty())
    }

    fn tell(&mut self, found: Vec<Diagnostic>) {
        let origins = &self.origins;
        self.found.extend(found.into_iter().map(|found| {
            let place = origins.place(&found.path);
            found.at(place)
        }));
    }

    fn layers(&mut self, document: &StudyDocument, base: &Path, directory: &Path) -> Layers {
        let named = |factor: &Factor| factor.overlays.clone();
        let names: Vec<String> = document.factors.iter().flat_map(|(_, factor)| named(factor)).collect();
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return Layers::default();
        }
        let (layers, wrong): (Layers, BTreeMap<String, Vec<Diagnostic>>) =
            Layers::read(base, directory, &names);
        self.more_files.extend(layers.files());
        self.found.extend(wrong.into_values().flatten());
        layers
    }

    fn factors(&mut self, document: &StudyDocument, base: &Node) -> Vec<StudyFactor> {
        document.factors.iter().map(|(name, factor)| self.factor(name, factor, base)).collect()
    }

    fn factor(&mut self, name: &str, factor: &Factor, base: &Node) -> StudyFactor {
        let mut known = Vec::new();
        for text in paths(factor) {
            match segments(&text) {
                Ok(path) => known.push((text, path)),
                Err(why) => {
                    let message = format!("\"{text}\" is no path: {why}");
                    let path = format!("{}.path", join("factors", name));
                    self.tell(vec![Diagnostic::new(Code::FACTOR_NOWHERE, path, message)]);
                }
            }
        }
        let there = match known.as_slice() {
            [(_, path)] => value_at(base, path).map(|node| node.value.clone()),
            _ => None,
        };
        let ends_are_whole = factor.range.is_some_and(|ends| ends.iter().all(|end| end.fract() == 0.0));
        let whole = ends_are_whole && !matches!(there, Some(Value::Float(_)));
        let in_base = there.and_then(|value| match value {
            Value::Integer(number) => Some(number.into()),
            Value::Float(number) => Some(number.into()),
            Value::Text(text) => Some(text.into()),
            Value::Bool(truth) => Some(truth.into()),
            Value::List(_) | Value::Table(_) | Value::StandIn(_) => None,
        });
        StudyFactor::new(name, factor, known, whole, in_base)
    }

    /// Makes the scenario of every value of every factor by itself, of which the hashes are kept.
    fn try_each(&mut self, study: &Study) -> Vec<String> {
        let mut hashes = Vec::new();
        for setting in study.each_alone() {
            match study.scenario(std::slice::from_ref(&setting)) {
                Ok(scenario) => hashes.push(scenario.hash()),
                Err(found) => self.found.extend(found),
            }
        }
        // A path that addresses nothing is found with each value.
        let mut seen = Vec::new();
        self.found.retain(|found| {
            let key = (found.code, found.path.clone(), found.message.clone());
            let is_new = !seen.contains(&key);
            seen.push(key);
            is_new
        });
        hashes
    }

    fn files(&self) -> Vec<SourceFile> {
        let mut files = self.sources.clone().into_files();
        for file in &self.more_files {
            if !files.iter().any(|known| known.name == file.name) {
                files.push(file.clone());
            }
        }
        files
    }

    fn refused(mut self) -> StudyRefused {
        let files = self.files();
        sort_findings(&mut self.found, &files);
        StudyRefused { diagnostics: self.found, files }
    }
}

impl Study {
    /// Every value of every factor, the ends of ranges, without those that leave the base as it is.
    pub fn each_alone(&self) -> Vec<Setting> {
        let of = |(index, factor): (usize, &StudyFactor)| factor.checked_of(index);
        let all = self.factors.iter().enumerate().flat_map(of);
        all.filter(|setting| setting.change != Change::Nothing).collect()
    }
}
