//! Which contact types are about the same topic.

use std::collections::BTreeSet;

use super::findings::{Findings, path};
use crate::diagnostic::{Code, did_you_mean};
use crate::model::Topics;
use crate::scenario::Scenario;

/// The topics; none where no contact type names one. A type that names none is a topic of its own.
pub(super) fn topics(scenario: &Scenario, findings: &mut Findings) -> Topics {
    let types = &scenario.contact_types;
    if types.values().all(|of| of.topic.is_none()) {
        return Topics::default();
    }
    for (name, topic) in types.iter().filter_map(|(name, of)| Some((name, of.topic.as_ref()?))) {
        if topic.trim().is_empty() {
            let message = "a topic without a name".to_string();
            findings.add(
                Code::NAMELESS_TOPIC,
                path(&["contact_types", name, "topic"]),
                message,
                "name it, or take it out",
            );
        }
    }
    let of = types.iter().map(|(name, of)| of.topic.as_ref().unwrap_or(name));
    let names: Vec<String> = of.clone().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let place = |topic: &String| names.partition_point(|name| name < topic) as u16;
    Topics { of_type: of.map(place).collect(), names }
}

/// Warns of topics of a single contact type that are named almost like another one.
pub(super) fn check_alike(scenario: &Scenario, findings: &mut Findings) {
    let named = || scenario.contact_types.iter().filter_map(|(name, of)| Some((name, of.topic.as_deref()?)));
    for (name, topic) in named() {
        let is_alone = named().filter(|&(_, other)| other == topic).count() == 1;
        let others = named().map(|(_, other)| other).filter(|&other| other != topic);
        if let (true, Some(meant)) = (is_alone, did_you_mean(topic, others)) {
            let message = format!("\"{topic}\" is the topic of this type alone, and another is \"{meant}\"");
            findings.add(
                Code::LONELY_TOPIC,
                path(&["contact_types", name, "topic"]),
                message,
                format!("write \"{meant}\", if it is the same"),
            );
        }
    }
}
