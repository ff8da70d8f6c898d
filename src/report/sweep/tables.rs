//! The tables of a sweep: every measure of every scenario, scenarios, effects, break points, the front.

use std::io::{self, Write};

use super::about::SweepAbout;
use crate::analysis::{Effect, Finished, Holds, Response, Saving, difference};
use crate::measures::{Extract, Extracted, ScopeKind, SeriesKey};
use crate::report::csv::{Cell, CsvFile};
use crate::stats::Confidence;

/// Columns of `results.csv` after `scenario` and the factors.
pub const RESULTS: [&str; 12] = [
    "measure",
    "basis",
    "scope_kind",
    "scope",
    "value",
    "half_width",
    "low",
    "high",
    "n",
    "method",
    "difference",
    "difference_half_width",
];
/// Columns of `scenarios.csv` after `scenario` and the factors.
pub const SCENARIOS: [&str; 4] = ["scenario_hash", "replications", "overflowed", "decided"];
/// Columns of `effects.csv`.
pub const EFFECTS: [&str; 10] = [
    "factor",
    "level",
    "measure",
    "basis",
    "scope_kind",
    "scope",
    "mean",
    "half_width",
    "scenarios",
    "swing",
];
/// Columns of `breaks.csv`.
pub const BREAKS: [&str; 9] = ["factor", "target", "others", "holds", "at", "low", "high", "from", "to"];
/// Columns of `savings.csv`.
pub const SAVINGS: [&str; 10] = [
    "factor",
    "service",
    "changed",
    "to",
    "others",
    "before",
    "same_service_at",
    "half_width",
    "cost_difference",
    "cost_half_width",
];
/// Columns of `front.csv` after `scenario` and the factors.
pub const FRONT: [&str; 4] = ["cost", "cost_half_width", "service", "service_half_width"];

/// `scenario`, the factors, then other columns; a factor that is called like a column is told apart.
pub(super) fn header<'h>(factors: &'h [String], columns: &[&'h str]) -> Vec<std::borrow::Cow<'h, str>> {
    let name = |factor: &'h String| -> std::borrow::Cow<'h, str> {
        let is_taken = factor == "scenario" || columns.contains(&factor.as_str());
        if is_taken { format!("factor_{factor}").into() } else { factor.as_str().into() }
    };
    let first = std::iter::once("scenario".into());
    first.chain(factors.iter().map(name)).chain(columns.iter().map(|&column| column.into())).collect()
}

/// A table with a row for scenarios.
pub(super) fn of_scenarios<W: Write>(out: W, factors: &[String], columns: &[&str]) -> io::Result<CsvFile<W>> {
    let header = header(factors, columns);
    CsvFile::new(out, &header.iter().map(|name| &**name).collect::<Vec<_>>())
}

fn place<'c>(finished: &'c Finished<'_>) -> Vec<Cell<'c>> {
    let number = Cell::Whole(finished.scenario.into());
    std::iter::once(number).chain(finished.at.iter().map(|at| Cell::Text(&at.label))).collect()
}

/// The rows of a scenario in `results.csv`.
pub(super) fn write_results<W: Write>(
    file: &mut CsvFile<W>,
    finished: &Finished<'_>,
    confidence: &Confidence,
) -> io::Result<()> {
    let place = place(finished);
    for series in &finished.extract.series {
        write_result(file, &place, (finished.extract, series), finished.base, confidence)?;
    }
    Ok(())
}

fn write_result<W: Write>(
    file: &mut CsvFile<W>,
    place: &[Cell<'_>],
    (extract, series): (&Extract, &Extracted),
    base: Option<&Extract>,
    confidence: &Confidence,
) -> io::Result<()> {
    let SeriesKey { measure, basis, scope_kind, scope } = &series.key;
    let interval = extract.interval(series, confidence);
    let difference = base.and_then(|base| difference((extract, series), base, confidence));
    let of_difference = difference.and_then(|difference| difference.interval);
    let method = interval.map_or(String::new(), |interval| interval.method.to_string());
    let own = [
        Cell::Text(measure),
        Cell::Text(basis.name()),
        Cell::Text(scope_kind.name()),
        Cell::Text(scope),
        Cell::Maybe(extract.value(series)),
        Cell::Maybe(interval.map(|interval| interval.half_width)),
        Cell::Maybe(interval.map(|interval| interval.low)),
        Cell::Maybe(interval.map(|interval| interval.high)),
        Cell::Whole(extract.replications.into()),
        Cell::Text(&method),
        Cell::Maybe(difference.map(|difference| difference.estimate)),
        Cell::Maybe(of_difference.map(|interval| interval.half_width)),
    ];
    file.row(&[place, own.as_slice()].concat())
}

/// The row of a scenario in `scenarios.csv`.
pub(super) fn write_scenario<W: Write>(file: &mut CsvFile<W>, finished: &Finished<'_>) -> io::Result<()> {
    let decided = finished.decided.map_or("", |decided| if decided { "yes" } else { "no" });
    let own = [
        Cell::Text(finished.hash),
        Cell::Whole(finished.extract.replications.into()),
        Cell::Whole(finished.extract.overflowed.into()),
        Cell::Text(decided),
    ];
    file.row(&[place(finished).as_slice(), own.as_slice()].concat())
}

/// `effects.csv`: every measure that is kept of the whole and of targets.
pub(super) fn write_effects(about: &SweepAbout, response: &Response, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &EFFECTS)?;
    for (index, key) in response.keys.iter().enumerate() {
        for Effect { factor, levels, swing, .. } in
            response.effects(about.factors.len(), index, about.one_at_a_time)
        {
            for level in levels {
                file.row(&[
                    Cell::Text(&about.factors[factor]),
                    Cell::Text(&level.label),
                    Cell::Text(key.measure),
                    Cell::Text(key.basis.name()),
                    Cell::Text(key.scope_kind.name()),
                    Cell::Text(&key.scope),
                    Cell::Number(level.mean),
                    Cell::Number(level.half_width),
                    Cell::Whole(level.scenarios as u64),
                    Cell::Number(swing),
                ])?;
            }
        }
    }
    file.finish()
}

/// The word for what is found along a line, where it changes, and the interval of that.
pub(super) fn holds(holds: Holds) -> (&'static str, Option<f64>, Option<f64>, Option<f64>) {
    match holds {
        Holds::Everywhere => ("everywhere", None, None, None),
        Holds::Nowhere => ("nowhere", None, None, None),
        Holds::UpTo(at, low, high) => ("up to", Some(at), low, high),
        Holds::From(at, low, high) => ("from", Some(at), low, high),
        Holds::Mixed => ("here and there", None, None, None),
    }
}

/// `heads = 12, rules = new`.
pub(super) fn others(about: &SweepAbout, others: &[(usize, String)]) -> String {
    let word = |(factor, label): &(usize, String)| format!("{} = {label}", about.factors[*factor]);
    others.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// `breaks.csv`.
pub(super) fn write_breaks(about: &SweepAbout, response: &Response, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &BREAKS)?;
    for found in response.breaks(about.factors.len()) {
        let (word, at, low, high) = holds(found.holds);
        file.row(&[
            Cell::Text(&about.factors[found.factor]),
            Cell::Text(&response.keys[found.key].scope),
            Cell::Text(&others(about, &found.others)),
            Cell::Text(word),
            Cell::Maybe(at),
            Cell::Maybe(low),
            Cell::Maybe(high),
            Cell::Number(found.range.0),
            Cell::Number(found.range.1),
        ])?;
    }
    file.finish()
}

/// `savings.csv`.
pub(super) fn write_savings(about: &SweepAbout, response: &Response, out: impl Write) -> io::Result<()> {
    let mut file = CsvFile::new(out, &SAVINGS)?;
    for Saving { factor, key, changed, level, others: with, before, same_service_at, cost, .. } in
        response.savings(about.factors.len())
    {
        file.row(&[
            Cell::Text(&about.factors[factor]),
            Cell::Text(&service_name(&response.keys[key])),
            Cell::Text(&about.factors[changed]),
            Cell::Text(&level),
            Cell::Text(&others(about, &with)),
            Cell::Number(before),
            Cell::Number(same_service_at.value),
            Cell::Maybe(same_service_at.half_width),
            Cell::Maybe(cost.map(|cost| cost.value)),
            Cell::Maybe(cost.and_then(|cost| cost.half_width)),
        ])?;
    }
    file.finish()
}

/// The target, or the measure where no target is.
pub(super) fn service_name(key: &SeriesKey) -> String {
    if key.scope_kind == ScopeKind::Target { key.scope.clone() } else { key.measure.into() }
}

/// `front.csv`.
pub(super) fn write_front(about: &SweepAbout, response: &Response, out: impl Write) -> io::Result<()> {
    let mut file = of_scenarios(out, &about.factors, &FRONT)?;
    for on in response.front() {
        let point = &response.points[on.point];
        let place = std::iter::once(Cell::Whole(point.scenario.into()));
        let place = place.chain(point.at.iter().map(|at| Cell::Text(&at.label)));
        let own =
            [on.cost.value, on.cost.half_width, on.service.value, on.service.half_width].map(Cell::Number);
        file.row(&place.chain(own).collect::<Vec<_>>())?;
    }
    file.finish()
}
