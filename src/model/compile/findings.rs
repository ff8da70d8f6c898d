//! Collecting what is wrong, and writing paths.

use std::ops::RangeInclusive;

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{Span, join};

/// Everything found so far, in the order of finding.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Takes a finding as it is.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// Takes a finding with its remedy.
    pub(super) fn add(
        &mut self,
        code: Code,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::new(code, path, message).with_help(help));
    }

    /// A duration in seconds, if it lies in `range`; otherwise a finding and the range's start.
    pub(super) fn duration_s(&mut self, path: &str, value: Span, range: RangeInclusive<f64>) -> f64 {
        if range.contains(&value.as_s()) {
            return value.as_s();
        }
        let (least, most) = range.into_inner();
        let help = format!("choose a duration from {} to {}", Span::from_s(least), Span::from_s(most));
        self.add(Code::OUT_OF_RANGE, path, format!("{value} is out of range"), help);
        least
    }

    /// `value` if it lies in `range`; otherwise a finding and the range's start.
    pub(super) fn number(&mut self, path: &str, value: f64, range: RangeInclusive<f64>) -> f64 {
        if range.contains(&value) {
            return value;
        }
        let (least, most) = (range.start(), range.end());
        let wanted = format!("choose a number from {least} to {most}");
        self.add(Code::OUT_OF_RANGE, path, format!("{value} is out of range"), wanted);
        *least
    }

    /// Whether anything found is an error.
    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// What was found.
    pub(super) fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// The dotted path of nested keys.
pub(super) fn path(keys: &[&str]) -> String {
    keys.iter().fold(String::new(), |path, key| join(&path, key))
}

/// A sum of shares as people would write it: to a millionth, without what binary fractions leave behind.
pub(super) fn written(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_dot_stands_in_quotes() {
        assert_eq!(path(&["queues", "a.b", "steps"]), "queues.\"a.b\".steps");
    }

    #[test]
    fn no_number_is_never_in_range() {
        let mut findings = Findings::default();
        assert_eq!(findings.number("x", f64::NAN, 0.0..=1.0), 0.0);
        assert_eq!(findings.number("x", 0.5, 0.0..=1.0), 0.5);
        assert!(findings.has_errors());
        assert_eq!(findings.into_vec().len(), 1);
    }
}
