//! Of what something is found that cannot be: the rows of the logs, by what people call them.

use super::report::{Finding, leg_name};
use super::run::Run;
use crate::log::{AgentRow, CaseRow, DialRow, LegRow, LogTime, NeedRow, VisitRow, WebRow};

/// Something of a replication that findings name.
pub(super) trait Subject {
    /// The replication, and what findings call it.
    fn subject(&self) -> (u32, String);

    /// Something of it that cannot be: when, what had to be, what is.
    fn finding(&self, at: LogTime, expected: impl ToString, found: impl ToString) -> Finding {
        let (replication, who) = self.subject();
        Finding { replication, who, at, expected: expected.to_string(), found: found.to_string() }
    }
}

impl Run<'_> {
    /// Something that cannot be, of whoever is no row: when, what had to be, what is.
    pub(super) fn finding(
        &self,
        who: impl ToString,
        at: LogTime,
        expected: impl ToString,
        found: impl ToString,
    ) -> Finding {
        let (who, expected, found) = (who.to_string(), expected.to_string(), found.to_string());
        Finding { replication: self.replication, who, at, expected, found }
    }
}

impl Subject for LegRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, leg_name(self))
    }
}

impl Subject for AgentRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, self.agent.to_string())
    }
}

impl Subject for NeedRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, self.need.to_string())
    }
}

impl Subject for WebRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, self.need.to_string())
    }
}

impl Subject for CaseRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, format!("case of {}", self.need))
    }
}

impl Subject for VisitRow {
    fn subject(&self) -> (u32, String) {
        (self.replication, format!("visit of {}", self.need))
    }
}

/// `reminders, 2008-06-16/12, attempt 0`
impl Subject for DialRow {
    fn subject(&self) -> (u32, String) {
        let DialRow { campaign, person, attempt, .. } = self;
        (self.replication, format!("{campaign}, {person}, attempt {attempt}"))
    }
}
