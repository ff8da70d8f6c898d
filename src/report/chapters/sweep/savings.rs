//! What a change saves at equal service.

use super::Telling;
use crate::measures::Unit;
use crate::report::chart::{Axis, Chart, ChartKind, Rule, Span, Spans};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::capital;
use crate::report::saved::SavedSaving;

/// Names of charts, a chart a numeric factor.
const IDS: [&str; 4] = ["savings-1", "savings-2", "savings-3", "savings-4"];
/// Rows in a chart.
const MOST_ROWS: usize = 24;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    if tell.found.savings.is_empty() {
        return Vec::new();
    }
    let mut sections = vec![tell.heading(
        "savings",
        "The same service after a change",
        "Lo stesso servizio dopo un cambiamento",
    )];
    let mut factors: Vec<usize> = tell.found.savings.iter().map(|saving| saving.factor).collect();
    factors.sort_unstable();
    factors.dedup();
    sections.extend(IDS.into_iter().zip(factors).map(|(id, factor)| Section::Chart(chart(tell, id, factor))));
    sections.push(Section::Grid(table(tell)));
    sections
}

/// Where a numeric factor gives the service of before, change by change.
fn chart(tell: &Telling<'_>, id: &'static str, factor: usize) -> Chart {
    let of_it = || tell.found.savings.iter().filter(|saving| saving.factor == factor);
    let multiplies = tell.multiplies(factor);
    let place = |number: f64| if multiplies { number - 1.0 } else { number };
    let span = |saving: &SavedSaving| {
        let half = saving.half_width.unwrap_or(0.0);
        Span {
            name: name(tell, saving),
            from: place(saving.at - half),
            to: place(saving.at + half),
            value: Some(place(saving.at)),
            from_text: String::new(),
            to_text: at(tell, saving),
        }
    };
    let label = capital(&tell.factor(factor));
    let x = if multiplies {
        Axis::share(format!(
            "{label}, {}",
            tell.language.say("change from the base", "variazione dalla base")
        ))
    } else {
        Axis::plain(label.clone())
    };
    let before = of_it().next().map(|saving| saving.before);
    Chart {
        id,
        title: format!("{label}: {}", tell.language.say("what gives the service of before", "che cosa dà il servizio di prima")),
        note: tell.text(
            "Each point is the value with which service after the change is that of before it, with its 95 % interval; the line is the value before.",
            "Ogni punto è il valore con cui il servizio dopo il cambiamento è quello di prima, con il suo intervallo al 95 %; la linea è il valore di prima.",
        ),
        kind: ChartKind::Spans(Spans {
            x,
            spans: of_it().take(MOST_ROWS).map(span).collect(),
            rule: before.filter(|before| of_it().all(|saving| saving.before == *before)).map(|before| Rule {
                at: place(before),
                name: format!("{} {}", tell.language.say("before:", "prima:"), tell.number(factor, before)),
            }),
        }),
    }
}

/// The change, in whose presence, and of which service where there are several: what tells a row from the others.
fn name(tell: &Telling<'_>, saving: &SavedSaving) -> String {
    let mut words = capital(&tell.setting(&[(saving.changed, saving.level.clone())]));
    if !saving.others.is_empty() {
        words = format!("{words} ({})", tell.setting(&saving.others));
    }
    let several = tell.found.savings.iter().any(|other| other.key != saving.key);
    match tell.found.keys.get(saving.key) {
        Some(key) if several => format!("{}: {words}", tell.key(key)),
        _ => words,
    }
}

fn table(tell: &Telling<'_>) -> Grid {
    let columns = tell.language.say(
        ["service", "after", "with", "instead of", "at", "cost"],
        ["servizio", "dopo", "con", "invece di", "basta", "costo"],
    );
    let row = |saving: &SavedSaving| {
        let with = tell.setting(&saving.others);
        vec![
            Datum::Text(tell.found.keys.get(saving.key).map_or(String::new(), |key| tell.key(key))),
            Datum::Text(capital(&tell.setting(&[(saving.changed, saving.level.clone())]))),
            Datum::Text(if with.is_empty() { "-".into() } else { with }),
            Datum::Text(tell.number(saving.factor, saving.before)),
            Datum::Text(at(tell, saving)),
            Datum::Value { unit: Unit::Money, value: saving.cost, half_width: saving.cost_half_width },
        ]
    };
    Grid {
        id: "savings-table",
        title: tell.text("What gives the service of before", "Che cosa dà il servizio di prima"),
        columns: columns.map(String::from).into(),
        rows: tell.found.savings.iter().map(row).collect(),
        foot: Some(tell.text(
            "Where the scenarios after the change serve as those before it, by straight lines between scenarios; half-widths by the jackknife over replications with the same citizens. The cost is the difference. All values stand in savings.csv.",
            "Dove gli scenari dopo il cambiamento servono come quelli di prima, con linee rette fra gli scenari; i semintervalli sono del jackknife sulle repliche con gli stessi cittadini. Il costo è la differenza. Tutti i valori sono in savings.csv.",
        )),
    }
}

/// `-1.6 % ± 0.2`
fn at(tell: &Telling<'_>, saving: &SavedSaving) -> String {
    if tell.multiplies(saving.factor) {
        let change = saving.at - 1.0;
        let sign = if change > 0.0 { "+" } else { "" };
        return format!("{sign}{}", tell.language.value(Unit::Share, Some(change), saving.half_width));
    }
    tell.language.value(Unit::Number, Some(saving.at), saving.half_width)
}
