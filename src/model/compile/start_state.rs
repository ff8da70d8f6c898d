//! Contacts that wait already when the run begins: each a need that is known beforehand, with an entry before the start.
//!
//! They come to their queues as contacts came then: by the rules and the hours of that time. That this leaves them where
//! they are said to wait is checked here.

use std::collections::BTreeMap;

use super::arrivals::number;
use super::findings::{Findings, path};
use super::flows::{self, Stream, rules_at};
use super::names::Directory;
use super::replay::of_cell;
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{
    Bound, Certain, Citizens, ContactTypeId, Listed, ListedKey, ListedNeed, Model, NEVER, NumberId, Opening,
    Process, ProfileId, Queue, Rule, RunClock, TrunkId,
};
use crate::random::{Distribution, name_hash};
use crate::scenario::{Scenario, Span, Waiting};
use crate::time::{SimDuration, SimTime};

/// What logs call those who wait at the start, before the name that they have in the scenario.
const PREFIX: &str = "start_state.waiting.";

/// The processes of a scenario's `[start_state]`, sorted by name.
pub(super) fn processes(
    scenario: &Scenario,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Process> {
    let Some(state) = &scenario.start_state else { return Vec::new() };
    if !state.waiting.is_empty() || !state.cases.is_empty() || !state.bookings.is_empty() {
        check_alone(scenario, findings);
    }
    let mut found = Vec::new();
    for (name, of) in &state.waiting {
        check_key(scenario, ("waiting", name), findings);
        found.extend(process(name, of, names, timeline, findings));
    }
    found
}

/// Nothing is simulated before the start but how they came to wait.
fn check_alone(scenario: &Scenario, findings: &mut Findings) {
    let header = &scenario.scenario;
    if !header.run_in.is_zero() {
        let message =
            format!("a run-in of {} fills the center, and the start state says what is in it", header.run_in);
        findings.add(
            Code::TWO_STARTS,
            "start_state",
            message,
            "take `scenario.run_in` out, or the start state",
        );
    }
    if header.steady_state.is_some() {
        let message = "a steady state has forgotten how it started";
        let help = "take `scenario.steady_state` out, or the start state";
        findings.add(Code::TWO_STARTS, "start_state", message, help);
    }
}

/// What is drawn is mostly less than the most that is said.
pub(super) fn check_most(drawn: &Distribution, most: Span, at: &str, findings: &mut Findings) {
    if drawn.mean() > most.as_s() {
        let mean = Span::from_s(drawn.mean());
        let message = format!(
            "most would be longer ago than {most}, since the mean is {mean}: they are as long ago as this"
        );
        findings.add(Code::LONGER_AGO, at, message, "lengthen it, or lessen the mean");
    }
}

/// No arrival process draws the same citizens, or has their name in the logs.
pub(super) fn check_key(scenario: &Scenario, (table, name): (&str, &str), findings: &mut Findings) {
    let key = format!("start_state.{table}.{name}");
    let same =
        |(other, of): &(&String, &crate::scenario::Arrivals)| **other == key || of.key.as_ref() == Some(&key);
    if let Some((other, _)) = scenario.arrivals.iter().find(same) {
        let message = format!(
            "\"{other}\" draws its citizens by the key \"{key}\", as those do who are there at the start"
        );
        let at = path(&["start_state", table, name]);
        findings.add(Code::SAME_KEY, at, message, "give one of them another name");
    }
}

/// A process that names needs which are there at the start; nobody comes by it.
pub(super) fn naming(
    name: String,
    (contact_type, number): (Option<usize>, Option<usize>),
    certain: Option<Certain>,
    cells: usize,
) -> Process {
    Process {
        key: name_hash(&name),
        name,
        contact_type: ContactTypeId::from_index(contact_type.unwrap_or(0)),
        number: NumberId::from_index(number.unwrap_or(0)),
        mean: vec![0.0; cells],
        uneven: Vec::new(),
        busyness: None,
        certain,
        citizens: Citizens::Own,
    }
}

/// What is said, if it is known; `None`: it is said and not known.
#[expect(clippy::option_option, reason = "what is not said is something else than what is not known")]
pub(super) fn known(said: Option<Option<usize>>) -> Option<Option<usize>> {
    said.map_or(Some(None), |known| known.map(Some))
}

/// The process of one name; `None`, perhaps with findings, where nobody waits.
fn process(
    name: &str,
    of: &Waiting,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Option<Process> {
    let at = |key: &str| path(&["start_state", "waiting", name, key]);
    let contact_type = match &of.contact_type {
        Some(given) => names.contact_types.resolve(given, &at("type"), findings),
        None => names.contact_types.resolve(name, &path(&["start_state", "waiting", name]), findings),
    };
    let profile = of.profile.as_ref().map(|given| names.profiles.resolve(given, &at("profile"), findings));
    let dialled =
        number(of.number.as_deref(), name, &path(&["start_state", "waiting", name]), names, findings);
    let (least, most) = Waiting::COUNTS.into_inner();
    let count = findings.number(&at("count"), of.count.into(), least.into()..=most.into()) as u32;
    let waited_s = findings.duration_s(&at("waited"), of.waited, Waiting::WAITED_S);
    let (contact_type, number) = (ContactTypeId::from_index(contact_type?), NumberId::from_index(dialled?));
    let profile = match profile {
        Some(known) => Some(ProfileId::from_index(known?)),
        None => None,
    };
    let key = name_hash(&format!("{PREFIX}{name}"));
    let need = |(i, at): (u64, SimTime)| ListedNeed {
        at,
        key: ListedKey { name: key, place: Some((0, i)), attempt: 0 },
        contact_type,
        profile,
        recognised: of.recognised,
        number,
    };
    let entries = entries(&timeline.clock, count, SimDuration::from_s(waited_s));
    let needs: Vec<ListedNeed> = (0..).zip(entries).map(need).collect();
    let of_cell = of_cell(&needs, timeline);
    (count > 0).then(|| Process {
        name: format!("{PREFIX}{name}"),
        key,
        contact_type,
        number,
        mean: of_cell.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect(),
        uneven: Vec::new(),
        busyness: None,
        certain: Some(Certain::Waiting(Listed { needs, of_cell, once: false })),
        citizens: Citizens::Own,
    })
}

/// When they came: the first so long before the start, each other one a `count`-th of that later.
fn entries(clock: &RunClock, count: u32, waited: SimDuration) -> impl Iterator<Item = SimTime> {
    let (count, start_us) = (u64::from(count), clock.begins.as_us());
    // Rounded away from the start, so that everybody is there before it.
    let before_us = move |i: u64| (waited.as_us() * (count - i)).div_ceil(count);
    (0..count).map(move |i| SimTime::from_us(start_us.saturating_sub(before_us(i))))
}

/// Those who are said to wait do wait: a rule took them, into a queue that was open and kept them, on a line of their trunk.
pub(super) fn check_waiting(model: &Model, timeline: &Timeline, findings: &mut Findings) {
    for process in model.processes.iter().filter(|process| process.waits_at_start()) {
        let streams = flows::of_process(model, process);
        let found = streams.iter().filter(|stream| stream.bound == Bound::First);
        // One reason a name is enough.
        found.map(|stream| Waits { model, timeline, stream }).find_map(|waits| waits.tell(findings));
    }
    check_trunks(model, findings);
}

/// What comes of those who wait, where their talks pass them on.
pub(super) fn passed_on(model: &Model) -> Vec<Stream<'_>> {
    let waiting = model.processes.iter().filter(|process| process.waits_at_start());
    let streams = waiting.flat_map(|process| flows::of_process(model, process));
    streams.filter(|stream| stream.bound != Bound::First).collect()
}

/// Those of one name whom the same rules may take.
struct Waits<'m> {
    model: &'m Model,
    timeline: &'m Timeline,
    stream: &'m Stream<'m>,
}

impl Waits<'_> {
    /// The first reason why one of them does not wait at the start; `None` if all do.
    fn tell(&self, findings: &mut Findings) -> Option<()> {
        let needs = &self.stream.process.listed()?.needs;
        let found = needs.iter().find_map(|need| self.reason(need.at));
        let (code, message, help) = found?;
        findings.add(code, self.path(), message, help);
        Some(())
    }

    /// `start_state.waiting.NAME`
    fn path(&self) -> String {
        let name = self.stream.process.name.strip_prefix(PREFIX).unwrap_or_default();
        path(&["start_state", "waiting", name])
    }

    fn reason(&self, at: SimTime) -> Option<(Code, String, &'static str)> {
        let came = self.timeline.text(at);
        let rules: Vec<&Rule> = rules_at(self.model, self.stream.candidates, at).collect();
        if rules.is_empty() {
            let (profile, recognised) = self.stream.example;
            let profile = &self.model.profiles[profile.index()].name;
            let message = format!(
                "no rule takes who came at {came} with type = \"{}\", profile = \"{profile}\", recognised = {recognised}",
                self.stream.contact_type.name
            );
            return Some((Code::NO_RULE, message, "let the rule of largest `order` have no `when`"));
        }
        let mut queues = rules.into_iter().map(|rule| &self.model.queues[rule.queue.index()]);
        queues.find_map(|queue| self.closed(queue, at, &came).or_else(|| self.without_staff(queue)))
    }

    /// A queue that was closed, or has closed since and keeps nobody.
    fn closed(&self, queue: &Queue, at: SimTime, came: &str) -> Option<(Code, String, &'static str)> {
        let hours = &self.model.openings[queue.hours?.index()];
        let name = &queue.name;
        if !hours.is_open(at) {
            let message = format!("\"{name}\" is closed at {came}, when one of them came to it");
            return Some((Code::NOT_WAITING, message, "shorten `waited`, or check the hours of the queue"));
        }
        let closed = closes_until(hours, at, self.model.clock.begins).filter(|_| queue.sends_away)?;
        let closed = self.timeline.text(closed);
        let message =
            format!("\"{name}\" sends away at {closed} whoever waits in it, so nobody does at the start");
        Some((Code::NOT_WAITING, message, "write at_close = \"serve\", or take them out"))
    }

    /// A queue that keeps its contacts only while somebody is at work, when nobody is down for work.
    fn without_staff(&self, queue: &Queue) -> Option<(Code, String, &'static str)> {
        let begins = self.model.clock.begins;
        let groups = self.model.groups.iter().zip(&queue.eligible_from).filter(|(_, from)| **from != NEVER);
        let staffed = groups.map(|(group, _)| group.heads_at(begins)).any(|heads| heads > 0);
        (queue.needs_staff && !staffed).then(|| {
            let message = format!(
                "\"{}\" sends away whoever waits while nobody is at work, and nobody is at the start",
                queue.name
            );
            (Code::NOT_WAITING, message, "write without_staff = \"wait\", or staff one of its groups")
        })
    }
}

/// When hours that are open at `at` first close until `start`, it included.
fn closes_until(hours: &Opening, at: SimTime, start: SimTime) -> Option<SimTime> {
    hours.turns.iter().copied().find(|&turn| turn > at).filter(|&turn| turn <= start)
}

/// Whoever waits holds a line.
fn check_trunks(model: &Model, findings: &mut Findings) {
    let mut held: BTreeMap<TrunkId, usize> = BTreeMap::new();
    for process in model.processes.iter().filter(|process| process.waits_at_start()) {
        let waiting = process.listed().map_or(0, |listed| listed.needs.len());
        if let Some(trunk) = model.numbers[process.number.index()].trunk {
            *held.entry(trunk).or_default() += waiting;
        }
    }
    for (trunk, waiting) in held {
        let trunk = &model.trunks[trunk.index()];
        if waiting > trunk.lines as usize {
            let message =
                format!("{waiting} contacts wait on the {} lines of \"{}\"", trunk.lines, trunk.name);
            findings.add(Code::NOT_WAITING, "start_state", message, "let fewer wait, or check the lines");
        }
    }
}
