//! A finished sweep for people: which factor moves what, up to where promises hold, what is worth its cost.

use super::about::{SweepAbout, part};
use super::json::{Sweepings, shown_keys};
use super::tables::{others, service_name};
use crate::analysis::{Break, Effect, EffectLevel, Holds, Response, Saving, Spending};
use crate::measures::{ScopeKind, SeriesKey, Unit};
use crate::report::document::{Document, Note, Section, Table};
use crate::report::number;
use crate::scenario::Decided;

/// Rows of a table on the terminal; the rest is in its file.
const MOST_ROWS: usize = 12;

/// The sweep as a document. `results_at` is where its files are.
pub fn sweep_document(sweepings: &Sweepings<'_>, results_at: &str) -> Document {
    let Sweepings { about, swept, warnings } = sweepings;
    let response = &swept.response;
    let mut sections = Vec::new();
    if about.shard.is_none() {
        sections.extend(decision(sweepings));
        sections.extend(
            shown_keys(response).into_iter().map(|key| Section::Table(tornado(about, response, key))),
        );
        sections.extend(breaks(about, response));
        sections.extend(savings(about, response));
        sections.extend(front(about, response));
    }
    sections.push(Section::Notes(notes(sweepings, results_at)));
    Document {
        title: about.study.clone(),
        subtitle: format!(
            "{} scenarios of {}, {} replications in all with the same citizens under each{}",
            number::count(response.points.len() as u64),
            factors_in_words(about.factors.len()),
            number::count(swept.replications),
            about.shard.map_or(String::new(), |shard| format!("; {}", part(Some(shard)))),
        ),
        sections,
        warnings: warnings.to_vec(),
    }
}

fn factors_in_words(count: usize) -> String {
    if count == 1 { "1 factor".into() } else { format!("{count} factors") }
}

/// What was to be decided, and is or is not.
fn decision(sweepings: &Sweepings<'_>) -> Option<Section> {
    let Sweepings { about, swept, .. } = sweepings;
    let Spending::Until { until, .. } = &about.spending else { return None };
    let confidence = number::share(until.confidence);
    let text = match (until.decided, &swept.left) {
        (Decided::Best, Some(left)) if left.len() == 1 => {
            let place = described(about, &swept.response, left[0]);
            format!(
                "{place}, with probability {confidence} or more if it is better than all others by {}",
                until.worth.unwrap_or(0.0)
            )
        }
        (Decided::Best, left) => {
            let count = left.as_ref().map_or(0, Vec::len) as u64;
            format!(
                "undecided between {} scenarios after {} replications of each",
                number::count(count),
                until.at_most
            )
        }
        (Decided::Targets, _) => undecided(swept.undecided, "whether they meet their targets", &confidence),
        (Decided::Difference, _) => {
            undecided(swept.undecided, "whether they differ from the base", &confidence)
        }
    };
    let label = if until.decided == Decided::Best { "the best" } else { "decided" };
    Some(Section::Notes(vec![Note::new(label, text)]))
}

fn undecided(count: u32, what: &str, confidence: &str) -> String {
    match count {
        0 => format!("of all scenarios {what}, each at {confidence} over all looks"),
        1 => format!("of all scenarios but 1 {what}, each at {confidence} over all looks"),
        _ => format!("of all scenarios but {count} {what}, each at {confidence} over all looks"),
    }
}

/// `scenario 12 (heads = 20, rules = new)`.
fn described(about: &SweepAbout, response: &Response, scenario: u32) -> String {
    let point = response.points.iter().find(|point| point.scenario == scenario);
    let at = point.map(|point| point.at.iter().map(|at| at.label.clone()).enumerate().collect::<Vec<_>>());
    format!("scenario {scenario} ({})", others(about, &at.unwrap_or_default()))
}

/// `contract, answered_over_offered (contact)`.
fn name(key: &SeriesKey) -> String {
    match key.scope_kind {
        ScopeKind::Target => format!("{}: {} ({})", key.scope, key.measure, key.basis.name()),
        _ => format!("{} ({})", key.measure, key.basis.name()),
    }
}

/// Factors by how far they move a measure.
fn tornado(about: &SweepAbout, response: &Response, key: usize) -> Table {
    let unit = response.keys[key].unit();
    let row = |effect: Effect| {
        let ends = (effect.levels.first(), effect.levels.last());
        let swing = number::with_half_width(unit, Some(effect.swing), None);
        let cells = match ends {
            (Some(first), Some(last)) => vec![at(unit, first), at(unit, last), swing],
            _ => vec![number::NO_DATA.into(), number::NO_DATA.into(), number::NO_DATA.into()],
        };
        (about.factors[effect.factor].clone(), cells)
    };
    let effects = response.effects(about.factors.len(), key, about.one_at_a_time);
    Table {
        heading: name(&response.keys[key]),
        columns: vec!["at its first value".into(), "at its last value".into(), "swing".into()],
        rows: effects.into_iter().map(row).collect(),
        foot: None,
    }
    .shortened(MOST_ROWS, "effects.csv")
}

/// `86.9 % ± 0.9 at 1.1`.
fn at(unit: Unit, level: &EffectLevel) -> String {
    format!("{} at {}", number::with_half_width(unit, Some(level.mean), Some(level.half_width)), level.label)
}

fn breaks(about: &SweepAbout, response: &Response) -> Option<Section> {
    let found = response.breaks(about.factors.len());
    let row = |found: &Break| {
        let line = others(about, &found.others);
        let name = format!("{} along {}", response.keys[found.key].scope, about.factors[found.factor]);
        (name, vec![holds(found), if line.is_empty() { "-".into() } else { line }])
    };
    (!found.is_empty()).then(|| {
        Section::Table(
            Table {
                heading: "promise".into(),
                columns: vec!["holds".into(), "where".into()],
                rows: found.iter().map(row).collect(),
                foot: Some("between scenarios by straight lines".into()),
            }
            .shortened(MOST_ROWS, "breaks.csv"),
        )
    })
}

fn holds(found: &Break) -> String {
    let (from, to) = (number::plain(found.range.0), number::plain(found.range.1));
    let interval = |low: Option<f64>, high: Option<f64>| {
        let end = |end: Option<f64>, beyond: &str| end.map_or_else(|| beyond.to_string(), number::plain);
        format!("({} to {})", end(low, &format!("below {from}")), end(high, &format!("above {to}")))
    };
    match found.holds {
        Holds::Everywhere => format!("from {from} to {to}"),
        Holds::Nowhere => format!("nowhere from {from} to {to}"),
        Holds::UpTo(at, low, high) => format!("up to {} {}", number::plain(at), interval(low, high)),
        Holds::From(at, low, high) => format!("from {} on {}", number::plain(at), interval(low, high)),
        Holds::Mixed => format!("here and there from {from} to {to}"),
    }
}

/// What of a numeric factor gives the base's service once another factor has changed.
fn savings(about: &SweepAbout, response: &Response) -> Option<Section> {
    let found: Vec<Saving> =
        response.savings(about.factors.len()).into_iter().filter(|found| found.is_base).collect();
    let row = |found: &Saving| {
        let Saving { factor, key, changed, level, others: with, before, same_service_at: at, cost, .. } =
            found;
        let here = others(about, with);
        let changed = format!("{} = {level}", about.factors[*changed]);
        let with = if here.is_empty() { changed } else { format!("{changed}, {here}") };
        let half_width = at.half_width.map_or(String::new(), |half| format!(" ± {}", number::plain(half)));
        let cost = cost.map_or_else(
            || number::NO_DATA.to_string(),
            |cost| number::with_half_width(Unit::Money, Some(cost.value), cost.half_width),
        );
        let name = format!("{} of {}", service_name(&response.keys[*key]), about.factors[*factor]);
        let moved = format!("{} -> {}{half_width}", number::plain(*before), number::plain(at.value));
        (name, vec![moved, cost, with])
    };
    (!found.is_empty()).then(|| {
        Section::Table(
            Table {
                heading: "same service".into(),
                columns: vec!["with".into(), "cost".into(), "after".into()],
                rows: found.iter().map(row).collect(),
                foot: Some("half-widths by the jackknife over replications with the same citizens".into()),
            }
            .shortened(MOST_ROWS, "savings.csv"),
        )
    })
}

fn front(about: &SweepAbout, response: &Response) -> Option<Section> {
    let (cost, service) = (response.cost_key()?, *response.service_keys().first()?);
    let front = response.front();
    let units = [cost, service].map(|key| response.keys[key].unit());
    let row = |on: &crate::analysis::OnFront| {
        let point = &response.points[on.point];
        let at: Vec<(usize, String)> = point.at.iter().map(|at| at.label.clone()).enumerate().collect();
        let value = |unit: Unit, known: crate::analysis::Known| {
            number::with_half_width(unit, Some(known.value), Some(known.half_width))
        };
        (
            format!("scenario {}", point.scenario),
            vec![value(units[0], on.cost), value(units[1], on.service), others(about, &at)],
        )
    };
    let table = Table {
        heading: "not beaten in both".into(),
        columns: vec!["cost".into(), name(&response.keys[service]), "with".into()],
        rows: front.iter().map(row).collect(),
        foot: None,
    };
    (!front.is_empty()).then(|| Section::Table(table.shortened(MOST_ROWS, "front.csv")))
}

fn notes(sweepings: &Sweepings<'_>, results_at: &str) -> Vec<Note> {
    let about = sweepings.about;
    let mut notes = vec![Note::new("run", format!("seed {}", about.seed))];
    if about.shard.is_some() {
        notes.push(Note::new("next", "join all parts by `centralino merge DIR... --out DIR`"));
    }
    notes.push(Note::new("results", results_at));
    notes
}
