//! Overlays of a study: files laid over the base's file, alone or several together.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::scenario::document::Scenario;
use crate::scenario::load::{Layer, Loader};
use crate::scenario::tree::Node;

/// The base's tree as its files have it, and what each overlay changes in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    loader: Loader,
    base: Option<Node>,
    /// By the overlay's name in the study: the files between it and the base, from the base on.
    overlays: BTreeMap<String, Vec<Layer>>,
}

impl Layers {
    /// Reads the overlays that a study names, from its directory.
    ///
    /// # Errors
    /// By overlay, what is wrong with it.
    pub(super) fn read(
        base: &Path,
        directory: &Path,
        names: &[String],
    ) -> (Layers, BTreeMap<String, Vec<Diagnostic>>) {
        let mut loader = Loader::default();
        let tree = loader.tree_of(base);
        let (mut overlays, mut wrong) = (BTreeMap::new(), BTreeMap::new());
        for name in names {
            match loader.layers(&directory.join(name), base) {
                Ok(layers) => drop(overlays.insert(name.clone(), layers)),
                Err(found) => drop(wrong.insert(name.clone(), found)),
            }
        }
        (Layers { loader, base: tree, overlays }, wrong)
    }

    /// The files that were read.
    pub(super) fn files(&self) -> Vec<crate::scenario::SourceFile> {
        self.loader.files()
    }

    /// The base with overlays over it, in this order.
    pub(super) fn scenario(&self, names: &[String]) -> Result<Scenario, Vec<Diagnostic>> {
        let Some(mut tree) = self.base.clone() else { return Err(Vec::new()) };
        let mut loader = self.loader.clone();
        for layer in names.iter().filter_map(|name| self.overlays.get(name)).flatten() {
            loader.lay(&mut tree, layer.clone());
        }
        loader.finish(tree)
    }
}
