//! What two scenarios differ in: only what changed is told.

use serde_json::Value;

use super::document::Scenario;

/// A value that differs between two scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands, as in `agent_groups.t1.staffing.heads`.
    pub path: String,
    /// What it is in the base, as JSON; `None` where it is absent.
    pub base: Option<String>,
    /// What it is in the variant.
    pub variant: Option<String>,
}

/// Names and descriptions say what a scenario is, and change nothing in it.
const SAYS_ONLY: [&str; 2] = ["scenario.name", "scenario.description"];

/// What a variant changes, in the order of the scenario. Lists are told as a whole; a long one by how many values it has.
pub fn changes(base: &Scenario, variant: &Scenario) -> Vec<Change> {
    let mut found = Vec::new();
    differences("", Some(&base.canonical()), Some(&variant.canonical()), &mut found);
    found.retain(|change| !SAYS_ONLY.contains(&change.path.as_str()));
    found
}

fn differences(path: &str, base: Option<&Value>, variant: Option<&Value>, found: &mut Vec<Change>) {
    match (base, variant) {
        (base, variant) if base == variant => {}
        (Some(Value::Object(base)), Some(Value::Object(variant))) => {
            let added = variant.keys().filter(|key| !base.contains_key(*key));
            for key in base.keys().chain(added) {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                differences(&inner, base.get(key), variant.get(key), found);
            }
        }
        (base, variant) => {
            found.push(Change { path: path.into(), base: base.map(text), variant: variant.map(text) })
        }
    }
}

/// So many characters of a value are shown as they are.
const LONG: usize = 60;

fn text(value: &Value) -> String {
    let whole = value.to_string();
    match value {
        Value::Array(items) if whole.len() > LONG => format!("{} values", items.len()),
        Value::Object(members) if whole.len() > LONG => {
            format!("a table of {}", members.keys().cloned().collect::<Vec<_>>().join(", "))
        }
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(base: &str, variant: &str) -> Vec<String> {
        let (base, variant): (Value, Value) =
            (serde_json::from_str(base).unwrap(), serde_json::from_str(variant).unwrap());
        let mut found = Vec::new();
        differences("", Some(&base), Some(&variant), &mut found);
        let word = |side: Option<String>| side.unwrap_or("nothing".into());
        found.into_iter().map(|c| format!("{}: {} to {}", c.path, word(c.base), word(c.variant))).collect()
    }

    #[test]
    fn only_what_changed_is_told_with_its_path() {
        let base = r#"{"a":{"heads":3,"tier":1},"b":[1,2]}"#;
        assert!(said(base, base).is_empty());
        assert_eq!(said(base, r#"{"a":{"heads":4,"tier":1},"b":[1,2]}"#), ["a.heads: 3 to 4"]);
        assert_eq!(said(base, r#"{"a":{"tier":1},"b":[1]}"#), ["a.heads: 3 to nothing", "b: [1,2] to [1]"]);
        assert_eq!(said("{}", r#"{"c":{"d":true}}"#), [r#"c: nothing to {"d":true}"#]);
    }

    #[test]
    fn a_long_list_is_told_by_its_length() {
        let list = |from: u32| serde_json::to_string(&(from..from + 96).collect::<Vec<_>>()).unwrap();
        let said = said(&format!("{{\"day\":{}}}", list(0)), &format!("{{\"day\":{}}}", list(1)));
        assert_eq!(said, ["day: 96 values to 96 values"]);
    }
}
