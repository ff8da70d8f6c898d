//! Where the numbers come from, and the formula of each.

use super::Telling;
use crate::measures::Measure;
use crate::report::document::{Datum, Grid, Note, Section};
use crate::report::language::readable;

pub(super) fn chapter(tell: &Telling<'_>, version: &str) -> Vec<Section> {
    vec![
        tell.heading("appendix", "Data and formulas", "Dati e formule"),
        Section::Notes(notes(tell, version)),
        Section::Grid(formulas(tell)),
    ]
}

fn notes(tell: &Telling<'_>, version: &str) -> Vec<Note> {
    let found = tell.found;
    let say = |english, italian| tell.language.say(english, italian);
    let spent = match (found.fixed, &found.until) {
        (Some(count), _) => {
            format!("{} {}", tell.language.count(count.into()), say("of each scenario", "di ogni scenario"))
        }
        (None, Some(until)) => format!(
            "{} {} {} {}",
            tell.language.count(until.first.into()),
            say("to", "–"),
            tell.language.count(until.at_most.into()),
            say("of each scenario, where they decide something", "di ogni scenario, dove decidono qualcosa")
        ),
        (None, None) => String::new(),
    };
    let factors: Vec<String> = found.factors.iter().map(|factor| readable(&factor.name)).collect();
    let notes = [
        (say("study", "studio"), found.study.clone()),
        (say("hash", "impronta"), found.study_hash.clone()),
        (say("seed", "seme"), found.seed.to_string()),
        (say("version", "versione"), format!("centralino {version}")),
        (say("inputs that are varied", "dati che variano"), tell.language.list(&factors)),
        (say("replications", "repliche"), spent),
        (
            say("intervals", "intervalli"),
            tell.text(
                "95 %, how replications differ (Student); each its own, not corrected for their number",
                "95 %, differenze tra repliche (Student); ciascuno per sé, senza correzione per il loro numero",
            ),
        ),
        (say("command", "comando"), found.command.clone()),
    ];
    notes
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| Note::new(label, text))
        .collect()
}

fn formulas(tell: &Telling<'_>) -> Grid {
    let columns = tell.language.say(
        ["measure", "name in files", "basis", "formula"],
        ["misura", "nome nei file", "base di conteggio", "formula"],
    );
    let row = |key: &crate::report::saved::SavedKey| {
        vec![
            Datum::Text(tell.key(key)),
            Datum::text(&key.measure),
            Datum::text(&key.basis),
            Datum::text(Measure::named(&key.measure).map_or("", |measure| measure.formula)),
        ]
    };
    Grid {
        id: "formulas",
        title: tell.text("Measures and formulas", "Misure e formule"),
        columns: columns.map(String::from).into(),
        rows: tell.found.keys.iter().map(row).collect(),
        foot: None,
    }
}
