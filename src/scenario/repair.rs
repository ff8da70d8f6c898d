//! Finding all problems at once: each refusal is reported, mended with something harmless, and reading starts again.
//!
//! A value that is refused is left out, and where it must not be left out a stand-in takes its place; a key that is
//! likely a slip of the pen gets its likely name, so that its value is looked at too. What was mended is remembered,
//! lest later checks complain about it.

use serde::de::DeserializeOwned;

use super::paths;
use super::reading::{EMPTY_TABLE, Refusal, STAND_INS, Trouble, read};
use super::tree::{Entry, Node, Origin, Segment, Table, Value};
use crate::diagnostic::did_you_mean;

/// So many findings are enough for one reading.
const MOST_FINDINGS: usize = 100;
/// So many mendings, counting each candidate of a stand-in.
const MOST_MENDINGS: usize = 2_000;

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The path of the value, or of the table if a key is missing.
    pub path: Vec<Segment>,
    /// What is wrong.
    pub trouble: Trouble,
    /// Where it was written.
    pub origin: Origin,
}

/// What came of reading a tree.
#[derive(Debug)]
pub struct Reading<T> {
    /// The value, with stand-ins where something was wrong; none if the trouble was too deep.
    pub value: Option<T>,
    /// Every problem, in the order in which reading met them.
    pub findings: Vec<Finding>,
    /// Paths of what was mended: neither they nor what is inside them was written by anybody.
    pub mended: Vec<String>,
    /// Keys that were likely slips of the pen: their paths as written, and as read.
    pub renamed: Vec<(String, String)>,
}

/// Reads a tree and finds all its problems.
pub fn read_all<T: DeserializeOwned>(root: &Node) -> Reading<T> {
    let mut repair =
        Repair { tree: root.clone(), findings: Vec::new(), mended: Vec::new(), renamed: Vec::new() };
    for _ in 0..MOST_MENDINGS {
        match read(&repair.tree) {
            Ok(value) => {
                return repair.gives(Some(value));
            }
            Err(refusal) => {
                if repair.findings.len() >= MOST_FINDINGS || !repair.mend(refusal) {
                    break;
                }
            }
        }
    }
    repair.gives(None)
}

struct Repair {
    tree: Node,
    findings: Vec<Finding>,
    mended: Vec<String>,
    renamed: Vec<(String, String)>,
}

impl Repair {
    fn gives<T>(self, value: Option<T>) -> Reading<T> {
        Reading { value, findings: self.findings, mended: self.mended, renamed: self.renamed }
    }

    /// Takes a refusal out of the way; false if nothing is left to try.
    fn mend(&mut self, refusal: Refusal) -> bool {
        let path = refusal.path();
        match refusal.trouble {
            Trouble::Missing { key } => self.mend_missing(path, key),
            _ if self.stand_in_above(&path).is_some() => self.next_stand_in(&path),
            Trouble::UnknownKey { key, known } => self.mend_unknown(path, key, known),
            Trouble::Undeclared { name, known } => self.mend_undeclared(path, name, known),
            trouble => self.mend_value(path, trouble),
        }
    }

    fn report(&mut self, path: Vec<Segment>, trouble: Trouble, origin: Origin) {
        self.findings.push(Finding { path, trouble, origin });
    }

    /// The length of the path to the stand-in on `path`, if there is one.
    fn stand_in_above(&mut self, path: &[Segment]) -> Option<usize> {
        let is_stand_in = |tree: &mut Node, len: usize| {
            tree.at(&path[..len]).is_some_and(|node| matches!(node.value, Value::StandIn(_)))
        };
        (0..=path.len()).find(|&len| is_stand_in(&mut self.tree, len))
    }

    /// Tries the next candidate of the stand-in on `path`; past the last one the value around it is given up.
    fn next_stand_in(&mut self, path: &[Segment]) -> bool {
        let Some(len) = self.stand_in_above(path) else { return false };
        let Some(node) = self.tree.at(&path[..len]) else { return false };
        let Value::StandIn(candidate) = node.value else { return false };
        if candidate + 1 < STAND_INS {
            node.value = Value::StandIn(candidate + 1);
            return true;
        }
        len > 1 && self.replace(&path[..len - 1])
    }

    /// Leaves the value at `path` out; the root cannot be left out.
    fn replace(&mut self, path: &[Segment]) -> bool {
        let Some(node) = self.tree.at(path).filter(|_| !path.is_empty()) else { return false };
        node.value = Value::StandIn(0);
        self.mended.push(paths::to_text(path));
        true
    }

    fn mend_value(&mut self, path: Vec<Segment>, trouble: Trouble) -> bool {
        let Some(node) = self.tree.at(&path) else { return false };
        if bring_back(node) {
            return true;
        }
        let origin = node.origin.clone();
        self.report(path.clone(), trouble, origin);
        self.replace(&path)
    }

    fn mend_missing(&mut self, path: Vec<Segment>, key: String) -> bool {
        let Some(node) = self.tree.at(&path) else { return false };
        let origin = node.origin.clone();
        if node.value == Value::StandIn(EMPTY_TABLE) {
            node.value = Value::Table(Table { entries: Vec::new(), invented: true });
        }
        let Some(table) = node.table_mut() else { return self.next_stand_in(&path) };
        if let Some(left_out) = table.get_mut(&key) {
            // It was there and was refused: no need to call it missing.
            left_out.value = Value::StandIn(1);
            return true;
        }
        let invented = table.invented;
        table.entries.push(Entry {
            key: key.clone(),
            key_origin: origin.clone(),
            node: Node::new(Value::StandIn(1), origin.clone()),
            reached: false,
        });
        self.mended.push(paths::join(&paths::to_text(&path), &key));
        if !invented {
            self.report(path, Trouble::Missing { key }, origin);
        }
        true
    }

    fn mend_unknown(&mut self, path: Vec<Segment>, key: String, known: Vec<String>) -> bool {
        let meant = did_you_mean(&key, known.iter().map(String::as_str)).map(str::to_string);
        let Some(table) = self.tree.at(&path).and_then(Node::table_mut) else { return false };
        let free = meant.filter(|meant| table.get(meant).is_none());
        let Some(entry) = table.entries.iter_mut().find(|entry| entry.key == key) else { return false };
        let origin = entry.key_origin.clone();
        match free {
            Some(meant) => {
                let at = paths::to_text(&path);
                self.renamed.push((paths::join(&at, &key), paths::join(&at, &meant)));
                entry.key = meant;
            }
            None => drop(table.remove(&key)),
        }
        let whole = [path.as_slice(), &[Segment::Key(key.clone())]].concat();
        self.mended.push(paths::to_text(&whole));
        self.report(whole, Trouble::UnknownKey { key, known }, origin);
        true
    }

    fn mend_undeclared(&mut self, path: Vec<Segment>, name: String, known: Vec<String>) -> bool {
        let whole = [path.as_slice(), &[Segment::Key(name.clone())]].concat();
        self.mend_value(whole, Trouble::Undeclared { name, known })
    }
}

/// Puts a stand-in where something inside a table was left out: the table may only complain of the gap.
fn bring_back(node: &mut Node) -> bool {
    let entries = node.table_mut().map(|table| table.entries.as_mut_slice()).unwrap_or_default();
    let left_out = entries.iter_mut().find(|entry| entry.node.value == Value::StandIn(0));
    left_out.map(|entry| entry.node.value = Value::StandIn(1)).is_some()
}
