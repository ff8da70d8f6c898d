//! Overlays: `extends`, `remove`, and how a table lies over another.
//!
//! Tables merge by name; values and lists replace. A distribution of another family replaces the family that stood
//! there, `times` beside it merges.

use super::distribution::FAMILIES;
use super::paths;
use super::tree::{Entry, Node, Origin, Segment, Table, Value};

/// A list that an overlay replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplacedList {
    /// Its path.
    pub path: String,
    /// Where the new one is written.
    pub origin: Origin,
}

/// `overlay` over `base`; tells which lists were replaced.
pub fn merge(base: &mut Node, overlay: Node) -> Vec<ReplacedList> {
    let mut replaced = Vec::new();
    lay_over(base, overlay, "", &mut replaced);
    replaced
}

fn lay_over(base: &mut Node, overlay: Node, path: &str, replaced: &mut Vec<ReplacedList>) {
    match (&mut base.value, overlay.value) {
        (Value::Table(under), Value::Table(over)) => {
            replace_family(under, &over);
            over.entries.into_iter().for_each(|entry| lay_entry(under, entry, path, replaced));
        }
        (old, new) => {
            if let (Value::List(_), Value::List(_)) = (&*old, &new) {
                replaced.push(ReplacedList { path: path.into(), origin: overlay.origin.clone() });
            }
            *base = Node::new(new, overlay.origin);
        }
    }
}

fn lay_entry(under: &mut Table, entry: Entry, path: &str, replaced: &mut Vec<ReplacedList>) {
    match under.entries.iter_mut().find(|known| known.key == entry.key) {
        Some(known) => lay_over(&mut known.node, entry.node, &paths::join(path, &entry.key), replaced),
        None => under.entries.push(entry),
    }
}

/// Where both tables are distributions and the upper names a family, the lower's other family goes.
fn replace_family(under: &mut Table, over: &Table) {
    let is_distribution = |table: &Table| {
        let families = table.keys().filter(|key| FAMILIES.contains(key)).count();
        families == 1 && table.keys().all(|key| key == "times" || FAMILIES.contains(&key))
    };
    if is_distribution(under) && is_distribution(over) {
        under.entries.retain(|entry| entry.key == "times" || over.get(&entry.key).is_some());
    }
}

/// Takes the value at a path out; false if there is none.
pub fn remove(tree: &mut Node, path: &[Segment]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let Some(parent) = tree.at(parents) else { return false };
    match (last, &mut parent.value) {
        (Segment::Key(key), Value::Table(table)) => table.remove(key).is_some(),
        (Segment::Index(index), Value::List(items)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

/// Sets the value at a path, as an override does: it lies over what is there, and tables on the way are made.
///
/// # Errors
/// A list that has no such place, or a value on the way that has no inside, in words.
pub fn set(tree: &mut Node, path: &[Segment], value: Node) -> Result<(), String> {
    let Some((first, rest)) = path.split_first() else {
        merge(tree, value);
        return Ok(());
    };
    match first {
        Segment::Key(key) => set(entry_of(tree, key, rest.is_empty(), &value.origin)?, rest, value),
        Segment::Index(index) => {
            let Value::List(items) = &mut tree.value else {
                return Err(format!("[{index}] is asked of {}, which is no list", tree.kind()));
            };
            let len = items.len();
            let item = items
                .get_mut(*index)
                .ok_or_else(|| format!("[{index}] is beyond a list of {len}, counted from 0"))?;
            set(item, rest, value)
        }
    }
}

/// The value of a key, made if it is not there.
fn entry_of<'t>(
    tree: &'t mut Node,
    key: &str,
    is_last: bool,
    origin: &Origin,
) -> Result<&'t mut Node, String> {
    let kind = tree.kind();
    let table = tree.table_mut().ok_or_else(|| format!("\"{key}\" is asked of {kind}, which is no table"))?;
    let index = table.entries.iter().position(|entry| entry.key == key).unwrap_or(table.entries.len());
    if index == table.entries.len() {
        let node = Node::new(Value::Table(Table::default()), origin.clone());
        table.entries.push(Entry { key: key.into(), key_origin: origin.clone(), node, reached: !is_last });
    }
    Ok(&mut table.entries[index].node)
}

#[cfg(test)]
mod tests {
    use super::super::syntax::read_toml;
    use super::*;

    fn merged(base: &str, overlay: &str) -> (Node, Vec<String>) {
        let mut tree = read_toml(base, 0).unwrap();
        let notes = merge(&mut tree, read_toml(overlay, 1).unwrap());
        (tree, notes.into_iter().map(|note| note.path).collect())
    }

    fn show(node: &Node) -> String {
        match &node.value {
            Value::Table(table) => {
                let inner: Vec<_> = table
                    .entries
                    .iter()
                    .map(|entry| format!("{}={}", entry.key, show(&entry.node)))
                    .collect();
                format!("{{{}}}", inner.join(" "))
            }
            Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn tables_merge_values_and_lists_replace() {
        let (tree, notes) =
            merged("[a.x]\nn = 1\nl = [1, 2]\n[a.y]\nn = 2", "[a.x]\nl = [3]\nm = 'new'\n[b]\nq = 1");
        assert_eq!(show(&tree), "{a={x={n=1 l=[3] m=new} y={n=2}} b={q=1}}");
        assert_eq!(notes, ["a.x.l"]);
    }

    #[test]
    fn another_family_replaces_the_first_and_the_same_one_merges() {
        let base = "p = { lognormal = { mean = '3m', sd = '1m' }, times = 2 }";
        assert_eq!(show(&merged(base, "p = { exponential = '4m' }").0), "{p={times=2 exponential=4m}}");
        assert_eq!(show(&merged(base, "p.lognormal.sd = '2m'").0), "{p={lognormal={mean=3m sd=2m} times=2}}");
        assert_eq!(show(&merged(base, "p = '5m'").0), "{p=5m}");
    }

    #[test]
    fn removing_tells_whether_there_was_anything() {
        let (mut tree, _) = merged("[a.x]\nn = 1\nl = [1, 2]", "");
        let path = |text: &str| paths::parse(text).unwrap();
        assert!(remove(&mut tree, &path("a.x.l[0]")) && remove(&mut tree, &path("a.x.n")));
        assert!(!remove(&mut tree, &path("a.x.n")) && !remove(&mut tree, &path("a.x.l[7]")));
        assert_eq!(show(&tree), "{a={x={l=[2]}}}");
    }

    #[test]
    fn an_override_goes_through_tables_and_lists_and_makes_what_is_missing() {
        let (mut tree, _) = merged("[a.x]\nl = [1, { k = 2 }]", "");
        let one = || Node::new(Value::Integer(9), Origin::default());
        let mut put = |path: &str| set(&mut tree, &paths::parse(path).unwrap(), one());
        assert_eq!([put("a.x.l[0]"), put("a.x.l[1].k"), put("a.z.n")], [Ok(()), Ok(()), Ok(())]);
        assert!(put("a.x.l[2]").unwrap_err().contains("list of 2"));
        assert!(put("a.x.l[0].k").unwrap_err().contains("a number"));
        assert!(put("a[0]").unwrap_err().contains("no list"));
        assert_eq!(show(&tree), "{a={x={l=[9 {k=9}]} z={n=9}}}");
    }
}
