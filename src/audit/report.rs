//! What the audit found, in words.

use std::fmt;

use super::subject::Subject;
use crate::calendar::Calendar;
use crate::log::{LegRow, LogTime};

/// Findings that a check keeps; it counts the others.
const KEPT: usize = 100;

/// Something that cannot have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// In which replication.
    pub replication: u32,
    /// Whose: a leg, a need, an agent, a group.
    pub who: String,
    /// When.
    pub at: LogTime,
    /// The rule, as what had to be.
    pub expected: String,
    /// What the log says.
    pub found: String,
}

/// One rule over all rows that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule's name.
    pub name: &'static str,
    /// How many times the rule was put to the test.
    pub examined: u64,
    /// How many times it failed.
    pub failed: u64,
    /// The first hundred failures.
    pub findings: Vec<Finding>,
}

impl Check {
    /// Nothing examined yet.
    pub(super) fn new(name: &'static str) -> Check {
        Check { name, examined: 0, failed: 0, findings: Vec::new() }
    }

    /// Puts the rule to one test.
    pub(super) fn expect(&mut self, holds: bool, finding: impl FnOnce() -> Finding) {
        self.examined += 1;
        if !holds {
            self.fails(finding);
        }
    }

    /// Puts the rule to one test of a leg: (when, what had to be, what is).
    pub(super) fn expect_of(
        &mut self,
        leg: &LegRow,
        holds: bool,
        why: impl FnOnce() -> (LogTime, String, String),
    ) {
        self.expect(holds, || {
            let (at, expected, found) = why();
            leg.finding(at, expected, found)
        });
    }

    /// Takes over what another put to the test by the same rule.
    pub(super) fn add(&mut self, other: Check) {
        self.examined += other.examined;
        self.failed += other.failed;
        let room = KEPT - self.findings.len();
        self.findings.extend(other.findings.into_iter().take(room));
    }

    fn fails(&mut self, finding: impl FnOnce() -> Finding) {
        self.failed += 1;
        if self.findings.len() < KEPT {
            self.findings.push(finding());
        }
    }
}

/// `taxes/1344556/12, attempt 0, leg 1`
pub(super) fn leg_name(leg: &LegRow) -> String {
    format!("{}, attempt {}, leg {}", leg.need, leg.attempt, leg.leg)
}

/// All checks of an audit. Prints in words.
#[derive(Clone, Debug)]
pub struct Report {
    /// One a rule.
    pub checks: Vec<Check>,
    /// How many rows of legs were read.
    pub legs: usize,
    /// How many rows of agents were read.
    pub agents: usize,
    /// How many rows of needs were read.
    pub needs: usize,
    /// For the times.
    pub(super) calendar: Calendar,
}

impl Report {
    /// Whether nothing impossible happened.
    pub fn is_clean(&self) -> bool {
        self.failures() == 0
    }

    /// How many times a rule failed.
    pub fn failures(&self) -> u64 {
        self.checks.iter().map(|check| check.failed).sum()
    }

    /// The check of that name.
    pub fn check(&self, name: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    fn write_check(&self, f: &mut fmt::Formatter<'_>, check: &Check) -> fmt::Result {
        let Check { name, failed, examined, .. } = check;
        writeln!(f, "\n{name}: {} of {} examined", thousands(*failed), thousands(*examined))?;
        for finding in &check.findings {
            let Finding { replication, who, at, expected, found } = finding;
            let at = self.calendar.timestamp(at.0);
            writeln!(f, "  replication {replication}, {who}, at {at}: expected {expected}; found {found}")?;
        }
        let unlisted = failed - check.findings.len() as u64;
        if unlisted > 0 { writeln!(f, "  and {} more", thousands(unlisted)) } else { Ok(()) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (checks, legs) = (self.checks.len(), thousands(self.legs as u64));
        write!(f, "{checks} checks over {legs} legs: ")?;
        if self.is_clean() {
            return f.write_str("nothing impossible");
        }
        writeln!(f, "{} things that cannot be", thousands(self.failures()))?;
        self.checks.iter().filter(|check| check.failed > 0).try_for_each(|check| self.write_check(f, check))
    }
}

/// `7,012`
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas() {
        assert_eq!([0, 999, 7012, 1_734_872].map(thousands), ["0", "999", "7,012", "1,734,872"]);
    }

    #[test]
    fn a_check_keeps_a_hundred_findings_and_counts_the_rest() {
        let mut check = Check::new("hours");
        for second in 0..103 {
            let at = LogTime(second * 1_000_000);
            check.expect(second == 0, || Finding {
                replication: 0,
                who: "a/0/0".into(),
                at,
                expected: "an open queue".into(),
                found: "a closed one".into(),
            });
        }
        let report =
            Report { checks: vec![check], legs: 103, agents: 0, needs: 0, calendar: Calendar::utc() };
        let text = report.to_string();
        assert!(text.starts_with(
            "1 checks over 103 legs: 102 things that cannot be\n\nhours: 102 of 103 examined\n"
        ));
        assert!(text.contains(
            "  replication 0, a/0/0, at 1970-01-01T00:00:01.000000+00:00: expected an open queue; found a closed one\n"
        ));
        assert!(text.ends_with("and 2 more\n"));
    }
}
