//! Offices and their cases as they are written: `[offices.NAME]` and `[case_types.NAME]`.
//!
//! What the names mean together is checked where the model is compiled.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer};
use serde::{Deserialize as DeriveDeserialize, Serialize, Serializer};

use super::distribution::Distribution;
use super::document::{Factor, Heads, Roster, Share, Staffing};
use super::ordered::Ordered;
use super::people::ShiftHeads;
use super::units::Span;

/// `[offices.NAME]`: people who work on cases, and take no contacts.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// When it works: `"Mon-Fri 08:30-15:30"`; absent: always.
    #[serde(default)]
    pub hours: Option<String>,
    /// How many people work on cases while it is open: a number, a list or times of day; absent: as `shifts` say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<Heads>,
    /// The same on other days: `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, or a date.
    #[serde(default)]
    pub staff_on: BTreeMap<String, Heads>,
    /// In place of `staff`: people by shift of `[shifts.NAME]`, with its breaks, on a working day or on every day for which nothing else is
    /// said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shifts: ShiftHeads,
    /// People by shift on other days: `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, or a date.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shifts_on: BTreeMap<String, ShiftHeads>,
    /// People by day and shift as a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<Roster>,
    /// Part of the people who are away, each drawn for each local day, or for each shift.
    #[serde(default)]
    pub absence: f64,
    /// Which case is taken up first.
    #[serde(default)]
    pub discipline: Discipline,
}

impl Office {
    /// Whether anybody of it ever works a shift.
    pub fn works_shift(&self, shift: &str) -> bool {
        let in_roster = match &self.roster {
            Some(Roster::Rows(rows)) => rows.iter().any(|row| row.shift == shift),
            Some(Roster::File(_)) | None => false,
        };
        in_roster
            || self.shifts.contains_key(shift)
            || self.shifts_on.values().any(|of| of.contains_key(shift))
    }

    /// Whether it is staffed by shifts.
    pub fn works_by_shifts(&self) -> bool {
        !self.shifts.is_empty() || !self.shifts_on.is_empty() || self.roster.is_some()
    }

    /// Its shifts as an agent group would say them.
    pub fn staffing_by_shifts(&self) -> Staffing {
        Staffing {
            shifts: self.shifts.clone(),
            shifts_on: self.shifts_on.clone(),
            roster: self.roster.clone(),
            ..Staffing::default()
        }
    }
}

/// Which of an office's cases is taken up first. Ties go to the one opened first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discipline {
    /// The one that is due first; those without a due time come last.
    #[default]
    DueDate,
    /// The one that was opened first.
    Oldest,
    /// The one of the largest priority, then the one that is due first.
    Priority,
}

/// `[case_types.NAME]`: what an office does for a citizen after the contact.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// Who works on it.
    pub office: String,
    /// With `discipline = "priority"`: larger goes first.
    #[serde(default)]
    pub priority: i32,
    /// How long it is worked on, pauses at closing not counted.
    pub work: Distribution,
    /// When it should be closed: `"5 working days"`, `"8 working hours"`, `"3d"`; absent: whenever.
    #[serde(default)]
    pub due: Option<Due>,
    /// Probability that work that is done was not right and is done again, each time it is done.
    #[serde(default)]
    pub rework: f64,
    /// Whether opening it meets the citizen's need; otherwise the need stays open until the case is closed.
    #[serde(default)]
    pub resolves: bool,
    /// How its citizen asks for news while it is open; absent: never.
    #[serde(default)]
    pub status_contacts: Option<StatusContacts>,
    /// Offices that work on it after its own.
    #[serde(default)]
    pub hand_over: BTreeMap<String, HandOver>,
    /// How often it is opened again after its closing; absent: never.
    #[serde(default)]
    pub reopening: Option<Reopening>,
    /// The message by which its citizen hears of its closing; absent: at once, and without a message.
    #[serde(default)]
    pub message: Option<ClosingMessage>,
}

impl CaseType {
    /// Calls `see` for each distribution with its path within the case type.
    pub(super) fn each_distribution(&mut self, see: &mut dyn FnMut(&str, &mut Distribution)) {
        see("work", &mut self.work);
        for (stage, of) in &mut self.hand_over {
            see(&format!("hand_over.{stage}.work"), &mut of.work);
        }
        if let Some(of) = &mut self.reopening {
            see("reopening.delay", &mut of.delay);
        }
        if let Some(of) = &mut self.message {
            see("message.delay", &mut of.delay);
            if let Some(of) = &mut of.calls_back {
                see("message.calls_back.delay", &mut of.delay);
            }
        }
    }
}

/// `case_types.NAME.hand_over.STAGE`: where a case goes on when the work of the office before is done.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Stages follow from the smallest.
    pub order: i64,
    /// Who works on it then.
    pub office: String,
    /// Part of the cases that go there; the others pass it by.
    #[serde(default = "all")]
    pub share: f64,
    /// How long it is worked on there.
    pub work: Distribution,
}

fn all() -> f64 {
    1.0
}

/// `case_types.NAME.reopening`: a closed case is opened again.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// Probability of it, each time the case is closed.
    pub probability: f64,
    /// How long after the closing.
    pub delay: Distribution,
    /// The contact type of the contact by which the citizen asks for it; absent: it is opened again without one.
    #[serde(default, rename = "type")]
    pub contact_type: Option<String>,
}

/// `case_types.NAME.message`: the citizen is told of the closing.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingMessage {
    /// How long after the closing it reaches the citizen, who asks for news until then; with `campaign`: comes on its list.
    pub delay: Distribution,
    /// The campaign that calls the citizen with the message; absent: it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Those who contact the center about it.
    #[serde(default)]
    pub calls_back: Option<CallsBack>,
}

/// `case_types.NAME.message.calls_back`: contacts about a closing message.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallsBack {
    /// Probability that a citizen does, each time a message comes.
    pub probability: f64,
    /// How long after the message.
    pub delay: Distribution,
    /// The contact type of such a contact; absent: that of the need.
    #[serde(default, rename = "type")]
    pub contact_type: Option<String>,
}

/// `case_types.NAME.status_contacts`: "any news?"
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusContacts {
    /// Contacts by day (of 24 hours) that the case is open.
    #[serde(default)]
    pub hazard_per_day_open: f64,
    /// As many more by day that it is late.
    #[serde(default)]
    pub hazard_per_day_late: f64,
    /// The contact type of such a contact; absent: that of the need.
    #[serde(default, rename = "type")]
    pub contact_type: Option<String>,
    /// What is different where the telephone system knows the caller, and with it the case.
    #[serde(default)]
    pub when_recognised: WhenRecognised,
}

/// `case_types.NAME.status_contacts.when_recognised`: the agent sees the case at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, DeriveDeserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhenRecognised {
    /// How much longer such a talk takes, beside all other factors.
    #[serde(default)]
    pub service_time: Factor,
}

/// `contact_types.NAME.case`: which case is opened where a talk ends with `case`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum CaseChoice {
    /// Always this type.
    One(String),
    /// Types in declared order: probabilities, and one `rest = "name"`.
    Shares(Ordered<Share>),
}

/// How long after its opening a case should be closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// At the office's last closing of so many working days after the day of opening.
    WorkingDays(u32),
    /// When the office has been open for so long since.
    WorkingTime(Span),
    /// So long after, open or not.
    After(Span),
}

impl FromStr for Due {
    type Err = String;

    fn from_str(text: &str) -> Result<Due, String> {
        let help = || {
            format!(
                "\"{text}\" is no due time: write \"5 working days\", \"8 working hours\" or a duration such as \"3d\""
            )
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            [number, "working", "day" | "days"] => number.parse().map(Due::WorkingDays).map_err(|_| help()),
            [number, "working", "hour" | "hours"] => {
                format!("{number}h").parse().map(Due::WorkingTime).map_err(|_| help())
            }
            [number, "day" | "days"] => format!("{number}d").parse().map(Due::After).map_err(|_| help()),
            [number, "hour" | "hours"] => format!("{number}h").parse().map(Due::After).map_err(|_| help()),
            _ => text.parse().map(Due::After).map_err(|_| help()),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::WorkingDays(days) => write!(f, "{days} working days"),
            Due::WorkingTime(time) => write!(f, "{} working hours", time.as_s() / 3600.0),
            Due::After(time) => write!(f, "{time}"),
        }
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Due {
    fn schema_name() -> Cow<'static, str> {
        "Due".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "\"5 working days\", \"8 working hours\", \"3 days\", or a duration such as \"36h\".",
            "type": "string",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_time_reads_in_working_days_working_hours_and_plain_time() {
        let due = |text: &str| text.parse::<Due>();
        assert_eq!(due("5 working days"), Ok(Due::WorkingDays(5)));
        assert_eq!(due("1 working day"), Ok(Due::WorkingDays(1)));
        assert_eq!(due("8 working hours"), Ok(Due::WorkingTime(Span::from_s(28_800.0))));
        assert_eq!(due("3 days"), due("72h"));
        for text in ["", "soon", "-1 working days", "1.5 working days", "3 working weeks", "5"] {
            assert!(due(text).is_err(), "{text}");
        }
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        for text in ["5 working days", "7.5 working hours", "1d12h"] {
            assert_eq!(text.parse::<Due>().unwrap().to_string(), text);
        }
    }
}
