//! The appendix: where the numbers come from, and the formula of each.

use super::shared::Telling;
use super::words::measure_words;
use crate::measures::measures;
use crate::report::document::{Datum, Grid, Note, Section};
use crate::report::saved::About;

pub(super) fn chapter(tell: &Telling<'_>, version: &str) -> Vec<Section> {
    vec![
        tell.heading("appendix", "Data and formulas", "Dati e formule"),
        Section::Notes(data(tell, version)),
        Section::Grid(formulas(tell)),
    ]
}

fn data(tell: &Telling<'_>, version: &str) -> Vec<Note> {
    let about: &About = &tell.run.about;
    let intervals = match about.intervals.as_str() {
        "replications" => tell.say("how replications differ (Student)", "differenze tra repliche (Student)"),
        "batches" => tell.say("batch means", "medie di lotti"),
        "weeks" => tell.say("how weeks differ, approximate", "differenze tra settimane, approssimati"),
        _ => tell.say("none: one replication", "nessuno: una sola replica"),
    };
    let notes = [
        (tell.say("scenario", "scenario"), about.name.clone()),
        (tell.say("description", "descrizione"), about.description.clone()),
        (tell.say("hash", "impronta"), about.hash.clone()),
        (tell.say("seed", "seme"), about.seed.to_string()),
        (tell.say("version", "versione"), format!("centralino {version}")),
        (tell.say("replications", "repliche"), tell.language.count(about.replications.into())),
        (tell.say("contacts simulated", "contatti simulati"), tell.language.count(about.contacts)),
        (tell.say("intervals", "intervalli"), intervals.into()),
        (tell.say("contacts count by", "i contatti contano per"), about.attribution.clone()),
        (tell.say("mode", "modo"), about.mode.clone()),
        (tell.say("command", "comando"), about.command.clone()),
    ];
    notes
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| Note::new(label, text))
        .collect()
}

/// The measures that this report shows, with their formulas and the value of the whole center.
fn formulas(tell: &Telling<'_>) -> Grid {
    let columns = tell.say(
        ["measure", "name in files", "whole center", "formula"],
        ["misura", "nome nei file", "tutto il centro", "formula"],
    );
    let value =
        |name: &str| tell.run.measures.iter().find(|row| row.measure == name && row.scope_kind == "whole");
    let row = |measure: &crate::measures::Measure| {
        let known = value(measure.name).map(|row| row.known).unwrap_or_default();
        vec![
            Datum::text(measure_words(tell.language, measure.name)),
            Datum::text(measure.name),
            Datum::Value { unit: measure.unit, value: known.mean, half_width: known.half_width },
            Datum::text(measure.formula),
        ]
    };
    let shown = measures().filter(|measure| value(measure.name).is_some_and(|row| row.known.mean.is_some()));
    Grid {
        id: "formulas",
        title: tell.text("Measures and formulas", "Misure e formule"),
        columns: columns.map(String::from).into(),
        rows: shown.map(row).collect(),
        foot: Some(tell.text(
            "A answered, B abandoned, C callback accepted, D sent away, F moved, X refused, O = A + B + C + D + F offered; subscript t: within \
             the threshold, s: a short abandonment.",
            "A risposti, B abbandonati, C richiamata accettata, D congedati, F spostati, X rifiutati, O = A + B + C + D + F offerti; pedice t: \
             entro la soglia, s: abbandono breve.",
        )),
    }
}
