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
        ["service", "after", "with", "instead of", "at", "±", "cost"],
        ["servizio", "dopo", "con", "invece di", "basta", "±", "costo"],
    );
    let row = |saving: &SavedSaving| {
        let number = |number: f64| Datum::Text(tell.number(saving.factor, number));
        let with = tell.setting(&saving.others);
        vec![
            Datum::Text(tell.found.keys.get(saving.key).map_or(String::new(), |key| tell.key(key))),
            Datum::Text(capital(&tell.setting(&[(saving.changed, saving.level.clone())]))),
            Datum::Text(if with.is_empty() { "-".into() } else { with }),
            number(saving.before),
            number(saving.at),
            Datum::Value { unit: Unit::Number, value: saving.half_width, half_width: None },
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
