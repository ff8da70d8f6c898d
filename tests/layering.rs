//! The house keeps its floors: every `crate::` path and every external crate in `src/` against one table.
//!
//! The table is that of ARCHITECTURE.md. Files are parsed with `syn`, so that grouped imports, renames, re-exports
//! and paths within expressions, attributes and macro calls are all seen. What the compiler refuses by itself, such as
//! an import of a private item, is left to it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on panics, in its helpers too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The rooms and their floors. Imports point down.
const FLOORS: [(&str, u8); 22] = [
    ("main", 12),
    ("cli", 11),
    ("serve", 10),
    ("report", 9),
    ("planning", 8),
    ("analysis", 7),
    ("calibration", 7),
    ("experiment", 6),
    ("measures", 5),
    ("engine", 4),
    ("audit", 4),
    ("model", 3),
    ("routing", 3),
    ("scenario", 2),
    ("log", 2),
    ("random", 2),
    ("stats", 2),
    ("time", 1),
    ("calendar", 1),
    ("queueing", 1),
    ("diagnostic", 1),
    ("files", 1),
];

/// Who knows a neighbour on the same floor, and which part of it (empty: all).
const NEIGHBOURS: [(&str, &str, &str); 3] =
    [("calendar", "time", ""), ("routing", "model", ""), ("stats", "random", "math")];

/// Who looks up in its tests, and to whom: what simulates is audited, and the audit's own tests need simulated days.
const UPWARDS_IN_TESTS: [(&str, &str); 1] = [("audit", "measures")];

/// Rooms that see these others only, whatever else lies below them.
const ONLY: [(&str, &[&str]); 2] = [("audit", &["scenario", "calendar", "log", "time"]), ("main", &["cli"])];

/// The homes of each external crate; an empty list: everywhere.
const HOMES: [(&str, &[&str]); 27] = [
    ("anyhow", &["main", "cli"]),
    ("axum", &["serve"]),
    ("calamine", &["scenario"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("csv", &["scenario", "log", "report"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("itoa", &["report"]),
    ("jiff", &["calendar"]),
    ("miette", &["cli"]),
    ("open", &["cli"]),
    ("parquet", &["report"]),
    ("plotters", &["report"]),
    ("png", &["report"]),
    ("quick_xml", &["scenario"]),
    ("rand_core", &["random"]),
    ("rayon", &["experiment"]),
    ("rust_xlsxwriter", &["report"]),
    ("schemars", &["scenario", "log"]),
    ("serde", &[]),
    ("serde_json", &["scenario", "log", "report", "cli"]),
    ("statrs", &["stats"]),
    ("thiserror", &[]),
    ("toml", &["scenario", "log", "report"]),
    ("zip", &["scenario"]),
    ("zmij", &["report"]),
];

/// The library's name, by which `main.rs` knows it.
const LIBRARY: &str = "centralino";

#[test]
fn every_import_points_down_and_every_crate_is_at_home() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = House::of(read_sources(&root.join("src")), &dependencies(root));
    assert!(house.files.len() > 50, "only {} files were found", house.files.len());
    let breaches = house.breaches();
    let list: String = breaches.iter().map(|breach| format!("\n  {breach}")).collect();
    assert!(breaches.is_empty(), "{} imports break the rules of the house:{list}", breaches.len());
}

/// A file of `src/` by its path from there, with `/`.
type Source = (String, String);

fn read_sources(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&within)).expect("src is a folder that can be read") {
            let path = within.join(entry.expect("an entry can be read").file_name());
            if folder.join(&path).is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(folder.join(&path)).expect("a source file can be read");
                sources.push((path.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    sources.sort();
    sources
}

/// The names in code of what `[dependencies]` lists.
fn dependencies(root: &Path) -> Vec<String> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("the manifest can be read");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let table = manifest["dependencies"].as_table().expect("dependencies are a table");
    table.keys().map(|name| name.replace('-', "_")).collect()
}

/// An import that breaks a rule.
#[derive(Debug)]
struct Breach {
    file: String,
    line: usize,
    path: String,
    rule: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{} `{}`: {}", self.file, self.line, self.path, self.rule)
    }
}

/// All files, and what they say of modules.
struct House {
    files: Vec<(String, syn::File)>,
    /// By the path of a module: what was declared of it.
    modules: BTreeMap<Vec<String>, Module>,
    /// External crates that code outside tests can name.
    crates: BTreeSet<String>,
}

#[derive(Clone, Copy)]
struct Module {
    public: bool,
    /// Compiled for tests only.
    test: bool,
}

impl House {
    fn of(sources: Vec<Source>, crates: &[String]) -> House {
        let parse = |(file, text): Source| {
            let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("src/{file}: {error}"));
            (file, parsed)
        };
        let files: Vec<(String, syn::File)> = sources.into_iter().map(parse).collect();
        let mut modules = BTreeMap::new();
        for (file, parsed) in &files {
            declare(&parsed.items, &module_of(file), false, &mut modules);
        }
        House { files, modules, crates: crates.iter().cloned().collect() }
    }

    fn breaches(&self) -> Vec<Breach> {
        self.files.iter().flat_map(|(file, parsed)| Reader::read(self, file, parsed)).collect()
    }

    /// Whether a module, or one around it, is compiled for tests only.
    fn is_test(&self, module: &[String]) -> bool {
        (1..=module.len()).any(|depth| self.modules.get(&module[..depth]).is_some_and(|found| found.test))
    }

    fn declares(&self, module: &[String], name: &str) -> bool {
        let mut path = module.to_vec();
        path.push(name.into());
        self.modules.contains_key(&path)
    }
}

/// Notes every `mod` of `items`, which are those of `module`.
fn declare(items: &[syn::Item], module: &[String], test: bool, into: &mut BTreeMap<Vec<String>, Module>) {
    for item in items {
        let syn::Item::Mod(declared) = item else { continue };
        let mut path = module.to_vec();
        path.push(declared.ident.to_string());
        let test = test || is_for_tests(&declared.attrs);
        into.insert(
            path.clone(),
            Module { public: matches!(declared.vis, syn::Visibility::Public(_)), test },
        );
        if let Some((_, items)) = &declared.content {
            declare(items, &path, test, into);
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        meta => meta.path().is_ident("test"),
    })
}

/// The module that a file holds: `engine/tree.rs` is `engine::tree`, `engine/mod.rs` is `engine`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    match path {
        "lib" | "main" => Vec::new(),
        _ => path.split('/').map(str::to_string).collect(),
    }
}

/// The room that a file is in; `lib.rs` is the door of all of them and in none.
fn room_of(file: &str) -> Option<&str> {
    let room = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
    (room != "lib").then_some(room)
}

/// Reads one file against the rules.
struct Reader<'h> {
    house: &'h House,
    file: &'h str,
    room: Option<&'h str>,
    module: Vec<String>,
    /// Within code that is compiled for tests only.
    test: bool,
    /// Names that the file imports from the house: they hide external crates of the same name.
    imported: BTreeSet<String>,
    breaches: Vec<Breach>,
}

impl<'h> Reader<'h> {
    fn read(house: &'h House, file: &'h str, parsed: &'h syn::File) -> Vec<Breach> {
        let module = module_of(file);
        let test = house.is_test(&module);
        let imported = Imported::of(parsed);
        let breaches = Vec::new();
        let mut reader = Reader { house, file, room: room_of(file), module, test, imported, breaches };
        reader.visit_file(parsed);
        reader.breaches
    }

    fn breach(&mut self, span: Span, path: &[String], rule: String) {
        let (file, line, path) = (self.file.into(), span.start().line, path.join("::"));
        self.breaches.push(Breach { file, line, path, rule });
    }

    /// Looks at a path as it is written, from an import (`import`) or from anywhere else.
    fn path(&mut self, path: &[String], import: bool, span: Span) {
        match self.within_house(path) {
            Some(within) => self.house_path(path, &within, import, span),
            None if import || path.len() > 1 => self.external(path, import, span),
            None => {}
        }
    }

    /// The path from the library's root, if it is one of the house.
    fn within_house(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            name if name == LIBRARY => Vec::new(),
            _ => return None,
        };
        if first == "super" {
            base.pop();
        }
        for segment in rest {
            match segment.as_str() {
                "super" => drop(base.pop()),
                "self" => {}
                name => base.push(name.into()),
            }
        }
        Some(base)
    }

    fn house_path(&mut self, path: &[String], within: &[String], import: bool, span: Span) {
        let Some(own) = self.room else { return };
        let Some(room) = within.first() else {
            // `pub(crate)` and the like name the root and nothing in it.
            if import {
                self.breach(span, path, "name the room and what you take from it".into());
            }
            return;
        };
        if room == own || (own == "main" && path[0] == "crate") {
            return;
        }
        if let Some(rule) = may_not_know(own, room, within.get(1), self.test) {
            return self.breach(span, path, rule);
        }
        // A path that ends at `inner` names what `mod.rs` hands out under that name.
        let Some(inner) = within.get(..2).filter(|_| within.len() > 2) else { return };
        if self.house.modules.get(inner).is_some_and(|module| !module.public) {
            let rule = format!("{room} faces outwards through its mod.rs; {} is a file of its own", inner[1]);
            self.breach(span, path, rule);
        }
    }

    fn external(&mut self, path: &[String], import: bool, span: Span) {
        let name = &path[0];
        let hidden = self.house.declares(&self.module, name) || (!import && self.imported.contains(name));
        let Some(own) = self.room else { return };
        if self.test || hidden || !self.house.crates.contains(name) {
            return;
        }
        match HOMES.iter().find(|(known, _)| known == name) {
            None => self.breach(span, path, format!("{name} has no home in the table of tests/layering.rs")),
            Some((_, homes)) if homes.is_empty() || homes.contains(&own) => {}
            Some((_, homes)) => {
                self.breach(span, path, format!("{own} is not at home with {name}: {}", homes.join(", ")))
            }
        }
    }

    /// All paths of an import.
    fn tree(&mut self, tree: &syn::UseTree, before: &[String], public: bool) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(step) => self.tree(&step.tree, &with(&step.ident), public),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before, public)),
            syn::UseTree::Name(leaf) => self.leaf(&with(&leaf.ident), public, tree.span()),
            syn::UseTree::Rename(leaf) => self.leaf(&with(&leaf.ident), public, tree.span()),
            syn::UseTree::Glob(_) => self.leaf(before, public, tree.span()),
        }
    }

    fn leaf(&mut self, path: &[String], public: bool, span: Span) {
        self.path(path, true, span);
        // Above `cli` there is only `main`, which parses the command line and knows no other crate.
        let public = public && self.room != Some("cli");
        let homed = HOMES.iter().any(|(name, homes)| *name == path[0] && !homes.is_empty());
        if public && homed && !self.test && self.house.crates.contains(&path[0]) {
            self.breach(span, path, format!("{} leaves its home by being exported again", path[0]));
        }
    }

    /// Paths among tokens that no parser knows, those of a macro call or an attribute.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut span, mut colons) = (Span::call_site(), 0);
        for token in tokens {
            match token {
                TokenTree::Ident(name) if !path.is_empty() && colons == 2 => path.push(name.to_string()),
                TokenTree::Ident(name) => {
                    self.token_path(&path, span);
                    (path, span) = (vec![name.to_string()], name.span());
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => {
                    self.token_path(&std::mem::take(&mut path), span);
                    self.tokens(group.stream());
                }
                _ => self.token_path(&std::mem::take(&mut path), span),
            }
            colons = 0;
        }
        self.token_path(&path, span);
    }

    fn token_path(&mut self, path: &[String], span: Span) {
        if path.len() > 1 {
            self.path(path, false, span);
        }
    }

    /// Looks at an item that is for tests only if its attributes or what is around it say so.
    fn within(&mut self, attributes: &[syn::Attribute], look: impl FnOnce(&mut Self)) {
        let before = self.test;
        self.test |= is_for_tests(attributes);
        look(self);
        self.test = before;
    }
}

/// Why `own` may not know `room` (and of it `part`), if so. Tests may look at neighbours, not upwards.
fn may_not_know(own: &str, room: &str, part: Option<&String>, test: bool) -> Option<String> {
    let floor = |name: &str| FLOORS.iter().find(|(room, _)| *room == name).map(|&(_, floor)| floor);
    let (Some(from), Some(to)) = (floor(own), floor(room)) else {
        return Some(format!("no room is named {room}, or {own}: see the table of tests/layering.rs"));
    };
    let only = ONLY.iter().find(|(name, _)| *name == own).filter(|_| !test);
    if let Some((_, rooms)) = only.filter(|(_, rooms)| !rooms.contains(&room)) {
        return Some(format!("{own} sees only {}", rooms.join(", ")));
    }
    let knows = |&(name, neighbour, of): &(&str, &str, &str)| {
        name == own && neighbour == room && (of.is_empty() || part.is_some_and(|part| part == of))
    };
    match from.cmp(&to) {
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Equal if test || NEIGHBOURS.iter().any(knows) => None,
        std::cmp::Ordering::Equal => Some(format!("{own} and {room} are neighbours on floor {to}")),
        std::cmp::Ordering::Less if test && UPWARDS_IN_TESTS.contains(&(own, room)) => None,
        std::cmp::Ordering::Less => Some(format!("{own} (floor {from}) looks up to {room} (floor {to})")),
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        self.within(&item.attrs, |reader| visit::visit_item_mod(reader, item));
        self.module.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(&item.attrs, |reader| visit::visit_item_fn(reader, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.within(&item.attrs, |reader| visit::visit_item_impl(reader, item));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        self.within(&item.attrs, |reader| reader.tree(&item.tree, &[], public));
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.within(&item.attrs, |reader| reader.path(&[item.ident.to_string()], true, item.span()));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&names, false, path.span());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}

/// The names that a file's imports from the house bind.
#[derive(Default)]
struct Imported(BTreeSet<String>);

impl Imported {
    fn of(file: &syn::File) -> BTreeSet<String> {
        let mut imported = Imported::default();
        imported.visit_file(file);
        imported.0
    }

    fn bind(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(step) => self.bind(&step.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.bind(tree)),
            syn::UseTree::Name(leaf) => drop(self.0.insert(leaf.ident.to_string())),
            syn::UseTree::Rename(leaf) => drop(self.0.insert(leaf.rename.to_string())),
            syn::UseTree::Glob(_) => {}
        }
    }
}

impl<'ast> Visit<'ast> for Imported {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(step) = &item.tree
            && ["crate", "self", "super"].iter().any(|root| step.ident == root)
        {
            self.bind(&step.tree);
        }
    }
}

mod would_be_caught {
    use super::*;

    /// The rules that `text`, as the file `file`, breaks in a house with these other files.
    fn broken(file: &str, text: &str) -> Vec<String> {
        let others = [
            ("lib.rs", "pub mod engine; pub mod random; pub mod scenario;"),
            ("engine/mod.rs", "mod wheel; pub use wheel::Wheel;"),
            ("random/mod.rs", "pub mod math; mod mix;"),
            ("scenario/mod.rs", "pub(crate) mod load;"),
        ];
        let sources = others.iter().map(|(file, text)| (file.to_string(), text.to_string()));
        let sources = sources.filter(|(name, _)| name != file).chain([(file.into(), text.into())]).collect();
        let crates = ["csv", "jiff", "serde", "rayon", "regex"].map(str::to_string);
        let breaches = House::of(sources, &crates).breaches();
        breaches.iter().map(ToString::to_string).collect()
    }

    #[track_caller]
    fn assert_caught(file: &str, text: &str, expected: &str) {
        let broken = broken(file, text);
        assert!(broken.len() == 1 && broken[0].contains(expected), "{text}: {broken:?}");
    }

    #[track_caller]
    fn assert_clean(file: &str, text: &str) {
        assert_eq!(broken(file, text), [] as [&str; 0], "{text}");
    }

    #[test]
    fn a_look_upwards_says_file_line_and_rule() {
        let found = broken("model/tables.rs", "\nuse crate::time::SimTime;\nuse crate::engine::Wheel;");
        assert_eq!(
            found,
            ["src/model/tables.rs:3 `crate::engine::Wheel`: model (floor 3) looks up to engine (floor 4)"]
        );
    }

    #[test]
    fn paths_are_found_wherever_they_hide() {
        let up = "looks up to engine";
        for text in [
            "use crate::{time::SimTime, engine::{Wheel as W}};",
            "use crate::engine as machine;",
            "pub use crate::engine::*;",
            "use super::super::engine::{self};",
            "fn f() { let x: crate::engine::Wheel = todo!(); }",
            "fn f() { println!(\"{}\", crate::engine::SLOTS + 1); }",
            "#[derive(crate::engine::Magic)] struct S;",
            "mod inner { use super::super::super::engine::Wheel; }",
            "#[cfg(test)] mod tests { use crate::engine::Wheel; }",
        ] {
            assert_caught("model/tables.rs", text, up);
        }
        assert_caught("model/tables.rs", "use crate::*;", "name the room");
        assert_caught("model/tables.rs", "use crate::motor::Wheel;", "no room is named motor");
    }

    #[test]
    fn neighbours_do_not_know_each_other_but_for_those_that_stand_on_one() {
        assert_caught("scenario/load.rs", "use crate::random::Key;", "neighbours on floor 2");
        assert_caught("model/tables.rs", "use crate::routing::take;", "neighbours on floor 3");
        assert_clean("routing/take.rs", "use crate::model::Model;");
        assert_clean("calendar/zone.rs", "use crate::time::SimTime;");
        assert_clean("stats/ratio.rs", "use crate::random::math::ln;");
        assert_caught("stats/ratio.rs", "use crate::random::Key;", "neighbours on floor 2");
        assert_clean("stats/ratio.rs", "#[cfg(test)] mod tests { use crate::random::Key; }");
    }

    #[test]
    fn the_auditor_and_main_see_only_what_they_must() {
        assert_clean("audit/mod.rs", "use crate::{calendar::Calendar, scenario::Scenario};");
        assert_clean("audit/mod.rs", "#[cfg(test)] mod tests { use crate::measures::Recorder; }");
        assert_caught(
            "audit/mod.rs",
            "use crate::model::Model;",
            "audit sees only scenario, calendar, log, time",
        );
        assert_clean("main.rs", "mod tests {} fn main() { centralino::cli::run(); crate::tests::x(); }");
        assert_caught("main.rs", "use centralino::scenario::load;", "main sees only cli");
    }

    #[test]
    fn a_room_faces_outwards_only_through_its_mod_rs() {
        assert_caught(
            "experiment/mod.rs",
            "use crate::engine::wheel::Wheel;",
            "faces outwards through its mod.rs",
        );
        assert_caught(
            "experiment/mod.rs",
            "use crate::scenario::load::load;",
            "faces outwards through its mod.rs",
        );
        assert_clean("experiment/mod.rs", "use crate::random::math::exp; use crate::engine::wheel;");
        assert_clean("engine/tree.rs", "use super::wheel::Wheel; use crate::engine::wheel;");
    }

    #[test]
    fn external_crates_stay_at_home() {
        assert_clean("calendar/zone.rs", "use jiff::Zoned; use serde::Serialize;");
        assert_caught(
            "engine/mod.rs",
            "mod wheel; use jiff::Zoned;",
            "engine is not at home with jiff: calendar",
        );
        assert_caught("engine/tree.rs", "fn f() { rayon::join(g, h); }", "not at home with rayon");
        assert_caught("calendar/zone.rs", "pub use jiff::Zoned;", "leaves its home");
        assert_caught("engine/tree.rs", "use regex::Regex;", "regex has no home");
        assert_clean("engine/tree.rs", "#[cfg(test)] mod tests { use regex::Regex; }");
    }

    #[test]
    fn modules_and_names_of_the_house_are_no_external_crates() {
        assert_clean("measures/mod.rs", "mod csv; use csv::write; fn f() { csv::read(); }");
        assert_clean("measures/mod.rs", "use crate::log::{self, csv}; fn f() { csv::read(); }");
        assert_caught("measures/mod.rs", "fn f() { csv::read(); }", "not at home with csv");
    }
}
