//! Values of factors laid into the tree of a scenario.

use crate::scenario::distribution::FAMILIES;
use crate::scenario::merge;
use crate::scenario::paths;
use crate::scenario::tree::{Entry, Node, Origin, Segment, Value};
use crate::scenario::units::Span;

/// The name that stands for every name of a table.
const EVERY: &str = "*";

/// Why a value could not be laid there.
#[derive(Debug, PartialEq)]
pub(super) enum Misplaced {
    /// Nothing stands at the path; these names stand where it goes astray.
    Nowhere { missing: String, known: Vec<String> },
    /// What stands there cannot be multiplied.
    NoNumber(&'static str),
    /// The path is none, or goes through what has no inside.
    Said(String),
}

/// Puts `value` at a path, or at all that a path with `*` addresses.
pub(super) fn set(tree: &mut Node, path: &[Segment], value: &Node) -> Result<(), Misplaced> {
    let Some((last, parents)) = path.split_last() else {
        return Err(Misplaced::Said("the path is empty".into()));
    };
    for place in places(tree, parents)? {
        let whole: Vec<Segment> = place.into_iter().chain([last.clone()]).collect();
        for whole in if is_every(last) { places(tree, &whole)? } else { vec![whole] } {
            merge::set(tree, &whole, value.clone()).map_err(Misplaced::Said)?;
        }
    }
    Ok(())
}

/// Multiplies the numbers at a path, or at all that a path with `*` addresses.
pub(super) fn scale(tree: &mut Node, path: &[Segment], factor: f64) -> Result<(), Misplaced> {
    for place in places(tree, path)? {
        let Some(node) = tree.at(&place) else { continue };
        if multiply(node, factor) == 0 {
            return Err(Misplaced::NoNumber(node.kind()));
        }
    }
    Ok(())
}

/// The value at a path without `*`.
pub(super) fn value_at<'t>(tree: &'t Node, path: &[Segment]) -> Option<&'t Node> {
    path.iter().try_fold(tree, |node, segment| match (segment, &node.value) {
        (Segment::Key(key), Value::Table(table)) => table.get(key),
        (Segment::Index(index), Value::List(items)) => items.get(*index),
        _ => None,
    })
}

fn is_every(segment: &Segment) -> bool {
    *segment == Segment::Key(EVERY.into())
}

/// All places that a path addresses; where `*` stands, those names are passed over that do not have the rest.
fn places(tree: &Node, path: &[Segment]) -> Result<Vec<Vec<Segment>>, Misplaced> {
    let mut found = vec![Vec::new()];
    for (at, segment) in path.iter().enumerate() {
        let mut next: Vec<Vec<Segment>> = Vec::new();
        for place in &found {
            let within = value_at(tree, place);
            let keys = within.and_then(Node::table).map(|table| table.keys().map(str::to_owned).collect());
            let keys: Vec<String> = keys.unwrap_or_default();
            let steps = if is_every(segment) {
                keys.into_iter().map(Segment::Key).collect()
            } else {
                vec![segment.clone()]
            };
            let whole = steps.into_iter().map(|step| place.iter().cloned().chain([step]).collect::<Vec<_>>());
            next.extend(whole.filter(|whole| value_at(tree, whole).is_some()));
        }
        if next.is_empty() {
            let known = found.first().and_then(|place| value_at(tree, place)).and_then(Node::table);
            let known = known.map(|table| table.keys().map(str::to_owned).collect()).unwrap_or_default();
            return Err(Misplaced::Nowhere { missing: paths::to_text(&path[at..=at]), known });
        }
        found = next;
    }
    Ok(found)
}

/// Multiplies the numbers in a value; tells how many there were.
fn multiply(node: &mut Node, factor: f64) -> usize {
    let origin = node.origin.clone();
    match &mut node.value {
        Value::Integer(number) => {
            *number = (*number as f64 * factor).round() as i64;
            1
        }
        Value::Float(number) => {
            *number *= factor;
            1
        }
        Value::Text(text) => text.parse::<Span>().map_or(0, |span| {
            *text = Span::from_s(span.as_s() * factor).to_string();
            1
        }),
        Value::List(items) => items.iter_mut().map(|item| multiply(item, factor)).sum(),
        Value::Table(table) if table.keys().any(|key| FAMILIES.contains(&key)) => {
            match table.get_mut("times") {
                Some(times) => multiply(times, factor),
                None => {
                    let times = Node::new(Value::Float(factor), origin.clone());
                    table.entries.push(entry("times", times, origin));
                    1
                }
            }
        }
        Value::Table(table) => table.entries.iter_mut().map(|entry| multiply(&mut entry.node, factor)).sum(),
        Value::Bool(_) | Value::StandIn(_) => 0,
    }
}

fn entry(key: &str, node: Node, key_origin: Origin) -> Entry {
    Entry { key: key.into(), key_origin, node, reached: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::syntax::read_toml;

    const TEXT: &str = "[groups.a]\nheads = 10\nrows = [{ day = 'mon', heads = 3 }, { day = 'tue', heads = 7 }]\n\
                        [groups.b]\nheads = 5\nrate = 2.5\npatience = { exponential = '3m' }\nwait = '20s'\n";

    fn tree() -> Node {
        read_toml(TEXT, 0).unwrap()
    }

    fn path(text: &str) -> Vec<Segment> {
        paths::parse(text).unwrap()
    }

    fn number(tree: &Node, at: &str) -> f64 {
        match value_at(tree, &path(at)).unwrap().value {
            Value::Integer(number) => number as f64,
            Value::Float(number) => number,
            _ => f64::NAN,
        }
    }

    #[test]
    fn numbers_are_multiplied_wherever_they_are_and_whole_ones_stay_whole() {
        let mut tree = tree();
        for at in ["groups.*.heads", "groups.a.rows", "groups.b.rate", "groups.b.patience", "groups.b.wait"] {
            scale(&mut tree, &path(at), 1.25).unwrap();
        }
        let numbers =
            ["groups.a.heads", "groups.b.heads", "groups.a.rows[0].heads", "groups.a.rows[1].heads"];
        assert_eq!(numbers.map(|at| number(&tree, at)), [13.0, 6.0, 4.0, 9.0]);
        assert_eq!(number(&tree, "groups.b.rate"), 3.125);
        assert_eq!(number(&tree, "groups.b.patience.times"), 1.25);
        assert_eq!(value_at(&tree, &path("groups.b.wait")).unwrap().value, Value::Text("25s".into()));
    }

    #[test]
    fn a_star_passes_over_those_that_lack_the_rest() {
        let mut tree = tree();
        scale(&mut tree, &path("groups.*.rate"), 2.0).unwrap();
        assert_eq!(number(&tree, "groups.b.rate"), 5.0);
        set(&mut tree, &path("groups.*.heads"), &Node::new(Value::Integer(1), Origin::default())).unwrap();
        assert_eq!(["groups.a.heads", "groups.b.heads"].map(|at| number(&tree, at)), [1.0, 1.0]);
    }

    #[test]
    fn what_addresses_nothing_says_where_it_goes_astray() {
        let nowhere = scale(&mut tree(), &path("groups.c.heads"), 2.0);
        let known = vec!["a".to_string(), "b".into()];
        assert_eq!(nowhere, Err(Misplaced::Nowhere { missing: "c".into(), known }));
        assert_eq!(
            scale(&mut tree(), &path("groups.a.rows[0].day"), 2.0),
            Err(Misplaced::NoNumber("a text"))
        );
    }
}
