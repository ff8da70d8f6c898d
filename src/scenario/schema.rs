//! The scenario as JSON Schema (draft 2020-12), generated from the types of the document.
//!
//! Says what a single file may hold: keys, types, words. What names mean together, and most ranges, only `check` knows. Types that are
//! read by hand say here what their reader accepts.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::canonical::drop_nulls;
use super::document::Scenario;
use super::events::EventDay;
use super::ordered::Ordered;
use super::study::StudyDocument;
use super::units::{Clock, DateText, Span};

/// Of which kind of file a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// A file that is a whole scenario.
    Scenario,
    /// A file that extends others: it names them, and nothing else in it must be there.
    Overlay,
    /// A file that designs a set of scenarios around a base.
    Study,
}

/// The JSON Schema of a kind of file.
pub fn schema(of: SchemaOf) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = match of {
        SchemaOf::Study => generator.into_root_schema_for::<StudyDocument>(),
        SchemaOf::Scenario | SchemaOf::Overlay => generator.into_root_schema_for::<Scenario>(),
    }
    .to_value();
    tidy(&mut schema);
    if of == SchemaOf::Overlay {
        without_required(&mut schema);
    }
    if let Value::Object(root) = &mut schema {
        root.insert("title".into(), title(of).into());
        if of == SchemaOf::Overlay {
            root.insert("required".into(), json!(["extends"]));
            add_extends(root);
        }
    }
    schema
}

fn title(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Scenario => "A centralino scenario",
        SchemaOf::Overlay => "An overlay of a centralino scenario",
        SchemaOf::Study => "A study of centralino scenarios",
    }
}

/// What only an overlay may hold: what it extends, what it removes, a factor on a distribution of the base.
fn add_extends(root: &mut Map<String, Value>) {
    let extends = json!({ "description": "The file that this one changes, beside it.", "type": "string" });
    let remove = json!({
        "description": "Dotted paths of what goes from that file.", "type": "array", "items": { "type": "string" },
    });
    if let Some(Value::Object(properties)) = root.get_mut("properties") {
        properties.insert("extends".into(), extends);
        properties.insert("remove".into(), remove);
    }
    let alone = json!({
        "description": "Stretches the distribution that stands there.", "type": "object",
        "properties": { "times": times() }, "required": ["times"], "additionalProperties": false,
    });
    let options =
        root.get_mut("$defs").and_then(|all| all.get_mut("Distribution")?.get_mut("oneOf")?.as_array_mut());
    options.into_iter().for_each(|options| options.push(alone.clone()));
}

/// Takes out what a file cannot hold (null is a key left out), turns formats into the bounds that they stand for, and lets descriptions run on
/// within a paragraph.
fn tidy(node: &mut Value) {
    match node {
        Value::Object(members) => tidy_object(members),
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn tidy_object(members: &mut Map<String, Value>) {
    members.values_mut().for_each(tidy);
    members.retain(|key, value| !(key == "default" && value.is_null()));
    if let Some(default) = members.get_mut("default") {
        drop_nulls(default);
    }
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            let one = one.clone();
            members.insert("type".into(), one);
        }
    }
    only_without_null(members);
    if let Some(bound) = members.get("format").and_then(largest) {
        members.insert("maximum".into(), bound.into());
    }
    if members.get("type").is_some_and(|kind| kind == "integer" || kind == "number") {
        members.remove("format");
    }
    if let Some(Value::String(text)) = members.get_mut("description") {
        *text =
            text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n");
    }
}

/// `anyOf: [X, null]` is X.
fn only_without_null(members: &mut Map<String, Value>) {
    let Some(Value::Array(options)) = members.get_mut("anyOf") else { return };
    options.retain(|option| option.get("type").is_none_or(|kind| kind != "null"));
    if options.len() == 1
        && let Some(Value::Object(only)) = options.pop()
    {
        members.remove("anyOf");
        members.extend(only);
    }
}

/// The largest number of a format, where the format is what bounds it.
fn largest(format: &Value) -> Option<i64> {
    match format.as_str()? {
        "uint32" => Some(u32::MAX.into()),
        "int32" => Some(i32::MAX.into()),
        _ => None,
    }
}

fn without_required(node: &mut Value) {
    match node {
        Value::Object(members) => {
            // A distribution is whole wherever it stands: its family is what tells the options apart.
            if members.get("properties").is_none_or(|keys| keys.get("times").is_none()) {
                members.retain(|key, value| key != "required" || !value.is_array());
            }
            members.values_mut().for_each(without_required);
        }
        Value::Array(items) => items.iter_mut().for_each(without_required),
        _ => {}
    }
}

/// What the reader of distributions accepts, from the schema of its families: `times` beside each, and a bare duration.
pub(super) fn distribution_as_written(schema: &mut Schema) {
    let Some(Value::Array(mut options)) = schema.remove("oneOf") else { return };
    let bare = options.iter().find_map(|option| option.pointer("/properties/constant")).cloned();
    for properties in options.iter_mut().filter_map(|option| option.get_mut("properties")?.as_object_mut()) {
        properties.insert("times".into(), times());
    }
    options.splice(0..0, bare);
    schema.insert("oneOf".into(), options.into());
}

fn times() -> Value {
    json!({ "description": "Multiplies every value.", "type": "number" })
}

/// A number and its unit, with or without spaces after each.
fn number_with(unit: &str) -> String {
    format!(r"(([0-9]+\.?[0-9]*|\.[0-9]+)\s*{unit}\s*)?")
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let parts: String = ["d", "h", "m", "s", "ms"].map(number_with).concat();
        json_schema!({
            "description": "A duration: numbers with units, larger units first, such as \"4m30s\", \"90s\", \"1.5h\".",
            "type": "string",
            "pattern": format!(r"^\s*(?=[0-9.]){parts}$"),
        })
    }
}

impl JsonSchema for Clock {
    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A time of day from \"00:00\" to \"24:00\".",
            "type": "string",
            "pattern": "^(([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9])?|24:0?0(:0?0)?)$",
        })
    }
}

impl JsonSchema for DateText {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date such as \"2008-06-16\".",
            "type": "string",
            "pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        })
    }
}

impl JsonSchema for EventDay {
    fn schema_name() -> Cow<'static, str> {
        "EventDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date such as \"2008-06-16\", or month and day for every year, such as \"06-16\".",
            "type": "string",
            "pattern": "^((19|20|21)[0-9]{2}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        })
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Ordered_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'s>(schema: &'s Value, pointer: &str) -> &'s Value {
        schema.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
    }

    #[test]
    fn sections_say_what_they_are_and_refuse_unknown_keys() {
        let schema = schema(SchemaOf::Scenario);
        assert_eq!(at(&schema, "/required"), &json!(["scenario"]));
        assert_eq!(at(&schema, "/additionalProperties"), &json!(false));
        let header = at(&schema, "/$defs/Header");
        assert_eq!(at(header, "/required"), &json!(["name", "start"]));
        assert_eq!(at(header, "/properties/period/default"), "15m");
        assert_eq!(at(header, "/properties/days/description"), "How many local days are counted.");
        assert_eq!(at(header, "/properties/days/maximum"), &json!(u32::MAX));
    }

    /// Whatever is a table of fixed keys refuses others; nothing may be null; nothing bears a Rust format.
    #[test]
    fn every_object_is_closed_and_nothing_is_null() {
        fn look(node: &Value, path: &str) {
            if let Value::Object(members) = node {
                if members.get("properties").is_some_and(|keys| keys.get("type").is_none_or(Value::is_object))
                    && members.get("type").is_some_and(|kind| kind == "object")
                {
                    // Beside fixed keys there may be names, whose values are of one kind.
                    let others = members.get("additionalProperties");
                    let closed = others.is_some_and(|of| *of == json!(false) || of.get("$ref").is_some());
                    assert!(closed, "{path}: {others:?}");
                }
                assert!(!members.contains_key("format"), "{path}");
                members.iter().for_each(|(key, value)| look(value, &format!("{path}/{key}")));
            }
            assert!(node != "null" && !node.is_null(), "{path}");
            node.as_array().into_iter().flatten().for_each(|item| look(item, path));
        }
        look(&schema(SchemaOf::Scenario), "");
        look(&schema(SchemaOf::Overlay), "");
    }

    #[test]
    fn a_distribution_is_a_duration_or_one_family_with_a_factor_beside() {
        let schema = schema(SchemaOf::Scenario);
        let options = at(&schema, "/$defs/Distribution/oneOf").as_array().unwrap();
        assert_eq!(options[0], json!({ "$ref": "#/$defs/Duration" }));
        let families: Vec<&str> =
            options[1..].iter().map(|option| at(option, "/required/0").as_str().unwrap()).collect();
        assert_eq!(families, super::super::distribution::FAMILIES);
        assert!(options[1..].iter().all(|option| at(option, "/properties/times/type") == "number"));
    }

    #[test]
    fn an_overlay_must_name_what_it_extends_and_nothing_else() {
        let schema = schema(SchemaOf::Overlay);
        assert_eq!(at(&schema, "/required"), &json!(["extends"]));
        assert!(at(&schema, "/$defs/AgentGroup").get("required").is_none());
        let options = at(&schema, "/$defs/Distribution/oneOf").as_array().unwrap();
        assert_eq!(at(options.last().unwrap(), "/required"), &json!(["times"]));
    }
}
