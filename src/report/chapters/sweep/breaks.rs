//! Up to where promises hold: the response along one factor, with its intervals and what is promised.

use super::Telling;
use super::decision::where_it_holds;
use crate::measures::Unit;
use crate::report::chart::{Axis, AxisUnit, Chart, ChartKind, Lines, Rule, Series};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::capital;
use crate::report::saved::{Known, SavedKey, SavedLine};

/// Names of charts, and so how many there are at most.
const IDS: [&str; 6] = ["response-1", "response-2", "response-3", "response-4", "response-5", "response-6"];
/// Lines in a chart.
const MOST_SERIES: usize = 4;
/// Rows of the table.
const MOST_ROWS: usize = 60;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    if tell.found.lines.is_empty() {
        return Vec::new();
    }
    let mut sections =
        vec![tell.heading("breaks", "Up to where promises hold", "Fin dove reggono gli obiettivi")];
    let charts = IDS.into_iter().zip(groups(&tell.found.lines));
    sections.extend(charts.map(|(id, lines)| Section::Chart(chart(tell, id, &lines))));
    sections.push(Section::Grid(table(tell)));
    sections
}

/// Lines of one promise along one factor, at the same values.
fn groups(lines: &[SavedLine]) -> Vec<Vec<&SavedLine>> {
    let mut groups: Vec<Vec<&SavedLine>> = Vec::new();
    let places = |line: &SavedLine| line.points.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    let is_like =
        |a: &SavedLine, b: &SavedLine| (a.key, a.factor) == (b.key, b.factor) && places(a) == places(b);
    for line in lines {
        match groups.iter_mut().find(|group| is_like(group[0], line)) {
            Some(group) if group.len() < MOST_SERIES => group.push(line),
            Some(_) => {}
            None => groups.push(vec![line]),
        }
    }
    groups
}

fn chart(tell: &Telling<'_>, id: &'static str, lines: &[&SavedLine]) -> Chart {
    let (first, key) = (lines[0], tell.found.keys.get(lines[0].key));
    let (name, measure) = key.map_or_else(Default::default, |key| (tell.key(key), tell.measure(key)));
    let factor = tell.factor(first.factor);
    let labels: Vec<String> = first.points.iter().map(|(at, _)| tell.number(first.factor, *at)).collect();
    let multiplies = tell.found.factors.get(first.factor).is_some_and(|factor| factor.multiplies);
    let x_label = if multiplies {
        format!("{factor}, {}", tell.language.say("change from the base", "variazione dalla base"))
    } else {
        factor.clone()
    };
    let promised = key.and_then(|key| key.promised);
    Chart {
        id,
        title: format!("{name}: {} {factor}", tell.language.say("response to", "risposta a")),
        note: tell.text(
            "Each point is a scenario with its 95 % interval; between them straight lines.",
            "Ogni punto è uno scenario con il suo intervallo al 95 %; fra i punti linee rette.",
        ),
        kind: ChartKind::Lines(Lines {
            x: first.points.iter().map(|(at, _)| *at).collect(),
            ticks: first.points.iter().map(|(at, _)| *at).zip(labels.iter().cloned()).collect(),
            labels,
            x_label,
            y: axis(tell, first.key, &measure),
            y_domain: domain(lines, promised),
            series: lines.iter().map(|line| series(tell, key, line)).collect(),
            rule: promised.map(|at| Rule {
                at,
                name: format!("{} {}", tell.language.say("promised:", "promesso:"), tell.language.share(at)),
            }),
            gap: None,
            steps: false,
        }),
    }
}

/// The axis of a key's numbers.
pub(super) fn axis(tell: &Telling<'_>, key: usize, label: &str) -> Axis {
    let unit = if tell.unit(key) == Unit::Share { AxisUnit::Share } else { AxisUnit::Plain };
    let label = match tell.unit(key) {
        Unit::Seconds => format!("{label}, s"),
        _ => label.to_string(),
    };
    Axis { label, unit }
}

fn series(tell: &Telling<'_>, key: Option<&SavedKey>, line: &SavedLine) -> Series {
    let name = if line.others.is_empty() {
        key.map_or(String::new(), |key| tell.key(key))
    } else {
        tell.setting(&line.others)
    };
    let of = |end: fn(&Known) -> Option<f64>| line.points.iter().map(|(_, known)| end(known)).collect();
    Series { name, y: of(|known| known.mean), low: of(|known| known.low), high: of(|known| known.high) }
}

/// Around all numbers and what is promised, in steps of five points; shares stay shares.
fn domain(lines: &[&SavedLine], promised: Option<f64>) -> (Option<f64>, Option<f64>) {
    const STEP: f64 = 0.05;
    let points = || lines.iter().flat_map(|line| &line.points);
    let lows = points().filter_map(|(_, known)| known.low).chain(promised);
    let highs = points().filter_map(|(_, known)| known.high).chain(promised);
    let low = ((lows.fold(f64::INFINITY, f64::min) - 0.01) / STEP).floor() * STEP;
    let high = ((highs.fold(f64::NEG_INFINITY, f64::max) + 0.01) / STEP).ceil() * STEP;
    (Some(low.clamp(0.0, 1.0)), Some(high.clamp(STEP, 1.0)))
}

fn table(tell: &Telling<'_>) -> Grid {
    let columns =
        tell.language.say(["promise", "along", "holds", "where"], ["obiettivo", "lungo", "regge", "dove"]);
    let row = |line: &SavedLine| {
        let others = if line.others.is_empty() { "-".into() } else { tell.setting(&line.others) };
        vec![
            Datum::Text(tell.found.keys.get(line.key).map_or(String::new(), |key| tell.key(key))),
            Datum::Text(capital(&tell.factor(line.factor))),
            Datum::Text(where_it_holds(tell, line, "")),
            Datum::Text(others),
        ]
    };
    let more = tell.found.line_count.saturating_sub(MOST_ROWS);
    let straight = tell.text(
        "Between two scenarios by a straight line; in brackets where the ends of the 95 % interval cross the promise.",
        "Fra due scenari con una linea retta; fra parentesi dove gli estremi dell'intervallo al 95 % incontrano il valore promesso.",
    );
    let rest = format!(
        "{} {}.",
        tell.language.count(more as u64),
        tell.language.say("more in breaks.csv", "altre in breaks.csv")
    );
    Grid {
        id: "breaks-table",
        title: tell.text("Where promises break", "Dove si rompono gli obiettivi"),
        columns: columns.map(String::from).into(),
        rows: tell.found.lines.iter().take(MOST_ROWS).map(row).collect(),
        foot: Some(if more > 0 { format!("{straight} {rest}") } else { straight }),
    }
}
