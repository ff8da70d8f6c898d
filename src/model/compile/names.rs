//! From names to rows: one sorted list a kind of thing.

use std::collections::BTreeMap;

use super::findings::{Findings, path};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{Channel, Scenario, join};

/// The name of the only profile where the scenario has none.
pub(super) const EVERYBODY: &str = "everybody";
/// The name of the only access number where the scenario has none.
pub(super) const MAIN: &str = "main";
/// Most rows of a table: what an id holds.
const MOST_ROWS: usize = 65_535;
/// Most learning curves: each has some by contact type and outcome.
const MOST_CURVES: usize = 100;
/// The most campaigns, as a timer names one.
const MOST_CAMPAIGNS: usize = 1000;
/// Most arrival processes: what the engine packs.
const MOST_PROCESSES: usize = 16_384;

/// The names of one kind of thing, sorted as bytes: a name's place is its row.
#[derive(Clone, Debug)]
pub(super) struct Names<'s> {
    /// What one of them is called.
    one: &'static str,
    /// What several are called.
    many: &'static str,
    unknown: Code,
    sorted: Vec<&'s str>,
}

impl<'s> Names<'s> {
    fn new<T>(
        one: &'static str,
        many: &'static str,
        unknown: Code,
        table: &'s BTreeMap<String, T>,
        default: Option<&'static str>,
    ) -> Self {
        let mut sorted: Vec<&str> = table.keys().map(String::as_str).collect();
        if sorted.is_empty() {
            sorted.extend(default);
        }
        Names { one, many, unknown, sorted }
    }

    /// The row of a name.
    pub(super) fn row(&self, name: &str) -> Option<usize> {
        self.sorted.binary_search(&name).ok()
    }

    /// The name of a row.
    pub(super) fn name(&self, row: usize) -> &'s str {
        self.sorted[row]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// The row of a name that the document has at `path`; a finding if there is none.
    pub(super) fn resolve(&self, name: &str, path: &str, findings: &mut Findings) -> Option<usize> {
        let row = self.row(name);
        if row.is_none() {
            let message = format!("no {} is named \"{name}\"", self.one);
            let finding = Diagnostic::new(self.unknown, path, message);
            findings.push(finding.with_candidates(name, self.many, self.sorted.iter().copied()));
        }
        row
    }
}

/// All names of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Directory<'s> {
    pub(super) contact_types: Names<'s>,
    /// By contact type.
    pub(super) channels: Vec<Channel>,
    pub(super) profiles: Names<'s>,
    pub(super) numbers: Names<'s>,
    pub(super) trunks: Names<'s>,
    pub(super) menus: Names<'s>,
    pub(super) busyness: Names<'s>,
    pub(super) queues: Names<'s>,
    pub(super) groups: Names<'s>,
    pub(super) vendors: Names<'s>,
    pub(super) shifts: Names<'s>,
    pub(super) sites: Names<'s>,
    pub(super) offers: Names<'s>,
    pub(super) offices: Names<'s>,
    pub(super) case_types: Names<'s>,
    pub(super) districts: Names<'s>,
    pub(super) counters: Names<'s>,
    pub(super) services: Names<'s>,
    pub(super) campaigns: Names<'s>,
    /// By access number: the one that answers, itself or the one that it is merged into.
    answers: Vec<usize>,
    pub(super) tenure: Names<'s>,
}

impl<'s> Directory<'s> {
    /// The names of `scenario`; `None`, with findings, if a table has more rows than ids can count.
    pub(super) fn new(s: &'s Scenario, findings: &mut Findings) -> Option<Self> {
        check_counts(s, findings).then(|| {
            let mut names = Self::of(s);
            names.answers = merged(s, &names.numbers, findings);
            names
        })
    }

    /// The number that answers whoever dials the one of this name, which the document has at `path`; a finding if there is none.
    pub(super) fn dialled(&self, name: &str, path: &str, findings: &mut Findings) -> Option<usize> {
        self.numbers.resolve(name, path, findings).map(|row| self.answers[row])
    }

    /// Whether others answer for a number.
    pub(super) fn is_merged(&self, number: usize) -> bool {
        self.answers[number] != number
    }

    fn of(s: &'s Scenario) -> Self {
        Directory {
            contact_types: Names::new(
                "contact type",
                "contact types",
                Code::UNKNOWN_CONTACT_TYPE,
                &s.contact_types,
                None,
            ),
            channels: s.contact_types.values().map(|of| of.channel).collect(),
            profiles: Names::new("profile", "profiles", Code::UNKNOWN_PROFILE, &s.profiles, Some(EVERYBODY)),
            numbers: Names::new("access number", "numbers", Code::UNKNOWN_NUMBER, &s.numbers, Some(MAIN)),
            trunks: Names::new("trunk", "trunks", Code::UNKNOWN_TRUNK, &s.trunks, None),
            menus: Names::new("menu", "menus", Code::UNKNOWN_MENU, &s.ivr, None),
            busyness: Names::new(
                "busyness factor",
                "busyness factors",
                Code::UNKNOWN_BUSYNESS,
                &s.busyness,
                None,
            ),
            queues: Names::new("queue", "queues", Code::UNKNOWN_QUEUE, &s.queues, None),
            groups: Names::new("agent group", "agent groups", Code::UNKNOWN_GROUP, &s.agent_groups, None),
            vendors: Names::new("vendor", "vendors", Code::UNKNOWN_VENDOR, &s.vendors, None),
            sites: Names::new("site", "sites", Code::UNKNOWN_SITE, &s.sites, None),
            offers: Names::new("offer", "offers", Code::UNKNOWN_OFFER, &s.offers, None),
            offices: Names::new("office", "offices", Code::UNKNOWN_OFFICE, &s.offices, None),
            case_types: Names::new("case type", "case types", Code::UNKNOWN_CASE_TYPE, &s.case_types, None),
            districts: Names::new("district", "districts", Code::UNKNOWN_DISTRICT, &s.districts, None),
            counters: Names::new("counter", "counters", Code::UNKNOWN_COUNTER, &s.counters, None),
            campaigns: Names::new("campaign", "campaigns", Code::UNKNOWN_CAMPAIGN, &s.campaigns, None),
            services: Names::new("service", "services", Code::UNKNOWN_SERVICE, &s.services, None),
            tenure: Names::new("learning curve", "learning curves", Code::UNKNOWN_NAME, &s.tenure, None),
            shifts: Names::new("shift", "shifts", Code::UNKNOWN_SHIFT, &s.shifts, None),
            answers: vec![0],
        }
    }
}

/// By number: who answers. A number that others are merged into answers itself.
fn merged(s: &Scenario, numbers: &Names<'_>, findings: &mut Findings) -> Vec<usize> {
    let mut answers: Vec<usize> = (0..numbers.len()).collect();
    for (row, (name, of)) in s.numbers.iter().enumerate() {
        let Some(into) = of.merged_into.as_deref() else { continue };
        let at = join(&path(&["numbers", name]), "merged_into");
        let Some(other) = numbers.resolve(into, &at, findings) else { continue };
        if s.numbers[into].merged_into.is_some() {
            let message = format!("\"{into}\" does not answer itself, so nobody would answer \"{name}\"");
            findings.add(Code::BAD_MERGER, at, message, "name the number that answers in the end");
        }
        answers[row] = other;
    }
    answers
}

/// Whether every table is short enough for its ids.
fn check_counts(s: &Scenario, findings: &mut Findings) -> bool {
    let mut fits = true;
    let (waiting, open, booked) = s
        .start_state
        .as_ref()
        .map_or((0, 0, 0), |state| (state.waiting.len(), state.cases.len(), state.bookings.len()));
    let tables = [
        ("contact_types", s.contact_types.len(), MOST_ROWS),
        ("profiles", s.profiles.len(), MOST_ROWS),
        ("numbers", s.numbers.len(), MOST_ROWS),
        ("trunks", s.trunks.len(), MOST_ROWS),
        ("ivr", s.ivr.len(), MOST_ROWS),
        ("busyness", s.busyness.len(), MOST_ROWS),
        ("arrivals", s.arrivals.len(), MOST_PROCESSES),
        ("start_state.waiting", waiting, MOST_PROCESSES.saturating_sub(s.arrivals.len())),
        ("start_state.cases", open, MOST_PROCESSES.saturating_sub(s.arrivals.len() + waiting)),
        ("start_state.bookings", booked, MOST_PROCESSES.saturating_sub(s.arrivals.len() + waiting + open)),
        ("queues", s.queues.len(), MOST_ROWS),
        ("routing", s.routing.len(), MOST_ROWS),
        ("vendors", s.vendors.len(), MOST_ROWS),
        ("sites", s.sites.len(), MOST_ROWS),
        ("shifts", s.shifts.len(), MOST_ROWS),
        ("tenure", s.tenure.len(), MOST_CURVES),
        ("agent_groups", s.agent_groups.len(), MOST_ROWS),
        ("offers", s.offers.len(), MOST_ROWS),
        ("offices", s.offices.len(), MOST_ROWS),
        ("case_types", s.case_types.len(), MOST_ROWS),
        ("districts", s.districts.len(), MOST_ROWS),
        ("counters", s.counters.len(), MOST_ROWS),
        ("services", s.services.len(), MOST_ROWS),
        ("campaigns", s.campaigns.len(), MOST_CAMPAIGNS),
        ("targets", s.targets.len(), MOST_ROWS),
    ];
    for (table, count, most) in tables {
        if count > most {
            fits = false;
            findings.add(
                Code::TOO_MANY,
                table,
                format!("{count} {table}: the program holds {most}"),
                "merge some",
            );
        }
    }
    fits
}
