//! The scenarios one by one.

use super::{Telling, cell};
use crate::measures::Unit;
use crate::report::document::{Datum, Grid, Section};
use crate::report::saved::SavedScenario;

/// Rows of the table.
const MOST_ROWS: usize = 400;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    vec![tell.heading("scenarios", "The scenarios", "Gli scenari"), Section::Grid(table(tell))]
}

fn table(tell: &Telling<'_>) -> Grid {
    let mut columns = vec![tell.text("scenario", "scenario")];
    columns.extend((0..tell.found.factors.len()).map(|factor| tell.factor(factor)));
    columns.push(tell.text("replications", "repliche"));
    for key in &tell.found.keys {
        columns.push(tell.key(key));
        if key.verdicts != [0; 3] {
            columns.push(tell.text("promise", "obiettivo"));
        }
    }
    let more = tell.found.scenario_count.saturating_sub(MOST_ROWS);
    let rest = format!(
        "{} {}",
        tell.language.count(more as u64),
        tell.language.say("more in results.csv and scenarios.csv.", "altri in results.csv e scenarios.csv.")
    );
    Grid {
        id: "scenarios-table",
        title: tell.text("Every scenario; 0 is the base", "Ogni scenario; 0 è la base"),
        columns,
        rows: tell.found.scenarios.iter().take(MOST_ROWS).map(|scenario| row(tell, scenario)).collect(),
        foot: (more > 0).then_some(rest),
    }
}

fn row(tell: &Telling<'_>, scenario: &SavedScenario) -> Vec<Datum> {
    let mut cells = vec![Datum::Text(scenario.scenario.to_string())];
    let at = scenario.at.iter().enumerate();
    cells.extend(at.map(|(factor, label)| Datum::Text(tell.level(factor, label))));
    cells.push(Datum::number(Unit::Count, Some(scenario.replications.into())));
    for (place, key) in tell.found.keys.iter().enumerate() {
        let value = scenario.values.get(place);
        cells.push(cell(tell.unit(place), value));
        if key.verdicts != [0; 3] {
            cells.push(tell.verdict(value.and_then(|value| value.verdict.as_deref())));
        }
    }
    cells
}
