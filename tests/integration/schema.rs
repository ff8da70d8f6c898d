//! The schema says what the reader accepts: every shipped scenario passes it, and what the reader refuses does not.

use std::path::PathBuf;

use centralino::scenario::{SchemaOf, load, schema};
use jsonschema::Validator;
use serde_json::{Value, json};

use super::scenarios::shipped;

/// A TOML document as JSON: dates become texts, as the reader takes them.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, as_json(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Datetime(time) => time.to_string().into(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn parsed(text: &str) -> Value {
    as_json(toml::Value::Table(text.parse().unwrap()))
}

fn validator(of: SchemaOf) -> Validator {
    jsonschema::validator_for(&schema(of)).unwrap()
}

fn complaints(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_is_one() {
    for of in [SchemaOf::Scenario, SchemaOf::Overlay] {
        assert!(jsonschema::meta::is_valid(&schema(of)), "{of:?}");
    }
}

#[test]
fn every_shipped_scenario_passes_as_written_and_as_resolved() {
    let (validator, overlay) = (validator(SchemaOf::Scenario), validator(SchemaOf::Overlay));
    for path in shipped() {
        let written = parsed(&std::fs::read_to_string(&path).unwrap());
        let its_own = if written.get("extends").is_some() { &overlay } else { &validator };
        assert_eq!(complaints(its_own, &written), [] as [String; 0], "{}", path.display());
        let resolved = load(&path, &[]).unwrap().scenario.canonical_json();
        let resolved: Value = serde_json::from_str(&resolved).unwrap();
        assert_eq!(complaints(&validator, &resolved), [] as [String; 0], "{}, resolved", path.display());
    }
}

const SMALL: &str = include_str!("command_line/small.toml");

/// `path` of the small scenario with this value, for the schema and for the reader.
fn with(pointer: &str, value: Value) -> (Value, PathBuf, tempfile::TempDir) {
    let mut document = parsed(SMALL);
    let (table, key) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(table).unwrap().as_object_mut().unwrap().insert(key.into(), value);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("changed.json");
    std::fs::write(&file, document.to_string()).unwrap();
    (document, file, folder)
}

/// Whether schema and reader accept a change, which they agree on.
#[track_caller]
fn accepted(validator: &Validator, pointer: &str, value: Value) -> bool {
    let (document, file, _folder) = with(pointer, value.clone());
    let (by_schema, by_reader) = (validator.is_valid(&document), load(&file, &[]).is_ok());
    assert_eq!(by_schema, by_reader, "{pointer} = {value}: schema, reader");
    by_schema
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let validator = validator(SchemaOf::Scenario);
    for (pointer, value) in [
        ("/scenario/nmae", json!("x")),
        ("/queue", json!({})),
        ("/agent_groups/front/staffing/head", json!(3)),
        ("/scenario/name", json!(3)),
        ("/scenario/days", json!("seven")),
        ("/scenario/start", json!("16.6.2008")),
        ("/scenario/run_in", json!(60)),
        ("/scenario/run_in", json!("60")),
        ("/scenario/run_in", json!("")),
        ("/scenario/run_in", json!("1m1h")),
        ("/scenario/run_in", json!("-1m")),
        ("/scenario/run_in", json!("1.2.3s")),
        ("/agent_groups/front/take", json!("shortest_wait")),
        ("/agent_groups/front/staffing/heads", json!(-1)),
        ("/agent_groups/front/staffing/heads", json!(2.5)),
        ("/agent_groups/front/staffing/heads", json!({ "25:00": 3 })),
        ("/agent_groups/front/staffing/heads", json!({ "08:00": "many" })),
        ("/agent_groups/front/serves", json!("registry")),
        ("/contact_types/registry/service_time", json!(180)),
        ("/contact_types/registry/service_time", json!("3 minutes")),
        ("/contact_types/registry/service_time", json!({ "normal": "3m" })),
        ("/contact_types/registry/service_time", json!({ "exponential": "3m", "constant": "3m" })),
        ("/contact_types/registry/service_time", json!({ "times": 2 })),
        ("/contact_types/registry/service_time", json!({ "lognormal": { "mean": "3m" } })),
        ("/contact_types/taxes/outcome/tier1", json!({ "escalate": true })),
        ("/routing/registry/when", json!({ "type": 3 })),
        ("/queues/registry/expected_wait", json!("queue_over_rate")),
        ("/queues/registry/expected_wait", json!({ "queue_over_rate": { "patience": "3m" } })),
        ("/queues/registry/expected_wait", json!({ "queue_over_rate": { "handle_time": "3m", "heads": 3 } })),
        ("/agent_groups/front/service_time", json!({ "registry": 1.2 })),
        ("/start_state", json!({ "waiting": { "taxes": { "count": 3 } } })),
        ("/start_state", json!({ "waiting": { "taxes": { "count": 3, "waited": 60 } } })),
        ("/start_state", json!({ "waiting": { "taxes": { "count": -3, "waited": "1m" } } })),
        ("/start_state", json!({ "booked": {} })),
        ("/start_state", json!({ "bookings": { "card": { "count": 3 } } })),
        ("/start_state", json!({ "bookings": { "card": { "count": 3, "ahead": "2d", "age": "1d" } } })),
    ] {
        assert!(!accepted(&validator, pointer, value.clone()), "{pointer} = {value}");
    }
}

#[test]
fn every_way_to_write_a_value_passes() {
    let validator = validator(SchemaOf::Scenario);
    for (pointer, value) in [
        ("/scenario/run_in", json!("1h 30m")),
        ("/scenario/run_in", json!(" 1.5h ")),
        ("/scenario/run_in", json!("90 s")),
        ("/scenario/run_in", json!("0s")),
        ("/agent_groups/front/answer_delay", json!("250ms")),
        ("/agent_groups/front/answer_delay", json!("1s5ms")),
        ("/agent_groups/front/staffing/heads", json!(7)),
        ("/agent_groups/front/staffing/heads", json!(vec![7; 24])),
        ("/agent_groups/front/staffing/heads", json!({ "0:00": 7, "08:30": 9, "23:59:59": 0 })),
        ("/contact_types/registry/service_time", json!("3m")),
        ("/contact_types/registry/service_time", json!({ "constant": "3m", "times": 1.5 })),
        ("/contact_types/registry/service_time", json!({ "gamma": { "mean": "3m", "sd": "2m" } })),
        ("/contact_types/registry/service_time", json!({ "empirical": ["3m", "4m"] })),
        (
            "/contact_types/registry/service_time",
            json!({ "mixture": [{ "share": 0.5, "of": "3m" }, { "share": 0.5, "of": { "exponential": "1m" } }] }),
        ),
        ("/calendar/holidays", json!(["2008-06-16"])),
        ("/start_state", json!({})),
        ("/start_state", json!({ "waiting": { "taxes": { "count": 3, "waited": "1m" } } })),
        ("/start_state", json!({ "bookings": { "card": { "count": 3, "ahead": { "exponential": "2d" } } } })),
        (
            "/start_state",
            json!({ "waiting": { "some": { "type": "taxes", "count": 3, "waited": "1m", "recognised": true } } }),
        ),
        ("/queues/registry/expected_wait", json!("head_of_line")),
        ("/queues/registry/expected_wait", json!({ "queue_over_rate": { "handle_time": "3m" } })),
        ("/agent_groups/front/service_time", json!({ "times": 1.1, "registry": { "times": 1.2 } })),
        ("/routing/registry/when", json!({ "type": ["registry", "taxes"] })),
        ("/arrivals/taxes/day", json!(vec![1.5; 24])),
    ] {
        assert!(accepted(&validator, pointer, value.clone()), "{pointer} = {value}");
    }
}

#[test]
fn an_overlay_is_checked_as_one() {
    let (whole, overlay) = (validator(SchemaOf::Scenario), validator(SchemaOf::Overlay));
    let document = parsed(
        "extends = \"base.toml\"\nremove = [\"queues.old\"]\n\
         [agent_groups.front]\nstaffing.heads = 5\n[contact_types.taxes]\nservice_time = { times = 1.1 }",
    );
    assert!(!whole.is_valid(&document));
    assert_eq!(complaints(&overlay, &document), [] as [String; 0]);
    assert!(!overlay.is_valid(&parsed("[agent_groups.front]\nstaffing.heads = 5")));
    assert!(!overlay.is_valid(&parsed("extends = \"base.toml\"\n[agent_groups.front]\nstaffing.head = 5")));
}
