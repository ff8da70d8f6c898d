//! `schema` and `completions`: what other programs need to help with ours.

use super::Desk;

#[test]
fn the_schema_is_printed_whole_and_for_overlays() {
    let desk = Desk::new();
    let schema = |line: &str| -> serde_json::Value { serde_json::from_str(&desk.done(line).out).unwrap() };
    let (whole, overlay) = (schema("schema"), schema("schema --overlay"));
    assert_eq!(whole["required"], serde_json::json!(["scenario"]));
    assert_eq!(overlay["required"], serde_json::json!(["extends"]));
    assert_eq!(whole, centralino::scenario::schema(centralino::scenario::SchemaOf::Scenario));
}

#[test]
fn each_shell_gets_completions_that_know_the_commands() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = desk.done(&format!("completions {shell}")).out;
        for word in ["simulate", "check", "erlang", "schema", "occupancy-at-most"] {
            assert!(script.contains(word), "{shell} knows nothing of {word}");
        }
    }
    assert_eq!(desk.run("completions tcsh").code, 2);
}
