//! The run as JSON: `summary.json` for programs that want the key figures, `manifest.json` for whoever must do it again.
//!
//! Neither holds a wall clock, a path of the machine or the number of threads: equal runs have equal bytes.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::document::Verdict;
use super::picture::contacts_a_day;
use super::run::{Run, to_decide};
use super::tables::unit_name;
use super::worst::worst_spans;
use crate::diagnostic::{Diagnostic, Severity};
use crate::experiment::ChosenMode;
use crate::measures::{Basis, Grounds, MeasureRow, Scope, ScopeKind, TargetResult};
use crate::model::Model;
use crate::scenario::Per;
use crate::stats::{Interval, Spread};

/// The shape of both files; it grows when a reader of the old one would go wrong.
const SHAPE: u32 = 1;
/// Spans named as worst.
const WORST: usize = 5;

/// What a summary holds of every scope, as far as it exists there; `measures.csv` has the rest.
const KEY_FIGURES: [&str; 73] = [
    "offered",
    "answered",
    "abandoned",
    "sent_away",
    "blocked",
    "answered_over_offered",
    "answered_over_answered",
    "abandoned_count_as_met",
    "quick_abandons_excluded",
    "short_abandons_excluded",
    "flow_outs_included",
    "blocked_included",
    "per_need",
    "speed_of_answer",
    "wait_all",
    "wait_p90",
    "wait_max",
    "abandonment",
    "blocking",
    "mean_queue",
    "handle_time",
    "occupancy",
    "transfer_share",
    "retrial_share",
    "needs_resolved",
    "cases_opened",
    "cases_closed",
    "cases_reopened",
    "cases_on_time",
    "time_to_close",
    "time_to_close_p90",
    "mean_backlog",
    "mean_backlog_late",
    "backlog_clears",
    "time_to_clear",
    "office_occupancy",
    "bookings",
    "booking_refused",
    "lead_time",
    "slot_use",
    "no_shows",
    "visits",
    "walk_in_share",
    "walk_in_wait",
    "walk_in_wait_p50",
    "walk_in_wait_p80",
    "walk_in_wait_p90",
    "walk_in_wait_p95",
    "booked_wait",
    "booked_wait_p50",
    "booked_wait_p80",
    "booked_wait_p90",
    "booked_wait_p95",
    "walk_ins_left",
    "visit_distance",
    "prepared_share",
    "counter_occupancy",
    "web_visits",
    "web_deflected",
    "web_success",
    "web_then_called",
    "persons_listed",
    "dials",
    "dials_answered",
    "right_party_share",
    "dial_abandonment",
    "persons_reached",
    "persons_exhausted",
    "reach_share",
    "attempts_per_person",
    "agent_time_per_reach",
    "cost_per_reach",
    "cost",
];

/// How often a target was met.
const KEPT: [&str; 4] = ["days_met", "months_met", "intervals_met", "intervals_met_weighted"];

/// `summary.json`.
pub fn summary_json(run: &Run<'_>) -> Value {
    let header = &run.scenario.scenario;
    let mut summary = Map::new();
    let mut put = |key: &str, value: Value| drop(summary.insert(key.into(), value));
    put("shape", json!(SHAPE));
    put("scenario", json!(header.name));
    put("scenario_hash", json!(run.scenario_hash));
    put("start", json!(header.start));
    put("days", json!(header.days));
    put("seed", json!(run.seed));
    put("replications", json!(run.results.replications()));
    put("stopped", run.ending.json(run.results));
    put("intervals", intervals(run));
    put("attribution", json!(run.results.attribution().name()));
    put("mode", json!(run.mode.name()));
    put(
        "targets",
        run.results.targets().iter().enumerate().map(|(index, of)| target(run, index, of)).collect(),
    );
    let without_cases = run.results.scopes(ScopeKind::CaseType).next().is_none();
    let without_services = run.results.scopes(ScopeKind::Service).next().is_none();
    let is_told = |kind: &ScopeKind| match kind {
        ScopeKind::Target => false,
        ScopeKind::Office | ScopeKind::CaseType => !without_cases,
        ScopeKind::Channel => run.results.scopes(ScopeKind::Channel).next().is_some(),
        ScopeKind::Topic => run.results.scopes(ScopeKind::Topic).next().is_some(),
        ScopeKind::Campaign => run.results.scopes(ScopeKind::Campaign).next().is_some(),
        ScopeKind::Service | ScopeKind::Counter | ScopeKind::District => !without_services,
        _ => true,
    };
    for kind in ScopeKind::ALL.into_iter().filter(is_told) {
        put(kind.name(), scopes(run, kind));
    }
    put("worst", worst_spans(run, WORST).iter().map(|row| worst(run, row)).collect());
    put("warnings", warnings(&run.warnings()));
    Value::Object(summary)
}

/// `manifest.json`.
pub fn manifest<'a>(run: &Run<'a>) -> Manifest<'a> {
    let overflows = run.overflows().into_iter();
    let overflows = overflows
        .map(|overflow| json!({ "replication": overflow.replication, "at": run.timestamp(overflow.at_us) }));
    Manifest {
        shape: SHAPE,
        program: "centralino",
        version: env!("CARGO_PKG_VERSION"),
        command: run.command,
        seed: run.seed,
        replications: run.results.replications(),
        stopped: run.ending.json(run.results),
        attribution: run.results.attribution().name(),
        given_arrivals: json!(run.replays()),
        mode: mode_json(run.mode),
        logged_replications: run.logged,
        counts: json!({ "contacts": run.contacts(), "events": run.events() }),
        overflowed: overflows.collect(),
        warnings: warnings(&run.warnings()),
        scenario_hash: run.scenario_hash,
        scenario: run.canonical,
    }
}

/// What a run was, so that it can be done again.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    shape: u32,
    program: &'static str,
    version: &'static str,
    command: &'a str,
    seed: u64,
    replications: u32,
    stopped: Value,
    attribution: &'static str,
    given_arrivals: Value,
    mode: Value,
    logged_replications: &'a [u32],
    counts: Value,
    overflowed: Vec<Value>,
    warnings: Value,
    scenario_hash: &'a str,
    scenario: &'a Value,
}

/// What half-widths go by.
fn intervals(run: &Run<'_>) -> Value {
    match run.results.grounds() {
        Grounds::Nothing => Value::Null,
        Grounds::Replications(n) => json!({ "by": "replications", "n": n }),
        Grounds::Batches(n) => json!({ "by": "batches", "n": n }),
        Grounds::Weeks(n) => json!({ "by": "weeks of the only replication, approximate", "n": n }),
    }
}

/// What `check` found out about a scenario that can be run.
pub fn check_json(model: &Model, mode: &ChosenMode, found: &[Diagnostic]) -> Value {
    let names = |names: Vec<&str>| json!(names);
    json!({
        "ok": !found.iter().any(Diagnostic::is_error),
        "findings": findings(found),
        "mode": mode_json(mode),
        "contacts_a_day": contacts_a_day(model),
        "contact_types": names(model.contact_types.iter().map(|row| row.name.as_str()).collect()),
        "queues": names(model.queues.iter().map(|row| row.name.as_str()).collect()),
        "agent_groups": names(model.groups.iter().map(|row| row.name.as_str()).collect()),
    })
}

/// What `check` found in a scenario that cannot be run.
pub fn problems_json(found: &[Diagnostic]) -> Value {
    json!({ "ok": false, "findings": findings(found) })
}

/// Findings with the file as the command names it.
fn findings(found: &[Diagnostic]) -> Value {
    let with_file = |found: &Diagnostic| {
        let mut value = finding(found);
        let place = found.place.as_ref();
        value["file"] = json!(place.map(|place| &place.file));
        value["column"] = json!(place.map(|place| place.column));
        value
    };
    found.iter().map(with_file).collect()
}

/// Findings in a run's files. Places name the line, not the file: paths are the machine's.
fn warnings(found: &[Diagnostic]) -> Value {
    found.iter().map(finding).collect()
}

fn mode_json(mode: &ChosenMode) -> Value {
    json!({ "name": mode.name(), "asked_for": mode.asked_for, "why_not_cheaper": mode.why_not_cheaper })
}

fn finding(found: &Diagnostic) -> Value {
    json!({
        "code": found.code.as_str(),
        "severity": severity_name(found.severity),
        "path": found.path,
        "line": found.place.as_ref().map(|place| place.line),
        "message": found.message,
        "help": found.help,
    })
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn target(run: &Run<'_>, index: usize, target: &TargetResult<'_>) -> Value {
    let mut value = estimate(target.value, target.interval, target.spread);
    value.insert("verdict".into(), json!(Verdict::of(target.promised, target.interval.as_ref()).words()));
    json!({
        "target": target.target,
        "formula": target.formula,
        "basis": target.basis.name(),
        "promised": target.promised,
        "within_s": target.within_s,
        "service_level": value,
        "per": per_name(target.per),
        "share_met": estimate(target.met, target.met_interval, None),
        "judged": target.judged,
        "kept": kept(run, index, target.basis),
        "to_decide": to_decide(run, target),
    })
}

/// How often a target was met: by day, by month, by period.
fn kept(run: &Run<'_>, index: usize, basis: Basis) -> Value {
    let scope = Scope::new(ScopeKind::Target, index);
    let rows = KEPT.iter().filter_map(|measure| run.results.find(measure, basis, scope));
    let figures: Map<String, Value> = rows.map(|row| (row.measure.into(), figure(&row))).collect();
    Value::Object(figures)
}

fn per_name(per: Per) -> &'static str {
    match per {
        Per::Day => "day",
        Per::Month => "month",
        Per::Whole => "whole",
    }
}

/// By scope's name, by basis, by measure. For the whole there is one scope, so its name is left out.
fn scopes(run: &Run<'_>, kind: ScopeKind) -> Value {
    let mut by_scope = Map::new();
    for (scope, name) in run.results.scopes(kind) {
        let mut by_basis = Map::new();
        for basis in
            [Basis::Contact, Basis::Leg, Basis::Need, Basis::Time, Basis::Case, Basis::Visit, Basis::Dial]
        {
            let rows = KEY_FIGURES.iter().filter_map(|measure| run.results.find(measure, basis, scope));
            let figures: Map<String, Value> = rows.map(|row| (row.measure.into(), figure(&row))).collect();
            if !figures.is_empty() {
                by_basis.insert(basis.name().into(), Value::Object(figures));
            }
        }
        if kind == ScopeKind::Whole {
            return Value::Object(by_basis);
        }
        by_scope.insert(name.into(), Value::Object(by_basis));
    }
    Value::Object(by_scope)
}

fn worst(run: &Run<'_>, row: &MeasureRow<'_>) -> Value {
    let mut named = Map::new();
    named.insert("start".into(), json!(row.period.map(|period| run.start_of(period))));
    named.insert("length_s".into(), json!(row.period.map(|period| period.length_s())));
    named.insert("measure".into(), json!(row.measure));
    named.extend(estimate(row.mean, row.interval, row.spread));
    Value::Object(named)
}

fn figure(row: &MeasureRow<'_>) -> Value {
    let mut figure = estimate(row.mean, row.interval, row.spread);
    figure.insert("unit".into(), json!(unit_name(row.unit)));
    Value::Object(figure)
}

/// What is known is there, what is not is left out, but for the mean: `null` is "no data".
fn estimate(mean: Option<f64>, interval: Option<Interval>, spread: Option<Spread>) -> Map<String, Value> {
    let mut figure = Map::new();
    figure.insert("mean".into(), json!(mean));
    if let Some(interval) = interval {
        figure.insert("half_width".into(), json!(interval.half_width));
        figure.insert("low".into(), json!(interval.low));
        figure.insert("high".into(), json!(interval.high));
    }
    if let Some(spread) = spread {
        figure.insert("p10".into(), json!(spread.low));
        figure.insert("p90".into(), json!(spread.high));
    }
    figure
}
