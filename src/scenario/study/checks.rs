//! What a study must make sense of before its base is looked at.

use super::document::{Decided, DesignKind, Factor, StudyDocument, Until};
use super::factor::{KINDS, kinds_given, paths};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{join, join_index};

/// What a scenario says that a study decides.
const DECIDED_HERE: [&str; 2] = ["scenario.seed", "scenario.name"];
/// A study has no more scenarios.
pub const MOST_SCENARIOS: u64 = 1_000_000;

/// All that is wrong with the document by itself.
pub(super) fn check(document: &StudyDocument) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if document.factors.is_empty() {
        found.push(Diagnostic::new(
            Code::STUDY_EMPTY,
            "factors",
            "the study has no factor, so there is nothing to vary",
        ));
    }
    for (name, factor) in document.factors.iter() {
        found.extend(check_factor(&join("factors", name), factor));
    }
    found.extend(check_design(document));
    found.extend(document.study.until.as_ref().into_iter().flat_map(check_until));
    if document.study.until.is_some() && document.study.replications.is_some() {
        let message = "`replications` are fixed, and `until` says that they are not";
        found.push(design(
            "study.replications",
            message,
            "leave one of them out; until.at_most is the most of a scenario",
        ));
    }
    if document.study.replications.is_some_and(|count| !(1..=100_000).contains(&count)) {
        found.push(design(
            "study.replications",
            "replications are from 1 to 100000",
            "give a number within that",
        ));
    }
    found
}

fn design(path: &str, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::STUDY_DESIGN, path, message).with_help(help)
}

fn check_factor(path: &str, factor: &Factor) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match kinds_given(factor).as_slice() {
        [] => found.push(
            Diagnostic::new(Code::FACTOR_KIND, path, "the factor takes no values")
                .with_help(format!("give one of {}", KINDS.join(", "))),
        ),
        [_] => {}
        several => found.push(Diagnostic::new(
            Code::FACTOR_KIND,
            path,
            format!("the factor gives {}, of which one is to stand", several.join(" and ")),
        )),
    }
    found.extend(check_paths(path, factor));
    found.extend(check_numbers(path, factor));
    found
}

fn check_paths(path: &str, factor: &Factor) -> Vec<Diagnostic> {
    let given = paths(factor);
    let mut found = Vec::new();
    match (given.is_empty(), factor.overlays.is_empty()) {
        (true, true) => {
            let message = "the factor has no path";
            found.push(
                Diagnostic::new(Code::FACTOR_NOWHERE, path, message)
                    .with_help("add path = \"agent_groups.t1.staffing.heads\", or overlays"),
            );
        }
        (false, false) => {
            let message = "overlays say themselves what they change, so a path has no meaning beside them";
            found.push(Diagnostic::new(Code::FACTOR_KIND, format!("{path}.path"), message));
        }
        _ => {}
    }
    for written in given.iter().filter(|written| DECIDED_HERE.contains(&written.as_str())) {
        let message = format!("\"{written}\" is decided by the study");
        found.push(Diagnostic::new(Code::FACTOR_REFUSED, format!("{path}.path"), message));
    }
    found
}

fn check_numbers(path: &str, factor: &Factor) -> Vec<Diagnostic> {
    let wrong = |path: String, message: &str| Diagnostic::new(Code::FACTOR_TYPE, path, message);
    let mut found = Vec::new();
    for (index, _) in factor.times.iter().enumerate().filter(|(_, times)| **times < 0.0) {
        found.push(wrong(join_index(&format!("{path}.times"), index), "a multiplier is not negative"));
    }
    for (key, ends) in [("range", factor.range), ("times_range", factor.times_range)] {
        let Some([low, high]) = ends else { continue };
        if low >= high {
            found.push(wrong(format!("{path}.{key}"), "a range goes from its smaller end to its larger one"));
        }
        if key == "times_range" && low < 0.0 {
            found.push(wrong(format!("{path}.{key}"), "a multiplier is not negative"));
        }
    }
    match (factor.steps, factor.range.or(factor.times_range)) {
        (Some(_), None) => found.push(wrong(format!("{path}.steps"), "steps cut a range, and there is none")),
        (Some(0 | 1), _) => {
            found.push(wrong(format!("{path}.steps"), "a range has at least 2 steps, its ends"))
        }
        (Some(10_001..), _) => found.push(wrong(format!("{path}.steps"), "a range has at most 10000 steps")),
        _ => {}
    }
    found
}

fn check_design(document: &StudyDocument) -> Vec<Diagnostic> {
    let (study, mut found) = (&document.study, Vec::new());
    match (study.design, study.samples) {
        (DesignKind::LatinHypercube, None) => {
            found.push(design(
                "study.samples",
                "a Latin hypercube has a number of samples",
                "add samples = 100",
            ));
        }
        (DesignKind::LatinHypercube, Some(samples)) if !(2..=MOST_SCENARIOS as u32).contains(&samples) => {
            found.push(design("study.samples", "samples are from 2 to 1000000", "give a number within that"));
        }
        (DesignKind::LatinHypercube, Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            let help = "write design = \"latin_hypercube\", or leave them out";
            found.push(design("study.samples", "only a Latin hypercube has samples", help));
        }
    }
    match (study.design, document.scenarios.is_empty()) {
        (DesignKind::List, true) => {
            let message = "the design is a list and lists nothing";
            let found_empty = Diagnostic::new(Code::STUDY_EMPTY, "study.design", message);
            found.push(
                found_empty
                    .with_help("add [[scenarios]] with a value for each factor that differs from the base"),
            );
        }
        (DesignKind::List, false) | (_, true) => {}
        (_, false) => {
            let help = "write design = \"list\", or leave them out";
            found.push(design("scenarios", "only the design \"list\" has scenarios one by one", help));
        }
    }
    found
}

fn check_until(until: &Until) -> Vec<Diagnostic> {
    let wrong = |key: &str, message: &str, help: &str| {
        Diagnostic::new(Code::STUDY_UNTIL, format!("study.until.{key}"), message).with_help(help)
    };
    let mut found = Vec::new();
    if !(until.confidence > 0.5 && until.confidence < 1.0) {
        found.push(wrong("confidence", "a confidence lies between 0.5 and 1", "write 0.95"));
    }
    if until.first < 5 {
        found.push(wrong(
            "first",
            "a variance is not known from fewer than 5 replications",
            "write first = 10",
        ));
    }
    if until.at_most < until.first || until.at_most > 100_000 {
        let help = "let it be at least `first` and at most 100000";
        found.push(wrong("at_most", "the most replications of a scenario are fewer than the first", help));
    }
    match (until.decided, until.worth) {
        (Decided::Best, None) => {
            let help = "give the smallest difference that matters, in the measure's unit: worth = 0.01 is a point of a service level";
            found.push(wrong(
                "worth",
                "which is best is decided only up to a difference that does not matter",
                help,
            ));
        }
        (_, Some(worth)) if worth.is_nan() || worth <= 0.0 => {
            found.push(wrong("worth", "a difference that matters is above 0", "write worth = 0.01"));
        }
        _ => {}
    }
    if until.decided == Decided::Targets && (until.measure.is_some() || until.worth.is_some()) {
        found.push(wrong(
            "decided",
            "targets have their own measure and promise",
            "leave `measure` and `worth` out",
        ));
    }
    found
}
