//! What a change saves at equal service.

use super::Telling;
use crate::measures::Unit;
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::capital;
use crate::report::saved::SavedSaving;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    if tell.found.savings.is_empty() {
        return Vec::new();
    }
    vec![
        tell.heading("savings", "The same service after a change", "Lo stesso servizio dopo un cambiamento"),
        Section::Grid(table(tell)),
    ]
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

/// `-1.6 % ± 0.2 %`
fn at(tell: &Telling<'_>, saving: &SavedSaving) -> String {
    let at = tell.number(saving.factor, saving.at);
    let half = |half: f64| {
        if tell.multiplies(saving.factor) { tell.language.share(half) } else { tell.language.plain(half) }
    };
    saving.half_width.map_or(at.clone(), |width| format!("{at} ± {}", half(width)))
}
