//! The planner's summary: the contract first, then waits, then who waited where and who worked how much.

use super::document::{Document, Figure, Note, Promise, Section, Table, Verdict};
use super::number;
use super::run::{Run, to_decide};
use super::worst::worst_spans;
use crate::diagnostic::{Code, Diagnostic};
use crate::measures::{
    Attribution, Basis, Grounds, Measure, MeasureRow, PeriodKind, Scope, ScopeKind, TargetResult, Unit,
};
use crate::model::AgentGroup;
use crate::scenario::Per;

/// Rows of a table, so that the summary stays on one screen.
const MOST_ROWS: usize = 8;
/// Targets, and warnings, that are told in full.
const MOST_TOLD: usize = 3;
/// Worst spans that are named.
const WORST: usize = 3;

/// What stands for the service level where no target says which formula.
pub(super) const PLAIN_FORMULA: &str = "answered_over_offered";

/// The summary of a run. `results_at` is where its files are, if they are anywhere.
pub fn summary(run: &Run<'_>, results_at: Option<&str>) -> Document {
    Document {
        title: run.scenario.scenario.name.clone(),
        subtitle: subtitle(run),
        sections: vec![
            Section::Promises(promises(run)),
            Section::Figures(figures(run)),
            Section::Table(channels(run)),
            Section::Table(queues(run)),
            Section::Table(groups(run)),
            Section::Table(offices(run)),
            Section::Table(counters(run)),
            Section::Table(campaigns(run)),
            Section::Notes(notes(run, results_at)),
        ],
        warnings: warnings(&run.warnings()),
    }
}

fn subtitle(run: &Run<'_>) -> String {
    let (header, n) = (&run.scenario.scenario, run.results.replications());
    let days = if header.days == 1 {
        header.start.to_string()
    } else {
        format!("{} to {}", header.start, header.start.plus_days(i64::from(header.days) - 1))
    };
    let warm_up = run.scenario.scenario.before_start();
    let intervals = match run.results.grounds() {
        Grounds::Nothing => String::new(),
        Grounds::Replications(_) => ", ± is a 95 % half-width".into(),
        Grounds::Batches(batches) => {
            format!(", {batches} batches after a warm-up of {warm_up}, ± is a 95 % half-width by batch means")
        }
        Grounds::Weeks(_) => ", ± is a 95 % half-width, within-year and approximate".into(),
    };
    let counted = match run.results.attribution() {
        Attribution::Entry => String::new(),
        by => format!(", counted by {}", by.name()),
    };
    format!("{days}, {n} replication{}{intervals}{counted}", if n == 1 { "" } else { "s" })
}

/// The formula by which the contract, or else the center, is judged, if it exists on this basis for this kind of scope.
pub(super) fn formula<'a>(run: &Run<'a>, basis: Basis, kind: ScopeKind) -> &'a str {
    let named = run.model.targets.first().map_or(PLAIN_FORMULA, |target| target.formula.as_str());
    let exists = Measure::named(named).is_some_and(|measure| measure.exists_for(basis, kind));
    if exists { named } else { PLAIN_FORMULA }
}

fn promises(run: &Run<'_>) -> Vec<Promise> {
    let targets = run.results.targets();
    if targets.is_empty() {
        return vec![no_promise(run)];
    }
    targets.iter().take(MOST_TOLD).map(|target| promise(run, target)).collect()
}

fn promise(run: &Run<'_>, target: &TargetResult<'_>) -> Promise {
    let half_width = target.interval.map(|interval| interval.half_width);
    Promise {
        name: target.target.into(),
        promised: format!(
            "promised: {} within {}, by {} and {}",
            number::share(target.promised),
            number::duration(target.within_s),
            target.formula,
            target.basis.name(),
        ),
        value: number::with_half_width(Unit::Share, target.value, half_width),
        verdict: target.value.map(|_| Verdict::of(target.promised, target.interval.as_ref())),
        kept: kept(target),
        hint: to_decide(run, target),
    }
}

/// `met in 94.0 % ± 5.1 of 30 simulated days`.
fn kept(target: &TargetResult<'_>) -> Option<String> {
    let met = target.met?;
    let half_width = target.met_interval.map(|interval| interval.half_width);
    let part = if met == 0.0 {
        "none of".into()
    } else if met == 1.0 {
        "all".into()
    } else {
        format!("{} of", number::with_half_width(Unit::Share, Some(met), half_width))
    };
    let span = match target.per {
        Per::Day => "day",
        Per::Month => "month",
        Per::Whole => "run",
    };
    Some(match target.judged {
        1 => format!("{} in the one simulated {span}", if met == 1.0 { "met" } else { "not met" }),
        judged => format!("met in {part} {judged} simulated {span}s"),
    })
}

fn no_promise(run: &Run<'_>) -> Promise {
    let row = run.results.find(PLAIN_FORMULA, Basis::Contact, Scope::WHOLE);
    let within = number::duration(run.scenario.measures.within.as_s());
    Promise {
        name: "service level".into(),
        promised: format!("within {within}, by {PLAIN_FORMULA} and contact; no target is set"),
        value: number::estimate(row.as_ref()),
        verdict: None,
        kept: None,
        hint: None,
    }
}

fn figures(run: &Run<'_>) -> Vec<Figure> {
    let figure = |name: &str, measure: &str, basis: Basis| {
        let row = run.results.find(measure, basis, Scope::WHOLE);
        Figure::new(name, number::estimate(row.as_ref()))
    };
    let mut figures = vec![
        figure("contacts offered", "offered", Basis::Contact),
        figure("speed of answer", "speed_of_answer", Basis::Contact),
        figure("wait, 90 % below", "wait_p90", Basis::Contact),
        figure("abandoned", "abandonment", Basis::Contact),
        figure("occupancy", "occupancy", Basis::Time),
        figure("handle time", "handle_time", Basis::Leg),
    ];
    figures.extend(happened(run, "blocked", "blocking", Basis::Contact));
    figures.extend(happened(run, "retrials", "retrial_share", Basis::Contact));
    figures.extend(happened(run, "transfers", "transfer_share", Basis::Leg));
    figures.extend(happened(run, "callbacks accepted", "callbacks_accepted", Basis::Leg));
    figures.extend(happened(run, "callbacks kept", "callbacks_kept", Basis::Leg));
    figures.extend(happened(run, "time to callback", "time_to_callback", Basis::Leg));
    figures.extend(happened(run, "took another way", "moved", Basis::Leg));
    figures
}

/// A figure that is worth its place only where it is not zero.
fn happened(run: &Run<'_>, name: &str, measure: &str, basis: Basis) -> Option<Figure> {
    let row = run.results.find(measure, basis, Scope::WHOLE)?;
    let is_there = row.mean.is_some_and(|mean| mean > 0.0);
    is_there.then(|| Figure::new(name, number::estimate(Some(&row))))
}

/// The channels, where there is another than voice: calls and chats by their service level, what is written by its due times.
fn channels(run: &Run<'_>) -> Table {
    let cells = |scope: Scope| {
        let find = |measure: &str| run.results.find(measure, Basis::Contact, scope);
        let known = |measure: &str| number::estimate(find(measure).as_ref());
        let measures = [
            PLAIN_FORMULA,
            "speed_of_answer",
            "abandonment",
            "written_on_time",
            "time_to_reply",
            "mean_unanswered",
        ];
        [number::mean(find("offered").as_ref())].into_iter().chain(measures.map(known)).collect()
    };
    let headings = [
        "offered",
        "service level",
        "speed of answer",
        "abandoned",
        "on time",
        "time to reply",
        "unanswered",
    ];
    Table {
        heading: "channel".into(),
        columns: headings.map(String::from).into(),
        rows: run
            .results
            .scopes(ScopeKind::Channel)
            .map(|(scope, name)| (name.into(), cells(scope)))
            .collect(),
        foot: None,
    }
}

fn queues(run: &Run<'_>) -> Table {
    let formula = formula(run, Basis::Leg, ScopeKind::Queue);
    let cells = |scope: Scope| {
        let find = |measure: &str| run.results.find(measure, Basis::Leg, scope);
        let known = |measure: &str| number::estimate(find(measure).as_ref());
        vec![
            number::mean(find("offered").as_ref()),
            known(formula),
            known("speed_of_answer"),
            known("wait_p90"),
            known("abandonment"),
        ]
    };
    let headings = ["offered", "service level", "speed of answer", "wait p90", "abandoned"];
    let table = Table {
        heading: "queue".into(),
        columns: headings.map(String::from).into(),
        rows: largest_first(run, ScopeKind::Queue, "offered")
            .map(|(scope, name)| (name.into(), cells(scope)))
            .collect(),
        foot: (formula != PLAIN_FORMULA).then(|| format!("service level by {formula}")),
    };
    table.shortened(MOST_ROWS, "measures.csv")
}

fn groups(run: &Run<'_>) -> Table {
    let cells = |scope: Scope| {
        let known =
            |measure: &str, basis: Basis| number::estimate(run.results.find(measure, basis, scope).as_ref());
        vec![
            number::count(most_heads(run, &run.model.groups[usize::from(scope.index)]).into()),
            known("occupancy", Basis::Time),
            known("answered", Basis::Leg),
            known("handle_time", Basis::Leg),
        ]
    };
    let table = Table {
        heading: "agent group".into(),
        columns: ["most heads", "occupancy", "contacts", "handle time"].map(String::from).into(),
        rows: largest_first(run, ScopeKind::AgentGroup, "answered")
            .map(|(scope, name)| (name.into(), cells(scope)))
            .collect(),
        foot: None,
    };
    table.shortened(MOST_ROWS, "measures.csv")
}

/// The offices and what became of their cases; empty without any.
fn offices(run: &Run<'_>) -> Table {
    let cells = |scope: Scope| {
        let measures = ["cases_opened", "cases_closed", "cases_on_time", "time_to_close_p90", "mean_backlog"];
        let known = |measure: &str| number::estimate(run.results.find(measure, Basis::Case, scope).as_ref());
        measures.into_iter().chain(["office_occupancy"]).map(known).collect()
    };
    let headings = ["opened", "closed", "on time", "90 % closed in", "mean backlog", "occupancy"];
    let scopes = run.results.scopes(ScopeKind::Office);
    let table = Table {
        heading: "office".into(),
        columns: headings.map(String::from).into(),
        rows: scopes.map(|(scope, name)| (name.into(), cells(scope))).collect(),
        foot: None,
    };
    table.shortened(MOST_ROWS, "measures.csv")
}

/// The counters and their visitors; empty without any.
fn counters(run: &Run<'_>) -> Table {
    let cells = |scope: Scope| {
        let measures = ["visits", "lead_time", "slot_use", "no_shows", "booked_wait", "walk_in_wait"];
        let known = |measure: &str| number::estimate(run.results.find(measure, Basis::Visit, scope).as_ref());
        measures.into_iter().chain(["counter_occupancy"]).map(known).collect()
    };
    let headings =
        ["visits", "lead time", "slot use", "no-shows", "wait, booked", "wait, walk-in", "occupancy"];
    let scopes = run.results.scopes(ScopeKind::Counter);
    let table = Table {
        heading: "counter".into(),
        columns: headings.map(String::from).into(),
        rows: scopes.map(|(scope, name)| (name.into(), cells(scope))).collect(),
        foot: None,
    };
    table.shortened(MOST_ROWS, "measures.csv")
}

/// The campaigns and whom they reached; empty without any.
fn campaigns(run: &Run<'_>) -> Table {
    let cells = |scope: Scope| {
        let measures = [
            "persons_listed",
            "dials",
            "dials_answered",
            "dial_abandonment",
            "persons_reached",
            "attempts_per_person",
            "agent_time_per_reach",
        ];
        let known = |measure: &str| number::estimate(run.results.find(measure, Basis::Dial, scope).as_ref());
        measures.into_iter().map(known).collect()
    };
    let headings = ["listed", "dials", "answered", "abandoned", "reached", "attempts", "agent time a reach"];
    let scopes = run.results.scopes(ScopeKind::Campaign);
    let table = Table {
        heading: "campaign".into(),
        columns: headings.map(String::from).into(),
        rows: scopes.map(|(scope, name)| (name.into(), cells(scope))).collect(),
        foot: None,
    };
    table.shortened(MOST_ROWS, "measures.csv")
}

/// The scopes of a kind by falling volume of legs, ties by name.
fn largest_first<'a>(
    run: &Run<'a>,
    kind: ScopeKind,
    volume: &str,
) -> impl Iterator<Item = (Scope, &'a str)> + use<'a> {
    let volume =
        |scope: Scope| run.results.find(volume, Basis::Leg, scope).and_then(|row| row.mean).unwrap_or(0.0);
    let mut scopes: Vec<(f64, Scope, &str)> =
        run.results.scopes(kind).map(|(scope, name)| (volume(scope), scope, name)).collect();
    scopes.sort_by(|a, b| b.0.total_cmp(&a.0));
    scopes.into_iter().map(|(_, scope, name)| (scope, name))
}

/// The most heads at any time that is counted.
pub(super) fn most_heads(run: &Run<'_>, group: &AgentGroup) -> u32 {
    let clock = &run.model.clock;
    let counted = group.heads.iter().filter(|(from, _)| *from > clock.count_from && *from < clock.horizon);
    counted.map(|&(_, heads)| heads).chain([group.heads_at(clock.count_from)]).max().unwrap_or(0)
}

/// Of a replay, that all numbers stand on the arrivals of one log.
fn given_arrivals(run: &Run<'_>) -> Option<String> {
    let replays = run.replays();
    let arrivals = run.model.processes.iter().filter(|process| !process.waits_at_start()).count();
    let which = if replays.len() == arrivals { String::new() } else { format!(" of {}", replays.join(", ")) };
    (!replays.is_empty())
        .then(|| format!("these arrivals{which}: replayed from a log, the same in each replication"))
}

/// Of a start with contacts in queues, how many there are, and whether they are among those counted.
fn given_start(run: &Run<'_>) -> Option<String> {
    let waiting = run.model.waiting_at_start();
    let counted = match run.results.attribution() {
        Attribution::Entry => "not counted, as they entered before it",
        Attribution::Answer | Attribution::End => "counted where they end",
    };
    let contacts = number::count(waiting as u64);
    let who = if waiting == 1 { "contact that waits" } else { "contacts that wait" };
    (waiting > 0).then(|| format!("{contacts} {who} at the start: {counted}"))
}

/// Of a start with open cases, how many there are.
fn given_cases(run: &Run<'_>) -> Option<String> {
    let cases: u64 = run.model.start_cases.iter().map(|of| u64::from(of.count)).sum();
    let who = if cases == 1 { "case that is open" } else { "cases that are open" };
    (cases > 0).then(|| {
        format!("{} {who} at the start: counted where they are due and closed", number::count(cases))
    })
}

/// Of a start with visits that are booked, how many there are.
fn given_bookings(run: &Run<'_>) -> Option<String> {
    let visits: u64 = run.model.start_bookings.iter().map(|of| u64::from(of.count)).sum();
    let who = if visits == 1 { "visit that is booked" } else { "visits that are booked" };
    (visits > 0).then(|| {
        let visits = number::count(visits);
        format!("{visits} {who} at the start: counted where they take place, not where they were booked")
    })
}

fn notes(run: &Run<'_>, results_at: Option<&str>) -> Vec<Note> {
    let mut notes = Vec::new();
    let worst = worst_spans(run, WORST);
    if !worst.is_empty() {
        let by_hour =
            worst.iter().any(|row| row.period.is_some_and(|period| period.kind == PeriodKind::Hour));
        let word = if by_hour { "worst hours" } else { "worst days" };
        let named: Vec<String> = worst.iter().map(|span| span_text(run, span)).collect();
        notes.push(Note::new(word, named.join(", ")));
    }
    let more = run.model.targets.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        notes.push(Note::new("targets", format!("{more} more in summary.json")));
    }
    notes.extend(given_arrivals(run).map(|text| Note::new("given", text)));
    notes.extend(given_start(run).map(|text| Note::new("given", text)));
    notes.extend(given_cases(run).map(|text| Note::new("given", text)));
    notes.extend(given_bookings(run).map(|text| Note::new("given", text)));
    notes.push(Note::new("run", run_text(run)));
    notes.extend(run.ending.text(run.results).map(|text| Note::new("stopped", text)));
    notes.push(Note::new("mode", mode_text(run)));
    notes.extend(results_at.map(|path| Note::new("results", path)));
    notes
}

/// `10:00-11:00 (61.0 % ± 4.0)`
fn span_text(run: &Run<'_>, row: &MeasureRow<'_>) -> String {
    let span = row.period.map_or(String::new(), |period| run.span_of(period));
    format!("{span} ({})", number::estimate(Some(row)))
}

fn run_text(run: &Run<'_>) -> String {
    let contacts = number::count(run.contacts());
    format!("seed {}, {contacts} contacts simulated in all", run.seed)
}

/// The mode, and the first of what stands against a cheaper one.
fn mode_text(run: &Run<'_>) -> String {
    let mode = run.mode;
    let asked = if mode.asked_for { " (asked for)" } else { "" };
    let mut text = format!("{}{asked}: {}", mode.name(), mode.meaning());
    if let [first, others @ ..] = mode.why_not_cheaper.as_slice() {
        text.push_str(&format!("; needed because {first}"));
        if !others.is_empty() {
            text.push_str(&format!(" (manifest.json has {} more reasons)", others.len()));
        }
    }
    text
}

/// What a promise's own lines say is not said again.
fn warnings(found: &[Diagnostic]) -> Vec<String> {
    let found: Vec<&Diagnostic> = found.iter().filter(|found| found.code != Code::UNDECIDED).collect();
    let mut told: Vec<String> = found.iter().take(MOST_TOLD).map(|found| one_line(found)).collect();
    let more = found.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        told.push(format!("{more} more in manifest.json"));
    }
    told
}

/// All of them, for a report.
pub(super) fn warnings_in_full(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(one_line).collect()
}

fn one_line(found: &Diagnostic) -> String {
    let path = if found.path.is_empty() { String::new() } else { format!("{}: ", found.path) };
    let help = found.help.as_ref().map_or(String::new(), |help| format!("; {}", help.replace('\n', " ")));
    format!("{} {path}{}{help}", found.code, found.message)
}
