//! What moves service and cost: factors by their swing, and the mean at each of their values.

use super::Telling;
use super::breaks::axis;
use crate::report::chart::{Chart, ChartKind, Rule, Span, Spans};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::capital;
use crate::report::saved::{SavedEffect, SavedEffectLevel, SavedKey};

/// Names of charts, and so of how many measures there are any.
const TORNADOES: [&str; 4] = ["tornado-1", "tornado-2", "tornado-3", "tornado-4"];
const MAIN: [&str; 4] = ["effects-1", "effects-2", "effects-3", "effects-4"];
/// Bars in a chart.
const MOST_BARS: usize = 24;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections = vec![tell.heading("effects", "What moves it", "Che cosa conta")];
    // Of many promises the first, so that the cost has its place.
    let cost = tell.found.cost.map(|place| (place, &tell.found.keys[place]));
    let shown = tell.service().take(TORNADOES.len() - usize::from(cost.is_some())).chain(cost);
    for (ids, (place, key)) in TORNADOES.into_iter().zip(MAIN).zip(shown) {
        sections.push(Section::Chart(tornado(tell, ids.0, place, key)));
        sections.push(Section::Chart(main_effects(tell, ids.1, place, key)));
    }
    sections.push(Section::Grid(table(tell)));
    sections
}

/// The base's value as a line.
fn base(tell: &Telling<'_>, place: usize) -> Option<Rule> {
    let at = tell.of(0, place)?.known.mean?;
    let text = tell.language.value(tell.unit(place), Some(at), None);
    Some(Rule { at, name: format!("{} {text}", tell.language.say("base:", "base:")) })
}

fn of_cost(tell: &Telling<'_>, place: usize, key: &SavedKey) -> String {
    if tell.found.cost == Some(place) { capital(&tell.measure(key)) } else { tell.key(key) }
}

fn tornado(tell: &Telling<'_>, id: &'static str, place: usize, key: &SavedKey) -> Chart {
    let by_mean = |a: &&SavedEffectLevel, b: &&SavedEffectLevel| a.mean.total_cmp(&b.mean);
    let span = |effect: &SavedEffect| {
        let (low, high) = (effect.levels.iter().min_by(by_mean)?, effect.levels.iter().max_by(by_mean)?);
        Some(Span {
            name: capital(&tell.factor(effect.factor)),
            from: low.mean,
            to: high.mean,
            value: None,
            from_text: tell.level(effect.factor, &low.label),
            to_text: tell.level(effect.factor, &high.label),
        })
    };
    Chart {
        id,
        title: format!("{}: {}", of_cost(tell, place, key), tell.language.say("which input moves it how far", "quale dato la muove e di quanto")),
        note: tell.text(
            "From the smallest to the largest mean over the scenarios with a value of the input; at the ends which values these are.",
            "Dalla media più piccola alla più grande sugli scenari con un valore del dato; agli estremi quali valori sono.",
        ),
        kind: ChartKind::Spans(Spans {
            x: axis(tell, place, &tell.measure(key)),
            spans: key.effects.iter().filter_map(span).take(MOST_BARS).collect(),
            rule: base(tell, place),
        }),
    }
}

fn main_effects(tell: &Telling<'_>, id: &'static str, place: usize, key: &SavedKey) -> Chart {
    let span = |effect: &SavedEffect, level: &SavedEffectLevel| Span {
        name: format!("{} {}", capital(&tell.factor(effect.factor)), tell.level(effect.factor, &level.label)),
        from: level.mean - level.half_width,
        to: level.mean + level.half_width,
        value: Some(level.mean),
        from_text: String::new(),
        to_text: tell.language.value(tell.unit(place), Some(level.mean), Some(level.half_width)),
    };
    let spans = key.effects.iter().flat_map(|effect| effect.levels.iter().map(|level| span(effect, level)));
    Chart {
        id,
        title: format!("{}: {}", of_cost(tell, place, key), tell.language.say("main effects", "effetti principali")),
        note: tell.text(
            "The mean over the scenarios with each value of an input. Half-widths are bounds: right where all scenarios move together, else too large.",
            "La media sugli scenari con ogni valore di un dato. Le semiampiezze sono limiti: giuste dove gli scenari si muovono insieme, altrimenti troppo grandi.",
        ),
        kind: ChartKind::Spans(Spans {
            x: axis(tell, place, &tell.measure(key)),
            spans: spans.take(MOST_BARS).collect(),
            rule: base(tell, place),
        }),
    }
}

fn table(tell: &Telling<'_>) -> Grid {
    let columns = tell.language.say(
        ["input", "value", "measure", "mean", "scenarios", "swing of the input"],
        ["dato", "valore", "misura", "media", "scenari", "escursione del dato"],
    );
    let unit = |place: usize| tell.unit(place);
    let mut rows = Vec::new();
    for (place, key) in tell.found.keys.iter().enumerate() {
        for effect in &key.effects {
            rows.extend(effect.levels.iter().map(|level| {
                vec![
                    Datum::Text(capital(&tell.factor(effect.factor))),
                    Datum::Text(tell.level(effect.factor, &level.label)),
                    Datum::Text(of_cost(tell, place, key)),
                    Datum::Value {
                        unit: unit(place),
                        value: Some(level.mean),
                        half_width: Some(level.half_width),
                    },
                    Datum::number(crate::measures::Unit::Count, Some(level.scenarios as f64)),
                    Datum::number(unit(place), Some(effect.swing)),
                ]
            }));
        }
    }
    Grid {
        id: "effects-table",
        title: tell.text("Main effects", "Effetti principali"),
        columns: columns.map(String::from).into(),
        rows,
        foot: None,
    }
}
