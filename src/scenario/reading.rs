//! From tree to types: a serde deserializer that knows the path of whatever it refuses.
//!
//! It stops at the first trouble; `repair` makes it go on.

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::tree::{Entry, Node, Segment, Table, Value};

/// What was refused, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What is wrong there.
    pub trouble: Trouble,
    /// From the innermost step outwards.
    backwards: Vec<Segment>,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It is of another kind than expected.
    WrongType {
        /// What it is.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// A key that the table has no use for.
    UnknownKey {
        /// The key.
        key: String,
        /// Those that it knows.
        known: Vec<String>,
    },
    /// A word that is none of the allowed ones.
    UnknownWord {
        /// The word.
        word: String,
        /// Those allowed.
        known: Vec<String>,
    },
    /// A key that must be there.
    Missing {
        /// The key.
        key: String,
    },
    /// An override reaches into something that nobody declared.
    Undeclared {
        /// Its name.
        name: String,
        /// Those declared.
        known: Vec<String>,
    },
    /// What the type itself has to say.
    Said(String),
}

impl Refusal {
    fn new(trouble: Trouble) -> Refusal {
        Refusal { trouble, backwards: Vec::new() }
    }

    fn within(mut self, segment: Segment) -> Refusal {
        self.backwards.push(segment);
        self
    }

    /// The path from the root to the value that is meant.
    pub fn path(&self) -> Vec<Segment> {
        self.backwards.iter().rev().cloned().collect()
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.trouble)
    }
}

impl std::error::Error for Refusal {}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

impl de::Error for Refusal {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Refusal::new(Trouble::Said(message.to_string()))
    }

    fn invalid_type(found: de::Unexpected, expected: &dyn de::Expected) -> Self {
        Refusal::new(Trouble::WrongType { found: in_words(found), expected: plain(&expected.to_string()) })
    }

    fn invalid_value(found: de::Unexpected, expected: &dyn de::Expected) -> Self {
        de::Error::invalid_type(found, expected)
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Refusal::new(Trouble::UnknownWord { word: word.into(), known: owned(known) })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Refusal::new(Trouble::UnknownKey { key: key.into(), known: owned(known) })
    }

    fn missing_field(key: &'static str) -> Self {
        Refusal::new(Trouble::Missing { key: key.into() })
    }
}

fn in_words(found: de::Unexpected) -> String {
    match found {
        de::Unexpected::Bool(truth) => truth.to_string(),
        de::Unexpected::Unsigned(number) => number.to_string(),
        de::Unexpected::Signed(number) => number.to_string(),
        de::Unexpected::Float(number) => number.to_string(),
        de::Unexpected::Str(text) => format!("{text:?}"),
        de::Unexpected::Seq => "a list".into(),
        de::Unexpected::Map | de::Unexpected::StructVariant => "a table".into(),
        other => other.to_string(),
    }
}

/// serde's words for what it expects, in ours.
fn plain(expected: &str) -> String {
    match expected {
        "u8" => "a whole number from 0 to 255".into(),
        "u32" => "a whole number from 0 to 4294967295".into(),
        "u64" | "usize" => "a whole number, not negative".into(),
        "i32" | "i64" => "a whole number".into(),
        "f32" | "f64" => "a number".into(),
        "a boolean" => "true or false".into(),
        "a string" => "a text".into(),
        "a sequence" => "a list".into(),
        "a map" => "a table".into(),
        expected if expected.starts_with("struct ") => "a table".into(),
        expected if expected.starts_with("enum ") => "a word".into(),
        expected => expected.into(),
    }
}

/// Reads a value of type `T` from a tree.
///
/// # Errors
/// The first refusal.
pub fn read<'n, T: de::Deserialize<'n>>(root: &'n Node) -> Result<T, Refusal> {
    T::deserialize(Reader { node: root })
}

#[derive(Clone, Copy)]
struct Reader<'n> {
    node: &'n Node,
}

impl<'n> Reader<'n> {
    fn table_of_names(self, table: &'n Table) -> Result<(), Refusal> {
        let Some(reached) = table.entries.iter().find(|entry| entry.reached && !entry.node.is_absent())
        else {
            return Ok(());
        };
        let known =
            table.entries.iter().filter(|entry| !entry.reached).map(|entry| entry.key.clone()).collect();
        Err(Refusal::new(Trouble::Undeclared { name: reached.key.clone(), known }))
    }
}

impl<'n> Deserializer<'n> for Reader<'n> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) if number.is_finite() => visitor.visit_f64(*number),
            Value::Float(number) => Err(de::Error::custom(format!("{number} is no finite number"))),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::List(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            Value::Table(table) => visitor.visit_map(Entries { entries: table.entries.iter(), next: None }),
            Value::StandIn(candidate) => stand_in(*candidate, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'n>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'n>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match &self.node.value {
            Value::Text(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            _ => self.deserialize_any(visitor),
        }
    }

    /// A table and nothing else: serde would take a list of its values as well.
    fn deserialize_struct<V: Visitor<'n>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match &self.node.value {
            Value::List(_) | Value::StandIn(EMPTY_LIST) => {
                Err(de::Error::invalid_type(de::Unexpected::Seq, &visitor))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if let Value::Table(table) = &self.node.value {
            self.table_of_names(table)?;
        }
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'n>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct identifier ignored_any
    }
}

/// How many kinds of stand-in there are; number 0 is a value left out.
pub const STAND_INS: usize = 8;
/// The stand-in that is an empty list.
const EMPTY_LIST: usize = 6;
/// The stand-in that is an empty table.
pub const EMPTY_TABLE: usize = 7;

/// Something that a type of the document is likely to accept.
fn stand_in<'n, V: Visitor<'n>>(candidate: usize, visitor: V) -> Result<V::Value, Refusal> {
    match candidate {
        1 => visitor.visit_borrowed_str("1s"),
        2 => visitor.visit_borrowed_str("2000-01-01"),
        3 => visitor.visit_borrowed_str("00:00"),
        4 => visitor.visit_i64(1),
        5 => visitor.visit_bool(false),
        EMPTY_LIST => visitor.visit_seq(Items { items: [].iter().enumerate() }),
        EMPTY_TABLE => visitor.visit_map(Entries { entries: [].iter(), next: None }),
        _ => Err(de::Error::custom("nothing stands here")),
    }
}

impl Node {
    fn is_absent(&self) -> bool {
        self.value == Value::StandIn(0)
    }
}

struct Items<'n> {
    items: std::iter::Enumerate<std::slice::Iter<'n, Node>>,
}

impl<'n> SeqAccess<'n> for Items<'n> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Refusal> {
        let Some((index, node)) = self.items.find(|(_, node)| !node.is_absent()) else { return Ok(None) };
        seed.deserialize(Reader { node }).map(Some).map_err(|refusal| refusal.within(Segment::Index(index)))
    }
}

struct Entries<'n> {
    entries: std::slice::Iter<'n, Entry>,
    next: Option<&'n Entry>,
}

impl<'n> MapAccess<'n> for Entries<'n> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Refusal> {
        self.next = self.entries.find(|entry| !entry.node.is_absent());
        let Some(entry) = self.next else { return Ok(None) };
        let key: StrDeserializer<Refusal> = entry.key.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|refusal| match refusal.trouble {
            // The table is at fault, not the key's value.
            Trouble::UnknownKey { .. } => refusal,
            _ => refusal.within(Segment::Key(entry.key.clone())),
        })
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        let Some(entry) = self.next.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        let value = seed.deserialize(Reader { node: &entry.node });
        value.map_err(|refusal| refusal.within(Segment::Key(entry.key.clone())))
    }
}
