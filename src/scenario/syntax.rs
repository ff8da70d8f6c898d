//! From text to tree: TOML with the place of every value, JSON of the same shape with the file as its place.

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::tree::{DEEPEST, Entry, Node, Origin, Table, Value};

/// Why a text is no tree, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// The bytes that are meant.
    pub span: std::ops::Range<usize>,
}

type Read<T> = Result<T, SyntaxError>;

/// Reads a TOML document; `file` is the number that its origins get.
///
/// # Errors
/// The first place at which it is not TOML, a number that does not fit, values too deep in each other.
pub fn read_toml(text: &str, file: usize) -> Read<Node> {
    let table = DeTable::parse(text).map_err(|error| from_toml(&error, text))?;
    let reader = TomlReader { file, shift: 0 };
    Ok(Node::new(Value::Table(reader.table(table.get_ref(), 0)?), reader.origin(&table)))
}

/// Reads a single TOML value that stands `shift` bytes into its file.
///
/// # Errors
/// As [`read_toml`].
pub fn read_toml_value(text: &str, file: usize, shift: usize) -> Read<Node> {
    let value = DeValue::parse(text).map_err(|error| from_toml(&error, text))?;
    TomlReader { file, shift }.node(&value, 0)
}

fn from_toml(error: &toml::de::Error, text: &str) -> SyntaxError {
    let span = error.span().unwrap_or(text.len()..text.len());
    SyntaxError { message: error.message().trim().into(), span }
}

struct TomlReader {
    file: usize,
    shift: usize,
}

impl TomlReader {
    fn origin<T>(&self, spanned: &Spanned<T>) -> Origin {
        let span = spanned.span();
        Origin { file: self.file, span: span.start + self.shift..span.end + self.shift }
    }

    fn table(&self, table: &DeTable, depth: usize) -> Read<Table> {
        let entries = table.iter().map(|(key, value)| {
            let (key, key_origin) = (key.get_ref().to_string(), self.origin(key));
            Ok(Entry { key, key_origin, node: self.node(value, depth + 1)?, reached: false })
        });
        Ok(Table { entries: entries.collect::<Read<_>>()?, invented: false })
    }

    fn node(&self, value: &Spanned<DeValue>, depth: usize) -> Read<Node> {
        if depth > DEEPEST {
            return Err(too_deep(value.span()));
        }
        let read = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => Value::Integer(whole(number).ok_or_else(|| too_large(value.span()))?),
            DeValue::Float(number) => {
                Value::Float(number.as_str().parse().map_err(|_| too_large(value.span()))?)
            }
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(time) => Value::Text(time.to_string()),
            DeValue::Array(items) => {
                let nodes = items.iter().map(|item| self.node(item, depth + 1));
                Value::List(nodes.collect::<Read<_>>()?)
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth)?),
        };
        Ok(Node::new(read, self.origin(value)))
    }
}

fn whole(number: &DeInteger) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn too_large(span: std::ops::Range<usize>) -> SyntaxError {
    SyntaxError { message: "this number is too large".into(), span }
}

fn too_deep(span: std::ops::Range<usize>) -> SyntaxError {
    SyntaxError { message: format!("values lie more than {DEEPEST} deep in each other"), span }
}

/// Reads a JSON document; every value has the start of the file as its place. `null` stands for a key left out.
///
/// # Errors
/// The first place at which it is not JSON, a document that is no object, values too deep in each other.
pub fn read_json(text: &str, file: usize) -> Read<Node> {
    let document: serde_json::Value = serde_json::from_str(text).map_err(|error| from_json(&error, text))?;
    let start = Origin { file, span: 0..text.len().min(1) };
    match from_json_value(document, &start, 0)? {
        Some(node) if node.table().is_some() => Ok(node),
        _ => Err(SyntaxError { message: "a scenario is an object".into(), span: start.span }),
    }
}

/// A JSON value as a tree; `None` of null, of a number that does not fit, and of what lies too deep.
pub fn json_node(value: serde_json::Value, origin: &Origin) -> Option<Node> {
    from_json_value(value, origin, 0).ok().flatten()
}

fn from_json(error: &serde_json::Error, text: &str) -> SyntaxError {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    // A JSON file may be a single line.
    let message = format!("{message}, at column {}", error.column());
    SyntaxError { message, span: at..(at + 1).min(text.len()) }
}

fn from_json_value(value: serde_json::Value, origin: &Origin, depth: usize) -> Read<Option<Node>> {
    if depth > DEEPEST {
        return Err(too_deep(origin.span.clone()));
    }
    let inner = |value| from_json_value(value, origin, depth + 1);
    let read = match value {
        serde_json::Value::Null => return Ok(None),
        serde_json::Value::Bool(truth) => Value::Bool(truth),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Integer(whole),
            (None, Some(float)) => Value::Float(float),
            (None, None) => return Err(too_large(origin.span.clone())),
        },
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            let nodes: Vec<Option<Node>> = items.into_iter().map(inner).collect::<Read<_>>()?;
            Value::List(nodes.into_iter().flatten().collect())
        }
        serde_json::Value::Object(members) => {
            let mut table = Table::default();
            for (key, value) in members {
                if let Some(node) = inner(value)? {
                    table.entries.push(Entry { key, key_origin: origin.clone(), node, reached: false });
                }
            }
            Value::Table(table)
        }
    };
    Ok(Some(Node::new(read, origin.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree::Segment;

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "[a.b]\nx = 1_000\ny = [2.5, 'z']\nd = 2008-06-16\n";
        let mut root = read_toml(text, 3).unwrap();
        let mut written = |path: &[Segment]| {
            let node = root.at(path).unwrap();
            (node.value.clone(), node.origin.file, text[node.origin.span.clone()].to_string())
        };
        let key = |key: &str| Segment::Key(key.into());
        let (a, b) = (key("a"), key("b"));
        assert_eq!(written(&[a.clone(), b.clone(), key("x")]), (Value::Integer(1000), 3, "1_000".into()));
        let second = [a.clone(), b.clone(), key("y"), Segment::Index(1)];
        assert_eq!(written(&second), (Value::Text("z".into()), 3, "'z'".into()));
        assert_eq!(written(&[a, b, key("d")]).0, Value::Text("2008-06-16".into()));
    }

    #[test]
    fn json_of_the_same_shape_gives_the_same_values() {
        let toml = read_toml("a = { b = [1, 2.5, 'x'], c = true }", 0).unwrap();
        let json = read_json("{\"a\": {\"b\": [1, 2.5, \"x\"], \"d\": null, \"c\": true}}", 0).unwrap();
        fn bare(mut node: Node) -> Node {
            node.origin = Origin::default();
            match &mut node.value {
                Value::List(items) => items.iter_mut().for_each(|item| *item = bare(item.clone())),
                Value::Table(table) => table.entries.iter_mut().for_each(|entry| {
                    entry.key_origin = Origin::default();
                    entry.node = bare(entry.node.clone());
                }),
                _ => {}
            }
            node
        }
        assert_eq!(bare(toml), bare(json));
    }

    #[test]
    fn mistakes_are_placed() {
        assert_eq!(read_toml("a = 1\nb = \n", 0).unwrap_err().span.start, 10);
        let twice = read_toml("a = 1\na = 2\n", 0).unwrap_err();
        assert!(twice.message.contains("duplicate key"), "{}", twice.message);
        assert_eq!(read_json("{\n \"a\": x}", 0).unwrap_err().span.start, 8);
        assert!(read_toml("a = 99999999999999999999", 0).unwrap_err().message.contains("too large"));
    }

    #[test]
    fn depth_has_an_end() {
        for depth in [70, 100_000] {
            let text = format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth));
            assert!(read_toml(&text, 0).is_err());
            assert!(read_json(&text[4..], 0).is_err());
        }
        let inner = format!("a{} = 1", ".a".repeat(70));
        let twice = format!("{} = {{ {inner} }}", &inner[..inner.len() - 4]);
        assert!(read_toml(&twice, 0).unwrap_err().message.contains("deep"));
    }
}
