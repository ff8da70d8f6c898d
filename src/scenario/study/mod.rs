//! Studies: a designed set of scenarios around a base.
//!
//! A [`Study`] is read and checked once; [`Study::scenario`] then makes any scenario of it from a value for each factor. Which values are
//! combined is the design's business, in `analysis`.

mod apply;
mod checks;
mod document;
mod factor;
mod layers;
mod read;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub use checks::MOST_SCENARIOS;
pub use document::{Decided, DesignKind, Factor, StudyDocument, StudyHeader, Until};
pub use factor::{Change, Setting, StudyFactor};
pub use read::{StudyRefused, load_study};

use self::apply::Misplaced;
use self::layers::Layers;
use super::canonical::fnv1a_128;
use super::document::Scenario;
use super::repair::read_all;
use super::sources::{Origins, SourceFile, Sources};
use super::syntax::{json_node, read_json};
use super::tree::{Node, Origin, Segment};
use super::{checks as scenario_checks, findings, inline};
use crate::diagnostic::{Code, Diagnostic};

/// A study that was read and whose factors were checked one by one.
#[derive(Debug)]
pub struct Study {
    /// As it was written.
    pub document: StudyDocument,
    /// The base, resolved.
    pub base: Scenario,
    /// What is varied, in declared order.
    pub factors: Vec<StudyFactor>,
    /// Where its values were written.
    pub origins: Origins,
    /// Every file that was read.
    pub files: Vec<SourceFile>,
    /// The base's directory: files that values name are relative to it.
    directory: PathBuf,
    layers: Layers,
    /// By which overlays lie over the base: the tree of the resolved scenario.
    trees: Mutex<BTreeMap<Vec<String>, Arc<Node>>>,
    /// The hash of the scenario of every value by itself.
    hashes_alone: Vec<String>,
}

impl Study {
    /// The scenario in which each factor has its setting; factors that are not among them are as in the base.
    ///
    /// # Errors
    /// What is wrong with it, told under the path of the factor that caused it as far as that is known.
    pub fn scenario(&self, settings: &[Setting]) -> Result<Scenario, Vec<Diagnostic>> {
        let overlays = settings.iter().filter_map(|setting| match &setting.change {
            Change::Overlay(file) => Some(file.clone()),
            _ => None,
        });
        let mut tree = Node::clone(&*self.tree(overlays.collect(), settings)?);
        for setting in settings {
            self.apply(&mut tree, setting)?;
        }
        self.read(&tree).map_err(|found| found.into_iter().map(|found| self.blame(found, settings)).collect())
    }

    /// The hash of everything that results depend on but for the program: the document, the base, and what each factor's ends make of it.
    pub fn hash(&self) -> String {
        let document = serde_json::to_string(&self.document).unwrap_or_default();
        let all = document + &self.base.canonical_json() + &self.hashes_alone.concat();
        format!("{:032x}", fnv1a_128(all.as_bytes()))
    }

    /// The finding as one about the settings that made the scenario.
    pub fn blame(&self, found: Diagnostic, settings: &[Setting]) -> Diagnostic {
        let changed: Vec<&Setting> =
            settings.iter().filter(|setting| setting.change != Change::Nothing).collect();
        let touches = |setting: &&&Setting| self.factors[setting.factor].touches(&found.path);
        let culprit =
            changed.iter().find(touches).or(if changed.len() == 1 { changed.first() } else { None });
        let path = culprit.map_or_else(|| "factors".to_string(), |setting| setting.path.clone());
        let with: Vec<String> =
            changed.iter().map(|setting| format!("{} = {}", self.name_of(setting), setting.label)).collect();
        let place = self.origins.place(&path);
        let message = format!("with {}: {}: {}", with.join(", "), found.path, found.message);
        Diagnostic { path, message, ..found }.at(place)
    }

    /// The name of a setting's factor.
    pub fn name_of(&self, setting: &Setting) -> &str {
        &self.factors[setting.factor].name
    }

    /// The tree of the base with these overlays over it.
    fn tree(&self, overlays: Vec<String>, settings: &[Setting]) -> Result<Arc<Node>, Vec<Diagnostic>> {
        // A tree is put in as a whole, so a panic elsewhere leaves the map right.
        let trees = || self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = trees().get(&overlays) {
            return Ok(Arc::clone(tree));
        }
        let laid = if overlays.is_empty() { Ok(self.base.clone()) } else { self.layers.scenario(&overlays) };
        let scenario = laid.map_err(|found| {
            found.into_iter().map(|found| self.blame(found, settings)).collect::<Vec<_>>()
        })?;
        let tree = Arc::new(tree_of(&scenario));
        trees().insert(overlays, Arc::clone(&tree));
        Ok(tree)
    }

    fn apply(&self, tree: &mut Node, setting: &Setting) -> Result<(), Vec<Diagnostic>> {
        let factor = &self.factors[setting.factor];
        for (text, path) in &factor.paths {
            let laid = match &setting.change {
                Change::Set(value) => {
                    let node = json_node(value.clone(), &Origin::default());
                    node.map_or(Ok(()), |node| apply::set(tree, path, &node))
                }
                Change::Times(times) => apply::scale(tree, path, *times),
                Change::Nothing | Change::Overlay(_) => Ok(()),
            };
            laid.map_err(|misplaced| vec![self.misplaced(misplaced, text, setting)])?;
        }
        Ok(())
    }

    fn misplaced(&self, misplaced: Misplaced, text: &str, setting: &Setting) -> Diagnostic {
        let factor = format!("factors.{}", super::join("", self.name_of(setting)));
        let found = match misplaced {
            Misplaced::Nowhere { missing, known } => {
                let message = format!("\"{text}\" addresses nothing: there is no \"{missing}\"");
                Diagnostic::new(Code::FACTOR_NOWHERE, format!("{factor}.path"), message).with_candidates(
                    &missing,
                    "names there",
                    known.iter().map(String::as_str),
                )
            }
            Misplaced::NoNumber(kind) => {
                let message = format!("\"{text}\" is {kind}, which cannot be multiplied");
                Diagnostic::new(Code::FACTOR_TYPE, format!("{factor}.path"), message).with_help(
                    "name a number, a duration, a distribution, or a table or list with numbers in it",
                )
            }
            Misplaced::Said(why) => {
                Diagnostic::new(Code::FACTOR_NOWHERE, format!("{factor}.path"), format!("\"{text}\": {why}"))
            }
        };
        let place = self.origins.place(&found.path);
        found.at(place)
    }

    fn read(&self, tree: &Node) -> Result<Scenario, Vec<Diagnostic>> {
        let mut sources = Sources::default();
        sources.add("study", String::new(), self.directory.clone());
        let reading = read_all::<Scenario>(tree);
        let mut found: Vec<Diagnostic> = reading.findings.iter().map(findings::diagnostic).collect();
        let Some(mut scenario) = reading.value else { return Err(found) };
        if found.is_empty() {
            let origins = Origins::all_at(&tree.origin, &sources);
            found.extend(inline::inline(&mut scenario, &origins, &mut sources));
            found.extend(scenario_checks::check(&scenario));
            found.retain(Diagnostic::is_error);
        }
        if found.is_empty() { Ok(scenario) } else { Err(found) }
    }
}

/// A scenario as a tree again.
fn tree_of(scenario: &Scenario) -> Node {
    // What was written by `canonical_json` is an object that reads back.
    read_json(&scenario.canonical_json(), 0)
        .unwrap_or_else(|_| Node::new(super::tree::Value::Table(Default::default()), Origin::default()))
}

/// The path of a factor, for diagnostics.
fn segments(path: &str) -> Result<Vec<Segment>, String> {
    super::paths::parse(path)
}
