//! `arrivals.NAME.replay`: contacts of a log that come again, and how the log of legs is read for them.
//!
//! Only the columns that say who called when, for what; what became of the contacts is for the run to find out.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::csv_table::{CsvRow, CsvTable, Found};

/// `arrivals.NAME.replay`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// A log of legs beside the scenario, as `simulate --log` writes it; loading replaces it by `contacts`.
    #[serde(default)]
    pub file: Option<String>,
    /// Which replication of the log; absent: its first.
    #[serde(default)]
    pub replication: Option<u32>,
    /// What becomes of the retrials and repeat contacts that were logged.
    #[serde(default)]
    pub retrials: LoggedRetrials,
    /// What the file held.
    #[serde(default)]
    pub contacts: Vec<LoggedContact>,
}

/// What becomes of logged retrials and repeat contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoggedRetrials {
    /// They are dropped; who calls again is for the contact types to say.
    #[default]
    Model,
    /// They come as they came, contacts of their own, and nobody else calls again.
    AsLogged,
}

/// A contact that was logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoggedContact {
    /// The log's name for the need.
    pub need: String,
    /// Attempts of the need before it.
    #[serde(default)]
    pub attempt: u32,
    /// When it came, in microseconds of Unix time.
    pub at_us: i64,
    /// What was wanted.
    #[serde(rename = "type")]
    pub contact_type: String,
    /// The citizen's segment; absent: unknown.
    #[serde(default)]
    pub profile: Option<String>,
    /// Whether the telephone system knew the caller.
    #[serde(default)]
    pub recognised: bool,
    /// The access number; absent: unknown.
    #[serde(default)]
    pub number: Option<String>,
}

/// The names that contacts may have.
#[derive(Clone, Debug)]
pub struct Known {
    pub contact_types: BTreeSet<String>,
    pub profiles: BTreeSet<String>,
    pub numbers: BTreeSet<String>,
}

/// Where in a log things stand.
struct Columns {
    replication: usize,
    need: usize,
    cause: usize,
    attempt: usize,
    leg: usize,
    contact_type: usize,
    profile: usize,
    recognised: usize,
    number: usize,
    entered: usize,
    /// Of logs that have it.
    channel: Option<usize>,
}

/// The channel of rows that are no contacts, but agents who ask others in their first leg.
const CONSULTATION: &str = "consultation";

/// The contacts of one replication of a log of legs in the order of time, of one type if `only` says which.
pub fn contacts(
    table: &CsvTable,
    replay: &Replay,
    only: Option<&str>,
    known: &Known,
    found: &mut Vec<Found>,
) -> Vec<LoggedContact> {
    let Some(columns) = columns(table, found) else { return Vec::new() };
    let cell = |row: &CsvRow, column: usize| row.fields[column].clone();
    let first = || table.rows.first().map(|row| cell(row, columns.replication)).unwrap_or_default();
    let replication = replay.replication.map_or_else(first, |number| number.to_string());
    let comes = |row: &&CsvRow| {
        let again =
            cell(row, columns.attempt) != "0" || ["retrial", "repeat"].contains(&&*row.fields[columns.cause]);
        cell(row, columns.replication) == replication
            && cell(row, columns.leg) == "0"
            && columns.channel.is_none_or(|channel| row.fields[channel] != CONSULTATION)
            && (!again || replay.retrials == LoggedRetrials::AsLogged)
            && only.is_none_or(|only| row.fields[columns.contact_type] == only)
    };
    let mut unknown = BTreeSet::new();
    let rows = table.rows.iter().filter(comes);
    let mut contacts: Vec<LoggedContact> =
        rows.filter_map(|row| contact(row, &columns, known, &mut unknown, found)).collect();
    if contacts.is_empty() && found.is_empty() {
        let of = only.map(|only| format!(" of type \"{only}\"")).unwrap_or_default();
        let message = format!("the log has no contact{of} in replication {replication}");
        found.push((table.header_span.clone(), Diagnostic::new(Code::BAD_REPLAY, "", message)));
    }
    // Stable: contacts of one instant keep the log's order.
    contacts.sort_by_key(|contact| contact.at_us);
    contacts
}

fn columns(table: &CsvTable, found: &mut Vec<Found>) -> Option<Columns> {
    let names = [
        "replication",
        "need",
        "cause",
        "attempt",
        "leg",
        "contact_type",
        "profile",
        "recognised",
        "number",
        "entered",
    ];
    let missing: Vec<&str> = names.into_iter().filter(|name| table.column(name).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("this is no log of legs: no column is named {}", missing.join(", "));
        let diagnostic = Diagnostic::new(Code::CSV_COLUMN, "", message);
        found.push((
            table.header_span.clone(),
            diagnostic.with_help("give the legs that `simulate --log` wrote"),
        ));
    }
    let column = |name: &str| table.column(name);
    Some(Columns {
        replication: column("replication")?,
        need: column("need")?,
        cause: column("cause")?,
        attempt: column("attempt")?,
        leg: column("leg")?,
        contact_type: column("contact_type")?,
        profile: column("profile")?,
        recognised: column("recognised")?,
        number: column("number")?,
        entered: column("entered")?,
        channel: column("channel"),
    })
}

/// A row's contact; of what it names wrongly, each name is told once.
fn contact(
    row: &CsvRow,
    columns: &Columns,
    known: &Known,
    unknown: &mut BTreeSet<(&'static str, String)>,
    found: &mut Vec<Found>,
) -> Option<LoggedContact> {
    let text = |column: usize| row.fields[column].as_str();
    let named = |column: usize| Some(text(column)).filter(|name| !name.is_empty()).map(String::from);
    let mut fits = true;
    let names = [
        ("contact type", columns.contact_type, &known.contact_types, Code::UNKNOWN_CONTACT_TYPE),
        ("profile", columns.profile, &known.profiles, Code::UNKNOWN_PROFILE),
        ("number", columns.number, &known.numbers, Code::UNKNOWN_NUMBER),
    ];
    for (what, column, names, code) in names {
        let Some(name) = named(column).filter(|name| !names.contains(name)) else { continue };
        fits = false;
        if unknown.insert((what, name.clone())) {
            let message = format!("no {what} is named \"{name}\"");
            let diagnostic = Diagnostic::new(code, "", message);
            let candidates = names.iter().map(String::as_str);
            found.push((row.span.clone(), diagnostic.with_candidates(&name, "those known", candidates)));
        }
    }
    let mut wrong = |message: String| {
        found.push((row.span.clone(), Diagnostic::new(Code::CSV_VALUE, "", message)));
        None
    };
    let Ok(at_us) = Calendar::parse_timestamp(text(columns.entered)) else {
        return wrong(format!("entered: \"{}\" is no instant with its offset", text(columns.entered)));
    };
    let Ok(attempt) = text(columns.attempt).parse() else {
        return wrong(format!("attempt: \"{}\" is no whole number", text(columns.attempt)));
    };
    let recognised = match text(columns.recognised) {
        "true" | "1" => true,
        "false" | "0" => false,
        other => return wrong(format!("recognised: \"{other}\" is neither true nor false")),
    };
    fits.then(|| LoggedContact {
        need: text(columns.need).into(),
        attempt,
        at_us,
        contact_type: text(columns.contact_type).into(),
        profile: named(columns.profile),
        recognised,
        number: named(columns.number),
    })
}
