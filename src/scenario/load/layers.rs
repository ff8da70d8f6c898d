//! Overlays taken apart: what each file between an overlay and a base changes, to be laid over the base alone or after others.

use std::path::{Path, PathBuf};

use super::{Loader, same_file};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::Scenario;
use crate::scenario::merge::merge;
use crate::scenario::sources::{SourceFile, unreadable};
use crate::scenario::tree::{Node, Origin};

/// What one file changes: paths that go, then values that lie over.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Layer {
    removed: Vec<(String, Origin)>,
    tree: Node,
}

impl Loader {
    /// The merged tree of a file that was found to be right.
    pub(in crate::scenario) fn tree_of(&mut self, path: &Path) -> Option<Node> {
        self.tree(path, &mut Vec::new())
    }

    /// What an overlay, and those that it extends, change of `base`: the base's nearest first. An overlay that extends nothing is taken
    /// to lie over the base.
    ///
    /// # Errors
    /// Files that cannot be read; one that extends another scenario.
    pub(in crate::scenario) fn layers(
        &mut self,
        path: &Path,
        base: &Path,
    ) -> Result<Vec<Layer>, Vec<Diagnostic>> {
        let mut layers = Vec::new();
        let mut chain: Vec<PathBuf> = Vec::new();
        let mut next = Some(path.to_path_buf());
        while let Some(path) = next {
            chain.push(path.clone());
            let (layer, extends) = self.layer(&path).ok_or_else(|| std::mem::take(&mut self.errors))?;
            let is_last = extends.as_ref().is_none_or(|(named, _)| same_file(named, base));
            layers.push(layer);
            next = extends.filter(|_| !is_last).map(|(named, _)| named);
            if let Some(named) = next.as_ref().filter(|named| self.is_astray(named, &chain)) {
                return Err(vec![elsewhere(&path, named, base)]);
            }
        }
        layers.reverse();
        Ok(layers)
    }

    /// Whether a file is no overlay, or was met before.
    fn is_astray(&mut self, named: &Path, chain: &[PathBuf]) -> bool {
        let extends = self.layer(named).map(|(_, extends)| extends.is_some());
        chain.iter().any(|known| same_file(known, named)) || extends == Some(false)
    }

    /// A file taken apart, and the file that it extends.
    fn layer(&mut self, path: &Path) -> Option<(Layer, Option<(PathBuf, Origin)>)> {
        let file = self.sources.read(path).map_err(|error| self.errors.push(unreadable(&error, ""))).ok()?;
        let mut tree = self.parse(path, file)?;
        let extends = self.take_text(&mut tree, "extends");
        let removed = self.take_texts(&mut tree, "remove");
        let extends = extends.map(|(named, origin)| (self.sources.beside(file, &named), origin));
        Some((Layer { removed, tree }, extends))
    }

    /// Lays a layer over a tree.
    pub(in crate::scenario) fn lay(&mut self, tree: &mut Node, layer: Layer) {
        layer.removed.iter().for_each(|(path, origin)| self.remove(tree, path, origin));
        merge(tree, layer.tree);
    }

    /// The scenario of a tree.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(in crate::scenario) fn finish(mut self, tree: Node) -> Result<Scenario, Vec<Diagnostic>> {
        match self.scenario(tree) {
            Some(mended) if self.errors.is_empty() => Ok(mended.scenario),
            _ => Err(self.errors),
        }
    }

    /// The files that were read.
    pub(in crate::scenario) fn files(&self) -> Vec<SourceFile> {
        self.sources.clone().into_files()
    }
}

fn elsewhere(file: &Path, named: &Path, base: &Path) -> Diagnostic {
    let (file, named, base) = (file.display(), named.display(), base.display());
    let message = format!("{file} extends {named}, which is not the study's base {base}");
    Diagnostic::new(Code::OVERLAY_ELSEWHERE, "extends", message)
        .with_help("let it extend the base, or nothing: a study lays it over its base")
}
