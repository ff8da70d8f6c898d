//! Files named in the scenario, read in: the loaded scenario stands on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::arrivals::{Known, contacts, history};
use super::csv_table::{CsvTable, Found};
use super::document::{
    Adherence, Arrivals, Campaign, DayShape, Distribution, History, MonthWeights, Observations, PersonsList,
    Roster, Scenario, Staffing, Volume, WeekdayWeights,
};
use super::paths::{join, join_index};
use super::rows;
use super::sources::{Origins, Sources, TableError};
use super::units::Span;
use crate::calendar::{Calendar, HolidaySet};
use crate::diagnostic::{Code, Diagnostic};

/// The profile that a run logs where its scenario has none.
const EVERYBODY: &str = "everybody";
/// The access number that a run logs where its scenario has none.
const MAIN_NUMBER: &str = "main";

/// So many findings of one file are told.
const MOST_OF_A_FILE: usize = 20;

/// Reads in whatever files a scenario names.
pub fn inline(scenario: &mut Scenario, origins: &Origins, sources: &mut Sources) -> Vec<Diagnostic> {
    // A zone that does not exist is told where the calendar is made.
    let calendar =
        Calendar::new(&scenario.calendar.time_zone, HolidaySet::none()).unwrap_or_else(|_| Calendar::utc());
    let mut inliner =
        Inliner { origins, sources, calendar, tables: BTreeMap::new(), diagnostics: Vec::new() };
    let known = known(scenario);
    for (name, arrivals) in &mut scenario.arrivals {
        inliner.replay(&join("arrivals", name), &known, arrivals);
        inliner.arrivals(&join("arrivals", name), name, arrivals);
    }
    for (name, group) in &mut scenario.agent_groups {
        let path = join(&join("agent_groups", name), "staffing");
        inliner.staffing(&path, name, &mut group.staffing);
        inliner.roster(&path, name, &mut group.staffing.roster);
    }
    for (name, office) in &mut scenario.offices {
        inliner.roster(&join("offices", name), name, &mut office.roster);
    }
    for (name, campaign) in &mut scenario.campaigns {
        inliner.persons(&join("campaigns", name), name, campaign);
    }
    each_distribution(scenario, &mut |path, distribution| inliner.distribution(path, distribution));
    inliner.diagnostics
}

/// The names that a replayed log may use. A run logs a profile and a number also where its scenario names none.
fn known(scenario: &Scenario) -> Known {
    let or_else = |names: BTreeSet<String>, name: &str| match names.is_empty() {
        true => BTreeSet::from([name.to_string()]),
        false => names,
    };
    Known {
        contact_types: scenario.contact_types.keys().cloned().collect(),
        profiles: or_else(scenario.profiles.keys().cloned().collect(), EVERYBODY),
        numbers: or_else(scenario.numbers.keys().cloned().collect(), MAIN_NUMBER),
    }
}

/// Calls `see` for each distribution of a scenario with its path.
fn each_distribution(scenario: &mut Scenario, see: &mut dyn FnMut(&str, &mut Distribution)) {
    for (name, contact_type) in &mut scenario.contact_types {
        let path = join("contact_types", name);
        let tier2 = contact_type.tier2.iter_mut();
        let own = [
            ("patience", contact_type.patience.as_mut()),
            ("service_time", Some(&mut contact_type.service_time)),
            ("wrap_up", contact_type.wrap_up.as_mut()),
            (
                "after_abandonment.delay",
                contact_type.after_abandonment.as_mut().map(|again| &mut again.delay),
            ),
            ("after_blocking.delay", contact_type.after_blocking.as_mut().map(|again| &mut again.delay)),
            ("after_unresolved.delay", contact_type.after_unresolved.as_mut().map(|again| &mut again.delay)),
            ("web.delay", contact_type.web.as_mut().and_then(|web| web.delay.as_mut())),
        ];
        let at_tier2 = tier2.flat_map(|tier| {
            [("tier2.service_time", tier.service_time.as_mut()), ("tier2.wrap_up", tier.wrap_up.as_mut())]
        });
        for (key, distribution) in own.into_iter().chain(at_tier2) {
            if let Some(distribution) = distribution {
                see(&format!("{path}.{key}"), distribution);
            }
        }
    }
    if let Some(delay) = scenario.recognition.as_mut().and_then(|of| of.delay.as_mut()) {
        see("recognition.delay", delay);
    }
    for (name, menu) in &mut scenario.ivr {
        see(&join(&join("ivr", name), "time"), &mut menu.time);
        if let Some(redirect_time) = &mut menu.redirect_time {
            see(&join(&join("ivr", name), "redirect_time"), redirect_time);
        }
    }
    for (name, offer) in &mut scenario.offers {
        let path = join("offers", name);
        if let Some(callback) = &mut offer.callback {
            see(&format!("{path}.callback.dial_time"), &mut callback.dial_time);
            callback.delay.iter_mut().for_each(|delay| see(&format!("{path}.callback.delay"), delay));
        }
        let of_callback = offer.callback.iter_mut().flat_map(|of| &mut of.after_failure);
        of_callback.for_each(|of| see(&format!("{path}.callback.after_failure.delay"), &mut of.delay));
        let of_deferral = offer.deferral.iter_mut().flat_map(|of| &mut of.after_failure);
        of_deferral.for_each(|of| see(&format!("{path}.deferral.after_failure.delay"), &mut of.delay));
    }
    for (name, case_type) in &mut scenario.case_types {
        let path = join("case_types", name);
        case_type.each_distribution(&mut |key, distribution| see(&format!("{path}.{key}"), distribution));
    }
    for (name, campaign) in &mut scenario.campaigns {
        let path = join("campaigns", name);
        campaign.each_distribution(&mut |key, distribution| see(&format!("{path}.{key}"), distribution));
    }
    for (name, of) in scenario.start_state.iter_mut().flat_map(|state| &mut state.cases) {
        see(&join(&join("start_state.cases", name), "age"), &mut of.age);
    }
    for (name, of) in scenario.start_state.iter_mut().flat_map(|state| &mut state.bookings) {
        let path = join("start_state.bookings", name);
        see(&join(&path, "ahead"), &mut of.ahead);
        of.booked.iter_mut().for_each(|booked| see(&join(&path, "booked"), booked));
    }
    for (name, group) in &mut scenario.agent_groups {
        let Some(Adherence::Times(adherence)) = &mut group.adherence else { continue };
        let times = [
            ("late_log_in", &mut adherence.late_log_in),
            ("late_return", &mut adherence.late_return),
            ("early_log_out", &mut adherence.early_log_out),
        ];
        for (key, distribution) in times {
            if let Some(distribution) = distribution {
                see(&format!("{}.adherence.{key}", join("agent_groups", name)), distribution);
            }
        }
    }
}

struct Inliner<'s> {
    origins: &'s Origins,
    sources: &'s mut Sources,
    calendar: Calendar,
    /// By the number of the file; many groups may share one table.
    tables: BTreeMap<usize, Option<Rc<CsvTable>>>,
    diagnostics: Vec<Diagnostic>,
}

impl Inliner<'_> {
    /// The number of the file that `path` names.
    fn file(&mut self, path: &str, named: &str) -> Option<usize> {
        let full = match self.origins.file(path) {
            Some(file) => self.sources.beside(file, named),
            None => named.into(),
        };
        let refused = |error: TableError| error.diagnostic(path).at(self.origins.place(path));
        self.sources.read_table(&full).map_err(|error| self.diagnostics.push(refused(error))).ok()
    }

    /// What `read` makes of the table that `path` names, which is taken apart once.
    fn table<T>(
        &mut self,
        path: &str,
        named: &str,
        read: impl FnOnce(&CsvTable, &mut Vec<Found>) -> T,
    ) -> Option<T> {
        let file = self.file(path, named)?;
        let mut found = Vec::new();
        let text = self.sources.text(file);
        let table =
            self.tables.entry(file).or_insert_with(|| CsvTable::read(text, &mut found).map(Rc::new)).clone();
        let value = table.map(|table| read(&table, &mut found));
        self.tell(path, file, found);
        value
    }

    fn tell(&mut self, path: &str, file: usize, found: Vec<Found>) {
        let more = found.len().saturating_sub(MOST_OF_A_FILE);
        for (span, diagnostic) in found.into_iter().take(MOST_OF_A_FILE) {
            let place = self.sources.place(file, &span);
            self.diagnostics.push(Diagnostic { path: path.into(), place, ..diagnostic });
        }
        if more > 0 {
            let message = format!("and {more} more findings in this file");
            let place = self.sources.place(file, &(0..0));
            self.diagnostics.push(Diagnostic::new(Code::CSV, path, message).at(place));
        }
    }

    fn arrivals(&mut self, path: &str, name: &str, arrivals: &mut Arrivals) {
        let types = [name.into(), arrivals.contact_type.clone().unwrap_or(name.into())];
        let types = types.each_ref().map(String::as_str);
        self.volume(path, "yearly", &types, &mut arrivals.yearly);
        self.volume(path, "per_day", &types, &mut arrivals.per_day);
        if let Some(History::File(file)) = &arrivals.history {
            let (counts, calendar) = (arrivals.counts, self.calendar.clone());
            let read = self.table(&join(path, "history"), file, |table, found| {
                history::history(table, &types, counts, &calendar, found)
            });
            if let Some(Some(days)) = read {
                arrivals.history = Some(days);
            }
        }
        if let MonthWeights::File(file) = &arrivals.month
            && let Some(table) =
                self.table(&join(path, "month"), file, |table, found| rows::months(table, &types, found))
        {
            arrivals.month = MonthWeights::Table(table);
        }
        if let WeekdayWeights::File(file) = &arrivals.weekday
            && let Some(table) =
                self.table(&join(path, "weekday"), file, |table, found| rows::weekdays(table, &types, found))
        {
            arrivals.weekday = WeekdayWeights::Table(table);
        }
        if let Some(DayShape::File(file)) = &arrivals.day
            && let Some(rows) =
                self.table(&join(path, "day"), file, |table, found| rows::day_shape(table, &types, found))
        {
            arrivals.day = Some(DayShape::Rows(rows));
        }
    }

    fn replay(&mut self, path: &str, known: &Known, arrivals: &mut Arrivals) {
        let only = arrivals.contact_type.as_deref();
        let Some(replay) = &mut arrivals.replay else { return };
        let Some(file) = replay.file.clone() else { return };
        let path = join(&join(path, "replay"), "file");
        if !replay.contacts.is_empty() {
            let both =
                Diagnostic::new(Code::BAD_REPLAY, &path, "a replay gives `file` or `contacts`, not both");
            self.diagnostics.push(both.at(self.origins.place(&path)));
        }
        let read = self.table(&path, &file, |table, found| contacts(table, replay, only, known, found));
        if let Some(contacts) = read {
            replay.contacts = contacts;
            replay.file = None;
        }
    }

    fn volume(&mut self, path: &str, key: &str, types: &[&str], volume: &mut Option<Volume>) {
        let Some(Volume::File(file)) = &volume else { return };
        let number =
            self.table(&join(path, key), file, |table, found| rows::volume(table, key, types, found));
        if let Some(number) = number.flatten() {
            *volume = Some(Volume::Number(number));
        }
    }

    fn staffing(&mut self, path: &str, group: &str, staffing: &mut Staffing) {
        let Some(file) = &staffing.file else { return };
        let path = join(path, "file");
        if !staffing.rows.is_empty() {
            let both =
                Diagnostic::new(Code::BAD_STAFFING, &path, "a staffing gives `file` or `rows`, not both");
            self.diagnostics.push(both.at(self.origins.place(&path)));
        }
        if let Some(rows) = self.table(&path, file, |table, found| rows::staffing(table, group, found)) {
            staffing.rows = rows;
            staffing.file = None;
        }
    }

    fn roster(&mut self, path: &str, group: &str, roster: &mut Option<Roster>) {
        let Some(Roster::File(file)) = roster else { return };
        let path = join(path, "roster");
        if let Some(rows) = self.table(&path, file, |table, found| rows::roster(table, group, found)) {
            *roster = Some(Roster::Rows(rows));
        }
    }

    fn persons(&mut self, path: &str, name: &str, campaign: &mut Campaign) {
        let Some(PersonsList::File(file)) = &campaign.list else { return };
        let path = join(path, "list");
        if let Some(dates) = self.table(&path, file, |table, found| rows::persons(table, name, found)) {
            campaign.list = Some(PersonsList::Dates(dates));
        }
    }

    fn observations(&mut self, path: &str, named: &str) -> Option<Vec<Span>> {
        let file = self.file(path, named)?;
        let mut found = Vec::new();
        let values = rows::observations(self.sources.text(file), &mut found);
        self.tell(path, file, found);
        Some(values)
    }

    fn distribution(&mut self, path: &str, distribution: &mut Distribution) {
        match distribution {
            Distribution::Empirical(Observations::File(file)) => {
                if let Some(values) = self.observations(&join(path, "empirical"), file) {
                    *distribution = Distribution::Empirical(Observations::Values(values));
                }
            }
            Distribution::Mixture(components) => {
                for (index, component) in components.iter_mut().enumerate() {
                    let path = join(&join_index(&join(path, "mixture"), index), "of");
                    self.distribution(&path, &mut component.of);
                }
            }
            Distribution::Scaled(stretched) => self.distribution(path, &mut stretched.of),
            _ => {}
        }
    }
}
